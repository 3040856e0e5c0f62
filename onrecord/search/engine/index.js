/* The archive as the engine sees it: releases numbered through all shards, and which lists a word of a query stands for. */

const NOT_STATED = "not-stated";
// A word that is still being typed stands for at most so many longer words.
const MOST_LONGER = 120;

/** Compares as Python does: by code point, not by code unit. */
function compared(a, b) {
  if (a === b) return 0;
  let place = 0;
  while (place < a.length && place < b.length && a[place] === b[place]) place++;
  if (place > 0 && /[\udc00-\udfff]/.test(a[place] || b[place])) place--;
  return (a.codePointAt(place) ?? -1) - (b.codePointAt(place) ?? -1);
}

/** The names of files, of eight hexadecimal digits each, in base64: number → name. */
function namesIn(base64) {
  const letters = new TextEncoder().encode(base64);
  const bytes = base64Bytes(letters, 0, letters.length, "catalogue");
  return (number) => Array.from(bytes.subarray(4 * number, 4 * number + 4), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Dates from gaps of 416 × year + 32 × month + day, 0 for what is not stated: "2003-02-08", "2003-02", "2003" or "". */
function datesFrom(gaps) {
  let number = 0;
  const digits = (value, length) => String(value).padStart(length, "0");
  return gaps.map((gap) => {
    number += gap;
    const year = Math.floor(number / 416);
    const month = Math.floor((number % 416) / 32);
    const parts = [year && digits(year, 4), month && digits(month, 2), number % 32 && digits(number % 32, 2)];
    return parts.filter(Boolean).join("-");
  });
}

/** `catalogue` is what the build wrote; `files` what reads the others. */
function indexOf(catalogue, files) {
  const shards = [];
  let count = 0;
  for (const [name, language, first, last, releases] of catalogue.shards) {
    shards.push({ name, language, first, last, count: releases, start: count });
    count += releases;
  }
  const columns = catalogue.releases;
  const shardNumbers = new Uint16Array(count);
  shards.forEach((shard, number) => shardNumbers.fill(number, shard.start, shard.start + shard.count));
  const titleEnds = Uint32Array.from(columns.title_ends);
  const factsStarts = Uint32Array.from(columns.facts, (gap, release) => titleEnds[release] + gap);
  const bodyStarts = Uint32Array.from(columns.bodies, (gap, release) => factsStarts[release] + gap);
  // The length of a body is known in steps, eight for each doubling.
  const bodyLengths = Float32Array.from(columns.lengths, (steps) => Math.round(2 ** (steps / 8) - 1));
  const names = namesIn(columns.texts);
  const ranges = { firsts: catalogue.ranges[0] ? catalogue.ranges[0].split(" ") : [], names: namesIn(catalogue.ranges[1]) };
  const dates = datesFrom(columns.dates);
  // How far each date is beyond doubt: of an interval what its ends share, "2012-02" of "about 8 February 2012".
  const certainDates = dates.slice();
  for (const [release, certain] of columns.doubtful) certainDates[release] = certain;
  const mean = (sum) => Math.max(1, sum / Math.max(1, count));
  let bodies = 0;
  let titles = 0;
  for (let release = 0; release < count; release++) {
    bodies += bodyLengths[release];
    titles += titleEnds[release];
  }
  const languages = [...new Set(shards.map((shard) => primary(shard.language)))];

  /** The number of the range that a key belongs to. */
  function rangeNumber(key) {
    let low = 0;
    let high = ranges.firsts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (compared(ranges.firsts[middle], key) <= 0) low = middle;
      else high = middle;
    }
    return low;
  }

  function range(number) {
    if (number >= ranges.firsts.length) return Promise.resolve([]);
    const name = ranges.names(number);
    return files.recent(`words ${name}`, async () => rangeOf(await files.unpacked(`words/${name}`)), 400);
  }

  /** Where in the entries of a range the first key stands that is not before `key`. */
  function placeIn(entries, key) {
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compared(entries[middle].key, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  async function entryOf(key) {
    const entries = await range(rangeNumber(key));
    const place = placeIn(entries, key);
    return place < entries.length && entries[place].key === key ? entries[place] : null;
  }

  /** The keys a form (and how it is written, or "") is looked up by → the languages whose shards have its other forms there. */
  function keysOf(form, text) {
    const languagesByKey = new Map([[form, new Set()]]);
    for (const language of languages) {
      for (const key of [...words.keys(form, language, text), words.unprefixed(form, language)]) {
        if (!languagesByKey.has(key)) languagesByKey.set(key, new Set());
        languagesByKey.get(key).add(language);
      }
    }
    return languagesByKey;
  }

  /** What a form stands for: {forms: [{form, exact, lists}], entries}; `lists` are those of the shards where it counts. */
  async function formsOf(form, text) {
    const keys = [...keysOf(form, text)];
    const entries = await Promise.all(keys.map(([key]) => entryOf(key)));
    const forms = new Map();
    entries.forEach((entry, place) => {
      if (!entry) return;
      const wanted = keys[place][1];
      for (const { form: other, lists } of entry.forms) {
        for (const list of lists) {
          // In a language where the stems differ, only the very form is meant.
          if (other !== form && !wanted.has(primary(shards[list.shard].language))) continue;
          if (!forms.has(other)) forms.set(other, { form: other, exact: other === form, lists: new Map() });
          // A form stands under several keys, with the same list each time.
          forms.get(other).lists.set(list.shard, list);
        }
      }
    });
    return { forms: listed(forms), entries: entries.filter(Boolean) };
  }

  /** The longer forms that begin with a form, of those in the range where it would stand (which is loaded for it anyway), and `further` ones. */
  async function longerForms(form, further) {
    const first = rangeNumber(form);
    const last = Math.min(rangeNumber(`${form}\u{10ffff}`), first + further);
    const forms = new Map();
    for (let number = first; number <= last; number++) {
      const entries = await range(number);
      for (let place = placeIn(entries, form.slice(0, 3)); place < entries.length; place++) {
        const { key } = entries[place];
        if (compared(key, form) > 0 && !key.startsWith(form)) break;
        if (!key.startsWith(form) && !form.startsWith(key)) continue;
        for (const { form: other, lists } of entries[place].forms) {
          if (!other.startsWith(form) || other === form) continue;
          if (!forms.has(other)) forms.set(other, { form: other, exact: false, lists: new Map() });
          for (const list of lists) forms.get(other).lists.set(list.shard, list);
        }
      }
    }
    const all = listed(forms);
    if (all.length <= MOST_LONGER) return all;
    const spread = ({ lists }) => lists.reduce((sum, list) => sum + list.bytes.indexOf(CLOSE, list.start) - list.start, 0);
    return all.map((each) => [spread(each), each]).sort((a, b) => b[0] - a[0] || compared(a[1].form, b[1].form)).slice(0, MOST_LONGER).map((each) => each[1]);
  }

  const listed = (forms) => [...forms.values()].map(({ form, exact, lists }) => ({ form, exact, lists: [...lists.values()] }));

  const text = (release) => {
    const path = `texts/${shards[shardNumbers[release]].name}/${names(release)}`;
    return files.recent(`text ${path}`, () => files.json(path), 300);
  };

  let order = null;
  /** The order of equal releases, whatever shards they are in: by date, undated ones last, then by what is in them. {places: release → its place,
      placed: place → release}. */
  function total() {
    if (!order) {
      const keys = Float64Array.from({ length: count }, (_, release) => {
        const [year, month, day] = (dates[release] || "9999").split("-");
        return (Number(year) * 372 + Number(month || 0) * 31 + Number(day || 0)) * 2 ** 24 + parseInt(names(release).slice(0, 6), 16);
      });
      const placed = Uint32Array.from({ length: count }, (_, release) => release).sort((a, b) => keys[a] - keys[b] || a - b);
      const places = new Uint32Array(count);
      placed.forEach((release, place) => {
        places[release] = place;
      });
      order = { places, placed };
    }
    return order;
  }

  return {
    catalogue, shards, total, count, languages, titleEnds, factsStarts, bodyStarts, bodyLengths, text, formsOf, longerForms, keysOf,
    dates, certainDates,
    meanBody: mean(bodies),
    meanTitle: mean(titles),
    languageOf: (release) => shards[shardNumbers[release]].language,
    shardNumber: (release) => shardNumbers[release],
    wordsOf: ({ terms }) => (terms ? JSON.parse(new TextDecoder().decode(terms)) : []),
  };
}

/** The primary subtag of a BCP 47 tag. */
function primary(language) {
  return language.split("-")[0].toLowerCase();
}

/* The engine as it is asked: open, search, more, counted, facet. One search at a time: a later one ends an earlier one. */

const DEFAULTS = { text: "", filters: {}, from: "", to: "", undated: false, sort: "relevance", size: 10, facets: [], language: "" };
// Scripts written without blanks whose words the index does not part: ISO 15924 names, and their letters.
const NOT_PARTED = [
  ["Java", /[\ua984-\ua9b2\ua9cf]/u], ["Bali", /[\u1b05-\u1b33\u1b45-\u1b4c]/u], ["Lana", /[\u1a20-\u1a54]/u], ["Tale", /[\u1950-\u1974]/u],
  ["Talu", /[\u1980-\u19c9]/u], ["Cham", /[\uaa00-\uaa28\uaa40-\uaa4b]/u], ["Tavt", /[\uaa80-\uaaaf]/u],
];

/** What the page calls; `load` gives the bytes of a file of the index (files.js). */
function engineOf(load) {
  const files = filesOf(load);
  let index = null;
  let facets = null;
  let spelling = null;
  let turn = 0;
  let current = null; // the search that was answered last
  let textual = { key: null };

  /** Begins with the catalogue: an object, its file's bytes, or nothing, in which case it is loaded. */
  async function open(given) {
    const bytes = given instanceof Uint8Array || given instanceof ArrayBuffer;
    const catalogue = bytes ? JSON.parse(new TextDecoder().decode(await gunzipped(packedBytes(new Uint8Array(given), "catalogue")))) : given || await files.json("catalogue");
    index = indexOf(catalogue, files);
    facets = facetsOf(index, files);
    spelling = spellingOf(index, files);
    return true;
  }

  class Outdated extends Error {}
  const check = (mine) => {
    if (mine !== turn) throw new Outdated();
  };

  /** The interface's language, and the `most` that most releases are in. */
  function mainLanguages(language, most) {
    const counts = new Map();
    for (const shard of index.shards) counts.set(primary(shard.language), (counts.get(primary(shard.language)) || 0) + shard.count);
    const all = [...counts].sort((a, b) => b[1] - a[1] || compared(a[0], b[0])).map(([name]) => name);
    return [...new Set([language, ...all.slice(0, most)])].filter(Boolean);
  }

  /** The names of months in some languages: {language: [[names of month 1], …]}. */
  function monthsIn(languages) {
    const { months } = index.catalogue;
    return Object.fromEntries(Object.keys(months || {}).filter((name) => languages.includes(primary(name))).map((name) => [name, months[name]]));
  }

  /** The units of a query as terms and masks: {terms, musts, nots, notes, …}; what is not there is put right or noted. */
  async function looked(parsed, language, mine) {
    const lookup = termsOf(index, facets);
    const notes = { instead: [], unknown: [], ignored: [...parsed.ignored] };
    const terms = [];
    const musts = [];
    const nots = [];
    // Their commonest words are left out.
    const stops = mainLanguages(language, 1);
    const positive = parsed.units.filter((unit) => !unit.negated);
    const telling = positive.filter((unit) => !queries.isStop(unit, stops));
    const scoring = (unit) => (unit.kind === "any" ? unit.units.some(scoring) : !queries.isFacet(unit));
    const kept = telling.some(scoring) ? telling : positive;
    const isRanked = new Set(kept);
    const many = async (units) => (await Promise.all(units.map((unit) => lookup.termOf(unit, parsed.last)))).flat();
    const add = (term) => {
      const same = terms.find((other) => other.unit.kind === "word" && term.unit.kind === "word" && !term.region && !other.region && other.unit.tokens[0].form === term.unit.tokens[0].form);
      if (same) same.at.push(...term.at);
      else terms.push(term);
    };
    const inDate = (unit) => parsed.dates.some((date) => unit.start >= date.start && unit.start < date.end);

    const ofFields = new Map();
    await Promise.all(parsed.units.map(async (unit) => {
      if (unit.kind === "any" && unit.units.some((one) => one.field)) {
        const masks = await Promise.all(unit.units.map(async (one) => {
          const mask = queries.isFacet(one) ? await lookup.facetMask(one) : await lookup.maskOf(await lookup.unitForms(one), one.field);
          if (!mask) notes.ignored.push([one.typed, "field"]);
          return mask || lookup.maskOf((await Promise.all(lookup.apart(one).map(lookup.unitForms))).flat(), "");
        }));
        const mask = Uint8Array.from(masks[0], (_, release) => masks.some((one) => one[release]));
        musts.push(mask);
        ofFields.set(unit, mask);
      } else if (queries.isFacet(unit)) {
        const mask = await lookup.facetMask(unit);
        if (!mask) notes.ignored.push([unit.typed, "field"]);
        else (unit.negated ? nots : musts).push(mask);
        if (!mask && !unit.negated) unit.searchedAsWords = true;
      } else if (unit.negated) {
        nots.push(await lookup.maskOf(await lookup.unitForms(unit), unit.field));
      }
    }));
    check(mine);
    const free = kept.filter(scoring);
    const resolved = await many(free);
    for (const [place, unit] of free.entries()) {
      const term = resolved[place];
      // What one of several fields finds has what was asked for, whether or not it has a word of the others.
      if (ofFields.has(unit)) term.sets.push({ releases: [...ofFields.get(unit).keys()].filter((release) => ofFields.get(unit)[release]), weight: 1 });
      if (term.forms.length) {
        if (unit.kind === "phrase" || unit.field) {
          const mask = await lookup.maskOf(term.forms, unit.field);
          // A word may stand in the archive and in no title.
          if (unit.field && !mask.includes(1)) {
            notes.ignored.push([unit.typed, "field"]);
            for (const other of await many(lookup.apart(unit))) add(other);
            continue;
          }
          musts.push(mask);
        }
        add(term);
      } else if (unit.kind === "phrase" || unit.kind === "run" || unit.field) {
        if (unit.field) notes.ignored.push([unit.typed, "field"]);
        else if (unit.kind === "phrase") notes.unquoted = true;
        const parts = lookup.apart(unit);
        const some = parts.filter((part) => !queries.isStop(part, stops));
        for (const other of await many(some.length ? some : parts)) add(other);
      } else {
        add(term);
      }
    }
    for (const unit of positive.filter((unit) => unit.searchedAsWords)) for (const other of await many(lookup.apart(unit))) add(other);
    check(mine);

    const dates = await datesIn(parsed, terms, language, lookup);
    const left = [];
    for (const term of terms) {
      if (term.forms.length || term.sets.length || inDate(term.unit)) {
        if (term.forms.length || term.sets.length) left.push(term);
        continue;
      }
      const nearest = term.unit.kind === "word" ? await spelling.nearest(term.unit.tokens[0].form, 0) : null;
      check(mine);
      if (!nearest) {
        notes.unknown.push(term.typed);
        continue;
      }
      notes.instead.push([term.typed, nearest.written]);
      const unit = { ...term.unit, tokens: [{ ...term.unit.tokens[0], form: nearest.form, text: words.written(nearest.written), aliases: [] }], joined: "" };
      left.push({ ...await lookup.termOf(unit, null), typed: nearest.written });
    }
    return { lookup, terms: left, musts, nots, notes, dates, positive, isRanked };
  }

  /** What a typed date finds: the releases of that day or month, which answer each of its words, and texts that write it in another way. */
  async function datesIn(parsed, terms, language, lookup) {
    const dated = { releases: [], mentioned: [], value: "", first: "" };
    for (const { value, start, end } of parsed.dates) {
      const releases = [];
      index.certainDates.forEach((date, release) => {
        if (date.startsWith(value)) releases.push(release);
      });
      const covered = terms.filter((term) => term.unit.start >= start && term.unit.start < end);
      const ways = datesTyped.spelledOut(value, monthsIn(mainLanguages(language, 3)));
      const forms = (await Promise.all(ways.map((way) => phraseForms(index, way.map((form) => ({ form, cluster: "", start: 0, end: 0 })))))).flat();
      for (const term of covered) {
        if (releases.length) term.sets.push({ releases, weight: 6 });
        term.forms.push(...forms.filter((form) => form.phrase));
      }
      const written = await lookup.maskOf(forms.filter((form) => form.phrase), "");
      written.forEach((has, release) => {
        if (has) dated.mentioned.push(release);
      });
      if (!dated.value) dated.value = value;
      if (!dated.first && releases.length) dated.first = value;
      dated.releases.push(...releases);
    }
    return dated;
  }

  /** The releases whose reference the query is, however either is punctuated: [[releases, is it the whole]]. */
  async function referencesFor(parsed, lookup) {
    const units = parsed.units;
    const free = units.every((unit) => !unit.negated && (unit.field === "reference" || (!unit.field && (unit.kind === "word" || unit.kind === "phrase"))));
    const tokens = units.flatMap((unit) => unit.tokens);
    const number = tokens.map((token) => token.form).join("");
    const onlyDate = parsed.dates.length > 0;
    if (!free || onlyDate || tokens.length > 8 || !/\d/.test(number) || [...number].length < 4 || /^\d{1,4}$/.test(number)) return { number: "", tokens, matches: [] };
    const matches = [];
    for (const form of await lookup.referenceForms({ tokens })) {
      const mask = await lookup.maskOf([form], "reference");
      const releases = [];
      mask.forEach((has, release) => {
        if (has) releases.push(release);
      });
      if (releases.length) matches.push([releases, form.exact]);
    }
    matches.sort((a, b) => Number(b[1]) - Number(a[1]));
    return { number: matches.length ? number : "", tokens, matches };
  }

  /** Everything that a text finds, whatever is chosen besides; kept while only the choice changes. */
  async function matched({ text, language }, mine) {
    const key = JSON.stringify([text, language]);
    if (textual.key === key) return textual;
    const parsed = queries.parse(text, monthsIn([language, ...index.languages]));
    const { lookup, terms, musts, nots, notes, dates, positive, isRanked } = await looked(parsed, language, mine);
    const asked = positive.length > 0;
    const references = await referencesFor(parsed, lookup);
    check(mine);
    const allowed = maskOfAll(musts, nots);
    const wordCount = positive.reduce((sum, unit) => sum + unit.tokens.length, 0);
    const covered = terms.every((term) => term.sets.length > 0 || dates.value === "");
    const order = asked && !terms.length && !musts.length && !references.matches.length
      ? { releases: [], complete: new Uint8Array(index.count), why: new Map() }
      : await ranked(index, {
        terms, allowed, language, references: references.matches, words: wordCount,
        dates: dates.releases, mentioned: dates.mentioned, onlyDate: dates.value !== "" && covered && terms.length > 0,
      });
    await lookup.addSpellings(terms);
    check(mine);
    if (notes.unknown.length) order.complete.fill(0);
    if (dates.releases.some((release) => order.why.get(release) === "date")) notes.date = dates.first;
    notes.near = await misspelt(terms, order, isRanked);
    check(mine);
    if (!order.releases.length) notes.unsearchable = NOT_PARTED.filter(([, letters]) => letters.test(text)).map(([script]) => script);
    const pages = lookup.topPages(positive, terms, language);
    const filed = await lookup.filing(pages);
    check(mine);
    textual = { key, ...order, terms, notes, number: references.number, tokens: references.tokens, pages: pages.map(({ numbers, ...page }) => page), filed, asked };
    return textual;
  }

  /** Suggestions for words that hardly any release has, where little was found. */
  async function misspelt(terms, { complete }, isRanked) {
    let whole = 0;
    for (const has of complete) whole += has;
    const suggested = [];
    if (whole >= DEFAULTS.size) return suggested;
    for (const term of terms) {
      if (term.unit.kind !== "word" || term.region || !isRanked.has(term.unit) || term.sets.length || term.count > RARE) continue;
      const other = await spelling.nearest(term.unit.tokens[0].form, Math.max(1, term.count));
      if (other) suggested.push([term.typed, other.written]);
    }
    return suggested;
  }

  function maskOfAll(musts, nots) {
    if (!musts.length && !nots.length) return null;
    const mask = new Uint8Array(index.count).fill(1);
    for (const must of musts) for (let release = 0; release < mask.length; release++) mask[release] &= must[release];
    for (const not of nots) for (let release = 0; release < mask.length; release++) if (not[release]) mask[release] = 0;
    return mask;
  }

  /** The bounds of the range, put right: {from, to}; what was put right is noted. */
  function rangeOfDates(request, notes) {
    const bounds = {};
    for (const side of ["from", "to"]) {
      const value = datesTyped.bound(request[side]);
      if (value === null) (notes.range = notes.range || []).push([request[side], side]);
      bounds[side] = value || "";
    }
    const { from, to } = bounds;
    if (!from || !to || from.slice(0, to.length) <= to.slice(0, from.length)) return bounds;
    notes.exchanged = true;
    return { from: to, to: from };
  }

  const truths = (notes) => Object.fromEntries(Object.entries(notes).filter(([, value]) => (Array.isArray(value) ? value.length > 0 : Boolean(value))));

  async function searched(given, mine) {
    const request = { ...DEFAULTS, ...given };
    request.language = primary(request.language || "");
    const answer = await matched(request, mine);
    const notes = { ...answer.notes };
    Object.assign(request, rangeOfDates(request, notes));
    const checks = await facets.failing(request);
    check(mine);
    if (pacer.due()) await pacer.pause();
    let hits = answer.releases.filter((release) => checks.fails[release] === 0);
    if (request.sort !== "relevance") hits = byDate(index, hits, answer.complete, request.sort === "newest");
    const counts = await facets.counted(request.facets, answer.releases, checks);
    check(mine);
    // It is no longer true where the order is another, or what is chosen leaves out every release of that date.
    if (request.sort !== "relevance" || !hits.some((release) => answer.why.get(release) === "date")) delete notes.date;
    const complete = hits.reduce((sum, release) => sum + answer.complete[release], 0);
    if (!complete && answer.releases.some((release) => answer.complete[release])) notes.elsewhere = true;
    current = { hits, answer, checks };
    const results = await shown(current, 0, request.size);
    check(mine);
    return { total: hits.length, complete, results, counts, notes: truths(notes), terms: answer.asked ? answer.pages : [] };
  }

  async function shown({ hits, answer }, from, to) {
    const wanted = hits.slice(from, to);
    for (const release of wanted) index.text(release).catch(() => {}); // all at once; what goes wrong goes wrong again below
    const results = [];
    for (const release of wanted) {
      results.push(await resultOf(index, release, { terms: answer.terms, why: answer.why.get(release) || "", number: answer.number, tokens: answer.tokens, filed: answer.filed }));
    }
    return results;
  }

  /** Searches; null where a later search has begun before this one was answered. */
  async function search(request) {
    const mine = ++turn;
    try {
      return await searched(request, mine);
    } catch (error) {
      if (error instanceof Outdated) return null;
      throw error;
    }
  }

  /** Results `from` to before `to` of the last search. */
  const more = async (from, to) => (current ? shown(current, from, to) : []);

  /** The counts of some facets' values for the last search. */
  const counted = async (wanted) => (current ? facets.counted(wanted, current.answer.releases, current.checks) : {});

  /** Every value of a facet with its count in the whole archive. */
  const facet = async (name) => facets.whole(name);

  return { open, search, more, counted, facet };
}

/* The search engine of the archive: Pagefind, and what it is asked. The build puts Pagefind's own JavaScript into it (engine.py).

   `OnrecordEngine(load)` runs in a Blob worker or, where a browser refuses that, in the page. `load(path)` gives the bytes of a file
   below pagefind/; the engine itself fetches nothing. It returns an object of functions: open, search, more. */
window.OnrecordEngine = function OnrecordEngine(load) {
  "use strict";

  function pagefindModule(fetch, document, console, window, Worker) {
/*PAGEFIND*/
  }

  const NOT_STATED = "not-stated";
  const EXCERPT = 32;
  const SUB_RESULTS = 3;
  // Words of a query without quotation marks that nearly every release has: left out, for a query's time grows with its matches.
  const STOP = new Set(("a an and are as at be by for from has have he her his in is it its of on or she that the their they this to was "
    + "were which who will with les des du de la le et un une dans pour par sur en el los las y der die das und zu den von im mit "
    + "في من على إلى عن مع أن إن هذا هذه التي الذي ما لا و").split(" "));
  const WEIGHTS = { title: 5, reference: 10, numbers: 10, subtitle: 2, also: 3, date: 0.5, publisher: 0.5, kind: 0.3, extent: 0, status: 0, language: 0 };

  // ---- words: what spelling.py does to the words of the index is done here to those of a query -------------------------------------

  const LETTERS = { "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "", "ئ": "", "ء": "", "ی": "ي", "ک": "ك", "ۀ": "ه" };
  const BREAKS = /[\s\u2010-\u2015\u2212\u2026/\\|·•()[\]{}<>«»“”„"_,;:!?،؛؟…+=&@#*]+/u;
  const ARABIC = /[\u0620-\u064a\u066e-\u06d3]/;
  const PREFIX = /^(?:[وف]?(?:[بك]ال|لل|ال)|[وف][بلك]|[وفبلك])(?=.{3})/u;

  /** One word as it is looked up: lower case, letters and digits, no marks, special letters in plain ones. */
  function foldWord(word) {
    let out = "";
    for (const letter of word.toLowerCase()) out += letter in LETTERS ? LETTERS[letter] : letter;
    return out.normalize("NFD").replace(/\p{M}/gu, "").replace(/\p{Lm}/gu, "").replace(/[^\p{L}\p{N}]/gu, "");
  }

  /** The words of a text without quotation marks, folded. A hyphen parts words; the Arabic article before it is left out. */
  function foldWords(text) {
    const words = [];
    for (const chunk of text.normalize("NFC").split(BREAKS)) {
      const parts = chunk.split("-").filter((part) => foldWord(part));
      parts.forEach((part, place) => {
        let folded = foldWord(part);
        if (place + 1 < parts.length && /^(?:al|el|ul|as|ash|an|ar|at|ad|az)$/.test(folded)) return;
        if (ARABIC.test(folded)) folded = folded.replace(/^ال(?=.{3})/u, "");
        words.push(folded);
      });
    }
    return words;
  }

  /** A query's phrases (in quotation marks of any kind) and its other words. */
  function parse(text) {
    const phrases = [];
    const rest = text.normalize("NFC").replace(/["“”„«»]([^"“”„«»]*)["“”„«»]/gu, (_, phrase) => {
      if (phrase.trim()) phrases.push(phrase.trim());
      return " ";
    }).replace(/["“”„«»]/gu, " ");
    return { phrases, words: foldWords(rest) };
  }

  /** The words to look up: stop words and single letters left out, unless nothing else is there. */
  function telling(words) {
    const kept = words.filter((word) => !STOP.has(word) && (word.length > 1 || !/^[a-z]$/.test(word)));
    return [...new Set(kept.length ? kept : words)];
  }

  const SUFFIX = /(?:ations?|ingly|ings?|edly|ed|ers?|ies|es|s|ly|ments?|ions?|y)$/;
  function stem(word) {
    const short = word.replace(SUFFIX, "");
    return short.length >= 3 ? short : word;
  }

  /** Whether a word Pagefind points at is to be shown as a match: all but those that only share a short beginning ("home" for "Homs"). */
  function credible(word, asked) {
    if (/[^a-z0-9]/.test(word) || !word) return true;
    return asked.some((term) => {
      let same = 0;
      while (same < word.length && word[same] === term[same]) same++;
      return same >= Math.min(word.length, term.length) || (same >= 4 && same >= Math.min(word.length, term.length) - 2);
    });
  }

  /** Whether a word of a text (folded) is what a word of the query (folded) asks for: the same, its beginning, or its inflection. */
  function answers(word, asked) {
    if (word === asked) return true;
    if (asked.length >= 3 && word.startsWith(asked)) return true;
    if (ARABIC.test(word)) {
      const bare = word.replace(PREFIX, "");
      return bare === asked || (asked.length >= 3 && bare.startsWith(asked)) || (bare.length >= 3 && asked.startsWith(bare));
    }
    return asked.length >= 4 && word.length >= 4 && stem(word) === stem(asked);
  }

  // ---- the index ------------------------------------------------------------------------------------------------------------------

  let catalogue = null;
  const modules = new Map();
  const instances = new Map();
  const files = new Map();
  let failure = null;

  /** The bytes of a file that several readers want, loaded once. */
  function shared(path) {
    if (!files.has(path)) {
      const bytes = load(path);
      files.set(path, bytes);
      bytes.catch(() => files.delete(path));
    }
    return files.get(path);
  }

  /** What Pagefind fetches: files below a shard's folder. The WebAssembly is one for all shards of a language. */
  async function answerFetch(url) {
    const [, name, rest] = /^\/([^/]+)\/([^?]+)/.exec(url);
    const shard = catalogue.shards.find((candidate) => candidate.name === name);
    try {
      if (rest === "pagefind-entry.json") return { json: async () => shard.entry };
      if (rest.startsWith("index/")) {
        const digest = rest.slice("index/".length).split(".")[0];
        if (asking && needless(shard, digest)) return { arrayBuffer: async () => EMPTY_CHUNK };
        const chunk = await load(`${name}/${rest}`);
        learnWords(shard, chunk);
        return { arrayBuffer: async () => chunk };
      }
      const bytes = rest.startsWith("wasm.") ? await shared(`wasm.${shard.wasm}.pagefind`)
        : rest.endsWith(".pf_meta") ? await shared(`${name}/${rest}`) : await load(`${name}/${rest}`);
      return { arrayBuffer: async () => bytes };
    } catch (error) {
      failure = error;
      throw error;
    }
  }

  // For a word that begins with "a" Pagefind loads the chunk of the word "a" as well: the largest of all, for nothing. It is given an
  // empty one; should "a" itself be asked for later (in a phrase), the instance is made anew.
  const EMPTY_CHUNK = new TextEncoder().encode("pagefind_dcd\u0000\u0000");
  EMPTY_CHUNK.set([0x81, 0x80], "pagefind_dcd".length);
  const ranges = new Map();
  const withheld = new Map();
  let asking = null;

  const covers = ([first, final], word) => first <= word && word <= final;

  function needless(shard, digest) {
    const range = (ranges.get(shard.name) || new Map()).get(digest);
    if (!range || range[1].length !== 1 || asking.some((word) => word.length === 1 || covers(range, word))) return false;
    withheld.set(shard.name, [...withheld.get(shard.name) || [], range]);
    return true;
  }

  const quiet = { log() {}, warn() {}, error() {} };

  function moduleOf(language) {
    if (!modules.has(language)) {
      const document = { currentScript: null, querySelector: () => ({ getAttribute: () => language }) };
      modules.set(language, pagefindModule(answerFetch, document, quiet, undefined, undefined));
    }
    return modules.get(language);
  }

  function instanceOf(shard) {
    if (!instances.has(shard.name)) {
      instances.set(shard.name, moduleOf(shard.language).createInstance({
        basePath: `/${shard.name}/`, baseUrl: "/", excerptLength: EXCERPT, ranking: { metaWeights: WEIGHTS },
      }));
    }
    return instances.get(shard.name);
  }

  /** A CBOR item (RFC 8949) of arrays, text and integers. */
  function cbor(bytes) {
    const decoder = new TextDecoder();
    let position = 0;
    function item() {
      const first = bytes[position++];
      const major = first >> 5;
      let number = first & 31;
      if (number >= 24) {
        let size = { 24: 1, 25: 2, 26: 4, 27: 8 }[number];
        number = 0;
        while (size--) number = number * 256 + bytes[position++];
      }
      if (major === 0) return number;
      if (major === 1) return -1 - number;
      if (major === 3) return decoder.decode(bytes.subarray(position, position += number));
      if (major === 4) return Array.from({ length: number }, item);
      throw new Error(`unexpected CBOR type ${major}`);
    }
    return item();
  }

  const unpacked = (shard, bytes) => moduleOf(shard.language).gunzip(new Uint8Array(bytes)).subarray("pagefind_dcd".length);
  const decoded = async (shard, path) => cbor(unpacked(shard, await shared(`${shard.name}/${path}`)));

  // Pagefind takes a word of a query for the beginning of others (its stem, so "Homs" finds "home"), answers a word the index has not
  // with words that begin like it, and says nothing of either; and the time it takes grows with the square of the matches. So the
  // chunks it loads are read here too. A chunk is [[[word, [[page, places, metadata places], …], variants], …]], pages as differences.
  const known = new Map();
  const HEAVY = 2500;

  /** A reader of CBOR heads: [major type, number]. */
  function reader(bytes, start) {
    const self = {
      at: start,
      head() {
        const first = bytes[self.at++];
        let number = first & 31;
        if (number >= 24) {
          let size = { 24: 1, 25: 2, 26: 4, 27: 8 }[number];
          number = 0;
          while (size--) number = number * 256 + bytes[self.at++];
        }
        return [first >> 5, number];
      },
      skip() {
        let left = 1;
        while (left--) {
          const [major, number] = self.head();
          if (major === 3 || major === 2) self.at += number;
          if (major === 4) left += number;
        }
      },
    };
    return self;
  }

  function learnWords(shard, chunk) {
    const bytes = unpacked(shard, chunk);
    const decoder = new TextDecoder();
    const words = known.get(shard.name) || new Map();
    known.set(shard.name, words);
    const from = reader(bytes, 0);
    from.head();
    const [, count] = from.head();
    for (let place = 0; place < count; place++) {
      const [, parts] = from.head();
      const [, length] = from.head();
      words.set(decoder.decode(bytes.subarray(from.at, from.at += length)), { bytes, at: from.at, read: null });
      for (let part = 1; part < parts; part++) from.skip();
    }
  }

  /** Where a word of the index stands: [page, how often in the text, metadata fields as negative numbers] for each page, variants too. */
  function pagesWith(entry) {
    if (!entry.read) {
      const from = reader(entry.bytes, entry.at);
      const out = [];
      const list = () => {
        const [, count] = from.head();
        let page = 0;
        for (let place = 0; place < count; place++) {
          from.head();
          page += from.head()[1];
          let often = 0;
          const [, places] = from.head();
          for (let one = 0; one < places; one++) often += from.head()[0] === 0 ? 1 : 0;
          const fields = [];
          const [, metas] = from.head();
          for (let one = 0; one < metas; one++) {
            const [major, number] = from.head();
            if (major === 1) fields.push(number);
          }
          out.push([page, often, fields]);
        }
      };
      list();
      const [, variants] = from.head();
      for (let one = 0; one < variants; one++) {
        from.head();
        const [, length] = from.head();
        from.at += length;
        list();
      }
      entry.read = out;
    }
    return entry.read;
  }

  /** Whether a word of the index (a stem) is what a word of the query asks for, or begins with it. */
  function accepts(indexed, asked) {
    if (indexed === asked) return true;
    if (indexed.startsWith(asked)) return asked.length > 2;
    let same = 0;
    while (same < indexed.length && indexed[same] === asked[same]) same++;
    const left = indexed.slice(same);
    if (left && !(left === "e" && /[aeio]/.test(asked[same] || "")) && !(left === "i" && asked[same] === "y")) return false;
    return same >= 2 && same >= asked.length * 0.45 && (left === "" || same >= 3);
  }

  /** The words of the index, of those loaded, that a word of the query asks for. The longest of its beginnings is taken for its stem. */
  function indexedFor(shard, asked) {
    const words = known.get(shard.name) || new Map();
    const found = [];
    for (const form of ARABIC.test(asked) ? new Set([asked, asked.replace(PREFIX, ""), asked.slice(1)]) : [asked]) {
      let stems = ["", ""]; // the longest beginning; the longest that lost an e or turned y into i ("hoping", "hope"; "country", "countri")
      for (const word of words.keys()) {
        if (!form || !accepts(word, form)) continue;
        if (word.startsWith(form)) found.push(word);
        else if (form.startsWith(word)) stems[0] = word.length > stems[0].length ? word : stems[0];
        else stems[1] = word.length > stems[1].length ? word : stems[1];
      }
      stems = stems.filter(Boolean);
      if (found.length || stems.length) return [...found, ...stems];
    }
    return found;
  }

  /** The pages of a shard that have a word: {pages: 0 or 1 for each, count, value: how much each has of it}; null where none has. */
  async function having(shard, asked) {
    const { digests } = await pagesOf(shard);
    const words = indexedFor(shard, asked);
    if (!words.length) return null;
    const pages = new Uint8Array(digests.length);
    const value = new Float32Array(digests.length);
    const title = shard.fields.indexOf("title");
    let count = 0;
    for (const word of words) {
      for (const [page, often, fields] of pagesWith(known.get(shard.name).get(word))) {
        count += pages[page] ? 0 : 1;
        pages[page] = 1;
        value[page] += Math.min(often, 20) + (fields.includes(title) ? 50 : 0);
      }
    }
    return { pages, count, value };
  }

  const kept = new Map();
  function once(key, make) {
    if (!kept.has(key)) {
      const value = make();
      kept.set(key, value);
      value.catch(() => kept.delete(key));
    }
    return kept.get(key);
  }

  /** Page numbers of a shard by the digest that Pagefind's results name them with. */
  function pagesOf(shard) {
    return once(`pages ${shard.name}`, async () => {
      const meta = await decoded(shard, `pagefind.${shard.meta}.pf_meta`);
      const pages = meta[1].map((page) => page[0]);
      ranges.set(shard.name, new Map(meta[2].map(([first, final, digest]) => [digest, [first, final]])));
      return { digests: pages, numbers: new Map(pages.map((digest, number) => [digest, number])) };
    });
  }

  /** A facet of a shard: its values, each with its label and its page numbers. */
  function facetOf(shard, facet) {
    return once(`facet ${shard.name} ${facet}`, async () => {
      const values = new Map();
      if (!shard.filters[facet]) return values;
      for (const [text, pages] of (await decoded(shard, `filter/${shard.filters[facet]}.pf_filter`))[1]) {
        const bar = text.indexOf("|");
        values.set(text.slice(0, bar), { label: text.slice(bar + 1), pages });
      }
      return values;
    });
  }

  async function lines(shard, file) {
    return once(`${file} ${shard.name}`, async () => new TextDecoder().decode(await load(`${shard.name}/${file}`)).split("\n"));
  }

  // ---- a search -------------------------------------------------------------------------------------------------------------------

  const SCRIPTS = { Arab: /\p{Script=Arabic}/u, Cyrl: /\p{Script=Cyrillic}/u, Grek: /\p{Script=Greek}/u, Hebr: /\p{Script=Hebrew}/u };

  /** The shards that can hold something a request asks for. */
  function shardsFor(request) {
    const ranged = request.from || request.to;
    return catalogue.shards.filter((shard) => {
      if (Object.keys(SCRIPTS).some((name) => SCRIPTS[name].test(request.text) && !shard.scripts.includes(name))) return false;
      if (!ranged) return true;
      if (!shard.first) return true;
      return !(request.from && shard.last < request.from) && !(request.to && shard.first > request.to);
    });
  }

  /** What is chosen of each facet, the range of years put into words the year facet has. */
  async function chosen(shard, request) {
    const picked = new Map();
    for (const facet of Object.keys(request.filters)) {
      if (request.filters[facet].length) picked.set(facet, new Set(request.filters[facet]));
    }
    if (request.from || request.to || request.undated) {
      const years = new Set(request.undated ? [NOT_STATED] : []);
      if (request.from || request.to) {
        for (const year of (await facetOf(shard, "year")).keys()) {
          if (year !== NOT_STATED && !(request.from && year < request.from) && !(request.to && year > request.to)) years.add(year);
        }
      }
      picked.set("year", years);
    }
    return picked;
  }

  /** For each page of a shard, how many of the chosen facets it fails, and which alone if it is one. */
  async function failing(shard, request) {
    const { digests } = await pagesOf(shard);
    const picked = await chosen(shard, request);
    const fails = new Uint8Array(digests.length);
    const blame = new Int8Array(digests.length).fill(-1);
    const names = [...picked.keys()];
    for (let place = 0; place < names.length; place++) {
      const values = await facetOf(shard, names[place]);
      const inside = new Uint8Array(digests.length);
      for (const value of picked.get(names[place])) {
        for (const page of values.has(value) ? values.get(value).pages : []) inside[page] = 1;
      }
      for (let page = 0; page < fails.length; page++) {
        if (!inside[page]) {
          fails[page]++;
          blame[page] = place;
        }
      }
    }
    return { fails, blame, names };
  }

  async function ask(shard, term, preload = false) {
    failure = null;
    asking = foldWords(term.replace(/"/g, " "));
    if ((withheld.get(shard.name) || []).some((range) => asking.some((word) => word.length === 1 || covers(range, word)))) {
      instances.delete(shard.name);
      withheld.delete(shard.name);
    }
    const instance = instanceOf(shard);
    let found;
    try {
      found = preload ? await instance.preload(term) : await instance.search(term);
    } catch (error) {
      instances.delete(shard.name);
      throw failure || error;
    }
    if (failure) {
      instances.delete(shard.name);
      throw failure;
    }
    return found ? found.results : [];
  }

  /** The hits of one shard for a query: every phrase and all the words. `lacks` are words the shard has not; then there are none, and
      `alike` is what Pagefind gives for words that begin alike. Words that very many pages have only narrow the hits, unless they are all. */
  async function hitsOf(shard, query) {
    const { numbers, digests } = await pagesOf(shard);
    const whole = query.words.join(" ");
    if (whole) await ask(shard, whole, true);
    const sets = new Map();
    for (const word of query.words) sets.set(word, await having(shard, word));
    let lacks = query.words.filter((word) => !sets.get(word));
    if (lacks.length && !query.bare && query.words.some((word) => word !== bareArabic(word))) {
      return hitsOf(shard, { ...query, words: query.words.map(bareArabic), bare: true });
    }
    if (lacks.length) {
      // A stem that does not begin like its word ("dying", "die"): the list of written words knows it, and Pagefind is believed.
      const written = await lines(shard, "words.txt");
      lacks = lacks.filter((word) => !written.includes(word));
    }
    const light = query.words.filter((word) => !sets.get(word) || sets.get(word).count <= HEAVY);
    const asked = [...query.phrases.map((phrase) => `"${phrase}"`), ...(light.length ? [light.join(" ")] : [])];
    let hits = null;
    for (const term of asked) {
      const results = new Map((await ask(shard, term)).map((result) => [result.id, result]));
      if (hits === null) {
        hits = [...results.values()].map((result) => ({ shard, page: numbers.get(result.id), score: result.score, results: [result] }));
      } else {
        hits = hits.filter((hit) => results.has(hit.results[0].id));
        for (const hit of hits) {
          const other = results.get(hit.results[0].id);
          hit.results.push(other);
          hit.score += other.score;
        }
      }
    }
    if (lacks.length) return { hits: [], lacks, alike: hits || [] };
    const masks = [...sets.values()].filter(Boolean);
    if (hits === null) {
      hits = [];
      for (let page = 0; page < digests.length; page++) {
        if (masks.every((set) => set.pages[page])) {
          const score = masks.reduce((sum, set) => sum + set.value[page], 0) / 1000;
          hits.push({ shard, page, score, digest: digests[page], results: [] });
        }
      }
    } else {
      hits = hits.filter((hit) => masks.every((set) => set.pages[hit.page]));
    }
    return { hits, lacks, alike: [] };
  }

  const bareArabic = (word) => (ARABIC.test(word) ? word.replace(PREFIX, "") : word);

  /** Every page of a shard, for a request that chooses facets and asks for no words. */
  async function allOf(shard) {
    const { digests } = await pagesOf(shard);
    return digests.map((digest, page) => ({ shard, page, score: 0, digest, results: [] }));
  }

  /** Releases whose reference is the query, however either is punctuated: "PRE 01/069/2012", "pre010692012", "069/2012". */
  async function referenced(shards, text) {
    const joined = foldWord(text.replace(BREAKS, ""));
    if (joined.length < 4 || !/\d/.test(joined) || /^\d{1,4}$/.test(joined) || text.split(/\s+/).length > 6) return [];
    const found = [];
    for (const shard of shards) {
      const { numbers } = await pagesOf(shard);
      const results = (await ask(shard, joined)).filter((result) => (result.matchedMetaFields || []).includes("numbers")).slice(0, 5);
      for (const result of results) {
        const data = await result.data();
        const known = (data.meta.numbers || "").split(" ");
        const place = known.indexOf(joined);
        if (place >= 0 || known.some((number) => number.startsWith(joined))) {
          found.push({ shard, page: numbers.get(result.id), score: place >= 0 ? 2 : 1, results: [result] });
        }
      }
    }
    return found.sort((a, b) => b.score - a.score);
  }

  let current = null;
  let turn = 0;
  let last = { key: null };
  const pause = () => new Promise((go) => setTimeout(go, 0));

  class Outdated extends Error {}

  /** The hits of all shards; `lacks` are the words no shard has, `alike` what Pagefind gives for words that only begin alike. */
  async function gather(shards, query, mine) {
    const hits = [];
    const alike = [];
    let lacks = null;
    for (const shard of shards) {
      const some = query.phrases.length || query.words.length ? await hitsOf(shard, query) : { hits: await allOf(shard), lacks: [], alike: [] };
      for (const hit of some.hits) hits.push(hit);
      for (const hit of some.alike) alike.push(hit);
      lacks = lacks === null ? some.lacks : lacks.filter((word) => some.lacks.includes(word));
      await pause();
      if (mine !== turn) throw new Outdated();
    }
    return { hits, alike, lacks: lacks || [] };
  }

  /** Keeps the hits that pass what is chosen, and counts each wanted facet's values among those that pass everything else. */
  async function narrowed(shards, request, hits) {
    const checks = new Map();
    for (const shard of shards) checks.set(shard, await failing(shard, request));
    const passing = hits.filter((hit) => checks.get(hit.shard).fails[hit.page] === 0);
    const counts = {};
    for (const facet of request.facets) {
      const count = counts[facet] = {};
      for (const shard of shards) {
        const { fails, blame, names } = checks.get(shard);
        const here = new Uint8Array(fails.length);
        const place = names.indexOf(facet);
        for (const hit of hits) {
          if (hit.shard === shard && (fails[hit.page] === 0 || (fails[hit.page] === 1 && place >= 0 && blame[hit.page] === place))) here[hit.page] = 1;
        }
        for (const [value, { label, pages }] of await facetOf(shard, facet)) {
          let number = 0;
          for (const page of pages) number += here[page];
          if (number) count[value] = { label, count: number + (count[value] ? count[value].count : 0) };
        }
      }
    }
    return { passing, counts };
  }

  function byScore(shards, hits) {
    const place = new Map(shards.map((shard, number) => [shard, number]));
    return [...hits].sort((a, b) => b.score - a.score || place.get(a.shard) - place.get(b.shard) || a.page - b.page);
  }

  async function ordered(shards, request, hits) {
    if (request.sort === "relevance") return byScore(shards, hits);
    const dates = new Map();
    for (const shard of shards) dates.set(shard, await lines(shard, "dates.txt"));
    const way = request.sort === "oldest" ? 1 : -1;
    return hits.map((hit) => ({ hit, date: dates.get(hit.shard)[hit.page] })).sort((a, b) => {
      if (!a.date !== !b.date) return a.date ? -1 : 1; // without a year: last, whichever way
      if (a.date !== b.date) return a.date < b.date ? -way : way;
      return a.hit.shard.name < b.hit.shard.name ? -1 : a.hit.shard.name > b.hit.shard.name ? 1 : a.hit.page - b.hit.page;
    }).map((one) => one.hit);
  }

  // ---- a result as it is shown ----------------------------------------------------------------------------------------------------

  async function dataOf(hit) {
    if (!hit.data) {
      if (!hit.results.length) {
        const bytes = await load(`${hit.shard.name}/fragment/${hit.digest}.pf_fragment`);
        const text = moduleOf(hit.shard.language).gunzip(new Uint8Array(bytes)).subarray("pagefind_dcd".length);
        hit.data = { ...JSON.parse(new TextDecoder().decode(text)), weighted_locations: [] };
      } else {
        failure = null;
        const locations = [];
        let data = null;
        for (const result of hit.results) {
          data = await result.data();
          locations.push(...data.weighted_locations);
        }
        hit.data = { ...data, weighted_locations: locations };
      }
    }
    return hit.data;
  }

  /** The places of a text, given as its words between white space, that answer the query: [place, word of the query or "", weight]. */
  function places(words, weighted, asked) {
    const found = new Map();
    for (const { location, balanced_score } of weighted) {
      if (credible(foldWord(words[location] || ""), asked)) found.set(location, { weight: balanced_score || 1, term: "" });
    }
    words.forEach((word, place) => {
      const pieces = word.split(/[-\s]|(?=[^\p{L}\p{N}\p{M}])/u).length > 1 ? [word, ...word.split(BREAKS), ...word.split(/[-\u2010-\u2015…/]/u)] : [word];
      for (const piece of pieces) {
        const folded = foldWord(piece);
        const term = folded && asked.find((one) => answers(folded, one));
        if (term) {
          found.set(place, { weight: (found.get(place) || { weight: 1 }).weight, term });
          return;
        }
      }
    });
    return found;
  }

  /** A passage as [text, is it a match] runs; matches without the punctuation around them. */
  function runs(words, start, end, found) {
    const out = [];
    const push = (text, marked) => {
      const last = out[out.length - 1];
      if (last && last[1] === marked) last[0] += text; else if (text) out.push([text, marked]);
    };
    if (start > 0 && found.cutBefore) push("… ", false);
    for (let place = start; place < end; place++) {
      const core = found.has(place) && /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}\p{M}]*)$/su.exec(words[place]);
      if (core && core[2]) {
        push(core[1], false);
        push(core[2], true);
        push(core[3], false);
      } else {
        push(words[place], false);
      }
      if (place + 1 < end) push(" ", false);
    }
    if (found.cutAfter) push(" …", false);
    return out;
  }

  function passage(words, from, to, found) {
    let start = from;
    let end = to;
    if (to - from > EXCERPT + 8) {
      let best = -1;
      for (let place = from; place < to; place++) {
        if (!found.has(place)) continue;
        const left = Math.max(from, Math.min(place - 6, to - EXCERPT));
        const terms = new Set();
        let sum = 0;
        for (let inside = left; inside < left + EXCERPT; inside++) {
          if (found.has(inside)) {
            sum += 1;
            terms.add(found.get(inside).term || foldWord(words[inside]));
          }
        }
        if (terms.size * 10 + sum > best) {
          best = terms.size * 10 + sum;
          start = left;
        }
      }
      end = Math.min(to, start + EXCERPT);
    }
    const view = new Map(found);
    view.cutBefore = start > from;
    view.cutAfter = end < to;
    return runs(words, start, end, view);
  }

  async function shown(hit, asked) {
    const data = await dataOf(hit);
    const words = data.content.split(/\s+/u).filter((word, place, all) => word || (place && place + 1 < all.length));
    const found = places(words, data.weighted_locations, asked);
    const anchors = data.anchors.filter((anchor) => anchor.element === "a").sort((a, b) => a.location - b.location);
    const bounds = [{ id: "", location: 0 }, ...anchors, { id: "", location: words.length }];
    const sections = [];
    for (let place = 0; place + 1 < bounds.length; place++) {
      const from = bounds[place].location;
      const to = bounds[place + 1].location;
      if (from >= to) continue;
      const terms = new Set();
      let weight = 0;
      for (let inside = from; inside < to; inside++) {
        if (found.has(inside)) {
          terms.add(found.get(inside).term || foldWord(words[inside]));
          weight += 1;
        }
      }
      sections.push({ id: bounds[place].id, from, to, value: terms.size * 100 + Math.min(weight, 50) });
    }
    const best = sections.filter((section) => section.value).sort((a, b) => b.value - a.value || a.from - b.from).slice(0, SUB_RESULTS);
    const passages = (best.length ? best : sections.slice(0, 1)).sort((a, b) => a.from - b.from);
    const marks = new Set();
    for (const place of [...found.keys()].sort((a, b) => a - b)) {
      for (const piece of (words[place] || "").split(BREAKS)) {
        const core = piece.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu, "");
        if (core && marks.size < 12 && (found.get(place).term === "" || asked.some((term) => answers(foldWord(core), term)
          || core.split("-").some((part) => answers(foldWord(part), term))))) marks.add(core.toLowerCase());
      }
    }
    const { numbers, also, ...meta } = data.meta;
    return {
      path: data.url.replace(/^\//, ""),
      language: hit.shard.language,
      meta,
      marks: [...marks],
      passages: passages.map((section) => ({ id: section.id, runs: passage(words, section.from, section.to, found) })),
    };
  }

  /** Which words of the query none of these results has, neither in its text nor in what it is found by. */
  async function lacking(hits, asked) {
    const missing = new Set(asked);
    for (const hit of hits) {
      const data = await dataOf(hit);
      const text = `${data.content} ${Object.values(data.meta).join(" ")}`;
      const words = new Set();
      for (const word of text.split(/\s+/u)) {
        words.add(foldWord(word));
        for (const piece of word.split(BREAKS)) for (const part of [piece, ...piece.split("-")]) words.add(foldWord(part));
      }
      for (const term of [...missing]) {
        for (const word of words) {
          if (word && answers(word, term)) {
            missing.delete(term);
            break;
          }
        }
      }
      if (!missing.size) break;
    }
    return [...missing];
  }

  /** The optimal string alignment distance of two words (insertions, deletions, substitutions, neighbours swapped), up to `most`. */
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [];
    let last = Array.from({ length: b.length + 1 }, (_, place) => place);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        row.push(cost);
        least = Math.min(least, cost);
      }
      if (least > most) return most + 1;
      before = last;
      last = row;
    }
    return last[b.length];
  }

  /** The word of the archive nearest to one it has not, or "" (where it has the word after all, or nothing is near). */
  async function nearest(shards, word) {
    if (word.length < 4 || /^\d+$/.test(word)) return "";
    let best = "";
    let least = word.length < 6 ? 2 : 3;
    let rank = Infinity;
    for (const shard of shards) {
      const list = await lines(shard, "words.txt");
      for (let place = 0; place < list.length; place++) {
        const far = distance(word, list[place], Math.min(least, word.length < 6 ? 1 : 2));
        if (far === 0) return "";
        if (far < least || (far === least && place < rank && best)) {
          least = far;
          best = list[place];
          rank = place;
        }
      }
    }
    if (!best && ARABIC.test(word)) {
      const bare = word.replace(PREFIX, "");
      for (const shard of shards) if (bare !== word && (await lines(shard, "words.txt")).includes(bare)) return bare;
    }
    return best;
  }

  /** Whether the words of a phrase stand together in a release, folded: Pagefind misses some (José beside Jose, words joined by dashes). */
  async function holdsPhrase(hit, phrase) {
    const data = await dataOf(hit);
    const wanted = foldWords(phrase).join(" ");
    return [data.content, data.meta.title || ""].some((text) => ` ${foldWords(text.replace(/["“”„«»]/gu, " ")).join(" ")} `.includes(` ${wanted} `));
  }

  async function open(data) {
    catalogue = data;
    return true;
  }

  /** Searches. `request`: text, filters {facet: [values]}, from, to, undated, sort, size, facets (whose counts are wanted).
      Answers {total, results, counts, notes}, or null where a later search has begun. */
  async function search(request) {
    const mine = ++turn;
    try {
      return await searched(request, mine);
    } catch (error) {
      if (error instanceof Outdated) return null;
      throw error;
    }
  }

  /** What a text finds, whatever is chosen besides: {found, asked, first, notes}. Kept while only the choice changes. */
  async function textual(shards, request, mine) {
    const key = JSON.stringify([request.text, shards.map((shard) => shard.name)]);
    if (last.key !== key) last = { key, ...await matches(shards, request, mine) };
    return last;
  }

  async function matches(shards, request, mine) {
    const query = parse(request.text);
    const words = telling(query.words);
    if (!query.phrases.length && !words.length) {
      const blank = !request.text.trim();
      return { found: blank ? (await gather(shards, { phrases: [], words: [] }, mine)).hits : [], asked: [], first: [], notes: {} };
    }
    const first = await referenced(shards, request.text);
    if (!query.phrases.length) {
      const some = await wordMatches(shards, words, first.length > 0, request.size, mine);
      await raiseTogether(shards, query.words, some);
      return { first, ...some };
    }
    const { hits } = await gather(shards, { phrases: query.phrases, words }, mine);
    const all = telling([...query.phrases.flatMap(foldWords), ...words]);
    const found = [...hits, ...hits.length < request.size ? await heldPhrases(shards, query.phrases, all, hits, mine) : []];
    if (found.length) return { found, asked: all, first, notes: {} };
    const loose = await wordMatches(shards, all, false, request.size, mine);
    return { ...loose, first, notes: { ...loose.notes, unquoted: loose.found.length > 0 } };
  }

  /** Among the best hits, those where the words of the query stand together as typed come first, above all in the title. */
  async function raiseTogether(shards, words, { found, notes }) {
    if (words.length < 2 || Object.keys(notes).length) return;
    const best = byScore(shards, found).slice(0, 10);
    const top = best.length ? best[0].score : 0;
    const asked = words.join(" ");
    const among = (text) => ` ${foldWords(text.replace(/["“”„«»]/gu, " ")).join(" ")} `.includes(` ${asked} `);
    await Promise.all(best.map(async (hit) => {
      const data = await dataOf(hit);
      hit.score += top * ((among(data.meta.title || "") ? 2 : 0) + (among(data.content) ? 1 : 0));
    }));
  }

  /** Releases beside `hits` that hold the phrases, folded: Pagefind misses some (José beside Jose, words joined by dashes). The best
      of those with all the words are read. */
  async function heldPhrases(shards, phrases, words, hits, mine) {
    const seen = new Set(hits.map((hit) => `${hit.shard.name} ${hit.page}`));
    const near = byScore(shards, (await gather(shards, { phrases: [], words }, mine)).hits.filter((hit) => !seen.has(`${hit.shard.name} ${hit.page}`)));
    const held = await Promise.all(near.slice(0, 20).map(async (hit) => (await Promise.all(phrases.map((phrase) => holdsPhrase(hit, phrase)))).every(Boolean)));
    return near.slice(0, 20).filter((_, place) => held[place]);
  }

  /** Releases that have all the words; failing that, what is nearest, and a note that says so. */
  async function wordMatches(shards, words, sure, size, mine) {
    const { hits, alike, lacks } = await gather(shards, { phrases: [], words }, mine);
    const missing = sure ? [] : hits.length ? await lacking(byScore(shards, hits).slice(0, size), words) : lacks;
    const mended = new Map();
    for (const word of missing) {
      const near = await nearest(shards, word);
      if (near) mended.set(word, near);
    }
    if (mended.size) {
      const other = words.map((word) => mended.get(word) || word);
      const instead = await gather(shards, { phrases: [], words: other }, mine);
      if (instead.hits.length) return { found: instead.hits, asked: other, notes: { near: [...mended] } };
    }
    if (hits.length) return { found: hits, asked: words, notes: missing.length ? { missing } : {} };
    const rest = words.filter((word) => !lacks.includes(word));
    if (lacks.length && rest.length) {
      const without = await gather(shards, { phrases: [], words: rest }, mine);
      if (without.hits.length) return { found: without.hits, asked: rest, notes: { without: lacks } };
    }
    if (lacks.length === words.length && words.some((word) => begins(shards, word))) {
      return { found: alike, asked: words, notes: alike.length ? { missing: lacks } : {} };
    }
    return rest.length > 1 && rest.length <= 6 ? someOf(shards, rest, mine) : { found: [], asked: words, notes: {} };
  }

  /** Whether a word of the index begins like one the archive has not, for the better half of it. */
  function begins(shards, asked) {
    const start = asked.slice(0, Math.max(4, Math.ceil(asked.length / 2)));
    return asked.length > 4 && shards.some((shard) => [...(known.get(shard.name) || new Map()).keys()].some((word) => word.startsWith(start)));
  }

  /** Releases that have all the words but one. */
  async function someOf(shards, words, mine) {
    const found = new Map();
    for (const left of words) {
      const { hits } = await gather(shards, { phrases: [], words: words.filter((word) => word !== left) }, mine);
      for (const hit of hits) {
        const key = `${hit.shard.name} ${hit.page}`;
        if (!found.has(key) || found.get(key).score < hit.score) found.set(key, hit);
      }
    }
    return { found: [...found.values()], asked: words, notes: found.size ? { some: true } : {} };
  }

  async function searched(request, mine) {
    const shards = shardsFor(request);
    const { found, asked, first, notes } = await textual(shards, request, mine);
    const { passing, counts } = await narrowed(shards, request, found);
    let hits = await ordered(shards, request, passing);
    if (first.length && request.sort === "relevance") {
      const promoted = (await narrowed(shards, { ...request, facets: [] }, first)).passing;
      const known = new Set(promoted.map((hit) => `${hit.shard.name} ${hit.page}`));
      hits = [...promoted, ...hits.filter((hit) => !known.has(`${hit.shard.name} ${hit.page}`))];
    }
    if (mine !== turn) throw new Outdated();
    current = { hits, asked, shards, request, found };
    return { total: hits.length, found: found.length, results: await slice(0, request.size), counts, notes };
  }

  /** The counts of some facets' values for the last search. */
  async function counted(facets) {
    if (!current) return {};
    return (await narrowed(current.shards, { ...current.request, facets }, current.found)).counts;
  }

  async function slice(from, to) {
    const { hits, asked } = current;
    return Promise.all(hits.slice(from, to).map((hit) => shown(hit, asked)));
  }

  /** Results `from` to `to` of the last search. */
  async function more(from, to) {
    return slice(from, to);
  }

  /** Every value of a facet with its count in the whole archive. */
  async function facet(name) {
    const all = {};
    for (const shard of catalogue.shards) {
      for (const [value, { label, pages }] of await facetOf(shard, name)) {
        all[value] = { label, count: pages.length + (all[value] ? all[value].count : 0) };
      }
    }
    return all;
  }

  return { open, search, more, counted, facet, foldWords };
};

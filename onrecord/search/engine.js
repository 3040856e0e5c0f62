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

  // ---- the files of the index -----------------------------------------------------------------------------------------------------

  let catalogue = null;
  let failure = null;
  const SIGNATURE = "pagefind_dcd";
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();

  const kept = new Map();
  /** What `make` gives for a key, made once; made again after a failure. */
  function once(key, make) {
    if (!kept.has(key)) {
      const value = make();
      kept.set(key, value);
      value.catch(() => kept.delete(key));
    }
    return kept.get(key);
  }

  function base64Bytes(text) {
    const binary = atob(text);
    const out = new Uint8Array(binary.length);
    for (let place = 0; place < binary.length; place++) out[place] = binary.charCodeAt(place);
    return out;
  }

  /** Where a file of the index is over http: the same sum as `scriptOf` in search.js does for a page opened from a folder. */
  function fileOf(path) {
    const slash = path.indexOf("/");
    return slash < 0 ? `${path}.js` : `${path.slice(0, slash)}/offline${path.slice(slash)}.js`;
  }

  /** The bytes of a file of the index. Every one is a script that hands over its base64; over http the script is read as a text. */
  async function fetched(path) {
    if (catalogue.folder) return load(path);
    const script = decoder.decode(await load(fileOf(path)));
    return base64Bytes(script.slice(script.indexOf('":"') + 3, script.lastIndexOf('"')));
  }

  const quiet = { log() {}, warn() {}, error() {} };

  /** One more copy of Pagefind's JavaScript, which has a WebAssembly, and so a stemmer, of its own. */
  function moduleOf(language, fetch) {
    const document = { currentScript: null, querySelector: () => ({ getAttribute: () => language }) };
    return pagefindModule(fetch, document, quiet, undefined, undefined);
  }

  let unzip = null;
  function unzipped(bytes) {
    unzip = unzip || moduleOf("", null).gunzip;
    return unzip(new Uint8Array(bytes));
  }
  const unpacked = (bytes) => unzipped(bytes).subarray(SIGNATURE.length);
  const textOf = async (path) => decoder.decode(unzipped(await fetched(path)));

  /** A CBOR item (RFC 8949) of arrays, text and integers. */
  function cbor(bytes) {
    const from = reader(bytes, 0);
    function item() {
      const number = from.head();
      if (from.major === 0) return number;
      if (from.major === 1) return -1 - number;
      if (from.major === 3) return from.text(number);
      if (from.major === 4) return Array.from({ length: number }, item);
      throw new Error(`unexpected CBOR type ${from.major}`);
    }
    return item();
  }

  /** A reader of CBOR: `head` returns the number of the next head and leaves its type in `major`. Millions are read: nothing is allocated. */
  function reader(bytes, start) {
    const self = {
      at: start,
      major: 0,
      head() {
        const first = bytes[self.at++];
        self.major = first >> 5;
        let number = first & 31;
        if (number < 24) return number;
        let size = 1 << (number - 24);
        number = 0;
        while (size--) number = number * 256 + bytes[self.at++];
        return number;
      },
      text(length) {
        return decoder.decode(bytes.subarray(self.at, self.at += length));
      },
      word() {
        return self.text(self.head());
      },
      skip() {
        let left = 1;
        while (left--) {
          const number = self.head();
          if (self.major === 3 || self.major === 2) self.at += number;
          else if (self.major === 4) left += number;
        }
      },
    };
    return self;
  }

  /** A writer of CBOR behind Pagefind's signature. */
  function writer() {
    let bytes = new Uint8Array(1 << 16);
    const room = (size) => {
      if (self.at + size <= bytes.length) return;
      const larger = new Uint8Array(Math.max(2 * bytes.length, self.at + size));
      larger.set(bytes);
      bytes = larger;
    };
    const self = {
      at: 0,
      raw(more) {
        room(more.length);
        bytes.set(more, self.at);
        self.at += more.length;
      },
      head(major, number) {
        room(5);
        const size = number < 24 ? 0 : number < 0x100 ? 1 : number < 0x10000 ? 2 : 4;
        bytes[self.at++] = (major << 5) | (size === 0 ? number : size === 1 ? 24 : size === 2 ? 25 : 26);
        for (let place = size - 1; place >= 0; place--) bytes[self.at++] = (number >>> (8 * place)) & 255;
      },
      item(value) {
        if (Array.isArray(value)) {
          self.head(4, value.length);
          value.forEach(self.item);
        } else if (typeof value === "string") {
          const text = encoder.encode(value);
          self.head(3, text.length);
          self.raw(text);
        } else {
          self.head(value < 0 ? 1 : 0, value < 0 ? -1 - value : value);
        }
      },
      done: () => bytes.subarray(0, self.at),
    };
    self.raw(encoder.encode(SIGNATURE));
    return self;
  }

  /** What Pagefind wrote of a shard: its pages' digests, its index chunks as [beginning of the first word, of the last, digest], and its
      metadata. Words stand in order; a beginning is as long as it must be to tell a chunk's words from those of its neighbours. */
  function metaOf(shard) {
    return once(`meta ${shard.name}`, async () => {
      const meta = cbor(unpacked(await fetched(`${shard.name}/${shard.meta}`)));
      return { meta, digests: meta[1].map((page) => page[0]), chunks: meta[2] };
    });
  }

  // A chunk is [[[word, [[page, places, metadata places], …], [[written, pages], …]], …]], pages as differences.

  /** The words of one index chunk of a shard: {word, bytes, at: where its pages begin}. */
  function chunkOf(shard, digest) {
    return once(`words ${shard.name} ${digest}`, async () => {
      const bytes = unpacked(await fetched(`${shard.name}/words/${digest}`));
      const from = reader(bytes, 0);
      const words = [];
      from.head();
      for (let left = from.head(); left > 0; left--) {
        from.head();
        const word = from.word();
        words.push({ word, bytes, at: from.at });
        from.skip();
        from.skip();
      }
      return words;
    });
  }

  /** A facet of a shard: its values, each with its label and its page numbers. */
  function facetOf(shard, facet) {
    return once(`facet ${shard.name} ${facet}`, async () => {
      const values = new Map();
      if (!shard.facets[facet]) return values;
      for (const [value, label, steps] of JSON.parse(await textOf(`${shard.name}/${shard.facets[facet]}`))) {
        let page = 0;
        values.set(value, { label, pages: steps.map((step) => (page += step)) });
      }
      return values;
    });
  }

  const linesOf = (shard, file) => once(`${file} ${shard.name}`, async () => (await textOf(`${shard.name}/${shard[file]}`)).split("\n"));

  // ---- shards, read as one index --------------------------------------------------------------------------------------------------

  // What a release is worth for a query depends on how many releases have its words. So that it depends on the archive, and not on how
  // the archive is cut into shards, Pagefind is given all shards of a language as one index: its pages are theirs one after another, and
  // a chunk of it is put together from theirs when Pagefind asks for it. This index is a "union".

  const unions = new Map();
  const MOST_UNIONS = 3; // of a language: others are there for searches of a range of years
  const LAST = "\u{10ffff}";

  /** Compares as Pagefind does: by code point, not by code unit. */
  function compared(a, b) {
    if (a === b) return 0;
    let place = 0;
    while (place < a.length && place < b.length && a[place] === b[place]) place++;
    if (place > 0 && /[\udc00-\udfff]/.test(a[place] || b[place])) place--;
    return (a.codePointAt(place) ?? -1) - (b.codePointAt(place) ?? -1);
  }

  /** Where the chunks of a union begin: before words that begin with four letters with which some shard's chunk begins; a word of one
      letter has a chunk to itself, for it is large, and is loaded when a word that begins with it is searched for. */
  function bounds(metas) {
    const starts = new Set([""]);
    for (const { chunks } of metas) {
      for (const [first, final] of chunks) {
        starts.add([...first].slice(0, 4).join(""));
        for (const word of [first, final]) {
          if (word.length !== 1) continue;
          starts.add(word);
          starts.add(`${word}\u0000`);
        }
      }
    }
    return [...starts].sort(compared);
  }

  /** The shards of a language as one index: `where` tells the shard of each page, `starts` the first page of each shard. */
  function unionOf(shards) {
    const key = shards.map((shard) => shard.name).join(" ");
    const union = unions.get(key) || made(shards).catch((error) => { unions.delete(key); throw error; });
    unions.delete(key);
    unions.set(key, union);
    const most = MOST_UNIONS * new Set(catalogue.shards.map((shard) => shard.language)).size;
    for (const old of [...unions.keys()].slice(0, Math.max(0, unions.size - most))) unions.delete(old);
    return union;
  }

  async function made(shards) {
    const metas = await Promise.all(shards.map(metaOf));
    const fields = [...new Set(shards.flatMap((shard) => shard.fields))];
    const starts = [];
    const pages = [];
    metas.forEach(({ meta }, place) => {
      starts.push(pages.length);
      for (const [digest, ...rest] of meta[1]) pages.push([`${place}.${digest}`, ...rest]);
    });
    const union = {
      shards, metas, fields, starts,
      language: shards[0].language,
      wasm: shards[0].wasm,
      joiners: shards[0].joiners,
      count: pages.length,
      renamed: shards.map((shard) => (shard.fields.every((field, place) => fields[place] === field) ? null : shard.fields.map((field) => fields.indexOf(field)))),
      numbers: new Map(pages.map(([id], number) => [id, number])),
      bounds: bounds(metas),
      known: new Map(),
      withheld: [],
      instance: null,
    };
    union.module = moduleOf(union.language, (url) => answerFetch(union, url));
    const out = writer();
    // From the last to the first, for a chunk's last word is the beginning of the next, and Pagefind takes the first that fits.
    const chunks = union.bounds.map((start, place) => [start, union.bounds[place + 1] ?? LAST, String(place)]).reverse();
    out.item([metas[0].meta[0], pages, chunks, [], [], fields]);
    union.meta = out.done();
    return union;
  }

  /** The unions of some shards, one a language, in the order of the shards. */
  function unionsOf(shards) {
    const languages = new Map();
    for (const shard of shards) languages.set(shard.language, [...languages.get(shard.language) || [], shard]);
    return Promise.all([...languages.values()].map(unionOf));
  }

  const boundOf = (union, word) => {
    let low = 0;
    let high = union.bounds.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (compared(union.bounds[middle], word) <= 0) low = middle; else high = middle;
    }
    return low;
  };

  /** The words of all shards that belong into a chunk of a union: for each shard a list. */
  function parts(union, place) {
    const start = union.bounds[place];
    const end = union.bounds[place + 1] ?? LAST;
    const inside = ({ word }) => compared(start, word) <= 0 && compared(word, end) < 0;
    return Promise.all(union.shards.map(async (shard, number) => {
      const { chunks } = union.metas[number];
      const wanted = chunks.filter(([first], one) => compared(first, end) < 0 && (one + 1 === chunks.length || compared(start, chunks[one + 1][0]) < 0));
      return (await Promise.all(wanted.map(([, , digest]) => chunkOf(shard, digest)))).flat().filter(inside);
    }));
  }

  /** A chunk of a union as Pagefind reads it; its words become known. */
  async function joined(union, place) {
    const words = new Map();
    (await parts(union, place)).forEach((list, number) => {
      for (const { word, bytes, at } of list) {
        if (!words.has(word)) words.set(word, []);
        words.get(word).push({ number, bytes, from: reader(bytes, at) });
      }
    });
    const out = writer();
    out.head(4, 1);
    out.head(4, words.size);
    const known = [];
    for (const [word, lists] of words) {
      out.head(4, 3);
      out.item(word);
      known.push([word, out.at]);
      joinPages(union, lists, out);
      const variants = new Map();
      for (const { number, bytes, from } of lists) {
        for (let left = from.head(); left > 0; left--) {
          from.head();
          const written = from.word();
          if (!variants.has(written)) variants.set(written, []);
          variants.get(written).push({ number, bytes, from: reader(bytes, from.at) });
          from.skip();
        }
      }
      out.head(4, variants.size);
      for (const [written, pages] of variants) {
        out.head(4, 2);
        out.item(written);
        joinPages(union, pages, out);
      }
    }
    const bytes = out.done();
    for (const [word, at] of known) union.known.set(word, { bytes, at, read: null });
    return bytes;
  }

  /** Copies the pages of a word from several shards' chunks, each reader standing before its list, and leaves it behind it. */
  function joinPages(union, lists, out) {
    const counts = lists.map(({ from }) => from.head());
    out.head(4, counts.reduce((sum, count) => sum + count, 0));
    let before = 0; // the page written last
    lists.forEach(({ number, bytes, from }, place) => {
      const renamed = union.renamed[number];
      let page = union.starts[number];
      let start = -1; // where the bytes begin that can be copied as they are: all but the first difference, unless fields are renamed
      for (let left = counts[place]; left > 0; left--) {
        const size = from.head();
        page += from.head();
        if (start < 0) {
          out.head(4, size);
          out.head(0, page - before);
          start = from.at;
        }
        from.skip();
        if (renamed) {
          out.raw(bytes.subarray(start, from.at));
          const fields = from.head();
          out.head(4, fields);
          for (let field = 0; field < fields; field++) {
            const value = from.head();
            out.head(from.major, from.major === 1 ? renamed[value] : value);
          }
          start = -1;
        } else {
          from.skip();
        }
        before = page;
      }
      if (start >= 0) out.raw(bytes.subarray(start, from.at));
    });
  }

  /** What Pagefind fetches for a union. */
  async function answerFetch(union, url) {
    const [, rest] = /^\/index\/([^?]+)/.exec(url);
    try {
      if (rest === "pagefind-entry.json") {
        const languages = { [union.language]: { hash: "all", wasm: union.wasm, page_count: union.count } };
        return { json: async () => ({ version: "", languages, include_characters: union.joiners }) };
      }
      if (rest.endsWith(".pf_meta")) return { arrayBuffer: async () => union.meta };
      if (rest.startsWith("wasm.")) {
        const path = `wasm.${union.wasm}.pagefind`;
        const bytes = await once(path, () => fetched(path));
        return { arrayBuffer: async () => bytes };
      }
      if (rest.startsWith("index/")) {
        const place = Number(rest.slice("index/".length).split(".")[0]);
        if (asking && needless(union, place)) return { arrayBuffer: async () => EMPTY_CHUNK };
        const chunk = await joined(union, place);
        return { arrayBuffer: async () => chunk };
      }
      const [, number, digest] = /^fragment\/(\d+)\.(.+)\.pf_fragment$/.exec(rest);
      const bytes = await fetched(`${union.shards[number].name}/texts/${digest}`);
      return { arrayBuffer: async () => bytes };
    } catch (error) {
      failure = error;
      throw error;
    }
  }

  // For a word that begins with "a" Pagefind loads the chunk of the word "a" as well: the largest of all, for nothing. It is given an
  // empty one; should "a" itself be asked for later (in a phrase), the instance is made anew.
  const EMPTY_CHUNK = (() => {
    const out = writer();
    out.item([[]]);
    return out.done();
  })();
  let asking = null;

  const covers = (union, place, word) => boundOf(union, word) === place;

  function needless(union, place) {
    if (union.bounds[place + 1] !== `${union.bounds[place]}\u0000`) return false;
    if (asking.some((word) => word.length === 1 || covers(union, place, word))) return false;
    union.withheld.push(place);
    return true;
  }

  function instanceOf(union) {
    if (!union.instance) {
      union.instance = union.module.createInstance({
        basePath: "/index/", baseUrl: "/", excerptLength: EXCERPT, ranking: { metaWeights: WEIGHTS },
      });
    }
    return union.instance;
  }

  /** Begins to load what a search for these words will need, all shards at once. What goes wrong will go wrong again when it is needed. */
  function warmed(union, words) {
    for (const word of words) parts(union, boundOf(union, word)).catch(() => {});
    const path = `wasm.${union.wasm}.pagefind`;
    once(path, () => fetched(path)).catch(() => {});
  }

  // Pagefind takes a word of a query for the beginning of others (its stem, so "Homs" finds "home"), answers a word the index has not
  // with words that begin like it, and says nothing of either; and the time it takes grows with the square of the matches. So the
  // chunks it is given are read here too.
  const HEAVY = 2500;

  /** Where a word of the index stands: [page, how often in the text, metadata fields as negative numbers] for each page, variants too. */
  function pagesWith(entry) {
    if (!entry.read) {
      const from = reader(entry.bytes, entry.at);
      const out = [];
      const list = () => {
        let page = 0;
        for (let left = from.head(); left > 0; left--) {
          from.head();
          page += from.head();
          let often = 0;
          for (let places = from.head(); places > 0; places--) {
            from.head();
            if (from.major === 0) often++;
          }
          const fields = [];
          for (let metas = from.head(); metas > 0; metas--) {
            const field = from.head();
            if (from.major === 1) fields.push(field);
          }
          out.push([page, often, fields]);
        }
      };
      list();
      for (let variants = from.head(); variants > 0; variants--) {
        from.head();
        from.word();
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

  /** The words of the index, of those loaded, that a word of the query asks for. The longest of its beginnings is taken for its stem, be
      it ever so short where the word is `written` in the archive. */
  function indexedFor(union, asked, written) {
    const words = union.known;
    const found = [];
    for (const form of ARABIC.test(asked) ? new Set([asked, asked.replace(PREFIX, ""), asked.slice(1)]) : [asked]) {
      let stems = ["", ""]; // the longest beginning; the longest that lost an e or turned y into i ("hoping", "hope"; "country", "countri")
      for (const word of words.keys()) {
        if (!form || !(accepts(word, form) || (written && word.length > 2 && form.startsWith(word)))) continue;
        if (word.startsWith(form)) found.push(word);
        else if (form.startsWith(word)) stems[0] = word.length > stems[0].length ? word : stems[0];
        else stems[1] = word.length > stems[1].length ? word : stems[1];
      }
      stems = stems.filter(Boolean);
      if (found.length || stems.length) return [...found, ...stems];
    }
    return found;
  }

  /** The pages of a union that have a word: {pages: 0 or 1 for each, count, value: how much each has of it}; null where none has. */
  function having(union, asked, written = false) {
    const words = indexedFor(union, asked, written);
    if (!words.length) return null;
    const pages = new Uint8Array(union.count);
    const value = new Float32Array(union.count);
    const title = union.fields.indexOf("title");
    let count = 0;
    for (const word of words) {
      for (const [page, often, fields] of pagesWith(union.known.get(word))) {
        count += pages[page] ? 0 : 1;
        pages[page] = 1;
        value[page] += Math.min(often, 20) + (fields.includes(title) ? 50 : 0);
      }
    }
    return { pages, count, value };
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
    const picked = await chosen(shard, request);
    const fails = new Uint8Array(shard.pages);
    const blame = new Int8Array(shard.pages).fill(-1);
    const names = [...picked.keys()];
    for (let place = 0; place < names.length; place++) {
      const values = await facetOf(shard, names[place]);
      const inside = new Uint8Array(shard.pages);
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

  async function ask(union, term, preload = false) {
    failure = null;
    asking = foldWords(term.replace(/"/g, " "));
    if (union.withheld.some((place) => asking.some((word) => word.length === 1 || covers(union, place, word)))) {
      union.instance = null;
      union.withheld = [];
    }
    const instance = instanceOf(union);
    let found;
    try {
      found = preload ? await instance.preload(term) : await instance.search(term);
    } catch (error) {
      union.instance = null;
      throw failure || error;
    }
    if (failure) {
      union.instance = null;
      throw failure;
    }
    return found ? found.results : [];
  }

  /** A page of a union as a hit: its shard, its number there, and the digest of its text. */
  function hitOf(union, number, score, results) {
    let place = 0;
    while (place + 1 < union.starts.length && union.starts[place + 1] <= number) place++;
    const page = number - union.starts[place];
    return { shard: union.shards[place], page, number, score, digest: union.metas[place].digests[page], results };
  }

  /** The hits of one union for a query: every phrase and all the words. `lacks` are words the union has not; then there are none, and
      `alike` is what Pagefind gives for words that begin alike. Words that very many pages have only narrow the hits, unless they are all. */
  async function hitsOf(union, query) {
    const whole = query.words.join(" ");
    if (whole) await ask(union, whole, true);
    const sets = new Map();
    for (const word of query.words) sets.set(word, having(union, word));
    let lacks = query.words.filter((word) => !sets.get(word));
    let short = new Set();
    if (lacks.length && !query.bare && query.words.some((word) => word !== bareArabic(word))) {
      return hitsOf(union, { ...query, words: query.words.map(bareArabic), bare: true });
    }
    if (lacks.length) {
      // A stem that does not begin like its word ("dying", "die"): the list of written words knows it, and Pagefind is believed.
      const written = await vocabularyOf(union);
      for (const word of lacks) {
        if (!written.has(word)) continue;
        // Or its stem is so short that it stands in another chunk ("witnesses", "wit"): Pagefind takes it for the beginning of very much.
        await ask(union, word.slice(0, 3), true);
        sets.set(word, having(union, word, true));
      }
      short = new Set(lacks.filter((word) => sets.get(word)));
      lacks = lacks.filter((word) => !written.has(word));
    }
    const light = query.words.filter((word) => !sets.get(word) || (sets.get(word).count <= HEAVY && !short.has(word)));
    const asked = [...query.phrases.map((phrase) => `"${phrase}"`), ...(light.length ? [light.join(" ")] : [])];
    let hits = null;
    for (const term of asked) {
      const results = new Map((await ask(union, term)).map((result) => [result.id, result]));
      if (hits === null) {
        hits = [...results.values()].map((result) => hitOf(union, union.numbers.get(result.id), result.score, [result]));
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
      for (let number = 0; number < union.count; number++) {
        if (masks.every((set) => set.pages[number])) {
          hits.push(hitOf(union, number, masks.reduce((sum, set) => sum + set.value[number], 0) / 1000, []));
        }
      }
    } else {
      hits = hits.filter((hit) => masks.every((set) => set.pages[hit.number]));
    }
    return { hits, lacks, alike: [] };
  }

  const bareArabic = (word) => (ARABIC.test(word) ? word.replace(PREFIX, "") : word);

  /** Every page of a shard, for a request that chooses facets and asks for no words. */
  async function allOf(shard) {
    const { digests } = await metaOf(shard);
    return digests.map((digest, page) => ({ shard, page, score: 0, digest, results: [] }));
  }

  /** Releases whose reference is the query, however either is punctuated: "PRE 01/069/2012", "pre010692012", "069/2012". */
  async function referenced(shards, text) {
    const number = foldWord(text.replace(BREAKS, ""));
    if (number.length < 4 || !/\d/.test(number) || /^\d{1,4}$/.test(number) || text.split(/\s+/).length > 6) return [];
    const found = [];
    for (const union of await unionsOf(shards)) {
      const results = (await ask(union, number)).filter((result) => (result.matchedMetaFields || []).includes("numbers")).slice(0, 5);
      for (const result of results) {
        const data = await result.data();
        const known = (data.meta.numbers || "").split(" ");
        const place = known.indexOf(number);
        if (place >= 0 || known.some((other) => other.startsWith(number))) {
          found.push(hitOf(union, union.numbers.get(result.id), place >= 0 ? 2 : 1, [result]));
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
    if (!query.phrases.length && !query.words.length) {
      for (const some of await Promise.all(shards.map(allOf))) for (const hit of some) hits.push(hit);
      return { hits, alike, lacks: [] };
    }
    const all = await unionsOf(shards);
    const words = [...query.words, ...query.phrases.flatMap(foldWords)];
    for (const union of all) warmed(union, words);
    let lacks = null;
    for (const union of all) {
      const some = await hitsOf(union, query);
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
    const checks = new Map(await Promise.all(shards.map(async (shard) => [shard, await failing(shard, request)])));
    const passing = hits.filter((hit) => checks.get(hit.shard).fails[hit.page] === 0);
    const pages = new Map(shards.map((shard) => [shard, []]));
    for (const hit of hits) pages.get(hit.shard).push(hit.page);
    const counts = {};
    await Promise.all(request.facets.flatMap((facet) => shards.map((shard) => facetOf(shard, facet))));
    for (const facet of request.facets) {
      const count = counts[facet] = {};
      for (const shard of shards) {
        const { fails, blame, names } = checks.get(shard);
        const here = new Uint8Array(fails.length);
        const place = names.indexOf(facet);
        for (const page of pages.get(shard)) {
          if (fails[page] === 0 || (fails[page] === 1 && place >= 0 && blame[page] === place)) here[page] = 1;
        }
        for (const [value, { label, pages: having }] of await facetOf(shard, facet)) {
          let number = 0;
          for (const page of having) number += here[page];
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
    const dates = new Map(await Promise.all(shards.map(async (shard) => [shard, await linesOf(shard, "dates")])));
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
        const text = decoder.decode(unpacked(await fetched(`${hit.shard.name}/texts/${hit.digest}`)));
        hit.data = { ...JSON.parse(text), weighted_locations: [] };
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

  /** The written words of a union, each with its rank: its best place in a shard's list, which begins with the most telling. */
  function vocabularyOf(union) {
    return once(`ranks ${union.shards.map((shard) => shard.name)}`, async () => {
      const ranks = new Map();
      for (const list of await Promise.all(union.shards.map((shard) => linesOf(shard, "vocabulary")))) {
        list.forEach((word, place) => ranks.set(word, Math.min(place, ranks.get(word) ?? place)));
      }
      return ranks;
    });
  }

  /** The word of the archive nearest to one it has not, or "" (where it has the word after all, or nothing is near). */
  async function nearest(shards, word) {
    if (word.length < 4 || /^\d+$/.test(word)) return "";
    const lists = await Promise.all((await unionsOf(shards)).map(vocabularyOf));
    if (lists.some((ranks) => ranks.has(word))) return "";
    let best = "";
    let least = word.length < 6 ? 2 : 3;
    let rank = Infinity;
    for (const ranks of lists) {
      for (const [other, place] of ranks) {
        const far = distance(word, other, Math.min(least, word.length < 6 ? 1 : 2));
        if (far < least || (far === least && place < rank && best)) {
          least = far;
          best = other;
          rank = place;
        }
      }
    }
    if (!best && ARABIC.test(word)) {
      const bare = word.replace(PREFIX, "");
      if (bare !== word && lists.some((ranks) => ranks.has(bare))) return bare;
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
    const all = await unionsOf(shards);
    if (lacks.length === words.length && words.some((word) => begins(all, word))) {
      return { found: alike, asked: words, notes: alike.length ? { missing: lacks } : {} };
    }
    return rest.length > 1 && rest.length <= 6 ? someOf(shards, rest, mine) : { found: [], asked: words, notes: {} };
  }

  /** Whether a word of the index begins like one the archive has not, for the better half of it. */
  function begins(all, asked) {
    const start = asked.slice(0, Math.max(4, Math.ceil(asked.length / 2)));
    return asked.length > 4 && all.some((union) => [...union.known.keys()].some((word) => word.startsWith(start)));
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
    for (const values of await Promise.all(catalogue.shards.map((shard) => facetOf(shard, name)))) {
      for (const [value, { label, pages }] of values) {
        all[value] = { label, count: pages.length + (all[value] ? all[value].count : 0) };
      }
    }
    return all;
  }

  return { open, search, more, counted, facet, foldWords };
};

/* What a word is: text → tokens, a token's form, and the keys that a form is looked up by. The same as onrecord/search/words.py, which says
   why; both read words.json (TABLES here), and a test holds them together. */

const words = (() => {
  const HIDDEN = TABLES.hidden_class;
  const MARKS = TABLES.marks_class;
  const UNSEGMENTED = TABLES.unsegmented_class;
  // White space as Python's regular expressions have it.
  const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const LETTER = `(?![${HIDDEN}${TABLES.apostrophes}])[\\p{L}\\p{N}]`;
  const CLUSTER = `[${UNSEGMENTED}][${MARKS}${HIDDEN}${TABLES.voicing_class}]*`;
  const RUN = new RegExp(`((?:${CLUSTER})+)|(?![${UNSEGMENTED}])${LETTER}(?:(?![${UNSEGMENTED}])(?:${LETTER}|[${MARKS}${HIDDEN}]))*`, "gu");
  const ONE_CLUSTER = new RegExp(CLUSTER, "gu");
  const CHUNK = new RegExp(`[^${SPACE}]+`, "gu");
  const PLAIN = /^[^A-Za-z0-9]*([A-Za-z]+|[0-9]+)[^A-Za-z0-9]*$/;
  const ASCII = /^[\x00-\x7f]*$/;
  const ANY_HIDDEN = new RegExp(`[${HIDDEN}]`, "gu");
  const REMOVED = new RegExp(`[${TABLES.removed_marks_class}]`, "gu");
  const NO_WORD = new RegExp(`[^\\p{L}\\p{N}${MARKS}]`, "gu");
  const DIGIT = /[0-9]/;
  const HEBREW = new RegExp(`^[${TABLES.scripts.Hebr}]`, "u");
  const LAST_HEBREW = new RegExp(`[${TABLES.scripts.Hebr}]$`, "u");
  const SPELLED_OUT = new RegExp(`[${Object.keys(TABLES.spelled_out).join("")}]`, "gu");
  const ELIDED = new Set(TABLES.elided);
  const IN_SCRIPT = Object.entries(TABLES.scripts).map(([script, letters]) => [script, new RegExp(`[${letters}]`, "u")]);
  const OF_SCRIPT = new Map(Object.entries(TABLES.scripts).map(([script, letters]) => [script, new RegExp(`^[${letters}${MARKS}]+$`, "u")]));
  const ARABIC_PREFIX = new RegExp(`^(?:${TABLES.arabic_prefixes.join("|")})(?=..)`, "u");
  const letters = new Map([...Object.entries(TABLES.letters), ...[...TABLES.apostrophes].map((sign) => [sign, ""])]);
  const dropped = new Set([...TABLES.apostrophes, ...TABLES.gershayim, ...TABLES.hyphens, ...TABLES.thousands]);
  const unmarked = new Map();
  const MOST_KEPT = 1 << 16;
  const LONGEST_KEPT = 48;

  const single = (text) => text.length === 1 || (text.length === 2 && text.codePointAt(0) > 0xffff);

  /** A word as it is compared: lower case, without marks that readers leave out, special letters in plain ones. */
  function fold(text) {
    if (ASCII.test(text)) return text.toLowerCase().replace(/[^a-z0-9]+/g, "");
    let lower = "";
    for (const letter of text.normalize("NFKC").toLowerCase().replace(ANY_HIDDEN, "")) {
      const plain = letters.get(letter);
      lower += plain === undefined ? letter : plain;
    }
    if (!ASCII.test(lower)) {
      let bare = "";
      for (const letter of lower.normalize("NFC")) bare += letter < "\x80" || TABLES.kept_letters.includes(letter) ? letter : withoutMarks(letter);
      lower = bare.normalize("NFC");
    }
    return lower.replace(NO_WORD, "");
  }

  function withoutMarks(letter) {
    let bare = unmarked.get(letter);
    if (bare === undefined) unmarked.set(letter, bare = letter.normalize("NFD").replace(REMOVED, ""));
    return bare;
  }

  /** A token's text in lower case, its marks kept, without apostrophes and other signs within: what a stemmer is given beside the form. */
  function written(text) {
    let lower = "";
    for (const letter of text.normalize("NFKC").toLowerCase().replace(ANY_HIDDEN, "")) if (!dropped.has(letter)) lower += letter;
    return lower.normalize("NFC");
  }

  const kept = new Map();

  const tokenOf = (start, end, form, aliases, linked, cluster) => ({ start, end, form, aliases, linked, cluster });

  /** The words of a text in their order: [{start, end, form, aliases, linked, cluster}]; `start` and `end` are places in the text, `linked` is
      true where a hyphen (or an elision before a capital) joins the token to the one before, `cluster` is the character of a script without
      blanks whose token it is, or "". */
  function tokens(text) {
    const list = [];
    for (const chunk of text.matchAll(CHUNK)) {
      for (const token of chunkTokens(chunk[0])) {
        list.push(tokenOf(token.start + chunk.index, token.end + chunk.index, token.form, token.aliases, token.linked, token.cluster));
      }
    }
    return list;
  }

  function chunkTokens(chunk) {
    let list = kept.get(chunk);
    if (list === undefined) {
      list = [];
      readChunk(chunk, list);
      if (chunk.length <= LONGEST_KEPT) {
        if (kept.size >= MOST_KEPT) kept.clear();
        kept.set(chunk, list);
      }
    }
    return list;
  }

  const NONE = [];

  function readChunk(chunk, list) {
    const plain = PLAIN.exec(chunk);
    if (plain && ASCII.test(chunk)) {
      const start = chunk.indexOf(plain[1]);
      list.push(tokenOf(start, start + plain[1].length, plain[1].toLowerCase(), NONE, false, ""));
      return;
    }
    let grown = [];
    let before = null;
    for (const match of chunk.matchAll(RUN)) {
      const start = match.index;
      const end = start + match[0].length;
      if (match[1] !== undefined) {
        spelled(chunk, grown, list);
        grown = [];
        before = null;
        clusters(match[0], start, list);
        continue;
      }
      const folded = fold(match[0]);
      const [joined, linked] = before ? joint(before, chunk.slice(before.end, start).replace(ANY_HIDDEN, ""), match[0], folded) : [false, false];
      if (joined) {
        before.end = end;
        before.folded += folded;
      } else {
        before = { start, end, folded, linked, isSingle: single(folded) && !/[\p{Nd}\u1369-\u1371]/u.test(folded), isNumber: /^[0-9]{1,3}$/.test(folded) };
        grown.push(before);
      }
    }
    spelled(chunk, grown, list);
  }

  /** Whether a run of letters and digits continues the word before it, and whether, a word of its own, it is linked to that. */
  function joint(before, gap, run, folded) {
    if (gap.length !== 1 || !folded || !before.folded) return [false, false];
    if (TABLES.hyphens.includes(gap)) {
      before.isSingle = before.isNumber = false;
      return [false, true];
    }
    if (before.isNumber && TABLES.thousands.includes(gap) && /^[0-9]{3}$/.test(folded)) return [true, false];
    const lettered = !DIGIT.test(before.folded[before.folded.length - 1]) && !DIGIT.test(folded[0]);
    if (lettered && TABLES.apostrophes.includes(gap)) {
      return ELIDED.has(before.folded) ? [false, /^\p{Uppercase}/u.test(run)] : [true, false];
    }
    if (TABLES.gershayim.includes(gap) && LAST_HEBREW.test(before.folded) && HEBREW.test(folded)) return [true, false];
    return [before.isSingle && gap === "." && single(folded) && lettered, false];
  }

  /** Adds words as tokens, with their aliases: parts joined, and letters spelt out. */
  function spelled(chunk, grown, list) {
    grown.forEach((word, number) => {
      if (!word.folded) return;
      const aliases = [];
      if (!word.linked && number + 1 < grown.length && grown[number + 1].linked) {
        let joined = word.folded;
        for (let next = number + 1; next < grown.length && grown[next].linked; next++) joined += grown[next].folded;
        if (!/^[0-9]+$/.test(joined)) aliases.push(joined);
      }
      const text = chunk.slice(word.start, word.end);
      if (!ASCII.test(text)) {
        const lower = text.toLowerCase().normalize("NFC");
        const out = lower.replace(SPELLED_OUT, (letter) => TABLES.spelled_out[letter]);
        const folded = out === lower ? word.folded : fold(out);
        if (folded !== word.folded) aliases.push(folded);
      }
      list.push(tokenOf(word.start, word.end, word.folded, aliases, word.linked, ""));
    });
  }

  /** Adds the characters of a run in a script without blanks, each with its marks; a form is a character and the next one. */
  function clusters(run, start, list) {
    const parts = [...run.matchAll(ONE_CLUSTER)].map((match) => ({ start: start + match.index, end: start + match.index + match[0].length, form: fold(match[0]) }));
    parts.forEach((part, number) => {
      if (!part.form) return;
      const next = parts[number + 1];
      list.push(tokenOf(part.start, part.end, part.form + (next ? next.form : ""), NONE, false, part.form));
    });
  }

  /** The keys that a form is looked up by in a language (a primary subtag); `text` is what `written` gives of the token, or "". */
  function keys(form, language, text) {
    const [name, script] = TABLES.stemmers[language] || NONE;
    if (!name || !OF_SCRIPT.get(script).test(form)) return [form];
    const stem = STEMMERS[name];
    const stems = new Set([stem(form) || form]);
    if (text && text !== form) stems.add(fold(stem(text)) || form);
    if (name === "arabic") {
      const bare = form.replace(ARABIC_PREFIX, "");
      if (bare !== form) stems.add(fold(stem(bare)) || bare);
    }
    return [...stems];
  }

  /** An Arabic form without what is written as part of it, where the language has no stemmer for Arabic script; else the form itself. */
  function unprefixed(form, language) {
    const [, script] = TABLES.stemmers[language] || NONE;
    return script === "Arab" || !OF_SCRIPT.get("Arab").test(form) ? form : form.replace(ARABIC_PREFIX, "");
  }

  /** The scripts (ISO 15924) that letters of a text are of. */
  function scripts(text) {
    const lower = text.toLowerCase();
    return IN_SCRIPT.filter(([, letter]) => letter.test(lower)).map(([script]) => script);
  }

  return { fold, written, tokens, keys, unprefixed, scripts };
})();

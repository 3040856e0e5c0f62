/* A query: words, "phrases", -without, a OR b, field:value, dates → units that the search resolves one by one. */

const queries = (() => {
  const QUOTES = "\"“”„‟«»‹›「」『』＂";
  const FIELDS = new Set(["speaker", "title", "place", "topic", "name", "publisher", "reference"]);
  const MOST_WORDS = 60;
  // In a longer text a dash before a word is a dash, and NOT is a word: it was pasted, and nobody means to exclude anything.
  const MOST_WITH_WITHOUT = 12;
  const ARTICLES = new Set(["al", "el", "ul", "as", "ash", "an", "ar", "at", "ad", "az"]);

  // Words that nearly every text of a language has: left out of a search for words where others are there.
  const STOP = Object.fromEntries(Object.entries({
    en: "a an and are as at be been but by for from had has have he her his in into is it its not of on or our she that the their there they this to was we were which who will with would",
    fr: "a au aux avec ce ces cette d dans de des du elle en est et il ils l la le les leur lui mais ne nous on ou par pas plus pour qu que qui s sa se ses son sont sur un une",
    es: "a al con como de del el ella en entre es esta este fue ha la las lo los mas no o para pero por que se sin sobre su sus un una y",
    pt: "a ao aos as com como da das de do dos e em entre foi mais mas na nas no nos o os ou para pela pelo por que se sem seu sua um uma",
    it: "a ai al alla anche che con da dal dalla dei del della delle di e gli ha i il in l la le lo ma nel nella non o per piu si sono su un una",
    de: "als am an auch auf aus bei das dass dem den der des die ein eine einem einen einer es fur hat im in ist mit nach nicht sich sie sind und von war werden wird zu zum zur",
    nl: "aan als bij dat de die door een en er het hij in is met naar niet of om onder ook op te tot uit van voor was werd zijn",
    sv: "att av de den det ett for fran har i inte med men och om pa sig som till ut var vi",
    da: "af at de den der det du en er et for fra har i ikke med men og om pa sig som til var vi",
    no: "a av at de den det en er et for fra har i ikke med men og om pa seg som til var vi",
    ru: "а без бы был была были в во для до его ее и из или их к как ко мы на не но о об он она они от по при с со так то у что это",
    ar: "الا الذي التي الي ان او ب بعد بين ثم حتى ذلك عل عن عند علي في قد كان كانت كل لا لم ما مع من منذ هذا هذه هو هي و",
    fa: "از اين ان با بر براي به تا در را كه و يا",
    tr: "bir bu da de gibi icin ile ise ki ve veya",
  }).map(([language, list]) => [language, new Set(list.split(" "))]));
  STOP.nb = STOP.nn = STOP.no;

  const inWord = (letter) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter);

  /** Whether a quotation mark of the text opens or closes something: not within a word (Hebrew's gershayim, the sign for inches). */
  const isMark = (text, place, opens) => QUOTES.includes(text[place]) && !inWord(opens ? text[place - 1] : text[place + 1]);

  /** The text as lexemes: {kind: "word" | "phrase" | "OR" | "AND" | "NOT", text, start, field, negated}. */
  function lexemes(text, ignored) {
    const lexemeList = [];
    let place = 0;
    const short = (text.match(/\S+/gu) || []).length <= MOST_WITH_WITHOUT;
    const lower = /[\p{Ll}\p{Lo}]/u.test(text); // in a headline in capitals NOT is a word
    while (place < text.length) {
      if (/\s/u.test(text[place])) {
        place++;
        continue;
      }
      const begin = place;
      const dash = /[-−]/.test(text[place]) && place + 1 < text.length && /[^\s-]/u.test(text[place + 1]);
      const negated = dash && short;
      if (dash) place++;
      let field = "";
      const named = /^(\p{L}+) ?[:：]/u.exec(text.slice(place));
      if (named && FIELDS.has(named[1].toLowerCase())) {
        field = named[1].toLowerCase();
        place += named[0].length;
        while (text[place] === " ") place++;
      }
      if (place < text.length && isMark(text, place, true)) {
        let end = place + 1;
        while (end < text.length && !isMark(text, end, false)) end++;
        if (end < text.length) {
          lexemeList.push({ kind: "phrase", text: text.slice(place + 1, end), start: place + 1, typed: text.slice(begin, end + 1), field, negated });
          place = end + 1;
          continue;
        }
        if (text.slice(place + 1).trim()) ignored.push([text.slice(place, place + 1), "quote"]);
        place++;
        if (place >= text.length) break;
      }
      let end = place;
      while (end < text.length && !/\s/u.test(text[end]) && !(end > place && QUOTES.includes(text[end]) && !(inWord(text[end - 1]) && inWord(text[end + 1])))) end++;
      const word = text.slice(place, end);
      // A closing mark that opened nothing is punctuation.
      while (end < text.length && QUOTES.includes(text[end]) && (text[end + 1] === undefined || /\s/u.test(text[end + 1]))) end++;
      const operator = !field && !dash && /^(?:OR|AND|NOT)$/.test(word) && (word !== "NOT" || (short && lower));
      if ((dash && !negated) || (word === "NOT" && !operator)) ignored.push([text.slice(begin, end), "operator"]);
      lexemeList.push({ kind: operator ? word : "word", text: word, start: place, typed: text.slice(begin, end), field, negated });
      place = Math.max(end, place + 1);
    }
    return lexemeList;
  }

  /** The units of a lexeme: a run of a script without blanks is a unit of its own, and each word of it. */
  function unitsOf(lexeme, state) {
    const tokens = words.tokens(lexeme.text);
    if (!tokens.length) {
      // Stray signs (a dash, a bullet) are no part of what is asked for; an operator without its word is.
      if (lexeme.kind === "phrase" || lexeme.field || lexeme.negated) state.ignored.push([lexeme.typed, "empty"]);
      return [];
    }
    const { field, negated } = lexeme;
    const textOf = (some) => lexeme.text.slice(some[0].start, some[some.length - 1].end);
    const unit = (kind, some) => ({
      kind, field, negated, typed: textOf(some),
      start: lexeme.start + some[0].start,
      at: state.at,
      tokens: some.map((token) => ({ ...token, text: words.written(lexeme.text.slice(token.start, token.end)) })),
    });
    const units = [];
    if (lexeme.kind === "phrase" || negated || field) {
      const kind = lexeme.kind === "phrase" ? "phrase" : tokens.length === 1 && !tokens[0].cluster ? "word" : "run";
      units.push(unit(kind, tokens));
      state.at += tokens.length + 1;
      return units;
    }
    for (let place = 0; place < tokens.length;) {
      let end = place + 1;
      if (tokens[place].cluster) while (end < tokens.length && tokens[end].cluster && tokens[end].start === tokens[end - 1].end) end++;
      const word = unit(tokens[place].cluster ? "run" : "word", tokens.slice(place, end));
      if (!tokens[place].cluster) {
        let last = place + 1;
        while (last < tokens.length && tokens[last].linked) last++;
        if (last > place + 1) state.joined = { form: tokens.slice(place, last).map((token) => token.form).join(""), until: last };
        if (state.joined && place < state.joined.until) {
          word.joined = state.joined.form;
          word.article = last > place + 1 && ARTICLES.has(tokens[place].form) && !tokens[place].linked;
        }
      }
      units.push(word);
      state.at += end - place;
      place = end;
    }
    state.joined = null;
    return units;
  }

  /** A query's text as {units, dates, ignored, last}.

      A unit: {kind: "word" | "run" | "phrase" | "any", typed, tokens, field, negated, at, start, joined, article}; `at` is where it stands among
      the words of the query, `joined` the form of all parts that hyphens join it with; "any" has `units` instead, one of which is enough.
      `dates` are as in `datesTyped.typed`, in what stands outside of quotation marks and fields. `last` is the word that may still be typed. */
  function parse(text, months) {
    const plain = text.normalize("NFC").replace(/\p{Cc}/gu, " ");
    const state = { at: 0, ignored: [], joined: null };
    let units = [];
    let any = null; // the unit behind which OR was typed
    let not = false;
    let typedLast = null;
    let count = 0;
    for (const lexeme of lexemes(plain, state.ignored)) {
      if (lexeme.kind === "OR") {
        if (units.length && !any && !units[units.length - 1].negated) any = units[units.length - 1];
        else state.ignored.push(["OR", "operator"]);
        continue;
      }
      if (lexeme.kind === "AND") continue;
      if (lexeme.kind === "NOT") {
        if (not) state.ignored.push(["NOT", "operator"]);
        not = true;
        continue;
      }
      if (not) lexeme.negated = true;
      not = false;
      const some = unitsOf(lexeme, state);
      if (!some.length) continue;
      count += some.reduce((sum, unit) => sum + (unit.kind === "run" ? 1 : unit.tokens.length), 0);
      if (count > MOST_WORDS) {
        state.ignored.push([plain.slice(lexeme.start), "long"]);
        break;
      }
      typedLast = some[some.length - 1];
      if (any && lexeme.negated) {
        state.ignored.push(["OR", "operator"]);
        any = null;
      }
      if (any) {
        const before = any.kind === "any" ? any : { kind: "any", units: [any], typed: any.typed, tokens: [], field: "", negated: false, at: any.at, start: any.start };
        const alternative = some.length === 1 ? some[0] : { ...some[0], kind: "run", tokens: some.flatMap((unit) => unit.tokens), typed: lexeme.text };
        before.units.push(alternative);
        before.typed += ` OR ${alternative.typed}`;
        units[units.length - 1] = before;
        any = null;
      } else {
        units = units.concat(some);
      }
    }
    if (any) state.ignored.push(["OR", "operator"]);
    if (not) state.ignored.push(["NOT", "operator"]);
    if (!units.length && !state.ignored.length && plain.trim()) state.ignored.push([plain.trim(), "sign"]);
    const free = units.filter((unit) => (unit.kind === "word" || unit.kind === "run") && !unit.field && !unit.negated);
    const tokens = free.flatMap((unit) => unit.tokens.map((token) => ({ form: token.form, start: unit.start + token.start - unit.tokens[0].start, end: unit.start + token.end - unit.tokens[0].start })));
    const ends = /[\p{L}\p{M}\p{N}]$/u.test(plain);
    return {
      units,
      ignored: state.ignored,
      dates: datesTyped.typed(withoutOthers(plain, free), tokens, months),
      last: ends && typedLast && typedLast.kind === "word" && !typedLast.negated ? typedLast : null,
    };
  }

  /** The text with blanks where something else than these units stands, so that places stay. */
  function withoutOthers(text, units) {
    const covered = new Uint8Array(text.length);
    for (const unit of units) covered.fill(1, unit.start, unit.start + unit.typed.length);
    let out = "";
    for (let place = 0; place < text.length; place++) {
      const between = !covered[place] && !/[\p{L}\p{N}]/u.test(text[place]);
      out += covered[place] || between ? text[place] : " ";
    }
    return out;
  }

  /** Whether a unit is a word that says little where others are there. `languages` are those whose lists count. */
  function isStop(unit, languages) {
    if (unit.kind !== "word" || unit.field || unit.negated) return false;
    const { form } = unit.tokens[0];
    if (unit.article) return true;
    if (/^(?:[a-z]|\d)$/.test(form)) return true;
    const capitals = unit.typed.length > 1 && unit.typed === unit.typed.toUpperCase() && unit.typed !== unit.typed.toLowerCase();
    return !capitals && languages.some((language) => STOP[language] !== undefined && STOP[language].has(form));
  }

  /** Whether a unit names a topic, a place, a name, a speaker or a publisher, and no words of a release. */
  const isFacet = (unit) => unit.field !== "" && unit.field !== "title" && unit.field !== "reference";

  return { parse, isStop, isFacet };
})();

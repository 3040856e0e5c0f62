/* What a search found: pages of terms, results with their matches highlighted, and what there is to say about the search. */
(function () {
  "use strict";

  const shared = window.OnrecordSearch;
  const { $, data, strings, element, fill } = shared;
  const whole = $("search-whole");
  const part = $("search-part");
  const divider = $("search-divider");

  /** The address of a page of the archive; paragraph and words are behind "#", where the page takes them from (search-mark.js). */
  function link(path, marks, id) {
    const safe = shared.encoded(path);
    if (!marks.length) return safe + (id ? `#${encodeURIComponent(id)}` : "");
    const parameters = new URLSearchParams();
    if (id) parameters.set("to", id);
    for (const word of marks) parameters.append("mark", word);
    return `${safe}#${parameters}`;
  }

  const marked = (runs) => runs.map(([text, found]) => (found ? element("mark", {}, text) : text));
  const written = (runs) => runs.map(([text]) => text).join("");

  /** One result as an item of the list. */
  function item(one) {
    const { meta } = one;
    const language = meta.language || one.language;
    const title = one.title && one.title.length && written(one.title) ? marked(one.title) : [meta.title || one.path];
    const heading = element("h3", {}, element("a", { href: link(one.path, one.marks, ""), lang: language,
      dir: shared.direction(language), class: "search-title" }, ...title));
    const reference = one.reference && one.reference.length ? marked(one.reference) : meta.reference ? [meta.reference] : [];
    const facts = [
      meta.status && strings[meta.status] && element("strong", { class: "search-status-of" }, strings[meta.status]),
      element("bdi", {}, meta[`date_${data.language}`] || meta.date || strings.undated),
      meta.publisher && element("bdi", {}, meta.publisher),
      reference.length && element("bdi", { class: "search-reference" }, ...reference),
      meta.extent && strings[meta.extent] && element("bdi", {}, strings[meta.extent]),
    ].filter(Boolean);
    const line = element("p", { class: "search-facts" });
    facts.forEach((fact, place) => line.append(...(place ? [element("span", { "aria-hidden": "true" }, strings.between), fact] : [fact])));
    if (one.why && strings[`why_${one.why}`]) line.append(" ", element("span", { class: "tag" }, strings[`why_${one.why}`]));
    // The words of an abstract are in the archive's language, any others in that of the release.
    const spoken = meta.extent === "abstract" ? one.language : language;
    const passages = one.passages.map(({ id, runs }) => {
      const text = element("span", {}, ...marked(runs));
      const inner = id ? element("a", { href: link(one.path, one.marks, id), class: "search-passage-link" }, text) : text;
      return element("p", { class: "search-passage", lang: spoken, dir: shared.direction(spoken) }, inner);
    });
    const lacking = one.missing && one.missing.length
      ? element("p", { class: "search-missing" }, ...aroundWords(strings.lacks, shared.listed(one.missing)))
      : null;
    // A word that stands nowhere in the release: why it is here all the same.
    const filed = (one.filed || []).map(({ kind, label }) => element("p", { class: "search-missing" }, `${strings[`kind_${kind}`]}: `, element("bdi", {}, label)));
    return element("li", { class: "search-result", "data-path": one.path }, heading, line, lacking, ...filed, ...passages);
  }

  /** A phrase with its `{word}` in an element of its own direction. */
  function aroundWords(text, words) {
    const [before, after = ""] = text.split("{word}");
    return [before, element("bdi", {}, words), after];
  }

  /** A page of the archive's own about what was searched for: "Homs – place, 35 releases". */
  function term(one) {
    const kind = strings[`kind_${one.kind}`] || "";
    return element("li", {}, element("a", { href: link(one.path, [], "") }, element("bdi", {}, one.label)), " ",
      element("span", { class: "quiet" }, `– ${kind ? fill(strings.term, { kind, releases: shared.counted(one.count) }) : shared.counted(one.count)}`));
  }

  /** The name of a script ("Thai") in the interface's language. */
  function scriptName(script) {
    try {
      return new Intl.DisplayNames([data.language], { type: "script" }).of(script) || script;
    } catch {
      return script;
    }
  }

  /** Whether a word is written in one of some scripts (ISO 15924). */
  function writtenIn(word, scripts) {
    return scripts.some((script) => {
      try {
        return new RegExp(`\\p{Script=${script}}`, "u").test(word);
      } catch {
        return false; // a script that this browser does not know
      }
    });
  }

  /** What there is to say about a search, a line each; `addressFor(from, to)` gives the address of the search with a word exchanged. */
  function noteLines(notes, answer, addressFor) {
    const line = (text, values) => element("p", { dir: "auto" }, ...(values && "word" in values && !("other" in values)
      ? aroundWords(text, values.word)
      : [fill(text, values || {})]));
    const lines = [];
    if (notes.exchanged) lines.push(line(strings.exchanged));
    for (const word of new Set([...(notes.unread || []), ...(notes.range || []).map(([text]) => text)])) lines.push(line(strings.unread, { word }));
    if (notes.date) lines.push(line(strings.date_first, { word: shared.dateWords(notes.date) }));
    for (const script of notes.unsearchable || []) lines.push(line(strings.unsearchable, { word: scriptName(script) }));
    if (notes.unquoted) lines.push(line(strings.unquoted));
    for (const [typed, other] of notes.instead || []) lines.push(line(strings.instead, { word: typed, other }));
    // Of a word that cannot be searched nothing is known.
    const unknown = (notes.unknown || []).filter((word) => !writtenIn(word, notes.unsearchable || []));
    for (const word of unknown) lines.push(line(answer.total ? strings.without : strings.unknown, { word }));
    for (const [typed, reason] of notes.ignored || []) {
      lines.push(line(strings[`ignored_${reason}`] || strings.ignored, { word: typed }));
    }
    for (const [typed, other] of notes.near || []) {
      const [before, after = ""] = strings.near.split("{other}");
      lines.push(element("p", { dir: "auto" }, before, element("a", { href: addressFor(typed, other) }, element("bdi", {}, other)), after));
    }
    if (!whole.children.length && part.children.length && !unknown.length && !notes.elsewhere) lines.push(line(strings.some));
    return lines;
  }

  Object.assign(shared.results, {
    /** Shows an answer from its first result on. */
    draw(answer, addressFor) {
      this.clear();
      const terms = (answer.terms || []).map(term);
      $("search-terms").replaceChildren(...terms);
      $("search-terms").hidden = !terms.length;
      this.add(answer.results);
      $("search-notes").replaceChildren(...noteLines(answer.notes, answer, addressFor));
    },

    /** Adds results behind those that are shown. Those that lack a word of the search, and are there for no other reason, come last. */
    add(results) {
      for (const one of results) {
        const lacking = part.children.length > 0 || (one.missing.length > 0 && !one.why);
        (lacking ? part : whole).append(item(one));
      }
      divider.hidden = !(whole.children.length && part.children.length);
    },
  });
})();

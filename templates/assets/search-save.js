/* Results saved as a file: CSV for a spreadsheet, BibTeX and RIS for a reference manager, Atom for a feed reader. Everything is made in the
   browser of what the index says of each result: no file of a release is asked for, so a server does not learn what was found and kept, and
   a copy on a disk saves the same. */
(function () {
  "use strict";

  const shared = window.OnrecordSearch;
  const { $, strings, element, fill } = shared;
  const STEP = 30;
  const local = location.protocol === "file:";
  const archive = $("search-save").dataset;
  const FORMATS = {
    csv: { type: "text/csv;charset=utf-8", ending: "csv" },
    bib: { type: "application/x-bibtex;charset=utf-8", ending: "bib" },
    ris: { type: "application/x-research-info-systems;charset=utf-8", ending: "ris" },
    atom: { type: "application/atom+xml;charset=utf-8", ending: "atom" },
  };
  // The names of the fields are those of a record's front matter, in every language of the interface. `date` is for a machine: as far as it
  // is stated beyond doubt (ISO 8601).
  const COLUMNS = ["title", "subtitle", "date", "date_in_words", "publisher", "reference", "kind", "language", "extent", "status", "address"];

  const one = (text) => String(text || "").replace(/\s+/g, " ").trim();

  /** Where a release's page can be found by others: below the site's own address where it has one, else where it was read; "" in a folder,
      whose address says whose disk it is on. */
  function addressOf(path) {
    const canonical = document.querySelector("link[rel=canonical]");
    const base = canonical ? canonical.href : local ? "" : location.href.split("#")[0];
    return base && new URL(shared.encoded(path), base).href;
  }

  // ---- CSV (RFC 4180) ---------------------------------------------------------------------------------------------------------------

  // What a spreadsheet would run, or what looks guarded already, as onrecord/tabular.py has it.
  const TO_GUARD = /^'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/;

  /** A cell. One that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, "CSV injection"), which can be taken off. */
  function cell(text) {
    const guarded = TO_GUARD.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(guarded) ? `"${guarded.replace(/"/g, '""')}"` : guarded;
  }

  const line = (cells) => `${cells.map(cell).join(",")}\r\n`;

  function row({ path, language, meta }) {
    const values = { ...meta, date: meta.iso, date_in_words: meta.date || strings.undated, language: meta.language || language, extent: meta.extent || "full",
      status: meta.status || "published", address: addressOf(path) || path };
    return line(COLUMNS.map((column) => one(values[column])));
  }

  // ---- citations of what the index knows: title, publisher, reference, date, language, address; nothing is concluded -------

  // As cite.py has it: an abstract is the archive's own work about a release, and two things are cited, each as itself.
  const TEX = { "\\": "{\\textbackslash}", "{": "\\{", "}": "\\}", "&": "\\&", "%": "\\%", $: "\\$", "#": "\\#", _: "\\_",
    "~": "{\\textasciitilde}", "^": "{\\textasciicircum}", "\u00a0": "~" };
  const LIGATURES = ["--", "``", "''", "?`", "!`", ",,", "<<", ">>"];
  const onLine = (text) => String(text || "").replace(/[ \t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+/g, " ").replace(/^ | $/g, "");

  /** A text between the braces of a value, as onrecord/tex.py has it: a brace without a partner is a command, and no two signs become one. */
  function tex(text) {
    const signs = [...onLine(text)];
    const opened = [];
    const alone = new Set();
    signs.forEach((sign, place) => {
      if (sign === "{") opened.push(place);
      else if (sign === "}" && opened.pop() === undefined) alone.add(place);
    });
    for (const place of opened) alone.add(place);
    return signs.map((sign, place) => (place && LIGATURES.includes(signs[place - 1] + sign) ? "{}" : "") +
      (!alone.has(place) ? TEX[sign] || sign : sign === "{" ? "{\\textbraceleft}" : "{\\textbraceright}")).join("");
  }

  const urlInTex = (address) => address.replace(/[{}\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
  const isSummary = ({ meta }) => meta.extent === "abstract";
  /** The key of the site's own citation. Where a slug is none itself, the index has it. */
  const keyOf = ({ path, meta }) => meta.key || path.replace(/^releases\//, "").replace(/\.html$/, "");
  /** What a release of a kind is in BibTeX and in RIS: the table is onrecord/cited_kinds.py. */
  const typesOf = (meta) => shared.data.cited[meta.kind || ""] || shared.data.cited.statement;
  const named = (meta) => (meta.kind === "other" ? "" : one(meta.kind));
  const kindOf = (meta) => named(meta).replace(/^./u, (letter) => letter.toUpperCase());
  const dateOf = (meta) => meta.date || strings.undated;
  const languageOf = ({ meta, language }) => meta.language || language;

  /** Whether `iso` says all that the date's words say: a season, or a month that is about right, has a year or month there and no more. */
  function isWhole({ iso, date }) {
    if (!iso || iso.length === 10) return Boolean(iso);
    return date === iso || (iso.length === 7 && one(date).split(" ").length === 2);
  }

  function remarks(result) {
    const { meta } = result;
    return [...(meta.publisher ? [] : ["publisher not stated"]), ...(isWhole(meta) ? [] : [`${strings.cited_date}: ${dateOf(meta)}`]),
      ...(meta.extent && !isSummary(result) && strings[meta.extent] ? [strings[meta.extent]] : []),
      ...(meta.status && strings[meta.status] ? [strings[meta.status]] : [])];
  }

  function summaryTitle({ path, meta }) {
    const title = one(meta.title || path).replace(/“/g, "‘").replace(/”/g, "’").replace(/"([^"]*)"/g, "‘$1’");
    if (!meta.publisher) return `Summary of “${title}”`;
    return `Summary of “${title}${/[?!.…؟][”’"'»]*$/.test(title) ? "" : ","}” by ${meta.publisher}`;
  }

  function summaryNote({ meta }) {
    const what = [named(meta), meta.reference].filter(Boolean).join(" ");
    return `the archive's own summary of a release: ${[meta.publisher || "publisher not stated", what, meta.date || "date not stated"].filter(Boolean).join(", ")}`;
  }

  // What biblatex calls a language, as onrecord/tex.py has it.
  const LANGIDS = {
    af: "afrikaans", ar: "arabic", az: "azerbaijani", be: "belarusian", bg: "bulgarian", bn: "bengali", bs: "bosnian", ca: "catalan",
    cs: "czech", cy: "welsh", da: "danish", de: "german", el: "greek", en: "english", eo: "esperanto", es: "spanish", et: "estonian",
    eu: "basque", fa: "persian", fi: "finnish", fr: "french", ga: "irish", gl: "galician", he: "hebrew", hi: "hindi", hr: "croatian",
    hu: "hungarian", hy: "armenian", id: "indonesian", is: "icelandic", it: "italian", ja: "japanese", ka: "georgian", ko: "korean",
    lt: "lithuanian", lv: "latvian", mk: "macedonian", mr: "marathi", nb: "norsk", nl: "dutch", nn: "nynorsk", no: "norsk",
    pl: "polish", pt: "portuguese", "pt-BR": "brazilian", ro: "romanian", ru: "russian", sk: "slovak", sl: "slovene", sq: "albanian",
    sr: "serbian", sv: "swedish", ta: "tamil", th: "thai", tr: "turkish", uk: "ukrainian", ur: "urdu", vi: "vietnamese", zh: "chinese",
  };

  function texLanguage(tag) {
    const known = LANGIDS[tag] || LANGIDS[tag.split("-")[0]];
    return known ? `langid = {${known}}` : `language = {${tex(tag)}}`;
  }

  const bibtexEntry = (key, fields, type = "misc") => `@${type}{${key},\n  ${fields.filter(Boolean).join(",\n  ")}\n}\n\n`;

  function bibtex(result) {
    const { path, meta } = result;
    const address = addressOf(path);
    const [year, month] = (meta.iso || "").split("-");
    const notes = [...remarks(result), ...(isSummary(result) ? [] : [archive.title])];
    const type = meta.publisher ? typesOf(meta)[0] : "misc";
    const report = type === "techreport";
    const published = [kindOf(meta), meta.reference].filter(Boolean).join(" ");
    const release = bibtexEntry(keyOf(result), [
      `title = {{${tex(meta.title || path)}}}`,
      meta.publisher && `author = {{${tex(meta.publisher)}}},\n  ${report ? "institution" : "organization"} = {${tex(meta.publisher)}}`,
      year && `year = {${year}}`,
      month && `month = ${MONTHS[Number(month) - 1]}`,
      meta.iso && `date = {${meta.iso}}`,
      report ? kindOf(meta) && `type = {${tex(kindOf(meta))}}` : published && `howpublished = {${tex(published)}}`,
      meta.reference && `number = {${tex(meta.reference)}}`,
      texLanguage(languageOf(result)),
      address && !isSummary(result) && `url = {${urlInTex(address)}}`,
      notes.length && `note = {${tex(notes.join("; "))}}`,
    ], type);
    if (!isSummary(result)) return release;
    return bibtexEntry(`summary:${keyOf(result)}`, [
      `title = {{${tex(summaryTitle(result))}}}`,
      `author = {{${tex(archive.author)}}},\n  organization = {${tex(archive.author)}}`,
      archive.title !== archive.author && `howpublished = {${tex(archive.title)}}`,
      texLanguage(archive.language),
      address && `url = {${address}}`,
      `note = {${tex(summaryNote(result))}}`,
      `related = {${keyOf(result)}}`,
    ]) + release;
  }

  const risRecord = (tags) => [...tags.filter((tag) => tag[1]), ["ER", ""]].map(([tag, text]) => `${tag}  - ${onLine(text)}\r\n`).join("");

  function ris(result) {
    const { path, meta } = result;
    const address = addressOf(path);
    const [year, month = "", day = ""] = (meta.iso || "").split("-");
    const type = typesOf(meta)[1];
    const release = risRecord([
      ["TY", type], ["ID", keyOf(result)], ["TI", meta.title || path], ["AU", type !== "SLIDE" && meta.publisher], ["PB", meta.publisher],
      ["PY", year], ["DA", year && `${year}/${month}/${day}/`], ["M3", kindOf(meta)], [type === "RPRT" ? "SN" : "M1", meta.reference], ["LA", languageOf(result)],
      ["UR", !isSummary(result) && address], ["DB", !isSummary(result) && archive.title], ["N1", meta.subtitle && `subtitle: ${meta.subtitle}`],
      ...remarks(result).map((remark) => ["N1", remark]),
    ]);
    if (!isSummary(result)) return release;
    return risRecord([
      ["TY", "ELEC"], ["ID", `summary:${keyOf(result)}`], ["TI", summaryTitle(result)], ["AU", archive.author], ["PB", archive.author],
      ["M3", "Summary"], ["LA", archive.language], ["UR", address], ["DB", archive.title], ["N1", summaryNote(result)],
    ]) + release;
  }

  // ---- a feed (RFC 4287) ------------------------------------------------------------------------------------------------------------

  const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  // What XML 1.0 forbids (section 2.2) is left out.
  const xml = (text) => one(text).replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "").replace(/[&<>"]/g, (sign) => SIGNS[sign]);
  const NAME = archive.title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  /** Where a page has no address that others can follow, a tag (RFC 4151) as the archive's own feeds have it. */
  const idOf = (path) => addressOf(path) || `tag:onrecord.invalid,2000:${encodeURIComponent(NAME)}/${shared.encoded(path)}`;

  /** What is before the entries. The feed is of the moment in which it is saved, and names no search. */
  function feedHead(now) {
    const mark = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xml(archive.language)}">\n` +
      `<title>${xml(archive.title)}</title>\n<id>urn:uuid:${mark.replace(/^(.{8})(.{4}).(.{3}).(.{3})/, "$1-$2-4$3-a$4-")}</id>\n` +
      `<updated>${now}</updated>\n<author><name>${xml(archive.author)}</name></author>\n`;
  }

  /** An entry. Every one must say when it changed, which the index does not know; `published` takes an hour, which no source says. */
  function feedEntry(result, now) {
    const { path, meta } = result;
    const day = (meta.iso || "").length === 10 ? `${meta.iso}T00:00:00Z` : "";
    const whose = isSummary(result) ? strings.abstract : strings[meta.extent] || "";
    return `<entry>\n<title>${xml(meta.title || path)}</title>\n<id>${xml(idOf(path))}</id>\n<updated>${day || now}</updated>\n` +
      `<link rel="alternate" type="text/html" href="${xml(addressOf(path) || shared.encoded(path))}"/>\n` +
      `${meta.publisher && !isSummary(result) ? `<author><name>${xml(meta.publisher)}</name></author>\n` : ""}` +
      `<summary>${xml([dateOf(meta), whose, strings[meta.status] || ""].filter(Boolean).join(". "))}.</summary>\n</entry>\n`;
  }

  // ---- all results, a few at a time -------------------------------------------------------------------------------------------------

  /** The texts of all results in their order, with what is around them. */
  async function texts(format, total, fetchResults, progress, stop) {
    const now = `${new Date().toISOString().slice(0, 19)}Z`;
    const made = { csv: row, bib: bibtex, ris, atom: (result) => feedEntry(result, now) }[format];
    const pieces = format === "csv" ? [line(COLUMNS)] : format === "atom" ? [feedHead(now)] : [];
    for (let from = 0; from < total; from += STEP) {
      const results = await fetchResults(from, Math.min(from + STEP, total));
      if (stop.aborted) return null;
      if (!results) throw new Error("the search has changed");
      pieces.push(...results.map(made));
      progress(from + results.length);
    }
    return format === "atom" ? [...pieces, "</feed>\n"] : pieces;
  }

  function download(name, type, pieces) {
    const address = URL.createObjectURL(new Blob(pieces, { type }));
    const anchor = element("a", { href: address, download: name, hidden: true });
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  let running = null;

  shared.save = {
    tex,

    /** Ends what is being saved: another search has begun. */
    stop() {
      if (running) running.abort();
    },

    /**
     * Makes the buttons work.
     * @param {() => number} total how many results the search has
     * @param {(from: number, to: number) => Promise<Object[]>} fetchResults gives some of them
     */
    offer(total, fetchResults) {
      const status = $("search-save-status");
      const cancel = $("search-save-cancel");
      const buttons = [...document.querySelectorAll("#search-save button[data-format]")];

      async function save(format) {
        const all = total();
        const stop = running = new AbortController();
        const progress = (number) => { status.textContent = fill(strings.saving, { n: shared.number(number), all: shared.number(all) }); };
        for (const button of buttons) button.disabled = true;
        cancel.hidden = false;
        cancel.focus({ preventScroll: true });
        progress(0);
        let outcome = "";
        try {
          const pieces = await texts(format, all, fetchResults, progress, stop.signal);
          if (pieces && !stop.signal.aborted) {
            // A spreadsheet takes a CSV file for UTF-8 where it begins with this mark.
            download(`${strings.saved_name}.${FORMATS[format].ending}`, FORMATS[format].type, format === "csv" ? ["\ufeff", ...pieces] : pieces);
            outcome = fill(strings.saved, { n: shared.number(all) });
          } else {
            outcome = strings.save_stopped;
          }
        } catch (error) {
          outcome = stop.signal.aborted ? strings.save_stopped : strings.save_failed;
          if (!stop.signal.aborted) console.warn(error);
        }
        const focused = document.activeElement === cancel || document.activeElement === document.body;
        for (const button of buttons) button.disabled = false;
        cancel.hidden = true;
        status.textContent = outcome;
        if (focused) buttons.find((button) => button.dataset.format === format).focus({ preventScroll: true });
        running = null;
      }

      for (const button of buttons) button.addEventListener("click", () => { if (!running) save(button.dataset.format); });
      cancel.addEventListener("click", () => shared.save.stop());
    },
  };
})();

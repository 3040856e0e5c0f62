/* Results saved as a file: CSV for a spreadsheet, BibTeX and RIS for a reference manager. Everything is done in the browser.
   The citations are the site's own files; from a folder, where a browser refuses to read these, they are made from what the index knows. */
(function () {
  "use strict";

  const shared = window.OnrecordSearch;
  const { $, strings, element, fill } = shared;
  const AT_ONCE = 6;
  const STEP = 30;
  const local = location.protocol === "file:";
  const FORMATS = {
    csv: { type: "text/csv;charset=utf-8", ending: "csv" },
    bib: { type: "application/x-bibtex;charset=utf-8", ending: "bib" },
    ris: { type: "application/x-research-info-systems;charset=utf-8", ending: "ris" },
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

  /** A cell. One that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, "CSV injection"). */
  function cell(text) {
    const guarded = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(guarded) ? `"${guarded.replace(/"/g, '""')}"` : guarded;
  }

  const line = (cells) => `${cells.map(cell).join(",")}\r\n`;

  function row({ path, language, meta }) {
    const values = { ...meta, date: meta.iso, date_in_words: meta.date || strings.undated, language: meta.language || language, extent: meta.extent || "full",
      status: meta.status || "published", address: addressOf(path) || path };
    return line(COLUMNS.map((column) => one(values[column])));
  }

  // ---- citations of what the index knows: title, publisher, reference, date, language, address; nothing is concluded -------

  const TEX = { "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "&": "\\&", "%": "\\%", $: "\\$", "#": "\\#", _: "\\_",
    "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
  const tex = (text) => one(text).replace(/[\\{}&%$#_~^]/g, (sign) => TEX[sign]);
  const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
  const keyOf = (path) => path.replace(/^releases\//, "").replace(/\.html$/, "").replace(/[^\w.-]+/g, "-");

  function remarks({ meta }) {
    return [...(meta.iso ? [] : [`${strings.cited_date}: ${meta.date || strings.undated}`]),
      ...(meta.extent && strings[meta.extent] ? [strings[meta.extent]] : []),
      ...(meta.status && strings[meta.status] ? [strings[meta.status]] : [])];
  }

  function bibtex(result) {
    const { path, meta } = result;
    const fields = [`title = {{${tex(meta.title || path)}}}`];
    if (meta.publisher) fields.push(`author = {{${tex(meta.publisher)}}}`, `organization = {${tex(meta.publisher)}}`);
    if (meta.iso) {
      const [year, month] = meta.iso.split("-");
      fields.push(`year = {${year}}`);
      if (month) fields.push(`month = ${MONTHS[Number(month) - 1]}`);
      fields.push(`date = {${meta.iso}}`);
    }
    if (meta.kind) fields.push(`howpublished = {${tex(meta.kind)}}`);
    if (meta.reference) fields.push(`number = {${tex(meta.reference)}}`);
    fields.push(`language = {${tex(meta.language || result.language)}}`);
    if (addressOf(path)) fields.push(`url = {${addressOf(path)}}`);
    if (remarks(result).length) fields.push(`note = {${tex(remarks(result).join("; "))}}`);
    return `@misc{${keyOf(path)},\n  ${fields.join(",\n  ")}\n}\n\n`;
  }

  function ris(result) {
    const { path, meta } = result;
    const tags = [["TY", "GEN"], ["ID", keyOf(path)], ["TI", meta.title || path]];
    if (meta.subtitle) tags.push(["T2", meta.subtitle]);
    if (meta.publisher) tags.push(["AU", meta.publisher], ["PB", meta.publisher]);
    if (meta.iso) {
      const [year, month = "", day = ""] = meta.iso.split("-");
      tags.push(["PY", year], ["DA", `${year}/${month}/${day}/`]);
    }
    if (meta.kind) tags.push(["M3", meta.kind]);
    if (meta.reference) tags.push(["M1", meta.reference]);
    tags.push(["LA", meta.language || result.language], ...(addressOf(path) ? [["UR", addressOf(path)]] : []), ...remarks(result).map((remark) => ["N1", remark]));
    return [...tags, ["ER", ""]].map(([tag, text]) => `${tag}  - ${one(text)}\r\n`).join("");
  }

  /** The site's own citation of a release. What is withdrawn has none: what the index knows of it is cited. */
  async function cited(result, format, stop) {
    const made = () => (format === "bib" ? bibtex(result) : ris(result));
    if (local || result.meta.status === "withdrawn") return made();
    const path = shared.encoded(result.path.replace(/\.html$/, `.${format}`));
    const answer = await fetch(new URL(`../${path}`, shared.files.index), { signal: stop });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return `${await answer.text()}${format === "bib" ? "\n" : ""}`;
  }

  // ---- all results, a few at a time -------------------------------------------------------------------------------------------------

  /** The texts of all results in their order. */
  async function texts(format, total, fetchResults, progress, stop) {
    const pieces = format === "csv" ? [line(COLUMNS)] : [];
    for (let from = 0; from < total; from += STEP) {
      const results = await fetchResults(from, Math.min(from + STEP, total));
      if (stop.aborted) return null;
      if (!results) throw new Error("the search has changed");
      if (format === "csv") {
        pieces.push(...results.map(row));
      } else {
        for (let place = 0; place < results.length; place += AT_ONCE) {
          const some = results.slice(place, place + AT_ONCE);
          pieces.push(...await Promise.all(some.map((result) => cited(result, format, stop))));
          if (stop.aborted) return null;
          progress(from + place + some.length);
        }
      }
      progress(from + results.length);
    }
    return pieces;
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

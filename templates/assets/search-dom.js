/* What the parts of the search page share: its words, its numbers, and the list of results as it stands. Nothing of a release is ever read
   as HTML. What a page needs once something is looked for (search-files.js, search-engine.js, search-results.js) is loaded then. */
(function () {
  "use strict";

  const ASSETS = new URL(".", document.currentScript.src).href;
  const shared = window.OnrecordSearch;
  const data = JSON.parse(document.getElementById("search-data").textContent);
  const strings = data.strings;
  const numbers = new Intl.NumberFormat(data.locale);
  const plurals = new Intl.PluralRules(data.language);
  const SHAPES = [
    { year: "numeric", timeZone: "UTC" },
    { year: "numeric", month: "long", timeZone: "UTC" },
    { year: "numeric", month: "long", day: "numeric", timeZone: "UTC" },
  ];

  shared.data = data;
  shared.strings = strings;
  shared.$ = (id) => document.getElementById(id);

  /** A phrase with `{key}` filled in. */
  shared.fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));

  /** A number as the interface's language writes it. */
  shared.number = (value) => numbers.format(value);

  /** A number of releases in words. */
  shared.counted = (value) => shared.fill(strings[`count_${plurals.select(value)}`] || strings.count_other, { n: numbers.format(value) });

  /** Words in the order and with the commas of the interface's language. */
  shared.listed = (words) => new Intl.ListFormat(data.locale, { type: "unit", style: "short" }).format(words);

  /** A year, month or day ("2012", "2012-02", "2012-02-08") in words. */
  shared.dateWords = function (period) {
    const parts = period.split("-").map(Number);
    const date = new Date(0);
    date.setUTCFullYear(parts[0], (parts[1] || 1) - 1, parts[2] || 1);
    // In English the day is before the month, as on every page of the site.
    return new Intl.DateTimeFormat(data.locale === "en" ? "en-GB" : data.locale, SHAPES[parts.length - 1]).format(date);
  };

  /** The direction of a text in a language. */
  shared.direction = (language) => (data.rtl.includes(language) ? "rtl" : "ltr");

  const { $ } = shared;

  /** The results that are shown; search-results.js adds what draws them. */
  shared.results = {
    shown: () => $("search-results").querySelectorAll(".search-result").length,

    /** The links of the results, in order. */
    links: () => [...$("search-results").querySelectorAll(".search-result a")],

    clear() {
      $("search-whole").replaceChildren();
      $("search-part").replaceChildren();
      $("search-divider").hidden = true;
      $("search-notes").replaceChildren();
      $("search-terms").replaceChildren();
      $("search-terms").hidden = true;
    },
  };

  /** Loads what searches and what shows results, once. */
  shared.parts = () => Promise.all(["files", "engine", "results"].map((part) => shared.script(`${ASSETS}search-${part}.js`)));

  /** The engine. @returns {Promise<Object>} its functions, each giving a promise */
  shared.engine = async function () {
    await shared.parts();
    return shared.openEngine();
  };
})();

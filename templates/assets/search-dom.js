/* What the parts of the search page share: its words, its numbers, and elements made of text. Nothing of a release is ever read as HTML. */
(function () {
  "use strict";

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
})();

/* Dates as they are typed: a day or a month with its year, in ISO 8601, in figures, or with the month's name in a language of the archive or
   of the interface. A date that can be read in two ways (4/5/2003) is not a date. */

const datesTyped = (() => {
  const FIGURES = [
    [/(?<![\p{L}\p{N}.\/-])(\d{4})[-\/](\d{1,2})(?:[-\/](\d{1,2}))?(?![\p{L}\p{N}\/-]|\.\d)/gu, (parts) => [parts[1], parts[2], parts[3]]],
    [/(?<![\p{L}\p{N}.\/-])(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})(?![\p{L}\p{N}\/-]|\.\d)/gu, (parts) => [parts[3], parts[2], parts[1]]],
    [/(?<![\p{L}\p{N}.\/-])(\d{1,2})[\/-](\d{1,2})[\/-](\d{4})(?![\p{L}\p{N}\/-]|\.\d)/gu, (parts) => dayAndMonth(parts)],
    [/(\d{4}) ?年 ?(\d{1,2}) ?月(?: ?(\d{1,2}) ?日)?/gu, (parts) => [parts[1], parts[2], parts[3]]],
  ];
  const SMALL = new Set(["of", "de", "del", "di", "da", "den"]);
  const two = (number) => String(Number(number)).padStart(2, "0");

  function dayAndMonth([, first, second, year]) {
    if (Number(first) > 12 || first === second) return [year, second, first];
    return Number(second) > 12 ? [year, first, second] : null;
  }

  /** A day or month as ISO 8601, or "" where the calendar has none such. */
  function iso(year, month, day) {
    if (!(Number(year) >= 1000 && Number(month) >= 1 && Number(month) <= 12)) return "";
    if (day === undefined) return `${year}-${two(month)}`;
    const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
    return Number(day) >= 1 && Number(day) <= last ? `${year}-${two(month)}-${two(day)}` : "";
  }

  /** Names of months as the forms of their tokens, longest first: [[forms, month], …]. `months`: {language: [[names of month 1], …]}. */
  function names(months) {
    const variantsByForms = new Map();
    for (const language of Object.keys(months)) {
      months[language].forEach((variants, place) => {
        for (const name of variants) {
          const forms = words.tokens(name).map((token) => token.form);
          if (forms.length && !/^\d+$/.test(forms.join(""))) variantsByForms.set(forms.join(" "), [forms, place + 1]);
        }
      });
    }
    return [...variantsByForms.values()].sort((a, b) => b[0].length - a[0].length);
  }

  const dayOf = (form) => (/^(\d{1,2})(?:st|nd|rd|th|er|o|a)?$/.exec(form) || [])[1];

  /** The dates in a text: [{value, start, end}], rising, places in the text. `tokens` are those of the text. */
  function typed(text, tokens, months) {
    const dates = [];
    for (const [pattern, parts] of FIGURES) {
      for (const match of text.matchAll(pattern)) {
        const value = iso(...(parts(match) || []));
        if (value) dates.push({ value, start: match.index, end: match.index + match[0].length });
      }
    }
    const known = names(months);
    for (let place = 0; place < tokens.length; place++) {
      const name = known.find(([forms]) => forms.every((form, offset) => tokens[place + offset] && tokens[place + offset].form === form));
      if (!name) continue;
      const [forms, month] = name;
      const small = (at) => (tokens[at] && SMALL.has(tokens[at].form) ? 1 : 0);
      const last = place + forms.length - 1;
      const before = place - 1 - small(place - 1);
      const dayBefore = tokens[before] && dayOf(tokens[before].form);
      const after = last + 1 + small(last + 1);
      const year = (at) => tokens[at] && /^[12]\d{3}$/.test(tokens[at].form) && tokens[at].form;
      let ends = null;
      if (dayBefore && year(after)) ends = [before, after, iso(year(after), month, dayBefore)];
      else if (tokens[after] && dayOf(tokens[after].form) && year(after + 1)) ends = [place, after + 1, iso(year(after + 1), month, dayOf(tokens[after].form))];
      else if (year(after)) ends = [place, after, iso(year(after), month)];
      if (ends && ends[2]) dates.push({ value: ends[2], start: tokens[ends[0]].start, end: tokens[ends[1]].end });
    }
    dates.sort((a, b) => a.start - b.start || b.end - a.end);
    return dates.filter((date, place) => !dates.slice(0, place).some((other) => other.end > date.start));
  }

  /** How texts write a date, each as the forms of its tokens. */
  function spelledOut(value, months) {
    const [year, month, day] = value.split("-");
    const ways = [[year, month, ...(day ? [day] : [])]];
    if (day) ways.push([day, month, year]);
    const days = day ? [...new Set([String(Number(day)), day])] : [];
    for (const language of Object.keys(months)) {
      for (const name of months[language][Number(month) - 1]) {
        const forms = words.tokens(name).map((token) => token.form);
        if (!forms.length || /^\d+$/.test(forms.join(""))) continue;
        const small = { es: ["de"], pt: ["de"], ca: ["de"] }[primary(language)] || [];
        if (!day) {
          ways.push([...forms, ...small, year]);
          continue;
        }
        for (const number of days) {
          ways.push([number, ...small, ...forms, ...small, year]);
          if (!small.length) ways.push([...forms, number, year]);
        }
      }
    }
    return [...new Map(ways.map((way) => [way.join(" "), way])).values()];
  }

  /** A bound of a range: "", "2012", "2012-02" or "2012-02-08" where it is one, else null. */
  function bound(text) {
    if (!text) return "";
    const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
    if (!parts) return null;
    return parts[2] === undefined || iso(parts[1], parts[2], parts[3]) ? text : null;
  }

  return { typed, spelledOut, bound };
})();

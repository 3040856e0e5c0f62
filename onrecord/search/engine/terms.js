/* What a parsed query asks for, looked up: terms that are ranked, and masks of what must and must not be there. */

const MOST_TERMS = 3;

/** `facets` as in facetsOf. A term's shape is told in rank.js; besides it has `typed`, `unit`, `known` (false where only longer words have it). */
function termsOf(index, facets) {
  const entries = new Set();

  async function formsOf(form, text) {
    const { forms, entries: more } = await index.formsOf(form, text);
    more.forEach((entry) => entries.add(entry));
    return forms;
  }

  /** The forms of a word with its other spellings, and of the whole that hyphens join it to. */
  async function wordForms(unit) {
    const [token] = unit.tokens;
    const others = token.aliases.filter((alias) => alias !== unit.joined);
    const [own, joined, ...more] = await Promise.all([
      formsOf(token.form, token.text),
      unit.joined ? formsOf(unit.joined, "") : [],
      ...others.map((alias) => formsOf(alias, "")),
    ]);
    const seen = new Set();
    return [...own, ...joined, ...more.flat()].filter((form) => !seen.has(form.form) && seen.add(form.form));
  }

  async function unitForms(unit) {
    if (unit.kind === "any") return (await Promise.all(unit.units.filter((one) => !queries.isFacet(one)).map(unitForms))).flat();
    if (unit.kind === "word") return unit.field === "reference" ? referenceForms(unit) : wordForms(unit);
    if (unit.field === "reference") return referenceForms(unit);
    // The form of joined parts finds what is written as one word.
    const joined = unit.kind === "run" && unit.tokens.some((token) => token.linked) ? unit.tokens.map((token) => token.form).join("") : "";
    const [forms, joinedForms] = await Promise.all([phraseForms(index, unit.tokens), joined ? formsOf(joined, "") : []]);
    if (unit.kind === "run" || unit.tokens.length === 1) await Promise.all(unit.tokens.map((token) => formsOf(token.form, token.text)));
    return [...forms, ...joinedForms.filter((form) => form.exact)];
  }

  /** What stands in references: the number as one word however it is punctuated, or the beginning of it. */
  async function referenceForms(unit) {
    const number = unit.tokens.map((token) => token.form).join("");
    const [{ forms }, longer] = await Promise.all([index.formsOf(number, ""), index.longerForms(number, 1)]);
    const own = forms.filter((form) => form.exact);
    return [...own, ...longer.map((form) => ({ ...form, exact: false }))];
  }

  async function termOf(unit, last) {
    const forms = await unitForms(unit);
    const term = { unit, typed: unit.typed, forms, sets: [], region: unit.field === "title" || unit.field === "reference" ? unit.field : "", at: [unit.at], known: forms.length > 0 };
    const [token] = unit.tokens;
    if (unit.kind === "word" && unit === last && !unit.field && [...token.form].length > 2) {
      const seen = new Set(forms.map((form) => form.form));
      term.forms = [...forms, ...(await index.longerForms(token.form, forms.length ? 0 : 1)).filter((form) => !seen.has(form.form)).map((form) => ({ ...form, longer: true }))];
    }
    return term;
  }

  /** The words of a unit as units of their own. */
  function apart(unit) {
    return unit.tokens.map((token, place) => ({ ...unit, kind: "word", field: "", tokens: [token], at: unit.at + place, typed: token.cluster || unit.typed.slice(token.start - unit.tokens[0].start, token.end - unit.tokens[0].start) }));
  }

  /** The releases that some forms stand in, as a mask. */
  async function maskOf(forms, region) {
    const mask = new Uint8Array(index.count);
    for (const { lists } of forms) {
      for (const list of lists) {
        const { pages, starts, places } = listOf(list);
        const { start } = index.shards[list.shard];
        for (let number = 0; number < pages.length; number++) {
          const release = start + pages[number];
          if (region && !inRegion(release, region, places, starts[number], starts[number + 1])) continue;
          mask[release] = 1;
        }
        if (pacer.due()) await pacer.pause();
      }
    }
    return mask;
  }

  function inRegion(release, region, places, from, to) {
    const [low, high] = region === "title" ? [0, index.titleEnds[release]] : [index.titleEnds[release], index.factsStarts[release]];
    const at = lowerBound(places, low, from, to);
    return at < to && places[at] < high;
  }

  /** The releases that have a value of a facet whose label or alias holds the words of a unit; null where there is no such value. */
  async function facetMask(unit) {
    const forms = unit.tokens.map((token) => token.form);
    await Promise.all(unit.tokens.map((token) => formsOf(token.form, token.text)));
    const slugs = new Set();
    for (const [kind, path, , labels, aliases] of pages()) {
      const spoken = [...Object.values(labels), ...aliases].map((label) => ` ${words.tokens(label).map((token) => token.form).join(" ")} `);
      if (kind === unit.field && spoken.some((label) => label.includes(` ${forms.join(" ")} `))) slugs.add(path.replace(/^.*\//, "").replace(/\.html$/, ""));
    }
    const values = await facets.valuesNamed(unit.field, forms, slugs);
    return values.length ? facets.having(unit.field, values) : null;
  }

  /** The pages of terms that were met in looking words up, once each. */
  function pages() {
    const byPath = new Map();
    for (const entry of entries) for (const page of index.wordsOf(entry)) byPath.set(`${page[0]} ${page[1]}`, page);
    return [...byPath.values()];
  }

  /** The pages of terms all words of whose label or alias stand in the query, best first: [{kind, path, label, count}]. */
  function topPages(units, language) {
    const forms = new Set();
    const keys = new Set();
    for (const unit of units) {
      for (const token of unit.tokens) {
        for (const form of [token.form, ...token.aliases]) forms.add(form);
        for (const key of index.keysOf(token.form, token.text).keys()) keys.add(key);
      }
    }
    const asked = (label) => {
      const tokens = words.tokens(label);
      const all = tokens.length > 0 && tokens.every((token) => forms.has(token.form)
        || [...index.keysOf(token.form, words.written(label.slice(token.start, token.end))).keys()].some((key) => keys.has(key)));
      return all ? tokens.length + tokens.filter((token) => forms.has(token.form)).length / 100 : 0;
    };
    const ranked = [];
    for (const [kind, path, count, labels, aliases] of pages()) {
      const worth = Math.max(0, ...[...Object.values(labels), ...aliases].map(asked));
      if (worth) ranked.push({ worth, page: { kind, path, label: labels[language] || Object.values(labels)[0] || "", count } });
    }
    ranked.sort((a, b) => b.worth - a.worth || b.page.count - a.page.count || compared(a.page.path, b.page.path));
    return ranked.slice(0, MOST_TERMS).map(({ page }) => page);
  }

  return { termOf, apart, maskOf, facetMask, referenceForms, topPages, unitForms };
}

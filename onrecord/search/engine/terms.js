/* What a parsed query asks for, looked up: terms that are ranked, and masks of what must and must not be there. */

const MOST_TERMS = 3;
const FILED = new Set(["topic", "place", "name"]);
const MOST_SPELLINGS = 12;
// A spelling so short may be any word of a text: “us”, “في”.
const ANY_WORD = /^(?:[a-z]{1,3}|.{1,2})$/u;

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

  /** How much of a label some units ask for, all of its words or nothing: label → 0, or more the more words it has. */
  function askedBy(units) {
    const forms = new Set();
    const keys = new Set();
    for (const unit of units) {
      for (const token of unit.tokens) {
        for (const form of [token.form, ...token.aliases]) forms.add(form);
        for (const key of index.keysOf(token.form, token.text).keys()) keys.add(key);
      }
    }
    return (label) => {
      const tokens = words.tokens(label);
      const all = tokens.length > 0 && tokens.every((token) => forms.has(token.form)
        || [...index.keysOf(token.form, words.written(label.slice(token.start, token.end))).keys()].some((key) => keys.has(key)));
      return all ? tokens.length + tokens.filter((token) => forms.has(token.form)).length / 100 : 0;
    };
  }

  /** The pages of terms all words of whose label or alias stand in the query, best first. */
  function askedPages(units) {
    const asked = askedBy(units);
    const ranked = [];
    for (const page of pages()) {
      const [, , , labels, aliases] = page;
      const worth = Math.max(0, ...[...Object.values(labels), ...aliases].map(asked));
      if (worth) ranked.push({ worth, page });
    }
    ranked.sort((a, b) => b.worth - a.worth || b.page[2] - a.page[2] || compared(a.page[1], b.page[1]));
    return ranked.slice(0, MOST_TERMS).map(({ page }) => page);
  }

  /** The same as an answer names them: [{kind, path, label, count, numbers}], `numbers` of the terms that ask for a word of it. */
  function topPages(units, terms, language) {
    const asked = askedBy(units);
    const each = terms.map((term) => askedBy([term.unit]));
    return askedPages(units).map(([kind, path, count, labels, aliases]) => {
      const forms = [...Object.values(labels), ...aliases].filter(asked).flatMap((label) => words.tokens(label).map((token) => token.form));
      const numbers = [...each.keys()].filter((number) => forms.some(each[number]));
      return { kind, path, label: labels[language] || Object.values(labels)[0] || "", count, numbers };
    });
  }

  /** Of these pages the topics, places and names, each with the mask of the releases that are filed under it. */
  const filing = (top) => Promise.all(top.filter(({ kind }) => FILED.has(kind))
    .map(async (page) => ({ ...page, has: await facets.having(page.kind, [page.path.replace(/^.*\//, "").replace(/\.html$/, "")]) })));

  /** Gives each term the forms of the other labels and aliases of what it names (`spellings`): by them a release is found as well, and in its
      text they are to be marked. */
  async function addSpellings(terms) {
    const units = terms.map((term) => term.unit);
    const asked = askedBy(units);
    const each = terms.map((term) => ({ term, asked: askedBy([term.unit]) }));
    await Promise.all(askedPages(units).map(async ([, , , labels, aliases]) => {
      const all = [...new Set([...Object.values(labels), ...aliases])];
      const [first] = words.tokens(all.find(asked));
      const { term } = each.find((one) => one.asked(first.form)) || each[0];
      const forms = await Promise.all(all.filter((label) => !asked(label)).slice(0, MOST_SPELLINGS).map(spellingForms));
      term.spellings = [...(term.spellings || []), ...forms.flat()];
    }));
  }

  /** The forms of a label to be marked: of one word all forms, of several the words in a row, the first with what is written as part of it. */
  async function spellingForms(label) {
    const tokens = words.tokens(label);
    if (!tokens.length || (tokens.length === 1 && ANY_WORD.test(tokens[0].form))) return [];
    const [first, ...rest] = phraseTokens(tokens);
    const { forms } = await index.formsOf(first.form, words.written(label.slice(first.start, first.end)));
    if (!rest.length && !first.cluster) return forms;
    const beginnings = forms.filter(({ form }) => form.endsWith(first.form));
    return beginnings.map(({ form }) => ({ form: "", phrase: [form, ...rest.map((token) => token.form)] }));
  }

  return { termOf, apart, maskOf, facetMask, referenceForms, topPages, filing, addSpellings, unitForms };
}

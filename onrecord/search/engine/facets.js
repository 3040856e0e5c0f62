/* Facets: which releases have which value, what is chosen, how many there are of each. */

function facetsOf(index, files) {
  const { catalogue, count } = index;

  /** A facet's values → {label, releases}; empty where no release has it. */
  function valuesOf(name) {
    return files.once(`facet ${name}`, async () => {
      const values = new Map();
      if (!catalogue.facets[name]) return values;
      for (const [value, label, gaps] of await files.json(catalogue.facets[name])) {
        let release = 0;
        values.set(value, { label, releases: Uint32Array.from(gaps, (gap) => (release += gap)) });
        if (pacer.due()) await pacer.pause();
      }
      return values;
    });
  }

  /** The releases that have one of some values, as a mask. */
  async function having(name, values) {
    const mask = new Uint8Array(count);
    const known = await valuesOf(name);
    for (const value of values) if (known.has(value)) for (const release of known.get(value).releases) mask[release] = 1;
    return mask;
  }

  /** The releases whose date can be in a range, as far as it is known: bounds "", "2012", "2012-02", "2012-02-08". A date in several years by
      its years, without months and days. */
  async function dated({ from, to, undated }) {
    const mask = new Uint8Array(count);
    const years = await valuesOf("year");
    for (const [year, { releases }] of years) {
      if (year === NOT_STATED) {
        if (undated) for (const release of releases) mask[release] = 1;
        continue;
      }
      if (!from && !to) continue;
      if ((from && year < from.slice(0, 4)) || (to && year > to.slice(0, 4))) continue;
      for (const release of releases) {
        const date = index.certainDates[release];
        if (!date.startsWith(year) || canBeIn(date, from, to)) mask[release] = 1;
      }
    }
    return mask;
  }

  function canBeIn(date, from, to) {
    const isEarlier = (a, b) => a.slice(0, b.length) < b.slice(0, a.length);
    return !(from && isEarlier(date, from)) && !(to && isEarlier(to, date));
  }

  /** For every release how many of the chosen facets it fails, and which alone if it is one. */
  async function failing(request) {
    const chosen = Object.keys(request.filters).filter((name) => request.filters[name].length);
    const masks = [];
    const ranged = Boolean(request.from || request.to || request.undated);
    for (const name of chosen) {
      if (name === "year" && ranged) continue;
      masks.push([name, await having(name, request.filters[name])]);
    }
    if (ranged) {
      const mask = await dated(request);
      if (chosen.includes("year")) {
        const years = await having("year", request.filters.year);
        for (let release = 0; release < count; release++) mask[release] &= years[release];
      }
      masks.push(["year", mask]);
    }
    const fails = new Uint8Array(count);
    const blame = new Int8Array(count).fill(-1);
    for (const [place, [, mask]] of masks.entries()) {
      for (let release = 0; release < count; release++) {
        if (mask[release]) continue;
        fails[release]++;
        blame[release] = place;
      }
      if (pacer.due()) await pacer.pause();
    }
    return { fails, blame, names: masks.map(([name]) => name) };
  }

  /** How many of some releases have each value of the wanted facets: {facet: {value: {label, count}}}. What is chosen of a facet does not
      narrow its own counts. `checks` is what `failing` gave. */
  async function counted(wanted, releases, { fails, blame, names }) {
    const counts = {};
    for (const name of wanted) {
      const of = counts[name] = {};
      const own = names.indexOf(name);
      const here = new Uint8Array(count);
      for (const release of releases) {
        if (fails[release] === 0 || (fails[release] === 1 && own >= 0 && blame[release] === own)) here[release] = 1;
      }
      for (const [value, { label, releases: having }] of await valuesOf(name)) {
        let number = 0;
        for (const release of having) number += here[release];
        if (number) of[value] = { label, count: number };
        if (pacer.due()) await pacer.pause();
      }
    }
    return counts;
  }

  /** Every value of a facet with its count in the whole archive. */
  async function whole(name) {
    const all = {};
    for (const [value, { label, releases }] of await valuesOf(name)) all[value] = { label, count: releases.length };
    return all;
  }

  /** The values of a facet whose label holds some words one after another, or whose slug is among `slugs`. */
  async function valuesNamed(name, forms, slugs) {
    const named = [];
    const wanted = ` ${forms.join(" ")} `;
    for (const [value, { label }] of await valuesOf(name)) {
      const spoken = label || (value === NOT_STATED ? "not stated" : value);
      if (slugs.has(value) || ` ${words.tokens(spoken).map((token) => token.form).join(" ")} `.includes(wanted)) named.push(value);
    }
    return named;
  }

  return { failing, counted, whole, valuesNamed, having };
}

/* Phrases: forms at consecutive positions, as they are, unstemmed. What they find has the shape of a word's lists. */

/** The lists of the exact form alone. */
async function exactLists(index, token) {
  const { forms } = await index.formsOf(token.form, "");
  const own = forms.find((form) => form.exact);
  return own ? own.lists : [];
}

/** The tokens of a phrase that are looked up. In a script without blanks the last character of a run at the phrase's end is already in the
    token before it; one alone stands for every token that begins with it. */
function phraseTokens(tokens) {
  const last = tokens[tokens.length - 1];
  const before = tokens[tokens.length - 2];
  const within = last.cluster && last.form === last.cluster && before && before.cluster && before.end === last.start;
  return within ? tokens.slice(0, -1) : tokens;
}

/** Where a phrase stands, as forms: [{form, exact, lists}], empty where nowhere. The positions are those of its first token. */
async function phraseForms(index, tokens) {
  const wanted = phraseTokens(tokens);
  if (wanted.length === 1) {
    const [token] = wanted;
    const lists = await exactLists(index, token);
    const own = lists.length ? [{ form: token.form, exact: true, lists }] : [];
    if (!token.cluster || token.form !== token.cluster) return own;
    return [...own, ...(await index.longerForms(token.form, 1)).map((form) => ({ ...form, exact: true }))];
  }
  const all = await Promise.all(wanted.map((token) => exactLists(index, token)));
  const joined = await phraseLists(all);
  return joined.length ? [{ form: "", exact: true, lists: joined, phrase: wanted.map((token) => token.form) }] : [];
}

/** The lists of the places where the words of `all` (for each of them its lists) stand one after another. */
async function phraseLists(all) {
  const byShard = all.map((lists) => new Map(lists.map((list) => [list.shard, list])));
  const standing = [];
  for (const { shard } of all[0]) {
    const lists = byShard.map((map) => map.get(shard));
    if (lists.some((list) => !list)) continue;
    const read = consecutive(lists.map(listOf));
    if (read.pages.length) standing.push({ shard, read });
    if (pacer.due()) await pacer.pause();
  }
  return standing;
}

/** The places of one shard where words stand one after another; `reads` are their lists in the order of the phrase. */
function consecutive(reads) {
  const rarest = reads.reduce((best, read, place) => (read.pages.length < reads[best].pages.length ? place : best), 0);
  const at = new Uint32Array(reads.length);
  const pages = [];
  const starts = [0];
  const places = [];
  for (const page of reads[rarest].pages) {
    let everywhere = true;
    for (let number = 0; number < reads.length && everywhere; number++) {
      at[number] = lowerBound(reads[number].pages, page, at[number], reads[number].pages.length);
      everywhere = reads[number].pages[at[number]] === page;
    }
    if (!everywhere) continue;
    const base = reads[rarest];
    const before = places.length;
    for (let number = base.starts[at[rarest]]; number < base.starts[at[rarest] + 1]; number++) {
      const first = base.places[number] - rarest;
      if (first >= 0 && reads.every((read, word) => stands(read, at[word], first + word))) places.push(first);
    }
    if (places.length > before) {
      pages.push(page);
      starts.push(places.length);
    }
  }
  return { pages: Uint32Array.from(pages), starts: Uint32Array.from(starts), places: Uint32Array.from(places) };
}

const stands = ({ starts, places }, page, place) => {
  const at = lowerBound(places, place, starts[page], starts[page + 1]);
  return at < starts[page + 1] && places[at] === place;
};

/** The first place from `low` on, before `high`, whose value is not below `value`. */
function lowerBound(values, value, low, high) {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

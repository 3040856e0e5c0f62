/* The order of what was found: first what was looked for by its reference, date, title or a long passage, then releases with all words,
   then those that lack the least. */

// Of the terms' idf, what a release must have to follow those that have all; and, where none has all, of what the best has.
const ENOUGH = 0.6;
const ENOUGH_OF_BEST = 0.5;
// A long query of which so much stands in the same order is a passage of the release.
const PASSAGE_TERMS = 8;
const PASSAGE_SHARE = 0.6;
// So many words are a sentence, in which some may be wrong; of those that are looked for, so many must stand where it has them.
const SENTENCE_WORDS = 7;
const SENTENCE_TERMS = 4;
const LEVELS = { reference: 7, "reference begins": 6, date: 5, mentioned: 4, "whole title": 3, title: 2, text: 1 };

/** Ranks the releases. `wanted`: {terms, allowed, references: [[releases, exact]], dates: releases, mentioned: releases, onlyDate, words, language}:
    `allowed` is a mask or null, `mentioned` are those whose text has the date, `words` how many words the query has with those left out.

    Gives {releases: in order, complete: mask, why: release → its reason}. */
async function ranked(index, wanted) {
  const { terms, allowed, language } = wanted;
  const may = (release) => !allowed || allowed[release] === 1;
  const complete = new Uint8Array(index.count);
  index.total();
  if (pacer.due()) await pacer.pause();
  const every = Array.from({ length: index.count }, (_, release) => release).filter(may);
  if (!terms.length) {
    // A number may be found as a reference where none of its parts is a word of the archive: then that is what was looked for.
    const why = new Map(wanted.references.flatMap(([releases]) => releases.filter(may).map((release) => [release, "reference"])));
    complete.fill(1);
    return { releases: inOrder(index, why.size ? [...why.keys()] : every, () => 0, language), complete, why };
  }
  const { score, share, full, titleShare } = await scored(index, terms);
  if (pacer.due()) await pacer.pause();
  let most = 0;
  let bestShare = 0;
  let any = false;
  for (const release of every) {
    most = Math.max(most, score[release]);
    bestShare = Math.max(bestShare, share[release]);
    if (full[release] === terms.length) {
      complete[release] = 1;
      any = true;
    }
  }
  const least = terms.length === 1 ? 0 : any ? ENOUGH : ENOUGH_OF_BEST * bestShare;
  const hits = every.filter((release) => complete[release] || (share[release] > 0 && share[release] >= least));
  if (pacer.due()) await pacer.pause();
  const levels = new Map();
  for (const [releases, exact] of wanted.references) {
    for (const release of releases) if (may(release) && !levels.has(release)) levels.set(release, exact ? "reference" : "reference begins");
  }
  const shares = (release) => Math.floor(share[release] * 32) / 32;
  const worth = (release) => (complete[release] ? 1 + (0.999 * score[release]) / most : 0.96 * shares(release) + (0.03 * score[release]) / most);
  const first = inOrder(index, hits, worth, language);
  if (pacer.due()) await pacer.pause();
  const looked = new Set([...first.slice(0, RERANKED), ...first.filter((release) => titleShare[release] > 0.999).slice(0, RERANKED)]);
  const sentence = wanted.words >= SENTENCE_WORDS && terms.length >= SENTENCE_TERMS;
  if (sentence) for (const release of await inRows(index, terms, may)) looked.add(release);
  const raised = new Map();
  const passages = new Map();
  for (const release of looked) {
    const closeness = nearness(index, terms, release, wanted.words);
    if (terms.length > 1) raised.set(release, score[release] * (1 + togetherness(closeness) + titleShare[release] ** 2 + closeness.title ** 2));
    const level = closeness.whole ? "whole title" : terms.length > 1 && closeness.title > 0.999 ? "title"
      : (terms.length >= PASSAGE_TERMS && Math.max(closeness.inOrder, closeness.title) >= PASSAGE_SHARE) || (sentence && closeness.inRow >= PASSAGE_SHARE) ? "text" : "";
    // Among releases that have a passage, the one that has more of it is meant, whatever words it has elsewhere.
    if (level === "text") passages.set(release, (closeness.inOrder + closeness.exact + closeness.inRow) / 3);
    if (level && !levels.has(release)) levels.set(release, level);
    if (pacer.due()) await pacer.pause();
  }
  if (wanted.onlyDate) for (const release of wanted.mentioned) if (may(release)) levels.set(release, "mentioned");
  // A date beside other words is what is meant where a release of that date has them all; a long text only happens to have one in it.
  const short = terms.length < PASSAGE_TERMS;
  for (const release of wanted.dates) if (may(release) && short && (wanted.onlyDate || complete[release])) levels.set(release, "date");
  const final = new Float32Array(score);
  for (const [release, value] of raised) final[release] = value;
  for (const value of raised.values()) most = Math.max(most, value);
  const listed = new Set(hits);
  for (const release of levels.keys()) if (!listed.has(release)) hits.push(release);
  const last = (release) => {
    const level = levels.has(release) ? 2 * LEVELS[levels.get(release)] : 0;
    if (levels.get(release) === "text") return level + 1.9 * passages.get(release) + (0.09 * final[release]) / most;
    return level + (complete[release] ? 1 + (0.999 * final[release]) / most : 0.96 * shares(release) + (0.03 * final[release]) / most);
  };
  const why = new Map();
  for (const [release, level] of levels) why.set(release, { "reference begins": "reference", "whole title": "title", mentioned: "" }[level] ?? level);
  return { releases: inOrder(index, hits, last, language), complete, why };
}

/** What it adds to a release that the words of the query stand in its text as they do in the query: all of them in a row above all. */
const togetherness = ({ inOrder: order, exact }) => 0.4 * order ** 2 + 0.6 * exact ** 2 + (exact > 0.999 ? 1 : 0);

/** Releases by date, those with all words before the others, undated ones last. `releases` in the order for equal dates. */
function byDate(index, releases, complete, newest) {
  const days = [...new Set(index.dates)].sort();
  const places = new Map(days.map((day, place) => [day, (place + 1) / (days.length + 1)]));
  const worth = (release) => {
    const date = index.dates[release];
    const place = places.get(date);
    return (complete[release] ? 4 : 0) + (date ? 2 + (newest ? place : 1 - place) : 0);
  };
  return inOrder(index, releases, worth, "");
}

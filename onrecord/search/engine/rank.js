/* Which releases answer best: BM25 over fields, agreement (all words, or all but the commonest), and how close together the words stand.

   BM25: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), 3.4 and 3.6 (fields). */

const K1 = 1.2;
const BODY_B = 0.6;
const TITLE_B = 0.4;
const FIELD_WEIGHTS = { title: 7, reference: 8, facts: 1.2 };
// What other forms of a word, and words that begin with one that is still typed, count of what it counts itself.
const OTHER_FORM = 0.75;
const LONGER_WORD = 0.3;
const MOST_IN_ROW = 4;
const RERANKED = 250;
// Words of a query that stand further apart are no neighbours.
const MOST_APART = 8;

/** Scores of all releases for some terms.

    A term: {forms: [{form, exact, longer, lists}], sets: [{releases, weight}], region: "" | "title" | "reference", at: [places in the query]}.
    Fills in each term's `mark` (2: the release has it; 1: only a longer word), `count` and `idf`. Returns {score, share, full, titleShare}:
    `share` is the part of the terms' idf that a release has, `full` the number of terms it has. */
async function scored(index, terms) {
  const { count } = index;
  const score = new Float32Array(count);
  const share = new Float32Array(count);
  const titleShare = new Float32Array(count);
  const full = new Uint8Array(count);
  const weight = new Float32Array(count);
  let total = 0;
  for (const term of terms) {
    term.mark = new Uint8Array(count);
    term.inTitle = new Uint8Array(count);
    const touched = [];
    for (const form of term.forms) {
      const quality = form.longer ? LONGER_WORD : form.exact ? 1 : OTHER_FORM;
      for (const list of form.lists) {
        addList(index, term, list, quality, form.longer && term.known ? 1 : 2, weight, touched);
        if (pacer.due()) await pacer.pause();
      }
    }
    for (const { releases, weight: more } of term.sets) {
      for (const release of releases) {
        if (!term.mark[release]) touched.push(release);
        term.mark[release] = 2;
        weight[release] += more;
      }
    }
    term.count = 0;
    for (const release of touched) if (term.mark[release] === 2) term.count++;
    const often = term.count || touched.length;
    term.idf = Math.log(1 + (count - often + 0.5) / (often + 0.5));
    total += term.idf;
    for (const release of touched) {
      const whole = term.mark[release] === 2;
      score[release] += (term.idf * weight[release] * (K1 + 1)) / (weight[release] + K1);
      share[release] += whole ? term.idf : term.idf / 2;
      if (whole) full[release]++;
      if (term.inTitle[release]) titleShare[release] += term.idf;
      weight[release] = 0;
    }
  }
  if (total > 0) {
    for (let release = 0; release < count; release++) {
      share[release] /= total;
      titleShare[release] /= total;
    }
  }
  return { score, share, full, titleShare };
}

/** Adds what one list says to the weights of its releases; those that had none are put into `touched`. */
function addList(index, term, list, quality, mark, weight, touched) {
  const { titleEnds, factsStarts, bodyStarts, bodyLengths, meanBody, meanTitle } = index;
  const { pages, starts, places } = listOf(list);
  const { start } = index.shards[list.shard];
  for (let number = 0; number < pages.length; number++) {
    const release = start + pages[number];
    let title = 0;
    let reference = 0;
    let facts = 0;
    let body = 0;
    for (let at = starts[number]; at < starts[number + 1]; at++) {
      const place = places[at];
      if (place >= bodyStarts[release]) {
        body = starts[number + 1] - at;
        break;
      }
      if (place < titleEnds[release]) title++;
      else if (place < factsStarts[release]) reference++;
      else facts++;
    }
    if (term.region === "title") reference = facts = body = 0;
    else if (term.region === "reference") title = facts = body = 0;
    const sum = (FIELD_WEIGHTS.title * title) / (1 - TITLE_B + (TITLE_B * titleEnds[release]) / meanTitle)
      + FIELD_WEIGHTS.reference * Math.min(reference, 1) + FIELD_WEIGHTS.facts * Math.min(facts, 2)
      + body / (1 - BODY_B + (BODY_B * bodyLengths[release]) / meanBody);
    if (!sum) continue;
    if (!term.mark[release]) touched.push(release);
    if (mark > term.mark[release]) term.mark[release] = mark;
    if (title && mark === 2) term.inTitle[release] = 1;
    weight[release] += quality * sum;
  }
}

/** Where the words of the terms stand in a release: [place, what it would be for the query's first word, idf, number of the term]. */
function standing(index, terms, release) {
  const shard = index.shardNumber(release);
  const page = release - index.shards[shard].start;
  const occurrences = [];
  terms.forEach((term, number) => {
    for (const { read, exact } of listsByShard(term).get(shard) || []) {
      const at = lowerBound(read.pages, page, 0, read.pages.length);
      if (read.pages[at] !== page) continue;
      for (let place = read.starts[at]; place < read.starts[at + 1]; place++) {
        for (const offset of term.at) occurrences.push({ place: read.places[place], diagonal: read.places[place] - offset, number, exact });
      }
    }
  });
  return occurrences.sort((a, b) => a.diagonal - b.diagonal || a.place - b.place);
}

function listsByShard(term) {
  if (term.byShard) return term.byShard;
  const byShard = new Map();
  for (const form of term.forms) {
    if (form.longer && term.known) continue;
    for (const list of form.lists) {
      if (!byShard.has(list.shard)) byShard.set(list.shard, []);
      byShard.get(list.shard).push({ read: listOf(list), exact: form.exact });
    }
  }
  term.byShard = byShard;
  return byShard;
}

/** What a term weighs where words stand in a row: a slip of a scanned text is as rare as a name, and must not outweigh the words around it. */
const inRow = (term) => Math.min(term.idf, MOST_IN_ROW);

/** Releases in which neighbouring words of the query stand as far apart as there, those with most of it first, at most RERANKED. */
async function inRows(index, terms, may) {
  const places = terms.flatMap((term) => term.at.map((at) => ({ at, term }))).sort((a, b) => a.at - b.at);
  const rows = new Float32Array(index.count);
  for (const [number, right] of places.entries()) {
    const left = places[number - 1];
    if (!left || left.term === right.term || right.at - left.at > MOST_APART) continue;
    const weight = 1 + inRow(left.term) + inRow(right.term);
    for (const shard of listsByShard(left.term).keys()) {
      for (const page of apart(exactReads(left.term, shard), exactReads(right.term, shard), right.at - left.at)) rows[index.shards[shard].start + page] += weight;
      if (pacer.due()) await pacer.pause();
    }
  }
  const found = [];
  rows.forEach((row, release) => {
    if (row > 0 && may(release)) found.push(release);
  });
  return found.sort((a, b) => rows[b] - rows[a] || a - b).slice(0, RERANKED);
}

const exactReads = (term, shard) => (listsByShard(term).get(shard) || []).filter(({ exact }) => exact).map(({ read }) => read);

/** The releases of a shard in which a word of `lefts` stands `gap` places before one of `rights`. */
function apart(lefts, rights, gap) {
  const pages = new Set();
  for (const left of lefts) {
    for (const right of rights) {
      let other = 0;
      for (let number = 0; number < left.pages.length; number++) {
        other = lowerBound(right.pages, left.pages[number], other, right.pages.length);
        if (other === right.pages.length) break;
        if (right.pages[other] !== left.pages[number]) continue;
        let at = right.starts[other];
        const end = right.starts[other + 1];
        for (let place = left.starts[number]; place < left.starts[number + 1] && at < end; place++) {
          while (at < end && right.places[at] < left.places[place] + gap) at++;
          if (at === end || right.places[at] !== left.places[place] + gap) continue;
          pages.add(left.pages[number]);
          break;
        }
      }
    }
  }
  return pages;
}

/** The largest part of the terms' weight that stands within `width` places of where the query would have it. `places` are as `standing` gives
    them, of one region. */
function aligned(places, terms, width, weightOf = inRow) {
  const total = terms.reduce((sum, term) => sum + weightOf(term), 0);
  const counts = new Uint16Array(terms.length);
  let sum = 0;
  let best = 0;
  let low = 0;
  for (const occurrence of places) {
    if (counts[occurrence.number]++ === 0) sum += weightOf(terms[occurrence.number]);
    while (occurrence.diagonal - places[low].diagonal > width) {
      if (--counts[places[low].number] === 0) sum -= weightOf(terms[places[low].number]);
      low++;
    }
    if (sum > best) best = sum;
  }
  return total > 0 ? best / total : 0;
}

/** How near the words of a query stand in a release: {title: 0 to 1, whole: is the title nothing else, exact, inOrder: 0 to 1 in its text,
    inRow: the part of the words that stands where the query would have them, each word worth the same}. */
function nearness(index, terms, release, words) {
  const places = standing(index, terms, release);
  const end = index.titleEnds[release];
  const inTitle = places.filter(({ place }) => place < end);
  const inBody = places.filter(({ place }) => place >= index.bodyStarts[release]);
  const title = aligned(inTitle, terms, 0);
  return {
    title,
    whole: title > 0.999 && end <= words,
    exact: aligned(inBody, terms, 0),
    inRow: Math.max(aligned(inBody, terms, 0, () => 1), aligned(inTitle, terms, 0, () => 1)),
    inOrder: aligned(inBody, terms, terms.length > 5 ? Math.ceil(terms.length / 4) + 2 : 4),
  };
}

/** Numbers of releases, best first, by keys that are rising: a release's place among all is kept in the low bits of its key, so that equal ones
    have an order, releases in the reader's language first. `worth(release)` is from 0 to below 16. */
function inOrder(index, releases, worth, language) {
  const { places, placed } = index.total();
  const room = 2 ** Math.ceil(Math.log2(index.count + 1));
  const steps = 2 ** Math.floor(52 - Math.log2(room) - 5);
  const foreign = index.shards.map((shard) => (language && primary(shard.language) !== language ? room : 0));
  const keys = new Float64Array(releases.length);
  releases.forEach((release, place) => {
    keys[place] = -Math.floor(worth(release) * steps) * 2 * room + foreign[index.shardNumber(release)] + places[release];
  });
  keys.sort();
  return Array.from(keys, (key) => placed[((key % room) + room) % room]);
}

/* A result as it is shown: its title, its reference and passages of its text as runs [text, marked], verbatim. */

const PASSAGE = 32; // words
const PASSAGES = 3;
const MARKS = 12;
const SHORT = 8; // words: what has fewer is a heading, a dateline, a place's name
const PARTS = 400; // matches of a paragraph that are looked at for its best passages

/** What is to be marked: forms of words, and phrases as lists of forms. Made from the terms of a query. */
function marker(terms) {
  const forms = new Map();
  const phrases = [];
  terms.forEach((term, number) => {
    for (const form of [...term.forms, ...(term.spellings || [])]) {
      if (form.phrase) phrases.push({ forms: form.phrase, number });
      else if (form.form && !forms.has(form.form)) forms.set(form.form, number);
    }
  });
  return { forms, phrases, terms };
}

/** Marks of one sequence of tokens as a whole: a reference as it was typed. */
function sequenceMarker(tokens, term) {
  return { forms: new Map(), phrases: [{ forms: tokens.map((token) => token.form), number: 0 }], terms: [term] };
}

/** The matches in some tokens: [{first, last, end, number}], numbers of tokens, rising; `end` is where the mark ends in the text. */
function matchesIn(tokens, { forms, phrases, terms }) {
  const matches = [];
  const beginnings = new Map();
  for (const phrase of phrases) {
    if (!beginnings.has(phrase.forms[0])) beginnings.set(phrase.forms[0], []);
    beginnings.get(phrase.forms[0]).push(phrase);
  }
  // In a script without blanks a token's form is its character and the next one: both are marked where both were asked for.
  const endOf = (place, form) => {
    const token = tokens[place];
    return token.cluster && form.length > token.cluster.length && tokens[place + 1] ? tokens[place + 1].end : token.end;
  };
  tokens.forEach((token, place) => {
    for (const phrase of beginnings.get(token.form) || []) {
      const last = place + phrase.forms.length - 1;
      if (last < tokens.length && phrase.forms.every((form, offset) => tokens[place + offset].form === form)) {
        matches.push({ first: place, last, end: endOf(last, phrase.forms[phrase.forms.length - 1]), number: phrase.number });
      }
    }
    const number = forms.get(token.form);
    if (number !== undefined) {
      const asked = terms[number].unit && terms[number].unit.tokens[0];
      matches.push({ first: place, last: place, end: asked && asked.cluster && asked.form !== asked.cluster ? endOf(place, token.form) : token.end, number });
      return;
    }
    for (const alias of token.aliases) {
      if (!forms.has(alias)) continue;
      let last = place;
      for (let joined = token.form; joined !== alias && tokens[last + 1] && tokens[last + 1].linked; joined += tokens[last].form) last++;
      matches.push({ first: place, last, end: tokens[last].end, number: forms.get(alias) });
      return;
    }
  });
  return matches;
}

/** A part of a text as runs, its matches marked. */
function runsOf(text, start, end, tokens, matches) {
  const runs = [];
  const push = (part, marked) => {
    if (!part) return;
    const last = runs[runs.length - 1];
    if (last && last[1] === marked) last[0] += part;
    else runs.push([part, marked]);
  };
  let at = start;
  for (const match of matches) {
    const from = Math.max(at, tokens[match.first].start);
    const to = Math.min(end, match.end);
    if (to <= from) continue;
    push(text.slice(at, from), false);
    push(text.slice(from, to), true);
    at = to;
  }
  push(text.slice(at, end), false);
  return runs;
}

/** The passage of a paragraph from token `left` to before token `right`, with the signs that belong to its first and last word. */
function passageRuns({ text, tokens, matches }, left, right) {
  if (!tokens.length) return runsOf(text, 0, text.length, tokens, []);
  let start = left > 0 ? tokens[left].start : 0;
  let end = right < tokens.length ? tokens[right - 1].end : text.length;
  if (left > 0) while (start > tokens[left - 1].end && !/\s/u.test(text[start - 1])) start--;
  if (right < tokens.length) while (end < tokens[right].start && !/\s/u.test(text[end])) end++;
  const runs = runsOf(text, start, end, tokens, matches.filter((match) => match.first >= left && match.first < right));
  if (left > 0) {
    if (runs[0][1]) runs.unshift(["… ", false]);
    else runs[0][0] = `… ${runs[0][0]}`;
  }
  if (right < tokens.length) {
    const last = runs[runs.length - 1];
    if (last[1]) runs.push([" …", false]);
    else last[0] += " …";
  }
  return runs;
}

/** The best passages of a paragraph: [{value, left, right, numbers}], none of which overlap. */
function passagesOf(paragraph, terms) {
  const { tokens, matches } = paragraph;
  const clusters = matches.length > 0 && tokens.filter((token) => token.cluster).length > tokens.length / 2;
  const width = clusters ? 2 * PASSAGE : PASSAGE;
  if (tokens.length <= width + 8) return matches.length ? [{ left: 0, right: tokens.length, ...worthOf(matches, terms) }] : [];
  const candidates = [];
  for (const match of matches.slice(0, PARTS)) {
    const left = Math.max(0, Math.min(match.first - 6, tokens.length - width));
    const right = Math.min(tokens.length, left + width);
    candidates.push({ left, right, ...worthOf(matches.filter((other) => other.first >= left && other.last < right), terms) });
  }
  candidates.sort((a, b) => b.value - a.value || a.left - b.left);
  const chosen = [];
  for (const candidate of candidates) {
    if (chosen.length === PASSAGES) break;
    if (chosen.every((other) => candidate.left >= other.right || candidate.right <= other.left)) chosen.push(candidate);
  }
  return chosen;
}

/** What some matches are worth: above all how much of the query they cover, then how many follow one another as words do. */
function worthOf(matches, terms) {
  const numbers = new Set();
  let sum = 0;
  let next = 0;
  matches.forEach((match, place) => {
    if (!numbers.has(match.number)) sum += 1 + (terms[match.number].idf || 0);
    numbers.add(match.number);
    const before = matches[place - 1];
    if (before && before.number !== match.number && match.first - before.last <= 2) next += 1;
  });
  return { value: 10 * sum + 4 * Math.min(next, 12) + Math.min(matches.length, 12), numbers };
}

/** The paragraphs of a text, tokenised: [{id, text, tokens, matches}]. */
async function marked(paragraphs, mark) {
  const read = [];
  for (const [id, text] of paragraphs) {
    const tokens = words.tokens(text);
    read.push({ id, text, tokens, matches: matchesIn(tokens, mark) });
    if (pacer.due()) await pacer.pause();
  }
  return read;
}

/** Up to three passages, in the order of the text; the text's beginning where nothing of it matches. A short paragraph comes after the others,
    and only for words that they have not. */
function bestPassages(paragraphs, terms) {
  const all = paragraphs.flatMap((paragraph, place) => passagesOf(paragraph, terms).map((passage) => ({ ...passage, paragraph, place })));
  const isShort = ({ paragraph }) => paragraph.tokens.length < SHORT;
  all.sort((a, b) => isShort(a) - isShort(b) || b.value - a.value || a.place - b.place || a.left - b.left);
  const chosen = [];
  const covered = new Set();
  for (const passage of all) {
    if (chosen.length === PASSAGES) break;
    const adds = [...passage.numbers].some((number) => !covered.has(number));
    if (chosen.length && !adds && (isShort(passage) || passage.value < all[0].value / 3)) continue;
    chosen.push(passage);
    for (const number of passage.numbers) covered.add(number);
  }
  if (!chosen.length) {
    // A heading or a place's name says less than the first paragraph.
    const paragraph = paragraphs.find(({ tokens }) => tokens.length >= SHORT) || paragraphs.find(({ tokens }) => tokens.length);
    return paragraph ? [{ id: paragraph.id, runs: passageRuns(paragraph, 0, Math.min(PASSAGE, paragraph.tokens.length)) }] : [];
  }
  chosen.sort((a, b) => a.place - b.place || a.left - b.left);
  return chosen.map(({ paragraph, left, right }) => ({ id: paragraph.id, runs: passageRuns(paragraph, left, right) }));
}

/** A short text (a title, a reference) as runs. */
function markedRuns(text, mark) {
  const tokens = words.tokens(text);
  return runsOf(text, 0, text.length, tokens, matchesIn(tokens, mark));
}

/** A reference as runs, with the part marked that a number stands for, however either is punctuated. */
function referenceRuns(text, number) {
  const tokens = words.tokens(text);
  for (let first = 0; first < tokens.length; first++) {
    let joined = "";
    for (let last = first; last < tokens.length && joined.length < number.length; last++) {
      joined += tokens[last].form;
      if (joined.startsWith(number)) return runsOf(text, 0, text.length, tokens, [{ first, last, end: tokens[last].end, number: 0 }]);
    }
  }
  return null;
}

/** A result. `query`: {terms, why, number, tokens, filed}: `number` is the reference that was asked for as one word, or "", `filed` are the pages
    of topics, places and names that were asked for. The result has those of them by which alone it has one of the words. */
async function resultOf(index, release, query) {
  const { path, language, meta, paragraphs } = await index.text(release);
  const { terms, why, number, tokens, filed } = query;
  const mark = why === "reference" ? sequenceMarker(tokens, terms[0] || { idf: 1 }) : marker(terms);
  const read = await marked(paragraphs, mark);
  const marks = new Set();
  const note = (text, of, matches) => {
    for (const match of matches) if (marks.size < MARKS) marks.add(text.slice(of[match.first].start, match.end).toLowerCase());
  };
  for (const paragraph of read) note(paragraph.text, paragraph.tokens, paragraph.matches);
  const reference = meta.reference || "";
  const title = markedRuns(meta.title || "", mark);
  const referenceAsRuns = (number && referenceRuns(reference, number)) || markedRuns(reference, mark);
  const seen = new Set(read.flatMap(({ matches }) => matches.map((match) => match.number)));
  for (const text of [meta.title, reference]) for (const match of matchesIn(words.tokens(text || ""), mark)) seen.add(match.number);
  for (const [text, isMarked] of [...title, ...referenceAsRuns]) if (isMarked && marks.size < MARKS) marks.add(text.toLowerCase());
  return {
    path,
    language: language || index.languageOf(release),
    meta,
    title,
    reference: referenceAsRuns,
    why,
    missing: terms.filter((term) => term.mark[release] !== 2).map((term) => term.typed),
    filed: why === "reference" ? [] : filed
      .filter(({ has, numbers }) => has[release] && numbers.some((one) => terms[one].mark[release] === 2 && !seen.has(one)))
      .map(({ kind, label }) => ({ kind, label })),
    marks: [...marks],
    passages: bestPassages(read, mark.terms),
  };
}

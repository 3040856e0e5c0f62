/* Spelling: the words of the archive nearest to one it has not, or hardly has. */

// A word that so few releases have may be a misspelling; what is suggested for it is so many times as frequent.
const RARE = 2;
const MORE_FREQUENT = 12;

/** The optimal string alignment distance of two words (insertions, deletions, substitutions, neighbours exchanged), up to `most`; beyond it
    `most + 1`. Only the cells within `most` of the diagonal are filled in. */
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  const width = b.length + 1;
  let before = new Uint8Array(width).fill(most + 1);
  let last = Uint8Array.from({ length: width }, (_, place) => Math.min(place, most + 1));
  let row = new Uint8Array(width);
  for (let i = 1; i <= a.length; i++) {
    row.fill(most + 1);
    if (i <= most) row[0] = i;
    let least = row[0];
    for (let j = Math.max(1, i - most); j <= Math.min(b.length, i + most); j++) {
      let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
      row[j] = Math.min(cost, most + 1);
      if (row[j] < least) least = row[j];
    }
    if (least > most) return most + 1;
    [before, last, row] = [last, row, before];
  }
  return last[b.length];
}

/** A word's letters as a set of 32 bits. Each slip changes at most two of them. */
function lettersOf(word) {
  let bits = 0;
  for (let place = 0; place < word.length; place++) bits |= 1 << (word.charCodeAt(place) & 31);
  return bits;
}

function bitsIn(number) {
  let bits = number - ((number >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

function spellingOf(index, files) {
  /** The forms of a language: {forms, counts, letters, cases, written}. */
  function vocabularyOf(language) {
    return files.once(`vocabulary ${language}`, async () => {
      const { forms: joined, counts, cases, written } = await files.json(index.catalogue.vocabulary[language]);
      const forms = joined ? joined.split(" ") : [];
      const letters = new Int32Array(forms.length);
      for (let place = 0; place < forms.length; place++) {
        letters[place] = lettersOf(forms[place]);
        if (place % 4096 === 0 && pacer.due()) await pacer.pause();
      }
      return { forms, counts, letters, cases, written };
    });
  }

  const inCase = ({ forms, cases, written }, place) => {
    const form = forms[place];
    return [form, form.slice(0, 1).toUpperCase() + form.slice(1), form.toUpperCase(), written[form] || form][Number(cases[place])] || form;
  };

  /** The languages whose words a form is compared with: those written in its script, then "", then the others. */
  function languagesFor(form) {
    const scripts = words.scripts(form);
    const all = Object.keys(index.catalogue.vocabulary);
    const likely = all.filter((language) => TABLES.stemmers[language] && scripts.includes(TABLES.stemmers[language][1]));
    return [...likely, "", ...all.filter((language) => !likely.includes(language))];
  }

  /** The word of the archive that a form was most likely meant to be: {form, written, count}, or null. `count` is how many releases have the
      form itself: where it has any, what is suggested is far more frequent and no other form of the same word. */
  async function nearest(form, count) {
    if ([...form].length < (count ? 5 : 4) || /^\d+$/.test(form)) return null;
    const most = form.length < 6 ? 1 : 2;
    const letters = lettersOf(form);
    const own = new Set(index.keysOf(form, "").keys());
    let best = null;
    for (const language of languagesFor(form)) {
      // Languages of another script have few words of this one: their lists are read where the others have nothing.
      if (!language) {
        if (best) break;
        continue;
      }
      const vocabulary = await vocabularyOf(language);
      const { forms, counts, letters: sets } = vocabulary;
      for (let place = 0; place < forms.length; place++) {
        const other = forms[place];
        if (Math.abs(other.length - form.length) > most || bitsIn(sets[place] ^ letters) > 2 * most) continue;
        if (count && counts[place] < MORE_FREQUENT * count) continue;
        const far = distance(form, other, most);
        if (far === 0 || far > most || (count && far > 1 && (form.length < 10 || other[0] !== form[0]))) continue;
        // A slip at the beginning is rare; a far more frequent word outweighs most of a second slip.
        const cost = far + (other[0] === form[0] ? 0 : 0.5) - 0.25 * Math.log10(1 + counts[place]);
        if (best && (cost > best.cost || (cost === best.cost && compared(other, best.form) >= 0))) continue;
        if (count && [...index.keysOf(other, "").keys()].some((key) => own.has(key))) continue;
        best = { form: other, written: inCase(vocabulary, place), count: counts[place], cost };
      }
      if (pacer.due()) await pacer.pause();
    }
    return best;
  }

  return { nearest };
}

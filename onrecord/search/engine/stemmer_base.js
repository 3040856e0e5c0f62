/* What the translated stemmers stand on (stemmers.py): a string with a cursor, limits, and the slice between `bra` and `ket`. The names
   are those of Snowball's run-time, for the translated methods call them (https://snowballstem.org/runtime/use.html). */

class SnowballStemmer {
  /** Endings (or beginnings) by their text: [text, result] or [text, result, name of a method that must agree]. */
  static among(entries) {
    const table = new Map(entries.map((entry) => [entry[0], entry]));
    return { table, longest: Math.max(...entries.map((entry) => entry[0].length)) };
  }

  /** The stem of a word. The word is folded and of characters below U+10000. */
  stemWord(word) {
    this.current = word;
    this.cursor = 0;
    this.limit = word.length;
    this.limit_backward = 0;
    this.bra = 0;
    this.ket = word.length;
    this.reset();
    this._stem();
    return this.current;
  }

  in_grouping(letters) {
    if (this.cursor >= this.limit || !letters.has(this.current[this.cursor])) return false;
    this.cursor++;
    return true;
  }

  out_grouping(letters) {
    if (this.cursor >= this.limit || letters.has(this.current[this.cursor])) return false;
    this.cursor++;
    return true;
  }

  in_grouping_b(letters) {
    if (this.cursor <= this.limit_backward || !letters.has(this.current[this.cursor - 1])) return false;
    this.cursor--;
    return true;
  }

  out_grouping_b(letters) {
    if (this.cursor <= this.limit_backward || letters.has(this.current[this.cursor - 1])) return false;
    this.cursor--;
    return true;
  }

  /** Goes over letters that are in the group; true where one stops that is not. The others of this kind likewise. */
  go_in_grouping(letters) {
    while (this.cursor < this.limit && letters.has(this.current[this.cursor])) this.cursor++;
    return this.cursor < this.limit;
  }

  go_out_grouping(letters) {
    while (this.cursor < this.limit && !letters.has(this.current[this.cursor])) this.cursor++;
    return this.cursor < this.limit;
  }

  go_in_grouping_b(letters) {
    while (this.cursor > this.limit_backward && letters.has(this.current[this.cursor - 1])) this.cursor--;
    return this.cursor > this.limit_backward;
  }

  go_out_grouping_b(letters) {
    while (this.cursor > this.limit_backward && !letters.has(this.current[this.cursor - 1])) this.cursor--;
    return this.cursor > this.limit_backward;
  }

  eq_s(text) {
    const end = this.cursor + text.length;
    if (end > this.limit || !this.current.startsWith(text, this.cursor)) return false;
    this.cursor = end;
    return true;
  }

  eq_s_b(text) {
    const start = this.cursor - text.length;
    if (start < this.limit_backward || !this.current.startsWith(text, start)) return false;
    this.cursor = start;
    return true;
  }

  /** The result of the longest entry that stands at the cursor and whose method, if it has one, agrees; 0 where there is none. */
  find_among({ table, longest }) {
    const start = this.cursor;
    for (let length = Math.min(longest, this.limit - start); length >= 0; length--) {
      const entry = table.get(this.current.slice(start, start + length));
      if (entry === undefined) continue;
      this.cursor = start + length;
      if (entry.length < 3) return entry[1];
      const agrees = this[entry[2]]();
      this.cursor = start + length;
      if (agrees) return entry[1];
    }
    return 0;
  }

  /** The same backwards from the cursor. */
  find_among_b({ table, longest }) {
    const end = this.cursor;
    for (let length = Math.min(longest, end - this.limit_backward); length >= 0; length--) {
      const entry = table.get(this.current.slice(end - length, end));
      if (entry === undefined) continue;
      this.cursor = end - length;
      if (entry.length < 3) return entry[1];
      const agrees = this[entry[2]]();
      this.cursor = end - length;
      if (agrees) return entry[1];
    }
    return 0;
  }

  replace(start, end, text) {
    const longer = text.length - (end - start);
    this.current = this.current.slice(0, start) + text + this.current.slice(end);
    this.limit += longer;
    if (this.cursor >= end) this.cursor += longer;
    else if (this.cursor > start) this.cursor = start;
    return longer;
  }

  slice_from(text) {
    this.replace(this.bra, this.ket, text);
    this.ket = this.bra + text.length;
  }

  slice_del() {
    this.slice_from("");
  }

  slice_to() {
    return this.current.slice(this.bra, this.ket);
  }

  insert(start, end, text) {
    const longer = this.replace(start, end, text);
    if (start <= this.bra) this.bra += longer;
    if (start <= this.ket) this.ket += longer;
  }
}

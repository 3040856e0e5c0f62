/* Where words stand: a range of keys as the build writes it (`words/<digest>`), and the lists in it.

   A range is JSON: [[key, [[form, [[shard, [page gap, count, position, position gap, …, page gap, …]], …]], …], terms], …]. The lists of a
   frequent word are millions of figures, so the text is not parsed as a whole: keys and forms are read, and a list when it is asked for,
   from the bytes into typed arrays. */

const [COMMA, OPEN, CLOSE, QUOTE, BACKSLASH] = [0x2c, 0x5b, 0x5d, 0x22, 0x5c];

/** Reads JSON bytes forwards. Every method begins at the first byte of what it reads and leaves `at` behind it. */
function jsonCursor(bytes) {
  const decoder = new TextDecoder();
  const self = {
    at: 0,
    /** Steps over a sign that must be there. */
    expect(sign) {
      if (bytes[self.at] !== sign) throw new Error(`a range of words is damaged at byte ${self.at}`);
      self.at++;
    },
    /** After an item of a list: true where another follows, and false behind the list's end. */
    another() {
      if (bytes[self.at] === COMMA) {
        self.at++;
        return true;
      }
      self.expect(CLOSE);
      return false;
    },
    /** Behind the `[` of a list: true where the list is empty, its end then behind us. */
    empty() {
      if (bytes[self.at] !== CLOSE) return false;
      self.at++;
      return true;
    },
    text() {
      const start = self.at;
      self.skipText();
      const raw = decoder.decode(bytes.subarray(start, self.at));
      return raw.includes("\\") ? JSON.parse(raw) : raw.slice(1, -1);
    },
    number() {
      let value = 0;
      let digit;
      while ((digit = bytes[self.at] - 48) >= 0 && digit <= 9) {
        value = value * 10 + digit;
        self.at++;
      }
      return value;
    },
    skipText() {
      self.expect(QUOTE);
      while (bytes[self.at] !== QUOTE) self.at += bytes[self.at] === BACKSLASH ? 2 : 1;
      self.at++;
    },
    /** Steps over a list or object, whatever is in it. */
    skip() {
      let depth = 0;
      do {
        const byte = bytes[self.at];
        if (byte === undefined) throw new Error("a range of words ends too early");
        if (byte === QUOTE) {
          self.skipText();
          continue;
        }
        if (byte === OPEN || byte === 0x7b) depth++;
        else if (byte === CLOSE || byte === 0x7d) depth--;
        self.at++;
      } while (depth > 0);
    },
  };
  return self;
}

/** The keys of a range in order: [{key, forms: [{form, lists: [{shard, start}]}], terms: bytes of JSON}]. */
function rangeOf(bytes) {
  const from = jsonCursor(bytes);
  const entries = [];
  from.expect(OPEN);
  if (from.empty()) return entries;
  do {
    from.expect(OPEN);
    const entry = { key: from.text(), forms: [], terms: null };
    from.expect(COMMA);
    from.expect(OPEN);
    if (!from.empty()) {
      do {
        from.expect(OPEN);
        const form = { form: from.text(), lists: [] };
        from.expect(COMMA);
        from.expect(OPEN);
        if (!from.empty()) {
          do {
            from.expect(OPEN);
            const shard = from.number();
            from.expect(COMMA);
            form.lists.push({ shard, bytes, start: from.at });
            from.at = bytes.indexOf(CLOSE, from.at) + 1;
            from.expect(CLOSE);
          } while (from.another());
        }
        from.expect(CLOSE);
        entry.forms.push(form);
      } while (from.another());
    }
    if (bytes[from.at] === COMMA) {
      from.at++;
      const start = from.at;
      from.skip();
      if (from.at - start > 2) entry.terms = bytes.subarray(start, from.at);
    }
    from.expect(CLOSE);
    entries.push(entry);
  } while (from.another());
  return entries;
}

/** One list as {pages, starts, places}: releases of the shard rising, and where the positions of each begin in `places`. */
function listOf(list) {
  if (list.read) return list.read;
  const { bytes } = list;
  const end = bytes.indexOf(CLOSE, list.start);
  let figures = 1;
  for (let at = list.start; at < end; at++) if (bytes[at] === COMMA) figures++;
  const pages = new Uint32Array(figures >> 1);
  const starts = new Uint32Array((figures >> 1) + 1);
  const places = new Uint32Array(figures);
  let at = list.start + 1;
  const next = () => {
    let value = 0;
    let digit;
    while ((digit = bytes[at] - 48) >= 0 && digit <= 9) {
      value = value * 10 + digit;
      at++;
    }
    at++;
    return value;
  };
  let count = 0;
  let filled = 0;
  let page = 0;
  while (at < end) {
    page += next();
    pages[count] = page;
    starts[count++] = filled;
    let place = 0;
    for (let left = next(); left > 0; left--) places[filled++] = place += next();
  }
  starts[count] = filled;
  list.read = { pages: pages.slice(0, count), starts: starts.slice(0, count + 1), places: places.slice(0, filled) };
  return list.read;
}

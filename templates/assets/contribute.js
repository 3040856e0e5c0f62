/* The form of the page "Add a release": writes the file of a record, says what is missing, and hands it over. It sends nothing and stores
   nothing. Words, fields and rules come from the page (#contribute-data), the vocabularies from contribute-terms.js; everything is set
   as text, never as HTML. What slug, quoted and parsed do is what onrecord/slugs.py, schema.py and dates.py do; what a person writes of
   dates and languages is understood by contribute-read.js. */
(function () {
  "use strict";

  const $ = (id) => document.getElementById(id);
  const form = $("form");
  const data = JSON.parse($("contribute-data").textContent);
  const words = data.words;
  const terms = window.onrecordTerms || {};
  const numbers = new Intl.NumberFormat(data.dates.locale);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const key of Object.keys(attributes || {})) made.setAttribute(key, attributes[key]);
    made.append(...children);
    return made;
  }

  // ---- texts -----------------------------------------------------------------------------------------------------------------------

  // What Python's str.strip takes for space; JavaScript's \s knows others.
  const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const AROUND = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g");
  const BEHIND = new RegExp(`[${SPACE}]+$`);
  const FILLED = new RegExp(`[^${SPACE}]`);
  const HIDDEN = new RegExp(data.hidden);
  const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|\p{Cs}/u;
  const TAG = new RegExp(`^(?:${data.tag})$`);
  const bytes = (text) => new TextEncoder().encode(text).length;
  const trimmed = (text) => text.replace(AROUND, "");

  /** A text as a double-quoted YAML scalar on one line. */
  function quoted(text) {
    let out = "";
    for (const char of text) {
      const code = char.codePointAt(0);
      const escape = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r" }[char];
      if (escape) out += escape;
      else if (code < 0x20 || (code >= 0x7f && code <= 0x9f) || code === 0x2028 || code === 0x2029 || code === 0xfeff) {
        out += `\\u${code.toString(16).padStart(4, "0")}`;
      } else out += char;
    }
    return `"${out}"`;
  }

  /** The slug of a text: letters and digits of any script, joined by hyphens, at most 120 bytes. */
  function slug(text) {
    let kept = "";
    for (const char of text.normalize("NFC").toLowerCase()) {
      if (/[\p{L}\p{M}\p{N}]/u.test(char)) kept += char;
      else if (!"'’‘ʿʾʼʻ`´".includes(char)) kept += "-";
    }
    let joined = kept.normalize("NFC").replace(/-+/g, "-").replace(/^-|-$/g, "");
    while (bytes(joined) > 120) {
      const at = joined.lastIndexOf("-");
      if (at > 0) joined = joined.slice(0, at);
      else {
        const chars = [...joined];
        while (bytes(chars.join("")) > 120) chars.pop();
        joined = chars.join("");
      }
    }
    return joined;
  }

  // ---- dates (EDTF) ----------------------------------------------------------------------------------------------------------------

  class NotADate extends Error {}
  const bad = (key, values) => new NotADate(fill(words[key], values));
  const leap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const daysOf = (year, month) => [31, leap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  const two = (number) => String(number).padStart(2, "0");
  const four = (number) => String(number).padStart(4, "0");
  const day = (year, month, date) => `${four(year)}-${two(month)}-${two(date)}`;
  const monthName = (month, besideDay) => (besideDay ? data.dates.months : data.dates.monthsAlone)[month - 1];

  /** What an EDTF text means, with the days it can mean as ISO 8601. Throws NotADate. */
  function parsed(text) {
    let found = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(Z|[+-]\d{2}(?::\d{2})?)?$/.exec(text);
    if (found) return moment(text, found);
    found = /^([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?([~?%]?)$/.exec(text);
    if (found) return simple(text, found[1], found[2] || "", found[3] || "", found[4]);
    if ((text.match(/\//g) || []).length === 1) return interval(text);
    found = /^Y(-?[1-9]\d{4,11})$/.exec(text);
    if (found) return { text, year: Number(found[1]) };
    found = /^(-\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)$/.exec(text);
    if (found && found[1] !== "-0000") {
      const date = { text, year: Number(found[1]), month: Number(found[2]) || 0, day: Number(found[3]) || 0, mark: found[4] };
      if (found[2]) span(text, 2000, Number(found[2]), found[3] && Number(found[3]));
      return date;
    }
    throw bad(...why(text));
  }

  function why(text) {
    const found = /^(\d{4})(\d{2})(\d{2})$/.exec(text) || /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
    if (found) {
      const [year, month, date] = found.slice(1).map(Number);
      if (year && month >= 1 && month <= 12 && date >= 1 && date <= daysOf(year, month)) {
        return ["other-date", { text, date: day(year, month, date) }];
      }
    }
    return ["bad-date", { text }];
  }

  /** First and last day of a year, month or day; none where the year is 0. */
  function span(text, year, month, date) {
    if (month !== undefined && month !== "" && (month < 1 || month > 12)) throw bad("no-month", { text, month: two(month) });
    if (date !== undefined && date !== "") {
      const days = daysOf(year || 2000, month);
      if (date < 1 || date > days) throw bad("no-day", { text, month: `${monthName(month)} ${year}`, days });
    }
    if (!year) return {};
    return { earliest: day(year, month || 1, date || 1), latest: day(year, month || 12, date || daysOf(year, month || 12)) };
  }

  function simple(text, years, months, days, mark) {
    let season = 0;
    if (/^2[1-4]$/.test(months) && !days) {
      season = Number(months);
      months = "";
    }
    if (season && mark) throw bad(...why(text));
    for (const part of [months, days]) if (part.includes("X") && part !== "XX") throw bad("open-date", { text });
    if (years.replace(/X+$/, "").includes("X")) throw bad("open-date", { text });
    const month = /^\d+$/.test(months) ? Number(months) : undefined;
    const date = /^\d+$/.test(days) ? Number(days) : undefined;
    if (date && !month) throw bad("open-date", { text });
    if (/^\d+$/.test(years)) {
      const year = Number(years);
      return { text, year, month: month || 0, day: date || 0, ...span(text, year, month, date), mark, season };
    }
    if (years === "XXXX") {
      if (month !== undefined) span(text, 2000, month);
      if (date !== undefined && month !== undefined && (date < 1 || date > daysOf(2000, month))) {
        throw bad("no-day", { text, month: monthName(month), days: daysOf(2000, month) });
      }
      if (season) throw bad("open-date", { text });
      return { text, month: month || 0, day: date || 0, mark };
    }
    if (months || days || season || mark) throw bad("open-date", { text });
    const low = Number(years.replaceAll("X", "0"));
    return { text, decades: years, earliest: day(low || 1, 1, 1), latest: day(Number(years.replaceAll("X", "9")), 12, 31) };
  }

  function moment(text, found) {
    const [hours, minutes, seconds] = found.slice(4, 7).map(Number);
    const date = parsed(`${found[1]}-${found[2]}-${found[3]}`);
    const exists = (hours < 24 && minutes < 60 && seconds < 60) || (hours === 24 && !minutes && !seconds);
    const zone = !found[7] || found[7] === "Z" || /^[+-](?:(?:0\d|1[0-3])(?::[0-5]\d)?|14:00)$/.test(found[7]);
    if (!exists || !zone) throw bad(...why(text));
    const said = !found[7] ? "" : found[7] === "Z" ? " UTC" : ` UTC${found[7]}`;
    return { ...date, text, time: `${found[4]}:${found[5]}${said}` };
  }

  function interval(text) {
    const [before, after] = text.split("/");
    if (!/[^./]/.test(text)) throw bad(...why(text));
    const ends = [before, after].map((part) => {
      if (part === "" || part === "..") return null;
      try {
        return parsed(part);
      } catch (error) {
        throw bad(...why(text));
      }
    });
    const [start, end] = ends;
    if (ends.some((one) => one && (one.start || one.end || one.time))) throw bad(...why(text));
    const date = { text, start, end, earliest: start ? start.earliest : undefined, latest: end ? end.latest : undefined };
    if (start && end) {
      if (start.earliest && end.latest && start.earliest > end.latest) throw bad("reversed-date", { text });
      if (start.year !== undefined && end.year !== undefined && start.year > end.year) throw bad("reversed-date", { text });
    }
    return date;
  }

  /** A date in words, saying what is not stated. */
  function inWords(date) {
    const said = spoken(date);
    const digits = [...data.dates.digits];
    return digits[0] === "0" ? said : said.replace(/[0-9]/g, (digit) => digits[Number(digit)]);
  }

  function spoken(date) {
    const phrases = data.dates.phrases;
    const say = (key, ...parts) => phrases[key].replace(/\{\}/g, () => parts.shift());
    if (date.start && date.end) return say("to", spoken(date.start), spoken(date.end));
    if (date.end) return say(date.text.startsWith("..") ? "until" : "unknown-to", spoken(date.end));
    if (date.start) return say(date.text.endsWith("..") ? "from" : "to-unknown", spoken(date.start));
    const text = plainly(date, say);
    return date.mark ? say(date.mark, text) : text;
  }

  function plainly(date, say) {
    if (date.decades) {
      const known = date.decades.replace(/X+$/, "");
      return known.length === 3 ? say("decade", `${known}0`) : say("century", known.padEnd(4, "0"), known.padEnd(4, "9"));
    }
    const month = date.month ? monthName(date.month, Boolean(date.day)) : "";
    const number = date.day === 1 ? data.dates.first : String(date.day);
    if (date.year === undefined) {
      if (date.day) return say("no-year", fill(data.dates.yearless, { day: number, month }));
      return month ? say("no-year", month) : say("none");
    }
    const year = date.year > 0 ? String(date.year) : say("bce", 1 - date.year);
    if (date.season) return say(String(date.season), year);
    if (date.day) {
      const text = fill(data.dates.day, { day: number, month, year });
      return date.time ? say("at", text, date.time) : text;
    }
    const text = month ? fill(data.dates.month, { month, year }) : year;
    return date.text.includes("XX") ? say(month ? "no-day" : "no-month", text) : text;
  }

  /** How the file of a release of this date begins: what is stated of it, or "undated"; of an interval, the month or year it begins in. */
  function prefix(date) {
    const ends = date ? [date.start, date.end].filter(Boolean) : [];
    const first = ends.find((end) => end.year !== undefined) || date;
    if (!first || first.year === undefined || first.year < 0 || first.year > 9999) return "undated";
    const exact = first.day && !ends.length ? `-${two(first.day)}` : "";
    return four(first.year) + (first.month ? `-${two(first.month)}${exact}` : "");
  }

  function inFuture(date) {
    const now = new Date();
    const today = day(now.getFullYear(), now.getMonth() + 1, now.getDate());
    const first = date.start || date.end || date;
    return (first.earliest && first.earliest > today) || (first.year || 0) > now.getFullYear();
  }

  // ---- vocabularies ----------------------------------------------------------------------------------------------------------------

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /** One vocabulary: its labels by every word that stands for one, and what is near a text. */
  class Vocabulary {
    constructor(name) {
      this.one = name.slice(0, -1);
      this.terms = terms[name] || [];
    }

    /** Made when it is first asked for: ten thousand terms take a moment. */
    get entries() {
      if (!this.made) {
        this.made = this.terms.flatMap(([label, ...others]) => [label, ...others].map((word) => ({ label, word, plain: plain(word) })));
        this.exact = new Map();
        this.loose = new Map();
        for (const entry of [...this.made].sort((a, b) => (a.word === a.label) - (b.word === b.label))) {
          this.exact.set(entry.word, entry.label);
          this.loose.set(entry.plain, entry.label);
        }
      }
      return this.made;
    }

    label(text) {
      return this.entries && (this.exact.get(text) || this.loose.get(plain(text)));
    }

    /** The terms a text begins, then those of which it begins a word, then those that hold it; each once. */
    matching(text, most) {
      const wanted = plain(text);
      const found = [[], [], []];
      for (const entry of this.entries) {
        const at = entry.plain.indexOf(wanted);
        if (at >= 0) found[at === 0 ? 0 : /[\p{L}\p{N}]/u.test(entry.plain[at - 1]) ? 2 : 1].push(entry);
      }
      const labels = new Map();
      for (const entry of found.flat()) {
        if (labels.size >= most) break;
        if (!labels.has(entry.label)) labels.set(entry.label, entry);
      }
      return [...labels.values()];
    }

    /** The word nearest to a text, or nothing where none is near. */
    near(text) {
      const wanted = plain(text);
      let best = null;
      let least = 0.4;
      for (const entry of this.entries) {
        const longest = Math.max(wanted.length, entry.plain.length);
        if (Math.abs(wanted.length - entry.plain.length) > least * longest) continue;
        const share = distance(wanted, entry.plain) / longest;
        if (share <= least) {
          if (share === least && best) continue;
          least = share;
          best = entry.word;
        }
      }
      return best;
    }
  }

  /** How many letters have to be changed, added or taken away (Levenshtein). */
  function distance(one, other) {
    let row = Array.from({ length: other.length + 1 }, (_, place) => place);
    for (let i = 1; i <= one.length; i++) {
      const next = [i];
      for (let j = 1; j <= other.length; j++) {
        next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      }
      row = next;
    }
    return row[other.length];
  }

  /** Several terms: an input with suggestions (WAI-ARIA combobox), and the chosen ones as buttons that take them away. */
  class Terms {
    constructor(field, box) {
      this.vocabulary = new Vocabulary(field.key);
      this.input = $(`r-${field.key}`);
      this.list = $(`r-${field.key}-list`);
      this.shelf = box.querySelector(".chosen");
      this.button = box.querySelector(".propose");
      this.chosen = [];
      this.proposed = new Set();
      this.active = -1;
      this.refused = null;
      this.button.addEventListener("click", () => this.propose(this.input.value));
      this.input.addEventListener("input", () => { this.refused = null; this.suggest(); });
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.input.addEventListener("blur", () => { this.close(); this.take(this.input.value); });
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.choose(option);
      });
    }

    choose(option) {
      if (option.dataset.label === undefined) this.propose(this.input.value);
      else this.take(option.dataset.label);
    }

    suggest() {
      const text = trimmed(this.input.value);
      const found = text ? this.vocabulary.matching(text, 8) : [];
      this.active = -1;
      this.list.replaceChildren(...found.map((entry, place) => {
        const option = element("li", { role: "option", id: `${this.list.id}-${place}`, "aria-selected": "false", dir: "auto" }, entry.label);
        option.dataset.label = entry.label;
        if (entry.word !== entry.label) option.append(" ", element("small", { dir: "auto" }, entry.word));
        return option;
      }));
      const known = !text || this.vocabulary.label(text);
      if (!known) {
        this.list.append(element("li", { role: "option", id: `${this.list.id}-new`, "aria-selected": "false", dir: "auto" }, fill(words.propose, { text })));
      }
      this.open(this.list.children.length > 0);
      if (text) say(fill(words.suggestions, { n: numbers.format(found.length) }));
    }

    open(shown) {
      this.list.hidden = !shown;
      this.input.setAttribute("aria-expanded", String(shown));
      if (!shown) this.input.removeAttribute("aria-activedescendant");
    }

    close() {
      this.open(false);
      this.active = -1;
    }

    key(event) {
      const options = this.list.children;
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (this.list.hidden) this.suggest();
        if (!options.length) return;
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        this.active = this.active < 0 && step < 0 ? options.length - 1 : (this.active + step + options.length) % options.length;
        [...options].forEach((option, place) => option.setAttribute("aria-selected", String(place === this.active)));
        this.input.setAttribute("aria-activedescendant", options[this.active].id);
        options[this.active].scrollIntoView({ block: "nearest" });
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (this.active >= 0) this.choose(options[this.active]);
        else this.take(this.input.value);
      } else if (event.key === "Escape" && !this.list.hidden) {
        event.preventDefault();
        this.close();
      }
    }

    /** Takes a text up if it stands for a term; says what is wrong where it does not. */
    take(text) {
      const word = trimmed(text);
      if (!word) {
        this.refused = null;
        this.input.value = "";
        return refresh();
      }
      const label = this.vocabulary.label(word);
      if (label && !this.chosen.includes(label)) {
        this.chosen.push(label);
        this.refused = null;
        this.input.value = "";
        say(fill(words.chosen, { text: label }));
      } else if (label) {
        this.refused = ["duplicate-value", fill(words["duplicate-value"], { text: label })];
      } else {
        const near = this.vocabulary.near(word);
        const unknown = fill(words["unknown-term"], { text: word });
        this.refused = [`unknown-${this.vocabulary.one}`, near ? `${unknown} ${fill(words.near, { text: near })}` : unknown];
      }
      this.close();
      touched.add(this.input.id);
      this.changed = true;
      return refresh();
    }

    /** Puts a word that is in no list among the chosen ones, as one that a maintainer decides about. */
    propose(text) {
      const word = trimmed(text);
      if (!word) return;
      const label = this.vocabulary.label(word);
      if (label) return this.take(label);
      if (!this.chosen.includes(word)) this.chosen.push(word);
      this.proposed.add(word);
      this.refused = null;
      this.input.value = "";
      this.close();
      this.changed = true;
      unsaved = true;
      touched.add(this.input.id);
      say(fill(words.proposed, { text: word }));
      refresh();
      this.input.focus();
    }

    show() {
      this.changed = false;
      this.shelf.hidden = !this.chosen.length;
      this.shelf.replaceChildren(...this.chosen.map((label, place) => {
        const shown = this.proposed.has(label) ? fill(words.new, { text: label }) : label;
        const button = element("button", { type: "button", dir: "auto", "aria-label": fill(words.remove, { text: shown }) }, shown);
        button.addEventListener("click", () => {
          this.chosen.splice(place, 1);
          this.proposed.delete(label);
          this.changed = true;
          refresh();
          const left = this.shelf.querySelectorAll("button");
          (left[Math.min(place, left.length - 1)] || this.input).focus();
          say(fill(words.removed, { text: label }));
        });
        return element("li", {}, button);
      }));
    }
  }

  // ---- lists of parts: quotations, questions ---------------------------------------------------------------------------------------

  class Items {
    constructor(field, box) {
      this.field = field;
      this.box = box;
      this.made = 0;
      this.items = box.querySelector(".items");
      this.pattern = box.querySelector("template");
      this.button = box.querySelector(".add");
      this.button.addEventListener("click", () => this.add());
    }

    add() {
      const item = this.pattern.content.cloneNode(true).querySelector(".item");
      this.made += 1;
      for (const one of item.querySelectorAll("*")) {
        for (const name of ["id", "for", "aria-describedby"]) {
          if (one.hasAttribute(name)) one.setAttribute(name, one.getAttribute(name).replaceAll("-N-", `-${this.made}-`));
        }
      }
      const take = item.querySelector(".take");
      take.addEventListener("click", () => {
        const next = item.nextElementSibling || item.previousElementSibling;
        item.remove();
        this.number();
        (next ? next.querySelector("[data-key]") : this.button).focus();
        refresh();
      });
      this.items.append(item);
      this.number();
      item.querySelector("[data-key]").focus();
      refresh();
    }

    number() {
      const legend = this.box.querySelector("legend").firstChild.data.trim();
      [...this.items.children].forEach((item, place) => item.setAttribute("aria-label", `${legend} ${numbers.format(place + 1)}`));
    }

    /** What is in each item, with the id of each control. */
    values() {
      return [...this.items.children].map((item) =>
        Object.fromEntries([...item.querySelectorAll("[data-key]")].map((control) => [control.dataset.key, { id: control.id, text: trimmed(control.value) }])));
    }
  }

  // ---- what is wrong ---------------------------------------------------------------------------------------------------------------

  const ONE_MARK = { "‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"' };
  const loose = (text) => trimmed(text.normalize("NFC").replace(/[‘’ʼ“”„]/g, (mark) => ONE_MARK[mark]).replace(new RegExp(`[${SPACE}]+`, "g"), " "));

  /** The paragraphs of a body as plain text, near enough to find a quotation in them. */
  function paragraphs(body) {
    return body.split(/\n[ \t]*\n/).filter((block) => !/^(?:#|[-*+] |\d+[.)] |\||\t| {4})/.test(block.replace(/^\n+/, ""))).map((block) =>
      loose(block.replace(/^[ \t]*>[ \t]?/gm, "").replace(/\[([^\]]+)\]\([^)]*\)/g, "$1").replace(/\\([\\`*_{}[\]()#+.!>-])/g, "$1").replace(/(\*\*?|__?)(?=\S)(.+?)\1/g, "$2")));
  }

  function standsIn(text, blocks) {
    const parts = loose(text).split(/\s*[([](?:…|\.\.\.)[)\]]\s*/).map((part) => part.replace(/^[ ,]+|[ ,]+$/g, "")).filter(Boolean);
    return parts.length > 0 && blocks.some((block) => {
      let at = 0;
      return parts.every((part) => {
        at = block.indexOf(part, at);
        if (at < 0) return false;
        at += part.length;
        return true;
      });
    });
  }

  function isAddress(text) {
    if (!/^https?:\/\/(?:[^/?#]*@)?[^:/?#@]/i.test(text) || /[\s<>"\\^`{}|]/.test(text)) return false;
    try {
      return Boolean(new URL(text).hostname);
    } catch (error) {
      return false;
    }
  }

  const controls = new Map();
  const touched = new Set();
  let unsaved = false;
  const label = (path) => data.labels[path];

  /** Everything that was filled in, by key. */
  function values() {
    const out = {};
    for (const field of data.fields) {
      const held = controls.get(field.key);
      if (held instanceof Terms) out[field.key] = held.chosen.filter((label) => !held.proposed.has(label));
      else if (held instanceof Items) out[field.key] = held.values();
      else if (field.type === "origin") {
        out[field.key] = Object.fromEntries(field.fields.map((below) => [below.key, trimmed($(`r-${field.key}-${below.key}`).value)]));
      } else if (field.key === "extent") {
        const chosen = form.querySelector('input[name="extent"]:checked');
        out.extent = chosen ? chosen.value : "";
      } else out[field.key] = meaning(field.type, trimmed($(`r-${field.key}`).value));
    }
    out.asked = [...questions(out)];
    const lines = $("r-body").value.split("\n");
    const first = lines.findIndex((line) => FILLED.test(line));
    out.body = first < 0 ? "" : lines.slice(first).join("\n").replace(BEHIND, "");
    return out;
  }

  // ---- words of people -------------------------------------------------------------------------------------------------------------

  // What cannot be decided here and its contributor does not know: a question takes its place.
  const unsure = { date: "" };
  const NOT_STATED = $("r-publisher").parentElement.querySelector("[data-say]").dataset.say;
  const isTag = (text) => TAG.test(text);

  /** The value of a field as the record has it; what was written, where it is not understood. */
  function meaning(type, text) {
    if (type === "date") return dateOf(text).edtf || text;
    if (type !== "language" || !text) return text;
    const named = [...$("r-language-list").options].find((option) => trimmed(option.value).toLowerCase() === text.toLowerCase());
    return named ? named.dataset.tag : window.onrecordRead.languageOf(text, isTag) || text;
  }

  let dateRead = { text: "" };

  /** What the words of a date mean: EDTF, or why it is open and which days it can be. */
  function dateOf(text) {
    if (dateRead.text === text) return dateRead;
    let read = { edtf: text, doubt: "", choices: [] };
    if (text) {
      try {
        parsed(text);
      } catch (error) {
        if (!(error instanceof NotADate)) throw error;
        const written = window.onrecordRead.dateOf(text);
        if (written.edtf || written.doubt) read = written;
      }
    }
    dateRead = { text, ...read };
    return dateRead;
  }

  const dayInWords = (edtf) => inWords(parsed(edtf));

  /** What a maintainer has to be asked about the record: what is proposed or named in it, and what its contributor does not know. */
  function* questions(record) {
    const text = unsure.date;
    if (text && text === record.date) yield ["date", fill(words["asked-date"], { text, choices: dateOf(text).choices.join(", ") })];
    for (const [key, held] of controls) {
      if (!(held instanceof Terms)) continue;
      for (const word of held.proposed) yield [key, fill(words["asked-term"], { text: word, field: label(key) })];
    }
    if (isNewPublisher(record.publisher)) yield ["publisher", fill(words["asked-publisher"], { text: record.publisher })];
    for (const named of record.files || []) {
      const role = $(named.role.id);
      const shown = named.role.text ? role.options[role.selectedIndex].text : "–";
      if (named.file.text) {
        yield ["files", fill(words["asked-file"], { text: named.file.text, role: shown, rights: named.rights.text || words["rights-unknown"] })];
      }
    }
  }

  /** Whether the archive has releases, and none of this publisher. */
  function isNewPublisher(name) {
    const known = terms.publishers || [];
    return Boolean(name) && name !== NOT_STATED && known.length > 0 && !known.includes(name) && !new Vocabulary("names").label(name);
  }

  /** The problems of a record as [id, code, message], in the order of the fields; and its date where it has one. */
  function examined(record) {
    const problems = [];
    const add = (id, code, said = {}) => problems.push([id, code, fill(words[code], said)]);
    const asked = askedOf(record);
    let date;

    /** Rules that hold for every text. */
    function text(id, path, value, type) {
      if (type !== "markdown" && value.includes("\n")) add(id, "line-break", { field: label(path) });
      const unseen = CONTROL.exec(value) || (type !== "markdown" && HIDDEN.exec(value));
      if (unseen) add(id, "hidden-character", { field: label(path), code: `U+${unseen[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}` });
      if (type === "url" && value && !isAddress(value)) add(id, "bad-url", { text: value });
    }

    for (const field of data.fields) {
      const value = record[field.key];
      const id = `r-${field.key}`;
      if (field.needed && !value && !asked.has(field.key)) add(id, "missing", { field: label(field.key) });
      const { doubt } = field.type === "date" ? dateOf(value) : {};
      if (doubt && value !== unsure.date) {
        problems.push([id, "bad-date", fill(words[`date-${doubt}`], { text: value })]);
        date = null;
      } else if (field.type === "date" && value && value !== unsure.date) {
        try {
          date = parsed(value);
          if (inFuture(date)) add(id, "future-date", { text: value });
        } catch (error) {
          if (!(error instanceof NotADate)) throw error;
          problems.push([id, "bad-date", error.message]);
          date = null;
        }
      } else if (field.type === "language" && value && !TAG.test(value)) add(id, "bad-language", { text: value });
      else if (field.type === "terms") {
        const refused = controls.get(field.key).refused;
        if (refused) problems.push([id, ...refused]);
      } else if (field.type === "origin") {
        for (const below of field.fields) text(`${id}-${below.key}`, `${field.key}.${below.key}`, value[below.key], below.type);
      } else if (Array.isArray(value)) {
        for (const item of value) {
          for (const below of field.fields) {
            const held = item[below.key];
            if ((below.needed || below.key === "file") && !held.text) add(held.id, "missing", { field: label(`${field.key}.${below.key}`) });
            text(held.id, `${field.key}.${below.key}`, held.text, below.type);
          }
        }
      } else if (typeof value === "string") text(id, field.key, value, field.type);
      if (field.key === "title" && value && !slug(value)) add(id, "bad-file-name");
    }

    const blocks = paragraphs(record.body);
    for (const item of record.quotations) {
      if (Boolean(item.text.text) === Boolean(item.summary.text)) problems.push([item.text.id, "bad-quotation", words.either]);
      else if (item.summary.text && record.extent && record.extent !== "abstract") problems.push([item.summary.id, "bad-quotation", words["only-abstract"]]);
      else if (item.text.text && !standsIn(item.text.text, blocks)) {
        const shown = item.text.text;
        add(item.text.id, "bad-quotation", { text: shown.length > 60 ? `${shown.slice(0, 60)}…` : shown });
      }
    }

    if (!record.body) add("r-body", "empty-body");
    const unseen = CONTROL.exec(record.body);
    if (unseen) add("r-body", "hidden-character", { field: $("r-body").labels[0].firstChild.data.trim(), code: `U+${unseen[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}` });
    const heading = /^#(?!#)(.*)$/m.exec(record.body) || /^(.+)\n=+[ \t]*$/m.exec(record.body);
    if (heading) add("r-body", "heading-level", { text: heading[1].trim() });
    const image = /!\[[^\]]*\]\(([^)]*)\)/.exec(record.body);
    if (image) add("r-body", "image", { text: image[1] });
    return [problems, date];
  }

  // ---- the file --------------------------------------------------------------------------------------------------------------------

  /** The text of the release file: front matter in the order of the schema, free text always quoted, then the body. */
  function written(record) {
    const lines = ["---"];
    for (const field of data.fields) {
      let value = record[field.key];
      // Files are named in questions: what a record says of them, a maintainer knows who has them.
      if (field.type === "files") continue;
      if (field.key === "date" && value === unsure.date) value = "";
      if (field.key === "review") {
        value = [...value, ...record.asked.map(([key, question]) => ({ field: { text: key }, question: { text: question } }))];
        lines.push(`status: ${value.length ? "draft" : "published"}`);
      }
      if (field.type === "terms") {
        if (value.length) lines.push(`${field.key}: [${value.map(quoted).join(", ")}]`);
      } else if (field.type === "origin") {
        const given = field.fields.filter((below) => value[below.key]);
        if (given.length) lines.push(`${field.key}:`, ...given.map((below) => `  ${below.key}: ${quoted(value[below.key])}`));
      } else if (Array.isArray(value)) {
        const items = value.map((item) => field.fields.filter((below) => item[below.key].text || below.needed));
        if (items.length) lines.push(`${field.key}:`);
        items.forEach((given, place) => given.forEach((below, number) =>
          lines.push(`${number ? "    " : "  - "}${below.key}: ${quoted(value[place][below.key].text)}`)));
      } else if (value) {
        const bare = field.type === "choice" || (field.type === "date" && /^[0-9XY][-0-9XYTZ:+./~?%]*$/.test(value)) || (field.type === "language" && TAG.test(value));
        lines.push(`${field.key}: ${bare ? value : quoted(value)}`);
      } else if (field.needed) lines.push(`${field.key}:`);
    }
    lines.push("---", "", record.body, "");
    return lines.join("\n");
  }

  /** The keys of which something is asked, by the contributor or by the form. */
  function askedOf(record) {
    return new Set([...record.review.filter((one) => one.question.text).map((one) => one.field.text), ...record.asked.map(([key]) => key)]);
  }

  let file = { path: "", text: "" };

  function path(record, date) {
    const name = slug(record.title);
    if (!name || date === null || (!date && !askedOf(record).has("date"))) return "";
    const begin = prefix(date);
    return `content/releases/${begin === "undated" ? begin : begin.slice(0, 4)}/${begin}-${name}.md`;
  }

  // ---- what is shown ---------------------------------------------------------------------------------------------------------------

  let saying;

  /** Says something to those who hear the page, once keys have come to rest. */
  function say(text) {
    clearTimeout(saying);
    saying = setTimeout(() => { $("form-heard").textContent = text; }, 300);
  }

  function control(id) {
    const found = $(id);
    return found && found.matches("fieldset") ? found.querySelector("input, button") || found : found;
  }

  function showProblems(problems) {
    const by = new Map();
    for (const [id, , message] of problems) by.set(id, [...(by.get(id) || []), message]);
    for (const one of form.querySelectorAll(".wrong")) {
      const id = one.id.replace(/-wrong$/, "");
      const said = touched.has(id) && by.has(id) ? by.get(id).join("\n") : "";
      if (one.textContent !== said) one.textContent = said;
      one.hidden = !said;
      if (said) $(id).setAttribute("aria-invalid", "true");
      else $(id).removeAttribute("aria-invalid");
    }
    const list = $("form-problems");
    const held = document.activeElement && list.contains(document.activeElement) ? document.activeElement.hash : "";
    // Before anything is filled in nothing is wrong yet.
    const shown = touched.size || unsaved ? problems : [];
    list.replaceChildren(...shown.map(([id, code, message]) => {
      const link = element("a", { href: `#${id}`, "data-code": code }, message);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        touched.add(id);
        control(id).focus();
        refresh();
      });
      return element("li", {}, link);
    }));
    if (held) {
      const again = [...list.querySelectorAll("a")].find((link) => link.hash === held);
      if (again) again.focus();
    }
    const told = problems.length ? fill(words.problems, { n: numbers.format(problems.length) }) : words["no-problems"];
    const count = problems.length && !shown.length ? "" : told;
    if ($("form-count").textContent !== count) $("form-count").textContent = count;
  }

  function showDate(date) {
    const said = date ? fill(words["in-words"], { date: inWords(date) }) : "";
    if ($("r-date-said").textContent !== said) $("r-date-said").textContent = said;
  }

  function showLanguage(tag) {
    let said = "";
    try {
      if (tag && TAG.test(tag)) said = new Intl.DisplayNames([data.language], { type: "language", fallback: "none" }).of(tag) || "";
    } catch (error) {
      said = "";
    }
    if ($("r-language-said").textContent !== said) $("r-language-said").textContent = said;
  }

  /** The days that a date can mean, to choose from. */
  function showReadings(text) {
    const { doubt, choices } = dateOf(text);
    const box = $("r-date-readings");
    const open = Boolean(doubt) && text !== unsure.date;
    // What is being typed is not asked about yet.
    box.hidden = !open || !touched.has("r-date");
    const shown = open ? choices.join(" ") : "";
    if (box.dataset.shown === shown) return;
    box.dataset.shown = shown;
    for (const button of box.querySelectorAll("[data-reading]")) button.remove();
    for (const reading of open ? choices : []) {
      const button = element("button", { type: "button", "data-reading": reading }, dayInWords(reading));
      button.addEventListener("click", () => {
        $("r-date").value = reading;
        unsaved = true;
        refresh();
        $("r-date").focus();
      });
      box.insertBefore(button, $("r-date-unsure"));
    }
  }

  function showNew(publisher) {
    const said = isNewPublisher(publisher) ? words["new-publisher"] : "";
    if ($("r-publisher-said").textContent !== said) $("r-publisher-said").textContent = said;
    for (const held of controls.values()) {
      if (!(held instanceof Terms)) continue;
      const word = trimmed(held.input.value);
      const unknown = Boolean(held.refused) && Boolean(word) && !held.vocabulary.label(word);
      held.button.hidden = !unknown;
      const shown = unknown ? fill(words.propose, { text: word }) : "";
      if (held.button.textContent !== shown) held.button.textContent = shown;
    }
  }

  function showFiles(named) {
    const names = named.map((one) => one.file.text).filter(Boolean);
    $("form-files").hidden = !names.length;
    $("form-files").textContent = names.length ? fill(words.attach, { files: names.join(", ") }) : "";
  }

  function showMail() {
    const link = $("form-mail");
    if (!link) return;
    const body = (file.text.toWellFormed ? file.text.toWellFormed() : file.text.replace(/\p{Cs}/gu, "\ufffd")).replace(/\n/g, "\r\n"); // RFC 6068, section 5
    const whole = `${link.dataset.address}${link.dataset.address.includes("?") ? "&" : "?"}subject=${encodeURIComponent(file.path.split("/").pop())}&body=${encodeURIComponent(body)}`;
    // What is longer, mail programs cut: then the file goes along by hand.
    const fits = Boolean(file.path) && file.text.length < 2000 && whole.length < 2000;
    link.hidden = !fits;
    if (fits) link.href = whole;
  }

  function showFile() {
    $("form-path").textContent = file.path || words["no-path"];
    $("form-path").classList.toggle("no-path", !file.path);
    $("form-text").value = file.text;
    showMail();
    const link = $("form-send");
    if (!link) return;
    const long = $("form-long");
    if (!file.path) {
      link.removeAttribute("href");
      link.setAttribute("role", "link");
      link.setAttribute("aria-disabled", "true");
      long.hidden = true;
    } else {
      const at = file.path.lastIndexOf("/");
      const empty = `${data.newFile}${file.path.slice(0, at)}?filename=${encodeURIComponent(file.path.slice(at + 1))}`;
      const whole = file.text.length > data.most ? "" : `${empty}&value=${encodeURIComponent(file.text.toWellFormed ? file.text.toWellFormed() : file.text.replace(/\p{Cs}/gu, "\ufffd"))}`;
      const fits = whole && whole.length <= data.most;
      link.href = fits ? whole : empty;
      link.removeAttribute("role");
      link.removeAttribute("aria-disabled");
      long.hidden = fits;
    }
    for (const name of ["short", "long"]) link.querySelector(`[data-${name}]`).hidden = (name === "short") !== long.hidden;
  }

  /** In an abstract a quotation may be a summary; elsewhere that field is out of the way, unless something is in it. */
  function showSummaries(extent) {
    for (const box of form.querySelectorAll('.item [data-key="summary"]')) {
      box.closest(".field").hidden = extent !== "abstract" && !box.value;
    }
  }

  let later;
  // What a blur shows would move the page under a pointer that is being pressed, and the click would miss: it waits for the release.
  let pressed = false;
  function released() {
    pressed = false;
    setTimeout(refresh);
  }
  window.addEventListener("pointerup", released);
  window.addEventListener("pointercancel", released);
  window.addEventListener("pointerdown", () => {
    pressed = true;
    setTimeout(released, 1000); // a release over a native list or outside the window is not told
  });

  function refresh() {
    clearTimeout(later);
    if (pressed) return;
    for (const held of controls.values()) if (held.changed) held.show();
    const record = values();
    const [problems, date] = examined(record);
    file = { path: path(record, date), text: written(record) };
    const front = file.text.slice(0, file.text.length - record.body.length);
    if (bytes(front) > 64 * 1024 || bytes(file.text) > 2 * 1024 * 1024) problems.push(["r-body", "too-large", words["too-large"]]);
    showProblems(problems);
    showDate(date);
    showReadings(record.date);
    showLanguage(record.language);
    showNew(record.publisher);
    showFiles(record.files);
    showSummaries(record.extent);
    showFile();
  }

  // ---- set up ----------------------------------------------------------------------------------------------------------------------

  for (const box of form.querySelectorAll("[data-field]")) {
    const field = data.fields.find((one) => one.key === box.dataset.field);
    if (!field) continue;
    if (field.type === "terms") controls.set(field.key, new Terms(field, box));
    if (["quotations", "files", "questions"].includes(field.type)) controls.set(field.key, new Items(field, box));
    const button = box.querySelector("[data-say]");
    if (button) {
      button.addEventListener("click", () => {
        $(`r-${field.key}`).value = button.dataset.say;
        touched.add(`r-${field.key}`);
        unsaved = true;
        refresh();
      });
    }
  }
  $("r-date-unsure").addEventListener("click", () => {
    unsure.date = trimmed($("r-date").value);
    unsaved = true;
    refresh();
    $("r-date").focus();
  });
  const publishers = $("r-publisher-list");
  for (const name of terms.publishers || []) publishers.append(element("option", { value: name }));

  form.addEventListener("input", () => {
    unsaved = true;
    clearTimeout(later);
    later = setTimeout(refresh, 200);
  });
  form.addEventListener("change", (event) => {
    const group = event.target.type === "radio" ? event.target.closest("fieldset") : event.target;
    touched.add(group.id);
    refresh();
  });
  form.addEventListener("focusout", (event) => {
    // A field that was passed over while looking around is not yet a mistake; one that was left empty after a word was.
    if (event.target.id && event.target.value) touched.add(event.target.id);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });

  $("form-copy").addEventListener("click", async () => {
    refresh();
    let copied = false;
    try {
      await navigator.clipboard.writeText(file.text);
      copied = true;
    } catch (error) {
      $("form-text").select();
      copied = document.execCommand("copy");
      if (copied) $("form-copy").focus();
    }
    if (copied) unsaved = false;
    $("form-done").textContent = copied ? words.copied : words["not-copied"];
  });

  $("form-save").addEventListener("click", () => {
    refresh();
    const name = file.path.slice(file.path.lastIndexOf("/") + 1) || "release.md";
    const address = URL.createObjectURL(new Blob([file.text], { type: "text/markdown;charset=utf-8" }));
    const link = element("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    unsaved = false;
    $("form-done").textContent = fill(words.saved, { file: name });
  });

  if ($("form-send")) {
    $("form-send").addEventListener("click", () => {
      refresh();
      unsaved = false;
    });
  }
  form.hidden = false;
  for (const one of document.querySelectorAll(".with-form")) one.hidden = false;
  refresh();
  window.addEventListener("pageshow", refresh);
})();

/* What a person writes into a field of the form — a date, a language — as the value that a record has. It reads as
   onrecord/intake/field_values.py does, by the same table (contribute-words.js, derived from the lexicon); a test holds the two to the
   same results. Nothing is guessed: what can mean two days is both of them, and what is not understood is nothing. */
(function () {
  "use strict";

  const table = window.onrecordWords;
  const MOST = 80;
  const [LEAST_YEAR, LAST_YEAR] = [1500, 2099];
  const HAN_DIGITS = "〇零○一二三四五六七八九";
  const HAN = "[元〇零○一二三四五六七八九十百廿卅]";
  const FOLDS = { "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ک": "ك", "ة": "ه", "ё": "е", "ß": "ss", "ı": "i", "\u200c": " " };
  const SIGNS = { "’": "'", "ʼ": "'", "‘": "'", "´": "'", "`": "'", "‐": "-", "‑": "-", "–": "-" };

  // ---- texts

  const spaced = (text) => text.replace(/[\s\x1c-\x1f\x85]+/g, " ").trim();

  /** Letters of which writers use several made one; signs stay. */
  const lettered = (text) => text.normalize("NFC").toLowerCase().replace(/i\u0307/g, "i").replace(/[\u064b-\u065f\u0670\u0640]/g, "").replace(/[أإآٱىیئکةёßı\u200c]/g, (char) => FOLDS[char]);

  /** As `notation.folded`: what writers do not agree about made one. */
  const folded = (text) => spaced(lettered(text).replace(/[’ʼ‘´`‐‑–]/g, (char) => SIGNS[char])).replace(/\.+$/, "");

  /** Digits of every script in figures. The ten of a script stand in a row. */
  function inFigures(text) {
    return text.replace(/\p{Nd}/gu, (char) => {
      let zero = char.codePointAt(0);
      for (let step = 0; step < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1)); step++) zero -= 1;
      return char < "\x80" ? char : String((char.codePointAt(0) - zero) % 10);
    });
  }

  const either = (words) => `(?:${[...words].sort((a, b) => b.length - a.length).map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/-/g, "[-‐‑–—−\\s]")).join("|") || "(?!)"})`;

  /** Value by name, of a table that has the names of each value. */
  function byName(of) {
    const found = new Map();
    for (const [value, names] of Object.entries(of)) for (const name of names.split("|")) found.set(name, value);
    return found;
  }

  // ---- dates

  const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  const two = (number) => String(number).padStart(2, "0");

  /** EDTF of what is known; an empty text for a day that the calendar does not have. `year` is 0 where it is not stated. */
  function edtf(year, month, day) {
    if (month < 1 || month > 12) return "";
    const head = `${year || "XXXX"}-${two(month)}`;
    if (day === undefined) return head;
    const most = year && month === 2 ? new Date(Date.UTC(year, 2, 0)).getUTCDate() : DAYS[month - 1];
    return day < 1 || day > most ? "" : `${head}-${two(day)}`;
  }

  const weekdayOf = (date) => (/^\d{4}-\d{2}-\d{2}$/.test(date) ? (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7 : -1);
  const isYear = (year) => year >= LEAST_YEAR && year <= LAST_YEAR;

  const NOTHING = { edtf: "", doubt: "", choices: [] };
  const CALENDAR = { readings: [], doubt: "calendar" };
  const shapes = {};

  function prepare() {
    if (shapes.months) return;
    shapes.months = byName(table.months);
    shapes.weekdays = byName(table.weekdays);
    const month = either(shapes.months.keys());
    const weekday = either(shapes.weekdays.keys());
    const link = either(table.links);
    const ordinal = `(?:[-‐‑]?${either(table.ordinals)}\\.?(?!\\p{L})|[º°ª.])?`;
    const end = "(?:'(?<short>\\d\\d)|(?<bare>\\d\\d))";
    const year = `(?<y>\\d{4})(?:\\s*${either(table.tails)}\\.?)?`;
    const named = `(?<!\\p{L})(?<m>${month})\\.?(?![\\p{L}\\p{N}_])(?:\\s*[/(]\\s*(?<second>${month})\\)?)?`;
    const beforeYear = `(?:\\s*[,،/-]?\\s*|\\.(?=\\d))(?:${link}\\s+){0,2}`;
    const whole = (source) => new RegExp(`^(?:${source})$`, "u");
    shapes.dayFirst = whole(`(?<d>\\d{1,2})${ordinal}(?:\\s*[-/.]?\\s*|\\s+)(?:${link}\\s*){0,2}${named}(?:${beforeYear}(?:${year}|${end}))?`);
    shapes.monthFirst = whole(`${named}\\s*(?<d>\\d{1,2})${ordinal}(?:(?:\\s*[,،]\\s*|\\s+)(?:${year}|${end}))?`);
    shapes.month = whole(`${named}${beforeYear}${year}`);
    shapes.yearFirst = whole("(?<y>\\d{4})([-/.])(?<m>\\d{1,2})\\2(?<d>\\d{1,2})");
    shapes.yearLast = whole("(?<a>\\d{1,2})(?<sign>\\s?[-/.]\\s?)(?<b>\\d{1,2})\\2(?<y>\\d{4})");
    shapes.shortYear = whole("(?<a>\\d{1,2})(?<sign>[-/.])(?<b>\\d{1,2})\\2'?(?<short>\\d\\d)");
    shapes.other = whole(`\\d{1,2}\\s*(?:${link}\\s*)?${either(table.otherMonths)}\\.?\\s*(?:${link}\\s*)?,?\\s*1[2-5]\\d\\d(?:\\s*(?:ه|ش|ق|[هق]\\.\\s?[شق]))?`);
    const joint = "[\\s*]{0,4}";
    shapes.han = whole(
      `(?<lunar>(?:农历|農曆|阴历|陰曆|夏历|舊曆|旧历|旧暦|陰暦)\\s?[^\\s\\d，。]{0,6})?(?:(?:(?<era>${either(Object.keys(table.eras))})\\s?(?<n>\\d{1,3}|${HAN}{1,5})|(?<y>\\d{4}|[${HAN_DIGITS}]{4})|(?<bare>\\d{2,3}))${joint}[年년]${joint})?(?<m>\\d{1,2}|${HAN}{1,2})${joint}[月월]\\s?(?:${joint}(?<d>\\d{1,2}|${HAN}{1,3})${joint}[日号號일])?`);
    const articles = "(?:the|le|el|den|dem|dia|día|il|de|på|on|am)";
    shapes.weekdayBefore = new RegExp(`^(?<w>${weekday})\\.?\\s*[,،]?\\s*(?:${articles}\\s+|${link}\\s*)?(?:(?<!\\p{L})(?=\\p{L})|(?<![\\p{L}\\p{N}_/.-])(?!\\p{L}))(?<rest>.+)$`, "u");
    shapes.weekdayAfter = new RegExp(`^(?<rest>.+?)(?:\\s*\\(\\s*(?<w>${weekday})\\.?\\s*\\)|(?:(?<=[日号號일月월])|[\\s,،]+)(?<v>${weekday})\\.?)$`, "u");
  }

  /** The value of a number in figures or in Chinese numerals; 0 for what is none. */
  function hanNumber(text) {
    if (/^\d+$/.test(text)) return Number(text);
    if (text === "元") return 1;
    let [total, digit] = [0, 0];
    for (const char of text.replaceAll("廿", "二十").replaceAll("卅", "三十")) {
      const value = Math.max(0, HAN_DIGITS.indexOf(char) - 2);
      if (char === "十" || char === "百") {
        total += (digit || 1) * (char === "十" ? 10 : 100);
        digit = 0;
      } else if (HAN_DIGITS.includes(char)) digit = !total && digit ? digit * 10 + value : value;
      else return 0;
    }
    return total + digit;
  }

  function han(found) {
    if (found.lunar || found.bare) return CALENDAR;
    let year = 0;
    if (found.era) {
      const [before, most] = table.eras[found.era];
      const number = hanNumber(found.n);
      if (!number || (most && number > most)) return CALENDAR;
      year = before + number;
    } else if (found.y) {
      year = Number([...found.y].map((char) => (HAN_DIGITS.includes(char) ? Math.max(0, HAN_DIGITS.indexOf(char) - 2) : char)).join(""));
      if (!isYear(year)) return null;
    }
    if (!year && !found.d) return null;
    const date = edtf(year, hanNumber(found.m), found.d ? hanNumber(found.d) : undefined);
    return date ? { readings: [date] } : null;
  }

  /** The days of a year of two digits. */
  function ofCentury(short, pairs) {
    const days = [19, 20].flatMap((century) => pairs.map(([month, day]) => edtf(century * 100 + Number(short), month, day))).filter(Boolean);
    return days.length ? { readings: [...new Set(days)], doubt: "century" } : null;
  }

  function inNames(found) {
    const month = Number(shapes.months.get(found.m));
    if (found.second && Number(shapes.months.get(found.second)) !== month) return null;
    const day = found.d === undefined ? undefined : Number(found.d);
    const short = found.short || found.bare;
    if (short) return ofCentury(short, [[month, day]]);
    if (found.y && !isYear(Number(found.y))) return null;
    if (!found.y && found.m.length < 3) return null;
    const date = edtf(Number(found.y) || 0, month, day);
    return date ? { readings: [date] } : null;
  }

  /** What a text without a day of the week (`beside` is that, or where it is: "before", "(") means: the days that it can be, and why they are open; nothing where it is no date. */
  function read(text, beside = "") {
    const match = (shape) => (shapes[shape].exec(text) || {}).groups;
    if (shapes.other.test(text)) return CALENDAR;
    let found = match("han");
    if (found) return han(found);
    if (/[\d元〇零○一二三四五六七八九十百廿卅][\s*]{0,4}[月월]/u.test(text + (beside === "月" ? beside : ""))) return null;
    if ((found = match("yearFirst"))) {
      const date = isYear(Number(found.y)) && edtf(Number(found.y), Number(found.m), Number(found.d));
      return date ? { readings: [date] } : null;
    }
    if ((found = match("yearLast"))) {
      const [a, b, year] = [found.a, found.b, found.y].map(Number);
      if (!isYear(year)) return null;
      const days = [edtf(year, b, a), found.sign.includes(".") ? "" : edtf(year, a, b)].filter(Boolean);
      return days.length ? { readings: [...new Set(days)], doubt: "order" } : null;
    }
    if ((found = match("shortYear"))) {
      const [a, b] = [Number(found.a), Number(found.b)];
      if (beside === "before" || (beside && beside !== "(" && found.sign === ".")) return null;
      return ofCentury(found.short, found.sign === "." ? [[b, a]] : [[b, a], [a, b]]);
    }
    found = match("dayFirst") || match("monthFirst") || match("month");
    return found ? inNames(found) : null;
  }

  /** A date as a person wrote it: the EDTF that it means; or, where that is open, why (order, century, calendar, weekday), and the days
      that it can mean. EDTF itself is read by the form. */
  function dateOf(written) {
    prepare();
    let plain = spaced(written);
    if (!plain || [...plain].length > MOST) return NOTHING;
    plain = spaced(plain.normalize("NFKC"));
    const [first] = plain.split(" ", 1);
    if (first.length < plain.length && table.openings.includes(folded(first))) plain = plain.slice(first.length + 1);
    if (/[^\0-\x7f]/.test(plain) && /^(?:[1١۱][2-5٢-٥۲-۵]\p{Nd}{2}([-/.])\p{Nd}{1,2}\1\p{Nd}{1,2}|\p{Nd}{1,2}([-/.])\p{Nd}{1,2}\2[1١۱][2-5٢-٥۲-۵]\p{Nd}{2})$/u.test(plain)) {
      return { ...NOTHING, doubt: "calendar" };
    }
    const text = inFigures(lettered(plain)).replace(/[’‘ʼ]/g, "'");
    let day;
    let meant = read(text);
    for (const shape of meant ? [] : ["weekdayBefore", "weekdayAfter"]) {
      const found = (shapes[shape].exec(text) || {}).groups;
      meant = found ? read(found.rest, shape === "weekdayBefore" ? "before" : found.w ? "(" : found.v) : null;
      if (meant) {
        day = Number(shapes.weekdays.get(found.w || found.v));
        break;
      }
    }
    if (!meant) return NOTHING;
    if (meant.doubt === "calendar") return { ...NOTHING, doubt: "calendar" };
    const days = day === undefined ? meant.readings : meant.readings.filter((date) => [-1, day].includes(weekdayOf(date)));
    if (!days.length) return { ...NOTHING, doubt: "weekday" };
    if (days.length === 1 && (meant.doubt !== "century" || day !== undefined)) return { ...NOTHING, edtf: days[0] };
    return { edtf: "", doubt: meant.doubt, choices: days };
  }

  // ---- languages

  let languages;

  /** The tag of a language that a text names, in any language of the lexicon, or is; empty where it does neither. */
  function languageOf(text, isTag) {
    languages = languages || byName(table.languages);
    return languages.get(folded(text)) || (isTag(text.trim()) ? text.trim() : "");
  }

  window.onrecordRead = { dateOf, languageOf };
})();

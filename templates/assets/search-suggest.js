/* Suggestions while typing: the pages of topics, places, names, speakers and publishers, titles and references that begin as is typed.
   The pattern is the "editable combobox with list autocomplete" of the ARIA Authoring Practices Guide (APG) 1.2: the focus stays in the box,
   the arrow keys move through the list, Enter goes to what is chosen, or to the search where nothing is, Escape closes the list. */
(function () {
  "use strict";

  const shared = window.OnrecordSearch;
  const KINDS = ["topic", "place", "name", "speaker", "publisher", "reference", "release"];
  const OF_KIND = 3;
  const HIDDEN = /[\u00ad\u0640\u200b-\u200f\u2060-\u2064\ufeff]/gu;
  const APOSTROPHES = /['’‘ʼʿʾ`]/gu;
  // Within a word an apostrophe is nothing.
  const WITHIN = /(?<=[\p{L}\p{N}\p{M}])['’‘ʼʿʾ`](?=[\p{L}\p{N}])/gu;
  const narrow = matchMedia("(max-width: 40rem)");

  // ---- words: folded as those of the index are, so that the right file is asked for ------------------------------------------------

  let opening = null;
  let letters = {};
  let kept = new Set();
  let removed = /(?!)/;

  /** What beginnings there are, and the tables by which words are folded: read once, again after a failure. */
  function opened() {
    if (!opening) {
      opening = shared.files.json("suggestions").then((index) => {
        ({ letters } = index);
        kept = new Set(index.kept);
        removed = new RegExp(`[${index.removed}]`, "gu");
        return index.prefixes;
      });
      opening.catch(() => { opening = null; });
    }
    return opening;
  }

  /** One character without the marks that readers leave out. */
  const unmarked = (letter) => (kept.has(letter) ? letter : letter.normalize("NFD").replace(removed, "").normalize("NFC"));

  /** The words of a text as those of the index are folded (onrecord/search/words.py, `fold`). @param {string} text @returns {string[]} */
  function wordsOf(text) {
    let plain = text.normalize("NFKC").toLowerCase().replace(HIDDEN, "").replace(WITHIN, "").replace(APOSTROPHES, " ");
    plain = [...plain].map((letter) => (letter in letters ? letters[letter] : letter)).join("").normalize("NFC");
    return [...plain].map(unmarked).join("").split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean);
  }

  /** The words of a text, and those that it has where an apostrophe parts them ("L'ONU"). */
  const readings = (text) => [wordsOf(text), wordsOf(text.replace(APOSTROPHES, " "))];

  // Scripts written without blanks: a word begins at each of their characters.
  const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

  const hex = (text) => [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const lists = new Map();

  /** The longest beginning of a word that there is a list for; "" where there is none. */
  function beginning(word, prefixes) {
    const characters = [...word];
    for (let length = characters.length; length > 0; length--) {
      const prefix = characters.slice(0, length).join("");
      if (Object.hasOwn(prefixes, prefix)) return prefix;
    }
    return "";
  }

  /** The suggestions of a beginning: [label, kind, path, number of releases], most useful first. */
  function listOf(prefix, prefixes) {
    if (!lists.has(prefix)) {
      const list = shared.files.json(`suggestions/${hex(prefix)}_${prefixes[prefix]}`);
      list.catch(() => lists.delete(prefix));
      lists.set(prefix, list);
    }
    return lists.get(prefix);
  }

  /** The suggestions for what is typed: each word of it begins a word of the label. */
  async function suggestionsFor(text) {
    const prefixes = await opened();
    const typed = readings(text).filter((words) => words.length);
    const asked = new Set(typed.flatMap((words) => [words[0], words[words.length - 1]]).map((word) => beginning(word, prefixes)).filter(Boolean));
    const found = new Map();
    for (const list of await Promise.all([...asked].map((prefix) => listOf(prefix, prefixes)))) {
      for (const one of list) {
        const words = readings(one[0]);
        const joined = words[0].join("");
        const every = words.flat();
        const begins = typed.some((some) => joined.startsWith(some.join(""))
          || some.every((word) => every.some((other) => other.startsWith(word) || (UNSPACED.test(word) && other.includes(word)))));
        const key = `${one[1]} ${one[2]}`;
        if (begins && !found.has(key)) found.set(key, one);
      }
    }
    const of = new Map(KINDS.map((kind) => [kind, []]));
    for (const one of found.values()) if (of.has(one[1])) of.get(one[1]).push(one);
    return of;
  }

  /** At most `most` of them, some of each kind: what there is few of makes room for the others. */
  function bounded(of, most) {
    const kept = new Map();
    let room = most;
    for (const kind of KINDS) {
      const some = of.get(kind).slice(0, Math.min(OF_KIND, room));
      if (some.length) kept.set(kind, some);
      room -= some.length;
    }
    for (const [kind, some] of kept) {
      const more = of.get(kind).slice(some.length, some.length + room);
      some.push(...more);
      room -= more.length;
    }
    return kept;
  }

  /** The words of a text as suggestions are looked up by. @param {string} text @returns {Promise<string[]>} */
  shared.wordsOf = async (text) => {
    await opened();
    return wordsOf(text);
  };

  /** Gives a box its list, and fills it for what is typed already. @param {HTMLInputElement} box */
  shared.suggest = function (box) {
    const form = box.form;
    const { list: label, counted, none, kinds, locale } = window.OnrecordPhrases;
    const numbers = new Intl.NumberFormat(locale);
    const edition = shared.editionOf(form);
    const id = `${box.id || "box"}-suggestions`;
    const list = shared.element("div", { role: "listbox", id, class: "suggestions", "aria-label": label, hidden: "" });
    const status = shared.element("p", { role: "status", class: "hidden" });
    const holder = box.closest(".search-input") || form;
    holder.append(list, status);
    box.setAttribute("aria-controls", id);
    let options = [];
    let active = -1;
    let round = 0;
    let timer = 0;

    function close() {
      round += 1;
      clearTimeout(timer);
      list.hidden = true;
      status.textContent = "";
      activate(-1);
      box.setAttribute("aria-expanded", "false");
    }

    function activate(place) {
      if (options[active]) options[active].removeAttribute("aria-selected");
      active = place;
      if (place < 0) {
        box.removeAttribute("aria-activedescendant");
        return;
      }
      options[place].setAttribute("aria-selected", "true");
      options[place].scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", options[place].id);
    }

    // On the search page the results are below, and are not to be hidden.
    const most = () => (narrow.matches ? 4 : 8) - (box.id === "q" ? (narrow.matches ? 1 : 3) : 0);

    const addressOf = (option) => new URL(shared.encoded(option.dataset.path), edition).href;

    function optionOf([label, kind, path, count], place) {
      const option = shared.element("div", { role: "option", id: `${id}-${place}`, class: "suggestion", "data-path": path },
        shared.element("bdi", {}, label));
      if (kind !== "release" && kind !== "reference") option.append(" ", shared.element("span", { class: "count" }, numbers.format(count)));
      option.addEventListener("click", () => { location.href = addressOf(option); });
      return option;
    }

    async function draw() {
      const mine = ++round;
      let of;
      try {
        of = bounded(await suggestionsFor(box.value), most());
      } catch (error) {
        console.warn(error);
        if (mine === round) close();
        return;
      }
      if (mine !== round || document.activeElement !== box) return;
      let place = 0;
      const groups = [...of].map(([kind, some]) => shared.element("div", { role: "group", "aria-label": kinds[kind] },
        shared.element("div", { class: "suggestions-kind", "aria-hidden": "true" }, kinds[kind]),
        ...some.map((one) => optionOf(one, place++))));
      activate(-1);
      list.replaceChildren(...groups);
      options = [...list.querySelectorAll("[role=option]")];
      list.hidden = !options.length;
      box.setAttribute("aria-expanded", String(options.length > 0));
      status.textContent = options.length ? counted.replace("{n}", numbers.format(options.length)) : none;
    }

    function soon() {
      clearTimeout(timer);
      timer = setTimeout(draw, 60);
    }

    box.addEventListener("input", (event) => {
      if (event.isComposing) return;
      if (box.value.trim()) soon(); else close();
    });
    box.addEventListener("compositionend", soon);
    box.addEventListener("blur", close);
    box.form.addEventListener("submit", close);
    // Pressing on an option must not take the focus from the box: the list would close before the press is a click.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    box.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
      const open = !list.hidden;
      if (open && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
        const places = options.length + 1;
        // One place more than there are options: back in the box, with nothing chosen.
        const next = (active + 1 + (event.key === "ArrowDown" ? 1 : places - 1)) % places;
        activate(next - 1);
      } else if (open && event.key === "Enter" && active >= 0) {
        location.href = addressOf(options[active]);
      } else if (open && event.key === "Escape") {
        close();
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    });
    if (box.value.trim()) soon();
  };
})();

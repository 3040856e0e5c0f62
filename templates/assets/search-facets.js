/* The panel that narrows a search down: lists of values to choose from, and the range of dates. */
(function () {
  "use strict";

  const shared = window.OnrecordSearch;
  const { $, data, strings, element, fill } = shared;
  const order = new Intl.Collator(data.language);
  const LISTED = 30;
  const STEP = 200;

  const all = [...document.querySelectorAll(".facet[data-facet]")].map((details) => ({
    name: details.dataset.facet,
    heading: details.querySelector("summary").textContent.trim(),
    details,
    list: details.querySelector("ul"),
    total: Number(details.dataset.total || 0),
    printed: [...details.querySelectorAll("ul input")].map((input) => ({
      value: input.value,
      label: input.parentElement.querySelector(".facet-label").textContent,
      count: Number(input.parentElement.querySelector(".facet-count").dataset.count),
    })),
    everything: false,
    counts: null,
  }));
  const listed = all.filter((facet) => facet.list);
  const labels = new Map();
  for (const facet of listed) for (const { value, label } of facet.printed) labels.set(`${facet.name} ${value}`, label);

  /** The page's way to hear of a failure; set by the page. */
  let failed = () => {};
  let state = null;

  function labelOf(facet, value) {
    const fixed = data.labels[facet.name] && data.labels[facet.name][value];
    if (value === "not-stated") return strings.not_stated;
    return fixed || labels.get(`${facet.name} ${value}`) || value;
  }

  // ---- lists of values --------------------------------------------------------------------------------------------------------------

  function draw(facet) {
    const chosen = new Set(state.filters[facet.name] || []);
    let values = facet.counts
      ? Object.keys(facet.counts).map((value) => ({ value, label: labelOf(facet, value), count: facet.counts[value].count }))
      : facet.printed.map((one) => ({ ...one }));
    values.sort((a, b) => b.count - a.count || order.compare(a.label, b.label) || (a.value < b.value ? -1 : 1));
    const number = values.length;
    if (!facet.everything) values = values.slice(0, LISTED);
    for (const value of chosen) {
      if (!values.some((one) => one.value === value)) {
        const known = facet.counts && facet.counts[value];
        values.push({ value, label: labelOf(facet, value), count: known ? known.count : 0 });
      }
    }
    const focused = document.activeElement && facet.list.contains(document.activeElement) ? document.activeElement.value : null;
    const item = ({ value, label, count }) => {
      const input = element("input", { type: "checkbox", value });
      input.checked = chosen.has(value);
      return element("li", {}, element("label", {}, input, " ", element("span", { class: "facet-label" }, element("bdi", {}, label)), " ",
        element("span", { class: "facet-count" }, shared.number(count))));
    };
    facet.list.replaceChildren(...values.slice(0, STEP).map(item));
    sift(facet);
    // A list of thousands is drawn in steps, so that typing and scrolling are never held up.
    const round = facet.round = (facet.round || 0) + 1;
    const goOn = (from) => setTimeout(() => {
      if (round !== facet.round) return;
      const items = values.slice(from, from + STEP).map(item);
      facet.list.append(...items);
      sift(facet, items);
      if (from + STEP < values.length) goOn(from + STEP);
    }, 0);
    if (values.length > STEP) goOn(STEP);
    if (focused !== null) {
      const again = [...facet.list.querySelectorAll("input")].find((input) => input.value === focused);
      if (again) again.focus({ preventScroll: true });
    }
    const more = facet.details.querySelector(".facet-all");
    const hidden = facet.counts ? number > LISTED : facet.total > facet.printed.length;
    if (hidden && !facet.everything) {
      const text = fill(strings.show_all, { n: shared.number(facet.counts ? number : facet.total) });
      if (more) {
        more.textContent = text;
      } else {
        const button = element("button", { type: "button", class: "facet-all" }, text);
        button.addEventListener("click", () => everything(facet));
        facet.list.after(button);
      }
    } else if (more) {
      more.remove();
    }
    mark(facet);
  }

  /** The summary says how many values are chosen. */
  function mark(facet) {
    const number = facet.list ? (state.filters[facet.name] || []).length : Number(Boolean(state.from || state.to)) + Number(state.undated);
    const summary = facet.details.querySelector("summary");
    const badge = summary.querySelector(".facet-chosen");
    if (badge) badge.remove();
    if (number) summary.append(element("span", { class: "facet-chosen" }, ` (${shared.number(number)})`));
  }

  async function everything(facet) {
    facet.everything = true;
    if (!facet.counts) {
      try {
        learn(facet, await (await shared.engine()).facet(facet.name));
      } catch (error) {
        facet.everything = false;
        failed(error);
        return;
      }
    }
    draw(facet);
    if (!facet.details.querySelector(".facet-find")) {
      const find = element("input", { type: "search", class: "facet-find", "aria-label": `${strings.find_in}: ${facet.heading}`,
        placeholder: strings.find_in, autocomplete: "off", dir: "auto" });
      find.addEventListener("input", () => sift(facet));
      facet.list.before(find);
      find.focus();
    }
  }

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

  /** Hides the values that do not have in them what is typed into the facet's own box. */
  function sift(facet, items = facet.list.children) {
    const find = facet.details.querySelector(".facet-find");
    const wanted = find ? plain(find.value) : "";
    for (const item of items) {
      item.hidden = !item.querySelector("input").checked && !plain(item.querySelector(".facet-label").textContent).includes(wanted);
    }
  }

  function learn(facet, counts) {
    facet.counts = counts;
    for (const value of Object.keys(counts)) {
      const key = `${facet.name} ${value}`;
      if (counts[value].label && !labels.has(key)) labels.set(key, counts[value].label);
    }
  }

  // ---- the range of dates: a year, then a month of it, then a day of it -------------------------------------------------------------

  const NUMBERS = [4, 2, 2];
  const ends = ["from", "to"].filter((end) => $(`${end}-year`)).map((end) => ({
    name: end, selects: ["year", "month", "day"].map((part) => $(`${end}-${part}`)),
  }));
  const daysOf = (year, month) => new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  const padded = (value, part) => String(value).padStart(NUMBERS[part], "0");

  /** A year, month or day that there is, in ASCII digits, or "" where a text is none. */
  function period(text) {
    const ascii = text.trim().replace(/\p{Nd}/gu, (digit) => {
      for (const zero of [0x30, 0x660, 0x6f0, 0x966]) {
        const value = digit.codePointAt(0) - zero;
        if (value >= 0 && value <= 9) return String(value);
      }
      return digit;
    });
    const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(ascii);
    if (!found) return "";
    const [, year, month, day] = found.map(Number);
    if (found[2] && (month < 1 || month > 12)) return "";
    if (found[3] && (day < 1 || day > daysOf(year, month))) return "";
    return ascii;
  }

  const first = (one) => one + "-01-01".slice(one.length - 4);
  const last = (one) => one + "-99-99".slice(one.length - 4);

  /** Whether a range ends before it begins. */
  const reversed = (from, to) => Boolean(from && to) && first(from) > last(to);

  function options(select, values, label) {
    const key = values.join();
    if (select.dataset.values === key) return;
    select.dataset.values = key;
    select.replaceChildren(select.options[0], ...values.map((value) => element("option", { value }, label(value))));
  }

  /** Sets the choices of one end of the range to a period. */
  function drawRange({ name, selects: [year, month, day] }) {
    const [chosenYear = "", chosenMonth = "", chosenDay = ""] = (state[name] || "").split("-");
    if (chosenYear && ![...year.options].some((option) => option.value === chosenYear)) {
      const before = [...year.options].slice(1).find((option) => option.value < chosenYear);
      year.insertBefore(element("option", { value: chosenYear }, shared.dateWords(chosenYear)), before || null);
    }
    const names = new Intl.DateTimeFormat(data.locale, { month: "long", timeZone: "UTC" });
    options(month, chosenYear ? Array.from({ length: 12 }, (_, place) => padded(place + 1, 1)) : [],
      (value) => names.format(new Date(Date.UTC(2000, Number(value) - 1, 1))));
    options(day, chosenMonth ? Array.from({ length: daysOf(Number(chosenYear), Number(chosenMonth)) }, (_, place) => padded(place + 1, 2)) : [],
      (value) => shared.number(Number(value)));
    year.value = chosenYear;
    month.value = chosenMonth;
    day.value = chosenDay;
    month.disabled = !chosenYear;
    day.disabled = !chosenMonth;
  }

  /** The period that one end of the range is set to: as exact as its choices are. */
  function chosenRange({ selects }) {
    const [year, month, day] = selects.map((select) => select.value);
    return period([year, year && month, year && month && day].filter(Boolean).join("-")) || (month ? `${year}-${month}` : year);
  }

  // ---- what the page asks -----------------------------------------------------------------------------------------------------------

  shared.panel = {
    all,
    listed,
    labelOf,
    period,
    reversed,

    /** Tells the panel whom to tell of a failure. */
    onFailure(hear) {
      failed = hear;
    },

    /** Shows a state in the panel. */
    show(given) {
      state = given;
      for (const facet of listed) draw(facet);
      for (const end of ends) drawRange(end);
      if ($("undated")) $("undated").checked = state.undated;
      for (const facet of all) if (!facet.list) mark(facet);
    },

    /** The lists as the page was printed with, for a search of nothing. */
    reset() {
      for (const facet of listed) {
        facet.counts = null;
        facet.everything = false;
        const find = facet.details.querySelector(".facet-find");
        if (find) find.remove();
        draw(facet);
      }
    },

    /** New counts of some facets. */
    count(counts) {
      for (const facet of listed) {
        if (!counts[facet.name]) continue;
        learn(facet, counts[facet.name]);
        draw(facet);
      }
    },

    /** The names of the facets whose counts are in sight. */
    wanted: () => listed.filter((facet) => facet.details.open && $("search-panel").open).map((facet) => facet.name),

    /** Takes a choice over into a state. @returns {boolean} whether the element is one of the panel's choices */
    choose(input, given) {
      const end = ends.find(({ selects }) => selects.includes(input));
      if (end) {
        given[end.name] = chosenRange(end);
      } else if (input.id === "undated") {
        given.undated = input.checked;
      } else {
        const details = input.closest(".facet[data-facet]");
        if (!details || input.classList.contains("facet-find")) return false;
        const name = details.dataset.facet;
        const chosen = new Set(given.filters[name] || []);
        if (input.checked) chosen.add(input.value); else chosen.delete(input.value);
        if (chosen.size) given.filters[name] = [...chosen]; else delete given.filters[name];
      }
      return true;
    },
  };
})();

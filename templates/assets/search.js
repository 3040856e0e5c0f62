/* The search page: what is searched for, its address, and the place in the results. The other parts are in search-*.js.
   The address has everything behind "#", which no browser sends to a server. */
(function () {
  "use strict";

  const ASSETS = new URL(".", document.currentScript.src).href;
  const shared = window.OnrecordSearch;
  const { $, strings, panel, results, element, fill } = shared;
  const PAGE = 10;
  const PAUSE = 180;
  const MOST = 5000;
  const form = $("search-form");
  const box = $("q");

  // ---- the state, and its address ---------------------------------------------------------------------------------------------------

  /** A search as an address has it; `unread` are the dates in it that are none. */
  function read(parameters) {
    const filters = {};
    for (const { name } of panel.listed) {
      const values = [...new Set(parameters.getAll(name))].filter(Boolean);
      if (values.length) filters[name] = values;
    }
    const sort = parameters.get("sort");
    const read = { text: (parameters.get("q") || "").trim().slice(0, shared.longest), filters, from: "", to: "", unread: [], exchanged: false,
      undated: parameters.get("undated") === "1", sort: sort === "newest" || sort === "oldest" ? sort : "" };
    for (const end of ["from", "to"]) {
      const text = parameters.get(end) || "";
      read[end] = panel.period(text);
      if (text && !read[end]) read.unread.push(text);
    }
    return ordered(read);
  }

  /** A range that ends before it begins is exchanged, which is said. */
  function ordered(given) {
    if (panel.reversed(given.from, given.to)) {
      [given.from, given.to] = [given.to, given.from];
      given.exchanged = true;
    }
    return given;
  }

  const fragment = () => new URLSearchParams(location.href.split("#").slice(1).join("#"));
  const addressOf = (query) => {
    const text = shared.fragmentOf(query);
    return text ? `#${text}` : location.pathname;
  };

  let state = read(fragment());
  let size = PAGE;
  let total = 0;
  let here = "";

  const narrowing = () => Object.keys(state.filters).length > 0 || Boolean(state.from || state.to || state.undated);

  /** Puts the state into the address: as a new entry of the history, or in place of this one. */
  function remember(push, kept) {
    const url = location.pathname + (shared.fragmentOf(state) ? `#${shared.fragmentOf(state)}` : "");
    try {
      if (push && url !== here) {
        keepPlace();
        history.pushState({ size }, "", url);
      } else {
        history.replaceState({ size, ...kept }, "", url);
      }
    } catch {
      // Some browsers refuse a new address to a page opened from a folder; the search works all the same.
    }
    here = url;
  }

  function show() {
    if (box.value.trim() !== state.text) box.value = state.text;
    $("sort").value = state.sort;
    panel.show(state);
    drawChosen();
  }

  // ---- the place in the results: kept in the history, so that back leads to it ------------------------------------------------------

  /** How far the page is scrolled, how high it is, and which link of the results is left or has the focus. */
  function place(link) {
    const links = results.links();
    const focused = links.indexOf(link || document.activeElement);
    return { size, scroll: Math.round(scrollY), height: $("search-out").offsetHeight, link: focused,
      top: focused < 0 ? 0 : Math.round(links[focused].getBoundingClientRect().top) };
  }

  let keeping = 0;
  let restoring = false;
  function keepPlace(link) {
    clearTimeout(keeping);
    if (restoring) return;
    try {
      history.replaceState(place(link), "");
    } catch {
      // As in `remember`.
    }
  }

  /** Waits until scrolling or moving has ended: browsers refuse a history that is written too often. */
  function keepPlaceSoon() {
    clearTimeout(keeping);
    keeping = setTimeout(() => keepPlace(), 200);
  }

  /** Makes the room that a place needs, before there are results: so nothing moves when they come. */
  function reserve(kept) {
    clearTimeout(keeping);
    if (!kept || !kept.height) return;
    restoring = true;
    $("search-out").hidden = false;
    $("search-out").style.minBlockSize = `${kept.height}px`;
    scrollTo(0, kept.scroll);
  }

  function restore(kept) {
    restoring = false;
    $("search-out").style.minBlockSize = "";
    if (!kept) return;
    const focused = kept.link >= 0 ? results.links()[kept.link] : null;
    if (focused) {
      focused.focus({ preventScroll: true });
      scrollBy(0, focused.getBoundingClientRect().top - kept.top);
    } else if (kept.scroll !== undefined) {
      scrollTo(0, kept.scroll);
    }
  }

  // ---- what is chosen ---------------------------------------------------------------------------------------------------------------

  function chip(heading, value, remove) {
    const text = heading ? `${heading}: ${value}` : value;
    const button = element("button", { type: "button", class: "search-chip", "aria-label": fill(strings.remove, { word: text }) },
      heading && `${heading}: `, element("bdi", {}, value), element("span", { "aria-hidden": "true" }, " ×"));
    button.addEventListener("click", () => {
      const at = [...$("search-chosen").children].indexOf(button);
      remove();
      changed(true);
      const left = $("search-chosen").children;
      (left.length ? left[Math.min(at, left.length - 1)] : box).focus();
    });
    return button;
  }

  function drawChosen() {
    const chips = [];
    for (const facet of panel.listed) {
      for (const value of state.filters[facet.name] || []) {
        chips.push(chip(facet.heading, panel.labelOf(facet, value), () => {
          state.filters[facet.name] = state.filters[facet.name].filter((one) => one !== value);
          if (!state.filters[facet.name].length) delete state.filters[facet.name];
        }));
      }
    }
    for (const end of ["from", "to"]) if (state[end]) chips.push(chip(strings[end], shared.dateWords(state[end]), () => { state[end] = ""; }));
    if (state.undated) chips.push(chip("", strings.undated, () => { state.undated = false; }));
    if (chips.length > 1) {
      const all = element("button", { type: "button", class: "search-chip search-chip-all" }, strings.remove_all);
      all.addEventListener("click", () => {
        state = { ...state, filters: {}, from: "", to: "", undated: false };
        changed(true);
        box.focus();
      });
      chips.push(all);
    }
    $("search-chosen").replaceChildren(...chips);
    $("search-chosen").hidden = !chips.length;
  }

  // ---- searching --------------------------------------------------------------------------------------------------------------------

  function say(text) {
    if ($("search-status").textContent !== text) $("search-status").textContent = text;
  }

  function failed(error) {
    console.error(error);
    results.clear();
    say(strings.failed);
    const again = element("button", { type: "button" }, strings.retry);
    again.addEventListener("click", () => run());
    $("search-notes").replaceChildren(again);
    $("search-out").hidden = false;
    $("search-more").hidden = true;
    $("search-listed").textContent = "";
    $("search-save").hidden = true;
    $("search-out").style.minBlockSize = "";
    $("search").dataset.ready = "";
    restoring = false;
  }

  /** The address of this search with a word exchanged for another: as it is typed, or at the end where it is not found so. */
  function addressFor(typed, other) {
    const at = state.text.toLowerCase().indexOf(typed.toLowerCase());
    const text = at < 0 ? other : state.text.slice(0, at) + other + state.text.slice(at + typed.length);
    return addressOf({ ...state, text });
  }

  let running = 0;
  let saving = false;

  function empty() {
    results.clear();
    for (const id of ["search-more", "search-help", "search-out", "search-save", "search-sort"]) $(id).hidden = true;
    say("");
    panel.reset();
    $("search").dataset.ready = "";
    restoring = false;
    $("search-out").style.minBlockSize = "";
    document.documentElement.removeAttribute("data-search");
    document.documentElement.removeAttribute("data-searching");
  }

  function request() {
    return { text: state.text, filters: state.filters, from: state.from, to: state.to, undated: state.undated,
      sort: state.sort || (state.text ? "relevance" : "newest"), size, facets: panel.wanted(), language: shared.data.language };
  }

  /** What the number of results says; where a script cannot be searched nothing is said to be missing. */
  function summary(answer) {
    if (answer.total) return shared.counted(answer.total);
    return (answer.notes.unsearchable || []).length ? strings.not_searched : strings.none;
  }

  /** Searches for the state and shows what is found; `kept` is the place to go back to. */
  async function run(kept) {
    const mine = ++running;
    if (shared.save) shared.save.stop();
    $("search-save-status").textContent = "";
    if (!state.text && !narrowing()) {
      empty();
      return;
    }
    $("search-out").hidden = false;
    const slow = setTimeout(() => mine === running && say(strings.searching), 400);
    try {
      const engine = await shared.engine();
      if (mine !== running) return;
      const answer = await engine.search(request());
      if (answer === null || mine !== running) return;
      total = answer.total;
      panel.count(answer.counts);
      drawChosen();
      const { exchanged, unread } = state;
      answer.notes = { ...answer.notes, exchanged: exchanged || answer.notes.exchanged, unread };
      results.draw(answer, addressFor);
      offerMore();
      $("search-save").hidden = !total;
      if (total) offerSaving();
      $("search-sort").hidden = !total;
      $("search-help").hidden = total > 0;
      say(summary(answer));
      restore(kept);
      $("search").dataset.ready = "";
      document.documentElement.dataset.search = String(mine);
    } catch (error) {
      if (mine === running) failed(error);
    } finally {
      clearTimeout(slow);
    }
  }

  /** What saves results is loaded once there are some; until then its buttons wait. */
  async function offerSaving() {
    if (saving) return;
    saving = true;
    try {
      await shared.script(`${ASSETS}search-save.js`);
      shared.save.offer(() => total, async (from, to) => (await shared.engine()).more(from, to));
    } catch (error) {
      saving = false;
      console.warn(error);
    }
  }

  /** More results where there are some; on paper, which has none to offer, how many of them are there. */
  function offerMore() {
    const shown = results.shown();
    $("search-more").hidden = shown >= total;
    $("search-listed").textContent = shown < total ? fill(strings.listed, { shown: shared.number(shown), whole: shared.number(total) }) : "";
  }

  async function more() {
    const before = results.shown();
    const mine = running;
    try {
      const found = await (await shared.engine()).more(before, before + PAGE);
      if (found === null || mine !== running) return;
      results.add(found);
      size = Math.max(PAGE, results.shown());
      offerMore();
      const next = document.querySelectorAll("#search-results .search-result")[before];
      if (next) next.querySelector("a").focus();
      keepPlace();
    } catch (error) {
      if (mine === running) failed(error);
    }
  }

  /** The state was changed by the reader: tell the address, the form and the results. */
  function changed(push) {
    size = PAGE;
    state.unread = [];
    state.exchanged = false;
    ordered(state);
    remember(push);
    show();
    return run();
  }

  /** The address was changed: by back and forward, by a link, or by hand. */
  function arrived() {
    const url = location.pathname + location.search + location.hash;
    if (url === here) return;
    // "#main" and the like are places in the page, no searches.
    if (location.hash && !location.hash.includes("=")) return;
    const kept = history.state;
    clearTimeout(keeping);
    state = read(fragment());
    size = Math.max(PAGE, Math.min(MOST, Number(kept && kept.size) || 0));
    here = url;
    if (state.exchanged || state.unread.length) remember(false, kept);
    show();
    if (kept) reserve(kept); else scrollTo(0, 0);
    run(kept);
  }

  // ---- events -----------------------------------------------------------------------------------------------------------------------

  let timer = 0;
  const long = (text) => text.length >= 3 || /[^\u0000-\u024f]/u.test(text) || /^\d+$/.test(text);

  // Who is about to type has the rest of the page by the time there is something to look for; what fails here is told by the search.
  box.addEventListener("focus", () => shared.parts().catch(() => {}), { once: true });

  box.addEventListener("input", () => {
    clearTimeout(timer);
    const text = shared.typed(box);
    if (text === state.text) return;
    if (text && !long(text)) {
      $("search-out").hidden = false;
      say(strings.short);
      return;
    }
    timer = setTimeout(() => {
      state.text = shared.typed(box);
      changed(false);
    }, PAUSE);
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    state.text = shared.typed(box);
    changed(true);
  });

  function chosen(event) {
    const input = event.target;
    if (input === box) return;
    clearTimeout(timer);
    if (input.id === "sort") state.sort = input.value;
    else if (!panel.choose(input, state)) return;
    state.text = shared.typed(box);
    changed(true);
  }
  $("search-narrow").addEventListener("change", chosen);
  $("sort").addEventListener("change", chosen);

  panel.onFailure(failed);
  for (const facet of panel.listed) {
    facet.details.addEventListener("toggle", async () => {
      if (!facet.details.open || (!state.text && !narrowing())) return;
      const mine = running;
      try {
        const counts = await (await shared.engine()).counted([facet.name]);
        if (counts && mine === running) panel.count(counts);
      } catch (error) {
        if (mine === running) failed(error);
      }
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    const links = results.links();
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape" && (document.activeElement === box || at >= 0)) {
      if (at >= 0 && box.value) {
        box.focus();
        box.select();
      } else if (box.value) {
        box.value = "";
        clearTimeout(timer);
        state.text = "";
        changed(true);
      }
      event.preventDefault();
    } else if (event.key === "ArrowDown" && (document.activeElement === box || at >= 0) && links.length) {
      links[Math.min(at + 1, links.length - 1)].focus();
      event.preventDefault();
    } else if (event.key === "ArrowUp" && at >= 0) {
      (at ? links[at - 1] : box).focus();
      event.preventDefault();
    }
  });

  // The link to the content would put its own fragment in the place of the search.
  document.addEventListener("click", (event) => {
    const inside = event.target.closest("a[href^='#']");
    const target = inside && !inside.getAttribute("href").includes("=") && document.getElementById(inside.getAttribute("href").slice(1));
    if (target) {
      event.preventDefault();
      target.focus();
      target.scrollIntoView();
    } else if (event.target.closest("#search-results a, #search-terms a")) {
      keepPlace(event.target.closest("a"));
    }
  });

  $("search-more").addEventListener("click", more);
  $("search-results").addEventListener("focusin", keepPlaceSoon);
  addEventListener("scroll", keepPlaceSoon, { passive: true });
  addEventListener("popstate", arrived);
  addEventListener("hashchange", arrived);

  // ---- begin ------------------------------------------------------------------------------------------------------------------------

  const kept = history.state;
  remember(false, kept);
  $("search-narrow").hidden = false;
  $("search-panel").open = matchMedia("(min-width: 60rem)").matches;
  size = Math.max(PAGE, Math.min(MOST, Number(kept && kept.size) || 0));
  for (const facet of panel.all) {
    facet.details.open = Boolean(state.filters[facet.name]) || (facet.name === "year" && Boolean(state.from || state.to || state.undated));
  }
  show();
  reserve(kept);
  document.documentElement.removeAttribute("data-returning");
  run(kept);
})();

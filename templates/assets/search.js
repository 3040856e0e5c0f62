/* The search page: the form, its address and its results. The searching itself is done by pagefind/engine.js, in a worker.
   Everything shown comes from the page (#search-data) or is set as text: nothing of a release is ever read as HTML. */
(function () {
  "use strict";

  const ROOT = new URL("../", document.currentScript.src).href;
  const INDEX = `${ROOT}pagefind/`;
  const PAGE = 10;
  const LISTED = 30;
  const PAUSE = 180;
  const data = JSON.parse(document.getElementById("search-data").textContent);
  const strings = data.strings;
  const numbers = new Intl.NumberFormat(data.locale);
  const plurals = new Intl.PluralRules(data.language);
  const $ = (id) => document.getElementById(id);
  const form = $("search-form");
  const box = $("q");
  const list = $("search-results");

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const key of Object.keys(attributes || {})) {
      if (attributes[key] === false || attributes[key] === undefined) continue;
      made.setAttribute(key, attributes[key] === true ? "" : attributes[key]);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
  const counted = (number) => fill(strings[`count_${plurals.select(number)}`] || strings.count_other, { n: numbers.format(number) });

  // ---- files of the index: fetched over http, as classic scripts from a folder ------------------------------------------------------

  const local = location.protocol === "file:";
  const files = new Map();
  const scripts = new Map();
  let packs = {};
  let versions = {};

  window.__onrecordFiles = function (given) {
    for (const path of Object.keys(given)) files.set(path, given[path]);
  };

  function script(url) {
    if (!scripts.has(url)) {
      scripts.set(url, new Promise((done, failed) => {
        const tag = element("script", { src: url });
        tag.onload = () => { tag.remove(); done(); };
        tag.onerror = () => { tag.remove(); scripts.delete(url); failed(new Error(`cannot load ${url}`)); };
        document.head.append(tag);
      }));
    }
    return scripts.get(url);
  }

  /** The script that holds a file of the index. Fragments are packed: the same sum as pack_of in offline.py. */
  function scriptOf(path) {
    const fragment = /^([^/]+)\/fragment\/[^/]*?([0-9a-f]+)\.pf_fragment$/.exec(path);
    if (fragment) return `${fragment[1]}/offline/fragment/${parseInt(fragment[2].slice(0, 6), 16) % packs[fragment[1]]}.js`;
    const inside = /^([^/]+)\/(.+)$/.exec(path);
    return inside ? `${inside[1]}/offline/${inside[2]}.js` : path === "catalogue.json" ? "catalogue.js" : `${path}.js`;
  }

  function bytes(base64) {
    const text = atob(base64);
    const out = new Uint8Array(text.length);
    for (let place = 0; place < text.length; place++) out[place] = text.charCodeAt(place);
    return out;
  }

  async function load(path) {
    if (local) {
      if (!files.has(path)) await script(INDEX + scriptOf(path));
      if (!files.has(path)) throw new Error(`${path} is missing`);
      return bytes(files.get(path));
    }
    // Files named by what is in them are kept by a browser as long as it likes; the others are asked for by version.
    const version = path.endsWith(".txt") ? versions[path.split("/")[0]] : path.startsWith("wasm.") ? versions[""] : "";
    const answer = await fetch(INDEX + path + (version ? `?${version}` : ""), path === "catalogue.json" ? { cache: "no-cache" } : {});
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  // ---- the engine: in a Blob worker, or in the page where a browser refuses one -----------------------------------------------------

  /** What runs in the worker: the engine, and a `load` that asks the page. */
  function inWorker(Engine) {
    const waiting = new Map();
    let number = 0;
    const engine = Engine((path) => new Promise((done, failed) => {
      waiting.set(++number, { done, failed });
      self.postMessage({ load: path, number });
    }));
    self.onmessage = async ({ data: message }) => {
      if (message.loaded) {
        const { done, failed } = waiting.get(message.loaded);
        waiting.delete(message.loaded);
        if (message.error) failed(new Error(message.error)); else done(message.bytes);
        return;
      }
      try {
        self.postMessage({ answered: message.call, result: await engine[message.name](...message.values) });
      } catch (error) {
        self.postMessage({ answered: message.call, error: String(error && error.message || error) });
      }
    };
    self.postMessage({ ready: true });
  }

  function workerEngine(Engine) {
    return new Promise((done, failed) => {
      const source = `(${inWorker.toString()})((() => { const window = {}; window.OnrecordEngine = ${Engine.toString()}; return window.OnrecordEngine; })());`;
      const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
      const waiting = new Map();
      let number = 0;
      const engine = new Proxy({}, {
        get: (_, name) => (name === "then" ? undefined : (...values) => new Promise((answered, refused) => {
          waiting.set(++number, { answered, refused });
          worker.postMessage({ call: number, name, values });
        })),
      });
      worker.onerror = (event) => {
        event.preventDefault();
        opening = null;
        for (const { refused } of waiting.values()) refused(new Error(event.message || "the worker stopped"));
        failed(new Error(event.message || "no worker"));
      };
      worker.onmessage = async ({ data: message }) => {
        if (message.ready) {
          done(engine);
        } else if (message.load) {
          try {
            const loaded = await load(message.load);
            worker.postMessage({ loaded: message.number, bytes: loaded }, [loaded.buffer]);
          } catch (error) {
            worker.postMessage({ loaded: message.number, error: String(error.message || error) });
          }
        } else {
          const { answered, refused } = waiting.get(message.answered);
          waiting.delete(message.answered);
          if ("error" in message) refused(new Error(message.error)); else answered(message.result);
        }
      };
    });
  }

  let opening = null;
  function opened() {
    if (!opening) {
      opening = (async () => {
        const known = JSON.parse(new TextDecoder().decode(await load("catalogue.json")));
        versions = Object.fromEntries([["", known.engine], ...known.shards.map((shard) => [shard.name, shard.key.slice(0, 10)])]);
        await script(`${INDEX}engine.js${local ? "" : `?${known.engine}`}`);
        packs = Object.fromEntries(known.shards.map((shard) => [shard.name, shard.packs]));
        let engine;
        try {
          engine = await workerEngine(window.OnrecordEngine);
        } catch {
          engine = window.OnrecordEngine(load);
        }
        await engine.open(known);
        return engine;
      })();
      opening.catch(() => { opening = null; });
    }
    return opening;
  }

  // ---- the form and the address -----------------------------------------------------------------------------------------------------

  const facets = [...document.querySelectorAll(".facet[data-facet]")].map((details) => ({
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
  const listed = facets.filter((facet) => facet.list);
  const labels = new Map();
  for (const facet of listed) for (const { value, label } of facet.printed) labels.set(`${facet.name} ${value}`, label);

  let state = read(new URLSearchParams(location.search));
  let size = PAGE;
  let total = 0;

  function read(parameters) {
    const filters = {};
    for (const facet of listed) {
      const values = [...new Set(parameters.getAll(facet.name))].filter(Boolean);
      if (values.length) filters[facet.name] = values;
    }
    const sort = parameters.get("sort");
    return {
      text: (parameters.get("q") || "").trim().slice(0, 500),
      filters,
      from: /^\d{4}$/.test(parameters.get("from") || "") ? parameters.get("from") : "",
      to: /^\d{4}$/.test(parameters.get("to") || "") ? parameters.get("to") : "",
      undated: parameters.get("undated") === "1",
      sort: sort === "newest" || sort === "oldest" ? sort : "",
    };
  }

  function address() {
    const parameters = new URLSearchParams();
    if (state.text) parameters.set("q", state.text);
    for (const facet of listed) for (const value of state.filters[facet.name] || []) parameters.append(facet.name, value);
    for (const key of ["from", "to", "sort"]) if (state[key]) parameters.set(key, state[key]);
    if (state.undated) parameters.set("undated", "1");
    const text = parameters.toString();
    return location.pathname + (text ? `?${text}` : "");
  }

  const narrowing = () => Object.keys(state.filters).length > 0 || Boolean(state.from || state.to || state.undated);

  let remembered = location.pathname + location.search;
  function remember(push) {
    const url = address();
    try {
      if (push && url !== remembered) history.pushState({ size }, "", url);
      else history.replaceState({ size }, "", url);
      remembered = url;
    } catch {
      // Some browsers refuse a new address to a page opened from a folder; the search works all the same.
    }
  }

  function show() {
    if (box.value.trim() !== state.text) box.value = state.text;
    form.elements.sort.value = state.sort;
    for (const key of ["from", "to"]) if (form.elements[key]) form.elements[key].value = state[key];
    if (form.elements.undated) form.elements.undated.checked = state.undated;
    for (const facet of listed) draw(facet);
    drawChosen();
  }

  // ---- facets -----------------------------------------------------------------------------------------------------------------------

  function labelOf(facet, value) {
    const fixed = data.labels[facet.name] && data.labels[facet.name][value];
    if (value === "not-stated") return strings.not_stated;
    return fixed || labels.get(`${facet.name} ${value}`) || value;
  }

  function draw(facet) {
    const chosen = new Set(state.filters[facet.name] || []);
    let values = facet.counts
      ? Object.keys(facet.counts).map((value) => ({ value, label: labelOf(facet, value), count: facet.counts[value].count }))
      : facet.printed.map((one) => ({ ...one }));
    values.sort((a, b) => b.count - a.count || a.label.localeCompare(b.label, data.language) || (a.value < b.value ? -1 : 1));
    const all = values.length;
    if (!facet.everything) values = values.slice(0, LISTED);
    for (const value of chosen) {
      if (!values.some((one) => one.value === value)) {
        const known = facet.counts && facet.counts[value];
        values.push({ value, label: labelOf(facet, value), count: known ? known.count : 0 });
      }
    }
    const focused = document.activeElement && facet.list.contains(document.activeElement) ? document.activeElement.value : null;
    facet.list.replaceChildren(...values.map(({ value, label, count }) => {
      const input = element("input", { type: "checkbox", name: facet.name, value });
      input.checked = chosen.has(value);
      return element("li", {}, element("label", {}, input, " ", element("span", { class: "facet-label" }, element("bdi", {}, label)), " ",
        element("span", { class: "facet-count" }, numbers.format(count))));
    }));
    sift(facet);
    if (focused !== null) {
      const again = [...facet.list.querySelectorAll("input")].find((input) => input.value === focused);
      if (again) again.focus({ preventScroll: true });
    }
    const more = facet.details.querySelector(".facet-all");
    const hidden = facet.counts ? all > LISTED : facet.total > facet.printed.length;
    if (hidden && !facet.everything) {
      const text = fill(strings.show_all, { n: numbers.format(facet.counts ? all : facet.total) });
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

  /** The summary says how many values are chosen; a facet with something chosen stands open. */
  function mark(facet) {
    const number = facet.list ? (state.filters[facet.name] || []).length : Number(Boolean(state.from || state.to)) + Number(state.undated);
    const summary = facet.details.querySelector("summary");
    const badge = summary.querySelector(".facet-chosen");
    if (badge) badge.remove();
    if (number) summary.append(element("span", { class: "facet-chosen" }, ` (${numbers.format(number)})`));
  }

  async function everything(facet) {
    facet.everything = true;
    if (!facet.counts) {
      try {
        facet.counts = await (await opened()).facet(facet.name);
        learn(facet);
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

  /** Hides the values that do not have in them what is typed into the facet's own box. */
  function sift(facet) {
    const find = facet.details.querySelector(".facet-find");
    const wanted = find ? plain(find.value) : "";
    for (const item of facet.list.children) {
      item.hidden = !item.querySelector("input").checked && !plain(item.querySelector(".facet-label").textContent).includes(wanted);
    }
  }

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

  function learn(facet) {
    for (const value of Object.keys(facet.counts)) {
      if (facet.counts[value].label) labels.set(`${facet.name} ${value}`, labels.get(`${facet.name} ${value}`) || facet.counts[value].label);
    }
  }

  const wantedFacets = () => listed.filter((facet) => facet.details.open && $("search-panel").open).map((facet) => facet.name);

  function chip(heading, value, remove) {
    const text = heading ? `${heading}: ${value}` : value;
    const button = element("button", { type: "button", class: "search-chip", "aria-label": fill(strings.remove, { word: text }) },
      heading && `${heading}: `, element("bdi", {}, value), element("span", { "aria-hidden": "true" }, " ×"));
    button.addEventListener("click", () => {
      const place = [...$("search-chosen").children].indexOf(button);
      remove();
      changed(true);
      const left = $("search-chosen").children;
      (left.length ? left[Math.min(place, left.length - 1)] : box).focus();
    });
    return button;
  }

  function drawChosen() {
    const chips = [];
    for (const facet of listed) {
      for (const value of state.filters[facet.name] || []) {
        chips.push(chip(facet.heading, labelOf(facet, value), () => {
          state.filters[facet.name] = state.filters[facet.name].filter((one) => one !== value);
          if (!state.filters[facet.name].length) delete state.filters[facet.name];
        }));
      }
    }
    if (state.from) chips.push(chip(strings.from, state.from, () => { state.from = ""; }));
    if (state.to) chips.push(chip(strings.to, state.to, () => { state.to = ""; }));
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
    for (const facet of facets) mark(facet);
  }

  // ---- results ----------------------------------------------------------------------------------------------------------------------

  const direction = (language) => (data.rtl.includes(language) ? "rtl" : "ltr");

  function link(path, marks, anchor) {
    const parameters = marks.map((word) => `mark=${encodeURIComponent(word)}`).join("&");
    const safe = path.split("/").map(encodeURIComponent).join("/");
    return safe + (parameters ? `?${parameters}` : "") + (anchor ? `#${encodeURIComponent(anchor)}` : "");
  }

  const marked = (runs) => runs.map(([text, found]) => (found ? element("mark", {}, text) : text));

  function result(one) {
    const { meta } = one;
    const heading = element("h3", {}, element("a", { href: link(one.path, one.marks, ""), lang: meta.language || one.language,
      dir: direction(meta.language || one.language), class: "search-title" }, meta.title || one.path));
    const facts = [
      meta.status && strings[meta.status] && element("strong", { class: "search-status-of" }, strings[meta.status]),
      element("bdi", {}, meta[`date_${data.language}`] || meta.date || strings.undated),
      meta.publisher && element("bdi", {}, meta.publisher),
      meta.reference && element("bdi", { class: "search-reference" }, meta.reference),
      meta.extent && strings[meta.extent] && element("bdi", {}, strings[meta.extent]),
    ].filter(Boolean);
    const line = element("p", { class: "search-facts" });
    facts.forEach((fact, place) => line.append(...(place ? [element("span", { "aria-hidden": "true" }, " · "), fact] : [fact])));
    // The words of an abstract are in the archive's language, any others in that of the release.
    const written = meta.extent === "abstract" ? one.language : meta.language || one.language;
    const passages = one.passages.map(({ id, runs }) => {
      const text = element("span", {}, ...marked(runs));
      const inner = id ? element("a", { href: link(one.path, one.marks, id), class: "search-passage-link" }, text) : text;
      return element("p", { class: "search-passage", lang: written, dir: direction(written) }, inner);
    });
    return element("li", { class: "search-result" }, heading, line, ...passages);
  }

  function drawNotes(notes) {
    const lines = [];
    if (notes.unquoted) lines.push(strings.unquoted);
    if (notes.some) lines.push(strings.some);
    for (const word of notes.without || []) lines.push(fill(strings.without, { word: typed(word) }));
    for (const [word, other] of notes.near || []) lines.push(fill(strings.near, { word: typed(word), other }));
    for (const word of notes.missing || []) lines.push(fill(strings.missing, { word: typed(word) }));
    $("search-notes").replaceChildren(...lines.map((line) => element("p", { dir: "auto" }, line)));
  }

  /** A folded word of the query as it was typed, as far as it can be told. */
  function typed(word) {
    return state.text.split(/[\s"“”„«»]+/u).find((one) => plain(one).replace(/[^\p{L}\p{N}]/gu, "") === word) || word;
  }

  function say(text) {
    $("search-status").textContent = text;
  }

  function failed(error) {
    console.error(error);
    say(strings.failed);
    list.replaceChildren();
    const again = element("button", { type: "button" }, strings.retry);
    again.addEventListener("click", () => run());
    $("search-notes").replaceChildren(again);
    $("search-out").hidden = false;
    $("search-more").hidden = true;
  }

  let running = 0;

  async function run() {
    const mine = ++running;
    if (!state.text && !narrowing()) {
      list.replaceChildren();
      $("search-notes").replaceChildren();
      $("search-more").hidden = true;
      $("search-help").hidden = true;
      $("search-out").hidden = true;
      say("");
      for (const facet of listed) {
        facet.counts = null;
        facet.everything = false;
        const find = facet.details.querySelector(".facet-find");
        if (find) find.remove();
        draw(facet);
      }
      document.documentElement.removeAttribute("data-search");
      return;
    }
    $("search-out").hidden = false;
    const slow = setTimeout(() => mine === running && say(strings.searching), 400);
    try {
      const engine = await opened();
      if (mine !== running) return;
      const answer = await engine.search({ text: state.text, filters: state.filters, from: state.from, to: state.to, undated: state.undated,
        sort: state.sort || (state.text ? "relevance" : "newest"), size, facets: wantedFacets() });
      if (answer === null || mine !== running) return;
      total = answer.total;
      for (const facet of listed) {
        if (answer.counts[facet.name]) {
          facet.counts = answer.counts[facet.name];
          learn(facet);
          draw(facet);
        }
      }
      drawChosen();
      drawNotes(answer.notes);
      list.replaceChildren(...answer.results.map(result));
      $("search-more").hidden = total <= answer.results.length;
      $("search-help").hidden = total > 0;
      say(total ? counted(total) : strings.none);
      document.documentElement.dataset.search = String(mine);
    } catch (error) {
      if (mine === running) failed(error);
    } finally {
      clearTimeout(slow);
    }
  }

  async function more() {
    const before = list.children.length;
    const mine = running;
    try {
      const results = await (await opened()).more(before, before + PAGE);
      if (mine !== running) return;
      list.append(...results.map(result));
      size = Math.max(PAGE, list.children.length);
      remember(false);
      $("search-more").hidden = list.children.length >= total;
      const next = list.children[before] && list.children[before].querySelector("a");
      if (next) next.focus();
    } catch (error) {
      failed(error);
    }
  }

  /** The state was changed by the reader: tell the address, the form and the results. */
  function changed(push) {
    size = PAGE;
    remember(push);
    show();
    return run();
  }

  // ---- events -----------------------------------------------------------------------------------------------------------------------

  let timer = 0;
  const long = (text) => text.length >= 3 || /[^\u0000-\u024f]{2}/u.test(text);

  box.addEventListener("input", () => {
    clearTimeout(timer);
    const text = box.value.trim();
    if (text === state.text) return;
    if (text && !long(text)) {
      $("search-out").hidden = false;
      say(strings.short);
      return;
    }
    timer = setTimeout(() => {
      state.text = text.slice(0, 500);
      changed(false);
    }, PAUSE);
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    state.text = box.value.trim().slice(0, 500);
    changed(true);
  });

  form.addEventListener("change", (event) => {
    const input = event.target;
    if (input === box || input.classList.contains("facet-find")) return;
    clearTimeout(timer);
    state.text = box.value.trim().slice(0, 500);
    if (input.name === "sort" || input.name === "from" || input.name === "to") {
      state[input.name] = input.value;
      if (state.from && state.to && state.from > state.to) [state.from, state.to] = [state.to, state.from];
    } else if (input.name === "undated") {
      state.undated = input.checked;
    } else {
      const chosen = new Set(state.filters[input.name] || []);
      if (input.checked) chosen.add(input.value); else chosen.delete(input.value);
      if (chosen.size) state.filters[input.name] = [...chosen]; else delete state.filters[input.name];
    }
    changed(true);
  });
  form.elements.sort.addEventListener("change", (event) => {
    if (event.currentTarget.closest("form") === form) return; // heard above
    state.sort = event.currentTarget.value;
    changed(true);
  });

  for (const facet of listed) {
    facet.details.addEventListener("toggle", async () => {
      if (!facet.details.open || (!state.text && !narrowing())) return;
      const mine = running;
      try {
        const counts = await (await opened()).counted([facet.name]);
        if (mine !== running || !counts[facet.name]) return;
        facet.counts = counts[facet.name];
        learn(facet);
        draw(facet);
      } catch (error) {
        failed(error);
      }
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const links = [...list.querySelectorAll("a")];
    const place = links.indexOf(document.activeElement);
    if (event.key === "Escape" && (document.activeElement === box || place >= 0)) {
      if (place >= 0 && box.value) {
        box.focus();
        box.select();
      } else if (box.value) {
        box.value = "";
        clearTimeout(timer);
        state.text = "";
        changed(true);
      }
      event.preventDefault();
    } else if (event.key === "ArrowDown" && (document.activeElement === box || place >= 0) && links.length) {
      links[Math.min(place + 1, links.length - 1)].focus();
      event.preventDefault();
    } else if (event.key === "ArrowUp" && place >= 0) {
      (place ? links[place - 1] : box).focus();
      event.preventDefault();
    }
  });

  $("search-more").addEventListener("click", more);
  addEventListener("popstate", (event) => {
    state = read(new URLSearchParams(location.search));
    size = Math.max(PAGE, Number(event.state && event.state.size) || 0);
    remembered = location.pathname + location.search;
    show();
    run();
  });

  $("search-narrow").hidden = false;
  $("search-panel").open = matchMedia("(min-width: 60rem)").matches;
  size = Math.max(PAGE, Number(history.state && history.state.size) || 0);
  for (const facet of facets) facet.details.open = Boolean(state.filters[facet.name]) || (facet.name === "year" && Boolean(state.from || state.to || state.undated));
  show();
  run();
})();

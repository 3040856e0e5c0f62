/* What the frame of every page does: its search boxes, and its letterhead on paper.
   The search boxes: what is typed goes behind "#", the part of an address that no browser sends to a server.
   A form says where it leads (`action`), and what it searches within (`data-facet`, `data-value`). "/" goes to the box, Esc clears it;
   the search page has a switch for "/". Suggestions are loaded with the first key, and not before. */
(function () {
  "use strict";

  const ASSETS = new URL(".", document.currentScript.src).href;
  const FACETS = ["topic", "place", "name", "speaker", "publisher", "kind", "year", "language"];
  const LONGEST = 500;
  const shared = window.OnrecordSearch = window.OnrecordSearch || {};

  /** The facets of a search, in the order that an address has them. */
  shared.facets = FACETS;
  /** The most characters of a query. */
  shared.longest = LONGEST;

  /**
   * A search as the part of an address behind "#".
   * @param {{text: string, filters?: Object<string, string[]>, from?: string, to?: string, undated?: boolean, sort?: string}} query
   * @returns {string} without the "#"; empty for an empty search
   */
  shared.fragmentOf = function (query) {
    const parameters = new URLSearchParams();
    if (query.text) parameters.set("q", query.text);
    for (const facet of FACETS) for (const value of (query.filters || {})[facet] || []) parameters.append(facet, value);
    for (const key of ["from", "to", "sort"]) if (query[key]) parameters.set(key, query[key]);
    if (query.undated) parameters.set("undated", "1");
    return parameters.toString();
  };

  /** A path of the site, as an address has it. @param {string} path @returns {string} */
  shared.encoded = (path) => path.split("/").map(encodeURIComponent).join("/");

  /** An element with its attributes (false and undefined left out) and children (null, undefined and empty left out). */
  shared.element = function (name, attributes, ...children) {
    const made = document.createElement(name);
    for (const key of Object.keys(attributes || {})) {
      if (attributes[key] === false || attributes[key] === undefined) continue;
      made.setAttribute(key, attributes[key] === true ? "" : attributes[key]);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== "" && child !== false));
    return made;
  };

  /** The words in a box as a query. @param {HTMLInputElement} box @returns {string} */
  shared.typed = (box) => box.value.trim().slice(0, LONGEST);

  /** Where the pages of this edition begin: what a form's address is relative to. @param {HTMLFormElement} form @returns {string} */
  shared.editionOf = (form) => new URL(".", new URL(form.getAttribute("action"), location.href)).href;

  const scripts = new Map();

  /** Loads a script of the site once. @param {string} url @returns {Promise<void>} rejected where it cannot be loaded */
  shared.script = function (url) {
    if (!scripts.has(url)) {
      scripts.set(url, new Promise((done, failed) => {
        const tag = document.createElement("script");
        tag.src = url;
        tag.onload = () => { tag.remove(); done(); };
        tag.onerror = () => { tag.remove(); scripts.delete(url); failed(new Error(`cannot load ${url}`)); };
        document.head.append(tag);
      }));
    }
    return scripts.get(url);
  };

  /** An address at the top of this edition: the front page has no link to itself, and a search box instead. */
  function top() {
    const home = document.querySelector("a.brand");
    return home ? home.href : document.querySelector("form[role=search]").action;
  }

  /**
   * What the scripts say in the language of this edition (`templates/phrases.js`), loaded when the first of them says any: a page
   * that is only read needs none.
   * @returns {Promise<Object>}
   */
  shared.phrases = async function () {
    if (!window.OnrecordPhrases) await shared.script(new URL("assets/phrases.js", top()).href);
    return window.OnrecordPhrases;
  };

  /** Suggestions for a box, loaded with its first key. A site whose suggestions cannot be loaded is searched without them. */
  async function suggest(box) {
    try {
      await shared.phrases();
      if (!shared.files) await shared.script(`${ASSETS}search-files.js`);
      if (!shared.suggest) await shared.script(`${ASSETS}search-suggest.js`);
      shared.suggest(box);
    } catch (error) {
      console.warn(error);
    }
  }

  for (const form of document.querySelectorAll("form[data-search]")) {
    const box = form.querySelector("input[type=search]");
    if (form.dataset.search === "leads") {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const { facet, value } = form.dataset;
        const fragment = shared.fragmentOf({ text: shared.typed(box), filters: facet ? { [facet]: [value] } : {} });
        location.href = new URL(form.getAttribute("action"), location.href).href + (fragment ? `#${fragment}` : "");
      });
    }
    if ("suggest" in form.dataset) {
      box.setAttribute("role", "combobox");
      box.setAttribute("aria-autocomplete", "list");
      box.setAttribute("aria-expanded", "false");
      box.addEventListener("input", () => suggest(box), { once: true });
    }
  }

  /** On the page of a release, what highlights the words of the search that led to it: a page that is only read needs none of it. */
  function highlight() {
    const kept = history.state && Array.isArray(history.state.marks) && history.state.marks.length;
    if (!document.querySelector(".release") || !(kept || /[?&#](to|mark)=/.test(location.href))) return;
    removeEventListener("hashchange", highlight);
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = `${ASSETS}search.css`;
    document.head.append(style);
    shared.script(`${ASSETS}search-mark.js`).catch((error) => console.warn(error));
  }
  addEventListener("hashchange", highlight);
  highlight();

  const SHORTCUT = "onrecord-shortcut";

  /** Whether "/" leads to the box. It does until a reader switches it off: somebody who dictates may say it by chance (WCAG 2.1.4). */
  const isOn = function () {
    try { return localStorage.getItem(SHORTCUT) !== "off"; } catch (blocked) { return false; }
  };

  const choice = document.getElementById("shortcut");
  if (choice) {
    try {
      localStorage.getItem(SHORTCUT);
      choice.checked = isOn();
      choice.addEventListener("change", () => {
        if (choice.checked) localStorage.removeItem(SHORTCUT);
        else localStorage.setItem(SHORTCUT, "off");
      });
      choice.closest("p").hidden = false;
    } catch (blocked) {
      // Where nothing can be kept there is no switch, and no shortcut either.
    }
  }

  const box = document.getElementById("q") || document.getElementById("search-box-q");
  if (!box) return;
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
    if (event.key === "/" && !event.target.closest("input, textarea, select, [contenteditable]") && isOn()) {
      event.preventDefault();
      if (!box.checkVisibility()) return document.querySelector(".to-search").focus();
      box.focus();
      box.select();
    } else if (event.key === "Escape" && event.target === box && box.id === "search-box-q") {
      box.value = "";
    }
  });
})();

// On paper a page says when it was read: a printed page has no other memory of it.
addEventListener("beforeprint", () => {
  for (const place of document.querySelectorAll("[data-accessed]")) {
    // The calendar of the records: some languages have another by default. The order of day and month, and the digits, are those of the page.
    const language = document.documentElement.lang;
    const day = new Date().toLocaleDateString({ en: "en-GB", ar: "ar-u-nu-arab" }[language] ?? language, { dateStyle: "long", calendar: "gregory" });
    place.textContent = `${place.dataset.accessed} ${day}`;
  }
  // What closes the page stands beside the brand, as a letterhead: at the end it would take a sheet of its own now and then.
  const main = document.querySelector("main");
  const foot = document.querySelector("main ~ .colophon");
  if (foot) main.before(foot);
});

addEventListener("afterprint", () => {
  const foot = document.querySelector(".colophon:has(~ main)");
  if (foot) document.querySelector("main").after(foot);
});

/* Highlights the words a search led here with (?mark=…), and offers to take the highlights away. */
(function () {
  "use strict";
  const body = document.querySelector("[data-pagefind-body]");
  const tag = document.currentScript;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const wanted = new Set(new URLSearchParams(location.search).getAll("mark").slice(0, 24).map(plain).filter(Boolean));
  if (!body || !wanted.size) return;

  // Longest first, so that "al-Assad" is marked whole. Between marks of a word, punctuation is that of the text: words are compared whole.
  const words = [...wanted].sort((a, b) => b.length - a.length);
  const word = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’‘ʿʾʼʻ.\-\u2010\u2011/]*/gu;

  /** Where in a word of the page (plain) a wanted word stands: [start, end] or null. */
  function found(text) {
    for (const one of words) {
      let start = text.indexOf(one);
      while (start >= 0) {
        const before = text[start - 1];
        const after = text[start + one.length];
        if (!(before && /[\p{L}\p{N}]/u.test(before)) && !(after && /[\p{L}\p{N}]/u.test(after))) return [start, start + one.length];
        start = text.indexOf(one, start + 1);
      }
    }
    return null;
  }

  /** A place in the plain text of a word, as a place in the word itself (marks are longer there). */
  function original(text, place) {
    let length = 0;
    for (let at = 0; at < text.length; at++) {
      if (length >= place && !/\p{M}/u.test(text[at])) return at;
      length += plain(text[at]).length;
    }
    return text.length;
  }

  const nodes = [];
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node.parentElement.closest("script, style, .pn, .notes > h2") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  while (walker.nextNode()) nodes.push(walker.currentNode);
  let count = 0;
  for (const node of nodes) {
    const text = node.data;
    const pieces = [];
    let done = 0;
    for (const match of text.matchAll(word)) {
      const place = found(plain(match[0]));
      if (!place) continue;
      const start = match.index + original(match[0], place[0]);
      const end = match.index + original(match[0], place[1]);
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      pieces.push(text.slice(done, start), mark);
      done = end;
      count += 1;
    }
    if (count && pieces.length) node.replaceWith(...pieces, text.slice(done));
  }
  if (!count) return;

  const status = document.createElement("p");
  const button = document.createElement("button");
  const said = document.createElement("span");
  status.className = "search-marks";
  said.setAttribute("role", "status");
  said.textContent = (tag && tag.dataset.status || "{n} highlighted").replace("{n}", new Intl.NumberFormat(document.documentElement.lang || "en").format(count));
  button.type = "button";
  button.textContent = tag && tag.dataset.clear || "Remove the highlights";
  button.addEventListener("click", () => {
    for (const mark of body.querySelectorAll("mark")) mark.replaceWith(...mark.childNodes);
    body.normalize();
    status.remove();
    try {
      history.replaceState(history.state, "", location.pathname + location.hash);
    } catch {
      // Some browsers refuse a new address to a page opened from a folder.
    }
  });
  status.append(said, " ", button);
  body.before(status);
  if (location.hash) {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) target.scrollIntoView({ block: "center" });
  }
})();

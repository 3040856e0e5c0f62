/* On the page of a release that a search led to: goes to the paragraph, highlights the words, and offers to take the highlights away.
   Paragraph and words come behind "#" (`#to=p2&mark=lamps`), which no browser sends. The address is then made plain: `#p2`. */
(function () {
  "use strict";

  const body = document.querySelector("[data-pagefind-body]");
  const MOST = 24;
  const PAUSE = 20;
  // Scripts written without blanks: a word of theirs ends anywhere.
  const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
  const IN_WORD = /[\p{L}\p{N}]/u;
  const APOSTROPHE = /['’‘ʼʿʾ`]/;

  /** What the address asks for: the paragraph and the words. An address of old has the words before "#". */
  function asked() {
    const fragment = location.href.split("#")[1] || "";
    const before = new URLSearchParams(location.search).getAll("mark");
    if (!fragment.includes("=")) return { id: before.length ? decoded(fragment) : "", words: before, plain: !before.length };
    const parameters = new URLSearchParams(fragment);
    return { id: parameters.get("to") || "", words: [...parameters.getAll("mark"), ...before], plain: false };
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return "";
    }
  }

  /** A letter without its case and marks; hidden characters are nothing. */
  const plainLetter = (letter) => letter.toLowerCase().normalize("NFD").replace(/[\p{M}\u00ad\u0640\u200b-\u200f\u2060\ufeff]/gu, "");

  /** The words of a text without case and marks, a blank between them, and for each character of that where it is in the text. */
  function folded(text) {
    let plain = "";
    const places = [];
    let at = 0;
    for (const letter of text) {
      let out = plainLetter(letter);
      if (APOSTROPHE.test(letter)) {
        // An apostrophe within a word is nothing, any other parts words.
        out = IN_WORD.test(text[at - 1] || "") && IN_WORD.test(text[at + 1] || "") ? "" : " ";
      } else if (out && !IN_WORD.test(out)) {
        out = " ";
      }
      if (out !== " " || !plain.endsWith(" ")) {
        for (let place = 0; place < out.length; place++) places.push(at);
        plain += out;
      }
      at += letter.length;
    }
    places.push(text.length);
    return { plain, places };
  }

  /** Where wanted words are in a text: [start, end] pairs in order, which do not meet. */
  function found(text, words) {
    const { plain, places } = folded(text);
    const spans = [];
    for (const word of words) {
      const whole = !UNSPACED.test(word);
      for (let start = plain.indexOf(word); start >= 0; start = plain.indexOf(word, start + 1)) {
        const end = start + word.length;
        if (whole && (IN_WORD.test(plain[start - 1] || "") || IN_WORD.test(plain[end] || ""))) continue;
        spans.push([places[start], places[end]]);
      }
    }
    spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    const apart = [];
    for (const span of spans) {
      const before = apart[apart.length - 1];
      if (before && span[0] <= before[1]) before[1] = Math.max(before[1], span[1]); else apart.push(span);
    }
    return apart;
  }

  function textsOf(root) {
    const texts = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, {
      acceptNode: (node) => (node.parentElement.closest("script, style, .pn, .notes > h2") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
    });
    while (walker.nextNode()) texts.push(walker.currentNode);
    return texts;
  }

  const rest = () => new Promise((done) => { setTimeout(done, 0); });

  /** Highlights the words in title, reference and text, in short steps, and gives how many passages are highlighted. */
  async function highlight(words) {
    const roots = [document.querySelector(".release-head h1"), ...document.querySelectorAll(".release-head [data-reference]"), body];
    let count = 0;
    let since = performance.now();
    for (const node of roots.filter(Boolean).flatMap(textsOf)) {
      const text = node.data;
      const spans = found(text, words);
      if (spans.length) {
        const pieces = [];
        let done = 0;
        for (const [start, end] of spans) {
          const mark = document.createElement("mark");
          mark.textContent = text.slice(start, end);
          pieces.push(text.slice(done, start), mark);
          done = end;
        }
        node.replaceWith(...pieces, text.slice(done));
        count += spans.length;
      }
      if (performance.now() - since > PAUSE) {
        await rest();
        since = performance.now();
      }
    }
    return count;
  }

  /** The line above the text that says how much is highlighted and takes it away. */
  async function offer(count) {
    const phrases = await window.OnrecordSearch.phrases();
    const line = document.createElement("p");
    const button = document.createElement("button");
    const status = document.createElement("span");
    line.className = "search-marks";
    status.setAttribute("role", "status");
    status.textContent = phrases.marks.replace("{n}", new Intl.NumberFormat(phrases.locale).format(count));
    button.type = "button";
    button.textContent = phrases.unmark;
    button.addEventListener("click", () => {
      for (const mark of document.querySelectorAll(".release mark")) mark.replaceWith(...mark.childNodes);
      document.querySelector(".release").normalize();
      line.remove();
      const main = document.getElementById("main");
      if (main) main.focus({ preventScroll: true });
      remember([]);
    });
    line.append(status, " ", button);
    body.before(line);
  }

  function remember(words) {
    try {
      history.replaceState(words.length ? { marks: words } : null, "");
    } catch {
      // Some browsers refuse that to a page opened from a folder: the highlights are then gone after a reload.
    }
  }

  /** Makes the address plain, so that nobody who is given it learns what was looked for. */
  function tidy(id) {
    try {
      history.replaceState(history.state, "", location.pathname + (id ? `#${encodeURIComponent(id)}` : ""));
    } catch {
      location.replace(`#${encodeURIComponent(id)}`);
    }
  }

  /** Goes to an element as a link to it does: it is in sight, and reading and the Tab key go on from there. */
  function visit(target) {
    // A fragment that is replaced by itself makes the element the target of the address, which has a look of its own.
    location.replace(`#${encodeURIComponent(target.id)}`);
    if (!target.hasAttribute("tabindex")) {
      target.setAttribute("tabindex", "-1");
      target.addEventListener("blur", () => target.removeAttribute("tabindex"), { once: true });
    }
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center" });
  }

  async function run() {
    const { id, words, plain } = asked();
    const kept = history.state && Array.isArray(history.state.marks) ? history.state.marks : [];
    const all = (plain ? kept : words).map(String);
    const wanted = [...new Set(all.slice(0, MOST).map((word) => folded(word).plain.trim()).filter(Boolean))].sort((a, b) => b.length - a.length);
    const target = id ? document.getElementById(id) : null;
    if (!plain) tidy(target ? id : "");
    const count = wanted.length && body ? await highlight(wanted) : 0;
    if (count) await offer(count).catch((error) => console.warn(error));
    if (target) visit(target);
    if (!plain) remember(all.slice(0, MOST));
  }

  run();
  // A link to another paragraph of the page that is open already comes without a new page.
  addEventListener("hashchange", () => {
    if (asked().plain) return;
    for (const old of document.querySelectorAll(".search-marks")) old.remove();
    for (const mark of document.querySelectorAll(".release mark")) mark.replaceWith(...mark.childNodes);
    const article = document.querySelector(".release");
    if (article) article.normalize();
    run();
  });
})();

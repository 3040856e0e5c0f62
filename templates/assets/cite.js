// Copying: a citation, a quotation with its citation, and any words of a text with citation and address. Nothing is asked of the browser but
// to copy, and nothing is sent. Without this script the citations are on the page and can be selected.
"use strict";
(() => {
  const text = document.querySelector(".release .text");
  const { element } = window.OnrecordSearch;
  if (!window.OnrecordPhrases) return;
  const { locale, copying: phrases } = window.OnrecordPhrases;
  const numbers = new Intl.NumberFormat(locale);
  // Where it is said that something was copied.
  const said = element("p", { class: "hidden", role: "status", "data-copied": true });

  /** What a button says. Two words share one place, so that nothing moves when it has copied. */
  const label = (words) =>
    element("span", { class: "words" }, element("span", {}, words), element("span", { class: "done", "aria-hidden": "true" }, phrases.copied));
  /** A button that copies what is beside it; `what` says which, for who does not see where it is. */
  const button = (what) => element("button", { type: "button", class: "copy" }, label(phrases.copy), element("span", { class: "hidden" }, ` ${what}`));

  const line = (words) => words.replace(/[ \t\n\r\f\v]+/g, " ").trim();
  const archiveWords = document.querySelector('.cite[data-of="summary"]') !== null;
  // What has a number of its own, or is a heading: an item in a list, a row of a table as well as a paragraph.
  const ADDRESSED = ':is(p, li, tr, pre, h2, h3, h4, h5, h6):is([id^="p"], [id^="n"], [id^="h"])';
  const isOwn = (element) => element.closest(".copy, .passage, .pn, .suggest-here") !== null;

  // ---- what is copied ------------------------------------------------------------------------------------------------------------

  /** The page's address as it may be given to others: the archive's own, else where it is read. The path of a folder on this machine names
      its owner, so of a file there is only the place in the site. */
  function address(fragment) {
    const canonical = document.querySelector("link[rel=canonical]");
    // How deep the page lies in the site is how often its style sheet steps up.
    const depth = document.querySelector("link[rel=stylesheet]").getAttribute("href").split("../").length;
    const here = location.protocol === "file:" ? decodeURI(location.pathname.split("/").slice(-depth).join("/")) : location.origin + location.pathname;
    const page = canonical ? canonical.href : here;
    return fragment ? `${page}#${fragment}` : page;
  }

  /** The address that a link leads to, as it may be given to others. */
  function target(link) {
    const canonical = document.querySelector("link[rel=canonical]");
    if (canonical) return new URL(link.getAttribute("href"), canonical.href).href;
    if (location.protocol !== "file:") return link.href;
    const depth = document.querySelector("link[rel=stylesheet]").getAttribute("href").split("../").length;
    const folder = location.pathname.split("/").slice(0, -depth).join("/");
    return decodeURI(link.pathname.slice(folder.length + 1)) + link.hash;
  }

  /** The citations of the release, or of the archive's summary, as [style, element] pairs. */
  function citations(of) {
    const section = document.querySelector(`.cite[data-of="${of}"]`) || document.querySelector(".cite");
    return [...section.querySelectorAll("details")].map((box) => [line(box.querySelector("summary").textContent), box.querySelector("p")]);
  }

  /** A value of a template that shows these characters and does nothing else: the rules are those of onrecord/wikitext.py. */
  function wikitext(words) {
    const numbered = (signs) => [...signs].map((sign) => `&#${sign.codePointAt(0)};`).join("");
    return line(words)
      .replace(/[{}|[\]<>]|'{2,}|~{2,}|_{2,}|&(?=#?\w+;)/g, numbered)
      .replace(/(mailto)?:(?=\/\/)|(mailto):/gi, (_, before, alone) => `${before || alone || ""}&#58;`)
      .replace(/^[*#:;=!]/, numbered);
  }

  /** Words as they are in a release or a summary, with whose they are, their citation and their address. */
  function cited(words, of, style, fragments, speaker = "") {
    const all = citations(of);
    const [, citation] = all.find(([name]) => name === style) || all[0];
    const source = citation.classList.contains("wikitext");
    const whole = line(citation.textContent);
    const [first, last] = fragments;
    const where = address(first) + (last && last !== first ? ` – #${last}` : "");
    if (source) return `${whole.replace(/\}\}$/, "")} |quote=${wikitext(words)}}}\n${where}\n`;
    return `${speaker ? `${speaker}: ` : ""}“${words}”\n${whole}\n${where}\n`;
  }

  /** A quotation of a list, with who says it, where that stands, and the address of the place. */
  function listed(figure, source) {
    const words = line(figure.querySelector("[data-words]").textContent);
    const name = line((figure.querySelector("[data-speaker]") || document.querySelector("h1")).textContent);
    const tag = figure.querySelector(".tag");
    const quoted = tag ? `${name} (${line(tag.textContent)}): ${words}` : `${name}: “${words}”`;
    return `${quoted}\n${line(source.textContent)}\n${target(source.querySelector("a"))}\n`;
  }

  // ---- copying -------------------------------------------------------------------------------------------------------------------

  let clearing = 0;
  /** Says something to who hears the page. The same words twice are said twice. */
  function say(words) {
    said.textContent = "";
    clearTimeout(clearing);
    clearing = setTimeout(() => {
      said.textContent = words;
    }, 50);
  }

  /** Copies by a command of old, which asks for no permission. */
  function commanded(words) {
    let taken = false;
    const put = (event) => {
      event.clipboardData.setData("text/plain", words);
      event.preventDefault();
      event.stopImmediatePropagation();
      taken = true;
    };
    document.addEventListener("copy", put, true);
    try {
      return document.execCommand("copy") && taken;
    } catch {
      return false;
    } finally {
      document.removeEventListener("copy", put, true);
    }
  }

  async function written(words) {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch {
      return commanded(words);
    }
  }

  async function copy(words, button) {
    if (await written(words)) {
      button.dataset.done = "";
      setTimeout(() => delete button.dataset.done, 3000);
      say(phrases.copied);
    } else {
      byHand(words, button);
    }
  }

  /** Where nothing may be copied by a page the words are shown, selected. */
  function byHand(words, button) {
    const box = document.createElement("dialog");
    box.className = "by-hand";
    const note = document.createElement("p");
    note.textContent = phrases.failed;
    note.id = "by-hand";
    box.setAttribute("aria-labelledby", note.id);
    const field = document.createElement("textarea");
    field.readOnly = true;
    field.dir = "auto";
    field.rows = 6;
    field.value = words;
    field.setAttribute("aria-labelledby", note.id);
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = phrases.close;
    close.addEventListener("click", () => box.close());
    box.addEventListener("close", () => {
      box.remove();
      button.focus();
    });
    box.append(note, field, close);
    document.body.append(box);
    box.showModal();
    field.focus();
    field.select();
  }

  // ---- the buttons of the page ---------------------------------------------------------------------------------------------------

  for (const box of document.querySelectorAll(".cite details")) box.append(button(line(box.querySelector("summary").textContent)));
  for (const box of document.querySelectorAll(".cite[data-what]")) box.append(button(box.dataset.what));
  for (const [place, figure] of document.querySelectorAll("figure.quotation").entries()) {
    const what = figure.querySelector("[data-cited]") ? phrases.listed : phrases.cited;
    figure.querySelector("figcaption").append(button(what.replace("{n}", numbers.format(place + 1))));
  }
  document.querySelector("main").append(said);

  let style = "";
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.copy");
    if (!button) return;
    const figure = button.closest(".quotation");
    if (!figure) {
      copy(line(button.closest("details, .cite").querySelector("p").textContent), button);
      return;
    }
    const source = figure.querySelector("[data-cited]");
    if (source) {
      copy(listed(figure, source), button);
      return;
    }
    const own = figure.querySelector(".in-summary");
    // The page sets a quotation between marks; the words are without them.
    const words = own ? line(own.textContent) : figure.dataset.words ? line(figure.dataset.words) : line(figure.querySelector("blockquote, .in-text").textContent).replace(/^[“„«»]\u00a0?|\u00a0?[”“«»]$/g, "");
    const speaker = figure.querySelector("[data-speaker]");
    const tag = figure.querySelector(".tag");
    const name = speaker ? line(speaker.textContent) + (tag ? ` (${line(tag.textContent)})` : "") : "";
    const place = figure.querySelector('figcaption a[href^="#"]');
    const of = own && archiveWords ? "summary" : "release";
    copy(cited(words, of, style, [place ? place.hash.slice(1) : ""], name), button);
  });

  if (!text) return;

  // ---- a passage -----------------------------------------------------------------------------------------------------------------

  /** The words of a range as they are in the text, its paragraphs parted by blanks, without what is not part of it. */
  function words(range) {
    const copied = range.cloneContents();
    for (const part of copied.querySelectorAll(".pn, .suggest-here, .passage")) part.remove();
    for (const part of copied.querySelectorAll("p, li, tr, td, th, h2, h3, h4, h5, h6, blockquote, pre, figcaption, br, hr")) part.after(" ");
    return line(copied.textContent);
  }

  /** The numbered part of the text that a place is in, or the last before it. */
  function paragraph(node, offset) {
    const at = node.nodeType === Node.ELEMENT_NODE ? node.childNodes[offset] || node : node;
    const within = (at.nodeType === Node.ELEMENT_NODE ? at : at.parentElement).closest(ADDRESSED);
    if (within && text.contains(within)) return within.id;
    let last = "";
    for (const numbered of text.querySelectorAll(ADDRESSED)) {
      if (!(numbered.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
      last = numbered.id;
    }
    return last;
  }

  let bar = null;
  let passage = null;
  let dismissed = "";
  let invited = false;

  function made() {
    const choice = element("select");
    const box = element(
      "div",
      { class: "passage", role: "group", "aria-label": phrases.passage },
      element("label", {}, element("span", { class: "hidden" }, phrases.style), choice),
      element("button", { type: "button", "data-do": "quote" }, label(phrases.quote)),
      element("button", { type: "button", "data-do": "address" }, label(phrases.address)),
      element("button", { type: "button", "data-do": "close", "aria-label": phrases.close }, "×"),
    );
    choice.addEventListener("change", () => {
      style = choice.value;
    });
    box.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button || !passage) return;
      if (button.dataset.do === "quote") copy(cited(passage.words, passage.of, choice.value, passage.fragments), button);
      else if (button.dataset.do === "address") copy(`${address(passage.fragments[0])}\n`, button);
      else dismiss();
    });
    // A press on the bar is not an end of the selection.
    box.addEventListener("pointerdown", (event) => {
      if (!event.target.closest("select")) event.preventDefault();
    });
    return box;
  }

  function hide() {
    if (!bar) return;
    bar.remove();
    passage = null;
  }

  /** Takes the ways away, and the keyboard back to the passage: to its number, or to the part of the text it ends in. */
  function dismiss() {
    const inside = bar.contains(document.activeElement);
    const part = bar.previousElementSibling;
    const numbered = passage && document.getElementById(passage.fragments[0]);
    dismissed = passage ? passage.words : "";
    hide();
    if (!inside) return;
    const back = (numbered && numbered.querySelector(".pn")) || part;
    if (back === part) part.tabIndex = -1;
    back.focus({ preventScroll: true });
  }

  /** Offers a passage behind the part of the text that it ends in: over the text, or, for a whole paragraph, beneath it. */
  function show(found, end, rect) {
    const before = passage;
    passage = found;
    bar = bar || made();
    const choice = bar.querySelector("select");
    if (!before || before.of !== found.of || !choice.options.length) {
      choice.replaceChildren(...citations(found.of).map(([name]) => new Option(name, name, false, name === style)));
    }
    bar.classList.toggle("over", rect !== null);
    let behind = end;
    while (behind.parentElement && behind.parentElement !== text && !behind.parentElement.matches(".notes")) behind = behind.parentElement;
    if (behind.nextElementSibling !== bar) behind.after(bar);
    if (rect) {
      const frame = text.getBoundingClientRect();
      const room = frame.width - bar.offsetWidth;
      bar.style.setProperty("--top", `${Math.round(rect.bottom - frame.top + 8)}px`);
      bar.style.setProperty("--left", `${Math.round(Math.min(Math.max(0, rect.left - frame.left), Math.max(0, room)))}px`);
    }
    if (!invited) {
      invited = true;
      say(phrases.invite);
    }
  }

  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) {
      dismissed = "";
      if (bar && bar.isConnected && bar.classList.contains("over") && !bar.contains(document.activeElement)) hide();
      return;
    }
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(text)) return;
    const inside = range.cloneRange();
    if (!text.contains(inside.startContainer)) inside.setStart(text, 0);
    if (!text.contains(inside.endContainer)) inside.setEnd(text, text.childNodes.length);
    const end = inside.endContainer.nodeType === Node.ELEMENT_NODE ? inside.endContainer : inside.endContainer.parentElement;
    if (isOwn(end) && end.closest(".passage")) return;
    const found = words(inside);
    if (!found || found === dismissed) return;
    const head = inside.commonAncestorContainer;
    const publishers = (head.nodeType === Node.ELEMENT_NODE ? head : head.parentElement).closest(".subtitle, .dateline");
    const rects = inside.getClientRects();
    const rect = rects.length ? rects[rects.length - 1] : inside.getBoundingClientRect();
    const fragments = [paragraph(inside.startContainer, inside.startOffset), paragraph(inside.endContainer, inside.endOffset)];
    show(
      { words: found, of: archiveWords && !publishers ? "summary" : "release", fragments },
      end === text ? text.lastElementChild : end,
      rect,
    );
  }

  // While a mouse is still selecting nothing is offered.
  let waiting = 0;
  let pressed = false;
  function soon() {
    clearTimeout(waiting);
    if (!pressed) waiting = setTimeout(selected, 250);
  }
  document.addEventListener("pointerdown", (event) => {
    pressed = event.pointerType === "mouse" && !event.target.closest(".passage");
  });
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, () => {
      pressed = false;
      soon();
    });
  }
  document.addEventListener("selectionchange", soon);

  // The number of a paragraph offers all of it.
  text.addEventListener("click", (event) => {
    const number = event.target.closest(".pn");
    if (!number) return;
    const whole = number.closest(ADDRESSED);
    const range = document.createRange();
    range.selectNodeContents(whole);
    getSelection().removeAllRanges();
    show({ words: words(range), of: archiveWords ? "summary" : "release", fragments: [whole.id] }, whole, null);
    // To follow the link takes the focus from it: the next stop would be the link again.
    setTimeout(() => number.focus({ preventScroll: true }), 0);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && bar?.isConnected && !document.querySelector("dialog[open]")) dismiss();
  });
})();

// A day is not parted at the end of a line of paper where a citation stands; nothing but paper has this, and no character is another.
addEventListener("beforeprint", () => {
  const day = /\p{Nd}{1,2} (?:\p{L}[\p{L}\p{M}.]* ){1,3}\p{Nd}{4}|\p{L}[\p{L}\p{M}.]* \p{Nd}{1,2}(?:, \p{Nd}{4}|(?=\)))/u;
  for (const place of document.querySelectorAll(".cite p, .quotation figcaption")) {
    const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      const found = text.parentNode.matches(".day") ? null : day.exec(text.data);
      if (!found) continue;
      const whole = document.createElement("span");
      whole.className = "day on-this-sheet";
      text.splitText(found.index).splitText(found[0].length).previousSibling.replaceWith(whole);
      whole.append(found[0]);
    }
  }
});

addEventListener("afterprint", () => {
  for (const whole of document.querySelectorAll(".on-this-sheet")) {
    const place = whole.parentNode;
    whole.replaceWith(...whole.childNodes);
    place.normalize();
  }
});

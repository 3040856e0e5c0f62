// Corrections of a paragraph: the paragraph, item or row that is looked at (#p3, #p3.1) gets the ways to suggest a correction beside it, with its
// number and its words in them. Nothing is sent before one of them is followed; without this script there are those of the record.
"use strict";
(() => {
  // Together with all else an address stays below what GitHub takes (8 KB).
  const MOST = 5000;
  const box = document.querySelector("[data-corrections]");
  if (!box || !window.OnrecordPhrases) return;
  const { paragraph: phrase, between } = window.OnrecordPhrases;

  const words = (paragraph) => {
    const copy = paragraph.cloneNode(true);
    for (const part of copy.querySelectorAll(".pn, .suggest-here, ul, ol")) part.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  };

  // Whole words from the beginning, as many as there is room for.
  const encoded = (text) => {
    let out = "";
    for (const word of text.split(" ")) {
      const more = out + (out ? "%20" : "") + encodeURIComponent(word);
      if (more.length > MOST) break;
      out = more;
    }
    return out;
  };

  /** The address of a way to correct the record, for a part of its text: its number behind the address of the page, its words at the end. */
  const way = (href, number, part) => {
    const address = href
      .replace("&part=&words=", `%23p${number}&part=paragraph%20${number}&words=`)
      .replace(/(&body=(?:%0D%0A)*Page%3A%20.*?)(?=%0D%0A)/, (before) => `${before}%23p${number}`);
    return address === href ? href : address + encoded(words(part));
  };

  const here = document.createElement("span");
  here.className = "suggest-here";
  const show = () => {
    here.remove();
    const number = /^#p([0-9]+(?:\.[0-9]+)?)$/.exec(location.hash);
    const part = number && document.getElementById(location.hash.slice(1));
    const shown = part && part.querySelector(".pn");
    // An omission has no number, and nothing that could be corrected.
    if (!shown) return;
    here.replaceChildren(`${box.querySelector("h2").textContent}: `);
    here.lang = document.documentElement.lang;
    here.dir = document.documentElement.dir;
    const own = box.querySelector(".own-form").cloneNode(true);
    // Behind the # no server sees it: the page that it leads to fills it in.
    own.href = `${own.href}${encodeURIComponent(location.hash)}&part=${encodeURIComponent(`paragraph ${number[1]}`)}&words=${encoded(words(part))}`;
    const what = document.createElement("span");
    what.className = "hidden";
    what.textContent = ` ${phrase.replace("{n}", shown.textContent)}`;
    own.append(what.cloneNode(true));
    here.append(own);
    for (const link of box.querySelectorAll("a.way")) {
      const copy = link.cloneNode(true);
      copy.setAttribute("href", way(link.getAttribute("href"), number[1], part));
      copy.append(what.cloneNode(true));
      here.append(between, copy);
    }
    (part.matches("tr") ? part.lastElementChild : part).append(" ", here);
  };
  addEventListener("hashchange", show);
  show();
})();

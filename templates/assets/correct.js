// Corrections of a paragraph: the words of the paragraph are put at the end of every address that suggests one, and the paragraph that
// is looked at (#p3, or an item or a row: #p3.1) gets these ways beside it. Nothing is sent before one of them is followed; without this script they are in a list.
"use strict";
(() => {
  // Together with all else an address stays below what GitHub takes (8 KB).
  const MOST = 5000;
  const box = document.querySelector("[data-corrections]");
  if (!box) return;

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

  /** The address of a link (as it came with the page) for a part of the text: its number, and its words at the end. */
  const way = (link, number, part) => {
    const [of] = number.split(".");
    const address = link.dataset.way.replaceAll(`%23p${of}&`, `%23p${number}&`).replaceAll(`%23p${of}%0D`, `%23p${number}%0D`).replace(`&part=paragraph%20${of}&`, `&part=paragraph%20${number}&`);
    return /[?&](words|body)=/.test(address) ? address + encoded(words(part)) : address;
  };

  for (const item of box.querySelectorAll("[data-paragraph]")) {
    const paragraph = document.getElementById(`p${item.dataset.paragraph}`);
    if (!paragraph) continue;
    for (const link of item.querySelectorAll("a.way")) {
      link.dataset.way = link.href;
      link.href = way(link, item.dataset.paragraph, paragraph);
    }
  }

  const here = document.createElement("span");
  here.className = "suggest-here";
  const show = () => {
    here.remove();
    const number = /^#p([0-9]+)(\.[0-9]+)?$/.exec(location.hash);
    const item = number && box.querySelector(`[data-paragraph="${number[1]}"]`);
    const paragraph = number && document.getElementById(location.hash.slice(1));
    if (!item || !paragraph) return;
    here.replaceChildren(`${box.querySelector("h2").textContent}: `);
    here.lang = document.documentElement.lang;
    here.dir = document.documentElement.dir;
    for (const [place, link] of [...item.querySelectorAll("a.way")].entries()) {
      const copy = link.cloneNode(true);
      if (number[2]) copy.href = way(link, number[1] + number[2], paragraph);
      here.append(place ? " · " : "", copy);
    }
    (paragraph.matches("tr") ? paragraph.lastElementChild : paragraph).append(" ", here);
  };
  addEventListener("hashchange", show);
  show();
})();

// Corrections of a paragraph: the words of the paragraph are put at the end of every address that suggests one, and the paragraph that
// is looked at (#p3) gets these ways beside it. Nothing is sent before one of them is followed; without this script they stand in a list.
"use strict";
(() => {
  // Together with all else an address stays below what GitHub takes (8 KB).
  const MOST = 5000;
  const box = document.querySelector("[data-corrections]");
  if (!box) return;

  const words = (paragraph) => {
    const copy = paragraph.cloneNode(true);
    for (const part of copy.querySelectorAll(".pn, .suggest-here")) part.remove();
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

  for (const item of box.querySelectorAll("[data-paragraph]")) {
    const paragraph = document.getElementById(`p${item.dataset.paragraph}`);
    if (!paragraph) continue;
    const end = encoded(words(paragraph));
    for (const link of item.querySelectorAll("a.way")) {
      if (/[?&](words|body)=/.test(link.href)) link.href += end;
    }
  }

  const here = document.createElement("span");
  here.className = "suggest-here";
  const show = () => {
    here.remove();
    const number = /^#p([0-9]+)$/.exec(location.hash);
    const item = number && box.querySelector(`[data-paragraph="${number[1]}"]`);
    const paragraph = number && document.getElementById(`p${number[1]}`);
    if (!item || !paragraph) return;
    here.replaceChildren(`${box.querySelector("h2").textContent}: `);
    here.lang = document.documentElement.lang;
    here.dir = document.documentElement.dir;
    for (const [place, link] of [...item.querySelectorAll("a.way")].entries()) here.append(place ? " · " : "", link.cloneNode(true));
    paragraph.append(" ", here);
  };
  addEventListener("hashchange", show);
  show();
})();

/* Asks at once for the faces that a page begins with. The style sheet's faces are `font-display: optional`: what has come before a page is
   first drawn is drawn with it, what comes later waits for the next page, so that no word moves under a reader's eyes. Asked for here,
   before there is anything to draw, they are mostly there in time, and always in a copy on the reader's own disk; a browser waits a tenth
   of a second for them at most. Without this script the first page stands in the system's faces, and the next in the site's. */
(function () {
  "use strict";

  const root = document.documentElement;
  const style = getComputedStyle(root);
  const site = document.querySelector('meta[property="og:site_name"]').content;
  // The archive's words are in the letters of the page's language and of its own title; the source's, mostly, in those of the page's title.
  const interfaceWord = new Intl.DisplayNames(root.lang, { type: "language" }).of(root.lang);
  const words = { sans: interfaceWord + site, serif: document.title.replace(site, "") };
  for (const voice of (document.currentScript.dataset.voices || "serif,sans").split(",")) {
    // A blank or a digit would ask for the Latin face beside the Arabic one.
    const letters = words[voice].replace(/[^\p{L}\p{M}]/gu, "") || interfaceWord;
    document.fonts.load(`1em ${style.getPropertyValue(`--${voice}`)}`, letters).catch(() => {});
  }
})();

/* What must happen on the search page before anything of it is seen: words that are before "#" in an address of old go behind it, and a
   page that is come back to is not shown at its top first. */
(function () {
  "use strict";

  if (location.search) {
    const old = location.search.slice(1);
    const fragment = location.hash.includes("=") ? location.hash.slice(1) : old;
    try {
      history.replaceState(history.state, "", `${location.pathname}${fragment ? `#${fragment}` : ""}`);
    } catch {
      location.replace(`${location.pathname}#${fragment}`);
    }
  }
  try {
    history.scrollRestoration = "manual";
  } catch {
    // Without it a browser goes to its own idea of the place first.
  }
  // What stands there before anything is looked for is not shown for a moment.
  if (location.hash.includes("=")) document.documentElement.dataset.searching = "";
  if (history.state && history.state.scroll) {
    document.documentElement.dataset.returning = "";
    // Whatever goes wrong after this, the page is shown.
    setTimeout(() => document.documentElement.removeAttribute("data-returning"), 1000);
  }
})();

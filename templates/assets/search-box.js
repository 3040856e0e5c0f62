/* The search box of every page: "/" goes to it, Esc clears it. */
(function () {
  "use strict";
  const box = document.getElementById("q") || document.getElementById("search-box-q");
  if (!box) return;
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.key === "/" && !event.target.closest("input, textarea, select, [contenteditable]")) {
      box.focus();
      box.select();
      event.preventDefault();
    } else if (event.key === "Escape" && event.target === box && box.id === "search-box-q") {
      box.value = "";
    }
  });
})();

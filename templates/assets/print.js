// On paper a page says when it was read: a printed page has no other memory of it.
addEventListener("beforeprint", () => {
  for (const place of document.querySelectorAll("[data-accessed]")) {
    // The calendar of the records: some languages have another by default.
    const day = new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long", calendar: "gregory" });
    place.textContent = `${place.dataset.accessed} ${day}`;
  }
});

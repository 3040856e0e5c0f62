// On paper a page says when it was read: a printed page has no other memory of it.
addEventListener("beforeprint", () => {
  for (const place of document.querySelectorAll("[data-accessed]")) {
    // The calendar of the records: some languages have another by default. The order of day and month, and the digits, are those of the page.
    const language = document.documentElement.lang;
    const day = new Date().toLocaleDateString({ en: "en-GB", ar: "ar-u-nu-arab" }[language] ?? language, { dateStyle: "long", calendar: "gregory" });
    place.textContent = `${place.dataset.accessed} ${day}`;
  }
});

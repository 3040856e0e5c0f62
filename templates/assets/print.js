// On paper a page says when it was read: a printed page has no other memory of it.
addEventListener("beforeprint", () => {
  for (const place of document.querySelectorAll("[data-accessed]")) {
    const day = new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
    place.textContent = `${place.dataset.accessed} ${day}`;
  }
});

// Narrows a list on its page: by words, by choices, in another order. The list is complete without it; nothing is asked and nothing is sent.
"use strict";
for (const form of document.querySelectorAll("[data-narrow]")) {
  const list = document.getElementById(form.dataset.narrow);
  const field = form.querySelector("input");
  const choices = [...form.querySelectorAll("[data-by]")];
  const order = form.querySelector("[data-order]");
  const said = form.querySelector("output");
  const all = form.querySelector("[type=reset]");
  const language = document.documentElement.lang;
  const numbers = new Intl.NumberFormat(form.dataset.digits ? `${language}-u-nu-${form.dataset.digits}` : language);

  /** Words as they are compared: without case, accents, vowel signs and the many forms of quotation marks. */
  const folded = (words) =>
    words
      .normalize("NFKD")
      .replace(/[\p{M}\u0640'‘’ʿʾ"“”«»]/gu, "")
      .toLowerCase()
      .replace(/\s+/g, " ")
      .trim();

  // Where the page was made, its order is that of the letters.
  const entries = [...list.querySelectorAll("[data-entry]")].map((element) => ({
    element,
    parent: element.parentElement,
    words: folded(element.textContent),
  }));
  const parts = [...list.querySelectorAll("[data-part]")];

  const matches = ({ element, words }, wanted) =>
    wanted.every((word) => words.includes(word)) &&
    choices.every(({ value, dataset }) => {
      const own = element.getAttribute(`data-${dataset.by}`) || "";
      return !value || own === value || own.split(" ").includes(value);
    });

  let arranged = "";
  /** Puts the entries of each table into an order; entries that state no year are last. */
  function arrange(by) {
    if (by === arranged) return;
    arranged = by;
    list.classList.toggle("unlettered", by !== "");
    const number = ({ element }) => Number(element.dataset[by]);
    const last = ({ element }) => (by !== "count" && element.dataset.first === "0" ? 1 : 0);
    const ordered = by ? [...entries].sort((a, b) => last(a) - last(b) || (by === "first" ? number(a) - number(b) : number(b) - number(a))) : entries;
    for (const entry of ordered) {
      const home = by ? entry.parent.closest("table").tBodies[0] : entry.parent;
      home.append(entry.element);
    }
  }

  function apply() {
    const wanted = folded(field.value).split(" ").filter(Boolean);
    if (order) arrange(order.value);
    let shown = 0;
    for (const entry of entries) {
      const fits = matches(entry, wanted);
      entry.element.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const part of parts) part.hidden = !part.querySelector("[data-entry]:not([hidden])");
    const narrowed = wanted.length > 0 || choices.some(({ value }) => value);
    all.hidden = !narrowed;
    list.classList.toggle("narrowed", narrowed);
    const words = form.dataset.said.replace("{n}", numbers.format(shown)).replace("{all}", numbers.format(entries.length));
    if (said.textContent !== words && (narrowed || said.textContent)) said.textContent = words;
  }

  // Whoever hears the page is told of the number when the typing rests.
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 150);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
  });
  /** Shows the whole list again, in the order of its letters. */
  function clear() {
    field.value = "";
    for (const choice of [...choices, ...(order ? [order] : [])]) choice.value = "";
    apply();
  }
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    clear();
    field.focus();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !all.hidden) {
      event.preventDefault();
      form.reset();
    }
  });
  // A letter that the list has hidden is shown again before the page moves to it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && list.contains(link)) clear();
  });
  // What was typed before the reader came back is still in the fields.
  addEventListener("pageshow", apply);
}

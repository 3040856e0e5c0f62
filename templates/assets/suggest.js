/* The form of the page "Suggest a correction": writes what is sent, under the headings that the repository's form has too, and hands it
   over. It sends nothing and stores nothing. Which page it is about, which part and its words come behind the # of the address. */
(function () {
  "use strict";

  const $ = (id) => document.getElementById(id);
  const form = $("correction");
  const questions = [...form.querySelectorAll("[data-heading]")].map((control) =>
    ({ key: control.dataset.key, heading: control.dataset.heading, needed: control.getAttribute("aria-required") === "true" }));
  const data = JSON.parse($("suggest-data").textContent);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
  const wellFormed = (text) => (text.toWellFormed ? text.toWellFormed() : text.replace(/\p{Cs}/gu, "\ufffd"));
  const encoded = (text) => encodeURIComponent(wellFormed(text));
  let unsaved = false;

  const answers = () => Object.fromEntries(questions.map(({ key }) => [key, $(`c-${key}`).value.trim()]));
  const written = (given) => questions.filter(({ key }) => given[key]).map(({ key, heading }) => `### ${heading}\n\n${given[key]}\n`).join("\n");

  /** What the reader came from: filled in where nothing was written yet. */
  function arrive() {
    const given = new URLSearchParams(location.hash.slice(1));
    const page = given.get("page");
    if (page && !$("c-page").value) $("c-page").value = /^[a-z]+:/i.test(page) ? page : data.base + page;
    if (given.get("part") && !$("c-part").value) $("c-part").value = given.get("part");
    if (given.get("words") && !$("c-words").value) $("c-words").value = given.get("words");
    refresh();
  }

  function refresh() {
    const given = answers();
    const text = written(given);
    $("c-text").value = text;
    const missing = questions.filter(({ key, needed }) => needed && !given[key]).map(({ key }) => $(`c-${key}`).labels[0].firstChild.data.trim());
    const state = !unsaved ? "" : missing.length ? fill(data.words.missing, { field: missing.join(", ") }) : data.words.ready;
    if ($("c-state").textContent !== state) $("c-state").textContent = state;
    const title = `Correction: ${given.page}`.slice(0, 120);
    const mail = $("c-mail");
    if (mail) {
      const start = mail.dataset.address;
      // A line break of a mail's body is %0D%0A (RFC 6068, section 5). What is longer, mail programs cut.
      const whole = `${start}${start.includes("?") ? "&" : "?"}subject=${encoded(title)}&body=${encoded(text.replace(/\n/g, "\r\n"))}`;
      mail.href = whole.length < data.most ? whole : start;
    }
    const issue = $("c-issue");
    if (issue) {
      const whole = `${issue.dataset.address}&title=${encoded(title)}${questions.map(({ key }) => `&${key}=${encoded(given[key])}`).join("")}`;
      issue.href = whole.length < data.most ? whole : issue.dataset.address;
    }
  }

  form.addEventListener("input", () => {
    unsaved = true;
    refresh();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const link of form.querySelectorAll("a.send")) link.addEventListener("click", () => { unsaved = false; });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
  window.addEventListener("hashchange", arrive);

  $("c-copy").addEventListener("click", async () => {
    let copied = false;
    try {
      await navigator.clipboard.writeText($("c-text").value);
      copied = true;
    } catch (error) {
      $("c-text").select();
      copied = document.execCommand("copy");
      if (copied) $("c-copy").focus();
    }
    if (copied) unsaved = false;
    $("c-done").textContent = copied ? data.words.copied : data.words["not-copied"];
  });

  $("c-save").addEventListener("click", () => {
    const name = `correction-${(($("c-page").value.match(/([^/#?]+?)(?:\.html)?(?:[?#].*)?$/) || [])[1] || "page").slice(0, 80)}.txt`;
    const address = URL.createObjectURL(new Blob([wellFormed($("c-text").value)], { type: "text/plain;charset=utf-8" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    unsaved = false;
    $("c-done").textContent = fill(data.words.saved, { file: name });
  });

  form.hidden = false;
  arrive();
})();

// Reloads the page after each build of `build.py serve`, and shows the problems of a build that failed. It is no part of the site.
(() => {
  "use strict";
  let seen = null;
  let overlay = null;

  function style(element, rules) {
    for (const [name, value] of Object.entries(rules)) element.style.setProperty(name, value);
    return element;
  }

  function element(name, text, rules) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    return style(made, rules || {});
  }

  function close() {
    if (overlay) overlay.remove();
    overlay = null;
  }

  function show(problems, failure) {
    close();
    overlay = element("section", "", {
      position: "fixed", "inset-block-end": "0", "inset-inline": "0", "max-block-size": "60vh", overflow: "auto", "z-index": "2147483647",
      padding: "1rem", background: "#fff8f0", color: "#1b1b1b", "border-block-start": "4px solid #b3261e", font: "16px/1.5 system-ui, sans-serif",
    });
    overlay.id = "onrecord-problems";
    overlay.lang = "en";
    overlay.dir = "ltr";
    overlay.setAttribute("role", "alert");
    overlay.append(element("h2", failure ? "The build failed" : "The build found problems", { margin: "0 0 .5rem", font: "700 18px/1.3 system-ui, sans-serif" }));
    if (failure) overlay.append(element("p", failure, { margin: "0 0 .5rem" }));
    const list = element("ul", "", { margin: "0 0 .5rem", padding: "0 0 0 1.2rem" });
    for (const problem of problems) {
      const entry = element("li", "");
      entry.append(element("code", `${problem.path}:${problem.line}:${problem.column}`), ` ${problem.code}: ${problem.message}`);
      list.append(entry);
    }
    overlay.append(list);
    const button = element("button", "Close", { font: "inherit", padding: ".25rem .75rem" });
    button.type = "button";
    button.addEventListener("click", close);
    overlay.append(button);
    document.body.append(overlay);
  }

  const news = new EventSource("/.onrecord/news");
  news.addEventListener("message", (event) => {
    const report = JSON.parse(event.data);
    const errors = report.problems.filter((problem) => problem.level === "error");
    if (errors.length || report.failure) {
      show(errors, report.failure);
    } else if (seen !== null && report.number !== seen) {
      location.reload();
    } else {
      close();
    }
    seen = report.number;
  });
  // A server that was started anew counts from one: what the page shows may be old.
  news.addEventListener("error", () => { seen = -1; });
})();

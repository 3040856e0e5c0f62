/* The files of the index below pagefind/: each is a classic script that hands over its bytes, so that one copy serves both ways of reading.
   Over http it is fetched and read as text; from a folder, where a browser refuses that, it is run. */
(function () {
  "use strict";

  const shared = window.OnrecordSearch;
  const INDEX = new URL("../pagefind/", document.currentScript.src).href;
  const local = location.protocol === "file:";
  const handed = new Map();
  // These keep their names when they change; all others are named by what is in them.
  const CHANGING = new Set(["catalogue", "suggestions"]);

  window.__onrecordFiles = function (given) {
    for (const path of Object.keys(given)) handed.set(path, given[path]);
  };

  function bytesOf(base64) {
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let place = 0; place < text.length; place++) bytes[place] = text.charCodeAt(place);
    return bytes;
  }

  const addressOf = (path) => `${INDEX}${shared.encoded(path)}.js`;

  /**
   * The bytes of a file of the index: of the script as it is over http, which the engine reads in its worker; else what the script handed
   * over, packed with gzip. @param {string} path below pagefind/, without ".js"
   * @returns {Promise<Uint8Array>} rejected where the file cannot be had
   */
  async function load(path) {
    if (local) {
      if (!handed.has(path)) await shared.script(addressOf(path));
      if (!handed.has(path)) throw new Error(`${path} is missing`);
      return bytesOf(handed.get(path));
    }
    return new Uint8Array(await (await asked(addressOf(path), CHANGING.has(path))).arrayBuffer());
  }

  async function asked(url, changing) {
    const answer = await fetch(url, changing ? { cache: "no-cache" } : {});
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    return answer;
  }

  /** What a file of the index says. @param {string} path @returns {Promise<*>} */
  async function json(path) {
    let bytes;
    if (local) {
      bytes = await load(path);
    } else {
      const text = await (await asked(addressOf(path), CHANGING.has(path))).text();
      bytes = bytesOf(text.slice(text.indexOf('":"') + 3, text.lastIndexOf('"')));
    }
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).json();
  }

  /** The engine's own JavaScript, as text; over http only. @returns {Promise<string>} */
  const engine = async () => (await asked(`${INDEX}engine.js`, true)).text();

  shared.files = { index: INDEX, local, load, json, engine };
})();

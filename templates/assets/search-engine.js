/* The engine of the search (pagefind/engine.js) in a Blob worker, or in the page where a browser refuses one. */
(function () {
  "use strict";

  const shared = window.OnrecordSearch;
  let opening = null;

  /** What runs in the worker, behind the engine: its calls, and a `load` that asks the page. */
  function inWorker() {
    const waiting = new Map();
    let number = 0;
    const engine = window.OnrecordEngine((path) => new Promise((done, failed) => {
      waiting.set(++number, { done, failed });
      self.postMessage({ load: path, number });
    }));
    self.onmessage = async ({ data: message }) => {
      if (message.loaded) {
        const { done, failed } = waiting.get(message.loaded);
        waiting.delete(message.loaded);
        if (message.error) failed(new Error(message.error)); else done(message.bytes);
        return;
      }
      try {
        self.postMessage({ answered: message.call, result: await engine[message.name](...message.values) });
      } catch (error) {
        self.postMessage({ answered: message.call, error: String(error && error.message || error) });
      }
    };
    self.postMessage({ ready: true });
  }

  /** The engine in a worker, from its JavaScript. Rejected where a browser has no workers. */
  function workerEngine(script) {
    return new Promise((done, failed) => {
      const source = `const window = {};\n${script}\n(${inWorker.toString()})();`;
      const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
      const worker = new Worker(address);
      const waiting = new Map();
      let number = 0;
      const engine = new Proxy({}, {
        get: (_, name) => (name === "then" ? undefined : (...values) => new Promise((answered, refused) => {
          waiting.set(++number, { answered, refused });
          worker.postMessage({ call: number, name, values });
        })),
      });
      worker.onerror = (event) => {
        event.preventDefault();
        opening = null;
        for (const { refused } of waiting.values()) refused(new Error(event.message || "the worker stopped"));
        failed(new Error(event.message || "no worker"));
      };
      worker.onmessage = async ({ data: message }) => {
        if (message.ready) {
          URL.revokeObjectURL(address);
          done(engine);
        } else if (message.load) {
          try {
            const loaded = await shared.files.load(message.load);
            worker.postMessage({ loaded: message.number, bytes: loaded }, [loaded.buffer]);
          } catch (error) {
            worker.postMessage({ loaded: message.number, error: String(error.message || error) });
          }
        } else {
          const { answered, refused } = waiting.get(message.answered);
          waiting.delete(message.answered);
          if ("error" in message) refused(new Error(message.error)); else answered(message.result);
        }
      };
    });
  }

  /** Over http the page never runs the engine's script itself: reading it would hold the page up. */
  async function started() {
    if (!shared.files.local) {
      const script = await shared.files.engine();
      try {
        return await workerEngine(script);
      } catch {
        // No workers here: the engine runs in the page.
      }
    }
    await shared.script(`${shared.files.index}engine.js`);
    const Engine = window.OnrecordEngine;
    if (shared.files.local) {
      try {
        return await workerEngine(`window.OnrecordEngine = ${Engine.toString()};`);
      } catch {
        // As above.
      }
    }
    return Engine(shared.files.load);
  }

  /** The engine, opened once; opened again after a failure. @returns {Promise<Object>} its functions, each giving a promise */
  shared.openEngine = function () {
    if (!opening) {
      opening = (async () => {
        const catalogue = shared.files.load("catalogue");
        catalogue.catch(() => {});
        const engine = await started();
        await engine.open(await catalogue);
        return engine;
      })();
      opening.catch(() => { opening = null; });
    }
    return opening;
  };
})();

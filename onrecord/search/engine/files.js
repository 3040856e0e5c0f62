/* The files of the index: each is JSON, gzipped, as base64 in a classic script, so that one copy serves pages over http and from a folder. */

/** Reads files through `load(path)`, which gives the bytes of the script or of the gzip in it; each file once, again after a failure. */
function filesOf(load) {
  const kept = new Map();
  let entries = 0;

  /** What `make` gives for a key, made once; made again after a failure. */
  function once(key, make) {
    if (!kept.has(key)) {
      const value = make();
      kept.set(key, value);
      value.catch(() => kept.delete(key));
    }
    return kept.get(key);
  }

  /** What a large archive would keep for ever is dropped when it is many: least recently asked for first. */
  function recent(key, make, most) {
    const value = once(key, make);
    kept.delete(key);
    kept.set(key, value);
    if (++entries % 64 === 0) {
      const same = [...kept.keys()].filter((other) => other.split(" ")[0] === key.split(" ")[0]);
      for (const old of same.slice(0, Math.max(0, same.length - most))) kept.delete(old);
    }
    return value;
  }

  const unpacked = async (path) => gunzipped(packedBytes(new Uint8Array(await load(path)), path));
  const json = async (path) => JSON.parse(new TextDecoder().decode(await unpacked(path)));
  return { once, recent, unpacked, json };
}

/** The gzip in what was loaded: the bytes themselves, or the base64 in a script `__onrecordFiles({"path":"…"});`. */
function packedBytes(bytes, path) {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return bytes;
  const end = bytes.lastIndexOf(0x22);
  const start = bytes.lastIndexOf(0x22, end - 1) + 1;
  if (end < 0 || start <= 0) throw new Error(`${path} is not a file of the index`);
  return base64Bytes(bytes, start, end, path);
}

const BASE64 = (() => {
  const values = new Int16Array(256).fill(-1);
  for (const [place, letter] of [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].entries()) values[letter.charCodeAt(0)] = place;
  return values;
})();

/** Base64 (RFC 4648) between two places of an ASCII text, read without making a string of it. */
function base64Bytes(text, start, end, path) {
  while (end > start && text[end - 1] === 0x3d) end--;
  const out = new Uint8Array(Math.floor(((end - start) * 3) / 4));
  let at = 0;
  let bits = 0;
  let buffer = 0;
  for (let place = start; place < end; place++) {
    const value = BASE64[text[place]];
    if (value < 0) throw new Error(`${path} is damaged`);
    buffer = (buffer << 6) | value;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[at++] = (buffer >> bits) & 255;
    }
  }
  return out;
}

async function gunzipped(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Gives the browser its turn where the last one is longer ago than a reader would notice: `if (pacer.due()) await pacer.pause()`. */
const pacer = (() => {
  const LONGEST = 16; // milliseconds
  let began = performance.now();
  return {
    due: () => performance.now() - began > LONGEST,
    async pause() {
      await new Promise((go) => setTimeout(go, 0));
      began = performance.now();
    },
  };
})();

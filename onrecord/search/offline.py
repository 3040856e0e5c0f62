"""The index a second time as classic scripts, for pages opened from a folder: `__onrecordFiles({"<path>": "<base64>"})`.

Fragments, one a release, are packed: which pack holds one is told by the first six digits of its digest, modulo the number of packs
(a power of two, so that packs keep their members until an archive doubles). `packOf` in search.js does the same sum.
"""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from pathlib import Path

PER_PACK = 16
FOLDER = "offline"


def pack_count(fragments: int) -> int:
    """How many packs hold `fragments` fragments: a power of two."""
    packs = 1
    while fragments > PER_PACK * packs:
        packs *= 2
    return packs


def pack_of(fragment: str, packs: int) -> int:
    """The number of the pack that holds a fragment, by its name ("en_99fc5d3")."""
    return int(fragment.rsplit("_", 1)[-1][:6], 16) % packs


def script(files: dict[str, bytes]) -> str:
    """One classic script holding `files`, by their paths below the index."""
    data = {path: base64.b64encode(content).decode("ascii") for path, content in sorted(files.items())}
    return f"__onrecordFiles({json.dumps(data, separators=(',', ':'))});\n"


def write(bundle: Path, name: str) -> int:
    """Writes the scripts of the bundle `name` into `<bundle>/offline/`. Returns the number of its fragment packs."""
    fragments = sorted((bundle / "fragment").glob("*.pf_fragment"))
    packs = pack_count(len(fragments))
    scripts: dict[str, dict[str, bytes]] = defaultdict(dict)
    for fragment in fragments:
        scripts[f"fragment/{pack_of(fragment.stem, packs)}"][f"{name}/fragment/{fragment.name}"] = fragment.read_bytes()
    for pattern in ("*.pf_meta", "index/*.pf_index", "filter/*.pf_filter", "dates.txt", "words.txt"):
        for file in sorted(bundle.glob(pattern)):
            path = file.relative_to(bundle).as_posix()
            scripts[path][f"{name}/{path}"] = file.read_bytes()
    for path, files in sorted(scripts.items()):
        target = bundle / FOLDER / f"{path}.js"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(script(files), "ascii")
    return packs

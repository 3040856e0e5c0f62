"""The files of the index as classic scripts, for readers over http and from a folder alike: `__onrecordFiles({"<path>": "<base64>"})`.

A page opened from a folder may load nothing but scripts, so each file of the index is one; over http the same file is fetched and its
base64 taken out (engine.js), and a host that compresses text sends it in the size of its bytes. There is no second copy. A path
"<shard>/<rest>" stands in the file "<shard>/offline/<rest>.js", any other path in "<path>.js" (`scriptOf` in search.js, `fileOf` in
engine.js).
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import os
from collections.abc import Mapping

FOLDER = "offline"


def script(path: str, content: str) -> bytes:
    """The script that hands over one file of the index, by its path and its bytes in base64. Neither needs an escape in JavaScript."""
    return f'__onrecordFiles({{"{path}":"{content}"}});\n'.encode("ascii")


def base64_of(data: bytes) -> str:
    """`data` in base64 (RFC 4648 section 4)."""
    return base64.b64encode(data).decode("ascii")


def packed(text: str) -> tuple[str, str]:
    """A text of the index: (ten hexadecimal digits of its SHA-256, its UTF-8 gzipped, in base64)."""
    data = text.encode()
    return hashlib.sha256(data).hexdigest()[:10], base64_of(gzip.compress(data, 9, mtime=0))


def write(folder: str, shard: str, files: Mapping[str, str]) -> None:
    """Writes a shard's files (path below the shard → base64) into its folder. Raises OSError."""
    top = os.path.join(folder, FOLDER)
    for name in sorted({os.path.dirname(path) for path in files}):
        os.makedirs(os.path.join(top, name), exist_ok=True)
    for path, content in sorted(files.items()):
        with open(os.path.join(top, f"{path}.js"), "wb", buffering=0) as file:
            file.write(script(f"{shard}/{path}", content))

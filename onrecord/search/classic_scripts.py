"""The files of the index as classic scripts, for readers over http and from a folder alike: `__onrecordFiles({"<path>": "<base64>"})`.

A page opened from a folder may load nothing but scripts, so each file of the index is one; over http the same file is fetched and its
base64 taken out, and a host that compresses text sends it in the size of its bytes. The base64 is that of gzipped JSON; a path stands in
the file "<path>.js".
"""

from __future__ import annotations

import base64
import gzip
import hashlib

# Lists of numbers take five times as long by level 6, and become a twentieth smaller; texts a hundredth.
_LEVEL = 4
DIGITS = 8
"""Hexadecimal digits in the names of files."""


def file_of(path: str) -> str:
    """Where a path of the index stands, below `pagefind/`."""
    return f"{path}.js"


def script(path: str, data: bytes) -> bytes:
    """The script that hands over one file of the index, which is JSON. Neither part needs an escape in JavaScript."""
    content = base64.b64encode(gzip.compress(data, _LEVEL, mtime=0)).decode("ascii")
    return f'__onrecordFiles({{"{path}":"{content}"}});\n'.encode("ascii")


def digest(data: bytes, extra: bytes = b"") -> str:
    """What a file is named by: the beginning of the SHA-256 of its JSON, in hexadecimal digits."""
    return hashlib.sha256(extra + data).hexdigest()[:DIGITS]

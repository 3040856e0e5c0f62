"""A digest of the program itself: what another program kept is of no use to this one."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from onrecord.digests import digest

_APART = frozenset(["commands", "intake", "__pycache__"])


@cache
def program() -> bytes:
    """The digest of everything that shapes a site: the program's own files, the lock of its libraries, and Python's version.

    Commands and the reading of foreign documents are left out: no file of a site is made by them. Raises OSError.
    """
    here = Path(__file__).parent
    paths = []
    for folder, folders, names in os.walk(here):
        folders[:] = [name for name in folders if name not in _APART]
        paths += [os.path.join(folder, name) for name in names if name.endswith((".py", ".js"))]
    parts = [f"{sys.version_info[:3]}".encode()]
    for path in sorted(paths):
        with open(path, "rb") as file:
            parts.append(path[len(str(here)) + 1 :].replace(os.sep, "/").encode() + b"\0" + digest(file.read()))
    lock = here.parent / "requirements.txt"
    if lock.is_file():
        parts.append(digest(lock.read_bytes()))
    return digest(b"\n".join(parts))

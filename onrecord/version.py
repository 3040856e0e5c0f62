"""A digest of the program itself: what another program kept is of no use to this one."""

from __future__ import annotations

import os
import sys
from functools import cache

from onrecord import program_files
from onrecord.digests import digest

_APART = frozenset(["commands", "intake", "shipped", "__pycache__"])


@cache
def program() -> bytes:
    """The digest of everything that shapes a site: the program's own files, the lock of its libraries, and Python's version.

    Commands and the reading of foreign documents are left out: no file of a site is made by them. Raises OSError.
    """
    here = program_files.PACKAGE
    paths = []
    for folder, folders, names in os.walk(here):
        folders[:] = [name for name in folders if name not in _APART]
        paths += [os.path.join(folder, name) for name in names if name.endswith((".py", ".js"))]
    parts = [f"{sys.version_info[:3]}".encode()]
    for path in sorted(paths):
        with open(path, "rb") as file:
            parts.append(path[len(str(here)) + 1 :].replace(os.sep, "/").encode() + b"\0" + digest(file.read()))
    if program_files.BUILDING.is_file():
        parts.append(digest(program_files.BUILDING.read_bytes()))
    return digest(b"\n".join(parts))

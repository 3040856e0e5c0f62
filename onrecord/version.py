"""A digest of the program itself: what another program kept is of no use to this one."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from onrecord.digests import digest

_APART = ("commands/", "intake/")


@cache
def program() -> bytes:
    """The digest of everything that shapes a site: the program's own files, the lock of its libraries, and Python's version.

    Commands and the reading of foreign documents are left out: no file of a site is made by them. Raises OSError.
    """
    here = Path(__file__).parent
    paths = sorted(
        path.relative_to(here).as_posix()
        for path in here.rglob("*")
        if path.suffix in (".py", ".js") and path.is_file()
    )
    parts = [f"{sys.version_info[:3]}".encode()]
    for path in paths:
        if not path.startswith(_APART):
            parts.append(path.encode() + b"\0" + digest((here / path).read_bytes()))
    lock = here.parent / "requirements.txt"
    if lock.is_file():
        parts.append(digest(lock.read_bytes()))
    return digest(b"\n".join(parts))

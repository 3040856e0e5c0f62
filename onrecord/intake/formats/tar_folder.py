"""A folder packed as a tar file (POSIX.1-1988 ustar, pax), by itself or in gzip → the documents in it, each held against limits."""

from __future__ import annotations

import re
import tarfile
import zlib
from collections.abc import Iterator
from typing import IO

from onrecord.intake.formats.nesting import Nesting, Piece
from onrecord.intake.formats.zip_folder import MOST_FILE, MOST_FILES

# What lies in a folder among documents and is none.
_NO_DOCUMENTS = re.compile(r"(?:^|/)(?:__MACOSX/|\.(?!/)|~\$|thumbs\.db$|desktop\.ini$)", re.I)
_BROKEN = "The folder (tar) is broken and cannot be read on ({error}). Pack it again."
_MORE = "What the folder (tar) holds is more than is unpacked of one file. Unpack it and import the rest."


def is_tar(head: bytes) -> bool:
    """True for a file that begins so."""
    return head[257:262] == b"ustar"


def pieces(name: str, stream: IO[bytes], nesting: Nesting) -> Iterator[Piece]:
    """The files in a folder, in their order there; each is called by the folder's name and its path, ` # ` between them. The stream is
    read once, from its start; `nesting` is that of what is in it."""
    seen: dict[str, int] = {}
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for number, entry in enumerate(archive):
                # What it remembers of each would grow with the folder.
                archive.members = []  # type: ignore[attr-defined]
                if number >= MOST_FILES:
                    yield _refusal(name, f"The folder (tar) has more than {MOST_FILES:,} files. Divide it.")
                    return
                if not entry.isreg() or _NO_DOCUMENTS.search(entry.name):
                    continue
                path = entry.name.removeprefix("./")
                seen[path] = times = seen.get(path, 0) + 1
                called = f"{name} # {path}" + (f" ({times})" if times > 1 else "")
                mark = f"{path} {entry.size}".encode("utf-8", "replace")
                if not nesting.budget.take(entry.size):
                    yield Piece(called, mark, _MORE)
                    return
                if entry.size > MOST_FILE:
                    size = MOST_FILE // 1024**2
                    yield Piece(called, mark, f"Unpacked it has more than {size} MB. Divide it into single releases.")
                    continue
                packed = archive.extractfile(entry)
                data = packed.read() if packed is not None else b""
                if len(data) < entry.size:
                    yield Piece(called, mark, "It is cut off in the folder (tar). Pack it again.")
                    return
                yield Piece(called, data)
    except (tarfile.TarError, OSError, EOFError, ValueError, zlib.error) as error:
        yield _refusal(name, _BROKEN.format(error=error))
        return
    if not seen:
        yield _refusal(name, "The folder (tar) holds no document.")


def _refusal(name: str, reason: str) -> Piece:
    return Piece(name, name.encode("utf-8", "replace"), reason)

"""Many files in one ZIP file, the same bytes for the same files."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

# The earliest time a ZIP file can hold (APPNOTE.TXT 4.4.6): no member has a time that tells anything.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o100644 << 16
_BLOCK = 1 << 20


def write_zip(target: Path, site: Path, paths: list[str], folder: str) -> None:
    """Writes the files `paths` of `site`, in this order and below `folder`, as a ZIP file at `target`.

    It is written beside its place first, so that a file of this name is whole at any time. The same files give the same bytes (as
    long as Python's zlib is the same). Raises OSError.
    """
    pack(target, ((path, site / path) for path in paths), folder)


def pack(target: Path, members: Iterable[tuple[str, Path | bytes]], folder: str) -> dict[str, str]:
    """As `write_zip`, for members that are (path below `folder`, file to read or bytes); without a folder they stand at the top. Returns
    the SHA-256 of what was packed under each path, in hexadecimal."""
    import zipfile  # late: few archives ask for a packed copy

    unfinished = target.with_name(f".{target.name}.part")
    digests = {}
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for path, content in members:
                member = zipfile.ZipInfo(f"{folder}/{path}" if folder else path, _EPOCH)
                member.create_system = 3
                member.external_attr = _REGULAR_FILE
                member.compress_type = zipfile.ZIP_DEFLATED
                if isinstance(content, bytes):
                    archive.writestr(member, content)
                    digests[path] = hashlib.sha256(content).hexdigest()
                    continue
                # The size is said before, so that what is larger than 4 GB gets the fields that it needs.
                member.file_size = content.stat().st_size
                digest = hashlib.sha256()
                with content.open("rb") as stream, archive.open(member, "w") as packed:
                    while block := stream.read(_BLOCK):
                        packed.write(block)
                        digest.update(block)
                digests[path] = digest.hexdigest()
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    return digests

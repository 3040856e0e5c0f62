"""Packed files: the same bytes for the same content (as long as Python's zlib is the same), without a time, a machine or a person."""

from __future__ import annotations

import io
import zipfile
import zlib

LEVEL = 4
"""Of zlib: above it each byte less costs several times as much time."""
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The earliest time a ZIP file can hold (APPNOTE.TXT 4.4.6): no member has a time that tells anything."""
REGULAR_FILE = 0o100644 << 16
_GZIP = 31


def gzipped(data: bytes) -> bytes:
    """One member of a gzip file (RFC 1952). Members one behind the other are a whole file (section 2.2), which unpacks to what they hold
    together; of nothing there is no member. zlib writes neither a name nor a time."""
    if not data:
        return b""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, _GZIP)
    return packer.compress(data) + packer.flush()


def zipped(name: str, data: bytes) -> bytes:
    """A ZIP file that holds this file alone."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        member = zipfile.ZipInfo(name, EARLIEST)
        member.create_system = 3
        member.external_attr = REGULAR_FILE
        member.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(member, data, compresslevel=LEVEL)
    return packed.getvalue()


def unzipped(data: bytes) -> bytes:
    """The one file of a ZIP file that `zipped` has made. Raises ValueError where it is none or is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            (member,) = archive.infolist()
            return archive.read(member)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise ValueError(str(error)) from error

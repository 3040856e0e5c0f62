"""How the first bytes of a picture tell what it is."""

from __future__ import annotations

import struct

PNG = b"\x89PNG\r\n\x1a\n"
_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis", b"hevc")


def picture(data: bytes) -> str:
    """Which format of pictures these bytes are of: JPEG, PNG, WebP, GIF, TIFF or HEIF; empty where of none."""
    if data[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if data[:8] == PNG:
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data[:4] == b"GIF8":
        return "GIF"
    if data[:4] in (b"II*\0", b"MM\0*"):
        return "TIFF"
    return "HEIF" if _is_heif(data) else ""


def _is_heif(data: bytes) -> bool:
    """Whether the first box says so (ISO/IEC 14496-12, section 4.3)."""
    if data[4:8] != b"ftyp" or len(data) < 16:
        return False
    end = min(struct.unpack_from(">I", data)[0], 400)
    return data[8:12] in _BRANDS or any(data[at : at + 4] in _BRANDS for at in range(16, end - 3, 4))

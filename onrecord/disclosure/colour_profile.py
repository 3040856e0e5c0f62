"""Colour profiles (ISO 15076-1, ICC): what a picture is shown with, and what it is called, which can be the name of somebody's screen."""

from __future__ import annotations

import struct

from onrecord.disclosure.trace import Findings


def find(data: bytes, where: str, findings: Findings) -> None:
    """Notes that there is a profile, by the name that it has."""
    findings.add("profile", where, _name(data) or f"{len(data):,} bytes")


def _name(data: bytes) -> str:
    if len(data) < 132:
        return ""
    for number in range(min(struct.unpack_from(">I", data, 128)[0], 100)):
        if 144 + 12 * number > len(data):
            break
        sign, start, size = struct.unpack_from(">4sII", data, 132 + 12 * number)
        if sign != b"desc":
            continue
        value = data[start : start + min(size, 400)]
        if value.startswith(b"desc") and len(value) > 12:
            return value[12 : 12 + struct.unpack_from(">I", value, 8)[0]].decode("latin-1").strip("\0 ")
        if value.startswith(b"mluc") and len(value) >= 28:
            length, offset = struct.unpack_from(">II", value, 20)
            return value[offset : offset + length].decode("utf-16-be", "replace").strip("\0 ")
    return ""

"""Writes compound files ([MS-CFB] version 3), as Outlook's messages are; nothing that is installed does."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_FREE, _END, _TABLE, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_MORE_TABLES, _IN_HEADER, _IN_SECTOR = 0xFFFFFFFC, 109, 127
_CUTOFF = 4096
_STORAGE, _STREAM, _ROOT = 1, 2, 5


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    children: list[int] = field(default_factory=list)
    start: int = _END
    size: int = 0


Folder = Mapping[str, "bytes | Folder"]
"""What stands in a folder of a compound file, by name: bytes, or a folder."""


def compound(folder: Folder) -> bytes:
    """The bytes of a compound file."""
    entries = [_Entry("Root Entry", _ROOT)]
    _add(entries, 0, folder)
    sectors: list[bytes] = []
    chains: list[int] = []

    def chain(data: bytes) -> int:
        if not data:
            return _END
        start = len(sectors)
        count = (len(data) + 511) // 512
        sectors.extend(data[at * 512 : at * 512 + 512].ljust(512, b"\0") for at in range(count))
        chains.extend([*range(start + 1, start + count), _END])
        return start

    small, small_chains = b"", list[int]()
    for entry in entries:
        if entry.kind != _STREAM:
            continue
        entry.size = len(entry.data)
        if entry.size >= _CUTOFF:
            entry.start = chain(entry.data)
        elif entry.size:
            entry.start = len(small) // 64
            count = (entry.size + 63) // 64
            small += entry.data.ljust(count * 64, b"\0")
            small_chains += [*range(entry.start + 1, entry.start + count), _END]
    entries[0].start, entries[0].size = chain(small), len(small)
    small_table = struct.pack(f"<{len(small_chains)}I", *small_chains)
    small_start = chain(small_table.ljust((len(small_table) + 511) // 512 * 512, b"\xff"))
    directory = b"".join(_packed(entries, number) for number in range(len(entries)))
    directory_start = chain(directory.ljust((len(directory) + 511) // 512 * 512, b"\0"))
    tables, more = 1, 0
    while (len(sectors) + tables + more) * 4 > tables * 512:
        tables += 1
        more = max(0, tables - _IN_HEADER + _IN_SECTOR - 1) // _IN_SECTOR
    table_start, more_start = len(sectors), len(sectors) + tables
    numbers = [*range(table_start, more_start)]
    chained = [*chains, *([_TABLE] * tables), *([_MORE_TABLES] * more)]
    table = struct.pack(f"<{len(chained)}I", *chained).ljust(tables * 512, b"\xff")
    # Which sectors the table has, beyond those that the header names (section 2.5).
    named = b"".join(
        struct.pack("<127I", *(part + [_FREE] * (_IN_SECTOR - len(part))))
        + struct.pack("<I", more_start + number + 1 if number + 1 < more else _END)
        for number, part in enumerate(numbers[at : at + _IN_SECTOR] for at in range(_IN_HEADER, tables, _IN_SECTOR))
    )
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, directory_start, 0, _CUTOFF,
        small_start, (len(small_table) + 511) // 512, more_start if more else _END, more,
    )  # fmt: skip
    header += struct.pack("<109I", *(numbers[:_IN_HEADER] + [_FREE] * (_IN_HEADER - len(numbers))))
    return header + b"".join(sectors) + table + named


def _add(entries: list[_Entry], parent: int, folder: Folder) -> None:
    for name in sorted(folder, key=lambda name: (len(name), name.upper())):
        value = folder[name]
        entries.append(_Entry(name, _STREAM, value) if isinstance(value, bytes) else _Entry(name, _STORAGE))
        number = len(entries) - 1
        entries[parent].children.append(number)
        if not isinstance(value, bytes):
            _add(entries, number, value)


def _packed(entries: Sequence[_Entry], number: int) -> bytes:
    """The 128 bytes of an entry; siblings hang on each other to the right, which readers take for a tree."""
    entry = entries[number]
    right = _NONE
    for other in entries:
        if number in other.children[:-1]:
            right = other.children[other.children.index(number) + 1]
    child = entry.children[0] if entry.children else _NONE
    name = (entry.name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xI16xIQ",
        name, len(name), entry.kind, 1, _NONE, right, child, 0, entry.start, entry.size,
    )  # fmt: skip


def properties(
    header_size: int, fixed: Mapping[tuple[int, int], bytes], texts: Mapping[int, str | bytes]
) -> dict[str, bytes]:
    """The streams of the properties of a message or of what is attached to it ([MS-OXMSG] section 2.4): `fixed` are values of eight bytes
    by number and type, `texts` are texts (as UTF-16) and bytes (as binary) by number."""
    rows = [struct.pack("<HHI8s", kind, number, 6, value.ljust(8, b"\0")) for (number, kind), value in fixed.items()]
    streams = {}
    for number, value in texts.items():
        kind, data = (0x001F, value.encode("utf-16-le")) if isinstance(value, str) else (0x0102, value)
        rows.append(struct.pack("<HHII4x", kind, number, 6, len(data)))
        streams[f"__substg1.0_{number:04X}{kind:04X}"] = data
    streams["__properties_version1.0"] = bytes(header_size) + b"".join(rows)
    return streams

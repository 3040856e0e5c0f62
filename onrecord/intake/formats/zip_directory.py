"""How many files a zip file says that it packs, read from its end before its list of them is (APPNOTE.TXT, 4.3.12 to 4.3.16)."""

from __future__ import annotations

import os
import struct
from typing import IO

_END, _END_64, _PLACE_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_LONGEST_COMMENT = 65_535
# An entry of the list has 46 bytes, the file's path and what a program notes of it. A list that has more bytes than this for each file
# that may be in it is not read to be counted.
_MOST_ENTRY = 400


def is_too_long(stream: IO[bytes], most: int) -> bool:
    """True for a zip file that lists more than `most` files, or may: it says so, or the list has the bytes of very many. False for what
    is no zip file. The stream stands at its start afterwards."""
    try:
        end = stream.seek(0, os.SEEK_END)
        stream.seek(max(0, end - len(_END) - 18 - _LONGEST_COMMENT - 76))
        tail = stream.read()
        at = tail.rfind(_END)
        if at < 0 or len(tail) - at < 22:
            return False
        count: int
        size: int
        count, size = struct.unpack_from("<HL", tail, at + 10)
        if tail[max(0, at - 20) : at].startswith(_PLACE_64) and tail[max(0, at - 76) : at].startswith(_END_64):
            count, size = struct.unpack_from("<QQ", tail, at - 76 + 32)
        return count > most or size > most * _MOST_ENTRY
    finally:
        stream.seek(0)

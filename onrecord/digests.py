"""Digests of values: what two equal values share, in this run and in every other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec

DIGEST = 16
"""Bytes of a BLAKE2b digest (RFC 7693): 128 bits, which no two texts of an archive share by chance."""

encoded: Callable[[Any], bytes] = msgspec.msgpack.Encoder().encode
"""Frozen values as bytes (MessagePack), the same for equal values."""


def typed_digest(value: object) -> bytes:
    """The digest of a value and the name of its type: 1 and "1" have different ones."""
    return digest(value.__class__.__name__.encode() + encoded(value))


def digest(data: bytes | memoryview) -> bytes:
    """The digest something is found by."""
    return hashlib.blake2b(data, digest_size=DIGEST).digest()


def sealed(data: bytes, key: bytes = b"") -> bytes:
    """Bytes as they are kept, behind their digest: a changed letter in a title is still a title, and would be published. `key` is what
    they are found by, where that is to be theirs and no other's."""
    return digest(key + data) + data


def unsealed(kept: bytes, key: bytes = b"") -> bytes | None:
    """The inverse of `sealed`; None where it is not what was kept."""
    data = kept[DIGEST:]
    return data if digest(key + data) == kept[:DIGEST] else None

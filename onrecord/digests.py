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

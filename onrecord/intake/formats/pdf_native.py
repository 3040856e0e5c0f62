"""Functions of PDFium's as they are, without what the library makes of their arguments: ten times as fast, for what is called for each
letter and each line that is drawn."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

ADDRESS = ctypes.c_void_p
NUMBER = ctypes.c_int


@cache
def native(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of PDFium's (its public headers say with which arguments): what is an address there is one here (ADDRESS), also for what
    it answers in."""
    from pypdfium2 import raw

    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(result, *arguments)(address or 0)


def address_of(handle: Any) -> int:
    """The address of what the library calls by a pointer of a type."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def addresses(values: Any, count: int) -> list[int]:
    """The addresses of the values of an array, which has so many."""
    return [ctypes.addressof(values) + ctypes.sizeof(values) // count * at for at in range(count)]

"""The objects of a PDF file (ISO 32000-1, section 7), as pypdf reads them: those that a document is made of, and those beside it."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.errors import DependencyError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from onrecord.disclosure.trace import Broken, Locked
from onrecord.disclosure.wishes import Impossible

MOST_OBJECTS = 300_000
_MOST_VALUES = 5_000_000
# What pypdf thinks of odd files is no business of a person's terminal.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)
# A name is bytes (section 7.3.5): one that is read as text and written as text may become another.
NameObject.CHARSETS = ("latin1", "latin1", "latin1")
_END = re.compile(rb"startxref[\s\0]{1,20}(\d{1,12})[\s\0]{1,20}%%EOF")


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A file that was opened: its bytes, pypdf's reader, every object that its document is made of, by number and generation, and those
    of them that cannot be read."""

    data: bytes
    reader: PdfReader
    objects: dict[tuple[int, int], Any]
    unread: tuple[tuple[int, int], ...]
    linearized: bool

    @property
    def trailer(self) -> DictionaryObject:
        """The trailer of its last state."""
        return self.reader.trailer

    @property
    def root(self) -> DictionaryObject:
        """Its catalog."""
        root = self.trailer["/Root"].get_object()
        if not isinstance(root, DictionaryObject):
            raise Broken("it has no catalog")
        return root

    def others(self) -> Iterator[tuple[tuple[int, int], Any]]:
        """The objects that its tables list and nothing refers to; those that are there for the file itself are left out."""
        listed = {
            (number, generation) for generation, row in self.reader.xref.items() for number in row if generation < 65535
        }
        listed |= {(number, 0) for number in self.reader.xref_objStm}
        for key in sorted(listed - self.objects.keys())[:MOST_OBJECTS]:
            value = resolved(self.reader, key, [])
            if isinstance(value, DictionaryObject) and value and not self._is_structure(value):
                yield key, value

    def _is_structure(self, value: DictionaryObject) -> bool:
        kind = value.get("/Type")
        hints = self.linearized and isinstance(value, StreamObject) and "/S" in value
        return kind in ("/XRef", "/ObjStm") or "/Linearized" in value or hints

    def states(self) -> int:
        """How many states of the document the file holds: each change that was saved by adding it is one more (section 7.5.6)."""
        ends = sum(1 for _ in _END.finditer(self.data))
        return max(1, ends - 1 if self.linearized else ends)


def opened(data: bytes) -> PdfFile:
    """The file of these bytes. Raises Broken, and Locked."""
    with understood():
        reader = PdfReader(io.BytesIO(data), strict=False)
        if "/Encrypt" in reader.trailer:
            raise Locked
        if "/Root" not in reader.trailer:
            raise Broken("it has no catalog")
        unread: list[tuple[int, int]] = []
        found = _reachable(reader, unread)
        return PdfFile(data, reader, found, tuple(unread), b"/Linearized" in data[:2048])


@contextmanager
def understood() -> Iterator[None]:
    """Raises Broken for what pypdf raises, which is its own and whatever Python does for bytes that nobody foresaw."""
    try:
        yield
    except (Broken, Locked, Impossible, MemoryError):
        raise
    except DependencyError as error:  # it is encrypted in a way that needs another library
        raise Locked from error
    except Exception as error:
        raise Broken(f"its structure cannot be followed ({type(error).__name__})") from error


def resolved(reader: PdfReader, key: tuple[int, int], unread: list[tuple[int, int]]) -> Any:
    """The object of a number; None where it is not there, or cannot be read and is added to `unread`."""
    try:
        return IndirectObject(key[0], key[1], reader).get_object()
    except MemoryError:
        raise
    except Exception:
        unread.append(key)
        return None


def _reachable(reader: PdfReader, unread: list[tuple[int, int]]) -> dict[tuple[int, int], Any]:
    """The objects that the catalog and the information dictionary lead to, and those they lead to; those that cannot be read are added to
    `unread`."""
    found: dict[tuple[int, int], Any] = {}
    waiting: list[Any] = [reader.trailer.raw_get(key) for key in ("/Root", "/Info") if key in reader.trailer]
    seen = 0
    while waiting:
        value = waiting.pop()
        seen += 1
        if seen > _MOST_VALUES or len(found) > MOST_OBJECTS:
            raise Broken("it has too many objects")
        if isinstance(value, IndirectObject):
            key = (value.idnum, value.generation)
            if key not in found:
                found[key] = resolved(reader, key, unread)
                waiting.append(found[key])
        elif isinstance(value, DictionaryObject):
            waiting += value.values()
        elif isinstance(value, ArrayObject):
            waiting += list(value)
    return found


def dictionaries(value: Any) -> Iterator[DictionaryObject]:
    """Every dictionary in an object, without following references."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, DictionaryObject):
            yield part
            waiting += part.values()
        elif isinstance(part, ArrayObject):
            waiting += list(part)


def at(value: Any, key: str) -> Any:
    """What stands under a key of a dictionary, with a reference followed; None where there is nothing."""
    found = value.raw_get(key) if isinstance(value, DictionaryObject) and key in value else None
    if isinstance(found, IndirectObject):
        try:
            return found.get_object()
        except MemoryError:
            raise
        except Exception:
            return None
    return found


def content(stream: StreamObject) -> bytes:
    """The decoded bytes of a stream; empty where they cannot be decoded."""
    try:
        return bytes(stream.get_data())
    except MemoryError:
        raise
    except Exception:
        return b""


def picture(stream: StreamObject) -> bytes:
    """The bytes of a picture that stands in the file as a JPEG or JPEG 2000 file of its own; empty for others."""
    filters = at(stream, "/Filter")
    names = [str(name) for name in filters] if isinstance(filters, ArrayObject) else [str(filters)]
    return bytes(stream._data) if names in (["/DCTDecode"], ["/JPXDecode"], ["/DCT"]) else b""

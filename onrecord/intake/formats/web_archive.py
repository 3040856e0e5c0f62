"""Captures of web pages (WARC: ISO 28500; WACZ, which packs such files) → each page with its address and the time of its capture,
through warcio.

The time of capture is a crawler's clock and never a day of publication.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from onrecord.intake.document import Document, LeftOut, Part
from onrecord.intake.formats.nesting import Nesting, Piece
from onrecord.model import Question

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

ReadParts = Callable[[str, bytes, Nesting], Iterator[Part]]
"""(name, bytes, what holds it) of a captured file → its documents."""

MOST_PAGE = 64 * 1024 * 1024
_MOST_HEAD = 65536
_MOST_RECORDS = 2_000_000
# Line ends of a response in chunks, each of which has two; a page of 60 MB in chunks of a kilobyte has fewer.
_MOST_CHUNKS, _CHUNKED = 400_000, re.compile(rb"\ntransfer-encoding:[ \t]*chunked", re.I)
_FOR_PROGRAMS = (
    r"(?:x-)?javascript|ecmascript|(?:manifest\+|ld\+)?json|(?:rss\+|atom\+)?xml|(?:x-)?font|vnd\.ms-fontobject|wasm"
    r"|x-shockwave-flash|ocsp|pkix"
)
# What is captured to show pages, and is no document.
_NO_DOCUMENTS = re.compile(
    rf"(?:image|audio|video|font)/|text/(?:css|javascript|x-component|cache-manifest)|application/(?:{_FOR_PROGRAMS})",
    re.I,
)
# The address of a copy in a web archive: a moment of 14 digits, and the page's own address behind it.
_COPY = re.compile(r"https?://[^/]+/(?:[^/]+/)*?\d{14}(?:[a-z]{2}_)?/(?P<page>https?://.+)", re.I)
# Stands in the last record that is read, for the count of those that were not.
_PASSED = "X-Onrecord-Passed-Over"
# Stands in a record that `pieces` made a file of.
_ALONE = "X-Onrecord-Record: alone"
_BROKEN = "The capture (WARC) is broken from here on and cannot be read ({error}). What is before was read."


def is_warc(head: bytes) -> bool:
    """True for a file that begins so, packed with gzip or not."""
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, 64)
        except zlib.error:
            return False
    return re.match(rb"WARC/\d|filedesc://", head) is not None


def is_alone(stream: IO[bytes]) -> bool:
    """True for a file that `pieces` made of a record, and nothing behind it. The stream stands at its start afterwards."""
    head, mark, _ = stream.read(_MOST_HEAD).partition(b"\r\n\r\n")
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    length = re.search(rb"\r\n" + _ALONE.encode() + rb"\r\nContent-Length: (\d{1,12})\Z", head)
    return bool(mark) and length is not None and len(head) + 4 + int(length[1]) + 4 == size


def is_wacz(packed: frozenset[str]) -> bool:
    """True for the paths of what is packed in a WACZ file."""
    return "datapackage.json" in packed and any(_is_archive(path) for path in packed)


def _is_archive(path: str) -> bool:
    return path.startswith("archive/") and path.endswith((".warc", ".warc.gz"))


@dataclass
class _Passed:
    """How many pages were found, and what was passed over, by what it is."""

    counts: Counter[str] = field(default_factory=Counter)
    pages: int = 0

    def words(self) -> str:
        return ", ".join(f"{count:,} {reason}" for reason, count in sorted(self.counts.items()))


# ---- a file of captures → single ones --------------------------------------------------------------------------------------------


def pieces(name: str, stream: IO[bytes], nesting: Nesting) -> Iterator[Piece]:
    """The captures of pages and documents in a WARC file, numbered in its order, each as a WARC file of its own; the last one says what
    was passed over. Where there is none, one Piece says what there is."""
    passed = _Passed()
    yield from _counted(name, _records(name, stream, nesting, passed), passed)


def wacz_pieces(name: str, stream: IO[bytes], nesting: Nesting) -> Iterator[Piece]:
    """As `pieces`, of all WARC files that a WACZ file packs."""
    passed = _Passed()
    yield from _counted(name, _packed_records(name, stream, nesting, passed), passed)


def _counted(name: str, found: Iterator[Piece], passed: _Passed) -> Iterator[Piece]:
    before: Piece | None = None
    for piece in found:
        if before is not None:
            yield before
        before = piece
    if before is None:
        reason = f"The capture holds no page ({passed.words() or 'nothing'})."
        yield Piece(name, name.encode("utf-8", "replace"), reason)
    elif passed.counts and not before.refused:
        first, rest = before.data.split(b"\r\n", 1)
        yield replace(before, data=first + f"\r\n{_PASSED}: {passed.words()}\r\n".encode() + rest)
    else:
        yield before


def _packed_records(name: str, stream: IO[bytes], nesting: Nesting, passed: _Passed) -> Iterator[Piece]:
    with zipfile.ZipFile(stream) as packed:
        for path in sorted(filter(_is_archive, packed.namelist())):
            try:
                with packed.open(path) as inner:
                    yield from _records(name, inner, nesting, passed)
            except (
                zipfile.BadZipFile,
                OSError,
                NotImplementedError,
                RuntimeError,
                ValueError,
                EOFError,
                zlib.error,
            ) as error:
                yield _refusal(name, passed, _BROKEN.format(error=_words_of(error)))


def _words_of(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _refusal(name: str, passed: _Passed, reason: str) -> Piece:
    passed.pages += 1
    called = f"{name} # {passed.pages}"
    return Piece(called, called.encode("utf-8", "replace"), reason)


def _records(name: str, stream: IO[bytes], nesting: Nesting, passed: _Passed) -> Iterator[Piece]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        records = iter(ArchiveIterator(stream, no_record_parse=True, arc2warc=True))
        for count in itertools.count():
            # warcio writes what it thinks of a file to the terminal; its piece says so.
            with contextlib.redirect_stderr(io.StringIO()):
                record = next(records, None)
            if record is None:
                return
            if count >= _MOST_RECORDS:
                passed.counts["records beyond the first two million"] += 1
                continue
            kind = record.rec_type or "other"
            if kind not in ("response", "resource"):
                passed.counts[f"{kind} records"] += 1
                continue
            data = record.raw_stream.read(MOST_PAGE + 1)
            reason = _no_page(data[:65536]) if kind == "response" else _no_document(record.content_type or "")
            if reason:
                passed.counts[reason] += 1
            elif len(data) > MOST_PAGE or not nesting.budget.take(len(data)):
                address = record.rec_headers.get_header("WARC-Target-URI") or ""
                yield _refusal(name, passed, f"What was captured of {address} is too large to be read.")
            else:
                passed.pages += 1
                yield Piece(f"{name} # {passed.pages}", _alone(record, data))
    except (ArchiveLoadFailed, zlib.error, ValueError, EOFError, OSError, AttributeError, TypeError) as error:
        yield _refusal(name, passed, _BROKEN.format(error=_words_of(error)))


def _alone(record: ArcWarcRecord, data: bytes) -> bytes:
    """A record as a WARC file of its own."""
    kept = ("WARC-Type", "WARC-Target-URI", "WARC-Date", "Content-Type")
    fields = [(key, record.rec_headers.get_header(key)) for key in kept]
    lines = [f"{key}: {' '.join(value.split())}" for key, value in fields if value]
    head = "\r\n".join(["WARC/1.0", *lines, _ALONE, f"Content-Length: {len(data)}"])
    return head.encode("utf-8", "replace") + b"\r\n\r\n" + data + b"\r\n\r\n"


def _no_page(response: bytes) -> str:
    """Why a response (its first bytes) is passed over; an empty text for one that may hold a document."""
    status = re.match(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})", response)
    if not status:
        return "responses of no web server"
    if status[1] != b"200":
        return f"responses with status {status[1].decode()}"
    head = re.split(rb"\r?\n\r?\n", response, maxsplit=1)
    if len(head) == 2 and not head[1].strip():
        return "empty responses"
    media = re.search(rb"\ncontent-type:[ \t]*([^\r\n]*)", head[0], re.I)
    return _no_document(media[1].decode("latin-1") if media else "")


def _no_document(media: str) -> str:
    return "files that are not documents" if _NO_DOCUMENTS.match(media.strip()) else ""


# ---- a single capture → its documents --------------------------------------------------------------------------------------------


def parts(name: str, data: bytes, read: ReadParts, nesting: Nesting) -> Iterator[Part]:
    """The documents of a WARC file that `pieces` made, with the address they were captured from."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    if _CHUNKED.search(data[:_MOST_HEAD]) and (count := data.count(b"\r\n")) > _MOST_CHUNKS:
        reason = f"What was captured is in {count // 2:,} chunks and lines; at most {_MOST_CHUNKS // 2:,} are read. Save the page itself."
        yield Part(name, data, refused=reason)
        return
    try:
        record = next(ArchiveIterator(io.BytesIO(data)))
        content = record.content_stream().read(MOST_PAGE + 1)
    except (
        ArchiveLoadFailed,
        zlib.error,
        ValueError,
        EOFError,
        OSError,
        AttributeError,
        TypeError,
        StopIteration,
    ) as error:
        yield Part(name, data, refused=_BROKEN.format(error=_words_of(error)))
        return
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    encoding = ((record.http_headers and record.http_headers.get_header("Content-Encoding")) or "").strip().lower()
    passed = record.rec_headers.get_header(_PASSED) or ""
    if len(content) > MOST_PAGE:
        yield Part(name, data, refused=f"What was captured of {address} is too large to be read.")
        return
    for part in read(name, content, nesting):
        if part.document is None:
            refused = part.refused
            if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
                refused = f"It was captured in an encoding that is not read ({encoding[:20]}). Save the page itself and import it."
            yield replace(part, refused=f"{refused} (captured from {address})" if address else refused)
            continue
        document = _with_address(part.document, address, record.rec_headers.get_header("WARC-Date") or "")
        if passed:
            left = LeftOut(passed, "records of the capture that hold no page")
            document = replace(document, left_out=(*document.left_out, left))
        yield replace(part, document=document)


def _with_address(document: Document, address: str, captured: str) -> Document:
    """The document with the address it was captured from; the time of capture stands in the question for an archived copy."""
    copy = _COPY.fullmatch(address)
    page = copy["page"] if copy else address
    own = document.metadata.url
    questions = list(document.questions)
    if not page.startswith(("http://", "https://")):
        page = own
    elif own and _bare(own) != _bare(page):
        questions.append(
            Question(
                "source.url",
                "Which is its address? The page names another than it was captured from.",
                f"{own}; captured from {page}",
            )
        )
    if not copy:
        evidence = f"captured {captured} from {address}" if captured else f"captured from {address}"
        questions.append(
            Question(
                "source.archived",
                "Is there a copy in a public web archive? Give its address, or leave it empty.",
                evidence,
            )
        )
    metadata = replace(document.metadata, url=page)
    return replace(
        document, metadata=metadata, questions=tuple(questions), archived=address if copy else document.archived
    )


def _bare(address: str) -> tuple[str, str]:
    """An address without what does not matter for whether two are one page's."""
    try:
        parts_of = urlsplit(address)
        return (parts_of.hostname or "").removeprefix("www."), parts_of.path.rstrip("/") + (
            "?" + parts_of.query if parts_of.query else ""
        )
    except ValueError:
        return address, ""

"""Files that hold several documents: mailboxes, packed folders, captures of web pages. Each document is a part of its own."""

from __future__ import annotations

import gzip
import hashlib
import io
import tarfile
import tracemalloc
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import pytest

from onrecord.intake import drafts, record, workers
from onrecord.intake.document import Document, Part, Record
from onrecord.intake.evidence.term_finder import terms
from onrecord.intake.formats import containers, mail, mbox, sniff
from onrecord.intake.formats.nesting import Budget, Nesting
from onrecord.model import Vocabularies
from tests import stint
from tests.unit.test_intake_mail import FIRST, HEADER, SECOND, THIRD, left, mixed, page, plain, text_of, unaccounted
from tests.unit.warm_readers import warm_readers

__all__ = ["warm_readers"]
pytestmark = pytest.mark.usefixtures("warm_readers")

ENVELOPE = "From press@harbourwatch.example Wed Feb 08 10:00:00 2012\n"


def parts_of(name: str, data: bytes) -> tuple[Part, ...]:
    return tuple(sniff.parts(name, data))


def mailbox(*texts: str) -> bytes:
    return "".join(
        f"{ENVELOPE}{HEADER}Content-Type: text/plain; charset=utf-8\n\n{text}\n\n" for text in texts
    ).encode()


def tar(files: Sequence[tuple[str, bytes]], mode: Literal["w", "w:gz"] = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return out.getvalue()


# ---- tar -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_each_file_of_a_tar_folder_is_a_part(mode: Literal["w", "w:gz"]) -> None:
    inner = tar([("d.txt", b"four")])
    packed = tar(
        [("./a.txt", b"one"), ("b/c.txt", b"two"), (".hidden", b"x"), ("a.txt", b"three"), ("e.tar", inner)], mode
    )
    assert containers.is_container(packed[: containers.HEAD])
    pieces = containers.pieces("f", io.BytesIO(packed))
    assert [(piece.name, piece.data, piece.refused) for piece in pieces] == [
        ("f # a.txt", b"one", ""),
        ("f # b/c.txt", b"two", ""),
        ("f # a.txt (2)", b"three", ""),
        ("f # e.tar # d.txt", b"four", ""),
    ]


def test_a_tar_folder_that_is_cut_off_says_so_and_keeps_the_files_before() -> None:
    packed = tar([("a.txt", b"one"), ("b.txt", b"two" * 5000)])
    pieces = list(containers.pieces("f", io.BytesIO(packed[:4096])))
    assert pieces[0].data == b"one"
    assert "Pack it again" in pieces[-1].refused


def test_what_a_tar_folder_holds_is_held_against_limits() -> None:
    packed = tar([("a.txt", b"one"), ("b.txt", b"two"), ("c.txt", b"three")])
    pieces = list(containers.pieces("f", io.BytesIO(packed), Nesting(budget=Budget(5))))
    assert [bool(piece.refused) for piece in pieces] == [False, True]


# ---- digests ---------------------------------------------------------------------------------------------------------------------


def digest_of(*texts: str) -> str:
    messages = [
        f"Date: Wed, 8 Feb 2012 10:00:00 +0000\nFrom: Ines Okoro <ines@a.example>\nSubject: {text[:12]}\n\n{text}\n\n"
        for text in texts
    ]
    rule = f"{'-' * 30}\n\n"
    return f"Today's Topics:\n\n   1. Crews\n\n{'-' * 70}\n\n{rule.join(messages)}{rule}End of Crews Digest, Vol 3, Issue 2\n{'*' * 35}\n"


@pytest.mark.parametrize("name", ["digest.eml", "digest.txt"])
def test_each_message_of_a_digest_is_a_part(name: str) -> None:
    head = f"{HEADER}Content-Type: text/plain; charset=utf-8\n\n" if name.endswith("eml") else ""
    parts = parts_of(name, f"{head}{digest_of(FIRST, SECOND)}".encode())
    assert [part.source for part in parts] == [f"{name} # 1", f"{name} # 2", name]
    assert [text_of(part.document) for part in parts[:2]] == [FIRST, SECOND]
    assert b"Today's Topics" in parts[2].data
    assert "read by itself" in parts[2].refused


def test_rules_of_hyphens_make_no_digest() -> None:
    rule = "-" * 30
    text = f"{FIRST}\n\n{rule}\n\nFrom: the crews\n\n{SECOND}\n\n{rule}\n\nDate: open\n\n{THIRD}\n"
    assert [part.source for part in parts_of("a.txt", text.encode())] == ["a.txt"]


# ---- mailboxes -------------------------------------------------------------------------------------------------------------------


def test_each_message_of_a_mailbox_is_a_part() -> None:
    texts = [f"{FIRST}\n\n{SECOND}", f"{SECOND}\n\n{THIRD}", f"{THIRD}\n\n{FIRST}"]
    parts = parts_of("press.mbox", mailbox(*texts))
    assert [part.source for part in parts] == ["press.mbox # 1", "press.mbox # 2", "press.mbox # 3"]
    assert [text_of(part.document) for part in parts] == [text.replace("\n\n", "\n") for text in texts]
    assert len({part.data for part in parts}) == 3


def test_a_mailbox_of_one_message_is_called_as_its_file() -> None:
    (part,) = parts_of("press.mbox", mailbox(FIRST))
    assert part.source == "press.mbox"


def test_a_message_of_a_mailbox_has_the_digest_that_it_has_as_a_file() -> None:
    alone = f"{HEADER}Content-Type: text/plain; charset=utf-8\n\n{FIRST}\n\n".encode()
    parts = parts_of("press.mbox", mailbox(FIRST, SECOND))
    assert hashlib.sha256(parts[0].data).digest() == hashlib.sha256(alone).digest()


def test_the_quoting_of_from_is_taken_back() -> None:
    text = (
        f"{FIRST}\n\n>From now on the boats lie still.\n\n>>From the pier came no word, the crews say in their letter."
    )
    for boxed in (mailbox(text), mailbox(text, SECOND)):
        words = text_of(parts_of("press.mbox", boxed)[0].document)
        assert "\nFrom now on the boats lie still." in words
        assert "\n>From the pier" in words or "\nFrom the pier" in words


def test_from_at_the_head_of_a_paragraph_begins_no_message() -> None:
    text = f"{FIRST}\n\nFrom January 2012 on, the boats lie still.\n\nFrom 8:00 on 9 May 2012 they sail.\nNobody knows why.\n\n{SECOND}"
    parts = parts_of("press.mbox", mailbox(text, THIRD))
    assert len(parts) == 2
    assert "From January 2012 on" in text_of(parts[0].document)
    assert "From 8:00 on 9 May 2012" in text_of(parts[0].document)


@pytest.mark.parametrize(
    "envelope",
    [
        "From - Wed Feb 08 10:00:00 2012\n",
        "From 1234567890123456789@xxx Wed Feb 08 10:00:00 +0000 2012\n",
        "From press at harbour.example  Wed Feb  8 10:00:00 2012\n",
        "From MAILER-DAEMON Wed Feb  8 10:00:00 2012\r\n",
    ],
)
def test_the_envelopes_of_all_programs_are_known(envelope: str) -> None:
    data = mailbox(FIRST, SECOND).replace(ENVELOPE.encode(), envelope.encode())
    assert [text_of(part.document) for part in parts_of("a", data)] == [FIRST, SECOND]


def test_a_message_that_programs_keep_for_themselves_is_none() -> None:
    internal = (
        "From MAILER-DAEMON Wed Feb 08 10:00:00 2012\nSubject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA\n"
        "X-IMAP: 1328700000 0000000002\n\nThis text is part of the internal format of your mail folder.\n\n"
    )
    (part,) = parts_of("press.mbox", internal.encode() + mailbox(FIRST))
    assert text_of(part.document) == FIRST


def test_a_packed_mailbox_is_read() -> None:
    parts = parts_of("press.mbox.gz", gzip.compress(mailbox(FIRST, SECOND)))
    assert [part.source for part in parts] == ["press.mbox.gz # 1", "press.mbox.gz # 2"]


def test_parts_of_messages_of_a_mailbox_are_numbered_below_them() -> None:
    entity = f"Content-Type: message/rfc822\n\n{HEADER}\n{THIRD} {FIRST} {SECOND}"
    held = mixed(plain(f"{FIRST}\n\n{SECOND}"), entity)
    names = [part.source for part in parts_of("press.mbox", mailbox(FIRST) + f"{ENVELOPE}{held}\n".encode())]
    assert names == ["press.mbox # 1", "press.mbox # 2 # 1", "press.mbox # 2 # 2"]


def test_a_broken_message_does_not_take_the_others_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = mail.parts

    def breaking(name: str, data: bytes, read: mail.ReadParts, nesting: Nesting) -> Iterator[Part]:
        if b"lighthouse" in data:
            raise ZeroDivisionError("broken")
        return whole(name, data, read, nesting)

    monkeypatch.setattr(mail, "parts", breaking)
    first, broken, last = parts_of("press.mbox", mailbox(FIRST, "The lighthouse.", SECOND))
    assert first.document and last.document  # noqa: PT018
    assert "ZeroDivisionError" in broken.refused


class Stream(io.RawIOBase):
    """A mailbox of many messages that stands nowhere."""

    def __init__(self, count: int) -> None:
        self._message = mailbox(f"{FIRST}\n\n{SECOND}")
        self._size, self._at = len(self._message) * count, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset
        return offset

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        start = self._at % len(self._message)
        data = self._message[start : start + min(len(view), self._size - self._at)]
        view[: len(data)] = data
        self._at += len(data)
        return len(data)


def test_a_mailbox_of_fifty_thousand_messages_is_parted_in_flat_memory() -> None:
    tracemalloc.start()
    try:
        stream = io.BufferedReader(Stream(50_000), 65536)
        count = sum(1 for _ in containers.pieces("press.mbox", stream))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 50_000
    assert peak < 4 * 1024**2


@pytest.mark.parametrize(
    "hostile",
    [
        b"From a 2012\nA: b\n" + b"\nFrom a 10:00 2012\n" * 50_000,
        b"From a 2012\nA: b\n\n" + b"From " * 100_000,
        b"From a 2012\nA: b\n\n" + (b"From a " + b"1:11 " * 2000 + b"\n\n") * 50,
        b"From a 2012\nA: b\n\n" + b">" * 1_000_000 + b"From a\n",
        b"From a 2012\nA:",
    ],
    ids=["envelopes", "one line", "clocks", "quotes", "cut"],
)
def test_hostile_mailboxes_end_soon(hostile: bytes) -> None:
    with stint.within(10):
        assert all(part.document or part.refused for part in parts_of("a.mbox", hostile))


def test_a_message_beyond_the_limit_is_refused_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "MOST_MESSAGE", 20_000)
    first, large, last = parts_of("press.mbox", mailbox(FIRST, FIRST * 200, SECOND))
    assert "more than" in large.refused
    assert (text_of(first.document), text_of(last.document)) == (FIRST, SECOND)


# ---- packed folders --------------------------------------------------------------------------------------------------------------


def packed(*files: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


LETTER = f"Light\n\n{FIRST}\n\n{SECOND}\n".encode()
OTHER = f"Steps\n\n{SECOND}\n\n{THIRD}\n".encode()


def test_each_file_of_a_folder_is_a_part_that_is_called_by_its_path() -> None:
    web_page = f"<!doctype html><html><body><h1>Light</h1><p>{FIRST}</p><p>{SECOND}</p></body></html>".encode()
    folder = packed(
        ("2012/light.txt", LETTER), ("2012/page.html", web_page), ("__MACOSX/._light.txt", b"\0"), ("press.mbox", mailbox(FIRST, SECOND))
    )  # fmt: skip
    parts = parts_of("old.zip", folder)
    assert [part.source for part in parts] == [
        "old.zip # 2012/light.txt",
        "old.zip # 2012/page.html",
        "old.zip # press.mbox # 1",
        "old.zip # press.mbox # 2",
    ]
    assert parts[0].data == LETTER
    assert parts[1].document
    assert parts[1].document.form == "html"


def test_folders_in_folders_are_read_two_deep() -> None:
    inner = packed(("light.txt", LETTER))
    (part,) = parts_of("a.zip", packed(("b.zip", inner)))
    assert part.source == "a.zip # b.zip # light.txt"
    assert part.document
    (refused,) = parts_of("a.zip", packed(("b.zip", packed(("c.zip", inner)))))
    assert "more than two deep" in refused.refused


def test_what_cannot_be_unpacked_is_refused_alone() -> None:
    locked = bytearray(packed(("a.txt", LETTER), ("b.txt", OTHER)))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + offset] |= 1
    first, second = parts_of("a.zip", bytes(locked))
    assert "password" in first.refused
    assert second.document
    broken = bytearray(packed(("a.txt", LETTER), ("b.txt", OTHER)))
    at = broken.index(b"a.txt") + 5
    broken[at : at + 20] = bytes(20)
    first, second = parts_of("a.zip", bytes(broken))
    assert "cannot be unpacked" in first.refused
    assert second.document


def test_bombs_are_refused_before_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb, letter = parts_of("a.zip", packed(("bomb.txt", bytes(30 * 1024**2)), ("letter.txt", LETTER)))
    assert "packed so tightly" in bomb.refused
    assert letter.document
    whole = packed(*((f"{number}.txt", LETTER) for number in range(20)))
    few = Nesting(budget=Budget(unpacked=5 * len(LETTER)))
    parts = tuple(sniff.parts("a.zip", whole, few))
    assert sum(part.document is not None for part in parts) == 5
    assert all("more than is unpacked" in part.refused for part in parts[5:])


def test_a_size_that_lies_is_seen() -> None:
    data = bytearray(packed(("a.txt", LETTER), ("b.txt", OTHER)))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    first, second = parts_of("a.zip", bytes(data))
    assert first.refused
    assert second.document


def test_a_broken_or_empty_folder_says_so() -> None:
    assert "broken" in parts_of("a.zip", packed(("a.txt", LETTER))[:-30])[0].refused
    assert "no document" in parts_of("a.zip", packed(("__MACOSX/a", b"x")))[0].refused


def test_two_files_of_one_path_are_two_parts() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = packed(("a.txt", LETTER), ("a.txt", OTHER))
    assert [part.source for part in parts_of("a.zip", data)] == ["a.zip # a.txt", "a.zip # a.txt (2)"]


# ---- captures --------------------------------------------------------------------------------------------------------------------


def warc_record(kind: str, address: str, block: bytes) -> bytes:
    """A record of a capture (ISO 28500 section 6)."""
    target = f"WARC-Target-URI: {address}\r\n" if address else ""
    media = "application/warc-fields" if kind == "warcinfo" else f"application/http; msgtype={kind}"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n{target}WARC-Date: 2019-03-14T09:30:00Z\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
        f"Content-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def capture(*records: tuple[str, str, Sequence[tuple[str, str]], bytes], packed_with_gzip: bool = True) -> bytes:
    """A WARC file of records: type, address, header (its status among it, where it is not 200), content."""
    made = [warc_record("warcinfo", "", b"software: invented\r\n")]
    for kind, address, header, content in records:
        first = "GET / HTTP/1.1" if kind == "request" else f"HTTP/1.1 {dict(header).get('status', '200 OK')}"
        lines = [first, *(f"{name}: {value}" for name, value in header if name != "status")]
        made.append(warc_record(kind, address, "\r\n".join(lines).encode() + b"\r\n\r\n" + content))
    return b"".join(map(gzip.compress, made) if packed_with_gzip else made)


def web_page(*paragraphs: str, head: str = "") -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!doctype html><html><head>{head}<title>Light</title></head>"
        f"<body><h1>Ferry crews ask for light</h1>{body}</body></html>"
    ).encode()


HTML = (("Content-Type", "text/html; charset=utf-8"),)
PAGE = web_page(FIRST, SECOND, THIRD)


def documents(data: bytes, name: str = "a.warc.gz") -> list[Document]:
    return [part.document for part in parts_of(name, data) if part.document]


@pytest.mark.parametrize("packed_with_gzip", [True, False])
def test_a_captured_page_has_its_address_and_no_day_from_the_capture(*, packed_with_gzip: bool) -> None:
    undated = web_page(FIRST.replace("on 8 February 2012 ", ""), SECOND)
    data = capture(
        ("request", "https://harbour.example/light", (("Host", "harbour.example"),), b""),
        ("response", "https://harbour.example/light", HTML, undated),
        ("response", "https://harbour.example/old", (*HTML, ("status", "301 Moved")), b"moved"),
        ("response", "https://harbour.example/a.css", (("Content-Type", "text/css"),), b"p {}"),
        packed_with_gzip=packed_with_gzip,
    )
    (part,) = parts_of("a.warc.gz", data)
    document = part.document
    assert document is not None, part.refused
    assert part.source == "a.warc.gz # 1"
    assert part.data == undated
    assert document.metadata.url == "https://harbour.example/light"
    assert document.metadata.published == ()
    assert document.archived == ""
    (asked,) = document.questions
    assert (asked.field, asked.evidence) == (
        "source.archived",
        "captured 2019-03-14T09:30:00Z from https://harbour.example/light",
    )
    passed = left(document, "records of the capture that hold no page").text
    assert (
        passed == "1 files that are not documents, 1 request records, 1 responses with status 301, 1 warcinfo records"
    )


def test_the_address_of_a_copy_in_a_web_archive_is_taken_apart() -> None:
    copy = "https://web.archive.example/web/20190314093000id_/https://harbour.example/light"
    (document,) = documents(capture(("response", copy, HTML, PAGE)))
    assert document.archived == copy
    assert document.metadata.url == "https://harbour.example/light"
    assert document.questions == ()


def test_an_address_that_the_page_contradicts_is_asked_about() -> None:
    canonical = web_page(FIRST, SECOND, head='<link rel="canonical" href="https://harbour.example/news/7">')
    (document,) = documents(capture(("response", "https://harbour.example/?p=7", HTML, canonical)))
    assert document.metadata.url == "https://harbour.example/?p=7"
    assert any(asked.field == "source.url" and "news/7" in asked.evidence for asked in document.questions)


def test_content_that_was_packed_on_its_way_is_unpacked() -> None:
    data = capture(
        ("response", "https://harbour.example/light", (*HTML, ("Content-Encoding", "gzip")), gzip.compress(PAGE))
    )
    assert SECOND in text_of(documents(data)[0])
    brotli = capture(
        ("response", "https://harbour.example/light", (*HTML, ("Content-Encoding", "br")), b"\x1b\x03\0\xf8\xff\xff\0")
    )
    assert "encoding that is not read (br)" in parts_of("a.warc.gz", brotli)[0].refused


def test_a_wacz_file_is_read_as_its_captures() -> None:
    wacz = packed(
        ("datapackage.json", b"{}"),
        ("archive/b.warc.gz", capture(("response", "https://harbour.example/b", HTML, PAGE))),
        ("archive/a.warc.gz", capture(("response", "https://harbour.example/a", HTML, PAGE))),
        ("pages/pages.jsonl", b"{}"),
    )
    parts = parts_of("site.wacz", wacz)
    assert [(part.source, part.document and part.document.metadata.url) for part in parts] == [
        ("site.wacz # 1", "https://harbour.example/a"),
        ("site.wacz # 2", "https://harbour.example/b"),
    ]


def test_a_capture_without_a_page_says_what_it_holds() -> None:
    (part,) = parts_of(
        "a.warc.gz", capture(("response", "https://harbour.example/", (*HTML, ("status", "404 Not Found")), b"gone"))
    )
    assert part.refused == "The capture holds no page (1 responses with status 404, 1 warcinfo records)."


def test_a_capture_that_is_cut_keeps_what_stands_before() -> None:
    pages = [
        ("response", f"https://harbour.example/{number}", HTML, web_page(FIRST, SECOND, f"Number {number}."))
        for number in range(5)
    ]
    for packed_with_gzip in (True, False):
        whole = capture(*pages, packed_with_gzip=packed_with_gzip)
        for end in range(len(whole) // 2, len(whole) - 10, 37):
            parts = parts_of("a.warc", whole[:end])
            assert parts[0].document
            assert all(part.document or part.refused for part in parts)


def test_a_length_that_lies_in_a_capture_ends_with_a_reason() -> None:
    whole = capture(("response", "https://harbour.example/", HTML, PAGE), packed_with_gzip=False)
    for length in (b"99999999999999", b"-5", b"x", b"10"):
        at = whole.rindex(b"Content-Length: ") + 16
        lying = whole[:at] + length + whole[whole.index(b"\r\n", at) :]
        assert all(part.document or part.refused for part in parts_of("a.warc", lying))


def test_one_page_that_was_captured_twice_is_one_draft(tmp_path: Path) -> None:
    twice = ("response", "https://harbour.example/light", HTML, PAGE)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(capture(twice, twice))
    first, second = drafts([("a.warc.gz", path)], tmp_path / "releases", Vocabularies(), jobs=1)
    assert first.path is not None
    assert first.record.url == "https://harbour.example/light"
    assert second.path is None
    assert second.repeated == first.path.stem


def test_every_word_of_a_part_is_accounted_for() -> None:
    files = [
        ("a.zip", packed(("m.eml", mixed(plain(FIRST), page(SECOND)).encode()))),
        ("b.mbox", mailbox(FIRST, SECOND)),
    ]
    for name, data in files:
        for part in parts_of(name, data):
            assert part.document
            assert unaccounted(part.document) == ()


# ---- from the disk to records ----------------------------------------------------------------------------------------------------


def records_of(path: Path, limits: workers.Limits) -> list[Record]:
    """The records of a file; all belong to the first source."""
    found = list(workers.records([(path.name, path)], Vocabularies(), limits, jobs=1))
    assert {number for number, _ in found} == {1}
    return [made for _, records in found for made in records]


def test_a_container_may_be_larger_than_a_document_and_each_in_it_has_the_limits_of_one(tmp_path: Path) -> None:
    path = tmp_path / "press.mbox"
    path.write_bytes(mailbox(*[f"{FIRST}\n\n{SECOND}"] * 30, FIRST * 100, f"{SECOND}\n\n{THIRD}"))
    made = records_of(path, workers.Limits(size=8_000))
    assert len(path.read_bytes()) > 3 * 8_000
    assert [record.source for record in made] == [f"press.mbox # {number}" for number in range(1, 33)]
    assert [record.source for record in made if record.refused] == ["press.mbox # 31"]
    assert "at most 8,000 are read" in made[30].refused


@pytest.mark.parametrize("kind", ["zip", "warc", "wacz", "mbox.gz"])
def test_what_is_in_a_container_is_read_by_itself_as_it_is_read_together(tmp_path: Path, kind: str) -> None:
    pages = [
        ("response", f"https://harbour.example/{number}", HTML, web_page(FIRST, SECOND, f"{number}."))
        for number in range(4)
    ]
    data = {
        "zip": packed(("a/light.txt", LETTER), ("b.mbox", mailbox(FIRST, SECOND)), ("c.txt", OTHER)),
        "warc": capture(*pages),
        "wacz": packed(("datapackage.json", b"{}"), ("archive/a.warc.gz", capture(*pages))),
        "mbox.gz": gzip.compress(mailbox(FIRST, f"{SECOND}\n\n{THIRD}")),
    }[kind]
    path = tmp_path / f"a.{kind}"
    path.write_bytes(data)
    together = record.of(path.name, data, terms(Vocabularies()))
    assert records_of(path, workers.Limits()) == list(together)
    assert len(together) > 1
    assert not any(made.refused for made in together)


def test_a_container_that_cannot_be_unpacked_refuses_itself_only(tmp_path: Path) -> None:
    for name, data in (("a.zip", b"PK\x03\x04" + bytes(60)), ("b.gz", b"\x1f\x8b" + bytes(60)), ("c.txt", LETTER)):
        (tmp_path / name).write_bytes(data)
    sources = [(name, tmp_path / name) for name in ("a.zip", "b.gz", "c.txt")]
    made = {records[0].source: records[0] for _, records in workers.records(sources, Vocabularies(), jobs=1)}
    assert made["a.zip"].refused
    assert made["b.gz"].refused
    assert made["c.txt"].refused == ""

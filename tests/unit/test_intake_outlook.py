"""Outlook's messages (.msg) and what Outlook packs in a winmail.dat."""

from __future__ import annotations

import struct
from datetime import UTC, datetime

import compressed_rtf
import pytest

from onrecord.intake import record
from onrecord.intake.document import Part
from onrecord.intake.evidence.term_finder import terms
from onrecord.intake.formats import mapi, sniff
from onrecord.model import Vocabularies
from tests.compound_file import Folder, compound, properties
from tests.unit.test_intake_mail import (
    FIRST,
    SECOND,
    THIRD,
    attached,
    left,
    mixed,
    parts_of,
    plain,
    text_of,
    unaccounted,
)

TEXT = f"{FIRST}\r\n\r\n{SECOND}\r\n\r\n{THIRD}\r\n"
WIRE = (
    "From: Harbour Watch <press@harbourwatch.example>\r\nTo: list@news.example\r\n"
    "Date: Wed, 08 Feb 2012 23:30:00 -0500\r\nSubject: Ferry crews ask for light\r\n"
)


def sent(moment: datetime) -> bytes:
    """A moment as Outlook notes it."""
    return struct.pack("<Q", int((moment - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000)


def message(header_size: int = 32, *, files: Folder | None = None, **more: str | bytes) -> dict[str, bytes | Folder]:
    """The streams of an Outlook message; `more` are texts and bytes by the names of `mapi`."""
    texts = {mapi.MESSAGE_CLASS: "IPM.Note", mapi.SUBJECT: "Ferry crews ask for light", mapi.BODY: TEXT}
    values: dict[int, str | bytes] = {**texts, **{getattr(mapi, name): value for name, value in more.items()}}
    fixed = {
        (mapi.SUBMIT_TIME, mapi.TIME): sent(datetime(2012, 2, 9, 4, 30, tzinfo=UTC)),
        (mapi.INTERNET_CODEPAGE, mapi.INTEGER_32): struct.pack("<I", 65001),
    }
    streams = properties(header_size, fixed, {number: value for number, value in values.items() if value})
    return (
        {"__nameid_version1.0": {}, **streams, **(files or {})} if header_size == 32 else {**streams, **(files or {})}
    )


def read(folder: Folder) -> tuple[Part, ...]:
    return tuple(sniff.parts("light.msg", compound(folder)))


def test_a_message_states_what_its_header_and_text_state() -> None:
    (part,) = read(message(TRANSPORT_HEADERS=WIRE))
    document = part.document
    assert document is not None, part.refused
    assert text_of(document) == f"{FIRST}\n{SECOND}\n{THIRD}"
    assert document.metadata.titles[0].value == "Ferry crews ask for light"
    assert document.metadata.published[0].value == "Wed, 08 Feb 2012 23:30:00 -0500"
    assert document.metadata.publishers[0].value == "Harbour Watch"
    assert unaccounted(document) == ()


def test_the_time_that_outlook_notes_is_asked_about_and_never_the_date() -> None:
    undated = FIRST.replace("on 8 February 2012 ", "")
    (part,) = read(
        message(
            SENDER_NAME="Harbour Watch",
            SENDER_SMTP_ADDRESS="press@harbourwatch.example",
            BODY=f"{undated}\r\n\r\n{SECOND}",
        )
    )
    assert part.document is not None
    assert part.document.metadata.published == ()
    assert part.document.metadata.publishers[0].value == "Harbour Watch"
    assert [(asked.field, asked.evidence) for asked in part.document.questions] == [("date", "2012-02-09 04:30 UTC")]
    (made,) = record.of("light.msg", compound(message(BODY=f"{undated}\r\n\r\n{SECOND}")), terms(Vocabularies()))
    assert made.date == ""
    assert any("2012-02-09 04:30 UTC" in asked.evidence for asked in made.review)


@pytest.mark.parametrize("charset", ["utf-8", "cp1251"])
def test_an_html_body_is_read_in_the_encoding_that_is_stated(charset: str) -> None:
    page = (
        f"<html><body><p>{FIRST}</p><p>Экипажи парома просят о свете на причале, сообщила Руна Твейт.</p></body></html>"
    )
    folder = message(HTML=page.encode(charset), BODY="")
    if charset == "cp1251":
        folder["__properties_version1.0"] = bytes(folder["__properties_version1.0"]).replace(  # type: ignore[arg-type]
            struct.pack("<I", 65001), struct.pack("<I", 1251)
        )
    (part,) = read(folder)
    assert "Экипажи парома" in text_of(part.document)


def test_what_is_attached_and_messages_in_messages_are_parts() -> None:
    note = properties(
        8, {}, {mapi.ATTACH_LONG_FILENAME: "north.txt", mapi.ATTACH_DATA: f"North\n\n{THIRD}\n\n{THIRD}".encode()}
    )
    inner = message(24, SUBJECT="Lighthouse repaired", BODY=f"The lighthouse shines again. {SECOND}\r\n\r\n{THIRD}")
    embedded: dict[str, bytes | Folder] = {
        **properties(8, {}, {mapi.ATTACH_LONG_FILENAME: "older"}),
        "__substg1.0_3701000D": inner,
    }
    parts = read(message(files={"__attach_version1.0_#00000000": note, "__attach_version1.0_#00000001": embedded}))
    assert [part.source for part in parts] == ["light.msg # 1", "light.msg # 2", "light.msg # 3"]
    assert text_of(parts[1].document).startswith("North")
    assert parts[2].document
    assert parts[2].document.metadata.titles[0].value == "Lighthouse repaired"
    assert len({part.data for part in parts}) == 3


def test_a_contact_and_a_broken_message_say_what_they_are() -> None:
    (contact,) = read(message(MESSAGE_CLASS="IPM.Contact"))
    assert "Outlook item (ipm.contact)" in contact.refused
    whole = compound(message())
    (broken,) = sniff.parts("light.msg", whole[: len(whole) // 2])
    assert "Outlook message" in broken.refused
    assert "Open it in Outlook" in broken.refused


def test_a_message_cut_or_changed_anywhere_ends_with_a_draft_or_a_reason() -> None:
    whole = bytearray(compound(message(TRANSPORT_HEADERS=WIRE)))
    for at in range(512, len(whole), 97):
        changed = bytes(whole[:at]) + b"\xff\xff\xff\x7f" + bytes(whole[at + 4 :])
        for data in (changed, bytes(whole[:at])):
            assert all(part.document or part.refused for part in sniff.parts("light.msg", data))


# ---- winmail.dat -----------------------------------------------------------------------------------------------------------------


def attribute(level: int, name: int, value: bytes) -> bytes:
    return struct.pack("<BII", level, name, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def mapi_value(kind: int, number: int, value: bytes) -> bytes:
    return struct.pack("<HHII", kind, number, 1, len(value)) + value + bytes(-len(value) % 4)


def winmail(*attributes: bytes) -> bytes:
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(attributes)


def file_attributes(name: str, data: bytes) -> bytes:
    long_name = struct.pack("<I", 1) + mapi_value(
        mapi.STRING, mapi.ATTACH_LONG_FILENAME, (name + "\0").encode("utf-16-le")
    )
    return (
        attribute(2, 0x00069002, bytes(14))
        + attribute(2, 0x00018010, b"STATEM~1.TXT\0")
        + attribute(2, 0x0006800F, data)
        + attribute(2, 0x00069005, long_name)
    )


STATEMENT = f"Statement\n\n{FIRST}\n\n{SECOND}\n\n{THIRD}\n".encode()


def test_what_is_attached_in_a_winmail_is_read() -> None:
    packed = attached("winmail.dat", winmail(file_attributes("statement.txt", STATEMENT)), "application/ms-tnef")
    (part,) = parts_of(mixed(plain("Please find our statement attached."), packed))
    assert text_of(part.document).startswith("Statement")
    assert part.document
    assert left(part.document, "covering mail").text == "Please find our statement attached."


def test_the_text_in_a_winmail_is_read_where_the_message_has_none() -> None:
    page = f"<html><body><p>{FIRST}</p><p>{SECOND}</p></body></html>".encode()
    body = struct.pack("<I", 1) + mapi_value(mapi.BINARY, mapi.HTML, page)
    packed = attached(
        "winmail.dat", winmail(attribute(1, 0x00069007, struct.pack("<II", 65001, 0)), attribute(1, 0x00069003, body))
    )
    (part,) = parts_of(mixed(plain(" "), packed))
    assert text_of(part.document) == f"{FIRST}\n{SECOND}"


def test_a_winmail_by_itself_is_read() -> None:
    (part,) = sniff.parts("winmail.dat", winmail(file_attributes("statement.txt", STATEMENT)))
    assert text_of(part.document).startswith("Statement")


def test_the_packed_rtf_of_a_body_is_unpacked() -> None:
    rich = b"{\\rtf1\\ansi " + b"The crews ask for light. " * 40 + b"}"
    assert mapi.rich_text(compressed_rtf.compress(rich)) == rich
    assert mapi.rich_text(b"\0" * 40) == b""


@pytest.mark.parametrize(
    "hostile",
    [
        winmail(struct.pack("<BII", 1, 0x00069003, 0xFFFFFFFF)),
        winmail(attribute(1, 0x00069003, struct.pack("<IHHI", 0xFFFFFFFF, 0x1001, 1, 0xFFFFFFFF))),
        winmail(attribute(1, 0x00069003, struct.pack("<IHHII", 1, mapi.BINARY, mapi.HTML, 1, 0xFFFFFFF0))),
        winmail(
            attribute(
                1,
                0x00069003,
                struct.pack("<IHH", 1, mapi.BINARY, 0x8001) + bytes(16) + struct.pack("<II", 1, 0xFFFFFFF0),
            )
        ),
        winmail(*[attribute(2, 0x00069002, b"")] * 100_000),
        winmail(),
    ],
    ids=["length", "count", "value", "name", "many", "empty"],
)
def test_sizes_that_lie_in_a_winmail_are_refused(hostile: bytes) -> None:
    (part,) = sniff.parts("winmail.dat", hostile)
    assert "winmail.dat" in part.refused

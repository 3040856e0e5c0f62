"""Messages: every text in its order, what is attached as a document of its own, what is left out with its reason."""

from __future__ import annotations

import base64
import email
import email.policy
import hashlib
from email.message import EmailMessage

import pytest

from onrecord.intake import accounting, record
from onrecord.intake.document import Document, LeftOut, Part
from onrecord.intake.evidence.term_finder import terms
from onrecord.intake.formats import sniff
from onrecord.intake.formats.nesting import Nesting
from onrecord.model import Vocabularies
from tests import stint

RELEASE = (
    "Ferry crews ask for light\n\n8 February 2012\n\n"
    "The crews of the night ferry asked today for light on the pier, and for a rail along the steps that lead down to it.\n"
)
FIRST = "The crews of the night ferry asked on 8 February 2012 for light on the pier of Almholm and for a rail along its steps."
SECOND = "“We carry the children down in the dark,” said Runa Tveit, who has steered the ferry for eleven years."
THIRD = "The harbour board has had the request since 3 January and has given no answer to it so far, the crews say."
HEADER = (
    "From: Harbour Watch <press@harbourwatch.example>\nTo: list@news.example\nSubject: Ferry crews ask for light\n"
    "Date: Wed, 08 Feb 2012 10:00:00 +0100\nMIME-Version: 1.0\n"
)
PICTURE = 'Content-Type: image/png; name="pier.png"\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n'


def parts_of(data: bytes | str, name: str = "a.eml") -> tuple[Part, ...]:
    return tuple(sniff.parts(name, data.encode() if isinstance(data, str) else data))


def only(data: bytes | str, name: str = "a.eml") -> Document:
    """The single document of a message, which accounts for every word of it."""
    (part,) = parts_of(data, name)
    assert part.document is not None, part.refused
    assert unaccounted(part.document) == ()
    return part.document


def unaccounted(document: Document) -> tuple[str, ...]:
    texts = [text for block in document.blocks for text in block.texts]
    return accounting.unaccounted(document.visible, [*texts, *(left.text for left in document.left_out)])


def text_of(document: Document | None) -> str:
    assert document is not None
    return "\n".join(text for block in document.blocks for text in block.texts)


def left(document: Document, reason: str) -> LeftOut:
    return next(left for left in document.left_out if left.reason == reason)


def mixed(*entities: str, kind: str = "mixed", header: str = HEADER) -> str:
    """A message of several parts."""
    body = "".join(f"--XX\n{entity}\n" for entity in entities)
    return f'{header}Content-Type: multipart/{kind}; boundary="XX"\n\n{body}--XX--\n'


def plain(text: str, kind: str = "plain") -> str:
    return f"Content-Type: text/{kind}; charset=utf-8\n\n{text}\n"


def page(*paragraphs: str) -> str:
    return plain(f"<html><body>{''.join(f'<p>{paragraph}</p>' for paragraph in paragraphs)}</body></html>", "html")


def attached(name: str, data: bytes, kind: str = "application/octet-stream") -> str:
    encoded = base64.encodebytes(data).decode()
    return (
        f'Content-Type: {kind}; name="{name}"\nContent-Disposition: attachment; filename="{name}"\n'
        f"Content-Transfer-Encoding: base64\n\n{encoded}"
    )


# ---- texts -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("entity", [plain, page])
def test_text_behind_a_picture_is_read(entity: object) -> None:
    assert callable(entity)
    document = only(mixed(entity(FIRST), PICTURE, entity(SECOND), PICTURE, entity(THIRD)))
    assert [block.text for block in document.blocks] == [FIRST, SECOND, THIRD]


def test_a_page_and_a_plain_text_stand_in_their_order() -> None:
    document = only(mixed(page(FIRST), PICTURE, plain(SECOND)))
    assert [block.text for block in document.blocks] == [FIRST, SECOND]


def test_alternatives_are_chosen_once_and_the_other_form_is_left_out() -> None:
    forms = mixed(plain(f"{FIRST}\n\n{SECOND}"), page(FIRST, SECOND), kind="alternative", header="").replace("XX", "YY")
    document = only(mixed(forms, PICTURE, plain(THIRD)))
    assert text_of(document).count(FIRST) == 1
    assert text_of(document).count(SECOND) == 1
    assert not left(document, "the same text in another form (html)").prose


def test_an_alternative_with_words_of_its_own_is_asked_about() -> None:
    other = " ".join(f"word{number}" for number in range(60))
    document = only(mixed(plain(f"{FIRST}\n\n{SECOND}\n\n{THIRD}"), page(other), kind="alternative"))
    assert FIRST in text_of(document)
    assert left(document, "the same text in another form (html)").prose


def test_the_header_is_left_out_as_such_and_states_title_day_and_sender() -> None:
    document = only(HEADER + "Content-Type: text/plain; charset=utf-8\n\n" + FIRST)
    assert document.metadata.titles[0].value == "Ferry crews ask for light"
    assert document.metadata.published[0].value == "Wed, 08 Feb 2012 10:00:00 +0100"
    assert (document.metadata.publishers[0].value, document.metadata.publishers[0].origin) == (
        "Harbour Watch",
        "From domain",
    )
    assert "From: Harbour Watch <press@harbourwatch.example>" in [line.text for line in document.left_out]


def test_the_day_of_a_clock_that_was_never_set_is_none() -> None:
    document = only(HEADER.replace("2012", "1970") + "Content-Type: text/plain\n\n" + FIRST)
    assert document.metadata.published == ()


def test_the_day_is_the_senders_and_not_that_of_the_envelope() -> None:
    header = "Received: from a by b; Thu, 09 Feb 2012 01:00:00 +0000\n" + HEADER.replace(
        "Date: Wed, 08 Feb 2012 10:00:00 +0100\n", ""
    )
    assert only(header + "Content-Type: text/plain\n\n" + FIRST).metadata.published == ()


def test_flowed_lines_are_joined_and_signatures_are_not() -> None:
    text = "The crews asked \nfor light on the pier \nof Almholm.\n\nA second paragraph \nfollows it.\n\n-- \nRuna Tveit\nTel. 555 0133"
    document = only(HEADER + "Content-Type: text/plain; charset=utf-8; format=flowed\n\n" + text)
    assert [block.text for block in document.blocks] == [
        "The crews asked for light on the pier of Almholm.",
        "A second paragraph follows it.",
    ]
    assert left(document, "signature").text.startswith("-- ")


@pytest.mark.parametrize(
    ("label", "charset", "text"),
    [
        (
            "iso-8859-1",
            "cp1256",
            "قالت هيئة مراقبة الميناء يوم 14 آذار 2019 إن الرصيف الشمالي أغلق أمام جميع قوارب الصيد",
        ),
        ("iso-8859-1", "cp1251", "Экипажи ночного парома просят поставить фонари на причале и перила вдоль ступеней"),
        (
            "iso-8859-1",
            "utf-8",
            "Les équipages du bac de nuit ont demandé de la lumière sur la jetée, a déclaré l’équipe",
        ),
        (
            "windows-1252",
            "cp1253",
            "Τα πληρώματα του νυχτερινού πλοίου ζητούν φως στην προβλήτα και κιγκλίδωμα στα σκαλιά",
        ),
        (
            "iso-8859-1",
            "cp1252",
            "Les équipages du bac de nuit ont demandé de la lumière sur la jetée, a déclaré l’équipe",
        ),
        ("unknown-8bit", "koi8-r", "Экипажи ночного парома просят поставить фонари на причале и перила вдоль ступеней"),
        ("gb2312", "gb18030", "北岸码头在没有通知的情况下关闭。港口观察组织于今天发表声明，要求公布命令。"),
        (
            "unicode_escape",
            "utf-8",
            "Les équipages du bac de nuit ont demandé de la lumière sur la jetée, a déclaré l’équipe",
        ),
    ],
)
def test_an_encoding_that_is_labelled_wrongly_is_seen(label: str, charset: str, text: str) -> None:
    encoded = base64.encodebytes(text.encode(charset)).decode()
    document = only(
        f"{HEADER}Content-Type: text/plain; charset={label}\nContent-Transfer-Encoding: base64\n\n{encoded}"
    )
    assert text_of(document) == text


def test_headers_in_any_encoding_are_read() -> None:
    subject = "=?windows-1251?B?" + base64.b64encode("Причал закрыт".encode("cp1251")).decode() + "?="
    message = HEADER.replace("Subject: Ferry crews ask for light", f"Subject: {subject}").encode()
    message = message.replace(b"Harbour Watch <", "Équipage du Nord <".encode("latin-1"))
    document = only(message + b"Content-Type: text/plain\n\n" + FIRST.encode())
    assert document.metadata.titles[0].value == "Причал закрыт"
    assert document.metadata.publishers[0].value == "Équipage du Nord"


def test_a_saved_page_keeps_its_address_and_no_day() -> None:
    header = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://harbour.example/light\nSubject: Light\n"
        "Date: Mon, 3 Jun 2024 10:00:00 -0000\nMIME-Version: 1.0\n"
    )
    document = only(mixed(page(FIRST, SECOND, THIRD), PICTURE, kind="related", header=header), "light.mhtml")
    assert document.form == "html"
    assert document.metadata.url == "https://harbour.example/light"
    assert document.metadata.published == ()


# ---- forwarding, quoting, feet ---------------------------------------------------------------------------------------------------


def message_of(text: str, subject: str = "Ferry crews ask for light") -> str:
    header = HEADER.replace("Ferry crews ask for light", subject)
    return f"{header}Content-Type: text/plain; charset=utf-8\n\n{text}"


def test_of_a_forwarded_message_the_inner_one_is_the_release() -> None:
    document = only(
        message_of(
            "Is this one in the archive already?\n\n---------- Forwarded message ---------\nFrom: Pier Union <desk@pier.example>\n"
            f"Date: Fri, 3 May 2013 at 11:20\nSubject: Light at last\nTo: <list@pier.example>\n\n{FIRST}\n\n{SECOND}",
            "Fwd: Light at last",
        )
    )
    assert text_of(document) == f"{FIRST}\n{SECOND}"
    assert document.metadata.published[0].value == "Fri, 3 May 2013 at 11:20"
    assert document.metadata.publishers[0].value == "Pier Union"
    assert left(document, "note above a forwarded message").prose


def test_labels_of_a_mail_program_in_another_language_than_the_text_are_known() -> None:
    document = only(
        message_of(
            "-----Message d'origine-----\nDe : Pier Union <desk@pier.example>\nEnvoyé : vendredi 3 mai 2013 11:20\n"
            f"À : Presse\nObjet : Light at last\n\n{FIRST}\n\n{SECOND}",
            "TR: Light at last",
        )
    )
    assert text_of(document) == f"{FIRST}\n{SECOND}"
    assert document.metadata.titles[0].value == "Light at last"
    assert document.metadata.published[0].value == "vendredi 3 mai 2013 11:20"


def test_an_older_message_below_a_release_does_not_take_its_place() -> None:
    older = "The lighthouse of Almholm shines again after a repair of six weeks. " * 4
    text = f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n\n{FIRST}\n\n"
    document = only(
        message_of(
            f"{text}-----Original Message-----\nFrom: Old Desk <old@pier.example>\nSent: 5 February 2010 10:00\nTo: All\n"
            f"Subject: Lighthouse\n\n{older}"
        )
    )
    assert "lighthouse" not in text_of(document)
    assert document.metadata.titles[0].value == "Ferry crews ask for light"
    assert older.strip() in left(document, "an earlier message").text
    assert left(document, "an earlier message").prose


def test_of_a_reply_above_another_message_the_newest_words_are_the_text() -> None:
    text = f"The ferries lie still since noon. {FIRST[:100]}\n\n-----Original Message-----\nFrom: Old Desk <old@pier.example>\n"
    text += f"Sent: 5 February 2012 10:00\nTo: All\nSubject: Ferries\n\n{SECOND}\n\n{THIRD}\n"
    reply = only(message_of(text, "RE: [pier] Ferries"))
    assert text_of(reply) == f"The ferries lie still since noon. {FIRST[:100]}"
    assert SECOND in left(reply, "an earlier message").text
    forwarded = only(message_of(text, "Fwd: Ferries"))
    assert text_of(forwarded) == f"{SECOND}\n{THIRD}"
    assert "lie still" in left(forwarded, "note above a forwarded message").text


@pytest.mark.parametrize(
    "line",
    [
        "Just a few words on the ferries of this week:",
        "The ferries have been lying still since Monday.",
        "Hello all,",
        "Hello!",
    ],
)
def test_a_sentence_or_a_greeting_above_the_text_is_no_title_of_a_message(line: str) -> None:
    (read,) = record.of(
        "a.eml", message_of(f"{line}\n\n{FIRST}\n\n{SECOND}", "Ferries").encode(), terms(Vocabularies())
    )
    assert read.title == "Ferries"
    assert read.body.startswith(line)


def test_an_advertisement_between_two_rules_belongs_to_the_foot_of_the_list() -> None:
    advertisement = f"{'-' * 55}\nThis list is sponsored by Lamp House.\nhttp://lamps.example\n"
    foot = f"{advertisement}{'_' * 47}\nnews mailing list\nnews@list.example"
    document = only(message_of(f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n\n{foot}"))
    assert text_of(document) == f"{FIRST}\n{SECOND}\n{THIRD}"
    assert "Lamp House" in left(document, "mailing list's foot").text


def test_what_a_reply_quotes_is_left_out() -> None:
    document = only(
        message_of(
            f"{FIRST}\n\nOn Tue, 7 Feb 2012 at 09:00, Ole Brandt\n<ole@pier.example> wrote:\n\n> Do you have news\n> of the pier?\n\n"
            f"{SECOND}\n\n{THIRD}",
            "Re: news",
        )
    )
    assert text_of(document) == f"{FIRST}\n{SECOND}\n{THIRD}"
    assert left(document, "quoted from an earlier message").text.startswith("On Tue, 7 Feb 2012")


def test_a_release_that_is_quoted_whole_is_read_without_its_marks() -> None:
    quoted = "\n".join(f"> {line}" for line in f"{FIRST}\n\n{SECOND}\n\n{THIRD}".split("\n"))
    document = only(message_of(f"For the archive:\n\n{quoted}\n", "Re: light"))
    assert text_of(document) == f"{FIRST}\n{SECOND}\n{THIRD}"
    assert document.metadata.published == ()


def test_the_mark_that_a_mailbox_left_before_from_is_no_text() -> None:
    document = only(message_of(f"{FIRST}\n\n>From now on the boats lie still.\n\n{SECOND}"))
    assert text_of(document) == f"{FIRST}\nFrom now on the boats lie still.\n{SECOND}"


@pytest.mark.parametrize(
    ("foot", "reason"),
    [
        (f"{'_' * 47}\nnews mailing list\nnews@list.example\nhttp://list.example/listinfo/news", "mailing list's foot"),
        ("-- \nRuna Tveit\nHarbour Watch", "signature"),
        ("Kind regards,\n\nRuna Tveit\nHarbour Watch", "signature"),
        ("You are receiving this because you signed up. Unsubscribe: https://list.example/u", "unsubscribe line"),
    ],
)  # fmt: skip
def test_feet_are_left_out_with_their_reason(foot: str, reason: str) -> None:
    document = only(message_of(f"{FIRST}\n\n{SECOND}\n\n{THIRD}\n\n{foot}"))
    assert text_of(document) == f"{FIRST}\n{SECOND}\n{THIRD}"
    assert left(document, reason).text.split("\n")[0] == foot.split("\n")[0]


def test_text_below_an_unsubscribe_line_is_not_cut() -> None:
    long = "The union adds that the steps were built in 1961, that they were corrected in 1994, and that nobody has answered for it since."
    document = only(
        message_of(f"{FIRST}\n\n{SECOND}\n\nUnsubscribe: https://list.example/u\n\n{long * 2}\n\n{long * 2}\n\n{THIRD}")
    )
    assert text_of(document).count(long) == 4
    assert left(document, "unsubscribe line").text == "Unsubscribe: https://list.example/u"


def test_the_foot_that_a_list_adds_as_a_part_of_its_own_is_left_out() -> None:
    foot = "_______________________________________________\nnews mailing list\nnews@list.example"
    document = only(mixed(page(FIRST, SECOND), plain(foot)))
    assert text_of(document) == f"{FIRST}\n{SECOND}"
    assert "news mailing list" in left(document, "mailing list's foot").text


# ---- what is attached ------------------------------------------------------------------------------------------------------------


OLDER = (
    "From: Old Desk <old@pier.example>\nSubject: Lighthouse repaired\nDate: Fri, 05 Feb 2010 10:00:00 +0100\nMIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=utf-8\n\n"
    + "The lighthouse of Almholm shines again after a repair of six weeks, the old desk said today. "
    * 9
)


def test_an_attached_message_is_a_document_of_its_own_and_never_takes_the_place_of_the_release() -> None:
    entity = f'Content-Type: message/rfc822\nContent-Disposition: attachment; filename="older.eml"\n\n{OLDER}'
    release, older = parts_of(mixed(plain(f"{FIRST}\n\n{SECOND}"), entity))
    assert (release.source, older.source) == ("a.eml # 1", "a.eml # 2")
    assert text_of(release.document) == f"{FIRST}\n{SECOND}"
    assert text_of(older.document).startswith("The lighthouse")
    assert older.document
    assert older.document.metadata.published[0].value == "Fri, 05 Feb 2010 10:00:00 +0100"


def test_an_attached_message_in_a_transfer_encoding_is_read() -> None:
    encoded = base64.encodebytes(OLDER.encode()).decode()
    entity = f"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{encoded}"
    _, older = parts_of(mixed(plain(f"{FIRST}\n\n{SECOND}"), entity))
    assert text_of(older.document).startswith("The lighthouse")


def test_each_attached_document_is_a_part_and_the_covering_text_is_left_out() -> None:
    files = [
        attached(f"{name}.txt", f"{name}\n\n{FIRST}\n\n{SECOND}\n\n{THIRD} {name}\n".encode(), "text/plain")
        for name in ("North", "South")
    ]
    north, south = parts_of(mixed(plain("Please find two statements attached."), *files))
    assert (north.source, south.source) == ("a.eml # 1", "a.eml # 2")
    assert text_of(north.document).startswith("North")
    assert north.document
    assert left(north.document, "covering mail").text == "Please find two statements attached."
    assert south.data.startswith(b"South")
    assert unaccounted(north.document) == ()


def test_one_attached_document_is_called_as_the_message_is_and_known_by_its_bytes() -> None:
    data = mixed(plain("Attached."), attached("light.txt", f"Light\n\n{FIRST}\n\n{SECOND}\n".encode(), "text/plain"))
    (part,) = parts_of(data)
    assert part.source == "a.eml"
    assert hashlib.sha256(part.data).digest() == hashlib.sha256(data.encode()).digest()


def test_an_attached_copy_of_the_text_is_left_out_with_its_words() -> None:
    copy = attached("copy.txt", f"{FIRST}\n\n{SECOND}\n".encode(), "text/plain")
    document = only(mixed(plain(f"{FIRST}\n\n{SECOND}"), copy))
    assert [found.text for found in document.left_out if found.reason.startswith("attached file with the same text")]


def test_an_attached_file_that_cannot_be_read_is_asked_about() -> None:
    document = only(mixed(plain(f"{FIRST}\n\n{SECOND}"), attached("table.db", b"SQLite format 3\0" + bytes(100))))
    note = next(found for found in document.left_out if "database" in found.reason)
    assert note.prose
    assert note.text == "table.db"


def test_the_messages_of_a_digest_are_a_draft_each() -> None:
    inner = [
        f"\nFrom: Desk {n} <d{n}@pier.example>\nSubject: News {n}\nDate: Fri, 0{n} Feb 2013 10:00:00 +0100\n\n{FIRST} {n}.\n\n{SECOND}"
        for n in (1, 2, 3)
    ]
    digest = mixed(*inner, kind="digest", header="").replace("XX", "DD")
    parts = parts_of(mixed(plain("Today's topics:\n\n 1. News 1\n 2. News 2\n 3. News 3"), digest))
    assert [part.source for part in parts] == ["a.eml # 1", "a.eml # 2", "a.eml # 3"]
    assert [part.document.metadata.titles[0].value for part in parts if part.document] == ["News 1", "News 2", "News 3"]


# ---- signed, encrypted, packed ---------------------------------------------------------------------------------------------------


def test_what_is_signed_is_read() -> None:
    signature = (
        'Content-Type: application/pkcs7-signature; name="smime.p7s"\nContent-Transfer-Encoding: base64\n\nMIIB\n'
    )
    document = only(mixed(plain(f"{FIRST}\n\n{SECOND}"), signature, kind="signed"))
    assert text_of(document) == f"{FIRST}\n{SECOND}"


def _value(tag: int, content: bytes) -> bytes:
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([0x82]) + size.to_bytes(2, "big")
    return bytes([tag]) + length + content


@pytest.mark.parametrize("indefinite", [False, True])
def test_what_is_signed_in_one_piece_is_read(*, indefinite: bool) -> None:
    entity = plain(f"{FIRST}\n\n{SECOND}").encode()
    octets = _value(0x04, entity)
    if indefinite:
        octets = b"\x24\x80" + _value(0x04, entity[:40]) + _value(0x04, entity[40:]) + b"\0\0"
    data_type = _value(0x06, bytes.fromhex("2a864886f70d010701"))
    signed = _value(0x30, _value(0x02, b"\x01") + _value(0x31, b"") + _value(0x30, data_type + _value(0xA0, octets)))
    cms = _value(0x30, _value(0x06, bytes.fromhex("2a864886f70d010702")) + _value(0xA0, signed))
    encoded = base64.encodebytes(cms).decode()
    kind = 'application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"'
    document = only(f"{HEADER}Content-Type: {kind}\nContent-Transfer-Encoding: base64\n\n{encoded}")
    assert text_of(document) == f"{FIRST}\n{SECOND}"


SIGNATURE = "-----BEGIN PGP SIGNATURE-----\n\niQEz\n=abcd\n-----END PGP SIGNATURE-----\n"


def test_clear_text_that_pgp_signed_is_read_without_the_signature() -> None:
    armoured = f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{FIRST}\n\n- -- {SECOND}\n{SIGNATURE}"
    document = only(message_of(armoured))
    assert text_of(document) == f"{FIRST}\n-- {SECOND}"
    assert "iQEz" in left(document, "signature (PGP)").text


PGP = "-----BEGIN PGP MESSAGE-----\n\nhQEMA1\n=abcd\n-----END PGP MESSAGE-----\n"


@pytest.mark.parametrize(
    ("message", "how"),
    [
        (mixed("Content-Type: application/pgp-encrypted\n\nVersion: 1\n", f"Content-Type: text/plain\n\n{PGP}", kind="encrypted"), "PGP"),
        (message_of(PGP), "PGP"),
        (message_of(f"See below.\n\n{PGP}"), "PGP"),
        (f"{HEADER}Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64\n\nMIIBAQYJKoZI\n", "S/MIME"),
    ],
)  # fmt: skip
def test_what_is_encrypted_is_said_to_be_and_becomes_no_draft(message: str, how: str) -> None:
    (part,) = parts_of(message)
    assert part.document is None
    assert f"encrypted ({how})" in part.refused


def test_a_broken_winmail_says_what_it_is_and_what_to_do() -> None:
    packed = attached("winmail.dat", b"\x78\x9f\x3e\x22\x01\x00\x01" + bytes(range(200)), "application/ms-tnef")
    (part,) = parts_of(mixed(plain("Please find our statement attached."), packed))
    assert "winmail.dat" in part.refused
    assert "Ask the sender" in part.refused
    document = only(mixed(plain(f"{FIRST}\n\n{SECOND}\n\n{THIRD}"), packed))
    assert "winmail.dat" in left(document, "a part that cannot be read").text


# ---- nesting and hostile messages ------------------------------------------------------------------------------------------------


def message(inner: EmailMessage | None, *, as_file: bool) -> bytes:
    """A message without words of its own: with a release as its text, or with a message attached as a file or as a part."""
    outer = EmailMessage()
    outer["From"], outer["Subject"], outer["MIME-Version"] = "Harbour Watch <a@harbour.example>", "Ferry", "1.0"
    if inner is None:
        outer.set_content(RELEASE)
    elif as_file:
        outer.add_attachment(inner.as_bytes(), maintype="application", subtype="octet-stream", filename="message.eml")
    else:
        outer.add_attachment(inner)
    return outer.as_bytes()


def chain(kinds: str) -> bytes:
    """A release in a message that is attached as a file (f) or as a part (p) of another, the innermost first."""
    data = message(None, as_file=False)
    for kind in kinds:
        inner = email.message_from_bytes(data, policy=email.policy.default)
        data = message(inner, as_file=kind == "f")
    return data


@pytest.mark.parametrize("kinds", ["", "f", "p", "ff", "fpf", "pfpf", "f" * Nesting.MOST_MESSAGES])
def test_a_release_is_read_through_the_messages_it_is_attached_to(kinds: str) -> None:
    assert "light on the pier" in text_of(only(chain(kinds)))


@pytest.mark.parametrize("kinds", ["f" * (Nesting.MOST_MESSAGES + 1), "fpfpff", "fff" + "p" * 4])
def test_the_depth_is_that_of_the_whole_chain(kinds: str) -> None:
    (part,) = parts_of(chain(kinds))
    assert "attached to messages, more than 5 deep" in part.refused


def nested(depth: int) -> str:
    out = HEADER + 'Content-Type: multipart/mixed; boundary="B0"\n\n'
    for level in range(depth):
        out += f'--B{level}\nContent-Type: multipart/mixed; boundary="B{level + 1}"\n\n'
    return out + f"--B{depth}\n{plain(FIRST)}"


@pytest.mark.parametrize(
    "hostile",
    [
        mixed(*["Content-Type: text/plain\n\nx"] * 200_000),
        nested(400),
        nested(3000),
        HEADER + "Content-Type: multipart/mixed\n\n" + FIRST,
        HEADER + 'Content-Type: multipart/mixed; boundary="gone"\n\n' + FIRST,
        HEADER + "Content-Type: text/plain; charset=\0\n\n" + FIRST,
        HEADER + "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" + "=" * 100_000,
        HEADER + "Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n" + "=" * 300_000,
        HEADER.replace("Ferry", "=?utf-8?q?" + "=41" * 100_000 + "?= ") + "Content-Type: text/plain\n\n" + FIRST,
        HEADER.replace("Harbour Watch", "(" * 100_000) + "Content-Type: text/plain\n\n" + FIRST,
        HEADER.replace("list@news.example", "a@b.example, " * 50_000) + "Content-Type: text/plain\n\n" + FIRST,
        message_of("> " * 100_000 + FIRST),
        message_of("From: a\n" * 50_000),
        message_of("On Monday wrote:\n> a\n" * 30_000),
        message_of("-- \n" * 100_000),
        message_of("-----BEGIN PGP SIGNED MESSAGE-----\n\n" * 20_000),
        message_of("Unsubscribe\n" * 50_000),
    ],
    ids=lambda value: f"{len(value)}",
)
def test_hostile_messages_end_soon_with_a_draft_or_a_reason(hostile: str) -> None:
    with stint.within(20):
        for part in parts_of(hostile):
            assert part.document is not None or part.refused


def test_a_message_whose_boundary_is_not_stated_is_parted_where_it_is_seen() -> None:
    data = mixed(plain(f"{FIRST}\n\n{SECOND}"), page(THIRD)).replace('; boundary="XX"', "")
    document = only(data)
    assert text_of(document) == f"{FIRST}\n{SECOND}\n{THIRD}"

"""What spreadsheets do by themselves is known from what a person has changed."""

from __future__ import annotations

import pytest

from onrecord.spreadsheet_damage import damage

TEXTS = (
    "حقوق الإنسان في حمص، ٢٠١٢",
    "Diyarbakır’da çığlık",
    "Liberté d’expression, à l’Œuvre",
    "Права людини в Україні",
    "حقوق بشر «آزادی» می‌خواهد",
    "Children’s rights – “now”",
    "Homs | حمص",
)
ENCODINGS = {
    "cp1252": "Windows-1252", "cp1256": "Windows-1256", "mac_roman": "Mac Roman", "cp1251": "Windows-1251", "cp1254": "Windows-1254",
    "cp1255": "Windows-1255", "cp850": "DOS 850", "cp932": "Shift JIS", "gbk": "GBK",
}  # fmt: skip


def misread(text: str, encoding: str, unknown: str = "replace") -> str:
    """A text whose bytes are read in another encoding; bytes that it does not have as they are (C1), replaced or left out."""
    if unknown != "C1":
        return text.encode().decode(encoding, unknown)
    return "".join(
        bytes([byte]).decode(encoding, "ignore") or (chr(byte) if byte < 0xA0 else "\ufffd") for byte in text.encode()
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("حمص", "حمص".encode().decode("cp1252", "replace")),
        ("Children’s rights", "Childrenâ€™s rights"),
        ("Diyarbakır", "Diyarbak?r"),
        ("حمص", "???"),
        ("0012", "12"),
        ("1E5", "100000"),
        ("12345678901234567890", "1.23457E+19"),
        ("12345678901234567890", "12345678901234500000"),
        ("001.50", "1,5"),
        ("September 1996", "09/01/96"),
        ("September 1996", "Sep-96"),
        ("8 February 2012", "08.02.2012"),
        ("8 February 2012", "2/8/2012"),
        ("2012-02-08", "08.02.2012"),
        ("MAR1", "01-Mar"),
        ("1/2", "02-Jan"),
        ("true", "TRUE"),
    ],
)
def test_what_a_spreadsheet_makes_of_a_cell_is_known(before: str, after: str) -> None:
    assert damage(before, after)


def read_in(said: str) -> str:
    return said.removeprefix("its letters were read as ").removesuffix(", and the table is in UTF-8")


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("is_typed", [False, True])
def test_letters_that_were_read_in_another_encoding_are_known_whatever_the_program_does_with_bytes_that_it_does_not_know(
    text: str, encoding: str, is_typed: bool
) -> None:
    said = set()
    for unknown in ("replace", "ignore") if encoding in ("cp932", "gbk") else ("C1", "replace", "ignore"):
        garbled = misread(text, encoding, unknown)
        for seen in (garbled, garbled.strip(), garbled.replace("\u00a0", " ").strip()):
            said.add(read_in(damage(text, seen, is_typed=is_typed)))
    assert said - set(ENCODINGS.values()) == set()
    # Of marks and letters that several encodings have in the same places, the first is named.
    if encoding in ("cp1252", "mac_roman"):
        assert said == {ENCODINGS[encoding]}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("encoding", ["cp1252", "cp1256", "mac_roman", "cp1251"])
def test_a_text_that_was_opened_so_twice_or_changed_as_well_is_known(text: str, encoding: str) -> None:
    garbled = misread(text, encoding, "C1")
    assert damage(text, misread(garbled, encoding, "C1"))
    assert damage(text, f"{garbled} (2)")
    assert damage("", garbled)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("حمص", "\ufffd\ufffd\ufffd"),
        ("حمص", "______"),
        ("Diyarbakır’da", "Diyarbak?r?da"),
        ("“Now” 🕊", "?Now? ??"),
        ("Homs", "Hom\ufffd"),
        ("Port “Elm”", "Port \ufffdElm\ufffd, north"),
    ],
)
@pytest.mark.parametrize("is_typed", [False, True])
def test_letters_that_an_encoding_does_not_have_are_known(before: str, after: str, is_typed: bool) -> None:
    assert damage(before, after, is_typed=is_typed).startswith("letters were lost")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Where are they…", "Where are they?"),
        ("أين هم؟", "أين هم?"),
        ("Diyarbakır", "Diyarbakir"),
        ("Ø­Ù…Øµ", "حمص"),
        ("Ø­Ù…Øµ", "Ø­Ù…Øµ 2"),
        ("", "«CAFÉ» à Orléans"),
        ("", "Українські їжаки"),
        ("", "لا؟"),
        ("Café", "CAFÉ”"),
    ],
)
def test_letters_that_a_person_may_have_written_are_left_alone(before: str, after: str) -> None:
    assert damage(before, after) == ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "12"),
        ("12", "13"),
        ("0012", "0013"),
        ("Homs", "Hama"),
        ("حمص", "حماة"),
        ("8 February 2012", "9 February 2012"),
        ("8 February 2012", "09.02.2012"),
        ("February 2012", "8 February 2012"),
        ("2 deaths in 2012", "3 deaths in 2012"),
        ("A", ""),
        ("Éclairage", "Eclairage"),
        ("PRE 01/069/2012", "PRE 01/070/2012"),
    ],
)
def test_what_a_person_may_have_meant_is_left_alone(before: str, after: str) -> None:
    assert damage(before, after) == ""

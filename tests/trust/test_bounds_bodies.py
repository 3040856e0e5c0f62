"""Bodies that would keep a converter busy: as large as a file may be, they are converted or refused by name, in seconds and in bounded
memory; honest texts of that size pass. No case needs the clock to be stopped: the work grows with the text."""

from __future__ import annotations

from functools import partial

import pytest

from onrecord import budget, markup, read
from onrecord.markup import blocks
from tests import counted_work, stint
from tests.peak_memory import peak_memory

LARGEST = read.MOST_BYTES - 1024
# Each is repeated to fill a text, on one line and on lines of 70 characters.
PIECES = [
    "[", "![", "\\", "**x", "*x* ", "&amp;", "&", "&a", "& ", "<", "<a ", "<b>", "<!A ", "<!--", "<a b='\" ", "- - - x", "- x\n", "#\n",
    "- [ ] x\n", "1. x\n\n", "[x](http://a)", "[a](", "[a](\\(", "[a](b \"", "[a][b] ", "[^a] ", "[a]: b\n", "[^a]: b\n\n", "www.a_",
    "http://a ", "http://a&b;", "a@b", "<a@b.c>", ":a: ", "$a$ ", "$$ ", "$", "`", "``a", "```\n", "~~x ", "*a_", "*a **a", "| a | b |\n",
    "|\n", "| a & b |\n", "\\|", "-     x", "> ", ">\n", "a  \n", "\\\n", "a\n===\n", "\u00a0x", "a\u00a0& ", "`&`", "[…] ",
    "{redacted: ", "[[redacted: ", "[redacted ", "    x\n", "\t", "[!note]\n",
]  # fmt: skip
WHOLE = {
    "a row of code": "```\n" + "&\u00a0" * (LARGEST // 4) + "\n```",
    "targets in each other": ("[a](" + "\\\\" * 15_000) * 64,
    "spaces in lists in each other": "".join(" " * (2 * n) + "- x\n" for n in range(45)) + " " * 1_000_000 + "x",
    "lines in quotations in each other": "> " * 45 + "x\n" + "x\n" * 900_000,
    "dashes and spaces": "a\n-" + " " * 1_000_000 + "x",
    "a table that is very wide": "|" + "a|" * 100_000 + "\n|" + "-|" * 100_000 + "\n|a|\n|a|\n|a|",
    "a table of surplus cells": "|a|\n|-|\n" + "|a" * 900_000,
    "back-ticks of all lengths": " ".join("`" * n for n in range(1, 1900)),
    "brackets in each other": "[" * 900_000 + "]" * 900_000,
    "links in each other": "[" * 300_000 + "](a)" * 300_000,
    "notes that refer to many": "".join(f"x[^a{n}] " for n in range(60_000))
    + "\n\n"
    + "".join(f"[^a{n}]: b\n" for n in range(60_000)),
}

MOST_MEMORY = (
    "lines in quotations in each other",
    "brackets in each other",
    "links in each other",
    "notes that refer to many",
)


def filled(piece: str, size: int, width: int = 0) -> str:
    if width:
        piece = f"{(piece * width)[:width]}\n"
    return (piece * (size // len(piece) + 1))[:size]


@pytest.mark.parametrize("piece", PIECES)
def test_the_time_of_a_text_grows_with_its_length(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times the text takes not much more than four times as long, without any limit."""
    monkeypatch.setattr(blocks, "MOST_PARTS", 10**9)
    monkeypatch.setattr(blocks, "MOST_CELLS", 10**9)
    monkeypatch.setattr(markup, "MOST_SECONDS", 60.0)
    for width in (0, 70):
        assert stint.grows_with(partial(convert_filled, piece, width), 10_000, 40_000, most=7), width


def convert_filled(piece: str, width: int, size: int) -> None:
    markup.convert(filled(piece, size, width))


@pytest.mark.parametrize("name", WHOLE)
def test_an_awkward_text_is_converted_or_refused_soon(name: str) -> None:
    with stint.within(3):
        body, faults = markup.convert(WHOLE[name][:LARGEST])
    assert body.html or [fault.code for fault in faults] == ["too-complex"]


def test_a_text_with_too_many_parts_is_told_what_to_do() -> None:
    body, (fault,) = markup.convert("*x* " * 300_000)
    assert (body.html, fault.code) == ("", "too-complex")
    assert "more than 250,000 lines, marks, links and table cells" in fault.message
    assert "Divide it" in fault.message


@pytest.mark.parametrize("text", ["- x\n" * 520_000, "*x* " * 520_000, "x\n\n" * 600_000, "[x](http://a) " * 140_000])
def test_simple_marks_without_end_are_counted_too(text: str) -> None:
    """They take the direct path, which is quick; what is made of them, and shown on a page, is not."""
    with stint.within(3):
        body, (fault,) = markup.convert(text.strip())
        assert (body.html, fault.code) == ("", "too-complex")


@pytest.mark.parametrize(
    ("function", "few", "many"),
    [
        ("target_end", "[a](" + "\\\\" * 50, "[a](" + "\\\\" * 5_000),
        ("_mail_addresses", "a@b " * 50, "a@b " * 5_000),
    ],
    ids=["signs behind backslashes", "signs of mail without a domain"],
)
def test_what_makes_no_link_is_passed_over_in_one_step(function: str, few: str, many: str) -> None:
    """However much of it there is, as many lines of the program run."""
    ran = []
    for text in (few, many):
        counted = counted_work.lines(partial(markup.convert, text))
        ran.append(sum(count for code, count in counted.items() if code.co_name == function))
    assert ran[0] == ran[1] > 0


def test_what_gets_an_address_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MOST_ADDRESSES", 6)
    text = "One.\n\nTwo.\n\n- a\n- b\n- c\n\nThree."
    assert markup.convert(text)[0].html
    body, (fault,) = markup.convert(f"{text}\n\nFour.")
    assert (body.html, fault.code, fault.line) == ("", "too-complex", 1)
    assert "The text has 7 paragraphs, items, rows and pieces of code" in fault.message


def test_the_largest_texts_take_no_more_memory_than_they_may() -> None:
    """The most of one process that converts the texts with the most parts, one after the other; in megabytes. Of all texts above these take
    the most; each of the others takes less than any of these."""
    peak = peak_memory(
        "from onrecord import markup\nfrom tests.trust.test_bounds_bodies import MOST_MEMORY, WHOLE, LARGEST, filled\n"
        "for text in [filled(piece, LARGEST) for piece in ('#\\n', '<b>', '[^a] ')] + [WHOLE[name] for name in MOST_MEMORY]:\n"
        "    markup.convert(text[:LARGEST])\n"
    )
    assert peak < 400  # 300, and the texts themselves


HONEST = {
    "a report of 2 MB": "\n\n".join(
        "The harbour office said on *3 May* that “it was dark” (see [the report](https://example.org/a)). " * 6
        for _ in range(3_400)
    ),
    "a plain report of 2 MB": "\n\n".join(
        "The harbour office said on 3 May that “it was dark” and no more is known of it. " * 6 for _ in range(4_000)
    ),
    "a table of 6,000 rows": "| Name | Age | Place |\n|---|---|---|\n"
    + "\n".join(f"| Person {n} | *{n % 90}* | Village {n}, quay \\| pier |" for n in range(6_000)),
    "a plain table of 6,000 rows": "| Name | Age | Place |\n|---|---|---|\n"
    + "\n".join(f"| Person {n} | {n % 90} | Village {n} |" for n in range(6_000)),
    "French spaces": "\n\n".join(
        "Le bureau du port : «\u00a0il faisait nuit\u00a0» & rien\u00a0! Voir *le rapport*. " * 6 for _ in range(2_500)
    ),
    "3,000 notes": "\n\n".join(f"Somebody said so.[^n{n}] " * 3 for n in range(3_000))
    + "\n\n"
    + "\n".join(f"[^n{n}]: The *report*, page {n}." for n in range(3_000)),
}


@pytest.mark.parametrize("name", HONEST)
def test_a_large_honest_text_passes_in_seconds(name: str) -> None:
    text = HONEST[name]
    assert len(text.encode()) < read.MOST_BYTES
    with stint.within(8), budget.limited():
        body, faults = markup.convert(text)
    assert body.html
    assert faults == ()

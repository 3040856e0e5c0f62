"""What import writes, check takes: whatever a document holds, its draft is a release file that is read, with questions and no error.

A draft may lack what a release needs, its text included, as long as it asks for it: `check` says so when it is to be published.
"""

# ruff: noqa: E501 - values are written out as they are

from __future__ import annotations

import datetime as dt
import traceback
from dataclasses import replace

import pytest
from hypothesis import strategies as st

from onrecord import check, read, schema
from onrecord.intake import draft_file, footnotes, record, record_codec, sound_markdown
from onrecord.intake.document import Block, Record, TextRun, paragraph
from onrecord.intake.evidence.term_finder import terms
from onrecord.intake.formats import reading_faults
from onrecord.intake.sender import Sender, with_answers
from onrecord.model import Card, Problem, Question, Quotation, Vocabularies
from tests import damaged_documents
from tests.damaged_documents import FORMATS, Step
from tests.fuzzing import SECONDS, examine

TERMS = terms(Vocabularies())
RULES = check.rules(Vocabularies(), dt.date(2026, 1, 1))
HOSTILE = [
    "\u00ad", "\u200b", "\u200f", "\u202e", "\u2028", "\u2029", "\x85", "\x00", "\x07", "\x1b[31m", "\x7f", "\ufeff", "\ufffe", "\U000e0001", "\ud800", "\u0301", "\u3000",
    "---", "\n---\n", "...", "'", '"', "\\", "\\u0000", "\\\"", ": ", "- ", "# ", "| ", "> ", "? ", "%TAG", "&a", "*a", "!!python/object", "<<:", "{a: b}", "[a]", "null", "~", "true", "0x10", "1e9",
    "<script>stolen()</script>", "<!--", "-->", "<![CDATA[", "&lt;", "&#0;", "{{ 7*7 }}", "{% raw %}", "[[redacted: a name]]", "[[redacted", "[^1]", "[^1]: x", "[x](javascript:stolen())", "![x](http://a/b.png)",
    "[x](b.md)", "[x]: http://a b", "```", "~~~", "    code", "\t", "***", "___", "=====", "|---|---|", "<http://a>", "http://a.b/c_d*e", "www.a", "a@b.c", "$x$", "@someone", ":smile:", "(…)", "[...]", "“", "”", "«",
    "javascript:stolen()", "http://[::1", "http://xn--a", "http://a:99999/", "//a.b", "2012-02-30", "31/02/2012", "0000-00-00", "٣١", "١٢/١٣/١٤", "9" * 60, "a" * 300, "ﷺ", "e\u0301" * 20, "und", "not stated",
]  # fmt: skip
hostile = st.lists(
    st.sampled_from(HOSTILE) | st.text(max_size=4) | st.sampled_from(["Ferry", "Harbour Watch", " ", "\n", "\n\n"]),
    max_size=8,
).map("".join)

pytestmark = pytest.mark.fuzz


def refused(written: Record) -> list[str]:
    """The errors for which `check` would refuse the draft of a record."""
    data = draft_file.text(written).encode()
    source = read.source(read.FileData(f"releases/{draft_file.path(written)}", data))
    if isinstance(source, Problem):
        return [source.message]
    verdict = check.release(source, RULES)
    errors = [f"{problem.line}: {problem.message}" for problem in verdict.problems if problem.level == "error"]
    assert errors or isinstance(verdict.listed, Card)
    return errors


VALUES = st.builds(Record, st.just("a.txt"), st.just("0" * 64), title=hostile, subtitle=hostile, date_as_written=hostile, publisher=hostile, reference=hostile, dateline=hostile, url=hostile | hostile.map("http://a.example/".__add__), archived=hostile, body=st.just("The ferry runs again.\n"), review=st.lists(st.builds(Question, st.sampled_from(schema.QUESTIONED), st.just("Which?"), hostile), max_size=3).map(tuple))  # fmt: skip
SENDERS = st.builds(Sender, hostile, hostile, hostile)


def judge_value(written: Record, sender: Sender, words: str) -> None:
    needed = tuple(
        Question(key, "What is it?") for key in ("title", "date", "publisher", "language", "extent", "quotations")
    )
    block = paragraph(f"“{' '.join(words.split())}”")
    if block.text.strip("“” "):
        written = replace(
            written, body=sound_markdown.written([block]), quotations=(Quotation("", block.text[1:-1], paragraph=1),)
        )
    assert refused(with_answers(replace(written, review=(*written.review, *needed)), sender, alone=True)) == []


def test_any_value() -> None:
    judge_value(Record("a.txt", "0" * 64, body="The ferry runs again.\n"), Sender("", "", ""), "\x00")
    judge_value(
        Record("a.txt", "0" * 64, body="The ferry runs again.\n"), Sender("", "", ""), "a so\u00adft hy\u200bphen"
    )
    judge_value(Record("a.txt", "0" * 64, body="The ferry runs again.\n"), Sender("", "", ""), "(…)")
    examine("a document's fields", judge_value, VALUES, SENDERS, hostile, examples=40)


runs = st.lists(
    st.builds(TextRun, hostile, st.booleans(), st.booleans(), st.sampled_from(["", "https://a.example/b", "javascript:stolen()", "http://a b"]), st.just(""), st.sampled_from(["", "raised", "lowered", "struck"]))
    | st.builds(TextRun, st.just(""), note=st.sampled_from(["1", "2", "3"])),
    max_size=4,
).map(tuple)  # fmt: skip
blocks = st.lists(
    st.builds(Block, st.sampled_from(["paragraph", "quote"]), runs)
    | st.builds(Block, st.just("heading"), runs, st.integers(1, 6))
    | st.builds(Block, st.just("item"), runs, st.integers(0, 3), st.sampled_from(["-", "1.", "7)", "(a)"]))
    | st.builds(Block, st.just("footnote"), runs, marker=st.sampled_from(["1", "2", "3"]))
    | st.just(Block("rule"))
    | st.builds(lambda cells: Block("table", rows=((cells, cells), (cells, ()))), runs),
    max_size=8,
).map(tuple)  # fmt: skip


def judge_blocks(of_body: tuple[Block, ...], of_notes: tuple[Block, ...]) -> None:
    body, notes = footnotes.beside_calls(of_body, of_notes)
    review = tuple(Question(key, "What is it?") for key in ("title", "date", "publisher", "language", "extent"))
    text, below = sound_markdown.written(body), sound_markdown.written(notes).strip()
    assert refused(Record("a.txt", "0" * 64, body=text, notes=below, review=review)) == []


def test_any_blocks() -> None:
    judge_blocks((), ())
    examine("a document's blocks", judge_blocks, blocks, blocks, examples=40)


class Broken(Exception):
    """A reader of ours has met what it did not expect, and its document was refused for that alone."""


def of_ours(error: Exception) -> bool:
    """Whether an exception arose in the program, and not in a library that was given broken bytes."""
    return "/onrecord/" in traceback.extract_tb(error.__traceback__)[-1].filename


FOUND: dict[str, list[tuple[str, list[Step]]]] = {
    "md": [("kind-23-uk-report.md", [(0.0, 0.140625, "cut", b"")])],
    "rtf": [("sv-02.rtf", [(0.0, 0.0, "insert", b""), (0.0, 1.0, "insert", b"{\\*\\"), (0.0, 0.25, "insert", b"{\\*\\")])],
    "pdf": [("exam-48-columns.pdf", [(0.0, 0.0, "insert", b"-1.4"), (0.0, 0.0, "insert", b"-1.4"), (0.0, 0.0234375, "insert", b"-1.4")])],
}  # fmt: skip
"""What once became a draft that `check` refuses, or broke a reader: names of documents, and what was done to them."""


@pytest.mark.parametrize("form", FORMATS)
def test_any_document(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def reason(error: Exception) -> str:
        if isinstance(error, Broken) or of_ours(error):
            raise Broken from error
        return reading_faults_of(error)

    reading_faults_of = reading_faults.reason
    monkeypatch.setattr(reading_faults, "reason", reason)

    def judge(number: int, steps: list[Step]) -> None:
        name, data = sound[number % len(sound)]
        records = record.of(name, damaged_documents.damaged(form, data, steps), TERMS)
        assert records
        assert record_codec.unpacked(record_codec.packed(records)) == records
        for written in records:
            assert "fault of the program" not in written.refused
            assert written.refused or refused(written) == []

    sound = damaged_documents.documents(form)
    for number in range(len(sound) if SECONDS else 1):
        judge(number, [])  # what is loaded at the first use is loaded before anything is timed
    for name, steps in FOUND.get(form, []):
        judge([each for each, _ in sound].index(name), steps)
    examine(
        f"import {form}",
        judge,
        st.integers(0, 10_000),
        damaged_documents.damage(form, hostile),
        examples=3,
        breaks=form == "pdf",
    )

"""Answering questions changes the answer's line and the question's lines, and nothing else."""

from __future__ import annotations

import argparse
import io
import os
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from onrecord.command import WrongUse
from onrecord.commands import bulk_review, review
from onrecord.intake import answers
from onrecord.model import Term, Vocabularies

FILE = """---
# A draft that somebody has been working on.
title: "A title"   # checked
date:              # to be found
publisher:
language: en
extent: full
names: ["Ines Okoro"] # more to come
source:
  file: "a.txt"
status: "draft"
review:
  # questions of the import
  - field: "date"
    question: "When was it published?"
    evidence: "the same text is dated 2012-02-08 in b.txt; “May 2012” (updated)"
  - field: publisher
    question: Who published it?
---
Body: with *marks*,  two  blanks.

review: not a key
"""
VOCABULARIES = Vocabularies(
    names=(Term("name", "Ines Okoro", "ines-okoro"), Term("name", "Tomas Brandt", "tomas-brandt"))
)


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bulk_review, "JOURNALS", tmp_path / "journals")
    folder = tmp_path / "releases" / "undated"
    folder.mkdir(parents=True)
    (folder / "undated-a-title.md").write_text(FILE, encoding="utf-8")
    (tmp_path / "names.toml").write_text(
        '[[name]]\nlabel = "Ines Okoro"\nslug = "ines-okoro"\n\n[[name]]\nlabel = "Tomas Brandt"\nslug = "tomas-brandt"\n'
    )
    return tmp_path


def run(content: Path, *replies: str, options: Sequence[str] = (), err: io.StringIO | None = None) -> tuple[int, str]:
    out, answers_left = io.StringIO(), iter(replies)
    parser = argparse.ArgumentParser()
    review.add_arguments(parser)
    code = review.run(
        parser.parse_args(["--content", str(content), *options]),
        out=out,
        err=err or io.StringIO(),
        ask=(lambda prompt: next(answers_left)) if replies else None,
    )
    return code, out.getvalue()


def test_without_a_terminal_the_questions_are_printed_with_their_evidence(content: Path) -> None:
    code, printed = run(content)
    assert code == 1
    assert "undated-a-title.md" in printed
    assert (
        "  date: When was it published?\n    the same text is dated 2012-02-08 in b.txt\n    “May 2012” (updated)\n"
        in printed
    )
    assert "  publisher: Who published it?\n" in printed


DATE_QUESTION = FILE.partition("  # questions of the import\n")[2].partition("  - field: publisher")[0]
PUBLISHER_QUESTION = "  - field: publisher\n    question: Who published it?\n"
BOTH = ("date: 2012-02-08", "publisher: Harbour Watch")


@pytest.mark.parametrize(
    ("edited", "stated"),
    [
        (FILE.replace(DATE_QUESTION, ""), ("date:              # to be found", "publisher: Harbour Watch")),
        (FILE.replace(DATE_QUESTION + PUBLISHER_QUESTION, PUBLISHER_QUESTION + DATE_QUESTION), BOTH),
        (FILE.replace("---\n", "", 1), ("date:              # to be found", "publisher:\n")),
        (None, ()),
    ],
    ids=["the question is taken out", "the questions change places", "the file is broken", "the file is deleted"],
)  # fmt: skip
def test_an_answer_is_that_of_its_own_question_however_the_file_is_edited_meanwhile(
    content: Path, edited: str | None, stated: Sequence[str]
) -> None:
    file = content / "releases" / "undated" / "undated-a-title.md"
    replies = iter(["2012-02-08", "Harbour Watch"])

    def ask(_prompt: str) -> str:
        reply = next(replies)
        if reply == "2012-02-08":
            file.write_text(edited, encoding="utf-8") if edited is not None else file.unlink()
        return reply

    parser = argparse.ArgumentParser()
    review.add_arguments(parser)
    out = io.StringIO()
    review.run(parser.parse_args(["--content", str(content)]), out=out, err=io.StringIO(), ask=ask)
    files = [path.read_text("utf-8") for path in content.rglob("*.md")]
    assert len(files) == (edited is not None)
    for line in stated:
        assert f"\n{line}" in files[0].replace('"', "")
    assert ("does not ask this any more" in out.getvalue()) == (stated != BOTH)


def test_an_answer_changes_its_line_and_takes_the_question_away() -> None:
    once = answers.answered(FILE, 0, ["2012-02"])
    expected = FILE.replace(
        "date:              # to be found", 'date: 2012-02              # to be found\ndate_basis: "contributor"'
    ).replace(
        """  - field: "date"
    question: "When was it published?"
    evidence: "the same text is dated 2012-02-08 in b.txt; “May 2012” (updated)"
""",
        "",
    )
    assert once == expected
    twice = answers.answered(once, 0, ["Nadir: Watch #1"])
    assert 'publisher: "Nadir: Watch #1"\n' in twice
    assert "review: []\n  # questions of the import\n---\n" in twice
    assert twice.endswith("Body: with *marks*,  two  blanks.\n\nreview: not a key\n")


def test_line_ends_stay_as_they_are() -> None:
    crlf = FILE.replace("\n", "\r\n")
    assert answers.answered(crlf, 0, ["2012-02"]) == answers.answered(FILE, 0, ["2012-02"]).replace("\n", "\r\n")


def test_names_are_added_to_those_that_are_there() -> None:
    text_before = FILE.replace("field: publisher", "field: names")
    text = answers.answered(text_before, 1, answers.accepted("names", "Tomas Brandt", VOCABULARIES))
    assert 'names: ["Ines Okoro", "Tomas Brandt"] # more to come\n' in text


def test_a_dash_closes_a_question_without_a_change() -> None:
    text = answers.answered(FILE, 1, answers.accepted("publisher", "-", VOCABULARIES))
    assert "publisher:\n" in text
    assert "Who published it?" not in text


@pytest.mark.parametrize(
    ("field", "answer", "told"),
    [
        ("date", "2012-02-30", "2012-02-30"),
        ("date", "yesterday", "yesterday"),
        ("language", "English!", "BCP 47"),
        ("kind", "leaflet", "is not one of"),
        ("names", "Nobody Known", "is not in names.toml"),
        ("nofield", "x", "“nofield” is not a field"),
        ("title", "  ", "An empty answer"),
        ("body", "The crews ask.", "The text is written in the file itself, below the second line “---”"),
        ("source.url", "https://harbour.example/", "“source.url” is answered in the file itself"),
        ("files", "a.pdf", "“files” is answered in the file itself"),
    ],
)
def test_what_may_not_stand_there_is_not_written(field: str, answer: str, told: str) -> None:
    with pytest.raises(answers.NotAnAnswer, match=re.escape(told)):
        answers.accepted(field, answer, VOCABULARIES)


def test_questions_on_one_line_are_left_to_the_person() -> None:
    text = "---\ntitle: T\nreview: [{field: date, question: When?}]\n---\nBody\n"
    with pytest.raises(answers.NotAnAnswer):
        answers.answered(text, 0, ["2012"])


def test_a_dialogue_asks_again_after_a_wrong_answer_and_can_be_stopped(content: Path) -> None:
    code, printed = run(content, "the day before", "not stated", "q")
    assert code == 1
    assert "is not an EDTF date" in printed
    text = (content / "releases/undated/undated-a-title.md").read_text()
    assert "date: XXXX " in text
    assert "Who published it?" in text


OTHER = """---
title: "O"
same_text_as: ["2011-first", "undated-a-title"]
notes: |
  See [the other](undated-a-title.md).
status: "draft"
---
See [a](../undated/undated-a-title.md#p2), [b][ref] and `undated-a-title.md`.
[undated-a-title](undated-a-title.md) is not undated-a-title-2.

[ref]: undated-a-title.md
"""


def test_a_dated_draft_moves_to_its_year_and_all_that_names_it_follows(content: Path) -> None:
    other = content / "releases" / "2012-02-08-other.md"
    other.write_text(OTHER)
    page = content / "pages" / "about.md"
    page.parent.mkdir()
    page.write_text("---\ntitle: About\n---\nIt began with [this](../releases/undated/undated-a-title.md).\n")
    code, printed = run(content, "2012-02-08", "Nadir Watch")
    assert code == 0
    assert (content / "releases/2012/2012-02-08-a-title.md").exists()
    assert "is now" in printed
    new = "2012-02-08-a-title"
    assert other.read_text().split("\n") == [
        "---",
        'title: "O"',
        f'same_text_as: ["2011-first", "{new}"]',
        "notes: |",
        f"  See [the other]({new}.md).",
        'status: "draft"',
        "---",
        f"See [a](../undated/{new}.md#p2), [b][ref] and `undated-a-title.md`.",
        f"[undated-a-title]({new}.md) is not undated-a-title-2.",
        "",
        f"[ref]: {new}.md",
        "",
    ]
    assert f"](../releases/undated/{new}.md)" in page.read_text()
    assert f"{other.as_posix()} names it so, too" in printed
    # What is no link is left to a person, who is told where it is.
    assert f"{other.as_posix()}:8 still says undated-a-title" in printed
    assert f"{other.as_posix()}:9 still says undated-a-title" in printed
    assert f"{other.as_posix()}:11" not in printed


class Killed(BaseException):
    """What the program is not asked about."""


@pytest.mark.parametrize("way", ["again", "undo"])
@pytest.mark.parametrize("made", range(3))
def test_a_draft_that_is_renamed_and_what_names_it_are_one_step(
    content: Path, monkeypatch: pytest.MonkeyPatch, made: int, way: str
) -> None:
    """Stopped before the first change of a file, between two of them, and before the last."""
    for name in ("2012-02-08-other.md", "2012-02-09-other.md"):
        (content / "releases" / name).write_text(OTHER)
    (content / "releases" / "2012-02-07-other.md").write_bytes(b"---\ntitle: \xff\n---\nundated-a-title\n")

    def state() -> dict[str, bytes]:
        return {path.relative_to(content).as_posix(): path.read_bytes() for path in sorted(content.rglob("*.md"))}

    before = state()
    replace, left = os.replace, [made]

    def killed(source: Path, target: Path) -> None:
        if str(target).endswith(".md"):
            if not left[0]:
                raise Killed
            left[0] -= 1
        replace(source, target)

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(Killed):
        run(content, "2012-02-08", "q")
    monkeypatch.setattr(os, "replace", replace)
    if way == "undo":
        assert "Taken back" in run(content, options=["--undo"])[1]
        assert state() == before
        return
    err = io.StringIO()
    run(content, "q", err=err)
    assert "A change was stopped half-way (a draft is now 2012-02-08-a-title.md)" in err.getvalue()
    assert "--undo" not in err.getvalue()
    new = "2012-02-08-a-title"
    after = state()
    assert "releases/undated/undated-a-title.md" not in after
    assert b"date: 2012-02-08 " in after[f"releases/2012/{new}.md"]
    for name in ("2012-02-08-other.md", "2012-02-09-other.md"):
        assert f'same_text_as: ["2011-first", "{new}"]'.encode() in after[f"releases/{name}"]
    with pytest.raises(WrongUse, match="nothing to take back"):
        run(content, options=["--undo"])


def test_a_file_that_cannot_be_read_is_named_and_the_others_go_on(content: Path) -> None:
    (content / "releases" / "broken.md").write_text("---\ntitle: [\n---\n")
    code, printed = run(content)
    assert code == 1
    assert "publisher" in printed

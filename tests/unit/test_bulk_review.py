"""One answer for many drafts, and the way back; names and places that drafts have and the vocabularies have not."""

from __future__ import annotations

import argparse
import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from onrecord import read
from onrecord.command import WrongUse
from onrecord.commands import bulk_review, names, review
from onrecord.intake import answers, draft_file
from onrecord.intake.document import Record
from onrecord.intake.sender import Sender, with_answers
from onrecord.intake.sent_terms import NewTerm, SentTerms, UnknownWord

DRAFT = """---
title: "Number {number}"   # as printed
date: 2012-02-0{number}
publisher:
language: {language}
extent: full
dateline: "{place}, 8 February 2012"
names: []
quotations:
  - speaker: "{speaker}"
    text: "Light"
status: "draft"
review:
  - field: "publisher"
    question: "Who published it?"
    evidence: "{evidence}"
  - field: "names"
    question: "“{speaker}” is quoted and is not in names.toml. Add the name there, or leave it out."
    evidence: "“Light”"
---
“Light,” said {speaker}.
"""
ROWS = (
    ("Harbour Watch (letterhead)", "Ilse Vandergaard", "TALIN"),
    ("Harbour Watch (letterhead)", "ILSE VANDERGAARD", "Talin"),
    ("Coast News (site name)", "Ilse Vandergard", "Talín"),
    ("Harbour Watch (letterhead)", "Ines Okóro", "Talin"),
    ("Harbour Watch (letterhead)", "Tomas Brandt", "Porto Novo"),
)


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(bulk_review, "JOURNALS", tmp_path / "journals")
    content = tmp_path / "content"
    (content / "releases").mkdir(parents=True)
    for number, (evidence, speaker, place) in enumerate(ROWS, 1):
        text = DRAFT.format(number=number, evidence=evidence, speaker=speaker, place=place, language="en")
        data = text.replace("\n", "\r\n" if number == 2 else "\n").encode()
        (content / "releases" / f"2012-02-0{number}-light.md").write_bytes(data)
    (content / "names.toml").write_text(
        '[[name]]\nlabel = "Ines Okoro"\n\n[[name]]\nlabel = "Tomas Brandt"', encoding="utf-8"
    )
    (content / "places.toml").write_text("", encoding="utf-8")
    (content / "topics.toml").write_text("", encoding="utf-8")
    return content


def run(command: Any, content: Path, *options: str, replies: Sequence[str] = ()) -> tuple[int, str]:
    out, left = io.StringIO(), iter(replies)
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    given: dict[str, Any] = {"ask": lambda prompt: next(left)} if replies else {}
    code = command.run(parser.parse_args(["--content", str(content), *options]), out=out, err=out, **given)
    return code, out.getvalue()


def state(content: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(content.rglob("*")) if path.is_file()}


def with_publisher(content: Path) -> list[str]:
    return [name for name, data in state(content).items() if b'publisher: "Harbour Watch"' in data]


def test_questions_that_are_alike_are_listed_together_and_nothing_is_changed(content: Path) -> None:
    before = state(content)
    code, printed = run(review, content, "--all-like", "publisher")
    assert code == 1
    assert printed.index("4 drafts") < printed.index("Harbour Watch (letterhead)") < printed.index("Coast News")
    assert state(content) == before


def test_one_answer_goes_to_all_that_are_alike_and_undo_takes_it_back_exactly(content: Path) -> None:
    before = state(content)
    code, printed = run(review, content, "--all-like", "publisher", replies=["Harbour Watch", "yes", ""])
    assert code == 1, "the question of Coast News is open"
    assert "publisher: “Harbour Watch”\nin 4 drafts" in printed
    assert len(with_publisher(content)) == 4
    assert b"\r\n" in state(content)["2012-02-02-light.md"]
    code, printed = run(review, content, "--undo")
    assert (code, state(content)) == (0, before)
    assert "Taken back in 4 files: publisher: Harbour Watch" in printed
    with pytest.raises(WrongUse, match="no bulk answer"):
        run(review, content, "--undo")


def test_a_draft_that_is_edited_while_somebody_thinks_is_named_and_stays(content: Path) -> None:
    edited = content / "releases" / "2012-02-04-light.md"

    def ask(prompt: str) -> str:
        if not prompt.startswith("Write this?"):
            return "Harbour Watch"
        edited.write_text(edited.read_text("utf-8") + "A contributor's sentence.\n", encoding="utf-8")
        return "yes"

    parser = argparse.ArgumentParser()
    review.add_arguments(parser)
    given = parser.parse_args(["--content", str(content), "--all-like", "publisher", "--evidence", "letterhead"])
    with pytest.raises(WrongUse, match=r"1 file changed meanwhile, and not written: .*2012-02-04-light\.md\. What"):
        review.run(given, out=io.StringIO(), err=io.StringIO(), ask=ask)
    assert with_publisher(content) == ["2012-02-01-light.md", "2012-02-02-light.md", "2012-02-05-light.md"]
    assert edited.read_text("utf-8").endswith("A contributor's sentence.\n")
    assert "Taken back in 3 files" in run(review, content, "--undo")[1]


def test_what_was_changed_since_stays_when_an_answer_is_taken_back(content: Path) -> None:
    run(review, content, "--all-like", "publisher", "--evidence", "letterhead", "--answer", "Harbour Watch", "--yes")
    edited = content / "releases" / "2012-02-01-light.md"
    edited.write_text(edited.read_text("utf-8") + "A contributor's sentence.\n", encoding="utf-8")
    (content / "releases" / "2012-02-04-light.md").unlink()
    code, printed = run(review, content, "--undo")
    assert code == 1
    assert "2012-02-01-light.md was changed since, and stays as it is." in printed
    assert "2012-02-04-light.md is no longer there." in printed
    assert with_publisher(content) == ["2012-02-01-light.md"]


def test_an_answer_that_was_stopped_half_way_is_taken_back_too(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state(content)
    written: list[str] = []

    def stopped(source: Path, target: Path) -> None:
        if str(target).endswith(".md"):
            if len(written) == 2:
                raise KeyboardInterrupt
            written.append(str(target))
        replace(source, target)

    replace = os.replace
    monkeypatch.setattr(os, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        run(review, content, "--all-like", "publisher", str(content / "releases"), "--answer", "X", "--yes")
    monkeypatch.setattr(os, "replace", replace)
    assert state(content) != before
    assert run(review, content, "--undo")[0] == 0
    assert state(content) == before


def test_an_answer_without_a_yes_only_shows_what_it_would_change(content: Path) -> None:
    before = state(content)
    code, printed = run(review, content, "--all-like", "publisher", "--evidence", "coast", "--answer", "Coast News")
    assert code == 1
    assert "in 1 drafts" in printed
    assert "To change it: --yes" in printed
    assert state(content) == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--all-like", "date"], "each release's own"),
        (["--all-like", "publishr"], "not a field of a release"),
        (["--all-like", "publisher", "--answer", "X", "--yes"], "2 different questions"),
        (["--answer", "X"], "go with --all-like"),
        (["--all-like", "kind", str(Path(__file__).parent), "--answer", "leaflet"], ""),
    ],
)
def test_wrong_use_is_said(content: Path, options: list[str], message: str) -> None:
    before = state(content)
    if message:
        with pytest.raises(WrongUse, match=message):
            run(review, content, *options)
    else:
        run(review, content, *options)
    assert state(content) == before


def test_names_and_places_are_proposed_in_one_list(content: Path) -> None:
    before = state(content)
    code, printed = run(names, content)
    assert code == 1
    lines = printed.splitlines()
    assert lines[0] == "   1  names.toml  Ilse Vandergaard  (person, 2 drafts)"
    assert lines[1].strip() == "also written: ILSE VANDERGAARD"
    assert lines[2].strip() == "near it, perhaps somebody else: Ilse Vandergard"
    assert "Porto Novo" in printed
    assert "places.toml  Talin  (3 drafts)" not in printed, "one entry for four drafts"
    assert "places.toml  Talin  (4 drafts)" in printed
    assert "Tomas Brandt" not in printed
    assert state(content) == before


def test_what_is_chosen_is_added_and_answers_the_drafts_and_can_be_taken_back(content: Path) -> None:
    before = state(content)
    assert run(names, content, "--apply", "all")[0] == 1, "one may be in the vocabulary already"
    vocabularies, problems = read.vocabularies(content)
    assert problems == []
    by_label = {term.label: term for term in (*vocabularies.names, *vocabularies.places)}
    assert by_label["Ilse Vandergaard"].aliases == ("ILSE VANDERGAARD",)
    assert by_label["Ilse Vandergaard"].type == "person"
    assert "Talin" in by_label
    assert 'names: ["Ilse Vandergaard"]' in (content / "releases" / "2012-02-01-light.md").read_text("utf-8")
    left = run(names, content)[1]
    assert "   1  names.toml  Ines Okóro" in left
    assert "near “Ines Okoro”, which is in names.toml" in left
    assert run(names, content, "--apply", "all") == (1, left.splitlines(keepends=True)[-1])
    assert run(review, content, "--undo")[0] == 0
    assert state(content) == before


SENT = Sender(
    values={"publisher": "Coast News"},
    terms=SentTerms(
        new=(NewTerm("places", "Port Elm"), NewTerm("names", "Quay Union")),
        unknown=(
            UnknownWord("places", "Portt Elm", "It is near to “port elm”, which is in the vocabulary."),
            UnknownWord("names", "Mole “Night” Watch", "It holds signs that no name has."),
            UnknownWord("names", "x" * 80, "It is longer than a name."),
            UnknownWord("topics", "Ferries", "What the topics are, the archive decides."),
        ),
    ),
)


def sent_in(content: Path, *, alone: bool) -> Path:
    """A draft in a content folder without others, of a document that somebody sent in."""
    for path in (content / "releases").iterdir():
        path.unlink()
    record = with_answers(Record("a.txt", "0" * 64, title="Light", body="Words."), SENT, alone)
    path = content / "releases" / "2012-02-01-light.md"
    path.write_text(draft_file.text(record), encoding="utf-8")
    return path


@pytest.mark.parametrize("alone", [True, False])
def test_what_open_questions_propose_is_in_the_list(content: Path, alone: bool) -> None:
    sent_in(content, alone=alone)
    printed = run(names, content)[1]
    for line in (
        "names.toml  Coast News  (organization, 1 draft)",
        "names.toml  Mole “Night” Watch  (1 draft)",
        "names.toml  Quay Union  (1 draft)",
        "places.toml  Port Elm  (1 draft)",
        "places.toml  Portt Elm  (1 draft)",
    ):
        assert line in printed
    assert "near it, perhaps somebody else: Portt Elm" in printed
    assert "Ferries" not in printed, "topics are the archive's own choice"
    assert "xxx" not in printed


def test_questions_whose_words_are_there_now_are_answered(content: Path) -> None:
    draft = sent_in(content, alone=True)
    before = state(content)
    assert run(names, content, "--apply", "all")[0] == 0
    left = [(question.field, question.question[:20]) for question in answers.questions(draft.read_text("utf-8"))]
    assert [asked[:4] for field, asked in left if asked.startswith(("“", "Is each"))] == ["“xxx", "“Fer"]
    table, _, _ = read.split(draft.read_text("utf-8"))
    listed = {key: [node.text for node in getattr(table.get(key), "nodes", ())] for key in ("places", "names")}
    assert listed == {"places": ["Port Elm", "Portt Elm"], "names": ["Quay Union", "Mole “Night” Watch"]}
    assert run(names, content) == (0, "The vocabularies have every name and place that the drafts name.\n")
    assert run(review, content, "--undo")[0] == 0
    assert state(content) == before


def test_a_question_about_several_stays_while_one_of_them_is_nowhere(content: Path) -> None:
    draft = sent_in(content, alone=False)
    text = draft.read_text("utf-8").replace('evidence: "Quay Union"', 'evidence: "Quay Union; Pier Union"')
    draft.write_text(text, encoding="utf-8")
    number = next(line.split()[0] for line in run(names, content)[1].splitlines() if "Quay Union" in line)
    run(names, content, "--apply", number)
    assert draft.read_text("utf-8").count("Is each of these a new entry of names") == 1
    number = next(line.split()[0] for line in run(names, content)[1].splitlines() if "Pier Union" in line)
    run(names, content, "--apply", number)
    assert "Is each of these a new entry of names" not in draft.read_text("utf-8")
    assert "Do these belong here?" in draft.read_text("utf-8"), "which of them the draft has is asked beside it"


def test_only_the_numbers_that_were_chosen_are_added(content: Path) -> None:
    assert run(names, content, "--apply", "1")[0] == 1
    added = (content / "names.toml").read_text("utf-8")
    assert added.count("[[name]]") == 3
    assert (content / "places.toml").read_text("utf-8") == ""
    for wrong in ("0", "9-2", "x", "99"):
        with pytest.raises(WrongUse, match="not a number of the list"):
            run(names, content, "--apply", wrong)
    assert (content / "names.toml").read_text("utf-8") == added

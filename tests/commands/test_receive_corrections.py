"""`receive` with a correction: one value of one record changes, or a question stands in it; a stranger's words are never more than text."""

from __future__ import annotations

import errno
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from onrecord import durability
from onrecord.command import WrongUse
from onrecord.commands import proposal, receive
from onrecord.commands.proposal import Change, Proposal
from onrecord.intake import answers

Run = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]
PATH = "releases/2012/2012-02-08-ferry-crews-ask-for-light.md"
RECORD = """---
# A comment that stays.
title: Ferry crews ask for light
date: 2012-02-08
publisher:   'Harbour Watch'   # as printed
reference: HW 1/2012
language: en
extent: full
topics: []
source:
  url: https://harbour.example/light
status: published
review: []
---

The crews of the *night* ferry asked today for light
on the pier.

They will meet again on Monday. Nobody was hurt.

Nobody was hurt.
"""
NO_ROOM = os.strerror(errno.ENOSPC)
PAGE = "https://archive.example/a/releases/2012-02-08-ferry-crews-ask-for-light.html"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / PATH).parent.mkdir(parents=True)
    (folder / "archive.toml").write_text('title = "Harbour papers"\n', encoding="utf-8")
    for name in ("topics", "places", "names"):
        (folder / f"{name}.toml").write_text("", encoding="utf-8")
    (folder / PATH).write_text(RECORD, encoding="utf-8")
    for name, status in (("draft", "draft"), ("gone", "withdrawn\nreason: At risk.")):
        text = (
            RECORD.replace("status: published", f"status: {status}").replace("HW 1", f"{name} 1").replace("light", name)
        )
        (folder / f"releases/2012/2012-02-08-{name}.md").write_text(text, encoding="utf-8")
    return folder


def sent(
    content: Path, part: str, words: str, right: str, page: str = PAGE, source: str = "The printed bulletin."
) -> Path:
    given = zip(receive.CORRECTION, (page, part, words, right, source), strict=True)
    body = "\n\n".join(f"### {question}\n\n{answer or '_No response_'}" for question, answer in given)
    file = content.parent / "event.json"
    file.write_text(json.dumps({"issue": {"number": 7, "title": "$(id)", "body": body}}), encoding="utf-8")
    return file


def text(content: Path) -> str:
    return (content / PATH).read_text("utf-8")


def test_what_the_form_asks_is_what_is_read_and_what_pages_fill_in() -> None:
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / "correction.yml").read_text("utf-8"))
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert tuple(field["attributes"]["label"] for field in fields) == receive.CORRECTION
    assert [field["id"] for field in fields][:3] == ["page", "part", "words"]


@pytest.mark.parametrize(
    ("part", "words", "right", "before", "after"),
    [
        (
            "title",
            "Ferry crews ask for light",
            "Ferry crews ask for lamps",
            "title: Ferry crews ask for light",
            'title: "Ferry crews ask for lamps"',
        ),
        ("Title", "crews", "men", "title: Ferry crews ask for light", 'title: "Ferry men ask for light"'),
        ("date", "2012-02-08", "2012-02", "date: 2012-02-08", "date: 2012-02"),
        (
            "publisher",
            "Harbour Watch",
            'Harbour "Watch": #1',
            "'Harbour Watch'   # as printed",
            '"Harbour \\"Watch\\": #1"   # as printed',
        ),
        ("paragraph 2", "Monday", "Tuesday", "on Monday.", "on Tuesday."),
        (
            "paragraph 1",
            "asked today for light on the pier.",
            "asked for light.",
            "asked today for light\non the pier.",
            "asked for light.",
        ),
        ("", "They will meet again on Monday.", "They meet.", "They will meet again on Monday.", "They meet."),
    ],
)
def test_one_value_changes_and_every_other_byte_stays(
    content: Path, run: Run, part: str, words: str, right: str, before: str, after: str
) -> None:
    done = run("receive", sent(content, part, words, right), "--content", content)
    assert done.code == 0, done.err
    expected = RECORD.replace(before, after)
    # Blanks before a value are written as one.
    assert text(content) == expected.replace('publisher:   "', 'publisher: "')
    assert text(content) != RECORD
    assert "was changed, and nothing else" in done.err
    assert str(content / PATH) in done.out


def test_a_paragraph_is_named_by_the_address_alone(content: Path, run: Run) -> None:
    assert run("receive", sent(content, "", "Monday", "Tuesday", f"{PAGE}#p2"), "--content", content).code == 0
    assert "on Tuesday." in text(content)


@pytest.mark.parametrize(("part", "page"), [("", f"{PAGE}#p2.2"), ("paragraph 2.2", PAGE), ("", PAGE)])
def test_an_item_of_a_list_is_corrected_as_a_paragraph_is(content: Path, run: Run, part: str, page: str) -> None:
    listed = RECORD.replace("on Monday.", "on Monday.\n\n- The east pier\n- The old pier", 1)
    (content / PATH).write_text(listed, encoding="utf-8")
    done = run("receive", sent(content, part, "old pier", "west pier", page), "--content", content)
    assert done.code == 0, done.err
    assert text(content) == listed.replace("The old pier", "The west pier")
    assert ("field: body.2.2" in done.err) == bool(part or "#" in page)


def test_words_of_another_item_are_not_changed(content: Path, run: Run) -> None:
    listed = RECORD.replace("on Monday.", "on Monday.\n\n- The east pier\n- The old pier", 1)
    (content / PATH).write_text(listed, encoding="utf-8")
    run("receive", sent(content, "", "old pier", "west pier", f"{PAGE}#p2.1"), "--content", content)
    assert "west pier" not in text(content).split("---")[2]


def test_line_ends_of_another_system_stay(content: Path, run: Run) -> None:
    (content / PATH).write_bytes(RECORD.replace("\n", "\r\n").encode())
    assert run("receive", sent(content, "title", "Ferry crews ask for light", "Lamps"), "--content", content).code == 0
    expected = RECORD.replace("title: Ferry crews ask for light", 'title: "Lamps"').replace("\n", "\r\n").encode()
    assert (content / PATH).read_bytes() == expected


QUESTIONS = {
    "words that are not there": ("title", "Ferry crews want light", "Lamps"),
    "words that are there twice": ("", "Nobody was hurt.", "One was hurt."),
    "words with marks in the file": ("paragraph 1", "the night ferry", "the day ferry"),
    "free text": ("", "The tone of all of it is wrong, I was there.", "Ask the crews."),
    "a list": ("topics", "nothing", "Safety"),
    "a part of a date": ("date", "02-08", "02-09"),
    "no such paragraph": ("paragraph 99", "Monday", "Tuesday"),
    "a link": ("paragraph 2", "Monday", "[Monday](https://other.example)"),
    "a script": ("paragraph 2", "Monday", "<script>alert(1)</script>"),
    "emphasis": ("paragraph 2", "Monday", "*Tuesday*"),
    "an image": ("paragraph 2", "Monday", "![x](javascript:alert(1))"),
    "a mark of redaction": ("paragraph 2", "Monday", "[[redacted: him]]"),
    "an entity": ("paragraph 2", "Monday", "&lt;b&gt;"),
    "a direction": ("title", "Ferry crews ask for light", "\u202eLamps"),
    "a huge value": ("paragraph 2", "Monday", "word " * 3_000),
    "the status": ("status", "published", "withdrawn"),
    "the reason": ("reason", "x", "y"),
    "a key that is none": ("../../x", "published", "withdrawn"),
    "nothing right": ("title", "Ferry crews ask for light", ""),
}


@pytest.mark.parametrize("kind", QUESTIONS)
def test_what_cannot_be_changed_by_itself_is_a_question_that_holds_the_record_back(
    content: Path, run: Run, kind: str
) -> None:
    part, words, right = QUESTIONS[kind]
    done = run("receive", sent(content, part, words, right), "--content", content)
    assert done.code == 0, done.err
    after = text(content)
    head, _, rest = RECORD.partition("review: []\n")
    assert after.startswith(f'{head}review:\n  - field: "')
    assert after.endswith(rest)
    assert len(after) < len(RECORD) + 3_000
    front = yaml.safe_load(after.split("---\n")[1])
    (question,) = front.pop("review")
    assert set(question) == {"field", "question", "evidence"}
    assert front["status"] == "published"
    assert "A reader says that this is wrong" in question["question"]
    assert "[[redacted" not in after
    assert "is kept as a question" in done.err
    checked = run("check", "--content", content)
    assert " open-question " in checked.out
    assert checked.out.count(PATH) == 1, checked.out


def test_a_question_stands_behind_those_that_are_there() -> None:
    there = 'review:\n  - field: "title"\n    question: "Is it?"\n'
    asked = {"field": "body", "question": "And this?", "evidence": "Issue 7"}
    for before in (
        RECORD.replace("review: []\n", there),
        RECORD.replace("review: []\n", "").replace("status:", f"{there}status:"),
    ):
        after = yaml.safe_load(answers.with_question(before, asked).split("---\n")[1])
        assert after.pop("review") == [{"field": "title", "question": "Is it?"}, asked]
    for before in (RECORD.replace("review: []\n", ""), RECORD):
        assert yaml.safe_load(answers.with_question(before, asked).split("---\n")[1])["review"] == [asked]
    with pytest.raises(answers.NotAnAnswer):
        answers.with_question(RECORD.replace("review: []", "review: [{field: title, question: x}]"), asked)


def test_a_record_with_an_open_question_gets_no_second(content: Path, run: Run) -> None:
    assert run("receive", sent(content, "", "free text", "more"), "--content", content).code == 0
    before = text(content)
    done = run("receive", sent(content, "", "free text", "more"), "--content", content)
    assert done.code == 2
    assert "names no record that is in the archive, and is as it should be" in done.err
    assert text(content) == before


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("https://archive.example/releases/none.html", "names no record"),
        ("https://archive.example/releases/../../../etc/passwd.html", "names no record"),
        ("releases/2012-02-08-draft.html", "is withdrawn or a draft"),
        ("releases/2012-02-08-gone.html", "is withdrawn or a draft"),
        (f"{PAGE} and releases/2012-02-08-gone.html", "names more than one record"),
        ("$(touch here)", "names no record"),
        ("releases/%2e%2e%2f%2e%2e%2farchive.html", "names no record"),
        ("", "names no record"),
    ],
)
def test_a_record_is_only_found_among_those_that_there_are(content: Path, run: Run, page: str, words: str) -> None:
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    done = run("receive", sent(content, "title", "x", "y", page), "--content", content)
    assert done.code == 2
    assert words in done.err
    assert done.err.count("\n") == 1
    assert {path: path.read_bytes() for path in content.rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in content.parent.iterdir()) == ["content", "event.json"]


def test_a_title_alone_names_a_record(content: Path, run: Run) -> None:
    assert (
        run(
            "receive", sent(content, "date", "2012-02-08", "2012", "Ferry crews ask for light"), "--content", content
        ).code
        == 0
    )
    assert "date: 2012\n" in text(content)


HOSTILE = [
    "$(touch here); `touch here`",
    "---\nstatus: withdrawn\nreason: x\n---\n",
    "x\ntitle: mine\nstatus: draft",
    "### The right words\n\nmine\n\n### Where that can be seen\n\nhere",
    "\x00\x01\x85\u2028\ufeff\uffff",
    "a: &a [*a]\n<<: *a",
    "%0A::set-output name=x::y\n::error::x",
    "\\u0022 \\n \" ' # : - [ { ] }",
    "| \n > \n ? x",
    "half \ud800 pair",
    "a\u0300" * 4_000,
    "[" * 20_000,
    "😀" * 5_000,
]


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("place", ["part", "words", "right", "source"])
def test_whatever_is_written_changes_one_value_or_asks(content: Path, run: Run, hostile: str, place: str) -> None:
    given = {"part": "title", "words": "Ferry crews ask for light", "right": "Lamps", "source": "Seen."} | {
        place: hostile
    }
    done = run(
        "receive",
        sent(content, given["part"], given["words"], given["right"], source=given["source"]),
        "--content",
        content,
    )
    assert "Traceback" not in done.err
    assert done.code in (0, 2)
    before, after = (yaml.safe_load(each.split("\n---\n")[0].removeprefix("---\n")) for each in (RECORD, text(content)))
    differing = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    assert differing <= {"title"} or differing == {"review"} or differing == set()
    assert text(content).split("\n---\n", 1)[1] == RECORD.split("\n---\n", 1)[1]
    assert " bad-yaml " not in run("check", "--content", content).out
    assert sorted(path.name for path in content.parent.iterdir()) == ["content", "event.json"]


# ---- to a pull request -----------------------------------------------------------------------------------------------------------------


def test_a_proposal_of_a_change_is_held_to_one_place(tmp_path: Path) -> None:
    change = Change("2012/2012-02-08-a.md", RECORD.encode(), RECORD.replace("light", "lamps", 1).encode())
    proposal.write(tmp_path, Proposal(7, (), "It was.", change))
    assert proposal.read(tmp_path).change == change
    broken = {
        "the same": RECORD,
        "the status": RECORD.replace("status: published", "status: draft"),
        "far apart": RECORD.replace("light", "lamps") + "x" * 70_000,
    }
    for name, after in broken.items():
        (tmp_path / "after.md").write_text(after)
        with pytest.raises(WrongUse):
            proposal.read(tmp_path)
        assert name
    (tmp_path / "after.md").write_bytes(change.after)
    listed = json.loads((tmp_path / "proposal.json").read_text())
    for path in ("../x.md", "2012/../../x.md", "archive.toml", 7, None):
        (tmp_path / "proposal.json").write_text(json.dumps(listed | {"change": path}))
        with pytest.raises(WrongUse):
            proposal.read(tmp_path)


def test_the_branch_of_a_pull_request_changes_one_field(
    content: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = content.parent
    run(
        "receive",
        sent(content, "title", "Ferry crews ask for light", "Lamps"),
        "--content",
        content,
        "--keep",
        folder / "kept",
    )
    (content / PATH).write_text(RECORD, encoding="utf-8")
    tools = folder / "tools"
    tools.mkdir()
    (tools / "gh").write_text(f'#!/bin/sh\necho "$@" >> {folder}/said\n[ "$1" = pr ] && cat > {folder}/body\nexit 0\n')
    (tools / "gh").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")

    def git(*arguments: str) -> str:
        who = ["-c", "user.name=A", "-c", "user.email=a@b.example"]
        command = ["git", "-C", str(folder / "work"), *who, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    subprocess.run(["git", "init", "-q", "--bare", str(folder / "origin")], check=True)
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder / "work")], check=True)
    content.rename(folder / "work" / "content")
    git("add", ".")
    git("commit", "-qm", "x")
    git("remote", "add", "origin", str(folder / "origin"))
    git("push", "-q", "origin", "main")
    monkeypatch.chdir(folder / "work")
    done = run("propose", folder / "kept", "--issue", "7")
    assert done.code == 0, done.err
    assert git("diff", "--name-only", "main", "origin/correction-from-issue-7").split() == [f"content/{PATH}"]
    changed = [
        line
        for line in git("diff", "-U0", "main", "origin/correction-from-issue-7").splitlines()
        if line[:2] in ("-t", "+t")
    ]
    assert changed == ["-title: Ferry crews ask for light", '+title: "Lamps"']
    assert git("status", "--porcelain") == ""
    assert git("branch", "--show-current").strip() == "main"
    assert "Correction from issue 7" in (folder / "said").read_text()
    assert "corrections:" in (folder / "body").read_text()
    # What was changed meanwhile is not written over.
    (folder / "work/content" / PATH).write_text(RECORD.replace("Monday", "Friday"), encoding="utf-8")
    git("push", "-q", "origin", "--delete", "correction-from-issue-7")
    done = run("propose", folder / "kept")
    assert done.code == 2
    assert "was changed meanwhile" in done.err


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, NO_ROOM)


def test_a_record_that_finds_no_room_stays_as_it_is(content: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    event = sent(content, "title", "Ferry crews ask for light", "Ferry crews ask for lamps")
    with monkeypatch.context() as patch:
        patch.setattr(durability, "force", full)
        ran = run("receive", event, "--content", content, "--cache", content.parent / "cache", "--no-setup")
    assert (ran.code, ran.err) == (2, f"build.py: {NO_ROOM} ({content / PATH}).\n")
    assert text(content) == RECORD
    assert [path.name for path in (content / PATH).parent.iterdir() if path.name.startswith(".")] == []


def test_an_entry_of_a_vocabulary_that_finds_no_room_is_not_there_in_part(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = content / "names.toml"
    names.write_text('[[name]]\nlabel = "Ada Quill"', encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match=NO_ROOM) as found:
            proposal.add_terms(content, [("names", "Ilse Vandergaard")])
    assert found.value.filename == str(names)
    assert names.read_text("utf-8") == '[[name]]\nlabel = "Ada Quill"'
    proposal.add_terms(content, [("names", "Ilse Vandergaard")])
    assert names.read_text("utf-8").count("label") == 2

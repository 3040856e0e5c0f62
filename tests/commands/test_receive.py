"""`receive`: what a stranger wrote into the issue form becomes a draft or is refused, and is never more than text."""

# ruff: noqa: E501 - values are written out as they are

from __future__ import annotations

import argparse
import contextlib
import errno
import io
import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import strategies as st

from onrecord import intake, issue_forms
from onrecord.command import WrongUse
from onrecord.commands import loading, proposal, receive
from onrecord.intake import record
from onrecord.intake.sender import with_answers
from onrecord.model import Card, Text
from tests.fuzzing import SECONDS, examine
from tests.properties.test_import_check import TERMS, refused
from tests.unit.warm_readers import warm_readers

__all__ = ["warm_readers"]
pytestmark = pytest.mark.usefixtures("warm_readers")

Run = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]
TEXT = """Harbour Watch

8 February 2012

Ferry crews ask for light

The crews of the night ferry asked today for light on the pier, and for a rail along the steps that lead down to it.
"""


ATTACHED = "https://github.com/user-attachments/files/21/release.txt"


def body(
    text: str = TEXT,
    address: str = "https://harbour.example/light",
    fence: str = "```",
    files: str = "_No response_",
    **answers: str,
) -> str:
    """An issue's body as the form writes it."""
    text = text if text == "_No response_" else f"{fence}text\n{text}\n{fence}"
    given = {
        "address": address,
        "rights": "I do not know",
        "kind": "I do not know",
        "files": files,
        "text": text,
        **answers,
    }
    return "".join(
        f"### {question.label}\n\n{given.get(question.key, '_No response_')}\n\n" for question in issue_forms.RELEASE
    )


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "archive.toml").write_text('title = "Harbour papers"\n', encoding="utf-8")
    for name in ("topics", "places", "names"):
        (tmp_path / "content" / f"{name}.toml").write_text("", encoding="utf-8")
    return tmp_path / "content"


def event(content: Path, text: Any, number: Any = 12) -> Path:
    file = content.parent / "event.json"
    file.write_text(json.dumps({"issue": {"number": number, "body": text, "title": "$(id)"}}), encoding="utf-8")
    return file


@dataclass(frozen=True)
class Archive:
    """What a content folder holds: its releases with their texts, and its problems as they are printed."""

    releases: tuple[tuple[Card, Text], ...]
    problems: tuple[str, ...]


def archive(content: Path) -> Archive:
    parser = argparse.ArgumentParser()
    loading.add_arguments(parser)
    with loading.loaded(parser.parse_args(["--content", str(content)]), io.StringIO()) as files:
        releases = tuple(
            (checked.listed, files.text(checked)) for checked in files.checked if isinstance(checked.listed, Card)
        )
        return Archive(releases, tuple(f"{problem.path}: {problem.message}" for problem in files.problems))


def test_what_the_form_asks_is_what_is_read() -> None:
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / "release.yml").read_text("utf-8"))
    labels = tuple(field["attributes"]["label"] for field in form["body"] if field["type"] != "markdown")
    assert labels == receive.QUESTIONS
    assert (ROOT / ".github" / "ISSUE_TEMPLATE" / "release.yml").read_text("utf-8") == issue_forms.release_form()
    assert form["body"][-1]["attributes"]["render"] == "text"


def test_a_text_becomes_a_draft_with_its_address_and_a_question_on_rights(content: Path, run: Run) -> None:
    done = run("receive", event(content, body()), "--content", content)
    assert done.code == 0, done.err
    ((card, text),) = archive(content).releases
    assert card.status == "draft"
    assert card.title == "Ferry crews ask for light"
    assert card.date.edtf == "2012-02-08"
    assert text.origin.url == "https://harbour.example/light"
    assert text.origin.file == "issue-12.txt"
    assert ("rights", "Whoever sent it in answered: I do not know.") in {
        (ask.field, ask.evidence) for ask in text.review
    }
    assert archive(content).problems == ()


def test_the_same_text_again_adds_nothing(content: Path, run: Run) -> None:
    run("receive", event(content, body()), "--content", content)
    done = run("receive", event(content, body()), "--content", content)
    assert done.code == 1
    assert "is in the archive already" in done.err
    assert len(list(content.rglob("releases/**/*.md"))) == 1


@pytest.fixture
def attached(content: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine on which `curl` brings a file of ours: the real host of attachments cannot be reached by a test."""
    tools = content.parent / "tools"
    tools.mkdir()
    (tools / "curl").write_text(
        f'#!/bin/sh\necho "$@" >> {tools}/said\nwhile [ "$1" != --output ]; do shift; done\ncp {tools}/file "$2"\n',
        encoding="utf-8",
    )
    (tools / "curl").chmod(0o755)
    (tools / "file").write_text(TEXT, encoding="utf-8")
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    return tools / "said"


def test_an_attached_file_becomes_a_draft(content: Path, run: Run, attached: Path) -> None:
    done = run(
        "receive", event(content, body("_No response_", files=f"[release.txt]({ATTACHED})")), "--content", content
    )
    assert done.code == 0, done.err
    ((card, text),) = archive(content).releases
    assert (card.title, card.date.edtf) == ("Ferry crews ask for light", "2012-02-08")
    assert text.origin.url == "https://harbour.example/light"
    assert attached.read_text("utf-8").endswith(f" -- {ATTACHED}\n")
    assert archive(content).problems == ()


def test_of_several_documents_none_is_given_the_address_of_another(content: Path, run: Run, attached: Path) -> None:
    other = TEXT.replace("light", "lamps").replace("8 February", "9 February")
    done = run("receive", event(content, body(other, files=f"[a.txt]({ATTACHED})")), "--content", content)
    assert done.code == 0, done.err
    releases = archive(content).releases
    assert len(releases) == 2
    for _, text in releases:
        assert text.origin.url == ""
        assert ("source.url", "https://harbour.example/light") in {(ask.field, ask.evidence) for ask in text.review}
    assert archive(content).problems == ()


def test_a_document_that_names_its_own_address_keeps_it_and_the_senders_is_a_question(
    content: Path, run: Run, attached: Path
) -> None:
    words = "The crews of the night ferry asked today for light on the pier, and for a rail along the steps. " * 3
    (attached.parent / "file").write_text(
        f"<html><head><link rel=canonical href=https://harbour.example/own><title>Ferry crews ask for light</title></head>"
        f"<body><article><h1>Ferry crews ask for light</h1><p>8 February 2012</p><p>{words}</p></article></body></html>",
        encoding="utf-8",
    )
    sent = event(content, body("_No response_", files=f"[page.html]({ATTACHED})"))
    assert run("receive", sent, "--content", content).code == 0
    ((_, text),) = archive(content).releases
    assert text.origin.url == "https://harbour.example/own"
    assert ("source.url", "https://harbour.example/light") in {(ask.field, ask.evidence) for ask in text.review}
    assert archive(content).problems == ()
    again = run("receive", sent, "--content", content)
    assert "is in the archive already" in again.err


def test_an_attachment_that_brings_nothing_is_refused_in_a_line(content: Path, run: Run, attached: Path) -> None:
    (attached.parent / "curl").write_text("#!/bin/sh\n", encoding="utf-8")
    done = run("receive", event(content, body(files=f"[release.txt]({ATTACHED})")), "--content", content)
    assert done.code == 0
    assert "issue-12-file-1: refused. It cannot be read: No such file or directory." in done.err
    assert len(archive(content).releases) == 1


@pytest.mark.parametrize(
    "link",
    [
        "https://other.example/user-attachments/files/21/release.txt",
        "https://github.com/user-attachments/files/21/../../x",
        "https://github.com/user-attachments/files/x/release.txt",
        "https://github.com.other.example/user-attachments/files/21/release.txt",
        "file:///etc/passwd",
        "https://github.com/user-attachments/files/21/a;touch here",
        "http://github.com/user-attachments/files/21/release.txt",
    ],
)
def test_nothing_is_fetched_from_anywhere_else(content: Path, run: Run, attached: Path, link: str) -> None:
    done = run("receive", event(content, body("_No response_", files=f"[x]({link})")), "--content", content)
    assert done.code == 2
    assert "holds no text and no file" in done.err
    assert not attached.exists()


HOSTILE = [
    "$(touch here); `touch here`; touch here && rm -rf .",
    '"; touch here; echo "',
    "../../../etc/passwd",
    "---\ntitle: mine\nstatus: published\n---\n",
    "key: &a [*a, *a]\n<<: *a\n!!python/object/apply:os.system [touch here]",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "![x](javascript:alert(1)) [y](file:///etc/passwd)",
    "```\n\n### Address\n\nhttps://other.example/\n\n### The text\n\nother",
    "~~~\n@everyone #1 [link](https://other.example)\n~~~~~~",
    "\u202etxet desrever\u200b",
    "${{ github.token }} %0A::set-output name=x::y\n::error::x",
    "half of a pair: \ud800 and \udfff",
    "\x00\x01\x08\x0b\x0c\x0e\x1f\x7f\x85\u2028\u2029",
    "\ufeff\ufffe\uffff",
    "[" * 20_000,
    "`" * 5_000 + "\n" + "~" * 5_000,
    "<!--" * 5_000,
    "{%" * 5_000 + "{{ x }}",
    "&amp;" * 5_000,
    "- " * 2_000 + "x",
    "> " * 2_000 + "x",
    "a-\n" * 10_000,
    "a\u0300" * 5_000 + "\u0345" * 500,
    "[[redacted: no]] [[redacted]] [[redacted: ]]",
    "[x]: javascript:alert(1)\n[x] [y][x] ![z][x]",
    "--- \n...\n%YAML 1.2\n---\n",
    "title: x\r\nstatus: published\r\n",
    "### The text\n\nmine\n### Address\n\nhttps://other.example/",
    "C:\\Windows\\win.ini \\\\host\\share CON NUL",
    "%s%s%s%n {0.__class__} {self} %(x)s",
    "'; DROP TABLE releases; --",
    "--upload-pack=touch here --exec=touch --output=here",
    "-n\n--help\n-rf\n",
    "https://user:pass@harbour.example:99999/\u202e",
    "http://[::1 http://[x] http://\u3002/",
    "date: 9999-99-99 2012-02-30 -0001-01-01 31/02/2012",
    "\u0661\u0669 \u0634\u0628\u0627\u0637 \u200f\u200e\u061c",
    "\U000e0001\U000e0041 \U0001f468\u200d\U0001f469",
]
"""What an issue may hold. Each costs the start of a reader: the suite takes every fifth, `make audit-fuzz` all."""


def judge_issue(read: object) -> None:
    """What an event holds is an issue, or refused with a sentence; the text of one that is read is a draft that `check` takes."""
    try:
        issue = receive.parsed_issue(read)
    except WrongUse:
        return
    sender = intake.Sender(issue.url, issue.archived, issue.rights)
    for written in record.of("issue-12.txt", issue.text.encode(), TERMS) if issue.text else ():
        assert written.refused or refused(with_answers(written, sender, alone=True)) == []


@pytest.mark.fuzz
def test_any_issue_is_read_or_refused() -> None:
    words = st.lists(
        st.sampled_from([*(value[:300] for value in HOSTILE), *(f"### {name}\n\n" for name in receive.QUESTIONS), TEXT, ATTACHED, "\n\n", "```text\n", "\n```\n", "_No response_", "\r\n"])
        | st.text(max_size=4),
        max_size=8,
    ).map("".join)  # fmt: skip
    bodies = words | st.builds(body, words, words, st.sampled_from(["```", "````", "``"]), words)
    bodies |= st.builds(lambda start, end: body(TEXT)[: -start or None] + end, st.integers(0, 300), words)
    odd: st.SearchStrategy[object] = st.sampled_from([None, True, 12, -1, 2**80, 1.5, [], {}, "12"])
    events: st.SearchStrategy[object] = bodies.map(lambda text: {"issue": {"number": 12, "body": text}})
    events |= st.builds(lambda number, text: {"issue": {"number": number, "body": text}}, odd, odd | bodies)
    events |= odd.map(lambda issue: {"issue": issue})
    examine("an issue that was sent in", judge_issue, events, examples=20)


@pytest.mark.fuzz
def test_any_event_is_read_or_refused(tmp_path: Path) -> None:
    def judge_event(data: bytes) -> None:
        (tmp_path / "event.json").write_bytes(data)
        with contextlib.suppress(WrongUse):
            judge_issue(receive._event(tmp_path / "event.json"))

    parts = [b"{", b"}", b"[", b"]", b":", b",", b'"issue"', b'"body"', b'"number"', b'"x"', b"1", b"1e999", b"NaN", b"null", b'"\\ud800"', b'"\xff"', b"\x00", b"9" * 5000, b"[" * 2000]  # fmt: skip
    data = st.lists(st.sampled_from(parts) | st.binary(max_size=3), max_size=20).map(b"".join)
    examine("an event", judge_event, data)


@pytest.mark.fuzz
@pytest.mark.parametrize("hostile", HOSTILE if SECONDS else HOSTILE[::5])
def test_whatever_is_written_stays_text(content: Path, run: Run, hostile: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(content.parent)
    done = run(
        "receive", event(content, body(f"{TEXT}\n{hostile}\n", address=hostile.split("\n")[0])), "--content", content
    )
    assert not (content.parent / "here").exists()
    written = list(content.rglob("releases/**/*.md"))
    assert done.code in (0, 1)
    assert "Traceback" not in done.err
    assert "refused" in done.err or "draft" in done.err
    assert sorted(path.name for path in content.parent.iterdir()) == ["content", "event.json"]
    for path in written:
        assert path.resolve().is_relative_to((content / "releases").resolve())
        for card, text in archive(content).releases:
            if card.path == path.relative_to(content).as_posix():
                assert card.status == "draft"
                assert text.origin.url == ""
                assert "<script" not in text.body.html
                assert "<img" not in text.body.html
                assert "<a " not in text.body.html or 'href="https://other.example' in text.body.html


@pytest.mark.parametrize(
    ("text", "number", "message"),
    [
        ("Please add my text.", 12, "Issue 12 was not written with the form"),
        (body("_No response_"), 12, "Issue 12 holds no text and no file."),
        (body(), "12; touch here", "This event is about no issue."),
        (None, 12, "This event is about no issue."),
        ("x\n" + body(), 12, "Issue 12 was not written with the form"),
    ],
)
def test_what_is_no_answer_to_the_form_is_refused_in_one_line(
    content: Path, run: Run, text: Any, number: Any, message: str
) -> None:
    done = run("receive", event(content, text, number), "--content", content)
    assert done.code == 2
    assert message in done.err
    assert done.err.count("\n") == 1
    assert not (content / "releases").exists()


def test_a_mark_of_the_archive_s_own_in_a_text_that_was_sent_is_asked_about(content: Path, run: Run) -> None:
    """Nobody outside says what the archive has taken out, and the pull request's check finds no fault in the draft."""
    done = run(
        "receive",
        event(content, body(f"{TEXT}\nThe mate was [[redacted]] that night, the crews wrote.\n")),
        "--content",
        content,
    )
    assert done.code == 0
    draft = (content / "releases/2012/2012-02-08-ferry-crews-ask-for-light.md").read_text(encoding="utf-8")
    assert '- field: "body"' in draft
    assert "[[redacted" not in draft
    assert " bad-redaction " not in run("check", "--content", content).out


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (
            body(f"{TEXT}\nA half: \ud83d, and a whole: \U0001f6a2.\n"),
            "holds 1 broken character: in the place of each stands U+FFFD",
        ),
        (
            body().replace("I do not know", "Yes, because " + "I say so " * 5_000, 1),
            "the draft has the first 300; the rest is in issue 12",
        ),
        (body(address="https://harbour.example/" + "a" * 50_000), "1 draft"),
        (body(address="https://harbour.example/a b"), "1 draft"),
        (body(address="http://[x"), "1 draft"),
        (body("🚢" * (65_536 - len(body("")))), "1 draft"),
    ],
)
def test_what_no_draft_can_hold_is_said_and_the_draft_is_right(content: Path, run: Run, sent: str, told: str) -> None:
    done = run("receive", event(content, sent), "--content", content)
    assert done.code == 0, done.err
    assert told.lower() in done.err.lower()
    assert archive(content).problems == ()
    assert len(archive(content).releases) == 1


@pytest.mark.parametrize(
    "data", ["[" * 100_000, "{", "\x00", '{"issue": true}', '{"issue": {"number": true, "body": ""}}']
)
def test_what_is_no_event_is_refused_in_one_line(content: Path, run: Run, data: str) -> None:
    (content.parent / "event.json").write_text(data, encoding="utf-8")
    done = run("receive", content.parent / "event.json", "--content", content)
    assert done.code == 2
    assert done.err.count("\n") == 1


def test_more_than_an_issue_can_hold_is_refused_before_it_is_read(content: Path, run: Run) -> None:
    done = run("receive", event(content, body("🚢" * 65_536)), "--content", content)
    assert done.code == 2
    assert "GitHub takes no more than 65,536" in done.err
    file = content.parent / "event.json"
    file.write_bytes(b"[" * (2 * 1024**2 + 1))
    done = run("receive", file, "--content", content)
    assert done.code == 2
    assert "no issue has as many" in done.err


def test_nothing_is_unpickled(content: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("unpickled")

    monkeypatch.setattr(pickle, "loads", refuse)
    monkeypatch.setattr(pickle, "load", refuse)
    monkeypatch.setattr(pickle, "Unpickler", refuse)
    monkeypatch.setattr("multiprocessing.reduction.ForkingPickler.loads", refuse)
    releases = content / "releases" / "2012"
    releases.mkdir(parents=True)
    for number in range(80):
        text = f"---\ntitle: Notice {number}\ndate: 2012-02-08\nlanguage: en\nextent: full\n---\nNotice {number}.\n"
        (releases / f"2012-02-08-notice-{number}.md").write_text(text, encoding="utf-8")
    assert run("receive", event(content, body()), "--content", content).code == 0


def test_no_key_is_there_when_the_first_foreign_byte_is_read(content: Path, attached: Path) -> None:
    """Neither in the environment of whatever is run, nor in what the system shows of the process that the issue is read in."""
    (attached.parent / "curl").write_text(
        f"#!/bin/sh\nenv > {content.parent}/environment\ncat /proc/$PPID/environ >> {content.parent}/environment || true\n"
        f'while [ "$1" != --output ]; do shift; done\ncp {attached.parent}/file "$2"\n',
        encoding="utf-8",
    )
    keys = {
        "GH_TOKEN": "key-1",
        "GITHUB_TOKEN": "key-2",
        "ACTIONS_RUNTIME_TOKEN": "key-3",
        "OF_A_NAME_NOBODY_KNOWS": "key-4",
        "ONRECORD_REDACTIONS_TEXT": "key-6",
        "HTTPS_PROXY": "http://me:key-5@proxy.example",
    }
    sent = event(content, body("_No response_", files=f"[release.txt]({ATTACHED})"))
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), "receive", str(sent), "--content", str(content)],
        env={**os.environ, **keys},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen = (content.parent / "environment").read_bytes()
    assert b"PATH=" in seen
    assert b"key-" not in seen


def test_what_is_kept_for_the_second_step_is_what_was_written(content: Path, run: Run) -> None:
    done = run("receive", event(content, body()), "--content", content, "--keep", content.parent / "kept")
    kept = proposal.read(content.parent / "kept")
    ((path, data),) = kept.drafts
    assert kept.issue == 12
    assert (content / "releases" / path).read_bytes() == data
    assert kept.report == done.err


def test_what_reads_an_issue_writes_nothing_but_drafts(content: Path, attached: Path) -> None:
    """The process itself is asked, by a library of ours that it imports when everything has been fetched."""
    probe = content.parent / "probe"
    probe.mkdir()
    # The tests' own folder stands in the system's place for temporary files, which may be written: the letter lies elsewhere.
    precious = Path(tempfile.mkdtemp(dir="/var/tmp" if os.path.isdir("/var/tmp") else None)) / "letter.txt"
    precious.write_text("the only copy", encoding="utf-8")
    (probe / "sitecustomize.py").write_text(
        "import json, pathlib, sys\n"
        "class Probe:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'onrecord.intake.drafting':\n"
        "            sys.meta_path.remove(self)\n"
        "            try:\n"
        f"                pathlib.Path({str(precious)!r}).write_text('x')\n"
        "            except PermissionError:\n"
        "                sys.stderr.write('refused\\n')\n"
        "if sys.argv[1:2] == ['receive'] or 'receive' in sys.orig_argv:\n"
        "    sys.meta_path.insert(0, Probe())\n",
        encoding="utf-8",
    )
    sent = event(content, body("_No response_", files=f"[release.txt]({ATTACHED})"))
    command = [
        str(ROOT / "build.py"),
        "receive",
        str(sent),
        "--content",
        str(content),
        "--keep",
        str(content.parent / "k"),
    ]
    program = (
        f"import sys, runpy; sys.path[:0] = [{str(ROOT)!r}, {str(probe)!r}]; sys.argv = {command!r}; import sitecustomize; "
        f"sys.meta_path.insert(0, sitecustomize.Probe()); runpy.run_path({command[0]!r}, run_name='__main__')"
    )
    environment = {name: value for name, value in os.environ.items() if name == "PATH" or name.startswith("ONRECORD_")}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(archive(content).releases) == 1
    assert (content.parent / "k" / "proposal.json").exists()
    left = precious.read_text("utf-8")
    shutil.rmtree(precious.parent)
    if "refused" not in done.stderr:
        pytest.skip("this system has no Landlock")
    assert left == "the only copy"


# ---- what the sender states ------------------------------------------------------------------------------------------------------


def asked(content: Path) -> set[tuple[str, str, str]]:
    ((_, text),) = archive(content).releases
    return {(question.field, question.question, question.evidence) for question in text.review}


BARE = "The crews of the night ferry asked today for light on the pier, and for a rail along the steps that lead down to it.\n"


def test_what_the_sender_states_stands_in_the_draft_with_a_question_beside_it(content: Path, run: Run) -> None:
    sent = body(
        BARE,
        title="Crews ask for light",
        date="٨ شباط ٢٠١٢",
        publisher="Harbour Watch",
        language="anglais",
        kind="Press release",
    )
    done = run("receive", event(content, sent), "--content", content)
    assert done.code == 0, done.err
    ((card, _),) = archive(content).releases
    assert (card.title, card.date.edtf, card.publisher) == ("Crews ask for light", "2012-02-08", "Harbour Watch")
    assert card.slug == "2012-02-08-crews-ask-for-light"
    evidence = {field: words for field, _, words in asked(content) if words.startswith("Whoever sent it in wrote")}
    assert evidence["date"] == "Whoever sent it in wrote: ٨ شباط ٢٠١٢"
    assert {"title", "publisher", "kind"} <= evidence.keys()
    assert archive(content).problems == ()


def test_what_the_document_states_is_not_overruled_by_its_sender(content: Path, run: Run) -> None:
    done = run(
        "receive", event(content, body(date="9 Feb 2012", title="Ferry crews ask for light")), "--content", content
    )
    assert done.code == 0, done.err
    ((card, _),) = archive(content).releases
    assert card.date.edtf == "2012-02-08"
    assert (
        "date",
        "Is it “2012-02-09”? The document itself says otherwise.",
        "Whoever sent it in wrote: 9 Feb 2012",
    ) in asked(content)
    assert "title" not in {field for field, _, _ in asked(content)}


@pytest.mark.parametrize(
    ("key", "written", "question"),
    [
        ("date", "03/04/2012", "Which day is “03/04/2012”: 2012-04-03, 2012-03-04?"),
        (
            "date",
            "Monday 8 February 2012",
            "Which day is “Monday 8 February 2012”? Its day of the week is another one.",
        ),
        (
            "date",
            "12 ربيع الأول 1433",
            "Which day of the Gregorian calendar is “12 ربيع الأول 1433”? It is of another calendar.",
        ),
        ("date", "the other day", "When was it published? “the other day” is not understood as a date."),
        ("language", "Elvish", "Which language is “Elvish”? It is not known by this name."),
        ("kind", "ballad", "Which kind of document is “ballad”?"),
    ],
)
def test_what_is_not_clear_is_a_question_of_its_own_and_never_guessed(
    content: Path, run: Run, key: str, written: str, question: str
) -> None:
    done = run("receive", event(content, body(BARE, **{key: written})), "--content", content)
    assert done.code == 0, done.err
    assert (key, question, f"Whoever sent it in wrote: {written}") in asked(content)


def test_places_and_names_are_found_proposed_or_asked_about(content: Path, run: Run, tmp_path: Path) -> None:
    (content / "places.toml").write_text('[[place]]\nlabel = "Port Elm"\naliases = ["Elm"]\n', encoding="utf-8")
    sent = body(places="- elm\n- Old Quay; Port Elmm", names="Ada Example\n<script>", topics="Light at night")
    done = run("receive", event(content, sent), "--content", content, "--keep", tmp_path / "kept")
    assert done.code == 0, done.err
    ((card, _),) = archive(content).releases
    assert list(card.places) == ["port-elm", "old-quay"]
    assert list(card.names) == ["ada-example"]
    assert '\n[[place]]\nlabel = "Old Quay"\n' in (content / "places.toml").read_text("utf-8")
    assert (content / "topics.toml").read_text("utf-8") == ""
    assert proposal.read(tmp_path / "kept").terms == (("places", "Old Quay"), ("names", "Ada Example"))
    assert "Proposed to places.toml: Old Quay\n" in done.err
    questions = {(field, words.partition(".toml")[0]) for field, words, _ in asked(content)}
    assert ("topics", "“Light at night” is not in topics") in questions
    assert ("places", "“Port Elmm” is not in places") in questions
    assert ("names", "“<script>” is not in names") in questions
    assert ("places", "Is each of these a new entry of places") in questions
    assert archive(content).problems == ()


def test_files_that_are_named_are_asked_for_and_not_fetched(content: Path, run: Run, attached: Path) -> None:
    sent = body(belonging=f"statement.pdf; original; Harbour Watch\n\n* pier.jpg; photograph\n{ATTACHED}")
    done = run("receive", event(content, sent), "--content", content)
    assert done.code == 0, done.err
    assert not attached.exists()
    named = [evidence for field, _, evidence in sorted(asked(content)) if field == "files"]
    assert named == [ATTACHED, "pier.jpg; photograph", "statement.pdf; original; Harbour Watch"]
    assert archive(content).problems == ()


def test_an_older_form_is_still_read() -> None:
    older = (
        "### Address\n\n_No response_\n\n### Archived copy\n\n_No response_\n\n### May the text be republished here?\n\nI do not know\n\n"
        "### Files\n\n_No response_\n\n### The text\n\n```text\nWords.\n\n### Title\n\nNot an answer\n```\n"
    )
    issue = receive.parsed_issue({"issue": {"number": 1, "body": older}})
    assert issue.text == "Words.\n\n### Title\n\nNot an answer\n"
    assert set(issue.values.values()) == {""}


@pytest.mark.parametrize(
    "entry", [["topics", "Light"], ["places", 'a"b'], ["places", "two\nlines"], ["places"], "places", ["../x", "A"]]
)
def test_an_entry_that_receive_does_not_propose_is_refused(tmp_path: Path, entry: Any) -> None:
    draft = b"---\ntitle: x\nstatus: draft\n---\n"
    proposal.write(
        tmp_path / "kept", proposal.Proposal(1, (("2012/2012-a.md", draft),), "", terms=(("places", "Old Quay"),))
    )
    assert proposal.read(tmp_path / "kept").terms == (("places", "Old Quay"),)
    listed = tmp_path / "kept" / "proposal.json"
    listed.write_text(
        listed.read_text("ascii").replace(
            json.dumps(["places", "Old Quay"], indent=1).replace("\n", "\n  "), json.dumps(entry)
        ),
        "ascii",
    )
    assert json.loads(listed.read_text("ascii"))["terms"] == [entry]
    with pytest.raises(WrongUse):
        proposal.read(tmp_path / "kept")


def receive_alone(content: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`receive` in a process of its own, which gives up its rights."""
    command = [sys.executable, str(ROOT / "build.py"), "receive", str(event(content, body())), "--no-setup"]
    command += ["--content", str(content), "--cache", str(content.parent / "cache")]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)


def test_a_folder_for_what_is_temporary_may_be_named(content: Path, tmp_path: Path) -> None:
    (tmp_path / "temporary").mkdir()
    done = receive_alone(content, TMPDIR=str(tmp_path / "temporary"))
    assert done.returncode == 0, done.stderr
    assert len(archive(content).releases) == 1


def test_where_nothing_can_be_read_one_line_says_so(content: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def drafts(*_: object, **__: object) -> None:
        raise intake.NotStarted("The program that reads documents does not start.")

    monkeypatch.setattr(intake, "drafts", drafts)
    done = run("receive", event(content, body()), "--content", content)
    assert done.code == 2
    assert len(done.err.splitlines()) == 1
    assert "does not start" in done.err
    assert archive(content).releases == ()


def test_the_longest_answer_is_a_draft_that_check_takes_and_a_longer_one_is_refused(content: Path, run: Run) -> None:
    refused_one = run("receive", event(content, body(rights="I have asked them. " * 11_000)), "--content", content)
    assert refused_one.code == 2
    assert "GitHub takes no more than 65,536" in refused_one.err
    done = run("receive", event(content, body(rights="I have asked them. " * 3_350)), "--content", content)
    assert done.code == 0, done.err
    assert len(archive(content).releases) == 1
    assert archive(content).problems == ()


@pytest.mark.parametrize("step", ["written", "add_terms", "write"])
def test_of_what_finds_no_room_nothing_is_left_and_the_same_command_begins_anew(
    content: Path, run: Run, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    sent = event(content, body(places="Old Quay", names="Ilse Vandergaard"))
    command = ("receive", sent, "--content", content, "--keep", content.parent / "kept", "--no-setup")
    (content / "names.toml").write_text('[[name]]\nlabel = "Ada Quill"', encoding="utf-8")
    monkeypatch.chdir(content.parent)

    def state(folder: Path) -> dict[str, bytes]:
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    before = state(content)
    place: Any = intake if step == "written" else proposal
    done = getattr(place, step)

    def full(*arguments: Any) -> Any:
        """All of it is written, and then there is no room for more."""
        for _ in done(*arguments) or ():
            pass
        raise OSError(errno.ENOSPC, "No space left on device", str(content))

    with monkeypatch.context() as patch:
        patch.setattr(place, step, full)
        ran = run(*command)
    assert (ran.code, ran.out, ran.err) == (2, "", f"build.py: No space left on device ({content}).\n")
    assert state(content) == before
    ran = run(*command)
    assert (ran.code, ran.out) == (0, f"{content / 'releases/2012/2012-02-08-ferry-crews-ask-for-light.md'}\n")
    assert "Proposed to names.toml: Ilse Vandergaard\n" in ran.err
    assert sorted(state(content.parent / "kept")) == ["draft-1.md", "proposal.json"]

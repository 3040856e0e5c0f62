"""The `import` command: what it writes, what it refuses, and that one bad document harms no other."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import io
import json
import os
import re
import socket
import zipfile
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from onrecord import check, read
from onrecord.command import WrongUse
from onrecord.commands import importing, loading
from onrecord.intake import workers
from onrecord.intake.document import Record
from onrecord.model import Card, Source, Vocabularies
from tests.unit.warm_readers import warm_readers

__all__ = ["warm_readers"]
pytestmark = pytest.mark.usefixtures("warm_readers")

RELEASE = """NADIR WATCH
PRESS RELEASE
Ref: NW/2013/{number}
{date}

Marovia: {title}

The authorities in Marovia must {verb} eleven teachers who have been held without access to a lawyer since January, Nadir Watch said today.

"Holding people in secret for {number} days is a crime under Marovian law," said Ines Okoro of Nadir Watch.

For more information call +44 20 7946 0123.
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "names.toml").write_text('[[name]]\nlabel = "Ines Okoro"\nslug = "ines-okoro"\nkind = "person"\n')
    (folder / "places.toml").write_text('[[place]]\nlabel = "Marovia"\nslug = "marovia"\n')
    (folder / "topics.toml").write_text("")
    return folder


def run(content: Path, *sources: Path, **given: Any) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    args = {
        "to": str(content / "releases"),
        "content": None,
        "dry_run": False,
        "json": False,
        "explain": False,
        "keep": False,
        "jobs": 1,
        "no_setup": True,
        "cluster": None,
        "cache": content.parent / "cache",
    }
    args |= given
    code = importing.run(Namespace(sources=[str(source) for source in sources], **args), out=out, err=err)
    return code, out.getvalue(), err.getvalue()


def release(
    folder: Path,
    name: str,
    date: str = "11 March 2013",
    number: int = 60,
    title: str = "Free the teachers now",
    verb: str = "release",
) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(RELEASE.format(date=date, number=number, title=title, verb=verb), encoding="utf-8")
    return path


def test_a_draft_passes_the_check_and_holds_its_origin(content: Path, tmp_path: Path) -> None:
    source = release(tmp_path, "in/one.txt")
    assert run(content, source)[0] == 0
    vocabularies, _ = read.vocabularies(content)
    entries, problems = read.entries(read.scan(content))
    draft = read.source(read.file(entries[0]))
    assert isinstance(draft, Source)
    verdict = check.release(draft, check.rules(vocabularies, loading.moment().today))
    assert [problem for problem in (*problems, *verdict.problems) if problem.level == "error"] == []
    card, text = verdict.listed, verdict.text
    assert isinstance(card, Card)
    assert text is not None
    assert (card.status, card.reference, card.date.edtf) == ("draft", "NW/2013/60", "2013-03-11")
    assert card.publisher in ("NADIR WATCH", "Nadir Watch")
    assert text.quotations[0].paragraph == 2
    assert text.origin.file == "one.txt"
    assert re.fullmatch("[0-9a-f]{64}", text.origin.sha256)
    assert "7946" not in draft.body


def test_the_same_bytes_twice_add_nothing_and_nothing_is_overwritten(content: Path, tmp_path: Path) -> None:
    source = release(tmp_path, "in/one.txt")
    run(content, source)
    (draft,) = (content / "releases").rglob("*.md")
    draft.write_text(draft.read_text() + "A contributor's sentence.\n")
    code, _, printed_errors = run(content, source)
    assert code == 0
    assert "is in the archive already" in printed_errors
    release(tmp_path, "in/two.txt", verb="free")
    run(content, tmp_path / "in")
    assert "A contributor's sentence." in draft.read_text()
    assert len(list((content / "releases").rglob("*.md"))) == 2


def test_the_same_bytes_in_one_run_make_one_draft(content: Path, tmp_path: Path) -> None:
    release(tmp_path, "in/one.txt")
    release(tmp_path, "in/copy.txt")
    run(content, tmp_path / "in")
    assert len(list((content / "releases").rglob("*.md"))) == 1


def test_a_dry_run_writes_nothing(content: Path, tmp_path: Path) -> None:
    code, printed, _ = run(content, release(tmp_path, "in/one.txt"), dry_run=True, json=True)
    assert code == 0
    assert json.loads(printed)["title"] == "Marovia: Free the teachers now"
    assert not (content / "releases").exists()


def test_explain_writes_nothing_and_says_why_each_line_is_where_it_is(content: Path, tmp_path: Path) -> None:
    code, printed, _ = run(content, release(tmp_path, "in/one.txt"), explain=True)
    assert code == 0
    assert not (content / "releases").exists()
    assert (
        "title: “Marovia: Free the teachers now” — headline: line alone between the kind or day and the text" in printed
    )
    assert "left out: “For more information call +44 20 7946 0123.” — contacts: contact data" in printed
    assert "date: 2013-03-11 — “11 March 2013”" in printed


def test_left_out_text_is_printed_whole(content: Path, tmp_path: Path) -> None:
    _, printed, _ = run(content, release(tmp_path, "in/one.txt"), dry_run=True, json=True)
    left_out = {left["text"]: left["reason"] for left in json.loads(printed)["left_out"]}
    assert left_out == {
        "For more information call +44 20 7946 0123.": "contact data",
        "PRESS RELEASE": "line of the head",
        "Ref: NW/2013/60": "line of the head",
    }


def test_a_bad_document_is_refused_with_a_reason_and_the_others_go_on(content: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    release(tmp_path, "in/b.txt")
    (folder / "a.txt").write_bytes(b"")
    (folder / "c.bin").write_bytes(bytes(range(256)) * 20)
    (folder / "d.pdf").write_bytes(b"%PDF-1.4\nnothing")
    code, printed, printed_errors = run(content, folder)
    assert code == 1
    assert "a.txt: refused. The file is empty." in printed_errors
    assert "c.bin: refused." in printed_errors
    assert "d.pdf: refused. The PDF is broken" in printed_errors
    assert "b.txt →" in printed


def test_the_order_of_day_and_month_is_learned_from_the_publishers_other_dates(content: Path, tmp_path: Path) -> None:
    release(
        tmp_path, "in/open.txt", date="03/04/2014", number=1, title="A first title of its own", verb="count and name"
    )
    release(
        tmp_path, "in/plain.txt", date="25/04/2014", number=2, title="Quite another title here", verb="hear and see"
    )
    _, printed, _ = run(content, tmp_path / "in", dry_run=True, json=True)
    by_source = {record["source"]: record for record in map(json.loads, printed.splitlines())}
    assert by_source["open.txt"]["date"] == "2014-04-03"
    assert not [ask for ask in by_source["open.txt"]["review"] if ask["field"] == "date"]


def test_without_such_evidence_the_order_is_asked(content: Path, tmp_path: Path) -> None:
    _, printed, _ = run(content, release(tmp_path, "in/open.txt", date="03/04/2014"), dry_run=True, json=True)
    record = json.loads(printed)
    assert record["date"] is None
    assert "2014-04-03 or 2014-03-04" in next(ask["question"] for ask in record["review"] if ask["field"] == "date")


def test_the_same_text_is_found_in_the_archive(content: Path, tmp_path: Path) -> None:
    run(content, release(tmp_path, "in/one.txt"))
    copy = tmp_path / "in" / "later.txt"
    copy.write_text(
        (tmp_path / "in" / "one.txt")
        .read_text()
        .replace("PRESS RELEASE\nRef: NW/2013/60\n11 March 2013\n", "")
        .replace("now", "today")
    )
    run(content, copy)
    drafts = {path.stem: path.read_text() for path in (content / "releases").rglob("*.md")}
    assert (
        'same_text_as: ["2013-03-11-marovia-free-the-teachers-now"]'
        in drafts["undated-marovia-free-the-teachers-today"]
    )


def test_wrong_use_is_said_in_a_line(content: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="no file or folder"):
        run(content, tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(WrongUse, match="no document"):
        run(content, tmp_path / "empty")


def records(tmp_path: Path, limits: workers.Limits, **files: bytes) -> dict[str, Record]:
    paths = []
    for name, data in files.items():
        path = tmp_path / name
        path.write_bytes(data)
        paths.append((name, path))
    of_files = workers.records(paths, Vocabularies(), limits, jobs=1)
    return {record.source: record for _, of_file in of_files for record in of_file}


GOOD = RELEASE.format(date="11 March 2013", number=3, title="Free the teachers now", verb="release").encode()


def work_of_readers() -> float:
    """The seconds of the processor that processes took which this one began and that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def test_a_document_that_takes_too_long_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    began = work_of_readers()
    by_name = records(
        tmp_path,
        workers.Limits(seconds=1),
        first=GOOD,
        slow=(b"The crews have asked for light on the pier for many years. " * 5 + b"\n\n") * 6_000,
        last=GOOD,
    )
    assert "longer than 1 seconds of work" in by_name["slow"].refused
    assert by_name["first"].title == by_name["last"].title == "Marovia: Free the teachers now"
    assert work_of_readers() - began < 45


def test_a_bomb_and_a_giant_are_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (80 * 1024 * 1024))
    by_name = records(tmp_path, workers.Limits(size=2_000_000), bomb=packed.getvalue(), giant=b"x" * 2_000_001)
    assert "more than 64 MB" in by_name["bomb"].refused
    assert "at most 2,000,000" in by_name["giant"].refused


def test_entities_and_passwords_are_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            "word/document.xml", '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d>&e;</d>'
        )
    locked = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n4 0 obj<</Filter/Standard/V 1/R 2/O<"
        + b"28" * 32 + b">/U<" + b"9a" * 32 + b">/P -44>>endobj\ntrailer<</Root 1 0 R/Encrypt 4 0 R/ID[<01><01>]/Size 5>>\n%%EOF"
    )  # fmt: skip
    by_name = records(tmp_path, workers.Limits(), entity=packed.getvalue(), locked=locked)
    assert "XML entities" in by_name["entity"].refused
    assert "password" in by_name["locked"].refused


def test_reading_a_document_opens_no_connection(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(1)
        port = server.getsockname()[1]
        page = f'<html><head><link rel="stylesheet" href="http://127.0.0.1:{port}/a.css"></head><body><img src="http://127.0.0.1:{port}/b.png"><h1>Marovia: Free the teachers now</h1><p>{"The authorities must release the eleven teachers they have held since January, Nadir Watch said. " * 3}</p><iframe src="http://127.0.0.1:{port}/"></iframe></body></html>'
        by_name = records(tmp_path, workers.Limits(), page=page.encode())
        assert by_name["page"].title == "Marovia: Free the teachers now"
        with pytest.raises(TimeoutError):
            server.accept()


def test_what_a_folder_s_walk_passes_over_is_named(content: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "README.md").write_text("# About this folder\n")
    (folder / ".hidden").write_text("x")
    (folder / "a.txt").write_text(RELEASE.format(number=1, date="3 May 2013", title="Free the teachers", verb="free"))
    err = io.StringIO()
    args = Namespace(
        sources=[str(folder)], to=None, content=str(content), dry_run=True, json=True, explain=False, keep=False, jobs=1, no_setup=True, cluster=None, cache=tmp_path / "cache"
    )  # fmt: skip
    importing.run(args, out=io.StringIO(), err=err)
    assert ".hidden, README.md" in err.getvalue()

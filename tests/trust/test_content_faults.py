"""An import, what somebody sent in, an answer to many drafts, names that are added, a packed copy, a search for a word, an edition, its
time stamp, previews, a cleaned copy, a new archive, a check and builds (the first, one after an edit, one that adopts), each killed at any
moment or with the disk full at any byte: every file of the content is as it was or as it shall be, and the same command, run again, ends
where one ends that nothing stopped, with nothing of its own left beside. The random moments are tried in `make audit-faults`
(ONRECORD_FAULTS); in the suite, one that is known."""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from onrecord import read, record_table, tabular
from tests import originals
from tests.commands.test_receive import body, event
from tests.commands.test_receive_corrections import sent
from tests.conftest import ROOT
from tests.processes import ended
from tests.timestamp_authority import authority
from tests.trust.archives import release
from tests.trust.killing import Kills
from tests.trust.test_recovery import mounted
from tests.unit import disclosing_files

TIMES = int(os.environ.get("ONRECORD_FAULTS", "") or 0)
DRAFTS = 40
PAGE = 4096
PAGES_AT_END = 48
ROOM = "256m"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes end with their parent on Linux")

DRAFT = """---
title: "Lamps for quay {number}"
date: "2012-02-{day:02}"
publisher:
language: "en"
extent: "full"
quotations:
  - speaker: "Ilse Vandergaard"
    text: "Quay {number} is dark"
status: "draft"
review:
  - field: "publisher"
    question: "Who published it?"
    evidence: "Harbour Watch (letterhead)"
  - field: "names"
    question: "“Ilse Vandergaard” is quoted and is not in names.toml. Add the name there, or leave it out."
    evidence: "“Quay {number} is dark”"
---
“Quay {number} is dark,” said Ilse Vandergaard.
"""
LETTER = """PRESS RELEASE

Harbour Watch

{day} February 2012

Crews of quay {number} ask for light

The crews of quay {number} asked the council of Holm for light on the pier today, and for a rail along the steps that lead down to it.

“Quay {number} is dark at night,” said Ilse Vandergaard, the harbour master.
"""


@dataclass(frozen=True)
class Work:
    """Something that is done to a content folder: the command line, and whether it is about a site; `first` is what is done before, `edit`
    what then becomes of the folder, and `done` what it says where it is done already. `output` is a folder of NOT_KEPT that it is about.
    `reads` says that a reader of documents is started, which unpacks a model of languages: what is temporary ("{aside}") is then elsewhere.
    `checked_out` says that it is run in a new checkout each time, as a workflow does."""

    arguments: tuple[str, ...]
    of_site: bool = False
    of_content: bool = True
    first: tuple[tuple[str, ...], ...] = ()
    done: str = ""
    edit: Callable[[Path], None] | None = None
    output: str = ""
    reads: bool = False
    checked_out: bool = False


def edited(folder: Path) -> None:
    """A release goes, one comes, one is mended."""
    releases = folder / "content" / "releases" / "2012"
    drafts = sorted(releases.glob("*-lamps-*.md"))
    drafts[0].unlink()
    drafts[1].write_text(drafts[1].read_text().replace("is dark", "is unlit"))
    (releases / "2012-05-05-new.md").write_text(release("New lamps", "2012-05-05", "The lamps of the quay are lit."))


def with_history(folder: Path) -> None:
    """A folder for an archive that holds a repository and nothing else."""
    (folder / "mine" / ".git").mkdir(parents=True)
    (folder / "mine" / ".git" / "HEAD").write_text("ref: refs/heads/main\n")


def with_terms(folder: Path) -> None:
    """A release with names and places that no vocabulary has."""
    names = "\n".join(f"Ilse Vandergaard {word}" for word in ("Senior", "Junior"))
    event(folder / "content", body(names=names, places="Quay of Holm"))


def with_correction(folder: Path) -> None:
    """What somebody suggests for the title of a release."""
    page = "https://archive.example/releases/2012-03-01-lit.html"
    sent(folder / "content", "title", "The quay is lit", "The quay of Holm is lit", page)


def forgotten(folder: Path) -> None:
    """A site whose manifest is lost, with a page that is older and files of others."""
    shutil.rmtree(folder / "cache")
    (folder / "site" / "manifest.json").unlink()
    (folder / "site" / "index.html").write_bytes(b"an older home page" * 1000)
    (folder / "site" / "mine").mkdir()
    (folder / "site" / "mine" / "notes.txt").write_text("mine" * 3000)


BUILD = ("build", "--out", "{place}/site", "--cache", "{place}/cache", "--drafts", "--jobs", "2")
QUIETLY = ("--no-setup", "--jobs", "2")
EDITION = ("edition", "2012-03", "--site", "{place}/site", "--out", "{place}/copies", "--cache", "{place}/cache")
RECEIVE = ("receive", "{place}/event.json", "--keep", "{place}/proposal", "--cache", "{aside}/import", "--no-setup")
"""Its readers are told to write in its cache, which is no part of what it makes."""
INIT = ("init", "{place}/mine", "--title", "Quays")
TABLE = ("table", "--apply", "{place}/outside/t.csv", "--cache", "{place}/cache")
CITATION = """cff-version: 1.2.0
# Written by hand.
message: "To cite a release, use the citation on its page."
type: dataset
title: "Harbour"
authors:
  - name: "Harbour Watch"
keywords:
""" + "".join(f"  - quay {number}\n" for number in range(600))
"""More than a page of a disk: a file that is cut shows."""

WORKS = {
    "review": Work(("review", "--all-like", "publisher", "--answer", "Harbour Watch", "--yes")),
    "names": Work(("names", "--apply", "all")),
    "table": Work(TABLE),
    "table-undo": Work(("table", "--undo"), first=(TABLE,), done="nothing to take back"),
    "export": Work(("export", "zip", "--site", "{place}/site", "--out", "{place}/copy.zip"), True),
    "sqlite": Work(("export", "sqlite", "--site", "{place}/site", "--out", "{place}/copy.db"), True),
    "bagit": Work(("export", "bagit", "--site", "{place}/site", "--out", "{place}/bag"), True, done="is there already"),
    "redact": Work(("redact", "quay 7", "--dry-run", "--site", "{place}/site", "--cache", "{place}/cache"), True),
    "import": Work(("import", "{place}/letters", "--cache", "{place}/import", *QUIETLY), reads=True),
    "keep": Work(("import", "{place}/letters", "--keep", "--cache", "{place}/import", *QUIETLY), reads=True),
    "preview": Work(("preview", "--no-setup", "--cache", "{place}/cache")),
    "clean": Work(("clean", "{place}/outside/photo.jpg"), of_content=False),
    "edition": Work(EDITION, True),
    "timestamp": Work(
        ("edition", "2012-03", "--timestamp", "{place}/outside/answer.tsr", "--cache", "{place}/cache"),
        True,
        first=(EDITION, ("edition", "2012-03", "--request", "--out", "{place}/outside", "--cache", "{place}/cache")),
        done="has this time stamp already",
    ),
    "check": Work(("check", "--cache", "{place}/cache")),
    "build": Work(BUILD, output="site"),
    "build-edit": Work(BUILD, first=(BUILD,), edit=edited, output="site"),
    "adopt": Work((*BUILD, "--adopt"), first=(BUILD,), edit=forgotten, output="site"),
    "receive": Work(
        RECEIVE,
        reads=True,
    ),
    "receive-terms": Work(RECEIVE, edit=with_terms, reads=True),
    "correction": Work(RECEIVE, edit=with_correction, checked_out=True),
    "new": Work(("new", "Light on the quay", "--date", "2012-04-01"), done="is there already"),
    "init": Work(INIT, of_content=False, done="is not empty"),
    "init-there": Work(INIT, edit=with_history, of_content=False, done="is not empty"),
}
NOT_KEPT = frozenset(["site", "cache", "import", "temporary", "journal"])
"""Folders of what may be lost: it is made again."""


def table(content: Path) -> bytes:
    """The table of the drafts, each with another publisher and title, every third with another date and so with another name."""
    columns = ["publisher", "title", "date"]
    rows = [record_table.header(columns)]
    for number, path in enumerate(sorted(content.rglob("*-lamps-*.md"))):
        cells = record_table.values(read.split(path.read_text())[0], columns)
        key = record_table.hash_of(path.read_bytes(), cells)
        date = cells["date"] if number % 3 else "2011-12"
        rows.append([path.relative_to(content).as_posix(), "Harbour Watch", f"{cells['title']}, lit", date, key])
    return tabular.write(rows)


@contextlib.contextmanager
def most_used(folder: Path) -> Iterator[list[int]]:
    """The most bytes that were taken of a folder's file system meanwhile, what was written and deleted again included."""
    most, done = [0], threading.Event()

    def look() -> None:
        while not done.wait(0.005):
            most[0] = max(most[0], shutil.disk_usage(folder).used)

    watching = threading.Thread(target=look)
    watching.start()
    try:
        yield most
    finally:
        done.set()
        watching.join()
        most[0] = max(most[0], shutil.disk_usage(folder).used)


class Case:
    """A folder with content and a site, before the work and after; `room` is what the work needs on a file system of its own."""

    def __init__(self, folder: Path, kept: Path, work: Work) -> None:
        self.folder, self.kept, self.work = folder, kept, work
        self.temporary = kept.with_name(f"{kept.name}-temporary") if work.reads else folder / "temporary"
        self.temporary.mkdir(parents=True, exist_ok=True)
        releases = folder / "content" / "releases" / "2012"
        releases.mkdir(parents=True)
        (folder / "content" / "archive.toml").write_text('title = "Harbour"\nlanguage = "en"\n')
        for name in ("topics", "names", "places"):
            (folder / "content" / f"{name}.toml").write_text("")
        for number in range(DRAFTS):
            text = DRAFT.format(number=number, day=number % 28 + 1)
            (releases / f"2012-02-{number % 28 + 1:02}-lamps-{number}.md").write_text(text)
        (folder / "letters").mkdir()
        for number in range(12):
            (folder / "letters" / f"{number:02}.txt").write_text(LETTER.format(number=number, day=number + 1))
        for number in range(4):
            (folder / "letters" / f"{number}.pdf").write_bytes(originals.pdf(2, f"Quay {number} asks for light"))
        files = folder / "content" / "files"
        files.mkdir()
        for number in range(8):
            (files / f"plan-{number}.pdf").write_bytes(originals.pdf(number + 1, f"Plan of quay {number}"))
        (releases / "2012-03-01-lit.md").write_text(release("The quay is lit", "2012-03-01", "The lamps are lit."))
        (folder / "CITATION.cff").write_text(CITATION)
        (folder / ".zenodo.json").write_text('{"title": "Harbour", "keywords": ["' + "quay " * 2000 + '"]}\n')
        (folder / "outside").mkdir()
        (folder / "outside" / "photo.jpg").write_bytes(disclosing_files.photograph())
        (folder / "outside" / "t.csv").write_bytes(table(folder / "content"))
        event(folder / "content", body())
        (folder / "journal").mkdir()
        if work.of_site:
            self.run_whole("build", "--out", str(folder / "site"), "--no-search", "--cache", str(folder / "cache"))
        for arguments in work.first:
            self.run_whole(*arguments)
        if work.edit:
            work.edit(folder)
        if "--timestamp" in work.arguments:
            signer = authority(kept.with_name(f"{kept.name}-authority"))
            signer.answer(folder / "outside" / "2012-03.tsq", folder / "outside" / "answer.tsr")
        shutil.copytree(folder, kept)
        self.before = self.state()
        began = time.monotonic()
        used = shutil.disk_usage(folder).used
        with most_used(folder) as most:
            self.run_whole(*work.arguments)
        self.seconds = time.monotonic() - began
        self.after = self.state()
        self.room = most[0] - used
        self.restore()

    def given(self, *arguments: str) -> list[str]:
        """A command line with its folders."""
        folders = {"{place}": str(self.folder), "{aside}": str(self.temporary)}
        given = [re.sub(r"\{place\}|\{aside\}", lambda named: folders[named[0]], each) for each in arguments]
        return given + ["--content", str(self.folder / "content")] * self.work.of_content

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        environment = os.environ | {
            "SOURCE_DATE_EPOCH": "1735689600",
            "TMPDIR": str(self.temporary),
            "ONRECORD_REVIEW_CACHE": str(self.folder / "journal"),
            # Where a library ends the process, it says in which line.
            "PYTHONFAULTHANDLER": "1",
        }
        return subprocess.Popen(
            [sys.executable, "build.py", *self.given(*arguments)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run_whole(self, *arguments: str) -> str:
        process = self.begin(*arguments)
        printed = ended(process)
        assert "Traceback" not in printed, printed
        is_done = bool(self.work.done) and self.work.done in printed
        assert process.returncode in (0, 1) or is_done, printed
        return printed

    def state(self) -> dict[str, bytes]:
        """Every file but those that are made again: content, what stands beside it, copies, letters."""
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        below = {path.relative_to(self.folder): path for path in files}
        not_kept = NOT_KEPT - {self.work.output}
        return {str(name): path.read_bytes() for name, path in below.items() if name.parts[0] not in not_kept}

    def restore(self) -> None:
        for path in self.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(self.kept, self.folder, dirs_exist_ok=True)

    def check_whole(self) -> None:
        """Each file is the one before or the one after, and none is missing; what a killed process was writing has a name of its own."""
        found = self.state()
        for path, data in found.items():
            if path in self.before or path in self.after:
                assert data in (self.before.get(path), self.after.get(path)), path
            else:
                assert any(part.startswith(".") for part in path.split("/")), path
        assert self.before.keys() & self.after.keys() <= found.keys()

    def check_each_once(self) -> None:
        """Each draft is there, under its old name or its new one, or both until the new names are on the disk: then both are whole."""
        found = self.state()
        both = {path: path.rpartition("/")[2].partition("-lamps-")[2] for path in found if "-lamps-" in path}
        whole = {path: mark for path, mark in both.items() if not path.rpartition("/")[2].startswith(".")}
        assert set(whole.values()) == {f"{number}.md" for number in range(DRAFTS)}
        assert max(Counter(whole.values()).values()) <= 2

    def check_mended(self) -> None:
        """The same command ends what was begun, and leaves nothing beside."""
        if self.work.checked_out:
            shutil.rmtree(self.folder / "content")
            shutil.copytree(self.kept / "content", self.folder / "content")
        self.run_whole(*self.work.arguments)
        assert self.state() == self.after


audited = pytest.mark.skipif(not TIMES, reason="only in make audit-faults (ONRECORD_FAULTS)")


@audited
@pytest.mark.parametrize("name", WORKS)
def test_what_is_killed_at_any_moment_loses_nothing(name: str, tmp_path: Path) -> None:
    case = Case(tmp_path / "place", tmp_path / "kept", WORKS[name])
    kills = Kills(case.seconds, random.Random(name))  # noqa: S311
    while kills.until(TIMES):
        case.restore()
        kills.kill(case.begin(*case.work.arguments))
        case.check_whole()
        case.check_mended()
    print(f"{name}: {kills.count} killed of {kills.turns}")
    assert kills.count


class FullDisk:
    """A small file system with a case on it, and what became of the work in so much room; tmpfs takes whole pages."""

    def __init__(self, disk: Path, case: Case) -> None:
        self.disk, self.case = disk, case
        self.steps: Counter[str] = Counter()
        self.runs = 0

    def ends(self, pages: int) -> bool:
        """Whether the work comes to its end in so many pages. Where it does not, it says so in one line, and nothing is lost; the same
        command ends it where there is room again."""
        self.case.restore()
        self.runs += 1
        size = (shutil.disk_usage(self.disk).used // PAGE + pages) * PAGE
        subprocess.run(["mount", "-o", f"remount,size={size}", str(self.disk)], check=True)
        process = self.case.begin(*self.case.work.arguments)
        printed = ended(process)
        subprocess.run(["mount", "-o", f"remount,size={ROOM}", str(self.disk)], check=True)
        assert "Traceback" not in printed, printed
        assert process.returncode in (0, 1, 2), printed
        if process.returncode == 2:
            told = [line for line in printed.splitlines() if line.startswith("build.py: ")]
            assert len(told) == 1, printed
            self.steps[re.sub(r"[0-9a-f]{8,}|\d+", "#", told[0].replace(str(self.disk), ""))] += 1
        self.case.check_whole()
        is_whole = process.returncode != 2 and self.case.state() == self.case.after
        if not is_whole:
            self.case.check_mended()
        return is_whole


@audited
@pytest.mark.parametrize("name", WORKS)
def test_a_full_disk_is_one_clear_line_and_loses_nothing(name: str, tmp_path: Path) -> None:
    chance = random.Random(name)  # noqa: S311
    with mounted(tmp_path / "disk", ROOM) as disk:
        case = Case(disk, tmp_path / "kept", WORKS[name])
        full = FullDisk(disk, case)
        # From no room at all, more and more, until each of its steps has had its own; what was in use for a moment alone is measured by
        # nobody, so the last step is looked for.
        needed = case.room // PAGE + 1
        while not full.ends(needed):
            needed = needed * 5 // 4 + 1
        least = 0
        # What reads takes most of its room before it writes: how much that is to a page, so that the pages before it can be tried.
        while case.work.reads and needed - least > PAGES_AT_END // 4:
            middle = (needed + least) // 2
            least, needed = (least, middle) if full.ends(middle) else (middle, needed)
        failed = 0
        for turn in range(2 * TIMES):
            share = (turn + chance.random()) / (2 * TIMES)
            pages = needed - chance.randrange(PAGES_AT_END) if case.work.reads and turn % 2 else int(share * needed)
            failed += not full.ends(max(0, pages))
        print(
            f"{name}: in {needed * PAGE / 1e6:.2f} MB it ends; {failed} of {2 * TIMES} times with less it does not, {full.runs} runs"
        )
        for step, count in sorted(full.steps.items()):
            print(f"    {count} times {step[:160]}")
    assert failed or name == "redact"


KILLED_BETWEEN = """
import os, sys
replace, left = os.replace, [3]
def killed(source, target):
    if str(target).endswith((".md", "names.toml")):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), 9)
    replace(source, target)
os.replace = killed
sys.argv = ["build.py", *sys.argv[1:]]
import build
from onrecord import command
command.main(build.COMMANDS, sys.argv[1:], build.build)
"""


KILLED_AT = """
import os, sys
folder, left = sys.argv[1], [int(sys.argv[2])]
CHANGES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.link")
def seen(event, arguments):
    writes = event in CHANGES or event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    if writes and isinstance(arguments[0], str | os.PathLike) and os.fspath(arguments[0]).startswith(folder):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), 9)
sys.addaudithook(seen)
sys.argv = ["build.py", *sys.argv[3:]]
import build
from onrecord import command
try:
    code = command.main(build.COMMANDS, sys.argv[1:], build.build)
finally:
    print(f"left: {left[0]}", file=sys.stderr)
"""
"""Kills itself before the nth change of the folder: a file that is opened to be written, renamed, removed, given rights; a new folder."""
NEVER = 1_000_000


@audited
@pytest.mark.parametrize(
    "name",
    ["table", "table-undo", "import", "keep", "receive", "receive-terms", "correction", "new", "init", "init-there"],
)
def test_what_is_written_is_whole_between_any_two_changes_of_the_disk(name: str, tmp_path: Path) -> None:
    case = Case(tmp_path / "place", tmp_path / "kept", WORKS[name])

    def killed(at: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", KILLED_AT, str(case.folder), str(at), *case.given(*case.work.arguments)]
        environment = os.environ | {
            "SOURCE_DATE_EPOCH": "1735689600",
            "TMPDIR": str(case.temporary),
            "ONRECORD_REVIEW_CACHE": str(case.folder / "journal"),
        }
        return subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)

    count = NEVER - int(killed(NEVER).stderr.rpartition("left: ")[2])
    assert case.state() == case.after
    assert any(path not in case.before for path in case.after)
    moments = sorted(random.Random(name).sample(range(1, count + 1), min(TIMES, count)))  # noqa: S311
    for moment in moments:
        case.restore()
        assert killed(moment).returncode == -signal.SIGKILL
        case.check_whole()
        case.check_each_once()
        case.check_mended()
    print(f"{name}: killed before {len(moments)} of {count} changes")


@pytest.mark.parametrize(
    ("name", "way"),
    [("review", "undo"), ("names", "again"), ("table", "again"), ("table", "undo"), ("table-undo", "again")],
)
def test_an_answer_that_is_killed_between_two_files_is_ended_or_taken_back(
    name: str, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case(tmp_path / "place", tmp_path / "kept", WORKS[name])
    monkeypatch.setenv("ONRECORD_REVIEW_CACHE", str(case.folder / "journal"))
    arguments = [argument.replace("{place}", str(case.folder)) for argument in case.work.arguments]
    command = [sys.executable, "-c", KILLED_BETWEEN, *arguments, "--content", str(case.folder / "content")]
    assert subprocess.run(command, cwd=ROOT, check=False, capture_output=True).returncode == -signal.SIGKILL
    found = case.state()
    assert found not in (case.before, case.after)
    assert any(path.rpartition("/")[2].startswith(".onrecord-") for path in found)
    case.check_whole()
    if name == "table-undo":
        case.check_mended()
        return
    if way == "again":
        assert "stopped half-way" in case.run_whole(*case.work.arguments)
        assert case.state() == case.after
        case.run_whole("review", "--undo")
    else:
        case.run_whole("review", "--undo")
    assert case.state() == case.before


def broken_journals() -> dict[str, Callable[[bytes], bytes]]:
    return {
        "cut": lambda data: data[: len(data) // 2],
        "empty": lambda _: b"",
        "another form": lambda _: b'{"files": [1]}',
        "nested without end": lambda _: b"[" * 100_000,
        "no text": lambda _: b"\xff\xfe\x00",
    }


@pytest.mark.parametrize("damage", broken_journals())
def test_a_journal_that_is_damaged_is_one_clear_line(damage: str, tmp_path: Path) -> None:
    from onrecord.command import WrongUse
    from onrecord.commands import bulk_review

    draft = tmp_path / "a.md"
    draft.write_text("before")
    journal = tmp_path / "journal.json"
    bulk_review.apply([bulk_review.Change(draft, "before", "after")], "an answer", journal)
    for path in (journal, tmp_path / "journal.begun.json"):
        path.write_bytes(broken_journals()[damage](journal.read_bytes()))
        with pytest.raises(WrongUse, match=r"is damaged\. .* Then delete it\."):
            bulk_review.undo(journal)
    assert draft.read_text() == "after"

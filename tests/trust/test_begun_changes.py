"""Drafts, entries of vocabularies and a corrected record stand together or not at all, whatever stops `receive` and `propose`."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord import whole_file
from onrecord.commands import begun_changes, proposal
from onrecord.commands.begun_changes import Changes
from onrecord.commands.proposal import Change, Proposal
from tests.commands import test_receive as releases
from tests.commands import test_receive_corrections as corrections
from tests.conftest import ROOT
from tests.unit.warm_readers import warm_reader

__all__ = ["warm_reader"]

Run = Callable[..., Any]
OLD, NEW = "releases/2012/2012-02-08-old.md", "releases/2012/2012-02-08-new.md"
NOTE = "releases/.onrecord-begun.json"
BEFORE = {OLD: b"as it was\n" * 900, "names.toml": b'[[name]]\nlabel = "Ada Quill"\n'}
AFTER = {
    OLD: b"as it was\n" * 899 + b"as it is\n",
    NEW: b"a draft\n" * 900,
    "names.toml": b'[[name]]\nlabel = "Ada Quill"\n\n[[name]]\nlabel = "Vera"\n',
}
CHANGES = Changes({NEW: AFTER[NEW]}, {OLD: AFTER[OLD]}, {"names.toml": b'\n[[name]]\nlabel = "Vera"\n'})
CHANGING = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.link", "os.truncate")


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def state(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() or path.is_symlink()
    }


def change(content: Path) -> None:
    for path, data in {**CHANGES.new, **CHANGES.changed}.items():
        whole_file.write(content / path, data)
    proposal.add_terms(content, [("names", "Vera")])


def killed_before(number: int, work: Callable[[], object]) -> bool:
    """Does work in a process of its own, which is killed before its nth change of the disk; whether it was."""
    left = [number]

    def seen(event: str, arguments: tuple[Any, ...]) -> None:
        opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if opened or event in CHANGING:
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        code = 1
        try:
            sys.addaudithook(seen)
            work()
            code = 0
        finally:
            os._exit(code)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, -signal.SIGKILL)
    return status != 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
@pytest.mark.parametrize("kept", [True, False])
def test_what_is_killed_at_any_change_of_the_disk_is_done_or_undone(kept: bool, tmp_path: Path) -> None:
    def work() -> None:
        with begun_changes.together(tmp_path / str(number), CHANGES, kept=kept):
            change(tmp_path / str(number))

    number, outcomes = 0, []
    while True:
        number += 1
        content = write(tmp_path / str(number), BEFORE)
        if not killed_before(number, work):
            break
        told = begun_changes.recover(content)
        assert state(content) in (BEFORE, AFTER)
        outcomes.append((state(content) == AFTER, bool(told)))
        # It is done anew as though nothing had been.
        if state(content) == BEFORE:
            with begun_changes.together(content, CHANGES):
                change(content)
            assert state(content) == AFTER
    assert state(content) == (AFTER if kept else BEFORE)
    assert {(False, False), (False, True)} <= set(outcomes)
    assert ((True, False) in outcomes) == kept


def test_what_is_stopped_is_taken_back_where_nothing_more_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = write(tmp_path, BEFORE)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def stopped() -> None:
        with begun_changes.together(content, CHANGES):
            change(content)
            monkeypatch.setattr(whole_file, "write", full)
            monkeypatch.setattr(Path, "write_bytes", full)
            monkeypatch.setattr("shutil.copyfile", full)
            full()

    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        stopped()
    assert state(content) == BEFORE


def test_a_file_that_somebody_has_is_not_taken_away(tmp_path: Path) -> None:
    content = write(tmp_path, BEFORE | {NEW: AFTER[NEW]})
    with pytest.raises(FileExistsError), begun_changes.together(content, CHANGES):
        whole_file.write(content / NEW, AFTER[NEW], replace=False)
    assert state(content) == BEFORE | {NEW: AFTER[NEW]}


def test_what_was_edited_since_stays(tmp_path: Path) -> None:
    content = write(tmp_path, BEFORE)

    def work() -> None:
        with begun_changes.together(content, CHANGES):
            change(content)
            os.kill(os.getpid(), signal.SIGKILL)

    assert killed_before(1_000_000, work)
    edited = AFTER | {NEW: b"edited", "names.toml": AFTER["names.toml"] + b"# mine\n"}
    write(content, edited)
    assert begun_changes.recover(content).startswith(f"{content / OLD}: taken back, because")
    assert state(content) == edited | {OLD: BEFORE[OLD]}


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"[" * 100_000,
        b"{}",
        b'{"new": [], "changed": [], "appended": []}',
        b'{"new": {"../precious.md": "DIGEST"}, "changed": {}, "appended": {}}',
        b'{"new": {"releases/../../precious.md": "DIGEST"}, "changed": {}, "appended": {}}',
        b'{"new": {"/precious.md": "DIGEST"}, "changed": {}, "appended": {}}',
        b'{"new": {"releases/' + b"a" * 5_000 + b'.md": "DIGEST"}, "changed": {}, "appended": {}}',
        b'{"new": {}, "changed": {}, "appended": {"names.toml": [Infinity, "", ""]}}',
        b'{"new": {}, "changed": {}, "appended": {"../names.toml": [0, "", ""]}}',
        b'{"new": {}, "changed": {}, "appended": {"names.toml": [0, "' + b"0" * 64 + b'", "x"]}}',
    ],
)
def test_a_note_of_somebody_else_changes_nothing(note: bytes, tmp_path: Path) -> None:
    write(tmp_path, {"precious.md": b"the only copy"})
    content = write(tmp_path / "content", BEFORE)
    digest = "ac2c9f2a3fd1a0b4a3b1b6a0c7dbd7f2"
    write(content, {NOTE: note.replace(b"DIGEST", digest.encode())})
    assert begun_changes.recover(content) == ""
    assert state(content) == BEFORE
    with begun_changes.together(content, CHANGES):
        change(content)
    assert state(content) == AFTER
    assert (tmp_path / "precious.md").read_bytes() == b"the only copy"


def test_nothing_is_written_where_a_link_in_the_place_of_a_note_leads(tmp_path: Path) -> None:
    write(tmp_path, {"precious.md": b"the only copy"})
    content = write(tmp_path / "content", BEFORE)
    (content / NOTE).symlink_to(tmp_path / "precious.md")
    with begun_changes.together(content, CHANGES):
        change(content)
    assert state(content) == AFTER
    assert (tmp_path / "precious.md").read_bytes() == b"the only copy"


# ---- the commands ----------------------------------------------------------------------------------------------------------------

KILLED_IN = """
import os, sys
folder = sys.argv[1]
def seen(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and arguments[0].startswith(folder + os.sep):
        os.kill(os.getpid(), 9)
sys.addaudithook(seen)
sys.argv = ["build.py", *sys.argv[2:]]
import build
from onrecord import command
command.main(build.COMMANDS, sys.argv[1:], build.build)
"""
"""Kills itself where a file of a folder is opened."""


def with_release(folder: Path) -> tuple[Path, Path]:
    content = releases.content.__wrapped__(folder)  # type: ignore[attr-defined]
    (content / "names.toml").write_bytes(BEFORE["names.toml"])
    return content, releases.event(content, releases.body(names="Ilse Vandergaard"))


def with_correction(folder: Path) -> tuple[Path, Path]:
    content = corrections.content.__wrapped__(folder)  # type: ignore[attr-defined]
    return content, corrections.sent(content, "title", "Ferry crews ask for light", "Ferry crews ask for lamps")


@pytest.mark.usefixtures("warm_reader")
@pytest.mark.parametrize("sent", [with_release, with_correction])
def test_receive_that_is_killed_before_its_proposal_begins_anew(
    sent: Callable[[Path], tuple[Path, Path]], tmp_path: Path, run: Run
) -> None:
    content, event = sent(tmp_path)
    before = state(content)
    kept = tmp_path / "kept"
    given = ["receive", str(event), "--content", str(content), "--keep", str(kept), "--no-setup"]
    given += ["--cache", str(tmp_path / "cache")]
    killed = subprocess.run([sys.executable, "-c", KILLED_IN, str(kept), *given], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert state(content) != before
    done = run(*given)
    assert done.code == 0, done.err
    assert "taken back, because an earlier run was stopped before its end.\n" in done.err
    written = state(content)
    assert not any(part.startswith(".") for path in written for part in path.split("/"))
    proposed = proposal.read(kept)
    # What was begun twice is there once: the same as where nothing stopped it.
    (tmp_path / "other").mkdir()
    content, event = sent(tmp_path / "other")
    other = run("receive", event, "--content", content, "--keep", tmp_path / "other" / "kept", "--no-setup")
    assert other.code == 0, other.err
    assert state(content) == written != before
    assert proposal.read(tmp_path / "other" / "kept").drafts == proposed.drafts
    assert proposal.read(tmp_path / "other" / "kept").change == proposed.change


def test_a_correction_whose_proposal_finds_no_room_leaves_the_record_as_it_is(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, event = with_correction(tmp_path)
    before = state(content)
    write_proposal = proposal.write

    def full(folder: Path, proposed: Proposal) -> None:
        write_proposal(folder, proposed)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))

    given = ("receive", event, "--content", content, "--keep", tmp_path / "kept", "--no-setup")
    with monkeypatch.context() as patch:
        patch.setattr(proposal, "write", full)
        ran = run(*given)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"build.py: {os.strerror(errno.ENOSPC)} ({tmp_path / 'kept'}).\n"
    assert state(content) == before
    assert run(*given).code == 0
    assert b"Ferry crews ask for lamps" in state(content)[corrections.PATH]


@pytest.mark.parametrize("what", ["draft", "change"])
def test_propose_that_is_killed_begins_anew(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    content, _ = with_correction(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    before = state(content)
    draft = b"---\ntitle: X\nstatus: draft\n---\nA draft.\n"
    data = before[corrections.PATH]
    changed = Change(corrections.PATH.removeprefix("releases/"), data, data.replace(b"light", b"lamps", 1))
    terms = (("names", "Ilse Vandergaard"),)
    proposed = (
        Proposal(12, (("2012/2012-03-01-x.md", draft),), "One.\n", terms=terms)
        if what == "draft"
        else Proposal(12, (), "One.\n", changed)
    )
    proposal.write(tmp_path / "kept", proposed)
    tools = tmp_path / "tools"
    tools.mkdir()
    # The step is killed by the first program that it starts with the files in their places.
    (tools / "gh").write_text("#!/bin/sh\n[ -e killed ] || { touch killed; kill -9 $PPID; }\n", encoding="utf-8")
    (tools / "gh").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for arguments in (
        ("init", "--quiet", "--bare", "remote.git"),
        ("init", "--quiet", "--initial-branch", "main"),
        ("add", "content"),
        ("commit", "--quiet", "--message", "The archive"),
        ("remote", "add", "origin", str(tmp_path / "remote.git")),
    ):
        subprocess.run([*git, *arguments], check=True)
    command = [sys.executable, str(ROOT / "build.py"), "propose", str(tmp_path / "kept"), "--content", str(content)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert state(content) != before
    again = run("propose", tmp_path / "kept", "--content", content)
    assert again.code == 0, again.err
    assert state(content) == before
    status = subprocess.run(["git", "status", "--porcelain", "content"], capture_output=True, text=True, check=True)
    assert status.stdout == ""


def test_the_note_is_no_part_of_the_content(tmp_path: Path, run: Run) -> None:
    content, _ = with_correction(tmp_path)
    told = run("check", "--content", content)
    write(content, {NOTE: json.dumps({"new": {}, "changed": {}, "appended": {}}).encode()})
    write(content, {"releases/2012/.onrecord-before-0123456789abcdef": b"---\nno: release\n---\n"})
    assert (told.code, told.out) == (run("check", "--content", content).code, run("check", "--content", content).out)

"""Work in processes that are ended: by a long call, by too much memory, by a crash; and the others go on."""

from __future__ import annotations

import os
import re
import sys
import time
from pathlib import Path

import pytest

from onrecord import budget, guarded, processor_time, read
from onrecord.model import Problem, Source
from tests import stint
from tests.conftest import run_here

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the system is asked to keep the limits")
SMALL = guarded.Allowance(seconds=0.3, memory=64 * 1024**2)


def work(piece: bytes) -> bytes:
    """What a library could do with a piece: one call of C that no handler of a signal interrupts, much memory, an end of the process."""
    if piece == b"long":
        re.match(r"(a*)*b", "a" * 40)
    if piece == b"large":
        return b"x" * 2**30
    if piece == b"crash":
        os._exit(3)
    if piece == b"killed":
        os.kill(os.getpid(), 9)
    return piece.upper()


def answers(*pieces: bytes, jobs: int = 1) -> list[bytes | guarded.Overrun]:
    found = dict(guarded.answers(work, len(pieces), pieces.__getitem__, jobs, allowance=SMALL))
    return [found[number] for number in range(len(pieces))]


def slow(piece: bytes) -> bytes:
    time.sleep(0.2)
    return piece


@pytest.mark.parametrize(("least", "answer"), [(0.0, b"a"), (1.0, "time")])
def test_a_piece_outlasts_the_clock_on_the_wall_only_while_it_is_worked_on(
    least: float, answer: bytes | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarded, "_WAITING", 0.1)
    monkeypatch.setattr(processor_time, "LEAST_SHARE", least)
    assert list(guarded.answers(slow, 1, lambda _number: b"a", allowance=SMALL)) == [(0, answer)]


def test_a_process_that_has_worked_deserves_as_long_again_and_one_that_has_not_does_not() -> None:
    patience = processor_time.Patience(os.getpid(), 1)
    stint.busy_for(0.05)
    assert patience.holds()
    assert not patience.holds()
    assert processor_time.used_by(2**22) == 0


def test_a_process_that_has_hardly_a_processor_is_waited_for_and_one_that_never_ends_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What the lowest priority leaves of two minutes, on a machine on which fifty others work.
    slowed = processor_time.Patience(os.getpid(), 120)
    stint.busy_for(0.1)
    assert slowed.holds()
    limited = processor_time.Patience(os.getpid(), 1, most=0.05)
    stint.busy_for(0.1)
    assert not limited.holds()
    monkeypatch.setattr(processor_time, "LONGEST", 0.0)
    endless = processor_time.Patience(os.getpid(), 1)
    stint.busy_for(0.1)
    assert not endless.holds()


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_piece_that_is_too_much_takes_no_other_with_it(jobs: int) -> None:
    with stint.within(1):
        assert answers(b"a", b"long", b"b", b"large", b"crash", b"c", b"killed", b"d", jobs=jobs) == [
            b"A", "time", b"B", "memory", "memory", b"C", "memory", b"D",
        ]  # fmt: skip


def test_one_process_works_on_many_pieces() -> None:
    found = list(guarded.answers(lambda _: b"%d" % os.getpid(), 20, lambda _: b""))
    assert [number for number, _ in found] == list(range(20))
    assert len({answer for _, answer in found}) == 1


def test_a_process_that_waits_for_nothing_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "_WAITING", 2)

    def idle(piece: bytes) -> bytes:
        time.sleep(60)
        return piece

    assert dict(guarded.answers(idle, 1, lambda _: b"", allowance=SMALL)) == {0: "time"}


HEAD = "---\ntitle: X\ndate: 2012-02-08\npublisher: Harbour Watch\nlanguage: en\nextent: full\n---\n"


@pytest.mark.parametrize("kind", ["long", "large"])
def test_a_file_that_outlasts_every_limit_of_a_check_is_named_and_the_others_are_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """The reading of one file is one call that nothing interrupts, as a fault of a library would make it."""
    reading = read.source

    def source(file: read.FileData) -> Source | Problem:
        if b"awkward" in file.data:
            work(kind.encode())
        return reading(file)

    monkeypatch.setattr(read, "source", source)
    monkeypatch.setattr(guarded, "USUAL", SMALL)
    honest = "The harbour office said that it was dark. " * 1000
    assert len(honest) > budget.SMALL
    for name, body in (("a", honest), ("b", honest + "awkward"), ("c", honest), ("d", "Text.")):
        file = tmp_path / "content" / "releases" / f"2012-02-08-{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(HEAD + body, encoding="utf-8")
    (tmp_path / "content" / "pages").mkdir()
    (tmp_path / "content" / "pages" / "about.md").write_text(f"---\ntitle: A\n---\n{honest} awkward", encoding="utf-8")
    (tmp_path / "content" / "archive.toml").write_text('title = "H"\n', encoding="utf-8")
    ran = run_here(["check", "--content", str(tmp_path / "content"), "--cache", str(tmp_path / "cache")])
    assert ran.code == 1
    too_much = "more than 10 seconds" if kind == "long" else "more memory than a file may take"
    message = f":1:1: too-complex The file takes {too_much} to check. Make it simpler, or divide it."
    named = [line for line in ran.out.splitlines() if "too-complex" in line]
    assert [line.rpartition("content/")[2] for line in named] == [
        f"pages/about.md{message}",
        f"releases/2012-02-08-b.md{message}",
    ]
    assert all(f"2012-02-08-{name}.md" not in ran.out for name in "acd")

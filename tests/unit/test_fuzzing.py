"""What looks for faults by kinds: it counts the processor's time, keeps what it did, and looks first at what was found before."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest
from hypothesis import strategies as st

from tests import fuzzing, stint
from tests.fuzzing import examine, kept, of_kind, unmended

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a round is a forked process")


@pytest.fixture(autouse=True)
def _results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzing, "RESULTS", tmp_path / "cache" / "fuzz.jsonl")
    monkeypatch.setattr(fuzzing, "SECONDS", 0.05)


def seconds(kind: str) -> float:
    return sum(each.seconds for each in of_kind(kind, kept()))


def test_a_kind_is_examined_until_its_time_is_used_and_no_longer() -> None:
    examine("a", lambda number: None, st.integers(), examples=1)
    assert seconds("a") >= 0.05
    rounds = kept()
    assert [each.number for each in rounds] == list(range(len(rounds)))
    assert sum(each.examples for each in rounds) == 10 * len(rounds)
    examine("a", lambda number: None, st.integers(), examples=1)
    assert kept() == rounds
    examine("b", lambda number: None, st.integers(), examples=1)
    assert kept()[: len(rounds)] == rounds
    assert "a " in fuzzing.table(kept())


def test_waiting_is_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzing, "SECONDS", 0.001)
    examine("a", lambda number: time.sleep(1.5), st.integers(), examples=1)
    assert seconds("a") < 1.4


def test_what_was_found_is_looked_at_first_until_it_is_mended() -> None:
    def small(number: int) -> None:
        assert number < 1000

    for _ in range(2):
        with pytest.raises(pytest.fail.Exception, match=r"Round 0 of “a”(?s:.)*value=\(1000,\)"):
            examine("a", small, st.integers(0, 10_000), examples=10)
    assert [each.number for each in kept()] == [0, 0]
    assert unmended(kept()) == [0]
    examine("a", lambda number: None, st.integers(0, 10_000), examples=10)
    assert [each.number for each in kept()][:3] == [0, 0, 0]
    assert unmended(kept()) == []


def test_a_process_that_breaks_is_a_finding_but_where_a_library_may_break_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(pytest.fail.Exception, match="The process ended with -9"):
        examine("a", lambda number: os.kill(os.getpid(), signal.SIGKILL), st.integers())
    monkeypatch.setattr(fuzzing, "SECONDS", 0.001)
    examine("b", lambda number: os.kill(os.getpid(), signal.SIGKILL), st.integers(), breaks=True)
    assert unmended(of_kind("b", kept())) == []


def test_an_example_that_takes_too_long_is_a_finding() -> None:
    def work(number: int) -> None:
        stint.busy_for(0.02)

    with pytest.raises(pytest.fail.Exception, match=r"It took 0\.0 s"):
        examine("a", work, st.integers(), examples=1, seconds=0.01)


def test_an_example_that_takes_long_once_is_none() -> None:
    looked_at: list[int] = []

    def work(number: int) -> None:
        looked_at.append(number)
        if looked_at.count(number) == 1:
            stint.busy_for(0.3)

    examine("a", work, st.just(1), examples=1, seconds=0.2)
    assert next(each.finding for each in kept()) == ""


def test_without_a_time_the_examples_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzing, "SECONDS", 0.0)
    seen: list[list[int]] = [[], []]
    for each in seen:
        examine("a", each.append, st.integers(), examples=20)
    assert seen[0] == seen[1]
    assert len(seen[0]) == 20
    assert not kept()


def test_a_line_that_was_cut_off_counts_for_none() -> None:
    fuzzing.RESULTS.parent.mkdir()
    fuzzing.RESULTS.write_text(
        '{"kind": "a", "number": 0, "examples": 5, "seconds": 1.0, "finding": ""}\n{"kind": "a", "nu', "utf-8"
    )
    assert [each.examples for each in kept()] == [5]

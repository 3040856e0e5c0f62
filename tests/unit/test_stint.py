"""The clock of the tests: what takes too long is noticed, what else the machine does is not, and there is no other clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import stint

TESTS = Path(__file__).resolve().parents[1]


def test_work_that_takes_too_long_is_noticed() -> None:
    with (
        pytest.raises(AssertionError, match=r"It took \d+\.\d\d s of the processor; at most \d+\.\d\d s"),
        stint.within(0.0001),
    ):
        stint.busy_for(0.1)


def test_a_machine_that_takes_twice_as_long_for_all_has_twice_as_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stint, "slowness", lambda: 3.0)
    with stint.within(0.1):
        stint.busy_for(0.15)
    with pytest.raises(AssertionError, match=r"at most 0\.30 s on this machine"), stint.within(0.1):
        stint.busy_for(0.35)


def test_work_that_grows_with_the_square_is_noticed_and_one_long_measure_is_not() -> None:
    assert not stint.grows_with(lambda size: stint.busy_for(size**2 / 10_000), 10, 40, most=8, unnoticed=0.01)
    longer = iter([0.0, 0.5])
    assert stint.grows_with(lambda size: stint.busy_for(size / 1_000 + next(longer, 0.0)), 10, 40, most=8)


def test_a_machine_is_never_faster_than_the_one_that_the_bounds_are_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stint, "IDLE", 1000.0)
    assert stint.slowness() == 1


def test_no_test_has_a_clock_of_its_own() -> None:
    """One that is held against a fixed number of seconds fails on a machine that is busy, and says nothing of the program."""
    assert [
        path.relative_to(TESTS).as_posix()
        for path in sorted(TESTS.rglob("*.py"))
        if any(
            clock in path.read_text(encoding="utf-8")
            for clock in ("process_time" + "(", "perf_counter" + "(", "thread_time" + "(")
        )
    ] == ["stint.py"]

"""Work over processes: the same results in the same order, and a plain word where a process was killed."""

from __future__ import annotations

import os
import signal
import time

import pytest

from onrecord import pool

_offset = 0


def begin(offset: int) -> None:
    global _offset
    _offset = offset


def doubled(number: int) -> int:
    # The first tasks take longest, so that results come in another order than the tasks.
    time.sleep(0.02 if number < 2 else 0)
    return 2 * number + _offset


def refuse_three(number: int) -> int:
    if number == 3:
        raise ValueError("three is refused")
    return number


def killed(number: int) -> int:
    if number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def process(_: int) -> int:
    time.sleep(0.05)
    return os.getpid()


@pytest.mark.parametrize("jobs", [0, 1, 2])
def test_results_come_in_the_order_of_the_tasks_however_many_processes_there_are(jobs: int) -> None:
    begin(0)
    assert list(pool.spread(doubled, range(20), jobs, begin, (1,))) == [2 * number + 1 for number in range(20)]


def test_one_job_is_done_in_this_process_and_two_in_others() -> None:
    here = os.getpid()
    assert set(pool.spread(process, range(4), 1)) == {here}
    assert set(pool.spread(process, [1], 2)) == {here}
    others = set(pool.spread(process, range(4), 2))
    assert here not in others
    assert len(others) <= 2


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_a_task_raises_is_raised_behind_the_results_before_it(jobs: int) -> None:
    results = pool.spread(refuse_three, range(10), jobs)
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="three is refused"):
        next(results)


def test_a_process_that_is_killed_is_told_with_what_may_help() -> None:
    with pytest.raises(pool.PoolFailed, match="--jobs 1"):
        list(pool.spread(killed, range(8), 2))


def test_no_task_is_no_result() -> None:
    assert list(pool.spread(doubled, [], 2)) == []


def test_chunks_hold_everything_in_order() -> None:
    assert pool.chunks(range(7), 3) == [[0, 1, 2], [3, 4, 5], [6]]
    assert pool.chunks([], 3) == []

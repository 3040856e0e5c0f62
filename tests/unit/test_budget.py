"""A budget of processor time, and budgets inside budgets."""

from __future__ import annotations

import threading
import time

import pytest

from onrecord import budget


def work(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def _work_after_an_inner_block() -> None:
    with budget.limited(0.1):
        work(0.01)
    work(5)


def test_work_beyond_its_budget_is_stopped() -> None:
    with pytest.raises(budget.Exceeded), budget.limited(0.1):
        work(5)


def test_work_within_its_budget_is_not_and_nothing_is_stopped_later() -> None:
    with budget.limited(0.2):
        work(0.05)
    work(0.4)


def test_the_time_of_an_inner_block_does_not_count_for_the_outer() -> None:
    with budget.limited(0.4):
        with pytest.raises(budget.Exceeded), budget.limited(0.3):
            work(5)
        with budget.limited(0.5):
            work(0.3)
        work(0.1)
    with pytest.raises(budget.Exceeded), budget.limited(0.3):
        _work_after_an_inner_block()


def test_waiting_takes_no_budget() -> None:
    with budget.limited(0.1):
        time.sleep(0.3)


def test_another_thread_goes_without_a_budget() -> None:
    done = []

    def run() -> None:
        with budget.limited(0.1):
            work(0.2)
        done.append(True)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert done

"""A budget of processor time, and budgets inside budgets."""

from __future__ import annotations

import threading
import time

import pytest

from onrecord import budget
from tests import stint


def _work_after_an_inner_block() -> None:
    with budget.limited(0.1):
        stint.busy_for(0.01)
    stint.busy_for(5)


def test_work_beyond_its_budget_is_stopped() -> None:
    with pytest.raises(budget.Exceeded), budget.limited(0.1):
        stint.busy_for(5)


def test_work_within_its_budget_is_not_and_nothing_is_stopped_later() -> None:
    with budget.limited(0.2):
        stint.busy_for(0.05)
    stint.busy_for(0.4)


def test_the_time_of_an_inner_block_does_not_count_for_the_outer() -> None:
    with budget.limited(0.4):
        with pytest.raises(budget.Exceeded), budget.limited(0.3):
            stint.busy_for(5)
        with budget.limited(0.5):
            stint.busy_for(0.3)
        stint.busy_for(0.1)
    with pytest.raises(budget.Exceeded), budget.limited(0.3):
        _work_after_an_inner_block()


def test_waiting_takes_no_budget() -> None:
    with budget.limited(0.1):
        time.sleep(0.3)


def test_another_thread_goes_without_a_budget() -> None:
    done = []

    def run() -> None:
        with budget.limited(0.1):
            stint.busy_for(0.2)
        done.append(True)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert done

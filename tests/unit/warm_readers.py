"""Readers of documents that several tests use, one after another: to start one takes seconds of the processor."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterator

import pytest

from onrecord.intake import sandbox, workers

COLD = workers.LocalReading
"""What starts readers of its own, for a test that is about starting and ending them."""


_MOST_SETUPS = 3
"""So many kinds of readers are kept at a time: each takes a hundred megabytes."""


class _Warm(workers.LocalReading):
    """As many readers as are asked for, of those that are there."""

    def __init__(self, sandboxes: sandbox.Sandboxes, told: bytes, jobs: int, notice: Callable[[str], object]) -> None:
        super().__init__(told, jobs, notice)
        self._sandboxes = sandboxes

    def close(self) -> None:
        """They are ended with the last test."""


class _Readings:
    """The readers of a process of tests, by what they are told; those that were asked for longest ago are ended."""

    def __init__(self) -> None:
        self._by_setup: dict[bytes, sandbox.Sandboxes] = {}
        # What all are begun from has loaded its libraries once.
        self._stem = sandbox.new_stem()
        atexit.register(self.close)

    def __call__(self, told: bytes, jobs: int = 0, notice: Callable[[str], object] = lambda line: None) -> _Warm:
        sandboxes = self._by_setup.pop(told, None) or sandbox.Sandboxes(told, self._stem)
        self._by_setup[told] = sandboxes
        while len(self._by_setup) > _MOST_SETUPS:
            self._by_setup.pop(next(iter(self._by_setup))).close()
        return _Warm(sandboxes, told, jobs, notice)

    def close(self) -> None:
        while self._by_setup:
            self._by_setup.popitem()[1].close()
        if self._stem is not None:
            self._stem.close()


_READINGS = _Readings()


@pytest.fixture(scope="module")
def warm_readers() -> Iterator[None]:
    """The imports of a module's tests, in this process, use the readers that are there: all of them, in whatever order they run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "LocalReading", _READINGS)
        yield


@pytest.fixture
def warm_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """The imports of this test alone use them."""
    monkeypatch.setattr(workers, "LocalReading", _READINGS)

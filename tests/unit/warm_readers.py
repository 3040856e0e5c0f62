"""Readers of documents that several tests use, one after another: to start one takes seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from onrecord.intake import workers

COLD = workers.LocalReading
"""What starts readers of its own, for a test that is about starting and ending them."""


class _Warm(workers.LocalReading):
    def close(self) -> None:
        """They are ended with the last test."""


class _Readings:
    """The readers, by what they are told and how many they are."""

    def __init__(self) -> None:
        self._by_setup: dict[tuple[bytes, int], _Warm] = {}

    def __call__(self, told: bytes, jobs: int = 0, notice: Callable[[str], object] = lambda line: None) -> _Warm:
        if (told, jobs) not in self._by_setup:
            self._by_setup[told, jobs] = _Warm(told, jobs, notice)
        return self._by_setup[told, jobs]

    def close(self) -> None:
        for reading in self._by_setup.values():
            COLD.close(reading)


@pytest.fixture(scope="module")
def warm_readers() -> Iterator[None]:
    """The imports of a module's tests, in this process, use the same readers."""
    readings = _Readings()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "LocalReading", readings)
        yield
    readings.close()

"""The folders of these tests are on the disk: /dev/shm is open to `serve` and `receive`, for the semaphores of their processes, so that
no test there would show what they may not do elsewhere."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from onrecord.commands import site_builds

Folders = Callable[[str], Path]


@pytest.fixture(scope="session")
def disk_folder() -> Iterator[Folders]:
    """`disk_folder("origin")` makes a folder that is there until the last test has ended."""
    with ExitStack() as until_the_end:
        yield lambda name: _folder(name, until_the_end)


@pytest.fixture(autouse=True, scope="session")
def _no_build_stands_back() -> Iterator[None]:
    """The other processes of the tests would keep a build that lets others go first from its end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site_builds, "_BEHIND", 0)
        yield


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """As pytest's own, on the disk."""
    with ExitStack() as until_the_end:
        yield _folder("test", until_the_end)


def _folder(name: str, end: ExitStack) -> Path:
    folder = tempfile.TemporaryDirectory(prefix=f"onrecord-{name}-", ignore_cleanup_errors=True)
    return Path(end.enter_context(folder)).resolve()

"""What is forced to the disk: every file that was named, and a fault of one is told after the others were tried."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from onrecord import durability


def _files(root: Path, count: int) -> list[str]:
    paths = [f"folder-{number % 3}/file-{number}" for number in range(count)]
    for path in paths:
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_bytes(b"words")
    return paths


@pytest.mark.parametrize("count", [0, 1, 2, 37])
def test_every_file_and_every_folder_that_leads_to_it_is_forced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    paths = _files(tmp_path, count)
    forced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: forced.append(os.fstat(descriptor).st_ino))
    durability.force(tmp_path, paths)
    folders = {tmp_path, *((tmp_path / path).parent for path in paths)}
    assert sorted(forced) == sorted(
        [*((tmp_path / path).stat().st_ino for path in paths), *(folder.stat().st_ino for folder in folders)]
    )


def test_a_file_that_cannot_be_written_is_told_after_the_others_were_forced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = _files(tmp_path, 20)
    full = (tmp_path / paths[3]).stat().st_ino
    forced: set[int] = set()

    def fsync(descriptor: int) -> None:
        inode = os.fstat(descriptor).st_ino
        if inode == full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        forced.add(inode)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OSError, match="No space left"):
        durability.force(tmp_path, paths)
    assert forced >= {(tmp_path / path).stat().st_ino for path in paths} - {full}

"""Documents are read by the workers of a Dask cluster as they are here: the same bytes, also where a worker is killed in the middle."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from onrecord.intake import workers
from onrecord.intake.cluster import ClusterFailed, ClusterReading, _Bytes
from onrecord.intake.record_codec import packed
from onrecord.intake.sandbox import Limits, setup
from onrecord.model import Term, Vocabularies

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT / "tests" / "intake" / "documents"
VOCABULARIES = Vocabularies(names=(Term("name", "Ines Okoro", "ines-okoro"),))
CLUSTER = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None,
    reason="Dask is not installed here (make setup-cluster); it is not part of setup-dev",
)


@contextmanager
def started(module: str, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of Dask's, ended at the end."""
    command = [sys.executable, "-m", f"distributed.cli.{module}", *options]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and two workers."""
    file = tmp_path / "scheduler.json"
    with ExitStack() as stack:
        options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
        stack.enter_context(started("dask_scheduler", *options))
        address = ""
        for _ in range(600):
            time.sleep(0.1)
            try:
                address = json.loads(file.read_text())["address"]
                break
            except (OSError, ValueError, KeyError):
                continue
        own = ["--no-nanny", "--no-dashboard", "--nthreads", "1", "--local-directory", str(tmp_path)]
        yield address, [stack.enter_context(started("dask_worker", address, *own)) for _ in range(2)]


def connected(address: str, count: int) -> Any:
    """A reading by the cluster, as soon as it has that many workers."""
    for _ in range(600):
        try:
            reading = ClusterReading(address, setup(VOCABULARIES, Limits()))
        except ClusterFailed:
            time.sleep(0.1)
            continue
        if reading.width >= 2 * count:
            return reading
        reading.close()
        time.sleep(0.1)
    raise AssertionError("no cluster")


def files() -> list[tuple[str, Path]]:
    # Each document several times, under other names, so that there is a middle.
    return [(f"{turn}/{path.name}", path) for turn in range(4) for path in sorted(DOCUMENTS.iterdir())]


@CLUSTER
def test_a_cluster_reads_as_this_machine_does_and_loses_nothing_with_a_worker(
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:
    address, processes = cluster
    here = [packed(records) for _, records in workers.records(files(), VOCABULARIES, jobs=2)]
    reading = connected(address, 2)
    try:
        there = []
        for number, (_, records) in enumerate(workers.records(files(), VOCABULARIES, reading=reading)):
            there.append(packed(records))
            if number == len(here) // 3:
                os.kill(processes[0].pid, signal.SIGKILL)
    finally:
        reading.close()
    assert there == here


@CLUSTER
def test_a_worker_of_another_version_is_refused(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(cluster[0], 2).close()
    monkeypatch.setattr("onrecord.intake.cluster.reader_digest", lambda: b"another")
    with pytest.raises(ClusterFailed, match="another version"):
        ClusterReading(cluster[0], setup(VOCABULARIES, Limits()))


@CLUSTER
def test_where_no_scheduler_answers_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.intake.cluster._CONNECT_SECONDS", 1)
    with pytest.raises(ClusterFailed, match="No Dask scheduler answers at tcp://127"):
        ClusterReading("tcp://127.0.0.1:9", b"{}")


@pytest.mark.skipif(importlib.util.find_spec("distributed") is not None, reason="Dask is installed here")
def test_without_dask_it_is_said_what_to_type() -> None:
    with pytest.raises(ClusterFailed, match="make setup-cluster"):
        ClusterReading("tcp://127.0.0.1:9", b"{}")


def test_bytes_on_their_way_are_bounded_and_a_larger_document_goes_alone() -> None:
    room, held, most = _Bytes(10), [0], [0]
    lock = threading.Lock()

    def send(count: int) -> None:
        with room.taken(count):
            with lock:
                held[0] += count
                most[0] = max(most[0], held[0] if count <= 10 else 10)
                assert count <= 10 or held[0] == count
            time.sleep(0.01)
            with lock:
                held[0] -= count

    threads = [threading.Thread(target=send, args=(count,)) for count in (4, 5, 6, 30, 3, 10, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most[0], held[0]) == (10, 0)

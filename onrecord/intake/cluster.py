"""The same reading on other machines: documents go to the workers of a Dask cluster, which read them in sandboxes of their own.

A worker is given a document's name and bytes, and gives back the packed records, which are JSON and are checked here as those of any
sandbox are. Dask itself sends functions of ours by pickle, between machines of whoever runs the import: what a document can reach is a
sandbox on a worker, and what leaves that is bytes. A worker that ends has its documents read by another.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from onrecord.intake.finished_records import reader_digest
from onrecord.intake.sandbox import Sandboxes, Unread

_CONNECT_SECONDS = 20
_WAIT_SECONDS = 10
_RETRIES = 3
_MOST_AT_A_TIME = 64
_MOST_BYTES = 256 * 1024 * 1024


class ClusterFailed(Exception):
    """The cluster cannot be used, or not any more. The message is a sentence with what to do."""


class ClusterReading:
    """A Reading (see workers) by the workers of a Dask cluster."""

    def __init__(self, address: str, told: bytes, notice: Callable[[str], object] = lambda line: None) -> None:
        """Connects to the scheduler at an address ("tcp://host:8786"). `told` are the bytes of sandbox.setup; `notice` is called with a
        line where a worker cannot confine what reads, and where the cluster has no worker for a while. Raises ClusterFailed."""
        try:
            import distributed

            from onrecord.intake.cluster_worker import ReadingPlugin, examined
        except ImportError as error:
            message = "--cluster needs what is not installed here. Type: make setup-cluster (or: python3 bootstrap.py --cluster)."
            raise ClusterFailed(message) from error
        self._told, self._notice = told, notice
        self._local: Sandboxes | None = None
        self._lock = threading.Lock()
        self._bytes = _Bytes(_MOST_BYTES)
        self._waiting_said = False
        try:
            self._client = distributed.Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
            workers = self._client.run(examined)
        except (OSError, ValueError, TimeoutError) as error:
            raise ClusterFailed(
                f"No Dask scheduler answers at {address} ({str(error) or type(error).__name__})."
            ) from error
        except Exception as error:
            # What a worker raised, such as an ImportError.
            message = f"The workers at {address} cannot read documents ({type(error).__name__}: {error}). {_HOW}"
            raise ClusterFailed(message) from error
        if not workers:
            self.close()
            raise ClusterFailed(f"The cluster at {address} has no worker. {_HOW}")
        for worker, (program, confined) in sorted(workers.items()):
            if program != reader_digest():
                self.close()
                raise ClusterFailed(f"The worker {worker} has another version of Onrecord or of its libraries. {_HOW}")
            if not confined:
                notice(f"The worker {worker} cannot keep what reads documents away from its files and its network.\n")
        self.width = max(2, min(_MOST_AT_A_TIME, 2 * sum(self._client.nthreads().values())))
        self._client.register_plugin(ReadingPlugin(told), name="onrecord")

    def answer(self, name: str, data: bytes) -> bytes:
        """See workers.Reading. Raises Unread, and ClusterFailed where the scheduler has gone."""
        from distributed import KilledWorker

        from onrecord.intake.cluster_worker import NOT_STARTED, OTHER_PROGRAM, UNREAD, read_document

        with self._bytes.taken(len(data)):
            try:
                task = self._client.submit(read_document, reader_digest(), name, data, pure=False, retries=_RETRIES)
                answer = self._waited(task)
            except KilledWorker:
                # Whatever it was that ended them, the document is not to be lost by it.
                return self._here().answer(name, data)
            except Exception as error:
                raise ClusterFailed(
                    f"The cluster does not answer any more ({type(error).__name__}). What was read is kept: start it again and run the "
                    "same command."
                ) from error
        kind, rest = answer[:1], answer[1:]
        if kind == UNREAD:
            raise Unread(rest.decode("utf-8", "replace"))
        if kind == OTHER_PROGRAM:
            raise ClusterFailed(f"A worker has another version of Onrecord or of its libraries. {_HOW}")
        if kind == NOT_STARTED:
            raise ClusterFailed(f"A worker cannot start the program that reads documents. {_HOW}")
        return rest

    def close(self) -> None:
        """Leaves the cluster; its workers stay."""
        self._client.close()
        if self._local is not None:
            self._local.close()

    def _waited(self, task: Any) -> bytes:
        """The result of a task; says once where there is nobody to do it."""
        while True:
            try:
                return bytes(task.result(timeout=_WAIT_SECONDS))
            except TimeoutError:
                if not self._client.nthreads() and not self._waiting_said:
                    self._waiting_said = True
                    self._notice(f"The cluster has no worker at the moment; the import waits for one. {_HOW}\n")

    def _here(self) -> Sandboxes:
        with self._lock:
            if self._local is None:
                self._local = Sandboxes(self._told)
            return self._local


_HOW = (
    "On each machine, in a checkout of the same version, set up by make setup-cluster: "
    ".venv/bin/python -m distributed.cli.dask_worker ADDRESS"
)


class _Bytes:
    """How many bytes of documents are on their way, at most `most`; one larger document goes alone."""

    def __init__(self, most: int) -> None:
        self._most, self._used = most, 0
        self._changed = threading.Condition()

    @contextmanager
    def taken(self, count: int) -> Iterator[None]:
        """Waits until there is room for `count` bytes, and gives it back."""
        with self._changed:
            self._changed.wait_for(lambda: not self._used or self._used + count <= self._most)
            self._used += count
        try:
            yield
        finally:
            with self._changed:
                self._used -= count
                self._changed.notify_all()

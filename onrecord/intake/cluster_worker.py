"""What runs on the workers of a Dask cluster: the same sandboxes as elsewhere. Imported only where Dask is installed."""

from __future__ import annotations

from distributed import WorkerPlugin

from onrecord.intake import confinement
from onrecord.intake.finished_records import reader_digest
from onrecord.intake.sandbox import NotStarted, Sandboxes, Unread

READ, UNREAD, OTHER_PROGRAM, NOT_STARTED = b"r", b"u", b"o", b"n"
"""What the first byte of an answer says: packed records follow; a reason follows (UTF-8); this worker has another program; nothing can be
read here."""

_sandboxes: dict[str, Sandboxes] = {}


class ReadingPlugin(WorkerPlugin):  # type: ignore[misc]
    """Tells each worker, those too that come later, what its sandboxes are told (see sandbox.setup)."""

    def __init__(self, told: bytes) -> None:
        self.told = told

    def setup(self, worker: object) -> None:
        """Called on a worker that begins, or that the plugin is sent to."""
        self.teardown(worker)
        _sandboxes["all"] = Sandboxes(self.told)

    def teardown(self, worker: object) -> None:
        """Called on a worker that ends."""
        sandboxes = _sandboxes.pop("all", None)
        if sandboxes is not None:
            sandboxes.close()


def read_document(program: bytes, name: str, data: bytes) -> bytes:
    """The answer of a sandbox to a document, behind a byte that says what it is. `program` is the reader_digest of whoever asks: another
    program would not give the same bytes."""
    if program != reader_digest():
        return OTHER_PROGRAM
    try:
        return READ + _sandboxes["all"].answer(name, data)
    except Unread as error:
        return UNREAD + str(error).encode()
    except NotStarted:
        return NOT_STARTED


def examined() -> tuple[bytes, str]:
    """This worker's reader_digest, and by what its sandboxes are confined."""
    return reader_digest(), confinement.probed()

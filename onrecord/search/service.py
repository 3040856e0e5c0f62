"""The Pagefind program, spoken to over its service protocol (JSON in base64, messages end with a comma).

The protocol is that of Pagefind's own Python and Node wrappers. It is used rather than the command because records need no HTML, and are
numbered in the order in which they are sent. The Python wrapper is not used: it sleeps a tenth of a second before each reply.
"""

from __future__ import annotations

import base64
import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import msgspec
import pagefind_bin

VERSION = "1.5.2"
# Records may be large, and Pagefind keeps what it has not come to yet.
_IN_FLIGHT = 4
# Pagefind compresses as much as it can, which takes the longer the more there is in one piece (the default is ten times as large).
_ENVIRONMENT = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "2000"}
LANGUAGE = "zxx"
"""The language of the records: "no linguistic content" (ISO 639-2). Pagefind has no stemmer for it, and takes words as they are."""


class ServiceFailed(Exception):
    """Pagefind is absent, is another version, refused a page or stopped. The message is a sentence for the user."""


def executable() -> Path:
    """The Pagefind program of the installed package. Raises ServiceFailed where it is absent."""
    try:
        return Path(pagefind_bin.get_executable())
    except FileNotFoundError as error:
        raise ServiceFailed(
            f"Pagefind's program is missing ({error}); install the package pagefind-bin again."
        ) from error


def files(contents: Iterable[str]) -> dict[str, bytes]:
    """Indexes the words of `contents`, a record each, in this order: the records' numbers in the index are theirs. Returns Pagefind's
    bundle without its interface: path → bytes. A record without a word is left out by Pagefind, and must not be among them.

    Pagefind is asked for its files rather than told to write them: it answers before what it writes has reached the disk, and a file
    may be cut short when it ends. Raises ServiceFailed.
    """
    with _running() as session:
        index = session.ask({"type": "NewIndex", "config": {}}).index_id
        waiting = 0
        for number, content in enumerate(contents):
            session.send(
                {
                    "type": "AddRecord",
                    "index_id": index,
                    "url": f"/{number}",
                    "content": content,
                    "language": LANGUAGE,
                    "meta": {},
                }
            )
            waiting += 1
            if waiting >= _IN_FLIGHT:
                session.reply()
                waiting -= 1
        for _ in range(waiting):
            session.reply()
        answer = session.ask({"type": "GetFiles", "index_id": index}).files
    wanted = (".pf_meta", ".pf_index", "pagefind-entry.json")
    return {file.path: base64.b64decode(file.content) for file in answer if file.path.endswith(wanted)}


class _File(msgspec.Struct):
    """A file of Pagefind's: its path, its bytes in base64."""

    path: str
    content: str


class _Payload(msgspec.Struct):
    """What Pagefind answers, as far as it is read."""

    type: str
    message: str = ""
    index_id: int = 0
    files: list[_File] = []


class _Answer(msgspec.Struct):
    payload: _Payload


_answer = msgspec.json.Decoder(_Answer).decode


class _Session:
    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._sent = 0
        self._replies: SimpleQueue[_Payload | None] = SimpleQueue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def send(self, payload: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._sent += 1
        message = msgspec.json.encode({"message_id": self._sent, "payload": payload})
        try:
            self._process.stdin.write(base64.b64encode(message) + b",")
        except OSError as error:
            raise ServiceFailed(f"Pagefind stopped while it was indexing ({error}).") from error

    def reply(self) -> _Payload:
        assert self._process.stdin is not None
        try:
            self._process.stdin.flush()
            answer = self._replies.get(timeout=600)
        except OSError as error:
            raise ServiceFailed(f"Pagefind stopped while it was indexing ({error}).") from error
        except Empty as error:
            raise ServiceFailed("Pagefind has not answered for ten minutes.") from error
        if answer is None:
            raise ServiceFailed("Pagefind stopped while it was indexing (out of memory, or killed).")
        if answer.type == "Error":
            raise ServiceFailed(f"Pagefind refused a record: {answer.message}")
        return answer

    def ask(self, payload: dict[str, Any]) -> _Payload:
        self.send(payload)
        return self.reply()

    def end(self) -> None:
        """Closes the pipes of a process that has ended."""
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        blocks: list[bytes] = []
        try:
            while block := stream.read1(1 << 20):  # type: ignore[attr-defined]
                *ends, unfinished = block.split(b",")
                for end in ends:
                    self._replies.put(_answered(b"".join((*blocks, end))))
                    blocks = []
                blocks.append(unfinished)
        except (OSError, ValueError):
            pass  # the pipe was closed under the reader: whoever waits for an answer is told that there is none
        finally:
            self._replies.put(None)


def _answered(message: bytes) -> _Payload:
    try:
        return _answer(base64.b64decode(message)).payload
    except ValueError as error:
        return _Payload("Error", f"its answer is of another form than was expected ({error})")


@contextmanager
def _running() -> Iterator[_Session]:
    try:
        process = subprocess.Popen(
            [str(executable()), "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")} | _ENVIRONMENT,
        )
    except OSError as error:
        raise ServiceFailed(f"Pagefind's program does not start ({error}).") from error
    session = _Session(process)
    try:
        yield session
    finally:
        # All that is wanted has been received by now; ending by itself, Pagefind would first give back its memory piece by piece.
        process.kill()
        process.wait()
        session.end()

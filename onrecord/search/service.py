"""The Pagefind program, spoken to over its service protocol (JSON in base64, messages end with a comma).

The protocol is that of Pagefind's own Python and Node wrappers. It is used rather than the command because pages are then indexed in
the order they are sent: the command walks the disk, whose order differs from one file system to the next, and with it the bytes of
the index. The Python wrapper is not used: it sleeps a tenth of a second before each reply.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import pagefind_bin

VERSION = "1.5.2"
_IN_FLIGHT = 64
# A query loads a chunk for each word: small ones cost a few more files and save most of the bytes (the default makes 100 KB chunks).
_ENVIRONMENT = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "5000"}


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


def files(pages: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Indexes `pages`, pairs of (path below the site, HTML), in this order and returns Pagefind's bundle: path → content in base64.

    Pagefind is asked for its files rather than told to write them: it answers before what it writes has reached the disk, and a file
    may be cut short when it ends. Raises ServiceFailed.
    """
    with _running() as session:
        index = session.ask({"type": "NewIndex", "config": {"keep_index_url": True}})["index_id"]
        waiting = 0
        for path, html in pages:
            session.send({"type": "AddFile", "index_id": index, "file_path": path, "url": None, "file_contents": html})
            waiting += 1
            if waiting >= _IN_FLIGHT:
                session.reply()
                waiting -= 1
        for _ in range(waiting):
            session.reply()
        answer = session.ask({"type": "GetFiles", "index_id": index})["files"]
    return {file["path"]: file["content"] for file in answer}


class _Session:
    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._sent = 0
        self._replies: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def send(self, payload: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._sent += 1
        message = json.dumps({"message_id": self._sent, "payload": payload}).encode()
        try:
            self._process.stdin.write(base64.b64encode(message) + b",")
        except OSError as error:
            raise ServiceFailed(f"Pagefind stopped while it was indexing ({error}).") from error

    def reply(self) -> dict[str, Any]:
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
        payload: dict[str, Any] = answer["payload"]
        if payload.get("type") == "Error":
            raise ServiceFailed(f"Pagefind refused a page: {payload.get('message')}")
        return payload

    def ask(self, payload: dict[str, Any]) -> dict[str, Any]:
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
        while block := stream.read1(1 << 20):  # type: ignore[attr-defined]
            *ends, unfinished = block.split(b",")
            for end in ends:
                self._replies.put(json.loads(base64.b64decode(b"".join((*blocks, end)))))
                blocks = []
            blocks.append(unfinished)
        self._replies.put(None)


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

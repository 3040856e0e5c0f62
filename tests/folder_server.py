"""A folder over http on this machine, for the tests that open pages in a browser: one server for all of them."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class _Server(http.server.ThreadingHTTPServer):
    # A page asks for many files at once. The library keeps five connections waiting; a sixth may be reset on a busy machine.
    request_queue_size = 1024


class _Handler(http.server.SimpleHTTPRequestHandler):
    prefix: str
    asked: list[str]

    def log_message(self, *_: Any) -> None:
        self.asked.append(f"{self.path} {self.headers.get('Referer', '')}".strip())

    def translate_path(self, path: str) -> str:
        return super().translate_path(
            path.removeprefix(self.prefix) if path.startswith(self.prefix) else "/nothing-here"
        )


@contextmanager
def folder_served(folder: Path, prefix: str = "/") -> Iterator[tuple[str, list[str]]]:
    """A folder over http below `prefix`: its address, and what was asked for so far (the path, and the page that sent there)."""
    asked: list[str] = []
    handler = functools.partial(type("Handler", (_Handler,), {"prefix": prefix, "asked": asked}), directory=str(folder))
    server = _Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}", asked
    finally:
        server.shutdown()
        server.server_close()

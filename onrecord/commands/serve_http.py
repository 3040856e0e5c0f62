"""The server of `serve`: on the loopback address, for this machine alone, and never busy with those who do not ask.

A connection has `ASKING_SECONDS` to send its whole request; where `MOST_CONNECTIONS` are open, the oldest of those that have not is ended
for a new one. The head of a request, its path and the pages that wait for news are bounded, too.
"""

from __future__ import annotations

import html
import http.server
import io
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import Any, Protocol
from urllib.parse import unquote

from onrecord import render
from onrecord.commands import serve_rules
from onrecord.file_types import TYPES
from onrecord.store import StoreDamaged

HOST = "127.0.0.1"
OWN = "/.onrecord/"
MOST_CONNECTIONS = 64
MOST_LISTENING = 32
"""Pages that wait for news at a time; one more is shown and does not reload by itself."""
ASKING_SECONDS = 10.0
ANSWERING_SECONDS = 30.0
"""How long a connection may take to receive one answer."""
MOST_HEAD = 32 * 1024
MOST_PATH = 2048
"""Characters of a request's path, percent signs and all: no address of a site is as long."""
_SCRIPT = Path(__file__).with_name("serve.js")
_TAG = b'<script src="/.onrecord/serve.js" defer></script>'
_BUSY = b"HTTP/1.0 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 5\r\n\r\n"
# What the system takes an ending for may be anything, and with `nosniff` a script of another type is not run.
_KINDS = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".bib": "text/plain",
    ".ris": "text/plain",
    ".po": "text/plain",
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".xml": "application/xml",
    ".atom": "application/atom+xml",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/vnd.microsoft.icon",
    ".pdf": "application/pdf",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
    ".zip": "application/zip",
} | {f".{ending.rpartition('.')[2]}": kind.media for kind in TYPES.values() for ending in kind.endings}


class Pages(Protocol):
    """Where pages come from."""

    def file(self, path: str) -> bytes | None:
        """The file of the site at a path, or None. Raises TemplateProblem, StoreDamaged."""

    def reports(self) -> Iterator[str | None]:
        """What came of looking at the content, as JSON, each time; None from time to time."""


class Connections:
    """The connections that are open; of each, whether its request is complete. Methods may be called by any thread."""

    def __init__(self, most: int, asking_seconds: float) -> None:
        self.asking_seconds = asking_seconds
        self._most = most
        self._asking: dict[socket.socket, float] = {}
        self._answered: set[socket.socket] = set()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._asking) + len(self._answered)

    def add(self, connection: socket.socket) -> bool:
        """Takes a new connection in, if need be for the oldest that has not asked yet; False where all that are open are being answered."""
        with self._lock:
            if len(self) >= self._most:
                if not self._asking:
                    return False
                oldest = next(iter(self._asking))
                del self._asking[oldest]
                _end(oldest)
            self._asking[connection] = time.monotonic()
            return True

    def note_request(self, connection: socket.socket) -> None:
        """The request of this connection is complete."""
        with self._lock:
            if self._asking.pop(connection, None) is not None:
                self._answered.add(connection)

    def remove(self, connection: socket.socket) -> None:
        """This connection is done."""
        with self._lock:
            self._asking.pop(connection, None)
            self._answered.discard(connection)

    def end_late(self) -> None:
        """Ends those that have taken too long to ask."""
        latest = time.monotonic() - self.asking_seconds
        with self._lock:
            for connection in [connection for connection, began in self._asking.items() if began < latest]:
                del self._asking[connection]
                _end(connection)


def _end(connection: socket.socket) -> None:
    """Lets the thread that waits for this connection's bytes find its end."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """Serves the site on the loopback address only, and tells pages when the content was read again."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 1024

    def __init__(self, site: Path, port: int, work: Pages) -> None:
        """Binds a port (0: a free one). Raises OSError where it is taken."""
        self.site = site
        self.work = work
        self.connections = Connections(MOST_CONNECTIONS, ASKING_SECONDS)
        self.listening = threading.BoundedSemaphore(MOST_LISTENING)
        super().__init__((HOST, port), Handler)
        self.port = int(self.server_address[1])
        self.hosts = frozenset(f"{name}:{self.port}" for name in (HOST, "localhost"))

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answers a new connection in a thread of its own, where there is room for it."""
        if self.connections.add(request):
            super().process_request(request, client_address)
            return
        with suppress(OSError):
            request.settimeout(1.0)
            request.sendall(_BUSY)
        super().shutdown_request(request)

    def shutdown_request(self, request: Any) -> None:
        """Closes a connection."""
        self.connections.remove(request)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """What `serve_forever` does twice a second."""
        self.connections.end_late()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle, or does not take its answer, is no error; anything else is shown as always."""
        if not isinstance(sys.exc_info()[1], (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


class _HeadTooLong(Exception):
    """The head of a request has more bytes than it may."""


class _Head(io.BufferedIOBase):
    """The bytes of a request, whose head may have `MOST_HEAD` behind its first line, which has a limit of its own."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        self._stream = stream
        self._room: int | None = None

    def readline(self, size: int | None = -1) -> bytes:
        """A line of the head. Raises _HeadTooLong."""
        line = self._stream.readline(-1 if size is None else size)
        if self._room is None:
            self._room = MOST_HEAD
            return line
        self._room -= len(line)
        if self._room < 0:
            raise _HeadTooLong
        return line

    def close(self) -> None:
        """Closes what it reads from."""
        self._stream.close()
        super().close()


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers one request: from what was read last, else from the site as it was built; a page gets the script that reloads it."""

    server: Server
    default_request_version = "HTTP/1.0"  # the older one has answers without a head
    timeout = ANSWERING_SECONDS

    def setup(self) -> None:
        """Bounds what is read of the connection."""
        super().setup()
        self.rfile = _Head(self.rfile)
        self.requestline, self.request_version, self.command = "", "HTTP/1.0", ""

    def handle(self) -> None:
        """Reads the request and answers it."""
        try:
            super().handle()
        except _HeadTooLong:
            self.send_error(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def version_string(self) -> str:
        """What answers say of the server: not its version, nor Python's."""
        return "Onrecord"

    def parse_request(self) -> bool:
        """Whether there is a request to answer; from here on the connection is one that is being answered."""
        complete = super().parse_request()
        self.server.connections.note_request(self.connection)
        return complete

    def do_GET(self) -> None:
        """Answers a request for a file, for the script, or for news."""
        refusal = serve_rules.refusal(self.headers, self.server.hosts)
        if refusal is not None:
            self.send_error(*refusal)
        elif len(self.path) > MOST_PATH:
            self.send_error(HTTPStatus.REQUEST_URI_TOO_LONG)
        elif not self.path.startswith("/"):
            self.send_error(HTTPStatus.BAD_REQUEST)
        elif self.path == f"{OWN}news":
            self._news()
        elif self.path == f"{OWN}serve.js":
            self._send(_SCRIPT.read_bytes(), ".js")
        else:
            self._file(unquote(self.path.partition("?")[0]).lstrip("/"))

    def end_headers(self) -> None:
        """Every answer, refusals too, carries what binds browsers."""
        for name, value in serve_rules.HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def _file(self, path: str) -> None:
        if not path or path.endswith("/"):
            path += "index.html"
        status = HTTPStatus.OK
        try:
            data = self.server.work.file(path)
            if data is None:
                data = self._built(path)
            if data is None:
                path, status = "404.html", HTTPStatus.NOT_FOUND
                data = self.server.work.file(path) or _plain("There is no site yet.")
        except (render.TemplateProblem, StoreDamaged) as problem:
            path, status, data = "500.html", HTTPStatus.INTERNAL_SERVER_ERROR, _plain(str(problem))
        if path.endswith(".html"):
            head, end, tail = data.rpartition(b"</body>")
            data = head + _TAG + end + tail if end else data + _TAG
        self._send(data, PurePosixPath(path).suffix.lower(), status)

    def _built(self, path: str) -> bytes | None:
        """A file of the site as it was last built whole; None where there is none, or where it lies outside the site."""
        if any(part in ("", ".", "..") for part in path.split("/")) or any(mark in path for mark in "\\:\0"):
            return None
        try:
            file = (self.server.site / path).resolve(strict=True)
            inside = file.is_relative_to(self.server.site.resolve())
            return file.read_bytes() if inside and file.is_file() else None
        except (OSError, ValueError, RuntimeError):  # RuntimeError: a circle of links, before Python 3.13
            return None

    def _send(self, data: bytes, suffix: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        kind = _KINDS.get(suffix, "application/octet-stream")
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _news(self) -> None:
        """Server-sent events (HTML Living Standard, section 9.2): one for each look, and a comment now and then to see who is gone."""
        if not self.server.listening.acquire(blocking=False):
            self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        try:
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", "text/event-stream; charset=utf-8")
            self.end_headers()
            for report in self.server.work.reports():
                self.wfile.write(b": still here\n\n" if report is None else f"data: {report}\n\n".encode())
                self.wfile.flush()
        finally:
            self.server.listening.release()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Requests are not logged."""


def _plain(text: str) -> bytes:
    """A page that says one thing, for when there is no other."""
    return (
        f"<!doctype html><html lang=en><title>Onrecord</title><body><p>{html.escape(text)}</p></body></html>".encode()
    )

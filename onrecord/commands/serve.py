"""`build.py serve`: build, watch, build again, reload. For this machine alone: the server answers nobody else.

Drafts are shown. Problems stand as an overlay in the page, and the last good build stays behind it.
"""

from __future__ import annotations

import argparse
import http.server
import io
import json
import os
import socketserver
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any, TextIO

from onrecord.command import WrongUse
from onrecord.commands import building

HOST = "127.0.0.1"
OWN = "/.onrecord/"
_SCRIPT = Path(__file__).with_name("serve.js")
_TAG = b'<script src="/.onrecord/serve.js" defer></script>'
_EVERY = 0.25
_ALIVE = 15.0

Build = Callable[[argparse.Namespace, TextIO, TextIO], int]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--content", type=Path, default=Path("content"), metavar="D", help="the content folder (default: content)"
    )
    parser.add_argument(
        "--templates", type=Path, default=None, metavar="D", help="the templates folder (default: the program's own)"
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=Path(".cache/serve/site"),
        metavar="D",
        help="where the site is built (default: .cache/serve/site)",
    )
    parser.add_argument(
        "--port", type=int, default=8000, metavar="N", help="the port (default: 8000; 0 takes a free one)"
    )
    parser.add_argument(
        "--no-search", action="store_true", help="leave the search index out, which makes each build faster"
    )


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Builds and serves until it is stopped (Ctrl-C). Raises WrongUse where there is no content or the port is taken."""
    if not args.content.is_dir():
        raise WrongUse(f"There is no folder {args.content}. Name the content folder with --content.")
    if not 0 <= args.port <= 65535:
        raise WrongUse(f"{args.port} is not a port. Choose one between 1024 and 65535, or 0 for a free one.")
    from build import build

    work = Workshop(args, build, err)
    try:
        server = Server(args.out, args.port, work)
    except OSError as error:
        raise WrongUse(
            f"Port {args.port} cannot be used ({error.strerror}). Choose another with --port, or --port 0 for a free one."
        ) from error
    with server:
        work.build()
        threading.Thread(target=server.serve_forever, name="serve", daemon=True).start()
        out.write(f"http://{HOST}:{server.port}/\n")
        out.flush()
        err.write("Stop with Ctrl-C.\n")
        try:
            work.watch()
        except KeyboardInterrupt:
            err.write("\n")
        finally:
            work.stop()
            server.shutdown()
    return 0


class Workshop:
    """Builds whenever something has changed, and keeps what came of the last build for the pages that wait for it.

    `number` counts finished builds; `problems` are those of the last one, as `check --format json` has them, and `failure` is the
    message of a build that ended for another reason.
    """

    def __init__(self, args: argparse.Namespace, build: Build, err: TextIO) -> None:
        self.args = args
        self.err = err
        self.number = 0
        self.problems: list[dict[str, Any]] = []
        self.failure = ""
        self._build = build
        self._news = threading.Condition()
        self._stopped = threading.Event()
        self._seen: dict[str, tuple[int, int]] = {}

    def build(self) -> None:
        """Builds once, and says how it went to the terminal and to every page that waits."""
        self._seen = self._state()
        options = argparse.ArgumentParser()
        building.add_arguments(options)
        given = ["--content", str(self.args.content), "--out", str(self.args.out), "--format", "json", "--drafts"]
        given += ["--templates", str(self.args.templates)] if self.args.templates else []
        given += ["--no-search"] if self.args.no_search else []
        began = time.monotonic()
        out, said, failure, code = io.StringIO(), io.StringIO(), "", 2
        try:
            code = self._build(options.parse_args(given), out, said)
        except (WrongUse, OSError) as error:
            failure = str(error)
        problems = [json.loads(line) for line in out.getvalue().splitlines() if line.startswith("{")]
        for problem in problems:
            self.err.write(
                f"{problem['path']}:{problem['line']}:{problem['column']}: {problem['code']} {problem['message']}\n"
            )
        seconds = time.monotonic() - began
        self.err.write(f"{failure}\n" if failure else f"{'Built' if code == 0 else 'Not built'} in {seconds:.2f} s.\n")
        self.err.flush()
        with self._news:
            self.problems, self.failure = problems, failure
            self.number += 1
            self._news.notify_all()

    def watch(self) -> None:
        """Builds again each time a file has changed, until `stop` is called."""
        while not self._stopped.wait(_EVERY):
            now = self._state()
            if now == self._seen:
                continue
            # Editors write a file in several steps: wait until nothing moves.
            while not self._stopped.wait(_EVERY / 2):
                later = self._state()
                if later == now:
                    break
                now = later
            self.build()

    def stop(self) -> None:
        """Ends `watch`, and lets the pages that wait go."""
        self._stopped.set()
        with self._news:
            self._news.notify_all()

    def reports(self) -> Iterator[str | None]:
        """What came of the last build, as JSON, and again after each build; None from time to time while nothing happens."""
        told = -1
        while not self._stopped.is_set():
            with self._news:
                if self.number == told:
                    self._news.wait(_ALIVE)
                if self.number == told:
                    report = None
                else:
                    told = self.number
                    report = json.dumps(
                        {"number": self.number, "problems": self.problems, "failure": self.failure}, ensure_ascii=False
                    )
            if not self._stopped.is_set():
                yield report

    def _state(self) -> dict[str, tuple[int, int]]:
        """Time and size of every file that a page is made of."""
        templates = self.args.templates or Path(__file__).resolve().parents[2] / "templates"
        found: dict[str, tuple[int, int]] = {}
        folders = [str(self.args.content), str(templates)]
        while folders:
            try:
                with os.scandir(folders.pop()) as entries:
                    for entry in entries:
                        if entry.name.startswith(".") or entry.name.endswith("~"):
                            continue
                        if entry.is_dir(follow_symlinks=False):
                            folders.append(entry.path)
                        else:
                            status = entry.stat(follow_symlinks=False)
                            found[entry.path] = (status.st_mtime_ns, status.st_size)
            except FileNotFoundError:
                continue
        return found


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """Serves the site on the loopback address only, and tells pages when a build is finished."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, site: Path, port: int, work: Workshop) -> None:
        self.site = site
        self.work = work
        super().__init__((HOST, port), Handler)
        self.port = int(self.server_address[1])
        # A name that a foreign site lets point to this machine (DNS rebinding) must not be answered.
        self.names = {f"{name}:{self.port}" for name in (HOST, "localhost")}

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle is no error; anything else is shown as always."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Answers from the built site; a page gets the script that reloads it."""

    server: Server

    def __init__(self, request: Any, client_address: Any, server: Server) -> None:
        super().__init__(request, client_address, server, directory=str(server.site))

    def do_GET(self) -> None:
        """Answers a request for a file, for the script, or for news."""
        if self.headers.get("Host") not in self.server.names:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST, "This server answers for this machine only")
        elif self.path == f"{OWN}news":
            self._news()
        elif self.path == f"{OWN}serve.js":
            self._send(_SCRIPT.read_bytes(), "text/javascript; charset=utf-8")
        else:
            self._file()

    def do_HEAD(self) -> None:
        """Refused: nothing here needs it, and it would answer without looking at the host."""
        self.send_error(HTTPStatus.METHOD_NOT_ALLOWED)

    def _file(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path = path / "index.html"
        status = HTTPStatus.OK
        if not path.is_file() or not path.resolve().is_relative_to(self.server.site.resolve()):
            path, status = self.server.site / "404.html", HTTPStatus.NOT_FOUND
        try:
            data = path.read_bytes()
        except OSError:
            data = b"<!doctype html><html lang=en><title>Not built</title><p>There is no site yet.</p></body></html>"
            path = Path("none.html")
        if path.suffix == ".html":
            head, end, tail = data.rpartition(b"</body>")
            data = head + _TAG + end + tail if end else data + _TAG
        self._send(data, self.guess_type(str(path)), status)

    def _send(self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header(
            "Content-Type", kind if "charset" in kind or not kind.startswith("text/") else f"{kind}; charset=utf-8"
        )
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def _news(self) -> None:
        """Server-sent events (HTML Living Standard, section 9.2): one for each build, and a comment now and then to see who is gone."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        for report in self.server.work.reports():
            self.wfile.write(b": still here\n\n" if report is None else f"data: {report}\n\n".encode())
            self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Requests are not logged."""

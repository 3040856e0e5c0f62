"""A site of nothing but release pages and the search page, served as a public host would serve it."""

from __future__ import annotations

import gzip
import http.server
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from jinja2 import Environment, FileSystemLoader

from onrecord import languages
from onrecord.search import SearchEntry
from onrecord.search.search_page import view_of

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PAGE = '{% import "parts/search.html" as search_page %}{% call search_page.form(search, "", site) %}{% endcall %}'
POLICY = (
    "default-src 'none'; script-src 'self'; worker-src 'self' blob:; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"
)


def write_search_page(site: Path, releases: Sequence[SearchEntry]) -> None:
    """Writes search.html and what it needs of templates/assets into `site`."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, extensions=["jinja2.ext.i18n"])
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    environment.filters["number"] = partial(languages.number, language="en")
    inside = environment.from_string(PAGE).render(search=view_of(releases), site={"title": "Measured", "publisher": ""})
    (site / "assets").mkdir(parents=True, exist_ok=True)
    for asset in (TEMPLATES / "assets" / "frame.js", *sorted((TEMPLATES / "assets").glob("search*"))):
        shutil.copyfile(asset, site / "assets" / asset.name)
    (site / "search.html").write_text(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<title>Search</title><link rel="stylesheet" href="assets/search.css"><script src="assets/search-early.js"></script>'
        f'<script src="assets/frame.js" defer></script></head><body><main>{inside}</main></body></html>',
        "utf-8",
    )


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves `folder` below /repo/, text compressed, and counts what it sends."""

    folder: Path
    sent: list[tuple[str, int]]

    def log_message(self, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        path = unquote(self.path.split("?")[0]).removeprefix("/repo/")
        file = self.folder / path
        if not self.path.startswith("/repo/") or not file.is_file():
            self.send_error(404)
            return
        data = file.read_bytes()
        packed = file.suffix in {".html", ".js", ".json", ".css", ".txt"}
        if packed:
            data = gzip.compress(data, 6, mtime=0)
        self.sent.append((path, len(data)))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(data)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(data)


class _Server(http.server.ThreadingHTTPServer):
    # A page asks for many files at once; the library keeps only five connections waiting.
    request_queue_size = 1024


@contextmanager
def served(site: Path) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Serves `site` on this machine. Gives its address and the list of (path, bytes) that grows with every answer."""
    sent: list[tuple[str, int]] = []
    handler = type("Handler", (_Handler,), {"folder": site, "sent": sent})
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/repo", sent
    finally:
        server.shutdown()
        server.server_close()

"""`serve` in a real browser: an edit shows by itself, a mistake shows as an overlay, and nobody else is answered."""

from __future__ import annotations

import argparse
import http.client
import io
import mimetypes
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from onrecord.commands import serve, serve_http, serve_rules
from tests.commands.conftest import Folders
from tests.originals import pdf, sha256

WITHDRAWN = """---
title: Lamps for everybody
date: 2012-02-09
publisher: Harbour Watch
language: en
extent: full
status: withdrawn
reason: The publisher took it back.
---
"""
RELEASE = """---
title: Ferry crews ask for light
date: 2012-02-08
publisher: Harbour Watch
language: en
extent: full
status: draft
---
The crews of the night ferry asked today for light on the pier.
"""


class Served:
    """An archive that is being served from a folder of its own."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.release = folder / "content" / "releases" / "2012" / "2012-02-08-ferry-crews-ask-for-light.md"
        self.release.parent.mkdir(parents=True)
        self.release.write_text(RELEASE, encoding="utf-8")
        (folder / "content" / "archive.toml").write_text('title = "Harbour papers"\n', encoding="utf-8")
        parser = argparse.ArgumentParser()
        serve.add_arguments(parser)
        folders = ["--content", str(folder / "content"), "--out", str(folder / "site")]
        args = parser.parse_args([*folders, *(options or ["--no-search"])])
        self.terminal = io.StringIO()
        self.headers: dict[str, str] = {}
        self.work = serve.Preview(args, self.terminal)
        self.server = serve_http.Server(args.out, 0, self.work)
        self.port = self.server.port
        self.threads = [threading.Thread(target=self.server.serve_forever), threading.Thread(target=self.work.watch)]

    def __enter__(self) -> Served:
        with ExitStack() as undone:
            undone.callback(self.close)
            self.work.look()
            for thread in self.threads:
                thread.start()
            undone.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends all of it."""
        self.work.stop()
        serving, watching = self.threads
        if serving.ident is not None:
            self.server.shutdown()
            serving.join()
        self.server.server_close()
        if watching.ident is not None:
            watching.join()

    def wait_for_build(self) -> None:
        """Until the terminal says that the whole site was built."""
        ends = time.monotonic() + 120
        while "Whole site built" not in self.terminal.getvalue():
            assert time.monotonic() < ends, self.terminal.getvalue()
            time.sleep(0.02)

    def wait_until_all_left(self) -> None:
        """Until no connection is open any more."""
        ends = time.monotonic() + 120
        while len(self.server.connections) > 0:
            assert time.monotonic() < ends, f"{len(self.server.connections)} connections are open"
            time.sleep(0.02)

    def get(self, path: str, host: str = "", **headers: str) -> tuple[int, str]:
        """The status and the text of an answer; `Sec_Fetch_Site="none"` is the header Sec-Fetch-Site."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{self.port}", **named})
            answer = connection.getresponse()
            self.headers = dict(answer.getheaders())
            return answer.status, answer.read().decode("utf-8", "replace")

    def send(self, data: bytes) -> socket.socket:
        """A connection on which these bytes were sent."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        connection.sendall(data)
        return connection


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with Served(tmp_path) as running:
        yield running


@pytest.fixture(scope="module")
def standing(disk_folder: Folders) -> Iterator[Served]:
    """One that is only asked, whose whole site is built."""
    with Served(disk_folder("standing")) as running:
        running.wait_for_build()
        yield running


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


def test_the_whole_site_is_built_beside_a_withdrawn_release(served: Served) -> None:
    """The preview has read a file that was changed a moment ago, and so has the build: both keep what they have read."""
    served.wait_for_build()
    for name in ("lamps", "oil"):
        served.terminal.truncate(0)
        (served.release.parent / f"2012-02-09-{name}.md").write_text(WITHDRAWN, encoding="utf-8")
        served.wait_for_build()
        assert "database is locked" not in served.terminal.getvalue()
        assert (served.work.args.out / "releases" / f"2012-02-09-{name}.html").is_file()


def test_an_edit_and_a_mistake_show_in_the_open_page(served: Served, page: Page) -> None:
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"http://127.0.0.1:{served.port}/releases/2012-02-08-ferry-crews-ask-for-light.html")
    expect(page.locator("h1")).to_have_text("Ferry crews ask for light")

    served.release.write_text(RELEASE.replace("ask for light", "ask for lamps"), encoding="utf-8")
    expect(page.locator("h1")).to_have_text("Ferry crews ask for lamps")

    served.release.write_text(
        RELEASE.replace("2012-02-08", "2012-02-30").replace("Ferry", "<b>Ferry"), encoding="utf-8"
    )
    overlay = page.locator("#onrecord-problems")
    expect(overlay).to_contain_text("2012-02-08-ferry-crews-ask-for-light.md:3:7 bad-date:")
    expect(page.locator("h1")).to_have_text("Ferry crews ask for lamps")
    assert overlay.locator("b").count() == 0

    served.release.write_text(RELEASE.replace("ask for light", "have light"), encoding="utf-8")
    expect(page.locator("h1")).to_have_text("Ferry crews have light")
    expect(overlay).to_have_count(0)
    assert errors == []


def test_an_original_is_shown_as_soon_as_its_record_names_it(served: Served) -> None:
    original = pdf()
    file = served.release.parents[2] / "files" / "statement.pdf"
    file.parent.mkdir()
    file.write_bytes(original)
    fields = f"files:\n  - file: statement.pdf\n    role: original\n    rights: All\n    sha256: {sha256(original)}\n"
    served.release.write_text(RELEASE.replace("status: draft\n", fields), encoding="utf-8")
    ends = time.monotonic() + 60
    while (status := served.get(f"/files/{sha256(original)}.pdf")[0]) == 404 and time.monotonic() < ends:
        time.sleep(0.05)
    assert status == 200
    assert served.headers["Content-Type"] == "application/pdf"
    assert served.headers["Content-Length"] == str(len(original))


def test_nobody_else_is_answered(standing: Served) -> None:
    assert standing.server.server_address[0] == "127.0.0.1"
    assert standing.get("/index.html")[0] == 200
    assert standing.get("/index.html", host=f"localhost:{standing.port}")[0] == 200
    for host in ("attacker.example", f"attacker.example:{standing.port}", "127.0.0.1"):
        status, text = standing.get("/index.html", host=host)
        assert status == 421
        assert "Harbour" not in text


OWN = "http://127.0.0.1:PORT"
OTHER = "http://127.0.0.1:1"


@pytest.mark.parametrize(
    ("headers", "answered"),
    [
        ({}, True),  # a program, or a browser that is too old to say
        ({"Sec_Fetch_Site": "none", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}, True),
        ({"Sec_Fetch_Site": "same-origin", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "script"}, True),
        ({"Sec_Fetch_Site": "same-origin", "Origin": OWN}, True),
        ({"Referer": f"{OWN}/index.html"}, True),
        # A link that a person follows, from a terminal's page or a mail.
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}, True),
        ({"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}, True),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "script"}, False),
        ({"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "script"}, False),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"}, False),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "object"}, False),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "document"}, False),
        ({"Sec_Fetch_Site": "cross-site"}, False),
        ({"Sec_Fetch_Site": "of a kind to come"}, False),
        ({"Sec_Fetch_Site": "same-origin", "Origin": OTHER}, False),
        ({"Origin": OTHER}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "https://127.0.0.1:PORT"}, False),
        ({"Origin": "http://localhost:PORT"}, False),
        ({"Referer": f"{OTHER}/page.html"}, False),
        ({"Referer": f"{OWN}1/page.html"}, False),
    ],
)
def test_only_its_own_pages_and_a_person_are_answered(
    standing: Served, headers: dict[str, str], answered: bool
) -> None:
    given = {name: value.replace("PORT", str(standing.port)) for name, value in headers.items()}
    status, text = standing.get("/assets/contribute-terms.js", **given)
    assert status == (200 if answered else 403)
    assert ("window.onrecordTerms" in text) is answered


def test_a_host_that_is_named_twice_is_none(standing: Served) -> None:
    own = f"Host: 127.0.0.1:{standing.port}\r\n".encode()
    for hosts in (own + own, own + b"Host: attacker.example\r\n", b""):
        with standing.send(b"GET / HTTP/1.1\r\n" + hosts + b"\r\n") as connection:
            assert b" 421 " in connection.recv(100)


@pytest.mark.parametrize(
    "path", ["/", "/assets/contribute-terms.js", "/nothing", "/.onrecord/serve.js", "/" + "a" * 4000]
)
def test_every_answer_binds_the_browser(standing: Served, path: str) -> None:
    for host in ("", "attacker.example"):
        standing.get(path, host=host)
        assert serve_rules.HEADERS.items() <= standing.headers.items()
        assert "Python" not in standing.headers["Server"]


def test_a_script_is_called_a_script_whatever_the_system_calls_it(
    standing: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(mimetypes.types_map, ".js", "text/plain")
    standing.get("/assets/contribute-terms.js")
    assert standing.headers["Content-Type"] == "text/javascript; charset=utf-8"


def test_two_hundred_half_sent_requests_leave_it_answering(standing: Served) -> None:
    began = threading.active_count()
    with ExitStack() as slow:
        for _ in range(200):
            slow.enter_context(standing.send(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-"))
        for _ in range(5):
            assert standing.get("/index.html")[0] == 200
        assert len(standing.server.connections) <= serve_http.MOST_CONNECTIONS
        assert threading.active_count() - began <= serve_http.MOST_CONNECTIONS + 8


def test_a_request_that_never_ends_is_ended(standing: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing.server.connections, "asking_seconds", 0.2)
    with standing.send(b"GET / HTTP/1.1\r\n") as connection, pytest.raises(ConnectionError):  # noqa: PT012
        for _ in range(100):
            connection.sendall(b"X: 1\r\n")
            time.sleep(0.1)
    standing.wait_until_all_left()


def test_a_browser_that_does_not_take_its_answer_is_left(standing: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve_http.Handler, "timeout", 0.3)
    film = standing.server.site / "film.zip"
    film.write_bytes(bytes(30_000_000))
    ask = f"GET /film.zip HTTP/1.1\r\nHost: 127.0.0.1:{standing.port}\r\n\r\n".encode()
    with ExitStack() as slow:
        for _ in range(5):
            slow.enter_context(standing.send(ask))
        standing.wait_until_all_left()
    film.unlink()


def test_pages_that_wait_for_news_do_not_keep_the_others_waiting(standing: Served) -> None:
    ask = f"GET /.onrecord/news HTTP/1.1\r\nHost: 127.0.0.1:{standing.port}\r\n\r\n".encode()
    with ExitStack() as waiting:
        for _ in range(serve_http.MOST_LISTENING):
            assert b" 200 " in waiting.enter_context(standing.send(ask)).recv(100)
        with standing.send(ask) as more:
            assert b" 503 " in more.recv(100)
        assert standing.get("/index.html")[0] == 200


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("GET /%s HTTP/1.1\r\nHost: HOST" % ("a/" * 8000), 414),
        ("GET /%s HTTP/1.1\r\nHost: HOST" % ("a/" * 40000), 414),
        ("GET /%s HTTP/1.1\r\nHost: HOST" % ("a" * 400), 404),
        ("GET /%s HTTP/1.1\r\nHost: HOST" % ("a/" * 900), 404),
        ("GET /%00 HTTP/1.1\r\nHost: HOST", 404),
        ("GET /%ff%fe HTTP/1.1\r\nHost: HOST", 404),
        ("GET /a\\..\\b HTTP/1.1\r\nHost: HOST", 404),
        ("GET http://[x/ HTTP/1.1\r\nHost: HOST", 400),
        ("GET * HTTP/1.1\r\nHost: HOST", 400),
        ("GET / HTTP/9999999999.1\r\nHost: HOST", 505),
        ("GET /\r\nHost: HOST", 200),
        ("POST / HTTP/1.1\r\nHost: HOST", 501),
        ("HEAD / HTTP/1.1\r\nHost: HOST", 501),
        ("GET / HTTP/1.1\r\nHost: HOST\r\n" + "\r\n".join(f"X-{number}: 1" for number in range(200)), 431),
        ("GET / HTTP/1.1\r\nHost: HOST\r\n" + "\r\n".join(f"X-{number}: {'a' * 1200}" for number in range(28)), 431),
    ],
)
def test_a_request_of_any_shape_has_an_answer_and_no_traceback(
    standing: Served, head: str, status: int, capfd: pytest.CaptureFixture[str]
) -> None:
    with standing.send(head.replace("HOST", f"127.0.0.1:{standing.port}").encode() + b"\r\n\r\n") as connection:
        assert f" {status} " in connection.recv(100).decode()
    assert standing.get("/index.html")[0] == 200
    assert "Traceback" not in capfd.readouterr().err


PIECES = [
    b"GET ", b"HEAD ", b"OPTIONS ", b"/", b"//", b"/..", b"%2e%2e", b"%", b"%zz", b"%00", b"?", b"#", b"\\", b"\x00",
    b"\xff\xfe", b"\r", b"\n", b"\r\n", b"\r\n\r\n", b" HTTP/1.1\r\n", b" HTTP/0.9", b" HTTP/1", b"http://", b"[::1",
    b"Host: 127.0.0.1:PORT\r\n", b"Host:", b"Origin: null\r\n", b"Sec-Fetch-Site: ", b"cross-site", b"none",
    b"Content-Length: -1\r\n", b"Transfer-Encoding: chunked\r\n", b"Connection: keep-alive\r\n", b"Expect: 100-continue\r\n",
    b"Range: bytes=0-\r\n", b": \r\n", b" folded\r\n", b"A" * 3000, b"index.html", b".onrecord/news", b".onrecord/serve.js",
    b"assets/", b"\xe2\x80\xae",
]  # fmt: skip


def test_no_bytes_end_it_or_make_a_traceback(standing: Served, capfd: pytest.CaptureFixture[str]) -> None:
    """Five hundred requests that are put together by chance, the same each time; whatever is answered was asked with its own host."""
    chance = random.Random(13)  # noqa: S311 - the same requests each time
    for _ in range(500):
        head = b"".join(chance.choices(PIECES, k=chance.randint(1, 14))).replace(b"PORT", str(standing.port).encode())
        with standing.send(chance.choice([b"", b"GET /", b"GET / HTTP/1.1\r\n"]) + head) as connection:
            connection.settimeout(5)
            # A request that is no request may be answered and its connection ended before its last byte was sent.
            with suppress(OSError):
                connection.shutdown(socket.SHUT_WR)
            with suppress(ConnectionError, TimeoutError):
                answer = connection.recv(4096)
                assert b" 200 " not in answer[:16] or b"Host: 127.0.0.1" in head
    assert standing.get("/index.html")[0] == 200
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/link.txt"])
def test_nothing_outside_the_site_is_served(standing: Served, path: str) -> None:
    site = standing.server.site
    (site.parent / "secret.txt").write_text("nobody's business", encoding="utf-8")
    (site / "link.txt").symlink_to(site.parent / "secret.txt")
    try:
        status, text = standing.get(path)
    finally:
        (site / "link.txt").unlink()
    assert status == 404
    assert "nobody's business" not in text


def test_drafts_are_shown_and_the_built_files_hold_no_script_of_the_server(standing: Served) -> None:
    assert "Ferry crews" in standing.get("/releases/2012-02-08-ferry-crews-ask-for-light.html")[1]
    assert "/.onrecord/serve.js" in standing.get("/")[1]
    assert "onrecord/serve.js" not in (standing.server.site / "index.html").read_text("utf-8")


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path, run: Callable[..., Any]) -> None:
    (tmp_path / "content").mkdir()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = run(
            "serve",
            "--content",
            tmp_path / "content",
            "--out",
            tmp_path / "site",
            "--port",
            str(other.getsockname()[1]),
        )
    assert done.code == 2
    assert "Choose another with --port" in done.err
    assert done.err.count("\n") == 1

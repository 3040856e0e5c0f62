"""`serve` in a real browser: an edit shows by itself, a mistake shows as an overlay, and nobody else is answered."""

from __future__ import annotations

import argparse
import http.client
import io
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from onrecord.commands import serve

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

    def __init__(self, folder: Path) -> None:
        self.release = folder / "content" / "releases" / "2012" / "2012-02-08-ferry-crews-ask-for-light.md"
        self.release.parent.mkdir(parents=True)
        self.release.write_text(RELEASE, encoding="utf-8")
        (folder / "content" / "archive.toml").write_text('title = "Harbour papers"\n', encoding="utf-8")
        parser = argparse.ArgumentParser()
        serve.add_arguments(parser)
        args = parser.parse_args(["--content", str(folder / "content"), "--out", str(folder / "site"), "--no-search"])
        self.terminal = io.StringIO()
        self.work = serve.Preview(args, self.terminal)
        self.server = serve.Server(args.out, 0, self.work)
        self.port = self.server.port
        self.threads = [threading.Thread(target=self.server.serve_forever), threading.Thread(target=self.work.watch)]

    def __enter__(self) -> Served:
        self.work.look()
        self.work.build_site(wait=True)
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.work.stop()
        self.server.shutdown()
        self.server.server_close()
        for thread in self.threads:
            thread.join(10)

    def get(self, path: str, host: str = "") -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{self.port}"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with Served(tmp_path) as running:
        yield running


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    page.set_default_timeout(15_000)
    yield page
    page.close()


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


def test_nobody_else_is_answered(served: Served) -> None:
    assert served.server.server_address[0] == "127.0.0.1"
    assert served.get("/index.html")[0] == 200
    assert served.get("/index.html", host=f"localhost:{served.port}")[0] == 200
    for host in ("attacker.example", f"attacker.example:{served.port}", "127.0.0.1"):
        status, text = served.get("/index.html", host=host)
        assert status == 421
        assert "Harbour" not in text


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/link.txt"])
def test_nothing_outside_the_site_is_served(served: Served, tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.txt").write_text("nobody's business", encoding="utf-8")
    (tmp_path / "site" / "link.txt").symlink_to(tmp_path / "secret.txt")
    status, text = served.get(path)
    assert status == 404
    assert "nobody's business" not in text


def test_drafts_are_shown_and_the_built_files_hold_no_script_of_the_server(served: Served, tmp_path: Path) -> None:
    assert "Ferry crews" in served.get("/releases/2012-02-08-ferry-crews-ask-for-light.html")[1]
    assert "/.onrecord/serve.js" in served.get("/")[1]
    assert "onrecord/serve.js" not in (tmp_path / "site" / "index.html").read_text("utf-8")


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

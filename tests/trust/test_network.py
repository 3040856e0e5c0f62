"""No command connects to anything: asked of the kernel (strace), which sees what every library and every program does that is started."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.trust.archives import small_archive

ROOT = Path(__file__).resolve().parents[2]
STRACE = shutil.which("strace")
pytestmark = pytest.mark.skipif(STRACE is None, reason="strace is not on this machine")
LETTER = """Harbour Watch

8 February 2012

Ferry crews ask for light

The crews of the night ferry asked today for light on the pier, and for a rail along the steps that lead down to it.
"""


def traced(log: Path, arguments: list[str]) -> list[str]:
    """The command line that runs `build.py` while the kernel notes what it and all it starts do with sockets."""
    calls = "trace=connect,sendto,sendmsg,sendmmsg,bind,listen"
    return [
        STRACE or "",
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-e",
        calls,
        "-o",
        str(log),
        sys.executable,
        str(ROOT / "build.py"),
        *arguments,
    ]


def reached(log: Path) -> list[str]:
    """What was connected, sent or bound to outside of this process and its children."""
    lines = log.read_text("utf-8", "replace").splitlines()
    calls = [line for line in lines if re.search(r"\b(connect|sendto|sendmsg|sendmmsg|bind|listen)\(", line)]
    # A socket of the system's own, as of its name service, is a file; a pair of sockets has no address.
    return [line for line in calls if "sa_family=AF_INET" in line or "listen(" in line]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A small archive, and two letters beside it."""
    content = small_archive(tmp_path).content
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "letters" / "letter.html").write_text(
        '<html><head><link rel=stylesheet href="https://other.example/a.css"><script src="https://other.example/a.js"></script></head>'
        f'<body><article><h1>Other crews ask</h1><img src="https://other.example/a.png"><p>{LETTER}</p></article></body></html>',
        encoding="utf-8",
    )
    return content


def test_no_command_connects_to_anything(content: Path, tmp_path: Path) -> None:
    where = ["--content", str(content), "--cache", str(tmp_path / "cache")]
    commands = {
        "check": ["check", *where],
        "build": ["build", *where, "--out", str(tmp_path / "site")],
        "import": [
            "import",
            str(tmp_path / "letters"),
            "--content",
            str(content),
            "--cache",
            str(tmp_path / "import"),
            "--jobs",
            "1",
        ],
        "verify": ["verify", str(tmp_path / "site")],
    }
    environment = {name: value for name, value in os.environ.items() if name != "ONRECORD_CACHE"}
    for name, arguments in commands.items():
        log = tmp_path / f"{name}.log"
        done = subprocess.run(traced(log, arguments), env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{name}: {done.stderr}"
        assert reached(log) == [], name
    assert list(content.rglob("2012-02-08-*.md"))


def test_serve_listens_on_the_loopback_address_and_connects_to_nothing(content: Path, tmp_path: Path) -> None:
    log = tmp_path / "serve.log"
    arguments = [
        "serve",
        "--content",
        str(content),
        "--cache",
        str(tmp_path / "cache"),
        "--out",
        str(tmp_path / "site"),
    ]
    command = traced(log, [*arguments, "--port", "0"])
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            with urllib.request.urlopen(f"{address}index.html") as answer:
                assert answer.status == 200
            # The whole site is built behind that.
            for _ in range(600):
                if (tmp_path / "site" / "manifest.json").exists():
                    break
                time.sleep(0.2)
            assert (tmp_path / "site" / "manifest.json").exists()
        finally:
            # The tracer ends with the last process that it traces, and by no signal of ours.
            traced_calls = log.read_text("utf-8", "replace") if log.exists() else ""
            if (bound := re.search(r"^(\d+) +bind\(", traced_calls, re.MULTILINE)) is None:
                process.kill()
            else:
                os.kill(int(bound[1]), signal.SIGTERM)
            process.wait(60)
    port = address.rstrip("/").rpartition(":")[2]
    calls = reached(log)
    assert [call for call in calls if "connect(" in call or "send" in call] == []
    binds = [call for call in calls if "bind(" in call]
    assert len(binds) == 1
    assert 'inet_addr("127.0.0.1")' in binds[0]
    assert f"htons({port})" in binds[0] or "htons(0)" in binds[0]


def test_a_connection_would_be_seen(tmp_path: Path) -> None:
    program = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))"
    command = [
        STRACE or "",
        "-f",
        "-qq",
        "-e",
        "trace=connect",
        "-o",
        str(tmp_path / "log"),
        sys.executable,
        "-c",
        program,
    ]
    subprocess.run(command, check=True)
    assert len(reached(tmp_path / "log")) == 1

"""What a stranger's program on this machine can send to `serve`: for benchmarks/pathological.py, which measures what each costs."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

Attack = Callable[[int], None]
"""Sends something to a port."""


@contextmanager
def serving(build: Path, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A running `serve` of `folder`/content with what it prints in `folder`/printed, and its port."""
    printed = folder / "printed"
    command = [sys.executable, str(build), "serve", "--port", "0", "--no-search", "--content", str(folder / "content")]
    command += ["--out", str(folder / "served"), "--cache", str(folder / "cache")]
    with printed.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 120
        while not (found := re.search(rb"http://127\.0\.0\.1:([0-9]+)/", printed.read_bytes())):
            if process.poll() is not None or time.monotonic() > end:
                raise SystemExit(f"serve does not start: {printed.read_text(errors='replace')}")
            time.sleep(0.1)
        yield process, int(found[1])
    finally:
        process.terminate()
        process.wait(20)


def used(process: subprocess.Popen[bytes]) -> tuple[float, int]:
    """Seconds of the processor that a process has used, and the most memory of it in megabytes (proc(5))."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    most = re.search(r"VmHWM:\s+([0-9]+)", Path(f"/proc/{process.pid}/status").read_text())
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), int(most[1]) // 1024 if most else 0


def answered(port: int) -> bool:
    """Whether a page is shown, in five seconds."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(_request(port, "/index.html"))
        return b" 200 " in connection.recv(100)
    return False


def _request(port: int, path: str, more: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{more}\r\n".encode()


def _sent(port: int, data: bytes) -> None:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=15) as connection:
        connection.sendall(data)
        while connection.recv(65536):
            pass


def _alone(data: Callable[[int], bytes]) -> Attack:
    return lambda port: _sent(port, data(port))


def _missing(port: int) -> None:
    for number in range(10_000):
        _sent(port, _request(port, f"/a/{number}.html"))


def _held(data: Callable[[int], bytes], count: int, seconds: float) -> Attack:
    """Many connections at once that send this and wait."""

    def attack(port: int) -> None:
        open_ones = []
        for _ in range(count):
            with suppress(OSError):
                connection = socket.create_connection(("127.0.0.1", port), timeout=5)
                open_ones.append(connection)
                connection.sendall(data(port))
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for connection in open_ones:
                with suppress(OSError):
                    connection.sendall(b"x")
            time.sleep(0.2)
        if not answered(port):
            raise SystemExit("serve does not answer while others are slow.")
        for connection in open_ones:
            connection.close()

    return attack


def attacks() -> Iterator[tuple[str, Attack]]:
    """What is sent, by name."""
    large = 50_000_000
    yield "10,000 requests for what is not there", _missing
    yield "a path of 50 MB", _alone(lambda port: _request(port, "/" + "a" * large))
    yield "a query of 50 MB", _alone(lambda port: _request(port, "/index.html?" + "a" * large))
    yield "a query of 2,000 letters", _alone(lambda port: _request(port, "/index.html?" + "a" * 2_000))
    yield "a path of 1,000 steps up", _alone(lambda port: _request(port, "/" + "../" * 600))
    yield "a path of percent signs", _alone(lambda port: _request(port, "/" + "%25" * 600))
    yield "a header of 50 MB", _alone(lambda port: _request(port, "/", f"X: {'a' * large}\r\n"))
    yield "500,000 headers", _alone(lambda port: _request(port, "/", "X: a\r\n" * 500_000))
    yield "500,000 hosts", _alone(lambda port: _request(port, "/", f"Host: 127.0.0.1:{port}\r\n" * 500_000))
    yield "50 MB without a line", _alone(lambda port: bytes(large))
    yield "50 MB behind a request", _alone(lambda port: _request(port, "/") + bytes(large))
    yield "500 connections that send a letter at a time", _held(lambda port: b"GET / HTTP/1.1\r\nX: ", 500, 4)
    yield "500 connections that say nothing", _held(lambda port: b"", 500, 1)
    yield "500 pages that wait for news", _held(lambda port: _request(port, "/.onrecord/news"), 500, 2)
    yield "500 that do not take their answer", _held(lambda port: _request(port, "/index.html") * 20, 500, 2)

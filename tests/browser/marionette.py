"""Firefox over Marionette, its own remote protocol: a few commands, so that no driver has to be installed.

A message is `length:[type, id, command, parameters]` in JSON. Marionette relaxes Firefox's policy for files unless it is told not to
(`remote.prefs.recommended`), and a page opened from a folder would then be allowed what readers' browsers refuse; so it is told.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_PREFERENCES = {
    "remote.prefs.recommended": False,
    "security.fileuri.strict_origin_policy": True,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}


class Refused(Exception):
    """Firefox answered a command with an error."""


def firefox() -> str | None:
    """The Firefox of this machine, or None."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """A page of Firefox: `go` to an address, `run` JavaScript in it (the body of an async function that is given `arguments`)."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._received = b""
        self._sent = 0
        self._message()
        self.ask("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {"acceptInsecureCerts": False}}})
        self.ask("WebDriver:SetTimeouts", {"script": 60_000, "pageLoad": 60_000})

    def _message(self) -> Any:
        while b":" not in self._received:
            self._receive()
        length, self._received = self._received.split(b":", 1)
        while len(self._received) < int(length):
            self._receive()
        message, self._received = self._received[: int(length)], self._received[int(length) :]
        return json.loads(message)

    def _receive(self) -> None:
        block = self._connection.recv(1 << 16)
        if not block:
            raise Refused("Firefox closed the connection")
        self._received += block

    def ask(self, command: str, parameters: dict[str, Any]) -> Any:
        self._sent += 1
        data = json.dumps([0, self._sent, command, parameters]).encode()
        self._connection.sendall(f"{len(data)}:".encode() + data)
        _, _, error, result = self._message()
        if error:
            raise Refused(f"{command}: {error.get('message')}")
        return result["value"] if isinstance(result, dict) and "value" in result else result

    def go(self, address: str) -> None:
        self.ask("WebDriver:Navigate", {"url": address})

    def run(self, body: str, *arguments: Any) -> Any:
        script = (
            "const done = arguments[arguments.length - 1];"
            f"(async (...given) => {{ {body} }})(...[...arguments].slice(0, -1))"
            ".then((value) => done({ value }), (error) => done({ error: String(error) }));"
        )
        result = self.ask("WebDriver:ExecuteAsyncScript", {"script": script, "args": list(arguments), "sandbox": None})
        if "error" in result:
            raise Refused(result["error"])
        return result.get("value")


@contextmanager
def running() -> Iterator[Firefox]:
    """A headless Firefox with a profile of its own, gone at the end."""
    program = firefox()
    assert program is not None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    profile = Path(tempfile.mkdtemp(prefix="onrecord-firefox-"))
    lines = [
        f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in {**_PREFERENCES, "marionette.port": port}.items()
    ]
    (profile / "user.js").write_text("\n".join(lines), "utf-8")
    process = subprocess.Popen(
        [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "HOME": str(profile), "MOZ_HEADLESS": "1"},
    )  # fmt: skip
    try:
        with _connected(port) as connection:
            yield Firefox(connection)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(profile, ignore_errors=True)


def _connected(port: int) -> socket.socket:
    end = time.monotonic() + 90
    while True:
        try:
            connection = socket.create_connection(("127.0.0.1", port), 2)
            connection.settimeout(120)
            return connection
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.3)

"""The command line: what stands between a person at a terminal and the rooms.

Results go to stdout, narration to stderr. Exit codes: 0 clean, 1 problems found, 2 wrong use or a failing tool. A user's mistake is
one clear line, never a traceback.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NoReturn, TextIO

from onrecord import __version__


class WrongUse(Exception):
    """Something that was asked for cannot be done; the message is one line and says what to do."""


class _Parser(argparse.ArgumentParser):
    """argparse, whose complaints are one line."""

    def error(self, message: str) -> NoReturn:
        unknown = message.partition("unrecognized arguments: ")[2]
        if unknown:
            from onrecord.nearest import hint

            options = [option for action in self._actions for option in action.option_strings]
            message = f"unknown argument {unknown}.{hint(unknown.split()[0].partition('=')[0], options)}"
        raise WrongUse(f"{message[:1].upper()}{message[1:].rstrip('.')}. See: {self.prog} --help")


class Progress:
    """Shows on stderr what a long run is doing, on a terminal only and once the run has taken a second; keeps the time of each stage."""

    def __init__(self, err: TextIO) -> None:
        self.err = err
        self.times: list[tuple[str, float]] = []
        self._on_terminal = err.isatty()
        self._began = time.monotonic()
        self._stage = ""
        self._counted = 0.0
        self._lock = threading.Lock()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Times a stage, and shows its name for as long as it runs, from the second second of the run on."""
        began = time.monotonic()
        self._stage, self._counted = name, 0.0
        # A stage may keep this thread for minutes: another one shows its name.
        timer = threading.Timer(max(0.0, self._began + 1 - began), self._announce, (name,))
        timer.daemon = True
        if self._on_terminal:
            timer.start()
        try:
            yield
        finally:
            timer.cancel()
            self._stage = ""
            self.clear()
            self.times.append((name, time.monotonic() - began))

    def count(self, done: int, total: int, more: str = "") -> None:
        """Shows how far the stage that runs has come, and `more` of it."""
        now = time.monotonic()
        if self._on_terminal and now - self._began > 1 and now - self._counted > 0.2:
            self._counted = now
            with self._lock:
                self._show(f"{self._stage} {done:,} of {total:,}{more}")

    def clear(self) -> None:
        """Takes away what is shown, so that a line can be printed in its place."""
        if self._on_terminal:
            with self._lock:
                self._show("")

    def _announce(self, name: str) -> None:
        with self._lock:
            if self._stage == name and not self._counted:
                self._show(f"{name} …")

    def _show(self, text: str) -> None:
        self.err.write(f"\r\x1b[K{text}")
        self.err.flush()


Job = Callable[[argparse.Namespace, TextIO, TextIO], int]


def end_with(commands: Mapping[str, tuple[str, str]], first: Job, endless: str) -> NoReturn:
    """Runs the command line of this process, as `main` does, and ends the process. `endless` is the command that runs until it is
    stopped."""
    if sys.argv[1:2] != [endless]:
        gc.disable()  # a short run: there is nothing to collect that its end does not free
    code = main(commands, sys.argv[1:], first)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # freeing a hundred thousand releases one by one would take longer than a small change does


def main(commands: Mapping[str, tuple[str, str]], argv: Sequence[str], first: Job) -> int:
    """Runs the command named by the first argument and returns the exit code.

    `commands` maps each name to its module (`add_arguments`, `run`) and a line of help; modules are imported only when their command
    is asked for. The first command is the one that is meant when none is named, and is done by `first`.
    """
    out, err = sys.stdout, sys.stderr
    for stream in (out, err):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = _run(commands, argv, first, out, err)
        out.flush()
        return code
    except WrongUse as error:
        err.write(f"build.py: {error}\n")
    except BrokenPipeError:
        # The reader has gone (`| head`). Python would complain once more when it flushes stdout at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
    except OSError as error:
        file = f" ({error.filename})" if error.filename else ""
        err.write(f"build.py: {error.strerror or error}{file}.\n")
        _discard(out)
    except KeyboardInterrupt:
        err.write("build.py: stopped.\n")
    return 2


def _discard(out: TextIO) -> None:
    """Where stdout itself cannot be written (a full disk), what is still buffered must not raise again at exit."""
    try:
        out.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


def _run(commands: Mapping[str, tuple[str, str]], argv: Sequence[str], first: Job, out: TextIO, err: TextIO) -> int:
    default = next(iter(commands))
    arguments = list(argv)
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in ("-h", "--help", "--version")):
        arguments.insert(0, default)
    if arguments[0] == "--version":
        out.write(f"onrecord {__version__}\n")
        return 0
    if arguments[0] in ("-h", "--help", "help"):
        out.write(_overview(commands, default))
        return 0
    name = arguments[0]
    if name not in commands:
        from onrecord.nearest import hint

        raise WrongUse(
            f"There is no command “{name}”.{hint(name, commands)} Commands: {', '.join(commands)}. See: build.py --help"
        )
    module = importlib.import_module(commands[name][0])
    parser = _Parser(prog=f"build.py {name}", description=module.__doc__, allow_abbrev=False)
    module.add_arguments(parser)
    job: Job = first if name == default else module.run
    return job(parser.parse_args(arguments[1:]), out, err)


def _overview(commands: Mapping[str, tuple[str, str]], default: str) -> str:
    width = max(map(len, commands))
    rows = "".join(
        f"  {name:{width}}  {text}{' (the default)' if name == default else ''}\n"
        for name, (_, text) in commands.items()
    )
    return (
        f"usage: python build.py [COMMAND] [OPTIONS]\n\n{rows}\nEach has its own help: python build.py COMMAND --help\n"
    )

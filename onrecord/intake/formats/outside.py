"""Programs that are no part of Onrecord and may be installed: Tesseract, which reads pictures of text, and antiword or catdoc, which read
old Word documents.

A reader runs where no program can be started. It asks for what a program makes of some bytes (`output_of`); where that is not known yet,
the document is given up, and the requests it made are collected. Whoever started the reader runs them (`run`) and has the document read
again, with the outputs given (`given`). So reading stays a function of bytes: a document's, and those that programs made of it.

The reader is not trusted: a request names a program and languages, and what is run, with which arguments, is decided here.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache

from onrecord.intake.document import Refusal

MOST_SECONDS = 60.0
MOST_MEMORY = 2 * 1024**3
MOST_OUTPUT = 16 * 1024 * 1024
MOST_REQUESTS = 100
TESSERACT = "tesseract"
OLD_WORD = ("antiword", "catdoc")
# How often a document may ask for more once it has what it asked for.
MOST_ROUNDS = 4
_LANGUAGE = re.compile(r"[a-z]{3}(?:_[a-z]{2,4})?")
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX", "SYSTEMROOT")


@dataclass(frozen=True, slots=True)
class Request:
    """What a program is to make of some bytes. `languages` are Tesseract's names ("eng"); `script` asks in which script a picture of text
    is written, and not for its text."""

    program: str
    data: bytes
    languages: tuple[str, ...] = ()
    script: bool = False

    @property
    def key(self) -> str:
        """A digest of all that the output depends on."""
        digest = hashlib.sha256(repr((self.program, self.languages, self.script)).encode())
        digest.update(self.data)
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Output:
    """What a program made of a request's bytes, or why nothing: a sentence."""

    data: bytes = b""
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Installed:
    """The programs that are there, and the languages that Tesseract can read."""

    programs: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(slots=True)
class Desk:
    """What a reader is given, and what it asks for."""

    installed: Installed = Installed()
    outputs: Mapping[str, Output] = field(default_factory=dict)
    wanted: list[Request] = field(default_factory=list)


_DESK: ContextVar[Desk | None] = ContextVar("desk", default=None)


class Wanted(Refusal):
    """A document cannot be read before a program has run."""


@contextmanager
def given(installed: Installed, outputs: Mapping[str, Output]) -> Iterator[list[Request]]:
    """Lets readers ask for outputs of programs; gives the list in which what they ask for and is not in `outputs` is collected."""
    desk = Desk(installed, outputs)
    token = _DESK.set(desk)
    try:
        yield desk.wanted
    finally:
        _DESK.reset(token)


def installed_here() -> Installed:
    """What the reader was told is installed; nothing where it was told nothing."""
    desk = _DESK.get()
    return desk.installed if desk else Installed()


def outputs_of(requests: Sequence[Request]) -> list[Output]:
    """What programs made of these requests. Raises Wanted where one is not known yet: all of them are then asked for."""
    desk = _DESK.get()
    if desk is None:
        raise Refusal("The programs that could read it are not asked here.")
    missing = [request for request in requests if request.key not in desk.outputs]
    if missing:
        desk.wanted += missing[: MOST_REQUESTS - len(desk.wanted)]
        raise Wanted("It is read by another program first.")
    return [desk.outputs[request.key] for request in requests]


# ---- what runs them --------------------------------------------------------------------------------------------------------------


@cache
def installed() -> Installed:
    """The programs that are on this machine."""
    programs = tuple(name for name in (TESSERACT, *OLD_WORD) if shutil.which(name))
    languages: tuple[str, ...] = ()
    if TESSERACT in programs:
        listed = subprocess.run(
            [TESSERACT, "--list-langs"], capture_output=True, timeout=MOST_SECONDS, check=False, env=_environment()
        )
        names = (listed.stdout or listed.stderr).decode("utf-8", "replace").split("\n")[1:]
        languages = tuple(sorted(name.strip() for name in names if re.fullmatch(r"[\w/]+", name.strip())))
    return Installed(programs, languages)


def run(request: Request, seconds: float = MOST_SECONDS, memory: int = MOST_MEMORY) -> Output:
    """Runs a program on a request's bytes, without a shell, in an empty folder, and without a network where the system can do that
    (util-linux). Nothing is raised: the output says what went wrong."""
    command = _command(request)
    if not command or not shutil.which(command[0]):
        return Output(failed=f"{request.program} is not installed.")
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder, tempfile.TemporaryFile() as made:
        try:
            process = subprocess.run(
                [*_confined(seconds, memory), *command],
                input=request.data,
                stdout=made,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env={**_environment(), "HOME": folder, "OMP_THREAD_LIMIT": "1"},
                timeout=seconds,
                check=False,
                start_new_session=True,
            )
        except subprocess.TimeoutExpired:
            return Output(failed=f"{request.program} took longer than {seconds:.0f} seconds.")
        except OSError as error:
            return Output(failed=f"{request.program} does not start: {error.strerror}.")
        size = made.tell() if made.tell() else os.fstat(made.fileno()).st_size
        if process.returncode:
            return Output(failed=f"{request.program} could not read it.")
        if size > MOST_OUTPUT:
            return Output(failed=f"{request.program} found more text than is read.")
        made.seek(0)
        return Output(made.read())


def _command(request: Request) -> list[str]:
    """The program and its arguments; empty for a program that is not known."""
    if request.program == TESSERACT:
        if request.script:
            return [TESSERACT, "stdin", "stdout", "-l", "osd", "--psm", "0"]
        languages = [name for name in request.languages if _LANGUAGE.fullmatch(name)]
        return [TESSERACT, "stdin", "stdout", "-l", "+".join(languages) or "eng", "--psm", "3", "tsv"]
    return {
        "antiword": ["antiword", "-w", "0", "-m", "UTF-8.txt", "-"],
        "catdoc": ["catdoc", "-w", "-d", "utf-8"],
    }.get(request.program, [])


def _environment() -> dict[str, str]:
    return {key: os.environ[key] for key in _ENVIRONMENT if key in os.environ}


@cache
def _without_network() -> tuple[str, ...]:
    """The command that takes the network from another, where it works."""
    command = ("unshare", "--map-root-user", "--net")
    if not shutil.which("unshare"):
        return ()
    done = subprocess.run([*command, "true"], capture_output=True, timeout=MOST_SECONDS, check=False)
    return command if done.returncode == 0 else ()


def _confined(seconds: float, memory: int) -> list[str]:
    limits = [
        "prlimit",
        f"--as={memory}",
        f"--cpu={int(seconds) + 1}",
        f"--fsize={MOST_OUTPUT * 4}",
        "--core=0",
    ]
    return [*_without_network(), *(limits if shutil.which("prlimit") else [])]

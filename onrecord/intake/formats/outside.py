"""Programs that are no part of Onrecord and may be installed: Tesseract, which reads pictures of text, and antiword or catdoc, which read
old Word documents.

A reader runs where no program can be started. It asks for what a program makes of some bytes (`outputs_of`); where that is not known
yet, the document is given up, and the requests it made are collected. Whoever started the reader runs them (`run`) and has the document
read again, with the outputs given (`reply` and `answer`). So reading stays a function of bytes: a document's, and those that programs
made of it.

The reader is not trusted: a request names a program and languages, and what is run, with which arguments, is decided here.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import cache

import msgspec

from onrecord.intake.document import Refusal
from onrecord.processor_time import Patience

MOST_SECONDS = 60.0
"""Seconds of the processor that a program may take for one request."""
MOST_MEMORY = 2 * 1024**3
MOST_OUTPUT = 16 * 1024 * 1024
MOST_REQUESTS = 100
TESSERACT = "tesseract"
OLD_WORD = ("antiword", "catdoc")
# How often a document may ask for more once it has what it asked for.
MOST_ROUNDS = 4
_LANGUAGE = re.compile(r"[a-z]{3}(?:_[a-z]{2,4})?")
_OUT_OF_TIME: int = getattr(signal, "SIGXCPU", 0)
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX", "SYSTEMROOT")


@dataclass(frozen=True, slots=True)
class Request:
    """What a program is to make of some bytes, which may be made when they are wanted. `key` is the same for the same request: it holds a
    digest of the bytes, or of what they are made from. `languages` are Tesseract's names ("eng"); `script` asks in which script a
    picture of text is written, and not for its text."""

    program: str
    data: bytes | Callable[[], bytes]
    key: str
    languages: tuple[str, ...] = ()
    script: bool = False


def request(
    program: str,
    data: bytes | Callable[[], bytes],
    source: str = "",
    languages: tuple[str, ...] = (),
    *,
    script: bool = False,
) -> Request:
    """A request (see there); `source` says what bytes that are not made yet are made from."""
    digest = hashlib.sha256(data).hexdigest() if isinstance(data, bytes) else source
    key = hashlib.sha256(repr((program, languages, script, digest)).encode()).hexdigest()
    return Request(program, data, key, languages, script)


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
class _Desk:
    """What a reader is given, and what it asks for."""

    installed: Installed
    outputs: Mapping[str, Output]
    wanted: list[Request] = field(default_factory=list)


_DESK: ContextVar[_Desk | None] = ContextVar("desk", default=None)


class Wanted(Refusal):
    """A document cannot be read before a program has run."""


@contextmanager
def given(installed: Installed, outputs: Mapping[str, Output]) -> Iterator[list[Request]]:
    """Lets readers ask for outputs of programs; gives the list in which what they ask for and is not in `outputs` is collected."""
    desk = _Desk(installed, outputs)
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
        for request_wanted in missing[: max(MOST_REQUESTS - len(desk.wanted), 0)]:
            data = request_wanted.data
            desk.wanted.append(replace(request_wanted, data=data if isinstance(data, bytes) else data()))
        raise Wanted("It is read by another program first.")
    return [desk.outputs[request.key] for request in requests]


# ---- between the two -------------------------------------------------------------------------------------------------------------

_READ, _WANTS = b"r", b"w"


class NoAnswer(Exception):
    """What a reader sent is no answer."""


@dataclass(frozen=True, slots=True)
class _Given:
    """What a reader is told: what is installed, and the outputs by the keys of the requests."""

    installed: Installed
    outputs: dict[str, Output]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request as it is sent."""

    program: str
    data: bytes
    key: str
    languages: tuple[str, ...]
    script: bool


def reply(given_bytes: bytes, read: Callable[[], bytes]) -> bytes:
    """In the reader's process: what `read` gives, or what it wants first. `given_bytes` are what `answer` sends. Whatever documents `read`
    refuses meanwhile, a file that wants something is read again as a whole."""
    known = msgspec.json.decode(given_bytes, type=_Given)
    with given(known.installed, known.outputs) as wanted:
        answer_bytes = read()
    if not wanted:
        return _READ + answer_bytes
    asked = [
        _Asked(each.program, each.data if isinstance(each.data, bytes) else b"", each.key, each.languages, each.script)
        for each in wanted
    ]
    return _WANTS + msgspec.json.encode(asked)


def answer(ask: Callable[[bytes], bytes], here: Installed | None = None) -> bytes:
    """In the process that started the reader: asks it, with what it is to be told (see `reply`), runs what it wants and asks again, until
    it has read the file. Raises NoAnswer for what is no answer; `ask` may raise anything."""
    outputs: dict[str, Output] = {}
    known = installed() if here is None else here
    for _ in range(MOST_ROUNDS):
        sent = ask(msgspec.json.encode(_Given(known, outputs)))
        if sent[:1] == _READ:
            return sent[1:]
        try:
            asked = msgspec.json.decode(sent[1:], type=list[_Asked]) if sent[:1] == _WANTS else []
        except msgspec.MsgspecError as error:
            raise NoAnswer("the answer is broken") from error
        if not asked or len(asked) > MOST_REQUESTS:
            break
        for each in asked:
            outputs[each.key] = run(Request(each.program, each.data, each.key, each.languages, each.script))
    raise NoAnswer("no answer, or one request after another")


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
    assert isinstance(request.data, bytes)
    if not command or not shutil.which(command[0]):
        return Output(failed=f"{request.program} is not installed.")
    with (
        tempfile.TemporaryDirectory(prefix="onrecord-") as folder,
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as made,
    ):
        given.write(request.data)
        given.seek(0)
        try:
            process = subprocess.Popen(
                [*_confined(seconds, memory), *command],
                stdin=given,
                stdout=made,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env={**_environment(), "HOME": folder, "OMP_THREAD_LIMIT": "1"},
                start_new_session=True,
            )
        except OSError as error:
            return Output(failed=f"{request.program} does not start: {error.strerror}.")
        if not _has_ended(process, seconds) or process.returncode == -_OUT_OF_TIME:
            return Output(failed=f"{request.program} took longer than {seconds:.0f} seconds of work.")
        size = made.tell() if made.tell() else os.fstat(made.fileno()).st_size
        if process.returncode:
            return Output(failed=f"{request.program} could not read it.")
        if size > MOST_OUTPUT:
            return Output(failed=f"{request.program} found more text than is read.")
        made.seek(0)
        return Output(made.read())


def _has_ended(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Waits for a program; False where it was ended because it worked for so many seconds, or did not work in so many. On a busy machine
    it is waited for as long as it takes to work for these seconds."""
    patience = Patience(process.pid, seconds)
    try:
        while True:
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                if not patience.holds() or patience.used >= seconds:
                    return False
            else:
                return True
    finally:
        process.kill()
        process.wait()


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
        f"--cpu={math.ceil(seconds)}:{math.ceil(seconds) + 1}",
        f"--fsize={MOST_OUTPUT * 4}",
        "--core=0",
    ]
    return [*_without_network(), *(limits if shutil.which("prlimit") else [])]

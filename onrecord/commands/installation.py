"""What is installed of what the locks list, and how a command gets what it lacks."""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TextIO

from onrecord import program_files
from onrecord.command import WrongUse

BUILDING = program_files.BUILDING
IMPORTING = program_files.IMPORTING
NEED_PYTHON_ALONE = frozenset(["propose", "setup"])
"""The commands that run where nothing is set up."""
BY_HAND = "make setup-import (or: python3 build.py setup --import)"
_OWN = program_files.HOME / ".venv"


class Difference(NamedTuple):
    """A package that a lock lists in version `locked`; `installed` is the version that is here, empty where there is none."""

    name: str
    locked: str
    installed: str

    def __str__(self) -> str:
        if not self.installed:
            return f"{self.name} is not installed"
        return f"{self.name} is {self.installed}, the lock has {self.locked}"


def use_own_python(script: str) -> None:
    """Goes on with the Python of .venv where the one that runs has not what building needs; ends the process where there is none.

    `script` is the path of build.py. What takes the place of this process gets the same arguments.
    """
    if runs_alone(sys.argv) or importlib.util.find_spec("msgspec") is not None:
        return
    own = next((path for path in _OWN.glob("*/python*") if path.stem == "python"), None)
    if own and program_files.IS_CHECKOUT and not os.environ.get("ONRECORD_VENV"):
        os.environ["ONRECORD_VENV"] = "1"
        os.execv(own, [str(own), script, *sys.argv[1:]])  # noqa: S606 - our own interpreter, no shell
    sys.exit("build.py: msgspec is not installed. Set up first: make setup (or: python3 build.py setup).")


def runs_alone(argv: Sequence[str]) -> bool:
    """Whether the command of this command line needs nothing but Python."""
    return bool(NEED_PYTHON_ALONE & set(argv[1:2]))


def set_up(more: Collection[str] = ()) -> int:
    """Makes `.venv` beside build.py hold what building needs, and `more` (--import, --cluster), as the locks have it; gives the exit code.
    What pip prints goes to stderr, so that it does not come between results."""
    command = [sys.executable, str(program_files.BOOTSTRAP), "--into", str(_OWN), *more]
    return subprocess.call(command, stdin=subprocess.DEVNULL, stdout=sys.__stderr__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The option of every command that reads foreign documents."""
    parser.add_argument(
        "--no-setup",
        action="store_true",
        help=f"install nothing where libraries are missing; to install them: {BY_HAND}",
    )


def require_importing(args: argparse.Namespace, err: TextIO) -> None:
    """Sees to the libraries that read foreign documents, as their lock lists them.

    In the .venv beside build.py what is missing or of another version is installed, from the lock and with its hashes; this is said
    before it is done. With --no-setup, or under another Python, nothing is installed. Raises WrongUse, with what to type, where
    something is missing then.
    """
    lacking = list(differences(IMPORTING))
    may_install = Path(sys.prefix).resolve() == _OWN.resolve() and not args.no_setup
    if not may_install:
        lacking = [package for package in lacking if not package.installed]
    if not lacking:
        return
    names = ", ".join(package.name for package in lacking)
    if not may_install:
        raise WrongUse(f"What reads documents is not installed ({names}). Type: {BY_HAND}.")
    err.write(f"What reads documents is installed now, once, from the package index: {names}.\n")
    err.flush()
    if set_up(["--import"]) != 0:
        raise WrongUse(f"What reads documents could not be installed (see above). To try again: {BY_HAND}.")
    importlib.invalidate_caches()


def differences(lock: Path) -> Iterator[Difference]:
    """The packages of a lock that are not installed, or in another version. Conditions of the lock are heeded."""
    from importlib import metadata

    lines = lock.read_text("utf-8")
    for name, version, condition in re.findall(r"^([a-z0-9-]+)==(\S+)(?: ; ([^\\\n]+))?", lines, re.MULTILINE):
        if condition and not _applies(condition):
            continue
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            installed = ""
        if installed != version:
            yield Difference(name, version, installed)


def _applies(condition: str) -> bool:
    """Whether a lock's condition holds here: comparisons of the Python version and the system, joined by `and`. Unknown ones do not."""
    here = {"sys_platform": sys.platform, "platform_python_implementation": sys.implementation.name}
    for part in condition.strip().split(" and "):
        comparison = re.fullmatch(r"(\w+) (==|!=|<|>=) '([^']*)'", part.strip())
        if not comparison:
            return False
        key, sign, required = comparison.groups()
        if key in ("python_version", "python_full_version"):
            mine, theirs = (
                tuple(map(int, text.split(".")[:2]))
                for text in (f"{sys.version_info[0]}.{sys.version_info[1]}", required)
            )
            if not {"==": mine == theirs, "!=": mine != theirs, "<": mine < theirs, ">=": mine >= theirs}[sign]:
                return False
        elif key not in here or (here[key].lower() == required.lower()) != (sign == "=="):
            return False
    return True

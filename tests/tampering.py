"""Ways to tamper with an edition: with a copy of it, with the files of its bag, with a packed copy, with an original, with what proves it.

Each way says what `verify --edition` must name, and whether the copy is still a valid bag: what somebody has made to fit is, and only
the edition knows that it is another. `tests/commands/test_edition.py` tries each on a small archive, `benchmarks/tampering.py` on the one
that is shipped.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import bagit

from onrecord import publish
from tests.timestamp_authority import authority


@dataclass(frozen=True)
class Way:
    """One way: what it does to a path, the words by which `verify` must name it ({record}: a record's JSON), and whether a bag with it is
    still valid to `bagit`."""

    tamper: Callable[[Path], object]
    named: tuple[str, ...]
    is_valid_bag: bool = False


def record(copy: Path) -> str:
    """A record of a copy that is a folder: the last, as JSON."""
    return max(path.name for path in (copy / "releases").glob("*.json") if not path.name.endswith(".csl.json"))


def flip(path: Path, at: int = -20) -> None:
    """Changes one bit of a file."""
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def listed_anew(copy: Path, path: str, sha256: str | None) -> None:
    """Gives a file another hash in the manifest; None: takes it out of it."""
    file = copy / "manifest.json"
    listed = json.loads(file.read_bytes())
    listed["files"].pop(path)
    if sha256:
        listed["files"][path] = sha256
    file.write_text(json.dumps(listed))


def edited_page(copy: Path) -> None:
    """A page, and its line in the manifest made to fit."""
    (copy / "index.html").write_text("other")
    listed_anew(copy, "index.html", hashlib.sha256(b"other").hexdigest())


def removed_quietly(copy: Path) -> None:
    """A record, and its line in the manifest."""
    path = f"releases/{record(copy)}"
    (copy / path).unlink()
    listed_anew(copy, path, None)


def swapped(copy: Path) -> None:
    """Two pages, each with the name of the other."""
    one, other = copy / "timeline.html", copy / "map.html"
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def weaker(copy: Path) -> None:
    """A manifest of hashes as short as those of MD5, to which other bytes can be made to fit."""
    file = copy / "manifest.json"
    listed = json.loads(file.read_bytes())
    listed["files"] = {path: publish.digest(str(copy / path))[:32] for path in listed["files"]}
    file.write_text(json.dumps(listed))


def emptied(copy: Path) -> None:
    """A page without a byte."""
    (copy / "map.html").write_bytes(b"")


def linked(copy: Path) -> None:
    """A page that is a link to its own bytes elsewhere, which somebody can change later."""
    elsewhere = copy.parents[1] / f"elsewhere-{os.getpid()}.html"
    shutil.move(copy / "map.html", elsewhere)
    os.symlink(elsewhere, copy / "map.html")


IN_THE_COPY: dict[str, Way] = {
    "a byte of a page": Way(
        lambda copy: flip(copy / "index.html"), ("index.html: changed: its bytes are others",)
    ),
    "a byte of a record": Way(
        lambda copy: flip(copy / "releases" / record(copy)), ("releases/{record}: changed: its bytes are others",)
    ),
    "a byte of the manifest": Way(
        lambda copy: flip(copy / "manifest.json"), ("manifest.json: changed: its SHA-256 is",)
    ),
    "a page, its line in the manifest made to fit": Way(edited_page, ("manifest.json: changed: its SHA-256 is",)),
    "a removed file": Way(lambda copy: (copy / "map.html").unlink(), ("map.html: missing: it is not there",)),
    "a removed record, its line in the manifest too": Way(
        removed_quietly, ("manifest.json: changed: its SHA-256 is",)
    ),
    "an added file": Way(
        lambda copy: (copy / "extra.html").write_text("x"),
        ("extra.html: not of the edition: the edition has no such file",),
    ),
    "an added hidden file": Way(
        lambda copy: (copy / ".htaccess").write_text("x"),
        (".htaccess: not of the edition: the edition has no such file",),
    ),
    "a renamed file": Way(
        lambda copy: (copy / "map.html").rename(copy / "plan.html"),
        ("map.html: missing: plan.html has its bytes: it was renamed", "plan.html: not of the edition"),
    ),
    "swapped pages": Way(
        swapped,
        (
            "map.html: changed: it has the bytes of timeline.html",
            "timeline.html: changed: it has the bytes of map.html",
        ),
    ),
    "an emptied page": Way(emptied, ("map.html: changed: it is empty",)),
    "a page that is a link": Way(linked, ("map.html: changed: it is a link",)),
    "a weaker hash": Way(weaker, ("manifest.json: changed: its SHA-256 is",)),
}  # fmt: skip


def filled_in(bag: Path) -> None:
    """A page, with both manifests of the bag made to fit: a bag that is valid and is another."""
    (bag / "data/index.html").write_text("other")
    bagit.Bag(str(bag)).save(manifests=True)


def downgraded(bag: Path) -> None:
    """The same bag with MD5 in place of SHA-256."""
    lines = "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(bag).as_posix()}\n"
        for path in sorted((bag / "data").rglob("*"))
        if path.is_file()
    )
    (bag / "manifest-md5.txt").write_text(lines)
    (bag / "manifest-sha256.txt").unlink()
    (bag / "tagmanifest-sha256.txt").unlink()


def without_its_fixity(bag: Path) -> None:
    """Another description of the bag, and no file of hashes that could tell."""
    (bag / "tagmanifest-sha256.txt").unlink()
    flip(bag / "bag-info.txt", 30)


IN_THE_BAG: dict[str, Way] = {
    "its manifest": Way(lambda bag: flip(bag / "manifest-sha256.txt", 3), ("manifest-sha256.txt: changed",)),
    "its fixity file": Way(lambda bag: flip(bag / "tagmanifest-sha256.txt", 3), ("tagmanifest-sha256.txt: changed",)),
    "its description": Way(lambda bag: flip(bag / "bag-info.txt", 30), ("bag-info.txt: changed",)),
    "its description, its fixity file gone": Way(
        without_its_fixity, ("bag-info.txt: changed", "tagmanifest-sha256.txt: missing"), is_valid_bag=True
    ),
    "its declaration": Way(lambda bag: (bag / "bagit.txt").unlink(), ("bagit.txt: missing",)),
    "an added file beside its payload": Way(
        lambda bag: (bag / "more.txt").write_text("x"), ("more.txt: not of the edition",), is_valid_bag=True
    ),
    "a valid bag of another page": Way(
        filled_in, ("data/index.html: changed", "manifest-sha256.txt: changed"), is_valid_bag=True
    ),
    "a weaker hash in the bag": Way(
        downgraded,
        ("manifest-sha256.txt: missing", "manifest-md5.txt: not of the edition"),
        is_valid_bag=True,
    ),
}  # fmt: skip


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5000])


def _longer(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\0" * 100)


def _twice(file: Path) -> None:
    """A page a second time, with other words: which of the two is unpacked depends on the program."""
    with zipfile.ZipFile(file, "a") as archive:
        page = next(name for name in archive.namelist() if name.endswith("index.html"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            archive.writestr(page, "other")


IN_A_ZIP: dict[str, Way] = {
    "a packed copy that is cut off": Way(_cut, ("changed: it is not the file of this name", "no ZIP file that can be")),
    "bytes after the end of a packed copy": Way(_longer, ("changed: it is not the file of this name",), True),
    "a page twice in a packed copy": Way(_twice, ("changed: it is not the file of this name",)),
}


def _token_of_another(edition: Path) -> None:
    elsewhere = edition.parents[2] / "elsewhere"
    elsewhere.write_text("another edition")
    authority(edition.parents[2] / "third", "Third Time").stamp(elsewhere, edition / "token-1.tsr")


def _token_of_a_stranger(edition: Path) -> None:
    authority(edition.parents[2] / "third", "Harbour Time").stamp(edition / "edition.toml", edition / "token-1.tsr")


def _replaced(file: Path, old: bytes, new: bytes) -> None:
    data = file.read_bytes()
    assert old in data
    file.write_bytes(data.replace(old, new, 1))


def another_day(edition: Path) -> None:
    """A statement that says that it was made on another day."""
    _replaced(edition / "edition.toml", b'date = "2026-', b'date = "2025-')


def _another_manifest(edition: Path) -> None:
    """The statement of another site, as it is written."""
    data = (edition / "edition.toml").read_bytes()
    at = data.index(b'manifest_sha256 = "') + len(b'manifest_sha256 = "')
    (edition / "edition.toml").write_bytes(data[:at] + b"0" * 64 + data[at + 64 :])


WITH_THE_EDITION: dict[str, Way] = {
    "a token of another edition": Way(_token_of_another, ("token-1.tsr: not of the edition: it is of something else",)),
    "a swapped token": Way(_token_of_a_stranger, ("token-1.tsr: not signed by an authority in",)),
    "a byte of the token": Way(lambda edition: flip(edition / "token-1.tsr", -6), ("token-1.tsr: ",)),
    "the statement's day": Way(another_day, ("token-1.tsr: not of the edition: it is of something else",)),
    "the statement's manifest": Way(
        _another_manifest,
        ("token-1.tsr: not of the edition: it is of something else", "manifest.json: changed: its SHA-256 is"),
    ),
    "a line of its records": Way(
        lambda edition: _replaced(edition / "records.tsv", b"published", b"corrected"),
        ("records.tsv: changed: its SHA-256 is not the one",),
    ),
    "a removed list": Way(lambda edition: (edition / "changes.toml").unlink(), ("changes.toml: missing",)),
    "a file added to the edition": Way(
        lambda edition: (edition / "more.txt").write_text("x"), ("more.txt: not of the edition",)
    ),
    "a comment in the statement": Way(
        lambda edition: (edition / "edition.toml").write_bytes(
            (edition / "edition.toml").read_bytes() + b"# more\n"
        ),
        ("edition.toml: changed: it is not as an edition's statement is written",),
    ),
    "a removed statement": Way(lambda edition: (edition / "edition.toml").unlink(), ("edition.toml: missing",)),
}  # fmt: skip
"""Each is given the folder in which the edition is kept; a copy of it stays as it is, so its bag stays valid."""

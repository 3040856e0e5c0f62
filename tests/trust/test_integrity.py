"""A site, a copy and a packed copy held against the manifest: what differs is said in words, and what no build wrote can be refused."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord import publish
from tests.conftest import Ran, run_here

FILES = {
    "index.html": b"<p>home</p>\n<p>page</p>\n",
    "releases/a.html": b"release a",
    "releases/\u00fc.html": b"release u",
    "empty.txt": b"",
    "data/Big.csv": b"1,2,3\n" * 1000,
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    with publish.staged(tmp_path / "site") as stage:
        stage.commit([publish.write_file(str(stage.path), path, data) for path, data in FILES.items()])
    return tmp_path / "site"


def packed(site: Path, folder: str) -> Path:
    """The site as a ZIP file."""
    target = site.with_suffix(".zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in publish.survey(site):
            archive.write(site / path, f"{folder}{path}")
    return target


def verify(*arguments: str | Path) -> Ran:
    return run_here(["verify", *map(str, arguments)])


def sha256(site: Path) -> str:
    return hashlib.sha256((site / "manifest.json").read_bytes()).hexdigest()


@pytest.mark.parametrize("folder", [None, "", "harbour/", "a/b/"])
def test_a_folder_and_a_zip_file_are_as_they_were_built(folder: str | None, site: Path) -> None:
    ran = verify(site if folder is None else packed(site, folder), "--strict", "--expect", sha256(site))
    assert ran.out == ""
    assert ran.code == 0
    assert ran.err == f"All 5 files are as the build wrote them.\nmanifest.json has the SHA-256 {sha256(site)}.\n"


def rewrite(path: str, data: bytes) -> Callable[[Path], None]:
    def change(site: Path) -> None:
        (site / path).write_bytes(data)

    return change


def move(path: str, target: str) -> Callable[[Path], None]:
    def change(site: Path) -> None:
        (site / path).rename(site / target)

    return change


CHANGES: dict[str, tuple[Callable[[Path], None], list[str]]] = {
    "changed": (
        rewrite("releases/a.html", b"release b"),
        ["releases/a.html: changed: its bytes are others than the build wrote"],
    ),
    "emptied": (rewrite("releases/a.html", b""), ["releases/a.html: changed: it is empty"]),
    "line ends": (
        rewrite("index.html", FILES["index.html"].replace(b"\n", b"\r\n")),
        ["index.html: changed: its line ends are others: it was copied as text, not byte by byte"],
    ),
    "deleted": (lambda site: (site / "index.html").unlink(), ["index.html: missing: it is not there"]),
    "renamed": (
        move("releases/a.html", "releases/b.html"),
        [
            "releases/a.html: missing: releases/b.html has its bytes: it was renamed",
            "releases/b.html: not of the build: no build has written it",
        ],
    ),
    "other case": (
        move("data/Big.csv", "data/big.csv"),
        [
            "data/Big.csv: missing: a file of this name written in other letters (upper and lower case) is there: the names were "
            "changed by the copying",
            "data/big.csv: not of the build: no build has written it",
        ],
    ),
    "other form of Unicode": (
        move("releases/\u00fc.html", "releases/u\u0308.html"),
        [
            "releases/u\u0308.html: not of the build: no build has written it",
            "releases/\u00fc.html: missing: a file of this name written in another form of Unicode is there: the names were changed by the "
            "copying",
        ],
    ),
}


@pytest.mark.parametrize("as_zip", [False, True])
@pytest.mark.parametrize("change", CHANGES)
def test_what_differs_is_told_in_words(change: str, as_zip: bool, site: Path) -> None:
    make, lines = CHANGES[change]
    make(site)
    copy = packed(site, "harbour/") if as_zip else site
    ran = verify(copy)
    assert ran.code == 1
    assert ran.out.splitlines() == [f"{copy}/{line}" for line in lines]


def test_a_link_in_the_place_of_a_file_is_told(site: Path) -> None:
    (site / "index.html").unlink()
    (site / "index.html").symlink_to("releases/a.html")
    assert "index.html: changed: it is a link or a device, not a file" in verify(site).out


def test_a_stray_file_is_told_and_with_strict_refused(site: Path) -> None:
    (site / "old.html").write_bytes(b"what once was here")
    ran = verify(site)
    assert ran.code == 0
    assert ran.out == f"{site}/old.html: not of the build: no build has written it\n"
    assert "1 file of no build" in ran.err
    assert verify(site, "--strict").code == 1
    with zipfile.ZipFile(packed(site, "harbour/"), "a") as archive:
        archive.writestr("beside.html", b"outside of the site's folder")
    assert verify(site.with_suffix(".zip"), "--strict").out.count("no build has written it") == 2


def test_a_copy_is_held_against_a_manifest_from_elsewhere(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site, tmp_path / "copy")
    (tmp_path / "copy" / "index.html").write_bytes(b"falsified")
    other = json_manifest(tmp_path / "copy", {"index.html": b"falsified"})
    (tmp_path / "copy" / "manifest.json").write_bytes(other)
    assert verify(tmp_path / "copy").code == 0  # its own manifest was falsified, too
    ran = verify(tmp_path / "copy", "--manifest", site / "manifest.json")
    assert ran.code == 1
    assert "index.html: changed" in ran.out
    assert "manifest.json: changed: it is not the manifest" in ran.out
    ran = verify(tmp_path / "copy", "--expect", sha256(site))
    assert ran.code == 1
    assert "not the expected one" in ran.out


def json_manifest(site: Path, files: dict[str, bytes]) -> bytes:
    text = (site / "manifest.json").read_text("utf-8")
    for path, data in files.items():
        text = text.replace(hashlib.sha256(FILES[path]).hexdigest(), hashlib.sha256(data).hexdigest())
    return text.encode()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip file", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_copy_is_one_line(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "copy.zip"
    file.write_bytes(data)
    ran = verify(file)
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1
    assert verify(tmp_path / "nowhere").code == 2
    assert verify(tmp_path, "--expect", "abc").code == 2


def test_a_zip_file_that_is_cut_or_whose_bytes_changed_is_told(site: Path) -> None:
    file = packed(site, "harbour/")
    data = bytearray(file.read_bytes())
    data[data.index(b"Big.csv") + 12] ^= 0xFF
    file.write_bytes(data)
    ran = verify(file)
    assert ran.code == 1
    assert "data/Big.csv: changed: it cannot be read" in ran.out
    file.write_bytes(data[: len(data) // 2])
    assert verify(file).code == 2

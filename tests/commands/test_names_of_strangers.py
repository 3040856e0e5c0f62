"""A name that a stranger gave a file ends no line, moves no cursor and gives a workflow no command, whoever prints it."""

from __future__ import annotations

import os
import re
import zipfile
from pathlib import Path

import pytest

from tests.conftest import Ran, run_here
from tests.trust.archives import small_archive
from tests.unit.warm_readers import warm_readers

__all__ = ["warm_readers"]
pytestmark = [
    pytest.mark.usefixtures("warm_readers"),
    pytest.mark.skipif(os.name == "nt", reason="Windows has no such names"),
]

EVIL = "a\n::stop-commands::b\r\x1b[31m\u202egnp"
LETTER = "Harbour Watch\n\n8 February 2012\n\nFerry crews ask for {thing}\n\nThe crews of the night ferry asked for {thing} on the pier.\n"
TURNS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")


def held(ran: Ran, name: str) -> None:
    """The name is printed, and does nothing."""
    printed = ran.out + ran.err
    assert (
        name.replace("\n", "\\n").replace("\r", "\\r").replace("\x1b", "\\x1b").replace("\u202e", "\\u202e") in printed
    )
    assert not TURNS.search(printed.replace("\t", ""))
    assert not re.search(r"^\s*::", printed, re.MULTILINE)


@pytest.mark.parametrize("how", [[], ["--explain"]])
def test_import_shows_what_stands_in_a_packed_folder(tmp_path: Path, how: list[str]) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    with zipfile.ZipFile(folder / "letters.zip", "w") as packed:
        packed.writestr(f"{EVIL}1.txt", LETTER.format(thing="light"))
        packed.writestr(f"{EVIL}2.txt", LETTER.format(thing="light") + "\nThe harbour has not answered.\n")
        packed.writestr(f"{EVIL}3.txt", LETTER.format(thing="light"))
        packed.writestr(f"{EVIL}4.txt", "")
    (folder / f".{EVIL}").write_text("", encoding="utf-8")
    there = ["--content", str(tmp_path / "content"), "--cache", str(tmp_path / "cache"), "--jobs", "1", "--no-setup"]
    ran = run_here(["import", str(folder), *there, *how])
    for name in (f".{EVIL}", *(f"{EVIL}{number}.txt" for number in (1, 2, 3, 4))):
        held(ran, name)


def test_verify_and_redact_show_what_lies_in_a_site(tmp_path: Path) -> None:
    archive = small_archive(tmp_path)
    assert archive.build("--no-search").code == 0
    (archive.site / f"{EVIL}.html").write_text("Zebulon", encoding="utf-8")
    held(run_here(["verify", str(archive.site)]), f"{EVIL}.html")
    there = ["--content", str(archive.content), "--site", str(archive.site), "--cache", str(tmp_path / "none")]
    held(run_here(["redact", "Zebulon", "--dry-run", *there]), f"{EVIL}.html")

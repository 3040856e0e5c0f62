"""What is withdrawn is gone: a whole site is built, the index for search included, and every byte of it is looked through."""

from __future__ import annotations

import base64
import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import run_here

STANDS = """---
title: Lamps for the quay
date: 2012-02-08
publisher: Harbour Watch
language: en
extent: full
---
The qvorbald crews asked for light.
"""
# Each word stands in one place only, so that a word that is found says where it came from.
GONE = """---
title: Withdrawn statement
date: 2012-02-09
publisher: Harbour Watch
reference: HW 2/2012
language: en
extent: full
status: withdrawn
reason: A person named in it is at risk.
subtitle: A qsubtila under the title
dateline: Qdatelia, 9 February
date_as_written: 9 Feb qwritia
topics: [Safety]
names: [Ada Example]
quotations:
  - speaker: Qspeakia Ward
    text: the qvalborg was dark
notes: Ask the qnotela desk.
rights: © qrightia
source:
  url: https://example.org/qurlia
  file: qfilia.txt
---
Somebody said that “the qvalborg was dark” and the qbodela was cold.
"""
WORDS = re.compile(rb"q(?:subtil|dateli|writi|speaki|valborg|notel|righti|urli|fili|bodel)[a-z]*", re.IGNORECASE)
CONTROL = re.compile(rb"qvorbald", re.IGNORECASE)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("withdrawn")
    for path, text in {
        "archive.toml": 'title = "Harbour"\nlanguage = "en"\nlanguages = ["en", "ar"]\nbase_url = "https://archive.example/"\n',
        "topics.toml": '[[topic]]\nlabel = "Safety"\nslug = "safety"\n',
        "names.toml": '[[name]]\nlabel = "Ada Example"\nslug = "ada-example"\naliases = ["Qaliasa"]\nkind = "person"\n',
        "releases/2012/2012-02-08-lamps.md": STANDS,
        "releases/2012/2012-02-09-gone.md": GONE,
    }.items():
        file = folder / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    ran = run_here(["--content", str(folder / "content"), "--out", str(folder / "site")])
    assert ran.code == 0, ran.err
    return folder / "site"


def layers(data: bytes) -> Iterator[bytes]:
    """A file's bytes, and what is packed in them: gzip, and gzip or text in base64 as the copy of the index holds it."""
    yield data
    for packed in [
        data,
        *(base64.b64decode(run + b"=" * (-len(run) % 4)) for run in re.findall(rb"[A-Za-z0-9+/]{64,}", data)),
    ]:
        if packed is not data:
            yield packed
        if packed[:2] == b"\x1f\x8b":
            yield gzip.decompress(packed)


def holding(site: Path, words: re.Pattern[bytes]) -> dict[str, set[bytes]]:
    """The files that hold any of the words, anywhere in them or in their names."""
    found: dict[str, set[bytes]] = {}
    for file in sorted(path for path in site.rglob("*") if path.is_file()):
        name = file.relative_to(site).as_posix()
        hits = {hit for layer in [name.encode(), *layers(file.read_bytes())] for hit in words.findall(layer)}
        if hits:
            found[name] = hits
    return found


def test_nothing_of_a_withdrawn_text_is_anywhere_in_the_site(site: Path) -> None:
    assert holding(site, WORDS) == {}


def test_nobody_is_found_by_a_name_in_a_withdrawn_release(site: Path) -> None:
    found = holding(site, re.compile(rb"qaliasa|ada-example", re.IGNORECASE))
    assert [
        name
        for name in found
        if "2012-02-09-gone" in name or (name.startswith("pagefind/") and "catalogue" not in name)
    ] == []


def test_the_same_search_finds_a_text_that_stands(site: Path) -> None:
    found = holding(site, CONTROL)
    assert "releases/2012-02-08-lamps.html" in found
    assert "ar/releases/2012-02-08-lamps.html" in found
    packed = [name for name in found if name.startswith("pagefind/")]
    assert {name.rpartition(".")[2] for name in packed} >= {"pf_fragment", "pf_index"}


def test_a_tombstone_tells_the_reason_in_every_edition(site: Path) -> None:
    for edition in ("", "ar/"):
        page = (site / f"{edition}releases/2012-02-09-gone.html").read_text("utf-8")
        assert "A person named in it is at risk." in page
        assert "HW 2/2012" in page

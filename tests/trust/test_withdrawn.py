"""What is withdrawn is gone: a whole site is built, the index for search included, and every byte of it is looked through. So is the
site that was there before the withdrawal and took its unchanged files over."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from tests.conftest import run_here
from tests.trust.byte_search import Words, holding

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
places: [Qplacia Quay]
names: [Ada Example]
same_text_as: [qsamia-one]
translation_of: qtransla-two
corrects: [qcorrectia-three]
follows: [qfollowia-four]
quotations:
  - speaker: Qspeakia Ward
    text: the qvalborg was dark
figures:
  - value: more than 7351 qvaluia
    low: 7351
    counts: qcounia lamps
    series: qserisia lamps
    by: Qreporia Ward
    as_of: 2012-02-07
    paragraph: 1
files:
  - file: qpathia.txt
    role: original
    label: The qlabelia letter
    rights: © qgrantia
    sha256: {sha256}
notes: Ask the qnotela desk.
rights: © qrightia
source:
  url: https://example.org/qurlia
  file: qfilia.txt
---
Somebody said that “the qvalborg was dark” and the qbodela was cold, and counted more than 7351 qvaluia.
"""
ORIGINAL = b"The letter says qoriginia.\n"
GONE = GONE.replace("{sha256}", hashlib.sha256(ORIGINAL).hexdigest())
# How each of them begins.
WORDS = Words(
    "qsubtil qdateli qwriti qspeaki qvalborg qnotel qrighti qurli qfili qbodel qplac qsami"
    " qtransla qcorrecti qfollowi qoute qcouni qserisi qrepori qvalui qpathi qlabeli qgranti qorigini Q77777".split()
)
CONTROL = Words(["qvorbald"])


@pytest.fixture(scope="module", params=["never published", "published before"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("withdrawn")
    gone = folder / "content" / "releases" / "2012" / "2012-02-09-gone.md"
    for path, text in {
        "archive.toml": 'title = "Harbour"\nlanguage = "en"\nlanguages = ["en", "ar"]\nbase_url = "https://archive.example/"\n',
        "topics.toml": '[[topic]]\nlabel = "Safety"\nslug = "safety"\n',
        "names.toml": '[[name]]\nlabel = "Ada Example"\nslug = "ada-example"\naliases = ["Qaliasa"]\nkind = "person"\n',
        "places.toml": '[[place]]\nlabel = "Qplacia Quay"\nwithin = "Qoutela"\nsame_as = ["https://www.wikidata.org/wiki/Q77777"]\n\n'
        '[[place]]\nlabel = "Qoutela"\n',
        "releases/2012/2012-02-08-lamps.md": STANDS,
    }.items():
        file = folder / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    (folder / "content" / "files").mkdir()
    (folder / "content" / "files" / "qpathia.txt").write_bytes(ORIGINAL)

    def build() -> None:
        ran = run_here(["--content", str(folder / "content"), "--out", str(folder / "site")])
        assert ran.code == 0, ran.err

    if request.param == "published before":
        published = re.sub("(?m)^(status|reason|same_text_as|translation_of|corrects|follows): .*\n", "", GONE)
        gone.write_text(published, encoding="utf-8")
        build()
        assert len(holding(folder / "site", WORDS)) > 10
        assert [path.read_bytes() for path in (folder / "site" / "files").iterdir()] == [ORIGINAL]
        assert (folder / "site" / "names" / "ada-example.html").is_file()
    gone.write_text(GONE, encoding="utf-8")
    build()
    return folder / "site"


def test_nothing_of_a_withdrawn_text_is_anywhere_in_the_site(site: Path) -> None:
    assert holding(site, WORDS) == {}


def test_its_original_is_gone_too(site: Path) -> None:
    assert not (site / "files").exists() or not any((site / "files").iterdir())
    assert hashlib.sha256(ORIGINAL).hexdigest() not in (site / "manifest.json").read_text("utf-8")


def test_nobody_is_found_by_a_name_in_a_withdrawn_release(site: Path) -> None:
    """The form that offers the words of the vocabularies offers it to nobody either."""
    assert holding(site, Words(["qaliasa", "ada-example", "Ada Example"])) == {}


def test_what_only_a_withdrawn_release_names_has_no_page(site: Path) -> None:
    assert holding(site, Words(["Safety"])) == {}
    assert sorted(path.name for path in site.glob("topics/*")) == ["index.html"]
    assert sorted(path.name for path in site.glob("names/*")) == ["index.html"]
    assert sorted(path.name for path in site.glob("quotations/*")) == ["index.html"]
    assert list(site.glob("figures*")) == []
    assert holding(site, Words(["figures/index"])) == {}
    assert sorted(path.suffix for path in site.glob("releases/2012-02-09-gone*")) == [".html"]


def test_the_same_search_finds_a_text_that_stands(site: Path) -> None:
    hits = holding(site, CONTROL)
    assert "releases/2012-02-08-lamps.html" in hits
    assert "ar/releases/2012-02-08-lamps.html" in hits
    assert {name.split("/")[1] for name in hits if name.startswith("pagefind/")} >= {"texts", "words"}


def test_a_tombstone_tells_the_reason_in_every_edition(site: Path) -> None:
    for edition in ("", "ar/"):
        page = (site / f"{edition}releases/2012-02-09-gone.html").read_text("utf-8")
        assert "A person named in it is at risk." in page
        assert "HW 2/2012" in page

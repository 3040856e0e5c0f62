"""Addresses of what of a text is no paragraph, and the numbers that a page shows."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from onrecord import markup
from onrecord.markup import Context
from onrecord.views.edition import Edition
from onrecord.views.numbered_text import laid_out, numbers
from tests.conftest import run_here
from tests.invented import SETTINGS, archive, reader
from tests.trust.archives import Archive, release

TEXT = """First.

- one
- two
  - deeper
- (…)

(…)

Third.

## A heading

| Name | Age |
|---|---|
| Ana | 12 |
| (…) | |

> quoted

1. loose

2. items
"""


def words_at(text: str, anchor: str = "p") -> dict[str, str]:
    """The first words of each address."""
    html = markup.convert(text, Context(anchor=anchor))[0].html
    return {
        found[2]: " ".join(re.sub("<[^>]*>", " ", found[3]).split())[:8]
        for found in re.finditer(r'<(p|li|tr|pre|h[2-6])[^>]* id="([^"]+)">(.*?)(?=</\1>|<ul)', html, re.DOTALL)
    }


def test_items_rows_and_headings_have_addresses_and_paragraphs_keep_theirs() -> None:
    assert words_at(TEXT) == {
        "p1": "First.",
        "p1.1": "one",
        "p1.2": "two",
        "p1.3": "deeper",
        "p2": "(…)",
        "p3": "Third.",
        "h1": "A headin",
        "h2": "Name Age",
        "p3.1": "Ana 12",
        "p4": "quoted",
        "p5": "loose",
        "p6": "items",
    }


def test_an_address_that_was_given_out_means_the_same_words_as_before() -> None:
    body, _ = markup.convert(TEXT)
    assert body.paragraphs == ("First.", "(…)", "Third.", "quoted", "loose", "items")
    assert re.findall(r'<p id="p([0-9]+)">', body.html) == ["1", "2", "3", "4", "5", "6"]


def test_a_list_before_every_paragraph_and_notes_have_addresses_of_their_own() -> None:
    assert words_at("- one\n\nText.") == {"p0.1": "one", "p1": "Text."}
    assert words_at("Text.\n\n## Head\n\n- one", "n") == {"n1": "Text.", "nh1": "Head", "n1.1": "one"}


def test_no_address_comes_twice_and_all_are_told() -> None:
    html = markup.convert(TEXT)[0].html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(markup.addresses(html)) == {name for name in ids if "." in name or name.startswith("h")}


@pytest.mark.parametrize(("language", "shown"), [("en", "1.2"), ("ar", "١.٢")])
def test_numbers_are_in_the_digits_of_the_edition_and_have_names(language: str, shown: str) -> None:
    edition = Edition(reader(archive(settings=SETTINGS)), language)
    page = laid_out(edition, markup.convert(TEXT)[0].html, "en")
    link = re.search(r'<li id="p1\.2">(<a class="pn"[^>]*>[^<]*</a>)', page)
    assert link
    assert f'aria-label="Paragraph {shown}">{shown}</a>' in link[1]
    assert ('lang="ar"' in link[1]) == (language == "ar")
    assert '<h2 id="h1"><a class="hn" href="#h1">A heading</a></h2>' in page


def test_an_omission_keeps_its_address_and_shows_no_number() -> None:
    page = laid_out(Edition(reader(archive()), "en"), markup.convert(TEXT)[0].html, "en")
    assert '<p id="p2"><span class="omission">(…)</span></p>' in page
    assert 'href="#p2"' not in page
    assert 'href="#p3"' in page
    assert numbers(("A", "(…)", " [...] ", "B")) == (1, 4)


def test_every_part_of_a_row_and_of_code_is_reached() -> None:
    page = laid_out(Edition(reader(archive()), "en"), markup.convert("T.\n\n|A|\n|-|\n|b|\n\n    code")[0].html, "en")
    assert re.search(r'<tr id="p1\.1">\s*<td><a class="pn" href="#p1\.1"', page)
    assert '<pre id="p1.2"><a class="pn" href="#p1.2"' in page


LISTED = """The crews spoke.

- “Light the pier tonight,” Ana Brook said.
- At least 27 people wait.

| Pier | Lamps |
|---|---|
| North | 12 |
"""
OF_LISTED = """quotations:
  - speaker: Ana Brook
    text: Light the pier tonight
figures:
  - value: At least 27 people
    counts: people who wait
"""


def test_words_in_an_item_are_quoted_counted_and_led_to(tmp_path: Path) -> None:
    held = Archive(tmp_path)
    held.write("archive.toml", 'title = "Harbour"\n')
    held.write("releases/2012/2012-02-08-list.md", release("List", "2012-02-08", LISTED, OF_LISTED))
    ran = held.build("--no-search")
    assert ran.code == 0, ran.out + ran.err
    page = (held.site / "releases/2012-02-08-list.html").read_text("utf-8")
    assert '<a href="#p1.1">“Light the pier tonight”</a>' in page
    assert '<a href="#p1.2">paragraph\N{NO-BREAK SPACE}1.2</a>' in page
    record = json.loads((held.site / "releases/2012-02-08-list.json").read_bytes())
    assert record["text"]["paragraphs"] == 1
    assert record["quotations"][0]["part"] == "1.1"
    rows = list(csv.DictReader((held.site / "data/paragraphs.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["paragraph"], row["part"]) for row in rows] == [("1", "0"), ("1", "1"), ("1", "2"), ("1", "3")]
    assert [row["text"] for row in rows[1:]] == [
        "“Light the pier tonight,” Ana Brook said.",
        "At least 27 people wait.",
        "North 12",
    ]
    assert rows[3]["address"].endswith("releases/2012-02-08-list.html#p1.3")


def test_a_link_to_an_item_that_is_not_there_is_told(tmp_path: Path) -> None:
    held = Archive(tmp_path)
    held.write("archive.toml", 'title = "Harbour"\n')
    held.write("releases/2012/2012-02-08-list.md", release("List", "2012-02-08", LISTED))
    for fragment, code in (("p1.3", 0), ("p1.4", 1), ("h1", 0), ("h2", 1)):
        link = f"See [the list](2012-02-08-list.md#{fragment})."
        held.write("releases/2012/2012-02-09-link.md", release("Link", "2012-02-09", link))
        ran = run_here(["check", "--content", str(held.content), "--cache", str(held.cache)])
        assert ran.code == code, (fragment, ran.out)

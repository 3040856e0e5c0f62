"""How many bytes a release costs, part by part, in a small invented archive: a site of ten thousand has to fit where it is published.

`weight.toml` has the most that each part may have. Where a part is above it, it is told which; where it has become much lighter, the number
is to be lowered (ONRECORD_ACCEPT=1 writes the numbers anew), so that what was saved stays saved.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.model import Release
from tests.invented import archive, files, release

CEILINGS = Path(__file__).with_name("weight.toml")
ROOM = 1.05
"""How much above what was measured a ceiling stands: a word more in a phrase is no fault."""
SLACK = 0.88
"""What is lighter than this share of its ceiling asks for a lower one."""
COUNT = 24


def releases() -> Iterator[Release]:
    """Releases of one length, each with topics, places, names, a number, a source and a quotation."""
    for number in range(COUNT):
        words = f"The lamps of quay {number:02} are out since the ferry union was told to wait"
        yield release(
            f"20{number % 10 + 10}-02-{number + 1:02}-lamps-of-the-old-quay-must-be-lit-again-{number:02}",
            f"20{number % 10 + 10}-02-{number + 1:02}",
            f'title: "Port Elm: Lamps of the old quay must be lit again ({number:02})"',
            f"reference: FU 01/{number:03}/2012",
            "kind: press release",
            "date_basis: header",
            "topics: [Water, Land & roads]",
            "places: [Port Elm, Northland]",
            "names: [Ada Example, Ferry Union]",
            "quotations:",
            "  - speaker: Ada Example",
            f'    text: "{words}"',
            "source:",
            f"  url: https://example.org/ferry-union/{number:06}",
            f"  file: statement-{number:06}.txt",
            f"  sha256: {number:02x}{'ab' * 31}",
            "rights: © Example Press",
            body=f"“{words},” said Ada Example.\n\n" + "\n\n".join(["Crews asked for light at the pier."] * 9),
        )


def measured() -> dict[str, int]:
    """The bytes of each part, by its name."""
    of = list(releases())
    site = files(archive(*of))
    slugs = [one.slug for one in of]
    pages = [site[f"releases/{slug}.html"] for slug in slugs]
    frames = [page[: page.index(b"<main")] + page[page.index(b'<footer class="colophon"') :] for page in pages]
    heads = [frame[: frame.index(b"</head>")] for frame in frames]
    texts = [one for page in pages for one in re.findall(rb'<p id="p\d+">.*?</p>', page)]
    plain = [re.sub(rb"<a class=\"pn\".*?</a>|</?p[^>]*>", b"", one) for one in texts]
    topic = site["topics/water.html"]
    entries = re.findall(rb"<li>[^<]+ <span><a [^\n]*\n", topic, re.S)
    speaker = site["quotations/ada-example.html"]
    quotations = re.findall(rb"<figure class=\"quotation\".*?</figure>\n", speaker, re.S)
    assert len(entries) == len(quotations) == COUNT

    def each(data: bytes) -> int:
        return len(data) // COUNT

    return {
        "head of a release's page": sum(map(len, heads)) // COUNT,
        "header and footer of a page": (sum(map(len, frames)) - sum(map(len, heads))) // COUNT,
        "release's page between header and footer": (sum(map(len, pages)) - sum(map(len, frames))) // COUNT,
        "what a paragraph has beside its words": (sum(map(len, texts)) - sum(map(len, plain))) // len(texts),
        "entry of a list on a page": sum(map(len, entries)) // COUNT,
        "quotation in a list on a page": sum(map(len, quotations)) // COUNT,
        "list as BibTeX": each(site["topics/water.bib"]),
        "list as RIS": each(site["topics/water.ris"]),
        "list as CSV": each(site["topics/water.csv"]),
        "list as a feed, all of it": len(site["topics/water.atom"]),
        "release as JSON": sum(len(site[f"releases/{slug}.json"]) for slug in slugs) // COUNT,
        "release as Markdown": sum(len(site[f"releases/{slug}.md"]) for slug in slugs) // COUNT,
        "release in data/releases.csv": each(site["data/releases.csv"]),
        "release in data/releases.jsonl": each(site["data/releases.jsonl"]),
        "release in data/paragraphs.csv": each(site["data/paragraphs.csv"]),
        "release in data/quotations.csv": each(site["data/quotations.csv"]),
    }


@pytest.fixture(scope="module")
def weights() -> dict[str, int]:
    found = measured()
    if os.environ.get("ONRECORD_ACCEPT"):
        lines = [f'"{name}" = {round(bytes_ * ROOM)}' for name, bytes_ in found.items()]
        head = "# The most bytes that each part may have (tests/unit/test_weight.py); of a list, for each of its releases.\n"
        CEILINGS.write_text(head + "\n".join(lines) + "\n", "utf-8")
    return found


def test_no_part_of_a_site_has_grown(weights: dict[str, int]) -> None:
    limits = tomllib.loads(CEILINGS.read_text("utf-8"))
    assert limits.keys() == weights.keys()
    grown = {name: f"{weights[name]} bytes, at most {most}" for name, most in limits.items() if weights[name] > most}
    assert not grown, "make it lighter, or say why not and raise the ceiling"


def test_what_has_become_lighter_has_a_lower_ceiling(weights: dict[str, int]) -> None:
    limits = tomllib.loads(CEILINGS.read_text("utf-8"))
    lighter = {name: weights[name] for name, most in limits.items() if weights[name] < most * SLACK}
    assert not lighter, "ONRECORD_ACCEPT=1 lowers the ceilings"

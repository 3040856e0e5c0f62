"""The same number for the same thing on every page: all counts of a generated site, held against the pages that they lead to."""

from __future__ import annotations

import posixpath
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from msgspec import structs

from onrecord.model import Archive, Release, Settings, Tombstone
from onrecord.reader import WITHIN
from tests.invented import VOCABULARIES, archive, listed, reader, site

WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
NUMBER = r"([\d٠-٩][\d٠-٩,٬]*)"
BESIDE = re.compile(
    rf'<a (?:[a-z-]+="[^"]*" )*?href="([^"#]+\.html)"[^>]*>(?:(?!</a>).)*</a>(?:</h\d>|</bdi>)?\s*'
    rf'(?:<svg.*?</svg>\s*)?<span class="count">{NUMBER}</span>',
    re.S,
)
"""A link, and a number beside it."""
IN_ROW = re.compile(
    rf'<th scope="row"><a href="([^"#]+\.html)">(?:(?!<tr).)*?<td(?: class="figure")?>{NUMBER}(?=[<\s])', re.S
)
"""A row of an index or of the table of a chart."""
IN_CELL = re.compile(rf'<a href="([^"#]+\.html)" aria-label="[^"]*: {NUMBER}"')
"""A month of the table of months, a bar of a chart."""
TALLY = re.compile(r'<p class="tally">(.*?)(?:\u00a0· |؛ |, <|</p>)', re.S)
"""What a page says how much it lists: the first words of its own."""
IN_NUMBERS = re.compile(rf'<li><a href="(?:\.\./)?releases/index\.html"><strong>{NUMBER}</strong> ')


def numbered(text: str) -> int:
    return int(re.sub(r"[,٬]", "", text.translate(WESTERN)))


def tally(text: str) -> int:
    """How much a page says that it lists; -1 where it does not say. In Arabic one and two are words."""
    found = TALLY.search(text)
    if not found:
        return -1
    number = re.search(NUMBER, re.sub(r"<[^>]*>", "", found[1]))
    return numbered(number[1]) if number else 1 if "واحد" in found[1] else 2


def generated(seed: int, count: int) -> Archive:
    """Releases by chance: of days, months, years, no year and spans; withdrawn, drafts, reprints; with places within places."""
    chance = random.Random(seed)  # noqa: S311 (not a secret)
    port, northland = VOCABULARIES.places
    vocabularies = structs.replace(VOCABULARIES, places=(structs.replace(port, within="northland"), northland))
    made: list[Release | Tombstone] = []
    for n in range(count):
        year, month = chance.choice((2010, 2012, 2012, 2013)), chance.randrange(1, 13)
        date = chance.choice(
            [f"{year}-{month:02}-{1 + n % 28:02}"] * 6
            + [f"{year}-{month:02}", f"{year}", "XXXX", f"{year}-{min(month, 11):02}/{year}-12", f"{year}/{year + 1}"]
        )
        slug = f"release-{n}"
        lines = [
            f"publisher: {chance.choice(['Example Press', 'Example Press', 'Ferry Union', 'not stated'])}",
            f"topics: [{', '.join(chance.sample(['Water', 'Land & roads', 'Éclairage'], chance.randrange(3)))}]",
            f"places: [{', '.join(chance.sample(['Port Elm', 'Northland'], chance.randrange(3)))}]",
            f"names: [{', '.join(chance.sample(['Ada Example', 'Ferry Union'], chance.randrange(3)))}]",
        ]
        if "not stated" not in lines[0]:
            lines.append(f"reference: FU {n:03}/2012")
        fate = chance.random()
        if fate < 0.08:
            lines += ["status: withdrawn", "reason: A name in it is at risk."]
        elif fate < 0.16:
            lines += ["status: draft"]
        body = "“We saw the lamps.” “Nobody came.”"
        if chance.random() < 0.8:
            speaker = chance.choice(["Ada Example", "A. Example", "A keeper", "Ferry Union"])
            lines.append(f'quotations:\n  - speaker: {speaker}\n    text: "We saw the lamps."')
            if n and chance.random() < 0.5:
                lines.append(f"same_text_as: [release-{n - 1}]")
        made.append(listed(slug, date, *lines, body=body))
    return archive(*made, vocabularies=vocabularies, settings=Settings("Harbour", languages=("en", "ar")))


def counts(path: str, text: str) -> Iterator[tuple[str, int]]:
    """The pages that a page leads to with a number, each with that number. What is found together is counted within a page's own releases,
    and what stands behind a name of a figure are figures of a place: neither is a number of the page that it leads to."""
    if re.search(r"^(ar/)?(topics|places|names|publishers)/", path):
        text = re.sub(r"<aside.*?</aside>", "", text, flags=re.S)
    for pattern in (BESIDE, IN_ROW, IN_CELL):
        for to, number in pattern.findall(text):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(to))), numbered(number)


@pytest.mark.parametrize(("seed", "count"), [(1, 5), (2, 60), (3, 400)])
def test_every_count_is_that_of_the_page_it_leads_to(seed: int, count: int) -> None:
    pages = site(generated(seed, count))
    own = {path: tally(text) for path, text in pages.items()}
    told: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for path, text in pages.items():
        for to, number in counts(path, text):
            told[to][number].add(path)
    assert len(told) > 20
    wrong = {
        to: (own.get(to), {number: sorted(paths)[:3] for number, paths in numbers.items()})
        for to, numbers in told.items()
        if set(numbers) != {own.get(to)}
    }
    assert wrong == {}


@pytest.mark.parametrize(("seed", "count"), [(1, 5), (2, 60), (3, 400)])
def test_the_archive_has_one_number_of_releases_quotations_and_names(seed: int, count: int) -> None:
    content = generated(seed, count)
    ask, pages = reader(content), site(content)
    releases, withdrawn = ask.facts().count, ask.withdrawn()
    assert releases == len(content.listed) > withdrawn
    for edition in ("", "ar/"):
        home = pages[f"{edition}index.html"]
        assert [numbered(found) for found in IN_NUMBERS.findall(home)] == [releases]
        for page in ("releases/index.html", "dates/index.html", "data.html"):
            assert tally(pages[edition + page]) == releases, page
        for folder in ("topics", "places", "names", "publishers", "speakers"):
            entries = ask.speaker_slugs() if folder == "speakers" else ask.group_slugs(folder)
            assert tally(pages[f"{edition}{folder}/index.html"]) == (len(entries) or -1), folder
            assert pages[f"{edition}{folder}/index.html"].count("<tr data-entry") == len(entries), folder
    of_speakers = sum(ask.speaker_count(slug) for slug in ask.speaker_slugs())
    assert ask.quotation_totals()[0] == of_speakers
    if of_speakers:
        assert tally(pages["quotations/index.html"]) == of_speakers
    if withdrawn:
        for page in ("releases/index.html", "dates/index.html", "data.html"):
            assert f"{withdrawn} of them withdrawn" in pages[page], page


def test_the_search_counts_what_the_pages_list() -> None:
    content = generated(4, 200)
    ask = reader(content)
    total, facets = ask.facets()
    assert total == ask.facts().count
    values = {facet: {value: count for value, _, count, _ in of_facet} for facet, of_facet in facets}
    for facet, folder in (("topic", "topics"), ("name", "names"), ("publisher", "publishers"), ("place", "places")):
        for slug, count in ask.group_counts(folder):
            inside = ask.inner_count(slug) if facet == "place" else 0
            assert values[facet].get(slug, 0) == count + inside, (facet, slug)
    assert any(isinstance(each, Tombstone) and each.publisher for each in content.listed)
    assert {year: count for year, count, _, _ in ask.year_labels()} == {
        year: count for year, count in values["year"].items() if year != "not-stated"
    }
    assert values["year"].get("not-stated", 0) == len(ask.undated())
    assert ask.group_slugs(WITHIN)


def test_the_files_have_a_row_for_each_release_that_stands_and_say_how_many_are_withdrawn() -> None:
    content = generated(5, 60)
    ask, pages = reader(content), site(content)
    assert len(ask.subjects()) + ask.withdrawn() == ask.facts().count
    assert f"({ask.withdrawn()} withdrawn)" in pages["data.html"]

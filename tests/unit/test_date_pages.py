"""The index by date: what spans years or months, what it asks for, and what the search page counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from onrecord import arrange, views
from onrecord.model import Card, Listed, Settings, Term, Tombstone, Vocabularies
from onrecord.reader import Build, Reader
from onrecord.render import Renderer
from onrecord.search.entries import all_entries, entry_of
from onrecord.search.search_page import search_view, view_of
from onrecord.store import Texts
from onrecord.views.date_pages import CALENDAR, LISTED
from onrecord.views.edition import Edition
from tests.conftest import ROOT

SETTINGS = Settings("Harbour papers", languages=("en", "fr"))
WATER = Term("topic", "Water", "water", ("wells",), translations=(("fr", "Eau"),))


def card(slug: str, date: str, title: str = "", topics: tuple[str, ...] = ()) -> Card:
    return Card(
        slug, f"releases/{slug}.md", title or f"About {slug}", date, "Example Press", "en", "full", topics=topics
    )


def asking(*listed: Listed) -> Reader:
    archive = arrange.archive(listed, SETTINGS, Vocabularies((WATER,)))
    return Reader(archive, Texts(""), Build("0.1.0", "2026-11-22"))


def pages(ask: Reader, *names: str, language: str = "en") -> dict[str, str]:
    """The pages of some kinds by their path."""
    renderer = Renderer(ROOT / "templates")
    edition = Edition(ask, language, renderer.translation(language))
    return {
        path: renderer.page(views.TEMPLATE_OF[kind.name], language, kind.view(edition, *subject)).decode()
        for kind in views.KINDS
        if kind.name in names
        for path, subject in kind.pages(edition)
    }


def questions_of(ask: Reader, name: str, *subject: str) -> list[tuple[object, ...]]:
    """The questions that a page asks."""
    kind = next(kind for kind in views.KINDS if kind.name == name)
    _, numbers = ask.traced(lambda: kind.view(Edition(ask, "en"), *subject))
    return [ask.key(number) for number in numbers]


@pytest.mark.parametrize("date", ["2011-12-30/2012-01-02", "2011/2012", "2011/..", "../2012"])
def test_an_interval_over_years_is_not_said_to_lack_a_year(date: str) -> None:
    page_texts = pages(asking(card("undated-strike", date)), "undated", "year", "dates", "timeline", "releases")
    assert "Every release here states its year." in page_texts["dates/undated.html"]
    years = [year for year in ("2011", "2012") if year in date]
    assert sorted(path for path in page_texts if path.startswith("dates/20")) == [
        f"dates/{year}.html" for year in years
    ]
    for path, page in page_texts.items():
        if path not in ("dates/undated.html", "dates/index.html"):
            assert "About undated-strike" in page, path
        assert path == "dates/undated.html" or "Year not stated" not in page, path


@pytest.mark.parametrize("date", ["XXXX", "XXXX-08-01", "201X", "201X/202X", "XXXX-08-01/XXXX-08-05"])
def test_a_source_that_states_no_year_is_said_to_state_none(date: str) -> None:
    page = pages(asking(card("undated-strike", date)), "undated")["dates/undated.html"]
    assert "<h1>Year not stated</h1>" in page
    assert "About undated-strike" in page


def test_an_interval_over_months_is_in_each_of_them_and_in_no_month_where_it_states_none() -> None:
    ask = asking(
        card("2012-strike", "2012-01/2012-03"),
        card("2012-lamps", "2012"),
        card("2012-04-boats", "2012-04"),
        card("2011-ropes", "2011/2012"),
        *(card(f"2009-lamp-{number}", "2009-05-01") for number in range(LISTED)),
    )
    page = pages(ask, "year")["dates/2012.html"]
    assert page.count("About 2012-strike") == 3
    spanning, missing = page.index('<h2 id="spanning-months">'), page.index('<h2 id="no-month">')
    assert page.rindex("About 2012-strike") < spanning < page.index("About 2011-ropes") < missing
    assert missing < page.index("About 2012-lamps")
    assert "4 releases" in page
    index = pages(ask, "dates")["dates/index.html"]
    assert '<a href="../dates/2012.html#spanning-months">1</a>' in index
    assert '<a href="../dates/2012.html#no-month">1</a>' in index


def test_an_interval_over_days_does_not_lack_a_day() -> None:
    ask = asking(card("2012-02-strike", "2012-02-08/2012-02-11"), card("2012-02-lamps", "2012-02"))
    page = pages(ask, "month")["dates/2012-02.html"]
    assert page.index("Dates that span days") < page.index("About 2012-02-strike") < page.index("Day not stated")


def test_a_day_of_a_month_stands_once_and_what_is_less_sure_of_it_says_so() -> None:
    ask = asking(card("2012-02-08-strike", "2012-02-08"), card("2012-02-08-lamps", "2012-02-08?"))
    page = pages(ask, "month")["dates/2012-02.html"]
    assert len(re.findall(r">8 February 2012 <span class=\"count\">", page)) == 1
    assert '<li><span><a href="../releases/2012-02-08-strike.html">' in page
    assert re.search(r'<li>8 February 2012[^<]+ <span><a href="../releases/2012-02-08-lamps.html">', page)


def test_what_has_no_month_can_be_reached_in_a_year_too_long_for_one_page() -> None:
    days = [card(f"2012-02-{n % 28 + 1:02}-ferry-{n}", f"2012-02-{n % 28 + 1:02}") for n in range(121)]
    few = [card(f"2012-lamps-{n}", "2012") for n in range(20)]
    page = pages(asking(*days, *few), "year")["dates/2012.html"]
    assert all(f"../releases/2012-lamps-{n}.html" in page for n in range(20))
    assert 'href="../"' not in page
    many = pages(asking(*days, *few, card("2012-boats", "2012")), "year", "date-part")
    assert '<li id="no-month"><a href="../dates/2012-no-month.html">Month not stated</a>' in many["dates/2012.html"]
    assert "<h1>2012: Month not stated</h1>" in many["dates/2012-no-month.html"]
    assert "../releases/2012-boats.html" in many["dates/2012-no-month.html"]
    beside = many["dates/2012-no-month.html"].split('<nav class="beside"')[1].split("</nav>")[0]
    assert re.findall(r"<(?:a|strong) [^>]*>([^<]+)<", beside) == ["February 2012", "Month not stated"]


def test_every_part_of_a_long_list_has_its_page_and_no_page_more_than_a_list_may_have() -> None:
    many = [card(f"undated-{'abc'[n % 3]}oats-{n}", "XXXX") for n in range(200)]
    page_texts = pages(asking(*many), "undated", "date-part")
    assert sorted(page_texts) == ["dates/undated.html", *(f"dates/undated/{letter}.html" for letter in "abc")]
    assert all(f'href="../{path}"' in page_texts["dates/undated.html"] for path in page_texts if "undated/" in path)
    assert "<h1>Year not stated: A</h1>" in page_texts["dates/undated/a.html"]
    beside = page_texts["dates/undated/b.html"].split('<nav class="beside"')[1].split("</nav>")[0]
    assert re.findall(r'<a href="([^"]+)">(.)</a>|<strong aria-current="page">(.)</strong>', beside) == [
        ("../../dates/undated/a.html", "A", ""),
        ("", "", "B"),
        ("../../dates/undated/c.html", "C", ""),
    ]
    spanning = [card(f"2011-{'abc'[n % 3]}oats-{n}", "2011/2012") for n in range(200)]
    page_texts = pages(asking(*spanning), "year", "date-part")
    years = ("2011", "2012")
    assert sorted(page_texts) == sorted(
        path
        for year in years
        for path in (
            f"dates/{year}.html",
            f"dates/{year}-spanning-months.html",
            *(f"dates/{year}-spanning-months/{letter}.html" for letter in "abc"),
        )
    )


def test_a_month_asks_for_nothing_of_another_month() -> None:
    ask = asking(card("2012-02-08-lamps", "2012-02-08"), card("2012-03-01-boats", "2012-03-01"))
    about = [key for key in questions_of(ask, "month", "2012-02") if key[0] not in ("frame", "card")]
    assert about == [("date_part", "2012-02", "2012-02"), ("month_neighbours", "2012-02")]


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("home", ()),
        ("releases", ()),
        ("dates", ()),
        ("year", ("2012",)),
        ("undated", ()),
        ("timeline", ()),
        ("search", ()),
    ],
)
def test_no_page_asks_for_all_releases(name: str, subject: tuple[str, ...]) -> None:
    ask = asking(card("2012-02-08-lamps", "2012-02-08", topics=("water",)), card("2013-boats", "2013"))
    assert not {"listed", "group", "year", "month"} & {key[0] for key in questions_of(ask, name, *subject)} - (
        {"month"} if name == "year" else set()
    )


def test_another_title_leaves_the_pages_of_numbers_as_they_are() -> None:
    def digests(title: str, name: str) -> Sequence[bytes]:
        lists = [card(f"2012-02-{n % 28 + 1:02}-ferry-{n}", f"2012-02-{n % 28 + 1:02}") for n in range(121)]
        ask = asking(card("2012-02-08-lamps", "2012-02-08", title), *lists)
        kind = next(kind for kind in views.KINDS if kind.name == name)
        subjects = [subject for _, subject in kind.pages(Edition(ask, "en"))]
        return [ask.answer_digest(key)[0] for subject in subjects for key in questions_of(ask, name, *subject)]

    for name in ("dates", "year", "month", "search"):
        assert digests("Lamps", name) == digests("Light", name)


def test_the_day_of_the_build_is_on_the_colophon_alone() -> None:
    page_texts = pages(asking(card("2012-lamps", "2012")), "home", "colophon", "undated", "not-found")
    assert [path for path, text in page_texts.items() if "2026-11-22" in text] == ["colophon.html"]
    assert '<time datetime="2026-11-22">22 November 2026</time>' in page_texts["colophon.html"]


def test_the_search_page_counts_what_the_entries_have() -> None:
    gone = Tombstone("2013-gone", "releases/2013-gone.md", "Gone", "2013", "Example Press", "en", "statement", "EP 7")
    ask = asking(card("2012-lamps", "2012-01/2013", topics=("water",)), card("undated-boats", "2011/2012"), gone)
    assert view_of(all_entries(ask)) == search_view(ask, language="en")
    seen = search_view(ask, language="fr")
    assert (seen.total, seen.undated, [(year.value, year.count) for year in seen.years]) == (
        3,
        0,
        [("2013", 2), ("2012", 2), ("2011", 1)],
    )
    assert next((facet.name, [(value.label, value.count) for value in facet.values]) for facet in seen.facets) == (
        "topic",
        [("Eau", 1)],
    )


def test_of_what_was_withdrawn_a_search_knows_what_its_tombstone_says_and_nothing_else() -> None:
    gone = Tombstone("2013-gone", "releases/2013-gone.md", "Gone", "2013", "Example Press", "fr", "statement", "EP 7")
    entry = entry_of(asking(gone, card("2012-lamps", "2012", topics=("water",))), "2013-gone")
    assert (entry.title, entry.date, entry.reference, entry.language, entry.aliases) == (
        "Gone",
        "2013",
        "EP 7",
        "en",
        (),
    )
    # Not under its publisher, whose page does not list it.
    assert entry.filters == (
        ("kind", "statement", "statement"),
        ("year", "2013", "2013"),
        ("language", "fr", "fr"),
    )
    assert dict(entry.facts)["status"] == "withdrawn"


def test_a_small_archive_lists_its_releases_on_the_index_and_a_larger_one_counts_them() -> None:
    few = [card(f"2012-02-{day:02}-lamp", f"2012-02-{day:02}") for day in range(1, LISTED)] + [
        card("undated-lamp", "XXXX")
    ]
    index = pages(asking(*few), "dates")["dates/index.html"]
    assert len(re.findall(r"<li>[^<]+ <span><a ", index)) == LISTED
    assert "About undated-lamp" in index
    assert 'class="matrix"' not in index
    index = pages(asking(*few, card("2013-lamp", "2013")), "dates")["dates/index.html"]
    assert 'class="matrix"' in index
    assert "About 2013-lamp" not in index


def test_a_calendar_links_a_day_to_its_place_on_the_month() -> None:
    days = [card(f"2012-02-{day:02}-lamp", f"2012-02-{day:02}") for day in range(1, CALENDAR + 1)]
    ask = asking(*days, card("2012-02-ropes", "2012-02"))
    page = pages(ask, "year")["dates/2012.html"]
    assert 'href="../dates/2012-02.html#d2012-02-08"' in page
    assert 'id="d2012-02-08"' in pages(ask, "month")["dates/2012-02.html"]
    assert "1 without an exact day" in page
    assert 'class="calendar"' not in pages(asking(*days[1:]), "year")["dates/2012.html"]

"""The front page: which release it opens with, what it counts, and what leads where."""

from __future__ import annotations

import re

from msgspec import structs

from onrecord.model import Release, Term, Vocabularies
from onrecord.views.home import HomeView, SearchPageView
from tests.invented import SETTINGS, archive, harbour, listed, quick, reader, release, site, views

LONG = "We cannot see the ropes, and nobody has come to correct the lamps since the winter of 2009"


def quoting(slug: str, date: str, text: str, *lines: str) -> Release:
    """A release in whose second paragraph a keeper says something."""
    return release(
        slug,
        date,
        *lines,
        "quotations:",
        "  - speaker: A keeper",
        f'    text: "{text}"',
        "    paragraph: 2",
        body=f"First words.\n\n“{text},” said a keeper.",
    )


def home(*releases: Release) -> HomeView:
    """What the front page of these releases receives."""
    view = views(archive(*releases))["index.html"]
    assert isinstance(view, HomeView)
    return view


def test_the_front_page_opens_with_the_newest_quotation_of_fitting_length_and_leads_to_its_paragraph() -> None:
    view = home(
        quoting("older", "2011-01-01", LONG),
        quoting("newer", "2012-01-01", LONG),
        quoting("too-short", "2013-01-01", "Nobody came"),
        quoting("too-long", "2014-01-01", LONG * 4),
        quick("newest", "2015-01-01"),
    )
    assert view.featured is not None
    assert view.featured.quotation is not None
    assert view.featured.entry.href == "releases/newer.html"
    assert view.featured.quotation.text == LONG, "whole, as the source has it"
    assert view.featured.quotation.href == "releases/newer.html#p2"
    assert not view.featured.opening


def test_without_a_fitting_quotation_the_newest_release_stands_there_with_its_first_paragraph() -> None:
    view = home(quick("older", "2011-01-01"), quick("newest", "2015-01-01"))
    assert view.featured is not None
    assert (view.featured.entry.href, view.featured.quotation) == ("releases/newest.html", None)
    assert view.featured.opening == "Some words."


def test_a_draft_and_a_withdrawn_release_are_never_featured() -> None:
    draft = quoting("draft", "2017-01-01", LONG, "status: draft")
    given = archive(*harbour(), draft, drafts=True)
    slug, _ = reader(given).featured()
    assert slug == "2014-03-01-summary", "the newest that stands"
    assert reader(archive()).featured() == ("", -1)


def test_an_empty_archive_has_a_front_page_without_navigation_and_search() -> None:
    page = site(archive())["index.html"]
    assert "Add the first one" in page
    assert 'class="sections"' not in page
    assert 'role="search"' not in page


def test_the_navigation_leads_to_no_empty_index_and_the_front_page_names_none() -> None:
    pages = site(archive(quick("one", "2012-01-01"), quick("two", "2013-01-01")))
    for path in ("index.html", "releases/one.html"):
        found = re.search(r'<nav class="sections".*?</nav>', pages[path], re.DOTALL)
        assert found, path
        assert re.findall(r'href="(?:\.\./)?([a-z]+)/', found[0]) == ["releases", "dates", "publishers"], path
    assert "map.html" not in pages["index.html"]
    assert "quotations/index.html" in pages, "the page stands: an address that was shared leads somewhere"


def test_the_title_is_the_heading_and_no_brand_beside_it_at_the_head_of_the_front_page() -> None:
    page = site(archive(*harbour()))["index.html"]
    body = page[page.index("<body>") : page.index("</h1>")]
    assert body.count("<h1") == 1
    assert 'class="brand"' not in body


PORTS = Vocabularies(
    places=(
        Term("place", "Port Elm", "port-elm", type="city", lat=35.5, lon=36.25),
        Term("place", "Port Ash", "port-ash", type="city", lat=34.5, lon=37.25),
        Term("place", "Northland", "northland", type="country", lat=34.8, lon=38.9),
        Term("place", "Far Reef", "far-reef", type="city", lat=-18.1, lon=178.4),
        Term("place", "Nowhere", "nowhere"),
    )
)


def about(*places: tuple[str, int]) -> HomeView:
    """What the front page receives of so many releases about each of some places."""
    given = [
        quick(f"{place}-{n}", f"2012-01-{n + 1:02}", places=(place,)) for place, count in places for n in range(count)
    ]
    view = views(archive(*given, vocabularies=PORTS))["index.html"]
    assert isinstance(view, HomeView)
    return view


def test_the_front_page_has_a_map_from_two_places_with_coordinates_on() -> None:
    assert about(("port-elm", 9), ("nowhere", 9)).map is None, "one dot on a map says nothing"
    view = about(("port-elm", 9), ("port-ash", 2), ("northland", 1), ("nowhere", 9))
    assert view.map is not None
    assert (view.map.shape, view.map.count, view.map.outside) == ("part", 3, 0)
    assert view.map.most == ("Port Elm", "Port Ash", "Northland")
    assert view.map.has_areas


def test_the_map_of_the_front_page_shows_where_most_releases_are_about_and_says_what_lies_elsewhere() -> None:
    near = about(("port-elm", 9), ("port-ash", 9), ("northland", 1), ("far-reef", 1))
    assert near.map is not None
    assert (near.map.shape, near.map.count, near.map.outside) == ("part", 3, 1)
    far = about(("port-elm", 9), ("far-reef", 9))
    assert far.map is not None
    assert (far.map.shape, far.map.count, far.map.outside) == ("world", 2, 0)


def test_the_map_leads_to_the_large_one_names_its_places_in_words_and_fetches_nothing() -> None:
    given = [release("a", "2012-01-01", "places: [Port Elm]"), release("b", "2012-02-01", "places: [Northland]")]
    page = site(archive(*given))["index.html"]
    found = re.search(
        r'<figure class="front-map part">\n<a href="map.html">\n<svg [^>]*aria-label="([^"]*)".*?</figure>',
        page,
        re.DOTALL,
    )
    assert found
    assert found[1] == "A map with 2 places: Northland, Port Elm"
    assert "<image" not in found[0]
    assert "A ring is a country or another area." in found[0]
    assert len(found[0].encode()) < 8000


def test_one_of_a_thing_is_named_in_the_singular_in_every_language() -> None:
    given = archive(
        release("a", "2012-01-01", "places: [Port Elm]"),
        settings=structs.replace(SETTINGS, languages=("en", "ar", "fr", "ru")),
    )
    pages = site(given)
    assert "<strong>1</strong> release</a>" in pages["index.html"]
    assert "<strong>1</strong> publisher</a>" in pages["index.html"]
    assert "<strong>١</strong> بيان</a>" in pages["ar/index.html"]
    assert "<strong>1</strong> lieu</a>" in pages["fr/index.html"]
    assert "<strong>1</strong> сообщение</a>" in pages["ru/index.html"]


def test_the_front_page_says_how_many_releases_are_withdrawn() -> None:
    gone = listed("gone", "2013-01-01", "status: withdrawn", "reason: The source was misquoted.", body="")
    page = site(archive(quick("one", "2012-01-01"), gone))["index.html"]
    assert "<strong>2</strong> releases</a>" in page
    assert re.search(r'<a href="corrections.html">1 withdrawn</a>', page)
    assert "withdrawn" not in site(archive(quick("one", "2012-01-01")))["index.html"]


def test_an_archive_may_choose_the_release_that_its_front_page_opens_with() -> None:
    given = (quoting("older", "2011-01-01", LONG), quoting("newer", "2012-01-01", LONG), quick("plain", "2010-01-01"))

    def featured(slug: str) -> tuple[str, int]:
        return reader(archive(*given, settings=structs.replace(SETTINGS, featured=slug))).featured()

    assert featured("") == ("newer", 0)
    assert featured("older") == ("older", 0)
    assert featured("plain") == ("plain", -1), "with its first paragraph, where it quotes nobody"
    assert featured("gone") == ("newer", 0), "what is not there changes nothing"


def test_the_search_page_has_ways_in_before_anything_is_looked_for() -> None:
    given = [
        release("a", "2012-01-01", "places: [Port Elm]", "topics: [Water]", "reference: FU 7/2012"),
        quoting("b", "2013-01-01", LONG),
    ]
    view = views(archive(*given))["search.html"]
    assert isinstance(view, SearchPageView)
    assert [entry.href for entry in view.start.newest] == ["releases/b.html", "releases/a.html"]
    assert [tally.href for tally in view.start.topics] == ["topics/water.html"]
    assert [(link.label, link.href) for link in view.start.examples] == [
        ('place:"Port Elm"', "search.html#q=place%3A%22Port%20Elm%22"),
        ('speaker:"A keeper"', "search.html#q=speaker%3A%22A%20keeper%22"),
        ('"We cannot see"', "search.html#q=%22We%20cannot%20see%22"),
        ("FU 7/2012", "search.html#q=FU%207/2012"),
    ]
    empty = views(archive(quick("one", "2012-01-01")))["search.html"]
    assert isinstance(empty, SearchPageView)
    assert (empty.start.examples, empty.start.topics, empty.start.places) == ((), (), ())


def test_a_quotation_has_the_marks_of_its_own_language_on_every_page() -> None:
    given = archive(
        quoting("deutsch", "2012-01-01", LONG, "language: de"),
        settings=structs.replace(SETTINGS, languages=("en", "fr")),
    )
    pages = site(given)
    for path in ("index.html", "fr/index.html", "quotations/index.html", "fr/quotations/index.html"):
        shown = re.sub(r"<[^>]*>", "", pages[path])
        assert f"„{LONG}“" in shown, path
        assert f"“{LONG}" not in shown, path
        assert f"« {LONG}" not in shown, path


def test_an_archive_of_withdrawn_releases_alone_has_no_empty_list_on_its_front_page() -> None:
    gone = listed("gone", "2013-01-01", "status: withdrawn", "reason: The source was misquoted.", body="")
    page = site(archive(gone))["index.html"]
    assert "Latest releases" not in page
    assert '<ul class="entries">' not in page
    assert "1 withdrawn" in page

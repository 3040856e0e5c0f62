"""The front page: which release it opens with, what it counts, and what leads where."""

from __future__ import annotations

import re

from onrecord.model import Release
from onrecord.views.home import HomeView
from tests.invented import archive, harbour, quick, reader, release, site, views

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

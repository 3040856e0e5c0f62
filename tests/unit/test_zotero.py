"""Releases of six kinds, and an abstract, as Zotero reads them from a page, a BibTeX file and a RIS file."""

from __future__ import annotations

from functools import cache

import pytest

from onrecord.model import Release, Settings
from onrecord.plan import Output
from tests.invented import archive, makers_of, release
from tests.zotero import Item, from_bibtex, from_page, from_ris

ADDRESS = "https://archive.example/releases/2012-09-08-x.html"
SETTINGS = Settings("Harbour Archive", publisher="Friends of the Quay", base_url="https://archive.example/")
# The type of the item from the page, from BibTeX, from RIS.
TYPES = {
    "press release": ("report", "report", "report"),
    "statement": ("report", "report", "report"),
    "report": ("report", "report", "report"),
    "speech": ("presentation", "document", "presentation"),
    "interview": ("interview", "document", "report"),
    "news story": ("webpage", "document", "newspaperArticle"),
}


def of_kind(kind: str, *lines: str) -> Release:
    """A release of a kind, as well known as can be."""
    return release(
        "2012-09-08-x", "2012-09-08", f"kind: {kind}", "reference: FU 1/2012", "rights: © Example Press", *lines
    )


def made(given: Release) -> tuple[str, str, str]:
    """The page of a release and its BibTeX and RIS files, as the site has them."""
    makers = makers_of(archive(given, settings=SETTINGS))
    planned = [
        Output(path, maker.name, subject)
        for maker in makers.by_name.values()
        for path, subject in maker.outputs(makers.reader)
    ]
    stem = f"releases/{given.slug}"
    by_path = {output.path: output for output in planned}
    page, bibtex, ris = (makers.data(by_path[stem + ending]).decode() for ending in (".html", ".bib", ".ris"))
    return page, bibtex, ris


def items(given: Release) -> tuple[Item, Item, Item]:
    """The item of the release from its page, its BibTeX, its RIS."""
    page, bibtex, ris = made(given)
    return from_page(page), from_bibtex(bibtex)[-1], from_ris(ris)[-1]


@cache
def items_of(kind: str) -> tuple[Item, Item, Item]:
    """The items of a release of a kind."""
    return items(of_kind(kind))


@pytest.mark.parametrize("kind", TYPES)
def test_a_kind_becomes_the_type_that_has_its_fields(kind: str) -> None:
    found = items_of(kind)
    assert tuple(item.type for item in found) == TYPES[kind]
    for item in found:
        assert item.fields["title"] == "About 2012-09-08-x"
        assert item.fields["url"] == ADDRESS
        assert item.fields["language" if "language" in item.fields else "url"] in ("en", ADDRESS)
        assert item.fields["date"].strip("/").replace("/", "-") == "2012-09-08"


@pytest.mark.parametrize("kind", TYPES)
def test_number_and_publisher_of_every_kind_are_kept_by_the_files(kind: str) -> None:
    _, *files = items_of(kind)
    for item in files:
        kept = [*item.fields.values(), *item.notes, *(name for _, name in item.creators)]
        assert any("FU 1/2012" in text for text in kept), item
        assert any("Example Press" in text for text in kept), item


@pytest.mark.parametrize("kind", ["press release", "statement", "report"])
def test_what_an_institution_distributes_has_every_field_of_a_report(kind: str) -> None:
    for item in items_of(kind):
        assert item.creators == [("author", "Example Press")]
        assert item.fields["publisher"] == "Example Press"
        assert item.fields["number"] == "FU 1/2012"
        assert item.fields["type"].lower() == kind
    assert not [name for name, _ in items_of(kind)[0].lost if name != "publicationTitle"]


@pytest.mark.parametrize("kind", ["speech", "interview"])
def test_nobody_is_said_to_speak_whom_the_record_does_not_name(kind: str) -> None:
    for item in items_of(kind):
        assert not {role for role, _ in item.creators} & {"presenter", "interviewee"}


def test_a_news_story_is_in_no_newspaper_that_the_record_does_not_name() -> None:
    given = of_kind("news story", "source:", "  url: https://example.net/o")
    page, bibtex, ris = items(given)
    # A page stands on the archive's site.
    assert (page.type, page.fields["publicationTitle"]) == ("webpage", "Harbour Archive")
    assert "publicationTitle" not in bibtex.fields.keys() | ris.fields.keys()


@pytest.mark.parametrize("kind", ["press release", "other"])
def test_no_release_is_taken_for_a_journal_article(kind: str) -> None:
    for given in (of_kind(kind), of_kind(kind, "publisher: not stated"), of_kind(kind, "extent: abstract")):
        assert "journalArticle" not in {item.type for item in items(given)}


def test_an_unknown_kind_is_not_called_a_technical_report() -> None:
    page, bibtex, ris = items(release("2012-09-08-x", "2012-09-08"))
    assert (page.type, bibtex.type, ris.type) == ("report", "document", "report")
    assert not {"type"} & (page.fields.keys() | bibtex.fields.keys() | ris.fields.keys())


def test_an_abstract_is_a_page_of_the_archives_site_and_the_release_stands_beside_it() -> None:
    given = of_kind("press release", "extent: abstract", "source:", "  url: https://example.net/o")
    html, bibtex, ris = made(given)
    page = from_page(html)
    assert (page.type, page.fields["publicationTitle"]) == ("webpage", "Harbour Archive")
    assert page.creators == [("author", "Friends of the Quay")]
    for summary, original in (from_bibtex(bibtex), from_ris(ris)):
        assert summary.type in ("webpage", "document")
        assert summary.creators == [("author", "Friends of the Quay")]
        assert original.type == "report"
        assert original.fields["url"] == "https://example.net/o"


@pytest.mark.parametrize("title", ["50% of {a} & b_c #1 ~ ^ \\\\", "} and {", "A -- b", "ويدعو 50% — “لا”", "Ünïté"])
def test_a_title_is_the_same_in_every_item(title: str) -> None:
    for item in items(release("2012-09-08-x", "2012-09-08", f'title: "{title}"')):
        assert item.fields["title"] == title.replace("\\\\", "\\")

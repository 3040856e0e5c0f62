"""Releases of six kinds, and an abstract, as Zotero reads them from a page, a BibTeX file and a RIS file."""

from __future__ import annotations

import pytest

from onrecord import cite
from onrecord.model import Release
from tests.invented import release
from tests.zotero import Item, from_bibtex, from_page, from_ris

HOST = cite.Host("Harbour Archive", "Friends of the Quay")
ADDRESS = "https://archive.example/releases/one.html"
# The type of the item from the page, from BibTeX, from RIS.
TYPES = {
    "press release": ("report", "report", "report"),
    "statement": ("report", "report", "report"),
    "report": ("report", "report", "report"),
    "speech": ("presentation", "document", "presentation"),
    "interview": ("interview", "document", "report"),
    "news story": ("newspaperArticle", "document", "newspaperArticle"),
}


def of_kind(kind: str, *lines: str) -> Release:
    return release(
        "2012-09-08-x", "2012-09-08", f"kind: {kind}", "reference: FU 1/2012", "rights: © Example Press", *lines
    )


def items(given: Release) -> tuple[Item, Item, Item]:
    """The item of the release from its page, its BibTeX, its RIS."""
    return (
        from_page(cite.highwire(given, ADDRESS, HOST)),
        from_bibtex(cite.bibtex(given, ADDRESS, HOST))[-1],
        from_ris(cite.ris(given, ADDRESS, HOST))[-1],
    )


@pytest.mark.parametrize("kind", TYPES)
def test_a_kind_becomes_the_type_that_has_its_fields(kind: str) -> None:
    found = items(of_kind(kind))
    assert tuple(item.type for item in found) == TYPES[kind]
    for item in found:
        assert item.fields["title"] == "About 2012-09-08-x"
        assert item.fields["url"] == ADDRESS
        assert item.fields["language" if "language" in item.fields else "url"] in ("en", ADDRESS)
        assert item.fields["date"].strip("/").replace("/", "-") == "2012-09-08"


@pytest.mark.parametrize("kind", TYPES)
def test_number_and_publisher_of_every_kind_are_kept_by_the_files(kind: str) -> None:
    _, *files = items(of_kind(kind))
    for item in files:
        kept = [*item.fields.values(), *item.notes, *(name for _, name in item.creators)]
        assert any("FU 1/2012" in text for text in kept), item
        assert any("Example Press" in text for text in kept), item


@pytest.mark.parametrize("kind", ["press release", "statement", "report"])
def test_what_an_institution_distributes_has_every_field_of_a_report(kind: str) -> None:
    for item in items(of_kind(kind)):
        assert item.creators == [("author", "Example Press")]
        assert item.fields["publisher"] == "Example Press"
        assert item.fields["number"] == "FU 1/2012"
        assert item.fields["type"].lower() == kind
    assert not [name for name, _ in items(of_kind(kind))[0].lost if name != "publicationTitle"]


@pytest.mark.parametrize("kind", ["speech", "interview"])
def test_nobody_is_said_to_speak_whom_the_record_does_not_name(kind: str) -> None:
    for item in items(of_kind(kind)):
        assert not {role for role, _ in item.creators} & {"presenter", "interviewee"}


def test_a_news_story_is_in_no_newspaper_that_the_record_does_not_name() -> None:
    given = of_kind("news story", "source:", "  url: https://example.net/o")
    for item in items(given):
        assert "publicationTitle" not in item.fields


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
    page = from_page(cite.highwire(given, ADDRESS, HOST))
    assert (page.type, page.fields["publicationTitle"]) == ("webpage", "Harbour Archive")
    assert page.creators == [("author", "Friends of the Quay")]
    for summary, original in (
        from_bibtex(cite.bibtex(given, ADDRESS, HOST)),
        from_ris(cite.ris(given, ADDRESS, HOST)),
    ):
        assert summary.type in ("webpage", "document")
        assert summary.creators == [("author", "Friends of the Quay")]
        assert original.type == "report"
        assert original.fields["url"] == "https://example.net/o"


@pytest.mark.parametrize("title", ["50% of {a} & b_c #1 ~ ^ \\\\", "} and {", "A -- b", "ويدعو 50% — “لا”", "Ünïté"])
def test_a_title_is_the_same_in_every_item(title: str) -> None:
    for item in items(release("2012-09-08-x", "2012-09-08", f'title: "{title}"')):
        assert item.fields["title"] == title.replace("\\\\", "\\")

"""What programs that come by find: rules for robots, the guide for language models, the vocabularies, the sitemap."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
import rdflib
from lxml import etree
from msgspec import structs
from rdflib.namespace import FOAF, RDF, SKOS

from onrecord.makers import machines, sitemap
from onrecord.makers.sitemap import Known
from onrecord.model import Release, Settings, Term, Tombstone, Vocabularies
from onrecord.reader import Build
from tests.invented import SETTINGS, VOCABULARIES, archive, files, harbour, listed, reader, release

BASE = "https://example.org/r/"
SITE = structs.replace(SETTINGS, base_url=BASE)
SCHEMA = Path(__file__).parents[1] / "schemas" / "sitemap.xsd"
XHTML = "{http://www.w3.org/1999/xhtml}link"
SITEMAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


# ---- the sitemap ---------------------------------------------------------------------------------------------------------------


def urls(data: bytes) -> dict[str, etree._Element]:
    """The elements of a sitemap that holds to its schema, by address."""
    tree = etree.fromstring(data)
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    assert schema.validate(tree), schema.error_log
    return {url.findtext(f"{SITEMAPS}loc"): url for url in tree}


def test_a_page_says_in_the_sitemap_when_its_record_changed_as_far_as_that_is_known() -> None:
    releases = (
        release("a", "2012", "added: 2024-03-01", "changed: 2024-05-06"),
        release("b", "2012"),
        release("c", "2012"),
        listed("gone", "2012", "status: withdrawn", "reason: False.", "changed: 2024-07-08"),
    )
    ask = reader(
        archive(*releases, settings=SITE), Build("0.1.0", moments={"releases/b.md": "2026-01-01T08:00:00+02:00"})
    )
    paths = ["index.html", *(f"releases/{slug}.html" for slug in ("a", "b", "c", "gone"))]
    ((_, data),) = sitemap.files(sitemap.known(ask), paths)
    known = {address: url.findtext(f"{SITEMAPS}lastmod") for address, url in urls(data).items()}
    assert known == {
        f"{BASE}index.html": None,
        f"{BASE}releases/a.html": "2024-05-06",
        f"{BASE}releases/b.html": "2026-01-01T08:00:00+02:00",
        f"{BASE}releases/c.html": None,
        f"{BASE}releases/gone.html": "2024-07-08",
    }


def test_a_page_says_in_the_sitemap_where_it_is_in_other_languages() -> None:
    settings = structs.replace(SITE, languages=("en", "ar"))
    original = release("en-text", "2012", 'title: "Lamps"')
    translation = release("ar-text", "2012", "language: ar", "translation_of: en-text")
    ask = reader(archive(original, translation, release("alone", "2012"), settings=settings))
    of_main = ["releases/alone.html", "releases/en-text.html", "about.html"]
    ((_, data),) = sitemap.files(sitemap.known(ask), [*of_main, "ar/releases/alone.html", "ar/releases/en-text.html"])
    others = {
        address: {link.get("hreflang"): link.get("href") for link in url.iter(XHTML)}
        for address, url in urls(data).items()
    }
    both = {"en": f"{BASE}releases/alone.html", "ar": f"{BASE}ar/releases/alone.html"}
    assert others[both["en"]] == others[both["ar"]] == both
    # Its own page says which page is for whom: the text in Arabic is another release.
    assert others[f"{BASE}releases/en-text.html"] == {}
    assert others[f"{BASE}about.html"] == {}


def test_no_sitemap_is_larger_than_the_protocol_allows() -> None:
    parts = sitemap.files(Known(BASE), [f"releases/{n}.html" for n in range(50_001)])
    assert [len(urls(data)) for _, data in parts] == [2, 50_000, 1]
    long = Known(BASE, ("en", "ar", "fr", "es"))
    pages = [f"{prefix}{'م' * 90}-{n}.html" for n in range(6000) for prefix in ("", "ar/", "fr/", "es/")]
    parts = sitemap.files(long, pages)
    assert len(parts) > 2
    assert all(len(data) <= sitemap.MOST_BYTES for _, data in parts)
    assert sum(data.count(b"<loc>") for _, data in parts[1:]) == len(pages)


# ---- robots, language models ---------------------------------------------------------------------------------------------------


def test_robots_may_read_all_and_learn_where_the_list_is_but_nothing_of_a_proof() -> None:
    assert (
        files(archive(settings=SITE))["robots.txt"].decode()
        == f"User-agent: *\nDisallow:\n\nSitemap: {BASE}sitemap.xml\n"
    )
    assert b"Sitemap" not in files(archive())["robots.txt"]
    proof = files(archive(settings=SITE, drafts=True), Build("0.1.0", drafts=True))["robots.txt"].decode()
    assert proof.endswith("User-agent: *\nDisallow: /\n")


def test_the_guide_leads_to_the_texts_and_says_whose_words_they_are() -> None:
    site = files(archive(*harbour(), settings=SITE))
    guide = site["llms.txt"].decode()
    assert guide.startswith("# Harbour \\<Archive\\>\n\n> Statements of harbour crews \\& others.\n")
    for words in (
        "`abstract`: the words are this archive’s own summary",
        "*not stated*",
        "at risk",
        "withdrawn for a reason",
    ):
        assert words in guide
    links = re.findall(r"\]\((.+?)\): ", guide)
    for link in links:
        assert unquote(link.removeprefix(BASE)) in {*site, "sitemap.xml"}, link
    assert f"{BASE}data.html" in links
    twins = [path for path in site if path.startswith("releases/") and path.endswith(".md")]
    assert {f"{BASE}{path}" for path in twins} <= {unquote(link) for link in links}
    (summary,) = [line for line in guide.splitlines() if "2014-03-01-summary" in line]
    assert summary.endswith("1 March 2014, Example Press, `abstract`")
    assert "A person named in it is at risk" not in guide
    assert "2015-05-05-gone" not in guide


def test_the_guide_of_a_long_archive_lists_the_newest_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machines, "MOST_LISTED", 2)
    guide = files(archive(*(release(f"r{n}", f"201{n}") for n in range(4))))["llms.txt"].decode()
    assert "The newest 2 of 4." in guide
    assert guide.count("(releases/") == 2


# ---- the vocabularies ----------------------------------------------------------------------------------------------------------


def graph(
    settings: Settings, vocabularies: Vocabularies = VOCABULARIES, *releases: Release | Tombstone
) -> rdflib.Graph:
    site = files(archive(*(releases or harbour()), settings=settings, vocabularies=vocabularies))
    address = f"{settings.base_url or 'file:///site/'}data/vocabularies.ttl"
    parsed = rdflib.Graph().parse(data=site["data/vocabularies.ttl"], format="turtle", publicID=address)
    for page in parsed.objects(predicate=FOAF.page):
        path = posixpath.relpath(unquote(str(page)), settings.base_url or "file:///site/")
        assert path in site, page
    return parsed


@pytest.mark.parametrize("settings", [SITE, SETTINGS])
def test_the_vocabularies_are_skos_and_every_address_in_them_leads_to_this_site(settings: Settings) -> None:
    parsed = graph(settings)
    top = f"{settings.base_url or 'file:///site/'}data/vocabularies.ttl"
    assert {str(scheme) for scheme in parsed.subjects(RDF.type, SKOS.ConceptScheme)} == {
        f"{top}#topics", f"{top}#places", f"{top}#names"
    }  # fmt: skip
    water = rdflib.URIRef(f"{top}#topics/water")
    assert set(parsed.objects(water, SKOS.prefLabel)) == {
        rdflib.Literal("Water", "en"), rdflib.Literal("مياه", "ar"), rdflib.Literal("Eau", "fr")
    }  # fmt: skip
    assert [str(label) for label in parsed.objects(water, SKOS.altLabel)] == ["drinking water"]
    # SKOS S14: one preferred label a language; S13: no label is both preferred and another; every concept is in one scheme.
    for concept in parsed.subjects(RDF.type, SKOS.Concept):
        labels = [label for label in parsed.objects(concept, SKOS.prefLabel) if isinstance(label, rdflib.Literal)]
        assert len({label.language for label in labels}) == len(labels) > 0
        assert not set(labels) & set(parsed.objects(concept, SKOS.altLabel))
        assert len(list(parsed.objects(concept, SKOS.inScheme))) == 1


def test_a_label_whose_letters_are_of_another_script_is_said_to_be_in_no_language_but_one_that_an_entry_states() -> (
    None
):
    vocabularies = Vocabularies(
        topics=(
            Term("topic", "مياه", "water", translations=(("ar", "مياه"), ("fr", "Eau")), description="Eau, וגם מים"),
            Term("topic", "حق العودة", "return", description="حق"),
            Term("topic", "Haq", "haq", aliases=("حق",)),
        )
    )
    parsed = graph(SITE, vocabularies, release("a", "2012"))

    def said(slug: str, what: rdflib.URIRef) -> set[object]:
        return set(parsed.objects(rdflib.URIRef(f"{BASE}data/vocabularies.ttl#topics/{slug}"), what))

    assert said("water", SKOS.prefLabel) == {rdflib.Literal("مياه", "ar"), rdflib.Literal("Eau", "fr")}
    assert said("water", SKOS.definition) == {rdflib.Literal("Eau, וגם מים", "en")}
    assert said("return", SKOS.prefLabel) == {rdflib.Literal("حق العودة")}
    assert said("return", SKOS.definition) == {rdflib.Literal("حق")}
    assert said("haq", SKOS.prefLabel) == {rdflib.Literal("Haq", "en")}
    assert said("haq", SKOS.altLabel) == {rdflib.Literal("حق")}


def test_a_place_lies_in_another_and_is_the_same_thing_elsewhere() -> None:
    quote = 'A "port" \\ of\nmany\ttides'
    vocabularies = Vocabularies(
        topics=VOCABULARIES.topics,
        places=(
            Term("place", "Northland", "northland", same_as=("https://www.wikidata.org/wiki/Q42",)),
            Term("place", "Port Elm", "port-elm", description=quote, lat=35.5, lon=36.25, within="northland"),
        ),
        names=VOCABULARIES.names,
    )
    parsed = graph(SITE, vocabularies, release("a", "2012", "places: [Port Elm]"))
    place, around = (rdflib.URIRef(f"{BASE}data/vocabularies.ttl#places/{slug}") for slug in ("port-elm", "northland"))
    assert list(parsed.objects(place, SKOS.broader)) == [around]
    assert str(parsed.value(place, SKOS.definition)) == quote
    assert [str(same) for same in parsed.objects(around, SKOS.exactMatch)] == ["http://www.wikidata.org/entity/Q42"]
    # No release names it, and its page stands for the places within it alone, or not at all.
    assert not list(parsed.objects(place, SKOS.topConceptOf))


def test_a_name_that_only_a_withdrawn_release_has_is_no_concept() -> None:
    gone = listed("gone", "2012", "status: withdrawn", "reason: False.", "names: [Ada Example]")
    site = files(archive(gone, release("a", "2012", "names: [Ferry Union]")))
    assert b"Ferry Union" in site["data/vocabularies.ttl"]
    assert b"Ada" not in site["data/vocabularies.ttl"]

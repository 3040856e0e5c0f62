"""Places in places: what names a place, and apart, what names a place within it; the same numbers wherever they are told."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from onrecord import arrange, place_tree, read
from onrecord.makers.records import record
from onrecord.model import Archive, Term, Vocabularies
from onrecord.reader import WITHIN
from onrecord.search.entries import term_pages
from onrecord.search.search_page import search_view
from tests.invented import SETTINGS, TEXTS, quick, reader, site

PLACES = (
    Term("place", "Northland", "northland", type="country", lat=34.8, lon=38.9, same_as=("https://www.wikidata.org/wiki/Q42",)),
    Term("place", "Port Elm", "port-elm", (), "", (("ar", "ميناء الدردار"),), "city", 35.5, 36.25, "northland"),
    Term("place", "Old Quay", "old-quay", type="district", within="port-elm"),
    Term("place", "Ferry Cross", "ferry-cross", type="district", within="port-elm"),
    Term("place", "Far Away", "far-away"),
)  # fmt: skip


def nested(named: dict[str, tuple[str, ...]], status: str = "published") -> Archive:
    """An archive of releases by the places they name."""
    releases = [
        quick(slug, f"2012-01-{day:02}", places=places, status=status)
        for day, (slug, places) in enumerate(named.items(), 1)
    ]
    texts = {one.card.slug: TEXTS.add(one.text) for one in releases}
    return arrange.archive([one.card for one in releases], SETTINGS, Vocabularies(places=PLACES), texts=texts)


HARBOUR = {
    "a": ("old-quay",),
    "b": ("old-quay", "ferry-cross"),
    "c": ("port-elm", "old-quay"),
    "d": ("northland",),
    "e": ("northland", "ferry-cross"),
    "f": ("far-away",),
}


def test_the_place_around_is_named_by_its_label_or_an_alias(tmp_path: Path) -> None:
    (tmp_path / "places.toml").write_text(
        '[[place]]\nlabel = "Quay"\nwithin = "The Port"\n\n[[place]]\nlabel = "Port Elm"\naliases = ["The Port"]\nslug = "elm"\n',
        encoding="utf-8",
    )
    vocabularies, problems = read.vocabularies(tmp_path)
    assert problems == []
    assert [(term.slug, term.within) for term in vocabularies.places] == [("quay", "elm"), ("elm", "")]


def test_places_do_not_lie_in_more_places_than_a_reader_can_follow(tmp_path: Path) -> None:
    entries = [f'[[place]]\nlabel = "P{number}"\nwithin = "P{number + 1}"\n' for number in range(20)]
    (tmp_path / "places.toml").write_text("\n".join([*entries, '[[place]]\nlabel = "P20"\n']), encoding="utf-8")
    _, problems = read.vocabularies(tmp_path)
    first = 20 - place_tree.MOST_AROUND - 1
    assert [(problem.code, problem.line) for problem in problems] == [("bad-place", first * 4 + 3)]


def test_a_place_lists_what_names_it_and_apart_what_names_a_place_within_it() -> None:
    arranged = nested(HARBOUR)
    own = {group.slug: [card.slug for card in group.cards] for group in arranged.places}
    inner = {group.slug: [card.slug for card in group.cards] for group in arranged.within}
    assert own == {
        "far-away": ["f"], "ferry-cross": ["e", "b"], "northland": ["e", "d"], "old-quay": ["c", "b", "a"], "port-elm": ["c"]
    }  # fmt: skip
    assert inner == {"northland": ["c", "b", "a"], "port-elm": ["e", "b", "a"]}
    page = site(arranged)["places/port-elm.html"]
    assert "1 release names it" in page
    assert "3 more name places within it" in page
    assert "3 releases name a place within Port Elm and not Port Elm itself." in page


def test_a_place_that_nothing_names_has_a_page_for_what_lies_in_it() -> None:
    pages = site(nested({"a": ("old-quay",)}))
    assert "No release names the place itself." in pages["places/northland.html"]
    assert "0 releases name it" in pages["places/port-elm.html"]
    assert 'href="../places/northland.html"' in pages["places/old-quay.html"]
    assert not [path for path in pages if path.startswith("places/ferry-cross")]
    assert "Northland" not in pages["index.html"]


def test_the_way_to_a_place_goes_through_those_around_it() -> None:
    page = site(nested(HARBOUR))["places/old-quay.html"]
    crumbs = re.search(r'<nav class="crumbs" aria-label="[^"]+">(.*?)</nav>', page, re.DOTALL)
    assert crumbs is not None
    assert re.findall(r">([^<>\n]+)</a>", crumbs[1]) == ["Home", "Places", "Northland", "Port Elm"]


def test_every_page_tells_the_same_numbers() -> None:
    """The place's own page, those around it, the index, the search's filter and its suggestions, walked through."""
    arranged = nested(HARBOUR)
    pages, ask = site(arranged), reader(arranged)
    facet = next(of for of in search_view(ask).facets if of.name == "place")
    searched = {value.value: value.count for value in facet.values}
    suggested = {page.path: page.releases for page in term_pages(ask)}
    index = pages["places/index.html"]
    assert facet.note
    for term in PLACES:
        page = pages[f"places/{term.slug}.html"]
        entries = [len(re.findall("<li>[^<]+ <span><a ", part)) for part in page.split('<section class="within">')]
        own, inner = entries[0], entries[1] if len(entries) > 1 else 0
        told = re.search(r'<p class="tally">(\d+) release', page)
        assert told is not None
        assert int(told[1]) == own
        more = re.search(r"(\d+) more names? places within it", page)
        assert int(more[1] if more else 0) == inner
        assert searched[term.slug] == suggested[f"places/{term.slug}.html"] == own + inner
        row = re.search(
            rf'<tr[^>]*><th scope="row"><a href="\.\./places/{term.slug}\.html">.*?(?=<tr|</t)', index, re.DOTALL
        )
        assert row is not None
        assert [int(number or 0) for number in re.findall(r'<td class="figure"[^>]*>(\d*)(?=[<\s])', row[0])] == [
            own,
            inner,
        ]
        for around in ask.around(term.slug)[:1]:
            within = pages[f"places/{around}.html"].split('<section class="within">')[1]
            pattern = (
                rf'{term.slug}\.html">[^<]+</a> <span class="count">(\d+)</span>(?: <span class="quiet">and (\d+))?'
            )
            tally = re.search(pattern, within)
            assert tally is not None
            assert (int(tally[1]), int(tally[2] or 0)) == (own, inner)


def test_a_search_finds_a_release_under_the_places_around_those_that_it_names() -> None:
    ask = reader(nested(HARBOUR))
    assert [value for facet, value, _ in ask.filters("a") if facet == "place"] == ["old-quay", "port-elm", "northland"]
    assert {value for facet, value, _ in ask.filters("e") if facet == "place"} == {
        "northland",
        "ferry-cross",
        "port-elm",
    }


def test_a_long_list_of_what_lies_in_a_place_has_pages_of_its_own() -> None:
    many = [
        quick(f"{year}-r{number}", f"{year}-01-01", places=("old-quay",))
        for year in range(2001, 2010)
        for number in range(28)
    ]
    texts = {one.card.slug: TEXTS.add(one.text) for one in many}
    arranged = arrange.archive([one.card for one in many], SETTINGS, Vocabularies(places=PLACES), texts=texts)
    pages = site(arranged)
    assert "28 releases" in pages["places/northland/within/2001.html"]
    page = pages["places/northland/within/2001.html"]
    assert "<h1>Places within Northland: 2001</h1>" in page
    assert page.count("names Old Quay</small>") == 28
    assert 'rel="next" href="../../../places/northland/within/2002.html"' in page
    assert 'href="../../../places/northland/within/2001.html"' in pages["places/northland/within/2000s.html"]
    assert 'href="../places/northland/within/2000s.html"' in pages["places/northland.html"]
    assert len(reader(arranged).slugs_of(WITHIN, "northland")) == len(many)


def test_what_is_around_a_place_that_only_a_draft_names_is_not_shown_by_it() -> None:
    arranged = nested({"a": ("old-quay",)}, "draft")
    assert [(term.slug, term.within) for term in arranged.vocabularies.places] == [
        ("ferry-cross", ""),
        ("far-away", ""),
    ]
    assert arranged.places == arranged.within == ()


def test_the_map_has_the_places_that_releases_name() -> None:
    page = site(nested({"a": ("old-quay",), "b": ("far-away",)}))["map.html"]
    assert "Northland" not in page
    assert "2 places have no coordinates." in page


def test_identifiers_lead_out_when_they_are_followed_and_to_machines_always() -> None:
    page = site(nested(HARBOUR))["places/northland.html"]
    assert (
        '<a href="https://www.wikidata.org/wiki/Q42" rel="noreferrer noopener"><bdi dir="ltr">Wikidata Q42</bdi></a>'
        in page
    )
    assert '"sameAs":["https://www.wikidata.org/wiki/Q42"]' in page
    assert "ld+json" not in site(nested(HARBOUR))["places/old-quay.html"]


def test_a_record_names_the_place_around_and_the_identifiers() -> None:
    release = structs.replace(quick("a", "2012"), places=(PLACES[1], PLACES[0]))
    city, country = record(release)["places"]
    assert city["within"] == "northland"
    assert country["same_as"] == ["https://www.wikidata.org/wiki/Q42"]
    assert "within" not in country


@given(st.dictionaries(st.integers(0, 30), st.integers(0, 30)))
def test_any_parents_end_somewhere(parents: dict[int, int]) -> None:
    of = {str(inner): str(outer) for inner, outer in parents.items()}
    for circle in place_tree.circles(of):
        assert [of[slug] for slug in circle] == [*circle[1:], circle[0]]
    for slug in place_tree.too_deep(of):
        assert slug in of
    terms = [Term("place", slug, slug, within=of.get(slug, "")) for slug in {*of, *of.values()}]
    for slug, around in place_tree.ancestors(terms).items():
        assert slug not in around
        assert len(around) == len(set(around)) <= place_tree.MOST_AROUND


def test_circles_and_depths_of_many_places_take_no_time_of_their_square() -> None:
    chain = {str(number): str(number + 1) for number in range(50_000)}
    assert place_tree.circles(chain) == []
    assert place_tree.too_deep(chain) == [str(50_000 - place_tree.MOST_AROUND - 1)]
    assert len(place_tree.circles(chain | {"50000": "0"})) == 1
    assert place_tree.too_deep(chain | {"50000": "0"}) == []

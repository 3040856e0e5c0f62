"""The archive in content/: five records of five documents, which say what their sources say and no more."""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import read
from onrecord.commands import loading
from onrecord.model import Card, Items, Scalar, Source, Table, Term, Text
from tests.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the five documents are not on this machine")
FIVE = {
    "2012-02-08-syria-brutal-assault-on-homs-must-end": ("2012-02-08", "Amnesty International", "PRE 01/069/2012"),
    "2012-02-security-council-russia-must-not-block-efforts": ("2012-02", "Amnesty International", ""),
    "2012-07-09-russian-pledge-to-halt-new-arms-deals-to-syria-is-not-enough": (
        "2012-07-09",
        "Amnesty International",
        "PRE 01/348/2012",
    ),
    "undated-amnesty-international-urges-russia-and-other-countries": ("XXXX", None, ""),
    "undated-syrian-government-assault-on-aleppo-is-culmination-of-months-of-repression": (
        "XXXX-08-01",
        "Amnesty International UK",
        "",
    ),
}


def test_the_shipped_archive_has_no_problem(run: Run) -> None:
    done = run("check", "--content", ROOT / "content")
    assert (done.code, done.out) == (0, "")


Shipped = dict[str, tuple[Card, Text]]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """The releases of the shipped archive by their slugs."""
    args = argparse.Namespace(content=ROOT / "content", cache=tmp_path_factory.mktemp("shipped"), jobs=1)
    with loading.loaded(args, io.StringIO()) as content:
        return {
            checked.listed.slug: (checked.listed, content.text(checked))
            for checked in content.checked
            if isinstance(checked.listed, Card)
        }


def test_the_five_records_say_what_their_sources_say_and_no_more(shipped: Shipped) -> None:
    cards = {slug: card for slug, (card, _) in shipped.items() if slug in FIVE}
    assert {slug: (card.date.edtf, card.publisher, card.reference) for slug, card in cards.items()} == FIVE
    for slug in FIVE:
        card, text = shipped[slug]
        assert card.extent == "abstract"
        assert not any(quotation.text for quotation in text.quotations)
        assert "What is not known" in text.body.html


def test_two_publications_of_one_text_know_each_other(shipped: Shipped) -> None:
    first, _ = shipped["2012-02-08-syria-brutal-assault-on-homs-must-end"]
    second, _ = shipped["undated-amnesty-international-urges-russia-and-other-countries"]
    assert first.same_text_as == (second.slug,)
    assert second.same_text_as == (first.slug,)


def test_every_place_of_the_map_is_where_it_is() -> None:
    places = {term.label: (term.lat, term.lon) for term in read.vocabularies(ROOT / "content")[0].places}
    assert places["Homs"] == pytest.approx((34.73, 36.71), abs=0.05)
    assert places["Aleppo"] == pytest.approx((36.2, 37.15), abs=0.05)
    assert places["Damascus"] == pytest.approx((33.51, 36.29), abs=0.05)


@needs_seeds
def test_records_name_the_bytes_they_were_made_from(shipped: Shipped) -> None:
    for slug in FIVE:
        origin = shipped[slug][1].origin
        assert origin.sha256 == hashlib.sha256((SEEDS / origin.file).read_bytes()).hexdigest()


@needs_seeds
def test_records_hold_what_was_expected_of_their_sources(shipped: Shipped) -> None:
    vocabularies, _ = read.vocabularies(ROOT / "content")

    def labels(terms: tuple[Term, ...], slugs: tuple[str, ...]) -> set[str]:
        return {term.label for term in terms if term.slug in slugs}

    expected = {entry["source"]: entry for entry in json.loads((SEEDS / "expected.json").read_text("utf-8"))}
    for card, text in shipped.values():
        record_expected = expected.pop(text.origin.file, None)
        if record_expected is None:
            continue
        assert card.title == record_expected["title"]
        assert text.subtitle == record_expected.get("subtitle", "")
        assert text.date_as_written == record_expected.get("date_as_written", "")
        assert text.date_basis == record_expected.get("date_basis", "")
        assert labels(vocabularies.places, card.places) >= set(record_expected["places"])
        assert labels(vocabularies.names, card.names) >= set(record_expected["names"])
        assert [quotation.speaker for quotation in text.quotations] == [
            quote["speaker"] for quote in record_expected["quotes"]
        ]
    assert expected == {}


def own_words(table: Table) -> Iterator[str]:
    """What a record says in words of its own: everything but titles."""
    for key, node in table.entries:
        if key.text not in ("title", "subtitle"):
            yield from words_of(node)


def words_of(node: Scalar | Items | Table) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Items):
        for item in node.nodes:
            yield from words_of(item)
    else:
        for _, child in node.entries:
            yield from words_of(child)


@needs_seeds
def test_no_sentence_of_the_sources_stands_in_the_archive() -> None:
    def runs(text: str, length: int = 9) -> set[tuple[str, ...]]:
        words = re.findall(r"[^\W_]+", text.lower())
        return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}

    theirs = set().union(*(runs(file.read_text("utf-8")) for file in SEEDS.glob("*.txt")))
    sources = [read.source(read.file(entry)) for entry in read.entries(read.scan(ROOT / "content"))[0]]
    ours = {
        source.path: runs(re.sub(r"\]\([^)]*\)", "]", text))
        for source in sources
        if isinstance(source, Source)
        for text in [source.body, *own_words(source.fields)]
    }
    # Names of places and institutions may follow one another as they do in the source.
    names = runs("al-Khaldieh, Bab 'Amr, Bab al-Seba' and al-Insha'aat")
    assert {path: sentences & theirs - names for path, sentences in ours.items() if sentences & theirs - names} == {}

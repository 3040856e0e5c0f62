"""The five real documents that the archive was commissioned for: what an importer must find in each, and what it must leave out.

They are other people's texts and no part of the project: where `../shared/seeds` is not there, these tests are skipped.
"""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest

from onrecord.commands import importing
from tests.unit.warm_readers import warm_readers

__all__ = ["warm_readers"]

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
EXPECTED: list[dict[str, Any]] = (
    json.loads((SEEDS / "expected.json").read_text(encoding="utf-8")) if SEEDS.is_dir() else []
)

pytestmark = pytest.mark.skipif(not EXPECTED, reason="the real documents (../shared/seeds) are not on this machine")


def arguments(**given: Any) -> Any:
    from argparse import Namespace

    return Namespace(
        **{
            "sources": [str(SEEDS)],
            "to": None,
            "content": str(ROOT / "content"),
            "dry_run": False,
            "explain": False,
            "keep": False,
            "json": False,
            "jobs": 1,
            "no_setup": True,
            "cluster": None,
            "cache": Path(tempfile.gettempdir()) / "onrecord-import-seeds",
        }
        | given
    )


@pytest.fixture(scope="module")
def imported(warm_readers: None) -> dict[str, dict[str, Any]]:
    out = io.StringIO()
    importing.run(arguments(dry_run=True, json=True, to="/nowhere/releases"), out=out, err=io.StringIO())
    return {record["source"]: record for record in map(json.loads, out.getvalue().splitlines())}


def paragraphs(record: dict[str, Any]) -> list[str]:
    return [paragraph for paragraph in str(record["body"]).strip().split("\n\n") if paragraph]


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda expected: str(expected["source"])[:3])
def test_every_field_is_found(expected: dict[str, Any], imported: dict[str, dict[str, Any]]) -> None:
    record = imported[expected["source"]]
    assert record["refused"] is None
    keys = (
        "title",
        "subtitle",
        "date",
        "date_as_written",
        "date_basis",
        "publisher",
        "reference",
        "kind",
        "language",
        "extent",
    )
    assert {key: record[key] for key in keys if key in expected} == {
        key: expected[key] for key in keys if key in expected
    }
    assert paragraphs(record)[0].startswith(expected["first_words"])
    # Of 001 the labelled last words end the last paragraph's first sentence; the sentence after it belongs to the release.
    assert expected["last_words"] in paragraphs(record)[-1]
    for words in expected["must_contain"]:
        assert words in record["body"]
    for words in expected["must_not_contain"]:
        assert words not in record["body"]
    assert set(expected["places"]) <= set(record["places"])
    assert set(expected["names"]) <= set(record["names"])
    # Figures are proposed, whatever else is known: see the test below.
    assert [ask["field"] for ask in record["review"] if ask["field"] != "figures"] == expected["review"]
    assert [version["source"] for version in record["versions"]] == expected["versions"]
    if "omissions" in expected:
        assert str(record["body"]).count("(…)") == expected["omissions"]
    quotes = [
        (quote["speaker"], quote["text"][: len(expected_quote["starts"])])
        for quote, expected_quote in zip(record["quotes"], expected["quotes"], strict=True)
    ]
    assert quotes == [(expected_quote["speaker"], expected_quote["starts"]) for expected_quote in expected["quotes"]]
    for quote in record["quotes"]:
        assert quote["text"] in paragraphs(record)[quote["paragraph"] - 1]


def test_the_figures_that_one_sentence_reports_are_proposed_and_no_others(imported: dict[str, dict[str, Any]]) -> None:
    proposed = {
        source[:3]: [
            ask["question"].partition("{value: ")[2].partition(",")[0]
            for ask in record["review"]
            if ask["field"] == "figures"
        ]
        for source, record in imported.items()
        if not record["refused"]
    }
    assert proposed == {
        "000": ["'246'", "'at least 17'", "'more than 5400'"],
        "001": ["'246'", "'at least 17'"],
        "002": [],
        "003": [],
        "004": [],
    }


def test_the_undated_repost_is_shown_the_date_of_its_match_and_given_none(imported: dict[str, dict[str, Any]]) -> None:
    record = imported["001_1b85be3764ff257d.txt"]
    (ask,) = [ask for ask in record["review"] if ask["field"] == "date"]
    assert record["date"] is None
    assert "2012-02-08" in ask["evidence"]
    assert 0.8 < record["versions"][0]["containment"] < 0.9


@pytest.mark.usefixtures("warm_readers")
def test_drafts_are_written_once_and_never_over_anything(tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    sources = [str(SEEDS / expected["source"]) for expected in EXPECTED]
    before = {name: Path(name).read_bytes() for name in sources}
    assert importing.run(arguments(sources=sources, to=str(releases)), out=io.StringIO(), err=io.StringIO()) == 0
    written = {path.relative_to(releases).as_posix(): path.read_bytes() for path in releases.rglob("*.md")}
    assert "2012/2012-02-08-syria-brutal-assault-on-homs-must-end.md" in written
    assert len(written) == len(EXPECTED)
    messages = io.StringIO()
    assert importing.run(arguments(sources=sources, to=str(releases)), out=io.StringIO(), err=messages) == 0
    assert "5 already there" in messages.getvalue()
    assert {path.relative_to(releases).as_posix(): path.read_bytes() for path in releases.rglob("*.md")} == written
    assert {name: Path(name).read_bytes() for name in sources} == before

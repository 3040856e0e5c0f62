"""The importer's marks on the examination set, held by floors.toml, which `python -m tests.intake.scorer --raise` puts up."""

from __future__ import annotations

import pytest

from tests.intake import scorer

LANGUAGES = {"en", "ar", "fr", "es", "ru", "de", "pt", "uk", "fa", "tr", "it", "sv", "nl", "zh", "ja"}
FORMATS = {"txt", "html", "htm", "pdf", "docx", "eml", "md", "odt", "rtf", "epub"}


@pytest.fixture(scope="module")
def outcome() -> scorer.Score:
    # One process reads them all: each would make the patterns of all languages anew, which is most of the work.
    return scorer.score(scorer.records(jobs=1), scorer.labels())


def test_no_date_is_false(outcome: scorer.Score) -> None:
    assert outcome.false("date") == []


def test_nothing_is_worse_than_its_floor(outcome: scorer.Score) -> None:
    worse = scorer.below(outcome.reached(), scorer.floors())
    assert not worse, "\n".join([*worse, *outcome.missed, outcome.table()])


def test_every_field_format_and_language_has_a_floor(outcome: scorer.Score) -> None:
    floors, reached = scorer.floors(), outcome.reached()
    assert {name: set(figures) for name, figures in floors.items()} == {
        name: set(figures) for name, figures in reached.items()
    }


def test_a_worse_figure_is_told_and_a_better_one_raises_its_floor(outcome: scorer.Score) -> None:
    reached = outcome.reached()
    high = {**reached, "all": {"points": 1.01}, "false": {**reached["false"], "title": -1}}
    assert [line.split(":")[0] for line in scorer.below(reached, high)] == ["all points", "false title"]
    low = {**reached, "field": {**reached["field"], "title": 0.1}, "false": {**reached["false"], "title": 99}}
    text = scorer.raised(reached, low)
    assert f'"title" = {reached["field"]["title"]}' in text
    assert f'"title" = {reached["false"]["title"]}' in text
    assert '"points" = 1.01' in scorer.raised(reached, high)


def test_the_set_has_every_shape() -> None:
    labels = scorer.labels()
    assert len(labels) >= 137
    readable = [label for label in labels if not label.get("refused")]
    assert {label["language"] for label in readable} == LANGUAGES
    assert all(sum(label["language"] == language for label in readable) >= 2 for language in LANGUAGES)
    assert len({label["family"] for label in labels if label.get("family")}) >= 3
    assert sum(bool(label.get("refused")) for label in labels) >= 4
    assert {label["source"].rsplit(".", 1)[1] for label in labels} >= FORMATS
    assert {path.name for path in (scorer.HERE / "documents").iterdir()} == {label["source"] for label in labels}

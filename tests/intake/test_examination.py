"""The importer's marks on the examination set."""

from __future__ import annotations

import pytest

from tests.intake import scorer


@pytest.fixture(scope="module")
def outcome() -> scorer.Score:
    return scorer.score(scorer.records(), scorer.labels())


def test_no_date_is_false(outcome: scorer.Score) -> None:
    assert outcome.false_dates == []


def test_nearly_every_point_is_reached(outcome: scorer.Score) -> None:
    assert outcome.share >= 0.95, "\n".join([*outcome.missed, outcome.table()])


@pytest.mark.parametrize(
    "field", ["title", "date", "publisher", "reference", "language", "body", "refusal", "families", "notes"]
)
def test_every_field_is_found_nearly_always(outcome: scorer.Score, field: str) -> None:
    assert outcome.reached[field] >= 0.95 * outcome.possible[field], "\n".join(outcome.missed)


def test_the_set_has_every_shape() -> None:
    labels = scorer.labels()
    assert len(labels) >= 40
    assert {label["language"] for label in labels if not label.get("refused")} == {
        "en",
        "ar",
        "fr",
        "es",
        "ru",
        "de",
        "pt",
    }
    assert len({label["family"] for label in labels if label.get("family")}) >= 3
    assert sum(bool(label.get("refused")) for label in labels) >= 4
    assert {label["source"].rsplit(".", 1)[1] for label in labels} >= {"txt", "html", "pdf", "docx", "eml", "md"}
    assert {path.name for path in (scorer.HERE / "documents").iterdir()} == {label["source"] for label in labels}

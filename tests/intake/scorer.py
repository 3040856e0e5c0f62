"""Scores the importer on the examination set: `python -m tests.intake.scorer` prints the points of each field and what went wrong.

The documents in `documents/` are invented; their labels in `labels.json` were written from reading them. A false date — one that is
asserted and is not the release's — is counted apart from one that is missing.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord import intake, read
from onrecord.intake.document import Record

HERE = Path(__file__).parent


@dataclass
class Score:
    """Points reached and possible by field, false dates, and a line for each point that was missed."""

    reached: Counter[str] = field(default_factory=Counter)
    possible: Counter[str] = field(default_factory=Counter)
    false_dates: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def point(self, name: str, source: str, good: bool, detail: object = "") -> None:
        self.possible[name] += 1
        self.reached[name] += good
        if not good:
            self.missed.append(f"{source}: {name}: {detail}")

    @property
    def share(self) -> float:
        return sum(self.reached.values()) / max(sum(self.possible.values()), 1)

    def table(self) -> str:
        rows = [
            f"{name:12} {self.reached[name]:4} / {self.possible[name]:4}  {self.reached[name] / self.possible[name]:.0%}"
            for name in sorted(self.possible)
        ]
        return "\n".join(
            [
                *rows,
                f"{'all':12} {sum(self.reached.values()):4} / {sum(self.possible.values()):4}  {self.share:.1%}",
                f"false dates: {len(self.false_dates)}",
            ]
        )


def labels() -> list[dict[str, Any]]:
    """The labels, one object a document."""
    every_label: list[dict[str, Any]] = json.loads((HERE / "labels.json").read_text(encoding="utf-8"))
    return every_label


def records(jobs: int = 2) -> dict[str, Record]:
    """What the importer makes of the documents, by source; of an archive that holds nothing yet."""
    vocabularies, problems = read.vocabularies(HERE / "content")
    assert not problems, problems
    documents = intake.documents([str(HERE / "documents")])
    drafts = intake.drafts(documents.files, HERE / "nowhere" / "releases", vocabularies, jobs=jobs)
    return {draft.record.source: draft.record for draft in drafts}


def score(drafted: dict[str, Record], every_label: list[dict[str, Any]]) -> Score:
    """The points of all documents."""
    result = Score()
    families = {label["source"]: label.get("family") for label in every_label}
    for label in every_label:
        _score_record(result, label, drafted[label["source"]], families)
    return result


def _same(first: str | None, second: str | None) -> bool:
    def plain(text: str | None) -> str:
        return " ".join(unicodedata.normalize("NFC", text or "").casefold().split())

    return plain(first) == plain(second)


def _score_record(result: Score, label: dict[str, Any], record: Record, families: dict[str, str | None]) -> None:
    source = label["source"]
    if label.get("refused"):
        result.point("refusal", source, bool(record.refused), "not refused")
        return
    result.point("refusal", source, not record.refused, record.refused)
    if record.refused:
        for name in ("title", "date", "publisher", "reference", "language", "body", "quotations"):
            result.point(name, source, False, "refused")
        return
    result.point("title", source, _same(record.title, label["title"]), record.title)
    result.point("date", source, (record.date or None) == label["date"], f"{record.date}, not {label['date']}")
    if record.date and record.date != label["date"]:
        result.false_dates.append(f"{source}: {record.date}, not {label['date']}")
    if label.get("publisher_any"):
        pass
    else:
        result.point(
            "publisher",
            source,
            _same(record.publisher, label["publisher"]),
            f"{record.publisher}, not {label['publisher']}",
        )
    result.point(
        "reference",
        source,
        _same(record.reference, label["reference"]),
        f"{record.reference}, not {label['reference']}",
    )
    result.point("language", source, record.language == label["language"], record.language)
    body = record.body.strip()
    result.point("body", source, body.startswith(label["first"]), f"begins {body[:60]!r}")
    ends = label["last"] in body if label.get("last_anywhere") else body.endswith(label["last"])
    result.point("body", source, ends, f"ends {body[-60:]!r}")
    for words in label.get("present", ()):
        result.point("body", source, words in body, f"lacks {words!r}")
    for words in label.get("absent", ()):
        result.point("body", source, words not in body and words not in record.notes, f"holds {words!r}")
    if label.get("shown"):
        from onrecord.markup import Context, convert

        visible_text = " ".join(convert(body, Context())[0].paragraphs)
        for words in label["shown"]:
            result.point("body", source, words in visible_text, f"does not show {words!r}")
    if label.get("notes"):
        result.point("notes", source, label["notes"] in record.notes and label["notes"] not in body, record.notes)
    if label.get("subtitle"):
        result.point("subtitle", source, _same(record.subtitle, label["subtitle"]), record.subtitle)
    result.point("extent", source, record.extent == label.get("extent", "full"), record.extent)
    fields_in_question = {ask.field for ask in record.review}
    result.point(
        "questions", source, set(label.get("ask", ())) <= fields_in_question, f"asks {sorted(fields_in_question)}"
    )
    _quotations(result, label, record)
    family = families[source]
    mates = {other for other, name in families.items() if family and name == family and other != source}
    got = {version.source for version in record.versions}
    if mates or got:
        result.point(
            "families", source, bool(got) == bool(mates) and got <= mates, f"{sorted(got)}, not {sorted(mates)}"
        )


def _quotations(result: Score, label: dict[str, Any], record: Record) -> None:
    left = list(record.quotations)
    for expected in label["quotes"]:
        match = next((quotation for quotation in left if quotation.text.startswith(expected["starts"])), None)
        result.point("quotations", label["source"], match is not None, f"lacks {expected['starts']!r}")
        if match:
            left.remove(match)
            good = (
                expected["speaker"] in match.speaker
                if label.get("speaker_loose")
                else _same(match.speaker, expected["speaker"])
            )
            result.point("speakers", label["source"], good, f"{match.speaker!r}, not {expected['speaker']!r}")
    for quotation in left:
        result.point("quotations", label["source"], False, f"too much: {quotation.speaker!r}: {quotation.text[:50]!r}")


if __name__ == "__main__":
    outcome = score(records(), labels())
    print("\n".join(outcome.missed))
    print(outcome.table())

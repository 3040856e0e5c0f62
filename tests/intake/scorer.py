"""Scores the importer on labelled documents.

    python -m tests.intake.scorer                                   the invented documents of this folder: the table, and what was missed
    python -m tests.intake.scorer --raise                           writes floors.toml up to what is reached; never down
    python -m tests.intake.scorer --documents FOLDER --labels FILE  other documents, with labels of the same shape

The documents in `documents/` are invented; their labels in `labels.json` were written from reading them. Each point is right, asked (the
field is empty: a person fills it in), false (something else is asserted), or missing (words that should stand in the text, or that
should not). What is false is counted apart, because it is worse than what is asked. `floors.toml` holds what is reached by field, format
and language; `test_examination.py` compares.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from onrecord import intake, read
from onrecord.intake import accounting
from onrecord.intake.document import Record
from onrecord.intake.lexicon import lexicon_of

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"

Outcome = Literal["right", "asked", "false", "missing"]
OUTCOMES: tuple[Outcome, ...] = ("right", "asked", "false", "missing")
# The fields whose false values are counted one by one: a reader takes them for what the source says.
ASSERTED = ("date", "title", "publisher", "reference", "speakers")
_WORD = re.compile(r"[^\W_]+")


@dataclass
class Score:
    """Points by field, format and language, and a line for each point that was missed."""

    outcomes: dict[str, Counter[Outcome]] = field(default_factory=lambda: defaultdict(Counter))
    formats: dict[str, Counter[Outcome]] = field(default_factory=lambda: defaultdict(Counter))
    languages: dict[str, Counter[Outcome]] = field(default_factory=lambda: defaultdict(Counter))
    missed: list[str] = field(default_factory=list)

    def point(self, name: str, label: dict[str, Any], outcome: Outcome, detail: object = "") -> None:
        """Counts one point. `name` is the field's, `detail` says what stands there instead."""
        source = str(label["source"])
        self.outcomes[name][outcome] += 1
        self.formats[source.rsplit(".", 1)[1]][outcome] += 1
        self.languages[label.get("language") or "none"][outcome] += 1
        if outcome != "right":
            self.missed.append(f"{source}: {name}: {outcome}: {detail}")

    @property
    def share(self) -> float:
        """The part of all points that is right, 0-1."""
        return share(sum(self.outcomes.values(), Counter[Outcome]()))

    def false(self, name: str) -> list[str]:
        """The lines of what is asserted falsely for a field."""
        return [line for line in self.missed if f": {name}: false: " in line]

    def reached(self) -> dict[str, Any]:
        """What floors.toml holds, of this score: parts of the points, rounded down to a thousandth, and counts of what is false."""
        return {
            "all": {"points": _rounded(self.share)},
            "field": {name: _rounded(share(counts)) for name, counts in sorted(self.outcomes.items())},
            "format": {name: _rounded(share(counts)) for name, counts in sorted(self.formats.items())},
            "language": {name: _rounded(share(counts)) for name, counts in sorted(self.languages.items())},
            "false": {name: self.outcomes[name]["false"] for name in ASSERTED},
        }

    def table(self) -> str:
        """The figures as lines of text."""
        lines = [f"{'':14}{'':>8}" + "".join(f"{outcome:>9}" for outcome in OUTCOMES)]
        for title, rows in (("field", self.outcomes), ("format", self.formats), ("language", self.languages)):
            lines.append(title)
            lines += [_row(name, counts) for name, counts in sorted(rows.items())]
        lines.append(_row("all", sum(self.outcomes.values(), Counter[Outcome]())))
        return "\n".join(lines)


def share(counts: Counter[Outcome]) -> float:
    """The part that is right, 0-1; 1 where there is no point at all."""
    return counts["right"] / counts.total() if counts.total() else 1.0


def _rounded(part: float) -> float:
    return int(part * 1000) / 1000


def _row(name: str, counts: Counter[Outcome]) -> str:
    figures = "".join(f"{counts[outcome]:9}" for outcome in OUTCOMES)
    return f"  {name:12}{share(counts):8.1%}{figures}"


def labels(path: Path = HERE / "labels.json") -> list[dict[str, Any]]:
    """The labels, one object a document."""
    every_label: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return every_label


def records(folder: Path = HERE / "documents", jobs: int = 2) -> dict[str, Record]:
    """What the importer makes of the documents, by source; of an archive that holds nothing yet."""
    vocabularies, problems = read.vocabularies(HERE / "content")
    assert not problems, problems
    documents = intake.documents([str(folder)])
    drafts = intake.drafts(documents.files, HERE / "nowhere" / "releases", vocabularies, jobs=jobs)
    return {draft.record.source: draft.record for draft in drafts}


def score(drafted: dict[str, Record], every_label: list[dict[str, Any]], folder: Path = HERE / "documents") -> Score:
    """The points of all documents. A file that holds several releases is labelled as the one with the longest text."""
    result = Score()
    families = {label["source"]: label.get("family") for label in every_label}
    for label in every_label:
        parts = [record for source, record in drafted.items() if source.split(" # ")[0] == label["source"]]
        record = max(parts, key=lambda part: len(part.body))
        _score_record(result, label, record, families)
        if not record.refused and not label.get("mended"):
            lost = _lost_lines(folder / label["source"], parts)
            result.point("accounting", label, "missing" if lost else "right", lost)
    return result


def _plain(text: str | None) -> str:
    return " ".join(unicodedata.normalize("NFC", text or "").casefold().split())


def _stated(got: str | None, expected: str | list[str | None] | None) -> Outcome:
    """How a field's value compares with its label, which may be a list of values that are all right (None: it may be left open)."""
    allowed: list[str | None] = expected if isinstance(expected, list) else [expected]
    if _plain(got) in {_plain(value) for value in allowed}:
        return "right"
    return "false" if got else "asked"


def _score_record(result: Score, label: dict[str, Any], record: Record, families: dict[str, str | None]) -> None:
    if label.get("refused"):
        result.point("refusal", label, "right" if record.refused else "false", "not refused")
        return
    result.point("refusal", label, "false" if record.refused else "right", record.refused)
    if record.refused:
        for name in ("title", "date", "publisher", "reference", "language", "body", "quotations"):
            result.point(name, label, "asked", "refused")
        return
    result.point("title", label, _stated(record.title, label["title"]), repr(record.title))
    result.point("date", label, _stated(record.date, label["date"]), f"{record.date}, not {label['date']}")
    if not label.get("publisher_any"):
        outcome = _stated(record.publisher, label["publisher"])
        result.point("publisher", label, outcome, f"{record.publisher}, not {label['publisher']}")
    outcome = _stated(record.reference, label["reference"])
    result.point("reference", label, outcome, f"{record.reference}, not {label['reference']}")
    result.point("language", label, _stated(record.language, label["language"]), record.language)
    _body(result, label, record)
    if label.get("subtitle"):
        result.point("subtitle", label, _stated(record.subtitle, label["subtitle"]), record.subtitle)
    result.point("extent", label, _stated(record.extent, label.get("extent", "full")), record.extent)
    asked = {question.field for question in record.review}
    result.point("questions", label, _found(set(label.get("ask", ())) <= asked), f"asks {sorted(asked)}")
    _quotations(result, label, record)
    family = families[label["source"]]
    mates = {other for other, name in families.items() if family and name == family and other != label["source"]}
    got = {version.source for version in record.versions}
    if mates or got:
        together = bool(got) == bool(mates) and got <= mates
        result.point("families", label, _found(together), f"{sorted(got)}, not {sorted(mates)}")


def _found(good: bool) -> Outcome:
    return "right" if good else "missing"


def _body(result: Score, label: dict[str, Any], record: Record) -> None:
    body = record.body.strip()
    result.point("body", label, _found(body.startswith(label["first"])), f"begins {body[:60]!r}")
    ends = label["last"] in body if label.get("last_anywhere") else body.endswith(label["last"])
    result.point("body", label, _found(ends), f"ends {body[-60:]!r}")
    for words in label.get("present", ()):
        result.point("body", label, _found(words in body), f"lacks {words!r}")
    for words in label.get("absent", ()):
        result.point("body", label, _found(words not in body and words not in record.notes), f"holds {words!r}")
    if label.get("shown"):
        from onrecord.markup import Context, convert

        visible_text = " ".join(convert(body, Context())[0].paragraphs)
        for words in label["shown"]:
            result.point("body", label, _found(words in visible_text), f"does not show {words!r}")
    if label.get("notes"):
        good = label["notes"] in record.notes and label["notes"] not in body
        result.point("notes", label, _found(good), record.notes)


def _quotations(result: Score, label: dict[str, Any], record: Record) -> None:
    left = list(record.quotations)
    for expected in label["quotes"]:
        match = next((quotation for quotation in left if quotation.text.startswith(expected["starts"])), None)
        result.point("quotations", label, _found(match is not None), f"lacks {expected['starts']!r}")
        if match:
            left.remove(match)
            outcome = _stated(match.speaker, expected["speaker"])
            if label.get("speaker_loose") and expected["speaker"] in match.speaker:
                outcome = "right"
            result.point("speakers", label, outcome, f"{match.speaker!r}, not {expected['speaker']!r}")
    for quotation in left:
        result.point("quotations", label, "false", f"too much: {quotation.speaker!r}: {quotation.text[:50]!r}")


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def places(record: Record) -> list[str]:
    """All texts of a record: its fields, with the document's words that state them, body, notes, and what was left out."""
    fields = (
        record.title,
        record.subtitle,
        record.publisher,
        record.reference,
        record.date_as_written,
        record.dateline,
    )
    spans = (claim.span for _, claim in record.claims)
    return [*fields, *spans, record.body, record.notes, *(left.text for left in record.left_out)]


def _lost_lines(path: Path, parts: Sequence[Record]) -> list[str]:
    """What stands in no place: what the program says so of itself, and the lines of a text file with a word that is in none of them.
    The words that name a kind of document are in the field of the kind."""
    lost = [left.text for part in parts for left in part.left_out if left.reason == accounting.UNACCOUNTED]
    if path.suffix != ".txt":
        return lost
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        return lost
    texts = [text for part in parts for text in places(part)]
    placed, letters = set(_words(" ".join(texts))), "\n".join("".join(_words(text)) for text in texts)
    for line in lines:
        found = lexicon_of(parts[0].language).find_kind(line)
        without_kind = f"{line[: found[0]]} {line[found[1] :]}" if found else line
        if not any(_is_placed(text, placed, letters) for text in (line, without_kind)):
            lost.append(line)
    return lost


def _is_placed(line: str, placed: set[str], letters: str) -> bool:
    # The first part of a word that the line's end breaks is no word of its own.
    words = _words(line)[: -1 if line.rstrip().endswith("-") else None]
    return set(words) <= placed or "".join(words) in letters


def floors() -> dict[str, Any]:
    """What must be reached: `all`, `field`, `format`, `language` are parts of the points (0-1), `false` the most that may be false."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def below(reached: dict[str, Any], floor: dict[str, Any]) -> list[str]:
    """A sentence for each figure that is worse than its floor."""
    worse = []
    for table, figures in floor.items():
        for name, figure in figures.items():
            got = reached[table].get(name, 0)
            if got > figure if table == "false" else got < figure:
                worse.append(f"{table} {name}: {got}, and the floor is {figure}")
    return worse


def raised(reached: dict[str, Any], floor: dict[str, Any]) -> str:
    """floors.toml with every floor that is lower than what is reached put up to it, and none put down."""
    lines = [
        "# What the importer reaches on the invented documents (test_examination.py): parts of the points by field, format and",
        "# language, and how many values are false. `python -m tests.intake.scorer --raise` puts them up. Lower one only on purpose.",
    ]
    for table, figures in reached.items():
        old = floor.get(table, {})
        better = min if table == "false" else max
        lines += ["", f"[{table}]"]
        lines += [f'"{name}" = {better(figures[name], old.get(name, figures[name]))}' for name in sorted(figures)]
    return "\n".join(lines) + "\n"


def main(given: Sequence[str]) -> int:
    """Prints the table; 1 where a figure is below its floor."""
    parser = argparse.ArgumentParser(description="Score the importer on labelled documents.")
    parser.add_argument("--documents", type=Path, default=HERE / "documents", help="the folder of the documents")
    parser.add_argument("--labels", type=Path, default=HERE / "labels.json", help="their labels")
    parser.add_argument("--raise", dest="put_up", action="store_true", help="put the floors up to what is reached")
    args = parser.parse_args(given)
    outcome = score(records(args.documents), labels(args.labels), args.documents)
    print("\n".join([*outcome.missed, outcome.table()]))
    if args.documents != HERE / "documents":
        return 0
    worse = below(outcome.reached(), floors())
    print("\n".join(f"worse than its floor: {line}" for line in worse))
    if args.put_up:
        FLOORS.write_text(raised(outcome.reached(), floors()), encoding="utf-8")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

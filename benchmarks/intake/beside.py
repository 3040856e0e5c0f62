"""The importer beside trafilatura and htmldate, over the same labelled pages.

    python -m pip install --require-hashes -r benchmarks/intake/requirements.txt     (once, into the development environment)
    python -m benchmarks.intake.beside [--pages FOLDER --labels FILE] [--missed]

Without arguments: the invented pages of the examination (tests/intake). Labels are a JSON list of objects: `source` is the file's name; any
of `title` (a text, a list of right ones, or null), `date` (a day, YYYY-MM-DD, or null), `first` and `last` (how the text begins and
ends; a list of right ones), `with` and `without` (words that belong to the text, words that do not), `body` (the whole text). What a
label leaves out is not counted. `public.py` makes such labels of public collections.

Each program is run as its documentation begins: trafilatura.bare_extraction with metadata, comments left out; htmldate.find_date, once with
its full search and once without. All are asked for the first date of publication.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord import intake
from onrecord.model import Vocabularies

ROOT = Path(__file__).resolve().parents[2]
EXAMINATION = ROOT / "tests" / "intake"
_WORD = re.compile(r"\w+")
_MOST_FIRST = 60
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|\\([!-/:-@\[-`{-~])|[*_~`#>]+")


@dataclass(frozen=True, slots=True)
class Page:
    """What a program makes of a page; an empty text is what it does not find, `date` an EDTF day or month. `dateline` is what stood
    before the first words of the body, where a program keeps it for itself."""

    title: str = ""
    date: str = ""
    body: str = ""
    dateline: str = ""


@dataclass
class Marks:
    """Points reached and possible by measure, and the sums of the words of bodies: shared, found, right."""

    reached: Counter[str] = field(default_factory=Counter)
    possible: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    missed: list[str] = field(default_factory=list)

    def point(self, measure: str, good: bool, told: str = "") -> None:
        """Counts one page for a measure."""
        self.possible[measure] += 1
        self.reached[measure] += good
        if not good and told:
            self.missed.append(f"{measure}: {told}")


Program = Callable[[Sequence[Path]], "dict[str, Page] | None"]


def onrecord_pages(paths: Sequence[Path]) -> dict[str, Page]:
    """What Onrecord's drafts hold; a page that it refuses is empty."""
    files = tuple((path.name, path) for path in paths)
    nowhere = Path(tempfile.gettempdir()) / "onrecord-benchmark-nowhere" / "releases"
    found: dict[str, Page] = {}
    for draft in intake.drafts(files, nowhere, Vocabularies(), jobs=1):
        record = draft.record
        found.setdefault(
            record.source.split(" # ")[0], Page(record.title, record.date, _unmarked(record.body), record.dateline)
        )
    return found


def trafilatura_pages(paths: Sequence[Path]) -> dict[str, Page] | None:
    """What trafilatura's documentation begins with, metadata among it. None where it is not installed."""
    try:
        import trafilatura
    except ImportError:
        return None
    found = {}
    for path in paths:
        made = trafilatura.bare_extraction(path.read_bytes(), with_metadata=True, include_comments=False)
        values = {} if made is None else made if isinstance(made, dict) else made.as_dict()
        found[path.name] = Page(*(str(values.get(name) or "") for name in ("title", "date", "text")))
    return found


def htmldate_pages(paths: Sequence[Path], full: bool = True) -> dict[str, Page] | None:
    """The dates that htmldate finds. None where it is not installed."""
    try:
        import htmldate
    except ImportError:
        return None
    found = {}
    for path in paths:
        try:
            date = htmldate.find_date(path.read_bytes(), extensive_search=full, original_date=True)
        except ValueError:
            date = None
        found[path.name] = Page(date=date or "")
    return found


PROGRAMS: dict[str, Program] = {
    "Onrecord": onrecord_pages,
    "trafilatura": trafilatura_pages,
    "htmldate": htmldate_pages,
    "htmldate, fast": lambda paths: htmldate_pages(paths, full=False),
}
MEASURES = (
    "title",
    "date right",
    "date false",
    "dates found",
    "first words",
    "last words",
    "both ends",
    "with",
    "without",
)


def marks(pages: dict[str, Page], labels: Iterable[dict[str, Any]], dates_only: bool = False) -> Marks:
    """How the pages compare with their labels."""
    result = Marks()
    for label in labels:
        page = pages.get(label["source"], Page())
        _date(result, label, page)
        if not dates_only:
            if "title" in label and label["title"] != ["any"]:
                result.point(
                    "title", _plain(page.title) in _allowed(label["title"]), f"{label['source']}: {page.title!r}"
                )
            _body(result, label, page)
    return result


def _date(result: Marks, label: dict[str, Any], page: Page) -> None:
    if "date" not in label:
        return
    allowed = label["date"] if isinstance(label["date"], list) else [label["date"]]
    days = [day for day in allowed if day]
    same = any(page.date == day or (page.date and day.startswith(page.date)) for day in days)
    result.point("date right", page.date in days if page.date else None in allowed, f"{label['source']}: {page.date}")
    # A measure of mistakes: what is reached is their number.
    result.possible["date false"] += 1
    if page.date and not same:
        result.reached["date false"] += 1
        result.missed.append(f"date false: {label['source']}: {page.date}, not {label['date']}")
    if days and None not in allowed:
        result.point("dates found", bool(page.date))


def _body(result: Marks, label: dict[str, Any], page: Page) -> None:
    text = _plain(page.body)
    ends = []
    for measure, name in (("first words", "first"), ("last words", "last")):
        wanted = [] if label.get(f"{name}_anywhere") else _allowed(label.get(name))
        wanted = [words for words in wanted if words and words != "any"]
        if not wanted:
            continue
        at = text.startswith if name == "first" else text.endswith
        good = any(at(words) for words in wanted)
        if name == "first" and page.dateline and not good:
            # "KELD, 3 May –" stands in a field of its own; between it and the text are only dashes and brackets.
            opening = _WORD.findall(_plain(f"{page.dateline} {page.body}"))[:_MOST_FIRST]
            good = any((first := _WORD.findall(words)) == opening[: len(first)] for words in wanted)
        ends.append(good)
        result.point(measure, good, f"{label['source']}: {text[:50] if name == 'first' else text[-50:]!r}")
    if len(ends) == 2:
        result.point("both ends", all(ends))
    for words in label.get("with", label.get("present", ())):
        result.point("with", _plain(words) in text, f"{label['source']}: {words!r}")
    for words in label.get("without", label.get("absent", ())):
        result.point("without", _plain(words) not in text, f"{label['source']}: {words!r}")
    if label.get("body"):
        got, right = Counter(_WORD.findall(text)), Counter(_WORD.findall(_plain(label["body"])))
        result.words["shared"] += (got & right).total()
        result.words["found"] += got.total()
        result.words["right"] += right.total()


def _allowed(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [_plain(str(one or "")) for one in values]


def _unmarked(markdown: str) -> str:
    return _MARKUP.sub(lambda match: match[1] or match[2] or "", markdown)


def _plain(text: str) -> str:
    return " ".join(re.sub(r'["“”„«»‘’\'`´\xad]', "", unicodedata.normalize("NFC", text)).casefold().split())


def _processor() -> float:
    """The seconds that this process and those it waited for have used."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def table(columns: dict[str, Marks]) -> str:
    """The figures of all programs, a measure a line: points of points, then recall and precision of the words of the text."""
    lines = [f"{'':14}" + "".join(f"{name:>18}" for name in columns)]
    for measure in MEASURES:
        cells = [
            f"{m.reached[measure]} / {m.possible[measure]}" if m.possible[measure] else "—" for m in columns.values()
        ]
        lines.append(f"{measure:14}" + "".join(f"{cell:>18}" for cell in cells))
    for measure, over in (("recall", "right"), ("precision", "found")):
        cells = [f"{m.words['shared'] / m.words[over]:.3f}" if m.words[over] else "—" for m in columns.values()]
        lines.append(f"{measure:14}" + "".join(f"{cell:>18}" for cell in cells))
    lines.append(f"{'seconds':14}" + "".join(f"{m.seconds:18.1f}" for m in columns.values()))
    return "\n".join(lines)


def main(given: Sequence[str]) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description="The importer beside trafilatura and htmldate.")
    parser.add_argument("--pages", type=Path, default=EXAMINATION / "documents", help="the folder of the pages")
    parser.add_argument("--labels", type=Path, default=EXAMINATION / "labels.json", help="their labels")
    parser.add_argument("--missed", action="store_true", help="print what each program missed")
    args = parser.parse_args(given)
    labels = [
        label
        for label in json.loads(args.labels.read_text(encoding="utf-8"))
        if label["source"].endswith((".html", ".htm")) and not label.get("refused")
    ]
    paths = [args.pages / label["source"] for label in labels]
    columns = {}
    for name, program in PROGRAMS.items():
        started = _processor()
        pages = program(paths)
        if pages is None:
            print(f"{name} is not installed: benchmarks/intake/requirements.txt")
            continue
        columns[name] = marks(pages, labels, dates_only=name.startswith("htmldate"))
        columns[name].seconds = _processor() - started
        if args.missed:
            print("\n".join(f"{name}: {line}" for line in columns[name].missed))
    print(f"{len(paths)} pages")
    print(table(columns))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

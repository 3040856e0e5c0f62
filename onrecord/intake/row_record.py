"""A row of a table → Record: each cell in the field that its column names, as far as it fits there; every other cell an open question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from onrecord import dates, schema, tabular
from onrecord.intake import draft_file, field_values, lexicon, sound_markdown, term_questions
from onrecord.intake.document import Claim, Record, RowCell, paragraph
from onrecord.intake.evidence import language_detection
from onrecord.intake.evidence.date_mentions import dates_in
from onrecord.intake.evidence.term_finder import Finder, Terms
from onrecord.intake.formats.sheet import DATE
from onrecord.model import Question
from onrecord.plural import counted

_ASKED_WHERE_EMPTY = {
    "title": "What is its title? The table does not say.",
    "date": "When was it published? The table does not say.",
    "publisher": "Who published it? The table does not say.",
    "language": "Which language is it written in? The table does not say, and the text is too short to tell.",
    "extent": "Is it the whole text, an excerpt or an abstract? The table does not say.",
    "body": "What is its text, or an abstract of it? The table has none.",
}
_TEXTS = ("title", "subtitle", "date_as_written", "publisher", "reference", "dateline")
_CHOICES = ("date_basis", "kind", "extent")
_ADDRESSES = {"source.url": "url", "source.archived": "archived"}
_PARTED_LINES = "The cell has {breaks} and no empty line, and each line became a paragraph. Is that so, or does one of them go on there?"
_JOINED_LINES = "The cell has {breaks} beside which no empty line stands, and blanks became of them. Does something else begin there?"
_MOST_OF_A_BREAK = 120
_MOST_OF_A_CELL = 2000
_MOST_EVIDENCE = 24 * 1024
_MOST_OF_A_LINE = 4000
_TOO_MUCH = Question("notes", "More cells of the row are open than are shown here. Look at them in the table itself.")
_PARTS = re.compile(r"[;\n]")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


@dataclass(slots=True)
class _Draft:
    """The fields of a record so far, and what is asked."""

    values: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)

    room: int = _MOST_EVIDENCE

    def ask(self, cell: RowCell, about: str, question: str) -> None:
        """Asks about a field, with the cell as evidence, as far as the front matter has room for it."""
        text = cell.text if len(cell.text) <= _MOST_OF_A_CELL else f"{cell.text[:_MOST_OF_A_CELL]}…"
        evidence = f"“{text}” in the column “{cell.column[:_MOST_OF_A_CELL]}”"
        self.room -= len((question + evidence).encode())
        if self.room > 0:
            self.questions.append(Question(about, question, evidence))
        elif _TOO_MUCH not in self.questions:
            self.questions.append(_TOO_MUCH)


def record(source: str, cells: Sequence[RowCell], terms: Terms) -> Record:
    """The Record of a row. Raises Refusal for a text that is more than a body may hold."""
    draft = _Draft()
    # A cell of characters that no text may hold, or that nobody sees, is an empty one.
    cells = [replace(cell, text=draft_file.clean(cell.text).strip()) for cell in cells]
    cells = [cell for cell in cells if draft_file.one_line(cell.text).strip()]
    of_text = " ".join(cell.text for cell in cells if cell.field in ("body", "title", "notes"))
    language = next((cell.text for cell in cells if cell.field == "language"), "")
    known = field_values.language_of(language) or language_detection.of(of_text)
    finders: Mapping[str, Finder] = {"topics": terms.topics, "places": terms.places, "names": terms.names}
    for cell in cells:
        if not cell.field:
            _ask_for_field(draft, cell)
        elif cell.doubt and not (cell.field == "date" and cell.doubt == DATE):
            question = (
                f"Is this what was meant? A spreadsheet holds it in another form than it was written in: {cell.doubt}."
            )
            draft.ask(cell, cell.field, question)
        elif cell.field in finders:
            _add_terms(draft, cell, finders[cell.field])
        elif cell.field == "date":
            _add_date(draft, cell, known)
        elif cell.field == "language":
            _add_language(draft, cell)
        elif cell.field in (*_TEXTS, *_ADDRESSES) and len(cell.text) > _MOST_OF_A_LINE:
            draft.ask(cell, cell.field, "Is this what belongs here? It is longer than this can be.")
        elif cell.field in _TEXTS:
            _ask_about_breaks(draft, cell, _JOINED_LINES)
            draft.values[cell.field] = draft_file.one_line(cell.text).strip()
        elif cell.field in _CHOICES:
            _add_choice(draft, cell)
        elif cell.field in _ADDRESSES:
            draft.values[_ADDRESSES[cell.field]] = cell.text
        elif cell.field in ("body", "notes"):
            _ask_about_breaks(draft, cell, _JOINED_LINES if _PARAGRAPHS.search(cell.text) else _PARTED_LINES)
            text = _markdown(cell.text)
            draft.values[cell.field] = text if cell.field == "body" else text.strip()
        elif not (cell.field == "status" and cell.text == "draft"):
            draft.ask(cell, cell.field, "The table says so, and no program decides it. Write it there if it is right.")
    if known and "language" not in draft.values and not language:
        draft.values["language"] = known
    if "date" in draft.values:
        draft.values.setdefault("date_basis", "contributor")
    asked = {question.field for question in draft.questions}
    missing = [
        Question(key, question)
        for key, question in _ASKED_WHERE_EMPTY.items()
        if not draft.values.get(key) and key not in asked
    ]
    review = (*missing, *draft.questions)
    claims = tuple(_claims(cells, draft.values))
    return draft_file.fit(Record(source, review=review, claims=claims, **draft.values, **draft.lists))  # type: ignore[arg-type]


def _claims(cells: Sequence[RowCell], values: Mapping[str, str]) -> Iterator[tuple[str, Claim]]:
    """Which cell states each field of one line."""
    for cell in cells:
        value = values.get(cell.field, "")
        if value and cell.field not in ("body", "notes"):
            yield cell.field, Claim(value, span=cell.text, why=f"the column “{cell.column}”")


def _ask_for_field(draft: _Draft, cell: RowCell) -> None:
    if cell.near:
        draft.ask(
            cell,
            cell.near,
            f"Does the column “{cell.column}” hold this? Its name is not clear, or another holds it already.",
        )
    else:
        draft.ask(cell, "notes", f"Where does this belong? The column “{cell.column}” has the name of no field.")


def _add_terms(draft: _Draft, cell: RowCell, finder: Finder) -> None:
    """Adds the words of a cell that are entries of the vocabulary; asks about each of the others."""
    key = cell.field
    words = _words(cell.text, finder)
    labels = dict.fromkeys(draft.lists.get(key, ()))
    for word in words:
        term = finder.term(word)
        if term is not None:
            labels[term.label] = None
        else:
            draft.ask(cell, key, term_questions.of_unknown(key, word).question)
    draft.lists[key] = tuple(labels)


def _words(text: str, finder: Finder) -> list[str]:
    """The values of a cell: as tables of ours divide them, else by semicolons or lines; by commas only where all that comes of it is known,
    for names have commas."""
    words = tabular.divided(text)
    if len(words) == 1 and finder.term(words[0]) is None:
        words = [part.strip() for part in _PARTS.split(text) if part.strip()]
    if len(words) == 1 and finder.term(words[0]) is None:
        parts = [part.strip() for part in text.split(",") if part.strip()]
        if all(finder.term(part) is not None for part in parts):
            return parts
    return words


def _add_date(draft: _Draft, cell: RowCell, language: str) -> None:
    """A date in EDTF as it is; one in words where it can mean one day alone. The words are kept."""
    try:
        dates.parse(cell.text)
    except dates.NotADate:
        written = field_values.date_of(cell.text)
        edtf = written.edtf or _of_rare_language(cell.text, language)
        if edtf:
            draft.values["date"] = edtf
            draft.values.setdefault("date_as_written", draft_file.one_line(cell.text))
            return
        could = f" It could be {', '.join(written.choices)}." if written.choices else ""
        draft.ask(cell, "date", f"When was it published? What the table says is not one date.{could}")
        return
    draft.values["date"] = cell.text


def _of_rare_language(text: str, language: str) -> str:
    """A date by the names that CLDR has of the months of a language without a lexicon; empty where it is none."""
    if language.split("-")[0].lower() in lexicon.languages():
        return ""
    mentions = [mention for mention in dates_in(text, language) if mention.written.strip() == text]
    return mentions[0].edtf if len(mentions) == 1 else ""


def _add_language(draft: _Draft, cell: RowCell) -> None:
    tag = field_values.language_of(cell.text)
    if tag:
        draft.values["language"] = tag
    else:
        draft.ask(
            cell,
            "language",
            "Which language is it written in? What the table says is not a language tag, such as en, ar or pt-BR.",
        )


def _add_choice(draft: _Draft, cell: RowCell) -> None:
    choices = schema.BY_KEY[cell.field].choices
    chosen = next((choice for choice in choices if choice == cell.text.casefold()), "")
    if not chosen and cell.field == "kind":
        chosen = field_values.kind_of(cell.text)
    if chosen:
        draft.values[cell.field] = chosen
    else:
        draft.ask(cell, cell.field, f"Which of these is it: {', '.join(choices)}?")


def _ask_about_breaks(draft: _Draft, cell: RowCell, question: str) -> None:
    """Asks what the line breaks of a cell are, of which Markdown has none within a paragraph; the first of them is the evidence. Empty
    lines part paragraphs, and there is nothing to ask."""
    lines = [" ".join(line.split()) for line in draft_file.clean(cell.text).splitlines()]
    breaks = [(before, after) for before, after in pairwise(lines) if before and after]
    if breaks:
        before, after = breaks[0]
        shown = f"{before[-_MOST_OF_A_BREAK:]} ⏎ {after[:_MOST_OF_A_BREAK]}"
        draft.ask(replace(cell, text=shown), cell.field, question.format(breaks=counted(len(breaks), "line break")))


def _markdown(text: str) -> str:
    """The paragraphs of a cell as Markdown that shows the same signs. Where no empty line parts them, each line is one."""
    parted: Callable[[str], Iterator[str] | list[str]] = (
        _PARAGRAPHS.split if _PARAGRAPHS.search(text) else str.splitlines
    )
    blocks = [paragraph(" ".join(part.split())) for part in parted(draft_file.clean(text)) if part.strip()]
    return sound_markdown.written(blocks) if blocks else ""

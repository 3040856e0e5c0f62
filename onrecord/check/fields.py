"""Front matter → typed values: a converter for each type of the schema. What does not fit is a Problem and counts as empty."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from onrecord import amounts, dates, markup, redaction, schema
from onrecord.characters import hidden
from onrecord.model import (
    Attachment,
    Body,
    Correction,
    Figure,
    Items,
    Kind,
    Node,
    Origin,
    Problem,
    Question,
    Quotation,
    Scalar,
    Table,
    Term,
    Vocabularies,
    position,
)
from onrecord.nearest import Hints
from onrecord.schema import Field, Type

_SHA256 = re.compile("[0-9a-f]{64}")
_NUMBER = re.compile("[0-9]{1,9}")
_AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,6})?")
_ANCHORS = {"notes": "n"}
PREVIEWS = "previews"
"""The folder below `content/files/` in which the small pictures of files stand."""


class Rules(Struct, frozen=True):
    """What a release is held against: the vocabularies, as the slug of the entry by every word that stands for one, and the day it is
    today."""

    topics: Mapping[str, str]
    places: Mapping[str, str]
    names: Mapping[str, str]
    today: dt.date

    def slugs(self, kind: Kind) -> Mapping[str, str]:
        """The words of one vocabulary, each with the slug of its entry."""
        return {"topic": self.topics, "place": self.places, "name": self.names}[kind]


def rules(vocabularies: Vocabularies, today: dt.date) -> Rules:
    """The Rules that follow from the vocabularies on a given day. Labels go before aliases."""

    def slugs_by_word(terms: tuple[Term, ...]) -> dict[str, str]:
        return {alias: term.slug for term in terms for alias in term.aliases} | {
            term.label: term.slug for term in terms
        }

    return Rules(
        slugs_by_word(vocabularies.topics), slugs_by_word(vocabularies.places), slugs_by_word(vocabularies.names), today
    )


def is_empty(node: Node | None) -> bool:
    """True where a key is not written, or with nothing behind it."""
    return node is None or (isinstance(node, Scalar) and not node.text.strip())


class Conversion:
    """The typing of one file's front matter. `problems` are those of it, without the file's path; `vocabulary_words` the (kind, word)
    pairs that were looked up in the vocabularies; `redactions` counts the words that were taken out."""

    def __init__(self, rules: Rules | None = None) -> None:
        self.rules = rules or Rules({}, {}, {}, dt.date.max)
        self.problems: list[Problem] = []
        self.vocabulary_words: list[tuple[Kind, str]] = []
        self.redactions = 0
        self.hints = Hints()

    def values(self, table: Table, fields: Mapping[str, Field], parent: str = "") -> dict[str, Any]:
        """The value of every field by its key, as its converter types it; of a key that is empty or not there, the type's empty value.

        `parent` is the key the table stands under. Keys that are no field's are problems.
        """
        values: dict[str, Any] = {}
        for key, node in table.entries:
            field = fields.get(key.text)
            if field is None:
                within = f" below “{parent}”" if parent else ""
                hint = self.hints(key.text, fields)
                message = f"“{key.text}” is not a known key{within}.{hint} Known are: {', '.join(fields)}."
                self.problems.append(Problem(*position(key), "unknown-key", message))
            elif not is_empty(node):
                name = f"{parent}.{key.text}" if parent else key.text
                values[key.text] = CONVERTERS[field.type](self, field, node, name)
        for name, field in fields.items():
            if name not in values:
                values[name] = EMPTY.get(field.type, "")
        return values

    def text(self, field: Field, node: Node, name: str) -> str:
        """The text of a node, its redactions applied, on one line unless it is Markdown; empty where it is not text."""
        if not isinstance(node, Scalar):
            what = "a list" if isinstance(node, Items) else "keys and values"
            message = f"“{name}” holds {what}; it must be one text. If it is text, quote the whole value."
            self.problems.append(Problem(*position(node), "wrong-type", message))
            return ""
        if node.comment and field.free:
            message = f"The text behind “#” would be lost: “{name}” would be “{node.text}”. Quote the whole value."
            self.problems.append(Problem(*position(node), "cut-by-comment", message))
        text = node.text.strip()
        if field.type == "markdown" or (text.isascii() and text.isprintable() and not redaction.may_hold(text)):
            return text
        if redaction.may_hold(text):
            redacted = redaction.value(node)
            self.problems += redacted.problems
            self.redactions += redacted.count
            text = redacted.text
        if "\n" in text:
            message = f"“{name}” must be one line; this has {text.count(chr(10)) + 1}. Join them."
            self.problems.append(Problem(*position(node), "line-break", message))
        character = hidden(text)
        if character:
            message = (
                f"“{name}” holds the invisible character {character}, which can make a reader see other words than are written. "
                "Remove it."
            )
            self.problems.append(Problem(*position(node), "hidden-character", message))
        return text

    def items(self, node: Node, name: str) -> tuple[Node, ...]:
        """The nodes of a list."""
        if isinstance(node, Items):
            return node.nodes
        example = f" Write {name}: [{node.text}]." if isinstance(node, Scalar) else ""
        self.problems.append(Problem(*position(node), "wrong-type", f"“{name}” must be a list.{example}"))
        return ()

    def texts(self, field: Field, node: Node, name: str) -> list[tuple[Node, str]]:
        """The texts of a list, each once, with their nodes."""
        texts: dict[str, Node] = {}
        for item in self.items(node, name):
            text = self.text(field, item, name)
            if not text:
                if isinstance(item, Scalar):
                    message = f"“{name}” holds an empty entry. Remove it."
                    self.problems.append(Problem(*position(item), "empty-value", message))
            elif text in texts:
                message = f"“{text}” appears twice in “{name}”. Keep one."
                self.problems.append(Problem(*position(item), "duplicate-value", message))
            else:
                texts[text] = item
        return [(item, text) for text, item in texts.items()]

    def tables(self, field: Field, node: Node, name: str) -> Iterator[tuple[Table, dict[str, Any]]]:
        """The entries of a list whose entries have keys and values, with their values."""
        for item in self.items(node, name):
            if isinstance(item, Table):
                yield item, self.values(item, schema.PARTS[field.key], name)
            else:
                keys = ", ".join(f"{part.key}: …" for part in field.fields[:2])
                message = f"An entry of “{name}” has keys and values: {keys}."
                self.problems.append(Problem(*position(item), "wrong-type", message))


# ---- converters ------------------------------------------------------------------------------------------------------------------


def _choice(conversion: Conversion, field: Field, node: Node, name: str) -> str:
    text = conversion.text(field, node, name)
    if not text or text in field.choices:
        return text
    hint = conversion.hints(text, field.choices)
    message = f"“{text}” is not allowed for “{name}”.{hint} Allowed: {', '.join(field.choices)}."
    conversion.problems.append(Problem(*position(node), "bad-choice", message))
    return ""


def _date(conversion: Conversion, field: Field, node: Node, name: str) -> str:
    """The EDTF text of a date."""
    text = conversion.text(field, node, name)
    if not text:
        return ""
    try:
        date = dates.parse(text)
    except dates.NotADate as error:
        conversion.problems.append(Problem(*position(node), "bad-date", str(error)))
        return ""
    today = conversion.rules.today
    first = date.ends[0]
    if (first.earliest and first.earliest > today) or (first.year or 0) > today.year:
        has = "A release has the date it was published" if name == "date" else f"“{name}” takes a day that has come"
        message = f"“{text}” lies in the future. {has}; check year, month and day."
        conversion.problems.append(Problem(*position(node), "future-date", message))
    return text


def _day(conversion: Conversion, field: Field, node: Node, name: str) -> str:
    """A day that has come, as ISO 8601."""
    text = conversion.text(field, node, name)
    if not text:
        return ""
    try:
        day = dt.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        day = None
    if day is None:
        message = f"“{text}” is not a day. Write “{name}” as a day, such as 2026-11-26."
        conversion.problems.append(Problem(*position(node), "bad-date", message))
        return ""
    if day > conversion.rules.today:
        message = f"“{text}” lies in the future. It says what has been done; check year, month and day."
        conversion.problems.append(Problem(*position(node), "future-date", message))
    return text


def _language(conversion: Conversion, field: Field, node: Node, name: str) -> str:
    text = conversion.text(field, node, name)
    if not text or schema.is_language(text):
        return text
    conversion.problems.append(Problem(*position(node), "bad-language", schema.NOT_A_LANGUAGE.format(text=text)))
    return ""


def _url(conversion: Conversion, field: Field, node: Node, name: str) -> str:
    text = conversion.text(field, node, name)
    if text and not schema.is_web_address(text):
        conversion.problems.append(Problem(*position(node), "bad-url", schema.NOT_AN_ADDRESS.format(text=text)))
    return text


def _file(conversion: Conversion, field: Field, node: Node, name: str) -> str:
    text = conversion.text(field, node, name)
    if "/" in text or "\\" in text or text in (".", ".."):
        message = f"“{text}” names folders. “{name}” must be the file's name alone: folders can tell where and by whom it was kept."
        conversion.problems.append(Problem(*position(node), "bad-source-file", message))
    return text


def _path(conversion: Conversion, field: Field, node: Node, name: str) -> str:
    text = conversion.text(field, node, name)
    parts = text.split("/")
    if not text:
        return ""
    if parts[0] in ("content", "files") and len(parts) > 1:
        below = text.removeprefix("content/").removeprefix("files/")
        message = (
            f"“{text}” begins with the folder that all files are in. Write the place below content/files/: {below}."
        )
    elif "\\" in text or ":" in text or any(part in ("", ".", "..") or part[0] == "." for part in parts):
        message = f"“{text}” is not a place below content/files/. Write folders and the file's name, with “/” between them and no “..”."
    elif parts[0] == PREVIEWS:
        message = (
            f"“{text}” is the small picture of another file. Name the file itself; its preview is found by its hash."
        )
    else:
        return unicodedata.normalize("NFC", text)
    conversion.problems.append(Problem(*position(node), "bad-file", message))
    return ""


def _sha256(conversion: Conversion, field: Field, node: Node, name: str) -> str:
    text = conversion.text(field, node, name)
    if text and not _SHA256.fullmatch(text):
        message = f"“{text}” is not a SHA-256 hash, which has 64 digits, 0-9 and a-f, in lower case."
        conversion.problems.append(Problem(*position(node), "bad-sha256", message))
    return text


def _number(conversion: Conversion, field: Field, node: Node, name: str) -> int | None:
    text = conversion.text(field, node, name)
    if _NUMBER.fullmatch(text):
        return int(text)
    if text:
        message = f"“{name}” must be a whole number of at most nine digits; “{text}” is not."
        conversion.problems.append(Problem(*position(node), "wrong-type", message))
    return None


def _amount(conversion: Conversion, field: Field, node: Node, name: str) -> str:
    """A number of any size in digits 0-9, as records have it (`amounts.written`)."""
    text = conversion.text(field, node, name)
    if _AMOUNT.fullmatch(text):
        return amounts.written(Decimal(text))
    if text:
        message = f"“{name}” must be a number in digits 0-9, with a point before decimals and no other sign (5400, 5.4); “{text}” is not."
        conversion.problems.append(Problem(*position(node), "wrong-type", message))
    return ""


def _markdown(conversion: Conversion, field: Field, node: Node, name: str) -> Body | None:
    if not conversion.text(field, node, name) or not isinstance(node, Scalar):
        return None
    redacted = redaction.value(node)
    conversion.redactions += redacted.count
    anchor = _ANCHORS.get(field.key, field.key.replace("_", ""))
    body, problems = markup.convert(redacted.text, markup.Context(anchor=anchor, location=redacted.location))
    conversion.problems += (*redacted.problems, *problems)
    return body


def _terms(conversion: Conversion, field: Field, node: Node, name: str) -> tuple[str, ...]:
    """The slugs of the entries of a vocabulary that the words stand for."""
    kind = _KINDS[field.vocabulary]
    slugs = conversion.rules.slugs(kind)
    entries: dict[str, None] = {}
    labels: dict[str, str] = {}
    for item, word in conversion.texts(field, node, name):
        conversion.vocabulary_words.append((kind, word))
        entry = slugs.get(word)
        if entry is None:
            hint = conversion.hints(word, slugs)
            message = f"“{word}” is not in {field.vocabulary}.toml.{hint} Use a label from there, or add it there."
            conversion.problems.append(Problem(*position(item), f"unknown-{kind}", message))
        elif entry in entries:
            labels = labels or {slug: spelling for spelling, slug in slugs.items()}  # labels come behind aliases
            message = f"“{word}” is “{labels[entry]}”, which is in “{name}” already. Keep one."
            conversion.problems.append(Problem(*position(item), "duplicate-value", message))
        else:
            entries[entry] = None
    return tuple(entries)


def _term(conversion: Conversion, field: Field, node: Node, name: str) -> str:
    """The slug of the entry of a vocabulary that a word stands for."""
    kind, word = _KINDS[field.vocabulary], conversion.text(field, node, name)
    if not word:
        return ""
    slugs = conversion.rules.slugs(kind)
    conversion.vocabulary_words.append((kind, word))
    if word not in slugs:
        hint = conversion.hints(word, slugs)
        message = f"“{word}” is not in {field.vocabulary}.toml.{hint} Use a label from there, or add it there."
        conversion.problems.append(Problem(*position(node), f"unknown-{kind}", message))
    return slugs.get(word, "")


def _slugs(conversion: Conversion, field: Field, node: Node, name: str) -> tuple[str, ...]:
    texts = conversion.texts(field, node, name)
    return tuple(unicodedata.normalize("NFC", text.removesuffix(".md")) for _, text in texts)


def _slug(conversion: Conversion, field: Field, node: Node, name: str) -> str:
    return unicodedata.normalize("NFC", conversion.text(field, node, name).removesuffix(".md"))


def _origin(conversion: Conversion, field: Field, node: Node, name: str) -> Origin:
    if isinstance(node, Table):
        return Origin(**conversion.values(node, schema.PARTS[field.key], name))
    keys = ", ".join(part.key for part in field.fields)
    message = f"“{name}” must have keys of its own, indented below it: {keys}."
    conversion.problems.append(Problem(*position(node), "wrong-type", message))
    return Origin()


def _quotations(conversion: Conversion, field: Field, node: Node, name: str) -> tuple[Quotation, ...]:
    """A Quotation for each entry that is a table, also where it is wrong."""
    quotations = []
    for table, values in conversion.tables(field, node, name):
        quotation = Quotation(**values, name=conversion.rules.names.get(values["speaker"], ""))
        if bool(quotation.text) == bool(quotation.summary):
            message = (
                "A quotation has either “text” (the very words) or, in an abstract, “summary” (the archive's own)."
            )
            conversion.problems.append(Problem(*position(table), "bad-quotation", message))
        if quotation.speaker:
            conversion.vocabulary_words.append(("name", quotation.speaker))
        quotations.append(quotation)
    return tuple(quotations)


def _figures(conversion: Conversion, field: Field, node: Node, name: str) -> tuple[Figure, ...]:
    """A Figure for each entry that is a table, also where it is wrong."""
    figures = []
    for _, values in conversion.tables(field, node, name):
        by = "" if values["by"] == schema.NOT_STATED else values["by"]
        if by:
            conversion.vocabulary_words.append(("name", by))
        figures.append(Figure(**values | {"by": by}, name=conversion.rules.names.get(by, "")))
    return tuple(figures)


def _files(conversion: Conversion, field: Field, node: Node, name: str) -> tuple[Attachment, ...]:
    """An Attachment for each entry that is a table, also where it is wrong."""
    files = []
    seen: set[str] = set()
    for table, values in conversion.tables(field, node, name):
        file = Attachment(**values)
        if bool(file.file) == bool(file.url) and (is_empty(table.get("file")) or file.url):
            message = (
                "An entry of “files” has either “file” (below content/files/) or “url” (kept elsewhere), and not both."
            )
            conversion.problems.append(Problem(*position(table), "bad-file", message))
        if not file.role and is_empty(table.get("role")):
            message = f"A file needs “role”: what it is to the release. Allowed: {', '.join(schema.FILE_ROLES)}."
            conversion.problems.append(Problem(*position(table), "missing", message))
        if file.url and is_empty(table.get("sha256")):
            message = (
                "A file that is kept elsewhere needs “sha256”: the hash alone shows that it is still the same. Download it once and run: "
                "sha256sum FILE."
            )
            conversion.problems.append(Problem(*position(table), "missing", message))
        named = file.file or file.url
        if named and named in seen:
            message = f"“{named}” appears twice in “{name}”. Keep one."
            conversion.problems.append(Problem(*position(table), "duplicate-value", message))
        seen.add(named)
        files.append(file)
    return tuple(files)


def _corrections(conversion: Conversion, field: Field, node: Node, name: str) -> tuple[Correction, ...]:
    """A Correction for each entry that is a table, also where it is wrong."""
    return tuple(Correction(**values) for _, values in conversion.tables(field, node, name))


def _questions(conversion: Conversion, field: Field, node: Node, name: str) -> tuple[Question, ...]:
    questions = []
    for table, values in conversion.tables(field, node, name):
        for part in field.fields:
            if part.needed and not values[part.key]:
                message = f"A question in “{name}” needs “{part.key}”."
                conversion.problems.append(Problem(*position(table), "missing", message))
        question = Question(**values)
        if question.field and question.field.partition(".")[0] not in schema.QUESTIONED:
            hint = conversion.hints(question.field, schema.QUESTIONED)
            message = f"“{question.field}” is not a key of a release.{hint}"
            conversion.problems.append(Problem(*position(table.get("field")), "bad-choice", message))
        questions.append(question)
    return tuple(questions)


Converter = Callable[[Conversion, Field, Node, str], object]
"""(conversion, field, what stands under its key and is not empty, the key with those above it) → the value."""

CONVERTERS: Mapping[Type, Converter] = {
    "text": Conversion.text,
    "markdown": _markdown,
    "date": _date,
    "day": _day,
    "choice": _choice,
    "language": _language,
    "url": _url,
    "file": _file,
    "path": _path,
    "sha256": _sha256,
    "number": _number,
    "amount": _amount,
    "term": _term,
    "terms": _terms,
    "slug": _slug,
    "slugs": _slugs,
    "quotations": _quotations,
    "figures": _figures,
    "files": _files,
    "origin": _origin,
    "corrections": _corrections,
    "questions": _questions,
}
EMPTY: Mapping[Type, object] = {
    "markdown": None,
    "number": None,
    "terms": (),
    "slugs": (),
    "quotations": (),
    "figures": (),
    "files": (),
    "origin": Origin(),
    "corrections": (),
    "questions": (),
}
"""What counts as empty for the types whose values are not texts."""

_KINDS: Mapping[str, Kind] = {"topics": "topic", "places": "place", "names": "name"}

"""Source → Card and Text, or Tombstone, or Problems: the rules of one file, a pure function of its Source and the Rules.

*Nothing is asserted that the source does not say* is the rule behind most of them. The rules between files are in `relations`.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from onrecord import dates, markup, redaction, schema
from onrecord.characters import hidden
from onrecord.dates import Date
from onrecord.markup import Context
from onrecord.model import (
    Article,
    Aside,
    Body,
    Card,
    Items,
    Kind,
    Node,
    Origin,
    Outline,
    Problem,
    Question,
    Quotation,
    Scalar,
    Source,
    Table,
    Term,
    Text,
    Tombstone,
    Vocabularies,
)
from onrecord.nearest import hint
from onrecord.redaction import Fault, Location
from onrecord.schema import Field
from onrecord.slugs import slug

_NAME_DATE = re.compile(r"(?P<date>[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?|undated)(?=-|$)")
_TAKEN_SLUG = re.compile(r"index|undated|-?[0-9]+", re.IGNORECASE)
_YEAR_FOLDER = re.compile(r"[0-9]{4}|undated")
_GAP = re.compile(rf"\s*(?:[(\[](?:…|\.\.\.)[)\]]|{redaction.GAP.pattern})\s*")
_LONE_QUOTES = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "\u00a0": " ", "\u202f": " "})
_LONE_QUOTE = re.compile("[‘’ʼ“”„\u00a0\u202f]")


@dataclass(frozen=True, slots=True)
class Rules:
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

    def words(terms: tuple[Term, ...]) -> dict[str, str]:
        return {alias: term.slug for term in terms for alias in term.aliases} | {
            term.label: term.slug for term in terms
        }

    return Rules(words(vocabularies.topics), words(vocabularies.places), words(vocabularies.names), today)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one release file: a Card with its Text, a Tombstone without one, or neither where a problem is an error."""

    listed: Card | Tombstone | None
    text: Text | None
    outline: Outline
    aside: Aside
    problems: tuple[Problem, ...]


class _Findings:
    """Collects the Problems of one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def add(
        self,
        place: Node | tuple[int, int] | int,
        code: str,
        message: str,
        level: Literal["error", "warning"] = "error",
    ) -> None:
        if isinstance(place, int):
            line, column = place, 1
        else:
            line, column = place if isinstance(place, tuple) else (place.line, place.column)
        self.problems.append(Problem(self.path, line, column, code, message, level))


# ---- one release -----------------------------------------------------------------------------------------------------------------


def release(source: Source, rules: Rules) -> Verdict:
    """The Verdict on the Source of a release."""
    findings = _Findings(source.path)
    fields = _Fields(source, findings)
    fields.refuse_unknown(source.fields, schema.FIELDS, "")
    status = cast(Any, fields.choice("status") or "published")
    review = _review(fields, findings)
    asked = {question.field for question in review} if status == "draft" else set()
    if review and status != "draft":
        findings.add(
            fields.node("review") or 1,
            "open-question",
            f"A {status} release has {_count(len(review), 'open question')}. Answer {'it' if len(review) == 1 else 'them'} and empty "
            "“review” (“not stated” is an answer), or set status: draft.",
        )
    for needed in schema.FIELDS:
        if needed.needed and needed.key not in asked and not fields.has(needed.key):
            allowed = (
                f" Allowed: {', '.join(needed.choices)}." if needed.choices else f" {needed.help.replace('`', '')}"
            )
            message = f"“{needed.key}” is needed and is not there.{allowed}"
            findings.add(fields.node(needed.key) or 1, "missing", message)
    date = _date(fields, findings, rules.today)
    publisher = fields.text("publisher")
    reason = fields.text("reason")
    if status in ("corrected", "withdrawn") and not reason:
        findings.add(
            fields.node("status") or 1,
            "missing",
            f"A {status} release needs “reason”: what was {status}, when, and why.",
        )
    extent = cast(Any, fields.choice("extent") or "full")
    faults: list[Fault] = []
    redacted = redaction.apply(source.body, Location(source.body_line))
    body, body_faults = markup.convert(redacted.text, Context(location=redacted.location))
    faults += (*redacted.faults, *body_faults)
    notes = _notes(fields, faults)
    if not body.html and not body_faults and status != "withdrawn":
        findings.add(source.body_line, "empty-body", "The release has no text. Write it below the second line “---”.")
    for fault in faults:
        findings.add((fault.line, fault.column), fault.code, fault.message)
    quotations = _quotations(fields, findings, body, extent, rules)
    card = Card(
        slug=_slug(source, findings, date),
        path=source.path,
        title=fields.text("title"),
        edtf=date.edtf if date else "",
        publisher=None if publisher in ("", schema.NOT_STATED) else publisher,
        language=_language(fields, findings) or "und",
        extent=extent,
        status=status,
        kind=fields.choice("kind"),
        reference=fields.text("reference"),
        topics=fields.terms("topic", rules),
        places=fields.terms("place", rules),
        names=fields.terms("name", rules),
        speakers=tuple((quotation.name, quotation.speaker) for quotation in quotations),
        same_text_as=fields.slugs("same_text_as"),
    )
    text = Text(
        body=replace(body, links=()),
        markdown=redacted.text,
        subtitle=fields.text("subtitle"),
        date_as_written=fields.text("date_as_written"),
        date_basis=fields.choice("date_basis"),
        dateline=fields.text("dateline"),
        quotations=quotations,
        notes=replace(notes, links=()) if notes else None,
        origin=_origin(fields),
        rights=fields.text("rights"),
        reason=reason,
        review=review,
    )
    links = (*body.links, *(notes.links if notes else ()))
    outline = Outline(len(body.paragraphs), tuple(link for link in links if link.target.kind != "elsewhere"))
    aside = Aside(tuple(_marks(source.fields)), tuple(dict.fromkeys(fields.words_asked)))
    problems = tuple(sorted(set(findings.problems)))
    if any(problem.level == "error" for problem in problems):
        return Verdict(None, None, outline, aside, problems)
    if status == "withdrawn":
        tombstone = Tombstone(
            card.slug,
            card.path,
            card.title,
            card.edtf,
            card.publisher,
            card.language,
            card.kind,
            card.reference,
            reason,
        )
        return Verdict(tombstone, None, Outline(), aside, problems)
    return Verdict(card, text, outline, aside, problems)


def _marks(fields: Table) -> Iterator[tuple[str, str, int, int]]:
    """Where the values stand that the rules between files point to."""
    for key in ("reference", "publisher", "same_text_as"):
        node = fields.get(key)
        if node is None:
            continue
        yield key, "", node.line, node.column
        for item in node.nodes if isinstance(node, Items) else ():
            if isinstance(item, Scalar):
                yield key, item.text.strip(), item.line, item.column


class _Fields:
    """Typed access to front matter; whatever does not fit becomes a Problem and counts as empty."""

    def __init__(self, source: Source, findings: _Findings) -> None:
        self.table = source.fields
        self.findings = findings
        self.by_key = {key.text: node for key, node in source.fields.entries}
        self.words_asked: list[tuple[Kind, str]] = []

    def node(self, key: str) -> Node | None:
        return self.by_key.get(key)

    def has(self, key: str) -> bool:
        node = self.by_key.get(key)
        return node is not None and not (isinstance(node, Scalar) and not node.text.strip())

    def refuse_unknown(self, table: Table, known: Sequence[Field], under: str) -> None:
        keys = [field.key for field in known]
        for key, _ in table.entries:
            if key.text not in keys:
                where = f" below “{under}”" if under else ""
                self.findings.add(
                    key,
                    "unknown-key",
                    f"“{key.text}” is not a known key{where}.{hint(key.text, keys)} Known are: {', '.join(keys)}.",
                )

    def text(self, key: str) -> str:
        return self.scalar(self.by_key.get(key), schema.BY_KEY[key])

    def scalar(self, node: Node | None, field: Field, name: str = "") -> str:
        """The text under a key, on one line; empty where it is not there or not text."""
        name = name or field.key
        if node is None:
            return ""
        if not isinstance(node, Scalar):
            what = "a list" if isinstance(node, Items) else "keys and values"
            self.findings.add(
                node, "wrong-type", f"“{name}” holds {what}; it takes one text. If it is text, quote the whole value."
            )
            return ""
        if node.comment and field.free:
            self.findings.add(
                node,
                "cut-by-comment",
                f"The text behind “#” would be lost: “{name}” would be “{node.text}”. Quote the whole value.",
            )
        text = node.text.strip()
        if redaction.may_hold(text):
            redacted = redaction.value(node)
            for fault in redacted.faults:
                self.findings.add((fault.line, fault.column), fault.code, fault.message)
            text = redacted.text
        if field.type != "markdown":
            if "\n" in text:
                self.findings.add(
                    node, "line-break", f"“{name}” takes one line; this has {text.count(chr(10)) + 1}. Join them."
                )
            unseen = hidden(text)
            if unseen:
                self.findings.add(
                    node,
                    "hidden-character",
                    f"“{name}” holds the invisible character {unseen}, which can make a reader see other words than are "
                    "written. Remove it.",
                )
        return text

    def choice(self, key: str) -> str:
        field = schema.BY_KEY[key]
        text = self.text(key)
        if text and text not in field.choices:
            self.findings.add(
                cast(Node, self.node(key)),
                "bad-choice",
                f"“{text}” is not allowed for “{key}”.{hint(text, field.choices)} Allowed: {', '.join(field.choices)}.",
            )
            return ""
        return text

    def items(self, key: str) -> tuple[Node, ...]:
        node = self.by_key.get(key)
        if node is None or (isinstance(node, Scalar) and not node.text):
            return ()
        if not isinstance(node, Items):
            shown = f" Write {key}: [{node.text}]." if isinstance(node, Scalar) else ""
            self.findings.add(node, "wrong-type", f"“{key}” takes a list.{shown}")
            return ()
        return node.nodes

    def words(self, key: str) -> list[tuple[Scalar, str]]:
        found: list[tuple[Scalar, str]] = []
        for node in self.items(key):
            text = self.scalar(node, schema.BY_KEY[key], key)
            if not text:
                if isinstance(node, Scalar):
                    self.findings.add(node, "empty-value", f"“{key}” holds an empty entry. Remove it.")
            elif any(text == other for _, other in found):
                self.findings.add(node, "duplicate-value", f"“{text}” stands twice in “{key}”. Leave one.")
            else:
                found.append((cast(Scalar, node), text))
        return found

    def terms(self, kind: Kind, rules: Rules) -> tuple[str, ...]:
        """The slugs of the entries that the words under `topics`, `places` or `names` stand for."""
        key = f"{kind}s"
        known = rules.slugs(kind)
        entries: list[str] = []
        for node, word in self.words(key):
            self.words_asked.append((kind, word))
            entry = known.get(word)
            if entry is None:
                self.findings.add(
                    node,
                    f"unknown-{kind}",
                    f"“{word}” is not in {key}.toml.{hint(word, known)} Use a label from there, or add it there.",
                )
            elif entry in entries:
                label = [other for other, slug_ in known.items() if slug_ == entry][-1]  # labels come behind aliases
                self.findings.add(
                    node, "duplicate-value", f"“{word}” is “{label}”, which stands in “{key}” already. Leave one."
                )
            else:
                entries.append(entry)
        return tuple(entries)

    def slugs(self, key: str) -> tuple[str, ...]:
        return tuple(unicodedata.normalize("NFC", text.removesuffix(".md")) for _, text in self.words(key))

    def tables(self, key: str) -> list[Table]:
        tables = []
        for node in self.items(key):
            if isinstance(node, Table):
                self.refuse_unknown(node, schema.BY_KEY[key].fields, key)
                tables.append(node)
            else:
                keys = ", ".join(f"{field.key}: …" for field in schema.BY_KEY[key].fields[:2])
                self.findings.add(node, "wrong-type", f"An entry of “{key}” has keys and values: {keys}.")
        return tables


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _review(fields: _Fields, findings: _Findings) -> tuple[Question, ...]:
    questions = []
    known = [field.key for field in schema.FIELDS]
    below = {field.key: field for field in schema.BY_KEY["review"].fields}
    for table in fields.tables("review"):
        said = {key: fields.scalar(table.get(key), below[key], f"review.{key}") for key in below}
        for key in ("field", "question"):
            if not said[key]:
                findings.add(table, "missing", f"A question in “review” needs “{key}”.")
        if said["field"] and said["field"].split(".")[0] not in known:
            findings.add(
                cast(Node, table.get("field")),
                "bad-choice",
                f"“{said['field']}” is not a key of a release.{hint(said['field'], known)}",
            )
        questions.append(Question(said["field"], said["question"], said["evidence"]))
    return tuple(questions)


def _date(fields: _Fields, findings: _Findings, today: dt.date) -> Date | None:
    text = fields.text("date")
    if not text:
        return None
    node = cast(Node, fields.node("date"))
    try:
        date = dates.parse(text)
    except dates.NotADate as error:
        findings.add(node, "bad-date", str(error))
        return None
    if (date.earliest and date.earliest > today) or (date.year or 0) > today.year:
        findings.add(
            node,
            "future-date",
            f"“{text}” lies in the future. A release has the date it was published; check year, month and day.",
        )
    return date


def _language(fields: _Fields, findings: _Findings) -> str:
    text = fields.text("language")
    if text and not schema.is_language(text):
        findings.add(
            cast(Node, fields.node("language")),
            "bad-language",
            f"“{text}” is not a language tag (BCP 47). Write en, ar, pt-BR and the like.",
        )
        return ""
    return text


def _origin(fields: _Fields) -> Origin:
    node = fields.node("source")
    if node is None or (isinstance(node, Scalar) and not node.text):
        return Origin()
    field = schema.BY_KEY["source"]
    if not isinstance(node, Table):
        fields.findings.add(
            node, "wrong-type", "“source” takes keys of its own, indented below it: url, archived, file, sha256."
        )
        return Origin()
    fields.refuse_unknown(node, field.fields, "source")
    said = {below.key: fields.scalar(node.get(below.key), below, f"source.{below.key}") for below in field.fields}
    for key in ("url", "archived"):
        if said[key] and not _is_web_address(said[key]):
            fields.findings.add(
                cast(Node, node.get(key)),
                "bad-url",
                f"“{said[key]}” is not a web address. Write the whole of it, from https:// on.",
            )
    if said["file"] and (re.search(r"[/\\]", said["file"]) or said["file"] in (".", "..")):
        fields.findings.add(
            cast(Node, node.get("file")),
            "bad-source-file",
            f"“{said['file']}” names folders. “source.file” takes the file's name alone: folders can tell where and by whom it was kept.",
        )
    if said["sha256"] and not re.fullmatch("[0-9a-f]{64}", said["sha256"]):
        fields.findings.add(
            cast(Node, node.get("sha256")),
            "bad-sha256",
            f"“{said['sha256']}” is no SHA-256: it has 64 digits, 0-9 and a-f, in lower case.",
        )
    return Origin(**said)


def _is_web_address(text: str) -> bool:
    try:
        parts = urllib.parse.urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"\\^`{}|]", text)
    except ValueError:
        return False


def _notes(fields: _Fields, faults: list[Fault]) -> Body | None:
    text = fields.text("notes")
    if not text:
        return None
    redacted = redaction.value(cast(Scalar, fields.node("notes")))
    body, body_faults = markup.convert(redacted.text, Context(anchor="n", location=redacted.location))
    faults += (*redacted.faults, *body_faults)
    return body


def _quotations(fields: _Fields, findings: _Findings, body: Body, extent: str, rules: Rules) -> tuple[Quotation, ...]:
    made = []
    below = {field.key: field for field in schema.BY_KEY["quotations"].fields}
    plain: list[str] | None = None
    for table in fields.tables("quotations"):
        said = {key: fields.scalar(table.get(key), below[key], f"quotations.{key}") for key in below}
        if not said["speaker"]:
            findings.add(table, "missing", "A quotation needs “speaker”: who said it, as named in the source.")
        if bool(said["text"]) == bool(said["summary"]):
            findings.add(
                table,
                "bad-quotation",
                "A quotation has either “text” (the very words) or, in an abstract, “summary” (the archive's own).",
            )
            continue
        if said["summary"] and extent != "abstract":
            findings.add(
                cast(Node, table.get("summary")),
                "bad-quotation",
                f"Only an abstract has a summary of what was said; this is {extent}. Give “text”.",
            )
        paragraph = None
        if said["paragraph"]:
            paragraph = int(said["paragraph"]) if said["paragraph"].isdecimal() and said["paragraph"].isascii() else 0
            if not 1 <= paragraph <= len(body.paragraphs):
                findings.add(
                    cast(Node, table.get("paragraph")),
                    "bad-quotation",
                    f"There is no paragraph {said['paragraph']}; the text has {len(body.paragraphs)}.",
                )
                paragraph = None
        if said["text"]:
            if plain is None:
                plain = [_loose(text) for text in body.paragraphs]
            found = _where(_loose(said["text"]), plain)
            if found is None:
                findings.add(
                    cast(Node, table.get("text")),
                    "bad-quotation",
                    f"These words do not stand in the text: “{said['text'][:60]}{'…' if len(said['text']) > 60 else ''}”. "
                    "Copy them exactly, each paragraph as a quotation of its own.",
                )
            paragraph = paragraph or found
        fields.words_asked.append(("name", said["speaker"]))
        made.append(
            Quotation(said["speaker"], said["text"], said["summary"], paragraph, rules.names.get(said["speaker"], ""))
        )
    return tuple(made)


def _loose(text: str) -> str:
    """Text for comparing words: NFC, one kind of quotation mark, single spaces."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if _LONE_QUOTE.search(text):
        text = text.translate(_LONE_QUOTES)
    return " ".join(text.split())


def _where(words: str, paragraphs: list[str]) -> int | None:
    """The number of the first paragraph the words stand in. An omission or a speaker between two parts of a quotation is written (…)."""
    parts = [part for part in (piece.strip(" ,") for piece in _GAP.split(words)) if part]
    for number, paragraph in enumerate(paragraphs, 1):
        at = 0
        for part in parts:
            at = paragraph.find(part, at)
            if at < 0:
                break
            at += len(part)
        else:
            if parts:
                return number
    return None


def _slug(source: Source, findings: _Findings, date: Date | None) -> str:
    """The slug of a release: its file's stem. The file's name and folder must not say another date than the front matter, where that
    has a date that can be read."""
    folder, _, name = source.path.rpartition("/")
    stem = unicodedata.normalize("NFC", name.removesuffix(".md"))
    if not stem or any(unicodedata.category(char)[0] not in "LMN" and char not in "-_." for char in stem):
        findings.add(
            1,
            "bad-file-name",
            f"“{name}” has characters that do not belong in an address. Rename the file to {slug(stem) or 'a-short-title'}.md.",
        )
    if _TAKEN_SLUG.fullmatch(stem):
        findings.add(
            1,
            "bad-file-name",
            f"“{name}” would take the address of an index. Put some words of the title into the name.",
        )
    if date is None:
        return stem
    said = _NAME_DATE.match(stem)
    expected = date.file_prefix
    if said and said["date"] != expected and not (said["date"] == "undated" and not date.dated):
        findings.add(
            1,
            "file-date",
            f"The file's name says {said['date']}, its date is {date.edtf}. Mend the one that is wrong: with this date the name begins "
            f"with {expected}-.",
        )
    last = folder.rpartition("/")[2]
    if _YEAR_FOLDER.fullmatch(last) and last != (expected[:4] if expected != "undated" else "undated"):
        findings.add(
            1, "file-date", f"The file stands in the folder {last}, its date is {date.edtf}. Move it, or mend the date."
        )
    return stem


# ---- the archive's own pages -----------------------------------------------------------------------------------------------------

_ARTICLE_FIELDS = (
    Field("title", "text", "The page's title.", needed=True),
    Field("language", "language", "Its language."),
)
TAKEN = frozenset(
    ["index", "search", "404", "timeline", "map", "contribute", "colophon", "feed", "sitemap", "manifest"]
)


def article(source: Source) -> tuple[Article | None, list[Problem]]:
    """A page of the archive's own from its Source, with its Problems; None where one of them is an error."""
    findings = _Findings(source.path)
    fields = _Fields(source, findings)
    fields.refuse_unknown(source.fields, _ARTICLE_FIELDS, "")
    title = fields.scalar(source.fields.get("title"), _ARTICLE_FIELDS[0])
    if not title:
        findings.add(fields.node("title") or 1, "missing", "“title” is needed and is not there.")
    stem = unicodedata.normalize("NFC", source.path.rpartition("/")[2].removesuffix(".md"))
    if slug(stem) != stem or stem in TAKEN or "/" in source.path.removeprefix("pages/"):
        findings.add(
            1,
            "bad-file-name",
            f"“{source.path}” cannot be a page. Give it a name of lower-case letters, digits and hyphens, in pages/ itself.",
        )
    redacted = redaction.apply(source.body, Location(source.body_line))
    body, faults = markup.convert(redacted.text, Context(article=True, location=redacted.location))
    for fault in (*redacted.faults, *faults):
        findings.add((fault.line, fault.column), fault.code, fault.message)
    if not body.html and not faults:
        findings.add(source.body_line, "empty-body", "The page has no text. Write it below the second line “---”.")
    problems = sorted(set(findings.problems))
    if any(problem.level == "error" for problem in problems):
        return None, problems
    return Article(stem, source.path, title, body), problems

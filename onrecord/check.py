"""Source → Release or Problems. All of them, of all files, said to the person who can mend them.

Two kinds of rules live here: those of one file (`release`), a pure function of its Source that can be spread over processes, and
those between files (`together`, `links`). `nothing is asserted that the source does not say` is the rule behind most of them.
"""

from __future__ import annotations

import datetime as dt
import html
import posixpath
import re
import unicodedata
import urllib.parse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from onrecord import dates, families, markup, schema
from onrecord.characters import hidden
from onrecord.dates import Date
from onrecord.markup import Context
from onrecord.model import (
    Article,
    Body,
    Items,
    Link,
    Node,
    Origin,
    Problem,
    Question,
    Quotation,
    Release,
    Scalar,
    Source,
    Table,
    Term,
    Vocabularies,
)  # fmt: skip
from onrecord.nearest import hint
from onrecord.schema import Field
from onrecord.slugs import slug

_NAME_DATE = re.compile(r"(?P<date>[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?|undated)(?=-|$)")
_TAKEN_SLUG = re.compile(r"index|undated|-?[0-9]+", re.IGNORECASE)
_YEAR_FOLDER = re.compile(r"[0-9]{4}|undated")
_LONE_QUOTES = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True, slots=True)
class Rules:
    """What a release is held against: the vocabularies, by every word that stands for a term, and the day it is today."""

    topics: dict[str, Term]
    places: dict[str, Term]
    names: dict[str, Term]
    today: dt.date


def rules(vocabularies: Vocabularies, today: dt.date) -> Rules:
    """The Rules that follow from the vocabularies on a given day. Labels go before aliases."""

    def words(terms: tuple[Term, ...]) -> dict[str, Term]:
        found = {alias: term for term in terms for alias in term.aliases}
        found.update({term.label: term for term in terms})
        return found

    return Rules(words(vocabularies.topics), words(vocabularies.places), words(vocabularies.names), today)


class _Findings:
    """Collects the Problems of one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def add(self, place: Node | int, code: str, message: str, level: Literal["error", "warning"] = "error") -> None:
        line, column = (place, 1) if isinstance(place, int) else (place.line, place.column)
        self.problems.append(Problem(self.path, line, column, code, message, level))


# ---- one release -----------------------------------------------------------------------------------------------------------------


def release(source: Source, rules: Rules) -> tuple[Release | None, list[Problem]]:
    """The Release of a Source and its Problems; None where one of them is an error."""
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
    for field in schema.FIELDS:
        if field.needed and field.key not in asked and not fields.has(field.key):
            allowed = f" Allowed: {', '.join(field.choices)}." if field.choices else f" {field.help.replace('`', '')}"
            findings.add(fields.node(field.key) or 1, "missing", f"“{field.key}” is needed and is not there.{allowed}")
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
    faults: list[markup.Fault] = []
    body, found = markup.convert(source.body, Context(line=source.body_line))
    faults += found
    notes = _notes(fields, faults)
    if not body.html and not any(fault.code == "too-complex" for fault in found) and status != "withdrawn":
        findings.add(source.body_line, "empty-body", "The release has no text. Write it below the second line “---”.")
    for fault in faults:
        findings.add(fault.line, fault.code, fault.message)
    made = Release(
        slug=_slug(source, findings, date),
        path=source.path,
        title=fields.text("title"),
        subtitle=fields.text("subtitle"),
        date=date or dates.NOT_STATED,
        date_as_written=fields.text("date_as_written"),
        date_basis=fields.choice("date_basis"),
        publisher=None if publisher in ("", schema.NOT_STATED) else publisher,
        reference=fields.text("reference"),
        kind=fields.choice("kind"),
        language=_language(fields, findings) or "und",
        extent=extent,
        dateline=fields.text("dateline"),
        topics=fields.terms("topics", rules.topics),
        places=fields.terms("places", rules.places),
        names=fields.terms("names", rules.names),
        same_text_as=fields.slugs("same_text_as"),
        quotations=_quotations(fields, findings, body, extent, rules),
        notes=notes,
        origin=_origin(fields),
        rights=fields.text("rights"),
        status=status,
        reason=reason,
        review=review,
        body=body,
        source_text=source.body,
        sha256=source.sha256,
    )
    problems = sorted(set(findings.problems))
    return (None if any(problem.level == "error" for problem in problems) else made), problems


class _Fields:
    """Typed access to front matter; whatever does not fit becomes a Problem and counts as empty."""

    def __init__(self, source: Source, findings: _Findings) -> None:
        self.table = source.fields
        self.findings = findings
        self.by_key = {key.text: node for key, node in source.fields.entries}

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

    def terms(self, key: str, known: dict[str, Term]) -> tuple[Term, ...]:
        terms: dict[str, Term] = {}
        for node, text in self.words(key):
            term = known.get(text)
            if term is None:
                self.findings.add(
                    node,
                    f"unknown-{key[:-1]}",
                    f"“{text}” is not in {key}.toml.{hint(text, known)} Use a label from there, or add it there.",
                )
            elif term.label in terms:
                self.findings.add(
                    node, "duplicate-value", f"“{text}” is “{term.label}”, which stands in “{key}” already. Leave one."
                )
            else:
                terms[term.label] = term
        return tuple(terms.values())

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


def _notes(fields: _Fields, faults: list[markup.Fault]) -> Body | None:
    text = fields.text("notes")
    if not text:
        return None
    node = cast(Scalar, fields.node("notes"))
    if node.block:
        body, found = markup.convert(text, Context(anchor="n", line=node.line + 1))
        faults += found
    else:
        # A quoted text may hold line ends that are not the file's own: the line it begins on is all that is certain.
        body, found = markup.convert(text, Context(anchor="n", line=node.line))
        faults += [replace(fault, line=node.line) for fault in found]
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
        made.append(
            Quotation(said["speaker"], said["text"], said["summary"], paragraph, rules.names.get(said["speaker"]))
        )
    return tuple(made)


def _loose(text: str) -> str:
    """Text for comparing words: NFC, one kind of quotation mark, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_LONE_QUOTES).split())


def _where(words: str, paragraphs: list[str]) -> int | None:
    """The number of the first paragraph the words stand in. An omission or a speaker between two parts of a quotation is written (…)."""
    parts = [part for part in (piece.strip(" ,") for piece in re.split(r"\s*[(\[](?:…|\.\.\.)[)\]]\s*", words)) if part]
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


# ---- between releases ------------------------------------------------------------------------------------------------------------


def together(releases: Iterable[Release], sources: Iterable[Source] = (), unread: Iterable[str] = ()) -> list[Problem]:
    """The Problems between releases: equal slugs, equal references of one publisher, broken links and `same_text_as`, and publishers
    written in two ways (a warning).

    `releases` are all that hold up, drafts among them; `sources` are theirs and those of the others, so that a Problem can point to
    its line; `unread` are the paths of files that could not be read at all: links to them are not broken links.
    """
    known = sorted(releases, key=lambda found: found.path)
    at = {source.path: source.fields for source in sources}
    broken = {_stem(path) for path in (*at, *unread)} - {found.slug for found in known}

    def on(
        found: Release, key: str, code: str, message: str, level: Literal["error", "warning"] = "error", word: str = ""
    ) -> None:
        node = at[found.path].get(key) if found.path in at else None
        if isinstance(node, Items):
            node = next(
                (item for item in node.nodes if isinstance(item, Scalar) and item.text.strip().startswith(word)), node
            )
        line, column = (node.line, node.column) if node else (1, 1)
        problems.append(Problem(found.path, line, column, code, message, level))

    problems: list[Problem] = []
    by_slug: dict[str, Release] = {}
    references: dict[tuple[str, str], Release] = {}
    publishers: dict[str, Release] = {}
    for found in known:
        key = unicodedata.normalize("NFC", found.slug).casefold()
        other = by_slug.setdefault(key, found)
        if other is not found:
            same = (
                "the same name"
                if _name(other.path) == _name(found.path)
                else "a name that differs only in capitals or accents' encoding"
            )
            on(found, "", "duplicate-slug", f"{other.path} has {same}, so both would be one page. Rename one of them.")
        if found.publisher is None:
            continue
        if found.reference:
            number = (found.publisher, re.sub(r"\s+", "", found.reference).casefold())
            first = references.setdefault(number, found)
            if first is not found:
                on(
                    found,
                    "reference",
                    "duplicate-reference",
                    f"{found.publisher} has given the number {found.reference} to {first.path} already. Check both numbers.",
                )
        earlier = publishers.setdefault(
            re.sub(r"\W+", "", unicodedata.normalize("NFKC", found.publisher)).casefold(), found
        )
        if earlier.publisher != found.publisher:
            on(
                found,
                "publisher",
                "publisher-spelling",
                f"The publisher is written “{found.publisher}” here and “{earlier.publisher}” in {earlier.path}. If they are one, "
                "write it one way.",
                "warning",
            )
    slugs = {found.slug: found for found in known}
    for found in known:
        for other_slug in found.same_text_as:
            if other_slug == found.slug:
                on(
                    found,
                    "same_text_as",
                    "bad-same-text",
                    "“same_text_as” names the release itself. Name the others.",
                    word=other_slug,
                )
            elif other_slug not in slugs and other_slug not in broken:
                message = f"“same_text_as” names “{other_slug}”, and there is no such release.{hint(other_slug, slugs)}"
                on(found, "same_text_as", "bad-same-text", message, word=other_slug)
        for link in (*found.body.links, *(found.notes.links if found.notes else ())):
            problems += _release_link(found.path, link, Context(), slugs, found, broken)
    return sorted(set(problems))


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _stem(path: str) -> str:
    return unicodedata.normalize("NFC", path.rpartition("/")[2].removesuffix(".md"))


def _release_link(
    path: str, link: Link, context: Context, slugs: dict[str, Release], itself: Release | None, broken: set[str]
) -> list[Problem]:
    """What is wrong with a link to a release or to a paragraph."""

    def problem(message: str) -> list[Problem]:
        return [Problem(path, link.line, link.column, "broken-link", message)]

    address = markup.address(link.target, context)
    if address is None:
        return []
    page, _, fragment = address.partition("#")
    if page.startswith(f"{context.root}releases/"):
        stem = urllib.parse.unquote(page).removeprefix(f"{context.root}releases/").removesuffix(".html")
        target = slugs.get(unicodedata.normalize("NFC", stem))
        if target is None:
            if stem in broken or link.target.partition("#")[0].endswith(".html"):
                return []
            return problem(f"The link leads to “{link.target}”, and there is no such release.{hint(stem, slugs)}")
        if itself is not None and target.status == "draft" and itself.status != "draft":
            return problem(
                f"The link leads to “{link.target}”, which is a draft and not on the site. Publish it first, or remove the link."
            )
    elif not page and itself is not None:
        target = itself
    else:
        return []
    number = re.fullmatch("p([0-9]+)", fragment)
    if number and int(number[1]) > len(target.body.paragraphs):
        return problem(f"The link leads to paragraph {number[1]}; the text there has {len(target.body.paragraphs)}.")
    return []


# ---- the archive's own pages -----------------------------------------------------------------------------------------------------

_ARTICLE_FIELDS = (
    Field("title", "text", "The page's title.", needed=True),
    Field("language", "language", "Its language."),
)
TAKEN = frozenset(["index", "search", "404", "timeline", "map", "feed", "sitemap", "manifest"])


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
    body, faults = markup.convert(source.body, Context(root="", line=source.body_line, article=True))
    for fault in faults:
        findings.add(fault.line, fault.code, fault.message)
    if not body.html and not faults:
        findings.add(source.body_line, "empty-body", "The page has no text. Write it below the second line “---”.")
    problems = sorted(set(findings.problems))
    if any(problem.level == "error" for problem in problems):
        return None, problems
    return Article(stem, source.path, title, body), problems


def links(
    releases: Iterable[Release],
    articles: Iterable[Article],
    pages: Callable[[], frozenset[str]],
    unread: Iterable[str] = (),
) -> list[Problem]:
    """The Problems of links from the archive's own pages to releases, and from any text to a page of the site (`../topics/x.html`).

    `pages` gives the paths of all pages of the site and is only asked when a text links to one; `unread` are the paths of release
    files that did not become releases.
    """
    known = list(releases)
    slugs = {found.slug: found for found in known}
    broken = {_stem(path) for path in unread} - slugs.keys()
    problems: list[Problem] = []
    wanted: list[tuple[str, Link, str]] = []
    for page in articles:
        context = Context(root="", article=True)
        for link in page.body.links:
            problems += _release_link(page.path, link, context, slugs, None, broken)
            wanted += _to_page(page.path, link, context, f"{page.slug}.html")
    for found in known:
        for link in (*found.body.links, *(found.notes.links if found.notes else ())):
            wanted += _to_page(found.path, link, Context(), f"releases/{found.slug}.html")
    if wanted:
        there = pages()
        for path, link, target in wanted:
            if target not in there:
                problems.append(
                    Problem(
                        path,
                        link.line,
                        link.column,
                        "broken-link",
                        f"The link leads to “{link.target}”, and the site has no page {target}.",
                    )
                )
    return sorted(set(problems))


def _to_page(path: str, link: Link, context: Context, here: str) -> list[tuple[str, Link, str]]:
    """(file, link, path of the page it leads to) where a link leads to a page of the site other than a release's file."""
    address = markup.address(link.target, context)
    if address is None or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address):
        return []
    page = urllib.parse.unquote(html.unescape(address.partition("#")[0].partition("?")[0]))
    if not page:
        return []
    target = posixpath.normpath(posixpath.join(posixpath.dirname(here), page))
    if link.target.partition("#")[0].endswith(".md") and target.startswith("releases/"):
        return []
    return [(path, link, target)]


# ---- texts that came before ------------------------------------------------------------------------------------------------------


def undeclared(releases: Iterable[Release], among: frozenset[str]) -> list[Problem]:
    """A warning for each release at a path in `among` whose text stands in another release without either saying so.

    The share that is shown is the containment of three-word shingles (see families). Abstracts are the archive's own words and are
    compared like everything else. Takes about a millisecond for each release of the archive.
    """
    known = sorted(releases, key=lambda found: found.path)
    declared = families.families(
        families.Pair(found.slug, other, 1.0) for found in known for other in found.same_text_as if other != found.slug
    )
    family = {slug: number for number, members in enumerate(declared) for slug in members}
    by_path = {found.path: found for found in known}
    problems = []
    for pair in _near(by_path, among):
        found, other = (by_path[pair.first], by_path[pair.second])
        if found.path not in among:
            found, other = other, found
        if found.slug in family and family[found.slug] == family.get(other.slug):
            continue
        message = (
            f"{round(100 * pair.containment)} % of the shorter text stands in {other.path} as well. If they are "
            f"publications of one text, write same_text_as: [{other.slug}]."
        )
        problems.append(Problem(found.path, 1, 1, "near-duplicate", message, "warning"))
    return sorted(problems)


_FEW = 100


def _near(by_path: dict[str, Release], among: frozenset[str]) -> list[families.Pair]:
    """The pairs of paths that carry the same text and of which one is in `among`, sorted."""

    def text_of(path: str) -> str:
        return " ".join(by_path[path].body.paragraphs)

    named = sorted(among & by_path.keys())
    if len(named) > _FEW:
        return [pair for pair in families.pairs_of(by_path, text_of) if pair.first in among or pair.second in among]
    # For a few releases an index of all would cost more than holding each text against the few.
    held = {path: families.shingles(text_of(path)) for path in named}
    every = frozenset().union(*held.values()) if held else frozenset()
    pairs = []
    for path in sorted(by_path) if named else ():
        words = held.get(path) or families.shingles(text_of(path))
        if every.isdisjoint(words):
            continue
        for one in named:
            first, second = sorted((one, path))
            if one != path and not (path in held and path < one) and families.same_text(held[one], words):
                pairs.append(families.Pair(first, second, families.containment(held[one], words)))
    return sorted(pairs)

"""Source → Card and Text, or Tombstone, or Problems: the rules of one file, a pure function of its Source and the Rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from onrecord import dates, markup, redaction, schema
from onrecord.characters import fold_marks
from onrecord.check import figures
from onrecord.check.fields import Conversion, Rules, is_empty
from onrecord.check.name_signs import sign_of_no_name
from onrecord.check.quotable_words import QuotableWords, folded
from onrecord.dates import Date
from onrecord.digests import digest
from onrecord.model import (
    ATTRIBUTES,
    MOST_PROBLEMS,
    Article,
    Aside,
    Attachment,
    Body,
    Card,
    Correction,
    Counting,
    Figure,
    Items,
    Level,
    NamedFile,
    Outline,
    Problem,
    Quotation,
    Scalar,
    Source,
    Table,
    Text,
    Tombstone,
    position,
)
from onrecord.plural import counted
from onrecord.redaction import Location
from onrecord.schema import Field
from onrecord.slugs import slug

_NAME_DATE = re.compile(r"(?P<date>[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?|undated)(?=-|$)")
_TAKEN_SLUG = re.compile(r"index|undated|-?[0-9]+", re.IGNORECASE)
_YEAR_FOLDER = re.compile(r"[0-9]{4}|undated")


class Verdict(Struct, frozen=True):
    """What became of one release file: a Card with its Text, a Tombstone without one, or neither where a problem is an error."""

    listed: Card | Tombstone | None
    text: Text | None
    outline: Outline
    aside: Aside
    problems: tuple[Problem, ...]


def release(source: Source, rules: Rules) -> Verdict:
    """The Verdict on the Source of a release."""
    conversion = Conversion(rules)
    values = conversion.values(source.fields, schema.BY_KEY)
    values["status"] = values["status"] or "published"
    values["extent"] = values["extent"] or "full"
    problems = conversion.problems
    problems += _gaps(source.fields, values)
    stem = _stem(source.path)
    problems += _names_of(source.fields, rules)
    problems += _file_name(source.path, stem, dates.checked(values["date"]) if values["date"] else None)
    is_needed = values["status"] != "withdrawn" and "body" not in _questioned(values)
    body, markdown, redactions = _body(source, is_needed, problems)
    problems += _to_come(source, values)
    quotations = tuple(_quotations(source.fields, values, body, problems))
    reported = tuple(_figures(source.fields, values, body, problems))
    values |= {
        "publisher": None if values["publisher"] in ("", schema.NOT_STATED) else values["publisher"],
        "language": values["language"] or "und",
        "quotations": quotations,
        "figures": reported,
    }
    bodies = (body, *(value for value in values.values() if isinstance(value, Body)))
    links = tuple(link for of_body in bodies for link in of_body.links if link.target.kind != "elsewhere")
    redactions += conversion.redactions
    problems += _files(source.fields, values, redactions)
    problems += _images(bodies, values, redactions)
    problems += _escaped(body, markdown)
    named = tuple(_named(source.fields, values, redactions))
    outline = Outline(len(body.paragraphs), links, named, markup.addresses(body.html))
    aside = Aside(tuple(_marks(source.fields)), tuple(dict.fromkeys(conversion.vocabulary_words)))
    sorted_problems = _in_order(problems, source.path)
    if any(problem.level == "error" for problem in problems):
        return Verdict(None, None, outline, aside, sorted_problems)
    if values["status"] == "withdrawn":
        tombstone = Tombstone(
            slug=stem,
            path=source.path,
            title=values["title"],
            edtf=values["date"],
            publisher=values["publisher"],
            language=values["language"],
            kind=values["kind"],
            reference=values["reference"],
            reason=values["reason"],
            changed=values["changed"],
        )
        return Verdict(tombstone, None, Outline(), aside, sorted_problems)
    speakers = tuple((quotation.name, quotation.speaker) for quotation in quotations)
    utterances = tuple(map(_utterance, quotations))
    countings = tuple(Counting(each.counted, each.place, each.name, each.by, each.as_of) for each in reported)
    corrected = tuple(correction.date for correction in values["corrections"])
    card = Card(
        slug=stem,
        path=source.path,
        speakers=speakers,
        utterances=utterances,
        verbatim=tuple(bool(quotation.text) for quotation in quotations),
        countings=countings,
        corrected=corrected,
        **_attributes(values, _OF_CARD),
    )
    other_fields = tuple(
        (key, value) for key, value in _attributes(values, _OF_RECORD_ONLY).items() if value not in ("", (), None)
    )
    text = Text(
        body=replace(body, links=()), markdown=markdown, other_fields=other_fields, **_attributes(values, _OF_TEXT)
    )
    return Verdict(card, text, outline, aside, sorted_problems)


def _names(record: type[Card] | type[Text]) -> Mapping[str, str]:
    """The keys of the schema that have an attribute in Card or Text, each with its name."""
    attributes = {*record.__annotations__}
    names = {field.key: ATTRIBUTES.get(field.key, field.key) for field in schema.FIELDS}
    return {key: name for key, name in names.items() if name in attributes}


_OF_CARD, _OF_TEXT = _names(Card), _names(Text)
_NEEDED = [field for field in schema.FIELDS if field.needed]
_OF_RECORD_ONLY = {key: key for key in schema.BY_KEY if key not in _OF_CARD and key not in _OF_TEXT}


def _attributes(values: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Typed values by attribute, without the links of a Body, which are in the Outline. A test holds the converters' types to those of
    the attributes."""
    return {
        name: replace(value, links=()) if isinstance(value := values[key], Body) else value
        for key, name in names.items()
    }


def _in_order(problems: list[Problem], path: str) -> tuple[Problem, ...]:
    """The problems of a file in the order of their places, at most MOST_PROBLEMS; then the last says so, and is an error where one is."""
    found = sorted(set(problems))
    if len(found) > MOST_PROBLEMS:
        level: Level = "error" if any(problem.level == "error" for problem in found) else "warning"
        message = (
            f"This file has more than {MOST_PROBLEMS:,} problems. Correct those above, and the others are reported."
        )
        place = found[MOST_PROBLEMS]
        found[MOST_PROBLEMS:] = [Problem(place.line, place.column, "too-complex", message, level)]
    return tuple(problem.in_file(path) for problem in found)


def _gaps(table: Table, values: Mapping[str, Any]) -> Iterator[Problem]:
    """What is needed and is not there, and questions that are still open."""
    status, review = values["status"], values["review"]
    questioned = _questioned(values)
    if review and status != "draft":
        message = (
            f"A {status} release has {counted(len(review), 'open question')}. Answer {'it' if len(review) == 1 else 'them'} "
            "and empty “review” (“not stated” is an answer), or set status: draft."
        )
        yield Problem(*position(table.get("review")), "open-question", message)
    for field in _NEEDED:
        if field.key not in questioned and is_empty(table.get(field.key)):
            allowed = f"Allowed: {', '.join(field.choices)}." if field.choices else field.help.replace("`", "")
            message = f"“{field.key}” is required but missing. {allowed}"
            yield Problem(*position(table.get(field.key)), "missing", message)
    if "quotations" not in questioned:
        for written, quotation in zip(_tables(table, "quotations"), values["quotations"], strict=True):
            if not quotation.speaker:
                message = "A quotation needs “speaker”: who said it, as named in the source."
                yield Problem(*position(written), "missing", message)
    if "figures" not in questioned:
        for written, figure in zip(_tables(table, "figures"), values["figures"], strict=True):
            for part in schema.BY_KEY["figures"].fields:
                if part.needed and not getattr(figure, part.key):
                    message = f"A figure needs “{part.key}”: {part.help.replace('`', '')}"
                    yield Problem(*position(written), "missing", message)
    corrections = values["corrections"]
    if status in ("corrected", "withdrawn") and not values["reason"] and not (corrections and status == "corrected"):
        or_corrections = (
            " Or “corrections”: each value that was wrong, and what is right." if status == "corrected" else ""
        )
        message = f"A {status} release needs “reason”: what was {status}, when, and why.{or_corrections}"
        yield Problem(*position(table.get("status")), "missing", message)
    if status == "published" and corrections:
        message = "A release with “corrections” is a corrected one, and says so to its readers. Set status: corrected."
        yield Problem(*position(table.get("corrections")), "bad-correction", message)
    for written, correction in zip(_tables(table, "corrections"), corrections, strict=True):
        yield from _correction_gaps(written, correction)


def _questioned(values: Mapping[str, Any]) -> frozenset[str]:
    """What may still be missing: a draft is unfinished, and what is asked in it need not be there yet, its text included."""
    return frozenset(question.field for question in values["review"] if values["status"] == "draft")


def _correction_gaps(written: Table, correction: Correction) -> Iterator[Problem]:
    """What is not there in a correction, or has no meaning."""
    for field in schema.BY_KEY["corrections"].fields:
        if field.needed and is_empty(written.get(field.key)):
            message = f"A correction needs “{field.key}”. {field.help.replace('`', '')}"
            yield Problem(*position(written), "missing", message)
    key, _, rest = correction.field.partition(".")
    is_part = (key == "body" and _PASSAGE.fullmatch(rest)) or rest in schema.PARTS.get(key, {})
    if correction.field and (key not in _CORRECTED or (correction.field != key and not is_part)):
        message = f"“{correction.field}” cannot be corrected. Allowed: {', '.join(_CORRECTED)}; body.3 is the third paragraph."
        yield Problem(*position(written.get("field")), "bad-correction", message)
    if correction.was == correction.now:
        message = (
            "A correction says what was there (“was”), what is there now (“now”), or both, and they differ. Where neither may be "
            "seen, say in “reason” what was done."
        )
        yield Problem(*position(written), "bad-correction", message)


_PASSAGE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_CORRECTED = tuple(
    key for key in schema.QUESTIONED if key not in ("status", "reason", "added", "changed", "corrections", "review")
)
"""The keys that a correction may be about: what a record says of its source."""


def _to_come(source: Source, values: Mapping[str, Any]) -> Iterator[Problem]:
    """The line of the template that is left in a text that readers would take for the publisher's."""
    if values["status"] != "draft" and schema.TEXT_TO_COME in source.body:
        line = source.body[: source.body.index(schema.TEXT_TO_COME)].count("\n")
        message = f"“{schema.TEXT_TO_COME}” is a line of the template, and no word of the source. Delete it."
        yield Problem(source.body_line + line, 1, "template-text", message)


def _names_of(table: Table, rules: Rules) -> Iterator[Problem]:
    """Warnings of a publisher and of speakers that look like no names."""
    nodes = [("publisher", table.get("publisher"))]
    nodes += [("speaker", quotation.get("speaker")) for quotation in _tables(table, "quotations")]
    nodes += [("by", figure.get("by")) for figure in _tables(table, "figures")]
    for key, node in nodes:
        text = node.text.strip() if isinstance(node, Scalar) else ""
        sign = (
            sign_of_no_name(text, "publisher" if key == "publisher" else "speaker")
            if text and text not in rules.names
            else ""
        )
        if sign:
            message = (
                f"“{text[:120]}{'…' if len(text) > 120 else ''}” looks like no name: {sign}. “{key}” takes who it was, as named in the "
                "source. Correct it; if it is a name, add it to names.toml."
            )
            yield Problem(*position(node), "no-name", message, "warning")


def _body(source: Source, needed: bool, problems: list[Problem], *, article: bool = False) -> tuple[Body, str, int]:
    """The Body of a file, its Markdown with the redactions applied, and how many these are."""
    redacted = redaction.apply(source.body, Location(source.body_line))
    context = markup.Context(article=article, location=redacted.location)
    body, of_body = markup.convert(redacted.text, context)
    problems += (*redacted.problems, *of_body)
    if needed and not body.html and not of_body:
        message = f"The {'page' if article else 'release'} has no text. Write it below the second line “---”."
        problems.append(Problem(source.body_line, 1, "empty-body", message))
    return body, redacted.text, redacted.count


def _marks(table: Table) -> Iterator[tuple[str, str, int, int]]:
    """Where the values stand that the rules between files point to."""
    for key in ("reference", "publisher", "same_text_as", "translation_of", "corrects", "follows"):
        node = table.get(key)
        if node is None:
            continue
        yield key, "", *position(node)
        for item in node.nodes if isinstance(node, Items) else ():
            if isinstance(item, Scalar):
                yield key, item.text.strip(), *position(item)
    for quotation in _tables(table, "quotations"):
        speaker = quotation.get("speaker")
        if isinstance(speaker, Scalar):
            yield "speaker", speaker.text.strip(), *position(speaker)
    for figure in _tables(table, "figures"):
        for mark, node in (("reporter", figure.get("by")), ("count", figure.get("series") or figure.get("counts"))):
            if isinstance(node, Scalar):
                yield mark, node.text.strip(), *position(node)


def _tables(table: Table, key: str) -> list[Table]:
    node = table.get(key)
    return [item for item in node.nodes if isinstance(item, Table)] if isinstance(node, Items) else []


# ---- quotations ------------------------------------------------------------------------------------------------------------------


def _quotations(table: Table, values: Mapping[str, Any], body: Body, problems: list[Problem]) -> Iterator[Quotation]:
    """The quotations, each with the number of the paragraph it stands in where that is known."""
    quotations: tuple[Quotation, ...] = values["quotations"]
    extent = values["extent"]
    words = QuotableWords(body) if any(quotation.text for quotation in quotations) else None
    for written, quotation in zip(_tables(table, "quotations"), quotations, strict=True):
        paragraph, part = quotation.paragraph, ""
        if quotation.summary and not quotation.text and extent != "abstract":
            message = f"Only an abstract has a summary of what was said; this is {extent}. Give “text”."
            problems.append(Problem(*position(written.get("summary")), "bad-quotation", message))
        if paragraph is not None and not 1 <= paragraph <= len(body.paragraphs):
            message = f"There is no paragraph {paragraph}; the text has {len(body.paragraphs)}."
            problems.append(Problem(*position(written.get("paragraph")), "bad-quotation", message))
        if words is not None and quotation.text and not quotation.summary:
            place = words.place_of(quotation.text)
            part = place if "." in place else ""
            paragraph = paragraph or (int(place) if place and not part else None)
            if not place:
                start = f"{quotation.text[:60]}{'…' if len(quotation.text) > 60 else ''}"
                message = f"These words are not in the text: “{start}”. Copy them exactly, each paragraph as a quotation of its own."
                if words.has_other_numbers(quotation.text):
                    message = (
                        f"These words are not in the text: “{start}”. It has other numbers in brackets among them. Copy those too, or "
                        "write (…) in their place: only marks of the text's own notes may be left out."
                    )
                problems.append(Problem(*position(written.get("text")), "bad-quotation", message))
        yield replace(quotation, paragraph=None if part else paragraph, part=part)


def _utterance(quotation: Quotation) -> int:
    """A number for the words of a quotation, the same for the same words: 64 bits, which no two in one family share by chance."""
    kind, words = ("text", quotation.text) if quotation.text else ("summary", quotation.summary)
    same = " ".join(fold_marks(unicodedata.normalize("NFC", words)).split())
    return int.from_bytes(digest(f"{kind} {same}".encode())[:8], "big")


def _figures(table: Table, values: Mapping[str, Any], body: Body, problems: list[Problem]) -> Iterator[Figure]:
    """The figures, each held to the text and to its own words."""
    given: tuple[Figure, ...] = values["figures"]
    if not given:
        return
    written = _tables(table, "figures")
    for each, figure in zip(written, given, strict=True):
        if figure.place and figure.place not in values["places"]:
            message = "The place of a figure has to be one that the release is about. Add it to “places” too."
            problems.append(Problem(*position(each.get("place")), "bad-figure", message))
    values_folded = [replace(figure, value=folded(figure.value)) for figure in given]
    paragraphs = [folded(text) for text in body.paragraphs]
    parts = [replace(part, text=folded(part.text)) for part in body.parts]
    kept = figures.figures(
        written, values_folded, paragraphs, parts, values["language"], values["extent"] == "abstract", problems
    )
    for figure, checked in zip(given, kept, strict=True):
        yield replace(checked, value=figure.value)


# ---- originals and attachments ---------------------------------------------------------------------------------------------------


def _is_published(file: Attachment, status: str, redactions: int) -> bool:
    """Whether the bytes of a file go out. The one place that decides it: what is a draft, withdrawn or redacted publishes no file."""
    return bool(file.file and file.rights) and status in ("published", "corrected") and not redactions


def _files(table: Table, values: Mapping[str, Any], redactions: int) -> Iterator[Problem]:
    for written, file in zip(_tables(table, "files"), values["files"], strict=True):
        if file.file and file.rights and redactions:
            message = (
                f"This release has {counted(redactions, 'redaction')}, and “{file.file}” would be published as it is: an original cannot "
                "be redacted. Take out its “rights”; the page then names the file and its hash only."
            )
            yield Problem(*position(written.get("rights")), "redacted-file", message)


def _named(table: Table, values: Mapping[str, Any], redactions: int) -> Iterator[NamedFile]:
    for written, file in zip(_tables(table, "files"), values["files"], strict=True):
        if file.file:
            hash_node = written.get("sha256")
            yield NamedFile(
                file.file,
                file.sha256,
                _is_published(file, values["status"], redactions),
                redactions > 0,
                position(written.get("file")),
                position(written if is_empty(hash_node) else hash_node),
            )


def _images(bodies: Sequence[Body], values: Mapping[str, Any], redactions: int) -> Iterator[Problem]:
    """What is wrong with the images of the texts: each must be a file that the record names and may publish."""
    files = {file.file: file for file in values["files"] if file.file}
    for link in (link for body in bodies for link in body.links if link.target.kind == "file"):
        path = link.target.slug
        file = files.get(path)
        if file is None:
            message = (
                f"The image “{link.written}” is not among the files of this release. Name it under “files” (file: {path}), with its role "
                "and its rights, or take it out of the text."
            )
        elif not file.rights and not redactions and values["status"] != "draft":
            message = (
                f"The image “{link.written}” has no “rights” under “files”, so it is not published. Say there who allows it, or take it "
                "out of the text."
            )
        else:
            continue
        yield Problem(link.line, link.column, "image", message)


def _escaped(body: Body, markdown: str) -> Iterator[Problem]:
    """Images of a body whose address does not stand there as it reads: the Markdown that is published gets another in its place."""
    places = {link.written: link for link in body.links if link.target.kind == "file"}
    for image in body.images:
        if not markdown.startswith(image.written, image.at):
            message = f"The address “{image.written}” is written with a backslash or an entity. Write it as it reads."
            yield Problem(places[image.written].line, places[image.written].column, "image", message)


# ---- the file's name -------------------------------------------------------------------------------------------------------------


def _stem(path: str) -> str:
    """The slug of a file: its name without the ending, in NFC."""
    return unicodedata.normalize("NFC", path.rpartition("/")[2].removesuffix(".md"))


def _file_name(path: str, stem: str, date: Date | None) -> Iterator[Problem]:
    """What is wrong with a file's name and folder: they must not give another date than the front matter, where that has one."""
    folder, _, name = path.rpartition("/")
    if not stem or any(unicodedata.category(char)[0] not in "LMN" and char not in "-_." for char in stem):
        message = f"“{name}” has characters that do not belong in an address. Rename the file to {slug(stem) or 'a-short-title'}.md."
        yield Problem(1, 1, "bad-file-name", message)
    if _TAKEN_SLUG.fullmatch(stem):
        message = f"“{name}” would take the address of an index. Put some words of the title into the name."
        yield Problem(1, 1, "bad-file-name", message)
    if date is None:
        return
    in_name = _NAME_DATE.match(stem)
    expected = date.file_prefix
    if in_name and in_name["date"] not in date.file_prefixes:
        message = (
            f"The file's name says {in_name['date']}, its date is {date.edtf}. Correct the one that is wrong: with this date the "
            f"name begins with {expected}-."
        )
        yield Problem(1, 1, "file-date", message)
    year = folder.rpartition("/")[2]
    if _YEAR_FOLDER.fullmatch(year) and year not in {p if p == "undated" else p[:4] for p in date.file_prefixes}:
        message = f"The file is in the folder {year}, its date is {date.edtf}. Move it, or correct the date."
        yield Problem(1, 1, "file-date", message)


# ---- the archive's own pages -----------------------------------------------------------------------------------------------------

_ARTICLE_FIELDS = {
    "title": Field("title", "text", "The page's title.", needed=True),
    "language": Field("language", "language", "Its language."),
}
TAKEN = frozenset(
    [
        "index",
        "search",
        "404",
        "timeline",
        "map",
        "contribute",
        "suggest",
        "colophon",
        "corrections",
        "data",
        "feed",
        "feeds",
        "sitemap",
        "manifest",
        "robots",
        "llms",
    ]
)
"""The names of the pages and files that stand at the top of every site; a test holds them to what a site has."""


def article(source: Source) -> tuple[Article | None, list[Problem]]:
    """A page of the archive's own from its Source, with its Problems; None where one of them is an error."""
    conversion = Conversion()
    values = conversion.values(source.fields, _ARTICLE_FIELDS)
    problems = conversion.problems
    if not values["title"]:
        message = "“title” is required but missing."
        problems.append(Problem(*position(source.fields.get("title")), "missing", message))
    stem, dot, language = _stem(source.path).partition(".")
    wrong_language = bool(dot) and not schema.is_language(language)
    if slug(stem) != stem or wrong_language or "/" in source.path.removeprefix("pages/"):
        message = (
            f"“{source.path}” cannot be a page. Give it a name of lower-case letters, digits and hyphens, in pages/ itself; a translation "
            "has the name of its page, a dot and the language: about.ar.md."
        )
        problems.append(Problem(1, 1, "bad-file-name", message))
    elif stem in TAKEN:
        message = (
            f"“{source.path}” cannot be a page: the site has a page or a file of its own that is called {stem}. Give it another name, and "
            "correct the links that lead to it."
        )
        problems.append(Problem(1, 1, "bad-file-name", message))
    body, _, _ = _body(source, True, problems, article=True)
    article = Article(stem, source.path, values["title"], body, language)
    wrong = any(problem.level == "error" for problem in problems)
    return None if wrong else article, list(_in_order(problems, source.path))

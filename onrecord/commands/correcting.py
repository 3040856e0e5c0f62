"""A correction that somebody sent in becomes a change of one value of one record, or a question in it.

Everything that was sent is a stranger's text. It names a record only by being looked up among those that there are, and a field by being
one of a list; it never becomes a path, a key or Markdown. What comes out is held against what went in before it is kept: every value of
the front matter but the one, every paragraph, item and row but the one and every link are as they were, and the new value is, letter by
letter, the words that were sent. Whatever does not fit becomes a question under `review`, which holds the record back until a person has
answered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from onrecord import check, markup, read, redaction, schema
from onrecord.check.fields import Conversion
from onrecord.command import WrongUse
from onrecord.intake import answers
from onrecord.intake.answers import NotAnAnswer
from onrecord.intake.draft_file import one_line
from onrecord.model import Card, Checked, Scalar, Source
from onrecord.redaction import Location

MOST_CHARACTERS = 5_000
"""Of each answer."""
_MOST_QUOTED = 600
"""Characters of an answer that a question has; the whole of it stands in the issue."""
_PAGE = re.compile(
    r"releases/(?P<slug>[^/?#\s\"<>]{1,600})\.html(?:\?[^#\s]*)?(?:#p(?P<paragraph>[0-9]{1,6}(?:\.[0-9]{1,6})?)\b)?"
)
_PARAGRAPH = re.compile(r"(?:paragraph|body|p)[ .]?(?P<number>[0-9]{1,6}(?:\.[0-9]{1,6})?)", re.IGNORECASE)
_CORRECTED = {
    field.key: field
    for field in schema.FIELDS
    if field.type in ("text", "date", "choice", "language") and field.key not in ("status", "reason")
}
"""The fields that a correction can change: one text each, and none of what the archive says of itself."""
_MARKS = re.compile(r"\[\[\s*redacted", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SuggestedCorrection:
    """What somebody sent in: the number of the issue and the five answers, each on one line; an answer that was not given is empty."""

    number: int
    page: str
    part: str
    words: str
    right: str
    source: str


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """A record with a correction in it: its path below the content folder, its bytes before and after, and what was done, in words."""

    path: str
    before: bytes
    after: bytes
    report: str


def record_of(correction: SuggestedCorrection, files: Mapping[str, Checked]) -> Checked:
    """The file of the record that a correction is about, from those that the site shows, by slug. Raises WrongUse where it names none, or
    more than one."""
    named = [unicodedata.normalize("NFC", unquote(found["slug"])) for found in _PAGE.finditer(correction.page)]
    found = {slug for slug in named if slug in files}
    if not named:
        title = _folded(correction.page)
        found = {
            slug for slug, file in files.items() if file.listed is not None and _folded(file.listed.title) == title
        }
    if len(found) != 1:
        what = (
            "names no record that is in the archive, and is as it should be,"
            if not found
            else "names more than one record"
        )
        raise WrongUse(f"Issue {correction.number} {what}. Look at it, and make the correction by hand.")
    file = files[found.pop()]
    if not isinstance(file.listed, Card) or file.listed.status == "draft":
        raise WrongUse(
            f"Issue {correction.number} is about a record that is withdrawn or a draft. Look at it, and make the correction by hand."
        )
    return file


def changed(correction: SuggestedCorrection, path: str, before: bytes, rules: check.Rules) -> ChangedRecord:
    """The record at `path`, whose bytes are `before`, with the correction in it: as a change of one value where the present words stand
    there and nothing else would change, else as a question. Raises WrongUse where neither can be written."""
    part, passage = _part(correction)
    why = ""
    try:
        after = _applied(correction, part, passage, path, before, rules)
        what = f"paragraph {passage}" if passage else part
        return ChangedRecord(path, before, after, _report(correction, what))
    except NotAnAnswer as error:
        why = str(error)
    asked = part if part in schema.QUESTIONED else "body"
    try:
        after = _questioned(correction, asked, before)
        _require_same(path, before, after, rules, "review", "")
    except NotAnAnswer as error:
        raise WrongUse(f"Issue {correction.number}: {why} {error} Make the correction by hand.") from error
    report = (
        f"{path}: the correction could not be made automatically: {why} It is kept as a question under “review”, and the check holds this "
        "back until that is answered.\n"
    )
    return ChangedRecord(path, before, after, report)


def _report(correction: SuggestedCorrection, what: str) -> str:
    """What is said of a change, with an entry for the record's list of corrections that a maintainer can take over."""
    field = what if what in _CORRECTED else f"body.{what.removeprefix('paragraph ')}"
    return (
        f"{what} was changed, and nothing else.\n  was: {correction.words}\n  now: {correction.right}\n  where that can be seen: "
        f"{correction.source or 'not said'}\n\nIf it is right, set status: corrected, and add it to the record's corrections, newest "
        "first:\n\n"
        f"corrections:\n  - date: (the day on which you merge this)\n    field: {field}\n    was: {schema.quoted(correction.words)}\n"
        f"    now: {schema.quoted(correction.right)}\n    found_by: (how it was found)\n"
    )


def _part(correction: SuggestedCorrection) -> tuple[str, str]:
    """Which field is meant, and where it is the text, the number of the paragraph, item or row (`3`, `3.1`); ("body", "") where nothing
    says."""
    found = _PARAGRAPH.fullmatch(correction.part) or _PAGE.search(correction.page)
    named = correction.part.casefold().replace(" ", "_")
    for key, field in _CORRECTED.items():
        if named and named in (key, field.label.casefold().replace(" ", "_")):
            return key, ""
    if named in schema.QUESTIONED and named != "body":
        return named, ""
    number = (found.groupdict().get("number") or found.groupdict().get("paragraph") or "") if found else ""
    return "body", "" if number == "0" else number


# ---- a change of one value ---------------------------------------------------------------------------------------------------------------


def _applied(
    correction: SuggestedCorrection, part: str, passage: str, path: str, before: bytes, rules: check.Rules
) -> bytes:
    """The bytes with the correction made. Raises NotAnAnswer where it cannot be made, with the reason."""
    if not correction.words or not correction.right:
        raise NotAnAnswer("it does not say both what is there and what should be there.")
    if max(len(correction.words), len(correction.right)) > MOST_CHARACTERS:
        raise NotAnAnswer(f"it is longer than {MOST_CHARACTERS:,} characters.")
    if _MARKS.search(correction.right) or any(unicodedata.category(char)[0] == "C" for char in correction.right):
        raise NotAnAnswer("the right words hold a mark of redaction, or characters that nobody sees.")
    if part != "body" and part not in _CORRECTED:
        raise NotAnAnswer(f"“{part}” has more than one value.")
    text = before.decode("utf-8")
    source = _source(path, before)
    if part == "body":
        if "<" in correction.right:
            raise NotAnAnswer("the right words hold a “<”, which could be read as HTML elsewhere.")
        after = _with_passage(correction, passage, text, source)
    else:
        node = source.fields.get(part)
        value = node.text.strip() if isinstance(node, Scalar) else ""
        after = answers.with_value(text, part, _replaced(_CORRECTED[part].free, correction, value))
    _require_same(path, before, after.encode(), rules, part, passage, correction)
    return after.encode()


def _replaced(free: bool, correction: SuggestedCorrection, value: str) -> str:
    """A value in which the present words are the right ones. Raises NotAnAnswer where they do not stand there once."""
    if _folded(value) == _folded(correction.words):
        return correction.right
    if not free or value.count(correction.words) != 1:
        raise NotAnAnswer("the present words are not there, or not once.")
    return value.replace(correction.words, correction.right)


def _with_passage(correction: SuggestedCorrection, passage: str, text: str, source: Source) -> str:
    """The text of a file with the words of its body changed. Raises NotAnAnswer where they do not stand there once, as plain words."""
    passages = _body(source)[0]
    if passage and passage not in passages:
        raise NotAnAnswer(f"there is no paragraph {passage}.")
    head = text[: len(text) - len(text.split("\n", source.body_line - 1)[-1])]
    body = text[len(head) :]
    pattern = r"\s+".join(re.escape(word) for word in correction.words.split())
    places = [found for found in re.finditer(pattern, body) if not passage or _is_in(found[0], passages[passage])]
    if len(places) != 1:
        raise NotAnAnswer("the present words are not in the text, not once, or with marks in them.")
    (place,) = places
    return head + body[: place.start()] + correction.right + body[place.end() :]


def _is_in(words: str, passage: str) -> bool:
    return _folded(words) in _folded(passage)


def _body(source: Source) -> tuple[dict[str, str], tuple[str, ...]]:
    """The plain words of each paragraph, item and row of a body by its number, and where its links lead as they are written."""
    redacted = redaction.apply(source.body, Location(source.body_line))
    body, _ = markup.convert(redacted.text, markup.Context(location=redacted.location))
    passages = {str(number): text for number, text in enumerate(body.paragraphs, 1)}
    return passages | {part.number: part.text for part in body.parts}, tuple(link.written for link in body.links)


def _source(path: str, data: bytes) -> Source:
    source = read.source(read.FileData(path, data))
    if not isinstance(source, Source):
        raise NotAnAnswer(f"the file cannot be read any more: {source.message}")
    return source


def _require_same(
    path: str,
    before: bytes,
    after: bytes,
    rules: check.Rules,
    part: str,
    passage: str,
    correction: SuggestedCorrection | None = None,
) -> None:
    """Raises NotAnAnswer where more would change than the one value, or it would be something else than the words that were sent."""
    old, new = _source(path, before), _source(path, after)
    values_before, values_after = (_values(source, rules) for source in (old, new))
    differing = {key for key in schema.BY_KEY if values_before[key] != values_after[key]}
    if not differing <= {part}:
        raise NotAnAnswer("more than that would change.")
    if correction is None:
        same_text = old.body == new.body
    elif part == "body":
        (words_before, links_before), (words_after, links_after) = _body(old), _body(new)
        numbers = [number for number, words in words_before.items() if words_after.get(number) != words]
        same_text = (
            links_before == links_after
            and words_before.keys() == words_after.keys()
            and len(numbers) == 1
            and (not passage or numbers[0] == passage)
            and _folded(words_after[numbers[0]])
            == _folded(words_before[numbers[0]]).replace(_folded(correction.words), _folded(correction.right))
        )
    else:
        node = new.fields.get(part)
        same_text = (
            old.body == new.body and isinstance(node, Scalar) and _folded(correction.right) in _folded(node.text)
        )
    if not same_text:
        raise NotAnAnswer("the right words would be read as marks, links or further paragraphs, not as words.")


def _values(source: Source, rules: check.Rules) -> dict[str, Any]:
    return Conversion(rules).values(source.fields, schema.BY_KEY)


# ---- a question ------------------------------------------------------------------------------------------------------------------


def _questioned(correction: SuggestedCorrection, field: str, before: bytes) -> bytes:
    """The bytes with a question under `review`. Raises NotAnAnswer where it cannot be written line by line."""
    asked = {
        "field": field,
        "question": f"A reader says that this is wrong: “{_cut(correction.words)}” Right would be: “{_cut(correction.right)}” Is it so?",
        "evidence": f"Issue {correction.number}: {_cut(correction.source) or 'no source is named'}",
    }
    return answers.with_question(before.decode("utf-8"), asked).encode()


def _cut(text: str) -> str:
    text = one_line(_MARKS.sub("[", text))
    return text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED].rstrip()}…"


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())

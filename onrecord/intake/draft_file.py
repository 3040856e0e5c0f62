"""Record → the text of a release file: front matter in the schema's order, every value quoted, and the body."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import PurePosixPath

from onrecord import dates, omissions, redaction, schema
from onrecord.characters import HIDDEN, LINE_ENDS
from onrecord.intake.document import Record
from onrecord.model import Attachment, Question, Quotation
from onrecord.slugs import slug

_UNSEEN = re.compile(HIDDEN)
# What says nothing of a quotation's words: marks of omissions, and what stands between them.
_OMITTED = re.compile(rf"{omissions.MARK}|[\s,]")
_MARKS = Question(
    "body",
    "The document itself has “((redacted”, written with the square brackets by which this archive marks what it has taken out. Did its "
    "publisher take words out there? Say so in other words.",
)
_NO_TEXT = Question("body", "What is its text, or an abstract of it? None was found in the document.")
_MOST_FRONT = 60 * 1024
_MOST_NAME = 120
_LINE_END = re.compile(rf"\r\n|[{LINE_ENDS}]")
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


def path(record: Record) -> PurePosixPath:
    """Where a record's file stands below the releases folder: `2012/2012-02-08-syria-….md` or `undated/undated-….md`."""
    try:
        date = dates.parse(record.date)
        prefix, year = date.file_prefix, date.sort_text[:4]
    except dates.NotADate:
        prefix, year = "undated", ""
    title = record.title or PurePosixPath(record.source.replace("\\", "/")).stem
    room = _MOST_NAME - len(prefix.encode()) - len("-") - len("-99.md")
    tail = slug(title, room) or slug(record.source, room) or record.sha256[:12]
    return PurePosixPath(year or "undated") / f"{prefix}-{tail}.md"


def free(preferred: PurePosixPath, is_taken: Callable[[str], bool], number: int = 1) -> PurePosixPath:
    """The path, or the path with -2, -3, … where a release of that file name (case and Unicode form apart) is there already. `is_taken`
    is asked with folded names; all up to `number` are known to be taken."""
    name = preferred.name if number == 1 else f"{preferred.stem}-{number}.md"
    while is_taken(folded(name)):
        number += 1
        name = f"{preferred.stem}-{number}.md"
    return preferred.with_name(name)


def folded(name: str) -> str:
    """A file name as a system sees it that ignores case and Unicode form."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def text(record: Record, same_text_as: Sequence[str] = (), files: Sequence[Attachment] = ()) -> str:
    """The draft as a file: `status: draft`, provenance, open questions, body. LF line ends, one newline at the end.

    The file is one that `check` reads without an error: what a document holds that no release may hold is asked about in place of it.
    """
    record = fit(record)
    quotations = [
        quotation
        for quotation in record.quotations
        if quotation.paragraph is not None and _OMITTED.sub("", clean(one_line(quotation.text)))
    ]
    front = _front(record, same_text_as, quotations, files)
    questions = list(record.review)
    while len(front.encode()) > _MOST_FRONT and (quotations or record.notes):
        if not quotations:
            record = replace(record, notes="")
            questions.append(
                Question(
                    "notes",
                    "The notes to editors are too long for the front matter. Move them from the source into the body, or leave them out.",
                )
            )
        elif not any(question.field == "quotations" for question in questions):
            questions.append(
                Question(
                    "quotations", "There are more quotations than the front matter can hold. Add those that matter."
                )
            )
        quotations = quotations[: len(quotations) // 2]
        front = _front(replace(record, review=tuple(questions)), same_text_as, quotations, files)
    return f"---\n{front}---\n{record.body}"


def fit(record: Record) -> Record:
    """The record without what no release may hold — characters, addresses that are none, marks of redactions that are not ours — each of
    which is asked about, as the text is where there is none; the same record again where nothing is to be asked."""
    record = _whole_addresses(record)
    # A field has none of the characters that nobody sees; a quotation stands in the text only if that has none either.
    body, marks = redaction.without_marks(_UNSEEN.sub("", clean(record.body)))
    notes, more = redaction.without_marks(record.notes)
    review = (*record.review, _MARKS) if marks + more else record.review
    if not body.strip() and all(question.field != "body" for question in review):
        review = (*review, _NO_TEXT)
    return replace(record, body=body, notes=notes, review=review)


def _whole_addresses(record: Record) -> Record:
    """The record without addresses that are none; each is asked about."""
    addresses = {"url": record.url, "archived": record.archived}
    wrong = {key: address for key, address in addresses.items() if address and not _is_address(address)}
    if not wrong:
        return record
    questions = (
        Question(f"source.{key}", "What is its address? What was given is not a web address.", address)
        for key, address in wrong.items()
    )
    kept = {key: "" if key in wrong else address for key, address in addresses.items()}
    return replace(record, url=kept["url"], archived=kept["archived"], review=(*record.review, *questions))


def _is_address(address: str) -> bool:
    return schema.is_web_address(address) and one_line(address) == address


def _front(
    record: Record, same_text_as: Sequence[str], quotations: Sequence[Quotation], files: Sequence[Attachment]
) -> str:
    lines: list[str] = []
    for field in schema.FIELDS:
        if field.key == "source":
            origin = {
                "url": record.url,
                "archived": record.archived,
                "file": _origin(record.source),
                "sha256": record.sha256,
            }
            lines += [
                "source:",
                *(_line(f"  {key}", value) for key, value in origin.items() if value or key in ("file", "sha256")),
            ]
        elif field.key == "quotations":
            lines += _tables(
                field.key, [{"speaker": quotation.speaker, "text": quotation.text} for quotation in quotations]
            )
        elif field.key == "files":
            lines += _tables(field.key, [asdict(file) for file in files])
        elif field.key == "review":
            lines += _tables(field.key, [asdict(question) for question in record.review])
        elif field.many:
            items = tuple(same_text_as) if field.key == "same_text_as" else getattr(record, field.key, ())
            lines.append(f"{field.key}: [{', '.join(quoted(item) for item in items)}]")
        elif field.key not in ("rights", "reason"):
            value = "draft" if field.key == "status" else getattr(record, field.key, "")
            lines.append(_line(field.key, value, several=field.type == "markdown"))
    return "\n".join(lines) + "\n"


def _origin(source: str) -> str:
    """The name of a source's file without its folders, which can tell where and by whom it was kept; of a file that stands in another,
    both names."""
    return " # ".join(PurePosixPath(name).name for name in source.replace("\\", "/").split(" # "))


def _line(key: str, value: str, *, several: bool = False) -> str:
    shown = value if several else one_line(value)
    return f"{key}: {quoted(shown)}" if shown else f"{key}:"


def _tables(key: str, tables: Sequence[dict[str, str]]) -> list[str]:
    if not tables:
        return [f"{key}: []"]
    lines = [f"{key}:"]
    for table in tables:
        mark = "-"
        for inner, value in table.items():
            if value:
                lines.append(_line(f"  {mark} {inner}", value))
                mark = " "
    return lines


def clean(value: str) -> str:
    """Text without the characters that no text may hold (XML 1.0 section 2.2), line ends LF."""
    return _NEVER.sub(
        "",
        value.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\x85", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n"),
    )


def one_line(value: str) -> str:
    """A value of the front matter on one line, without characters that nobody sees and marks of redactions that are not ours."""
    return redaction.without_marks(_UNSEEN.sub("", _LINE_END.sub(" ", value)))[0]


def quoted(value: str) -> str:
    """A value as a quoted YAML scalar that reads back as the same text, characters that no text may hold apart."""
    return schema.quoted(_NEVER.sub("", value))

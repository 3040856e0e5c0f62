"""The front-matter vocabulary of a release, written once.

From FIELDS come the checker's typing (`check.fields` has a converter for each Type), the record's JSON, the contribute form and its
rules, `content/release.schema.json` (JSON Schema 2020-12), the table in CONTRIBUTING.md, the template `content/releases/_template.md`
and the skeleton of `new`: a field is added here, and where it is to be shown. Field names follow Dublin Core where it has a word (title,
date, publisher, language, rights, source).
"""

from __future__ import annotations

import json
import re
import urllib.parse
from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

Type = Literal[
    "text",
    "markdown",
    "date",
    "day",
    "choice",
    "language",
    "url",
    "file",
    "path",
    "sha256",
    "number",
    "terms",
    "slug",
    "slugs",
    "quotations",
    "amount",
    "term",
    "figures",
    "files",
    "origin",
    "corrections",
    "questions",
]

KINDS = (
    "press release", "statement", "joint statement", "news story", "report", "briefing", "newsletter", "open letter",
    "urgent action", "public appeal", "speech", "interview", "transcript", "advisory", "submission", "other",
)  # fmt: skip
EXTENTS = ("full", "excerpt", "abstract")
STATUSES = ("draft", "published", "corrected", "withdrawn")
DATE_BASES = ("header", "dateline", "metadata", "body", "inferred", "contributor")
DATE_BASES_FOR_PEOPLE = (
    "At the head of the document",
    "In the line with the place, before the text",
    "In the file’s properties",
    "In the text",
    "It follows from something else",
    "I know it from elsewhere",
)
"""What a person calls the places of DATE_BASES, in their order."""
EXTENTS_FOR_PEOPLE = ("The whole text", "Parts of it", "A summary in your own words")
FILE_ROLES = ("original", "scan", "photograph", "translation", "attachment", "web capture")
NOT_STATED = "not stated"


class Field(Struct, frozen=True):
    """One key of the front matter: what may stand under it and a word of help for the person who fills it in.

    `choices` are the allowed values of a choice; `vocabulary` names the file whose labels are allowed (topics, places, names);
    `needed` fields may be left empty only in a draft whose `review` asks about them, a speaker where it asks about quotations; `fields` are
    the keys below an origin, a quotation, a figure, a file or a question. In the forms (the site's and the repository's), `label` is its
    name where the key alone is not clear, `plain` the help for people who know no file format, where `help` speaks of one,
    `plain_choices` are the `choices` in words, `in_form` is false where a maintainer or `import` knows it, or it follows from the rest,
    and `long` text has several lines.
    `published` is a word of help for the reader of the published tables, where what is said to the writer of a record does not fit there.
    """

    key: str
    type: Type
    help: str
    needed: bool = False
    choices: tuple[str, ...] = ()
    vocabulary: str = ""
    example: str = ""
    fields: tuple[Field, ...] = ()
    label: str = ""
    in_form: bool = True
    long: bool = False
    published: str = ""
    plain: str = ""
    plain_choices: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self.label or self.key.replace("_", " ").capitalize()

    @property
    def for_people(self) -> str:
        """The word of help for a person who knows no file format."""
        return self.plain or self.help

    @property
    def free(self) -> bool:
        """True for text of any words, so that a `#` behind it, where it is not quoted, would cut some off."""
        return self.type in ("text", "markdown", "file", "path")

    @property
    def many(self) -> bool:
        """True where a list of values stands."""
        return self.type in ("terms", "slugs", "quotations", "figures", "files", "corrections", "questions")


FIELDS: tuple[Field, ...] = (
    Field(
        "title",
        "text",
        "The title as the publisher printed it.",
        needed=True,
        example="Harbour: Ferry crews ask for light",
    ),
    Field("subtitle", "text", "The second headline, if there is one."),
    Field(
        "date",
        "date",
        "When it was published, as exactly as the source says and no more (EDTF): `2012-02-08`, `2012-02`, `2012`, `2012~` (about), "
        "`2012?` (uncertain), `XXXX-08-01` (year not stated), `XXXX` (not stated).",
        needed=True,
        example="2012-02-08",
        plain="When it was published, as exactly as the source says and no more. Write it in your own way: 8 February 2012, February 2012, "
        "2012. Where the year is not stated, write the day and the month.",
    ),
    Field(
        "date_as_written",
        "text",
        "The date in the source's own words.",
        example="08 February 2012",
        label="Date as it is printed",
    ),
    Field(
        "date_basis",
        "choice",
        "Where the date is in the source.",
        choices=DATE_BASES,
        example="header",
        label="Where the date is",
        plain="Where in the source you have read it.",
        plain_choices=DATE_BASES_FOR_PEOPLE,
    ),
    Field(
        "publisher",
        "text",
        "Who published it; `not stated` where the source does not say.",
        needed=True,
        example="Amnesty International",
        published="Who published it; empty where the source does not say.",
        plain="Who published it. Choose “Not stated” where the source does not say.",
    ),
    Field(
        "reference",
        "text",
        "The publisher's own number for it; one number stands for one release.",
        example="PRE 01/069/2012",
        label="Reference number",
        plain="The publisher's own number for it, as it is printed.",
    ),
    Field(
        "kind",
        "choice",
        "What it is.",
        choices=KINDS,
        example="press release",
        label="Kind of document",
        plain="What the publisher calls it.",
    ),
    Field(
        "language",
        "language",
        "The language it is written in, as a BCP 47 tag: `en`, `ar`, `pt-BR`.",
        needed=True,
        example="en",
        plain="The language it is written in, by its name: English, Arabic, français.",
    ),
    Field(
        "extent",
        "choice",
        "`full`: the whole text; `excerpt`: parts of it, omissions marked (…); `abstract`: the archive's own summary.",
        needed=True,
        choices=EXTENTS,
        example="full",
        label="How much of it this is",
        plain="The whole text as it was published, or less.",
        plain_choices=EXTENTS_FOR_PEOPLE,
    ),
    Field(
        "dateline",
        "text",
        "The place and date line at the head of the text, as printed.",
        label="Line with place and date",
        plain="The words before the text, as printed: “Lisbon, 8 February 2012 –”.",
    ),
    Field(
        "topics",
        "terms",
        "What it is about: labels from topics.toml.",
        vocabulary="topics",
        example="[Armed conflict]",
        published="What it is about: labels of `topics.csv`.",
        plain="What it is about. What is not in the list you can propose.",
    ),
    Field(
        "places",
        "terms",
        "Where: labels from places.toml.",
        vocabulary="places",
        example="[Old Quay, Lisbon]",
        published="The places that it names: labels of `places.csv`.",
        plain="The places that it names. A place that is not in the list you can propose.",
    ),
    Field(
        "names",
        "terms",
        "People and organizations: labels from names.toml.",
        vocabulary="names",
        example="[Salil Shetty]",
        published="People and organizations: labels of `names.csv`.",
        label="People and organizations",
        plain="Those that it names. Who is not in the list you can propose.",
    ),
    Field(
        "same_text_as",
        "slugs",
        "Other publications of the same text: their file names without `.md`.",
        in_form=False,
        published="Other publications of the same text, by their slugs.",
    ),
    Field(
        "translation_of",
        "slug",
        "The release that this one is a translation of: its file name without `.md`. All translations of one release find each other.",
        in_form=False,
        published="The slug of the release that this one is a translation of.",
    ),
    Field(
        "corrects",
        "slugs",
        "The releases that this one corrects: their file names without `.md`.",
        in_form=False,
        published="The slugs of the releases that this one corrects.",
    ),
    Field(
        "follows",
        "slugs",
        "The releases that this one continues, as a further notice continues an urgent action: their file names without `.md`.",
        in_form=False,
        published="The slugs of the releases that this one continues.",
    ),
    Field(
        "quotations",
        "quotations",
        "Who is quoted with which words.",
        published="How many quotations it has; they are the rows of `quotations.csv`.",
        fields=(
            Field("speaker", "text", "Who said it, as named in the source.", needed=True),
            Field(
                "text",
                "text",
                "The words, exactly as they are in the body.",
                label="Words",
                long=True,
                plain="The words, exactly as they are in the text.",
            ),
            Field(
                "summary",
                "text",
                "In an abstract, instead of `text`: what was said, in the archive's own words.",
                long=True,
                plain="In a summary, in place of the words: what was said, in your own words.",
            ),
            Field(
                "paragraph",
                "number",
                "The number of the body's paragraph; found automatically where `text` is in the body.",
                in_form=False,
                published="The number of the paragraph that it is in; empty where that is not certain.",
            ),
        ),
    ),
    Field(
        "figures",
        "figures",
        "Numbers that are reported, each with what it counts and who reports it.",
        label="Figures reported",
        published="How many reported numbers it has; they are the rows of `figures.csv`.",
        in_form=False,
        fields=(
            Field(
                "value",
                "text",
                "The number as printed, with its words: `more than 200`.",
                needed=True,
                example="more than 200",
            ),
            Field(
                "low",
                "amount",
                "The least it can be, in digits; empty where the words leave it open. Not needed where `value` is a plain number.",
                published="The least it can be; empty where the words leave it open.",
            ),
            Field(
                "high",
                "amount",
                "The most it can be, in digits; empty where the words leave it open, as `more than` does.",
                published="The most it can be; empty where the words leave it open, as `more than` does.",
            ),
            Field("counts", "text", "What is counted, and since when, in the words of the source.", needed=True),
            Field(
                "series",
                "text",
                "A name of the archive's own for figures of several releases that count the same thing over the same time; they are drawn "
                "as one line.",
            ),
            Field("by", "text", "Who reports it, as named in the source; empty where it does not say."),
            Field("as_of", "date", "The day that the number is of (EDTF); empty where the source does not say."),
            Field(
                "place",
                "term",
                "Where: one of the release's `places`.",
                vocabulary="places",
                published="Where: a label of `places.csv`; empty where the source does not say.",
            ),
            Field(
                "paragraph",
                "number",
                "The number of the body's paragraph; found automatically where `value` is in one paragraph alone.",
                published="The number of the paragraph that it is in; empty where that is not certain.",
            ),
        ),
    ),
    Field(
        "files",
        "files",
        "The document itself and what belongs to it: originals, scans, photographs, attachments.",
        published="How many files the record names: originals, scans, photographs, attachments.",
        label="Files that belong to it",
        plain="The document itself, scans, photographs, annexes. Only their names are written down here: send the files themselves along.",
        fields=(
            Field(
                "file",
                "path",
                "Its place below `content/files/`.",
                label="Name of the file",
                plain="A name can say who you are: give the file another one first where it does.",
            ),
            Field("url", "url", "In place of `file`: the address of what is kept elsewhere.", in_form=False),
            Field(
                "role",
                "choice",
                "What it is to the release.",
                needed=True,
                choices=FILE_ROLES,
                label="What it is",
                plain="The document itself, a picture of it, or something beside it.",
            ),
            Field("label", "text", "What it is called on the page, or what a picture shows.", in_form=False),
            Field("language", "language", "The language it is written in, as a BCP 47 tag.", in_form=False),
            Field(
                "rights",
                "text",
                "Why it may be published here: who allows it. Without it the page names the file and its hash only.",
                label="Who has the rights",
                plain="Who has the rights in it, and who allows that it is published here. Leave it empty if you do not know.",
            ),
            Field("sha256", "sha256", "The SHA-256 of its bytes, 64 hexadecimal digits.", needed=True, in_form=False),
        ),
    ),
    Field("notes", "markdown", "Notes to editors, kept apart from the text.", label="Notes to editors"),
    Field(
        "source",
        "origin",
        "Where the text comes from.",
        label="Where it comes from",
        plain="What others can look at.",
        fields=(
            Field("url", "url", "The address it was published at.", label="Address"),
            Field("archived", "url", "The address of a web archive's copy.", label="Archived copy"),
            Field("file", "file", "The name of the file it was imported from.", in_form=False),
            Field("sha256", "sha256", "The SHA-256 of that file, 64 hexadecimal digits.", in_form=False),
        ),
    ),
    Field("rights", "text", "Who holds the rights.", example="© Amnesty International"),
    Field(
        "status",
        "choice",
        "`draft`: not on the site; `published`; `corrected`: changed since, `reason` says how; `withdrawn`: only title and `reason` stay.",
        published="`published`, or `corrected`: changed since, `reason` says how.",
        choices=STATUSES,
        example="published",
        in_form=False,
    ),
    Field(
        "reason", "text", "Why it was corrected or withdrawn.", in_form=False, published="Why the record was corrected."
    ),
    Field(
        "added",
        "day",
        "The day on which it came into the archive; where it is empty, git knows it.",
        example="2026-11-26",
        in_form=False,
        published="The day on which it came into the archive; empty where the record does not say.",
    ),
    Field(
        "changed",
        "day",
        "The day on which it was last corrected, or withdrawn; where it is empty, git knows it.",
        example="2026-11-26",
        in_form=False,
        published="The day on which it was last corrected; empty where the record does not say.",
    ),
    Field(
        "corrections",
        "corrections",
        "What was wrong in this record, and what is right: one entry for each value that was corrected, newest first.",
        in_form=False,
        published="How many corrected values its page lists.",
        fields=(
            Field("date", "date", "When it was corrected, as exactly as it is known.", needed=True),
            Field("field", "text", "The key that was wrong, or `body.3` for the third paragraph.", needed=True),
            Field("was", "text", "What was there. Leave it out where it must not be seen any more."),
            Field("now", "text", "What is there now; empty where it was taken out."),
            Field("found_by", "text", "How it was found, in the archive's own words."),
        ),
    ),
    Field(
        "review",
        "questions",
        "Questions that are still open. A published release has none; “not stated” is an answer.",
        label="Open questions",
        plain="What you are not sure of.",
        fields=(
            Field("field", "text", "The key it is about.", needed=True, label="About", plain="What it is about."),
            Field("question", "text", "The question.", needed=True, long=True),
            Field("evidence", "text", "What speaks for an answer, and where it is.", in_form=False),
        ),
    ),
)
BY_KEY: Mapping[str, Field] = {field.key: field for field in FIELDS}
QUESTIONED: tuple[str, ...] = (*BY_KEY, "body")
"""What a question can be about: a key, or the text below the front matter."""
PARTS: Mapping[str, Mapping[str, Field]] = {
    field.key: {part.key: part for part in field.fields} for field in FIELDS if field.fields
}
"""The fields below an origin, a quotation, a figure, a file or a question, by the key of that and their own."""

# RFC 5646 section 2.1: language, script, region, variants, extensions, private use; only shapes that are in real use.
LANGUAGE_TAG = r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(-x(-[A-Za-z0-9]{1,8})+)?"
_LANGUAGE = re.compile(LANGUAGE_TAG)


def is_language(tag: str) -> bool:
    """True for a well-formed language tag (BCP 47, RFC 5646 section 2.1)."""
    return _LANGUAGE.fullmatch(tag) is not None


NOT_A_LANGUAGE = "“{text}” is not a language tag (BCP 47). Write en, ar, pt-BR and the like."
"""What is wrong with a `text` for which is_language is false."""


def is_web_address(text: str) -> bool:
    """True for a whole http or https address (RFC 3986) of characters that may stand in one."""
    try:
        parts = urllib.parse.urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not _NOT_IN_ADDRESS.search(text)
    except ValueError:
        return False


NOT_AN_ADDRESS = "“{text}” is not a web address. Write the whole of it, from https:// on."
"""What is wrong with a `text` for which is_web_address is false."""
_NOT_IN_ADDRESS = re.compile(r"[\s<>\"\\^`{}|]")


# ---- what is made from FIELDS ----------------------------------------------------------------------------------------------------


def json_schema() -> str:
    """`release.schema.json`: JSON Schema 2020-12 of the front matter, for editors. Indented JSON with a newline at the end.

    It is a little wider than `check`, which also knows the vocabularies and the calendar.
    """
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of a release",
        "type": "object",
        "additionalProperties": False,
        "properties": {field.key: _property(field) for field in FIELDS},
        "required": [field.key for field in FIELDS if field.needed],
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _property(field: Field) -> dict[str, Any]:
    rule: dict[str, Any] = {"description": field.help.replace("`", "")}
    if field.fields:
        inner = {
            "type": "object",
            "additionalProperties": False,
            "properties": {part.key: _property(part) for part in field.fields},
        }
        needed = [part.key for part in field.fields if part.needed]
        if needed:
            inner["required"] = needed
        if field.type == "quotations":
            inner["oneOf"] = [{"required": ["text"]}, {"required": ["summary"]}]
        if field.type == "files":
            inner["oneOf"] = [{"required": ["file"]}, {"required": ["url"]}]
        return (
            {**rule, "type": ["array", "null"], "items": inner}
            if field.many
            else {**rule, **inner, "type": ["object", "null"]}
        )
    if field.many:
        return {**rule, "type": ["array", "null"], "items": {"type": "string", "minLength": 1}, "uniqueItems": True}
    if field.choices:
        return {**rule, "enum": list(field.choices) if field.needed else [*field.choices, None]}
    return rule | _JSON_TYPES.get(field.type, {"type": ["string", "null"]})


_JSON_TYPES: Mapping[Type, dict[str, Any]] = {
    "number": {"type": ["integer", "string", "null"]},
    "amount": {"type": ["number", "string", "null"]},
    "date": {"type": ["string", "integer", "null"], "pattern": "^[-0-9XY]"},
    "day": {"type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "language": {"type": ["string", "null"], "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$"},
    "sha256": {"type": ["string", "null"], "pattern": "^[0-9a-f]{64}$"},
    "url": {"type": ["string", "null"], "pattern": "^https?://"},
}


def front_matter_cms() -> str:
    """`frontmatter.json`: the fields as a content type of Front Matter CMS (an extension of VS Code), which then shows them as a form and
    marks what does not fit. Indented JSON with a newline at the end.

    A date is given as text, for as a date the extension would add a time to it. Quotations, figures, files and questions are left to the
    text: its blocks write a key of their own into each entry.
    """
    settings = {
        "frontMatter.framework.id": "other",
        "frontMatter.content.supportedFileTypes": ["md"],
        "frontMatter.content.autoUpdateDate": False,
        "frontMatter.taxonomy.quoteStringValues": True,
        "frontMatter.validation.enabled": True,
        "frontMatter.content.pageFolders": [
            {"title": "Releases", "path": "[[workspace]]/content/releases", "contentTypes": ["release"]}
        ],
        "frontMatter.taxonomy.contentTypes": [
            {
                "name": "release",
                "pageBundle": False,
                "fields": [
                    _cms_field(field)
                    for field in FIELDS
                    if field.type not in ("quotations", "figures", "files", "corrections", "questions")
                ],
            }
        ],
    }
    return json.dumps(settings, indent=2, ensure_ascii=False) + "\n"


def _cms_field(field: Field) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": field.key,
        "title": field.key.replace("_", " "),
        "description": field.help.replace("`", ""),
    }
    if field.fields:
        return {**entry, "type": "fields", "fields": [_cms_field(part) for part in field.fields]}
    if field.needed:
        entry["required"] = True
    if field.many:
        return {**entry, "type": "list"}
    if field.choices:
        return {**entry, "type": "choice", "choices": list(field.choices)}
    return {**entry, "type": "string", "single": field.type != "markdown"}


def fields_table() -> str:
    """The Markdown table of the fields for CONTRIBUTING.md, without the markers around it; ends with a newline."""
    rows = ["| key | in the form | needed | what is there |", "| --- | --- | --- | --- |"]
    for field in FIELDS:
        shown = field.name if field.in_form else ""
        rows.append(f"| `{field.key}` | {shown} | {'yes' if field.needed else ''} | {field.help}{_allowed(field)} |")
        rows += [
            f"| `{field.key}.{part.key}` | {part.name if shown and part.in_form else ''} | {'yes' if part.needed else ''} | "
            f"{part.help}{_allowed(part)} |"
            for part in field.fields
        ]
    return "\n".join(rows) + "\n"


def _allowed(field: Field) -> str:
    if not field.choices or field.key in ("extent", "status"):
        return ""
    return " One of: " + ", ".join(f"`{choice}`" for choice in field.choices) + "."


TEXT_TO_COME = "Write the text here. Headings start at ##. An omission is written (…)."
"""What stands where the text of a new release will stand."""


def skeleton(values: Mapping[str, str] | None = None) -> str:
    """The text of a release file with every key in its place, its help above it, and `values` filled in where given.

    Values are plain text by key; keys that are not given stay empty. The file is a draft: `check` lets a draft have gaps as long as
    `review` asks about them.
    """
    given = dict(values or {})
    lines = ["---"]
    for field in FIELDS:
        lines.append(f"# {field.help}{_allowed(field)}".replace("`", ""))
        value = given.get(field.key, "")
        if field.type == "origin":
            lines += ["source:", *(f"  {part.key}:" for part in field.fields)]
        elif field.type == "questions":
            gaps = [missing for missing in FIELDS if missing.needed and not given.get(missing.key)]
            lines.append("review:" if gaps else "review: []")
            for gap in gaps:
                lines += [
                    f"  - field: {gap.key}",
                    f"    question: {quoted('Fill in, then delete this question: ' + gap.key + '.')}",
                ]
        elif field.many:
            lines.append(f"{field.key}: []")
        elif not value:
            lines.append(f"{field.key}:")
        else:
            lines.append(f"{field.key}: {quoted(value) if field.free else value}")
    return "\n".join(
        [
            *lines,
            "---",
            "",
            given.get("body", TEXT_TO_COME),
            "",
        ]
    )


def template() -> str:
    """`content/releases/_template.md`: the file to copy."""
    return skeleton({"status": "draft", "language": "", "extent": ""})


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def quoted(text: str) -> str:
    """`text` as a double-quoted YAML scalar on one line (YAML 1.2.2 section 7.3.1) that reads back as the same text."""
    out = []
    for char in text:
        code = ord(char)
        if char in _ESCAPES:
            out.append(_ESCAPES[char])
        elif code < 0x20 or 0x7F <= code <= 0x9F or code in (0x2028, 0x2029, 0xFEFF):
            out.append(f"\\u{code:04x}")
        else:
            out.append(char)
    return '"' + "".join(out) + '"'

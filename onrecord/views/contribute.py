"""How to add a release, and the form that writes its file.

The form's fields, their help and their choices are those of the schema; its words are put into the interface's language here and handed
to the page's script, which checks and writes nothing that it was not given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

import msgspec

from onrecord import characters, languages, routes, schema
from onrecord.schema import Field
from onrecord.views.edition import Edition
from onrecord.views.frame import PageInfo, PageKind, Site

MOST_ADDRESS = 8000
"""The longest address, in bytes, that a browser and a repository's web server pass on without cutting or refusing it."""

# What the page's script says. {field} is a field's label, {text} what was written.
STRINGS: Mapping[str, str] = {
    "missing": "“{field}” is required but missing.",
    "bad-date": "“{text}” is not understood as a date. Write the day, the name of the month and the year, as far as the source states "
    "them: 8 February 2012, February 2012, 2012.",
    "other-date": "“{text}” is not understood as a date; write {date}.",
    "no-month": "“{text}” has month {month}; months run from 01 to 12.",
    "no-day": "“{text}” does not exist: {month} has {days} days.",
    "open-date": "“{text}” leaves something open that cannot be left open there. Write a year, a month with its year, or a whole day.",
    "reversed-date": "“{text}” ends before it starts.",
    "future-date": "“{text}” lies in the future by this device’s clock. Check year, month and day.",
    "date-order": "“{text}” can be read in two ways. Which day is it?",
    "date-century": "“{text}” does not say the century. Which day is it?",
    "date-calendar": "“{text}” is of another calendar. Write the day of the Gregorian calendar, if the source states it.",
    "date-weekday": "“{text}” is another day of the week. Compare it with the source.",
    "asked-date": "Which day is “{text}”? It could be: {choices}.",
    "in-words": "In words: {date}",
    "bad-language": "“{text}” is not known as a language. Write its name in English or in the language itself, or choose from the list.",
    "unknown-term": "“{text}” is not in the list. Choose from the list, or propose it.",
    "near": "Did you mean “{text}”?",
    "propose": "Propose “{text}”",
    "proposed": "Proposed: {text}. A maintainer decides.",
    "new": "{text} (proposed)",
    "asked-term": "“{text}” is proposed for “{field}” and is not in the list yet. Should it be there, spelled so?",
    "asked-publisher": "No release of “{text}” is in the archive yet. Is the publisher spelled so?",
    "new-publisher": "No release of this publisher is here yet. Compare the spelling with the source; a maintainer is asked about it.",
    "asked-file": "The file “{text}” ({role}) belongs to it. Who has the rights: {rights}. Ask for the file if it did not come along.",
    "rights-unknown": "not known",
    "duplicate-value": "“{text}” is already there.",
    "line-break": "“{field}” must be one line. Join the lines.",
    "hidden-character": "“{field}” holds the invisible character {code}. Remove it.",
    "bad-url": schema.NOT_AN_ADDRESS,
    "empty-body": "The release has no text.",
    "heading-level": "The heading “{text}” is of the first level, which is the title’s. Write ## instead of #.",
    "image": "The image “{text}” cannot be sent in with this form. Describe it; a maintainer can add the file.",
    "bad-quotation": "These words are not in the text: “{text}”. Copy them exactly, each paragraph as a quotation of its own.",
    "either": "A quotation has either the very words or, in an abstract, a summary.",
    "only-abstract": "Only an abstract has a summary of what was said. Give the very words.",
    "bad-file-name": "The title has no letter or digit to name the file after.",
    "too-large": "The record is too large: at most 64 KB above the text and 2 MB in all. Divide it into parts.",
    "problems": "Missing or wrong: {n}",
    "no-problems": "Nothing is missing or wrong. A maintainer reads the record before it appears.",
    "no-path": "The file’s name follows from title and date.",
    "suggestions": "Suggestions: {n}",
    "chosen": "Chosen: {text}",
    "removed": "Removed: {text}",
    "remove": "Remove {text}",
    "attach": "Attach these files to the mail yourself: {files}",
    "copied": "Copied.",
    "not-copied": "Copying did not work. Select the text and copy it.",
    "saved": "Saved as {file}.",
}


class Option(msgspec.Struct, frozen=True):
    """One allowed value of a field."""

    value: Annotated[str, "what is written into the file"]
    label: Annotated[str, "the word for it in the interface's language"]


class FormPart(msgspec.Struct, frozen=True):
    """A field below another: a quotation's speaker, a source's address."""

    key: Annotated[str, "its key in the file"]
    label: Annotated[str, "its label"]
    help: Annotated[tuple[str, ...], "its word of help; every second piece is code"]
    control: Annotated[str, "line, lines, url, choice or field (one of the other fields)"]
    needed: Annotated[bool, "true when it may not be empty"]
    options: Annotated[tuple[Option, ...], "its allowed values; may be empty"]


class FormField(msgspec.Struct, frozen=True):
    """A field of the form."""

    key: Annotated[str, "its key in the file"]
    label: Annotated[str, "its label"]
    help: Annotated[tuple[str, ...], "its word of help; every second piece is code"]
    control: Annotated[
        str,
        "what it is filled in with: line, lines, date, publisher, language, choice, extent, terms, origin or list (of parts)",
    ]
    needed: Annotated[bool, "true when it may not be empty"]
    options: Annotated[tuple[Option, ...], "its allowed or usual values; may be empty"]
    parts: Annotated[tuple[FormPart, ...], "the fields below it; may be empty"]


class ContributeView(msgspec.Struct, frozen=True):
    """How to add a release or correct one."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    new_file: Annotated[str, "address that opens an empty release file in the repository; empty without a repository"]
    host: Annotated[str, "the host of the repository, on which an account is needed; empty without a repository"]
    issue_form: Annotated[str, "address of the form that takes a release's text; empty without a repository"]
    template: Annotated[str, "address of the file to copy; empty without a repository"]
    guide: Annotated[str, "address of the guide for contributors; empty without a repository"]
    needed: Annotated[tuple[FormField, ...], "the fields every record needs"]
    others: Annotated[tuple[FormField, ...], "the other fields of the form"]
    script: Annotated[Mapping[str, Any], "what the form's script is given; print it with the filter `tojson`"]


def pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """How to add a release."""
    yield routes.CONTRIBUTE, ()


def view(edition: Edition) -> ContributeView:
    """How to add a release."""

    def translate(english: str) -> str:
        return languages.with_own_months(english, edition.translate(english), edition.language)

    repository = edition.site.repository
    branch = quote(edition.ask.frame().settings.branch)
    tags = {*languages.INTERFACE, *edition.ask.languages()}
    named = sorted(
        (Option(tag, languages.name(tag, edition.language)) for tag in tags if tag != "und"),
        key=lambda option: (languages.sort_key(option.label), option.value),
    )
    fields = tuple(_field(field, translate, tuple(named)) for field in _in_form(schema.FIELDS))

    def at(path: str) -> str:
        return f"{repository}/{path}" if repository else ""

    return ContributeView(
        site=edition.site,
        page=edition.page(routes.CONTRIBUTE, "contribute"),
        new_file=at(f"new/{branch}/content/releases"),
        host=urlsplit(repository).hostname or "",
        issue_form=at("issues/new?template=release.yml"),
        template=at(f"blob/{branch}/content/releases/_template.md"),
        guide=at(f"blob/{branch}/CONTRIBUTING.md"),
        needed=tuple(field for field in fields if field.needed),
        others=tuple(field for field in fields if not field.needed),
        script={
            "language": edition.language,
            "fields": [_rules(field) for field in _in_form(schema.FIELDS)],
            "labels": dict(_labels(translate)),
            "words": {key: translate(text) for key, text in STRINGS.items()},
            "dates": languages.date_phrases(edition.language),
            "tag": schema.LANGUAGE_TAG,
            "hidden": characters.HIDDEN,
            "newFile": at(f"new/{branch}/"),
            "most": MOST_ADDRESS,
        },
    )


PAGES = (PageKind("contribute", pages, view),)


def phrases() -> frozenset[str]:
    """Every English phrase that is put into another language here: labels, help, choices, and what the script says."""
    texts: set[str] = set(STRINGS.values())

    def listen(text: str) -> str:
        texts.add(text)
        return text

    for field in _in_form(schema.FIELDS):
        _field(field, listen, ())
    return frozenset(texts)


def _in_form(fields: Sequence[Field]) -> list[Field]:
    return [field for field in fields if field.in_form]


def _field(field: Field, translate: Callable[[str], str], languages_named: tuple[Option, ...]) -> FormField:
    controls = {"text": "line", "markdown": "lines", "quotations": "list", "files": "list", "questions": "list"}
    return FormField(
        key=field.key,
        label=translate(field.name),
        help=_pieces(translate(field.for_people)),
        control=field.key if field.key in ("publisher", "extent") else controls.get(field.type, field.type),
        needed=field.needed,
        options=languages_named if field.type == "language" else _options(field, translate),
        parts=tuple(
            FormPart(
                key=part.key,
                label=translate(part.name),
                help=_pieces(translate(part.for_people)),
                control="field" if part.key == "field" else "lines" if part.long else part.type,
                needed=part.needed,
                options=_options(part, translate),
            )
            for part in _in_form(field.fields)
        ),
    )


def _options(field: Field, translate: Callable[[str], str]) -> tuple[Option, ...]:
    shown = field.plain_choices or field.choices
    return tuple(Option(value, _capital(translate(words))) for value, words in zip(field.choices, shown, strict=True))


def _rules(field: Field) -> dict[str, Any]:
    """What the script needs to know of a field: its key, its type, and the same of those below it."""
    rules: dict[str, Any] = {"key": field.key, "type": field.type}
    if field.needed:
        rules["needed"] = True
    if field.fields:
        rules["fields"] = [_rules(part) for part in _in_form(field.fields)]
    return rules


def _labels(translate: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    for field in _in_form(schema.FIELDS):
        yield field.key, translate(field.name)
        for part in _in_form(field.fields):
            yield f"{field.key}.{part.key}", translate(part.name)


def _pieces(text: str) -> tuple[str, ...]:
    return tuple(text.split("`"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

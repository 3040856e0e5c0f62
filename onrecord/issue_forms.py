"""The questions of the repository's two forms, in their order: a release, and a correction. `build.py derive` writes the forms from them
(.github/ISSUE_TEMPLATE), `receive` reads the answers by them, and the site's own form for a correction asks the same.

GitHub writes the answers one below the other, each under its question as a heading ("### Title"). The text of a release is the last, so
that nothing in it can answer another question.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from onrecord import schema

Kind = Literal["input", "textarea", "dropdown"]
UNKNOWN = "I do not know"


class FormQuestion(Struct, frozen=True):
    """A question of a form. `key` is its id in addresses; `options` are those of a dropdown, of which the first is chosen at the
    beginning; `literal` is a text in which nothing is markup."""

    key: str
    label: str
    help: str = ""
    kind: Kind = "input"
    options: tuple[str, ...] = ()
    needed: bool = False
    literal: bool = False


def _of_field(key: str, help_words: str = "", kind: Kind = "input") -> FormQuestion:
    """A question about a field of the schema, in its words."""
    field = schema.BY_KEY[key]
    options = (UNKNOWN, *(choice.capitalize() for choice in field.choices)) if kind == "dropdown" else ()
    return FormQuestion(key, field.name, help_words or field.for_people, kind, options)


_OR_EMPTY = "Leave it empty if the text says it."
_EACH = "One on each line, in your own words. What the archive does not know yet is proposed to it."
STATED = ("title", "date", "publisher", "language", "kind")
"""The fields of which the form asks one value each."""
TERMS = ("topics", "places", "names")
"""The fields of which it asks several, each an entry of a vocabulary or proposed as one."""
RELEASE: tuple[FormQuestion, ...] = (
    FormQuestion(
        "address", "Address", "Where it was published, from https:// on. Leave it empty if you do not know."
    ),
    FormQuestion("archived", "Archived copy", "The address of a web archive's copy, if there is one."),
    FormQuestion(
        "rights",
        "May the text be republished here?",
        kind="dropdown",
        options=(
            UNKNOWN,
            "Yes, and I say why in a comment below this issue",
            "No: it needs a summary in the archive's own words",
        ),
        needed=True,
    ),
    _of_field("title", f"The title as it is printed. {_OR_EMPTY}"),
    _of_field("date", f"In your own way: 8 February 2012, February 2012, 2012. {_OR_EMPTY}"),
    _of_field("publisher", f"Who published it. {_OR_EMPTY}"),
    _of_field("language", f"By its name: English, Arabic, français. {_OR_EMPTY}"),
    _of_field("kind", kind="dropdown"),
    *(_of_field(key, f"{words} {_EACH}", "textarea") for key, words in (
        ("topics", "What it is about."), ("places", "The places that it names."), ("names", "Those that it names."),
    )),
    FormQuestion(
        "belonging",
        "Files that belong to it",
        "Each on a line of its own: the name of the file; what it is (original, scan, photograph, translation, annex); who has the rights "
        "in it. Nothing is fetched: a maintainer asks you for them.",
        "textarea",
    ),
    FormQuestion(
        "files",
        "Files",
        "If you have the text as a file (PDF, Word, a saved page, mail or text), drop it here; up to five. It becomes public with this "
        "issue.",
        "textarea",
    ),
    FormQuestion(
        "text",
        "The text",
        "Or paste the whole of it as it was published, with its headline, date and reference number. Change nothing.",
        "textarea",
        literal=True,
    ),
)  # fmt: skip
CORRECTION: tuple[FormQuestion, ...] = (
    FormQuestion("page", "Page", "The address of the page, or the title of the release.", needed=True),
    FormQuestion(
        "part",
        "Part",
        "What of it: paragraph 3, title, date, publisher, reference … Leave it empty if you do not know.",
    ),
    FormQuestion(
        "words",
        "The present words",
        "What is there now and is wrong, word by word and no more than that. Or say here what is missing.",
        "textarea",
        needed=True,
    ),
    FormQuestion(
        "right",
        "The right words",
        "Only what is to be in their place. If you do not know it, say what is wrong.",
        "textarea",
        needed=True,
    ),
    FormQuestion("source", "Where that can be seen", "A source that others can check.", "textarea", needed=True),
)
_RELEASE_NOTICE = (
    "Everyone can read what you write here, and see your account's name. If that could put you or somebody else at risk, do not send it "
    "here: the site's *About* page says whom to write to."
)
_CORRECTION_NOTICE = (
    "Everyone can read what you write here, and see your account's name. If somebody is at risk, or a record must be taken down, do not "
    "write here: the site's *About* page says whom to write to."
)


def release_form() -> str:
    """`.github/ISSUE_TEMPLATE/release.yml`."""
    words = (
        "Paste the text of a press release or statement. It needs an account here, and no knowledge of formats; a maintainer takes it "
        "from there."
    )
    return "\n".join(_form("Send in a release", words, "Release: ", _RELEASE_NOTICE, RELEASE)) + "\n"


def correction_form() -> str:
    """`.github/ISSUE_TEMPLATE/correction.yml`."""
    words = "Something in a record, or on a page, is wrong or missing."
    return "\n".join(_form("Suggest a correction", words, "Correction: ", _CORRECTION_NOTICE, CORRECTION)) + "\n"


def _form(name: str, words: str, title: str, notice: str, questions: Iterable[FormQuestion]) -> Iterator[str]:
    """The lines of a form (GitHub's syntax for issue forms). A JSON string is a YAML string (YAML 1.2.2, section 1.3)."""
    yield "# Made by `python build.py derive` from onrecord/issue_forms.py."
    yield f"name: {_quoted(name)}"
    yield f"description: {_quoted(words)}"
    yield f"title: {_quoted(title)}"
    yield "body:"
    yield from ("  - type: markdown", "    attributes:", f"      value: {_quoted(notice)}")
    for question in questions:
        yield from (f"  - type: {question.kind}", f"    id: {question.key}", "    attributes:")
        yield f"      label: {_quoted(question.label)}"
        if question.help:
            yield f"      description: {_quoted(question.help)}"
        if question.literal:
            yield "      render: text"
        if question.options:
            yield "      options:"
            yield from (f"        - {_quoted(option)}" for option in question.options)
            yield "      default: 0"
        if question.needed:
            yield from ("    validations:", "      required: true")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

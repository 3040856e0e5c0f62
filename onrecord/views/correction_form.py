"""The page on which a reader suggests a correction, of any page of the site: a form that sends nothing itself.

Its questions are those of the repository's form, so that whatever reaches the maintainers reads alike. Which page it is about, which
paragraph and its words come behind the `#` of the address, which no server is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any
from urllib.parse import urlsplit

import msgspec

from onrecord import issue_forms, routes
from onrecord.views.edition import Edition
from onrecord.views.frame import PageInfo, PageKind, Site

MOST_ADDRESS = 7500
"""The longest address, in bytes, that the script fills in; above that a repository's web server may refuse it."""

STRINGS: Mapping[str, str] = {
    "missing": "Fill this in: {field}",
    "ready": "Everything is there. Send it by one of these ways.",
    "copied": "Copied.",
    "not-copied": "Copying did not work. Select the text and copy it.",
    "saved": "Saved as {file}.",
}


class CorrectionQuestion(msgspec.Struct, frozen=True):
    """A question of the form."""

    key: Annotated[str, "its key"]
    heading: Annotated[
        str, "what stands above the answer in what is sent, the same in every language: a program reads it too"
    ]
    label: Annotated[str, "its label"]
    help: Annotated[str, "a word of help"]
    has_lines: Annotated[bool, "true when its answer may have several lines"]
    needed: Annotated[bool, "true when it may not be empty"]


class CorrectionFormView(msgspec.Struct, frozen=True):
    """How to suggest a correction."""

    site: Annotated[Site, "the archive and the edition"]
    page: Annotated[PageInfo, "the page itself: its address, section and languages"]
    host: Annotated[str, "the host of the repository, on which an account is needed; empty without a repository"]
    issue_form: Annotated[str, "address of the repository's form for a correction; empty without a repository"]
    questions: Annotated[tuple[CorrectionQuestion, ...], "what the form asks"]
    script: Annotated[Mapping[str, Any], "what the form's script is given; print it with the filter `tojson`"]


def pages(edition: Edition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The page."""
    yield routes.SUGGEST, ()


def view(edition: Edition) -> CorrectionFormView:
    """The page."""
    repository = edition.site.repository
    questions = tuple(
        CorrectionQuestion(
            question.key,
            question.label,
            edition.translate(question.label),
            edition.digits(edition.translate(question.help)),
            question.kind == "textarea",
            question.needed,
        )
        for question in issue_forms.CORRECTION
    )
    return CorrectionFormView(
        site=edition.site,
        page=edition.page(routes.SUGGEST, "suggest"),
        host=urlsplit(repository).hostname or "",
        issue_form=f"{repository}/issues/new?template=correction.yml" if repository else "",
        questions=questions,
        script={
            "base": routes.address(edition.ask.frame().settings.base_url, ""),
            "words": {key: edition.translate(text) for key, text in STRINGS.items()},
            "most": MOST_ADDRESS,
        },
    )


PAGES = (PageKind("suggest", pages, view),)


def phrases() -> frozenset[str]:
    """Every English phrase that is put into another language here."""
    asked = (words for question in issue_forms.CORRECTION for words in (question.label, question.help))
    return frozenset({*STRINGS.values(), *asked})

"""The kinds of pages, and what each template receives: frozen views, made from what an edition answers.

A page's text is a function of its view and its template. Every field of a view carries its word of help; templates/README.md is made
from them (`readme`).
"""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping

from onrecord.views import (
    comparing,
    contract,
    contribute,
    correction_form,
    corrections,
    data_page,
    date_pages,
    dated_editions,
    figure_pages,
    groups,
    home,
    indexes,
    pictures,
    quotation_pages,
    reference_pages,
    release,
)
from onrecord.views.frame import PageKind

TEMPLATES: dict[str, type] = {
    "home.html": home.HomeView,
    "releases.html": home.ReleasesView,
    "release.html": release.ReleaseView,
    "withdrawn.html": release.WithdrawnView,
    "groups.html": indexes.IndexView,
    "group.html": groups.GroupView,
    "part.html": groups.PartView,
    "dates.html": date_pages.DatesView,
    "year.html": date_pages.YearView,
    "month.html": date_pages.MonthView,
    "undated.html": date_pages.UndatedView,
    "timeline.html": pictures.TimelineView,
    "map.html": pictures.MapView,
    "references.html": reference_pages.ReferencesView,
    "publisher-references.html": reference_pages.PublisherReferencesView,
    "quotations.html": quotation_pages.QuotationsView,
    "speaker.html": quotation_pages.SpeakerView,
    "figures.html": figure_pages.FiguresView,
    "counted.html": figure_pages.CountedView,
    "compare.html": comparing.CompareView,
    "side-by-side.html": comparing.SideBySideView,
    "corrections.html": corrections.CorrectionsView,
    "editions.html": dated_editions.EditionsView,
    "edition.html": dated_editions.EditionView,
    "data.html": data_page.DataView,
    "article.html": home.ArticleView,
    "contribute.html": contribute.ContributeView,
    "suggest.html": correction_form.CorrectionFormView,
    "colophon.html": home.ColophonView,
    "search-page.html": home.SearchPageView,
    "phrases.js": home.PhrasesView,
    "404.html": home.NotFoundView,
}
"""The view each template receives: its fields are the template's variables."""


KINDS: tuple[PageKind, ...] = (
    *home.PAGES,
    *contribute.PAGES,
    *correction_form.PAGES,
    *release.PAGES,
    *indexes.PAGES,
    *groups.PAGES,
    *date_pages.PAGES,
    *pictures.PAGES,
    *reference_pages.PAGES,
    *quotation_pages.PAGES,
    *figure_pages.PAGES,
    *comparing.PAGES,
    *corrections.PAGES,
    *dated_editions.PAGES,
)
"""Every kind of page of the site but the last. The order is fixed; no name and no path comes twice."""

LAST: tuple[PageKind, ...] = data_page.PAGES
"""The kinds of pages that tell of other files as they were written, and are made when these are."""


def _templates() -> Iterator[tuple[str, str]]:
    templates = {view: template for template, view in TEMPLATES.items()}
    for kind in (*KINDS, *LAST):
        yield kind.name, templates[typing.get_type_hints(kind.view)["return"]]


TEMPLATE_OF: Mapping[str, str] = dict(_templates())
"""The template of each kind of page, by the kind's name: the one that receives what its `view` returns."""


def readme() -> str:
    """The text of templates/README.md: what each template receives."""
    return contract.readme(TEMPLATES)


__all__ = ["KINDS", "LAST", "TEMPLATES", "TEMPLATE_OF", "readme"]

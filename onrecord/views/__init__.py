"""What each template receives: the pages of an archive as frozen views.

A page's text is a function of its view and its template, so a view whose value has not changed is a page that has not changed. Every
field carries its word of help; templates/README.md is made from them (`readme`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onrecord.model import Archive
from onrecord.views import (
    comparing,
    contract,
    contribute,
    dates,
    groups,
    home,
    pictures,
    quotations,
    references,
    release,
)
from onrecord.views.edition import Edition, interface_languages
from onrecord.views.frame import Build

TEMPLATES: dict[str, type] = {
    "home.html": home.HomeView,
    "releases.html": home.ReleasesView,
    "release.html": release.ReleaseView,
    "withdrawn.html": release.WithdrawnView,
    "groups.html": groups.GroupsView,
    "group.html": groups.GroupView,
    "part.html": groups.PartView,
    "dates.html": dates.DatesView,
    "year.html": dates.YearView,
    "month.html": dates.MonthView,
    "undated.html": dates.UndatedView,
    "timeline.html": pictures.TimelineView,
    "map.html": pictures.MapView,
    "references.html": references.ReferencesView,
    "publisher-references.html": references.PublisherReferencesView,
    "quotations.html": quotations.QuotationsView,
    "speaker.html": quotations.SpeakerView,
    "compare.html": comparing.CompareView,
    "article.html": home.ArticleView,
    "contribute.html": contribute.ContributeView,
    "colophon.html": home.ColophonView,
    "search-page.html": home.SearchPageView,
    "404.html": home.NotFoundView,
}
"""The view each template receives: its fields are the template's variables."""


Say = Callable[[str], str]


def pages(
    archive: Archive, build: Build, words: Callable[[str], Say] = lambda _: str
) -> Iterator[tuple[str, str, object]]:
    """Every HTML page of the site as (path, template, view), in every interface language, the archive's own first.

    `words` gives for a language what says English words of the interface in it (`render.Renderer.words`); most words stand in the
    templates, only the search page hands some to its script.
    `path` is relative to the site, with forward slashes. The order is fixed and no path comes twice.
    """
    for language in interface_languages(archive.settings):
        edition = Edition(archive, build, language, words(language))
        for path, template, view in _pages(edition):
            yield edition.prefix + path, template, view


def readme() -> str:
    """The text of templates/README.md: what each template receives."""
    return contract.readme(TEMPLATES)


def _pages(edition: Edition) -> Iterator[tuple[str, str, object]]:
    archive = edition.archive
    yield from home.pages(edition)
    for one in archive.releases:
        path = f"releases/{one.slug}.html"
        if one.status == "withdrawn":
            yield path, "withdrawn.html", release.withdrawn(edition, one)
        else:
            yield path, "release.html", release.view(edition, one)
    yield from groups.pages(edition, "topics", archive.topics)
    yield from groups.pages(edition, "places", archive.places)
    yield from groups.pages(edition, "names", archive.names)
    yield from groups.pages(edition, "publishers", archive.publishers)
    yield from dates.pages(edition)
    yield from pictures.pages(edition)
    yield from references.pages(edition)
    yield from quotations.pages(edition)
    yield from comparing.pages(edition)


__all__ = ["TEMPLATES", "Build", "pages", "readme"]

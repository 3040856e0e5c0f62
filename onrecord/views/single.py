"""One page at a time, for somebody who looks at the archive while it is being edited."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.model import Group
from onrecord.views import comparing, dates, groups, home, pictures, quotations, references, release
from onrecord.views.edition import Edition


def page(edition: Edition, path: str) -> tuple[str, object] | None:
    """The template and the view of the page at `path` (relative to the site), or None where the edition has no such page.

    The same as in `pages`, without making the views of all the others.
    """
    inner = path.removeprefix(edition.prefix)
    return next((made[1:] for made in _near(edition, inner) if made[0] == inner), None)


def _near(edition: Edition, path: str) -> Iterator[tuple[str, str, object]]:
    """Pages among which the one at `path` is, if it is anywhere; no more of them than its index needs."""
    archive = edition.archive
    folder, _, rest = path.partition("/")
    slug = rest.partition("/")[0].removesuffix(".html")
    grouped: dict[str, tuple[Group, ...]] = {
        "topics": archive.topics,
        "places": archive.places,
        "names": archive.names,
        "publishers": archive.publishers,
    }
    if folder == "releases" and slug in edition.slugs:
        one = edition.slugs[slug]
        if one.status == "withdrawn":
            yield path, "withdrawn.html", release.withdrawn(edition, one)
        else:
            yield path, "release.html", release.view(edition, one)
    elif folder in grouped:
        of_slug = tuple(group for group in grouped[folder] if group.slug == slug)
        if of_slug:
            # The index of a single group is one small page; the group's own pages are what is looked for.
            yield from groups.pages(edition, folder, of_slug)
        else:
            yield from groups.pages(edition, folder, grouped[folder])
    elif folder == "dates":
        yield from dates.pages(edition)
    elif folder == "references":
        yield from references.pages(edition)
    elif folder == "quotations":
        yield from quotations.pages(edition)
    elif folder == "compare":
        yield from comparing.pages(edition)
    else:
        yield from home.pages(edition)
        yield from pictures.pages(edition)

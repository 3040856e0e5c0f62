"""The releases of a topic, place, name, publisher or year as files, and those of the whole archive: citations and a table.

They are made from what other outputs are: a list of citations of the files of its releases, which are there already. So no text is read and
no citation is made again for a list, however many lists a release is in; and a list is made anew only where one of these files, or which
of them it holds, has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from onrecord import bibliography, packed, routes, tabular
from onrecord.digests import digest, encoded
from onrecord.list_formats import OF_PAGE, PACKED, archive_ending, ending_of
from onrecord.model import Card, Listed
from onrecord.reader import GROUPS, UNDATED, Reader

OF_ARCHIVE = tuple(bibliography.FORMATS)
"""The endings of the files of all releases."""

MAKERS: Mapping[str, str] = {"bib": "bibtex", "ris": "ris", "csl.json": "csl-json"}
"""The maker of the files that a list of citations is put together from, by ending."""

COLUMNS = ("address", "title", "date", "publisher", "reference", "kind", "language", "extent", "status")
"""The columns of a list, under the names and in the forms that `data/releases.csv` has, which has more: a release stands in ten lists."""

_VERSION = b"3"
_MOST_ROWS = 100_000
"""How many rows are at hand while tables are put together."""


class Listing(Struct, frozen=True):
    """Releases that are written as files: the page they stand on, empty for all of the archive, and their slugs, newest first."""

    page: str
    slugs: tuple[str, ...]

    @property
    def endings(self) -> tuple[str, ...]:
        """The formats in which they are written."""
        return tuple(ending for ending, _, _ in OF_PAGE) if self.page else OF_ARCHIVE

    def path(self, ending: str) -> str:
        """The path of one of the files, which is packed where the list is long."""
        if self.page:
            return routes.list_file(self.page, ending_of(ending, len(self.slugs)))
        return routes.archive_list(archive_ending(ending, len(self.slugs)))


def listings(ask: Reader) -> Iterator[Listing]:
    """All that is written so. A group or year without a release that stands has no files; the archive always has them."""
    yield Listing("", _slugs(ask.listed()))
    for folder in GROUPS:
        for slug in ask.group_slugs(folder):
            group = ask.group(folder, slug)
            yield from _of_page(routes.group(folder, slug), group.cards if group else ())
    for label, *_ in ask.year_labels():
        year = ask.year(label)
        yield from _of_page(routes.period(label), year.listed if year else ())
    yield from _of_page(routes.period(UNDATED), ask.undated())


def _of_page(page: str, listed: Iterable[Listed]) -> Iterator[Listing]:
    slugs = _slugs(listed)
    if slugs:
        yield Listing(page, slugs)


def _slugs(listed: Iterable[Listed]) -> tuple[str, ...]:
    return tuple([each.slug for each in listed if isinstance(each, Card)])


class ListFiles:
    """The files of all lists of an archive. `sha256` gives by ending and path the SHA-256 of each file that citations are put together
    from, `read` the bytes of one of them, given its path and SHA-256. `before` gives the bytes of a list as the last build left it, or
    None: what of it is unchanged is taken from there, which is one file to open instead of thousands."""

    def __init__(
        self,
        ask: Reader,
        sha256: Mapping[str, Mapping[str, bytes]],
        read: Callable[[str, bytes], bytes],
        before: Callable[[str], bytes | None] = lambda _: None,
    ) -> None:
        self._ask = ask
        self._sha256 = sha256
        self._read = read
        self._before = before
        self._kept: dict[bytes, bytes] = {}
        self._briefs: dict[tuple[str, str], bytes] = {}
        self._opened = ""
        self._rows: dict[str, bytes] = {}

    def all(self) -> Iterator[tuple[str, bytes, Callable[[], bytes]]]:
        """Each file: its path, a digest of all that it is made from, and what makes its bytes. Files of one format come together."""
        every = list(listings(self._ask))
        for ending in dict.fromkeys((*OF_ARCHIVE, *(ending for ending, _, _ in OF_PAGE))):
            keys = self._keys(ending)
            head = _VERSION + ending.encode() + (self._words if ending == "csv" else b"")
            for listing in every:
                if ending in listing.endings:
                    hashed = hashlib.blake2b(head, digest_size=16)
                    hashed.update(b"".join([keys[slug] for slug in listing.slugs]))
                    yield listing.path(ending), hashed.digest(), self._maker(listing, ending)
            self._kept, self._briefs, self._opened = {}, {}, ""

    def _keys(self, ending: str) -> Mapping[str, bytes]:
        """What a release's part of a file is made from, as a digest by slug."""
        slugs = [slug for (slug,) in self._ask.subjects()]
        if ending == "csv":
            return dict(zip(slugs, self._ask.digests("card", slugs) or (), strict=True))
        of_path = self._sha256[ending]
        return {slug: of_path[routes.release_file(slug, ending)] for slug in slugs}

    def _maker(self, listing: Listing, ending: str) -> Callable[[], bytes]:
        plain = self._plain(listing, ending)
        name = listing.path(ending).rpartition("/")[2]
        if not name.endswith(f".{PACKED}"):
            return plain
        return lambda: packed.zipped(name.removesuffix(f".{PACKED}"), plain())

    def _plain(self, listing: Listing, ending: str) -> Callable[[], bytes]:
        if ending == "csv":
            return lambda: tabular.write([COLUMNS]) + b"".join([self._row(slug) for slug in listing.slugs])
        form = self._brief if listing.page else self._entry
        return lambda: bibliography.joined(ending, [form(slug, ending) for slug in listing.slugs])

    def _entry(self, slug: str, ending: str) -> bytes:
        path = routes.release_file(slug, ending)
        key = self._sha256[ending][path]
        if self._opened != ending:
            self._opened = ending
            wanted = {*self._sha256[ending].values()}
            parts = bibliography.parts(ending, self._archive_before(ending))
            hashed = ((hashlib.sha256(part).digest(), part) for part in parts)
            self._kept = {each: part for each, part in hashed if each in wanted}
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = self._read(path, key)
        return kept

    def _archive_before(self, ending: str) -> bytes:
        """The file of all citations as the last build left it, unpacked; nothing where there is none, or where it was damaged since."""
        plain = routes.archive_list(ending)
        before = self._before(plain)
        if before is not None:
            return before
        try:
            return packed.unzipped(self._before(f"{plain}.{PACKED}") or b"")
        except ValueError:
            return b""

    def _brief(self, slug: str, ending: str) -> bytes:
        """The entry of a release in the list of a page."""
        brief = self._briefs.get((ending, slug))
        if brief is None:
            entry = self._entry(slug, ending)
            brief = self._briefs[ending, slug] = bibliography.brief(ending, entry, self._ask.settings().title)
        return brief

    # ---- tables ---------------------------------------------------------------------------------------------------------------

    @cached_property
    def _words(self) -> bytes:
        """A digest of what a row says beside what its card does."""
        return digest(encoded(self._ask.settings().base_url))

    def _row(self, slug: str) -> bytes:
        row = self._rows.get(slug)
        if row is None:
            card = self._ask.card(slug)
            assert isinstance(card, Card), slug
            if len(self._rows) >= _MOST_ROWS:
                self._rows.pop(next(iter(self._rows)))
            row = self._rows[slug] = tabular.write([self._cells(card)])
        return row

    def _cells(self, card: Card) -> tuple[str, ...]:
        page = routes.release(card.slug)
        address = routes.address(self._ask.settings().base_url, page)
        # `XXXX` where no date is stated, as the record's own field has it.
        return (
            address, card.title, card.date.edtf, card.publisher or "", card.reference, card.kind, card.language, card.extent, card.status,
        )  # fmt: skip

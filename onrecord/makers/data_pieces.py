"""What the files of `data/` are put together from: the rows of the releases of a bundle, or of a vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from onrecord import columns, dataset, routes
from onrecord.columns import Addresses, Cell, Issuer, Passage, Quoted, Released, Reported, Table, Vocable
from onrecord.dataset.kept_pieces import Rendered
from onrecord.json_text import compact
from onrecord.makers.records import record_with_files
from onrecord.model import Body, Card, Kind, Release
from onrecord.reader import Reader
from onrecord.tabular import write

RELEASES = "releases"
_KINDS: dict[str, tuple[Kind, Table]] = {
    "topics": ("topic", columns.TOPICS),
    "places": ("place", columns.PLACES),
    "names": ("name", columns.NAMES),
}
PUBLISHERS = "publishers"


class DataPieces(Struct, frozen=True):
    """The pieces of `data/`. A subject is what the pieces are of ("releases", or the name of a vocabulary's table), their year, then the
    slugs of the releases."""

    name: str = "data-pieces"

    def outputs(self, ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        """One for each bundle of releases and for each vocabulary."""
        for name, year, slugs in dataset.bundles(ask.listed()):
            yield routes.data_pieces(name), (RELEASES, year, *slugs)
        for name in (*_KINDS, PUBLISHERS):
            yield routes.data_pieces(name), (name, "")

    def pieces(self, ask: Reader, *subject: str) -> tuple[Rendered, ...]:
        """The pieces of a subject."""
        of, _, *slugs = subject
        addresses = Addresses(ask.settings().base_url)
        if of == RELEASES:
            return tuple(_of_releases(ask, addresses, slugs))
        if of == PUBLISHERS:
            return (_rendered(columns.PUBLISHERS, _publishers(ask, addresses)),)
        return (_rendered(_KINDS[of][1], _vocabulary(ask, addresses, of)),)


def _of_releases(ask: Reader, addresses: Addresses, slugs: Sequence[str]) -> Iterator[Rendered]:
    releases = [
        (release, addresses.of(routes.release(slug))) for slug in slugs if (release := ask.release(slug)) is not None
    ]
    yield _rendered(columns.RELEASES, (Released(*each) for each in releases))
    yield Rendered("releases.jsonl", b"".join(_line(ask, addresses, *each) for each in releases), len(releases))
    yield _rendered(
        columns.PARAGRAPHS,
        (
            Passage(release, page, number, text)
            for release, page in releases
            for number, text in _passages(release.text.body)
        ),
    )
    yield _rendered(
        columns.QUOTATIONS,
        (
            Quoted(release, page, number, quotation)
            for release, page in releases
            for number, quotation in enumerate(release.quotations, 1)
        ),
    )
    yield _rendered(
        columns.FIGURES,
        (
            Reported(release, page, number, figure)
            for release, page in releases
            for number, figure in enumerate(release.figures, 1)
        ),
    )


def _passages(body: Body) -> Iterator[tuple[str, str]]:
    """The numbers and words of a text: its paragraphs, each followed by the items and rows behind it."""
    behind: dict[int, list[tuple[str, str]]] = {}
    for part in body.parts:
        behind.setdefault(int(part.number.partition(".")[0]), []).append((part.number, part.text))
    yield from behind.get(0, ())
    for number, text in enumerate(body.paragraphs, 1):
        yield str(number), text
        yield from behind.get(number, ())


def _line(ask: Reader, addresses: Addresses, release: Release, page: str) -> bytes:
    """The record of a release as a line of JSON (https://jsonlines.org)."""
    return compact(record_with_files(ask, release, page, addresses.of)) + b"\n"


def _vocabulary(ask: Reader, addresses: Addresses, folder: str) -> Iterator[Vocable]:
    """The entries of a vocabulary that releases name, in its order; of the names also those that are quoted, or report a number. An entry
    that nothing published names is not published either: it may be what a deleted record has left."""
    kind, _ = _KINDS[folder]
    counts = dict(ask.group_counts(folder))
    quoted = {name: count for _, _, name, count in ask.speaker_counts() if name} if kind == "name" else {}
    shown = {*counts, *quoted, *(_reporters(ask) if kind == "name" else ())}
    for term in ask.terms(kind):
        if term.slug in shown:
            yield Vocable(
                term,
                addresses.of(routes.group(folder, term.slug)) if term.slug in counts else "",
                counts.get(term.slug, 0),
                ask.inner_count(term.slug) if kind == "place" else 0,
                quoted.get(term.slug, 0),
            )


def _reporters(ask: Reader) -> set[str]:
    """The names that report a number."""
    return {each.name for card in ask.listed() if isinstance(card, Card) for each in card.countings if each.name}


def _publishers(ask: Reader, addresses: Addresses) -> Iterator[Issuer]:
    for slug, count in ask.group_counts(PUBLISHERS):
        yield Issuer(ask.publisher_label(slug), slug, addresses.of(routes.group(PUBLISHERS, slug)), count)


def _rendered(table: Table, of: Iterable[object]) -> Rendered:
    rows: list[list[Cell]] = [table.row(each) for each in of]
    return Rendered(f"{table.name}.csv", write(rows), len(rows), columns.stated(table.columns, rows))

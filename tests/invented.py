"""Invented releases for tests of the pages, and the pages made from them."""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import structs

from onrecord import arrange, check, dataset, dates, make, markup, read, routes
from onrecord.dataset import DataFileWritten, parts
from onrecord.digests import digest, encoded
from onrecord.make import Given, Makers
from onrecord.makers import listings
from onrecord.makers.pages import PageMaker
from onrecord.model import (
    Archive,
    Article,
    Card,
    Problem,
    Release,
    Settings,
    Term,
    Text,
    Tombstone,
    Vocabularies,
)
from onrecord.plan import Output
from onrecord.reader import Build, Reader, interface_languages
from onrecord.views import LAST

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
VOCABULARIES = Vocabularies(
    topics=(
        Term(
            "topic",
            "Water",
            "water",
            ("drinking water",),
            "Who has it and who cuts it off.",
            (("ar", "مياه"), ("fr", "Eau")),
        ),
        Term("topic", "Land & roads", "land-roads"),
        Term("topic", "Éclairage", "éclairage"),
    ),
    places=(
        Term("place", "Port Elm", "port-elm", (), "", (("ar", "ميناء الدردار"),), "city", 35.5, 36.25),
        Term("place", "Northland", "northland", type="country", lat=34.8, lon=38.9),
    ),
    names=(
        Term("name", "Ada Example", "ada-example", ("A. Example",), "", (("ar", "آدا"),), "person"),
        Term("name", "Ferry Union", "ferry-union", type="organization"),
    ),
)
RULES = check.rules(VOCABULARIES, dt.date(2026, 1, 1))
SETTINGS = Settings(
    "Harbour <Archive>",
    scope="Statements of harbour crews & others.",
    rights="CC BY 4.0",
    contact="desk@example.org",
    repository="https://example.org/crew/archive",
)
BUILD = Build("0.1.0", "2026-11-22")


class InventedTexts:
    """The texts of all invented releases, by their digests, as a store would have them."""

    def __init__(self) -> None:
        self.texts: dict[bytes, Text] = {}

    def add(self, text: Text) -> bytes:
        """Keeps a text and returns its digest."""
        key = digest(encoded(text))
        self.texts[key] = text
        return key

    def get(self, key: bytes) -> Text:
        """The text of a digest."""
        return self.texts[key]


TEXTS = InventedTexts()


def listed(
    slug: str, date: str = "2012-02-08", *lines: str, body: str = "First words.\n\nSecond words."
) -> Release | Tombstone:
    """What `check` makes of a file with these lines in its front matter."""
    given = {line.partition(":")[0] for line in lines}
    front = [f"date: {date}", *lines]
    defaults = {"title": f'"About {slug}"', "language": "en", "extent": "full", "publisher": "Example Press"}
    front += [f"{key}: {value}" for key, value in defaults.items() if key not in given]
    text = "\n".join(["---", *front, "---", body])
    source = read.source(read.FileData(f"releases/{slug}.md", text.encode()))
    assert not isinstance(source, Problem), source
    verdict = check.release(source, RULES)
    assert verdict.listed is not None, verdict.problems
    if isinstance(verdict.listed, Tombstone):
        return verdict.listed
    assert verdict.text is not None
    return whole(verdict.listed, verdict.text)


def release(slug: str, date: str = "2012-02-08", *lines: str, body: str = "First words.\n\nSecond words.") -> Release:
    """A release that stands."""
    card = listed(slug, date, *lines, body=body)
    assert isinstance(card, Release)
    return card


def whole(card: Card, text: Text) -> Release:
    """A release with the entries of the vocabularies that it names."""
    terms = {
        (term.kind, term.slug): term
        for of in (VOCABULARIES.topics, VOCABULARIES.places, VOCABULARIES.names)
        for term in of
    }
    return Release(
        card,
        text,
        tuple(terms["topic", slug] for slug in card.topics),
        tuple(terms["place", slug] for slug in card.places),
        tuple(terms["name", slug] for slug in card.names),
        tuple(terms["name", name] for name in dict.fromkeys(name for name, _ in card.speakers if name)),
    )


def quick(slug: str, date: str, **fields: Any) -> Release:
    """A plain release made directly, for tests that need thousands."""
    known: dict[str, Any] = {
        "publisher": "Example Press",
        "language": "en",
        "extent": "full",
        "title": f"About {slug}",
    } | fields
    card = Card(slug=slug, path=f"releases/{slug}.md", edtf=dates.parse(date).edtf, **known)
    return Release(card, Text(markup.convert("Some words.")[0], "Some words."))


def archive(
    *releases: Release | Tombstone,
    settings: Settings = SETTINGS,
    articles: Sequence[Article] = (),
    drafts: bool = False,
    vocabularies: Vocabularies = VOCABULARIES,
) -> Archive:
    """The archive of these releases."""
    cards = [listed.card if isinstance(listed, Release) else listed for listed in releases]
    texts = {listed.card.slug: TEXTS.add(listed.text) for listed in releases if isinstance(listed, Release)}
    return arrange.archive(cards, settings, vocabularies, articles, drafts, texts)


def reader(archive: Archive, build: Build = BUILD) -> Reader:
    """How makers ask an archive of invented releases."""
    return Reader(archive, TEXTS, build)


def makers_of(archive: Archive, build: Build = BUILD, templates: Path = TEMPLATES) -> Makers:
    """The makers of an archive of invented releases."""
    return make.Makers(Given(archive, TEXTS, build, templates, None, b"tests"))


def outputs(archive: Archive, build: Build = BUILD, templates: Path = TEMPLATES) -> dict[str, Output]:
    """What the site of the archive is made of, by path; parts of the search index are left out."""
    makers = makers_of(archive, structs.replace(build, search=False), templates)
    return {output.path: output for output in makers.outputs() if output.maker != make.DATA}


def views(archive: Archive, build: Build = BUILD) -> dict[str, object]:
    """What each page's template receives, by the page's path."""
    makers = makers_of(archive, build)
    out: dict[str, object] = {}
    for maker in makers.by_name.values():
        if isinstance(maker, PageMaker):
            edition = makers.renderer.edition(makers.reader, maker.language)
            out |= {path: maker.kind.view(edition, *subject) for path, subject in maker.outputs(makers.reader)}
    written = [file for file, _ in data_files(makers)]
    for language in interface_languages(makers.reader.settings()):
        edition = makers.renderer.edition(makers.reader, language)
        out |= {
            edition.prefix + path: kind.view(edition, *subject, written)
            for kind in LAST
            for path, subject in kind.pages(edition)
        }
    return out


def data_files(
    makers: Makers, limit: int = parts.LIMIT, most_plain: int = parts.MOST_PLAIN
) -> list[tuple[DataFileWritten, bytes]]:
    """The files of `data/` that are put together from pieces, as they would be written, each with its bytes; parts have `limit` bytes, and
    what has more than `most_plain` is packed."""
    with tempfile.TemporaryDirectory() as folder:
        kept = dataset.Pieces(Path(folder))
        bundles = [
            dataset.written(
                kept.folder, path.rpartition("/")[2], subject[1], makers.data_pieces.pieces(makers.reader, *subject)
            )
            for path, subject in makers.data_pieces.outputs(makers.reader)
        ]
        out = []
        for file in dataset.planned(bundles, limit, most_plain):
            pieces = (kept.data(bundle, piece.file, file.is_packed) for bundle, piece in file.sources)
            data = file.head + b"".join(pieces)
            out.append((file.written(len(data), hashlib.sha256(data).hexdigest()), data))
        return out


def site(archive: Archive, build: Build = BUILD, templates: Path = TEMPLATES) -> dict[str, str]:
    """Every page of the archive by its path."""
    return {path: data.decode() for path, data in files(archive, build, templates).items() if path.endswith(".html")}


def pages_of(archive: Archive, top: str) -> dict[str, str]:
    """The pages of the archive whose paths begin so, and none of the others made."""
    makers = makers_of(archive)
    pages = [maker for maker in makers.by_name.values() if isinstance(maker, PageMaker)]
    wanted = [
        Output(path, maker.name, subject)
        for maker in pages
        for path, subject in maker.outputs(makers.reader)
        if path.startswith(top)
    ]
    return {output.path: makers.data(output).decode() for output in wanted}


def files(archive: Archive, build: Build = BUILD, templates: Path = TEMPLATES) -> dict[str, bytes]:
    """Every file of the archive's site but the assets, the search index and what is made from the list of all others, by its path."""
    makers = makers_of(archive, build, templates)
    names = [name for name in makers.by_name if name != "assets"]
    planned = [
        Output(path, name, subject) for name in names for path, subject in makers.by_name[name].outputs(makers.reader)
    ]
    made = {output.path: makers.data(output) for output in planned}
    together = data_files(makers)
    made |= lists(makers.reader, made)
    elsewhere = [
        other.written(path, len(made[path]), hashlib.sha256(made[path]).hexdigest())
        for other in dataset.made_elsewhere()
        for path in (routes.data_file(other.stem, f"{other.ending}{packed}") for packed in ("", ".zip"))
        if path in made
    ]
    written = dataset.in_order([*(file for file, _ in together), *elsewhere])
    return made | {file.path: data for file, data in together} | dict(makers.data_pages(written))


def lists(ask: Reader, made: dict[str, bytes]) -> dict[str, bytes]:
    """The lists of releases as files, put together from what was made."""
    sha256 = {
        ending: {path: hashlib.sha256(data).digest() for path, data in made.items() if path.endswith(f".{ending}")}
        for ending in listings.MAKERS
    }
    return {path: data() for path, _, data in listings.ListFiles(ask, sha256, lambda path, _: made[path]).all()}


def harbour() -> tuple[Release | Tombstone, ...]:
    """A small archive with every case in it: all fields and none, a month, no year, no publisher, Arabic, each extent and status."""
    rich = release(
        "2012-02-08-ferry",
        "2012-02-08",
        'title: "Ferry crews: \\"Light the <quay>\\""',
        "subtitle: Third winter without lamps",
        "date_as_written: 08 February 2012",
        "date_basis: header",
        "reference: FU 01/069/2012",
        "kind: press release",
        'dateline: "Port Elm, 8 February"',
        "topics: [Water, Land & roads]",
        "places: [Port Elm, Northland]",
        "names: [Ada Example, Ferry Union]",
        "quotations:",
        "  - speaker: Ada Example",
        '    text: "We cannot see the ropes"',
        "  - speaker: A keeper",
        '    text: "Nobody came"',
        'notes: "The lamps went out in 2009."',
        "source:",
        "  url: https://example.org/ferry?a=1&b=2",
        "  archived: https://archive.example.org/ferry",
        "  file: ferry.txt",
        f"  sha256: {'ab' * 32}",
        "rights: © Example Press",
        "same_text_as: [2012-02-ferry-again]",
        body="Crews asked for light.\n\n“We cannot see the ropes,” said Ada Example. (…)\n\n> “Nobody came,” said a keeper.\n\n"
        "| Lamp | Out since |\n| --- | --- |\n| North | 2009 |",
    )
    return (
        rich,
        release(
            "2012-02-ferry-again",
            "2012-02",
            "publisher: not stated",
            "extent: excerpt",
            "topics: [Water]",
            body="Crews asked. (…)",
        ),
        release("2012-bare", "2012"),
        release("undated-august", "XXXX-08-01", "reference: FU 01/072/2012", "topics: [Éclairage]"),
        release("undated-nothing", "XXXX", "publisher: not stated"),
        release(
            "2013~-about".replace("~", ""), "2013~", "status: corrected", "reason: The name of the quay was wrong."
        ),
        release(
            "2014-01-02-arabic",
            "2014-01-02",
            "language: ar",
            'title: "الميناء: أضيئوا الرصيف"',
            "topics: [Water]",
            "places: [Port Elm]",
            "publisher: اتحاد العبّارات",
            "reference: FU 01/001/2014",
            body="طالب العاملون بالضوء.\n\nوقالوا إن أحداً لم يأت.",
        ),
        release(
            "2014-03-01-summary",
            "2014-03-01",
            "extent: abstract",
            "names: [Ada Example]",
            "quotations:",
            "  - speaker: Ada Example",
            "    summary: She asks for lamps.",
            body="The union repeats its demand.",
        ),
        listed(
            "2015-05-05-gone",
            "2015-05-05",
            "status: withdrawn",
            "reason: A person named in it is at risk.",
            "subtitle: SECRET-SUBTITLE",
            "topics: [Water]",
            "names: [Ada Example]",
            "quotations:",
            "  - speaker: Ada Example",
            '    text: "SECRET-QUOTE"',
            body="SECRET-BODY and “SECRET-QUOTE” she said.",
        ),
        release("2016-01-01-unfinished", "2016-01-01", "status: draft"),
    )

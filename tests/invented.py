"""Invented releases for tests of the pages, and the pages made from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from onrecord import arrange, check, dates, markup, read, render, views
from onrecord.model import Archive, Article, Problem, Release, Settings, Term, Vocabularies

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
        Term("place", "Northland", "northland", sort="country", lat=34.8, lon=38.9),
    ),
    names=(
        Term("name", "Ada Example", "ada-example", ("A. Example",), "", (("ar", "آدا"),), "person"),
        Term("name", "Ferry Union", "ferry-union", sort="organization"),
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
BUILD = views.Build("0.1.0", "2026-11-22")


def release(slug: str, date: str = "2012-02-08", *lines: str, body: str = "First words.\n\nSecond words.") -> Release:
    """A release as `check` makes it from a file with these lines in its front matter."""
    given = {line.partition(":")[0] for line in lines}
    front = [f"date: {date}", *lines]
    defaults = {"title": f'"About {slug}"', "language": "en", "extent": "full", "publisher": "Example Press"}
    front += [f"{key}: {value}" for key, value in defaults.items() if key not in given]
    text = "\n".join(["---", *front, "---", body])
    source = read.source(read.File(f"releases/{slug}.md", text.encode()))
    assert not isinstance(source, Problem), source
    made, problems = check.release(source, RULES)
    assert made is not None, problems
    return made


def quick(slug: str, date: str, **fields: Any) -> Release:
    """A plain release made directly, for tests that need thousands."""
    known: dict[str, Any] = {
        "publisher": "Example Press",
        "language": "en",
        "extent": "full",
        "title": f"About {slug}",
    } | fields
    body = markup.convert("Some words.")[0]
    return Release(
        slug=slug,
        path=f"releases/{slug}.md",
        date=dates.parse(date),
        body=body,
        source_text="",
        sha256="0" * 64,
        **known,
    )


def archive(
    *releases: Release, settings: Settings = SETTINGS, articles: Sequence[Article] = (), drafts: bool = False
) -> Archive:
    """The archive of these releases."""
    return arrange.archive(releases, settings, VOCABULARIES, articles, drafts)


def site(made: Archive, build: views.Build = BUILD, templates: Path = TEMPLATES) -> dict[str, str]:
    """Every page of the archive by its path."""
    renderer = render.Renderer(templates)
    return {
        path: renderer.page(path, template, view).data.decode() for path, template, view in views.pages(made, build)
    }


def harbour() -> tuple[Release, ...]:
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
        release(
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

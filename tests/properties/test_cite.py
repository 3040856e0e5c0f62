"""Whatever a record holds, its citations say it to the programs that read them: parsers that are not ours are the judges."""

from __future__ import annotations

import html
import json
import re

import mwparserfromhell
import rispy
from hypothesis import assume, example, given
from hypothesis import strategies as st
from pybtex.database import parse_string
from pybtex.richtext import Text

from onrecord import cite, dates, wikitext
from onrecord.model import Release
from onrecord.schema import KINDS
from onrecord.tex import line
from tests.invented import quick
from tests.properties.test_dates import written
from tests.zotero import plain

HOST = cite.Host("Harbour {Archive} & 50%", "Friends | of }} the Quay")
ADDRESS = "https://archive.example/releases/one.html"
SIGNS = "{}%\\#_~^&$|[]<>=*'\"`-@,;:/!? \u00a0"
LETTERS = "abÄüéßİأبتשעдЖ漢字\u200f\u202b"

texts = st.text(
    st.sampled_from(SIGNS + LETTERS) | st.characters(exclude_categories=["C"]), min_size=1, max_size=40
).map(lambda text: line(text))
values = texts.filter(lambda text: text != "" and text == text.strip())


@st.composite
def records(draw: st.DrawFn) -> Release:
    """A release with any title, publisher, number, kind and date."""
    slug = draw(st.text("abcäب-_.", min_size=1, max_size=12).filter(lambda slug: slug.strip("-_.") != ""))
    return quick(
        slug,
        draw(written()),
        title=draw(values),
        publisher=draw(st.none() | values),
        reference=draw(st.just("") | values),
        kind=draw(st.sampled_from(["", *KINDS])),
        extent=draw(st.sampled_from(["full", "abstract"])),
        language=draw(st.sampled_from(["en", "ar", "fr"])),
    )


def spaced(text: str) -> str:
    """A text as pybtex reads it, which takes any run of spaces (thin, ideographic …) for a blank."""
    return re.sub("[^\\S\u00a0]+", " ", text)


def titled(title: str) -> Release:
    return quick("2012-02-08-x", "2012-02-08", title=title, publisher=title, reference=title, kind="press release")


@given(records())
@example(titled("}{ {{ }} \\{ \\"))
@example(titled("-- --- `` '' ?` !` ,, << >>"))
@example(titled("\\textbf{x} \\input{secret} $x$ %"))
def test_bibtex_keeps_every_character(record: Release) -> None:
    bibliography = parse_string(cite.bibtex(record, ADDRESS, HOST), "bibtex")
    entry = bibliography.entries[cite.key(record)]
    assert plain(entry.fields["title"]) == spaced(record.title)
    if record.publisher:
        (author,) = entry.persons["author"]
        assert plain(str(author)) == spaced(record.publisher)
    assert plain(entry.fields.get("number", "")) == spaced(record.reference)
    assert len(bibliography.entries) == (2 if record.extent == "abstract" else 1)
    # Another reader of TeX takes each value too.
    for value in entry.fields.values():
        Text.from_latex(value)


@given(st.lists(records(), min_size=1, max_size=2, unique_by=lambda record: record.slug))
def test_ris_keeps_every_value_on_a_line_of_its_own(given_records: list[Release]) -> None:
    text = "".join(cite.ris(record, ADDRESS, HOST) for record in given_records)
    found = rispy.loads(text)
    expected = [key for record in given_records for key in cite.keys(record)]
    assert [entry["id"] for entry in found] == expected
    by_key = {entry["id"]: entry for entry in found}
    for record in given_records:
        entry = by_key[cite.key(record)]
        assert entry["title"] == record.title.strip()
        assert entry.get("publisher", "") == (record.publisher or "").strip()


@given(records())
def test_csl_json_is_what_a_schema_of_csl_takes(record: Release) -> None:
    for item in json.loads(cite.csl_json(record, ADDRESS, HOST)):
        assert set(item) <= CSL_VARIABLES
        assert item["type"] in {"document", "report", "article-newspaper", "speech", "interview", "webpage"}
        issued = item.get("issued", {})
        assert set(issued) <= {"date-parts", "season", "circa", "literal"}
        for parts in issued.get("date-parts", []):
            assert 1 <= len(parts) <= 3
            assert 1 <= parts[0] <= 9999
        assert ("literal" in issued) != ("date-parts" in issued) or not issued
        assert issued.get("season", 1) in (1, 2, 3, 4)


CSL_VARIABLES = {
    "id", "type", "title", "language", "genre", "author", "publisher", "issued", "number", "URL", "archive", "archive_location", "note",
    "container-title", "custom",
}  # fmt: skip
"""Of the schema of CSL-JSON (csl-data.json, 1.0.2) what is written here."""


@given(records())
@example(
    titled("}} {{delete}} [[x]] | title = y <ref>z</ref> '''b''' ~~~~ __TOC__ -{x}- &amp; &#124; https://x.example")
)
@example(titled("* a"))
def test_a_wikipedia_template_holds_what_the_record_says_and_no_more(record: Release) -> None:
    for citation in cite.texts(record, ADDRESS, HOST):
        if citation.style != "Wikipedia":
            continue
        whole = f"{citation.before}{citation.title}{citation.after}"
        code = mwparserfromhell.parse(whole)
        (template,) = code.filter_templates()
        assert str(template) == whole
        assert not code.filter_wikilinks()
        assert not code.filter_tags()
        assert not code.filter_comments()
        assert not [link for link in code.filter_external_links() if not str(link).startswith(ADDRESS)]
        values = {str(parameter.name): html.unescape(str(parameter.value).strip()) for parameter in template.params}
        assert values.keys() <= PARAMETERS
        if citation.of == "release":
            title = values.get("title") or values["script-title"].partition(":")[2]
            assert title == " ".join(record.title.split())
            assert values.get("publisher", "") == " ".join((record.publisher or "").split())


PARAMETERS = {
    "title", "script-title", "type", "publisher", "date", "orig-date", "id", "url", "archive-url", "archive-date", "via", "language",
    "website",
}  # fmt: skip


@given(st.text(max_size=60))
def test_a_value_of_a_template_shows_its_characters(text: str) -> None:
    assume(
        "\x00" not in text
        and not re.search("[\ud800-\udfff\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\x01-\x08\x0e-\x1b]", text)
    )
    assert html.unescape(wikitext.text(text)) == " ".join(text.split())


@given(written())
def test_no_form_of_a_date_says_more_than_the_date(text: str) -> None:
    record = quick("x", text, kind="press release")
    date = dates.parse(text)
    entry = parse_string(cite.bibtex(record, "", HOST), "bibtex").entries["x"]
    certain = date.certain
    assert entry.fields.get("year", "") == certain[:4]
    assert ("month" in entry.fields) == (len(certain) >= 7)
    if "date" in entry.fields:
        # What biblatex is given means the same days.
        said = dates.parse(entry.fields["date"])
        assert (said.earliest, said.latest, said.season) == (date.earliest, date.latest, date.season)
        assert {end.mark for end in said.ends} == {end.mark for end in date.ends}
    else:
        assert not date.years
    if not date.exact or date.season:
        assert date.in_words() in plain(entry.fields["note"])
    tags = dict(re.findall(r"^([A-Z0-9]{2})  - (.*)\r$", cite.ris(record, "", HOST), re.M))
    assert tags.get("PY", "") == certain[:4]


@given(st.lists(st.text("aAäÄbأ0-_.", min_size=1, max_size=6), min_size=2, max_size=30))
def test_no_two_slugs_have_one_key(slugs: list[str]) -> None:
    # Slugs that differ in letter case alone are a problem that `check` tells.
    own = list({slug.casefold(): slug for slug in slugs}.values())
    keys = [cite.key(quick(slug, "2012")) for slug in own]
    assert len({key.lower() for key in keys}) == len(own)
    assert all(re.fullmatch("[0-9A-Za-z][0-9A-Za-z_-]*", key) for key in keys)

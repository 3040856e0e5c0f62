"""Where a release stands in time: a table of dates, and what every index, facet, feed and chart makes of each.

Each row answers one question: does the source say so? What a date states is where it is listed; what it leaves open is named as left open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from onrecord import arrange, cite, dates
from onrecord.intake import draft_file
from onrecord.intake.document import Record
from onrecord.makers.feeds import ArchiveFeed
from onrecord.model import Settings, Vocabularies
from onrecord.reader import Build, Reader
from onrecord.render import Renderer
from onrecord.search import shard_plan
from onrecord.search.entries import outlines
from onrecord.store import Texts
from onrecord.views.edition import Edition
from tests.conftest import ROOT, Run
from tests.invented import release
from tests.unit.test_date_pages import card, pages

NOWHERE = "Year not stated"
MONTH, DAY = "Month not stated", "Day not stated"
MONTHS, DAYS = "Dates that span months", "Dates that span days"


@dataclass(frozen=True)
class Row:
    """A date; the months and years it is listed under, each with the heading it has there; its place in a sort that compares text; what
    a machine is told of it; and the day that a feed gives as that of publication."""

    edtf: str
    listed: dict[str, str]
    sort_text: str
    exact: str = ""
    day: str = ""


def every(year: int, months: range, heading: str) -> dict[str, str]:
    """A heading on each of these months."""
    return {f"{year}-{month:02}": heading for month in months}


TABLE = [
    # ---- one day, month or year
    Row("2012-02-08", {"2012-02": "8 February 2012"}, "2012-02-08", "2012-02-08", "2012-02-08"),
    Row("2012-02", {"2012-02": DAY}, "2012-02", "2012-02"),
    Row("2012", {"2012": MONTH}, "2012", "2012"),
    Row("2012-02-08T10:30:00Z", {"2012-02": "8 February 2012"}, "2012-02-08", "2012-02-08", "2012-02-08"),
    Row("0001", {"0001": MONTH}, "0001", "0001"),
    Row("0000", {"0000": MONTH}, "0000"),
    Row("-0044", {"-44": MONTH}, ""),
    # ---- in doubt: listed where it is stated, in words that keep the doubt, and told to no machine
    Row("2012-02-08~", {"2012-02": "8 February 2012"}, "2012-02-08"),
    Row("2012-02-08?", {"2012-02": "8 February 2012"}, "2012-02-08"),
    Row("2012-02%", {"2012-02": DAY}, "2012-02"),
    Row("2012~", {"2012": MONTH}, "2012"),
    Row("2012?", {"2012": MONTH}, "2012"),
    # ---- not all stated
    Row("2012-XX", {"2012": MONTH}, "2012", "2012"),
    Row("2012-XX-XX", {"2012": MONTH}, "2012", "2012"),
    Row("2012-02-XX", {"2012-02": DAY}, "2012-02", "2012-02"),
    Row("201X", {}, ""),
    Row("20XX", {}, ""),
    Row("XXXX", {}, ""),
    Row("XXXX-08", {}, ""),
    Row("XXXX-08-01", {}, ""),
    Row("XXXX-08-01~", {}, ""),
    # ---- seasons: in which months they lie depends on the hemisphere, which EDTF does not say
    Row("2012-21", {"2012": MONTH}, "2012", "2012"),
    Row("2012-24", {"2012": MONTH}, "2012", "2012"),
    Row("2012-21/2012-22", {"2012": MONTH}, "2012"),
    Row("2012-24/2013-21", {"2012": MONTHS, "2013": MONTHS}, "2012"),
    # ---- intervals of days
    Row("2012-02-08/2012-02-10", {"2012-02": DAYS}, "2012-02-08"),
    Row("2012-01-30/2012-02-02", {"2012-01": DAYS, "2012-02": DAYS}, "2012-01-30"),
    Row("2011-12-30/2012-01-02", {"2011-12": DAYS, "2012-01": DAYS}, "2011-12-30"),
    Row("2011-12-30~/2012-01-02?", {"2011-12": DAYS, "2012-01": DAYS}, "2011-12-30"),
    Row("2012-02-08/2012-02", {"2012-02": DAYS}, "2012-02-08"),
    # ---- of months
    Row("2012-01/2012-03", every(2012, range(1, 4), DAYS), "2012-01"),
    Row("2011-12/2012-01", {"2011-12": DAYS, "2012-01": DAYS}, "2011-12"),
    Row("2012-02/2012-02", {"2012-02": DAY}, "2012-02"),
    Row("2011-03/2012-02", every(2011, range(3, 13), DAYS) | every(2012, range(1, 3), DAYS), "2011-03"),
    Row("2011-03/2012-03", {"2011-03": DAYS, "2012-03": DAYS}, "2011-03"),
    Row("2010-03/2012-06", {"2010-03": DAYS, "2011": MONTHS, "2012-06": DAYS}, "2010-03"),
    # ---- of years, and of ends that state more or less
    Row("2011/2012", {"2011": MONTHS, "2012": MONTHS}, "2011"),
    Row("2012/2012", {"2012": MONTH}, "2012"),
    Row("2011/2012-03", {"2011": MONTHS, "2012-03": DAYS}, "2011"),
    Row("2012/2012-03", {"2012-03": DAY}, "2012"),
    Row("2012/2012-03-05", {"2012-03": DAYS}, "2012"),
    Row("XXXX/2012-03-05", {"2012-03": DAYS}, "2012-03-05"),
    Row("2011-11/2012", {"2011-11": DAYS, "2012": MONTHS}, "2011-11"),
    Row("2012-XX/2013", {"2012": MONTHS, "2013": MONTHS}, "2012"),
    Row("1993/2012", {str(year): MONTHS for year in range(1993, 2013)}, "1993"),
    Row("1900/1999", {"1900": MONTHS, "1999": MONTHS}, "1900"),
    # ---- open and unknown ends: the one that is stated
    Row("2012-01/..", {"2012-01": DAY}, "2012-01"),
    Row("2012-01-05/..", {"2012-01": DAYS}, "2012-01-05"),
    Row("2012/..", {"2012": MONTH}, "2012"),
    Row("2012/", {"2012": MONTH}, "2012"),
    Row("../2012-02-08", {"2012-02": DAYS}, "2012-02-08"),
    Row("/2012", {"2012": MONTH}, "2012"),
    # ---- ends without a year
    Row("201X/2020", {"2020": MONTHS}, "2020"),
    Row("2012/201X", {"2012": MONTH}, "2012"),
    Row("201X/202X", {}, ""),
    Row("XXXX/2012-05", {"2012-05": DAY}, "2012-05"),
    Row("XXXX-08-01/XXXX-08-05", {}, ""),
    Row("201X/..", {}, ""),
]
IDS = [row.edtf for row in TABLE]


def asking(*edtf: str) -> Reader:
    listed = [card(f"r{number}-talks", date, f"Talks {number}") for number, date in enumerate(edtf)]
    return Reader(arrange.archive(listed, Settings("Papers"), Vocabularies()), Texts(""), Build("0.1.0"))


def heading_over(page: str, title: str) -> str:
    """The section of a page that a release is in."""
    *_, last = re.findall(r"<h2[^>]*>(.*?)</h2>", page[: page.index(title)])
    return re.sub(r"<[^>]*>| <span.*", "", last)


@pytest.mark.parametrize("row", TABLE, ids=IDS)
def test_the_index_by_date_lists_a_release_where_its_date_is_stated(row: Row) -> None:
    page_texts = pages(asking(row.edtf), "year", "month", "undated")
    headings = {}
    for path, page in page_texts.items():
        label = path.removeprefix("dates/").removesuffix(".html")
        is_month = len(label) == 7
        if "Talks 0" in page and label != "undated":
            heading = heading_over(page, "Talks 0")
            if is_month or heading in (MONTH, MONTHS):
                headings[label] = heading
    assert headings == row.listed
    assert ("Talks 0" in page_texts["dates/undated.html"]) == (not row.listed)
    years = {label if len(label) != 7 else label[:4] for label in row.listed}
    assert {path for path, page in page_texts.items() if "Talks 0" in page} == {
        f"dates/{label}.html" for label in {*row.listed, *years} or {"undated"}
    }


@pytest.mark.parametrize("row", TABLE, ids=IDS)
def test_wherever_a_release_is_listed_its_date_is_in_the_words_of_its_source(row: Row) -> None:
    words = dates.parse(row.edtf).in_words()
    for path, page in pages(asking(row.edtf), "year", "month", "undated").items():
        if "Talks 0" in page:
            assert words in page, path
            entries = page[page.index('<ul class="entries source-words">') :]
            under_its_day = "of-day" in page and heading_over(page, "Talks 0") == words
            assert ("<li><span>" if under_its_day else f"<li>{words} <span>") in entries, path
            assert "<time" not in entries, path


@pytest.mark.parametrize("row", TABLE, ids=IDS)
def test_search_charts_and_counts_use_the_years_and_months_of_the_index(row: Row) -> None:
    ask = asking(row.edtf)
    years = sorted({label if len(label) != 7 else label[:4] for label in row.listed})
    assert sorted(value for facet, value, _ in ask.filters("r0-talks") if facet == "year") == (years or ["not-stated"])
    facts = ask.facts()
    assert sorted(dates.year_label(year) for year, _ in facts.years) == years
    assert [month for month, _ in facts.months] == sorted(label for label in row.listed if len(label) == 7)
    assert (facts.count, facts.without_month) == (1, int(not facts.months))
    assert facts.without_year == int(not any(len(year) == 4 for year in years))
    assert Edition(ask, "en").date_href(dates.parse(row.edtf)) == (
        f"dates/{min(row.listed, key=lambda label: (label[:4], label))}.html" if row.listed else "dates/undated.html"
    )


@pytest.mark.parametrize("row", TABLE, ids=IDS)
def test_sorts_machines_and_feeds_are_told_what_is_stated_and_no_more(row: Row) -> None:
    date = dates.parse(row.edtf)
    assert (date.sort_text, date.exact) == (row.sort_text, row.exact)
    feed = ArchiveFeed().make(asking(row.edtf)).decode()
    assert "<published>" not in feed
    words = date.in_words()
    assert f"{words[:1].upper()}{words[1:]}." in feed


def test_newest_first_a_date_stands_where_it_begins_and_what_has_no_year_stands_last() -> None:
    given = [row.edtf for row in TABLE if len(row.listed) != 0] + ["XXXX", "201X"]
    listed = [card.edtf for card in asking(*given).listed()]
    assert set(listed[-2:]) == {"XXXX", "201X"}
    some = ["2012-02-08/2012-02-10", "2012-02-08", "2012-02", "2012-01/2012-03", "2012", "2011-12-30/2012-01-02"]
    assert [card for card in listed if card in some] == some


def test_totals_count_a_release_once_and_the_page_says_why_the_parts_add_up_to_more() -> None:
    note = "A release whose date spans years or months is listed under several of them; every total counts it once."
    ask = asking("2011-12-30/2012-01-02", "2012-01-01", "XXXX")
    page_texts = pages(ask, "dates", "releases", "year", "undated")
    assert "3 releases" in page_texts["releases/index.html"]
    assert note not in page_texts["releases/index.html"], "a short list of releases has no years beside it"
    longer = pages(asking("2011-12-30/2012-01-02", *["2012-01-01"] * 12, "2009", "2010"), "releases")
    assert note in longer["releases/index.html"]
    assert page_texts["dates/index.html"].count(note) == 1
    assert "more than 20 years, or more than 12 months" in page_texts["dates/index.html"]
    assert note not in page_texts["dates/2012.html"]
    assert note in pages(asking("2012-01/2012-03"), "year")["dates/2012.html"]
    plain = pages(asking("2011-12-30", "2012", "XXXX"), "dates", "releases", "year")
    assert not any(note in page for page in plain.values())


def test_the_note_is_in_every_language() -> None:
    renderer = Renderer(ROOT / "templates")
    english = "A release whose date spans years or months is listed under several of them; every total counts it once."
    assert all(renderer.translation(language)(english) != english for language in ("ar", "es", "fr"))


@pytest.mark.parametrize("date", ["2011-12-30/2012-01-02", "2011-12/2012-01", "2011-12-30/2011-12-31"])
@pytest.mark.parametrize("name", ["2011/2011-12-talks", "2011/2011-talks", "undated/undated-talks", "talks"])
def test_a_file_may_be_named_after_the_month_or_year_its_date_begins_in_or_be_called_undated(
    name: str, date: str
) -> None:
    assert release(name, date).date.edtf == date


@pytest.mark.parametrize(
    "name", ["2012/2012-01-talks", "2010/2011-12-talks", "2011/2011-11-talks", "2011/2011-12-31-talks"]
)
def test_a_file_that_is_named_after_another_date_than_its_own_is_refused(name: str) -> None:
    with pytest.raises(AssertionError, match="file-date"):
        release(name, "2011-12-30/2012-01-02")


def test_a_new_file_is_named_after_the_month_its_date_begins_in(run: Run, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    for date, name in (("2011-12-30/2012-01-02", "2011/2011-12-talks.md"), ("2011/2012", "2011/2011-talks.md")):
        ran = run("new", "Talks", "--date", date, "--content", tmp_path / "content")
        assert ran.out.endswith(f"releases/{name}\n")
    assert draft_file.path(Record(source="a.txt", title="Talks", date="2011-12-30/2012-01-02")).as_posix() == (
        "2011/2011-12-talks.md"
    )


def test_a_date_that_begins_in_the_future_is_refused_and_one_that_ends_there_is_not() -> None:
    for date in ("2027-01/2027-02", "../2027", "2026-12/.."):
        with pytest.raises(AssertionError, match="future-date"):
            release("talks", date)
    assert release("talks", "2025-12/2026-02").date.years == (2025, 2026)


def test_a_range_of_years_never_leaves_out_a_date_that_spans_years() -> None:
    ask = asking("2011-12-30/2012-01-02", *["2011-12-01", "2012-01-01"] * 3)
    (*bounded, unbounded) = shard_plan.plan(outlines(ask), limit=2, size=3)
    assert [
        (shard.first <= year <= shard.last, len(shard.entries))
        for shard, year in zip(bounded, ("2011", "2012"), strict=True)
    ] == [
        (True, 3),
        (True, 3),
    ]
    assert (unbounded.first, unbounded.last, unbounded.paths) == ("", "", ("releases/r0-talks.html",))


@pytest.mark.parametrize(
    ("date", "chicago", "apa", "mla"),
    [
        ("2011-12-30/2012-01-02", *["30 December 2011 to 2 January 2012"] * 3),
        ("2012-01/..", "From January 2012", "(from January 2012)", "From January 2012"),
        ("201X", "N.d. (2010s)", "(n.d.; 2010s)", "2010s"),
    ],
)
def test_a_citation_does_not_say_that_a_date_which_spans_years_is_not_stated(
    date: str, chicago: str, apa: str, mla: str
) -> None:
    given = release("talks", date)
    cited = {
        citation.style: f"{citation.before}{citation.title}{citation.after}"
        for citation in cite.texts(given, "", cite.Host("A", "", "en", ""))
    }
    assert chicago in cited["Chicago"]
    assert apa in cited["APA"]
    assert mla in cited["MLA"]
    assert ("n.d." in cited["APA"]) == (date == "201X")

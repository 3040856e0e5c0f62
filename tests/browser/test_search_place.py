"""The place in the results is kept, results are saved as files, and a range is as exact as the reader wants it."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from lxml import etree
from playwright.sync_api import Browser, Page, Route
from pybtex.database import parse_string

from onrecord import tex
from tests.browser.searching import at, search, until
from tests.browser.thoroughness import tried
from tests.conftest import ROOT, run_here

# Adds up what moves on a page by itself (the Layout Instability API).
SHIFTS = """window.shifted = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shifted += entry.value; })
    .observe({ type: "layout-shift", buffered: true });"""
ALL = 135  # releases that have the word "ledger"


def saved(page: Page, ending: str, folder: Path) -> str:
    """Presses the button of a format and gives what was saved."""
    with page.expect_download() as download:
        page.click(f"[data-format={ending}]")
    assert download.value.suggested_filename == f"releases.{ending}"
    download.value.save_as(folder / "saved")
    until(lambda: page.inner_text("#search-save-status").startswith("Saved"))
    return (folder / "saved").read_bytes().decode()


# ---- back -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", tried(["http", "file"], ["file"]))
def test_back_from_a_late_result_leads_to_it(page: Page, addresses: dict[str, str], where: str) -> None:
    search(page, addresses[where], "q=ledger")
    titles = page.locator(".search-title")
    while titles.count() < ALL:
        before = titles.count()
        page.click("#search-more")
        until(lambda: titles.count() > before)  # noqa: B023 - asked before the loop goes on
    assert not page.locator("#search-listed").text_content(), "where all are listed nothing has to be said on paper"
    chosen = titles.nth(122)
    chosen.scroll_into_view_if_needed()
    text, top = chosen.inner_text(), chosen.bounding_box()
    chosen.click()
    until(lambda: "/releases/" in at(page))
    page.go_back()
    until(lambda: "search.html" in at(page) and titles.count() == ALL)
    until(lambda: page.evaluate("document.activeElement.textContent") == text)
    again = chosen.bounding_box()
    assert top
    assert again
    assert abs(again["y"] - top["y"]) <= 2
    scroll = page.evaluate("scrollY")
    page.wait_for_timeout(300)
    page.reload()
    until(lambda: titles.count() == ALL and abs(page.evaluate("scrollY") - scroll) <= 2)


def test_paper_says_how_many_of_the_results_are_on_it(page: Page, addresses: dict[str, str]) -> None:
    search(page, addresses["http"], "q=ledger")
    titles, listed = page.locator(".search-title"), page.locator("#search-listed")
    assert titles.count() == 10
    assert not listed.is_visible()
    page.emulate_media(media="print")
    assert listed.is_visible()
    assert listed.inner_text() == f"10 of {ALL} are listed here."
    assert not page.locator("#search-more").is_visible()
    assert not page.locator("#search-form button").first.is_visible()


def test_nothing_moves_while_the_results_come_back(page: Page, addresses: dict[str, str]) -> None:
    search(page, addresses["http"], "q=ledger")
    page.click("#search-more")
    until(lambda: page.locator(".search-title").count() == 20)
    page.evaluate("scrollTo(0, 900)")
    page.wait_for_timeout(300)
    page.add_init_script(SHIFTS)
    page.reload()
    until(lambda: page.locator(".search-title").count() == 20)
    page.wait_for_timeout(200)
    assert page.evaluate("window.shifted") < 0.02
    assert abs(page.evaluate("scrollY") - 900) <= 2


def test_back_through_searches_restores_each(page: Page, addresses: dict[str, str]) -> None:
    search(page, addresses["http"], "q=lamps")
    page.fill("#q", "ledger")
    page.keyboard.press("Enter")
    until(lambda: at(page).endswith("#q=ledger") and page.inner_text("#search-status") == f"{ALL} releases")
    page.go_back()
    until(lambda: page.inner_text("#search-status") == "2 releases")
    assert page.input_value("#q") == "lamps"
    page.go_forward()
    until(lambda: page.inner_text("#search-status") == f"{ALL} releases")


def test_the_link_to_the_content_leaves_the_search_in_the_address(page: Page, addresses: dict[str, str]) -> None:
    search(page, addresses["http"], "q=lamps")
    page.keyboard.press("Tab")
    page.locator("a.skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert at(page).endswith("search.html#q=lamps")


# ---- saving -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", tried(["http", "file"], ["file"]))
def test_all_results_are_saved_for_a_spreadsheet_which_runs_none_of_them(
    page: Page, addresses: dict[str, str], tmp_path: Path, where: str
) -> None:
    search(page, addresses[where], "q=ledger")
    text = saved(page, "csv", tmp_path)
    assert text.startswith("\ufefftitle,")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == ALL
    assert {row["publisher"] for row in rows} == {"Ledger Office"}
    assert ("1990-02-02", "2 February 1990") in {(row["date"], row["date_in_words"]) for row in rows}
    (guarded,) = [row for row in rows if "HYPERLINK" in row["title"]]
    assert guarded["title"] == "'=HYPERLINK(0) Ledger page 1"
    assert not [cell for row in rows for cell in row.values() if re.match(r"[=+\-@]", cell)]
    assert "tmp" not in text  # where a copy lies on a disk is nobody's business


@pytest.mark.parametrize("where", ["http", "file"])
def test_a_citation_says_what_the_index_knows_and_no_more(
    page: Page, addresses: dict[str, str], tmp_path: Path, where: str
) -> None:
    search(page, addresses[where], "q=lanterns")
    text = saved(page, "bib", tmp_path)
    assert (text.count("@techreport{"), text.count("@misc{")) == (2, 1)  # one has no publisher, whom a report needs
    assert "title = {{Lanterns of Aleppo}}" in text
    assert "year = {2010}" in text  # of the one that states it; what the two others leave open is said in words
    assert text.count("year = ") == 1
    assert "note = {Date: 1 August, year not stated; Harbour papers}" in text
    assert "note = {publisher not stated; Date: Year not stated; Harbour papers}" in text
    assert text.count("url = {http") == (3 if where == "http" else 0)
    text = saved(page, "ris", tmp_path)
    assert text.count("TY  - RPRT\r\n") == text.count("ER  - \r\n") == 3
    assert text.count("PY  -") == 1
    assert not re.search(r"^\w\w  - $", text.replace("ER  - ", ""), re.M)


def test_a_season_is_no_plain_year_in_a_saved_citation(page: Page, addresses: dict[str, str], tmp_path: Path) -> None:
    search(page, addresses["http"], "q=equinoctial")
    assert "note = {Date: spring 2014; Harbour papers}" in saved(page, "bib", tmp_path)
    assert "N1  - Date: spring 2014\r\n" in saved(page, "ris", tmp_path)


def test_keys_are_those_of_the_site_and_no_two_are_the_same(
    page: Page, addresses: dict[str, str], site: Path, tmp_path: Path
) -> None:
    search(page, addresses["http"], "language=ar")
    text = saved(page, "bib", tmp_path)
    keys = re.findall(r"^@\w+{(.+),$", text, re.M)
    assert len(set(keys)) == len(keys) > 1
    own = {
        key
        for file in (site / "releases").glob("*.bib")
        for key in re.findall(r"^@\w+{(.+),$", file.read_text("utf-8"), re.M)
    }
    assert set(keys) <= own


SAME = ("title", "author", "institution", "organization", "type", "howpublished", "number", "year", "month")


def test_an_entry_that_is_saved_is_that_of_the_release_itself(
    page: Page, addresses: dict[str, str], site: Path, tmp_path: Path
) -> None:
    search(page, addresses["http"], "q=ledger OR council OR lanterns")
    own = parse_string(
        "\n".join(file.read_text("utf-8") for file in sorted((site / "releases").glob("*.bib"))), "bibtex"
    ).entries
    entries = parse_string(saved(page, "bib", tmp_path), "bibtex").entries
    assert len(entries) > 5
    assert {entry.original_type for entry in entries.values()} == {"techreport", "misc"}
    for key, entry in entries.items():
        assert entry.original_type == own[key].original_type
        for name in SAME:
            assert entry.fields.get(name) == own[key].fields.get(name), (key, name)
        assert entry.persons == own[key].persons
    types = {
        key: re.search(r"^TY  - (.*)\r$", (site / "releases" / f"{key}.ris").read_bytes().decode(), re.M)
        for key in entries
        if key.isascii()
    }
    for record in saved(page, "ris", tmp_path).split("ER  - \r\n")[:-1]:
        tags = dict(re.findall(r"^(TY|ID)  - (.*)\r$", record, re.M))
        found = types[tags["ID"]]
        assert found
        assert tags["TY"] == found[1]


@pytest.mark.parametrize(
    "text", ["50% of {a} & b_c #1 $5 ~ ^ \\ x", "}{ {{ }", "a -- b `` '' ?` ,, <<", "نداء\u00a050% ", "Ä  \t b"]
)
def test_the_script_writes_a_value_of_bibtex_as_the_program_does(
    page: Page, addresses: dict[str, str], text: str
) -> None:
    search(page, addresses["http"], "q=lanterns")
    until(lambda: page.evaluate("Boolean(window.OnrecordSearch.save)"))
    assert page.evaluate("text => window.OnrecordSearch.save.tex(text)", text) == tex.tex(text)


_ABSTRACT = """---
title: {title}
date: 2012-{date}
publisher: Lamp and Ladder Society
reference: LLS {date}
kind: press release
language: en
extent: abstract
---
The society says that lanterns are missing from the pier.
"""
ABSTRACTS = {
    "archive.toml": 'title = "Harbour papers"\npublisher = "Friends of the Quay"\n',
    **{f"{name}.toml": "" for name in ("topics", "places", "names")},
    "releases/2012/2012-02-08-the-pier-stays-dark.md": _ABSTRACT.format(title="The pier stays dark", date="02-08"),
    "releases/2012/2012-03-01-lamps-again.md": _ABSTRACT.format(title="Lamps again", date="03-01"),
}


def test_a_summary_is_cited_as_the_archive_s_own_work_about_a_release_as_on_its_page(
    page: Page, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    content = tmp_path / "content"
    for path, text in ABSTRACTS.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(text, encoding="utf-8")
    ran = run_here(["--content", str(content), "--out", str(site)])
    assert ran.code == 0, ran.err
    search(page, f"{site.as_uri()}/", "q=lanterns")
    entries = {entry.partition(",")[0].partition("{")[2]: entry for entry in saved(page, "bib", tmp_path).split("\n\n")}
    summaries = [key for key in entries if key.startswith("summary:")]
    assert len(summaries) > 1
    own = "\n".join(file.read_text("utf-8") for file in sorted((site / "releases").glob("*.bib")))
    written = {entry.partition(",")[0].partition("{")[2]: entry for entry in own.split("\n\n")}
    for key in summaries:
        # The language is said in another field: of the rest every line is the same.
        assert set(entries[key].split("\n")[:4]) <= set(written[key].split("\n")), key
        (note,), (own_note,) = (re.findall("^  note = .*$", of[key], re.M) for of in (entries, written))
        assert note == own_note
        about = key.removeprefix("summary:")
        assert "author = {{Harbour papers}}" not in entries[about]
        assert "url" not in entries[about]


@pytest.mark.parametrize("where", ["http", "file"])
def test_results_are_saved_as_a_feed(page: Page, addresses: dict[str, str], tmp_path: Path, where: str) -> None:
    search(page, addresses[where], "q=lanterns")
    text = saved(page, "atom", tmp_path)
    grammar = etree.RelaxNG(etree.parse(ROOT / "tests" / "schemas" / "atom.rng"))
    tree = etree.fromstring(text.encode())
    assert grammar.validate(tree), grammar.error_log
    entries = {entry.findtext("{*}title"): entry for entry in tree.iter("{*}entry")}
    assert len(entries) == 3
    assert entries["The first of August"].findtext("{*}summary") == "1 August, year not stated."
    assert not list(tree.iter("{*}published"))  # none of them states a day
    assert tree.findtext("{*}title") == "Harbour papers"
    assert "lanterns" not in (tree.findtext("{*}id") or "").lower()
    links = {link.get("href") for link in tree.iter("{*}link")}
    assert all(link.startswith("http" if where == "http" else "releases/") for link in links)


def test_saving_asks_for_no_file_of_a_release(page: Page, addresses: dict[str, str], tmp_path: Path) -> None:
    search(page, addresses["http"], "q=ledger")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for ending in ("csv", "bib", "ris", "atom"):
        saved(page, ending, tmp_path)
    assert not [url for url in asked if "/pagefind/" not in url and not url.startswith("blob:")]


def test_saving_can_be_stopped_and_a_failure_is_told(chromium: Browser, addresses: dict[str, str]) -> None:
    page = chromium.new_page()
    search(page, addresses["http"], "q=ledger")
    waiting: list[Route] = []
    page.route("**/pagefind/**", lambda route: waiting.append(route))
    page.click("[data-format=ris]")
    assert page.evaluate("document.activeElement.id") == "search-save-cancel"
    until(lambda: page.evaluate("true") and waiting)
    page.click("#search-save-cancel")
    for route in waiting:
        route.abort()
    until(lambda: page.inner_text("#search-save-status") == "Nothing was saved.")
    page.unroute("**/pagefind/**")
    page.route("**/pagefind/**", lambda route: route.fulfill(status=404))
    page.click("[data-format=bib]")
    until(lambda: "could not be saved" in page.inner_text("#search-save-status"))
    page.close()


# ---- the range --------------------------------------------------------------------------------------------------------------------


def test_a_range_is_as_exact_as_a_day(page: Page, addresses: dict[str, str]) -> None:
    found = search(page, addresses["http"], "from=2012-09-01&to=2012-09-01")
    assert found["titles"] == ["مصابيح لحمص"]
    assert page.input_value("#from-month") == "09"
    assert page.input_value("#to-day") == "01"
    found = search(page, addresses["http"], "from=2012-09&to=2012-09")
    assert len(found["titles"]) == 2
    assert found["chips"][:2] == ["From: September 2012 ×", "To: September 2012 ×"]


def test_a_month_can_be_chosen_once_there_is_a_year_and_a_day_once_there_is_a_month(
    page: Page, addresses: dict[str, str]
) -> None:
    page.goto(addresses["http"] + "search.html")
    page.click("[data-facet=year] > summary")
    assert page.is_disabled("#from-month")
    page.select_option("#from-year", "2012")
    until(lambda: at(page).endswith("#from=2012"))
    assert page.is_disabled("#from-day")
    page.select_option("#from-month", "02")
    until(lambda: at(page).endswith("#from=2012-02"))
    assert page.locator("#from-day option").count() == 30  # 2012 is a leap year; and "Any day"
    page.select_option("#from-day", "29")
    until(lambda: at(page).endswith("#from=2012-02-29"))
    page.select_option("#from-year", "2013")  # which has no 29 February
    until(lambda: at(page).endswith("#from=2013-02"))


@pytest.mark.parametrize(("from_", "to"), [("2013", "2012"), ("2012-09-02", "2012-09"), ("2013", "2012-12-31")])
def test_a_range_that_ends_before_it_begins_is_exchanged_and_says_so(
    page: Page, addresses: dict[str, str], from_: str, to: str
) -> None:
    seen = search(page, addresses["http"], f"from={from_}&to={to}")
    exchanged = to < from_ and not from_.startswith(to)
    assert ("The range ended before it began. Its two dates were exchanged." in seen["notes"]) == exchanged
    assert at(page).endswith(f"from={to}&to={from_}" if exchanged else f"from={from_}&to={to}")
    assert seen["titles"]


def test_what_is_no_date_is_left_out_and_named(page: Page, addresses: dict[str, str]) -> None:
    seen = search(page, addresses["http"], "q=lamps&from=2012-13&to=2012-02-30")
    assert [note.split("”")[0] for note in seen["notes"]] == ["“2012-13", "“2012-02-30"]
    assert seen["status"] == ["2 releases"]


# ---- on the page of a release -----------------------------------------------------------------------------------------------------


def test_words_are_marked_in_title_reference_and_text(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["http"] + "releases/2012-02-08-lamps-for-homs.html#mark=Lamps&mark=HBR&mark=winter")
    until(lambda: page.locator("mark").count())
    assert page.locator("h1 mark").all_text_contents() == ["Lamps"]
    assert page.locator("[data-reference] mark").all_text_contents() == ["HBR"]
    assert page.locator("[data-pagefind-body] mark").all_text_contents() == ["lamps", "winter"]
    assert at(page).endswith("lamps-for-homs.html")
    assert page.inner_text(".search-marks span") == "4 passages are highlighted"


@pytest.mark.parametrize(
    ("query", "marks"),
    [
        ("Strasse", ["Straße"]),
        ("Lodz", ["Łódź"]),
        ("José Luis Díaz", ["José", "Luis", "Díaz", "Jose", "Luis", "Diaz"]),
    ],
)
def test_words_are_marked_as_they_are_written_there(
    page: Page, addresses: dict[str, str], query: str, marks: list[str]
) -> None:
    search(page, addresses["http"], f"q={quote(query)}")
    page.click("text=A cook and his namesake")
    until(lambda: page.locator(".release mark").count())
    assert page.locator("[data-pagefind-body] mark").all_text_contents() == marks


def test_a_phrase_is_marked_over_the_signs_within_it(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["http"] + "releases/2012-02-08-lamps-for-homs.html#mark=" + quote("bab 'amr"))
    until(lambda: page.locator("mark").count())
    assert page.locator("mark").all_text_contents() == ["Bab 'Amr"]


def test_the_paragraph_is_in_sight_and_reading_goes_on_from_there(page: Page, addresses: dict[str, str]) -> None:
    page.set_viewport_size({"width": 360, "height": 300})
    page.goto(addresses["file"] + "releases/2012-02-08-lamps-for-homs.html#to=p3&mark=gulls")
    until(lambda: page.evaluate("document.activeElement.id") == "p3")
    assert page.evaluate("document.querySelector(':target').id") == "p3"
    box = page.locator("#p3").bounding_box()
    assert box
    assert 0 <= box["y"] < 300


def test_a_link_to_a_paragraph_stays_what_it_is(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["http"] + "releases/2012-02-08-lamps-for-homs.html#p2")
    page.wait_for_timeout(200)
    assert at(page).endswith("#p2")
    assert page.locator("mark").count() == 0

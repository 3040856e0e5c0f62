"""The search as a reader meets it, in Chromium and Firefox, over http, below a path, and opened from a folder."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser import marionette, search_site
from tests.browser.searching import ANSWERED, SEEN, at, search, search_again, type_in, until
from tests.browser.thoroughness import tried

# What is typed, and the titles that must be found, the first one first where there is a "|".
LANGUAGE_TABLE = [
    ("José Luis Díaz", "A cook and his namesake; The cook alone"),
    ("José Luis Díaz", "A cook and his namesake; The cook alone"),
    ("Jose Luis Diaz", "A cook and his namesake; The cook alone"),
    ("“José Luis Díaz”", "A cook and his namesake; The cook alone"),
    ('"Jose Luis Diaz"', "A cook and his namesake; The cook alone"),
    ("Khaldieh", "Lamps for Homs; Lanterns of Aleppo"),
    ("al-Khaldieh", "Lamps for Homs; Lanterns of Aleppo"),
    ("alKhaldieh", "Lamps for Homs; Lanterns of Aleppo"),
    ("Seba", "Lamps for Homs"),
    ("Seba'", "Lamps for Homs"),
    ("al-Seba’", "Lamps for Homs"),
    ("Bab Amr", "Lamps for Homs; Curly lamps on the quay"),
    ("Bab ‘Amr", "Lamps for Homs; Curly lamps on the quay"),
    ("Bab ʿAmr", "Lamps for Homs; Curly lamps on the quay"),
    ("Insha'aat", "Lamps for Homs; Curly lamps on the quay"),
    ("al-Insha’aat", "Lamps for Homs; Curly lamps on the quay"),
    ("Łódź", "A cook and his namesake"),
    ("Lodz", "A cook and his namesake"),
    ("Oyvind", "A cook and his namesake"),
    ("Øyvind", "A cook and his namesake"),
    ("Strasse", "A cook and his namesake"),
    ("Straße", "A cook and his namesake"),
    ("including", "Curly lamps on the quay"),
    ("shuntermen", "Curly lamps on the quay"),
    ("again", "Curly lamps on the quay"),
    ("HBR 01/417/2012", "Lamps for Homs"),
    ("HBR 01 417 2012", "Lamps for Homs"),
    ("hbr014172012", "Lamps for Homs"),
    ("417/2012", "Lamps for Homs"),
    ('"HBR 01/417/2012"', "Lamps for Homs"),
    ("Daash", "Lamps for Homs"),
    ("الأسطول", "مصابيح لحمص"),
    ("اسطول", "مصابيح لحمص"),
    ("المدينه", "مصابيح لحمص"),
    ("مدينة", "مصابيح لحمص"),
    ("كتب", "رسالة المسئول"),
    ("رساله", "رسالة المسئول"),
    ("ميناء", "A sign on the pier; رسالة المسئول"),
    ("مسئول", "مصابيح لحمص; رسالة المسئول"),
    ("مسؤول", "مصابيح لحمص; رسالة المسئول"),
    ("حمص", "مصابيح لحمص; Lamps for Homs"),
    ("حلب", "مصابيح لحمص; رسالة المسئول; Lanterns of Aleppo"),
    ("القاهرة", "مصابيح لحمص"),
    ("الميناء القديم", "A sign on the pier"),
    ("Homs", "Lamps for Homs; مصابيح لحمص"),
]  # fmt: skip
EVERYWHERE = [
    "q=lamps", "q=José+Luis+Díaz", "q=%22Jose+Luis+Diaz%22", "q=HBR+01%2F417%2F2012", "q=417%2F2012", "q=Khaldieh", "q=harbour+council",
    "q=harbour+council&sort=newest", "q=harbour+council&sort=oldest", "q=مسئول", "q=حمص", "q=lantrens", "q=%22lamps+harbour+council%22",
    "q=zzzzq", "topic=pilot-strikes", "place=homs&sort=oldest", "q=light&from=2011&to=2012", "q=lanterns&undated=1", "q=Daash",
    "speaker=ines-quay", "q=marlinspike", "publisher=not-stated",
]  # fmt: skip


# ---- what is found ----------------------------------------------------------------------------------------------------------------


def test_every_spelling_finds_its_releases(page: Page, addresses: dict[str, str]) -> None:
    missed = []
    search(page, addresses["http"], "q=zzzzq")
    for query, expected_titles in LANGUAGE_TABLE:
        titles = search_again(page, f"q={quote(query)}")["titles"]
        if not set(expected_titles.split("; ")) <= set(titles):
            missed.append((query, expected_titles, titles))
    assert missed == []


def test_a_reference_comes_first_however_it_is_typed(page: Page, addresses: dict[str, str]) -> None:
    search(page, addresses["http"], "q=zzzzq")
    for query in ("HBR 01/529/2012", "HBR 01 529 2012", "hbr015292012", "529/2012", "hbr 01-529-2012"):
        assert search_again(page, f"q={quote(query)}")["titles"][0] == "Curly lamps on the quay", query


def test_a_title_outweighs_a_text_that_repeats_the_words(page: Page, addresses: dict[str, str]) -> None:
    assert search(page, addresses["http"], "q=harbour+council")["titles"][0].startswith("Harbour council:")


def test_a_word_does_not_find_another_that_begins_like_its_stem(page: Page, addresses: dict[str, str]) -> None:
    """“Homs” has the stem “hom”; the text of the curly lamps has “home” but also the place, the cook has neither."""
    seen = search(page, addresses["http"], "q=Homs")
    titles = seen["titles"]
    assert "home" not in seen["marks"]
    assert "A cook and his namesake" not in titles
    assert set(titles) == {"Lamps for Homs", "Curly lamps on the quay", "مصابيح لحمص"}


def test_excerpts_are_verbatim_and_lead_to_their_paragraph(page: Page, addresses: dict[str, str], site: Path) -> None:
    seen = search(page, addresses["http"], "q=winter")
    assert seen["passages"] == ["“We need light before the winter comes.” Ines Quay said so on the pier."]
    assert seen["marks"] == ["winter"]
    assert seen["links"][1] == "releases/2012-02-08-lamps-for-homs.html#to=p2&mark=winter"
    page.goto(addresses["http"] + seen["links"][1])
    until(lambda: page.locator("#p2 mark").count())
    assert page.locator("[data-pagefind-body] mark").all_text_contents() == ["winter"]
    page.click(".search-marks button")
    assert page.locator("mark").count() == 0
    assert at(page).endswith("lamps-for-homs.html#p2")


def test_a_word_joined_by_a_dash_is_marked_in_the_excerpt_as_it_stands(page: Page, addresses: dict[str, str]) -> None:
    seen = search(page, addresses["http"], "q=shuntermen")
    assert "Pilots—including shuntermen—stayed at home… again." in " ".join(seen["passages"])


def test_a_phrase_that_is_nowhere_is_searched_without_its_quotation_marks_and_says_so(
    page: Page, addresses: dict[str, str]
) -> None:
    seen = search(page, addresses["http"], "q=" + quote('"pier light"'))
    assert "No release has this exact phrase. Shown are releases that have its words." in seen["notes"]
    assert "Lamps for Homs" in seen["titles"]


def test_a_phrase_beside_a_word(page: Page, addresses: dict[str, str]) -> None:
    assert search(page, addresses["http"], "q=" + quote('Homs "winter comes"'))["titles"] == ["Lamps for Homs"]


NEAR = [
    ("lantrens", "No release has “lantrens”. Shown are releases with “lanterns”.", "Lanterns of Aleppo"),
    ("lamps quixotism", "No release has “quixotism”. Shown are releases with the other words.", "Lamps for Homs"),
    (
        "tar sieve marlinspike",
        "No release has all of these words. Shown are releases with most of them.",
        "Lanterns of Aleppo",
    ),
]


def test_what_is_near_is_shown_and_named(page: Page, addresses: dict[str, str]) -> None:
    search(page, addresses["http"], "q=zzzzq")
    for query, note, first in NEAR:
        seen = search_again(page, f"q={quote(query)}")
        assert seen["notes"] == [note]
        assert first in seen["titles"][:3], query


def test_what_cannot_be_searched_is_never_said_to_be_in_no_release(page: Page, addresses: dict[str, str]) -> None:
    seen = search(page, addresses["http"], "q=" + quote("ꦲꦤ"))
    assert seen["status"] == ["Not searched"]
    assert seen["notes"] == ["Words in this script cannot be searched yet: Javanese. The indexes show every release."]


def test_a_date_that_is_typed_is_understood_and_said(page: Page, addresses: dict[str, str]) -> None:
    search(page, addresses["http"], "q=zzzzq")
    for query in ("8 February 2012", "2012-02-08"):
        seen = search_again(page, "q=" + quote(query))
        assert seen["titles"][0] == "Lamps for Homs", query
        assert seen["notes"] == ["Releases of this date come first: 8 February 2012."]
        assert "matches the date" in seen["facts"][0]


def test_pages_of_terms_and_matches_in_titles_and_references_are_shown(page: Page, addresses: dict[str, str]) -> None:
    seen = search(page, addresses["http"], "q=homs+lamps")
    assert seen["terms"] == ["Homs – place, 3 releases"]
    assert seen["title_marks"][:2] == ["Lamps", "Homs"]
    page.click(".search-terms a")
    until(lambda: at(page).endswith("places/homs.html"))
    seen = search(page, addresses["http"], "q=" + quote("HBR 01/529/2012"))
    assert "".join(seen["reference_marks"]).startswith("HBR")
    assert "matches the reference" in seen["facts"][0]


def test_results_that_lack_a_word_say_which_and_stand_behind_a_line(page: Page, addresses: dict[str, str]) -> None:
    seen = search(page, addresses["http"], "q=pilots+harbour+lamps")
    assert seen["whole"] == ["Curly lamps on the quay"]
    assert page.inner_text("#search-divider") == "These lack some of the words"
    assert set(seen["titles"]) > {"The cook alone"}
    assert set(seen["missing"]) >= {"Without: lamps"}
    search(page, addresses["http"], "q=lamps")
    assert page.locator("#search-divider").is_hidden()


def test_another_spelling_is_offered_as_a_link_where_the_word_itself_is_found(
    page: Page, addresses: dict[str, str]
) -> None:
    seen = search(page, addresses["http"], "q=leddger+office&publisher=ledger-office")
    assert seen["titles"][0] == "Ledger page 5"
    assert seen["notes"] == ["Did you mean “Ledger”?"]
    page.click("#search-notes a")
    until(lambda: at(page).endswith("#q=Ledger+office&publisher=ledger-office"))
    assert page.input_value("#q") == "Ledger office"
    page.go_back()
    until(lambda: page.inner_text("#search-notes") == "Did you mean “Ledger”?")


def test_nothing_found_says_so_and_helps(page: Page, addresses: dict[str, str]) -> None:
    seen = search(page, addresses["http"], "q=zzzzq")
    assert seen["status"] == ["No release found"]
    assert page.locator("#search-help").is_visible()


# ---- facets, order and the address ------------------------------------------------------------------------------------------------


def test_releases_without_a_year_come_last_whichever_way_they_are_sorted(page: Page, addresses: dict[str, str]) -> None:
    newest = search(page, addresses["http"], "q=harbour+council&sort=newest")["titles"]
    oldest = search(page, addresses["http"], "q=harbour+council&sort=oldest")["titles"]
    assert newest == ["Tar prices", "Harbour council: pilots must not block the light", "A note without a date"]
    assert oldest == ["Harbour council: pilots must not block the light", "Tar prices", "A note without a date"]


def test_a_range_of_years_leaves_out_what_has_no_year_unless_it_is_asked_for(
    page: Page, addresses: dict[str, str]
) -> None:
    assert search(page, addresses["http"], "q=lanterns&from=2009&to=2011")["titles"] == ["Lanterns of Aleppo"]
    assert set(search(page, addresses["http"], "q=lanterns&from=2009&to=2011&undated=1")["titles"]) == {
        "Lanterns of Aleppo", "A note without a date", "The first of August",
    }  # fmt: skip


def test_facets_without_words_list_releases_newest_first(page: Page, addresses: dict[str, str]) -> None:
    assert search(page, addresses["http"], "place=homs")["titles"] == [
        "مصابيح لحمص",
        "Curly lamps on the quay",
        "Lamps for Homs",
    ]


def test_a_facets_own_choice_does_not_take_its_other_values_away(page: Page, addresses: dict[str, str]) -> None:
    search(page, addresses["http"], "place=homs&topic=night-ferries")
    counts = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('[data-facet=topic] li')]"
        ".map((one) => [one.querySelector('input').value, one.querySelector('.facet-count').textContent]))"
    )
    assert counts == {"night-ferries": "1", "pilot-strikes": "1"}


def test_counts_are_in_the_page_before_anything_is_fetched(page: Page, addresses: dict[str, str]) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(addresses["http"] + "search.html")
    page.click("[data-facet=place] summary")
    assert page.inner_text("[data-facet=place] li:first-child").split() == ["Homs", "3"]
    time.sleep(0.3)
    assert [url for url in requests if "pagefind" in url] == []


def test_what_is_chosen_is_named_can_be_removed_and_lives_in_the_address(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["http"] + "search.html")
    type_in(page, "lamps")
    assert page.inner_text("#search-status") == "2 releases"
    page.click("[data-facet=topic] summary")
    page.check("input[value=pilot-strikes]")
    until(lambda: page.inner_text("#search-status") == "1 release")
    assert page.locator(".search-chip").all_text_contents() == ["Topic: Pilot strikes ×"]
    assert at(page).endswith("search.html#q=lamps&topic=pilot-strikes")
    page.select_option("#sort", "oldest")
    until(lambda: at(page).endswith("&sort=oldest"))
    page.click(".search-chip")
    until(lambda: page.inner_text("#search-status") == "2 releases")
    assert page.evaluate("document.activeElement.id") == "q"
    page.go_back()
    until(lambda: page.inner_text("#search-status") == "1 release")
    assert page.is_checked("input[value=pilot-strikes]")
    page.go_back()
    page.go_back()
    until(lambda: page.inner_text("#search-status") == "2 releases")
    assert at(page).endswith("search.html#q=lamps")


def test_back_from_a_release_shows_the_same_results(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["file"] + "search.html")
    type_in(page, "harbour council")
    titles = page.evaluate(SEEN)["titles"]
    page.click(".search-title")
    until(lambda: "/releases/" in at(page))
    page.go_back()
    until(lambda: at(page).endswith("q=harbour+council") and page.evaluate(ANSWERED))
    assert page.evaluate(SEEN)["titles"] == titles


def test_keys(page: Page, addresses: dict[str, str]) -> None:
    search(page, addresses["http"], "q=lamps")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.input_value("#q") == "lamps"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == page.evaluate(SEEN)["titles"][0]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Escape")
    until(lambda: at(page).endswith("search.html"))
    assert page.input_value("#q") == ""
    assert page.locator("#search-out").is_hidden()


def test_the_box_of_every_page_leads_to_the_results(page: Page, addresses: dict[str, str]) -> None:
    page.goto(addresses["path"] + "releases/2012-02-08-lamps-for-homs.html")
    page.keyboard.press("/")
    page.keyboard.type("lanterns")
    page.keyboard.press("Enter")
    until(lambda: "search.html#q=lanterns" in at(page) and page.evaluate(ANSWERED))
    assert page.inner_text("#search-status") == "3 releases"


def test_without_javascript_the_page_says_where_the_indexes_are(
    chromium: Browser, addresses: dict[str, str], site: Path
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(addresses["file"] + "search.html#q=lamps")
    assert "Searching needs JavaScript" in page.inner_text("main")
    links = page.locator(".search-indexes a").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
    assert links
    assert [link for link in links if not (site / link).is_file()] == []
    context.close()


def test_a_search_that_cannot_be_loaded_says_so_and_can_be_tried_again(
    chromium: Browser, addresses: dict[str, str]
) -> None:
    page = chromium.new_page()
    page.route("**/pagefind/catalogue.js", lambda route: route.abort())
    page.goto(addresses["http"] + "search.html#q=lamps")
    until(lambda: "could not be loaded" in page.inner_text("#search-status"))
    page.unroute("**/pagefind/catalogue.js")
    page.click("#search-notes button")
    until(lambda: page.inner_text("#search-status") == "2 releases")
    page.close()


def test_without_workers_the_search_runs_in_the_page(chromium: Browser, addresses: dict[str, str]) -> None:
    page = chromium.new_page()
    page.add_init_script("window.Worker = function () { throw new Error('no workers here'); };")
    assert search(page, addresses["file"], "q=lamps")["status"] == ["2 releases"]
    page.close()


# ---- hostile content --------------------------------------------------------------------------------------------------------------


def test_the_arabic_interface_searches_the_same_archive(page: Page, addresses: dict[str, str], site: Path) -> None:
    page.goto(addresses["file"] + "ar/search.html#q=homs&place=homs")
    until(lambda: page.evaluate(ANSWERED))
    seen = page.evaluate(SEEN)
    assert set(seen["titles"]) == {"Lamps for Homs", "Curly lamps on the quay", "مصابيح لحمص"}
    assert "حمص" in seen["chips"][0]  # the place as its vocabulary calls it in Arabic
    assert "٨ فبراير ٢٠١٢؛" in " ".join(seen["facts"])
    assert "·" not in " ".join(seen["facts"]), "beside such digits it reads as a zero"
    assert "٣" in seen["status"][0]
    assert page.locator(".search-title").first.get_attribute("dir") == "ltr"
    assert [link for link in seen["links"] if not (site / "ar" / link.split("#")[0]).is_file()] == []


def test_titles_topics_and_names_are_never_read_as_html(page: Page, addresses: dict[str, str]) -> None:
    hostile = search_site.HOSTILE
    slug = page.goto(addresses["http"] + "search.html") and page.evaluate(
        "document.querySelector('[data-facet=topic] input[value^=hostile]').value"
    )
    query = f"q=marlinspike+{quote(hostile)}&topic={slug}"
    search(page, addresses["http"], f"q=marlinspike&topic={slug}")
    for facet in page.locator(".facet > summary").all():
        facet.click()
    until(lambda: f"Name {hostile}" in page.inner_text("main"))
    text = page.inner_text("main")
    assert f"Hostile {hostile}" in text  # in the title, the topic and its chip
    assert f"Quay {hostile}" in text
    assert "<script>document.title='owned'</script>" in page.evaluate(SEEN)["passages"][0]
    assert page.locator("#search img, #search-results script, #search-narrow script").count() == 0
    search(page, addresses["http"], query)
    assert page.locator("#search img").count() == 0
    page.click(".search-title")
    until(lambda: "/releases/" in at(page))
    assert page.title() != "owned"
    page.goto(addresses["http"] + f"releases/2014-05-06-hostile-labels.html#mark={quote(hostile)}&mark=marlinspike")
    until(lambda: page.locator("mark").count())
    assert page.title() != "owned"
    assert page.locator("[data-pagefind-body] img").count() == 0


# ---- the same everywhere ----------------------------------------------------------------------------------------------------------


def everything_asked(page: Page, address: str) -> dict[str, Any]:
    """What the search page at an address shows for each query: the first as it is opened, the others as its address changes."""
    first, *others = EVERYWHERE
    return {first: search(page, address, first)} | {query: search_again(page, query) for query in others}


@pytest.fixture(scope="session")
def expected(chromium: Browser, addresses: dict[str, str]) -> dict[str, dict[str, Any]]:
    page = chromium.new_page()
    seen = everything_asked(page, addresses["http"])
    page.close()
    assert sum(bool(answer["titles"]) for answer in seen.values()) == len(EVERYWHERE) - 1
    return seen


@pytest.mark.parametrize("where", tried(["path", "file"], ["file"]))
def test_chromium_gives_the_same_answers(
    page: Page, addresses: dict[str, str], expected: dict[str, Any], where: str
) -> None:
    assert everything_asked(page, addresses[where]) == expected


@pytest.mark.parametrize("where", tried(["http", "path", "file"], ["path", "file"]))
def test_firefox_gives_the_same_answers(
    firefox: marionette.Firefox, addresses: dict[str, str], expected: dict[str, Any], where: str
) -> None:
    seen = {}
    before = ""
    firefox.go("about:blank")
    firefox.go(f"{addresses[where]}search.html#{EVERYWHERE[0]}")
    for query in EVERYWHERE:
        firefox.run("location.hash = given[0]", query)
        before = until(lambda: (now := firefox.run(f"return {ANSWERED}")) != before and now)  # noqa: B023 - asked before the loop goes on
        seen[query] = firefox.run(f"return {SEEN}")
    assert seen == expected


def test_firefox_keeps_its_policy_for_files(firefox: marionette.Firefox, addresses: dict[str, str]) -> None:
    """The control of the tests above: what readers' browsers refuse to a page in a folder is refused to this one."""
    firefox.go(addresses["file"] + "search.html")
    for attempt in ("fetch('index.html')", "import('./pagefind/engine.js')"):
        assert firefox.run(f"return {attempt}.then(() => 'allowed', () => 'refused')") == "refused"


def test_firefox_keeps_the_address_of_a_search_in_a_folder(
    firefox: marionette.Firefox, addresses: dict[str, str]
) -> None:
    firefox.go(addresses["file"] + "search.html#q=lamps")
    until(lambda: firefox.run(f"return {ANSWERED}"))
    firefox.run(
        "document.getElementById('q').value = 'lanterns'; document.getElementById('search-form').requestSubmit();"
    )
    until(lambda: firefox.run("return location.hash") == "#q=lanterns")
    firefox.run("history.back();")
    until(lambda: firefox.run("return document.getElementById('search-status').textContent") == "2 releases")
    assert firefox.run("return document.getElementById('q').value") == "lamps"


# ---- for everyone -----------------------------------------------------------------------------------------------------------------

STATES = {
    "empty": "",
    "results": "#q=lamps",
    "filters": "#q=lamps&topic=pilot-strikes&from=2010",
    "none": "#q=zzzzq",
    "near": "#q=lantrens",
}


SCREENS = [("light", 1280, "ltr"), ("dark", 360, "rtl"), ("light", 1280, "rtl"), ("dark", 360, "ltr")]


SHOWN_ON = {
    "empty": SCREENS[1:2],
    "results": SCREENS[:1],
    "filters": SCREENS[:2],
    "none": SCREENS[:1],
    "near": SCREENS[1:2],
}


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(page: Page, addresses: dict[str, str], state: str) -> None:
    for scheme, width, direction in tried(SCREENS, SHOWN_ON[state]):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("about:blank")
        page.goto(addresses["http"] + "search.html" + STATES[state])
        if STATES[state]:
            until(lambda: page.evaluate(ANSWERED))
        page.evaluate(f"document.documentElement.dir = '{direction}'")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        time.sleep(0.2)
        violations = Axe().run(page).response["violations"]
        assert [(violation["id"], [node["html"] for node in violation["nodes"]][:2]) for violation in violations] == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

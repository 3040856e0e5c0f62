"""Lists that are narrowed and sorted on their page, in a real browser: from a folder, by keyboard, in both directions; and complete without
scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.searching import until
from tests.trust.archives import Archive, release

FAMILIES = ("Adler", "Øst", "Baker", "Cole", "Dahl", "Egan", "Frost", "Grau", "Holm", "Ives", "Jung", "Kent", "Lind")
NAMES = [f"{given} {family}" for given in ("Ada", "Bo", "Cy", "Di") for family in FAMILIES]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    archive = Archive(tmp_path_factory.mktemp("narrowing"))
    archive.write("archive.toml", 'title = "Harbour"\nlanguages = ["en", "ar"]\n')
    entries = [
        f'[[name]]\nlabel = "{name}"\nkind = "person"\nsort_name = "{name.split()[1]}, {name.split()[0]}"\n'
        for name in NAMES
    ]
    entries.append('[[name]]\nlabel = "Ferry Union"\nkind = "organization"\n')
    archive.write("names.toml", "\n".join(entries))
    archive.write("topics.toml", '[[topic]]\nlabel = "Water"\n\n[[topic]]\nlabel = "Light"\n')
    for number in range(10):
        day = f"{2010 + number}-01-02"
        named = ", ".join([*NAMES[number:], "Ferry Union"])
        speaker = NAMES[number % 2]
        more = f"names: [{named}]\ntopics: [{('Water', 'Light')[number % 2]}]\n"
        quoted = f'quotations:\n  - speaker: {speaker}\n    text: "We saw boat {number}."\n'
        text = release(f"Boat {number}", day, f"“We saw boat {number}.”", more + quoted)
        archive.write(f"releases/{day[:4]}/{day}-boat-{number}.md", text)
    ran = archive.build("--no-search")
    assert ran.code == 0, ran.out + ran.err
    return archive.site


def shown(page: Page, target: str) -> list[str]:
    """The entries that can be seen, in their order: the names, or the words."""
    return page.locator(f"#{target} [data-entry]:visible :is(th a, [data-words])").all_inner_texts()


def narrowed(page: Page, about: str, *labels: str) -> None:
    """Takes the choice that is called so, in one of the languages of the site."""
    choice = page.locator(f"#quotations-{about}")
    labelled = {option.inner_text(): option.get_attribute("value") for option in choice.locator("option").all()}
    choice.select_option(next(value for label, value in labelled.items() if label.startswith(labels)))


def test_a_list_is_narrowed_by_words_whatever_their_case_and_accents(page: Page, site: Path) -> None:
    page.goto((site / "names/index.html").as_uri())
    every = shown(page, "index")
    assert every[:3] == ["Adler, Ada", "Adler, Bo", "Adler, Cy"]
    assert len(every) == len(NAMES) + 1
    page.get_by_label("Find in this list").last.fill("øst")
    expect(page.get_by_role("status")).to_have_text(f"4 of {len(NAMES) + 1} shown")
    assert shown(page, "index") == ["Øst, Ada", "Øst, Bo", "Øst, Cy", "Øst, Di"]
    expect(page.get_by_role("heading", name="Organizations")).to_be_hidden()
    page.keyboard.press("Escape")
    assert shown(page, "index") == every
    expect(page.get_by_label("Find in this list").last).to_be_focused()


def test_a_list_is_sorted_and_put_back(page: Page, site: Path) -> None:
    page.goto((site / "names/index.html").as_uri())
    every = shown(page, "index")
    page.get_by_label("Sort by").select_option("Most releases")
    until(lambda: shown(page, "index") != every)
    counts = [int(text) for text in page.locator("table").first.locator("td.figure:visible").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    assert len(shown(page, "index")) == len(every)
    assert page.locator("tr.letter:visible").count() == 0
    page.get_by_label("Sort by").select_option("Alphabet")
    until(lambda: shown(page, "index") == every)


def test_a_letter_shows_its_names_also_where_they_were_narrowed_away(page: Page, site: Path) -> None:
    page.goto((site / "names/index.html").as_uri())
    page.get_by_label("Find in this list").last.fill("Adler")
    expect(page.get_by_role("status")).to_have_text(f"4 of {len(NAMES) + 1} shown")
    page.get_by_role("link", name="A", exact=True).click()
    assert len(shown(page, "index")) == len(NAMES) + 1


@pytest.mark.parametrize("edition", ["", "ar/"])
def test_quotations_are_narrowed_by_speaker_topic_and_year_at_once(page: Page, site: Path, edition: str) -> None:
    page.goto((site / f"{edition}quotations/index.html").as_uri())
    assert len(shown(page, "quotations")) == 10
    narrowed(page, "speaker", "Ada Adler")
    until(lambda: shown(page, "quotations") == [f"We saw boat {n}." for n in (8, 6, 4, 2, 0)])
    narrowed(page, "year", "2014", "٢٠١٤")
    until(lambda: shown(page, "quotations") == ["We saw boat 4."])
    numbers = {"": ("1", "10"), "ar/": ("١", "١٠")}[edition]
    assert re.findall(r"[\d٠-٩]+", page.get_by_role("status").first.inner_text()) == list(numbers)
    narrowed(page, "topic", "Light")
    until(lambda: shown(page, "quotations") == [])
    page.locator("[type=reset]").click()
    assert len(shown(page, "quotations")) == 10
    # What the buttons beside quotations say is no word of theirs.
    page.locator("#quotations-words").fill("copied" if not edition else "نسخ")
    until(lambda: shown(page, "quotations") == [])


def test_a_quotation_of_a_list_is_copied_with_its_source(page: Page, site: Path) -> None:
    page.goto((site / "quotations/index.html").as_uri())
    page.evaluate(
        """() => { window.copied = []; const set = DataTransfer.prototype.setData;
        DataTransfer.prototype.setData = function (type, words) { window.copied.push(words); return set.call(this, type, words); };
        if (navigator.clipboard) navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }"""
    )
    page.get_by_role("button", name="Copy quotation 1 with its source").click()
    until(lambda: page.evaluate("window.copied.length"))
    words, source, where = page.evaluate("window.copied.pop()").splitlines()
    assert words == "Ada Øst: “We saw boat 9.”"
    assert source.startswith("Boat 9\N{NO-BREAK SPACE}· ")
    assert source.endswith("2 January 2019\N{NO-BREAK SPACE}· paragraph\N{NO-BREAK SPACE}1")
    # Of a folder on this machine nothing is told.
    assert where == "releases/2019-01-02-boat-9.html#p1"


def test_lists_are_complete_without_scripts(chromium: Browser, site: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    for path, target, count in (("names", "index", len(NAMES) + 1), ("quotations", "quotations", 10)):
        page.goto((site / f"{path}/index.html").as_uri())
        assert len(shown(page, target)) == count
        expect(page.locator(".narrow")).to_be_hidden()
        assert page.locator(".copy:visible").count() == 0
    context.close()

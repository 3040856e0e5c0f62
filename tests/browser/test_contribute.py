"""The form that writes a record, in a real browser: by keyboard, with hostile and awkward texts, from a folder and over http."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import feedparser
import pytest
from axe_playwright_python.sync_playwright import Axe
from msgspec import structs
from playwright.sync_api import Browser, Page

from onrecord import dates, languages, read, routes, schema, slugs
from onrecord.model import Problem, Scalar, Source, Table, Term, Vocabularies
from onrecord.views import contribute
from tests.browser.thoroughness import IN_A_FOLDER, tried
from tests.conftest import Run, run_here
from tests.folder_server import folder_served
from tests.invented import SETTINGS, VOCABULARIES, archive, files, release

REPOSITORY = "https://example.org/crew/archive"
CONTENT = {
    "archive.toml": f'title = "Harbour papers"\nlanguages = {json.dumps(languages.INTERFACE)}\nbase_url = "https://harbour.example/"\n'
    f'repository = "{REPOSITORY}"\n',
    "topics.toml": '[[topic]]\nlabel = "Water"\naliases = ["drinking water"]\ntranslations = { ar = "مياه" }\n\n'
    '[[topic]]\nlabel = "Land & roads"\n',
    "places.toml": '[[place]]\nlabel = "Port Elm"\n\n[[place]]\nlabel = "Northland"\n',
    "names.toml": '[[name]]\nlabel = "Ada Example"\naliases = ["A. Example"]\n',
    "releases/2011/2011-01-02-lamps.md": "---\ntitle: Lamps\ndate: 2011-01-02\npublisher: Ferry Union\nlanguage: en\nextent: full\n"
    "---\nThe lamps are out.\n",
}
AWKWARD = (
    "Plain \"double\" and 'single' quotes",
    "a back\\slash, \\n and \\u0041 as written",
    "colon: and # hash, - dash",
    "--- three dashes",
    "{{ braces }} {% and %} [brackets] & <tags>",
    "'>\"><script>alert(1)</script>",
    "💧 and 👩‍👩‍👧 and e\u0301 and é",
    "أضيئوا الرصيف، ولو بمصباح",
    "% @ ` * ! | > ? start",
    "null",
    "2012-02-08",
    "tab\tinside",
    "line\u2028separator and next\u0085line and no\u00a0break",
    "DEL-free \u200f mark and \U0001f1f8\U0001f1fe",
)
BODIES = (
    "---\ntitle: not front matter\n---\nText.",
    "    indented first line\n\nSecond.",
    "```\n---\n```\n\n{{ x }} & <b>\n\n...",
    "\n\n \n  Two spaces.\n\nLast.  \n\n",
    "next\u0085line\nand \u2028 here",
)


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("contribute") / "content"
    for path, text in CONTENT.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(content: Path) -> Path:
    out = content.parent / "site"
    assert run_here(["--content", str(content), "--out", str(out), "--no-search"]).code == 0
    return out


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page that fails its test on an error, a script's dialog, or a request that leaves the site."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    own = re.compile("XMLHttpRequest|preload assets|ERR_FAILED")
    page.on("console", lambda m: None if m.type != "error" or own.search(m.text) else wrong.append(m.text))
    page.on("dialog", lambda dialog: dialog.accept() if dialog.type == "beforeunload" else wrong.append(dialog.message))
    inside = ("file:", "data:", "blob:", "http://127.0.0.1:")
    page.on("request", lambda request: None if request.url.startswith(inside) else wrong.append(request.url))
    yield page
    context.close()
    assert wrong == []


@pytest.fixture
def form(page: Page, site: Path) -> Page:
    page.goto((site / "contribute.html").as_uri())
    return page


def fill_in(form: Page, **texts: str) -> None:
    """Fills the needed fields, those that are given otherwise; a field that has its text already is left alone."""
    needed = {"title": "Lamps again", "date": "2012-02-08", "publisher": "Ferry Union", "language": "en"}
    extent = f'input[name="extent"][value="{texts.pop("extent", "full")}"]'
    given = {**needed, "body": "The lamps are out.\n\nNobody came.", **texts}
    there = form.evaluate("keys => keys.map(key => document.getElementById(`r-${key}`).value)", list(given))
    for (key, text), before in zip(given.items(), there, strict=True):
        if text != before:
            form.fill(f"#r-{key}", text)
    if not form.is_checked(extent):
        form.check(extent)
    settle(form)


def settle(form: Page) -> None:
    form.evaluate("document.getElementById('form').dispatchEvent(new Event('change', {bubbles: true}))")


def record(form: Page) -> tuple[str, str]:
    """The path and the text of the file as they are shown."""
    return form.inner_text("#form-path"), form.input_value("#form-text")


def source_of(form: Page) -> Source:
    path, text = record(form)
    source = read.source(read.FileData(path, text.encode()))
    assert not isinstance(source, Problem), source
    return source


def messages_of(form: Page) -> dict[str, str]:
    """The problems in the summary: the id each leads to, and its code."""
    links = form.locator("#form-problems a").all()
    return {(link.get_attribute("href") or "").lstrip("#"): link.get_attribute("data-code") or "" for link in links}


def text_at(source: Source, *keys: str) -> str:
    node: Any = source.fields
    for key in keys:
        assert isinstance(node, Table)
        node = node.get(key)
    assert isinstance(node, Scalar)
    return node.text


def tab_to(page: Page, key: str) -> None:
    for _ in range(80):
        if page.evaluate("document.activeElement.id") == key:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {key}")


# ---- a record --------------------------------------------------------------------------------------------------------------------


def test_a_record_written_by_keyboard_alone_passes_the_check_unchanged(
    form: Page, content: Path, run: Run, tmp_path: Path
) -> None:
    keys = form.keyboard
    tab_to(form, "r-title")
    keys.type('Crews: "Light the quay" – #2')
    tab_to(form, "r-date")
    keys.type("2012-02")
    tab_to(form, "r-publisher")
    keys.press("Tab")
    keys.press("Enter")  # not stated
    assert form.input_value("#r-publisher") == "not stated"
    tab_to(form, "r-language")
    keys.type("en")
    keys.press("Tab")
    keys.press("Space")  # the first extent: the whole text
    tab_to(form, "r-body")
    keys.type("Crews asked for light. (…)\n\n“We cannot see the *ropes*,” said Ada Example.")
    tab_to(form, "r-topics")
    keys.type("drink")
    keys.press("ArrowDown")
    keys.press("Enter")
    keys.type("Land & roads")
    keys.press("Enter")
    keys.type("wat")
    keys.press("Escape")
    for _ in "wat":
        keys.press("Backspace")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")  # takes the second topic away again
    tab_to(form, "r-names")
    keys.type("A. Example")
    keys.press("Tab")
    for _ in range(10):
        if form.evaluate("document.activeElement.className") == "add":
            break
        keys.press("Tab")
    keys.press("Enter")
    assert form.evaluate("document.activeElement.id") == "r-quotations-1-speaker"
    keys.type("Ada Example")
    tab_to(form, "r-quotations-1-text")
    keys.type("We cannot see the ropes")
    tab_to(form, "r-source-url")
    keys.type("https://example.org/ferry?a=1&b=2#c")
    tab_to(form, "form-copy")
    assert (
        form.inner_text("#form-count")
        == "Nothing is missing or wrong. A maintainer reads the record before it appears."
    )
    path, text = record(form)
    assert path == "content/releases/2012/2012-02-crews-light-the-quay-2.md"
    assert 'topics: ["Water"]\nnames: ["Ada Example"]\n' in text

    keys.press("Tab")
    keys.press("Tab")
    assert form.evaluate("document.activeElement.id") == "form-send"
    link = form.locator("#form-send")
    address = urlsplit(link.get_attribute("href") or "")
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{REPOSITORY}/new/main/content/releases/2012"
    assert parse_qs(address.query, strict_parsing=True) == {"filename": [path.rpartition("/")[2]], "value": [text]}
    assert link.get_attribute("rel") == "noopener noreferrer"

    copy = tmp_path / "content"
    shutil.copytree(content, copy)
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8", newline="")
    ran = run("check", "--content", copy)
    assert (ran.code, ran.out, ran.err) == (0, "", "No problems in 2 releases.\n")


def test_an_open_question_makes_it_a_draft_that_passes_with_a_gap(
    form: Page, content: Path, run: Run, tmp_path: Path
) -> None:
    fill_in(form, language="", date="")
    for key, number in (("language", 1), ("date", 2)):
        form.click("#r-review .add")
        form.select_option(f"#r-review-{number}-field", key)
        form.fill(f"#r-review-{number}-question", "Which one?")
    settle(form)
    assert messages_of(form) == {}
    path, text = record(form)
    assert path == "content/releases/undated/undated-lamps-again.md"
    assert "status: draft\nreview:\n" in text
    shutil.copytree(content, tmp_path / "content")
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(text, encoding="utf-8")
    ran = run("check", "--content", tmp_path / "content")
    assert (ran.code, ran.out) == (0, "")


def test_a_hostile_title_travels_as_text(form: Page, content: Path, run: Run, tmp_path: Path) -> None:
    hostile = '"><script>alert(1)</script>{{ 7*7 }}</title>'
    # In a body, a tag that is written as such is a problem: GitHub would not show it.
    body = hostile.replace("<", "\\<")
    fill_in(form, title=hostile, subtitle=hostile, publisher=hostile, rights=hostile, body=f"{body}\n\n{body} again.")
    assert messages_of(form) == {}
    path, text = record(form)
    # A publisher that is new to the archive is asked about; here a maintainer has said yes.
    text, asked = re.subn(
        r'status: draft\nreview:\n  - field: "publisher"\n    question: .*\n', "status: published\n", text
    )
    assert asked == 1
    assert re.fullmatch(r"content/releases/2012/2012-02-08-[a-z0-9-]+\.md", path)
    shutil.copytree(content, tmp_path / "content")
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(text, encoding="utf-8")
    out = tmp_path / "site"
    assert run("--content", tmp_path / "content", "--out", out, "--no-search").code == 0

    name = path.rpartition("/")[2].removesuffix(".md")
    form.goto((out / "releases" / f"{name}.html").as_uri())
    assert form.inner_text("h1") == hostile
    linked = json.loads(form.locator('script[type="application/ld+json"]').first.text_content() or "")
    assert hostile in json.dumps(linked, ensure_ascii=False).replace('\\"', '"')
    for index in ("index.html", "releases/index.html", "ar/index.html", "contribute.html"):
        form.goto((out / index).as_uri())
        assert form.locator("script:not([src]):not([type])").count() == 0, index
    assert hostile in form.locator("#r-publisher-list option").evaluate_all("all => all.map(one => one.value)")
    feed = feedparser.parse((out / "feed.atom").read_bytes())
    titles = [entry.title_detail for entry in feed.entries]
    assert any(hostile in (title.value, unescaped(title.value)) for title in titles)
    exported = json.loads((out / "releases" / f"{name}.json").read_text("utf-8"))
    assert exported["title"] == hostile


def unescaped(text: str) -> str:
    import html

    return html.unescape(text)


def test_an_awkward_text_is_read_back_as_it_was_written(form: Page) -> None:
    for text in AWKWARD:
        fill_in(form, title=text, notes=f"{text}\n\n{text}", body=text, rights=text)
        source = source_of(form)
        assert text_at(source, "title") == text
        assert text_at(source, "notes") == f"{text}\n\n{text}"
        assert source.body == text
        assert f"title: {schema.quoted(text)}\n" in record(form)[1]


def test_any_body_survives(form: Page) -> None:
    for body in BODIES:
        fill_in(form, body=body)
        lines = body.split("\n")
        first = next(number for number, line in enumerate(lines) if line.strip())
        assert source_of(form).body == "\n".join(lines[first:]).rstrip(), body


# ---- the same rules as the program's ---------------------------------------------------------------------------------------------

EDTF = (
    "2012-02-08", "2012-02", "2012", "2012~", "2012?", "2012-02%", "2012-02-08~", "XXXX", "XXXX-08",
    "XXXX-08-01", "XXXX-02-29", "XXXX-02-30", "XXXX-13", "XXXX-XX-08", "XXXX-XX-XX", "201X", "20XX", "2XXX",
    "2X12", "201X-02", "201X~", "201X-XX", "2012-XX", "2012-XX-XX", "2012-02-XX", "2012-0X", "2012-XX-08",
    "2012-21", "2012-24", "2012-25", "2012-21~", "XXXX-21", "2012-02-30", "2012-02-29", "2011-02-29",
    "1900-02-29", "2012-00", "2012-13", "2012-02-00", "0000", "0000-02", "0001", "20120208", "2012-2-30", "08/02/2012", "", " ",
    "12", "2012-02-08T10:00:00Z",
    "2012-02-08T10:00:00", "2012-02-08T10:00:00+02:00", "2012-02-08T10:00:00+02", "2012-02-08T24:00:00",
    "2012-02-08T10:61:00Z", "2012-02-30T10:00:00Z", "2012-01/2012-03", "2012-01-05/2012-01-09", "2012/2012",
    "2013/2012", "2012/..", "../2012", "2012/", "/2012", "../..", "/", "2012/2013/2014", "2012~/2013?",
    "2012-XX/2013", "201X/2020", "2012-02-30/2013", "Y12345", "Y-12345", "Y1234", "-0044", "-0044-03-15",
    "-0044-13", "-0044-02-30", "-0000", "-0044~", "2012-02-XX~", "2012-XX~", "0000~", "0000-13", "0000-02-30",
    "2012-21?", "2012-XX?", "XXXX-08?", "XXXX~", "2012-02-XX?", "0012-21", "2012-02-08T10:00:60Z",
    "2012-02-08T24:00:01", "2012-02-08T10:00:00+14", "2012-02-08T10:00:00+14:00", "2012-02-08T10:00:00+14:30",
    "2012-02-08T10:00:00+15:00", "2012-02-08T23:59:59-13:00", "2012-02-08T10:00:00+13:60", "Y-12345~",
    "Y123456789012", "Y012345", "-0044-03~", "-9999", "2012-21/2012-22", "Y12345/Y12346", "-0044/-0043",
    "2012/201X", "XXXX/2012", "2012-XX-XX?",
)  # fmt: skip
_IN_WORDS = """texts => texts.map(text => {
    const input = document.getElementById('r-date');
    input.value = text;
    input.dispatchEvent(new Event('change', {bubbles: true}));
    const bad = [...document.querySelectorAll('#form-problems a[href="#r-date"]')].map(link => link.dataset.code);
    return [document.getElementById('r-date-said').textContent, bad.includes('bad-date') || bad.includes('missing'),
        document.getElementById('form-path').textContent];
})"""


@pytest.mark.parametrize("language", languages.INTERFACE)
def test_dates_are_read_and_said_as_the_program_does(page: Page, site: Path, language: str) -> None:
    page.goto((site / ("" if language == "en" else language) / "contribute.html").as_uri())
    fill_in(page)
    answers = page.evaluate(_IN_WORDS, list(EDTF))
    for text, (in_words, refused, path) in zip(EDTF, answers, strict=True):
        try:
            date = dates.parse(text.strip())
        except dates.NotADate:
            assert (in_words, refused) == ("", True), text
            continue
        words = languages.date_words(date, language)
        assert in_words.endswith(words), text
        assert not refused, text
        begin = date.file_prefix
        folder = begin if begin == "undated" else begin[:4]
        assert path == f"content/releases/{folder}/{begin}-lamps-again.md", text


def test_file_names_are_made_as_the_program_makes_them(form: Page) -> None:
    titles = [
        *AWKWARD, "Bab al-Seba’ — l’été", "ÀÉÎ İstanbul ΣΊΣΥΦΟΣ", "ﬁ ligature №5 ½", "क्षि हिन्दी", "日本語 の 題",
        "a" * 300, "word " * 60, "é" * 100,
        "--- x ---", "_under_score_", "…", "💧",
    ]  # fmt: skip
    fill_in(form)
    paths = form.evaluate(
        """titles => titles.map(title => {
            const input = document.getElementById('r-title');
            input.value = title;
            input.dispatchEvent(new Event('change', {bubbles: true}));
            return document.getElementById('form-path').textContent;
        })""",
        titles,
    )
    for title, path in zip(titles, paths, strict=True):
        slug = slugs.slug(title.strip())
        assert path == (
            f"content/releases/2012/2012-02-08-{slug}.md" if slug else "The file’s name follows from title and date."
        ), title


# ---- what is missing or wrong ----------------------------------------------------------------------------------------------------


MISTAKES = (
    ("title", "", "missing"),
    ("title", "…", "bad-file-name"),
    ("title", "un\u200bseen", "hidden-character"),
    ("title", "re\u202eversed", "hidden-character"),
    ("date", "8/2/2012", "bad-date"),
    ("date", "12 ربيع الأول 1433", "bad-date"),
    ("date", "9999-01-01", "future-date"),
    ("publisher", " ", "missing"),
    ("language", "Elvish tongue", "bad-language"),
    ("date", "the other day", "bad-date"),
    ("date", "Monday 8 February 2012", "bad-date"),
    ("body", " \n ", "empty-body"),
    ("body", "# A heading\n\nText.", "heading-level"),
    ("body", "A heading\n===\n\nText.", "heading-level"),
    ("body", "![x](y.png)", "image"),
    ("body", "bell \x07", "hidden-character"),
    ("source-url", "example.org/x", "bad-url"),
    ("source-archived", "javascript:alert(1)", "bad-url"),
)


def test_a_mistake_is_told_at_its_field_and_in_the_summary(form: Page) -> None:
    for key, text, code in MISTAKES:
        fill_in(form, **{key: text})
        assert messages_of(form) == {f"r-{key}": code}, text
        assert form.inner_text("#form-count") == "Missing or wrong: 1"
        form.click("#form-problems a")
        field = form.locator(f"#r-{key}")
        assert form.evaluate("document.activeElement.id") == f"r-{key}"
        assert field.get_attribute("aria-invalid") == "true"
        message_id = (field.get_attribute("aria-describedby") or "").split()[-1]
        assert form.inner_text(f"#{message_id}") == form.inner_text("#form-problems a")
        form.fill(f"#r-{key}", "")
        fill_in(form)
        assert messages_of(form) == {}
        assert form.locator("[aria-invalid]").count() == 0


def test_nothing_is_called_wrong_before_a_word_is_written(form: Page) -> None:
    assert form.locator("[aria-invalid]").count() == 0
    assert form.locator(".wrong:visible").count() == 0
    assert messages_of(form) == {}
    assert form.inner_text("#form-count") == ""
    assert form.locator("#form-send[href]").count() == 0


UNDERSTOOD = (
    ("date", "8 Feb 2012", "2012-02-08"),
    ("date", "February 8, 2012", "2012-02-08"),
    ("date", "le 8 février 2012", "2012-02-08"),
    ("date", "février 2012", "2012-02"),
    ("date", "٨ شباط ٢٠١٢", "2012-02-08"),
    ("date", "8 Feb", "XXXX-02-08"),
    ("date", "2012~", "2012~"),
    ("language", "English", "en"),
    ("language", "arabe", "ar"),
    ("language", "العربية", "ar"),
    ("language", "ckb", "ckb"),
)


def test_words_of_people_are_understood_and_stay_as_they_were_written(form: Page) -> None:
    for key, text, value in UNDERSTOOD:
        fill_in(form, **{key: text})
        assert messages_of(form) == {}, text
        assert f"\n{key}: {value}\n" in record(form)[1]
        assert form.input_value(f"#r-{key}") == text


def test_a_date_that_can_be_read_in_two_ways_is_asked_and_never_guessed(
    form: Page, content: Path, run: Run, tmp_path: Path
) -> None:
    fill_in(form, date="03/04/2012")
    assert messages_of(form) == {"r-date": "bad-date"}
    form.press("#r-date", "Tab")
    readings = form.locator("#r-date-readings button")
    assert readings.all_inner_texts() == ["3 April 2012", "4 March 2012", "I do not know"]
    assert form.inner_text("#r-date-wrong") == "“03/04/2012” can be read in two ways. Which day is it?"
    tab_to(form, "r-date-unsure")
    form.keyboard.press("Enter")
    assert messages_of(form) == {}
    path, text = record(form)
    assert path == "content/releases/undated/undated-lamps-again.md"
    assert "\ndate:\n" in text
    assert 'field: "date"\n    question: "Which day is “03/04/2012”? It could be: 2012-04-03, 2012-03-04."' in text
    shutil.copytree(content, tmp_path / "content")
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(text, encoding="utf-8")
    assert run("check", "--content", tmp_path / "content").code == 0

    fill_in(form, date="04/03/2012")
    assert messages_of(form) == {"r-date": "bad-date"}
    form.click('#r-date-readings [data-reading="2012-03-04"]')
    assert messages_of(form) == {}
    assert "\ndate: 2012-03-04\n" in record(form)[1]
    assert form.locator("#r-date-readings").is_hidden()


def test_what_the_archive_does_not_know_is_proposed_with_a_question(
    form: Page, content: Path, run: Run, tmp_path: Path
) -> None:
    fill_in(form, publisher="Port Crew")
    form.fill("#r-places", "Old Quay")
    form.press("#r-places", "Enter")
    assert messages_of(form) == {"r-places": "unknown-place"}
    form.keyboard.press("Tab")
    assert form.evaluate("document.activeElement.textContent") == "Propose “Old Quay”"
    form.keyboard.press("Enter")
    form.fill("#r-names", "Nova Example")
    form.press("#r-names", "ArrowUp")
    form.press("#r-names", "Enter")
    assert messages_of(form) == {}
    assert form.locator(".chosen button:visible").all_inner_texts() == [
        "Old Quay (proposed)",
        "Nova Example (proposed)",
    ]
    path, text = record(form)
    assert "places:" not in text
    assert "\nstatus: draft\nreview:\n" in text
    for field, word in (("places", "Old Quay"), ("names", "Nova Example"), ("publisher", "Port Crew")):
        assert re.search(f'field: "{field}"\n    question: ".*“{word}”', text), field
    shutil.copytree(content, tmp_path / "content")
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(text, encoding="utf-8")
    assert run("check", "--content", tmp_path / "content").code == 0
    form.locator(".chosen button:visible").first.click()
    assert "Old Quay" not in record(form)[1]


def test_files_are_named_with_who_has_the_rights_and_the_mail_says_to_attach_them(form: Page) -> None:
    fill_in(form)
    form.click("#r-files .add")
    settle(form)
    assert messages_of(form) == {"r-files-1-file": "missing", "r-files-1-role": "missing"}
    form.fill("#r-files-1-file", "pier.jpg")
    form.select_option("#r-files-1-role", "photograph")
    form.fill("#r-files-1-rights", "Ada Example")
    settle(form)
    assert messages_of(form) == {}
    text = record(form)[1]
    assert "files:" not in text
    assert (
        'field: "files"\n    question: "The file “pier.jpg” (Photograph) belongs to it. Who has the rights: Ada Example.'
        in text
    )
    assert form.inner_text("#form-files") == "Attach these files to the mail yourself: pier.jpg"


def test_no_word_of_the_form_is_of_a_schema(form: Page) -> None:
    shown = form.evaluate(
        """() => [document.querySelector('main .text').innerText,
            ...[...document.querySelectorAll('#form :is(label, legend, .help, button)')].map(part => part.innerText)].join(' ')"""
    )
    shown += " ".join(contribute.STRINGS.values())
    assert re.findall(r"\.toml|BCP|EDTF|slug|front matter|YAML|Markdown|JSON|\bkey\b", shown, re.IGNORECASE) == []


def test_only_words_of_the_vocabularies_are_taken_up(form: Page) -> None:
    fill_in(form)
    form.fill("#r-places", "Port Elmm")
    form.press("#r-places", "Enter")
    assert messages_of(form) == {"r-places": "unknown-place"}
    assert "Did you mean “Port Elm”?" in form.inner_text("#r-places-wrong")
    assert "places:" not in record(form)[1]
    for topic in ("مياه", "LAND & ROADS"):
        form.fill("#r-topics", topic)
        form.press("#r-topics", "Enter")
    form.fill("#r-places", "port")
    form.press("#r-places", "ArrowDown")
    form.press("#r-places", "Enter")
    assert messages_of(form) == {}
    assert 'topics: ["Water", "Land & roads"]\nplaces: ["Port Elm"]\n' in record(form)[1]
    form.fill("#r-topics", "drinking water")
    form.press("#r-topics", "Enter")
    assert messages_of(form) == {"r-topics": "duplicate-value"}


def test_a_quotation_must_stand_in_the_text_or_be_a_summary_in_an_abstract(form: Page) -> None:
    fill_in(form, body="“We cannot see the **ropes**,” she said.\n\n> “Nobody\n> came,” he said.")
    form.click("#r-quotations .add")
    form.fill("#r-quotations-1-speaker", "Ada Example")
    for words, fine in (
        ("We cannot see the ropes", True),
        ("Nobody came", True),
        ('"We cannot (…) ropes', True),
        ("We can see", False),
    ):
        form.fill("#r-quotations-1-text", words)
        settle(form)
        assert (messages_of(form) == {}) is fine, words
    form.fill("#r-quotations-1-text", "")
    assert form.locator("#r-quotations-1-summary").is_hidden()
    form.check('input[name="extent"][value="abstract"]')
    form.fill("#r-quotations-1-summary", "She asks for lamps.")
    settle(form)
    assert messages_of(form) == {}
    form.check('input[name="extent"][value="full"]')
    assert messages_of(form) == {"r-quotations-1-summary": "bad-quotation"}
    form.click("#r-quotations .take")
    assert "quotations" not in record(form)[1]


# ---- handing it over -------------------------------------------------------------------------------------------------------------


def test_a_text_too_long_for_an_address_is_copied_instead(form: Page) -> None:
    fill_in(form, body="أضيئوا الرصيف. " * 400)
    assert form.locator("#form-long").is_visible()
    address = form.locator("#form-send").get_attribute("href") or ""
    assert unquote(address) == f"{REPOSITORY}/new/main/content/releases/2012?filename=2012-02-08-lamps-again.md"
    assert form.inner_text("#form-send") == "Open an empty file in the repository (new tab)"
    fill_in(form, body="Short.")
    assert form.locator("#form-long").is_hidden()
    assert len(form.locator("#form-send").get_attribute("href") or "") <= contribute.MOST_ADDRESS


def test_the_file_is_copied_and_downloaded_as_it_is_shown(form: Page) -> None:
    fill_in(form, title="Lamps «again» 💧", body="أضيئوا\n\n---\n\nEnd.")
    _, text = record(form)
    with form.expect_download() as saved:
        form.click("#form-save")
    assert saved.value.suggested_filename == "2012-02-08-lamps-again.md"
    assert Path(saved.value.path()).read_bytes() == text.encode()
    form.context.grant_permissions(["clipboard-read", "clipboard-write"])
    form.click("#form-copy")
    form.wait_for_function("document.getElementById('form-done').textContent === 'Copied.'")
    assert form.evaluate("navigator.clipboard.readText()") == text


def test_a_click_meets_its_button_when_the_field_before_it_turns_out_wrong(form: Page) -> None:
    form.fill("#r-names", "Nobody of that name")
    form.click("#r-quotations .add")
    assert form.locator("#r-quotations-1-speaker").is_visible()
    assert messages_of(form)["r-names"] == "unknown-name"


def test_without_a_repository_the_file_goes_to_the_maintainers() -> None:
    content = archive(release("2012-02-08-a"), settings=structs.replace(SETTINGS, repository=""))
    page = files(content)["contribute.html"].decode()
    assert 'id="form-send"' not in page
    assert "By mail: download the record and attach it." in page
    assert 'href="mailto:desk@example.org"' in page
    assert "no account needed" in page


def test_without_a_repository_and_a_contact_the_file_is_brought_to_those_who_keep_the_archive() -> None:
    content = archive(release("2012-02-08-a"), settings=structs.replace(SETTINGS, repository="", contact=""))
    pages = files(content)
    for name in ("contribute.html", "suggest.html"):
        page = pages[name].decode()
        assert "give it to somebody who keeps the archive" in page, name
        assert 'rel="noreferrer noopener">' not in page.partition("<main")[2].partition("</main>")[0]
        assert "mailto:" not in page


def test_without_script_the_form_is_not_there_and_other_ways_are(chromium: Browser, site: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "contribute.html").as_uri())
    assert page.locator("#form").is_hidden()
    assert page.locator(".with-form").is_hidden()
    assert "needs JavaScript" in page.inner_text("main")
    links = [link.get_attribute("href") for link in page.locator("main a:visible").all()]
    assert f"{REPOSITORY}/issues/new?template=release.yml" in links
    assert f"{REPOSITORY}/blob/main/content/releases/_template.md" in links
    assert f"{REPOSITORY}/blob/main/CONTRIBUTING.md" in links
    context.close()


# ---- for everyone ----------------------------------------------------------------------------------------------------------------


SCREENS: list[tuple[int, Any, str]] = [
    (1280, "light", ""), (320, "dark", "ar/"), (320, "dark", ""), (320, "light", "ar/"),
]  # fmt: skip


@pytest.mark.parametrize(("width", "scheme", "path"), tried(SCREENS, SCREENS[:2]))
def test_axe_finds_nothing_and_everything_fits(page: Page, site: Path, width: int, scheme: Any, path: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((site / path / "contribute.html").as_uri())

    def examine() -> None:
        report: dict[str, Any] = Axe().run(page, options=IN_A_FOLDER).response
        assert [(v["id"], n["html"][:200]) for v in report["violations"] for n in v["nodes"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small = """() => [...document.querySelectorAll('#form :is(a, button, input, select, textarea, summary)')].filter(element => {
            const box = (element.closest('.radios label') || element).getBoundingClientRect();
            return box.width && Math.min(box.width, box.height) < 24;
        }).map(element => element.outerHTML.slice(0, 120))"""
        assert page.evaluate(small) == []

    examine()
    fill_in(page, title="", date="03/04/2012", language="Elvish tongue", body="# No")
    page.press("#r-date", "Tab")
    for button in ("#r-quotations .add", "#r-files .add", "#r-review .add"):
        page.click(button)
    for topic in ("Water", "Land & roads", "Nothing"):
        page.fill("#r-topics", topic)
        page.press("#r-topics", "Enter")
    page.fill("#r-places", "o")
    page.press("#r-places", "ArrowDown")
    assert page.locator("#r-places-list [role=option]").count() == 3  # and one that proposes the word
    assert page.get_attribute("#r-places", "aria-activedescendant") == "r-places-list-0"
    examine()


def test_the_form_works_over_http_as_from_a_folder(page: Page, site: Path, content: Path) -> None:
    with folder_served(site) as (address, _):
        page.goto(f"{address}contribute.html")
        fill_in(page)
        page.fill("#r-topics", "Water")
        page.press("#r-topics", "Enter")
        assert messages_of(page) == {}
        assert 'topics: ["Water"]' in record(page)[1]
        page.goto("about:blank")  # what it still asks for must find its server


def test_ten_thousand_names_stay_out_of_the_page() -> None:
    names = tuple(Term("name", f"Person {n} of the Quay", f"person-{n}") for n in range(10_000))
    known: Vocabularies = structs.replace(VOCABULARIES, names=names)
    pages = files(archive(release("2012-02-08-a"), vocabularies=known))
    page = pages["contribute.html"]
    assert len(gzip.compress(page)) <= 15 * 1024
    assert b"Person 77 of" not in page
    assert b'"Person 77 of the Quay"' in pages[routes.TERMS]

"""An archive in several languages: what it says of itself, its pages and its descriptions, and the country of an edition."""

from __future__ import annotations

import json
import re
from pathlib import Path

import feedparser
import pytest
from msgspec import structs

from onrecord import languages, markup, read
from onrecord.dates import parse
from onrecord.model import Article, Settings, Vocabularies
from tests.invented import SETTINGS, VOCABULARIES, archive, files, harbour, release, site

TITLE = "Harbour papers"
ARABIC = (
    ("contact", "mailto:ar@harbour.example"),
    ("publisher", "جمعية الميناء"),
    ("rights", "كلمات الأرشيف لمن شاء."),
    ("scope", "بيانات عن الميناء."),
    ("title", "أوراق الميناء"),
)


def pages(
    settings: Settings, articles: tuple[Article, ...] = (), vocabularies: Vocabularies = VOCABULARIES
) -> dict[str, str]:
    """The site of the invented releases with these settings, pages and vocabularies."""
    return site(archive(*harbour(), settings=settings, articles=articles, vocabularies=vocabularies))


def settings(*tags: str) -> Settings:
    """The settings of the invented archive, in these languages and with an Arabic translation."""
    return structs.replace(
        SETTINGS,
        title=TITLE,
        languages=tags,
        base_url="https://harbour.example/",
        translations=(("ar", ARABIC),),
    )


def test_an_edition_opens_in_its_language() -> None:
    made = pages(settings("en", "ar"))
    home = made["ar/index.html"]
    assert "<title>أوراق الميناء</title>" in home
    assert "<h1>أوراق الميناء</h1>" in home
    assert '<meta name="description" content="بيانات عن الميناء.">' in home
    assert 'property="og:site_name" content="أوراق الميناء"' in home
    assert "جمعية الميناء" in home
    assert "كلمات الأرشيف لمن شاء." in home
    assert "mailto:ar@harbour.example" in home
    assert TITLE not in home
    release = made["ar/releases/2012-02-08-ferry.html"]
    assert "أوراق الميناء" in re.sub("<head>.*</head>", "", release, flags=re.DOTALL)
    assert TITLE not in release
    data = made["ar/data.html"]
    described = re.search(r'<script type="application/ld\+json">(.*?)</script>', data, re.DOTALL)
    assert described
    assert json.loads(described[1])["name"] == "أوراق الميناء"
    assert TITLE in made["index.html"]
    assert "أوراق الميناء" not in made["index.html"]


def test_what_is_not_translated_is_shown_in_the_archive_s_own_language_and_says_so() -> None:
    given = structs.replace(settings("en", "ar"), translations=(("ar", (("title", "أوراق الميناء"),)),))
    home = pages(structs.replace(given, scope="About the harbour."))["ar/index.html"]
    assert '<p class="lede" lang="en" dir="ltr">About the harbour.</p>' in home
    assert "<h1>أوراق الميناء</h1>" in home


def test_a_translated_page_stands_at_the_address_of_the_page_in_the_edition_of_its_language() -> None:
    about = Article("about", "pages/about.md", "About", markup.convert("English words.")[0])
    arabic = Article("about", "pages/about.ar.md", "عن الأرشيف", markup.convert("كلمات عربية.")[0], "ar")
    made = pages(settings("en", "ar-SY", "fr"), (about, arabic))
    page = made["ar/about.html"]
    assert "كلمات عربية." in page
    assert "English words." not in page
    assert "<h1>عن الأرشيف</h1>" in page
    assert '<a href="about.html" lang=' not in page
    assert "عن الأرشيف</a>" in made["ar/index.html"]
    assert "English words." in made["fr/about.html"]
    assert 'lang="en"' in made["fr/about.html"].partition("<main")[2]
    assert "English words." in made["about.html"]
    assert not [path for path in made if path.endswith("about.ar.html")]


def test_descriptions_of_topics_are_shown_in_the_edition_s_language_and_are_in_the_data() -> None:
    water, *others = VOCABULARIES.topics
    assert water.slug == "water"
    described = structs.replace(water, description="Water to drink.", descriptions=(("ar", "ماء للشرب."),))
    vocabularies = structs.replace(VOCABULARIES, topics=(described, *others))
    given = archive(*harbour(), settings=settings("en", "ar-SY", "fr"), vocabularies=vocabularies)
    made = {path: data.decode("utf-8", "replace") for path, data in files(given).items()}
    assert '<p class="lede">ماء للشرب.</p>' in made["ar/topics/water.html"]
    assert '<p class="lede" lang="en" dir="ltr">Water to drink.</p>' in made["fr/topics/water.html"]
    assert '<p class="lede">Water to drink.</p>' in made["topics/water.html"]
    assert '"ماء للشرب."@ar' in made["data/vocabularies.ttl"]


@pytest.mark.parametrize(
    ("tag", "month", "day", "number"),
    [
        ("ar", "كانون الثاني", "", ""),
        ("ar-SY", "كانون الثاني ٢٠١٢", "٨ شباط ٢٠١٢", "١٢٬٣٤٥"),
        ("ar-IQ", "كانون الثاني ٢٠١٢", "٨ شباط ٢٠١٢", "١٢٬٣٤٥"),
        ("ar-DZ", "جانفي 2012", "8 فيفري 2012", "12.345"),
        ("ar-TN", "جانفي 2012", "8 فيفري 2012", "12.345"),
        ("ar-MA", "يناير 2012", "8 فبراير 2012", "12.345"),
        ("ar-EG", "يناير ٢٠١٢", "٨ فبراير ٢٠١٢", "١٢٬٣٤٥"),
        ("pt-PT", "janeiro de 2012", "8 de fevereiro de 2012", "12\u00a0345"),
        ("en-GB", "January 2012", "8 February 2012", "12,345"),
    ],
)
def test_a_country_has_its_months_and_digits(tag: str, month: str, day: str, number: str) -> None:
    if not day:
        assert month not in languages.date_words(parse("2012-01"), tag)
        return
    assert languages.date_words(parse("2012-01"), tag) == month
    assert languages.date_words(parse("2012-02-08"), tag) == day
    assert languages.number(12345, tag) == number


def test_the_names_of_months_alone_are_the_country_s_too_and_do_not_depend_on_what_was_asked_before() -> None:
    assert [languages.month_name(1, tag) for tag in ("ar", "ar-SY", "ar", "ar-DZ", "ar-SY")] == [
        "يناير", "كانون الثاني", "يناير", "جانفي", "كانون الثاني",
    ]  # fmt: skip
    assert languages.month_name(1, "ar-SY", short=True) == "كانون الثاني"


def test_an_edition_with_a_country_keeps_its_addresses() -> None:
    plain, syrian = pages(settings("en", "ar")), pages(settings("en", "ar-SY"))
    assert plain.keys() == syrian.keys()
    page = syrian["ar/dates/2012-02.html"]
    assert '<html lang="ar-SY" dir="rtl">' in page
    assert "شباط ٢٠١٢" in page
    assert "فبراير" not in page
    assert ">العربية</a>" in syrian["index.html"]
    assert 'hreflang="ar-SY"' in syrian["index.html"]
    assert '"locale":"ar-SY-u-ca-gregory-nu-arab"' in syrian["ar/search.html"]


def test_a_country_reads_the_labels_and_texts_of_its_whole_language() -> None:
    made = pages(settings("en", "ar-SY"))
    assert "<h1>أوراق الميناء</h1>" in made["ar/index.html"]


def test_a_browser_is_asked_for_the_gregorian_calendar() -> None:
    """Persian and some Arabic locales have another by default, and a record's dates are Gregorian."""
    assert languages.browser_locale("fa") == "fa-u-ca-gregory-nu-arabext"
    assert languages.browser_locale("en") == "en"


@pytest.mark.parametrize(
    ("tag", "marks"),
    [
        ("en", "“”"),
        ("ar", "«»"),
        ("ar-SY", "«»"),
        ("de", "„“"),
        ("pt", "“”"),
        ("pt-PT", "«»"),
        ("ku-Arab", "«»"),
        ("qaa", "“”"),
    ],
)
def test_quotations_stand_between_the_marks_of_their_language(tag: str, marks: str) -> None:
    assert "".join(languages.quotation_marks(tag)) == marks


def test_the_words_of_a_language_are_read_from_its_table(tmp_path: Path) -> None:
    text = (
        'title = "Harbour papers"\nlanguages = ["en", "ar"]\n[translations.ar]\ntitle = "أوراق الميناء"\nscope = ""\n'
    )
    (tmp_path / "archive.toml").write_text(text, encoding="utf-8")
    found, problems = read.settings(tmp_path)
    assert not problems
    assert found.in_language("ar-SY").title == "أوراق الميناء"
    assert found.in_language("fr").title == "Harbour papers"
    assert (found.language_of("title", "ar-SY"), found.language_of("scope", "ar-SY")) == ("ar", "en")


def test_each_edition_has_a_feed_of_its_own_that_leads_to_its_pages() -> None:
    made = files(archive(*harbour(), settings=settings("en", "ar-SY")))
    feed, main = feedparser.parse(made["ar/feed.atom"]), feedparser.parse(made["feed.atom"])
    assert (feed.feed.title, main.feed.title) == ("أوراق الميناء", TITLE)
    assert feed.feed.language == "ar"
    assert feed.feed.link == "https://harbour.example/ar/index.html"
    assert [entry.id for entry in feed.entries] == [entry.id for entry in main.entries]
    assert all(entry.link.startswith("https://harbour.example/ar/releases/") for entry in feed.entries)
    assert "مياه" in {tag.label for entry in feed.entries for tag in entry.get("tags", ())}
    home = made["ar/index.html"].decode()
    assert 'href="../ar/feed.atom" title="أوراق الميناء"' in home
    assert '<a href="feed.atom">' in home


def test_a_translation_goes_before_the_same_text_in_the_edition_of_its_language_also_where_that_has_a_country() -> None:
    original = release("2012-02-08-lamps")
    translated = release("2012-02-09-lamps", "2012-02-09", "language: ar", "translation_of: 2012-02-08-lamps")
    made = site(archive(original, translated, settings=settings("en", "ar-SY")))
    page = made["releases/2012-02-08-lamps.html"]
    assert 'hreflang="ar" href="https://harbour.example/ar/releases/2012-02-09-lamps.html"' in page
    assert 'rel="alternate" hreflang="ar-SY"' not in page

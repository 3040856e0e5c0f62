"""What the pages of an archive say, where they stand and how they are split."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html.parser
import pickle
import posixpath
import re
from urllib.parse import unquote, urlsplit

import pytest
from msgspec import structs

from onrecord.model import Article, Body, Settings, Term
from tests.invented import (
    BUILD,
    SETTINGS,
    VOCABULARIES,
    archive,
    files,
    harbour,
    listed,
    makers_of,
    quick,
    release,
    site,
    views,
)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    about = Article("about", "pages/about.md", "About", Body("<p>Why.</p>"))
    return site(archive(*harbour(), articles=[about]))


class Reader(html.parser.HTMLParser):
    """Collects what tests ask about a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[int] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        self.ids += [str(given["id"])] if given.get("id") else []
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        for name in ("href", "src", "action"):
            if given.get(name):
                self.links.append(str(given[name]))


def text_of(page: str) -> str:
    """The words of a page, tags left out and white space made even."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def main_of(page: str) -> str:
    return page[page.index("<main") :]


# ---- every page ----------------------------------------------------------------------------------------------------------------


def test_every_page_has_one_h1_landmarks_and_no_skipped_heading(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        read = Reader(text)
        names = [tag for tag, _ in read.tags]
        assert text.startswith("<!doctype html>"), path
        assert read.headings.count(1) == 1, path
        assert all(after - before <= 1 for before, after in zip(read.headings, read.headings[1:], strict=False)), (
            path,
            read.headings,
        )
        assert names.count("main") == 1, path
        assert {"header", "nav"} <= set(names), path
        assert len(read.ids) == len(set(read.ids)), path


def test_the_content_security_policy_comes_before_every_script(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        assert 0 < text.index("Content-Security-Policy") < text.find("<script") % len(text), path
        assert "default-src 'none'" in text
        assert "no-referrer" in text
        assert " style=" not in text, path
        assert not re.search(r"<script(?![^>]*(src=|application/(ld\+)?json))", text), path


def test_every_link_leads_to_a_file_of_the_site_and_to_a_place_on_it(pages: dict[str, str]) -> None:
    content = archive(*harbour(), articles=[Article("about", "pages/about.md", "About", Body("<p>Why.</p>"))])
    others = {path for path in files(content) if not path.endswith(".html")}
    ids = {path: set(Reader(text).ids) for path, text in pages.items()}
    for path, text in pages.items():
        for link in Reader(text).links:
            parts = urlsplit(link)
            if parts.scheme or link.startswith("#main"):
                assert parts.scheme in ("https", "mailto", "data", ""), (path, link)
                continue
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
            )
            if target.startswith("assets/"):
                continue
            assert not link.endswith("/"), (path, link)
            assert link.isascii(), (path, link)
            assert target in pages or target in others, (path, link)
            if parts.fragment.startswith("q="):
                assert target == "search.html" or target.endswith("/search.html"), (path, link)
            elif parts.fragment.startswith("page="):
                assert target == "suggest.html" or target.endswith("/suggest.html"), (path, link)
            elif parts.fragment:
                assert parts.fragment in ids[target], (path, link)


def test_nothing_on_a_page_is_loaded_from_another_host(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        for tag, given in Reader(text).tags:
            for name in ("src", "action", "data", "poster", "srcset"):
                assert not str(given.get(name, "")).startswith(("http", "//")), (path, tag)
            if tag == "link" and given.get("rel") in ("stylesheet", "icon", "preload"):
                assert not str(given["href"]).startswith(("http", "//")), path
            if tag == "a" and str(given.get("href", "")).startswith("http"):
                assert given.get("rel") == "noreferrer noopener", (path, given)


def test_text_from_the_record_is_escaped(pages: dict[str, str]) -> None:
    page = pages["releases/2012-02-08-ferry.html"]
    assert "<quay>" not in page
    assert "Harbour <Archive>" not in "".join(pages.values())
    assert "Light the &lt;quay&gt;" in page


def test_an_archive_without_releases_has_all_its_indexes() -> None:
    empty = site(archive(settings=Settings("Empty")))
    assert {
        f"{folder}/index.html" for folder in ("releases", "topics", "dates", "places", "names", "publishers")
    } <= set(empty)
    assert "There are no releases here yet." in empty["index.html"]
    assert "Add the first one" in empty["index.html"]
    assert "references/index.html" in empty
    assert "quotations/index.html" in empty
    assert "dates/undated.html" in empty


def test_a_view_says_everything_a_page_shows() -> None:
    content = archive(*harbour())
    first = views(content)
    assert first == views(archive(*harbour()))
    view = first["releases/2012-02-08-ferry.html"]
    assert pickle.loads(pickle.dumps(view)) == view  # noqa: S301


def test_no_path_comes_twice_even_when_only_case_differs() -> None:
    paths = [output.path.casefold() for output in makers_of(archive(*harbour())).outputs()]
    assert len(paths) == len(set(paths))


# ---- a release -----------------------------------------------------------------------------------------------------------------


def test_a_release_shows_its_facts_and_where_they_come_from(pages: dict[str, str]) -> None:
    words = text_of(pages["releases/2012-02-08-ferry.html"])
    assert "8 February 2012" in words
    assert "Date as printed 08 February 2012" in words
    assert "Date found in the header" in words
    assert "FU 01/069/2012" in words
    assert "ab" * 32 in words
    assert "© Example Press" in words
    assert "Notes to editors" in words


def test_the_index_of_publishers_says_what_its_numbers_leave_out(pages: dict[str, str]) -> None:
    index = pages["publishers/index.html"]
    listed_there = sum(map(int, re.findall(r'data-count="(\d+)"', index)))
    left_out = re.findall(
        r"(\d+) (?:releases? do(?:es)? not state|withdrawn releases? (?:is|are) not counted)", text_of(index)
    )
    whole = re.findall(r"<strong>(\d+)</strong> releases", pages["index.html"])
    assert len(left_out) == 2
    assert listed_there + sum(map(int, left_out)) == int(whole[0])


def test_the_page_for_a_wrong_address_leads_to_every_index_and_language() -> None:
    settings = structs.replace(SETTINGS, languages=("en", "ar"), base_url="https://archive.example/harbour/")
    page = site(archive(*harbour(), settings=settings))["404.html"]
    links = Reader(page).links
    for index in ("releases", "topics", "dates", "places", "names", "quotations", "publishers", "references"):
        assert f"/harbour/{index}/index.html" in links, index
    assert '<section lang="ar" dir="rtl">' in page
    assert "/harbour/ar/index.html" in links


def test_what_is_not_stated_is_said_in_words(pages: dict[str, str]) -> None:
    nothing = text_of(pages["releases/undated-nothing.html"])
    assert "date not stated" in nothing
    assert "publisher not stated" in nothing
    assert "1 August, year not stated" in pages["releases/undated-august.html"]
    assert "about 2013" in pages["releases/2013-about.html"]


def test_an_uncertain_date_is_never_a_machine_date(pages: dict[str, str]) -> None:
    assert 'datetime="2012-02-08"' in pages["releases/2012-02-08-ferry.html"]
    assert 'datetime="2012-02"' in pages["releases/2012-02-ferry-again.html"]
    for slug in ("2013-about", "undated-august", "undated-nothing"):
        page = main_of(pages[f"releases/{slug}.html"]).split("neighbours")[0].split("</main>")[0]
        assert "datetime=" not in page
        assert "datePublished" not in pages[f"releases/{slug}.html"]
        assert "citation_publication_date" not in pages[f"releases/{slug}.html"]


def test_paragraphs_link_to_themselves(pages: dict[str, str]) -> None:
    page = pages["releases/2012-02-08-ferry.html"]
    assert re.search(r'<p id="p2"><a class="pn" href="#p2"[^>]*>2</a>', page)


def test_a_verbatim_quotation_has_marks_and_a_summary_has_none(pages: dict[str, str]) -> None:
    assert "“We cannot see the ropes”" in pages["releases/2012-02-08-ferry.html"]
    speaker = pages["quotations/ada-example.html"]
    assert "“<span data-words>We cannot see the ropes</span>”" in speaker
    assert '<blockquote class="source-words">' in speaker
    assert "releases/2012-02-08-ferry.html#p2" in speaker
    assert '<p class="in-summary" data-words>She asks for lamps.</p>' in speaker
    assert speaker.count('<span class="tag">in the archive’s words</span>') == 1


def test_each_extent_and_status_has_its_band(pages: dict[str, str]) -> None:
    assert "archive’s own summary" in pages["releases/2014-03-01-summary.html"]
    excerpt = text_of(pages["releases/2012-02-ferry-again.html"])
    assert "Only parts of the text are given here. 1 omission is marked (…)." in excerpt
    assert "The name of the quay was wrong." in pages["releases/2013-about.html"]
    for path in ("dates/2013.html", "releases/index.html"):
        listed = pages[path].split("releases/2013-about.html", 1)[1].split("\n", 1)[0]
        assert '<span class="tag tag-corrected">corrected</span>' in listed, path
    assert 'role="note"' not in pages["releases/2012-bare.html"]


def test_drafts_are_marked_when_they_are_shown() -> None:
    pages = site(archive(*harbour(), drafts=True), structs.replace(BUILD, drafts=True))
    page = pages["releases/2016-01-01-unfinished.html"]
    assert "This record is not finished" in page
    assert 'content="noindex"' in page
    assert "This is a proof" in pages["index.html"]


def test_a_withdrawn_release_leaves_its_reason_and_nothing_of_its_text() -> None:
    written = {path: data.decode() for path, data in files(archive(*harbour())).items()}
    pages = {path: text for path, text in written.items() if path.endswith(".html")}
    page = pages["releases/2015-05-05-gone.html"]
    assert "A person named in it is at risk." in page
    assert page.count("data-pagefind-body") == 1
    assert not [path for path, text in written.items() if "SECRET" in text]
    assert "2015-05-05-gone" in pages["dates/2015.html"]
    assert "2015-05-05-gone" not in pages["topics/water.html"]
    assert "2015-05-05-gone" not in pages["names/ada-example.html"]


def test_what_only_a_withdrawn_release_or_a_draft_names_has_no_page() -> None:
    lines = ("topics: [Water]", "places: [Port Elm]", "names: [Ada Example]", "publisher: Gone Press", "reference: G 1")
    gone = listed("2012-02-08-gone", "2012-02-08", "status: withdrawn", "reason: False.", *lines)
    draft = release("2012-02-09-draft", "2012-02-09", "status: draft", *lines)
    pages = site(archive(gone, draft, release("2012-02-10-stands", "2012-02-10")))
    groups = [path for path in pages if re.match(r"(topics|places|names|publishers|quotations)/(?!index)", path)]
    assert groups == ["publishers/example-press.html"]
    assert "2012-02-08-gone" in pages["dates/2012-02.html"]
    assert "2012-02-08-gone" in pages["references/gone-press.html"]
    assert "publishers/gone-press.html" not in "".join(pages.values())
    assert "2012-02-09-draft" not in "".join(pages.values())


def test_a_withdrawn_release_is_no_other_publication_of_a_text() -> None:
    gone = listed("2012-02-09-gone", "2012-02-09", "status: withdrawn", "reason: False.")
    page = site(archive(release("2012-02-08-a", "2012-02-08", "same_text_as: [2012-02-09-gone]"), gone))
    assert "Same text elsewhere" not in page["releases/2012-02-08-a.html"]
    assert "2012-02-09-gone" not in page["releases/2012-02-08-a.html"]


def test_only_a_release_is_searched_and_only_its_words(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        is_release = path.startswith("releases/") and path != "releases/index.html"
        assert text.count("data-pagefind-body") == int(is_release), path
    searched = (
        pages["releases/2012-02-08-ferry.html"].split("data-pagefind-body", 1)[1].split('<section class="quoted"')[0]
    )
    assert "Third winter" in searched
    assert "ab" * 32 not in searched


def test_a_release_keeps_its_own_language_and_direction(pages: dict[str, str]) -> None:
    page = pages["releases/2014-01-02-arabic.html"]
    assert '<html lang="en" dir="ltr">' in page
    assert '<h1 class="source-words" lang="ar" dir="rtl">' in page
    assert "<bdi>FU 01/001/2014</bdi>" in page
    assert re.search(r'<a href="[^"]*2014-01-02-arabic.html" lang="ar" dir="rtl">', pages["topics/water.html"])


def test_other_publications_of_the_text_are_named_on_both(pages: dict[str, str]) -> None:
    assert "2012-02-ferry-again.html" in pages["releases/2012-02-08-ferry.html"].split("Same text elsewhere")[1]
    assert "2012-02-08-ferry.html" in pages["releases/2012-02-ferry-again.html"].split("Same text elsewhere")[1]


# ---- dates ---------------------------------------------------------------------------------------------------------------------


def test_a_month_alone_stands_under_day_not_stated(pages: dict[str, str]) -> None:
    month = main_of(pages["dates/2012-02.html"])
    assert text_of(month).index("8 February 2012") < text_of(month).index("Day not stated")
    assert month.index("no-day") < month.index("2012-02-ferry-again")
    assert "1 February 2012" not in text_of(month.replace('<span class="count">1</span>', ""))


def test_a_year_alone_stands_under_month_not_stated(pages: dict[str, str]) -> None:
    year = main_of(pages["dates/2012.html"])
    assert year.index('id="no-month"') < year.index("2012-bare")
    assert "January 2012" not in text_of(year).split("Calendar")[0]


def test_what_has_no_year_is_in_no_year(pages: dict[str, str]) -> None:
    assert "undated-august" in pages["dates/undated.html"]
    for path, text in pages.items():
        if re.fullmatch(r"dates/[0-9-]+\.html", path):
            assert "undated-august" not in text


def test_a_year_of_a_few_releases_has_no_calendar(pages: dict[str, str]) -> None:
    assert 'class="calendar"' not in pages["dates/2012.html"]
    assert 'id="d2012-02-08"' in pages["dates/2012-02.html"]


# ---- references ----------------------------------------------------------------------------------------------------------------


def test_references_stand_in_series_with_their_gaps(pages: dict[str, str]) -> None:
    page = text_of(main_of(pages["references/example-press.html"]))
    assert "FU 01/…/2012" in page
    assert page.index("FU 01/069/2012") < page.index("070–071 not in this archive") < page.index("FU 01/072/2012")


# ---- splitting -----------------------------------------------------------------------------------------------------------------


def test_a_long_list_is_split_by_year_and_one_addition_moves_no_other_entry() -> None:
    days = [f"{year}-{month:02}-{day:02}" for year in (2010, 2011) for month in range(1, 13) for day in range(1, 9)]
    many = [quick(f"{day}-r", day) for day in days]
    before = site(archive(*many))
    after = site(archive(*many, quick("2010-06-20-new", "2010-06-20")))
    assert "publishers/example-press/2010.html" in before
    assert "2011-12-08-r.html" in before["publishers/example-press/2011.html"]
    changed = {path for path in after if after[path] != before.get(path)}
    assert "publishers/example-press/2011.html" not in changed
    assert not [path for path in changed if path.startswith("dates/2011-")]


def test_a_day_that_holds_too_many_is_split_by_title() -> None:
    many = [quick(f"2012-02-08-{letter}{number}", "2012-02-08") for letter in "abc" for number in range(60)]
    pages = site(archive(*many))
    paths = [path for path in pages if path.startswith("dates/2012-02-08/")]
    assert paths == ["dates/2012-02-08/a.html", "dates/2012-02-08/b.html", "dates/2012-02-08/c.html"]
    assert "2012-02-08-b59.html" in pages["dates/2012-02-08/b.html"]
    assert "2012-02-08.html" in pages["dates/2012-02.html"]


def test_ten_thousand_releases_leave_every_page_small() -> None:
    many = [quick(f"undated-{number}", "XXXX") for number in range(300)]
    for number in range(10_000):
        day = f"{1990 + number % 36}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        many.append(quick(f"{day}-number-{number}", day, reference=f"EX {number}/{day[:4]}"))
    makers = makers_of(archive(*many), structs.replace(BUILD, search=False))
    pages = [output for output in makers.outputs() if output.path.endswith(".html") and output.maker != "release/en"]
    assert len(pages) > 400
    for output in pages:
        data = makers.data(output)
        assert len(data) <= 60_000 or len(gzip.compress(data)) <= 15 * 1024, output.path


# ---- addresses -----------------------------------------------------------------------------------------------------------------


def test_non_ascii_slugs_are_percent_encoded_in_links(pages: dict[str, str]) -> None:
    assert "topics/éclairage.html" in pages
    assert "topics/%C3%A9clairage.html" in pages["topics/index.html"]


def test_the_page_for_a_wrong_address_works_at_any_depth() -> None:
    known = site(archive(*harbour(), settings=structs.replace(SETTINGS, base_url="https://example.org/repo/")))[
        "404.html"
    ]
    assert 'href="/repo/topics/index.html"' in known
    assert 'href="/repo/search.html"' in known
    assert 'href="index.html"' in known
    unknown = site(archive(*harbour()))["404.html"]
    assert 'href="topics/index.html"' in unknown
    assert "assets/" not in known + unknown, "nothing is fetched"
    assert "/repo/" not in unknown
    style = re.search(r"<style>(.*?)</style>", known, re.DOTALL)
    assert style
    hashed = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{hashed}'; img-src data:;" in known, "the style is the one that the page allows"


def test_a_page_names_its_address_where_it_is_known() -> None:
    pages = site(
        archive(release("2012-02-08-a"), settings=structs.replace(SETTINGS, base_url="https://example.org/repo/"))
    )
    page = pages["releases/2012-02-08-a.html"]
    assert '<link rel="canonical" href="https://example.org/repo/releases/2012-02-08-a.html">' in page


def test_a_correction_can_be_suggested_where_the_repository_is_known(pages: dict[str, str]) -> None:
    assert (
        'href="https://example.org/crew/archive/edit/main/content/releases/2012-bare.md"'
        in pages["releases/2012-bare.html"]
    )
    bare = site(archive(release("2012-02-08-a"), settings=Settings("Bare")))
    assert 'class="way"' not in bare["releases/2012-02-08-a.html"]
    assert (
        'href="../suggest.html#page=releases%2F2012-02-08-a.html">Write it here' in bare["releases/2012-02-08-a.html"]
    )
    assert "does not say how to reach its maintainers" in bare["contribute.html"]


def test_names_that_occur_together_are_drawn_and_told_in_a_table() -> None:
    both = ["Ada Example", "Ferry Union", "Bo Else"]
    terms = tuple(Term("name", label, label.lower().replace(" ", "-")) for label in both)
    first, second, third = terms
    cards = [
        quick("2012-01-01-a", "2012-01-01", names=(first.slug, second.slug)),
        quick("2012-01-02-b", "2012-01-02", names=(first.slug, second.slug)),
        quick("2012-01-03-c", "2012-01-03", names=(second.slug, third.slug)),
        listed(
            "2012-01-04-gone", "2012-01-04", "status: withdrawn", "reason: False.", "names: [Ada Example, Ferry Union]"
        ),
    ]
    content = archive(*cards, vocabularies=structs.replace(VOCABULARIES, names=terms))
    text = site(content)["names/index.html"]
    assert "<title>Ferry Union – Ada Example: 2</title>" in text
    table = re.findall(r'<th scope="row">([^<]+)<td>([^<]+)<td>(\d+)', text)
    assert table == [("Ferry Union", "Ada Example", "2"), ("Ferry Union", "Bo Else", "1")]
    assert "Ada Example – Bo Else" not in text


def test_bars_of_a_short_chart_lead_to_their_releases() -> None:
    content = archive(*(quick(f"{year}-05-05-a", f"{year}-05-05") for year in range(2004, 2014)))
    text = site(content)["publishers/example-press.html"]
    assert '<a href="../publishers/example-press.html#d2004" aria-label="2004: 1"><rect class="hit"' in text
    assert 'role="group"' in text
    assert 'id="d2004"' in text

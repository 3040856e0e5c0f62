"""Feeds and sitemap: valid, stable, and never more exact than the date."""

import feedparser

from onrecord.makers import sitemap
from onrecord.model import Release, Tombstone
from onrecord.reader import Build
from tests.invented import archive, files, listed, release


def feed(
    *releases: Release | Tombstone, path: str = "feed.atom", build: Build | None = None
) -> feedparser.FeedParserDict:
    parsed = feedparser.parse(files(archive(*releases), build or Build("0.1.0"))[path])
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def test_the_feed_lists_the_newest_first_and_dates_only_what_has_a_day() -> None:
    releases = release("a", "2012-02-08"), release("b", "2012-02"), release("c", "XXXX-08-01")
    parsed = feed(*releases, build=Build("0.1.0", "2026-01-02"))
    assert [entry.title for entry in parsed.entries] == ["About a", "About b", "About c"]
    assert [entry.get("published") for entry in parsed.entries] == ["2012-02-08T00:00:00Z", None, None]
    assert parsed.entries[2].summary.startswith("1 August, year not stated.")
    assert parsed.feed.updated == "2026-01-02T00:00:00Z"


def test_every_topic_has_a_feed_of_its_own() -> None:
    releases = release("a", "2012", "topics: [Water]"), release("b", "2012", "topics: [Land & roads]")
    parsed = feed(*releases, path="topics/water.atom")
    assert [entry.title for entry in parsed.entries] == ["About a"]
    assert parsed.entries[0].link == "../releases/a.html"


def test_a_withdrawn_release_is_in_no_feed_but_that_of_corrections() -> None:
    gone = listed("a", "2012", "status: withdrawn", "reason: False.", "topics: [Water]")
    assert [entry.title for entry in feed(gone, release("b", "2012")).entries] == ["About b"]
    assert [path for path in files(archive(gone)) if path.endswith(".atom")] == ["feed.atom", "corrections.atom"]


def test_hostile_titles_are_text() -> None:
    title = 'title: "]]> <b>&amp;</b>"'
    parsed = feed(release("a", "2012"), release("b", "2012", title, 'subtitle: "]]>"', body="]]> &amp; &lt;script>"))
    assert [entry.title for entry in parsed.entries] == ["About a", "]]> <b>&amp;</b>"]
    assert parsed.entries[1].summary.endswith("]]> & <script>")


def test_the_sitemap_holds_whole_addresses_of_pages_only() -> None:
    ((_, data),) = sitemap.files("https://example.org/r/", ["index.html", "releases/حمص.html", "404.html", "feed.atom"])
    text = data.decode()
    assert "<loc>https://example.org/r/index.html</loc>" in text
    assert "<loc>https://example.org/r/releases/%D8%AD%D9%85%D8%B5.html</loc>" in text
    assert "404" not in text
    assert "feed.atom" not in text


def test_a_sitemap_beyond_fifty_thousand_addresses_is_divided() -> None:
    parts = sitemap.files("https://example.org/", [f"releases/{n}.html" for n in range(50_001)])
    assert [path for path, _ in parts] == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]
    assert parts[0][1].count(b"<loc>") == 2


def test_an_entry_is_as_new_as_its_record_not_as_the_build() -> None:
    build = Build("0.1.0", "2026-05-05", moments={"releases/b.md": "2026-01-01T08:00:00Z"})
    entries = feed(release("a", "2012-02-08"), release("b", "2012-02"), build=build).entries
    assert [(entry.title, entry.updated) for entry in entries] == [
        ("About a", "2012-02-08T00:00:00Z"),
        ("About b", "2026-01-01T08:00:00Z"),
    ]


def test_a_day_that_is_only_about_right_is_no_day_of_publication() -> None:
    for date in ("2012-02-08~", "2012-02-08?/2012-02-08"):
        (entry,) = feed(release("a", date)).entries
        assert "published" not in entry, date

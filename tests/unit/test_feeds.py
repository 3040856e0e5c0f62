"""Feeds and sitemap: valid, stable, and never more exact than the date."""

import datetime as dt
import json
import urllib.parse
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree
from msgspec import structs

from onrecord.makers import sitemap
from onrecord.makers.sitemap import Known
from onrecord.model import Release, Settings, Tombstone
from onrecord.reader import Build
from tests.invented import SETTINGS, archive, files, harbour, listed, release


def feed(
    *releases: Release | Tombstone, path: str = "feed.atom", build: Build | None = None
) -> feedparser.FeedParserDict:
    parsed = feedparser.parse(files(archive(*releases), build or Build("0.1.0"))[path])
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def test_the_feed_lists_the_newest_first_and_says_no_hour_of_publication() -> None:
    releases = release("a", "2012-02-08"), release("b", "2012-02"), release("c", "XXXX-08-01")
    parsed = feed(*releases, build=Build("0.1.0", "2026-01-02"))
    assert [entry.title for entry in parsed.entries] == ["About a", "About b", "About c"]
    assert not any("published" in entry for entry in parsed.entries)
    assert parsed.entries[0].summary.startswith("8 February 2012.")
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
    ((_, data),) = sitemap.files(
        Known("https://example.org/r/"), ["index.html", "releases/حمص.html", "404.html", "feed.atom"]
    )
    text = data.decode()
    assert "<loc>https://example.org/r/index.html</loc>" in text
    assert "<loc>https://example.org/r/releases/%D8%AD%D9%85%D8%B5.html</loc>" in text
    assert "404" not in text
    assert "feed.atom" not in text


def test_a_sitemap_beyond_fifty_thousand_addresses_is_divided() -> None:
    parts = sitemap.files(Known("https://example.org/"), [f"releases/{n}.html" for n in range(50_001)])
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
        assert not entry.updated.startswith("2012"), date


# ---- what the standards ask ----------------------------------------------------------------------------------------------------

GRAMMAR = Path(__file__).parents[1] / "schemas" / "atom.rng"
WITH_ADDRESS = structs.replace(SETTINGS, base_url="https://example.org/r/")


@pytest.mark.parametrize("settings", [SETTINGS, WITH_ADDRESS])
@pytest.mark.parametrize("releases", [(), harbour()])
def test_every_feed_holds_to_the_grammar_of_atom(settings: Settings, releases: tuple[Release | Tombstone, ...]) -> None:
    grammar = etree.RelaxNG(etree.parse(GRAMMAR))
    moments = {"releases/2012-bare.md": "2026-01-01T08:00:00+02:00"}
    site = files(archive(*releases, settings=settings), Build("0.1.0", moments=moments))
    feeds = {path: data for path, data in site.items() if path.endswith(".atom")}
    assert len(feeds) > (10 if releases else 1)
    for path, data in feeds.items():
        tree = etree.fromstring(data)
        assert grammar.validate(tree), (path, grammar.error_log)
        assert not feedparser.parse(data).bozo, path
        ids = [entry.findtext("{*}id") for entry in tree.iter("{*}entry")]
        assert len(set(ids)) == len(ids), path


def test_the_grammar_of_atom_finds_what_is_wrong() -> None:
    grammar = etree.RelaxNG(etree.parse(GRAMMAR))
    right = files(archive(*harbour()))["feed.atom"].decode()
    for old, new in (
        ("<updated>2", "<updated>on 2"),
        ("<id>", "<id>no address "),
        ("<author>", "<author><name>One</name></author><nobody/><author>"),
        ('rel="alternate"', 'rel=""'),
        ("<category term=", "<category name="),
        ("</updated>", "</updated><published>2014-03-01</published>"),
    ):
        assert old in right
        assert not grammar.validate(etree.fromstring(right.replace(old, new, 1).encode())), new


def test_a_year_is_called_as_people_write_it() -> None:
    releases = release("a", "-0044"), release("b", "0000"), release("c", "2012"), release("d", "XXXX-08-01")
    site = files(archive(*releases))
    listed = {each.get("xmlUrl"): each.get("text") for each in etree.fromstring(site["feeds.opml"]).iter("outline")}
    assert listed["dates/-44.atom"] == "45 BCE"
    assert listed["dates/0000.atom"] == "1 BCE"
    assert listed["dates/2012.atom"] == "2012"
    assert listed["dates/undated.atom"] == "Year not stated"
    assert feedparser.parse(site["dates/-44.atom"]).feed.title.startswith("45 BCE: ")


def test_a_feed_of_a_list_stays_as_it_is_while_its_releases_do() -> None:
    releases = release("a", "2012-02-08", "topics: [Water]"), release("b", "2013-02-08", "topics: [Water]")
    moments = {"releases/a.md": "2024-01-01T08:00:00Z", "releases/b.md": "2024-02-02T08:00:00Z"}
    one, other = (
        files(archive(*releases), Build("0.1.0", built, moments=moments))["topics/water.atom"]
        for built in ("2026-01-01", "2026-02-02")
    )
    assert one == other
    assert feedparser.parse(one).feed.updated == "2024-02-02T08:00:00Z"
    # Where of one of them it is not known when it changed, the feed is as new as the build.
    del moments["releases/a.md"]
    assert feed(
        *releases, path="topics/water.atom", build=Build("0.1.0", "2026-01-01", moments=moments)
    ).feed.updated == ("2026-01-01T00:00:00Z")


def json_feed(site: dict[str, bytes]) -> dict[str, Any]:
    """The JSON Feed of a site, held to what version 1.1 asks for (https://www.jsonfeed.org/version/1.1/)."""
    parsed: dict[str, Any] = json.loads(site["feed.json"])
    texts = "version title home_page_url feed_url description language".split()
    top: dict[str, type] = dict.fromkeys(texts, str) | dict.fromkeys(("authors", "items"), list)
    texts = "id url title content_text date_published date_modified language".split()
    item: dict[str, type] = dict.fromkeys(texts, str) | dict.fromkeys(("authors", "tags"), list)
    assert parsed["version"] == "https://jsonfeed.org/version/1.1"
    assert {"version", "title", "items"} <= parsed.keys()
    for known, values in ((top, parsed), *((item, each) for each in parsed["items"])):
        assert values.keys() <= known.keys()
        for key, value in values.items():
            assert isinstance(value, known[key]), key
            assert value or key == "items", key
        for author in values.get("authors", ()):
            assert author.keys() <= {"name", "url", "avatar"}
            assert author
    for each in parsed["items"]:
        assert {"id", "content_text"} <= each.keys()
        for key in ("date_published", "date_modified"):
            assert dt.datetime.fromisoformat(each.get(key, "2000-01-01T00:00:00Z")).tzinfo is not None
    ids = [each["id"] for each in parsed["items"]]
    assert len(set(ids)) == len(ids)
    return parsed


def test_the_json_feed_says_what_the_atom_feed_does() -> None:
    site = files(archive(*harbour(), settings=WITH_ADDRESS))
    parsed, atom = json_feed(site), feedparser.parse(site["feed.atom"])
    assert parsed["feed_url"] == "https://example.org/r/feed.json"
    assert [(item["id"], item["title"]) for item in parsed["items"]] == [
        (entry.id, entry.title) for entry in atom.entries
    ]
    of_title = {item["title"]: item for item in parsed["items"]}
    assert not any("date_published" in item for item in parsed["items"])
    assert of_title["About 2012-bare"]["authors"] == [{"name": "Example Press"}]
    # An abstract is the archive's own work.
    assert "authors" not in of_title["About 2014-03-01-summary"]
    assert "Summary by the archive" in of_title["About 2014-03-01-summary"]["content_text"]
    assert "About 2015-05-05-gone" not in of_title


def test_an_archive_without_an_address_has_a_json_feed_that_makes_none_up() -> None:
    parsed = json_feed(files(archive(*harbour())))
    assert "feed_url" not in parsed
    assert parsed["items"][0]["id"].startswith("tag:")
    assert json_feed(files(archive()))["items"] == []


def test_every_feed_stands_in_the_list_of_feeds() -> None:
    site = files(archive(*harbour(), settings=WITH_ADDRESS))
    tree = etree.fromstring(site["feeds.opml"])
    assert tree.tag == "opml"
    assert tree.get("version") == "2.0"
    assert [child.tag for child in tree] == ["head", "body"]
    outlines = list(tree.iter("outline"))
    assert all(outline.get("text") for outline in outlines)
    addresses = [outline.get("xmlUrl") for outline in outlines if outline.get("type") == "rss"]
    feeds = {f"https://example.org/r/{urllib.parse.quote(path)}" for path in site if path.endswith(".atom")}
    assert len(addresses) == len(feeds)
    assert set(addresses) == feeds
    assert [outline.get("text") for outline in tree.find("body") if outline.get("type") is None] == [
        "Topics", "Places", "Names", "Publishers", "Dates"
    ]  # fmt: skip

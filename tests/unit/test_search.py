"""The search room without a browser: shards, what Pagefind is given and has, the files that shards share, what stops a build."""

from __future__ import annotations

import gzip
import json
import re
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cbor2
import pytest

from onrecord import languages, search
from onrecord.search import SearchEntry, bundle, service, stemmers
from onrecord.search.paragraphs import Paragraph
from onrecord.search.pieces import Pieces
from onrecord.search.search_page import view_of
from onrecord.search.shard_plan import plan, shards
from onrecord.search.terms import TermPage
from onrecord.search.word_record import Record, Vocabulary, packs, record
from tests.unit.search_files import JoinedIndex, dates, read, tree


def entry(slug: str, title: str = "Lamps on the pier", language: str = "en", date: str = "2012-02-08") -> SearchEntry:
    year = date[:4] or search.NOT_STATED
    return SearchEntry(
        f"releases/{slug}.html", language, title, date, filters=(("year", year, year), ("topic", "lamps", "Lamps"))
    )


def words(entry: SearchEntry) -> Sequence[Paragraph]:
    return [Paragraph("p1", f"The crew of {entry.path[9:-5]} asks for light.")]


def changed(path: str) -> Callable[[SearchEntry], Sequence[Paragraph]]:
    return lambda entry: [Paragraph("p1", "Something else altogether.")] if entry.path == path else words(entry)


# ---- what Pagefind is given, and what it has -----------------------------------------------------------------------------------


def test_a_record_has_the_words_of_a_release_in_four_regions() -> None:
    release = SearchEntry(
        "releases/a.html", "en", "Lamps: the pier", "2012", "HBR 1/2",
        facts=(("date", "8 February 2012"), ("kind", "letter"), ("iso", "2012")),
        aliases=("Night ferries",),
    )  # fmt: skip
    paragraphs = [Paragraph("p1", "No light."), Paragraph("", "(…)"), Paragraph("p2", "Half-mast!")]
    made = record(release, paragraphs, Vocabulary("en"))
    assert made.content == (
        "lamps the pier . hbr 1 2 hbr12 12 . 8 february 2012 . letter . night ferries . halfmast . no light . . half mast"
    )
    positions = made.content.split(" ")
    assert positions[: made.title_end] == ["lamps", "the", "pier"]
    assert positions[made.title_end + 1 : made.facts_start - 1] == ["hbr", "1", "2", "hbr12", "12"]
    assert positions[made.facts_start : made.facts_start + 3] == ["8", "february", "2012"]
    assert positions[made.body_start :] == ["no", "light", ".", ".", "half", "mast"]
    assert made.length == len(positions)
    assert made.word_count == sum(position != "." for position in positions)


def indexed_positions(records: Sequence[Record], most: int) -> dict[tuple[int, int], str]:
    """What Pagefind has of releases, put into records of so many positions: (number of the release, position in it) → form."""
    found: dict[tuple[int, int], str] = {}
    packed = packs(records, most)
    files = service.files(packed.contents(records))
    for word, pages in bundle.postings(files, service.VERSION, len(packed.members)):
        numbers, releases, count = bundle.by_release(pages, packed.bases, packed.starts, packed.ends)
        at = release = having = counted = 0
        while at < len(numbers):
            assert numbers[at] > 0 or at == 0
            release += numbers[at]
            position = 0
            for gap in numbers[at + 2 : at + 2 + numbers[at + 1]]:
                position += gap
                assert (release, position) not in found
                found[release, position] = bundle.word_of(word)
                counted += 1
            at += 2 + numbers[at + 1]
            having += 1
        assert (having, counted) == (releases, count)
    return found


# A record for each release; some in one record, or longer than any; all in one record.
@pytest.mark.parametrize("most", [1, 30, 50, 10_000])
def test_pagefind_has_exactly_our_forms_at_exactly_our_positions(most: int) -> None:
    texts = [
        "—", "The crew asks for light, and the crew waits.", "Insha'aat al-Khaldieh L’incendie 1,200 0z5 z", "российский ёж й",
        "각하 कि की น้ำ ガ",
        "人权理事会 حمص مسؤول צה\"ל", "…", "", "İstanbul Straße ǆ ŉ Ω ꭰ ⅷ ² ½ ａｂ 𝔘𝔫", "The crew waits. " * 9, "(…)", "—",
    ]  # fmt: skip
    vocabulary = Vocabulary("en")
    records = [
        record(SearchEntry("releases/a.html", "en", title), [Paragraph("", text)], vocabulary)
        for title, text in zip(texts, texts[1:] + texts[:1], strict=True)
    ]
    assert [number for number, made in enumerate(records) if not made.word_count] == [6, 10, 11]
    expected = {
        (release, position): bundle.word_of(given)
        for release, made in enumerate(records)
        for position, given in enumerate(made.content.split(" "))
        if made.word_count and given != "."
    }
    assert indexed_positions(records, most) == expected
    assert {"insha", "российский", "각하", "कि", "人权", "0z5"} - {*expected.values()} == {"insha"}


def test_releases_share_a_record_of_a_bounded_length_with_an_empty_position_between_them() -> None:
    records = [
        record(SearchEntry("releases/a.html", "en", title), [], Vocabulary("en"))
        for title in ("one", "…", "two three", "four " * 40, "five", "…")
    ]
    lengths = [made.length for made in records]
    assert lengths == [4, 3, 5, 43, 4, 3]
    packed = packs(records, 10)
    assert packed.members == [[0, 2], [3], [4]]
    assert next(packed.contents(records)) == "one . . . . two three . . ."
    assert packed.bases == [0, 11, 55]
    assert packed.starts == [0, 5, 5, 11, 55, 60]
    assert packed.ends == [4, 5, 10, 54, 59, 60]
    assert [len(content.split(" ")) for content in packed.contents(records)] == [10, 43, 4]


def test_a_release_without_a_word_is_indexed_all_the_same(tmp_path: Path) -> None:
    entries = [entry("a", title="…"), entry("b"), entry("c", title="—")]
    entries[2] = SearchEntry("releases/c.html", "en", "—")
    report = search.make_index(tmp_path / "pagefind", entries, lambda one: words(one) if one.path[9] == "b" else [])
    assert report.releases == 3
    index = JoinedIndex(tmp_path / "pagefind")
    assert index.having(("crew",)) == {"releases/b.html"}
    assert index.texts["releases/c.html"]["paragraphs"] == []


def test_releases_of_which_none_has_a_word_are_indexed(tmp_path: Path) -> None:
    search.make_index(tmp_path / "pagefind", [SearchEntry("releases/a.html", "en", "…")], lambda _: [])
    assert read(tmp_path / "pagefind", "catalogue")["ranges"] == ["", ""]


def test_an_archive_without_releases_has_a_search_all_the_same(tmp_path: Path) -> None:
    target = tmp_path / "pagefind"
    report = search.make_index(target, [], words)
    assert (report.releases, report.shards) == (0, 0)
    assert read(target, "catalogue")["shards"] == []
    assert read(target, "suggestions")["prefixes"] == {}
    assert (target / "engine.js").is_file()


def test_the_same_releases_give_the_same_bytes_in_any_order_and_by_any_number_of_processes(tmp_path: Path) -> None:
    entries = [
        entry(f"r{number}", language="ar" if number % 5 == 0 else "en", date=f"20{number:02}-01")
        for number in range(40)
    ]
    search.make_index(tmp_path / "first", entries, words, limit=20, size=20)
    search.make_index(tmp_path / "second", entries[1::2] + entries[::2], words, jobs=2, limit=20, size=20)
    assert tree(tmp_path / "first") == tree(tmp_path / "second")


def test_a_changed_release_makes_one_shard_anew_and_the_files_that_have_its_words(tmp_path: Path) -> None:
    entries = [entry(f"r{number:03}", date=f"{1990 + number // 10}-05-0{number % 9 + 1}") for number in range(120)]
    search.make_index(tmp_path / "before", entries, words, limit=50, size=30)
    search.make_index(tmp_path / "after", entries, changed(entries[5].path), limit=50, size=30)
    before, after = tree(tmp_path / "before"), tree(tmp_path / "after")
    differing = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    mine = next(shard.name for shard in plan(entries, 50, 30) if entries[5] in shard.entries)
    assert {path.rpartition("/")[0] for path in differing} == {f"texts/{mine}", "words", "vocabulary", ""}
    assert {path for path in differing if "/" not in path} == {"catalogue.js"}
    assert len([path for path in differing if path.startswith("texts/")]) == 2


def test_ranges_of_words_end_where_the_words_near_them_say(tmp_path: Path) -> None:
    """A word that is added rewrites the range it stands in, not those behind it."""
    texts = {
        f"releases/r{n}.html": [Paragraph("", " ".join(f"w{(n * 997 + k * 31) % 9000}x{k}" for k in range(400)))]
        for n in range(60)
    }
    entries = [entry(path[9:-5]) for path in texts]
    search.make_index(tmp_path / "before", entries, lambda one: texts[one.path])
    texts["releases/r7.html"] = [Paragraph("", f"w5000added {texts['releases/r7.html'][0].text}")]
    search.make_index(tmp_path / "after", entries, lambda one: texts[one.path])
    before, after = (set(read(tmp_path / name, "catalogue")["ranges"][0].split()) for name in ("before", "after"))
    assert len(before) > 20
    assert len(before ^ after) <= 4


def test_what_a_shard_gives_to_the_join_is_known_when_it_is_damaged(tmp_path: Path) -> None:
    (shard,) = plan([entry("a"), entry("b", title="مصابيح")])
    info = search.make_shard(tmp_path / "en", tmp_path / "cache", shard, [words(release) for release in shard.entries])
    assert search.ShardInfo.from_json(json.loads(json.dumps(info.json()))) == info
    assert (info.name, info.language, info.count) == ("en", "en", 2)
    assert search.has_pieces(tmp_path / "cache", info)
    file = Pieces(tmp_path / "cache", info.name, info.pieces).path
    whole = file.read_bytes()
    for damaged in (whole[:-1], whole[:60] + b"?" + whole[61:], b"", b"x" + whole):
        file.write_bytes(damaged)
        assert not search.has_pieces(tmp_path / "cache", info)
    file.unlink()
    assert not search.has_pieces(tmp_path / "cache", info)


def test_releases_are_numbered_in_the_order_of_shards_and_entries(tmp_path: Path) -> None:
    entries = [entry(f"r{number}", date=f"20{number:02}") for number in range(30)]
    search.make_index(tmp_path / "pagefind", entries, words, limit=20, size=20)
    index = JoinedIndex(tmp_path / "pagefind")
    paths = list(index.texts)
    assert paths == [path for shard in plan(entries, 20, 20) for path in shard.paths]
    found = dates(index.catalogue["releases"]["dates"])
    assert found == [next(release.date for release in entries if release.path == path) for path in paths]
    for value, label, steps in read(tmp_path / "pagefind", index.catalogue["facets"]["year"]):
        assert (value, label) == (found[steps[0]], value)
    ((value, label, steps),) = read(tmp_path / "pagefind", index.catalogue["facets"]["topic"])
    assert (value, label, steps) == ("lamps", "Lamps", [0] + [1] * 29)


def test_a_text_is_kept_as_it_stands_with_the_anchors_of_its_paragraphs(tmp_path: Path) -> None:
    html = (
        '<p id="p1">One <em>la</em>mp &amp;\n two.</p>\n<h2 id="x">And</h2><ul><li>a</li><li><p id="p2">b<br>c</p></li></ul>'
        "<table><tr><td>1</td><td>2</td></tr></table>"
    )
    search.make_index(tmp_path / "pagefind", [entry("a")], lambda _: search.paragraphs_of(html))
    text = JoinedIndex(tmp_path / "pagefind").texts["releases/a.html"]
    assert text["paragraphs"] == [["p1", "One lamp & two."], ["x", "And"], ["", "a"], ["p2", "b c"], ["", "1 2"]]
    assert text["meta"] == {"title": "Lamps on the pier", "reference": ""}


def test_two_texts_of_a_shard_have_two_files_even_where_their_names_would_be_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.search import classic_scripts

    monkeypatch.setattr(classic_scripts, "digest", lambda _, extra=b"": f"{len(extra):08}")
    (shard,) = plan([entry("a"), entry("b")])
    search.make_shard(tmp_path / "en", tmp_path / "cache", shard, [words(release) for release in shard.entries])
    assert len(list((tmp_path / "en").iterdir())) == 2


# ---- terms, vocabulary, suggestions --------------------------------------------------------------------------------------------

HOMS = TermPage("place", "places/homs.html", 35, (("en", "Homs"), ("ar", "حمص")), ("Hims",))


def test_pages_of_terms_are_found_by_the_words_of_all_their_names(tmp_path: Path) -> None:
    club = TermPage("name", "names/ferry-union.html", 2, (("en", "Ferry Unions' Club"),))
    search.make_index(tmp_path / "pagefind", [entry("a"), entry("b", language="ar")], words, [HOMS, club])
    index = JoinedIndex(tmp_path / "pagefind")
    homs = ["place", "places/homs.html", 35, {"en": "Homs", "ar": "حمص"}, ["Hims"]]
    for key in ("hom", "homs", "him", "hims", "حمص"):
        assert index.terms[key] == [homs]
    assert index.words["hom"] == {}
    assert {key for key, terms in index.terms.items() if terms[0][0] == "name"} >= {"ferri", "union", "unions", "club"}


def test_the_vocabulary_has_every_word_of_four_letters_as_it_is_mostly_written(tmp_path: Path) -> None:
    texts = ["Homs asks. José asks in Homs; the NATO of 2012.", "homs asks", "Homs McGill"]
    entries = [entry(f"r{number}", title="…", date=f"20{number:02}") for number in range(3)]
    search.make_index(
        tmp_path / "pagefind", entries, lambda one: [Paragraph("", texts[int(one.path[10])])], limit=1, size=1
    )
    name = read(tmp_path / "pagefind", "catalogue")["vocabulary"]["en"]
    vocabulary = read(tmp_path / "pagefind", name)
    rows = dict(
        zip(vocabulary["forms"].split(" "), zip(vocabulary["counts"], vocabulary["cases"], strict=True), strict=True)
    )
    assert rows == {"asks": (2, "0"), "homs": (3, "1"), "jose": (1, "3"), "nato": (1, "2"), "mcgill": (1, "3")}
    assert vocabulary["written"] == {"jose": "José", "mcgill": "McGill"}


def test_suggestions_are_few_and_longer_beginnings_have_what_is_left_out(tmp_path: Path) -> None:
    entries = [
        entry(
            f"r{number:03}",
            title=f"Lamps {'lanterns' if number % 9 else 'langoustes'} {number}",
            date=f"2012-01-{number % 28 + 1:02}",
        )
        for number in range(90)
    ]
    search.make_index(tmp_path / "pagefind", entries, words, [HOMS])
    prefixes = read(tmp_path / "pagefind", "suggestions")["prefixes"]

    def suggested(prefix: str) -> list[list[object]]:
        listed: list[list[object]] = read(
            tmp_path / "pagefind", f"suggestions/{prefix.encode().hex()}_{prefixes[prefix]}"
        )
        return listed

    assert suggested("ho") == [["Homs", "place", "places/homs.html", 35]]
    assert suggested("حم") == [["حمص", "place", "places/homs.html", 35]]
    assert "hom" not in prefixes
    assert len(suggested("la")) == len(suggested("lamp")) == 20
    assert [title for title, *_ in suggested("lang")] == sorted(
        (release.title for release in entries if "lang" in release.title),
        key=lambda title: (-(int(title.split()[-1]) % 28), int(title.split()[-1])),
    )


def test_shards_of_other_code_or_another_pagefind_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = search.version()
    assert search.version() == ours
    monkeypatch.setattr(service, "VERSION", "9.9.9")
    assert search.version() != ours


def test_shards_hold_every_release_once_in_order_of_time_the_undated_last() -> None:
    dates = [f"{1950 + number * 37 % 80}-{number % 12 + 1:02}" for number in range(900)] + ["2012"] * 80 + [""] * 20
    entries = [entry(f"r{number}", date=date) for number, date in enumerate(dates)]
    cut = shards(entries, limit=100, size=60)
    assert sorted(release.path for shard in cut for release in shard.entries) == sorted(
        release.path for release in entries
    )
    assert cut[-1].name == "undated"
    years = [
        release.date[:4] for shard in cut[:-1] for release in sorted(shard.entries, key=lambda release: release.date)
    ]
    assert years == sorted(years)
    assert len({shard.name for shard in cut}) == len(cut)
    assert max(len(shard.entries) for shard in cut if len(shard.name) != 7) <= 60


def test_an_addition_moves_no_release_to_another_shard_but_near_it() -> None:
    entries = [entry(f"r{number}", date=f"{1960 + number % 60}") for number in range(1200)]
    before = {release.path: shard.name for shard in shards(entries, 100, 90) for release in shard.entries}
    added = [*entries, *(entry(f"s{number}", date="1999") for number in range(60))]
    after = {release.path: shard.name for shard in shards(added, 100, 90) for release in shard.entries}
    moved = {path for path, name in before.items() if after[path] != name}
    assert {next(release for release in entries if release.path == path).date for path in moved} <= {
        "1996",
        "1997",
        "1998",
        "1999",
    }


def test_a_month_or_a_heap_without_years_that_is_too_large_is_cut_by_what_its_paths_are() -> None:
    entries = [entry(f"r{number}", date="2012-02" if number % 2 else "") for number in range(400)]
    before = {release.path: shard.name for shard in shards(entries, 100, 50) for release in shard.entries}
    after = {release.path: shard.name for shard in shards(entries[20:], 100, 50) for release in shard.entries}
    assert len(before) == 400
    assert all(re.fullmatch("(2012-02|undated)-[0-9a-f]+", name) for name in before.values())
    assert max(len(shard.entries) for shard in shards(entries, 100, 50)) <= 50
    assert {path: before[path] for path in after} == after


def test_the_plan_names_the_shards_of_all_languages_in_order() -> None:
    entries = [entry(f"r{number}", date=f"{1990 + number // 10}") for number in range(40)]
    others = [entry("ar", language="ar-SY"), entry("no-year", date="")]
    planned = plan([*others, *entries], limit=20, size=20)
    assert [shard.name for shard in planned] == ["ar", "en-1984-1991", "en-1992-1999", "en-undated"]
    assert [(shard.language, shard.first, shard.last) for shard in planned[:2]] == [
        ("ar", "", ""),
        ("en", "1984", "1991"),
    ]
    assert planned == plan([*entries, *others], limit=20, size=20)
    assert planned[0].paths == ("releases/ar.html",)


def test_up_to_the_limit_there_is_one_index() -> None:
    assert [shard.name for shard in shards([entry("a"), entry("b", date="")], limit=2)] == [""]


def test_a_pagefind_of_another_shape_ends_the_build_in_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "VERSION", "9.9.9")
    with pytest.raises(search.SearchFailed, match=r"Pagefind 1\.5\.2 wrote the index.*9\.9\.9"):
        search.make_index(tmp_path / "pagefind", [entry("a")], words)


def test_a_missing_pagefind_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pagefind_bin.get_candidate_paths", list)
    with pytest.raises(search.SearchFailed, match="pagefind-bin"):
        search.make_index(tmp_path / "pagefind", [entry("a")], words)


def test_other_stemmers_than_those_that_are_translated_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stemmers, "VERSION", "9.9.9")
    stemmers._folder.cache_clear()
    stemmers._function.cache_clear()
    with pytest.raises(search.SearchFailed, match=r"pip install snowballstemmer==9\.9\.9"):
        search.make_index(tmp_path / "pagefind", [entry("a")], words)


def packed(value: object, signature: bytes = bundle.SIGNATURE) -> bytes:
    return gzip.compress(signature + cbor2.dumps(value), mtime=0)


META = ["1.5.2", [["zxx_1", 2]], [["a", "b", "zxx_2"]], [], [], []]
CHUNK = [[["a", [[0, [-25, 0], []]], []]]]
GOOD = {
    "pagefind-entry.json": json.dumps({"version": "1.5.2", "languages": {"zxx": {"hash": "zxx_0"}}}).encode(),
    "pagefind.zxx_0.pf_meta": packed(META),
    "index/zxx_2.pf_index": packed(CHUNK),
}


def of_releases(pages: list[list[Any]]) -> tuple[list[int], int, int]:
    """Pages of a word, of which there is one release of one word."""
    return bundle.by_release(pages, [0], [0], [1])


def test_an_index_of_the_expected_shape_is_read() -> None:
    assert [(word, of_releases(pages)) for word, pages in bundle.postings(GOOD, "1.5.2", 1)] == [
        ("a", ([0, 1, 0], 1, 1))
    ]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("pagefind-entry.json", None, "pagefind-entry.json is missing"),
        ("pagefind-entry.json", b'{"version": "1.6.0", "languages": {}}', "Pagefind 1.6.0 wrote the index"),
        ("pagefind-entry.json", b'{"version": "1.5.2", "languages": {}}', "one language was expected, found none"),
        ("pagefind-entry.json", b"{", "pagefind-entry.json is not JSON"),
        ("pagefind.zxx_0.pf_meta", None, "pf_meta is missing"),
        ("pagefind.zxx_0.pf_meta", b"?", "pf_meta is not a gzip file"),
        ("pagefind.zxx_0.pf_meta", packed(META, b"pagefind_xyz"), "has no Pagefind signature"),
        ("pagefind.zxx_0.pf_meta", gzip.compress(bundle.SIGNATURE + b"\x82\x01", mtime=0), "not CBOR that can be read"),
        ("pagefind.zxx_0.pf_meta", packed(META[:5]), "not laid out as Pagefind 1.5.2 does it"),
        ("pagefind.zxx_0.pf_meta", packed([*META[:1], [], *META[2:]]), "Pagefind indexed 0 of 1 records"),
        ("index/zxx_2.pf_index", None, "pf_index is missing"),
        ("index/zxx_2.pf_index", packed({}), "not laid out"),
        ("index/zxx_2.pf_index", packed([[["a", {}, []]]]), "a word of .* is not laid out"),
        ("index/zxx_2.pf_index", packed([[["a", [[0, [-25, 0]]], []]]]), "a list of positions .* is not laid out"),
        ("index/zxx_2.pf_index", packed([[["a", [[0, [-50, 0], []]], []]]]), "has a weight"),
        ("index/zxx_2.pf_index", packed([[["a", [[0, [-25, 0], [1]]], []]]]), "has a weight"),
        ("index/zxx_2.pf_index", packed([[["a", [[0, [-25], []]], []]]]), "a list of positions .* is not laid out"),
        ("index/zxx_2.pf_index", packed([[["a", [[1, [-25, 0], []]], []]]]), "a list of positions .* is not laid out"),
        ("index/zxx_2.pf_index", packed([[["a", [[0, [-25, 0, 1], []]], []]]]), "a word at position 1, where none was"),
        ("index/zxx_2.pf_index", packed([[["a", [[0, [-25, -1], []]], []]]]), "a word at position -1, where none was"),
    ],
)
def test_a_pagefind_of_another_shape_is_refused(name: str, data: bytes | None, message: str) -> None:
    files = {path: content for path, content in {**GOOD, name: data}.items() if content is not None}
    with pytest.raises(bundle.NotAsExpected, match=message):
        list(map(of_releases, (pages for _, pages in bundle.postings(files, "1.5.2", 1))))


@pytest.mark.parametrize("odd", [[["crew", [[0, [-25, 0], []]], []]], [["anchor", [[0, [-25, 0], []]], []]]])
def test_a_pagefind_that_has_other_words_than_it_was_given_ends_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: list[object]
) -> None:
    monkeypatch.setattr(service, "files", lambda _: {**GOOD, "index/zxx_2.pf_index": packed([odd])})
    with pytest.raises(
        search.SearchFailed, match=r"Pagefind has .*that it was (?:not )?given.*pip install pagefind-bin==1\.5\.2"
    ):
        search.make_index(tmp_path / "pagefind", [entry("a")], words)


def test_nothing_of_pagefinds_own_interfaces_is_published(tmp_path: Path) -> None:
    search.make_index(tmp_path / "pagefind", [entry("a")], words)
    names = " ".join(tree(tmp_path / "pagefind"))
    assert "ui" not in names
    assert "highlight" not in names
    assert "playground" not in names


def test_the_view_counts_facets_and_leaves_out_those_that_tell_nothing() -> None:
    view = view_of([entry("a"), entry("b", date="2011"), entry("c", date="")])
    assert [(facet.name, [(value.value, value.count) for value in facet.values]) for facet in view.facets] == []
    assert [(year.value, year.count) for year in view.years] == [("2012", 1), ("2011", 1)]
    assert view.undated == 1
    assert view.total == 3


def test_every_text_shown_can_be_translated() -> None:
    view = view_of([entry("a")], translate=lambda text: f"[{text}]")
    assert all(text.startswith("[") for text in view.strings.values())
    strings = dict(view.script["strings"])
    # A mark of the language, and no words.
    assert strings.pop("between") == languages.between("en")
    assert all(text.startswith("[") for text in strings.values())


def test_results_are_written_in_the_direction_of_their_script() -> None:
    """The page's script is given the languages of its results that are written from right to left, by the rule of the schema."""
    tags = ["ar", "iw", "nqo", "pnb", "rhg", "az-Arab", "ku-Arab", "ku", "ar-Latn", "en", "fr"]
    releases = [SearchEntry(f"releases/{tag}.html", tag, "Lamps", filters=(("language", tag, tag),)) for tag in tags]
    assert view_of(releases).script["rtl"] == ["ar", "az-Arab", "iw", "ku-Arab", "nqo", "pnb", "rhg"]
    assert view_of([], "ckb-IR").script["rtl"] == ["ckb"]


def test_a_pipe_that_is_closed_under_its_reader_is_told_to_who_waits_and_prints_nothing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Under load, the reader's thread once ended with a traceback (“read of closed file”) and the build went on without an index."""

    class Stream:
        def read1(self, _: int) -> bytes:
            raise ValueError("read of closed file")

        def close(self) -> None:
            raise OSError("closed already")

    class Process:
        stdin = stdout = Stream()

    errors: list[object] = []
    monkeypatch.setattr(threading, "excepthook", errors.append)
    session = service._Session(Process())  # type: ignore[arg-type]
    monkeypatch.setattr(Stream, "flush", lambda _: None, raising=False)
    with pytest.raises(service.ServiceFailed, match="stopped while it was indexing"):
        session.reply()
    session.end()
    assert errors == []
    assert capfd.readouterr().err == ""

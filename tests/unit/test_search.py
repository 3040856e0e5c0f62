"""The search room without a browser: spellings, shards, canonical bytes, what stops a build."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from onrecord import search
from onrecord.search import SearchEntry, canonical, copies, engine, offline, service, spelling
from onrecord.search.shards import shards
from onrecord.search.view import view_of


def entry(slug: str, title: str = "Lamps on the pier", language: str = "en", date: str = "2012-02-08") -> SearchEntry:
    year = date[:4] or search.NOT_STATED
    return SearchEntry(
        f"releases/{slug}.html", language, title, date, filters=(("year", year, year), ("topic", "lamps", "Lamps"))
    )


def page(words: str) -> str:
    text = f'<div class="text" data-pagefind-body>{words}</div>'
    return f'<!doctype html><html lang="en"><body><h1>Not this</h1>{text}<p>Nor this</p></body></html>'


def staged(
    folder: Path, entries: Sequence[SearchEntry], words: str = '<p id="p1">The crew asks for light.</p>'
) -> Path:
    (folder / "releases").mkdir(parents=True)
    for one in entries:
        (folder / one.path).write_text(page(words.replace("crew", f"crew of {one.path[9:-5]}")), "utf-8")
    return folder


def tree(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("al-Insha'aat", "en", ["inshaaat"]),
        ("al-Insha’aat", "en", ["inshaaat"]),
        ("Bāb ʿAmr", "en", ["amr"]),
        ("Łódź, Øyvind, Straße", "en", ["lodz", "oyvind", "strasse"]),
        ("Forces—including shabiha", "en", ["forces", "including"]),
        ("half‑mast", "en", ["half", "mast"]),
        ("Russia…veto", "en", ["russia", "veto"]),
        ("مسؤول", "ar", ["مسول"]),
        ("لحمص", "ar", ["حمص"]),
        ("المدينة", "en", ["المدينه", "مدينه"]),
    ],
)
def test_spellings_that_pagefind_lacks_are_given(text: str, language: str, wanted: list[str]) -> None:
    assert set(wanted) <= set(spelling.aliases(text, language))


@pytest.mark.parametrize(
    "text", ["José Luis Díaz", "al-Khaldieh", "Bab 'Amr", "Bab ‘Amr", "PRE 01/069/2012", "plain words, plainly put."]
)
def test_spellings_that_pagefind_folds_are_not_given_twice(text: str) -> None:
    assert spelling.aliases(text, "en") == []


def test_a_reference_is_found_from_each_of_its_parts_on() -> None:
    assert spelling.reference_words("PRE 01/069/2012") == ["pre010692012", "010692012", "0692012"]


def test_a_copy_holds_the_words_of_the_release_and_its_facts_as_attributes() -> None:
    words = copies.words_of(page('<p class="x" id="p1">The crew.</p>'), "a")
    made = copies.copy(entry("a", 'Lamps "and" <tar>'), words, copies.text_of(words))
    assert "Not this" not in made
    assert "Nor this" not in made
    assert '<a id="p1"></a><p>The crew.</p>' in made
    assert 'data-v="Lamps &quot;and&quot; &lt;tar&gt;"' in made


def test_nested_elements_of_the_same_name_stay_whole() -> None:
    assert copies.words_of(page("<div><p>One.</p></div><p>Two.</p>"), "a") == "<div><p>One.</p></div><p>Two.</p>"


@pytest.mark.parametrize(
    "html",
    ["<html><body><p>No words marked.</p></body></html>", page("") + page(""), "<div data-pagefind-body><p>open"],
)
def test_a_page_without_its_words_marked_stops_the_build_by_name(tmp_path: Path, html: str) -> None:
    site = staged(tmp_path / "site", [entry("a")])
    (site / "releases/a.html").write_text(html, "utf-8")
    with pytest.raises(search.SearchFailed, match=r"releases/a\.html"):
        search.index(site, [entry("a")])


def test_a_page_that_was_not_written_stops_the_build_by_name(tmp_path: Path) -> None:
    site = staged(tmp_path / "site", [entry("a")])
    with pytest.raises(search.SearchFailed, match=r"releases/b\.html"):
        search.index(site, [entry("a"), entry("b")])


def test_a_release_without_a_word_is_indexed_all_the_same(tmp_path: Path) -> None:
    entries = [entry("a", title="…"), entry("b"), entry("c")]
    site = staged(tmp_path / "site", entries, "<p>(…)</p>")
    search.index(site, entries)
    catalogue = json.loads((site / "pagefind/catalogue.json").read_text("utf-8"))
    assert catalogue["shards"][0]["pages"] == 3


def test_languages_without_a_stemmer_share_one_engine(tmp_path: Path) -> None:
    entries = [entry(language, language=language) for language in ("ku", "fa", "pt-BR", "ckb-Arab")]
    site = staged(tmp_path / "site", entries)
    assert search.index(site, entries).languages == ("ckb", "fa", "ku", "pt")
    assert sorted(path.name for path in (site / "pagefind").glob("wasm.*.pagefind")) == [
        "wasm.pt.pagefind",
        "wasm.unknown.pagefind",
    ]


def test_an_archive_without_releases_has_a_search_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    report = search.index(tmp_path / "site", [])
    assert (report.releases, report.shards) == (0, 0)
    assert json.loads((tmp_path / "site/pagefind/catalogue.json").read_text("utf-8"))["shards"] == []
    assert (tmp_path / "site/pagefind/engine.js").is_file()


def test_the_same_releases_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    entries = [
        entry(f"r{number}", language="ar" if number % 5 == 0 else "en", date=f"20{number:02}-01")
        for number in range(40)
    ]
    first = staged(tmp_path / "first", entries)
    second = staged(tmp_path / "second", entries[::-1])
    search.index(first, entries)
    search.index(second, entries[1::2] + entries[::2])
    assert tree(first / "pagefind") == tree(second / "pagefind")


def test_only_the_shard_of_a_changed_release_is_made_anew(tmp_path: Path) -> None:
    entries = [entry(f"r{number}", date=f"{1990 + number // 10}-05-0{number % 9 + 1}") for number in range(120)]
    before = staged(tmp_path / "before", entries)
    whole = search.index(before, entries, limit=50, size=30)
    after = staged(tmp_path / "after", entries)
    (after / entries[5].path).write_text(page("<p>Something else altogether.</p>"), "utf-8")
    again = search.index(after, entries, previous=before, limit=50, size=30)
    fresh = staged(tmp_path / "fresh", entries)
    (fresh / entries[5].path).write_text(page("<p>Something else altogether.</p>"), "utf-8")
    search.index(fresh, entries, limit=50, size=30)
    assert whole.shards == whole.rebuilt > 3
    assert again.rebuilt == 1
    assert tree(after / "pagefind") == tree(fresh / "pagefind")


def test_a_shard_somebody_touched_is_not_taken_over(tmp_path: Path) -> None:
    before = staged(tmp_path / "before", [entry("a")])
    search.index(before, [entry("a")])
    next((before / "pagefind/en/fragment").iterdir()).write_bytes(b"not what was built")
    after = staged(tmp_path / "after", [entry("a")])
    assert search.index(after, [entry("a")], previous=before).rebuilt == 1


def test_shards_hold_every_release_once_in_order_of_time_the_undated_last() -> None:
    dates = [f"{1950 + number * 37 % 80}-{number % 12 + 1:02}" for number in range(900)] + ["2012"] * 80 + [""] * 20
    entries = [entry(f"r{number}", date=date) for number, date in enumerate(dates)]
    made = shards(entries, limit=100, size=60)
    assert sorted(one.path for shard in made for one in shard.entries) == sorted(one.path for one in entries)
    assert made[-1].name == "undated"
    years = [one.date[:4] for shard in made[:-1] for one in sorted(shard.entries, key=lambda one: one.date)]
    assert years == sorted(years)
    assert len({shard.name for shard in made}) == len(made)
    assert max(len(shard.entries) for shard in made if len(shard.name) != 7) <= 60


def test_an_addition_moves_no_release_to_another_shard_but_near_it() -> None:
    entries = [entry(f"r{number}", date=f"{1960 + number % 60}") for number in range(1200)]
    before = {one.path: shard.name for shard in shards(entries, 100, 90) for one in shard.entries}
    added = [*entries, *(entry(f"s{number}", date="1999") for number in range(60))]
    after = {one.path: shard.name for shard in shards(added, 100, 90) for one in shard.entries}
    moved = {path for path, name in before.items() if after[path] != name}
    assert {next(one for one in entries if one.path == path).date for path in moved} <= {"1996", "1997", "1998", "1999"}


def test_up_to_the_limit_there_is_one_index() -> None:
    assert [shard.name for shard in shards([entry("a"), entry("b", date="")], limit=2)] == [""]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("import.meta.url", "location.href"),
        ("export{createInstance", "export default{createInstance"),
        ("createInstance,debouncedSearch", "makeInstance,debouncedSearch"),
        ("data=gz_default(data)", "data=await unpack(data)"),
        ("await fetch(queued.input)", "await fetch(queued.input,{})||await fetch(queued.input)"),
    ],
)
def test_a_pagefind_of_another_shape_is_refused(tmp_path: Path, before: str, after: str) -> None:
    service.write_bundle([("page.html", "<html lang=en><body data-pagefind-body>x</body></html>")], tmp_path / "bundle")
    javascript = (tmp_path / "bundle/pagefind.js").read_text("utf-8")
    assert before in javascript
    assert "createInstance" in engine.engine_script(javascript)
    with pytest.raises(engine.PagefindChanged):
        engine.engine_script(javascript.replace(before, after, 1))


def test_a_pagefind_of_another_shape_ends_the_build_in_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "VERSION", "9.9.9")
    with pytest.raises(search.SearchFailed, match=r"Pagefind 1\.5\.2 wrote the index.*9\.9\.9"):
        search.index(staged(tmp_path / "site", [entry("a")]), [entry("a")])


def test_a_missing_pagefind_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pagefind_bin.get_candidate_paths", list)
    with pytest.raises(search.SearchFailed, match="pagefind-bin"):
        search.index(staged(tmp_path / "site", [entry("a")]), [entry("a")])


@pytest.mark.parametrize("value", [0, 23, 24, 255, 256, 70_000, -1, -300, "", "Łódź", [], [["a", [1, 2]], 3]])
def test_cbor_there_and_back(value: object) -> None:
    assert canonical.decode(canonical.encode(value)) == value


@pytest.mark.parametrize("data", [b"", b"\x82\x01", b"\x01\x01", b"\xa1\x01\x02", b"\x62\xff\xfe"])
def test_broken_cbor_is_refused(data: bytes) -> None:
    with pytest.raises(canonical.NotCanonical):
        canonical.decode(data)


def test_packs_keep_their_members_until_an_archive_doubles() -> None:
    assert [offline.pack_count(number) for number in (0, 1, 16, 17, 1000, 1024, 1025)] == [1, 1, 1, 2, 64, 64, 128]
    assert offline.pack_of("en_00000ff", 16) == 15


def test_nothing_of_pagefinds_own_interfaces_is_published(tmp_path: Path) -> None:
    site = staged(tmp_path / "site", [entry("a")])
    search.index(site, [entry("a")])
    names = " ".join(tree(site / "pagefind"))
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
    assert all(text.startswith("[") for text in view.script["strings"].values())

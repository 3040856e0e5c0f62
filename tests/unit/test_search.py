"""The search room without a browser: spellings, shards, canonical bytes, what stops a build."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord import search
from onrecord.search import SearchEntry, bundle, engine, indexed_page, service, spelling
from onrecord.search.search_page import view_of
from onrecord.search.shard_plan import plan, shards


def entry(slug: str, title: str = "Lamps on the pier", language: str = "en", date: str = "2012-02-08") -> SearchEntry:
    year = date[:4] or search.NOT_STATED
    return SearchEntry(
        f"releases/{slug}.html", language, title, date, filters=(("year", year, year), ("topic", "lamps", "Lamps"))
    )


def words(entry: SearchEntry) -> str:
    return f'<p id="p1">The crew of {entry.path[9:-5]} asks for light.</p>'


def changed(path: str) -> Callable[[SearchEntry], str]:
    return lambda entry: "<p>Something else altogether.</p>" if entry.path == path else words(entry)


def tree(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def handed_over(file: Path) -> tuple[str, bytes]:
    """The path and the bytes that a script of the index hands over."""
    script = re.fullmatch(r'__onrecordFiles\(\{"([^"]+)":"([^"]+)"\}\);\n', file.read_text("ascii"))
    assert script
    return script[1], base64.b64decode(script[2])


def read(folder: Path, name: str) -> Any:
    """A file of a shard: its JSON, or its lines."""
    path, data = handed_over(folder / f"offline/{name}.js")
    assert path == f"{folder.name}/{name}"
    text = gzip.decompress(data).removeprefix(bundle.SIGNATURE).decode()
    return json.loads(text) if text[0] in "[{" else text.split("\n")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
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
def test_spellings_that_pagefind_lacks_are_given(text: str, language: str, expected: list[str]) -> None:
    assert set(expected) <= set(spelling.aliases(text, language))


@pytest.mark.parametrize(
    "text", ["José Luis Díaz", "al-Khaldieh", "Bab 'Amr", "Bab ‘Amr", "PRE 01/069/2012", "plain words, plainly put."]
)
def test_spellings_that_pagefind_folds_are_not_given_twice(text: str) -> None:
    assert spelling.aliases(text, "en") == []


def test_a_reference_is_found_from_each_of_its_parts_on() -> None:
    assert spelling.reference_words("PRE 01/069/2012") == ["pre010692012", "010692012", "0692012"]


def test_pagefind_is_given_the_words_of_a_release_and_what_it_is_found_by() -> None:
    html = '<p class="x" id="p1">The crew.</p><h2 id="p2">And</h2><p>One more.</p>'
    copy = indexed_page.indexed_page(entry("a", 'Lamps "and" <tar>'), html, indexed_page.text_of(html))
    assert '<a id="p1"></a><p>The crew.</p><a id="p2"></a><h2>And</h2><p>One more.</p>' in copy
    assert 'data-v="Lamps &quot;and&quot; &lt;tar&gt;"' in copy
    assert '<html lang="en">' in copy


def test_a_release_without_a_word_is_indexed_all_the_same(tmp_path: Path) -> None:
    entries = [entry("a", title="…"), entry("b"), entry("c")]
    assert search.make_index(tmp_path / "pagefind", entries, lambda _: "<p>(…)</p>").releases == 3


def test_languages_without_a_stemmer_share_one_engine(tmp_path: Path) -> None:
    target = tmp_path / "pagefind"
    entries = [entry(language, language=language) for language in ("ku", "fa", "pt-BR", "ckb-Arab")]
    assert search.make_index(target, entries, words).languages == ("ckb", "fa", "ku", "pt")
    assert sorted(path.name for path in target.glob("wasm.*")) == ["wasm.pt.pagefind.js", "wasm.unknown.pagefind.js"]
    shards = json.loads((target / "catalogue.json").read_text("utf-8"))["shards"]
    assert {shard["language"]: shard["wasm"] for shard in shards} == {
        "ckb": "unknown", "fa": "unknown", "ku": "unknown", "pt": "pt"
    }  # fmt: skip


def test_an_archive_without_releases_has_a_search_all_the_same(tmp_path: Path) -> None:
    target = tmp_path / "pagefind"
    report = search.make_index(target, [], words)
    assert (report.releases, report.shards) == (0, 0)
    assert json.loads((target / "catalogue.json").read_text("utf-8"))["shards"] == []
    assert (target / "engine.js").is_file()


def test_the_same_releases_give_the_same_bytes_in_any_order_and_by_any_number_of_processes(tmp_path: Path) -> None:
    entries = [
        entry(f"r{number}", language="ar" if number % 5 == 0 else "en", date=f"20{number:02}-01")
        for number in range(40)
    ]
    search.make_index(tmp_path / "first", entries, words, limit=20, size=20)
    search.make_index(tmp_path / "second", entries[1::2] + entries[::2], words, jobs=2, limit=20, size=20)
    assert tree(tmp_path / "first") == tree(tmp_path / "second")


def test_a_changed_release_changes_the_files_of_its_own_shard_only(tmp_path: Path) -> None:
    entries = [entry(f"r{number:03}", date=f"{1990 + number // 10}-05-0{number % 9 + 1}") for number in range(120)]
    search.make_index(tmp_path / "before", entries, words, limit=50, size=30)
    search.make_index(tmp_path / "after", entries, changed(entries[5].path), limit=50, size=30)
    before, after = tree(tmp_path / "before"), tree(tmp_path / "after")
    differing = {path.split("/")[0] for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    mine = next(shard.name for shard in plan(entries, 50, 30) if entries[5] in shard.entries)
    assert differing == {mine, "catalogue.js", "catalogue.json"}


def test_what_the_catalogue_needs_of_a_shard_goes_through_json(tmp_path: Path) -> None:
    (shard,) = plan([entry("a"), entry("b", title="مصابيح")])
    info = search.make_shard(tmp_path / "en", shard, [words(release) for release in shard.entries])
    assert search.ShardInfo.from_json(json.loads(json.dumps(info.json()))) == info
    assert (info.name, info.language, info.pages, info.scripts) == ("en", "en", 2, ("Arab",))
    for name in (info.meta, info.dates, info.vocabulary, *dict(info.facets).values()):
        assert (tmp_path / f"en/offline/{name}.js").is_file()


def test_pages_are_numbered_in_the_order_of_the_entries(tmp_path: Path) -> None:
    entries = [entry(f"r{number}", date=f"20{number:02}") for number in range(30)]
    (shard,) = plan(entries)
    info = search.make_shard(tmp_path / "en", shard, [words(release) for release in shard.entries])
    meta = bundle.decode(
        gzip.decompress(handed_over(tmp_path / f"en/offline/{info.meta}.js")[1]).removeprefix(bundle.SIGNATURE)
    )
    assert isinstance(meta, list)
    urls = [read(tmp_path / "en", f"texts/{page[0]}")["url"] for page in meta[1]]
    assert urls == [f"/{path}" for path in shard.paths]
    assert read(tmp_path / "en", info.dates) == [release.date for release in shard.entries]
    for value, label, steps in read(tmp_path / "en", dict(info.facets)["year"]):
        assert (value, label) == (shard.entries[steps[0]].date, value)
    ((value, label, steps),) = read(tmp_path / "en", dict(info.facets)["topic"])
    assert (value, label, steps) == ("lamps", "Lamps", [0] + [1] * 29)


def test_a_paragraph_keeps_its_number_and_a_facet_stands_in_no_text(tmp_path: Path) -> None:
    (shard,) = plan([entry("a")])
    search.make_shard(tmp_path / "en", shard, ['<p id=\'x\'>No.</p><p id="p1">One lamp.</p><p id="p2">Two.</p>'])
    (file,) = (tmp_path / "en/offline/texts").iterdir()
    text = read(tmp_path / "en", f"texts/{file.stem}")
    anchors = [(anchor["element"], anchor["id"], anchor["location"]) for anchor in text["anchors"]]
    assert [anchor for anchor in anchors if anchor[1] != "x"] == [("a", "p1", 1), ("a", "p2", 3)]
    assert text["content"] == "No. One lamp. Two."
    assert text["filters"] == {}


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
def test_a_pagefind_of_another_shape_is_refused(before: str, after: str) -> None:
    files = service.files([("page.html", "<html lang=en><body data-pagefind-body>x</body></html>")])
    javascript = base64.b64decode(files["pagefind.js"]).decode()
    assert before in javascript
    assert "createInstance" in engine.engine_script(javascript)
    with pytest.raises(engine.PagefindChanged):
        engine.engine_script(javascript.replace(before, after, 1))


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


@pytest.mark.parametrize(
    ("data", "value"),
    [
        # RFC 8949, appendix A
        ("00", 0), ("17", 23), ("1818", 24), ("1903e8", 1000), ("1a000f4240", 1_000_000), ("1b000000e8d4a51000", 1_000_000_000_000),
        ("20", -1), ("3863", -100), ("3903e7", -1000), ("60", ""), ("6161", "a"), ("62c3bc", "ü"), ("80", []),
        ("8301820203820405", [1, [2, 3], [4, 5]]),
    ],
)  # fmt: skip
def test_cbor_is_read(data: str, value: object) -> None:
    assert bundle.decode(bytes.fromhex(data)) == value


@pytest.mark.parametrize("data", [b"", b"\x82\x01", b"\x01\x01", b"\xa1\x01\x02", b"\x62\xff\xfe"])
def test_broken_cbor_is_refused(data: bytes) -> None:
    with pytest.raises(bundle.NotAsExpected):
        bundle.decode(data)


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
    assert all(text.startswith("[") for text in view.script["strings"].values())


def test_results_are_written_in_the_direction_of_their_script() -> None:
    """The page's script is given the languages of its results that are written from right to left, by the rule of the schema."""
    tags = ["ar", "iw", "nqo", "pnb", "rhg", "az-Arab", "ku-Arab", "ku", "ar-Latn", "en", "fr"]
    releases = [SearchEntry(f"releases/{tag}.html", tag, "Lamps", filters=(("language", tag, tag),)) for tag in tags]
    assert view_of(releases).script["rtl"] == ["ar", "az-Arab", "iw", "ku-Arab", "nqo", "pnb", "rhg"]
    assert view_of([], "ckb-IR").script["rtl"] == ["ckb"]

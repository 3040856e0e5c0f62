"""The search engine itself, asked in a browser as the page asks it: what it finds, in which order, and what it says of it.

What is found is held against a program that reads every text (`_having`), not against the index.
"""

from __future__ import annotations

import functools
import json
import math
import random
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from onrecord import search
from onrecord.search import words
from onrecord.search.engine import MODULES, engine_script
from tests.browser import engine_archive as archive
from tests.folder_server import folder_served

PAPERS = archive.papers()
BY_PATH = {paper.path: paper for paper in PAPERS}
POLICY = "default-src 'none'; script-src 'self' 'unsafe-inline'; worker-src blob:; connect-src 'self'"
LANGUAGES = sorted(words.TABLES["stemmers"])
Search = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The archive indexed in as few shards as there are languages, and in many; the address of each."""
    folder = tmp_path_factory.mktemp("engine")
    by_path = {paper.path: archive.paragraphs(paper) for paper in PAPERS}
    entries = [archive.entry(paper) for paper in PAPERS]
    for name, size in (("few", 1000), ("many", 9)):
        search.make_index(
            folder / name, entries, lambda one: by_path[one.path], archive.TERMS, archive.MONTHS, 1, size, size
        )
    (folder / "blank.html").write_text(
        f'<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    )
    with folder_served(folder) as (address, _):
        yield {name: address + name for name in ("few", "many")}


def _opened(chromium: Browser, address: str) -> Page:
    page = chromium.new_page()
    page.goto(address.rsplit("/", 1)[0] + "/blank.html")
    page.add_script_tag(url=f"{address}/engine.js")
    page.evaluate(
        """async (base) => {
          window.loaded = [];
          window.load = async (path) => { loaded.push(path); const got = await fetch(`${base}/${path}.js`);
            if (!got.ok) throw new Error(path);
            return new Uint8Array(await got.arrayBuffer()); };
          window.engine = OnrecordEngine(load);
          await engine.open();
        }""",
        address,
    )
    return page


@pytest.fixture(scope="module")
def page(chromium: Browser, indexes: dict[str, str]) -> Iterator[Page]:
    opened = _opened(chromium, indexes["few"])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def ask(page: Page) -> Search:
    """`ask("text", size=5)` gives the engine's answer."""

    def ask(text: str, **request: Any) -> dict[str, Any]:
        answer: dict[str, Any] = page.evaluate(
            "(request) => engine.search(request)", {"text": text, "size": 400, **request}
        )
        return answer

    return ask


def _slugs(answer: dict[str, Any]) -> list[str]:
    return [BY_PATH[result["path"]].slug for result in answer["results"]]


def _whole(answer: dict[str, Any]) -> set[str]:
    """The releases that have all the words."""
    found = {BY_PATH[result["path"]].slug for result in answer["results"] if not result["missing"]}
    assert len(found) == answer["complete"]
    return found


@functools.cache
def _forms(paper: archive.Paper) -> list[list[str]]:
    return [[token.form for token in words.tokens(text)] for text in (paper.title, *paper.paragraphs)]


def _having(form: str) -> set[str]:
    """A program's answer: the releases in whose title or text that very word stands."""
    return {paper.slug for paper in PAPERS if any(form in forms for forms in _forms(paper))}


def _text(runs: list[list[Any]]) -> str:
    return "".join(text for text, _ in runs)


def _marked(runs: list[list[Any]]) -> list[str]:
    return [text for text, is_marked in runs if is_marked]


# ---- words -------------------------------------------------------------------------------------------------------------------------

_PIECES = [
    *(
    "ﷺ لا ـمـ مسؤول كَتَبَ צה ל ארה ב й ї Ёж "
    "al Khaldieh L l d Qu jusqu ONU Souza Müller Ægir straße İstanbul ıI ΣΊΣΥΦΟΣ cœur 1 200 1000 300 ٣ ٢٠٠٣ 人权理 の がぎ"
    " ไทย ภาษา កម្ពុជា မြန်မာ ລາວ "
    "ﬁn हिन्दी क्षि 한국어 ά ᾳ x U N e g ʼ ʿAmr Insha aat O Brien ½ ² ① Ⅳ 𝒜bc 𠀀𠀁 🙂 _ a_b ǅ ﾊﾞ ｶﾞ ー 々 ø Đ ŋ ẞ ፩"
    ).split(), "\u00ad", "\u200b", "\u200d", "A\u0308", "e\u0301", "\u0301", "x\u0660",
]  # fmt: skip
_SEPARATORS = [*" -‐‑–—'’‘ʼʿ`´.,;:/\"“”״׳٬·_()[]«»\u00a0\u3000\u2009\n\t\x1c\x85\ufeff", "", "", "", "  ", ".."]


def _generated() -> list[str]:
    """Texts put together of pieces and signs that the rules are about, and of any characters."""
    rng = random.Random(4)  # noqa: S311 - the same texts each time
    texts = [
        "".join(rng.choice(_PIECES) + rng.choice(_SEPARATORS) for _ in range(rng.randrange(1, 9))) for _ in range(2500)
    ]
    blocks = [
        (0x20, 0x24F),
        (0x300, 0x6FF),
        (0x700, 0x1FFF),
        (0x2000, 0x2FFF),
        (0x3000, 0xD7FF),
        (0xE000, 0xFFFF),
        (0x10000, 0x1FFFF),
    ]
    for _ in range(1500):
        text = "".join(chr(rng.randrange(*rng.choice(blocks))) for _ in range(rng.randrange(1, 12)))
        texts.append("".join(letter for letter in text if unicodedata.category(letter) not in ("Cn", "Cs", "Co")))
    return texts


def _read(text: str, language: str) -> list[list[Any]]:
    def place(number: int) -> int:
        return len(text[:number].encode("utf-16-le")) // 2

    found = []
    for token in words.tokens(text):
        shape = words.written(text[token.start : token.end])
        keys = sorted(words.keys(token.form, language, shape))
        found.append([place(token.start), place(token.end), token.form, list(token.aliases), shape, keys])
    return found


def test_browser_and_build_agree_on_words(chromium: Browser) -> None:
    texts = [[text, LANGUAGES[number % len(LANGUAGES)]] for number, text in enumerate(_generated())]
    page = chromium.new_page()
    page.add_script_tag(content=engine_script(LANGUAGES).replace("return engineOf(load);", "return words;"))
    read = page.evaluate(
        """(texts) => { const words = OnrecordEngine(); return texts.map(([text, language]) => words.tokens(text).map((token) => {
          const shape = words.written(text.slice(token.start, token.end));
          return [token.start, token.end, token.form, token.aliases, shape, words.keys(token.form, language, shape)];
        })); }""",
        texts,
    )
    page.close()
    for (text, language), tokens in zip(texts, read, strict=True):
        assert [[*token[:5], sorted(token[5])] for token in tokens] == _read(text, language), (text, language)


def test_the_script_is_whole_and_the_same_each_time() -> None:
    script = engine_script(["fr", "en-GB", "tlh"])
    assert script == engine_script(["tlh", "en", "fr"])
    assert '"french"' in script
    assert '"swedish"' not in script
    assert not [word for word in ("eval(", "new Function", "fetch(", "import(", "WebAssembly") if word in script]
    folder = Path(search.__file__).parent / "engine"
    assert sorted(MODULES) == sorted(path.stem for path in folder.glob("*.js"))


# ---- what is found -----------------------------------------------------------------------------------------------------------------


def test_a_word_of_a_title_finds_every_release_that_has_it(chromium: Browser, indexes: dict[str, str]) -> None:
    forms = sorted({form for paper in PAPERS for form in _forms(paper)[0] if len(form) > 1})
    assert len(forms) > 150
    for name, tried in (("few", forms[::4]), ("many", forms[1::12])):
        page = _opened(chromium, indexes[name])
        answers = page.evaluate(
            """async (forms) => { const all = []; for (const text of forms) {
              const { complete, notes } = await engine.search({ text, size: 0 });
              all.push([(await engine.more(0, complete)).map((one) => one.path), notes]); } return all; }""",
            tried,
        )
        page.close()
        for form, (paths, notes) in zip(tried, answers, strict=True):
            assert _having(form) <= {BY_PATH[path].slug for path in paths}, (name, form)
            assert not {"unknown", "instead", "unquoted"} & notes.keys(), (form, notes)


def test_few_and_many_shards_answer_the_same(chromium: Browser, indexes: dict[str, str]) -> None:
    queries = [
        "harbour council", "refugees", "detention operations senator", "lantern pilot", "Hafenmeister", "港口委员会",
        archive.SENTENCE, "detenttion",
        '"harbour council" OR lanterns', "HBR 03", "February 2003",
    ]  # fmt: skip
    answers = []
    for name in indexes:
        page = _opened(chromium, indexes[name])
        answers.append(page.evaluate(
            """async (all) => { const out = [];
              for (const text of all) out.push(await engine.search({ text, size: 60, facets: ['language'] }));
              return out; }""",
            queries,
        ))  # fmt: skip
        page.close()
    for query, few, many in zip(queries, *answers, strict=True):
        assert json.dumps(few, sort_keys=True) == json.dumps(many, sort_keys=True), query


@pytest.mark.parametrize(("typed", "written"), [
    ("refugee", "refugees"), ("operation", "operations"), ("operate", "operation"), ("country", "countries"), ("hoping", "hope"),
    ("witness", "witnesses"),
    ("incendie", "l'incendie"), ("ONU", "d'ONU"), ("oeuvre", "main-d'œuvre"),
    ("Strasse", "Straße"), ("strasse", "Straßen"),
    ("Lager", "Flüchtlingslager"), ("fluchtlinge", "Flüchtlinge"), ("fluechtlinge", "Flüchtlinge"), ("meister", "Hafenmeister"),
    ("läger", "flyktingläger"),
    ("ميناء", "بالميناء"), ("مدينه", "المدينة"), ("Москва", "Москвы"), ("isik", "Işık"),
    ("Jose", "José"), ("mueller", "Müller"), ("lukasz", "Łukasz"),
    ("peacekeeping", "peace-keeping"), ("peace-keeping", "peace-keeping"),
    ("Khaldieh", "al-Khaldieh"), ("al-Khaldieh", "alKhaldieh"), ("governments", "government's"),
])  # fmt: skip
def test_forms_of_a_word_are_found(ask: Search, typed: str, written: str) -> None:
    having = {paper.slug for paper in PAPERS if any(written in text for text in (paper.title, *paper.paragraphs))}
    assert having
    assert True
    assert having <= _whole(ask(typed))


def test_the_very_word_comes_before_its_other_forms(ask: Search) -> None:
    assert _slugs(ask("gangplank")) == ["gangplank", "gangplanks"]
    assert _slugs(ask("gangplanks")) == ["gangplanks", "gangplank"]
    assert _slugs(ask("marlinspike splice"))[0] == "marlinspike"
    # "un" is no beginning of "under": the release that has the word is alone in having it.
    assert _slugs(ask("UN"))[0] == "un"
    assert _whole(ask("UN")) == _having("un")


def test_a_word_that_is_still_typed_finds_longer_ones_behind(ask: Search) -> None:
    answer = ask("marlinsp")
    assert {"marlinspike", "border"} <= _whole(answer)
    assert not answer["notes"]
    answer = ask("under")
    assert _slugs(answer)[0] in ("under", "un")


# ---- agreement and order -----------------------------------------------------------------------------------------------------------


def test_those_with_all_words_come_first_then_those_that_lack_the_least(ask: Search) -> None:
    typed = "harbour senator lanterns dying"
    rarity = {word: math.log(len(PAPERS) / ask(word, size=0)["complete"]) for word in typed.split()}
    assert len(set(rarity.values())) > 2
    answer = ask(typed)
    lacking = [sum(rarity[word] for word in one["missing"]) for one in answer["results"] if not one["why"]]
    assert answer["complete"]
    assert lacking[answer["complete"]] > 0
    # How much is lacking is told in 32 steps, for what is left between them counts less than how well the words are met.
    step = sum(rarity.values()) / 16
    assert all(before <= after + step for before, after in pairwise(lacking))
    assert lacking[-1] > min(rarity.values()) + step
    for result in answer["results"]:
        forms = {form for forms in _forms(BY_PATH[result["path"]]) for form in forms}
        assert not forms & set(result["missing"]), result["path"]


def test_the_rarer_word_decides_where_none_has_both(ask: Search) -> None:
    answer = ask("belaying capstan")
    assert answer["complete"] == 0
    assert _slugs(answer)[0] == "belaying"
    assert {slug[:7] for slug in _slugs(answer)[1:]} == {"capstan"}


def test_nothing_having_all_words_still_finds_the_nearest(ask: Search) -> None:
    answer = ask("ropemakers regatta tar Emesa")
    assert answer["complete"] == 0
    assert _slugs(answer)[0] == "regatta"
    assert set(answer["results"][0]["missing"]) == {"tar", "Emesa"}


def test_a_pasted_sentence_finds_its_release_with_wrong_words_too(ask: Search) -> None:
    typed = archive.SENTENCE.split()
    assert len(typed) > 40
    for slips in ({}, {4: "harbours", 20: "detention"}, {9: "northem", 13: "lantems", 30: "ledqer"}):
        answer = ask(" ".join(slips.get(number, word) for number, word in enumerate(typed)), size=3)
        assert _slugs(answer)[0] == "regatta"
        assert answer["results"][0]["why"] == "text"


def test_what_is_found_in_a_title_or_reference_alone_is_marked_on_the_page(ask: Search) -> None:
    by_slug = {BY_PATH[result["path"]].slug: result for result in ask("planks")["results"]}
    assert by_slug["gangplank"]["marks"] == ["planks"]
    for text in ("PRE 01/069/2012", "PRE010692012", "01-069-2012"):
        first = ask(text)["results"][0]
        assert (first["why"], first["path"]) == ("reference", "releases/lamps.html"), text
        assert first["marks"] in (["pre 01/069/2012"], ["01/069/2012"]), text
    assert (
        "al-khaldieh"
        in next(one for one in ask("alKhaldieh")["results"] if one["path"] == "releases/lamps.html")["marks"]
    )


def test_a_sentence_in_a_row_is_before_texts_that_have_all_its_words(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A sentence of common words, one of them wrong, among hundreds of texts that have every word somewhere."""
    wrong = "Nobody anchors where this ferry was moored today."
    rng = random.Random(5)  # noqa: S311 - the same texts each time
    words_of_all = "nobody anchors where this ferry was moored today".split()
    papers = [
        archive.Paper(
            "told", "A short note", ("Rain fell. Nobody remembers where this ferry was moored today. Rain fell.",)
        )
    ]
    for number in range(400):
        scattered = [word for word in words_of_all * 3 for word in (word, *rng.choices(["pier", "rope", "keel"], k=2))]
        rng.shuffle(scattered)
        papers.append(archive.Paper(f"other-{number:03}", "A long account", (" ".join(scattered),)))
    by_path = {paper.path: archive.paragraphs(paper) for paper in papers}
    folder = tmp_path_factory.mktemp("row")
    search.make_index(
        folder / "few", [archive.entry(paper) for paper in papers], lambda one: by_path[one.path], (), {}, 1
    )
    (folder / "blank.html").write_text("<!doctype html><meta charset=utf-8>")
    with folder_served(folder) as (address, _):
        page = _opened(chromium, address + "few")
        for text in (wrong, wrong.replace("anchors", "remembers"), wrong.replace("anchors", "remembrs")):
            answer = page.evaluate("(text) => engine.search({ text })", text)
            first = answer["results"][0]
            assert (first["path"], first["why"]) == ("releases/told.html", "text"), text
            assert not any(result["why"] for result in answer["results"][1:])
        page.close()


def test_titles_and_references_are_first_and_say_why(ask: Search) -> None:
    assert [
        (_slugs(a)[0], a["results"][0]["why"]) for a in [ask("lamps for homs"), ask("Oil for the northern quay")]
    ] == [("lamps", "title"), ("oil", "title")]
    answer = ask("lamps for homs")
    assert _marked(answer["results"][0]["title"]) == ["Lamps", "Homs"]
    assert answer["results"][0]["missing"] == []


@pytest.mark.parametrize(
    "typed",
    [
        "PRE 01/069/2012",
        "PRE 01 069 2012",
        "pre010692012",
        "010692012",
        "069/2012",
        "01/069",
        "PRE 01/069",
        '"PRE 01/069/2012"',
        "reference:069/2012",
    ],
)
def test_a_reference_is_found_however_it_is_written(ask: Search, typed: str) -> None:
    answer = ask(typed)
    first = answer["results"][0]
    assert _slugs(answer)[0] == "lamps"
    assert first["why"] == "reference"
    assert "069" in "".join(_marked(first["reference"]))
    assert _text(first["reference"]) == "PRE 01/069/2012"
    assert _marked(first["title"]) == []


def test_equal_results_have_an_order_that_the_language_of_the_interface_leads(ask: Search) -> None:
    first, again = ask("", language="fr"), ask("", language="fr")
    assert [one["path"] for one in first["results"]] == [one["path"] for one in again["results"]]
    assert first["total"] == len(PAPERS)
    assert {one["language"] for one in first["results"][:10]} == {"fr"}
    assert {one["language"] for one in ask("", language="sv")["results"][:10]} == {"sv"}


# ---- the query's language ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "phrase",
    [
        "harbour council",
        "refugee detention",
        "senators family",
        "l'incendie",
        "al-Khaldieh",
        "PEACE KEEPING boats",
        "José Luis",
        "人权理事会",
        "ผู้ลี้ภัย",
        "難民が",
    ],
)
def test_phrases_are_exact(ask: Search, phrase: str) -> None:
    wanted = [token.form for token in words.tokens(phrase)]
    if len(wanted[-1]) == 1:  # the last character of a run is in the token before it
        wanted = wanted[:-1]
    size = len(wanted)
    having = {
        paper.slug
        for paper in PAPERS
        if any(wanted == forms[at : at + size] for forms in _forms(paper) for at in range(len(forms)))
    }
    for marks in ('"{}"', "“{}”", "« {} »"):
        answer = ask(marks.format(phrase))
        if having:
            assert set(_slugs(answer)) == having
            assert "unquoted" not in answer["notes"]
        else:
            assert answer["notes"]["unquoted"]


def test_a_phrase_does_not_reach_beyond_its_paragraph(ask: Search) -> None:
    assert ask('"marlinspike splice"')["total"] == 1
    answer = ask('"marlinspike splice begins"')
    assert answer["notes"] == {"unquoted": True}
    assert _slugs(answer)[0] == "border"


def test_without_or_and_fields(ask: Search) -> None:
    homs = _whole(ask("homs"))
    assert homs == {"lamps", "oil"}
    assert set(_slugs(ask("homs -gulls"))) == set(_slugs(ask("homs NOT gulls"))) == {"oil"}
    assert set(_slugs(ask('homs -"without light"'))) == {"oil"}
    assert _whole(ask("gulls OR marlinspike")) == _having("gulls") | _having("marlinspike") | {"marlinspike"}
    assert set(_slugs(ask("title:oil"))) == {"oil"}
    assert set(_slugs(ask('title:"northern quay"'))) == {"oil"}
    assert set(_slugs(ask("speaker:quay"))) == set(_slugs(ask('speaker:"Ines Quay"'))) == {"lamps"}
    assert (
        set(_slugs(ask("place:Homs"))) == set(_slugs(ask("place:حمص"))) == set(_slugs(ask("place:emesa"))) == {"lamps"}
    )
    assert "lamps" not in _slugs(ask("-place:homs"))
    assert set(_slugs(ask("reference:010692012"))) == {"lamps"}


def test_one_of_several_fields_is_enough(ask: Search) -> None:
    assert _whole(ask("place:homs OR marlinspike")) == {"lamps"} | _whole(ask("marlinspike"))
    assert _whole(ask("marlinspike OR place:homs")) == {"lamps"} | _whole(ask("marlinspike"))
    assert _whole(ask('place:homs OR speaker:"Ines Quay"')) == {"lamps"}
    assert _whole(ask("title:oil OR title:marlinspikes")) == {"oil", "marlinspike"}
    assert _whole(ask("place:homs OR place:nowhere")) == {"lamps"}
    assert ask("place:homs OR place:nowhere")["notes"]["ignored"] == [["nowhere", "field"]]


@pytest.mark.parametrize(("typed", "ignored"), [
    ("homs OR", ["OR", "operator"]), ("homs OR -quay", ["OR", "operator"]), ("-quay OR homs", ["OR", "operator"]),
    ("OR homs", ["OR", "operator"]), ("homs NOT", ["NOT", "operator"]), ('homs "quay', ['"', "quote"]),
    ('homs ""', ['""', "empty"]), ("speaker:nobody homs", ["nobody", "field"]), ("title:gulls", ["gulls", "field"]),
    ("→ 🙂", ["→ 🙂", "sign"]),
    (" ".join(f"homs{n}" for n in range(70)), [" ".join(f"homs{n}" for n in range(60, 70)), "long"]),
])  # fmt: skip
def test_what_is_ignored_is_said(ask: Search, typed: str, ignored: list[str]) -> None:
    assert ask(typed)["notes"]["ignored"] == [ignored]


@pytest.mark.parametrize(
    "typed",
    ["homs - gulls", "lamps – homs", "“lamps” for homs", "O'Brien", "a/b", "the lamps of homs", "C'est", "(homs)"],
)
def test_signs_of_a_text_are_no_operators(ask: Search, typed: str) -> None:
    assert "ignored" not in ask(typed)["notes"]


# ---- dates -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "3 February 2003",
        "February 3, 2003",
        "3rd of February 2003",
        "2003-02-03",
        "2003/02/03",
        "3.2.2003",
        "3 février 2003",
        "2003年2月3日",
    ],
)
def test_a_typed_day_finds_the_releases_of_that_day_first(ask: Search, typed: str) -> None:
    answer = ask(typed)
    assert answer["notes"]["date"] == "2003-02-03"
    assert _slugs(answer)[:2] == ["third", "oil"]
    assert [one["why"] for one in answer["results"][:2]] == ["date", ""]


@pytest.mark.parametrize(
    ("day", "month", "slug"), [("15 June 1990", "June 1990", "about"), ("1991-02-08", "1991-02", "fortnight")]
)
def test_a_day_that_is_not_certain_is_never_said_to_be_the_one_that_was_typed(
    ask: Search, day: str, month: str, slug: str
) -> None:
    answer = ask(day)
    assert "date" not in answer["notes"]
    assert "date" not in [one["why"] for one in answer["results"]]
    answer = ask(month)
    assert answer["notes"]["date"]
    assert _slugs(answer)[0] == slug
    assert answer["results"][0]["why"] == "date"


def test_that_releases_of_a_date_come_first_is_said_only_where_they_do(ask: Search) -> None:
    assert ask("3 February 2003")["notes"]["date"] == "2003-02-03"
    assert "date" not in ask("3 February 2003", sort="newest")["notes"]
    assert "date" not in ask("3 February 2003", filters={"place": ["homs"]})["notes"]
    assert ask("4 May 1890 3 February 2003")["notes"].get("date") in (None, "2003-02-03")


def test_a_typed_month_finds_its_releases(ask: Search) -> None:
    for typed in ("February 2003", "2003-02", "février 2003"):
        answer = ask(typed)
        dated = {paper.slug for paper in PAPERS if paper.date.startswith("2003-02")}
        assert answer["notes"]["date"] == "2003-02"
        assert set(_slugs(answer)[: len(dated)]) == dated
    assert "date" not in ask("4/5/2003")["notes"]
    assert "date" not in ask("31 February 2003")["notes"]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2003", "2003"),
        ("2003-02", "2003-02"),
        ("2003-02-03", "2003-02-03"),
        ("2001-05-06", "2001-05-08"),
        ("", "1999-12-01"),
        ("2012-02-08", ""),
        ("1990-06-20", "1990-06-30"),
        ("1991-02-15", "1991-02-28"),
        ("1991-03", "1991-12"),
    ],
)
def test_ranges_are_by_year_month_and_day(ask: Search, first: str, last: str) -> None:
    def may_lie_in(paper: archive.Paper) -> bool:
        if paper.slug == "decade":
            return (not first or first[:4] <= "1999") and (not last or last[:4] >= "1990")
        known = paper.date if paper.certain_date is None else paper.certain_date
        low, high = (known + ending[len(known) - 4 :] for ending in ("-00-00", "-99-99"))
        return (
            bool(paper.date) and (not first or high >= first) and (not last or low <= last + "-99-99"[len(last) - 4 :])
        )

    answer = ask("", **{"from": first, "to": last})
    assert set(_slugs(answer)) == {paper.slug for paper in PAPERS if may_lie_in(paper)}


def test_a_range_the_wrong_way_round_is_put_right_and_said(ask: Search) -> None:
    answer = ask("", **{"from": "2005", "to": "2003"})
    assert answer["notes"] == {"exchanged": True}
    assert _slugs(answer) == _slugs(ask("", **{"from": "2003", "to": "2005"}))
    assert ask("", **{"from": "2003-13"})["notes"]["range"] == [["2003-13", "from"]]


# ---- spelling ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("marlinspke", "marlinspike"),
        ("ropemakres", "ropemakers"),
        ("senatro", "senator"),
        ("Khaldieeh", "Khaldieh"),
        ("свидетлеь", "свидетель"),
    ],
)
def test_a_word_that_is_nowhere_is_replaced_and_that_is_said(ask: Search, typed: str, meant: str) -> None:
    answer = ask(typed)
    [[given, other]] = answer["notes"]["instead"]
    assert given == typed
    assert other.lower() == meant.lower()
    assert _whole(answer) >= _having(next(iter(words.tokens(meant))).form)


def test_a_slip_that_occurs_is_searched_and_the_right_word_suggested(ask: Search) -> None:
    answer = ask("lanterrn")
    assert _slugs(answer) == ["rare"]
    assert answer["notes"] == {"near": [["lanterrn", "lantern"]]}


def test_no_note_where_nothing_is_wrong(ask: Search) -> None:
    for typed in ("lamps homs", "senators", "gulls", "حمص", "Москвой", "marlinspikes", "港口"):
        assert ask(typed)["notes"] == {}, typed
    assert ask("xqzwvk homs")["notes"] == {"unknown": ["xqzwvk"]}
    assert ask("xqzwvk homs")["complete"] == 0
    assert ask("xqzwvk")["total"] == 0


# ---- scripts without blanks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["人权", "理事会", "港口委员会", "难民", "灯", "難民", "灯台の明かり", "โคมไฟ", "ผู้ลี้ภัย", "พยาน"]
)
def test_any_run_of_characters_is_found_and_marked(ask: Search, typed: str) -> None:
    answer = ask(typed)
    having = {paper.slug for paper in PAPERS if any(typed in text for text in (paper.title, *paper.paragraphs))}
    assert having
    assert _whole(answer) == having
    for result in answer["results"]:
        runs = [result["title"], *(passage["runs"] for passage in result["passages"])]
        assert any(typed in mark for one in runs for mark in _marked(one)), result


# ---- how results are shown ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "harbour council",
        "refugees",
        "حمص",
        "المدينة",
        "peacekeeping",
        '"harbour council"',
        "l'incendie port",
        "港口委员会",
        "Flüchtlinge Haus",
        "gulls tar",
        "беженцы",
    ],
)
def test_passages_are_the_text_itself_with_its_matches_marked(ask: Search, typed: str) -> None:
    answer = ask(typed, size=20)
    assert answer["results"]
    for result in answer["results"]:
        paper = BY_PATH[result["path"]]
        assert _text(result["title"]) == paper.title
        for passage in result["passages"]:
            text = _text(passage["runs"]).removeprefix("… ").removesuffix(" …")
            assert text in paper.paragraphs[int(passage["id"][1:]) - 1]
            assert len(list(words.tokens(text))) <= 72 if result["language"] in ("zh", "ja", "th") else 40
            for mark in _marked(passage["runs"]):
                assert (mark == mark.strip() and mark.lower() in result["marks"]) or len(result["marks"]) == 12
        assert len(result["passages"]) <= 3


def test_what_is_found_by_one_spelling_of_a_place_is_marked_in_the_other(ask: Search) -> None:
    [oxbow] = ask("oxbow")["results"]
    # The place's name alone in a line is not shown beside a passage that has it.
    assert [_marked(passage["runs"]) for passage in oxbow["passages"]] == [["بأوكسبو"]]
    assert "بأوكسبو" in oxbow["marks"]
    [island] = ask("eel island")["results"]
    assert [mark for passage in island["passages"] for mark in _marked(passage["runs"])] == ["بجزيرة الأنقليس"]
    [both] = ask("Oxbow ليلة")["results"]
    assert sum(["بأوكسبو" in _marked(passage["runs"]) for passage in both["passages"]]) == 1


def test_a_release_that_is_listed_for_its_place_alone_says_so(ask: Search) -> None:
    [stakes] = ask("stakeholder weirhaven")["results"]
    assert stakes["missing"] == []
    assert stakes["filed"] == [{"kind": "place", "label": "Weirhaven"}]
    [oxbow] = ask("oxbow")["results"]
    assert oxbow["filed"] == [], "its text has the name, in another spelling"


def test_words_joined_by_dashes_are_marked_alone(ask: Search) -> None:
    [result] = [one for one in ask("gulls")["results"] if one["path"].endswith("lamps.html")]
    assert ["gulls"] in [_marked(passage["runs"]) for passage in result["passages"]]


def test_a_long_paragraph_is_cut_round_its_densest_place(ask: Search) -> None:
    [passage] = ask('"customs house"', size=1)["results"][0]["passages"]
    assert passage["id"] == "p2"
    assert _text(passage["runs"]).startswith("… ")
    assert "customs house" in _marked(passage["runs"])


def test_pages_of_terms_are_found(ask: Search) -> None:
    assert ask("homs")["terms"] == [{"kind": "place", "path": "places/homs.html", "label": "Homs", "count": 35}]
    assert ask("Emesa", language="ar")["terms"][0]["label"] == "حمص"
    assert ask("winter")["terms"] == []
    assert ask("regatta of winter")["terms"][0]["path"] == "topics/winter-regatta.html"


# ---- choosing, sorting, running ----------------------------------------------------------------------------------------------------


def test_counts_are_those_of_choosing_and_a_choice_does_not_narrow_its_own(ask: Search) -> None:
    request = {"facets": ["language", "year"], "filters": {"language": ["en", "fr"]}}
    answer = ask("", **request)
    everything = ask("", facets=["language"])
    assert len(everything["counts"]["language"]) > 8
    assert answer["counts"]["language"] == everything["counts"]["language"]
    for value, counted in list(answer["counts"]["year"].items())[:5]:
        filters = {"language": ["en", "fr"], "year": [value]}
        assert ask("", filters=filters)["total"] == counted["count"]
    assert answer["total"] == sum(everything["counts"]["language"][name]["count"] for name in ("en", "fr"))


def test_sorted_by_date_with_those_that_lack_words_and_those_without_a_date_last(ask: Search) -> None:
    for sort, way in (("newest", -1), ("oldest", 1)):
        results = ask("harbour senator", sort=sort)["results"]
        for lacking in (False, True):
            dates = [BY_PATH[one["path"]].date for one in results if bool(one["missing"]) == lacking]
            dated = [date for date in dates if date]
            assert dated == sorted(dated, reverse=way < 0)
            assert dates == dated + [""] * (len(dates) - len(dated))


def test_more_gives_what_a_larger_page_would(page: Page, ask: Search) -> None:
    whole = ask("harbour", size=40)["results"]
    ask("harbour", size=10)
    assert page.evaluate("() => engine.more(10, 40)") == whole[10:]


def test_a_later_search_ends_an_earlier_one(page: Page) -> None:
    first, second = page.evaluate(
        "() => Promise.all([engine.search({text: 'council family'}), engine.search({text: 'pilot'})])"
    )
    assert first is None
    assert second["total"]


def test_it_runs_in_a_worker_and_on_bare_gzip(chromium: Browser, indexes: dict[str, str]) -> None:
    page = _opened(chromium, indexes["few"])
    found = page.evaluate(
        """async () => {
          const inWorker = function (Engine) { const waiting = new Map();
            const engine = Engine((path) => new Promise((done) => { waiting.set(path, done); self.postMessage({ path }); }));
            self.onmessage = async ({ data }) => { if (data.path) waiting.get(data.path)(data.bytes);
              else { await engine.open(); self.postMessage({ answer: await engine.search({ text: "lamps homs" }) }); } }; };
          const engine = `(() => { const window = {}; window.OnrecordEngine = ${OnrecordEngine}; return window.OnrecordEngine; })()`;
          const source = `(${inWorker})(${engine})`;
          const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
          return new Promise((done, failed) => { worker.onerror = (event) => failed(new Error(event.message));
            worker.onmessage = async ({ data }) => { if (data.answer) return done(data.answer);
              const script = new TextDecoder().decode(await load(data.path));
              const text = atob(script.slice(script.lastIndexOf('":"') + 3, script.lastIndexOf('"')));
              worker.postMessage({ path: data.path, bytes: Uint8Array.from(text, (letter) => letter.charCodeAt(0)) }); };
            worker.postMessage({}); });
        }"""
    )
    page.close()
    assert BY_PATH[found["results"][0]["path"]].slug == "lamps"


def test_a_file_that_fails_is_asked_for_again(chromium: Browser, indexes: dict[str, str]) -> None:
    page = _opened(chromium, indexes["few"])
    page.evaluate(
        """() => { const load = window.load; let failures = 2;
          window.engine = OnrecordEngine((path) => path.startsWith("words/") && failures-- > 0
            ? Promise.reject(new Error("cut off")) : load(path)); }"""
    )
    page.evaluate("() => engine.open()")
    assert "cut off" in page.evaluate("() => engine.search({text: 'homs'}).catch((error) => String(error))")
    page.evaluate("() => engine.search({text: 'homs'}).catch(() => null)")
    assert page.evaluate("() => engine.search({text: 'homs'})")["total"] == 2
    page.close()

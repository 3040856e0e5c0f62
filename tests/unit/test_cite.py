"""Citations and the files beside each release."""

from __future__ import annotations

import json
import re

import pytest

from onrecord import cite, exports
from onrecord.dates import parse
from tests.invented import SETTINGS, archive, harbour, release

RICH = harbour()[0]


@pytest.mark.parametrize(
    ("edtf", "iso"),
    [
        ("2012-02-08", "2012-02-08"), ("2012-02", "2012-02"), ("2012", "2012"), ("2012~", ""), ("2012?", ""), ("2012-02-08%", ""),
        ("XXXX-08-01", ""), ("XXXX", ""), ("2012-01/2012-03", ""), ("201X", ""), ("-0044", ""),
    ],
)  # fmt: skip
def test_a_machine_date_has_only_what_is_known_beyond_doubt(edtf: str, iso: str) -> None:
    assert cite.exact(parse(edtf)) == iso


def test_bibtex_has_only_the_known_parts_of_the_date() -> None:
    day = cite.bibtex(RICH, "", "Harbour")
    assert "year = {2012}" in day
    assert "month = feb" in day
    assert "date = {2012-02-08}" in day
    month = cite.bibtex(release("2012-02-x", "2012-02"), "", "")
    assert "date = {2012-02}" in month
    none = cite.bibtex(release("undated-x", "XXXX-08-01"), "", "")
    assert "year =" not in none
    assert "date =" not in none
    assert "1 August, year not stated" in none


def test_bibtex_is_one_balanced_entry_whatever_the_title_holds() -> None:
    odd = release("2012-02-08-odd", "2012-02-08", 'title: "50% of {a} & b_c #1 $5 ~ ^ \\\\"')
    text = cite.bibtex(odd, "", "")
    bare = re.sub(r"\\[{}]|\\textbackslash{}|\\text\w+{}", "", text)
    assert bare.count("{") == bare.count("}")
    assert r"50\% of \{a\} \& b\_c \#1 \$5" in text


def test_ris_ends_lines_as_the_format_asks_and_never_fills_a_date() -> None:
    text = cite.ris(release("2012-02-x", "2012-02"), "", "")
    assert text.startswith("TY  - ")
    assert text.endswith("ER  - \r\n")
    assert "DA  - 2012/02//\r\n" in text
    assert "DA  -" not in cite.ris(release("undated-x", "XXXX"), "", "")


def test_csl_dates() -> None:
    def issued(date: str) -> object:
        return cite.csl(release(f"{parse(date).file_prefix}-x", date), "", "").get("issued")

    assert issued("2012-02-08") == {"date-parts": [[2012, 2, 8]]}
    assert issued("2012-02") == {"date-parts": [[2012, 2]]}
    assert issued("2012~") == {"date-parts": [[2012]], "circa": True}
    assert issued("XXXX-08-01") is None


def test_a_citation_key_is_plain_and_its_own() -> None:
    keys = [cite.key(release(slug)) for slug in ("2012-02-08-a", "2012-02-08-ä", "2012-02-08-ب")]
    assert all(re.fullmatch(r"[0-9A-Za-z-]+", key) for key in keys)
    assert len(set(keys)) == 3


def test_json_ld_holds_verbatim_words_only() -> None:
    quoted = cite.json_ld(RICH, "", SETTINGS)["hasPart"]
    assert [part["text"] for part in quoted] == ["We cannot see the ropes", "Nobody came"]  # type: ignore[attr-defined]
    summary = release(
        "2014-03-01-s",
        "2014-03-01",
        "extent: abstract",
        "quotations:",
        "  - speaker: Ada",
        "    summary: She asks.",
        body="Words.",
    )
    assert "hasPart" not in cite.json_ld(summary, "", SETTINGS)


def test_every_release_that_stands_has_its_files_and_a_withdrawn_one_has_none() -> None:
    made = archive(*harbour())
    paths = [page.path for page in exports.files(made)]
    for found in made.releases:
        mine = [path for path in paths if path.startswith(f"releases/{found.slug}.")]
        assert len(mine) == (0 if found.status == "withdrawn" else 5)


def test_the_markdown_file_is_the_source_itself() -> None:
    made = archive(RICH)
    files = {page.path: page.data.decode() for page in exports.files(made)}
    assert files["releases/2012-02-08-ferry.md"] == RICH.source_text
    record = json.loads(files["releases/2012-02-08-ferry.json"])
    assert record["date"] == "2012-02-08"
    assert record["topics"][0] == {"label": "Water", "slug": "water"}
    assert record["paragraphs"][0] == "Crews asked for light."
    assert json.loads(files["releases/2012-02-08-ferry.csl.json"])[0]["number"] == "FU 01/069/2012"


def cited(slug: str, date: str, *lines: str) -> dict[str, str]:
    made = cite.texts(release(slug, date, *lines), "https://example.org/a.html", "Harbour")
    return {found.style: f"{found.before}{found.title}{found.after}" for found in made}


def test_a_release_is_cited_in_three_styles() -> None:
    made = cited(
        "2012-09-08-x", "2012-09-08", 'title: "Light the “old” quay!"', "kind: press release", "reference: FU 1/2012"
    )
    assert made["Chicago"] == (
        "Example Press. “Light the ‘old’ quay!” Press release FU 1/2012. September 8, 2012. Harbour. https://example.org/a.html."
    )
    assert made["APA"] == (
        "Example Press. (2012, September 8). Light the “old” quay! (FU 1/2012) [Press release]. Harbour. https://example.org/a.html"
    )
    assert made["MLA"] == (
        "Example Press. “Light the ‘old’ quay!” Press release FU 1/2012, 8 Sept. 2012, Harbour, https://example.org/a.html."
    )


@pytest.mark.parametrize(
    ("date", "chicago", "apa", "mla"),
    [
        ("2012-02", "February 2012", "(2012, February)", "Feb. 2012"),
        ("2012", "2012", "(2012)", "2012"),
        ("2012~", "About 2012", "(ca. 2012)", "About 2012"),
        (
            "XXXX-08-01",
            "N.d. (1 August, year not stated)",
            "(n.d.; 1 August, year not stated)",
            "1 August, year not stated",
        ),
    ],
)
def test_a_citation_says_no_more_of_the_date_than_is_known(date: str, chicago: str, apa: str, mla: str) -> None:
    made = cited(f"{parse(date).file_prefix}-x", date)
    assert chicago in made["Chicago"]
    assert apa in made["APA"]
    assert mla in made["MLA"]


def test_a_citation_without_publisher_and_date_begins_with_the_title() -> None:
    made = cited("undated-x", "XXXX", "publisher: not stated")
    assert made["Chicago"].startswith("“About undated-x.” N.d. Harbour")
    assert made["APA"].startswith("About undated-x. (n.d.). Harbour")
    assert made["MLA"].startswith("“About undated-x.” Harbour")


def test_a_citation_names_the_original_and_the_copy_apart() -> None:
    made = cited("2012-09-08-x", "2012-09-08", "kind: press release", "source:", "  url: https://example.net/o")
    assert made["Chicago"].endswith("September 8, 2012. https://example.net/o. Harbour. https://example.org/a.html.")
    assert made["APA"].endswith(" Harbour. https://example.org/a.html (from https://example.net/o)")
    assert made["MLA"].endswith(
        "Press release. 8 Sept. 2012, https://example.net/o. Harbour, https://example.org/a.html."
    )

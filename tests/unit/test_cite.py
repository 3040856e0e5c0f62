"""Citations and the files beside each release."""

from __future__ import annotations

import json
import re

import pytest

from onrecord import cite, cited_dates, tex, wikitext
from onrecord.dates import parse
from onrecord.model import Release, Tombstone
from onrecord.schema import KINDS
from onrecord.views.release import FORMATS
from tests.conftest import ROOT
from tests.invented import SETTINGS, archive, files, harbour, outputs, quick, release, site

RICH = next(given_release for given_release in harbour() if isinstance(given_release, Release))
HOST = cite.Host("Harbour", "Friends of the Quay", "fr", "CC BY 4.0")
ADDRESS = "https://example.org/a.html"


@pytest.mark.parametrize(
    ("edtf", "iso"),
    [
        ("2012-02-08", "2012-02-08"), ("2012-02", "2012-02"), ("2012", "2012"), ("2012~", ""), ("2012?", ""), ("2012-02-08%", ""),
        ("XXXX-08-01", ""), ("XXXX", ""), ("2012-01/2012-03", ""), ("201X", ""), ("-0044", ""),
    ],
)  # fmt: skip
def test_a_machine_date_has_only_what_is_known_beyond_doubt(edtf: str, iso: str) -> None:
    assert parse(edtf).exact == iso


def test_bibtex_has_only_the_known_parts_of_the_date() -> None:
    day = cite.bibtex(RICH, "", HOST)
    assert "year = {2012}" in day
    assert "month = feb" in day
    assert "date = {2012-02-08}" in day
    month = cite.bibtex(release("2012-02-x", "2012-02"), "", HOST)
    assert "date = {2012-02}" in month
    none = cite.bibtex(release("undated-x", "XXXX-08-01"), "", HOST)
    assert "year =" not in none
    assert "date =" not in none
    assert "1 August, year not stated" in none


def test_bibtex_is_one_balanced_entry_whatever_the_title_holds() -> None:
    odd = release("2012-02-08-odd", "2012-02-08", 'title: "50% of {a} & b_c #1 $5 ~ ^ \\\\"')
    text = cite.bibtex(odd, "", HOST)
    bare = re.sub(r"\\[{}]|\\textbackslash{}|\\text\w+{}", "", text)
    assert bare.count("{") == bare.count("}")
    assert r"50\% of \{a\} \& b\_c \#1 \$5" in text


def test_ris_ends_lines_as_the_format_asks_and_never_fills_a_date() -> None:
    text = cite.ris(release("2012-02-x", "2012-02"), "", HOST)
    assert text.startswith("TY  - ")
    assert text.endswith("ER  - \r\n")
    assert "DA  - 2012/02//\r\n" in text
    assert "DA  -" not in cite.ris(release("undated-x", "XXXX"), "", HOST)


def test_csl_dates() -> None:
    def issued(date: str) -> object:
        return cite.csl(release(f"{parse(date).file_prefix}-x", date), "", HOST)[0].get("issued")

    assert issued("2012-02-08") == {"date-parts": [[2012, 2, 8]]}
    assert issued("2012-02") == {"date-parts": [[2012, 2]]}
    assert issued("2012~") == {"date-parts": [[2012]], "circa": True}
    assert issued("XXXX-08-01") is None


def test_every_kind_of_date_keeps_its_meaning_in_every_form() -> None:
    """The rows: a date, BibTeX's `year` and biblatex's `date`, RIS's `DA`, CSL's `issued`, Wikipedia's `date` and `orig-date`."""
    rows: dict[str, tuple[str, str, str, object, tuple[str, str]]] = {
        "2012-02-08": ("2012", "2012-02-08", "2012/02/08/", {"date-parts": [[2012, 2, 8]]}, ("8 February 2012", "")),
        "2012-21": ("2012", "2012-21", "2012///spring 2012", {"date-parts": [[2012]], "season": 1}, ("Spring 2012", "")),
        "2012~": ("", "2012~", "", {"date-parts": [[2012]], "circa": True}, ("c. 2012", "")),
        "2012?": ("", "2012?", "", {"literal": "2012 (uncertain)"}, ("n.d.", "2012 (uncertain)")),
        "2012-02-08~": (
            "2012", "2012-02-08~", "2012/02//about 8 February 2012", {"date-parts": [[2012, 2, 8]], "circa": True},
            ("n.d.", "about 8 February 2012"),
        ),
        "201X": ("", "201X", "", {"literal": "2010s"}, ("n.d.", "2010s")),
        "20XX": ("", "20XX", "", {"literal": "2000 to 2099"}, ("n.d.", "2000 to 2099")),
        "0987-03-01": ("0987", "0987-03-01", "0987/03/01/", {"date-parts": [[987, 3, 1]]}, ("1 March 987", "")),
        "-0043": ("", "-0043", "", {"literal": "44 BCE"}, ("n.d.", "44 BCE")),
        "0000-05": ("", "0000-05", "", {"literal": "May 1 BCE"}, ("n.d.", "May 1 BCE")),
        "Y-17000": ("", "", "", {"literal": "17001 BCE"}, ("n.d.", "17001 BCE")),
        "2011-12/2012-01": (
            "", "2011-12/2012-01", "", {"date-parts": [[2011, 12], [2012, 1]]}, ("December 2011 – January 2012", ""),
        ),
        "2012-03-01/2012-03-09": (
            "2012", "2012-03-01/2012-03-09", "2012/03//1 March 2012 to 9 March 2012",
            {"date-parts": [[2012, 3, 1], [2012, 3, 9]]}, ("1 March 2012 – 9 March 2012", ""),
        ),
        "2011/2012": ("", "2011/2012", "", {"date-parts": [[2011], [2012]]}, ("2011–2012", "")),
        "2011~/2012": ("", "2011~/2012", "", {"literal": "about 2011 to 2012"}, ("n.d.", "about 2011 to 2012")),
        "2012-01/..": ("", "2012-01/..", "", {"literal": "from January 2012"}, ("n.d.", "from January 2012")),
        "/2012": ("", "/2012", "", {"literal": "an unknown date to 2012"}, ("n.d.", "an unknown date to 2012")),
        "2012-02-08T10:30:00Z": ("2012", "2012-02-08", "2012/02/08/", {"date-parts": [[2012, 2, 8]]}, ("8 February 2012", "")),
        "XXXX-08-01": ("", "", "", None, ("n.d.", "1 August, year not stated")),
        "XXXX": ("", "", "", None, ("n.d.", "")),
    }  # fmt: skip
    for edtf, (year, date, da, issued, template) in rows.items():
        given = quick("x", edtf)
        (entry,) = entries(cite.bibtex(given, "", HOST))
        (record,) = records(cite.ris(given, "", HOST))
        found = (
            entry.get("year", ""),
            entry.get("date", ""),
            "".join(record.get("DA", [])),
            cite.csl(given, "", HOST)[0].get("issued"),
            cited_dates.wikipedia(given.date),
        )
        assert found == (year, date, da, issued, template), edtf
        words = given.date.in_words()
        assert ("note" in entry and words in entry["note"]) == (not given.date.exact or edtf == "2012-21"), edtf


@pytest.mark.parametrize(
    ("date", "chicago", "apa", "mla"),
    [
        ("2012-21", "Spring 2012", "(2012, Spring)", "Spring 2012"),
        ("2012?", "2012 (uncertain)", "(2012 [uncertain])", "2012 (uncertain)"),
        ("2012-02-08~", "About 8 February 2012", "(about 8 February 2012)", "About 8 February 2012"),
        ("0987-03-01", "March 1, 987", "(987, March 1)", "1 Mar. 987"),
        ("-0043", "44 BCE", "(44 BCE)", "44 BCE"),
    ],
)
def test_a_citation_says_seasons_doubt_and_old_years(date: str, chicago: str, apa: str, mla: str) -> None:
    citations = worded(cite.texts(quick("x", date), ADDRESS, HOST), "release")
    assert chicago in citations["Chicago"]
    assert apa in citations["APA"]
    assert mla in citations["MLA"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_named_in_every_form(kind: str) -> None:
    given = quick("x", "2012-02-08", kind=kind, reference="FU 1")
    (entry,) = entries(cite.bibtex(given, "", HOST))
    (record,) = records(cite.ris(given, "", HOST))
    (item,) = cite.csl(given, "", HOST)
    named = kind[:1].upper() + kind[1:]
    if kind == "other":
        assert "Other" not in str((entry, record, item, cite.texts(given, "", HOST)))
        return
    # A report needs an institution, and its kind is its type; what else BibTeX prints of a kind stands under `howpublished`.
    assert (
        (entry["type"], entry["institution"]) == (named, "Example Press")
        if "type" in entry
        else entry["howpublished"] == f"{named} FU 1"
    )
    assert record["M3"] == [named]
    assert item["genre"] == named
    assert named in cited_wikitext(given) or kind in ("press release", "report", "briefing", "news story")


def cited_wikitext(given: Release) -> str:
    return worded(cite.texts(given, "", HOST), "release")["Wikipedia"]


def test_a_wikipedia_citation_names_the_original_its_copy_and_its_script() -> None:
    source = (
        "source:",
        "  url: https://example.net/o",
        "  archived: https://web.archive.org/web/20120209101112/https://example.net/o",
    )
    lines = ("kind: statement", 'title: "نداء | من الميناء"', "language: ar", *source)
    assert cited_wikitext(release("2012-09-08-x", "2012-09-08", *lines)) == (
        "{{cite press release |script-title=ar:نداء &#124; من الميناء |type=Statement |publisher=Example Press |date=8 September 2012 "
        "|url=https://example.net/o |archive-url=https://web.archive.org/web/20120209101112/https://example.net/o "
        "|archive-date=2012-02-09 |language=ar}}"
    )


def test_a_wikipedia_citation_of_what_was_read_in_the_archive_says_so_and_states_no_kind_that_is_not_known() -> None:
    template = worded(cite.texts(release("2012-09-08-x", "2012-09-08"), ADDRESS, HOST), "release")["Wikipedia"]
    assert f"|url={ADDRESS} |via=Harbour |" in template
    assert "|type=none |" in template


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://web.archive.org/web/20120209101112/https://example.net/o", "2012-02-09"),
        ("https://web.archive.org/web/20120209101112id_/http://example.net/o", "2012-02-09"),
        ("https://archive.ph/2012.02.09-101112/https://example.net/o", "2012-02-09"),
        ("https://web.archive.org/web/20129909101112/https://example.net/o", ""),
        ("https://archive.ph/AbCd1", ""),
        ("https://example.net/releases/20120209101112/", ""),
    ],
)
def test_the_day_of_a_copy_is_the_one_in_its_address(address: str, day: str) -> None:
    assert wikitext.captured(address) == day


def test_an_address_does_not_end_a_template() -> None:
    assert (
        wikitext.url("https://example.net/a|b}}?c=[d]&e='f' g")
        == "https://example.net/a%7Cb%7D%7D?c=%5Bd%5D&e=%27f%27%20g"
    )


def test_a_citation_key_is_plain_and_its_own() -> None:
    keys = [cite.key(release(slug)) for slug in ("2012-02-08-a", "2012-02-08-ä", "2012-02-08-ب")]
    assert all(re.fullmatch(r"[0-9A-Za-z_-]+", key) for key in keys)
    assert len(set(keys)) == 3
    assert keys[0] == "2012-02-08-a"


def test_the_citation_files_of_a_release_stay_whatever_else_the_archive_gets() -> None:
    alone, among = (files(archive(*releases)) for releases in ((RICH,), harbour()))
    for ending in ("bib", "ris", "csl.json"):
        path = f"releases/2012-02-08-ferry.{ending}"
        assert alone[path] == among[path]


def test_a_report_in_bibtex_has_what_reports_need() -> None:
    (entry,) = entries(cite.bibtex(quick("x", "2012-02", kind="press release"), "", HOST))
    assert {"author", "title", "institution", "year", "type"} <= entry.keys()
    without = cite.bibtex(quick("x", "2012-02", kind="press release", publisher=None), "", HOST)
    assert without.startswith("@misc{x,")
    assert "howpublished = {Press release}" in without


def test_an_address_in_bibtex_closes_no_brace() -> None:
    assert (
        tex.url("https://example.net/{a}}\\b?c=50%25&d=~e#f_g") == "https://example.net/%7Ba%7D%7D%5Cb?c=50%25&d=~e#f_g"
    )


def test_json_ld_holds_verbatim_words_only() -> None:
    # A text has its quotations in it; they are named where the text is not on the page.
    assert "hasPart" not in cite.json_ld(RICH, "", HOST)
    assert "summary" not in json.dumps(cite.json_ld(summarized(), "", HOST)["about"])


def test_json_ld_calls_a_speaker_a_person_only_where_the_vocabulary_does() -> None:
    quoted = release(
        "2012-09-08-x",
        "2012-09-08",
        "extent: abstract",
        "names: [Ada Example]",
        "quotations:",
        "  - speaker: Ada Example",
        '    text: "Light it"',
        "  - speaker: A keeper",
        '    text: "Nobody came"',
        body="She says “Light it”; “Nobody came”.",
    )
    about = cite.json_ld(quoted, "", HOST)["about"]
    assert isinstance(about, dict)
    creators = [part["creator"] for part in about["hasPart"]]
    assert creators == [{"@type": "Person", "name": "Ada Example"}, "A keeper"]


def test_every_release_that_stands_has_its_files_and_a_withdrawn_one_has_none() -> None:
    whole = archive(*harbour())
    paths = outputs(whole)
    for given in whole.listed:
        mine = {path.partition(".")[2] for path in paths if path.startswith(f"releases/{given.slug}.")}
        assert mine == {"html", *(() if isinstance(given, Tombstone) else (ending for ending, _, _ in FORMATS))}


def test_the_markdown_file_is_the_source_itself() -> None:
    written = {path: data.decode() for path, data in files(archive(RICH)).items()}
    assert written["releases/2012-02-08-ferry.md"] == RICH.text.markdown
    assert "> “Nobody came,” said a keeper." in RICH.text.markdown
    record = json.loads(written["releases/2012-02-08-ferry.json"])
    assert record["date"] == "2012-02-08"
    assert record["topics"][0] == {"label": "Water", "slug": "water"}
    assert record["text"]["address"] == "2012-02-08-ferry.md"
    assert record["notes"] == ["The lamps went out in 2009."]
    assert not {"body_html", "notes_html"} & record.keys()
    assert json.loads(written["releases/2012-02-08-ferry.csl.json"])[0]["number"] == "FU 01/069/2012"


def worded(citations: tuple[cite.Citation, ...], of: str) -> dict[str, str]:
    """The citations of the release or of the summary, as text by style."""
    return {entry.style: f"{entry.before}{entry.title}{entry.after}" for entry in citations if entry.of == of}


def cited(slug: str, date: str, *lines: str) -> dict[str, str]:
    return worded(cite.texts(release(slug, date, *lines), ADDRESS, HOST), "release")


def test_a_release_is_cited_in_three_styles() -> None:
    citations = cited(
        "2012-09-08-x", "2012-09-08", 'title: "Light the “old” quay!"', "kind: press release", "reference: FU 1/2012"
    )
    assert citations["Chicago"] == (
        "Example Press. “Light the ‘old’ quay!” Press release FU 1/2012. September 8, 2012. Harbour. https://example.org/a.html."
    )
    assert citations["APA"] == (
        "Example Press. (2012, September 8). Light the “old” quay! (FU 1/2012) [Press release]. Harbour. https://example.org/a.html"
    )
    assert citations["MLA"] == (
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
    citations = cited(f"{parse(date).file_prefix}-x", date)
    assert chicago in citations["Chicago"]
    assert apa in citations["APA"]
    assert mla in citations["MLA"]


def test_a_citation_without_publisher_and_date_begins_with_the_title() -> None:
    citations = cited("undated-x", "XXXX", "publisher: not stated")
    assert citations["Chicago"].startswith("“About undated-x.” N.d. Harbour")
    assert citations["APA"].startswith("About undated-x. (n.d.). Harbour")
    assert citations["MLA"].startswith("“About undated-x.” Harbour")


def test_a_citation_names_the_original_and_the_copy_apart() -> None:
    citations = cited("2012-09-08-x", "2012-09-08", "kind: press release", "source:", "  url: https://example.net/o")
    assert citations["Chicago"].endswith(
        "September 8, 2012. https://example.net/o. Harbour. https://example.org/a.html."
    )
    assert citations["APA"].endswith(" Harbour. https://example.org/a.html (from https://example.net/o)")
    assert citations["MLA"].endswith(
        "Press release. 8 Sept. 2012, https://example.net/o. Harbour, https://example.org/a.html."
    )


# ---- an abstract: the archive's words about the publisher's release ---------------------------------------------------------------


def summarized(*lines: str) -> Release:
    """An abstract of a release that is known as well as can be, or with these lines in its front matter."""
    known = ("kind: press release", "reference: FU 1/2012", "source:", "  url: https://example.net/o")
    quotation = ("quotations:", "  - speaker: Ada Example", "    summary: asks for a summary of the rules")
    return release("2012-09-08-x", "2012-09-08", "extent: abstract", *quotation, *(lines or known), body="Words.")


def entries(bibtex: str) -> list[dict[str, str]]:
    """The entries of a BibTeX file, each as its fields, with the key under `key`."""
    return [
        {"key": entry[1]}
        | {name: value.strip("{}") for name, value in re.findall(r"^  (\w+) = (.*?),?$", entry[2], re.M)}
        for entry in re.finditer(r"^@\w+{(.*?),$(.*?)^}$", bibtex, re.M | re.S)
    ]


def records(ris: str) -> list[dict[str, list[str]]]:
    """The records of a RIS file, each as its tags."""
    tagged = []
    for text in ris.split("ER  - \r\n")[:-1]:
        tags: dict[str, list[str]] = {}
        for line in text.splitlines():
            tags.setdefault(line[:2], []).append(line[6:])
        tagged.append(tags)
    return tagged


def test_a_summary_and_its_release_are_each_cited_in_every_style() -> None:
    citations = cite.texts(summarized(), ADDRESS, HOST)
    assert worded(citations, "summary") == {
        "Chicago": (
            "Friends of the Quay. Summary of “About 2012-09-08-x,” by Example Press. Harbour. https://example.org/a.html."
        ),
        "APA": (
            "Friends of the Quay. (n.d.). [Summary of “About 2012-09-08-x,” by Example Press]. Harbour. https://example.org/a.html"
        ),
        "MLA": "Friends of the Quay. Summary of “About 2012-09-08-x,” by Example Press. Harbour, https://example.org/a.html.",
        "Wikipedia": (
            "{{cite web |title=Summary of “About 2012-09-08-x,” by Example Press |website=Harbour |publisher=Friends of the Quay "
            "|url=https://example.org/a.html |language=fr}}"
        ),
    }
    assert worded(citations, "release") == {
        "Chicago": (
            "Example Press. “About 2012-09-08-x.” Press release FU 1/2012. September 8, 2012. https://example.net/o."
        ),
        "APA": (
            "Example Press. (2012, September 8). About 2012-09-08-x (FU 1/2012) [Press release]. https://example.net/o"
        ),
        "MLA": "Example Press. “About 2012-09-08-x.” Press release FU 1/2012, 8 Sept. 2012, https://example.net/o.",
        "Wikipedia": (
            "{{cite press release |title=About 2012-09-08-x |publisher=Example Press |date=8 September 2012 |id=FU 1/2012 "
            "|url=https://example.net/o |language=en}}"
        ),
    }


@pytest.mark.parametrize("extent", ["full", "excerpt"])
def test_words_of_the_publisher_are_its_own_and_were_read_in_the_archive(extent: str) -> None:
    given = release("2012-09-08-x", "2012-09-08", f"extent: {extent}")
    assert {entry.of for entry in cite.texts(given, ADDRESS, HOST)} == {"release"}
    (entry,) = entries(cite.bibtex(given, ADDRESS, HOST))
    assert (entry["author"], entry["url"]) == ("Example Press", ADDRESS)
    (record,) = records(cite.ris(given, ADDRESS, HOST))
    assert (record["AU"], record["DB"]) == (["Example Press"], ["Harbour"])
    (item,) = cite.csl(given, ADDRESS, HOST)
    assert (item["publisher"], item["archive_location"]) == ("Example Press", ADDRESS)
    assert dict(cite.highwire(given, ADDRESS, HOST))["citation_author"] == "Example Press"
    assert cite.json_ld(given, ADDRESS, HOST)["@type"] == "NewsArticle"


def test_an_archive_without_a_publisher_is_the_author_of_its_summaries_and_is_named_once() -> None:
    citations = worded(cite.texts(summarized("publisher: not stated"), "", cite.Host("Harbour")), "summary")
    assert citations == {
        "Chicago": "Harbour. Summary of “About 2012-09-08-x.”",
        "APA": "Harbour. (n.d.). [Summary of “About 2012-09-08-x”].",
        "MLA": "Harbour. Summary of “About 2012-09-08-x.”",
        "Wikipedia": "{{cite web |title=Summary of “About 2012-09-08-x” |publisher=Harbour |language=en}}",
    }


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ('"Light the “old” quay!"', "Summary of “Light the ‘old’ quay!” by Example Press"),
        ('"Who said \\"no\\"?"', "Summary of “Who said ‘no’?” by Example Press"),
        ('"Light"', "Summary of “Light,” by Example Press"),
    ],
)
def test_a_title_with_a_mark_of_its_own_gets_no_comma_in_the_name_of_its_summary(title: str, words: str) -> None:
    assert cite.summary_title(summarized(f"title: {title}")) == words


def test_files_of_an_abstract_hold_the_archives_summary_and_the_publishers_release() -> None:
    given = summarized()
    summary, original = entries(cite.bibtex(given, ADDRESS, HOST))
    assert (summary["author"], summary["url"]) == ("Friends of the Quay", ADDRESS)
    assert (original["author"], original["url"], original["year"]) == ("Example Press", "https://example.net/o", "2012")
    assert summary["related"] == original["key"]

    noted, reported = records(cite.ris(given, ADDRESS, HOST))
    assert (noted["AU"], noted["UR"]) == (["Friends of the Quay"], [ADDRESS])
    assert (reported["AU"], reported["UR"]) == (["Example Press"], ["https://example.net/o"])
    assert "Example Press, press release FU 1/2012, 8 September 2012" in noted["N1"][0]

    ours, theirs = json.loads(cite.csl_json(given, ADDRESS, HOST))
    assert (ours["author"], ours["URL"], ours["language"]) == ([{"literal": "Friends of the Quay"}], ADDRESS, "fr")
    assert (theirs["author"], theirs["URL"], theirs["language"]) == (
        [{"literal": "Example Press"}],
        "https://example.net/o",
        "en",
    )
    assert ours["custom"]["about"] == theirs["id"]


def test_keys_of_a_release_and_its_summary_are_the_same_in_every_file_and_no_others() -> None:
    given = summarized()
    keys = [cite.summary_key(given), cite.key(given)]
    assert [entry["key"] for entry in entries(cite.bibtex(given, "", HOST))] == keys
    assert [record["ID"] for record in records(cite.ris(given, "", HOST))] == [[key] for key in keys]
    assert [item["id"] for item in cite.csl(given, "", HOST)] == keys
    assert cite.summary_key(given) != cite.key(release("2012-09-08-x-summary", "2012-09-08"))


def test_a_summary_has_no_date_whatever_its_release_has() -> None:
    given = summarized()
    summary = entries(cite.bibtex(given, ADDRESS, HOST))[0]
    assert not {"year", "month", "date"} & summary.keys()
    assert not {"PY", "DA"} & records(cite.ris(given, ADDRESS, HOST))[0].keys()
    assert "issued" not in cite.csl(given, ADDRESS, HOST)[0]
    assert not {"citation_publication_date", "DC.date"} & dict(cite.highwire(given, ADDRESS, HOST)).keys()
    assert "datePublished" not in cite.json_ld(given, ADDRESS, HOST)


@pytest.mark.parametrize("url", ["", "https://example.net/o"])
def test_a_release_that_is_not_in_the_archive_does_not_have_it_as_its_place(url: str) -> None:
    given = summarized("source:", f"  url: {url}") if url else summarized("kind: statement")
    texts = [
        *worded(cite.texts(given, ADDRESS, HOST), "release").values(),
        str(entries(cite.bibtex(given, ADDRESS, HOST))[1]),
        str(records(cite.ris(given, ADDRESS, HOST))[1]),
        str(cite.csl(given, ADDRESS, HOST)[1]),
        str(cite.json_ld(given, ADDRESS, HOST)["about"]),
    ]
    for text in texts:
        assert ADDRESS not in text
        assert "Harbour" not in text
        assert "Friends" not in text
        assert (url in text) if url else ("http" not in text)


def test_json_ld_of_an_abstract_is_a_work_of_the_archive_about_the_release() -> None:
    node = cite.json_ld(summarized(), ADDRESS, HOST)
    assert node["@type"] == "CreativeWork"
    assert node["url"] == ADDRESS
    assert node["inLanguage"] == "fr"
    assert node["author"] == node["publisher"] == {"@type": "Organization", "name": "Friends of the Quay"}
    about = node["about"]
    assert isinstance(about, dict)
    assert about["@type"] == "NewsArticle"
    assert about["publisher"] == {"@type": "Organization", "name": "Example Press"}
    assert (about["identifier"], about["datePublished"]) == ("FU 1/2012", "2012-09-08")


def test_verbatim_words_in_an_abstract_belong_to_the_release() -> None:
    given = summarized("kind: report")
    quoted = release(
        "2012-09-08-x",
        "2012-09-08",
        "kind: report",
        "extent: abstract",
        "quotations:",
        "  - speaker: Ada Example",
        '    text: "Light it"',
        body="She says “Light it”.",
    )
    assert "hasPart" not in cite.json_ld(given, "", HOST)
    node = cite.json_ld(quoted, "", HOST)
    assert "hasPart" not in node
    about = node["about"]
    assert isinstance(about, dict)
    assert about["@type"] == "Report"
    assert [part["text"] for part in about["hasPart"]] == ["Light it"]


def test_tags_of_an_abstracts_page_describe_the_summary() -> None:
    tags = cite.highwire(summarized(), ADDRESS, HOST)
    values = dict(tags)
    assert values["citation_title"] == "Summary of “About 2012-09-08-x,” by Example Press"
    assert values["citation_author"] == values["DC.creator"] == values["DC.publisher"] == "Friends of the Quay"
    assert values["DC.type"] == "abstract"
    assert values["DC.rights"] == "CC BY 4.0"
    assert values["DC.relation"] == "FU 1/2012"
    assert [value for name, value in tags if name == "DC.source"] == [
        "About 2012-09-08-x, Example Press, press release FU 1/2012, 8 September 2012",
        "https://example.net/o",
    ]
    assert not [name for name, _ in tags if name.startswith("citation_technical_report")]


def test_a_page_of_an_abstract_says_which_citation_is_of_what() -> None:
    pages = site(archive(*harbour()))
    headings = {
        slug: re.findall(
            r'<section class="cite" data-of="[a-z]+"(?: id="cite")?>\n<h2>(.*?)</h2>', pages[f"releases/{slug}.html"]
        )
        for slug in ("2014-03-01-summary", "2012-02-ferry-again", "2012-02-08-ferry")
    }
    assert headings == {
        "2014-03-01-summary": ["Cite this summary", "Cite the release itself"],
        "2012-02-ferry-again": ["Cite"],
        "2012-02-08-ferry": ["Cite"],
    }
    first, second = re.findall(r'<section class="cite".*?</section>', pages["releases/2014-03-01-summary.html"], re.S)
    assert "Summary of “<bdi>About 2014-03-01-summary</bdi>,” by Example Press." in first
    assert "Harbour" not in second


def test_a_language_is_called_in_bibtex_as_tex_knows_it() -> None:
    host = cite.Host.of(SETTINGS)
    for tag, expected in (
        ("ar", "langid = {arabic}"),
        ("en", "langid = {english}"),
        ("fr-CA", "langid = {french}"),
        ("pt-BR", "langid = {brazilian}"),
        ("ckb", "language = {ckb}"),
    ):
        assert f"\n  {expected},\n" in cite.bibtex(release("a", "2012", f"language: {tag}"), "", host), tag


def test_a_saved_search_calls_languages_as_the_files_do() -> None:
    script = (ROOT / "templates" / "assets" / "search-save.js").read_text(encoding="utf-8")
    listed = script[script.index("const LANGIDS = {") :].partition("}")[0]
    assert dict(re.findall(r'"?([\w-]+)"?: "(\w+)"', listed)) == tex.LANGIDS

"""The small inputs that stand beside the repository where it is worked on (`../shared/cases`), row by row as their README has them.

They are no part of the repository: where they are not there, the tests of our own inputs (`test_intake_*`) hold the same kinds of fault.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from onrecord.intake import record
from onrecord.intake.document import Record
from onrecord.intake.evidence.term_finder import terms
from onrecord.model import Vocabularies
from tests.conftest import Run

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"

pytestmark = pytest.mark.skipif(
    not CASES.is_dir(), reason=f"{CASES} is not there: its inputs are not part of the repository"
)

KINDS = "real-kinds"


@cache
def records(path: str) -> tuple[Record, ...]:
    (file,) = [file for file in CASES.glob(f"{path}*") if file.is_file()]
    return record.of(file.name, file.read_bytes(), terms(Vocabularies()))


def only(path: str) -> Record:
    (found,) = records(path)
    assert not found.refused
    return found


def paragraphs(found: Record) -> list[str]:
    return found.body.strip().split("\n\n")


def kept(found: Record) -> str:
    """All that a person sees of a document in its draft: the fields, the text, the notes, and what was left out."""
    return "\n".join([found.title, found.body, found.notes, *(left.text for left in found.left_out)])


def test_a_mail_s_parts_are_all_read() -> None:
    assert len(paragraphs(only("import/02*/b"))) == 4
    release, older = records("import/03*/a")
    assert (release.title, release.date) == ("Quay closed without notice", "2019-03-14")
    assert older.date == "2018-02-05"


def test_a_mail_that_cannot_be_read_says_what_it_is() -> None:
    for path, word in (
        ("04*/a", "winmail.dat"),
        ("04*/b", "winmail.dat"),
        ("04*/c", "S/MIME"),
        ("04*/d", "PGP"),
        ("05*/", "Outlook"),
    ):
        (found,) = records(f"import/{path}")
        assert word in found.refused, path


def test_text_is_read_in_the_encoding_that_makes_a_language() -> None:
    languages = {path: only(f"import/06*/{path}").language for path in "bfgh"}
    assert languages == {"b": "ar", "f": "ja", "g": "ja", "h": "zh"}


def test_a_mailbox_is_its_messages() -> None:
    assert len(records("import/08*/press")) == 3
    text = only("import/08*/one").body
    assert "From now on" in text
    assert ">From" not in text


def test_marks_are_no_numbers_and_struck_words_no_words() -> None:
    raised = only("import/09*/a").body
    assert "12[^3] boats" in raised
    assert "40 km²" in raised
    assert "10⁶" in raised
    for path in ("import/10*/a", "import/10*/b"):
        assert "~~twelve~~ nineteen" in only(path).body
    word = only("import/14*/e")
    assert "12³ boats, ~~twelve~~ nineteen nets, and 40 km²" in word.body
    assert any(question.evidence.startswith("“SECRET NOTE”") for question in word.review)


def test_page_builders_and_collapsed_parts_are_text() -> None:
    for path in ("import/11*/a", "import/11*/d"):
        found = only(path)
        assert len(paragraphs(found)) >= 3
        assert [quotation.speaker for quotation in found.quotations] == ["Mara Ostrow"]
    for path in "abcde":
        found = only(f"import/33*/{path}")
        assert "Port Watch asks the ministry to publish the order" in found.body + found.notes, path


def test_tables_and_lists_keep_their_numbers() -> None:
    table = only("import/12*/a").body
    assert "Boats lying still, by quay (13 March 2019)" in table
    assert "| North | trawlers | 12 |\n|  | dinghies | 7 |" in table
    assert "3. pay the boats\n4. open the gate" in only("import/13*/a").body
    assert [quotation.speaker for quotation in only("import/13*/c").quotations] == ["Mara Ostrow"]
    assert "“Forty families live from this quay”" in only("import/13*/c").body
    numbered = only("import/14*/g").body
    assert "3. pay the boats" in numbered
    assert "7. item seven\n8. item eight" in numbered


def test_formulas_and_embedded_parts_are_kept() -> None:
    assert "x=12000" in only("import/16*/b").body
    assert "This paragraph stands in a chunk of HTML" in only("import/16*/c").body


def test_front_matter_and_old_dates() -> None:
    assert only("import/18*/17").date == "1889-03-14"
    assert only("import/19*/a").title == "Quay closed: no notice"
    assert only("import/19*/a").date == "2019-03-14"
    assert only("import/20*/b").title == "Quay closed without notice, says Port Watch"


@pytest.mark.parametrize("name", ["c-latin", "e-tanwin"])
def test_a_right_to_left_pdf_is_read_as_printed(name: str) -> None:
    printed, page = only(f"import/35*/{name}.pdf"), only(f"import/35*/{name}.html.txt")
    assert (printed.title, printed.body) == (page.title, page.body)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("pub1", "MEDIA ADVISORY - ADA QUILL TRIAL VIDEO"),
        ("pub2", "SEN. BRIGHT ISSUES STATEMENT ON LOST BOATS"),
        ("title_date", "Boat statistics to be published online"),
        ("jr", "Statement of Harbour Attorney Asha Bright on the sentence of Arno Quill Jr."),
        ("letterhead", "Boat owners get a duty officer"),
        ("labels", "Northland: Boat owners attacked in Port Ellery"),
        ("wide", "Boat owners rally for a duty officer"),
        ("emb", "MINISTER LIFTS EMBARGO ON HERRING"),
    ],
)
def test_a_title_is_its_line_and_nothing_else(name: str, title: str) -> None:
    found = only(f"{KINDS}/{name}.")
    assert found.title == title
    assert found.publisher == ""


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("num", "2014-05-03"), ("title_date", "2011-05-23"), ("labels", "2017-07-05"), ("letterhead", "2005-05-12"),
        ("split", "2004-11-16"),
        ("print", ""), ("event", ""), ("emb", ""), ("yr", "2015-12-10"), ("fm", "2015-01-24"), ("comma", "1999-04-12"),
        ("nl", "2002-09-18"),
        ("dl", "2026-01-27"), ("ref", "1999-09-21"),
    ],
)  # fmt: skip
def test_the_date_is_the_stated_one_or_asked(name: str, date: str) -> None:
    found = only(f"{KINDS}/{name}.")
    assert found.date == date
    assert bool(date) or "date" in {question.field for question in found.review}


def test_text_is_whole() -> None:
    for number in range(1, 5):
        assert f"{number}. " in only(f"{KINDS}/num.").body
    steps = only(f"{KINDS}/c.")
    assert [mark for mark in ("(a)", "(b)", "(c)", "(d)") if mark in steps.body] == ["(a)", "(b)", "(c)", "(d)"]
    assert steps.publisher == ""
    assert len(paragraphs(only(f"{KINDS}/wide."))) == 2
    assert "Boat owners of the northern coast rallied today" in only(f"{KINDS}/size1.").body
    assert "Boat owners of the northern coast rallied today" in kept(only(f"{KINDS}/attr."))


def test_a_speaker_is_a_person_and_a_date_no_reference() -> None:
    # The other two are a pronoun's, and the text does not say whose.
    assert [quotation.speaker for quotation in only(f"{KINDS}/q.").quotations] == ["Michael Bright", "", ""]
    assert only(f"{KINDS}/ref.").reference == ""


def test_markdown_is_shown_as_github_shows_it_or_told_at_its_line(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "content" / "releases" / "2012"
    folder.mkdir(parents=True)
    files = sorted(CASES.glob("markdown/*.md"))
    for file in files:
        (folder / file.name).write_bytes(file.read_bytes())
    printed = run("check", "--content", tmp_path / "content").out
    errors = [line for line in printed.splitlines() if " lost-text " in line or " markup" in line]
    assert [line.split(":")[0].rpartition("/")[2] for line in errors] == ["2012-01-01-ref-unused.md"]
    assert len(files) == 3

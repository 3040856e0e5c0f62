"""A draft reads back as exactly what was found."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import check, read, schema
from onrecord.intake import draft_file
from onrecord.intake.document import Record
from onrecord.model import Card, Items, Problem, Question, Quotation, Scalar, Table, Vocabularies

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=60).map(
    draft_file.clean
)
LINE = TEXT.map(draft_file.one_line)


def scalar(table: Table, key: str) -> str:
    node = table.get(key)
    assert isinstance(node, Scalar)
    return node.text


@settings(max_examples=300, deadline=None)
@given(LINE, LINE, TEXT, st.lists(LINE.filter(bool), max_size=3, unique=True), LINE, LINE, LINE)
def test_every_value_reads_back_as_it_was(
    title: str, publisher: str, notes: str, names: list[str], speaker: str, words: str, evidence: str
) -> None:
    record = Record(
        "folder/a file.txt", "0" * 64, title=title, publisher=publisher, notes=notes, names=tuple(names), language="en", body="Words.\n",
        quotations=(Quotation(speaker, words, paragraph=1),), review=(Question("date", "When?", evidence),),
    )  # fmt: skip
    text = draft_file.text(record, ["2012-other"])
    table, body, _ = read.split(text)
    assert (scalar(table, "title"), scalar(table, "publisher"), scalar(table, "notes")) == (title, publisher, notes)
    assert body.strip() == "Words."
    node_of_names = table.get("names")
    assert isinstance(node_of_names, Items)
    assert [node.text for node in node_of_names.nodes if isinstance(node, Scalar)] == names
    if words.strip():
        quotations = table.get("quotations")
        assert isinstance(quotations, Items)
        (quotation,) = quotations.nodes
        assert isinstance(quotation, Table)
        assert [node.text for _, node in quotation.entries if isinstance(node, Scalar)] == [
            value for value in (speaker, words) if value
        ]
    review = table.get("review")
    assert isinstance(review, Items)
    assert "\r" not in text


def test_keys_stand_in_the_order_of_the_schema_and_nothing_is_published() -> None:
    table, _, _ = read.split(draft_file.text(Record("a.txt", "0" * 64, title="T", body="B\n")))
    keys = [key.text for key, _ in table.entries]
    assert keys == [field.key for field in schema.FIELDS if field.key in keys]
    assert scalar(table, "status") == "draft"


def test_file_names_say_what_is_known_of_the_date() -> None:
    def name(date: str, title: str = "Syria: “Assault” on Bab al-Seba'!") -> str:
        return draft_file.path(Record("a.txt", "0" * 64, title=title, date=date)).as_posix()

    assert name("2012-02-08") == "2012/2012-02-08-syria-assault-on-bab-al-seba.md"
    assert name("2012-02") == "2012/2012-02-syria-assault-on-bab-al-seba.md"
    assert name("XXXX-08-01").startswith("undated/undated-syria")
    assert name("").startswith("undated/undated-syria")
    assert name("2012", "يجب الإفراج عن الطلاب") == "2012/2012-يجب-الإفراج-عن-الطلاب.md"
    assert len(name("2012-02-08", "ж" * 300).split("/")[1].encode()) <= 120
    assert name("2012", "!!!") == "2012/2012-a-txt.md"


def test_a_name_that_is_taken_gets_a_number() -> None:
    path = draft_file.path(Record("a.txt", "0" * 64, title="Été", date="2012"))
    assert draft_file.free(path, {draft_file.folded("2012-e\u0301TE\u0301.md")}.__contains__).name == "2012-été-2.md"


def test_more_quotations_than_front_matter_holds_are_asked_about() -> None:
    record = Record(
        "a.txt",
        "0" * 64,
        title="T",
        body="B\n",
        quotations=tuple(Quotation("X Y", "word " * 200, paragraph=1) for _ in range(150)),
    )
    text = draft_file.text(record)
    table, _, _ = read.split(text)
    assert "more quotations than the front matter can hold" in text
    assert table.get("title")


def test_a_draft_may_leave_a_speaker_open_that_it_asks_about() -> None:
    front = 'extent: full\ntitle: "T"\ndate: 2012\nlanguage: en\npublisher: P\nquotations:\n  - text: "The lamps are out."\n'
    review = 'status: draft\nreview:\n  - field: quotations\n    question: "Who says this?"\n'
    rules = check.rules(Vocabularies(), dt.date(2026, 1, 1))
    verdicts = []
    for lines in (front, front + review):
        source = read.source(
            read.FileData("releases/2012/2012-t.md", f"---\n{lines}---\n“The lamps are out.”\n".encode())
        )
        assert not isinstance(source, Problem)
        verdicts.append(check.release(source, rules))
    assert any("A quotation needs “speaker”" in problem.message for problem in verdicts[0].problems)
    assert isinstance(verdicts[1].listed, Card)
    assert [problem.message for problem in verdicts[1].problems if problem.level == "error"] == []

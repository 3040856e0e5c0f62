"""Redactions: what the archive has taken out is shown as taken out, in every format, and a mark that is miswritten is refused."""

import datetime as dt

import pytest

from onrecord import check, markup, read
from onrecord.markup import Context
from onrecord.model import Items, Scalar, Table, Vocabularies
from onrecord.read import FileData
from onrecord.redaction import FORM, Location, apply, location, value


@pytest.mark.parametrize(
    "written",
    [
        "[[redacted: a child’s name]]",
        "[[redacted:a child’s name]]",
        "[[ redacted :  a\tchild’s   name ]]",
        "[[redacted: a\u00a0child’s name]]",
    ],
)
def test_a_mark_becomes_one_visible_form(written: str) -> None:
    redacted = apply(f"They took {written}, she said.")
    assert redacted.text == "They took [redacted: a child’s name], she said."
    assert (redacted.problems, redacted.count) == ((), 1)


@pytest.mark.parametrize(
    "place", ["`{}`", "    {}", "```\n{}\n```", "| a |\n|---|\n| {} |", "> {}", "# {}", "[x](#p1 '{}')"]
)
def test_a_mark_is_applied_wherever_it_is(place: str) -> None:
    redacted = apply(place.format("[[redacted: a name]]"))
    assert (redacted.text, redacted.count) == (place.format("[redacted: a name]"), 1)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("[[redacted]]", "no reason"),
        ("[[redacted:]]", "no reason"),
        ("[[redacted: ]]", "no reason"),
        ("[[redacted a name]]", "no colon"),
        ("[[redacted： a name]]", "no colon"),
        ("[[redacted: a name", "not closed"),
        ("[[redacted: a name]", "“]” in its reason"),
        ("[[redacted: a\nname]]", "not closed"),
        ("[[redacted: a\n\nname]]", "not closed"),
        ("[[redacted: a [child's] name]]", "“[” in its reason"),
        ("[[redacted: [[redacted: a]] name]]", "“[” in its reason"),
        ("[[redacted: *a* name]]", "“*” in its reason"),
        ("[[redacted: <a>]]", "“<” in its reason"),
        ("[[redacted: a\u202ename]]", "U+202E"),
        ("[[Redacted: a name]]", "“Redacted”"),
        ("[[REDACTED: a name]]", "“REDACTED”"),
        ("[[redact: a name]]", "“redact”"),
        ("[[redaction: a name]]", "“redaction”"),
        ("[[reacted: a name]]", "“reacted”"),
        ("[[redcated: a name]]", "“redcated”"),
        ("[ [redacted: a name]]", "two brackets"),
        ("[\n[redacted: a name]]", "two brackets"),
        ("[[*redacted*: a name]]", "two brackets"),
        ("\\[\\[redacted: a name\\]\\]", "two brackets"),
        ("［［redacted: a name］］", "two brackets"),
        ("{{redacted: a name}}", "two brackets"),
        ("[redacted: a name]]", "one bracket at its start"),
        ("[[[redacted: a name]] here](#p1)", "behind another bracket"),
        ("[here [[redacted: a name]]](#p1)", "followed by “]”"),
        ("[[redacted: a name]](https://example.org/name)", "followed by “(”"),
    ],
)
def test_what_looks_like_a_mark_is_refused_at_its_place(written: str, why: str) -> None:
    redacted = apply(f"Before.\n\nAnd {written} after.", Location(10))
    (fault,) = redacted.problems
    assert fault.code == "bad-redaction"
    assert why in fault.message
    assert "Write [[redacted: reason]]" in fault.message
    assert fault.line == 12
    assert fault.column >= 5
    assert redacted.count == written.count("[[redacted: a]]")
    assert "[[red" not in redacted.text.casefold()


@pytest.mark.parametrize(
    "written",
    [
        "[redacted]",
        "The text was redacted.",
        "[[1]](#p1)",
        "[[related: a]]",
        "[x] redacted",
        "(redacted)",
        "[redacted: a name]",
    ],
)
def test_a_source_may_speak_of_redactions(written: str) -> None:
    redacted = apply(written)
    assert (redacted.text, redacted.problems, redacted.count) == (written, (), 0)


def test_places_are_those_of_the_file() -> None:
    text = "One.\n[[redacted: a]] [a](ftp://x/) [[ redacted:  b ]] [b](ftp://x/)\n[[redacted: c]]\n[c](ftp://x/) [[redact: d]]"
    redacted = apply(text, Location(10))
    faults = (*markup.convert(redacted.text, Context(location=redacted.location))[1], *redacted.problems)
    assert [(fault.line, fault.column) for fault in faults] == [(11, 21), (11, 54), (13, 5), (13, 15)]
    lines = text.split("\n")
    assert [lines[line - 10][column - 1 :][:8] for line, column in ((11, 21), (11, 54), (13, 5))] == ["ftp://x/"] * 3


def front(written: str) -> Table:
    return read.split(f"---\n{written}\n---\nText.\n")[0]


def test_values_of_the_front_matter_are_redacted_too() -> None:
    node = front('title: "Release [[redacted: a name]]"').get("title")
    assert isinstance(node, Scalar)
    assert value(node).text == "Release [redacted: a name]"
    node = front('title: "Release [[redacted]]"').get("title")
    assert isinstance(node, Scalar)
    assert [(fault.line, fault.column) for fault in value(node).problems] == [(2, 8)]
    assert isinstance(front("title: [[redacted: a name]]").get("title"), Items)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("notes: |\n  One.\n\n  Two [[redacted]].", (5, 7)),
        ("notes: |-  # words\n\n    One.\n    Two [[redacted]].", (5, 9)),
        ("notes: |2\n  Two [[redacted]].", (2, 8)),
        ("notes: >\n  One\n  two [[redacted]].", (2, 8)),
        ('notes: "One\n\n  two [[redacted]]."', (2, 8)),
    ],
)
def test_places_in_a_value_of_many_lines(written: str, expected: tuple[int, int]) -> None:
    node = front(written).get("notes")
    assert isinstance(node, Scalar)
    (fault,) = apply(node.text.strip(), location(node)).problems
    assert (fault.line, fault.column) == expected


def release(quotation: str, body: str = "“The guards took [[redacted: a name]] to the square,” she said.") -> list[str]:
    text = (
        "---\ntitle: T\ndate: 2012-02-08\npublisher: P\nlanguage: en\nextent: full\nquotations:\n"
        f'  - speaker: S\n    text: "{quotation}"\n---\n{body}\n'
    )
    source = read.source(FileData("releases/2012-02-08-a.md", text.encode()))
    assert not hasattr(source, "message")
    verdict = check.release(source, check.rules(Vocabularies(), dt.date(2025, 1, 1)))
    if verdict.text:
        assert verdict.text.quotations[0].paragraph == 1
    assert "[[" not in repr((verdict.listed, verdict.text))
    return [problem.code for problem in verdict.problems]


@pytest.mark.parametrize("gap", ["[[redacted: a name]]", "[[redacted: another reason]]", "(…)", "[...]"])
def test_a_quotation_that_runs_over_a_redaction_is_found(gap: str) -> None:
    assert release(f"The guards took {gap} to the square") == []


def test_a_quotation_cannot_keep_what_the_body_has_taken_out() -> None:
    assert release("The guards took Ada Example to the square") == ["bad-quotation"]


def test_the_form_is_its_own_pattern() -> None:
    match = FORM.fullmatch("[redacted: a child’s name (aged 9)]")
    assert match
    assert match["reason"] == "a child’s name (aged 9)"

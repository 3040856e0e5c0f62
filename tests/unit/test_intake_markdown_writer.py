"""Plain text comes out of Markdown as it was written."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.intake import markdown_writer, raised_digits
from onrecord.intake.document import Block, Mark, TextRun, paragraph
from onrecord.markup import Context, convert

WRITTEN = st.text(alphabet=st.sampled_from("ab Z1.9-+*_`[](){}<>#!&;:~=|\\/\"'’“”«»…é"), min_size=1, max_size=40)


def visible_text(markdown: str) -> str:
    body, _ = convert(markdown, Context())
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", body.html)).split())


@settings(max_examples=400, deadline=None)
@given(WRITTEN)
def test_any_paragraph_is_shown_as_it_was_written(text: str) -> None:
    text = " ".join(markdown_writer.with_omissions(text).split())
    if not text:
        return
    assert visible_text(markdown_writer.markdown([paragraph(text)])) == text


def row_cells(*rows: tuple[str, ...]) -> tuple[tuple[tuple[TextRun, ...], ...], ...]:
    """Rows of a table whose cells are plain text."""
    return tuple(tuple((TextRun(cell),) for cell in row) for row in rows)


PIECES = st.sampled_from([
    "http://a.example/b_c_", "https://a.example/*b*?c=d&amp;e", "www.a.example/_b_", "a@b.example", "ftp://a.example/_b", "~~", "~", "**", "*", "_",
    "`", "<b>", "<!-- a -->", "[a]", "[^1]", "](", "(b)", "]: ", "1) ", "1. ", "a", " ", ".", "“", "\\", "&lt;", "\\_", "<https://a.example/>", "!",
])  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=8).map("".join), st.booleans())
def test_a_draft_says_what_was_written_and_has_no_error(text: str, in_a_cell: bool) -> None:
    text = " ".join(text.split())
    blocks = [Block("table", rows=row_cells(("a", "b"), (text, "c")))] if in_a_cell else [paragraph(text)]
    written = markdown_writer.markdown(blocks)
    expected = f"a b {text} c" if in_a_cell else text
    assert visible_text(written).split() == expected.split(), written
    assert [fault.code for fault in convert(written)[1] if fault.level == "error"] == [], written


@pytest.mark.parametrize(
    "text",
    [
        "{{ age }} and {% raw %}", "5 * 3 * 2", "*urgent* and _not_", "snake_case_name", "<none> & &copy;", "1984. The year of it.", "- not a list",
        "# 12 in the list", "> quoted by hand", "[a](b) and [a][b] and [^1]", "http://a.example/x_y_z", "---", "***", "===", "C:\\temp\\*.txt", "`code`", ": a colon",
        "a | b", "+ plus", "![x](y)", "[x]: y", "~~~", "&lt;", "\\*",
    ],
)  # fmt: skip
def test_what_would_mean_something_to_markdown_is_shown(text: str) -> None:
    assert visible_text(markdown_writer.markdown([paragraph(text)])) == text


def test_common_text_needs_no_escapes() -> None:
    text = "al-Khaldieh, Bab 'Amr, Bab al-Seba' and al-Insha'aat (246 names); “We – all of us – say no!” said X. 50% & more."
    assert markdown_writer.markdown([paragraph(text)]) == text + "\n"


def test_emphasis_links_lists_headings_tables_and_footnotes_stay() -> None:
    blocks = [
        Block("heading", (TextRun("Background"),), 3),
        Block(
            "paragraph",
            (
                TextRun("Held for "),
                TextRun("thirty", strong=True),
                TextRun(" days, "),
                TextRun("all of them", emphasis=True),
                TextRun(".", note=""),
                TextRun("", note="1"),
            ),
        ),
        Block("item", (TextRun("one"),), 0, "-"),
        Block("item", (TextRun("two"),), 1, "-"),
        Block(
            "paragraph",
            (
                TextRun("The list", href="https://a.example/list"),
                TextRun(" and "),
                TextRun("a mail", href="mailto:x@a.example"),
            ),
        ),
        Block("table", rows=row_cells(("Town", "Held"), ("A|B", "7"))),
        Block("footnote", (TextRun("As of May."),), marker="1"),
    ]
    assert markdown_writer.markdown(blocks) == (
        "## Background\n\nHeld for **thirty** days, *all of them*.[^1]\n\n- one\n    - two\n\n[The list](https://a.example/list) and a mail\n\n"
        "| Town | Held |\n| --- | --- |\n| A\\|B | 7 |\n\n[^1]: As of May.\n"
    )


@pytest.mark.parametrize("mark", ["(...)", "[...]", "[…]", "(…)", "(. . .)", "[ … ]"])
def test_every_marked_omission_is_written_the_same(mark: str) -> None:
    assert markdown_writer.with_omissions(f"He said. {mark} She left.") == "He said. (…) She left."
    assert markdown_writer.has_omission(mark)


def test_three_dots_in_a_sentence_are_no_omission() -> None:
    assert not markdown_writer.has_omission("I waited... and waited…")


MARKS: st.SearchStrategy[Mark] = st.sampled_from(["", "", "raised", "lowered", "struck"])
MARKED_RUN = st.builds(
    TextRun,
    st.text(alphabet=st.sampled_from("ab 12.(~*"), min_size=1, max_size=6),
    strong=st.booleans(),
    emphasis=st.booleans(),
    mark=MARKS,
)


@settings(max_examples=400, deadline=None)
@given(st.lists(MARKED_RUN, min_size=1, max_size=5))
def test_raised_and_lowered_digits_are_no_digits_and_struck_words_stay_struck(runs: list[TextRun]) -> None:
    shown = convert(markdown_writer.inline(runs) + "\n", Context())[0].html
    letters = "".join(raised_digits.written(run.text, run.mark) for run in runs)
    plain = html.unescape(re.sub(r"<[^>]*>", "", shown))
    assert "".join(plain.split()) == "".join(letters.split())
    struck = "".join(run.text for run in runs if run.mark == "struck")
    marked = html.unescape(re.sub(r"<[^>]*>", "", "".join(re.findall(r"<del>(.*?)</del>", shown, re.S))))
    assert "".join(marked.split()) == "".join(struck.split())


def test_a_star_at_the_edge_of_a_run_is_no_mark() -> None:
    for text in ("1 *", "* 1", "*", "a _"):
        runs = [TextRun("x"), TextRun(text, emphasis=True), TextRun("."), TextRun(".", emphasis=True)]
        shown = convert(markdown_writer.inline(runs) + "\n", Context())[0].html
        plain = html.unescape(re.sub(r"<[^>]*>", "", shown))
        assert "".join(plain.split()) == "".join(f"x{text}..".split())


ITEMS = st.lists(
    st.tuples(
        st.integers(0, 3), st.sampled_from(["-", "1.", "2.", "3.", "7.", "10.", "100.", "3)", "a.", "(1)", "0."])
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=400, deadline=None)
@given(ITEMS)
def test_lists_keep_their_numbers_and_their_depth(items: list[tuple[int, str]]) -> None:
    blocks = [Block("item", (TextRun(f"item{at}"),), depth, marker) for at, (depth, marker) in enumerate(items)]
    shown = convert(markdown_writer.markdown(blocks), Context())[0].html
    assert "<pre>" not in shown
    numbers: dict[str, str] = {}
    open_lists: list[int | None] = []
    for piece in re.finditer(r'<ol(?: start="(\d+)")?>|<ul>|</[ou]l>|<li[^>]*>|[^<>\n]+', shown):
        if piece[0].startswith("<ol"):
            open_lists.append(int(piece[1] or 1) - 1)
        elif piece[0] == "<ul>":
            open_lists.append(None)
        elif piece[0].startswith("</"):
            open_lists.pop()
        elif piece[0].startswith("<li"):
            last = open_lists[-1]
            open_lists[-1] = last + 1 if last is not None else None
        elif found := re.search(r"item\d+", piece[0]):
            numbers[found[0]] = piece[0].split("item")[0].strip() or (
                f"{open_lists[-1]}" if open_lists and open_lists[-1] is not None else "-"
            )
    for at, (_, marker) in enumerate(items):
        assert numbers[f"item{at}"] == (marker[:-1] if re.fullmatch(r"\d+[.)]", marker) else marker), shown


def test_a_quotation_and_its_speaker_stay_together_and_others_apart() -> None:
    quote = Block("quote", (TextRun("We saw the gate."),))
    speaker = Block("quote", (TextRun("— Ilse Brandt"),), close=True)
    written = markdown_writer.markdown([quote, speaker, quote])
    assert written == "> We saw the gate.\n>\n> — Ilse Brandt\n\n> We saw the gate.\n"


def test_cells_keep_their_marks_and_links() -> None:
    cells = ((TextRun("40 km"), TextRun("2", mark="raised")), (TextRun("twelve", mark="struck"), TextRun(" nine")))
    block = Block("table", rows=(((TextRun("Area"),), (TextRun("The list", href="https://a.example/l"),)), cells))
    assert markdown_writer.markdown([block]).split("\n")[2] == "| 40 km² | ~~twelve~~ nine |"


@pytest.mark.parametrize("text", ["153k~175k a year", "~~~ a wave", ": an answer", "= 5"])
def test_a_sign_is_kept_from_being_a_mark_by_a_backslash(text: str) -> None:
    written = markdown_writer.markdown([paragraph(text)])
    assert "&" not in written
    assert written.replace("\\", "").strip() == text
    assert visible_text(written) == text

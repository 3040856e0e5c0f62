"""Bodies come out as GitHub's preview shows them, or with a problem at the line that it shows otherwise."""

from __future__ import annotations

import pytest

from onrecord import markup
from onrecord.markup import Context
from onrecord.redaction import Location
from tests import github, stint

# ---- the same as on GitHub ---------------------------------------------------------------------------------------------------------

SAME = {
    # blocks
    "a list glued to a paragraph": "The office named:\n- the pier\n- the lamp",
    "a numbered list glued to a paragraph": "The office named:\n1. the pier\n2. the lamp",
    "a number that may not interrupt": "The office named it in\n2014. It was closed.",
    "a list nested with two spaces": "- town\n  - order\n  - name\n- ministry",
    "a list nested with four spaces": "- town\n    - order\n- ministry",
    "a list nested with a tab": "- town\n\t- order\n- ministry",
    "a numbered list nested with three spaces": "1. town\n   1. order\n   2. name\n2. ministry",
    "a numbered list nested too little": "1. town\n  1. order",
    "three levels": "- a\n  - b\n    - c\n  - d\n- e",
    "a number with a bracket": "1) first\n2) second",
    "a list that begins at three": "3. third\n4. fourth",
    "a list that begins at nought": "0. none\n1. first",
    "every item a one": "1. first\n1. second\n1. third",
    "another mark, another list": "- a\n- b\n* c\n+ d",
    "another bracket, another list": "1. a\n2. b\n1) c",
    "a loose list": "- a\n\n- b",
    "a list with a paragraph in it": "- a\n\n  more of a\n- b",
    "an item that goes on without indentation": "- a\nmore of a\n- b",
    "an empty item": "- a\n-\n- b",
    "an item of code": "- a\n\n      code",
    "an item that begins with code": "-     code",
    "a list behind a heading": "## Names\n- a",
    "a quotation": "> a\n> b",
    "a quotation that goes on without its mark": "> a\nb",
    "quotations apart": "> a\n\n> b",
    "a quotation in a quotation": "> a\n>> b\n> c",
    "a list in a quotation": "> - a\n> - b",
    "a quotation in a list": "- > a\n  > b\n- c",
    "a fence": "```\ncode *a*\n\nmore\n```",
    "a fence of tildes": "~~~\ncode\n~~~",
    "a fence in a list": "- a\n  ```\n  code\n  ```\n- b",
    "a fence that is not closed": "```\ncode\n\nmore",
    "a fence in a fence": "````\n```\ncode\n```\n````",
    "indented code": "Text.\n\n    code <b>\n\n    more",
    "indented words behind a paragraph": "Text\n    goes on",
    "a tab before words": "\tcode",
    "headings": "## a\n\n### b ###\n\n#### c #d\n\n###### e",
    "a heading without a blank": "##Names",
    "too many signs": "####### Names",
    "a heading glued to a paragraph": "Text\n## Names\nmore",
    "an underlined heading": "Names\n---",
    "an underlined heading of two lines": "Names\nand places\n---\n\nText.",
    "a rule": "a\n\n---\n\nb\n\n* * *\n\n___",
    "a rule glued to a paragraph": "a\n***\nb",
    "three full stops are not rule": "...",
    "equals signs alone": "===",
    # tables
    "a table": "| a | b |\n|---|:-:|\n| 1 | 2 |",
    "a table without outer strokes": "a | b\n--- | ---\n1 | 2",
    "a table glued to a paragraph": "The lamps:\n| a | b |\n|---|---|\n| 1 | 2 |",
    "a table with a cell too few": "| a | b |\n|---|---|\n| 1 |",
    "a table with a stroke in a cell": "| a |\n|---|\n| 1 \\| 2 `x\\|y` |",
    "a table that goes on without strokes": "| a | b |\n|---|---|\n1\nText",
    "a table broken by a heading": "| a |\n|---|\n| 1 |\n## b",
    "a table that is none": "| a | b |\n|---|\n| 1 | 2 |",
    "a table of one column": "a\n:-:\nb",
    "emphasis and links in cells": "| *a* | [b](https://b.example/) |\n|---|---:|\n| **1** | ~~2~~ |",
    # text
    "emphasis": "*a* _b_ **c** __d__ ***e*** **f*g*h**",
    "emphasis inside words": "un*frigging*believable snake_case_name un__der__score",
    "stars with space around": "5 * 3 * 2 and ** x **",
    "emphasis that is not closed": "*a **b",
    "emphasis and quotation marks": "“*a*” *“b”*, **c.** d*“e”*f",
    "emphasis in another script": "*حمص*، **مدينة**",
    "struck out": "~~twelve~~ ~nineteen~ ~~~three~~~",
    "code": "`a` ``b ` c`` ` d ` `*e*`",
    "code that is not closed": "`a",
    "escapes": "\\*a\\* \\_b\\_ \\# \\[c\\] \\\\ \\d 1\\. \\<e>",
    "entities": "&amp; &copy; &eacute; &#233; &#xE9; &nosuch; AT&T &",
    "two spaces at a line's end": "a  \nb",
    "a backslash at a line's end": "a\\\nb",
    "a line end": "a\nb",
    "white space around lines": "a \n   b",
    "addresses": "See https://a.example/b_c?d=e&f=g, (http://a.example/h) and www.a.example.",
    "an address in brackets": "<https://a.example/b> <someone@a.example>",
    "a mail address": "Write to press@a.example.",
    "links": "[a](https://a.example/) [b *c*](<https://a.example/d> \"f\") [](https://a.example/)",
    "a link with brackets in it": "[a [b] c](https://a.example/d_(e))",
    "links by reference": "[a][1], [b], [c][]\n\n[1]: https://a.example/1\n[B]: https://a.example/2 'two'\n[c]: <https://a.example/3>",
    "brackets that are not link": "The order [sic] says [so] (again).",
    "a link over two lines": "[a\nb](https://a.example/)",
    "a less-than sign": "1 < 2 and a<2",
    "footnotes": "a[^1] b[^n]\n\n[^n]: second\n[^1]: first",
    "footnotes of two paragraphs": "a[^1]\n\n[^1]: first\n\n    more *of* it\n\nb",
    "a footnote twice": "a[^1] b[^1]\n\n[^1]: first",
    "footnotes in a table": "| a[^1] |\n|---|\n| b[^2] |\n\n[^1]: c\n[^2]: d",
    "omissions": "a (…) b [...] c",
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_github_shows_the_same(name: str) -> None:
    body, faults = markup.convert(SAME[name])
    assert faults == ()
    assert github.parts(body.html) == github.parts(github.preview(SAME[name]))


# ---- a problem at the line -----------------------------------------------------------------------------------------------------------

OTHERWISE = {
    "raw HTML in a line": ("a\n\nb <b>c</b>", [(12, 3, "raw-html"), (12, 7, "raw-html")]),
    "a block of HTML": ("a\n\n<div>\nb\n</div>", [(12, 1, "raw-html")]),
    "words in angle brackets": ("Write to <the office>.", [(10, 10, "raw-html")]),
    "a comment": ("a <!-- b -->", [(10, 3, "raw-html")]),
    "a hard line end in HTML": ("a<br>b", [(10, 2, "raw-html")]),
    "a footnote without its reference": ("a\n\n[^1]: b", [(12, 1, "lost-text")]),
    "a footnote that appears twice": ("a[^1]\n\n[^1]: b\n[^1]: c", [(13, 1, "lost-text")]),
    "a reference without its footnote": ("a[^1]", [(10, 2, "no-partner")]),
    "a target without its link": ("a\n\n[1]: https://a.example/", [(12, 1, "lost-text")]),
    "a target that appears twice": ("[a]\n\n[a]: https://a.example/\n[A]: https://b.example/", [(13, 1, "lost-text")]),
    "a link without its target": ("The [order][o], [rule][].", [(10, 5, "no-partner"), (10, 17, "no-partner")]),
    "a surplus cell": ("| a |\n|---|\n| b | c | d |", [(12, 7, "lost-text"), (12, 11, "lost-text")]),
    "words behind a fence": ("``` the order\na\n```", [(10, 5, "lost-text")]),
    "numbers out of order": ("1. a\n2. b\n4. c", [(12, 1, "list-number")]),
    "numbers that fall": ("- a\n\n  5) b\n  3) c", [(13, 3, "list-number")]),
    "a box to tick": ("- [ ] a", [(10, 3, "not-as-on-github")]),
    "a coloured box": ("> [!NOTE]\n> a", [(10, 3, "not-as-on-github")]),
    "a picture for a word": ("a :smile: b", [(10, 3, "not-as-on-github")]),
    "a formula": ("a $x^2$ b", [(10, 3, "not-as-on-github")]),
    "an address that is not followed": ("a ftp://a.example/", [(10, 3, "not-as-on-github")]),
    "an image": ("![a](b.png)", [(10, 6, "image")]),
    "a heading of the first level": ("a\n\nTitle\n===", [(12, 1, "heading-level")]),
    "two bad links to one address": ("[a](ftp://x), [b](ftp://x)", [(10, 5, "bad-link"), (10, 19, "bad-link")]),
    "a bad link in a cell behind a stroke": ("| a | b |\n|---|---|\n| \\|\\| | [b](#) |", [(12, 14, "bad-link")]),
    "a bad link in an item of a quotation": ("> - a\n>   [b](#)", [(11, 9, "bad-link")]),
    "an address whose host no browser opens": ("[a](https://b|c/)", [(10, 5, "bad-link")]),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERWISE)
def test_what_github_shows_otherwise_is_a_problem_at_its_place(name: str) -> None:
    text, expected = OTHERWISE[name]
    faults = markup.convert(text, Context(location=Location(10)))[1]
    assert [(fault.line, fault.column, fault.code) for fault in faults] == expected


def test_what_is_whole_but_shown_otherwise_is_a_warning_and_what_is_lost_an_error() -> None:
    warned = {name for name, (text, _) in OTHERWISE.items() if markup.convert(text)[1][0].level == "warning"}
    assert warned == {
        "a reference without its footnote",
        "a link without its target",
        "words behind a fence",
        "a box to tick",
        "a coloured box",
        "a picture for a word",
        "a formula",
        "an address that is not followed",
    }


@pytest.mark.parametrize(
    "text",
    [
        "The lamps [sic] cost $5 to $6, from 10:30:15 on; see note :a and 3:4:5.",
        "| a |\n|---|\n| b | |",
        "a\n\n1. b\n1. c",
        "[1]: Letter of 2 March, kept by Harbour Watch",
    ],
)
def test_plain_words_are_no_problem(text: str) -> None:
    assert markup.convert(text)[1] == ()


def test_a_letter_in_the_place_of_a_target_is_shown() -> None:
    body, _ = markup.convert("a\n\n[1]: Letter of 2 March, kept by Harbour Watch")
    assert body.paragraphs[1] == "[1]: Letter of 2 March, kept by Harbour Watch"


# ---- time ------------------------------------------------------------------------------------------------------------------------------

LONG = [
    "[", "![[]()", "[a](<b ", "[a](\\(", "*a **b ", "_a __b ", "*x* ", "`a", "&amp;", "- ", "> ", "| a ", "[x](http://a.example/) ",
    "<a b='", "<!--", "~a~ ", "a@b.example ", "- a\n", "[a]: b\n", "[^a]: b\n", "\t", "\\", "1. a\n", "a\n===\n",
]  # fmt: skip


@pytest.mark.parametrize("pattern", LONG)
def test_time_grows_no_faster_than_the_text(pattern: str) -> None:
    """Ten times the text takes at most thirty times as long; what grew with its square would take a hundred times."""

    def convert(size: int) -> None:
        markup.convert(pattern * (size // len(pattern)))

    convert(2_000)
    assert stint.grows_with(convert, 10_000, 100_000, most=30, unnoticed=0.2)


def test_a_long_honest_text_and_table_are_converted_whole() -> None:
    prose = "\n\n".join(f"Paragraph {n} of a *long* report, as \\[one] says. " * 6 for n in range(7_000))
    assert len(prose) > 2_000_000
    body, faults = markup.convert(prose)
    assert faults == ()
    assert len(body.paragraphs) == 7_000
    rows = "\n".join(f"| Person {n} | {n % 90} | Village \\#{n} |" for n in range(6_000))
    body, faults = markup.convert(f"| Name | Age | Place |\n|---|---|---|\n{rows}")
    assert faults == ()
    assert body.html.count("<tr id=") == 6_001


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{'  ' * level}- a" for level in range(400)),
        "> " * 3_000 + "a",
        "|a" * 1_000 + "\n" + "|-" * 1_000 + "\n" + "a\n" * 1_000,
    ],
)
def test_a_text_too_deep_or_too_wide_is_one_problem(text: str) -> None:
    body, faults = markup.convert(text, Context(location=Location(10)))
    assert body.html == ""
    assert [(fault.line, fault.code) for fault in faults] == [(10, "too-complex")]

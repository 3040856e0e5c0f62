"""Bodies made of all that Markdown has: nothing vanishes without a word, and what comes out is what GitHub shows."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import markup
from onrecord.markup import Context
from onrecord.redaction import Location
from tests import github
from tests.conftest import examples

WORDS = st.text("abcdefghijklmnop", min_size=3, max_size=7)
# Fragments that words are put into.
INLINE = st.sampled_from([
    "{}", "{} {}", "*{}*", "**{}**", "_{}_", "__{}__", "***{}***", "~~{}~~", "`{}`", "``{}`` {}", "\\*{}\\*", "[{}](https://a.example/)",
    "[{}](<https://b.example/> \"{}\")", "[{}][ref]", "[ref] {}", "[{}]", "[^1] {}", "{}[^1]",
    "![{}](x.png)", "<b>{}</b>", "<{}>", "{} &amp; {}",
    "{} < {}", "https://a.example/ {}", "www.a.example {}", "{}@a.example", "{}  \n{}", "{}\\\n{}", "{}\n{}", "{}*{}*{}", "{}_{}_{}",
    "({})", "“{}”", "{} (…) {}", "*{} **{}* {}**", "$ {} $", ":{}:", "*{}", "{}**", "`{}", "[{}", "{}](", "<!-- {} -->", "{} | {}",
])  # fmt: skip
BLOCK = st.sampled_from([
    "{}\n\n", "{}\n", "## {}\n", "##{}\n", "### {} ###\n\n", "# {}\n", "{}\n---\n", "{}\n===\n", "- {}\n", "- {}\n- {}\n", "* {}\n\n",
    "+ {}\n", "1. {}\n2. {}\n",
    "1. {}\n", "2) {}\n", "3. {}\n5. {}\n", "  - {}\n", "    - {}\n", "\t- {}\n", "  {}\n", "    {}\n", "\t{}\n",
    "> {}\n", "> {}\n> {}\n\n",
    ">> {}\n", "```\n{}\n```\n", "``` {}\n{}\n```\n", "~~~\n{}\n", "---\n", "* * *\n", "| {} | {} |\n|---|---|\n",
    "| {} | {} |\n", "| {} | {} | {} |\n", "{} | {}\n--|--\n{} | {}\n\n", "[^1]: {}\n", "[^2]: {}\n\n    {}\n", "[ref]: https://a.example/{}\n",
    "[{}]: https://a.example/\n", "<div>{}</div>\n\n", "- [ ] {}\n", "> [!NOTE]\n> {}\n", "- {}\n\n  {}\n", "-\n", "\n", "[{}]: {} {}\n",
])  # fmt: skip


@st.composite
def bodies(draw: st.DrawFn) -> str:
    text = ""
    for block in draw(st.lists(BLOCK, min_size=1, max_size=8)):
        for part in re.split(r"(\{\})", block):
            text += draw(INLINE).replace("{}", draw(WORDS)) if part == "{}" else part
    return text


# What GitHub draws, hides or leaves out of its own accord, so that there is nothing to compare with; a problem tells of each.
REPORTED = {"raw-html", "not-as-on-github", "bad-link", "image", "heading-level", "too-complex"}


@settings(max_examples=examples(600), deadline=None)
@given(bodies())
def test_a_body_is_what_github_shows_or_a_problem_says_so(text: str) -> None:
    body, faults = markup.convert(text)
    if not REPORTED & {fault.code for fault in faults}:
        assert github.parts(body.html) == github.parts(github.preview(text))


@settings(max_examples=examples(600), deadline=None)
@given(bodies())
def test_every_word_of_a_body_is_shown_or_on_the_line_of_a_problem(text: str) -> None:
    body, faults = markup.convert(text, Context(location=Location(1)))
    lines = text.split("\n")
    reported = ""
    for fault in faults:
        # A note that nothing refers to is told of at its beginning.
        is_note = "[^" in fault.message and fault.code == "lost-text"
        reported += "\n".join(lines[fault.line - 1 : None if is_note else fault.line]) + fault.message
    for word in re.findall("[a-p]{3,}", text):
        if word not in body.html and word not in reported:
            # Labels of references and addresses are marks, no words of the text.
            assert re.search(rf"\[[^\]]*{word}|\]: \S*{word}|\({word}", text), word


@settings(max_examples=examples(400), deadline=None)
@given(bodies())
def test_what_is_left_out_is_never_without_a_problem(text: str) -> None:
    body, faults = markup.convert(text)
    our_words, github_words = github.words(body.html), github.words(github.preview(text))
    assert sorted(our_words) == sorted(github_words) or faults

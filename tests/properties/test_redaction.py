"""Redactions, whatever stands around them: no mark ever comes out, the words around it stay, and each is counted."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from onrecord import markup, redaction
from onrecord.markup import Context
from onrecord.redaction import Location
from tests.properties.test_markup import PIECES, inline, tame
from tests.trust.safety import dangers, text

MARKS = st.sampled_from([
    "[[redacted: a name]]", "[[redacted: x]]", "[[redacted:]]", "[[redacted: ", "[[Redacted: x]]", "[[redact", "[redacted: x]", "[",
    "]", "[[", "]]", "redacted", "redacted: ", "\\[", "&#91;", "&lbrack;", "［", "{{redacted", "[redacted: x]]", "[[ redacted : y ]]",
])  # fmt: skip
REASON = st.text(
    st.characters(categories=["L", "N"], include_characters=" ,.;:'’()-/"), min_size=1, max_size=12
).filter(lambda reason: reason.strip())
MARK = re.compile(r"\[[\s\\*_`]*\[[\s\\*_`]*redact", re.IGNORECASE)


def is_clean(text: str) -> bool:
    return "[[redacted" not in text.casefold() and not MARK.search(text)


@given(st.lists(MARKS | PIECES | st.text(max_size=4), max_size=20).map("".join))
def test_no_mark_comes_out_of_any_text(text: str) -> None:
    text = tame(text)
    redacted = redaction.apply(text)
    assert is_clean(redacted.text)
    body, faults = markup.convert(redacted.text, Context(location=redacted.location))
    assert dangers(body.html) == []
    for output in (
        body.html,
        html.unescape(body.html),
        html.unescape(re.sub("<[^>]*>", "", body.html)),
        *body.paragraphs,
    ):
        assert is_clean(output)
    # What was not to be shown is either gone or refused: it never comes to nothing without a word.
    if MARK.search(text):
        assert redacted.count or redacted.problems or faults
    assert all(fault.line >= 1 and fault.column >= 1 for fault in (*redacted.problems, *faults))


@given(st.lists(st.tuples(inline, REASON), min_size=1, max_size=4), inline)
def test_the_words_around_a_redaction_stay_and_each_is_counted(parts: list[tuple[str, str]], last: str) -> None:
    written = "".join(f"{words} [[redacted: {reason}]] " for words, reason in parts) + last
    form = "".join(f"{words} [redacted: {' '.join(reason.split())}] " for words, reason in parts) + last
    redacted = redaction.apply(written)
    assert (redacted.text, redacted.problems, redacted.count) == (form, (), len(parts))
    again = redaction.apply(redacted.text)
    assert (again.text, again.problems, again.count) == (form, (), 0)
    body, _ = markup.convert(redacted.text)
    assert body.html.count('<span class="redacted">') == len(parts)
    plain = text(body.html)
    for _, reason in parts:
        assert f"[redacted: {' '.join(reason.split())}]" in plain


@given(st.lists(inline, min_size=1, max_size=4), st.lists(REASON, min_size=1, max_size=6), st.data())
def test_a_redaction_moves_no_place(words: list[str], reasons: list[str], data: st.DataObject) -> None:
    """A link is where it stands in the file, however many marks stand before it on its line."""
    parts = [*words, *(f"[[ redacted:  {reason}]]" for reason in reasons), *["[w](#p1)"] * 3]
    parts = data.draw(st.permutations(parts))
    between = data.draw(st.sampled_from([" ", "\n", "\n\n"]))
    source = between.join(parts)
    redacted = redaction.apply(source, Location(7))
    body, _ = markup.convert(redacted.text, Context(location=redacted.location))
    lines = source.split("\n")
    links = [link for link in body.links if link.written == "#p1"]
    assert len({(link.line, link.column) for link in links}) == 3
    for link in links:
        assert lines[link.line - 7].startswith("#p1)", link.column - 1)

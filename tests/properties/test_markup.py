"""Bodies, whatever they are: safe, whole, and the same HTML by the direct path as by Python-Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from onrecord import markup
from onrecord.markup import Context, direct
from onrecord.redaction import Location
from tests.trust.safety import dangers, text

PIECES = st.sampled_from([
    "<script>", "</script>", "<img src=x onerror=a()>", "<a href=", "javascript:a()", "](", ")", "[", "]", "![",
    "<", ">", '"', "'", "&", "&#106;", "&lt;", "*", "**", "_", "`", "```\n", "\n", "\n\n", "# ", "## ", "- ",
    "1. ", "> ", "    ", "|", "|---|\n", "[^1]", "[^1]: ", "[x]: ", "\\", "  \n", "(…)", "[...]",
    "https://example.org/a", "mailto:a@b.c", "<a@b.c>", "x.md", "//h.example/x", "é", "عربي", "\xa0", "\t",
    "===\n", "---\n", "&amp;", "{: #id .class }", "{#x}", "\x02", "\x03", "klzzwxh:0001", "style=", "onclick=",
])  # fmt: skip
mess = st.lists(PIECES | st.text(max_size=6), max_size=30).map("".join)

Piece = tuple[str, tuple[str, str, str], str]
WORD = st.text(st.characters(categories=["L", "N"], exclude_characters="ªº"), min_size=1, max_size=8)
END = st.sampled_from(["", ".", ",", ";", "?", "’s", "”", "…", ":"])
plain = st.lists(
    st.tuples(st.sampled_from(["", "“", "‘", "– ", "(", "& "]), WORD, END).map("".join), min_size=1, max_size=12
).map(" ".join)
STOP = st.sampled_from(["", "", ",", ".", "”", "”,", "?", "…"])
inline = st.one_of(
    plain,
    st.tuples(plain, WORD, STOP, plain).map(lambda t: f"{t[0]} *{t[1]}{t[2]}* {t[3]}"),
    st.tuples(plain, WORD, STOP, plain).map(lambda t: f"{t[0]} **{t[1]}{t[2]}** {t[3]}"),
    st.tuples(plain, WORD, STOP).map(lambda t: f"{t[0]} *{t[1]}{t[2]}*"),
    st.tuples(plain, WORD, plain).map(lambda t: f"{t[0]} [{t[1]}](https://example.org/{len(t[1])}) {t[2]}"),
    st.tuples(plain, st.sampled_from(["(…)", "(...)", "[…]", "[...]"]), plain).map(" ".join),
    st.tuples(plain, plain).map("\n".join),
)
line = inline.filter(lambda t: "\n" not in t)
cell = st.one_of(line, WORD, st.sampled_from(["", "-", "1.", "# 1", "> 1", "+3", " ", "12 %", "a [^1]"]))
rule = st.sampled_from(["---", ":---", "---:", ":-:", " --- ", "-", ":", ""])


@st.composite
def tables(draw: st.DrawFn) -> str:
    width = draw(st.integers(1, 3))
    rows = draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=3))
    rules = draw(st.lists(rule, min_size=width, max_size=width))
    written = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([written[0], f"|{'|'.join(rules)}|", *written[1:]])


block = st.one_of(
    inline,
    inline,
    inline,
    plain.map(lambda t: f"## {t}"),
    st.lists(line, min_size=1, max_size=3).map(lambda ts: "\n".join(f"- {t}" for t in ts)),
    st.lists(line, min_size=1, max_size=3).map(lambda ts: "\n".join(f"> {t}" for t in ts)),
    tables(),
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    blocks = draw(st.lists(block, min_size=1, max_size=5))
    labels = draw(st.lists(st.sampled_from(["1", "2", "b", "Note3"]), max_size=3, unique=draw(st.booleans())))
    for label in labels:
        number = draw(st.integers(0, len(blocks) - 1))
        words = re.split(r"(?= )", blocks[number])
        after = draw(st.integers(0, len(words) - 1))
        blocks[number] = "".join([*words[:after], words[after], f"[^{label}]", *words[after + 1 :]])
    notes = [f"[^{label}]: {draw(inline)}" for label in draw(st.permutations(labels))]
    return "\n\n".join([*blocks, draw(st.sampled_from(["\n", "\n\n"])).join(notes)]).strip("\n")


document = documents()


def tame(text: str) -> str:
    """Text without characters that read.text_of refuses before any of it gets here."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "", text.replace("\r", "\n"))


@given(mess)
def test_nothing_dangerous_survives(text: str) -> None:
    for context in (Context(), Context(anchor="n", article=True)):
        body, faults = markup.convert(text, context)
        assert dangers(body.html) == []
        assert all(fault.line >= 1 and fault.message for fault in faults)


@given(mess)
def test_paragraphs_are_numbered_without_a_gap_and_once(text: str) -> None:
    body, _ = markup.convert(tame(text))
    numbers = [int(number) for number in re.findall(r'<p id="p([0-9]+)">', body.html)]
    assert numbers == list(range(1, len(body.paragraphs) + 1))


@given(mess)
def test_the_same_text_gives_the_same_html_whatever_came_before(text: str) -> None:
    before = markup.convert(text)
    markup.convert("[x]: https://example.org/\n\n[^1]: note\n\n[x] and[^1] | a |\n|---|")
    assert markup.convert(text) == before


@given(document)
def test_the_direct_path_gives_what_markdown_gives(text: str) -> None:
    quick = direct.convert(text, Context())
    assume(quick is not None)
    assert quick is not None
    slow = markup._markdown(text, Context())
    assert quick[0].html == slow[0].html
    assert quick[0].paragraphs == slow[0].paragraphs
    assert quick[0].omissions == slow[0].omissions
    assert quick[0].links == slow[0].links
    assert quick[1] == slow[1] == ()


@given(mess)
def test_the_direct_path_takes_no_text_it_does_not_understand(text: str) -> None:
    text = tame(text).strip("\n")
    quick = direct.convert(text, Context())
    if quick is not None:
        assert quick[0].html == markup._markdown(text, Context())[0].html


@given(st.lists(plain, min_size=1, max_size=5))
def test_plain_paragraphs_come_out_word_for_word(paragraphs: list[str]) -> None:
    assume(not any(re.match(r"[-–(&]", p) for p in paragraphs))
    source = "\n\n".join(paragraphs)
    body, faults = markup.convert(source)
    assert faults == () or {fault.code for fault in faults} == {"list-number"}
    assert list(body.paragraphs) == paragraphs or re.search(r"^[0-9]+[.)]? |^[0-9]+\.", source, re.MULTILINE)


@given(
    st.lists(
        plain | PIECES.filter(lambda p: not re.search(r"[\[\]()#>*_`|=\\~+:-]|[ \t]{2}|\n|[0-9]", p)),
        min_size=1,
        max_size=8,
    )
)
def test_no_letter_is_lost(parts: list[str]) -> None:
    """Marks may turn into tags, a number that begins a list into its number; what a reader can read stays."""
    source = tame("\n\n".join(re.sub(r"^(?=[0-9]+[.)])", "x", part.strip()) or "x" for part in parts))
    body, _ = markup.convert(source)

    def letters(text: str) -> str:
        return re.sub(r"[\W_]+", "", text)

    assert letters(text(body.html)) == letters(text(re.sub(r"<", "&lt;", source)))


@pytest.mark.parametrize("size", [0, 1, 2, 500])
def test_omissions_are_counted(size: int) -> None:
    assert markup.convert("Words (…) more.\n\n" * size)[0].omissions == size


# ---- the places of links ---------------------------------------------------------------------------------------------------------

TARGETS = st.sampled_from(["#p1", "#p10", "a.md", "aa.md", "a.md#p1", "https://example.org/a", "ftp://example.org/a"])
# What is written around a target, and what it is.
FORMS = st.sampled_from([
    ("[w](", ")", "link"), ("[w *x* `y`](<", ">)", "link"), ("[w](", ' "a.md")', "link"), ("*[w](", ")*", "link"),
    ("![w](", ")", "image"), ("`[w](", ")`", ""), ("\\[w](", ")", "bare"), ("([w]  (", "))", "bare"), ("[w [x]](", ")", "link"),
    ("", "", "bare"),
])  # fmt: skip
run = st.lists(st.tuples(WORD, FORMS, TARGETS), min_size=1, max_size=3)
BLOCKS = st.sampled_from([
    ("", "", ""), ("- ", "\n- ", ""), ("> ", "\n> ", ""), ("### ", " ", ""), ("1. ", "\n2. ", ""), ("> - ", "\n> - ", ""),
    ("| a |\n|---|\n| ", " |\n| ", " |"), ("Text.[^{n}]\n\n[^{n}]: ", " ", ""), ("Text.\n\n    ", "\n    ", ""),
])  # fmt: skip
linked = st.lists(st.tuples(BLOCKS, run), min_size=1, max_size=6)


@given(linked)
def test_every_link_and_image_is_at_its_own_place(blocks: list[tuple[tuple[str, str, str], list[Piece]]]) -> None:
    source = ""
    expected = []
    for number, ((begin, between, end), pieces) in enumerate(blocks):
        source += f"\n\nNext {number}.\n\n" + begin.replace("{n}", str(number))
        for at, (word, (before, after, kind), target) in enumerate(pieces):
            source += f"{between if at else ''}{word} {before}"
            # An address alone is a link as well.
            is_link = kind in ("link", "image") or (kind == "bare" and target.startswith(("https:", "ftp:")))
            if is_link and not begin.endswith("    "):
                expected.append((target, source.count("\n") + 10, len(source.rpartition("\n")[2]) + 1))
            source += f"{target}{after} "
        source += end
    body, faults = markup.convert(source, Context(location=Location(10)))
    positions = [(link.written, link.line, link.column) for link in body.links]
    positions += [
        (re.findall("“(.*?)”", fault.message)[0], fault.line, fault.column)
        for fault in faults
        if fault.code != "list-number"
    ]
    assert sorted(positions) == sorted(expected)

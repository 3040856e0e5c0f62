"""Whatever stands in a file: it is read as it was written, or it is refused with a place and a sentence; never a traceback."""

from __future__ import annotations

import datetime as dt

from hypothesis import example, given
from hypothesis import strategies as st

from onrecord import check, read, schema
from onrecord.model import Problem, Scalar, Source, Table, Vocabularies
from onrecord.read import File, Unreadable

RULES = check.rules(Vocabularies(), dt.date(2025, 1, 1))

# Text that YAML, Markdown and people trip over.
PIECES = st.sampled_from([
    "---", "\n", ": ", "- ", "? ", "&a ", "*a", "!!str ", "<<: ", "{", "}", "[", "]", '"', "'", "#", " #", "|\n",
    ">\n", "%", "@", "`", "\t", "  ", "title", "date", "topics", "source", "review", "quotations", "2012-02-30",
    "null", "~", "\\", "\\u0000", "\ufeff", "\x85", "\u2028", "\x00", "\u202e", "…", "(…)", "é", "e\u0301",
    "عربي", "😀", "\r\n", "\r", "...", "%YAML 1.1\n", "0x", ".inf", ",",
])  # fmt: skip
mess = st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join)
keys = st.sampled_from([field.key for field in schema.FIELDS]) | st.sampled_from(
    ["content", "handler", "Title", "x-y", "<<", "1", "é"]
)


def judged(data: bytes) -> tuple[Source | Problem, list[Problem]]:
    found = read.source(File("releases/2012-02-08-x.md", data))
    if isinstance(found, Problem):
        return found, [found]
    return found, check.release(found, RULES)[1]


@given(mess)
@example("---\n&a *a\n---\n")
@example("---\n? \n---\n")
@example("---\n\ufeff---\n---\n")
def test_any_file_gives_a_source_or_a_sentence(text: str) -> None:
    found, problems = judged(text.encode("utf-8", "surrogatepass"))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for problem in problems:
        assert 1 <= problem.line <= lines + 1
        assert problem.column >= 1
        assert problem.message.endswith((".", "?", ")", "}"))
    if isinstance(found, Source):
        assert len(found.sha256) == 64


@given(st.binary(max_size=200))
def test_any_bytes_give_a_source_or_a_sentence(data: bytes) -> None:
    judged(data)


@given(mess)
def test_any_front_matter_gives_a_source_or_a_sentence(text: str) -> None:
    judged(f"---\n{text}\n---\nBody.\n".encode("utf-8", "surrogatepass"))


@given(keys, mess)
def test_any_value_under_any_key_gives_a_source_or_a_sentence(key: str, value: str) -> None:
    judged(f"---\n{key}: {value}\n---\nBody.\n".encode("utf-8", "surrogatepass"))


printable = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff"),
    min_size=1,
    max_size=60,
)


@given(st.dictionaries(keys.filter(lambda key: key != "<<"), printable, max_size=6))
def test_quoted_text_reads_back_as_the_same_text(values: dict[str, str]) -> None:
    """What `new` and `import` write is what a later build reads."""
    front = "".join(f"{key}: {schema.quoted(text)}\n" for key, text in values.items())
    table, _, _ = read.split(f"---\n{front}---\nBody.\n")
    assert {key.text: node.text for key, node in table.entries if isinstance(node, Scalar)} == values
    assert [key.line for key, _ in table.entries] == list(range(2, 2 + len(values)))


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff"), max_size=40)
)
def test_a_plain_value_is_the_text_that_was_typed_or_refused(text: str) -> None:
    """Never the half of it, and never another: where YAML would cut it off, it is refused or known to be cut."""
    try:
        table, _, _ = read.split(f"---\ntitle: {text}\n---\nBody.\n")
    except Unreadable:
        return
    node = table.get("title")
    if not isinstance(node, Scalar) or node.quoted or node.comment:
        return
    typed = text.strip(" \t")
    assert node.text == ("" if typed in ("~", "null", "Null", "NULL") or typed.startswith("#") else typed)


@given(mess)
def test_a_body_is_kept_but_for_the_blank_lines_around_it(text: str) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _, body, line = read.split(f"---\ntitle: x\n---\n{text}")
    lines = text.split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    assert body == "\n".join(lines).rstrip()
    assert line >= 4


@given(st.lists(st.tuples(st.sampled_from("abc"), printable), max_size=5))
def test_a_key_that_stands_twice_is_always_refused(pairs: list[tuple[str, str]]) -> None:
    front = "".join(f"{key}: {schema.quoted(text)}\n" for key, text in pairs)
    names = [key for key, _ in pairs]
    try:
        table, _, _ = read.split(f"---\n{front}---\n")
    except Unreadable as told:
        assert len(set(names)) < len(names)
        assert told.code == "duplicate-key"  # noqa: PT017
    else:
        assert isinstance(table, Table)
        assert len(set(names)) == len(names)

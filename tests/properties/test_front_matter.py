"""Whatever stands in a file: it is read as it was written, or it is refused with a place and a sentence; never a traceback."""

from __future__ import annotations

import datetime as dt

from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord import check, read, schema
from onrecord.model import Problem, Scalar, Source, Table, Vocabularies
from onrecord.read import FileData, Unreadable

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
    source = read.source(FileData("releases/2012-02-08-x.md", data))
    if isinstance(source, Problem):
        return source, [source]
    return source, list(check.release(source, RULES).problems)


@given(mess)
@example("---\n&a *a\n---\n")
@example("---\n? \n---\n")
@example("---\n\ufeff---\n---\n")
def test_any_file_gives_a_source_or_a_sentence(text: str) -> None:
    source, problems = judged(text.encode("utf-8", "surrogatepass"))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for problem in problems:
        assert 1 <= problem.line <= lines + 1
        assert problem.column >= 1
        assert problem.message.endswith((".", "?", ")", "}"))
    if isinstance(source, Source):
        assert len(source.sha256) == 64


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
        assert told.problem.code == "duplicate-key"  # noqa: PT017
    else:
        assert isinstance(table, Table)
        assert len(set(names)) == len(names)


# ---- simple lines, read without YAML ---------------------------------------------------------------------------------------------

NAMES = st.sampled_from(["title", "date", "a", "b_2", "null", "no", "y", "topics", "é", "A", "a b", '"q"', "~", "<<"])
VALUES = st.one_of(
    st.sampled_from([
        "", "x", "2012-02-08", "null", "~", "NULL", "yes", '""', '"a: b # c"', '"a\\"', "'it''s'", "a: b", "a #b", "a#b", "a:b",
        "a :b", "a:", "# c", "x # c", "- a", "-a", "? a", "?a", ": a", "[]", "[ ]", "[a]", "[a, b]", '[a, "b, c"]', "[a,b]", "[a,]",
        "[a b, null]", "[a: b]", "[a:b]", "[a #b]", "[[a]]", "[a", "[a] b", "{}", "{a: b}", "a, b", "a]", "a}", "a\"b", "a'b", "|", ">",
        "&a b", "*a", "!a b", "%a", "@a", "`a", "=", "<", "<<", "...", ". a", "...a", "---", "--- a", "https://example.org/a?b#c",
        "© A", "“a”: b", "a ", "a\t", "\ta", "a\tb", "a\u00a0", "\u00a0a", "a\u2028b", "a\ufeffb", "\ufeffa", "عربي", "\u202ea", "é", "1 ",
        "[é, عربي]", "[a\u00a0, b]", "[-a]", "[a-, -b]", "[.a]", "[a, , b]", '["a" , b]', '[ "a"]', '["a"b]', "[a'b]", "[?a]", "a\x7fb",
        "\U0001f600", "a\x85b", "a\ud800",
    ]),
    st.text(st.characters(exclude_characters="\n\r"), max_size=8),
    st.text("ab :#\"'[],-&*é|", max_size=8),
)  # fmt: skip
# A name that no other has, or one that may not be simple; a value that is simple, or any.
NEW = st.integers(0, 99).map("k{}".format)
NAME = st.one_of(NEW, NEW, NEW, NEW, NEW, NAMES)
PLAIN = st.sampled_from(["x", "a b", '"q: #"', "null", "[a, b]", "a:b", "é", ""])
VALUE = st.one_of(PLAIN, PLAIN, PLAIN, VALUES)
INDENT = st.sampled_from(["  "] * 9 + ["", " ", "   ", "    "])
entry = st.tuples(NAME, st.sampled_from([": "] * 9 + [":", ":  ", " : "]), VALUE).map("".join)
nested = st.tuples(INDENT, st.sampled_from(["- "] * 9 + ["-", "", "- - "]), st.one_of(VALUE, entry)).map("".join)
more = st.tuples(INDENT, INDENT, entry).map("".join)
block = st.one_of(
    entry,
    st.tuples(NAME, st.lists(nested | more, min_size=1, max_size=3)).map(lambda t: f"{t[0]}:\n" + "\n".join(t[1])),
    st.tuples(NAME, st.lists(st.tuples(INDENT, entry).map("".join), min_size=1, max_size=3)).map(
        lambda t: f"{t[0]}:\n" + "\n".join(t[1])
    ),
    st.sampled_from(["", " ", "# c", "  # c", "  a", "---", "...", "  - - a", "title:", "topics:"]),
)
simple = st.lists(block, min_size=1, max_size=3).map("\n".join)


@settings(max_examples=4 * settings().max_examples)
@given(simple)
@example("a:\n  - k: v\n    k: w")
@example("a:\n  - k:\n    - v")
@example("a: b\n  - c")
@example("a: b\n  c")
@example('a: "b"\n  c: d')
@example("a:\n  - b\n    c: d")
@example("a:\n  b:\n    c: d")
@example("a:\n- b")
@example("a: b\na: c")
@example("a:\n  b: c\n d: e")
@example("a:\n  b: c\n  - d")
@example("a: " + "x" * 1100 + "\nb: c")
def test_simple_lines_are_read_as_yaml_reads_them(front: str) -> None:
    """To the same nodes at the same places, or not at all."""
    front = f"\n{front}\n"
    if read._DOUBTFUL.search(front):
        return
    table = read._simple(front)
    if table is not None:
        assert table == read._composed(front)


@given(
    st.dictionaries(
        st.sampled_from(["a", "b", "c", "d"]), st.lists(st.sampled_from(["x", "y z", "é"]), max_size=3), min_size=1
    )
)
def test_the_ways_to_write_a_release_are_simple(fields: dict[str, list[str]]) -> None:
    """A file as it is written by hand, by `new` and by the importer needs no YAML."""
    for form in ("{}: [{}]", "{}:\n  - {}", "{}: {}", "{}:\n  k: {}"):
        lines = []
        for key, values in fields.items():
            words = values if "[" in form else values[:1] or ["x"]
            lines.append(form.format(key, ", ".join(words)))
        front = "\n" + "\n".join(lines) + "\n"
        assert read._simple(front) == read._composed(front)


@given(mess, st.sampled_from(["\n", "", " \n", "\n\n", "\t\n \n", "-\n", "\nx\n---\n"]))
def test_a_file_is_divided_as_python_frontmatter_divides_it(text: str, behind: str) -> None:
    text = f"---\n{text}\n---{behind}{text}"
    try:
        front, body = read._strict_handler().split(text)
    except ValueError:
        return
    try:
        table = read._composed(front)
    except Unreadable:
        return
    lines = body.split("\n")
    start = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    expected = ("\n".join(lines[start:]).rstrip(), text.count("\n", 0, len(text) - len(body)) + 1 + start)
    assert read.split(text) == (table, *expected)

"""Front matter comes from strangers and from people who have never heard of YAML: what is written is what is read, or it is refused."""

from __future__ import annotations

import pytest

from onrecord import read
from onrecord.model import Items, Scalar, Table
from onrecord.read import FileData, Unreadable
from tests import stint


def value(written: str) -> str:
    """What the file says under `title` when this stands there."""
    table, _, _ = read.split(f"---\ntitle: {written}\n---\nText.\n")
    node = table.get("title")
    assert isinstance(node, Scalar)
    return node.text


# What YAML takes for times, octal numbers, yes and no, dates, infinity.
TAKEN = """
12:30:00 12:30 010 0o10 0x1F no No NO yes on off true False 20120208 2012-02-08 2012-02-30 1_000 1e3 .inf -.NaN 1. = NULL. y n
2012-02-08T10:00:00+02:00
"""


@pytest.mark.parametrize("written", [*TAKEN.split(), "9" * 5000, "2012-02-08 10:00:00 +02:00"])
def test_a_value_is_the_text_that_was_typed(written: str) -> None:
    assert value(written) == written


@pytest.mark.parametrize("written", ["", "~", "null", "NULL"])
def test_nothing_is_an_empty_text(written: str) -> None:
    assert value(written) == ""


def test_quoted_words_stay_words() -> None:
    assert value('"null"') == "null"
    assert value("'~'") == "~"
    assert value('"Homs #1 city"') == "Homs #1 city"
    assert value("'it''s'") == "it's"


def test_a_comment_that_cuts_a_value_off_is_known() -> None:
    table, _, _ = read.split("---\ntitle: Homs #1 city\nsubtitle: C# and # more\n---\nx\n")
    assert [(node.text, node.comment) for _, node in table.entries if isinstance(node, Scalar)] == [
        ("Homs", True),
        ("C# and", True),
    ]
    assert value("Homs#1") == "Homs#1"


def test_lines_and_columns_are_those_of_the_file() -> None:
    table, body, line = read.split("---\n\ntitle: x\ntopics:\n  - one\n  - two\nsource:\n  url: u\n---\n\n\nText.\n")
    assert [(key.text, key.line, key.column) for key, _ in table.entries] == [
        ("title", 3, 1),
        ("topics", 4, 1),
        ("source", 7, 1),
    ]
    topics, source = table.get("topics"), table.get("source")
    assert isinstance(topics, Items)
    assert isinstance(source, Table)
    assert [(node.line, node.column) for node in topics.nodes] == [(5, 5), (6, 5)]
    assert (source.entries[0][1].line, source.entries[0][1].column) == (8, 8)
    assert (body, line) == ("Text.", 12)


def test_a_body_is_kept_as_it_was_written() -> None:
    _, body, line = read.split("---\ntitle: x\n---\n    indented code\n\n---\n\nmore ---\n\n---\n")
    assert body == "    indented code\n\n---\n\nmore ---\n\n---"
    assert line == 4


def test_a_body_that_begins_with_a_rule_is_not_front_matter() -> None:
    _, body, _ = read.split("---\ntitle: x\n---\n---\nsecond: y\n---\nText.")
    assert body == "---\nsecond: y\n---\nText."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Text.",
        "\n---\ntitle: x\n---\n",
        "+++\ntitle = 'x'\n+++\n",
        "----\ntitle: x\n----\n",
        " ---\ntitle: x\n---\n",
    ],
)
def test_text_without_front_matter_is_never_taken_for_some(text: str) -> None:
    with pytest.raises(Unreadable, match=r"front matter|TOML") as raised:
        read.split(text)
    assert raised.value.problem.code == "no-front-matter"


BOMBS = {
    "aliases": "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)),
    "merges": "m0: &m0 {k: v}\n"
    + "".join(f"m{n}: &m{n}\n  <<: [{', '.join([f'*m{n - 1}'] * 10)}]\n" for n in range(1, 9)),
    "sequences": "a: " + "[" * 20_000,
    "mappings": "a: " + "{a: " * 10_000,
    "indents": "".join(" " * n + "a:\n" for n in range(300)),
    "dashes": "a:\n  " + "- " * 20_000,
    "questions": "? " * 20_000,
    "tags": "a: !!python/object/apply:os.system ['echo']\n",
    "keys": "".join(f"k{n}: v\n" for n in range(7000)),
    "quotes": 'a: "' + "\\" * 30_000,
    "long": "a: " + "x" * 60_000,
    "percent": "%YAML 9.9\n%TAG ! tag:x:\n",
    "colons": "a" + ": b" * 10_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_defused_at_once(name: str) -> None:
    with stint.within(3):
        problem = read.source(FileData("releases/x.md", f"---\n{BOMBS[name]}\n---\nText.\n".encode()))
    if name in ("keys", "long"):
        return  # large, not hostile: read, and refused later for what it says
    assert not hasattr(problem, "fields"), name


@pytest.mark.parametrize(
    "data", [b"\xff\xfe-\0-\0", b"---\ntitle: \xe9\n---\n", b"---\ntitle: a\0b\n---\n", b"---\n---\n\x1b[2J"]
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    problem = read.source(FileData("releases/x.md", data))
    assert not hasattr(problem, "fields")

"""No exception but ours from any file of the content: whatever bytes stand in it, it is read, or is problems of that file.

Documents that are imported: `tests/properties/test_import_check.py`. What a build keeps for itself: `test_damaged_state.py`. What is sent
in: `tests/commands/test_receive.py`.
"""

# ruff: noqa: E501 - values are written out as they are

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import strategies as st

from onrecord import check, markup, read, schema, withheld_words
from onrecord.model import Problem, Vocabularies
from tests.fuzzing import examine

pytestmark = pytest.mark.fuzz
KEYS = [*schema.BY_KEY, "speaker", "text", "summary", "url", "file", "field", "question", "unknown"]
PIECES = [
    *"[]{}()*_~`<>&\\|:#-+=!\"'.,;@$%/^\t \n",
    "\n\n",
    "\r\n",
    "\r",
    "\x00",
    "\x85",
    "\u2028",
    "\ufeff",
    "\ud800",
    "\u202e",
    "a",
    "é",
    "e\u0301",
    "سلام",
    "1",
    "---\n",
    "\n---\n",
    "- ",
    "  ",
    "    ",
    "> ",
    "| a | b |\n|---|---|\n",
    "[^1]",
    "[^1]: ",
    "[a](b.md)",
    "http://a.b/",
    "www.a",
    "a@b.c",
    "[[redacted: a name]]",
    "[[redacted",
    "<b>",
    "<!--",
    "&amp;",
    "&#0;",
    "```\n",
    "(…)",
    "[...]",
    "2012-02-08",
    "2012-02-30",
    "19XX",
    "{a: b}",
    "[a, b]",
    "!!x ",
    "&a ",
    "*a ",
    "<<: ",
    "? ",
    "|\n",
    ">\n",
    "9" * 50,
    "published",
    "withdrawn",
    "full",
    "en",
    *[f"\n{key}: " for key in KEYS],
]
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join)
RULES = check.rules(Vocabularies(), dt.date(2026, 1, 1))
FRONT = "---\ntitle: X\ndate: 2012-02-08\npublisher: Y\nlanguage: en\nextent: full"


def judge(data: bytes) -> None:
    source = read.source(read.FileData("releases/2012-02-08-x.md", data))
    if isinstance(source, Problem):
        assert source.path
        return
    verdict = check.release(source, RULES)
    assert verdict.listed or any(problem.level == "error" for problem in verdict.problems)
    assert all(problem.line >= 1 and problem.column >= 1 for problem in verdict.problems)


def test_any_front_matter_is_read_or_refused() -> None:
    def judge_front(front: str, body: str) -> None:
        judge(f"{FRONT}{front}\n---\n{body}".encode("utf-8", "surrogatepass"))

    examine("front matter", judge_front, texts, texts, examples=200)


def judge_value(key: str, value: str, more: str) -> None:
    front = FRONT.replace(f"\n{key}:", "\nunknown:")
    judge(f"{front}\n{key}: {value}\n{more}---\nText.\n".encode("utf-8", "surrogatepass"))


def test_any_value_of_a_field_is_read_or_refused() -> None:
    words = st.lists(st.sampled_from(PIECES[: -len(KEYS)]) | st.text(max_size=6), max_size=6).map("".join)
    parts = st.sampled_from(["", "  url: http://a\n", "  - a\n", "  - speaker: a\n    text: b\n", "  speaker: a\n"])
    examine("values of fields", judge_value, st.sampled_from(KEYS), words, parts, examples=200)


def test_any_bytes_are_read_or_refused() -> None:
    def judge_bytes(data: bytes) -> None:
        judge(data)
        judge(FRONT.encode() + data)

    examine("bytes", judge_bytes, st.binary(max_size=200), examples=200)


def judge_body(body: str) -> None:
    clean, faults = markup.convert(body.encode("utf-8", "replace").decode())
    assert clean.html or faults or not body.strip() or not clean.paragraphs


def test_any_body_is_converted_or_refused() -> None:
    examine("bodies", judge_body, texts, examples=200)


def test_any_row_of_signs_in_a_body_is_converted_or_refused() -> None:
    """What stands within a line, where the blocks of `test_any_body_is_converted_or_refused` leave little room."""
    signs = st.sampled_from(
        [*"[]()*_~`<>&\\!|a :", "**", "](", "![", "](b)", "`` ", "<a", "&#x", "http://a", "www.a.b", "[^1]"]
    )
    rows = st.lists(st.tuples(signs, st.integers(1, 40)), max_size=30).map(
        lambda parts: "".join(sign * count for sign, count in parts)
    )
    examine("bodies: inlines", judge_body, rows, examples=100)


def test_any_page_of_the_archive_s_own_is_read_or_refused() -> None:
    def judge_page(front: str, body: str) -> None:
        text = f"---\ntitle: About\n{front}\n---\n{body}".encode("utf-8", "surrogatepass")
        source = read.source(read.FileData("pages/about.md", text))
        if not isinstance(source, Problem):
            page, problems = check.article(source)
            assert page or any(problem.level == "error" for problem in problems)

    examine("pages of the archive", judge_page, texts, texts, examples=100)


TOML = st.lists(
    st.sampled_from(
        ["[[topic]]\n", "[[place]]\n", "[[name]]\n", "[topic.a]\n", "label", "slug", "aliases", "coordinates", "title", "languages", "base_url", " = ", '"a"', "'b'", '["a", "b"]', "[1.5, -200]", "\n", '"""', "[", "]", "{", "}", ",", "1", "-0", "inf", "true", "e9", "9" * 400, "2012-02-08", "\\u0000", "\\ud800", "#", "\ud800", "\ufeff", "\x00", "[" * 300, "a." * 300]
    )
    | st.text(max_size=3),
    max_size=40,
).map("".join)  # fmt: skip


def test_any_vocabulary_is_read_or_refused(tmp_path: Path) -> None:
    def judge_vocabularies(*texts: str) -> None:
        for name, text in zip(("topics", "places", "names"), texts, strict=True):
            (tmp_path / f"{name}.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
        read.vocabularies(tmp_path)

    examine("vocabularies", judge_vocabularies, TOML, TOML, TOML, examples=200)


def test_any_archive_toml_is_read_or_refused(tmp_path: Path) -> None:
    def judge_settings(text: str) -> None:
        (tmp_path / "archive.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
        read.settings(tmp_path)

    examine("archive.toml", judge_settings, TOML, examples=200)


def test_any_list_of_withheld_words_is_read_or_refused() -> None:
    def judge_words(text: str, looked_through: str) -> None:
        with contextlib.suppress(withheld_words.NoWords):
            entries = withheld_words.parsed(text)
            withheld_words.found_in_text(looked_through, entries)
            list(withheld_words.places(looked_through, entries))

    examine("withheld words", judge_words, texts, texts, examples=100)

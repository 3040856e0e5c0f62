"""No exception but ours from any file of the content: whatever bytes stand in it, it is read, or is problems of that file.

ONRECORD_FUZZ_SECONDS gives each kind of file so long (`make audit-fuzz`: ten minutes); without it, each gets some hundred files.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord import check, markup, read, schema
from onrecord.model import Problem, Vocabularies

SECONDS = float(os.environ.get("ONRECORD_FUZZ_SECONDS", "0"))
quick = settings(
    max_examples=10_000_000 if SECONDS else 200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
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
ENDS: dict[str, float] = {}


def within(name: str) -> None:
    """Ends a test, as one that was cut short, when its time is over."""
    if SECONDS and time.monotonic() > ENDS.setdefault(name, time.monotonic() + SECONDS):
        pytest.skip("The time is over, and nothing was found.")


def judge(data: bytes) -> None:
    source = read.source(read.FileData("releases/2012-02-08-x.md", data))
    if isinstance(source, Problem):
        assert source.path
        return
    verdict = check.release(source, RULES)
    assert verdict.listed or any(problem.level == "error" for problem in verdict.problems)
    assert all(problem.line >= 1 and problem.column >= 1 for problem in verdict.problems)


@quick
@given(texts, texts)
def test_any_release_is_read_or_refused(front: str, body: str) -> None:
    within("release")
    judge(f"{FRONT}{front}\n---\n{body}".encode("utf-8", "surrogatepass"))


@quick
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    within("bytes")
    judge(data)
    judge(FRONT.encode() + data)


@quick
@given(texts)
def test_any_body_is_converted_or_refused(body: str) -> None:
    within("body")
    clean, faults = markup.convert(body.encode("utf-8", "replace").decode())
    assert clean.html or faults or not body.strip() or not clean.paragraphs


@quick
@given(
    st.lists(
        st.sampled_from(
            [
                "[[topic]]\n",
                "[topic.a]\n",
                "label",
                "slug",
                " = ",
                '"a"',
                "'b'",
                "\n",
                '"""',
                "[",
                "]",
                "{",
                "}",
                ",",
                "1",
                "e9",
                "\\u0000",
                "#",
                "\ud800",
            ]
        )
        | st.text(max_size=3),
        max_size=40,
    ).map("".join)
)
def test_any_toml_is_read_or_refused(tmp_path: Path, text: str) -> None:
    within("toml")
    for name in ("archive.toml", "topics.toml"):
        (tmp_path / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    read.settings(tmp_path)
    read.vocabularies(tmp_path)

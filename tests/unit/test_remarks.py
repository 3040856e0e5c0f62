"""What is left out of scripts and style sheets when they are sent: remarks and blanks, and nothing that a browser reads.

The judge of scripts is acorn, the parser that is inside of Node, which Playwright brings; that of style sheets is Chromium
(tests/browser/test_sent_assets.py).
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from onrecord import remarks
from onrecord.search.engine import engine_script

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted([*(ROOT / "templates/assets").glob("*.js"), *(ROOT / "onrecord/search/engine").glob("*.js")])
JUDGE = """
const acorn = require("internal/deps/acorn/acorn/dist/acorn");
const read = (text) => JSON.stringify(acorn.parse(text, { ecmaVersion: "latest" }),
  (key, value) => (key === "start" || key === "end" ? undefined : typeof value === "bigint" ? String(value) : value));
const pairs = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(pairs.map(([one, other]) => {
  try { return read(one) === read(other); } catch (error) { return String(error); }
})));
"""


def same(pairs: list[tuple[str, str]]) -> list[bool | str]:
    """Of each pair of scripts whether they are the same program, or why one of them is none."""
    node = compute_driver_executable()[0]
    ran = subprocess.run(
        [node, "--expose-internals", "-e", JUDGE], input=json.dumps(pairs), capture_output=True, text=True, check=True
    )
    found: list[bool | str] = json.loads(ran.stdout)
    return found


AWKWARD = (
    'const address = "https://example.org/*"; // a remark',
    "const address = 'it\\'s // none'; /* a remark */ let next = 1;",
    "const text = `a // b ${`c /* d ${`e`} */ // f`}  \n   g`; // a remark",
    "const text = `${ {a: {b: 1}}.a.b }  // none\n  ` + `\\`  // none`;",
    'const found = /[/*]\\/ \\/\\/ *"/.test(text); // a remark',
    "const half = total / 2; const other = (a + b) / 2; // half / 2",
    "if (a) /b  \\/\\/ c/.exec(d); // a remark",
    "const half = list[0] / 2 / 3; /* one\n two */ next();",
    "const read = () => /a  b/g; const list = [/'/, /`/, !/\"/.test(a)];",
    "function one() { return /* nothing\n */ 1; }",
    "function one() { return // nothing\n 1; }",
    "let a = b\n/* a remark */\n(c)",
    "let a = 1 /**/+/**/+b; let c = d+/**/ ++e;",
    "while (a) /b  c/.test(d); f.if(a) / 2; g.return / 2 // remark",
    "a = b / `c`.length / 2; // remark",
    "label: for (const a of [/ b /]) continue label; // remark",
)
LEFT_ALONE = (
    "function one() {}\n/ a  /.test(b); // a remark",
    "a++ / b  / c; // a remark",
    "const one = await /  a /.test(b); // a remark",
    "const cut = 'not closed\n // a remark",
    "const cut = `not closed // a remark",
    "const cut = ((1); // a remark",
    "<!-- a remark of old\nlet a = 1; // a remark",
)


def test_every_script_that_is_shipped_is_the_same_program_without_its_remarks() -> None:
    texts = [path.read_text("utf-8") for path in SCRIPTS]
    found = [remarks.script(text) for text in texts]
    assert [path.name for path, one, other in zip(SCRIPTS, texts, found, strict=True) if one == other] == []
    assert same(list(zip(texts, found, strict=True))) == [True] * len(SCRIPTS)
    assert [path.name for path, one in zip(SCRIPTS, found, strict=True) if "\n\n" in one or "\n " in one] == []


def test_awkward_scripts_stay_the_same_program() -> None:
    found = [remarks.script(text) for text in AWKWARD]
    assert same(list(zip(AWKWARD, found, strict=True))) == [True] * len(AWKWARD)
    assert [one for one in found if "a remark" in one] == []


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_a_script_that_cannot_be_divided_with_certainty_is_sent_as_it_is(text: str) -> None:
    assert remarks.script(text) == text


def test_the_judge_sees_a_difference() -> None:
    assert same([("a = `b  c`", "a = `b c`"), ("let a = b\n(c)", "let a = b; (c)"), ("a", "a // b")]) == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    "notice",
    [
        "/*! Kept */",
        "/* Copyright (c) 2025, Somebody */",
        "// Licence: MIT",
        "/* @license BSD-3-Clause */",
        "// © 2025",
    ],
)
def test_notices_stay(notice: str) -> None:
    script = remarks.script(f"// a remark\n{notice}\nlet a = 1;\n")
    assert notice in script
    assert "a remark" not in script


def test_the_engine_keeps_the_licence_of_its_stemmers() -> None:
    notices = re.findall(r"/\*.*?\*/", engine_script(["en", "fr"]), re.S)
    assert len(notices) == 1
    assert "Redistributions of source code must retain the above copyright notice" in " ".join(notices[0].split())


def test_a_style_sheet_keeps_all_but_remarks_and_indents() -> None:
    text = '/* one */\n\na {\n  color: red; /* two */ margin: 0;\n\n  content: "/* no remark */ \\\n  b";\n}\n\n'
    kept = 'a{\ncolor:red;margin:0;\ncontent:"/* no remark */ \\\n  b";\n}\n'
    assert remarks.sent("a.css", text.encode()) == kept.encode()


@pytest.mark.parametrize(
    "text", ["a/* between two names */b { color: red }", 'a { content: "not closed\n } /* b */', "a {} /* cut"]
)
def test_a_style_sheet_that_a_remark_holds_together_is_sent_as_it_is(text: str) -> None:
    assert remarks.sent("a.css", text.encode()) == text.encode()


def test_addresses_in_style_sheets_are_no_remarks() -> None:
    text = "a{\nbackground:url(data:image/svg+xml,/*b*/);\n}\n"
    assert remarks.sent("a.css", text.encode()) == text.encode()


def test_other_files_are_sent_as_they_are() -> None:
    data = b"<svg><!-- /* a */ -->\n\n  </svg>\n"
    assert remarks.sent("icon.svg", data) == data
    assert remarks.sent("fonts/a.woff2", b"\xff// \n\n") == b"\xff// \n\n"
    assert remarks.sent("a.js", b"\xff // not UTF-8\n\n") == b"\xff // not UTF-8\n\n"

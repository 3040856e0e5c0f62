"""SECURITY.md promises nothing that no test holds."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def promises() -> list[tuple[str, list[str]]]:
    """Each promise of the table, and the tests that it names."""
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    rows = re.findall(r"^\| (.+?) \| (`tests/.+?) \|$", text, re.MULTILINE)
    return [(promise, re.findall(r"`([^`]+)`", tests)) for promise, tests in rows]


def test_every_promise_names_tests_that_there_are() -> None:
    assert len(promises()) > 15
    table = (ROOT / "SECURITY.md").read_text("utf-8").partition("| --- | --- |\n")[2].partition("\n\n")[0]
    assert len(promises()) == len(table.splitlines())
    for promise, tests in promises():
        assert tests, promise
        for test in tests:
            file, _, name = test.partition("::")
            functions = {
                node.name
                for node in ast.walk(ast.parse((ROOT / file).read_text("utf-8")))
                if isinstance(node, ast.FunctionDef)
            }
            assert name in functions, f"{promise}: {test}"

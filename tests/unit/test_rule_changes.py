"""Rules that became stricter: whoever upgrades is told, beside the problem, what is asked for now."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import rule_changes
from onrecord.check import verdict
from onrecord.model import Problem
from tests.conftest import Run

TAKEN_IN_0_1 = frozenset("index search 404 timeline map contribute colophon feed sitemap manifest".split())
PAGE = "---\ntitle: Ways to write to us\n---\nBy letter.\n"


def about(path: str) -> list[rule_changes.RuleChange]:
    return rule_changes.behind([Problem(1, 1, "bad-file-name", "", path=path)])


@pytest.mark.parametrize("name", sorted(verdict.TAKEN - TAKEN_IN_0_1))
def test_each_name_that_the_site_has_taken_since_is_told_with_its_page(name: str) -> None:
    for path in (f"pages/{name}.md", f"pages/{name}.ar.md"):
        (change,) = about(path)
        assert name in change.what


@pytest.mark.parametrize("name", sorted(TAKEN_IN_0_1))
def test_what_was_never_allowed_is_no_news(name: str) -> None:
    assert name in verdict.TAKEN
    assert about(f"pages/{name}.md") == []
    assert about("pages/How We Work.md") == []


def test_a_warning_is_no_reason_to_tell_of_a_rule() -> None:
    assert not rule_changes.behind([Problem(1, 1, "bad-file-name", "", "warning", path="pages/suggest.md")])


@pytest.mark.parametrize("command", ["check", "build"])
def test_an_archive_with_such_a_page_is_told_to_rename_it(run: Run, tmp_path: Path, command: str) -> None:
    content = tmp_path / "content"
    (content / "pages").mkdir(parents=True)
    (content / "releases").mkdir()
    (content / "archive.toml").write_text('title = "Harbour"\nlanguage = "en"\n', "utf-8")
    (content / "pages" / "suggest.md").write_text(PAGE, "utf-8")
    folders = ["--content", content, "--cache", tmp_path / "cache"]
    ran = run(command, *folders, *(["--out", tmp_path / "site"] if command == "build" else []))
    assert ran.code == 1
    assert "pages/suggest.md:1:1: bad-file-name" in ran.out
    assert "a page or a file of its own that is called suggest" in ran.out
    assert ran.err.count("New in 0.2.0: bad-file-name. ") == 1
    (content / "pages" / "suggest.md").rename(content / "pages" / "write-to-us.md")
    assert "New in" not in run("check", *folders).err

"""Small whole sites. `sites/bad/<one mistake>/` holds what a contributor wrote and everything `check` then says; `sites/good/<name>/`
holds content and the whole site that comes of it. An `arguments.txt` holds what `check` is given besides.

ONRECORD_ACCEPT=1 writes the expected files anew; read the difference before committing it.
"""

from __future__ import annotations

import ast
import difflib
import hashlib
import itertools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord import remarks
from tests.conftest import ROOT, Ran, Run
from tests.sites import builders

BAD = Path(__file__).parent / "sites" / "bad"
GOOD = Path(__file__).parent / "sites" / "good"
CORPUS = "cd726920b4fd4eea708c1f2472ffa3cfff63230a13da76e2a95db202deca7d9e"


def transcript(ran: Ran) -> str:
    """What a person sees: the problems, then the closing line, then the exit code."""
    return f"{ran.out}{ran.err}exit code {ran.code}\n"


def compare(actual: str, expected: Path, accept: bool) -> None:
    if accept:
        expected.write_text(actual, encoding="utf-8", newline="\n")
    assert expected.is_file(), f"{expected} is missing; write it with ONRECORD_ACCEPT=1"
    assert actual == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(p.name for p in BAD.iterdir() if (p / "content").is_dir()))
def test_every_mistake_is_told(name: str, run: Run, accept: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BAD / name)
    narrowed = BAD / name / "arguments.txt"
    arguments = narrowed.read_text(encoding="utf-8").split() if narrowed.is_file() else []
    compare(transcript(run("check", "--content", "content", *arguments)), BAD / name / "expected.txt", accept)


@pytest.mark.parametrize("build", builders.BAD, ids=lambda build: build.__name__)
def test_mistakes_that_a_repository_cannot_hold_are_told(
    build: Callable[[Path], None], run: Run, accept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builders.begin(tmp_path)
    build(tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    compare(transcript(run("check", "--content", "content")), BAD / f"{build.__name__.replace('_', '-')}.txt", accept)


@pytest.mark.parametrize("build", builders.GOOD, ids=lambda build: build.__name__)
def test_odd_but_allowed_files_are_read(build: Callable[[Path], None], run: Run, tmp_path: Path) -> None:
    builders.begin(tmp_path)
    build(tmp_path / "content")
    ran = run("check", "--content", tmp_path / "content")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "No problems in 1 release.\n"


# ---- good sites ------------------------------------------------------------------------------------------------------------------


def pages_of(site: Path) -> dict[str, bytes]:
    """Everything a build writes but the assets, which are copies, and the manifest, which is held against the files."""
    return {
        path: (site / path).read_bytes()
        for path in sorted(file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file())
        if not path.startswith("assets/") and path != "manifest.json"
    }


def difference(actual: bytes, expected: bytes, path: str) -> str:
    """The lines of one file that differ, a few of them."""
    before, after = (data.decode("utf-8", "replace").splitlines() for data in (expected, actual))
    return "\n".join(
        itertools.islice(difflib.unified_diff(before, after, f"expected/{path}", path, lineterm="", n=0), 12)
    )


@pytest.mark.parametrize("name", sorted(path.name for path in GOOD.iterdir() if (path / "content").is_dir()))
def test_every_byte_of_a_site_is_as_expected(
    name: str, run: Run, accept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(GOOD / name)
    site, expected = tmp_path / "site", GOOD / name / "expected"
    assert run("--content", "content", "--out", site, "--no-search").code == 0
    actual = pages_of(site)
    if accept:
        shutil.rmtree(expected, ignore_errors=True)
        for path, data in actual.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_bytes(data)
    expected_pages = pages_of(expected)
    assert sorted(actual) == sorted(expected_pages)
    changed = [path for path in actual if actual[path] != expected_pages[path]]
    report = "\n".join(difference(actual[path], expected_pages[path], path) for path in changed[:4])
    assert not changed, (
        f"{len(changed)} of {len(actual)} files differ (ONRECORD_ACCEPT=1 takes them as they are):\n{report}"
    )


def test_a_site_carries_every_asset_and_all_but_scripts_and_style_sheets_as_it_is(run: Run, tmp_path: Path) -> None:
    run("--content", GOOD / "empty" / "content", "--out", tmp_path / "site", "--no-search")
    source = ROOT / "templates" / "assets"
    given = {path.relative_to(source): path.read_bytes() for path in source.rglob("*") if path.is_file()}
    sent = {path: (tmp_path / "site" / "assets" / path).read_bytes() for path in given}
    without_remarks = {path for path in given if path.suffix in (".css", ".js")}
    assert {path: sent[path] for path in given.keys() - without_remarks} == {
        path: given[path] for path in given.keys() - without_remarks
    }
    for path in without_remarks:
        assert sent[path] == remarks.sent(path.name, given[path])
        assert b"/* " not in sent[path], path


def test_the_same_content_gives_the_same_bytes_anywhere(run: Run, tmp_path: Path) -> None:
    """From another folder, with other modification times and in another order of the disk, over an older site."""
    first, second = tmp_path / "one", tmp_path / "ein Ordner mit أسماء & 100% #1"
    run("--content", GOOD / "mixed" / "content", "--out", first, "--no-search")
    copied = second / "content"
    files = sorted((GOOD / "mixed" / "content").rglob("*"), reverse=True)
    for path in files:
        target = copied / path.relative_to(GOOD / "mixed" / "content")
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file():
            target.write_bytes(path.read_bytes())
            os.utime(target, (0, 0))
    run("--content", GOOD / "smallest" / "content", "--out", second / "site", "--no-search")
    assert run("--content", copied, "--out", second / "site", "--no-search").code == 0
    assert pages_of(second / "site") == pages_of(first)
    assert (second / "site" / "manifest.json").read_bytes() == (first / "manifest.json").read_bytes()


def test_no_page_names_the_machine_it_was_built_on(run: Run, tmp_path: Path) -> None:
    run("--content", GOOD / "mixed" / "content", "--out", tmp_path / "site", "--no-search")
    for path, data in pages_of(tmp_path / "site").items():
        assert str(tmp_path).encode() not in data, path
        assert str(ROOT).encode() not in data, path


def test_an_invented_archive_of_any_size_has_no_problem_and_is_the_same_everywhere(run: Run, tmp_path: Path) -> None:
    """`make demo` and the timings stand on it; the digest holds it to the same bytes on every machine and in every Python."""
    program = [sys.executable, str(ROOT / "benchmarks" / "corpus.py")]
    subprocess.run([*program, tmp_path / "a", "--n", "250"], check=True)
    ran = run("check", "--content", tmp_path / "a")
    assert (ran.code, ran.out, ran.err) == (0, "", "No problems in 250 releases.\n")
    digest = hashlib.sha256()
    for path in sorted((tmp_path / "a").rglob("*.*")):
        digest.update(path.relative_to(tmp_path / "a").as_posix().encode() + path.read_bytes())
    subprocess.run([*program, "edit", tmp_path / "a"], check=True, capture_output=True)
    subprocess.run([*program, tmp_path / "b", "--n", "250"], check=True)
    before, after = (
        {p.relative_to(f): p.read_bytes() for p in f.rglob("*.*")} for f in (tmp_path / "b", tmp_path / "a")
    )
    assert before.keys() == after.keys()
    assert sum(before[path] != after[path] for path in before) == 1
    assert subprocess.run([*program, "--n", "1", tmp_path], check=False, capture_output=True).returncode == 2
    assert digest.hexdigest() == CORPUS


# ---- completeness ----------------------------------------------------------------------------------------------------------------


def codes_of(path: Path) -> set[str]:
    """The codes of all problems that a module can report, as regular expressions: a code may be put together."""
    codes = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in ("Problem", "problem") or len(node.args) < 2:
            continue
        # Behind line and column, or the two as one starred pair; in markup behind the place in the text.
        code = node.args[1 if isinstance(node.args[0], ast.Starred) or name == "problem" else 2]
        if isinstance(code, ast.Name) and code.id == "code":
            continue  # handed on from such a call
        pattern = code_pattern(code)
        assert pattern, f"{path}:{node.lineno}: no code is seen here"
        codes.add(pattern)
    return codes


def code_pattern(argument: ast.expr) -> str:
    """The regular expression of the codes that an argument can be; empty where it is none."""
    if isinstance(argument, ast.Constant):
        parts = [str(argument.value)]
    elif isinstance(argument, ast.JoinedStr):
        parts = [str(part.value) if isinstance(part, ast.Constant) else "[a-z]+" for part in argument.values]
    else:
        return ""
    words = "".join("x" if part == "[a-z]+" else part for part in parts)
    return "".join(parts) if re.fullmatch(r"[a-z]+(-[a-z0-9]*)*", words) else ""


# A folder of files has no file that nobody may read: root may read each.
WITHOUT_SITE = {"unreadable": "tests/trust/test_unreadable.py"}


def test_every_problem_that_can_be_told_has_its_site() -> None:
    by_room: dict[str, set[str]] = {}
    for path in (
        path for room in ("", "check/", "disclosure/", "markup/") for path in (ROOT / "onrecord").glob(f"{room}*.py")
    ):
        if codes := codes_of(path):
            by_room.setdefault(path.relative_to(ROOT / "onrecord").parts[0].removesuffix(".py"), set()).update(codes)
    assert by_room.keys() == {
        "attachments", "budget", "check", "disclosure", "markup", "read", "record_table", "redaction", "vocabulary",
    }  # fmt: skip
    can = set().union(*by_room.values())
    codes_with_site = set(
        re.findall(r":[0-9]+:[0-9]+: ([a-z0-9-]+) ", "".join(p.read_text(encoding="utf-8") for p in BAD.rglob("*.txt")))
    )
    assert len(can) > 45
    for code, test in WITHOUT_SITE.items():
        assert f" {code} " in (ROOT / test).read_text(encoding="utf-8")
    codes_with_site |= WITHOUT_SITE.keys()
    assert sorted(code for code in can if not any(re.fullmatch(code, other) for other in codes_with_site)) == []

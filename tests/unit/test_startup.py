"""Commands begin quickly: what they do not need is not imported. Modules are counted, not seconds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "tests" / "sites" / "good" / "smallest" / "content"
PROGRAM = """
import sys
sys.path.insert(0, {root!r})
import build
from onrecord.command import main
code = main(build.COMMANDS, sys.argv[1:], build.build)
print(*sorted(name for name in sys.modules if name.partition(".")[0] in {heavy!r} or name in {own!r}))
sys.exit(code)
"""
HEAVY = {
    "jinja2",
    "markdown",
    "nh3",
    "yaml",
    "frontmatter",
    "babel",
    "lxml",
    "pypdfium2",
    "markdown_it",
    "edtf",
    "rapidfuzz",
    "multiprocessing",
    "numpy",
    "py3langid",
}
OWN = {
    "onrecord.views", "onrecord.render", "onrecord.intake", "onrecord.search", "onrecord.make", "onrecord.disclosure",
}  # fmt: skip


def imported(*arguments: str) -> set[str]:
    """The slow modules that a command has imported when it is done."""
    program = PROGRAM.format(root=str(ROOT), heavy=HEAVY, own=OWN)
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_imports_next_to_nothing(option: str) -> None:
    assert imported(option) == set()


def test_checking_a_small_archive_imports_no_templates_and_no_importer(tmp_path: Path) -> None:
    assert imported("check", "--content", str(CONTENT), "--cache", str(tmp_path)) == set()


@pytest.mark.parametrize("option", ["--no-search"])
def test_a_build_with_nothing_to_do_imports_no_templates(tmp_path: Path, option: str) -> None:
    arguments = ["--content", str(CONTENT), "--out", str(tmp_path / "site"), "--cache", str(tmp_path / "cache"), option]
    imported(*arguments)
    assert imported(*arguments) == set()


def test_a_build_without_a_search_index_imports_nothing_that_makes_one(tmp_path: Path) -> None:
    program = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import build
from onrecord.command import main
assert main(build.COMMANDS, sys.argv[1:], build.build) == 0
makers = ("index", "shard_files", "indexed_page", "service", "bundle")
print([name for name in makers if f"onrecord.search.{{name}}" in sys.modules])
"""
    arguments = [
        "--content",
        str(CONTENT),
        "--out",
        str(tmp_path / "site"),
        "--cache",
        str(tmp_path / "cache"),
        "--no-search",
    ]
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(("wanted", "kept"), [("", False), ("1", True)])
def test_compiled_modules_are_kept_in_the_cache_folder_where_none_may_stand_beside_the_modules(
    tmp_path: Path, wanted: str, kept: bool
) -> None:
    program = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from onrecord.commands import environment
environment.keep_compiled(Path({str(tmp_path)!r}))
import onrecord.plural
print(sys.dont_write_bytecode)
"""
    surroundings = {
        "PATH": "",
        "PYTHONDONTWRITEBYTECODE": wanted,
        "PYTHONPYCACHEPREFIX": "" if kept else str(tmp_path / "own"),
    }
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=surroundings)
    assert done.stdout.strip() == "False"
    found = list(tmp_path.rglob("plural*.pyc"))
    assert len(found) == 1
    assert found[0].is_relative_to(tmp_path / "own") is not kept


def test_compiled_modules_that_cannot_be_kept_are_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    program = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from onrecord.commands import environment
environment.keep_compiled(Path({str(tmp_path / "file" / "below")!r}))
import onrecord.plural
print("imported")
"""
    done = subprocess.run(
        [sys.executable, "-B", "-c", program], capture_output=True, text=True, check=True, env={"PATH": ""}
    )
    assert done.stdout.strip() == "imported"

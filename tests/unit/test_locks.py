"""The locks list what the program imports, with hashes, and agree with one another."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = [
    "requirements",
    "requirements-import",
    "requirements-cluster",
    "requirements-dev",
    "benchmarks/intake/requirements",
]


def locked(name: str) -> set[tuple[str, str]]:
    """(package, version) of each line of a lock; a package may have one version for older Pythons and one for newer."""
    lock = (ROOT / f"{name}.txt").read_text("utf-8")
    return set(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE))


def required(name: str) -> set[str]:
    """The packages an .in file names itself."""
    lines = (ROOT / f"{name}.in").read_text("utf-8").splitlines()
    return {re.sub(r"[-_.]+", "-", line.strip()).lower() for line in lines if line.strip() and line[0] not in "#-"}


@pytest.mark.parametrize("name", LOCKS)
def test_everything_asked_for_is_locked_with_hashes(name: str) -> None:
    lock = (ROOT / f"{name}.txt").read_text("utf-8")
    assert required(name) - {package for package, _ in locked(name)} == set()
    blocks = re.split(r"^(?=[a-z0-9-]+==)", lock, flags=re.MULTILINE)[1:]
    assert [block.split(" ")[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_index(name: str) -> None:
    lock = (ROOT / f"{name}.txt").read_text("utf-8")
    assert not re.search(r"https?://|file:|--index|--extra|--find-links|--trusted", lock)


@pytest.mark.parametrize("name", LOCKS[:2])
def test_tests_run_with_what_archives_are_built_and_documents_read_with(name: str) -> None:
    assert locked(name) - locked("requirements-dev") == set()


def test_every_package_the_program_imports_is_asked_for() -> None:
    """Everything but the reading of foreign documents works with what requirements.in names."""
    distributions = {
        "PIL": "pillow",
        "frontmatter": "python-frontmatter",
        "markdown_it": "markdown-it-py",
        "oxmsg": "python-oxmsg",
        "yaml": "pyyaml",
    }
    building: set[str] = set()
    reading: set[str] = set()
    for path in [ROOT / "build.py", *ROOT.glob("onrecord/**/*.py")]:
        names = set()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names |= {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
            names |= {node.module or ""} if isinstance(node, ast.ImportFrom) else set()
        foreign = {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"onrecord"}
        (reading if "intake" in path.parts else building).update(
            distributions.get(name, name.lower().replace("_", "-")) for name in foreign
        )
    assert "jinja2" in building
    assert building - required("requirements") == set()
    assert "lxml" in reading
    assert reading - required("requirements") - required("requirements-import") == required("requirements-cluster")
    assert required("requirements-import") - reading == set()

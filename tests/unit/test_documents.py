"""What README, CONTRIBUTING and the others say can be typed can be typed, and what they link to is there."""

from __future__ import annotations

import argparse
import importlib
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import yaml

import build
from onrecord import __version__

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), ROOT / "templates" / "README.md", *ROOT.glob(".github/**/*.md")])


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def instructions() -> Iterator[tuple[str, str]]:
    files = [*DOCUMENTS, ROOT / "Makefile", ROOT / ".ci" / "run", ROOT / ".pre-commit-config.yaml"]
    files += ROOT.glob(".github/**/*.yml")
    for file in files:
        yield file.relative_to(ROOT).as_posix(), file.read_text("utf-8")


def test_every_make_command_that_is_named_can_be_made() -> None:
    named = {
        (file, name)
        for file, text in instructions()
        for name in re.findall(r"(?:^|`|run: |exec |  )make (?:[A-Z]+=\S+ )?([a-z-]+)", text, re.MULTILINE)
    }
    assert ("README.md", "site") in named
    assert {(file, name) for file, name in named if name not in targets()} == set()


def test_every_command_of_build_that_is_named_exists() -> None:
    named = {
        (file, name)
        for file, text in instructions()
        for name in re.findall(r"(?:python3?|py|\$\(PY\)) build\.py ([a-z]+)", text)
    }
    assert named
    assert {(file, name) for file, name in named if name not in build.COMMANDS} == set()


def test_every_option_of_build_that_is_named_exists() -> None:
    named: set[tuple[str, str]] = set()
    for _, text in instructions():
        for spoken in re.findall(r"`([^`\n]+)`|^(?:python3|py) (build\.py .*)$", text, re.MULTILINE):
            words = re.sub(r"^(?:python3?|py) ", "", "".join(spoken)).removeprefix("build.py").split()
            command = words[0] if words and words[0] in build.COMMANDS else "build"
            if "".join(spoken).startswith(("build.py", "python3 build.py")) or command != "build":
                named |= {(command, word.partition("=")[0]) for word in words if word.startswith("--")}
    known: set[tuple[str, str]] = set()
    for command, (module, _) in build.COMMANDS.items():
        parser = argparse.ArgumentParser()
        importlib.import_module(module).add_arguments(parser)
        known |= {(command, option) for option in re.findall(r"--[a-z-]+", parser.format_help())}
    assert ("import", "--explain") in named
    assert named - known == set()


def test_the_readme_lists_what_build_can_do() -> None:
    listed = set(re.findall(r"^\| `build\.py ([a-z]+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE))
    assert listed == set(build.COMMANDS) - {"build"}


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for document in DOCUMENTS:
        text = re.sub(r"`[^`\n]*`", "", document.read_text("utf-8"))
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            path, _, fragment = target.partition("#")
            if re.match(r"[a-z]+:", target) or (document.name == "CONTRIBUTING.md" and path.startswith("../")):
                continue
            whole = (document.parent / path) if path else document
            text_there = whole.read_text("utf-8") if whole.suffix == ".md" and whole.exists() else ""
            headings = re.findall(r"^#+ (.*)$", text_there, re.MULTILINE)
            slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
            if not whole.exists() or (fragment and fragment not in slugs):
                broken.append(f"{document.name}: {target}")
    assert broken == []


def test_contributing_asks_for_no_programming() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert not re.search(r"\bimport \w+$|\bdef |pip install|pytest", text, re.MULTILINE)


def test_the_version_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert "version" in project["dynamic"]
    assert str(citation["version"]) == __version__


def test_help_lists_every_job_a_person_may_want() -> None:
    printed = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    listed = set(re.findall(r"^  make ([a-z-]+) +\S", printed, re.MULTILINE))
    assert listed == targets() - {"help", "test-only"} | ({"help"} & listed)

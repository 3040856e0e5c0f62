"""What OpenSSF Scorecard looks for in files (github.com/ossf/scorecard, docs/checks.md), asked without it: it needs GitHub itself."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def tracked() -> list[str]:
    done = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=True)
    return [name for name in done.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def workflow(file: Path) -> dict[Any, Any]:
    loaded: dict[Any, Any] = yaml.safe_load(file.read_text("utf-8"))
    return loaded


def test_binary_artifacts() -> None:
    """Nothing that is run, or was compiled, lies in the repository."""
    for name in tracked():
        assert not re.search(r"\.(exe|dll|so|dylib|jar|class|pyc|pyo|wasm|whl|apk|deb|rpm|o|a)$", name), name
        with open(ROOT / name, "rb") as stream:
            assert stream.read(4) not in (
                b"\x7fELF",
                b"MZ\x90\x00",
                b"\xca\xfe\xba\xbe",
                b"\xcf\xfa\xed\xfe",
                b"\0asm",
            ), name


def test_dangerous_workflow() -> None:
    """No event that gives a stranger's change rights, and nothing that a stranger names in a script."""
    for file in WORKFLOWS:
        events = workflow(file)[True]  # YAML 1.1 reads the key `on` as true
        assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(events)
        for job in workflow(file)["jobs"].values():
            assert not any(
                "${{" in step.get("run", "") or "github-script" in step.get("uses", "") for step in job["steps"]
            )


def test_token_permissions() -> None:
    """Nothing at the top; what may write says for what, in its job."""
    for file in WORKFLOWS:
        assert workflow(file)["permissions"] == {}
        for line in file.read_text("utf-8").splitlines():
            if re.search(r"^ +[a-z-]+: (write|read)", line):
                assert re.search(r": (write|read) # to .+", line), line


def test_pinned_dependencies() -> None:
    """Actions by commit, packages by hash, and nothing is installed past them."""
    for file in WORKFLOWS:
        for line in file.read_text("utf-8").splitlines():
            assert "uses:" not in line or re.search(r"@[0-9a-f]{40} # v[0-9.]+$", line), line
    for name in tracked():
        if re.search(r"(^|/)(Makefile|Dockerfile.*|.*\.sh|run)$", name):
            text = (ROOT / name).read_text("utf-8")
            assert not re.search(r"curl .*\| *(ba)?sh|npm install|npx |go install", text), name
            for line in text.splitlines():
                assert "pip install" not in line or "--require-hashes" in line, f"{name}: {line}"
    assert '"--require-hashes"' in (ROOT / "bootstrap.py").read_text("utf-8")


def test_dependency_update_tool() -> None:
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text("utf-8"))["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"uv", "github-actions"}
    assert all(update["cooldown"]["default-days"] >= 7 for update in updates)


def test_security_policy() -> None:
    """How to report, privately, and what happens then."""
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    assert re.search(r"Report a vulnerability", text)
    assert re.search(r"within \d+ days|within how many days", text)
    assert len(text) > 500


def test_licence() -> None:
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License")


@pytest.mark.parametrize("folder", ["properties", "trust"])
def test_fuzzing(folder: str) -> None:
    """Scorecard knows fuzzers by what is imported."""
    files = [name for name in tracked() if name.startswith(f"tests/{folder}/")]
    assert any("from hypothesis import" in (ROOT / name).read_text("utf-8") for name in files)


def test_bill_of_materials() -> None:
    assert (ROOT / "sbom.cdx.json").is_file()

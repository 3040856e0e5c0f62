"""What others have made is listed as the locks, the workflows and the packages have it, and all of it may be used by anybody."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from benchmarks import third_party

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("path", [third_party.BOM, third_party.PAPER], ids=lambda path: path.name)
def test_the_lists_are_current(path: Path) -> None:
    """To mend it: make third-party."""
    assert third_party.files([])[path] == path.read_text("utf-8")


def test_every_package_of_the_locks_is_listed_with_its_files() -> None:
    listed = json.loads(third_party.BOM.read_text("utf-8"))["components"]
    packages = {(entry["name"], entry["version"]): entry for entry in listed if entry["type"] == "library"}
    for name in third_party.PURPOSES:
        lock = (ROOT / name).read_text("utf-8")
        blocks = re.split(r"^(?=\S+==)", lock, flags=re.MULTILINE)[1:]
        assert len(blocks) > 15
        for block in blocks:
            package, version = block.split()[0].split("==")
            hashes = packages[package, version]["externalReferences"][0]["hashes"]
            assert [digest["content"] for digest in hashes] == sorted(re.findall(r"sha256:(\w+)", block))


def test_what_needs_what_is_known() -> None:
    bill = json.loads(third_party.BOM.read_text("utf-8"))
    needs = {entry["ref"]: entry["dependsOn"] for entry in bill["dependencies"]}
    names = {ref.removeprefix("pkg:pypi/").partition("@")[0]: needed for ref, needed in needs.items()}
    assert [ref.partition("@")[0] for ref in names["jinja2"]] == ["pkg:pypi/markupsafe"]
    assert needs.keys() >= {ref for needed in needs.values() for ref in needed}


def test_every_licence_lets_everybody_use_it() -> None:
    listed = json.loads(third_party.BOM.read_text("utf-8"))["components"]
    used = {
        part
        for entry in listed
        if entry["type"] == "library"
        for part in re.split(r" AND | OR ", entry["licenses"][0]["expression"])
    }
    assert used - third_party.PERMISSIVE == set()


def test_a_package_whose_licence_is_not_known_is_not_listed_as_if_it_were() -> None:
    unknown = third_party.Locked("no-such-package", "1.0", (), ())
    with pytest.raises(SystemExit, match="not installed"):
        third_party.licence(unknown, [], {})


def test_all_that_lies_in_pages_has_its_licence_beside_it() -> None:
    found = {path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*LICENSE*")}
    assert found == {path for _, _, path in third_party.ASSETS}

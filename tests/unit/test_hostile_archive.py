"""The archive of hostile values has one in every place where somebody can write, and is no archive that `check` refuses."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from onrecord import vocabulary
from onrecord.schema import FIELDS
from tests.conftest import Run
from tests.trust import hostile_archive

# What takes no text of any words: a list of known words, a number, an address that is no text, a place of the disk, a place in the record.
NOT_TEXT = {"slug", "lat", "lon", "within", "same_as"}
SETTINGS = {
    *("language", "languages", "base_url", "repository", "contact"),
    *("featured", "offline_copy", "withheld_words", "translations"),
}
NAMES_A_KEY = {"corrections.field", "review.field"}
NOT_IN_A_WHOLE_TEXT = {"quotations.summary"}


@pytest.fixture(scope="module")
def values(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, hostile_archive.Values]:
    folder = tmp_path_factory.mktemp("hostile") / "content"
    return folder, hostile_archive.write(folder, 1000, random.Random(1))  # noqa: S311


def test_every_text_that_somebody_can_write_is_hostile(values: tuple[Path, hostile_archive.Values]) -> None:
    wanted = {
        f"{above.key}.{field.key}" if above else field.key
        for above in (None, *FIELDS)
        for field in (above.fields if above else FIELDS)
        if field.type in hostile_archive.FREE
    }
    wanted |= {f"archive.{key}" for key in set(vocabulary._SETTINGS_KEYS) - SETTINGS}
    wanted |= {
        f"{kind}.{key}"
        for kind in ("topic", "place", "name")
        for key in set(vocabulary._TERM_KEYS) - NOT_TEXT
        if kind == "name" or key not in ("kind", "sort_name", "sort_names")
    }
    assert wanted - values[1].keys == NAMES_A_KEY | NOT_IN_A_WHOLE_TEXT


def test_each_value_is_another(values: tuple[Path, hostile_archive.Values]) -> None:
    folder, found = values
    numbers = set()
    for file in folder.rglob("*.*"):
        if file.suffix in (".md", ".toml"):
            numbers |= {int(number) for number in re.findall(r" (\d+)(?=[\s\"”]|$)", file.read_text("utf-8"))}
    assert set(range(1, found.count + 1)) <= numbers


def test_the_archive_has_no_error(values: tuple[Path, hostile_archive.Values], run: Run) -> None:
    checked = run("check", "--content", values[0])
    assert checked.code == 0, checked.out + checked.err

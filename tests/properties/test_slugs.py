"""Slugs: whatever a label is, it gets an address of its own that holds on every system."""

from __future__ import annotations

import unicodedata
import urllib.parse

from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.slugs import MOST_BYTES, distinct, slug

labels = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(labels)
@example("Łódź – Straße / ʿAmr")
@example("ǅ İstanbul")
@example("../../etc/passwd")
@example("CON")
@example("🙂")
def test_a_slug_is_safe_in_a_path_and_in_an_address(label: str) -> None:
    result = slug(label)
    assert len(result.encode()) <= MOST_BYTES
    assert all(unicodedata.category(char)[0] in "LMN" or char == "-" for char in result)
    assert not result.startswith("-")
    assert not result.endswith("-")
    assert "--" not in result
    assert unicodedata.is_normalized("NFC", result)
    assert urllib.parse.unquote(urllib.parse.quote(result)) == result


@given(labels)
@example("İ")
@example("ẞ")
def test_a_slug_of_a_slug_is_the_same(label: str) -> None:
    assert slug(slug(label)) == slug(label)


@given(labels)
def test_the_unicode_form_of_a_label_makes_no_difference(label: str) -> None:
    assert slug(unicodedata.normalize("NFD", label)) == slug(unicodedata.normalize("NFC", label))


@given(st.sets(labels, max_size=30))
def test_every_label_gets_a_slug_of_its_own(names: set[str]) -> None:
    slugs = distinct(sorted(names))
    assert set(slugs) == names
    assert all(slugs.values())
    assert len(set(slugs.values())) == len(names)


@given(st.lists(labels, max_size=10, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_the_labels_makes_no_difference(names: list[str], random: object) -> None:
    assert distinct(names) == distinct(list(reversed(names)))


@given(st.sampled_from(["Bab al-Seba'", "Insha’aat", "ʿAmr", "N`Djamena"]))
def test_apostrophes_join(label: str) -> None:
    assert "'" not in slug(label)
    assert slug(label).count("-") == label.count(" ") + label.count("-")

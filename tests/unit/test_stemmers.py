"""The stemmers in the browser are snowballstemmer's: the same stem for every word, and a clear message where they cannot be translated."""

from __future__ import annotations

import ast
import importlib
import os
import random
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from onrecord.search import stemmers

BASE = Path(stemmers.__file__).with_name("engine") / "stemmer_base.js"
ALGORITHMS = sorted(path.stem.removesuffix("_stemmer") for path in stemmers._folder().glob("*_stemmer.py"))
# `make audit-properties` compares more.
WORDS = 3000 if os.environ.get("ONRECORD_EXAMPLES") else 1000


def _texts(algorithm: str) -> tuple[list[str], list[str]]:
    """What a stemmer's own tables hold: single letters, and the endings and beginnings it knows."""
    tree = ast.parse((stemmers._folder() / f"{algorithm}_stemmer.py").read_text("utf-8"))
    found = {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" not in node.value
    }  # fmt: skip
    letters = sorted({letter for text in found for letter in text if letter.isalpha() or ord(letter) > 0x300} | {"x"})
    return letters, sorted(text for text in found if 0 < len(text) < 30)


def _words(algorithm: str) -> list[str]:
    """Words as the language builds them: a stem of its letters with one to three of the pieces its stemmer takes off, on either side."""
    rng = random.Random(algorithm)  # noqa: S311 - the same words each time
    letters, pieces = _texts(algorithm)
    words = {"", "x", "xx", *pieces}
    while len(words) < WORDS:
        stem = "".join(rng.choices(letters, k=rng.randrange(0, 8)))
        before = rng.choice(pieces) if rng.random() < 0.2 else ""
        words.add(before + stem + "".join(rng.choices(pieces, k=rng.randrange(0, 4))))
    return sorted(words)


def _expected(algorithm: str, words: list[str]) -> list[str]:
    module = importlib.import_module(f"snowballstemmer.{algorithm}_stemmer")
    stemmer: Any = getattr(module, f"{algorithm.title().replace('_', '')}Stemmer")()
    return [str(stemmer.stemWord(word)) for word in words]


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Any:
    """A page that has all stemmers, with JavaScript made from text forbidden, as the sites forbid it."""
    opened = chromium.new_page()
    opened.set_content(
        "<!doctype html><meta http-equiv=Content-Security-Policy content=\"script-src 'unsafe-inline'\">"
    )
    script = f"{BASE.read_text('utf-8')}\n{stemmers.stemmers_script(ALGORITHMS)}\nwindow.STEMMERS = STEMMERS;"
    opened.add_script_tag(content=script)
    yield opened
    opened.close()


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_word_has_the_stem_it_has_in_python(page: Page, algorithm: str) -> None:
    words = _words(algorithm)
    stems = page.evaluate("([algorithm, words]) => words.map(STEMMERS[algorithm])", [algorithm, words])
    expected = _expected(algorithm, words)
    assert [each for each in zip(words, expected, stems, strict=True) if each[1] != each[2]] == []
    # Most languages shorten most of these words; a stemmer that did nothing would not be compared with anything.
    assert sum(word != stem for word, stem in zip(words, expected, strict=True)) > WORDS / 20


def test_the_script_is_the_same_each_time_and_carries_the_licence() -> None:
    script = stemmers.stemmers_script(["french", "english"])
    assert script == stemmers.stemmers_script(["english", "french", "english"])
    assert "Redistribution and use in source and binary forms" in script
    assert stemmers.stemmers_script([]) == "const STEMMERS = {};\n"


def test_what_it_does_not_know_is_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(stemmers.StemmersChanged, match="no stemmer 'klingon'"):
        stemmers.stemmers_script(["klingon"])
    source = "class XStemmer(BaseStemmer):\n    def _stem(self):\n        with self.limit: pass\n"
    with pytest.raises(stemmers.StemmersChanged, match=r"x_stemmer.py:3 has 'with self.limit:"):
        stemmers._Translation("x_stemmer.py", ast.parse(source).body[0])  # type: ignore[arg-type]
    stemmers._folder.cache_clear()
    monkeypatch.setattr(stemmers, "VERSION", "9.9")
    with pytest.raises(stemmers.StemmersChanged, match=r"is installed; its translation is written for 9\.9"):
        stemmers._folder()
    stemmers._folder.cache_clear()

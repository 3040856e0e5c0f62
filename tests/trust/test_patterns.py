"""No pattern of the program takes time that grows with the square of a text.

Every compiled pattern of every module is found, and every pattern that is written where it is used. Each is given strings made of itself:
what matches its beginning, with each repeated part of it repeated thousands of times, and then something that does not fit. A text
four times as long may take four times as long, and a little more.
"""

from __future__ import annotations

import ast
import importlib
import os
import pkgutil
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as sre_parse  # type: ignore[attr-defined]
from typing import Any

import pytest

import onrecord
from onrecord import budget
from onrecord.intake import lexicon
from tests import stint

ROOT = Path(onrecord.__file__).parent
SMALL, LARGE = 10_000, 40_000
SHORT = 0.01
"""Seconds: a pattern that takes no longer for SMALL characters does not look at them for each of them again."""
TICKS = 0.02
"""Seconds: while a budget runs, the system counts the processor's time in ticks of up to ten milliseconds."""
AT_START = frozenset(["match", "fullmatch"])
ENDS = ("", "\x00", "\n!")
MOST_STRINGS = 24

# Reviewed: patterns that are given short texts only, each with who limits them.
OWN_HTML = "given HTML that nh3 or a template wrote, in which every tag is closed"
REVIEWED: dict[str, str] = {
    **{f"onrecord.check.name_signs._SIGNS#{number}": "given at most 500 characters" for number in range(1, 9)},
    "onrecord.check.name_signs._SIGNS": "given at most 500 characters",
    "onrecord.check.quotable_words._GAP": "given words with single spaces between them",
    "onrecord.commands.starting.TABLE": "given our own documentation",
    "onrecord.commands.starting._PROGRAM_ONLY": "given our own documentation",
    "onrecord.intake.lexicon.notation: '/(?![^()]*\\\\))'": "given one word of a lexicon of ours",
    "onrecord.markup._PARAGRAPH": OWN_HTML,
    "onrecord.markup._TAG": OWN_HTML,
    "onrecord.markup._TAG_KEPT": OWN_HTML,
    "onrecord.markup: '(<(?:pre|code)>.*?</(?:pre|code)>|<[^>]*>)'": OWN_HTML,
    "onrecord.markup.blocks._FENCE": "given one line, which its end always fits",
    "onrecord.search.paragraphs._BOUNDARY": OWN_HTML,
    "onrecord.search.paragraphs._SPACE_TAG": OWN_HTML,
    "onrecord.search.paragraphs._TAG": OWN_HTML,
}

METHODS = r"match|fullmatch|search|finditer|findall|subn?|split"


@cache
def sources() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted(ROOT.rglob("*.py")))


def modules() -> Iterator[Any]:
    for module in pkgutil.walk_packages([str(ROOT)], "onrecord."):
        if module.name not in (
            "onrecord.intake.cluster",
            "onrecord.intake.cluster_worker",
        ):  # need `make setup-cluster`, and have none
            yield importlib.import_module(module.name)


def patterns_in(value: object, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, dict):
        for part in value.values():
            yield from patterns_in(part, depth + 1)
    elif depth < 4 and isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from patterns_in(part, depth + 1)


@cache
def uses(source: str) -> dict[str, set[str]]:
    """The names in a source that such a method is called of, with the methods."""
    found: dict[str, set[str]] = {}
    for name, method in re.findall(rf"\b(\w+)\.({METHODS})\b", source):
        found.setdefault(name, set()).add(method)
    return found


def ways(module: Any, name: str) -> frozenset[str]:
    """How a pattern of this name is used, a private one in its module; searched for where that is not written."""
    source = text_of(module.__file__) if name.startswith("_") else sources()
    return frozenset(uses(source).get(name, ())) or frozenset(["search"])


@cache
def text_of(file: str) -> str:
    return Path(file).read_text(encoding="utf-8")


def literal_patterns(module: Any) -> Iterator[tuple[str, re.Pattern[Any], frozenset[str]]]:
    """The patterns that are written where they are used, re.search("…", text)."""
    if not getattr(module, "__file__", None) or not re.search(rf"\bre\.({METHODS})\(", text_of(module.__file__)):
        return
    for node in ast.walk(ast.parse(text_of(module.__file__))):
        if not (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
        ):
            continue
        if node.func.value.id != "re" or not node.args or not re.fullmatch(METHODS, node.func.attr):
            continue
        first = node.args[0]
        if isinstance(first, ast.Constant) and isinstance(first.value, str | bytes):
            yield f"{module.__name__}: {first.value!r}", re.compile(first.value), frozenset([node.func.attr])


@cache
def found() -> dict[str, tuple[re.Pattern[Any], frozenset[str]]]:
    """Every pattern under its name, and the methods it is used by."""
    patterns: dict[tuple[Any, int], tuple[str, re.Pattern[Any], set[str]]] = {}

    def add(name: str, pattern: re.Pattern[Any], used: Iterable[str]) -> None:
        patterns.setdefault((pattern.pattern, pattern.flags), (name, pattern, set()))[2].update(used)

    for module in modules():
        for name, value in vars(module).items():
            for pattern in patterns_in(value):
                add(f"{module.__name__}.{name}", pattern, ways(module, name))
        for name, pattern, used in literal_patterns(module):
            add(name, pattern, used)
    names: dict[str, tuple[re.Pattern[Any], frozenset[str]]] = {}
    for name, pattern, methods in patterns.values():
        number = sum(1 for other in names if other.partition("#")[0] == name)
        names[f"{name}#{number}" if number else name] = pattern, frozenset(methods)
    return names


# ---- strings made of a pattern ---------------------------------------------------------------------------------------------------


def sample(items: Any) -> str:
    """A text that an expression matches, or nearly."""
    return "".join(sample_of(operation, value) for operation, value in items)


def sample_of(operation: Any, value: Any) -> str:
    if operation is sre.LITERAL:
        return chr(value)
    if operation is sre.NOT_LITERAL:
        return "x" if value != ord("x") else "y"
    if operation is sre.ANY:
        return "x"
    if operation is sre.IN:
        return class_sample(value)
    if operation is sre.BRANCH:
        return sample(value[1][0])
    if operation is sre.SUBPATTERN:
        return sample(value[3])
    if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return sample(value[2]) * max(int(value[0]), 1)
    if operation is sre.ATOMIC_GROUP:
        return sample(value)
    if operation is sre.ASSERT:
        return sample(value[1]) if value[0] < 0 else ""
    return ""


CATEGORIES = {
    sre.CATEGORY_DIGIT: "0", sre.CATEGORY_SPACE: " ", sre.CATEGORY_WORD: "a", sre.CATEGORY_NOT_DIGIT: "a", sre.CATEGORY_NOT_SPACE: "a",
    sre.CATEGORY_NOT_WORD: " ",
}  # fmt: skip


def class_sample(items: Any) -> str:
    """A character of a class."""
    if items and items[0][0] is sre.NEGATE:
        inside = re.compile(f"[{''.join(map(class_text, items[1:]))}]")
        return next((char for char in "xX0 -.,\n\x01é" if not inside.match(char)), "\u4e00")
    operation, value = items[0]
    if operation is sre.LITERAL:
        return chr(value)
    return chr(value[0]) if operation is sre.RANGE else CATEGORIES.get(value, "a")


def class_text(item: Any) -> str:
    operation, value = item
    if operation is sre.LITERAL:
        return re.escape(chr(value))
    if operation is sre.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    letter = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[str(value).rpartition("_")[2]]
    return f"\\{letter.upper() if '_NOT_' in str(value) else letter}"


def repeats(items: Any, before: str) -> Iterator[tuple[str, str]]:
    """(what matches before it, what is repeated) for every part of an expression that may be repeated many times."""
    for operation, value in items:
        inner: list[Any] = []
        if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            if value[1] is sre.MAXREPEAT or value[1] > 500:
                for part in alternatives(value[2]):
                    yield before, part
            inner = [value[2]]
        elif operation is sre.SUBPATTERN:
            inner = [value[3]]
        elif operation is sre.BRANCH:
            inner = list(value[1])
        elif operation is sre.ATOMIC_GROUP:
            inner = [value]
        for part in inner:
            yield from repeats(part, before)
        before += sample_of(operation, value)


def alternatives(items: Any) -> Iterator[str]:
    yield sample(items)
    if len(items) == 1 and items[0][0] is sre.IN:
        operation, value = items[0][1][-1]
        if operation is sre.LITERAL:
            yield chr(value)
    elif (
        len(items) == 1
        and items[0][0] is sre.SUBPATTERN
        and len(items[0][1][3]) == 1
        and items[0][1][3][0][0] is sre.BRANCH
    ):
        yield from map(sample, items[0][1][3][0][1][1][1:3])


def awkward(pattern: re.Pattern[Any]) -> list[tuple[str, str, str]]:
    """(beginning, what is repeated, end) of strings that a pattern may take long for."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = sre_parse.parse(text, pattern.flags & ~re.UNICODE)
    strings: dict[tuple[str, str, str], None] = {}
    whole = sample(tree)
    for before, part in repeats(tree, ""):
        for end in ENDS:
            strings[before, part, end] = None
        if before:
            strings["", before + part, ""] = None
    for part in (whole, whole[:-1], " ", "a"):
        if part:
            strings["", part, "\x00"] = None
    return [string for string in strings if string[1]][:MOST_STRINGS]


# ---- measuring -------------------------------------------------------------------------------------------------------------------


def seconds(pattern: re.Pattern[Any], used: frozenset[str], string: tuple[str, str, str], size: int) -> float:
    before, part, end = string
    text: Any = before + part * (size // len(part)) + end
    if isinstance(pattern.pattern, bytes):
        text = text.encode("utf-8", "surrogatepass")

    def look() -> None:
        if "match" in used:
            pattern.match(text)
        if "fullmatch" in used:
            pattern.fullmatch(text)
        if not used <= AT_START:
            for _ in pattern.finditer(text):
                pass

    try:
        with budget.limited(1):
            return stint.seconds_of(look)
    except budget.Exceeded:
        return 1000.0


def grows_too_fast(pattern: re.Pattern[Any], used: frozenset[str]) -> tuple[str, str, str] | None:
    """The first string whose time grows faster than its length."""
    for string in awkward(pattern):
        short = seconds(pattern, used, string, SMALL)
        if short < SHORT:
            continue
        # What else the machine does makes a measure longer, now and then; a pattern that grows too fast does so each time.
        rounds = (
            [[seconds(pattern, used, string, size) for size in (SMALL, LARGE)] for _ in range(3)] if short <= 1 else []
        )
        if not rounds or min(long for _, long in rounds) > 9 * min(small for small, _ in rounds) + TICKS:
            return string
    return None


def test_the_patterns_are_found() -> None:
    assert len(found()) > 300
    assert {
        "onrecord.markup.inlines._SPECIAL",
        "onrecord.vocabulary._HEADING",
        "onrecord.redaction.FORM",
    } <= found().keys()
    assert REVIEWED.keys() <= found().keys()


@pytest.mark.parametrize("written", [r"\s*(\[\[?)\s*([^\]]+?)\s*\]", r"(?:a|a)*b", r"<!A[^>]*>", r"x*x*y"])
def test_a_pattern_that_takes_too_long_is_noticed(written: str) -> None:
    assert grows_too_fast(re.compile(written), frozenset(["search"]))


# Those of the folder, so that the patterns are looked for where they are measured, and not in every process that collects tests.
ROOMS = {path.stem for path in ROOT.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}


def test_every_pattern_is_in_a_room() -> None:
    assert {name.split(".")[1].partition(":")[0] for name in found()} <= ROOMS


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_the_time_of_every_pattern_grows_with_the_text(room: str) -> None:
    slow = {}
    for name, (pattern, used) in sorted(found().items()):
        if name.split(".")[1].partition(":")[0] == room and name not in REVIEWED:
            string = grows_too_fast(pattern, used)
            if string:
                slow[name] = string
    assert slow == {}


# Every language has patterns of the same notation: those of one are measured here, those of all by `make audit-patterns`.
LANGUAGES = lexicon.languages() if os.environ.get("ONRECORD_PATTERNS") else ("en",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_time_of_the_words_of_a_language_grows_with_the_text(language: str) -> None:
    words = lexicon.lexicon_of(language)
    slow = {}
    for category in sorted({category for category, _ in lexicon.read(lexicon.FOLDER / f"{language}.toml")}):
        for place, used in (("whole", "match"), ("within", "search"), ("start", "match"), ("end", "search")):
            string = grows_too_fast(words.pattern(category, place), frozenset([used]))  # type: ignore[arg-type]
            if string:
                slow[category, place] = string
    assert slow == {}

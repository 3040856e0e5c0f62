"""The rules of the room that reads other people's documents: small modules, short patterns, and the words of languages in the lexicon."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOM = Path(__file__).resolve().parents[2] / "onrecord" / "intake"
MODULES = sorted(ROOM.rglob("*.py"))
MOST_LINES = 400
LONGEST_PATTERN = 200
PATTERN_FUNCTIONS = frozenset("compile match fullmatch search sub subn split findall finditer".split())

# Modules whose letters are no words of a language's releases, and why.
ALPHABETS = {
    "evidence/language_detection.py": "which letters belong to which language is what it tells languages by",
    "evidence/term_finder.py": "the forms of one Arabic letter, which names are compared without",
    "formats/page_encoding.py": "which letters belong to which language is what it tells encodings by",
    "formats/word_numbering.py": "the alphabets by which Word numbers paragraphs",
    "accounting.py": "ⁿ is beside the raised digits in Unicode",
    "layout/headline_checks.py": "which letters are words by themselves is what it tells broken text by",
    "raised_digits.py": "ⁿ is beside the raised digits in Unicode",
    "formats/decoding.py": "what UTF-8 looks like when it is read as Latin-1",
    "warm_up.py": "a sentence of each script, which a process reads before it gives up its rights",
    "proposals.py": "the tatweel, which stretches Arabic words, and marks like it",
}
# Figures and what counts with them, and the last character of a block of Unicode.
FIGURES = frozenset("〇零○一二三四五六七八九十百廿卅元年月日号號년월일º\u9fff")
# Words that stand in code still. The list only becomes shorter.
WORDS_IN_CODE: dict[str, frozenset[str]] = {
    "evidence/date_mentions.py": frozenset("août 农历 夏历 旧历 旧暦 舊曆 農曆 阴历 陰暦 陰曆".split()),
    "evidence/date_patterns.py": frozenset("día på з с ش ق ه هـ".split()),
    "evidence/speakers.py": frozenset("と"),
    "evidence/uncased_names.py": frozenset("ال لل の 地 的".split()),
}


def name(path: Path) -> str:
    return path.relative_to(ROOM).as_posix()


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """What a module is made of, in no order that means anything."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def literals(path: Path) -> tuple[tuple[int, str], ...]:
    """(line, value) of every string of a module that is no docstring. What stands in the braces of an f-string is not known here."""
    prose = {id(node.value) for node in nodes_of(path) if isinstance(node, ast.Expr)}
    return tuple(
        (node.lineno, node.value)
        for node in nodes_of(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose
    )


def patterns(path: Path) -> Iterator[tuple[int, str]]:
    """(line, pattern) of every literal that the module `re` is given, and of every constant that a pattern is made of, as far as it is
    written out in the module. White space and comments of a verbose pattern do not count."""
    for node in nodes_of(path):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in PATTERN_FUNCTIONS
            and node.args
        ):
            text = "".join(
                part.value
                for part in ast.walk(node.args[0])
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )
            if "VERBOSE" in ast.unparse(node):
                text = re.sub(r"\s+|\s#\s.*", "", re.sub(r"(?m)\s+# .*$", "", text))
            yield node.lineno, text
    yield from ((line, text) for line, text in literals(path) if "(?" in text and "\n" not in text)


def test_no_module_is_long() -> None:
    lines = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {module: count for module, count in lines.items() if count > MOST_LINES} == {}


def test_no_pattern_is_long() -> None:
    long = [
        f"{name(path)}:{line}: {len(pattern)} characters"
        for path in MODULES
        for line, pattern in patterns(path)
        if len(pattern) > LONGEST_PATTERN
    ]
    assert long == [], "Part the pattern, or put its words into onrecord/intake/lexicon/."


def words_in(literal: str) -> set[str]:
    """Words with a letter beyond ASCII; a class of characters (`[à-ÿ]`) is no word, and figures are none."""
    words = re.findall(r"[^\W\d_]+", re.sub(r"\[[^\]]*\]", " ", literal))
    return {word for word in words if any(char > "\x7f" and char not in FIGURES for char in word)}


def test_the_words_of_languages_stand_in_the_lexicon() -> None:
    """A speaker of the language cannot mend words that stand in code."""
    in_code = {}
    for path in MODULES:
        if "lexicon" in path.parts or name(path) in ALPHABETS:
            continue
        words = {word for _, literal in literals(path) for word in words_in(literal)}
        if more := words - WORDS_IN_CODE.get(name(path), frozenset()):
            in_code[name(path)] = more
    assert in_code == {}, "Put the words into onrecord/intake/lexicon/."


def test_every_exception_is_needed() -> None:
    for file in ALPHABETS:
        classes = [
            literal for _, literal in literals(ROOM / file) if any(char.isalpha() and char > "\x7f" for char in literal)
        ]
        assert classes, f"{file} needs no exception any more: take its line out."


def test_the_rules_find_what_they_forbid(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text(
        f'"""à"""\nimport re\nA = re.compile(r"[à-ÿ]|{"a|" * 101}")\nB = re.match(rf"a{{A}}b", "Überschrift")\n',
        encoding="utf-8",
    )
    assert [len(pattern) for _, pattern in patterns(file)] == [208, 2]
    assert set().union(*(words_in(literal) for _, literal in literals(file))) == {"Überschrift"}

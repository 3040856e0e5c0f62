"""What is asked of a real collection: judged queries from a file, pasted sentences and words of titles by program, and what is right.

A file of queries is TOML: `[[query]]` with `kind`, `text` and `answers`. An answer is the end of the slug of a release, or "date:" and a
day or month of which every release answers. Releases that carry the same title and day as an answer, or the same text, answer as well.
"""

from __future__ import annotations

import random
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.search.real import SEED, Document

OCR_ENDS = 1996
"""Releases of trove before this year were read from paper; those from CLEAN_BEGINS on were written for the screen."""
CLEAN_BEGINS = 2003
TITLE_WORDS = 500
LANGUAGE_SHARES = {"en": 0.5, "sv": 0.1, "ar": 0.1}
"""The part of the title words that is of a language; the others share what is left."""
_UNSPACED = {"ja", "zh", "th", "km", "lo", "my"}
_RUNS = re.compile(r"[\u30a1-\u30fa\u30fc]+|[\u3400-\u9fff]+")
_MARKS_OF_LETTERS = {"\u0306", "\u3099", "\u309a"}
"""Marks that make another letter: й, and the sounds of kana."""
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Judged:
    """A query, its kind, and the paths of the releases that answer it."""

    kind: str
    text: str
    answers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Counted:
    """A word of a title as it is typed, the language of that title, and the paths of all releases whose title or text holds the word."""

    word: str
    language: str
    paths: frozenset[str]


def folded(text: str) -> str:
    """Text with case and diacritics folded: what a reader who types without them types."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    marks = {letter for letter in set(apart) if unicodedata.category(letter) == "Mn"} - _MARKS_OF_LETTERS
    return unicodedata.normalize("NFC", apart.translate(dict.fromkeys(map(ord, marks))) if marks else apart)


def words_of(text: str, language: str) -> list[str]:
    """The words of a text as they stand in it: runs of letters. Where no spaces divide words, runs of two or three Chinese characters
    and of at least three of katakana, between others: what a reader would type, and what a program can count."""
    if language.split("-")[0] not in _UNSPACED:
        return [word for word in _LETTERS.findall(text) if len(word) >= 3]
    return [run for run in _RUNS.findall(text) if (len(run) >= 3 if run[0] < "\u3400" else 2 <= len(run) <= 3)]


def judged(file: Path, documents: Sequence[Document]) -> list[Judged]:
    """The queries of a file. Raises ValueError for an answer that the collection does not have: another collection, or other seeds."""
    alike: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in documents:
        for key in _sames(one):
            alike[key].add(one.path)
    out = []
    for row in tomllib.loads(file.read_text("utf-8"))["query"]:
        answers: set[str] = set()
        for answer in row["answers"]:
            day = answer.removeprefix("date:") if answer.startswith("date:") else ""
            meant = [one for one in documents if (one.date.startswith(day) if day else one.slug.endswith(f"-{answer}"))]
            if not meant:
                raise ValueError(f"{file}: no release answers {answer!r}, which {row['text']!r} wants.")
            answers.update(path for one in meant for key in _sames(one) for path in alike[key])
        out.append(Judged(row["kind"], row["text"], frozenset(answers)))
    return out


def _sames(one: Document) -> tuple[tuple[str, ...], ...]:
    title = " ".join(_LETTERS.findall(folded(one.title)))
    return ("title", title, one.date), ("text", " ".join(folded(one.text).split()))


def pasted(documents: Sequence[Document], each: int = 40) -> list[Judged]:
    """`each` sentences of 8 to 25 words from paper (with a slip), as many written for the screen, and both with one word wrong.

    A slip is a word that no clean release has. The wrong word is one of another sentence. What answers is every release with the sentence.
    """
    known: Counter[str] = Counter()
    clean = [
        one
        for one in documents
        if one.language == "en" and one.date[:4].isdigit() and int(one.date[:4]) >= CLEAN_BEGINS
    ]
    paper = [
        one for one in documents if one.language == "en" and one.date[:4].isdigit() and int(one.date[:4]) < OCR_ENDS
    ]
    for one in clean:
        known.update(set(_LETTERS.findall(folded(one.text))))
    rng = random.Random(f"{SEED} pasted")
    common = sorted(word for word, count in known.items() if count >= 20 and len(word) >= 4)
    texts = {one.path: " ".join(folded(one.text).split()) for one in documents}
    out = []
    for kind, source in (("paper", paper), ("screen", clean)):
        found: list[str] = []
        for one in rng.sample(source, len(source)):
            sentences = [part for paragraph in one.paragraphs for part in re.split(r"(?<=[.?!])\s+", paragraph)]
            fit = [part for part in sentences if 8 <= len(part.split()) <= 25 and _fits(part, kind == "paper", known)]
            if fit and len(found) < each:
                found.append(rng.choice(fit))
        for sentence in found:
            inside = " ".join(folded(sentence).split())
            answers = frozenset(path for path, text in texts.items() if inside in text)
            words = sentence.split()
            at = rng.choice([place for place, word in enumerate(words) if len(word) >= 4])
            wrong = " ".join([*words[:at], rng.choice(common), *words[at + 1 :]])
            out += [Judged(kind, sentence, answers), Judged(f"{kind}, one word wrong", wrong, answers)]
    return out


def _fits(sentence: str, slip: bool, known: Mapping[str, int]) -> bool:
    words = _LETTERS.findall(folded(sentence))
    if not any(len(word) >= 4 for word in sentence.split()) or '"' in sentence:
        return False
    return any(not known[word] for word in words) if slip else all(known[word] >= 3 for word in words)


def title_words(documents: Sequence[Document], most: int = TITLE_WORDS) -> list[Counted]:
    """Words of titles (see `words_of`), taken by seed, each with the releases that hold that very word.

    A word ends where letters end; case and diacritics are folded. Frequent words are taken more often, as they are typed more often.
    """
    holding: dict[str, set[str]] = defaultdict(set)
    by_language: dict[str, list[Document]] = defaultdict(list)
    for one in documents:
        by_language[one.language].append(one)
        whole = folded(f"{one.title}\n{one.text}")
        for word in {*_LETTERS.findall(whole), *_RUNS.findall(whole)}:
            holding[word].add(one.path)
    shares = {one: round(most * part) for one, part in LANGUAGE_SHARES.items() if one in by_language}
    others = sorted(set(by_language) - set(shares))
    shares |= {language: max(1, (most - sum(shares.values())) // len(others)) for language in others}
    fullest = max(by_language, key=lambda language: (len(by_language[language]), language))
    out: dict[str, Counted] = {}
    for language in sorted(shares, key=lambda one: (one == fullest, one)):
        rng = random.Random(f"{SEED} words {language}")
        # What languages with few different words leave over goes to the one with the most releases, which comes last.
        share = most - len(out) if language == fullest else shares[language]
        found = 0
        for _ in range(share * 200):
            if found == share:
                break
            words = words_of(rng.choice(by_language[language]).title, language)
            word = rng.choice(words) if words else ""
            key = folded(word)
            if key and key not in out and holding[key]:
                out[key] = Counted(word, language, frozenset(holding[key]))
                found += 1
    return list(out.values())


def ranks(asked: Iterable[Judged], found: Iterable[Sequence[str]]) -> dict[str, list[int]]:
    """The rank of the first answer, from 1, or 0, or -1 where nothing was found: by kind, and in all under "all"."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for one, paths in zip(asked, found, strict=True):
        rank = next((place for place, path in enumerate(paths, 1) if path in one.answers), 0 if paths else -1)
        by_kind["all"].append(rank)
        by_kind[one.kind].append(rank)
    return dict(by_kind)


def measures(of_kind: Sequence[int]) -> dict[str, float]:
    """success@1, @5 and @10, mean reciprocal rank within ten, and the share of queries with no result at all."""
    count = len(of_kind)
    return {
        "queries": count,
        "s@1": sum(rank == 1 for rank in of_kind) / count,
        "s@5": sum(0 < rank <= 5 for rank in of_kind) / count,
        "s@10": sum(0 < rank <= 10 for rank in of_kind) / count,
        "mrr": sum(1 / rank for rank in of_kind if rank > 0) / count,
        "zero": sum(rank == -1 for rank in of_kind) / count,
    }

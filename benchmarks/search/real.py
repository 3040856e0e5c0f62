"""Real collections as content folders of Onrecord, outside of the repository: nothing of them may enter it.

    python -m benchmarks.search.real OUT trove=CHECKOUT regeringen=CHECKOUT posts=CHECKOUT arabic=CHECKOUT

A checkout is a git directory, bare or not, of one of the repositories that `READERS` names; any of them can be left out. One release
becomes one Markdown file. Its facts are the collection's own: nothing is guessed, and what a collection does not state is "not stated".
The words of a text are kept as they are, slips included; lines that a page or a column broke are joined. What was written can be read again
with `documents`, which is what the other engines are given, so that all of them search the same words.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from onrecord import slugs
from onrecord.characters import HIDDEN
from onrecord.intake.markdown_writer import escaped

SEED = 11
RELEASES_OF_A_TOPIC = 5
"""Subjects that fewer releases have are left out: most of the 6,000 of trove are the agenda of one interview."""

_MARKUP = re.compile(r"\\([!-/:-@\[-`{-~])|&(lt|amp|#126|#58|#61);")
_ENTITIES = {"lt": "<", "amp": "&", "#126": "~", "#58": ":", "#61": "="}
_ARCHIVE = """title = "A measured archive"
scope = "Releases of a collection outside of this repository, to measure the search."
language = "en"
languages = ["en"]
"""
_ABOUT = """---
title: About
---
A collection turned into pages to measure the search with. Not for publication.
"""


@dataclass(frozen=True, slots=True)
class Document:
    """One release. `date` is an EDTF day, month, or `XXXX`; `names` are those it is by, people first name first; `slug` its address."""

    slug: str
    language: str
    date: str
    title: str
    publisher: str
    names: tuple[str, ...]
    paragraphs: tuple[str, ...]
    kind: str = ""
    topics: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Its page, below the site."""
        return f"releases/{self.slug}.html"

    @property
    def day(self) -> str:
        """The date as a page shows it ("3 February 2003"), or nothing."""
        if len(self.date) != 10:
            return ""
        day = dt.date.fromisoformat(self.date)
        return f"{day.day} {day:%B} {day.year}"

    @property
    def head(self) -> str:
        """What stands on its page beside title and text: date in words and numbers, publisher, names, topics."""
        return " ".join(filter(None, (self.day, self.date, self.publisher, *self.names, *self.topics)))

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


# ---- reading the collections -------------------------------------------------------------------------------------------------------


def _files(checkout: Path, wanted: Callable[[str], bool], branch: str) -> Iterator[tuple[str, str]]:
    """The files of a branch whose path is wanted, with their text, sorted by path. Without a work tree; missing objects are left out."""
    git = ["git", "-C", str(checkout)]
    listed = subprocess.run([*git, "ls-tree", "-rz", "--name-only", branch], check=True, capture_output=True).stdout
    paths = [path for path in listed.decode().split("\0") if path and wanted(path)]
    asked = "".join(f"{branch}:{path}\n" for path in paths)
    answer = subprocess.run([*git, "cat-file", "--batch"], input=asked.encode(), check=True, capture_output=True).stdout
    at = 0
    for path in paths:
        end = answer.index(b"\n", at)
        size = answer[at:end].rsplit(b" ", 1)[1]
        at = end + 1
        if size.isdigit():
            yield path, answer[at : at + int(size)].decode("utf-8", "replace")
            at += int(size) + 1


def _plain(text: str) -> str:
    return " ".join(re.sub(HIDDEN + r"|[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]", "", text).split())


def _paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text: blocks between blank lines, a block that goes on in the next one joined with it."""
    joined: list[str] = []
    for block in re.split(r"\n[^\S\n]*\n", text):
        plain = _plain(block)
        if not re.search(r"\w", plain):
            continue
        if joined and plain[0].islower() and not re.search(r"[.?!:;\"”]$", joined[-1]):
            joined[-1] += f" {plain}"
        else:
            joined.append(plain)
    return tuple(joined)


def _person(creator: str) -> str:
    """ "Downer, Alexander, (1910-1981)" as "Alexander Downer"; an organization as it is."""
    parts = [part.strip() for part in re.sub(r"\(?\d{4}-?(\d{4})?\)?", "", creator).split(",")]
    parts = [part for part in parts if part]
    return _plain(" ".join(parts[1:2] + parts[:1]))


def _slug(date: str, title: str, own: str) -> str:
    """Date, the beginning of the title and the collection's own name: the same for the same release, whatever else is read."""
    begin = slugs.slug(title, 50)
    if len(date) == 7:  # a number behind a month would be its day
        begin = re.sub(r"^[\W\d]+", "", begin)
    return "-".join(filter(None, ("undated" if date == "XXXX" else date, begin, own)))


def trove(checkout: Path) -> Iterator[Document]:
    """https://github.com/wragge/trove-parliament-pressreleases: the facts stand in each file, as in the CSV of results."""
    for path, text in _files(checkout, lambda path: path.startswith("texts/") and path.endswith(".txt"), "HEAD"):
        _, front, body = text.split("---\n", 2)
        # The front matter is not quite YAML (quotation marks stand in quoted values), so it is read line by line.
        facts = dict(re.findall(r'^(\w+): *"?(.*?)"?$', front, re.MULTILINE))
        creators, subjects = (
            [_plain(one) for one in re.findall(r'^  - "(.*)"$', part, re.MULTILINE)]
            for part in (front.partition("\nsource:")[0], front.partition("\nsubjects:")[2])
        )
        date = facts["date"]
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", date):
            found = re.search(r"\d{4}-\d{2}-\d{2}", date)
            date = found[0] if found else "XXXX"
        title = _plain(facts["title"])
        paragraphs = _paragraphs(body)
        if not paragraphs or not title:
            continue
        names = tuple(dict.fromkeys(_person(name) for name in creators if name))
        own = path.removesuffix(".txt").rsplit("-", 1)[1]
        yield Document(
            _slug(date, title, own),
            "en",
            date,
            title,
            _plain(facts["source"]) or "not stated",
            names,
            paragraphs,
            "press release",
            tuple(dict.fromkeys(_plain(subject.rstrip(". ")) for subject in subjects)),
        )


def _without_markdown(text: str) -> str:
    """The words of simple Markdown: no code, addresses, tables' rules or template tags."""
    text = re.sub(r"(?ms)^(```|~~~).*?^\1\s*$|^\[[^\]]+\]:.*?$|^\{:.*?$|<!--.*?-->", "\n", text)
    text = re.sub(r"(?m)^( {4,}|\t).*$", "", text)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]{1,300}>", " ", text)
    text = re.sub(r"!?\[([^\]]*)\](\([^)]*\)|\[[^\]]*\])", r"\1", text)
    text = re.sub(r"(?m)^\s*(#{1,6}|[-*+>]|\d+\.)\s+", "\n", text)
    return re.sub(r"[*_`]{1,3}|\\(?=[!-/:-@\[-`{-~])|&\w+;", "", text)


def regeringen(checkout: Path, most: int = 250) -> Iterator[Document]:
    """https://github.com/civictechsweden/g0vse, branch data: press releases of the Swedish government, each of a month."""
    found = list(_files(checkout, re.compile(r"pressmeddelanden/\d{4}/\d{2}/[^/]+\.md$").match, "data"))  # type: ignore[arg-type]
    for path, text in sorted(random.Random(SEED).sample(found, min(most, len(found)))):
        _, year, month, name = path.split("/")
        title, _, body = text.partition("\n")
        paragraphs = _paragraphs(_without_markdown(body))
        title = _plain(title.lstrip("# "))
        if paragraphs and title and year != "0000":
            date = f"{year}-{month}"
            own = hashlib.sha256(name.encode()).hexdigest()[:6]
            yield Document(
                _slug(date, title, own), "sv", date, title, "Regeringskansliet", (), paragraphs, "press release"
            )


_POSTS = {
    "fr": 70,
    "de": 70,
    "ja": 70,
    "ru": 60,
    "tr": 60,
    "zh_cn": 40,
    "zh_tw": 40,
    "ko": 40,
    "vi": 40,
    "es": 40,
    "it": 40,
}


def posts(checkout: Path) -> Iterator[Document]:
    """https://github.com/ruby/www.ruby-lang.org: one project's news in many languages, translated by volunteers."""
    for folder, most in _POSTS.items():
        within = re.compile(rf"{folder}/news/_posts/(\d{{4}}-\d\d-\d\d)-([^/]+)\.md$")
        found = list(_files(checkout, within.match, "HEAD"))  # type: ignore[arg-type]
        for path, text in sorted(random.Random(f"{SEED} {folder}").sample(found, min(most, len(found)))):
            match = within.match(path)
            assert match
            _, front, body = re.split(r"^---\s*$", text, maxsplit=2, flags=re.MULTILINE)
            facts = yaml.safe_load(front)
            title = _plain(str(facts["title"]))
            language = {"zh_cn": "zh-Hans", "zh_tw": "zh-Hant"}.get(folder, folder)
            own = f"{folder.replace('_', '-')}-{hashlib.sha256(path.encode()).hexdigest()[:6]}"
            paragraphs = _paragraphs(_without_markdown(body))
            if paragraphs:
                yield Document(
                    _slug(match[1], title, own), language, match[1], title, "Ruby", (), paragraphs, "news story"
                )


def arabic(checkout: Path, most: int = 250) -> Iterator[Document]:
    """https://github.com/elsayed-issa/Arabic-News-Summaries: Moroccan news without titles or dates. The first words stand for a title."""
    for _, text in _files(checkout, lambda path: path == "ahd22.json", "HEAD"):
        for story in [one["content"] for one in json.loads(text) if one["content"]][:most]:
            paragraphs = tuple(plain for plain in map(_plain, story) if len(re.findall(r"[\u0620-\u064a]", plain)) > 20)
            if len(paragraphs) < 2:
                continue
            title = _plain(re.split(r"(?<=\w{3})[،.؛:]", " ".join(paragraphs[0].split()[:14]))[0])
            own = hashlib.sha256(" ".join(paragraphs).encode()).hexdigest()[:8]
            yield Document(_slug("XXXX", title, own), "ar", "XXXX", title, "Ahdath", (), paragraphs, "news story")


READERS: dict[str, Callable[[Path], Iterator[Document]]] = {
    "trove": trove,
    "regeringen": regeringen,
    "posts": posts,
    "arabic": arabic,
}


# ---- writing and reading the content folder ----------------------------------------------------------------------------------------


def write(folder: Path, read: Iterable[Document]) -> int:
    """Writes a content folder that `build.py check` accepts, and how many releases it has. Equal texts of one slug are written once."""
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    (folder / "archive.toml").write_text(_ARCHIVE, "utf-8")
    (folder / "pages" / "about.md").write_text(_ABOUT, "utf-8")
    read = list(read)
    names = _labels(name for one in read for name in one.names)
    topics = _labels(topic for one in read for topic in one.topics)
    carried = Counter(slugs.slug(topic) for one in read for topic in one.topics)
    topics = {slug: label for slug, label in topics.items() if carried[slug] >= RELEASES_OF_A_TOPIC}
    for one in read:
        facts: dict[str, object] = {
            "title": one.title,
            "date": one.date,
            "publisher": one.publisher,
            "kind": one.kind,
            "language": one.language,
            "extent": "full",
            "topics": sorted({topics[slug] for slug in map(slugs.slug, one.topics) if slug in topics}),
            "names": list(dict.fromkeys(names[slugs.slug(name)] for name in one.names)),
            "quotations": _quotations(one),
            "status": "published",
        }
        front = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in facts.items() if value)
        within = folder / "releases" / (one.date[:4] if one.date != "XXXX" else "undated")
        within.mkdir(parents=True, exist_ok=True)
        body = "\n\n".join(map(escaped, one.paragraphs))
        (within / f"{one.slug}.md").write_text(f"---\n{front}---\n{body}\n", "utf-8")
    for key, labels in (("name", names), ("topic", topics)):
        blocks = [
            f"[[{key}]]\nlabel = {json.dumps(label, ensure_ascii=False)}\n"
            + (f'kind = "{_kind(label)}"\n' if key == "name" else "")
            for label in sorted(set(labels.values()))
        ]
        (folder / f"{key}s.toml").write_text("\n".join(blocks), "utf-8")
    (folder / "places.toml").write_text("", "utf-8")
    return len(read)


def _labels(labels: Iterable[str]) -> dict[str, str]:
    """One label for each slug: of several spellings the most frequent one, then the first by code point."""
    spelt = sorted(Counter(labels).items(), key=lambda item: (item[1], item[0]), reverse=True)
    return {slugs.slug(label): label for label, _ in reversed(spelt)}


def _kind(name: str) -> str:
    return (
        "person"
        if 2 <= len(name.split()) <= 3 and not re.search(r"Party|Green|Force|Council|Office", name)
        else "organization"
    )


def _quotations(one: Document) -> list[dict[str, str]]:
    """The first plain sentence of the text, as said by whom the collection names as its author: so that there are speakers to look for."""
    if not one.names:
        return []
    for paragraph in one.paragraphs[3:]:
        sentence = re.match(r"[A-Z][a-z]+ [A-Za-z0-9, ]{60,200}(?=\. )", paragraph)
        if sentence:
            return [{"speaker": one.names[0], "text": sentence[0]}]
    return []


def documents(content: Path) -> list[Document]:
    """The releases of a content folder that `write` made, sorted by slug: what every engine is given."""
    read = []
    for file in sorted((content / "releases").rglob("*.md"), key=lambda file: file.stem):
        _, front, body = file.read_text("utf-8").split("---\n", 2)
        facts = {}
        for line in front.splitlines():
            key, _, value = line.partition(": ")
            facts[key] = json.loads(value)
        shown = (_MARKUP.sub(lambda match: match[1] or _ENTITIES[match[2]], line) for line in body.split("\n\n"))
        read.append(
            Document(
                file.stem,
                facts["language"],
                facts["date"],
                facts["title"],
                facts["publisher"],
                tuple(facts.get("names", ())),
                tuple(filter(None, map(str.strip, shown))),
                facts.get("kind", ""),
                tuple(facts.get("topics", ())),
            )
        )
    return read


def main(arguments: Sequence[str]) -> None:
    if len(arguments) < 2 or any("=" not in one or one.split("=", 1)[0] not in READERS for one in arguments[1:]):
        sys.exit(f"{__doc__}\nThe collections are: {', '.join(READERS)}.")
    repository = Path(__file__).resolve().parents[2]
    folder = Path(arguments[0]).resolve()
    if folder.is_relative_to(repository):
        sys.exit(f"{folder} is in the repository, which real collections must not enter. Name a folder outside of it.")
    read = []
    for one in arguments[1:]:
        name, _, checkout = one.partition("=")
        read += list(READERS[name](Path(checkout)))
    print(f"{write(folder, read):,} releases in {folder}")


if __name__ == "__main__":
    main(sys.argv[1:])

"""content/ → Loaded: what the content is, and everything that is wrong with it.

Reading and checking a release file is a pure function of its bytes and the rules; the result is kept between runs (store) and taken
over as long as neither has changed. What release files say about each other is looked at anew each time, on cards alone. `check`,
`build`, `serve`, `report` and the tests all begin here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from onrecord import check, pool, read, relations
from onrecord.check import Rules
from onrecord.digests import digest, encoded, typed_digest
from onrecord.model import (
    Article,
    Aside,
    Card,
    Checked,
    Kind,
    Link,
    Listed,
    Outline,
    Problem,
    Settings,
    Source,
    Text,
    Vocabularies,
)
from onrecord.moments import Moment, grain
from onrecord.store import Row, Store, StoreDamaged, Texts, decoded_checked, encoded_checked

if TYPE_CHECKING:
    from pathlib import Path

_CHUNK = 100
"""Release files that a process is given at a time."""

Plan = Callable[["Loaded", bool], frozenset[str]]
"""(what was loaded, drafts shown) → the paths of all pages of the site, in its main edition. Made without making a page."""


class NoContent(Exception):
    """There is no content folder. The message is for the person who named it."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The content, read and checked, in the order of its paths. `problems` are all there are, in the order of files and lines."""

    settings: Settings
    vocabularies: Vocabularies
    checked: tuple[Checked, ...]
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]
    texts: Texts

    @property
    def listed(self) -> tuple[Listed, ...]:
        """Every release whose file has no error, drafts and withdrawn ones among them."""
        return tuple(one.listed for one in self.checked if one.listed is not None)

    @property
    def text_digests(self) -> dict[str, bytes]:
        """The digest that the Text of each release is found by, by slug; empty for what has none."""
        return {one.listed.slug: one.text for one in self.checked if one.listed is not None}

    @property
    def card_digests(self) -> dict[str, bytes]:
        """The digest of each card and tombstone, by slug."""
        return {one.listed.slug: one.digest for one in self.checked if one.listed is not None}

    def text(self, one: Checked) -> Text:
        """The Text of a file that has one. Raises StoreDamaged."""
        return self.texts.get(one.text)


def load(
    content: Path,
    store: Store,
    moment: Moment,
    plan: Plan,
    jobs: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
    memory: dict[str, Row] | None = None,
) -> Loaded:
    """Reads and checks a content folder; only what has changed since it was last kept in `store`.

    A caller who loads the same folder again and again hands over the same `memory`, empty at first, which saves reading the store.
    `plan` is asked only where a text links to a page of the site. `progress` is called with how many of how many files are checked.
    Raises NoContent, OSError when something cannot be read, StoreDamaged (the caller throws the store away and begins again), and
    pool.PoolFailed.
    """
    if not read.is_folder(content):
        raise NoContent(f"There is no folder {content}. Name the content folder with --content.")
    settings, vocabularies, problems = _tables(content, store)
    rules = check.rules(vocabularies, moment.today)
    files, file_problems = read.found(content)
    unread = [problem.path for problem in file_problems]
    problems += file_problems
    checked = _checked(files, store, rules, moment, jobs, progress, memory)
    articles, article_problems = _articles(content)
    problems += article_problems
    problems += [problem for one in checked for problem in one.problems]
    related = relations.Files(checked, store.aside, unread)
    problems += relations.between(related)
    loaded = Loaded(settings, vocabularies, checked, tuple(article for article, _ in articles), (), store.texts())
    problems += relations.links(related, articles, _Exists(loaded, plan))
    store.commit()
    return Loaded(settings, vocabularies, checked, loaded.articles, tuple(sorted(set(problems))), loaded.texts)


class _Exists:
    """Whether the site has a page, from the plan of a site with or without its drafts; each is made when it is first asked."""

    def __init__(self, loaded: Loaded, plan: Plan) -> None:
        self._loaded = loaded
        self._plan = plan
        self._paths: dict[bool, frozenset[str]] = {}

    def __call__(self, path: str, drafts: bool) -> bool:
        if drafts not in self._paths:
            self._paths[drafts] = self._plan(self._loaded, drafts)
        return path in self._paths[drafts]


# ---- archive.toml and the vocabularies -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Tables:
    digest: bytes
    settings: Settings
    vocabularies: Vocabularies


def _tables(content: Path, store: Store) -> tuple[Settings, Vocabularies, list[Problem]]:
    """Settings and vocabularies, as they were kept where their files are the same."""
    key = digest(read.tables(content))
    kept = store.fact("tables")
    if kept:
        try:
            tables = msgspec.msgpack.decode(kept, type=_Tables)
        except msgspec.MsgspecError as error:
            raise StoreDamaged(str(error)) from error
        if tables.digest == key:
            return tables.settings, tables.vocabularies, []
    settings, problems = read.settings(content)
    vocabularies, more = read.vocabularies(content)
    if not problems and not more:
        store.note("tables", encoded(_Tables(key, settings, vocabularies)))
    return settings, vocabularies, [*problems, *more]


# ---- release files ---------------------------------------------------------------------------------------------------------------


def _checked(
    files: Sequence[read.Found],
    store: Store,
    rules: Rules,
    moment: Moment,
    jobs: int,
    progress: Callable[[int, int], None],
    memory: dict[str, Row] | None,
) -> tuple[Checked, ...]:
    """What became of every file, in their order."""
    changed = _changed_words(store, rules, moment)
    known = {} if changed is None else memory or dict(store.rows())
    affected = store.naming(changed or frozenset())
    out: dict[str, Checked] = {}
    rows_now: dict[str, Row] = {}
    new: list[tuple[read.Found, str]] = []
    for one in files:
        row = known.get(one.path)
        # What has a problem is checked again: its message may name a word that is near, or a day that has come.
        if row is None or row.checked.problems or one.path in affected:
            new.append((one, ""))
        elif row.stamp != one.stamp:
            new.append((one, row.checked.sha256))
        else:
            out[one.path] = row.checked
    done = 0
    for results in pool.spread(
        _check, pool.chunks(new, _CHUNK), jobs if len(new) > 2 * _CHUNK else 1, _begin, (rules,)
    ):
        rows = []
        stamps = []
        texts = []
        for result in results:
            path, stamp = result.found.path, _stamp(result.found, moment)
            if not result.checked:
                # The same bytes under the same rules: only the file's times have changed.
                stamps.append((path, stamp))
                out[path] = known[path].checked
                rows_now[path] = Row(stamp, out[path])
                continue
            checked = decoded_checked(result.checked)
            rows.append((path, stamp, result.checked, result.aside))
            if result.text:
                texts.append((checked.text, result.text))
            out[path] = checked
            rows_now[path] = Row(stamp, checked)
        store.keep(rows, texts)
        store.restamp(stamps)
        done += len(results)
        progress(done, len(new))
    gone = known.keys() - {one.path for one in files}
    if gone:
        store.forget(sorted(gone))
    if new or gone:
        store.tidy(one.text for one in out.values())
    if memory is not None:
        kept = {one.path: rows_now.get(one.path) or known[one.path] for one in files}
        memory.clear()
        memory.update(kept)
    return tuple(out[one.path] for one in files)


def _changed_words(store: Store, rules: Rules, moment: Moment) -> frozenset[tuple[Kind, str]] | None:
    """The words that stand for another entry of a vocabulary than when the store was last written; None where it is of no use."""
    now = {kind: dict(rules.slugs(kind)) for kind in ("topic", "place", "name")}
    today = moment.today.isoformat()
    try:
        before = msgspec.msgpack.decode(store.fact("words") or b"\xc0", type=dict[str, dict[str, str]] | None)
        day = store.fact("today").decode()
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise StoreDamaged(str(error)) from error
    if before != now:
        store.note("words", encoded(now))
    if day != today:
        store.note("today", today.encode())
    if before is None or before.keys() != now.keys() or day > today:
        return None
    kinds: tuple[Kind, ...] = ("topic", "place", "name")
    return frozenset(
        (kind, word)
        for kind in kinds
        for word in before[kind].keys() | now[kind].keys()
        if before[kind].get(word) != now[kind].get(word)
    )


def _stamp(found: read.Found, moment: Moment) -> tuple[int, ...]:
    """The stamp by which a file is known again; empty where it was written too shortly before this run to be sure."""
    latest = max(found.stamp[0], found.stamp[1])
    return found.stamp if moment.nanoseconds - latest > grain(latest) else ()


@dataclass(frozen=True, slots=True)
class _Result:
    """A file after its check, encoded: its Checked (empty where its bytes were the ones that were known), its Aside, and its Text (empty
    without one)."""

    found: read.Found
    checked: bytes = b""
    aside: bytes = b""
    text: bytes = b""


_rules: Rules | None = None


def _begin(rules: Rules) -> None:
    global _rules
    _rules = rules


def _check(files: Sequence[tuple[read.Found, str]]) -> list[_Result]:
    assert _rules is not None
    return [_one(found, known, _rules) for found, known in files]


def _one(found: read.Found, known: str, rules: Rules) -> _Result:
    file = read.file(found)
    sha256 = read.fixity(file)
    if sha256 == known:
        return _Result(found)
    source = read.source(file)
    if not isinstance(source, Source):
        unread = Checked(found.path, sha256, None, b"", b"", Outline(), (source,))
        return _Result(found, encoded_checked(unread), encoded(Aside()))
    verdict = check.release(source, rules)
    text = encoded(verdict.text) if verdict.text else b""
    listed = verdict.listed
    checked = Checked(
        found.path,
        sha256,
        listed,
        typed_digest(listed) if listed else b"",
        digest(text) if text else b"",
        verdict.outline,
        verdict.problems,
    )
    return _Result(found, encoded_checked(checked), encoded(verdict.aside), text)


# ---- the archive's own pages -----------------------------------------------------------------------------------------------------


def _articles(content: Path) -> tuple[list[tuple[Article, tuple[Link, ...]]], list[Problem]]:
    sources, problems = read.articles(content)
    articles = []
    for source in sources:
        article, of_article = check.article(source)
        problems += of_article
        if article is not None:
            articles.append((article, article.body.links))
    return articles, problems


def paragraphs(loaded: Loaded) -> Callable[[Checked], Iterator[str]]:
    """What gives the plain paragraphs of a release of `loaded`."""

    def of(one: Checked) -> Iterator[str]:
        yield from loaded.text(one).body.paragraphs

    return of


def cards(loaded: Loaded) -> Iterator[Card]:
    """The releases of `loaded` that are not withdrawn, drafts among them."""
    return (listed for listed in loaded.listed if isinstance(listed, Card))

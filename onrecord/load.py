"""content/ → Loaded: what the content is, and everything that is wrong with it.

Reading and checking a release file is a pure function of its bytes and the rules; the result is kept between runs (store) and taken
over as long as neither has changed. What release files say about each other is looked at anew each time, on cards alone. `check`,
`build`, `serve`, `report` and the tests all begin here.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from onrecord import attachments, budget, check, pool, published_files, read
from onrecord.check import Rules, links, related, relations, translated_pages
from onrecord.check.attachments import attachments as of_attachments
from onrecord.check.featured import featured
from onrecord.digests import digest, encoded, typed_digest
from onrecord.editions import folder as edition_folder
from onrecord.model import (
    Article,
    Aside,
    Card,
    Checked,
    DatedEdition,
    Kind,
    Link,
    Listed,
    Outline,
    Problem,
    PublishedFile,
    Settings,
    Text,
    Tombstone,
    Vocabularies,
)
from onrecord.moments import Moment, trusted
from onrecord.store import Store, StoreDamaged, StoredFile, Texts, decoded_checked

if TYPE_CHECKING:
    from pathlib import Path

    from onrecord.guarded import Overrun, Work

_CHUNK = 100
"""Release files that a process is given at a time."""
Plan = Callable[["Loaded", bool], frozenset[str]]
"""(what was loaded, drafts shown) → the paths of all pages of the site, in its main edition. Made without making a page."""


class NoContent(Exception):
    """There is no content folder. The message is for the person who named it."""


class Loaded(Struct, frozen=True):
    """The content, read and checked, in the order of its paths. `problems` are all there are, in the order of files and lines;
    `withdrawn_terms` the entries of the vocabularies, as (kind, slug), that withdrawn releases name; `files` the originals and attachments
    that are published, by their path on the site; `editions` the dated editions, oldest first, and `unchanged` the slugs of the records
    that stand as the newest of these holds them."""

    settings: Settings
    vocabularies: Vocabularies
    checked: tuple[Checked, ...]
    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]
    texts: Texts
    withdrawn_terms: frozenset[tuple[Kind, str]] = frozenset()
    files: Mapping[str, PublishedFile] = field(default_factory=dict)
    editions: tuple[DatedEdition, ...] = ()
    unchanged: frozenset[str] = frozenset()

    @property
    def listed(self) -> tuple[Listed, ...]:
        """Every release whose file has no error, drafts and withdrawn ones among them."""
        return tuple(file.listed for file in self.checked if file.listed is not None)

    @property
    def text_digests(self) -> dict[str, bytes]:
        """The digest that the Text of each release is found by, by slug; empty for what has none."""
        return {file.listed.slug: file.text for file in self.checked if file.listed is not None}

    @property
    def card_digests(self) -> dict[str, bytes]:
        """The digest of each card and tombstone, by slug."""
        return {file.listed.slug: file.digest for file in self.checked if file.listed is not None}

    def text(self, file: Checked) -> Text:
        """The Text of a file that has one. Raises StoreDamaged."""
        return self.texts.get(file.text)


def load(
    content: Path,
    store: Store,
    moment: Moment,
    plan: Plan,
    jobs: int = 1,
    progress: Callable[[int, int], None] = lambda done, total: None,
    memory: dict[str, StoredFile] | None = None,
    scan: read.Scan | None = None,
) -> Loaded:
    """Reads and checks a content folder; only what has changed since it was last kept in `store`.

    A caller who loads the same folder again and again hands over the same `memory`, empty at first, which saves reading the store; one who
    has looked at the folder since `moment` hands over the `scan`. `plan` is asked only where a text links to a page of the site. `progress`
    is called with how many of how many files are checked. Raises NoContent, OSError when something cannot be read, StoreDamaged (the caller
    throws the store away and begins again), and pool.PoolFailed.
    """
    if not read.is_folder(content):
        raise NoContent(f"There is no folder {content}. Name the content folder with --content.")
    settings, vocabularies, problems = _tables(content, store)
    rules = check.rules(vocabularies, moment.today)
    scan = scan or read.scan(content)
    entries, unread = read.entries(scan)
    checked = _checked(entries, store, rules, moment, jobs, progress, memory)
    articles, of_articles = _articles(scan, jobs)
    of_articles += translated_pages.problems(settings, [article for article, _ in articles])
    editions, held, of_editions = edition_folder.editions(scan)
    unchanged = edition_folder.unchanged(held, checked)
    problems += (
        *read.unreadable(scan),
        *unread,
        *of_articles,
        *of_editions,
        *(problem for file in checked for problem in file.problems),
    )
    files = relations.Files(checked, store.aside, [problem.path for problem in unread])
    problems += _between(files, checked, unread, store)
    problems += _featured(content, settings, files)
    loaded = Loaded(
        settings,
        vocabularies,
        checked,
        tuple(article for article, _ in articles),
        (),
        store.texts(),
        editions=editions,
        unchanged=unchanged,
    )
    problems += links.links(files, articles, _Exists(loaded, plan))
    inventory, of_files = attachments.inventory(scan, store, moment)
    previews = {sha256: preview.picture.path for sha256, preview in inventory.previews.items()}
    problems += of_files
    problems += of_attachments(files, inventory.files, previews, {problem.path for problem in of_files})
    named = (name for file in checked if file.listed is not None for name in file.outline.files)
    published = attachments.published(named, inventory)
    of_the_site = {f"{attachments.FOLDER}/{file.source}" for file in published.values()}
    problems += published_files.problems(inventory.measured, store, jobs, progress, of_the_site)
    store.commit()
    gone = _withdrawn_terms(checked, store, rules)
    return replace(loaded, problems=tuple(sorted(set(problems))), withdrawn_terms=gone, files=published)


def _withdrawn_terms(checked: Sequence[Checked], store: Store, rules: Rules) -> frozenset[tuple[Kind, str]]:
    words = (
        word
        for file in checked
        if isinstance(file.listed, Tombstone)
        for word in store.aside(file.path).vocabulary_words
    )
    return frozenset((kind, slug) for kind, word in words if (slug := rules.slugs(kind).get(word)) is not None)


def _between(
    files: relations.Files, checked: Sequence[Checked], unread: Sequence[Problem], store: Store
) -> list[Problem]:
    """The Problems between releases. Whether there are any follows from the paths and the cards alone, so where these are as they were when
    there was none, there is none."""
    listed = b"\n".join([file.path.encode() + b"\0" + file.digest for file in checked])
    key = digest(
        listed + b"\0\0" + "\n".join(sorted(problem.path for problem in unread)).encode("utf-8", "surrogateescape")
    )
    if store.fact("unproblematic relations") == key:
        return []
    problems = [*relations.between(files), *related.related(files)]
    if not problems:
        store.note("unproblematic relations", key)
    return problems


def _featured(content: Path, settings: Settings, files: relations.Files) -> list[Problem]:
    problem = featured(settings.featured, files) if settings.featured else None
    if problem is None:
        return []
    # Settings are kept without their lines, and a problem is rare.
    file, _ = read.toml(content, "archive.toml")
    return [dataclasses.replace(problem, path=file.path, line=file.line_of("featured"))]


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


class _Tables(Struct, frozen=True):
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
    entries: Sequence[read.FileStatus],
    store: Store,
    rules: Rules,
    moment: Moment,
    jobs: int,
    progress: Callable[[int, int], None],
    memory: dict[str, StoredFile] | None,
) -> tuple[Checked, ...]:
    """What became of every file, in their order."""
    changed = _changed_words(store, rules, moment)
    rows_before = {} if changed is None else memory or dict(store.rows())
    affected = store.naming(changed or frozenset())
    checked: dict[str, Checked] = {}
    rows_now: dict[str, StoredFile] = {}
    new: list[tuple[read.FileStatus, str]] = []
    for entry in entries:
        row = rows_before.get(entry.path)
        # What has a problem is checked again: its message may name a word that is near, or a day that has come.
        if row is None or row.checked.problems or entry.path in affected:
            new.append((entry, ""))
        elif row.stamp != entry.stamp:
            new.append((entry, row.checked.sha256))
        else:
            checked[entry.path] = row.checked
    done = 0
    small = [task for task in new if task[0].size <= budget.SMALL]
    large = [task for task in new if task[0].size > budget.SMALL]
    for results in itertools.chain(
        pool.spread(_check, pool.chunks(small, _CHUNK), jobs if len(small) > 2 * _CHUNK else 1, _begin, (rules,)),
        _check_guarded(large, rules, jobs),
    ):
        rows = []
        stamps = []
        texts = []
        for result in results:
            path, stamp = result.entry.path, trusted(result.entry.stamp, moment)
            if not result.checked:
                # The same bytes under the same rules: only the file's times have changed.
                stamps.append((path, stamp))
                checked[path] = rows_before[path].checked
                rows_now[path] = StoredFile(stamp, checked[path])
                continue
            file = decoded_checked(result.checked)
            rows.append((path, stamp, result.checked, result.aside))
            if result.text:
                texts.append((file.text, result.text))
            checked[path] = file
            rows_now[path] = StoredFile(stamp, file)
        store.keep(rows, texts)
        store.restamp(stamps)
        done += len(results)
        progress(done, len(new))
    gone = rows_before.keys() - {entry.path for entry in entries}
    if gone:
        store.forget(sorted(gone))
    if new or gone:
        store.tidy(file.text for file in checked.values())
    if memory is not None:
        kept = {entry.path: rows_now.get(entry.path) or rows_before[entry.path] for entry in entries}
        memory.clear()
        memory.update(kept)
    return tuple(checked[entry.path] for entry in entries)


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


class _Result(Struct, frozen=True):
    """A file after its check, encoded: its Checked (empty where its bytes were the ones that were known), its Aside, and its Text (empty
    without one)."""

    entry: read.FileStatus
    checked: bytes = b""
    aside: bytes = b""
    text: bytes = b""


_rules: Rules | None = None


def _begin(rules: Rules | None) -> None:
    global _rules
    _rules = rules


def _check(entries: Sequence[tuple[read.FileStatus, str]]) -> list[_Result]:
    assert _rules is not None
    return [_result(entry, sha256, _rules) for entry, sha256 in entries]


def _result(entry: read.FileStatus, sha256_before: str, rules: Rules) -> _Result:
    """What becomes of a file whose bytes last had the SHA-256 `sha256_before`, as far as its budget goes."""
    file = read.file(entry)
    return _Result(entry) if read.fixity(file) == sha256_before else _Result(entry, *_parts(file, rules))


def _parts(file: read.FileData, rules: Rules) -> tuple[bytes, bytes, bytes]:
    """A file's Checked, Aside and Text, encoded (see _Result)."""
    try:
        with budget.limited():
            source = read.source(file)
            if isinstance(source, Problem):
                return _unread(file, source)
            verdict = check.release(source, rules)
    except budget.Exceeded:
        return _unread(file, budget.problem().in_file(file.path))
    listed = verdict.listed
    text = encoded(verdict.text) if verdict.text else b""
    digests = typed_digest(listed) if listed else b"", digest(text) if text else b""
    checked = Checked(file.path, read.fixity(file), listed, *digests, verdict.outline, verdict.problems)
    return encoded(checked), encoded(verdict.aside), text


def _unread(file: read.FileData, problem: Problem) -> tuple[bytes, bytes, bytes]:
    return encoded(Checked(file.path, read.fixity(file), None, b"", b"", Outline(), (problem,))), encoded(Aside()), b""


# ---- large files: in processes that can be ended ---------------------------------------------------------------------------------


def _check_guarded(entries: Sequence[tuple[read.FileStatus, str]], rules: Rules, jobs: int) -> Iterator[list[_Result]]:
    """What `_check` gives, a file at a time."""
    new = []
    for entry, sha256 in entries:
        if sha256 and read.fixity(read.file(entry)) == sha256:
            yield [_Result(entry)]
        else:
            new.append(entry)
    for entry, answer in _guarded(_parts_of_piece, new, jobs, rules):
        if isinstance(answer, bytes):
            yield [_Result(entry, *_decode_parts(answer))]
        else:
            yield [_Result(entry, *_unread(read.file(entry), budget.problem(answer).in_file(entry.path)))]


def _guarded(
    work: Work, entries: Sequence[read.FileStatus], jobs: int, rules: Rules | None = None
) -> Iterator[tuple[read.FileStatus, bytes | Overrun]]:
    """The answer of `work` to each file, which it is given as a piece (`_file_of_piece`)."""
    if not entries:
        return
    from onrecord import guarded  # late: few archives have large files

    def piece(number: int) -> bytes:
        file = read.file(entries[number])
        return encoded((file.path, file.data))

    for number, answer in guarded.answers(work, len(entries), piece, jobs, _begin, (rules,)):
        yield entries[number], answer


_decode_piece = msgspec.msgpack.Decoder(tuple[str, bytes]).decode
_decode_parts = msgspec.msgpack.Decoder(tuple[bytes, bytes, bytes]).decode


def _file_of_piece(piece: bytes) -> read.FileData:
    return read.FileData(*_decode_piece(piece))


def _parts_of_piece(piece: bytes) -> bytes:
    assert _rules is not None
    return encoded(_parts(_file_of_piece(piece), _rules))


# ---- the archive's own pages -----------------------------------------------------------------------------------------------------


def _articles(content: read.Scan, jobs: int) -> tuple[list[tuple[Article, tuple[Link, ...]]], list[Problem]]:
    entries, problems = read.entries(content, "pages")
    found = {entry.path: _article(read.file(entry)) for entry in entries if entry.size <= budget.SMALL}
    for entry, answer in _guarded(_article_of_piece, [entry for entry in entries if entry.path not in found], jobs):
        if isinstance(answer, bytes):
            found[entry.path] = _decode_article(answer)
        else:
            found[entry.path] = (None, [budget.problem(answer).in_file(entry.path)])
    articles = []
    for entry in entries:
        article, of_article = found[entry.path]
        problems += of_article
        if article is not None:
            articles.append((article, article.body.links))
    return articles, problems


def _article(file: read.FileData) -> tuple[Article | None, list[Problem]]:
    """A page of the archive's own, as far as its budget goes."""
    try:
        with budget.limited():
            source = read.source(file)
            return (None, [source]) if isinstance(source, Problem) else check.article(source)
    except budget.Exceeded:
        return None, [budget.problem().in_file(file.path)]


_decode_article = msgspec.msgpack.Decoder(tuple[Article | None, list[Problem]]).decode


def _article_of_piece(piece: bytes) -> bytes:
    return encoded(_article(_file_of_piece(piece)))


def paragraphs(loaded: Loaded) -> Callable[[Checked], Iterator[str]]:
    """What gives the plain paragraphs of a release of `loaded`."""

    def of_release(file: Checked) -> Iterator[str]:
        yield from loaded.text(file).body.paragraphs

    return of_release


def cards(loaded: Loaded) -> Iterator[Card]:
    """The releases of `loaded` that are not withdrawn, drafts among them."""
    return (listed for listed in loaded.listed if isinstance(listed, Card))

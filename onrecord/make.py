"""Outputs that have to be made → files in the stage, spread over processes.

What a process needs is sent once: the archive in cards, the place of the texts, the templates. It writes its files into the stage
(`publish.write_file`) and gives back what each of them asked.
"""

from __future__ import annotations

import math
import time
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from onrecord import attachments, budget, dataset, languages, plan, pool, publish, routes, search, views
from onrecord.dataset import DataFileWritten
from onrecord.digests import digest
from onrecord.json_text import compact
from onrecord.ledger import Ledger, MakerList, Products, WrittenFile, WrittenFolder
from onrecord.makers.assets import Assets
from onrecord.makers.data_pieces import DataPieces
from onrecord.makers.originals import Originals
from onrecord.makers.pages import PageMaker
from onrecord.makers.shards import Shards
from onrecord.model import Archive, PublishedFile
from onrecord.plan import Output
from onrecord.publish import Written
from onrecord.reader import Build, Reader, TextSource, Trace, interface_languages
from onrecord.render import Renderer
from onrecord.templates import NO_OVERLAY, Overlay, Templates

if TYPE_CHECKING:
    from pathlib import Path

_CHUNK = 200
"""Outputs that a process is given at a time."""

_BUNDLES = 8
"""Bundles of releases, of which each gives to all files of `data/`, that a process is given at a time."""

_FEW = 400
"""Up to this many outputs are made in this process: to begin others would take longer."""


MOST_SECONDS = 120.0
"""Seconds of the processor in which a file of the site is made. What a release holds is limited so that it takes a few; this is the net
below these limits, so that a build ends whatever it was given. Parts of the search index hold a thousand releases each, and have none."""


class Given(Struct, frozen=True):
    """Everything outputs are made from. `pieces` is the folder of what the parts of the search index give to the files they share, None
    where no index is made; `content` the content folder, from which originals are copied; `data_pieces` the folder of what the files of
    `data/` are put together from; `overlay` what a theme lays over the templates."""

    archive: Archive
    texts: TextSource
    build: Build
    templates: Path
    cache: Path | None
    program: bytes
    pieces: Path | None = None
    content: Path | None = None
    data_pieces: Path | None = None
    overlay: Overlay = NO_OVERLAY


class Batch(Struct, frozen=True):
    """What a process gives back of a task: who it is, the questions it asked for the first time, and what it made."""

    process: int
    trace: Trace
    products: Products


class Makers:
    """The makers of one process, and the Reader through which they ask."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.reader = Reader(given.archive, given.texts, given.build)
        self.templates = Templates(given.templates, given.overlay)
        self.renderer = Renderer(given.templates, given.cache, given.overlay.folder)
        self.by_name = plan.makers(self.reader, self.templates, self.renderer)
        self.originals = Originals()
        self.shards = Shards()
        self.data_pieces = DataPieces()
        self.reported = 0

    def lists(self) -> Iterator[MakerList]:
        """Every maker as the ledger needs it. Those whose outputs are written by the search room come last."""
        for name, maker in self.by_name.items():
            listing = self.templates.digest if isinstance(maker, Assets) else b""
            yield MakerList(name, self._version(name), listing, maker.outputs)
        yield MakerList(ORIGINALS, self._version(ORIGINALS), b"", self.originals.outputs)
        yield MakerList(DATA, self._version(DATA), b"", self.data_pieces.outputs)
        if self.given.build.search:
            yield MakerList(self.shards.name, self._version(self.shards.name), search.version(), self.shards.outputs)
            yield MakerList(RUNTIME, self._version(RUNTIME), search.version(), self._runtime)

    def _runtime(self, ask: Reader) -> Iterator[tuple[str, tuple[str, ...]]]:
        languages = sorted({subject[1] for _, subject in self.shards.outputs(ask)})
        yield routes.ENGINE, tuple(languages)

    def outputs(self) -> list[Output]:
        """Every output of the site but those that are made from the list of the others."""
        outputs = [
            Output(path, maker.name, subject) for maker in self.lists() for path, subject in maker.outputs(self.reader)
        ]
        plan.distinct(outputs)
        return outputs

    def _version(self, name: str) -> bytes:
        """The version of a maker: its code, its template with all it includes, and the words of its language."""
        parts = self.given.program + name.encode()
        maker = self.by_name.get(name)
        if isinstance(maker, PageMaker):
            parts += self.templates.version(maker.template, languages.catalogue(maker.language))
        elif isinstance(maker, Assets):
            parts += self.templates.digest
        elif name in (self.shards.name, RUNTIME):
            parts += search.version()
        return digest(parts)

    def data(self, output: Output) -> bytes:
        """The bytes of an output of a single file."""
        return self.by_name[output.maker].make(self.reader, *output.subject)

    def data_pages(self, written: Sequence[DataFileWritten]) -> Iterator[tuple[str, bytes]]:
        """The pages of these files of `data/`, one in each language of the interface, by path; and before them what describes the files for
        programs."""
        settings = self.reader.settings()
        yield routes.DATA_PACKAGE, dataset.package(settings, written)
        for language in interface_languages(settings):
            edition = self.renderer.edition(self.reader, language)
            for kind in views.LAST:
                for path, subject in kind.pages(edition):
                    page = kind.view(edition, *subject, written)
                    yield edition.prefix + path, self.renderer.page(views.TEMPLATE_OF[kind.name], language, page)

    def original(self, path: str) -> bytes | None:
        """The bytes of an original, an attachment or a preview by its path on the site, for whoever shows it before it is published; None
        where there is none."""
        file = self.originals.file(self.reader, path) if path in self.given.archive.files else None
        return publish.read_bytes(self._source(file)) if file else None

    def _source(self, file: PublishedFile) -> str:
        assert self.given.content is not None, "originals are copied from a content folder"
        return str(self.given.content / attachments.FOLDER / file.source)

    def batch(self, outputs: Sequence[Output], stage: str) -> Batch:
        """Makes outputs and writes their files into the stage. Raises plan.OutputTooSlow."""
        products = Products()
        output = outputs[0]
        most = math.inf if output.maker in (self.shards.name, RUNTIME, ORIGINALS) else MOST_SECONDS
        began = time.process_time()
        try:
            with budget.one_by_one(most) as begin:
                for output in outputs:
                    begin()
                    began = time.process_time()
                    self._make(output, stage, products)
        except Exception as error:
            # Whatever was made of the interruption on its way here.
            if not isinstance(error, budget.Exceeded) and time.process_time() - began < most:
                raise
            raise plan.OutputTooSlow(
                f"{output.path} takes more than {most:g} seconds of work to make. Look for what is very large in the release or "
                "entry that it shows, and divide it; or for a loop without end in the template. Nothing was published."
            ) from error
        trace = self.reader.trace(self.reported)
        self.reported = self.reader.question_count
        self.reader.forget_passing()
        return Batch(pool.process(), trace, products)

    def _copy(self, output: Output, stage: str) -> tuple[array[int], Written]:
        """An output that is a copy of a file of the content: it may be as large as the disk, and is never held as a whole."""
        file, reads = self.reader.traced(lambda: self.originals.file(self.reader, *output.subject))
        return reads, publish.copy_file(stage, output.path, self._source(file), file.sha256)

    def _make(self, output: Output, stage: str, products: Products) -> None:
        if output.maker in (self.shards.name, RUNTIME):
            products.add_folder(output.path, self._folder(output, stage))
            return
        if output.maker == DATA:
            rendered, reads = self.reader.traced(lambda: self.data_pieces.pieces(self.reader, *output.subject))
            assert self.given.data_pieces is not None, "the files of data/ need the folder of their pieces"
            name, year = output.path.rpartition("/")[2], output.subject[1]
            bundle = dataset.written(self.given.data_pieces, name, year, rendered)
            products.add_folder(output.path, WrittenFolder(reads, (), compact(bundle)))
            return
        if output.maker == ORIGINALS:
            reads, written = self._copy(output, stage)
        else:
            data, reads = self.reader.traced(lambda: self.data(output))
            written = publish.write_file(stage, output.path, data)
        products.add_file(output.path, reads, bytes.fromhex(written.sha256), written.size, written.mtime_ns)

    def _folder(self, output: Output, stage: str) -> WrittenFolder:
        """Outputs that the search room writes itself: a part of the index, or the engine that all parts share."""
        if output.maker == RUNTIME:
            folder = f"{stage}/{routes.PAGEFIND}"
            search.runtime(folder, output.subject)
            files = publish.read_folder(stage, routes.PAGEFIND, deep=False)
            return WrittenFolder(array("I"), _noted(files))
        (shard, texts), reads = self.reader.traced(lambda: self.shards.shard(self.reader, *output.subject))
        assert self.given.pieces is not None, "a search index needs the folder of its pieces"
        info = search.make_shard(f"{stage}/{output.path}", self.given.pieces, shard, texts)
        files = publish.read_folder(stage, output.path)
        return WrittenFolder(reads, _noted(files), compact(info.json()))


def _noted(files: Iterable[Written]) -> tuple[tuple[str, WrittenFile], ...]:
    return tuple((file.path, WrittenFile(bytes.fromhex(file.sha256), file.size, file.mtime_ns)) for file in files)


# ---- in each process -----------------------------------------------------------------------------------------------------------

_makers: Makers | None = None
_stage = ""


def _begin(given: Given, stage: str) -> None:
    """Prepares a process. One that was forked has its parent's makers already, with all it was asked."""
    global _makers, _stage
    if _makers is None or _makers.given is not given:
        _makers = Makers(given)
    _stage = stage


def _work(outputs: Sequence[Output]) -> Batch:
    assert _makers is not None
    return _makers.batch(outputs, _stage)


# ---- in this process -------------------------------------------------------------------------------------------------------------


def produce(makers: Makers, due: Sequence[Output], stage: str, jobs: int, ledger: Ledger) -> Iterator[int]:
    """Makes outputs and writes their files into the stage; all of it is noted in the ledger. Gives the number of those that are made, as it
    grows.

    Raises whatever makers raise, plan.OutputTooSlow, OSError and PoolFailed.
    """
    global _makers
    _makers = makers
    # What was asked to plan and to compare is no part of what outputs ask.
    makers.reader.forget()
    makers.reported = 0
    own = array("I")
    numbers: dict[int, array[int]] = {pool.process(): own}
    # Parts of the search index take seconds each: they go first, so that all processes end at about the same time.
    folders = [output for output in due if output.maker in (makers.shards.name, RUNTIME)]
    bundles = [output for output in due if output.maker == DATA]
    singles = [output for output in due if output.maker not in (makers.shards.name, RUNTIME, DATA)]
    tasks: list[Sequence[Output]] = [[output] for output in folders]
    tasks += pool.chunks(bundles, _BUNDLES)
    tasks += pool.chunks(_by_release(singles), _CHUNK)
    few = len(singles) <= _FEW and len(folders) <= 1 and len(bundles) <= _BUNDLES
    batches = pool.spread(_work, tasks, 1 if few else jobs, _begin, (makers.given, stage), ahead=64)
    count = 0
    for task, batch in zip(tasks, batches, strict=True):
        renumbered = numbers.get(batch.process)
        if renumbered is None:
            renumbered = numbers[batch.process] = own[: batch.trace.first]
        ledger.merged(batch.trace, renumbered)
        ledger.add(batch.products, renumbered)
        count += len(task)
        yield count
    _makers = None


def _by_release(outputs: Iterable[Output]) -> Iterator[Output]:
    """Outputs in an order in which those that need one text come together: the page of a release in every language, and its files."""
    others: list[Output] = []
    of_release: dict[str, list[Output]] = {}
    for output in outputs:
        if output.subject and output.path.rpartition("/")[0].endswith(_RELEASES):
            of_release.setdefault(output.subject[-1], []).append(output)
        else:
            others.append(output)
    for same in of_release.values():
        yield from same
    yield from others


_RELEASES = routes.release("").partition("/")[0]
RUNTIME = "search-runtime"
"""The maker of the engine that all parts of the search index share."""

DATA = DataPieces().name
"""The maker of what the files of `data/` are put together from."""

ORIGINALS = Originals().name
"""The maker of the copies of originals and attachments."""

SHARDS = Shards().name
"""The maker of these parts."""

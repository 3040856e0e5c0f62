"""The site as a whole: which outputs are made and which are kept, the files that are made from the list of all others, and the ledger."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from hashlib import sha256 as sha256_of
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from onrecord import dataset, ledger, make, plan, publish, routes, search
from onrecord.dataset import DataFileWritten, PlannedFile
from onrecord.digests import digest
from onrecord.ledger import WrittenFile
from onrecord.list_formats import PACKED
from onrecord.make import Given, Makers
from onrecord.makers import listings, sitemap
from onrecord.plan import Output
from onrecord.publish import Outcome, SiteDifferences, Stage, Written, word_scan

if TYPE_CHECKING:
    from pathlib import Path

    from onrecord.withheld_words import Withheld


class AuditFinding(Struct, frozen=True):
    """A file that an audit found: its path, and what the ledger would have got wrong about it."""

    path: str
    message: str


class Work:
    """One build of a site, from its plan to its ledger.

    The ledger of the last build is kept at `path`, and `comparison` holds the site against it; `inputs` is what it notes as the digest of
    everything this build is made from. Raises, from any method, publish.PublishFailed, plan.SamePath, plan.OutputTooSlow,
    render.TemplateProblem, search.SearchFailed, dataset.PiecesDamaged, pool.PoolFailed and OSError.
    """

    def __init__(
        self,
        given: Given,
        stage: Stage,
        comparison: SiteDifferences,
        path: Path,
        inputs: bytes,
        jobs: int,
        audit: bool,
    ) -> None:
        self.stage = stage
        self.jobs = jobs
        self.path = path
        self.inputs = inputs
        self.settings = given.archive.settings
        self.build = given.build
        self.program = given.program
        self.makers = Makers(given)
        noted, notice = ledger.read(path, given.program)
        stage.notices.extend([notice] if notice else [])
        self.ledger = noted
        self.differing = comparison.differing(noted.mark) if noted else {}
        self.manifest = noted.others.get(publish.MANIFEST)
        self.is_as_written = self.manifest is not None and publish.MANIFEST not in self.differing
        if noted and not self.is_as_written:
            stage.recognize({name: file.sha256.hex() for name, file in noted.files()})
        self.pieces = given.pieces
        assert given.data_pieces is not None, "the files of data/ need the folder of their pieces"
        self.data_pieces = dataset.Pieces(given.data_pieces)
        lost = dict.fromkeys(self._lost_shards()) if self.build.search else {}
        if lost:
            stage.notices.append(f"What was kept of the search index in {self.pieces} is damaged. It is made again.")
        lost |= dict.fromkeys(self._lost_bundles())
        due = noted.plan(self.makers.lists(), self.makers.reader, self.differing | lost, self._same_bytes)
        if noted.relisted:
            self._distinct()
        self.before = noted.kept() | self._bundles_kept({path for path, *_ in due}) if audit else {}
        self.due = [Output(*output) for output in (noted.everything() if audit else due)]
        self.kept: dict[str, str] = {}
        self.others: dict[str, WrittenFile] = {}
        self.new: dict[str, WrittenFile] = {}
        self.described: list[str] = []

    def _distinct(self) -> None:
        paths = {path.casefold() for path in self.ledger.paths()}
        if len(paths) != self.ledger.count:
            plan.distinct([Output(*output) for output in self.ledger.everything()])

    def _lost_shards(self) -> Iterator[str]:
        """A file of each part of the search index whose pieces are not in the cache folder as they were: it is to be made again."""
        assert self.pieces is not None
        for path, result in self.ledger.outputs_of(make.SHARDS):
            if result and not search.has_pieces(self.pieces, search.ShardInfo.from_json(json.loads(result))):
                yield next(name for name, _ in self.ledger.files_of(make.SHARDS) if name.startswith(f"{path}/"))

    def _lost_bundles(self) -> Iterator[str]:
        """The bundles whose pieces of `data/` are not in the cache folder: they are to be made again."""
        for path, result in self.ledger.outputs_of(make.DATA):
            if result and not self.data_pieces.has(dataset.bundle(result)):
                yield path

    def _bundles_kept(self, due: Collection[str]) -> dict[str, str]:
        """The bundles that are not to be made: path → digest of what their pieces are."""
        return {path: digest(result).hex() for path, result in self.ledger.outputs_of(make.DATA) if path not in due}

    def _same_bytes(self, path: str, key: bytes) -> bool:
        return publish.digest(str(self.stage.out / path)) == key.hex()

    def make(self, progress: Callable[[int, int], None]) -> None:
        """Makes what is to be made, then what follows from all outputs. `progress` is told how many of how many are done."""
        total = len(self.due)
        stage = str(self.stage.path)
        products = make.produce(self.makers, self.due, stage, self.jobs, self.ledger)
        for done in products:
            progress(done, total)
        self.ledger.settle()
        self._lists()
        self._data()
        self._sitemap()
        if self.build.search:
            self._catalogue()
        # From here on only files are moved: cards and answers may go, so that what is kept of every file has room.
        del self.makers

    def _data(self) -> None:
        """The files of `data/`, put together from their pieces; then the pages of them, and what describes them for programs."""
        noted = self.ledger
        bundles = [dataset.bundle(result) for _, result in noted.outputs_of(make.DATA)]
        keys: dict[str, bytes] = {}
        written: list[DataFileWritten] = []
        for file in dataset.planned(bundles):
            key = keys[file.path] = file.key
            if not self._is_kept(file.path, noted.data.get(file.path) == key):
                self._write_new(file.path, self._joined(file))
            done = self.others[file.path]
            written.append(file.written(done.size, done.sha256.hex()))
        for other in dataset.made_elsewhere():
            plain = routes.data_file(other.stem, other.ending)
            for path in (plain, f"{plain}.{PACKED}"):
                found = self.others.get(path) or noted.file(path)
                written += [other.written(path, found.size, found.sha256.hex())] if found else []
        noted.data = keys
        self.data_pieces.tidy(bundles)
        self.described = []
        for path, data in self.makers.data_pages(dataset.in_order(written)):
            self.described.append(path)
            self._write_other(path, data)

    def _joined(self, file: PlannedFile) -> Iterator[bytes]:
        yield file.head
        for bundle, piece in file.sources:
            try:
                yield self.data_pieces.data(bundle, piece.file, file.is_packed)
            except dataset.PiecesDamaged:
                # Once none is there, the next build makes all of them.
                self.data_pieces.discard()
                raise

    def _lists(self) -> None:
        """The lists of releases as files, put together from the files of single releases; kept where these are the same."""
        sha256 = {
            ending: {path: file.sha256 for path, file in self.ledger.files_of(maker)}
            for ending, maker in listings.MAKERS.items()
        }
        made = {path for path, *_ in self.ledger.new_files()}
        stage, out = str(self.stage.path), str(self.stage.out)

        def read(path: str, key: bytes) -> bytes:
            data = publish.read_bytes(f"{stage if path in made else out}/{path}")
            if data is None or sha256_of(data).digest() != key:
                raise publish.PublishFailed(f"{path} was changed while the site was built. Build again.")
            return data

        keys: dict[str, bytes] = {}
        files = listings.ListFiles(self.makers.reader, sha256, read, lambda path: publish.read_bytes(f"{out}/{path}"))
        for path, key, data in files.all():
            keys[path] = key
            if not self._is_kept(path, self.ledger.lists.get(path) == key):
                self._write_other(path, data())
        self.ledger.lists = keys

    def _sitemap(self) -> None:
        """The sitemap, made from the list of all outputs and what is known of them; kept where both are the same."""
        known = sitemap.known(self.makers.reader)
        key = known.digest
        if not self.ledger.relisted and self.ledger.sitemap[0] == key:
            present = {path: self._present(path) for path in self.ledger.sitemap[1]}
            if all(present.values()):
                for path, file in present.items():
                    assert file is not None
                    self._keep(path, file)
                return
        files = sitemap.files(known, [*self.ledger.paths(), *self.described])
        for path, data in files:
            self._write_other(path, data)
        self.ledger.sitemap = key, [path for path, _ in files]

    def _catalogue(self) -> None:
        """What all parts of the search index share, made from their pieces."""
        noted, ask = self.ledger, self.makers.reader
        assert self.pieces is not None
        infos = [search.ShardInfo.from_json(json.loads(result)) for _, result in noted.outputs_of(make.SHARDS)]
        engine = dict(noted.files_of(make.RUNTIME))[routes.ENGINE].sha256
        months = search.months(ask, sorted({info.language for info in infos}))

        def write(name: str, made: Callable[[], bytes], by_content: bool) -> None:
            path = f"{routes.PAGEFIND}/{name}"
            if not self._is_kept(path, by_content):
                self._write_other(path, made())

        search.join_shards(self.pieces, infos, search.term_pages(ask), months, engine, write)

    def _is_kept(self, path: str, is_same: bool) -> bool:
        """Keeps the file that is there, where it is made from the same as before (`is_same`) and as it was written."""
        present = self._present(path) if is_same else None
        if present is not None:
            self._keep(path, present)
        return present is not None

    def _write_other(self, path: str, data: bytes) -> None:
        """A file that is made at every build: written where its bytes are not those that are there."""
        key = sha256_of(data).digest()
        present = self._present(path)
        if present is not None and present.sha256 == key:
            self._keep(path, present)
            return
        self._write_new(path, data)

    def _write_new(self, path: str, data: bytes | Iterator[bytes]) -> None:
        written = publish.write_file(str(self.stage.path), path, data)
        file = WrittenFile(bytes.fromhex(written.sha256), written.size, written.mtime_ns)
        self.new[path] = self.others[path] = file

    def _keep(self, path: str, present: WrittenFile) -> None:
        self.kept[path] = present.sha256.hex()
        self.others[path] = present

    def _written(self) -> Iterator[Written]:
        """The files that stand in the stage."""
        for path, file in self.new.items():
            yield Written(path, file.sha256.hex(), file.size, file.mtime_ns)
        yield from itertools.starmap(Written, self.ledger.new_files())

    def _present(self, path: str) -> WrittenFile | None:
        """One of the files that follow from the list, as it is there; None where its bytes are not those that were written."""
        file = self.ledger.others.get(path)
        if file is None or not (self.is_as_written or (self.stage.listed or {}).get(path) == file.sha256.hex()):
            return None
        size, mtime_ns = self.differing.get(path, (file.size, file.mtime_ns)) or (-1, 0)
        if size != file.size:
            return None
        if mtime_ns == file.mtime_ns:
            return file
        return replace(file, mtime_ns=mtime_ns) if self._same_bytes(path, file.sha256) else None

    def refused(self, entries: Sequence[Withheld]) -> list[word_scan.Hit]:
        """The files that hold withheld words, of all that the site would have: what was made and what would be kept, unpacked."""
        stage, out = str(self.stage.path), str(self.stage.out)
        made = ((stage, path) for path in publish.survey(self.stage.path))
        kept = ((out, path) for path in (self.ledger.kept() | self.kept))
        return word_scan.hits(itertools.chain(made, kept), entries, self.jobs)

    def publish(self) -> int:
        """Puts what was made in its place, and returns how many files the site has."""
        name = routes.offline_copy(self.settings.offline_copy) if self.settings.offline_copy else ""
        outcome = self._amended() if self.is_as_written and not name and name not in self.ledger.others else None
        if outcome is None:
            outcome = self._committed(name)
        for path, (size, mtime_ns) in outcome.stamps.items():
            key = outcome.manifest if path == publish.MANIFEST else publish.digest(str(self.stage.out / path))
            self.others[path] = WrittenFile(bytes.fromhex(key), size, mtime_ns)
        return outcome.files

    def _amended(self) -> Outcome | None:
        """What is new put into the site as it is; None where that needs a look at all of it."""
        gone = self.ledger.gone()
        gone |= {
            path: file.sha256.hex()
            for path, file in self.ledger.others.items()
            if path not in self.others and path != publish.MANIFEST
        }
        return self.stage.amend(self._written(), gone, self.build.date)

    def _committed(self, name: str) -> Outcome:
        """The whole site, what is new and what is kept. `name` is that of its packed copy, empty for none."""
        present = self._present(name) if name else None
        if present is not None:
            # Offered to be kept: the publisher packs it anew where anything in it has changed.
            self._keep(name, present)
        kept = self.ledger.kept() | self.kept
        return self.stage.commit(self._written(), kept, self.settings.offline_copy, self.build.date)

    def remember(self, numbers: tuple[int, ...], quiet: bool) -> None:
        """Keeps the ledger for the next build. `numbers` are those told to the user; only a build with nothing else to tell (`quiet`) may
        be skipped the next time."""
        self.ledger.others = self.others
        self.ledger.summary = numbers
        self.ledger.inputs = self.inputs if quiet else b""
        try:
            self.ledger.write(self.path, self.program)
        except OSError as error:
            self.stage.warnings.append(
                f"What was made cannot be kept for the next build: {error.strerror or error} ({self.path})."
            )

    def audit(self) -> list[AuditFinding]:
        """What the ledger would have got wrong: files it would have kept that come out otherwise now. Nothing is published."""
        findings = []
        new = {path: sha256 for path, sha256, _, _ in self.ledger.new_files()} | self._bundles_kept(())
        for name, key in self.before.items():
            if name not in new:
                findings.append(AuditFinding(name, "would have been kept, and is not a file of this site"))
            elif new[name] != key:
                findings.append(AuditFinding(name, "would have been kept, and is made otherwise now"))
        return sorted(findings, key=lambda finding: finding.path)

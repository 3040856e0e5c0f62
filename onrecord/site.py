"""The site as a whole: which outputs are made and which are kept, the files that are made from the list of all others, and the ledger."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING

from onrecord import ledger, make, publish, routes, search
from onrecord.ledger import File
from onrecord.make import Choice, Given, Workshop
from onrecord.makers import sitemap
from onrecord.publish import Stage, Written

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Finding:
    """A file that an audit found: its path, and what the ledger would have got wrong about it."""

    path: str
    message: str


class Work:
    """One build of a site, from its plan to its ledger.

    `path` is where the ledger is kept and `inputs` what it notes as the digest of everything this build is made from. Raises, from any
    method, publish.PublishFailed, render.TemplateProblem, search.SearchFailed, pool.PoolFailed and OSError.
    """

    def __init__(self, given: Given, stage: Stage, path: Path, inputs: bytes, jobs: int, audit: bool = False) -> None:
        self.stage = stage
        self.jobs = jobs
        self.path = path
        self.inputs = inputs
        self.settings = given.archive.settings
        self.build = given.build
        self.program = given.program
        self.workshop = Workshop(given)
        self.outputs = self.workshop.outputs()
        self.ledger, notice = ledger.read(path, given.program)
        if notice:
            stage.warnings.append(notice)
        self.choice = make.choose(self.workshop, self.outputs, self.ledger, stage.present, self._same_bytes)
        self.before = self.ledger.kept(output.path for output in self.choice.kept)
        if audit:
            self.choice = Choice(list(self.outputs), [])
        self.kept: dict[str, str] = {}
        self.others: dict[str, File] = {}
        self.new: dict[str, File] = {}

    def _same_bytes(self, path: str, key: bytes) -> bool:
        return publish.digest(str(self.stage.out / path)) == key.hex()

    def make(self, progress: Callable[[int, int], None]) -> None:
        """Makes what is to be made, then what follows from all outputs. `progress` is told how many of how many are done."""
        total = len(self.choice.wanted)
        stage = str(self.stage.path)
        products = make.produce(self.workshop, self.choice.wanted, stage, self.jobs, self.ledger)
        for done, (output, entry) in enumerate(products, 1):
            self.ledger.add(output.path, entry)
            progress(done, total)
        if self.choice.kept:
            self.kept |= self.before
        self.ledger.settle()
        for path, data in self._from_the_list():
            self._other(path, data)
        # From here on only files are moved: cards and answers may go, so that what is kept of every file has room.
        del self.workshop

    def _from_the_list(self) -> Iterator[tuple[str, bytes]]:
        """The files that are made from the list of all outputs: the sitemap, and the catalogue of the search index."""
        base_url = self.settings.base_url
        yield from sitemap.files(base_url, [output.path for output in self.outputs])
        if self.build.search:
            result = self.ledger.result_of
            wasm: dict[str, str] = json.loads(result(routes.ENGINE))
            names = [output.path for output in self.outputs if output.maker == self.workshop.shards.name]
            infos = [search.ShardInfo.from_json(json.loads(result(name))) for name in names]
            for name, data in search.catalogue(infos, wasm, self.ledger.sha256_of(routes.ENGINE, routes.ENGINE)):
                yield f"{routes.PAGEFIND}/{name}", data

    def _other(self, path: str, data: bytes) -> None:
        """A file that is made at every build: written where its bytes are not those that are there."""
        key = sha256(data).digest()
        standing = self._standing(path)
        if standing is not None and standing.sha256 == key:
            self.kept[path] = key.hex()
            self.others[path] = standing
            return
        written = publish.write_file(str(self.stage.path), path, data)
        self.new[path] = self.others[path] = File(key, written.size, written.mtime_ns)

    def _written(self) -> Iterator[Written]:
        """The files that stand in the stage."""
        for path, file in chain(self.new.items(), self.ledger.made()):
            yield Written(path, file.sha256.hex(), file.size, file.mtime_ns)

    def _standing(self, path: str) -> File | None:
        """One of the files that follow from the list, as it is there; None where its bytes are not those that were written."""
        file = self.ledger.others.get(path)
        size, mtime_ns = self.stage.present.get(path, (-1, 0))
        if file is None or size != file.size or (self.stage.listed or {}).get(path) != file.sha256.hex():
            return None
        if mtime_ns == file.mtime_ns:
            return file
        return replace(file, mtime_ns=mtime_ns) if self._same_bytes(path, file.sha256) else None

    def publish(self) -> int:
        """Puts what was made in its place, and returns how many files the site has."""
        settings = self.settings
        name = routes.offline_copy(settings.offline_copy) if settings.offline_copy else ""
        standing = self._standing(name) if name else None
        if standing is not None:
            # Offered to be kept: the publisher packs it anew where anything in it has changed.
            self.kept[name] = standing.sha256.hex()
            self.others[name] = standing
        outcome = self.stage.commit(self._written(), self.kept, settings.offline_copy, self.build.date)
        for path, (size, mtime_ns) in outcome.stamps.items():
            packed = publish.digest(str(self.stage.out / path)) if path == name else ""
            self.others[path] = File(bytes.fromhex(packed), size, mtime_ns)
        return outcome.files

    def remember(self, numbers: tuple[int, ...], quiet: bool) -> None:
        """Keeps the ledger for the next build. `numbers` are those told to the user; only a build with nothing else to tell (`quiet`) may
        be skipped the next time."""
        self.ledger.others = self.others
        self.ledger.summary = numbers
        self.ledger.inputs = self.inputs if quiet else b""
        try:
            self.ledger.write(self.path, self.program, [output.path for output in self.outputs])
        except OSError as error:
            self.stage.warnings.append(
                f"What was made cannot be kept for the next build: {error.strerror or error} ({self.path})."
            )

    def audit(self) -> list[Finding]:
        """What the ledger would have got wrong: files it would have kept that come out otherwise now. Nothing is published."""
        findings = []
        made = {path: file.sha256.hex() for path, file in self.ledger.made()}
        for name, key in self.before.items():
            if name not in made:
                findings.append(Finding(name, "would have been kept, and is no file of this site"))
            elif made[name] != key:
                findings.append(Finding(name, "would have been kept, and is made otherwise now"))
        return sorted(findings, key=lambda finding: finding.path)

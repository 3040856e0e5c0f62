"""`build.py serve`: read, watch, reload. For this machine alone: the server answers nobody else.

A page is made when it is asked for, from what was read last, so that an edit is seen at once however large the archive is. The whole
site, its search index with it, is built behind that whenever nothing has moved for a moment. Drafts are shown. Problems stand as an
overlay in the page, and what was last right stays behind it.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from msgspec.structs import replace

from onrecord import __version__, arrange, make, problems, program_files, render, version
from onrecord.command import WrongUse
from onrecord.commands import building, least_rights, loading, theming
from onrecord.commands.serve_http import HOST, Server
from onrecord.commands.site_builds import Finished, SiteBuilds
from onrecord.commands.watching import Watcher
from onrecord.load import Loaded
from onrecord.make import Given
from onrecord.makers.assets import Assets
from onrecord.model import Archive, Problem
from onrecord.plan import Output
from onrecord.reader import Build
from onrecord.store import StoreDamaged, StoredFile
from onrecord.theme import Theme

_EVERY = 0.3
_QUIET = 1.5
_ALIVE = 15.0
_MOST_PROBLEMS = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    theming.add_arguments(parser)
    parser.add_argument(
        "--out",
        type=Path,
        default=Path(".cache/serve/site"),
        metavar="D",
        help="where the site is built (default: .cache/serve/site)",
    )
    parser.add_argument(
        "--port", type=int, default=8000, metavar="N", help="the port (default: 8000; 0 takes a free one)"
    )
    parser.add_argument(
        "--no-search", action="store_true", help="leave the search index out, which makes each build faster"
    )
    loading.add_arguments(parser)


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Serves until it is stopped (Ctrl-C). Raises WrongUse where there is no content or the port is taken."""
    if not args.content.is_dir():
        raise WrongUse(f"There is no folder {args.content}. Name the content folder with --content.")
    if not 0 <= args.port <= 65535:
        raise WrongUse(f"{args.port} is not a port. Choose one between 1024 and 65535, or 0 for a free one.")
    with Preview(args, err) as work, _server(args, work) as server:
        if not _confined(args):
            err.write(
                "This system cannot keep the preview from writing elsewhere or from connecting (Linux can, with Landlock).\n"
            )
        work.look()
        threading.Thread(target=server.serve_forever, name="serve", daemon=True).start()
        out.write(f"http://{HOST}:{server.port}/\n")
        out.flush()
        err.write("Stop with Ctrl-C.\n")
        # What ends this process must end the build it has started as well.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        # A look makes many objects, and a collection in the midst of it goes through all cards: `watch` collects when nothing moves.
        gc.disable()
        try:
            work.watch()
        except KeyboardInterrupt:
            err.write("\n")
        finally:
            gc.enable()
            work.stop()
            server.shutdown()
    return 0


def _server(args: argparse.Namespace, work: Preview) -> Server:
    """What answers browsers; raises WrongUse."""
    try:
        return Server(args.out, args.port, work)
    except OSError as error:
        raise WrongUse(
            f"Port {args.port} cannot be used ({error.strerror}). Choose another with --port, or --port 0 for a free one."
        ) from error


def _confined(args: argparse.Namespace) -> bool:
    """Leaves to this process, and to the builds that it starts, its folders alone: where the site stands (a new one is made beside it and
    takes its place), and the cache with the temporary files. Returns whether the system can do that."""
    return least_rights.confine([Path(os.path.realpath(args.out)).parent], Path(args.cache))


class Preview:
    """What was read last, and the pages made of it; a context manager, at whose end everything that it started has ended.

    `number` counts how often the content was looked at; `problems` are those found last, and `failure` is the message where something
    else went wrong.
    """

    def __init__(self, args: argparse.Namespace, err: TextIO) -> None:
        self.args = args
        self.err = err
        self.number = 0
        self.problems: list[Problem] = []
        self.failure = ""
        self.templates = building.templates(args.templates)
        self._makers: make.Makers | None = None
        self._located: dict[str, dict[str, Output]] = {}
        self._reading = contextlib.ExitStack()
        self._making = threading.RLock()
        self._news = threading.Condition()
        self._stopped = threading.Event()
        self._memory: dict[str, StoredFile] = {}
        self.theme = theming.folder(args)
        self._watcher = Watcher([args.content, self.templates, self.theme])
        self._builds = SiteBuilds()
        self._built_number = -1

    def __enter__(self) -> Preview:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def look(self) -> None:
        """Reads what has changed, and says how it went to the terminal and to every page that waits."""
        began = time.monotonic()
        reported: list[Problem] = []
        of_theme: list[Problem] = []
        failure = ""
        reading = contextlib.ExitStack()
        try:
            content = reading.enter_context(loading.loaded(self.args, self.err, memory=self._memory))
            reported = list(content.problems)
            theme = theming.theme(self.args, self.templates)
            of_theme = theming.faults(self.args, self.templates, theme, content)
            if not problems.any_error([*reported, *of_theme]):
                given = self._given(content, theme)
                with self._making:
                    if not self._stopped.is_set():
                        self._arrange(given)
                        # Pages are made from these texts until the content is read again.
                        reading, self._reading = self._reading, reading
        except (WrongUse, OSError, StoreDamaged, render.TemplateProblem) as error:
            self._memory.clear()
            failure = str(error)
        finally:
            reading.close()
        self.err.write(problems.formatted(reported[:_MOST_PROBLEMS], "text", self.args.content.as_posix()))
        self.err.write(problems.formatted(of_theme[:_MOST_PROBLEMS], "text", theming.shown(self.args)))
        self.err.write(f"{failure}\n" if failure else f"Read in {time.monotonic() - began:.2f} s.\n")
        self.err.flush()
        self._announce(
            [*self._placed(self.args.content.as_posix(), reported), *self._placed(theming.shown(self.args), of_theme)],
            failure,
        )

    @staticmethod
    def _placed(folder: str, found: list[Problem]) -> list[Problem]:
        return [problem.in_file(f"{folder}/{problem.path}") for problem in found]

    def _given(self, content: Loaded, theme: Theme) -> Given:
        archive = self._archive(content)
        look = theming.look(theme, content, drafts=True)
        build = Build(
            __version__, building.build_date(self.args.content), not self.args.no_search, drafts=True, look=look
        )
        return Given(
            archive,
            content.texts,
            build,
            self.templates,
            Path(self.args.cache) / "templates",
            version.program(),
            content=self.args.content,
            overlay=theme.overlay,
        )

    def _archive(self, content: Loaded) -> Archive:
        """The archive; where only texts have changed, the one before with these."""
        settings = building.settings(content.settings, "")
        texts, digests = content.text_digests, content.card_digests
        before = self._makers.given.archive if self._makers else None
        if before is not None and (
            before.digests,
            before.settings,
            before.vocabularies,
            before.articles,
            before.editions,
            before.unchanged,
        ) == (
            digests,
            settings,
            content.vocabularies,
            tuple(sorted(content.articles, key=lambda article: (article.slug, article.language))),
            content.editions,
            content.unchanged,
        ):
            return replace(before, texts=texts, files=content.files)
        return arrange.archive(
            content.listed,
            settings,
            content.vocabularies,
            content.articles,
            drafts=True,
            texts=texts,
            digests=digests,
            files=content.files,
            editions=content.editions,
            unchanged=content.unchanged,
        )

    def _arrange(self, given: Given) -> None:
        with self._making:
            before = self._makers.given.archive if self._makers else None
            if (
                before is None
                or (
                    before.settings,
                    before.vocabularies,
                    before.listed,
                    before.articles,
                )
                != (given.archive.settings, given.archive.vocabularies, given.archive.listed, given.archive.articles)
                or (self._makers is not None and self._makers.given.overlay != given.overlay)
            ):
                self._located = {}
            self._makers = make.Makers(given)

    def _announce(self, reported: list[Problem], failure: str) -> None:
        with self._news:
            self.problems, self.failure = reported, failure
            self.number += 1
            self._news.notify_all()

    def file(self, path: str) -> bytes | None:
        """The file of the site at `path` as the content is now, or None where it is not one that is made on demand.

        Raises TemplateProblem.
        """
        with self._making:
            if self._makers and (original := self._makers.original(path)) is not None:
                return original
            output = self._output(path)
            return self._makers.data(output) if self._makers and output else None

    def _output(self, path: str) -> Output | None:
        """The output at a path, found without planning more of the site than it takes."""
        if self._makers is None:
            return None
        # Every page waits for its style: to find that, nothing else need be planned.
        for name, maker in sorted(self._makers.by_name.items(), key=lambda item: not isinstance(item[1], Assets)):
            outputs = self._located.get(name)
            if outputs is None:
                planned = maker.outputs(self._makers.reader)
                outputs = self._located[name] = {at: Output(at, name, subject) for at, subject in planned}
            if path in outputs:
                return outputs[path]
        return None

    def build_site(self) -> bool:
        """Starts building the whole site in a process of its own, unless one is at it; whether it did."""
        number = self.number
        command = [*program_files.command(), "build", "--drafts", "--content", str(self.args.content)]
        command += ["--out", str(self.args.out), "--templates", str(self.templates)]
        command += ["--theme", str(self.theme)] if self.theme.is_dir() else []
        command += ["--cache", str(self.args.cache)]
        command += ["--no-search"] if self.args.no_search else []
        has_begun = self._builds.begin(command)
        if has_begun:
            self._built_number = number
        return has_begun

    def _tell(self, build: Finished) -> None:
        """Says how a build of the whole site went. What is wrong with the content has been said already."""
        if build.code not in (0, 1):
            self.err.write(build.printed)
        elif build.code == 0:
            self.err.write(f"Whole site built: {build.printed.splitlines()[-1] if build.printed.strip() else ''}\n")
        self.err.flush()

    def watch(self) -> None:
        """Looks again each time a file has changed, until `stop` is called, and builds the whole site when nothing has moved."""
        moved = time.monotonic()
        while not self._stopped.is_set():
            if self._watcher.wait(_EVERY, self._stopped):
                self.look()
                moved = time.monotonic()
            elif self._builds.is_at_work:
                if (build := self._builds.finished()) is not None:
                    self._tell(build)
            elif self._built_number != self.number and time.monotonic() - moved > _QUIET:
                gc.collect()
                if self.failure or problems.any_error(self.problems):
                    self._built_number = self.number
                else:
                    self.build_site()

    def stop(self) -> None:
        """Ends `watch` and what it has started, and lets the pages that wait go."""
        self._stopped.set()
        try:
            self._builds.close()
        finally:
            with self._making:
                self._reading.close()
            with self._news:
                self._news.notify_all()

    def reports(self) -> Iterator[str | None]:
        """What came of looking, as JSON, now and each time again; None from time to time while nothing happens."""
        announced = -1
        while not self._stopped.is_set():
            with self._news:
                if self.number == announced:
                    self._news.wait(_ALIVE)
                if self.number == announced:
                    report = None
                else:
                    announced = self.number
                    listed = [asdict(problem) for problem in self.problems[:_MOST_PROBLEMS]]
                    report = json.dumps(
                        {"number": self.number, "problems": listed, "failure": self.failure}, ensure_ascii=False
                    )
            if not self._stopped.is_set():
                yield report

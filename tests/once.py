"""What is made once for all tests, whichever process they run in: folders that tests only read, and compiled templates."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from onrecord import render

TEMPLATES = "templates"


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder `name`, which `make` has filled: the first process of a run that asks fills it, the others wait for that. Whoever wants to
    write into it copies it."""
    folder = shared(factory) / name
    is_made = folder.with_name(f"{name}.made")
    with _alone(folder.with_name(f"{name}.lock")):
        if not is_made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            is_made.touch()
    return folder


def shared(factory: pytest.TempPathFactory) -> Path:
    """The folder that all processes of a run have in common. pytest-xdist puts the folder of each process into that of the run."""
    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ and os.name == "posix" else own) / "shared"
    folder.mkdir(exist_ok=True)
    return folder


@contextlib.contextmanager
def _alone(file: Path) -> Iterator[None]:
    try:
        import fcntl
    except ImportError:  # Windows has no flock; there each process has a folder of its own
        yield
        return
    with file.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


class Templates:
    """A folder of templates that were compiled in any of the caches that tests begin with nothing in: to compile them takes ten times as
    long as the rest of a small build. A cache is asked first, and what it keeps is judged as ever; what it lacks, or keeps damaged, is
    taken from here where it has been compiled before, and compiled where it has not. Where a test names no cache, this is the cache.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextlib.contextmanager
    def used(self) -> Iterator[None]:
        """Whatever renders pages in this process takes from here and adds to it."""
        kept: Any = render._CheckedCache
        renderer: Any = render.Renderer
        load, dump, begin = kept.load_bytecode, kept.dump_bytecode, renderer.__init__

        def found(cache: FileSystemBytecodeCache, bucket: Bucket) -> bool:
            load(cache, bucket)
            return bucket.code is not None

        def load_bytecode(cache: FileSystemBytecodeCache, bucket: Bucket) -> None:
            if not found(cache, bucket) and found(self._beside(cache), bucket):
                dump(cache, bucket)

        def dump_bytecode(cache: FileSystemBytecodeCache, bucket: Bucket) -> None:
            dump(cache, bucket)
            dump(self._beside(cache), bucket)

        def __init__(  # noqa: N807 - it stands in the place of that method
            it: object, templates: Path, cache: Path | None = None, overlay: Path | None = None
        ) -> None:
            begin(it, templates, cache or self.folder, overlay)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(kept, "load_bytecode", load_bytecode)
            patch.setattr(kept, "dump_bytecode", dump_bytecode)
            patch.setattr(renderer, "__init__", __init__)
            yield

    def _beside(self, cache: FileSystemBytecodeCache) -> FileSystemBytecodeCache:
        """The cache here that goes with one of a build: the name of its folder says the language, its words and the compiler."""
        folder = self.folder / Path(cache.directory).name
        folder.mkdir(parents=True, exist_ok=True)
        return render._CheckedCache(str(folder))

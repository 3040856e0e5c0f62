"""The program as a wheel: what pip asks for (PEP 517, pyproject.toml names this module), and what `init` puts into an archive.

A wheel is a zip file with three files that describe it (https://packaging.python.org/en/latest/specifications/binary-distribution-format/).
It is made from the files of the program that runs, so an installed program gives on the very bytes that it was installed from: nothing
in them depends on the clock, the machine or a library. The files in it are stored and not compressed, because compressed bytes
differ from library to library, and git keeps two versions of such a file as one of them and its differences.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from onrecord import __version__, program_files

_OLDEST_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip file can say; every file has it, whatever SOURCE_DATE_EPOCH says."""
_LEFT_OUT = re.compile(r"__pycache__$|\.|.*(?:~|\.pyc|\.swp)$|Thumbs\.db$")
_LOCKED = re.compile(r"^([a-z0-9-]+==\S+)(?: ; ([^\\\n]+))?", re.MULTILINE)
_EXTRAS = {"import": "requirements-import.txt", "cluster": "requirements-cluster.txt"}


def name() -> str:
    """The name of the wheel's file."""
    return f"onrecord-{__version__}-py3-none-any.whl"


def write(folder: Path) -> str:
    """Writes the wheel of this program into a folder; gives its SHA-256. Raises OSError."""
    described = f"onrecord-{__version__}.dist-info"
    members = dict(_files())
    members[f"{described}/METADATA"] = metadata().encode()
    members[f"{described}/WHEEL"] = (
        f"Wheel-Version: 1.0\nGenerator: onrecord {__version__}\nRoot-Is-Purelib: true\nTag: py3-none-any\n".encode()
    )
    members[f"{described}/entry_points.txt"] = b"[console_scripts]\nonrecord = onrecord.__main__:main\n"
    members[f"{described}/licenses/LICENSE"] = (program_files.FOLDER / "LICENSE").read_bytes()
    rows = [f"{path},sha256={_digest(data)},{len(data)}" for path, data in members.items()]
    record = f"{described}/RECORD"
    members[record] = "".join(f"{row}\n" for row in [*rows, f"{record},,"]).encode()
    target = folder / name()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:
        for path, data in members.items():
            entry = zipfile.ZipInfo(path, _OLDEST_DATE)
            entry.create_system = 3  # the rights below are those of Unix, on whatever system this runs
            entry.external_attr = 0o100644 << 16
            packed.writestr(entry, data)
    return hashlib.sha256(target.read_bytes()).hexdigest()


def metadata() -> str:
    """The text of METADATA (core metadata 2.4): name and summary from pyproject.toml, every requirement as the locks pin it."""
    project = tomllib.loads((program_files.FOLDER / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [
        "Metadata-Version: 2.4",
        f"Name: {project['name']}",
        f"Version: {__version__}",
        f"Summary: {project['description']}",
        f"License-Expression: {project['license']}",
        "License-File: LICENSE",
        f"Requires-Python: {project['requires-python']}",
        *(f"Requires-Dist: {requirement}" for requirement in _requirements("requirements.txt")),
    ]
    for extra, lock in _EXTRAS.items():
        lines += [f"Provides-Extra: {extra}"]
        lines += [f"Requires-Dist: {requirement}" for requirement in _requirements(lock, f"extra == '{extra}'")]
    return "".join(f"{line}\n" for line in lines)


def _requirements(lock: str, condition: str = "") -> Iterator[str]:
    """The packages of a lock with their versions, under the lock's own conditions and one more."""
    for package, given in _LOCKED.findall((program_files.FOLDER / lock).read_text("utf-8")):
        conditions = " and ".join(
            f"({part})" if condition and " or " in part else part for part in (given.strip(), condition) if part
        )
        yield f"{package} ; {conditions}" if conditions else package


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def _files() -> Iterator[tuple[str, bytes]]:
    """The files of the wheel that the program runs from, by their paths in it, sorted."""
    paths = {f"onrecord/{path}": program_files.PACKAGE / path for path in _below(program_files.PACKAGE)}
    if program_files.IS_CHECKOUT:
        for shipped in program_files.SHIPPED:
            place = program_files.FOLDER / shipped
            within = [f"{shipped}/{path}" for path in _below(place)] if place.is_dir() else [shipped]
            paths |= {f"onrecord/shipped/{path}": program_files.FOLDER / path for path in within}
    for path in sorted(paths):
        yield path, paths[path].read_bytes()


def _below(folder: Path) -> Iterator[str]:
    """The files below a folder, without what editors and Python leave there; a folder that begins with a dot is taken only by name."""
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _LEFT_OUT.match(name) or name == ".github")
        for name in sorted(names):
            if not _LEFT_OUT.match(name) or name in (".gitignore", ".gitattributes"):
                yield Path(at, name).relative_to(folder).as_posix()


def build_wheel(
    wheel_directory: str, config_settings: Mapping[str, Any] | None = None, metadata_directory: str | None = None
) -> str:
    """PEP 517: writes the wheel into a folder and gives its name."""
    write(Path(wheel_directory))
    return name()


def build_sdist(sdist_directory: str, config_settings: Mapping[str, Any] | None = None) -> str:
    """PEP 517: there is none. Raises NotImplementedError."""
    raise NotImplementedError("The source of Onrecord is its repository. Make a wheel: pip wheel --no-deps .")

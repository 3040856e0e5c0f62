"""An archive that has the program as a wheel: what its own build.py hands over to. It needs Python's standard library alone.

Where the Python that runs has every library of the lock, nothing is set up; else `.venv` beside build.py is made, from the lock that the
wheel brings: the one hash in requirements.txt fixes the hash of every library.
"""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from onrecord import __version__, program_files, rule_changes
from onrecord.__main__ import main
from onrecord.commands import installation

_VENV = program_files.HOME / ".venv"
_LAST_USED = program_files.HOME / ".cache" / "onrecord" / "version"


def begin(script: str) -> None:
    """Runs the command of this process; `script` is the archive's build.py. Ends the process."""
    if not installation.runs_alone(sys.argv):
        _say_what_changed()
        _use_libraries(script)
    main()


def _use_libraries(script: str) -> None:
    """Sees to the libraries for building; goes on in .venv where this Python has them not."""
    in_own = Path(sys.prefix).resolve() == _VENV.resolve()
    if not in_own and not any(installation.differences(program_files.BUILDING)):
        return
    bootstrap = runpy.run_path(str(program_files.BOOTSTRAP))
    if not bootstrap["is_installed"](_VENV, program_files.BUILDING):
        code = installation.set_up()
        if code:
            sys.exit(code)
    if in_own:
        return
    own = [str(bootstrap["interpreter"](_VENV)), script, *sys.argv[1:]]
    if os.name == "posix":
        os.execv(own[0], own)  # noqa: S606 - our own interpreter, no shell
    sys.exit(subprocess.call(own))


def _say_what_changed() -> None:
    """Where this folder was last used with another version: says so, and which rules are others since."""
    before = _LAST_USED.read_text("utf-8").strip() if _LAST_USED.is_file() else ""
    if before == __version__:
        return
    if before:
        changes = rule_changes.between(before, __version__)
        sys.stderr.write(f"This archive was used with Onrecord {before}, and is used with {__version__} now.\n")
        sys.stderr.writelines(f"{change}\n" for change in changes)
        sys.stderr.write("Then write anew what follows from the program: python3 build.py derive\n")
    with suppress(OSError):  # it is a courtesy, and the folder may be one that can only be read
        _LAST_USED.parent.mkdir(parents=True, exist_ok=True)
        _LAST_USED.write_text(f"{__version__}\n", encoding="utf-8")

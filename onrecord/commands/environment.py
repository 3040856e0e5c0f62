"""What of the environment a command may have that reads strangers' files: what a program needs to run, and no key.

A list of what is kept, not of what is taken away: nobody knows all names under which secrets stand in an environment.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from onrecord import program_files

_KEPT = frozenset(
    "PATH HOME USER LOGNAME LANG LANGUAGE LC_ALL LC_CTYPE LC_COLLATE TZ TERM TMPDIR TEMP TMP VIRTUAL_ENV LD_LIBRARY_PATH "
    "SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE SOURCE_DATE_EPOCH PYTHONHASHSEED PYTHONUTF8 PYTHONDONTWRITEBYTECODE "
    "ONRECORD_ARCHIVE ONRECORD_CACHE ONRECORD_VENV ONRECORD_WITHOUT_KEYS "
    # Windows
    "SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT USERPROFILE APPDATA LOCALAPPDATA PROGRAMFILES NUMBER_OF_PROCESSORS".split()
)
_BEGUN = "ONRECORD_WITHOUT_KEYS"
_PROXIES = frozenset("HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY".split())


def without_keys(environment: Mapping[str, str]) -> dict[str, str]:
    """What is kept of an environment: names that are known to hold no key, and proxies that have no password."""
    return {
        name: value
        for name, value in environment.items()
        if name.upper() in _KEPT or (name.upper() in _PROXIES and "@" not in value)
    }


def is_process_of(command: str) -> bool:
    """Whether this process was begun for this command of build.py, and is nobody else's."""
    return sys.argv[1:2] == [command]


def begin(keyless: str, bare: str) -> None:
    """What a process of this program does first. `keyless` is the command that is to have no key, `bare` the one that runs nothing but
    what is checked out; the first of them is that, too."""
    if program_files.IS_CHECKOUT and not (is_process_of(keyless) or is_process_of(bare)):
        keep_compiled(program_files.HOME / ".cache" / "python")
    drop_keys(keyless)


def keep_compiled(folder: Path) -> None:
    """Keeps Python's compiled modules in a folder where the environment asks for none beside the modules (PYTHONDONTWRITEBYTECODE, which
    many containers set): to compile the program anew takes longer than a small change. A folder that cannot be written is no error."""
    if sys.dont_write_bytecode and sys.pycache_prefix is None:
        sys.dont_write_bytecode = False
        sys.pycache_prefix = str(folder)


def drop_keys(command: str) -> None:
    """Begins this process anew without keys in its environment, where it was begun with any and its command is `command`.

    To take a key out of a running process leaves it in the memory that the process began with, where `/proc` shows it. Where the system
    cannot replace a process (Windows) it waits for the new one.
    """
    kept = without_keys(os.environ)
    # Some systems put names of their own into each new process: it is begun anew once.
    if not is_process_of(command) or len(kept) == len(os.environ) or _BEGUN in os.environ:
        return
    kept[_BEGUN] = "1"
    arguments = [sys.executable, *sys.orig_argv[1:]]
    if os.name == "posix":
        os.execve(sys.executable, arguments, kept)  # noqa: S606 - our own interpreter, no shell
    sys.exit(subprocess.call(arguments, env=kept))

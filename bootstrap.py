"""Sets this folder up: a virtual environment in .venv with what Onrecord needs, exactly as the lock has it.

    python3 bootstrap.py             what building the archive needs
    python3 bootstrap.py --import    what reading foreign documents needs besides
    python3 bootstrap.py --cluster   what reading them on several machines (`import --cluster`) needs besides
    python3 bootstrap.py --into F    in the folder F in place of .venv
    python3 bootstrap.py --dev       what testing and changing the program needs, Chromium included

Running it again costs nothing until a lock changes. It needs Python 3.11 or newer and nothing but its standard
library, and keeps to what an older Python can still read, so that it can say so. Nothing outside this folder is
touched, with exceptions that are said aloud: Debian's package for virtual environments where Python came without, and
Chromium, with the library its driver needs, and Firefox, where tests find none. They are installed only as root or with a `sudo`
that asks nothing; otherwise the command to type is named.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST = (3, 11)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The same browser without windows (Debian's package of that name): it opens a page in half the time of the processor.
WINDOWLESS_BROWSER = "chromium-headless-shell"


class Refused(Exception):
    """Setting up cannot go on; the message says what to do."""


def main(arguments: list[str] | None = None) -> int:
    """Sets up what was asked for; gives the exit code: 0 done, 2 it could not be done (said on stderr)."""
    parser = argparse.ArgumentParser(prog="bootstrap.py", description="Set this folder up in .venv.")
    parser.add_argument(
        "--import", dest="importing", action="store_true", help="also what reading foreign documents needs"
    )
    parser.add_argument("--cluster", action="store_true", help="also what reading them on several machines needs")
    parser.add_argument("--dev", action="store_true", help="all of this, and what tests need, Chromium included")
    parser.add_argument(
        "--into", type=Path, default=ROOT / ".venv", metavar="F", help="the virtual environment (default: .venv here)"
    )
    options = parser.parse_args(arguments)
    try:
        require_python(sys.version_info[0], sys.version_info[1])
        venv = options.into.absolute()
        building, importing = ROOT / "requirements.txt", ROOT / "requirements-import.txt"
        cluster = ROOT / "requirements-cluster.txt"
        if options.dev:
            set_up(venv, [ROOT / "requirements-dev.txt"], contained=[building, importing])
            provide_browser(interpreter(venv))
            provide_second_browser()
        else:
            reading = [importing] if options.importing or options.cluster else []
            set_up(venv, [building, *reading, *([cluster] if options.cluster else [])])
    except Refused as refusal:
        print(f"bootstrap: {refusal}", file=sys.stderr)
        return 2
    return 0


def require_python(major: int, minor: int) -> None:
    """Raises Refused where this version of Python is older than the one Onrecord is written for."""
    if (major, minor) < OLDEST:
        raise Refused(
            f"this is Python {major}.{minor}; Onrecord needs Python {OLDEST[0]}.{OLDEST[1]} or newer. "
            "Where a newer one is installed, name it: make PYTHON=python3.12 site"
        )


def set_up(venv: Path, locks: list[Path], contained: Sequence[Path] = ()) -> None:
    """Makes `venv` hold what `locks` list; does nothing where it already does.

    Every package of the locks `contained` stands in `locks` as well. A stamp beside the packages says for each lock which
    state of it was installed, and for which Python. Raises Refused where it, or a folder in it, is a link that leads elsewhere: what
    is deleted or written there would be somebody else's.
    """
    refuse_link(venv)
    python = interpreter(venv)
    if python.exists() and all(is_installed(venv, lock) for lock in locks):
        return
    refuse_links_inside(venv)
    if not usable(venv):
        make_environment(venv)
    names = " and ".join(lock.name for lock in locks)
    print_step(f"installing {names} into {venv.name} (once, until it changes)")
    # What one lock installs may be of another version than a lock that was installed before wants.
    for old in sorted(venv.glob("onrecord-*.stamp")):
        old.unlink()
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    for lock in locks:
        install += ["-r", str(lock)]
    run(install, f"installing {names} failed (see above). Is there a connection to a package index?")
    for lock in [*locks, *contained]:
        stamp_of(venv, lock).write_text(state_of(lock), encoding="utf-8")


def refuse_link(path: Path) -> None:
    """Raises Refused where `path` is a link (Windows: or a junction)."""
    junction = os.name == "nt" and os.path.realpath(path) != os.path.join(os.path.realpath(path.parent), path.name)
    if path.is_symlink() or junction:
        raise Refused(
            f"{path.name} is a link to {os.path.realpath(path)}. Nothing is installed or deleted through a link: "
            "take the link away (what it leads to stays), then run this again."
        )


def refuse_links_inside(venv: Path) -> None:
    """Raises Refused where something in `venv` is a link that leads out of it, the interpreter's own apart."""
    inside = os.path.realpath(venv) + os.sep
    interpreters = interpreter(venv).parent
    for folder, folders, files in os.walk(venv):
        for name in sorted(folders + files):
            path = Path(folder, name)
            is_interpreter = path.parent == interpreters and name.startswith("python") and not path.is_dir()
            if path.is_symlink() and not is_interpreter and not os.path.realpath(path).startswith(inside):
                raise Refused(
                    f"{path.relative_to(venv.parent)} is a link to {os.path.realpath(path)}, outside of {venv.name}. Nothing is "
                    f"installed or deleted through a link: delete {venv.name} (what links in it lead to stays), then run this again."
                )


def is_installed(venv: Path, lock: Path) -> bool:
    """Whether `venv` holds `lock` as it is now."""
    stamp = stamp_of(venv, lock)
    return stamp.exists() and stamp.read_text(encoding="utf-8") == state_of(lock)


def interpreter(venv: Path) -> Path:
    """The Python of a virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp_of(venv: Path, lock: Path) -> Path:
    """The file that says which state of `lock` is installed."""
    return venv / f"onrecord-{lock.stem}.stamp"


def state_of(lock: Path) -> str:
    """What a stamp holds: the Python that runs this, and the SHA-256 of the lock's bytes."""
    return f"{sys.version}\n{hashlib.sha256(lock.read_bytes()).hexdigest()}\n"


def usable(venv: Path) -> bool:
    """Whether `venv` is a whole virtual environment of the Python that runs this."""
    program = "import sys, pip; print(sys.version)"
    try:
        answer = subprocess.run(
            [str(interpreter(venv)), "-c", program],
            capture_output=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.strip() == sys.version.strip()


def make_environment(venv: Path) -> None:
    """Makes `venv`, installing Debian's package for it where Python came without.

    Raises Refused where that is not possible.
    """
    if not importable("ensurepip"):
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        install_debian(package, "this Python cannot make a virtual environment (it has no ensurepip)")
    print_step(f"making {venv.name}")
    run([sys.executable, "-m", "venv", "--clear", str(venv)], f"making {venv.name} failed (see above)")


def importable(module: str) -> bool:
    """Whether the Python that runs this can import `module`, asked in a process of its own."""
    command = [sys.executable, "-c", f"import {module}"]
    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def provide_browser(python: Path) -> None:
    """Sees to a Chromium for the tests: Debian's without windows, which takes half the time, else one that is here, else Debian's whole
    one, else the one that Playwright downloads. What Debian has not is asked for once, and again when the environment is made anew."""
    if not playwright_starts(python):
        # The smallest Debian lacks the one library that Playwright's own Node.js does not bring.
        install_debian("libatomic1", "Playwright, which drives the browser in tests, does not start without libatomic")
    refused = python.parent / "no-browser-without-windows"
    if shutil.which(WINDOWLESS_BROWSER) or (has_browser() and refused.exists()):
        return
    if shutil.which("apt-get") and as_root() is not None:
        for package in (WINDOWLESS_BROWSER,) if has_browser() else (WINDOWLESS_BROWSER, "chromium"):
            try:
                install_debian(package, "the browser's tests need Chromium")
            except Refused:
                print_step("there is no such package here")
            else:
                return
    if has_browser():
        refused.touch()
        return
    if playwright_has_chromium(python):
        return
    print_step("downloading Playwright's Chromium")
    run(
        [str(python), "-m", "playwright", "install", "chromium"],
        "no Chromium could be had for the browser's tests. Install one, then run this again "
        "(Debian, Ubuntu: sudo apt-get install chromium)",
    )


def provide_second_browser() -> None:
    """Sees to a Firefox, in which the search is tested as well, where one can be had; without one those tests are skipped."""
    if any(shutil.which(name) for name in ("firefox-esr", "firefox")):
        return
    if shutil.which("apt-get") and as_root() is not None:
        try:
            install_debian("firefox-esr", "the search is tested in Firefox, too")
            return
        except Refused:
            print_step("there is no such package here")
    print_step("no Firefox: the tests in it will be skipped (Debian: sudo apt-get install firefox-esr)")


def has_browser() -> bool:
    """Whether a Chromium of the machine's own is on PATH."""
    return any(shutil.which(name) for name in BROWSERS)


def playwright_starts(python: Path) -> bool:
    """Whether the program that drives the browser runs on this machine."""
    command = [str(python), "-m", "playwright", "--version"]
    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def playwright_has_chromium(python: Path) -> bool:
    """Whether Playwright has downloaded its Chromium without windows before: it takes that one, and no other, where it is named none."""
    program = (
        "import playwright.sync_api as api\n"
        "with api.sync_playwright() as playwright:\n"
        "    playwright.chromium.launch().close()"
    )
    return subprocess.call([str(python), "-c", program], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def install_debian(package: str, why: str) -> None:
    """Installs one Debian package, saying so.

    Raises Refused, with the command to type, where that may not or cannot be done.
    """
    by_hand = f"{why}. Install the package for it, then run this again: sudo apt-get install {package}"
    prefix = as_root()
    if shutil.which("apt-get") is None or prefix is None:
        raise Refused(by_hand)
    print_step(f"{why}: installing Debian's package {package}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [*prefix, "apt-get", "install", "--yes", "-qq", "--no-install-recommends", package]
    # The lists of packages may be old or, on a machine that never asked, empty: then they are fetched and used.
    update = [*prefix, "apt-get", "update", "-qq"]
    for command in (install, update, install):
        done = subprocess.call(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) == 0
        if done and command is install:
            return
    raise Refused(by_hand)


def as_root() -> list[str] | None:
    """What to put before a command so that it runs as root without a question; None where that cannot be."""
    if os.name == "posix" and os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    allowed = subprocess.call(["sudo", "-n", "true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    return ["sudo", "-n"] if allowed else None


def run(command: list[str], otherwise: str) -> None:
    """Runs a command; raises Refused with the words `otherwise` where it fails."""
    if subprocess.call(command, stdin=subprocess.DEVNULL) != 0:
        raise Refused(otherwise)


def print_step(text: str) -> None:
    """Prints on stderr what is going on."""
    print(f"bootstrap: {text}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())

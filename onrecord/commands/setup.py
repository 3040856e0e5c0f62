"""`build.py setup`: what the program needs, installed in .venv beside build.py, exactly as its locks have it."""

from __future__ import annotations

import argparse
from typing import TextIO

from onrecord.commands import installation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `setup`."""
    parser.add_argument("--import", action="store_true", help="also what reading foreign documents needs")
    parser.add_argument("--cluster", action="store_true", help="also what reading them on several machines needs")


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Installs it, or does nothing where it is there; 0 where all of it is there then, else 2."""
    return installation.set_up([f"--{name}" for name in ("import", "cluster") if getattr(args, name)])

"""A built site → copies of it for other programs: one module for each format.

All of them are made from a PublishedSite, and from nothing else; each is whole at its place or not there (`whole_file`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.exports import bag, crate, sqlite_file, zim_file, zipped_site
from onrecord.exports.published_site import PublishedSite


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is, how the name of a copy ends by itself, whether that is a folder (and a file where a name ends with .zip), and a
    sentence on whether the same site gives the same bytes. `make` writes a copy to a place where nothing is, and says what it is; `beside`
    gives the files that stand beside a copy, by their names."""

    help: str
    ending: str
    sameness: str
    make: Callable[[PublishedSite, Path], str]
    is_folder: bool = False
    beside: Callable[[PublishedSite, str], Mapping[str, bytes]] | None = None


_SAME = "The same site gives the same bytes."

FORMATS: Mapping[str, Format] = {
    "zip": Format("the whole site as one file", ".zip", _SAME, zipped_site.make),
    "sqlite": Format(
        "the releases as a database for SQLite and Datasette, with a search through all paragraphs",
        ".db",
        "The same site gives the same bytes where SQLite is of the same version: a database carries its number.",
        sqlite_file.make,
        beside=sqlite_file.beside,
    ),
    "bagit": Format("the whole site as a bag for archives and libraries", "-bag", _SAME, bag.make, is_folder=True),
    "zim": Format(
        "the whole site for Kiwix, which reads it without a network",
        ".zim",
        "The same site does not give the same bytes: zimwriterfs writes the day of its run and three numbers by chance.",
        zim_file.make,
    ),
    "ro-crate": Format(
        "the whole site with a description for catalogues of research data", "-crate", _SAME, crate.make, is_folder=True
    ),
}

#!/usr/bin/env python3
"""Examines what an archive gives away as data with the programs of its field, and says in plain figures what they find.

  python benchmarks/audit_data.py                      the shipped archive, and 1,000 invented releases in English and Arabic
  python benchmarks/audit_data.py --site D [--content D]   a built site and its content
  python benchmarks/audit_data.py --only zim,bagit     some of the checks

`data/` by frictionless. The database of `export sqlite` by SQLite itself and by Datasette, with a search in each language. `export bagit`
by bagit, `export zim` by zimcheck and by a search of Kiwix, `export ro-crate` by roc-validator. Every feed against the RELAX NG of RFC
4287 (jing, else lxml) and by feedparser; sitemaps against their XSD; the vocabularies by rdflib, and what SKOS asks of them; all BibTeX
by pybtex, all RIS by rispy, all CSL-JSON as JSON, with no identifier twice in a file; the archive's BibTeX by biber, with biblatex's data
model, and by JabRef.

The libraries are installed into an environment of their own (.cache/audit/data) the first time; zim-tools, kiwix-tools, jing, biber and
JabRef are asked where they are installed. What cannot be examined, and what the site does not have, is said, and the audit is then not
passed.
Ends with 1 where anything was found, absent or not examined.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import feedparser
from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".cache" / "audit" / "data"
TOOLS = FOLDER / "tools"
PIP = ("frictionless", "datasette", "bagit", "roc-validator", "rocrate", "rdflib", "pybtex", "rispy")
SCHEMAS = ROOT / "tests" / "schemas"
JUDGES = Path(__file__).with_name("audit_data_judges.py")
SHOWN = 20
MOST_ARGUMENTS = 500
"""How many files are given to a program at a time."""


class NotRun(Exception):
    """A check that could not be made, and why."""


class Absent(Exception):
    """The site does not have what is to be examined."""


@dataclass(frozen=True)
class Site:
    """A built site, the content it was made of, and a folder for its copies."""

    folder: Path
    content: Path
    copies: Path

    def files(self, ending: str) -> list[Path]:
        """The files of the site whose names end so, sorted; at least one."""
        found = sorted(path for path in self.folder.rglob(f"*{ending}") if "pagefind" not in path.parts)
        if not found:
            raise Absent(f"no file *{ending}")
        return found

    def unpacked(self, ending: str) -> list[Path]:
        """Those that stand packed in the site (long lists), unpacked among the copies."""
        found = []
        for packed in sorted(self.folder.rglob(f"*{ending}.zip")):
            folder = self.copies / "unpacked" / packed.parent.relative_to(self.folder)
            with zipfile.ZipFile(packed) as archive:
                found += [Path(archive.extract(name, folder)) for name in archive.namelist()]
        return found

    def file(self, path: str) -> Path:
        """A file of the site, which is there."""
        if not (self.folder / path).is_file():
            raise Absent(path)
        return self.folder / path

    def export(self, what: str, name: str) -> Path:
        """A copy of the site, made anew."""
        copy = self.copies / name
        if copy.is_dir():
            shutil.rmtree(copy)
        command: list[str | Path] = [
            *(sys.executable, "build.py", "export", what, "--site", self.folder),
            *("--content", self.content, "--out", copy),
        ]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotRun(done.stderr.strip())
        return copy


def main() -> int:
    """Runs the checks on each site and prints a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, default=None, help="a built site, in place of the two")
    parser.add_argument("--content", type=Path, default=ROOT / "content", help="its content folder")
    parser.add_argument("--n", type=int, default=1000, help="how many releases to invent (default 1000)")
    parser.add_argument("--only", default=",".join(CHECKS), help=f"some of: {', '.join(CHECKS)}")
    args = parser.parse_args()
    wanted = args.only.split(",")
    if unknown := set(wanted) - CHECKS.keys():
        parser.error(f"no such check: {', '.join(sorted(unknown))}; there are {', '.join(CHECKS)}")
    install()
    failed = False
    with tempfile.TemporaryDirectory(prefix="onrecord-audit-data-") as copies:
        for name, site in sites(args, Path(copies)):
            print(f"{name}:", flush=True)
            for check in CHECKS:
                failed |= check in wanted and not passed(check, site)
    return int(failed)


def passed(name: str, site: Site) -> bool:
    """Runs a check and prints what it finds; whether that is nothing."""
    began = time.monotonic()
    try:
        words, found = CHECKS[name](site)
    except NotRun as why:
        print(f"  {name}: NOT RUN: {why}", flush=True)
        return False
    except Absent as what:
        print(f"  {name}: ABSENT: {what}", flush=True)
        return False
    print(f"  {name}: {len(found):,} found; {words} ({time.monotonic() - began:.1f} s)")
    for line in found[:SHOWN]:
        print(f"    {line}")
    if len(found) > SHOWN:
        print(f"    … and {len(found) - SHOWN:,} more")
    sys.stdout.flush()
    return not found


def sites(args: argparse.Namespace, copies: Path) -> Iterator[tuple[str, Site]]:
    """The sites to be examined, with a name for each, built anew where none was given."""
    if args.site:
        yield str(args.site), Site(args.site.resolve(), args.content.resolve(), copies)
        return
    shipped, invented = FOLDER / "shipped", FOLDER / "invented"
    build(ROOT / "content", shipped)
    yield "the shipped archive", Site(shipped, ROOT / "content", copies)
    content = FOLDER / "content"
    shutil.rmtree(content, ignore_errors=True)
    of_corpus = ["--n", str(args.n), "--languages", "en,ar", "--interface", "en,ar"]
    subprocess.run([sys.executable, ROOT / "benchmarks" / "corpus.py", content, *of_corpus], check=True)
    build(content, invented, "--base-url", "https://example.org/archive/")
    yield f"{args.n:,} invented releases in two languages", Site(invented, content, copies)


def build(content: Path, out: Path, *more: str) -> None:
    """Builds a site, with its index for search."""
    # A crate states the day of the build, which git does not know of a folder in the cache.
    environment = os.environ | {"SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", "1767225600")}
    command: list[str | Path] = [
        sys.executable,
        "build.py",
        "--content",
        content,
        "--out",
        out,
        "--cache",
        FOLDER / "cache",
        *more,
    ]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def install() -> None:
    """Makes the environment of the judges where there is none."""
    if (TOOLS / "complete").is_file():
        return
    venv.create(TOOLS, with_pip=True, clear=True)
    command: list[str | Path] = [
        TOOLS / "bin" / "python",
        "-m",
        "pip",
        "install",
        "-q",
        "--disable-pip-version-check",
        *PIP,
    ]
    if subprocess.run(command, check=False).returncode == 0:
        (TOOLS / "complete").touch()


def tool(name: str) -> Path:
    """A program of that environment."""
    path = TOOLS / "bin" / name
    if not path.exists():
        raise NotRun(f"{name} is not installed in {TOOLS.relative_to(ROOT)}")
    return path


def judged(judge: str, paths: Sequence[Path]) -> list[str]:
    """What a judge of `audit_data_judges.py` finds in some files."""
    done = subprocess.run(
        [tool("python"), JUDGES, judge], input="\n".join(map(str, paths)), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotRun(f"{judge}: {done.stderr.strip().splitlines()[-1:]}")
    found: list[str] = json.loads(done.stdout.splitlines()[-1])
    return found


def outside(program: str, package: str) -> str:
    """A program that a person has installed."""
    found = shutil.which(program)
    if found is None:
        raise NotRun(f"{program} is not on this machine (Debian: {package})")
    return found


Found = tuple[str, list[str]]
"""What was looked at, in words, and a line for each thing that is wrong."""


def frictionless(site: Site) -> Found:
    """`data/` as the data package says it is."""
    package = site.file("data/datapackage.json")
    command: list[str | Path] = [tool("frictionless"), "validate", "--json", package.name]
    done = subprocess.run(command, cwd=package.parent, capture_output=True, text=True, check=False)
    try:
        report = json.loads(done.stdout)
    except ValueError as error:
        raise NotRun(f"frictionless: {(done.stderr or done.stdout).strip()[-300:]}") from error
    tasks = report["tasks"]
    found = [error["message"] for error in report["errors"]]
    found += [f"{task['name']}: {error['message']}" for task in tasks for error in task["errors"]]
    rows = sum(task["stats"].get("rows") or 0 for task in tasks)
    return f"{len(tasks)} resources, {rows:,} rows", found


def sqlite(site: Site) -> Found:
    """The database by SQLite, and by Datasette: each table opens, and a search in each language finds what stands there."""
    file = site.export("sqlite", "archive.db")
    found = []
    with closing(sqlite3.connect(file)) as database:
        found += [f"integrity: {line}" for (line,) in database.execute("PRAGMA integrity_check") if line != "ok"]
        found += [f"a reference that leads nowhere: {row}" for row in database.execute("PRAGMA foreign_key_check")]
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'")
        names = [name for (name,) in tables]
        paragraphs = database.execute("SELECT count(*) FROM paragraphs").fetchone()[0]
        words = dict(_words(database))
    given: list[str | Path] = [tool("datasette"), file, "--metadata", file.with_name("archive.metadata.json"), "--get"]
    done = subprocess.run([*given, "/archive.json"], capture_output=True, text=True, check=False)
    shown = {table["name"]: table for table in json.loads(done.stdout)["tables"]} if done.returncode == 0 else {}
    found += [f"Datasette shows no table {name}" for name in names if name not in shown]
    searched_tables = {name for name, table in shown.items() if table["fts_table"]}
    found += [f"Datasette does not search {name}" for name in {"paragraphs", "releases"} - searched_tables]
    done = subprocess.run([*given, "/archive/releases"], capture_output=True, text=True, check=False)
    if done.returncode or "<h1" not in done.stdout:
        found.append(f"Datasette shows no page of releases: {done.stderr.strip()[-200:]}")
    for language, word in words.items():
        address = f"/archive/paragraphs.json?_search={word}&_shape=array"
        done = subprocess.run([*given, address], capture_output=True, text=True, check=False)
        rows = json.loads(done.stdout) if done.returncode == 0 else []
        if not any(word.casefold() in row["text"].casefold() for row in rows):
            found.append(f"Datasette does not find “{word}” ({language})")
    searched = ", ".join(f"“{word}” ({language})" for language, word in words.items())
    return f"{len(names)} tables, {paragraphs:,} paragraphs, searched for {searched}", found


def _words(database: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """A long word of a paragraph in each language."""
    query = "SELECT language, text FROM paragraphs JOIN releases ON slug = release GROUP BY language ORDER BY language"
    for language, text in database.execute(query).fetchall():
        if words := re.findall(r"\w{4,}", text):
            yield language, max(words, key=len)


def bagit(site: Site) -> Found:
    """The bag as a folder, and packed."""
    bag = site.export("bagit", "bag")
    packed = site.export("bagit", "bag.zip")
    shutil.unpack_archive(packed, site.copies / "unpacked")
    folders = [bag, *(site.copies / "unpacked").iterdir()]
    found = []
    for folder in folders:
        command: list[str | Path] = [tool("python"), "-m", "bagit", "--validate", folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode or "is valid" not in done.stderr:
            found.append(done.stderr.strip()[-300:])
    shutil.rmtree(site.copies / "unpacked")
    return f"{sum(path.is_file() for path in bag.rglob('*')):,} files, twice", found


def zim(site: Site) -> Found:
    """The ZIM file by its checker, and what Kiwix finds in it."""
    checker = outside("zimcheck", "zim-tools")
    outside("zimwriterfs", "zim-tools")
    file = site.export("zim", "archive.zim")
    done = subprocess.run([checker, "-A", file], capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    passed = done.returncode == 0 and any("Overall Test Status: Pass" in line for line in lines)
    found = [] if passed else [line for line in lines if line and "[INFO]" not in line]
    search = outside("kiwix-search", "kiwix-tools")
    words: list[tuple[str, str]] = []
    for path in site.files(".json"):
        if path.parent.name != "releases" or path.name.endswith(".csl.json"):
            continue
        record = json.loads(path.read_bytes())
        if record["language"] in (language for language, _ in words) or not record["text"]["paragraphs"]:
            continue
        text = path.with_name(record["text"]["address"]).read_text("utf-8")
        words.append((record["language"], max(re.findall(r"\w+", text.partition("\n\n")[0]), key=len)))
        done = subprocess.run([search, file, words[-1][1]], capture_output=True, text=True, check=False)
        if not done.stdout.strip():
            found.append(f"Kiwix does not find “{words[-1][1]}” ({record['language']})")
    searched = ", ".join(f"“{word}” ({language})" for language, word in words)
    return f"{file.stat().st_size:,} bytes, searched for {searched}", found


def crate(site: Site) -> Found:
    """The crate, by what RO-Crate requires."""
    folder = site.export("ro-crate", "crate")
    described = json.loads((folder / "ro-crate-metadata.json").read_bytes())
    return f"{len(described['@graph']):,} entities", judged("crate", [folder])


def feeds(site: Site) -> Found:
    """Every Atom feed."""
    files = site.files(".atom")
    schema = SCHEMAS / "atom.rng"
    if not schema.is_file():
        raise Absent(str(schema.relative_to(ROOT)))
    found = []
    jing = shutil.which("jing")
    if jing:
        for start in range(0, len(files), MOST_ARGUMENTS):
            some = files[start : start + MOST_ARGUMENTS]
            done = subprocess.run([jing, schema, *some], capture_output=True, text=True, check=False)
            found += done.stdout.splitlines()
            if done.returncode and not done.stdout:
                raise NotRun(f"jing: {done.stderr.strip()[-300:]}")
    relax_ng = etree.RelaxNG(etree.parse(schema))
    for file in files:
        try:
            tree = etree.parse(file)
        except etree.XMLSyntaxError as error:
            found.append(f"{file.relative_to(site.folder)}: {error}")
            continue
        if not relax_ng.validate(tree):
            found.append(f"{file.relative_to(site.folder)}: {relax_ng.error_log.last_error}")
        parsed = feedparser.parse(file.read_bytes())
        if parsed.bozo:
            found.append(f"{file.relative_to(site.folder)}: {parsed.bozo_exception}")
        identifiers = [entry.id for entry in parsed.entries]
        if len(identifiers) != len(set(identifiers)):
            found.append(f"{file.relative_to(site.folder)}: an entry's id stands twice")
    found += _json_feed(site.file("feed.json"))
    for outline in etree.parse(site.file("feeds.opml")).iterfind(".//outline[@xmlUrl]"):
        address = unquote(outline.get("xmlUrl", ""))
        if not any(
            address.endswith(file.relative_to(site.folder).as_posix()) for file in (*files, site.folder / "feed.json")
        ):
            found.append(f"feeds.opml: {address} is no feed of the site")
    return f"{len(files):,} feeds, by {'jing, ' if jing else ''}lxml and feedparser; feed.json; feeds.opml", found


def _json_feed(file: Path) -> list[str]:
    """What a JSON Feed must have (https://www.jsonfeed.org/version/1.1/)."""
    feed = json.loads(file.read_bytes())
    found = [] if feed.get("version") == "https://jsonfeed.org/version/1.1" else ["feed.json: another version"]
    found += [] if feed.get("title") else ["feed.json: no title"]
    items = feed.get("items", [])
    found += [
        f"feed.json: an item without content: {item}"
        for item in items
        if not item.keys() & {"content_text", "content_html"}
    ]
    identifiers = [item.get("id") for item in items]
    if None in identifiers or len(set(identifiers)) != len(identifiers):
        found.append("feed.json: an item without an id, or one id twice")
    return found


def sitemap(site: Site) -> Found:
    """Every sitemap; each address that it names is a file of the site."""
    schema = SCHEMAS / "sitemap.xsd"
    if not schema.is_file():
        raise Absent(str(schema.relative_to(ROOT)))
    site.file("sitemap.xml")
    xsd = etree.XMLSchema(etree.parse(schema))
    found, addresses = [], []
    files = sorted(site.folder.glob("sitemap*.xml"))
    for file in files:
        try:
            tree = etree.parse(file)
        except etree.XMLSyntaxError as error:
            found.append(f"{file.name}: {error}")
            continue
        # A site without an address has an empty frame, which the schema does not know.
        if len(tree.getroot()) and not xsd.validate(tree):
            found.append(f"{file.name}: {xsd.error_log.last_error}")
        addresses += [str(each.text) for each in tree.iterfind(".//{*}loc")]
    homes = [address for address in addresses if address.endswith(("/index.html", "/"))]
    top = min(homes, key=len, default="").removesuffix("index.html")
    for address in addresses:
        path = unquote(address.removeprefix(top)) or "index.html"
        if not address.startswith(top) or not (site.folder / path).is_file():
            found.append(f"{address} is no file of the site")
    return f"{len(files)} files, {len(addresses):,} addresses", found


def skos(site: Site) -> Found:
    """The vocabularies, as rdflib reads them and as SKOS asks."""
    file = site.file("data/vocabularies.ttl")
    found = judged("skos", [file])
    return found[0], found[1:]


def _citations(ending: str, judge: str) -> Callable[[Site], Found]:
    def check(site: Site) -> Found:
        files = [*site.files(ending), *site.unpacked(ending)]
        found = judged(judge, files)
        return f"{len(files):,} files, {found[0]}", found[1:]

    return check


_KEY = re.compile(r"^@[a-z]+\{([^,\s]+),$", re.MULTILINE)
_NOT_PRINTED = "Invalid field 'number' for entrytype 'misc'"
"""Reference managers take the number of any entry; styles print that of a report alone, so that it stands in `howpublished` as well."""
_NO_DATE = "Missing mandatory field - one of 'date, year' must be defined"


def biber(site: Site) -> Found:
    """The archive's BibTeX by biblatex's data model. A date that is missing is one that no source states."""
    program = outside("biber", "biber")
    file = site.file("data/archive.bib")
    text = file.read_text("utf-8")
    dated = {
        entry[1]
        for entry in re.finditer(r"@[a-z]+\{([^,]+),.*?^\}$", text, re.DOTALL | re.MULTILINE)
        if "  date = " in entry[0]
    }
    out = site.copies / "biber.bib"
    command: list[str | Path] = [program, "--tool", "--validate-datamodel", "--nolog", "--output-file", out, file]
    done = subprocess.run(command, cwd=site.copies, capture_output=True, text=True, check=False)
    found = []
    for line in done.stdout.splitlines():
        named = re.search(r"Entry '([^']+)'", line)
        if (
            not line.startswith(("WARN", "ERROR"))
            or _NOT_PRINTED in line
            or (_NO_DATE in line and named and named[1] not in dated)
        ):
            continue
        found.append(line)
    keys = _KEY.findall(text)
    written = re.findall(r"^@[A-Z]+\{([^,\s]+),$", out.read_text("utf-8"), re.MULTILINE) if out.is_file() else []
    if sorted(written) != sorted(keys):
        found.append(f"biber writes {len(written):,} of {len(keys):,} entries")
    return f"{len(keys):,} entries, {len(dated):,} with a date", found


def jabref(site: Site) -> Found:
    """The archive's BibTeX by JabRef: every entry is read, and none is another."""
    program = outside("jabref", "jabref")
    file = site.file("data/archive.bib")
    out = site.copies / "jabref.bib"
    home = site.copies / "home"
    home.mkdir(exist_ok=True)
    environment = os.environ | {"HOME": str(home), "JAVA_TOOL_OPTIONS": f"-Djava.awt.headless=true -Duser.home={home}"}
    command: list[str | Path] = [program, "--nogui", "--import", f"{file},bibtex", "--output", out]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if not out.is_file():
        raise NotRun(f"JabRef: {(done.stderr or done.stdout).strip()[-300:]}")
    found = [
        line
        for line in (done.stdout + done.stderr).splitlines()
        if re.search(r"(?i)\bparser\b|duplicate|could not", line)
    ]
    keys, written = _KEY.findall(file.read_text("utf-8")), _KEY.findall(out.read_text("utf-8"))
    if sorted(written) != sorted(keys):
        found.append(f"JabRef writes {len(written):,} of {len(keys):,} entries")
    return f"{len(keys):,} entries", found


CHECKS: dict[str, Callable[[Site], Found]] = {
    "frictionless": frictionless,
    "sqlite": sqlite,
    "bagit": bagit,
    "zim": zim,
    "ro-crate": crate,
    "feeds": feeds,
    "sitemap": sitemap,
    "skos": skos,
    "bibtex": _citations(".bib", "bibtex"),
    "ris": _citations(".ris", "ris"),
    "csl": _citations(".csl.json", "csl"),
    "biber": biber,
    "jabref": jabref,
}

if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Lays an archive out as Hugo wants it: what build.py compares Onrecord with.

    hugosite.py CONTENT SITE        CONTENT: made by corpus.py; then run `hugo` in SITE, the pages are in SITE/public

Hugo makes every page itself, out of taxonomies and templates (benchmarks/hugo/). What it has no way for is worked out here, before any
clock runs, which is in Hugo's favour: the slugs of terms, a date in words, the paragraph a quotation stands in, and which long lists are
split into which decades, years, months and days (data/parts.json).
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 120
"""The most releases on one page of a list, as in Onrecord."""
QUOTATIONS = 100
"""The most quotations of a speaker on one page, as in Onrecord."""
INDEX_QUOTATIONS = 200
"""The most on a page of the index of quotations, as in Onrecord."""
COMPANY = 12
"""How many terms that occur with it the page of a term shows, as in Onrecord."""
NEAR = 4
"""How many releases about the same topics the page of a release shows, as in Onrecord."""
VOCABULARIES = {"topics": "topic", "places": "place", "names": "name"}
FORMATS = ["html", "markdown", "json", "bib", "ris", "csl"]
LISTS = ["html", "bib", "ris", "csv", "atom"]
LANGIDS = {"ar": "arabic", "en": "english", "es": "spanish", "fr": "french"}
"""What BibTeX files call the languages of corpus.py."""
MONTHS = "January February March April May June July August September October November December".split()
_EDTF = re.compile(r"(?P<year>[0-9]{4}|XXXX)(?:-(?P<month>[0-9]{2}))?(?:-(?P<day>[0-9]{2}))?(?P<about>~)?")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")

Fields = dict[str, Any]


def lay_out(content: Path, site: Path) -> None:
    """Writes the folder `site` for Hugo from the Onrecord archive in `content`; what was in `site` before is removed, its output excepted.

    Raises OSError where a folder cannot be read or written, ValueError where a file has a shape that corpus.py does not write.
    """
    for old in site.glob("*"):
        if old.is_dir() and old.name not in ("public", "resources"):
            shutil.rmtree(old)
    shutil.copytree(ROOT / "benchmarks" / "hugo", site, dirs_exist_ok=True)
    assets = shutil.ignore_patterns("map")
    shutil.copytree(ROOT / "templates" / "assets", site / "static" / "assets", ignore=assets, dirs_exist_ok=True)
    (site / "static" / ".nojekyll").touch()
    terms = {folder: _terms(content, folder, key) for folder, key in VOCABULARIES.items()}
    slugs = {folder: _spellings(entries) for folder, entries in terms.items()}
    releases = [_release(path, slugs) for path in sorted((content / "releases").rglob("*.md"))]
    _letter(releases)
    _near([fields for _, fields, _ in releases])
    months = _counts(releases, lambda fields: [fields["params"]["month"]])
    for _, fields, body in releases:
        fields["dates"] = _dates(fields["params"], months)
        if fields["params"]["status"] == "withdrawn":
            body = ""
        _page(site / "content" / "releases" / f"{fields.pop('slug')}.md", fields, body)
    _term_pages(site / "content", terms, releases)
    _articles(content, site / "content")
    target = site / "data" / "parts.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(_parts([fields for _, fields, _ in releases]), ensure_ascii=False), encoding="utf-8")


def slug(text: str) -> str:
    """A label as the end of an address: lower case, words joined by hyphens."""
    return re.sub(r"[^\w]+", "-", text.casefold()).strip("-")


def words(edtf: str) -> str:
    """An EDTF date of corpus.py in English words. Raises ValueError at any other."""
    start, slash, end = edtf.partition("/")
    if slash:
        return f"{words(start)} to {words(end)}"
    known = _EDTF.fullmatch(edtf)
    if known is None:
        raise ValueError(
            f"the date “{edtf}” is none that corpus.py writes: YYYY-MM-DD, YYYY-MM, YYYY, YYYY~, XXXX-MM-DD, XXXX, or an interval of these"
        )
    day = f"{int(known['day'])} " if known["day"] else ""
    month = MONTHS[int(known["month"]) - 1] if known["month"] else ""
    if known["year"] == "XXXX":
        return f"{day}{month}, year not stated" if month else "date not stated"
    return f"{'about ' if known['about'] else ''}{day}{month}{' ' if month else ''}{known['year']}"


# ---- what the archive's files hold -----------------------------------------------------------------------------------------------


def _terms(content: Path, folder: str, key: str) -> list[Fields]:
    with open(content / f"{folder}.toml", "rb") as file:
        terms: list[Fields] = tomllib.load(file).get(key, [])
    return terms


def _spellings(terms: Sequence[Fields]) -> dict[str, str]:
    """The slug of every spelling of a term: its label, its aliases, its translations."""
    return {
        spelling: term["slug"]
        for term in terms
        for spelling in (term["label"], *term.get("aliases", ()), *term.get("translations", {}).values())
    }


def _release(path: Path, slugs: Mapping[str, Mapping[str, str]]) -> tuple[Path, Fields, str]:
    """A release as (its file, the front matter Hugo gets with a `slug` of its own, its body)."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    given: Fields = yaml.load(front, loader)  # noqa: S506 - a safe loader, by the name it has where libyaml is there
    edtf = str(given["date"])
    # An interval is listed where it begins: Hugo's side has no page for the months and years it goes on in.
    stated = "" if edtf.startswith("XXXX") else edtf.partition("/")[0].rstrip("~")
    year, month, day = [*stated.split("-"), "00", "00"][:3] if stated else ("0000", "00", "00")
    gone = given["status"] == "withdrawn"
    publisher = "" if given["publisher"] == "not stated" else given["publisher"]
    number = given.get("reference", "")
    printed = _YEAR.findall(number)
    quoted = [] if gone else [_quoted(entry, body, slugs["names"]) for entry in given.get("quotations", ())]
    params: Fields = {
        "edtf": edtf,
        "stated": stated,
        "words": words(edtf),
        "decade": f"{year[:3]}X" if stated else year,
        "year": year,
        "month": f"{year}-{month}",
        "day": f"{year}-{month}-{day}",
        "publisher": publisher,
        "number": number,
        "numbered": printed[-1] if printed else "other",
        "sort": given["kind"],
        "tongue": given["language"],
        "langid": LANGIDS.get(given["language"], ""),
        "direction": "rtl" if given["language"] == "ar" else "ltr",
        "foreign": given["language"] != "en",
        "extent": given["extent"],
        "status": given["status"],
        "quoted": quoted,
    }
    for key in "date_as_written date_basis dateline subtitle reason rights source same_text_as".split():
        if key in given:
            params[key] = given[key]
    if "notes" in given:
        params["notes"] = given["notes"]
    fields: Fields = {"title": given["title"], "slug": path.stem, "params": params}
    if stated:
        fields["date"] = f"{year}-{month.replace('00', '01')}-{day.replace('00', '01')}"
    fields["references"] = [slug(publisher)] if publisher and number else []
    if gone:
        fields["layout"] = "withdrawn"
        return path, fields, body
    fields["description"] = _first_words(body)
    fields["outputs"] = FORMATS
    fields["publishers"] = [slug(publisher)] if publisher else []
    for folder in VOCABULARIES:
        fields[folder] = [slugs[folder].get(label) or slug(label) for label in given.get(folder, ())]
    fields["quotations"] = sorted({entry["slug"] for entry in quoted})
    return path, fields, body


def _quoted(entry: Fields, body: str, names: Mapping[str, str]) -> Fields:
    """A quotation with its speaker's slug and the number of the paragraph that holds its words (1 for the first)."""
    out = {**entry, "slug": names.get(entry["speaker"]) or slug(entry["speaker"])}
    blocks = [block for block in body.split("\n\n") if not block.startswith(("#", "- ", "|", "[^"))]
    place = next((k for k, block in enumerate(blocks, 1) if entry.get("text") and entry["text"] in block), 0)
    return {**out, "paragraph": place} if place else out


def _first_words(body: str, length: int = 200) -> str:
    """The beginning of a text, cut between words, its marks left out."""
    text = " ".join(re.sub(r"\[\^?([^\]]*)\](?:\([^)]*\))?|[*_#>|]", r"\1", body[: 3 * length]).split())
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


def _letter(releases: Sequence[tuple[Path, Fields, str]]) -> None:
    """Gives each release without a year the first letters of its title's slug that its list is split by."""
    undated = [fields for _, fields, _ in releases if fields["params"]["year"] == "0000"]
    if len(undated) > LIMIT:
        for fields in undated:
            fields["params"]["letter"] = fields["slug"].removeprefix("undated-")[0]


def _near(releases: Sequence[Fields]) -> None:
    """Gives each release the four about the same topics: those that share most, then the nearest in time."""
    ordered = sorted(releases, key=lambda fields: (fields["params"]["day"], fields["slug"]))
    place = {fields["slug"]: k for k, fields in enumerate(ordered)}
    by_topic: dict[str, list[str]] = defaultdict(list)
    for fields in ordered:
        for topic in fields.get("topics", ()):
            by_topic[topic].append(fields["slug"])
    at = {topic: {name: k for k, name in enumerate(names)} for topic, names in by_topic.items()}
    for fields in ordered:
        own, shared = fields["slug"], Counter[str]()
        for topic in fields.get("topics", ()):
            middle = at[topic][own]
            shared.update(by_topic[topic][max(0, middle - NEAR * 2) : middle + NEAR * 2])
        ranked = sorted(shared, key=lambda name: (-shared[name], abs(place[name] - place[own]), name))
        family = {own, *fields["params"].get("same_text_as", ())}
        fields["params"]["near"] = [name for name in ranked if name not in family][:NEAR]


def _dates(params: Mapping[str, str], months: Mapping[str, int]) -> list[str]:
    """The terms of the index by date: the year, the month, and the day where a month is too long for one page."""
    if params["year"] == "0000":
        return ["undated"]
    out = [params["year"]]
    if not params["month"].endswith("-00"):
        out.append(params["month"])
        if months[params["month"]] > LIMIT:
            out.append(re.sub(r"-00$", "-no-day", params["day"]))
    return out


def _counts(releases: Sequence[tuple[Path, Fields, str]], keys: Callable[[Fields], Sequence[str]]) -> dict[str, int]:
    out: dict[str, int] = defaultdict(int)
    for _, fields, _ in releases:
        for key in keys(fields):
            out[key] += 1
    return out


# ---- pages Hugo cannot derive ----------------------------------------------------------------------------------------------------


def _page(path: Path, fields: Fields, body: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(fields, allow_unicode=True, sort_keys=False, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper))
    path.write_text(f"---\n{text}---\n{body}", encoding="utf-8", newline="\n")


def _term_pages(
    content: Path, terms: Mapping[str, Sequence[Fields]], releases: Sequence[tuple[Path, Fields, str]]
) -> None:
    """A page for each term that a release has, with its label, and one for each year: each has its releases as files and as a feed."""
    for folder, entries in terms.items():
        company = _company(folder, releases)
        for term in entries:
            if term["slug"] in company:
                _page(content / folder / term["slug"] / "_index.md", _term(folder, term, company[term["slug"]]))
        _page(content / folder / "_index.md", {"title": folder.capitalize()})
    for folder in ("publishers", "references"):
        company = _company(folder, releases)
        labels = {fields["params"]["publisher"] for _, fields, _ in releases if fields.get(folder)}
        for label in labels:
            name = slug(label)
            params = {"slug": name, "company": company[name]} if folder == "publishers" else {"slug": name}
            outputs = LISTS if folder == "publishers" else ["html"]
            _page(content / folder / name / "_index.md", {"title": label, "params": params, "outputs": outputs})
        _page(content / folder / "_index.md", {"title": folder.capitalize()})
    labels_of = {term["slug"]: term["label"] for term in terms["names"]}
    speakers = {entry["slug"]: entry["speaker"] for _, fields, _ in releases for entry in fields["params"]["quoted"]}
    for name, speaker in speakers.items():
        _page(content / "quotations" / name / "_index.md", {"title": labels_of.get(name, speaker)})
    _page(content / "quotations" / "_index.md", {"title": "Quotations"})
    _page(content / "dates" / "_index.md", {"title": "Dates"})
    for year in {fields["params"]["year"] for _, fields, _ in releases} - {"0000"}:
        _page(content / "dates" / year / "_index.md", {"title": year, "outputs": LISTS})
    _page(content / "dates" / "undated" / "_index.md", {"title": "Year not stated", "outputs": LISTS})
    _page(content / "releases" / "_index.md", {"title": "Releases"})


def _company(folder: str, releases: Sequence[tuple[Path, Fields, str]]) -> dict[str, dict[str, list[Fields]]]:
    """For each term of a folder: the twelve topics, places and names that its releases have most often, with their number."""
    met: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: {kind: Counter() for kind in VOCABULARIES})
    for _, fields, _ in releases:
        for term in fields.get(folder, ()):
            for kind in VOCABULARIES:
                met[term][kind].update(fields.get(kind, ()))
    return {
        term: {
            kind: [
                {"slug": other, "count": count}
                for other, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
                if (kind, other) != (folder, term)
            ][:COMPANY]
            for kind, counts in kinds.items()
        }
        for term, kinds in met.items()
    }


def _term(folder: str, term: Fields, company: Mapping[str, Sequence[Fields]]) -> Fields:
    params: Fields = {"slug": term["slug"], "company": company}
    for key, name in {
        "aliases": "also",
        "kind": "sort",
        "lat": "lat",
        "lon": "lon",
        "translations": "translations",
    }.items():
        if key in term:
            params[name] = term[key]
    fields: Fields = {"title": term["label"], "params": params}
    if "description" in term:
        fields["description"] = term["description"]
    fields["outputs"] = LISTS
    return fields


def _articles(content: Path, target: Path) -> None:
    with open(content / "archive.toml", "rb") as file:
        scope = tomllib.load(file).get("scope", "")
    _page(target / "_index.md", {"title": "Home", "description": scope})
    for path in sorted((content / "pages").glob("*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        _page(target / path.name, {"title": yaml.safe_load(front)["title"]}, body)
    _page(target / "timeline.md", {"title": "Timeline", "layout": "timeline"})
    _page(target / "contribute.md", {"title": "Add a release"}, CONTRIBUTE)
    _page(target / "colophon.md", {"title": "Colophon"}, COLOPHON)


CONTRIBUTE = """\
A release is one text file: a few facts at the top, the text below.

## What a record needs

- The title as the publisher printed it.
- The date as exactly as the source states it and no more.
- Who published it, and their own number for it.
- Where it comes from: an address, a web archive’s copy, a file.
"""
COLOPHON = """\
## How to read a record

A date is shown as exactly as its source states it.

Each paragraph of a release has a number and an address of its own, for citing.

Every release can be had as Markdown, JSON, BibTeX, RIS and CSL-JSON.
"""


# ---- which lists are split -------------------------------------------------------------------------------------------------------


def _parts(releases: Sequence[Fields]) -> dict[str, list[Fields]]:
    """For each list too long for one page, by its address, the pages that hold its parts, newest first."""
    out: dict[str, list[Fields]] = {}
    lists: dict[tuple[str, str], list[Fields]] = defaultdict(list)
    for fields in releases:
        for folder in (*VOCABULARIES, "publishers", "quotations", "references"):
            for term in fields.get(folder, ()):
                lists[folder, term].append(fields["params"])
    for (folder, term), below in sorted(lists.items()):
        at = f"{folder}/{term}"
        if folder == "quotations":
            _split(out, at, at, "saying", below, "decade", _sayings(term))
        elif folder == "references":
            _split(out, at, at, "numbers", below, "numbered", len)
        else:
            _split(out, at, at, "part", below, "decade", len)
    _split(
        out, "quotations", "quotations/index", "sayings", [fields["params"] for fields in releases], "year", _quotations
    )
    undated = [fields["params"] for fields in releases if fields["params"]["year"] == "0000"]
    _split(out, "dates/undated", "dates/undated", "part", undated, "letter", len)
    return out


def _quotations(below: Sequence[Fields]) -> int:
    return sum(len(params["quoted"]) for params in below)


def _sayings(speaker: str) -> Callable[[Sequence[Fields]], int]:
    def count(below: Sequence[Fields]) -> int:
        return sum(entry["slug"] == speaker for params in below for entry in params["quoted"])

    return count


def _split(
    out: dict[str, list[Fields]],
    at: str,
    folder: str,
    kind: str,
    below: Sequence[Fields],
    unit: str,
    size: Callable[[Sequence[Fields]], int],
) -> None:
    """Adds the parts of the list at the address `at`, and of those parts that are too long themselves; `size` counts what is listed."""
    if size(below) <= {"saying": QUOTATIONS, "sayings": INDEX_QUOTATIONS}.get(kind, LIMIT):
        return
    groups: dict[str, list[Fields]] = defaultdict(list)
    for params in below:
        groups[params[unit]].append(params)
    parts = [part for part in _part(folder, kind, unit, groups, size) if part["count"]]
    if kind == "saying":
        parts = [part for whole in parts for part in _within(folder, groups[whole["key"]], whole, size)]
    out[f"/{at}.html"] = parts
    next_unit = _NEXT.get(unit)
    if kind == "sayings":
        next_unit = "month" if unit == "year" else None
    if kind != "saying" and next_unit:
        for part in parts:
            if part["key"].endswith("-00") or (kind == "sayings" and part["key"] == "0000"):
                continue
            unit_below = "letter" if part["key"] == "0000" else next_unit
            _split(out, part["path"], _nested(folder, part), kind, groups[part["key"]], unit_below, size)


def _nested(folder: str, part: Fields) -> str:
    return str(part["path"]) if part["key"] == "0000" else folder


def _part(
    folder: str, kind: str, unit: str, groups: Mapping[str, Sequence[Fields]], size: Callable[[Sequence[Fields]], int]
) -> Iterator[Fields]:
    dated = [key for key in groups if key != "0000"]
    for key in [*sorted(dated, reverse=unit != "letter"), *(["0000"] if "0000" in groups else [])]:
        stem = key.replace("X", "0s") if key.strip("0") else "no-year"
        if key.endswith("-00"):
            stem = f"{key.removesuffix('-00')}-no-{unit}"
        yield {
            "path": f"{folder}/{stem}",
            "url": f"/{folder}/{stem}.html",
            "label": _label(key),
            "type": kind,
            "unit": unit,
            "below": {"decade": "year", "year": "month"}.get(unit, "") if key != "0000" else "",
            "key": key,
            "count": size(groups[key]),
        }


def _within(
    folder: str, below: Sequence[Fields], part: Fields, size: Callable[[Sequence[Fields]], int]
) -> Iterator[Fields]:
    """What a speaker is quoted with in a decade, or in its years or months where that is too much: no page leads to these alone, as in
    Onrecord."""
    unit = {"decade": "year", "year": "month"}.get(part["unit"])
    if part["count"] <= QUOTATIONS or part["key"] == "0000" or unit is None:
        yield part
        return
    groups: dict[str, list[Fields]] = defaultdict(list)
    for params in below:
        groups[params[unit]].append(params)
    for smaller in _part(folder, "saying", unit, groups, size):
        if smaller["count"]:
            yield from _within(folder, groups[smaller["key"]], smaller, size)


_NEXT = {"decade": "year", "year": "month", "month": "day"}


def _label(key: str) -> str:
    if key == "0000":
        return "Year not stated"
    if key.endswith("X"):
        return key.replace("X", "0s")
    numbers = key.split("-")
    if not numbers[0].isdigit() or len(numbers) == 1:
        return key.upper()
    stated = "-".join(number for number in numbers if number != "00")
    return words(stated)


def main() -> int:
    """Lays out one archive."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("content", type=Path, help="an archive made by corpus.py")
    parser.add_argument("site", type=Path, help="the folder that Hugo is run in")
    args = parser.parse_args()
    lay_out(args.content, args.site)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Labelled pages of public collections, outside of the repository, for beside.py: nothing of them may enter it.

    python -m benchmarks.intake.public OUT htmldate=CHECKOUT trafilatura=CHECKOUT articles=CHECKOUT

A checkout is a git directory, bare or not, of github.com/adbar/htmldate (the day of 1,000 pages), github.com/adbar/trafilatura (words that
belong to the text of 990 pages, and words that do not) and github.com/scrapinghub/article-extraction-benchmark (the whole text of 181).
Their labels are by people, and each collection is one that its own program was written with. For each a folder OUT/NAME with the pages
and labels.json is written.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
Labelled = Iterator[tuple[dict[str, Any], bytes]]


def _blob(checkout: Path, path: str) -> bytes | None:
    done = subprocess.run(["git", "-C", str(checkout), "show", f"HEAD:{path}"], capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None


def _listed(checkout: Path, file: str) -> dict[str, Any]:
    text = _blob(checkout, file)
    if text is None:
        sys.exit(f"{checkout} holds no {file}: is it the right collection?")
    found: dict[str, Any] = json.loads(text)
    return found


def _page(checkout: Path, name: str) -> bytes | None:
    folders = ("tests/eval", "tests/cache", "tests/test_set")
    return next((page for folder in folders if (page := _blob(checkout, f"{folder}/{name}")) is not None), None)


def htmldate(checkout: Path) -> Labelled:
    """The pages with the day that a person read on them."""
    for file in ("tests/eval_default.json", "tests/eval_mediacloud_2020.json"):
        for entry in _listed(checkout, file).values():
            if isinstance(entry.get("date"), str) and (page := _page(checkout, entry["file"])) is not None:
                yield {"source": entry["file"], "date": entry["date"]}, page


def trafilatura(checkout: Path) -> Labelled:
    """The pages with words that belong to the text, and words that do not."""
    for entry in _listed(checkout, "tests/evaldata.json").values():
        if (page := _page(checkout, entry["file"])) is not None:
            yield {"source": entry["file"], "with": entry.get("with", []), "without": entry.get("without", [])}, page


def articles(checkout: Path) -> Labelled:
    """The pages with their whole text; its first and last five words are the ends."""
    for name, entry in _listed(checkout, "ground-truth.json").items():
        words = entry["articleBody"].split()
        page = _blob(checkout, f"html/{name}.html.gz")
        if page is None or len(words) < 10:
            continue
        label = {"first": " ".join(words[:5]), "last": " ".join(words[-5:]), "body": entry["articleBody"]}
        yield {"source": f"{name}.html", **label}, gzip.decompress(page)


READERS: dict[str, Callable[[Path], Labelled]] = {
    "htmldate": htmldate,
    "trafilatura": trafilatura,
    "articles": articles,
}


def main(given: Sequence[str]) -> int:
    """Writes the folders."""
    if len(given) < 2 or any(one.split("=")[0] not in READERS for one in given[1:]):
        print(__doc__)
        return 2
    out = Path(given[0]).resolve()
    if out.is_relative_to(ROOT):
        print("These texts are other people's: choose a folder outside of the repository.")
        return 2
    for one in given[1:]:
        name, _, checkout = one.partition("=")
        folder = out / name
        folder.mkdir(parents=True, exist_ok=True)
        labels = []
        for label, page in READERS[name](Path(checkout)):
            label["source"] = Path(label["source"]).stem + ".html"
            (folder / label["source"]).write_bytes(page)
            labels.append(label)
        (folder / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=0), encoding="utf-8")
        print(f"{folder}: {len(labels)} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

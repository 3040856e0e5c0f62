"""How the time and the memory of reading grow with a document's size, for awkward documents of every format.

    python -m benchmarks.intake.growth                        every kind, 10 KB to 1 MB
    python -m benchmarks.intake.growth --sizes 10,10000       in KB
    python -m benchmarks.intake.growth --only html,eml

Each document is invented, and is read in a process of its own with the limits of an import. Seconds are of the processor, less by as
much as a small piece of work that is the same each time takes longer just before and behind than in the best tenth of the run: what
others do on the machine is no part of them. "growth" is
the exponent between the last two sizes that were read: 1 for a time in proportion to the size, 2 for its square. A mailbox, a folder, a
capture, a table is as many documents as it holds, and each has the limits of one; all are divided, and the first 300 are read. SLOW is
said of a document, and of dividing.
"""

# ruff: noqa: E501 - documents are written out as they are

from __future__ import annotations

import argparse
import io
import json
import math
import os
import re
import signal
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.intake import packed_documents, table_documents
from benchmarks.intake.packed_documents import HEAD, SENTENCE, Shape, times

if TYPE_CHECKING:
    from onrecord.intake.formats.nesting import Piece

# Above this exponent a time grows faster than n log n; short times are not compared.
STEEPEST = 1.35
SHORT = 0.2
SECONDS = 30
# What a document that was made to keep its reader busy may take.
MOST_SECONDS, MOST_MEGABYTES = 2.0, 300
MOST_PIECES = 300
_PACE_TEXT, _PACE_PATTERN = SENTENCE * 10, re.compile(r"(?:[A-Z]\w+\s)+said|[a-z]+ed\b")


# What stands in a text again and again.
TEXTS = {
    "prose": f"{SENTENCE * 4}\n\n",
    "short-lines": "a b\n",
    "lone-lines": "A line of its own\n\n",
    "one-line": SENTENCE,
    "one-word": "x",
    "capital": "X",
    "blanks": " ",
    "blank-lines": "\n",
    "tabs": "a\t",
    "digits": "1",
    "dates": "3 May 2013, ",
    "date-lines": "3 May 2013\n",
    "labels": "Date: 3 May 2013\n",
    "quotations": "“We were never told,” said Ada Quill of Harbour Watch. ",
    "quotation-lines": "“We were never told,” said Ada Quill of Harbour Watch.\n\n",
    "open-quotations": "“We were ",
    "straight-quotations": '"We were" ',
    "dashes": "— We were, ",
    "names": "Ada Quill, ",
    "name-lines": "Ada Quill, director of Harbour Watch\n",
    "joined-names": "Ada-Quill-",
    "addresses": "ada@harbour.example ",
    "links": "https://harbour.example/a ",
    "numbers": "No. 12/2013 ",
    "items": "- an item of a list\n",
    "numbered": "1. an item of a list\n",
    "brackets": "(",
    "square": "[",
    "stars": "**a ",
    "dots": ". . ",
    "colons": "a: ",
    "pipes": "a | ",
    "chinese": "当局必须释放自一月以来被关押的十一名教师，港口观察今天表示。",
    "arabic": "قالت المنظمة اليوم إن على السلطات أن تفرج عن المعلمين. ",
    "russian": "«Власти должны освободить учителей», — сказала Вера Луговая. ",
    "quoted-mail": "> > > so they wrote\n",
    "commas": "a, b, ",
    "rules": "-----\n",
    "hyphens": "long-\n",
}
MARKDOWN = {
    "links": "[a](b) ",
    "open-links": "[a](",
    "deep-quotations": "> ",
    "tables": "| a | b |\n",
    "notes": "a[^1] ",
    "defined": "[^a]: b\n",
    "items": "- a\n  - b\n",
    "headings": "# A heading\n\n",
    "code": "`a ",
    "tags": "<b>a ",
    "comments": "<!-- a ",
    "entities": "&amp; ",
    "stars": "*a **b ",
    "definitions": "[a]: b\n",
}
PAGE = {
    "ampersands": "&",
    "no-references": "&x",
    "paragraphs": f"<p>{SENTENCE}</p>",
    "short-paragraphs": "<p>a</p>",
    "one-paragraph": SENTENCE,
    "breaks": "a<br>",
    "spans": "<span>a </span>",
    "links": "<a href=/a>a link</a> ",
    "divs": "<div>a</div>",
    "open-divs": "<div>",
    "open-spans": "<span>a",
    "open-bold": "<b>a",
    "open-lists": "<ul><li>a",
    "open-tables": "<table><tr><td>a",
    "rows": "<tr><td>a</td><td>b</td></tr>",
    "items": "<li>an item of a list</li>",
    "comments": "<!-- a -->",
    "open-comments": "<!-- a ",
    "scripts": "<script>a</script>",
    "open-tags": "<p a ",
    "attributes": " a=b",
    "entities": "&amp;",
    "pictures": "<img alt='a picture' src=a>",
    "times": "<time datetime=2013-05-03>3 May 2013</time> ",
    "headings": "<h2>A heading of the page</h2><p>a</p>",
    "hidden": "<p style='display:none'>hidden words</p>",
    "raised": "<sup>1</sup>a ",
    "quotations": "<p>“We were never told,” said Ada Quill of Harbour Watch.</p>",
    "dates": "<p>3 May 2013</p>",
    "notes": '<a href="#n1">1</a><p id=n1>a note</p>',
    "meta": "<meta name=date content=2013-05-03>",
    "data": '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "a"}</script>',
    "teasers": "<article><h3><a href=/a>A heading</a></h3><p>3 May 2013</p></article>",
    "forms": "<form><input><label>a</label></form>",
    "captions": "<p class=caption>A photograph</p>",
    "credits": "<span class=credit>A photograph</span>",
    "ruby": "<ruby>a<rt>b</rt></ruby>",
}
MAIL = "From: Harbour Watch <press@harbour.example>\nDate: Fri, 3 May 2013 10:00:00 +0000\nSubject: Teachers must be released\nMIME-Version: 1.0\n"


def _page(part: str) -> Shape:
    return lambda size: (
        f"<!doctype html><html lang=en><head><title>Teachers must be released</title></head><body><main><h1>Teachers must be released</h1>"
        f"<p>3 May 2013</p><p>{SENTENCE * 3}</p>{times(part, size)}</main></body></html>"
    ).encode()


def _mail(part: str, head: str = "Content-Type: text/plain; charset=utf-8\n\n") -> Shape:
    return lambda size: (MAIL + head + HEAD + times(part, size)).encode()


def _many_parts(size: int) -> bytes:
    part = f"--b\nContent-Type: text/plain\n\n{SENTENCE}\n"
    return f'{MAIL}Content-Type: multipart/mixed; boundary="b"\n\n{times(part, size)}--b--\n'.encode()


def _deep_parts(size: int) -> bytes:
    count = size // 60
    opened = "".join(f'Content-Type: multipart/mixed; boundary="b{number}"\n\n--b{number}\n' for number in range(count))
    return f"{MAIL}{opened}Content-Type: text/plain\n\n{SENTENCE}\n".encode()


def _mailbox(size: int) -> bytes:
    return times(f"From press Fri May  3 10:00:00 2013\n{MAIL}\n{SENTENCE * 3}\n\n", size).encode()


def shapes() -> Iterator[tuple[str, str, Shape]]:
    """(name, suffix, what makes a document of a size) of every kind."""
    for name, part in TEXTS.items():
        yield f"txt {name}", ".txt", lambda size, part=part: (HEAD + times(part, size)).encode()  # type: ignore[misc]
    for name, part in MARKDOWN.items():
        yield f"md {name}", ".md", lambda size, part=part: (f"# Teachers\n\n{HEAD}{times(part, size)}\n").encode()  # type: ignore[misc]
    yield "md front", ".md", lambda size: f"---\ntitle: Teachers\n{times('a: b c', size)}\n---\n{HEAD}".encode()
    yield "md keys", ".md", lambda size: f"---\ntitle: Teachers\n{times('tags: [a, b]', size)}\n---\n{HEAD}".encode()
    for name, part in PAGE.items():
        yield f"html {name}", ".html", _page(part)
    for name in ("quoted-mail", "prose", "short-lines", "addresses", "blank-lines"):
        yield f"eml {name}", ".eml", _mail(TEXTS[name])
    yield "eml page", ".eml", _mail(PAGE["paragraphs"], "Content-Type: text/html; charset=utf-8\n\n")
    yield "eml encoded", ".eml", _mail("VGhl\n", "Content-Transfer-Encoding: base64\n\n")
    yield "eml headers", ".eml", lambda size: f"{MAIL}{times('X-A: b', size)}\n\n{SENTENCE}".encode()
    yield "eml folded", ".eml", lambda size: f"{MAIL}To: {times('a@b.example,', size)}\n\n{SENTENCE}".encode()
    yield "eml parts", ".eml", _many_parts
    yield "eml deep", ".eml", _deep_parts
    yield "mbox messages", ".mbox", _mailbox
    yield from packed_documents.shapes()
    yield from table_documents.shapes()


@dataclass(frozen=True)
class Reading:
    """What reading a file took: seconds of the processor, of all its documents that were read and of the slowest (or of dividing it, if
    that took longer), MB at most beyond those of a reader that is ready, how many documents were read, what came of it ("read",
    "refused: …" or "killed"), and by how much the machine was slower than it can be (see `pace`)."""

    seconds: float
    slowest: float
    megabytes: int
    documents: int
    outcome: str
    slowness: float = 1.0


def pace() -> float:
    """Seconds of the processor that a small piece of work takes, the same each time: more where others use the machine's caches and
    the other half of a core."""
    began = time.process_time()
    seen: dict[object, object] = {}
    for number in range(6_000):
        piece = _PACE_TEXT[number % 900 : number % 900 + 9]
        seen[piece] = seen[number] = (piece, piece.split())
    for _ in range(6):
        _PACE_PATTERN.findall(_PACE_TEXT)
    return time.process_time() - began


_paces: list[float] = []


def _megabytes() -> int:
    """What this process holds in memory."""
    with open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024**2


def _slowness() -> float:
    now = [pace() for _ in range(8)]
    # Of a clock that stands still for a moment the least says nothing.
    _paces.extend(filter(None, now))
    quiet = sorted(_paces)[len(_paces) // 10] if _paces else 1.0
    return max(1.0, statistics.median(now) / quiet)


def measured(name: str, data: bytes, seconds: int = SECONDS, most_pieces: int = sys.maxsize) -> Reading:
    """Reads a file in a process of its own, in so many seconds; of one that holds many documents each of the first `most_pieces` has as
    many."""
    from onrecord.intake import reading_memory

    slowness, held = _slowness(), _megabytes()
    incoming, outgoing = os.pipe()
    child = os.fork()
    if not child:
        with suppress(BaseException):
            reading_memory.limit(os.getpid(), len(data))
            began = time.process_time()
            slowest, documents, outcome = _outcome(name, data, seconds, most_pieces)
            answer = [time.process_time() - began, slowest, documents, outcome]
            os.write(outgoing, json.dumps(answer).encode())
        os._exit(0)
    os.close(outgoing)
    with open(incoming, "rb") as answered:
        said = answered.read()
    _, status, usage = os.wait4(child, 0)
    used = usage.ru_utime + usage.ru_stime
    took, slowest, documents, outcome = json.loads(said) if said else (used, used, 0, "killed")
    if not said and os.WIFSIGNALED(status) and os.WTERMSIG(status) not in (signal.SIGPROF, signal.SIGKILL):
        outcome = f"killed by {signal.Signals(os.WTERMSIG(status)).name}"
    slowness = (slowness + _slowness()) / 2
    return Reading(took, slowest, max(0, usage.ru_maxrss // 1024 - held), documents, outcome, slowness)


def _divided(name: str, data: bytes) -> Iterator[Piece]:
    from onrecord.intake.formats import containers, table_rows
    from onrecord.intake.formats.nesting import Piece

    if table_rows.is_table(name, data):
        yield from table_rows.pieces(name, data)
    elif containers.is_container(data[: containers.HEAD]):
        yield from containers.pieces(name, io.BytesIO(data))
    else:
        yield Piece(name, data)


def _outcome(name: str, data: bytes, seconds: int, most_pieces: int = sys.maxsize) -> tuple[float, int, str]:
    """The seconds of the slowest document, how many were read, and whether one could be."""
    from onrecord.intake import record
    from onrecord.intake.evidence.term_finder import terms
    from onrecord.model import Vocabularies

    finders = terms(Vocabularies())
    slowest, dividing, documents, is_read, refusal = 0.0, 0.0, 0, False, ""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    began = time.process_time()
    for piece in _divided(name, data):
        dividing += time.process_time() - began
        if documents < most_pieces:
            signal.setitimer(signal.ITIMER_PROF, seconds)
            began = time.process_time()
            refused = [piece.refused]
            if not piece.refused:
                refused = [read.refused for read in record.of(piece.name, piece.data, finders)]
            slowest = max(slowest, time.process_time() - began)
            documents += len(refused)
            is_read |= not all(refused)
            refusal = refusal or next(filter(None, refused), "")
        began = time.process_time()
    return max(slowest, dividing), documents, "read" if is_read else f"refused: {refusal[:70]}"


def warm() -> None:
    """Loads what a reader loads before its first document: it is no part of any other's time."""
    from onrecord.intake import record, warm_up
    from onrecord.intake.evidence.term_finder import terms
    from onrecord.model import Vocabularies

    finders = terms(Vocabularies())
    warm_up.warm_up(lambda name, data: record.of(name, data, finders))
    _outcome("warm.txt", HEAD.encode(), SECONDS)
    for _ in range(10):
        _slowness()
    signal.setitimer(signal.ITIMER_PROF, 0)


def growth(name: str, suffix: str, shape: Shape, sizes: list[int]) -> tuple[str, bool, bool]:
    """The row of a kind, whether its time grows too fast, and whether a document took more than it may."""
    cells, exponent, steep, slow = [], 0.0, False, False
    before: tuple[int, float] | None = None
    outcome = ""
    for size in sizes:
        reading = measured(f"document{suffix}", shape(size), most_pieces=MOST_PIECES)
        seconds, outcome = reading.seconds / reading.slowness, reading.outcome
        slow |= reading.slowest / reading.slowness > MOST_SECONDS
        slow |= reading.megabytes > MOST_MEGABYTES and not outcome.startswith("refused")
        cells.append(f"{seconds:7.2f} s {reading.megabytes:5} MB")
        if before and before[1] >= SHORT / 10 and seconds > SHORT:
            exponent = math.log(seconds / before[1]) / math.log(size / before[0])
            # One that was killed took at least so long.
            steep = exponent > STEEPEST
        before = size, seconds
        if outcome != "read":
            break
    row = f"{name:24} {' '.join(cells):{19 * len(sizes)}} {exponent:5.2f}  {outcome}"
    return row, steep or (outcome == "killed" and len(cells) == 1), slow


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="10,100,1000", help="in KB")
    parser.add_argument("--only", default="", help="beginnings of names of kinds")
    given = parser.parse_args()
    sizes = [1000 * int(size) for size in given.sizes.split(",")]
    warm()
    steep = above = 0
    for name, suffix, shape in shapes():
        if name.startswith(tuple(given.only.split(","))):
            row, is_steep, is_slow = growth(name, suffix, shape, sizes)
            steep += is_steep
            above += is_slow
            print(row + ("  STEEP" if is_steep else "") + ("  SLOW" if is_slow else ""), flush=True)
    print(
        f"{steep} kinds grow faster than n log n; of {above} a document took more than {MOST_SECONDS} s or {MOST_MEGABYTES} MB"
    )
    return steep > 0


if __name__ == "__main__":
    sys.exit(main())

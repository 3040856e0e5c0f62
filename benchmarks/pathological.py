#!/usr/bin/env python3
"""Runs the commands over files that a stranger made to keep them busy, and prints what each took and what became of it.

  python benchmarks/pathological.py [WORD …] [--commands check,build,import,receive,serve] [--folder D] [--results FILE]

Each line: processor time in seconds and the most memory of one process in megabytes (both beyond those of an ordinary file, but for
`check`), how the command ended, the input. WORDs choose the inputs whose names hold one of them. An
input is good when it took at most 2 s and 300 MB, or is refused by name with what to do, in at most 12 s (the limit of a file, and the
start of what watches over it). Large documents as people write them ("honest") are good when they are read in a third of the time that
they have (`intake.reading_time`). Ends with 1 where one is not, and where a traceback was printed.

It takes the better part of an hour. With --results each line is kept in a file of JSON lines, and what stands there is not run again:
a run that was stopped goes on, and a file that is deleted begins anew.
"""

from __future__ import annotations

import argparse
import base64
import io
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

MOST_SECONDS, MOST_MEGABYTES, MOST_REFUSING = 2.0, 300, 12.0
Files = dict[str, str | bytes]
HEAD = "title: X\ndate: 2012-02-08\npublisher: Harbour Watch\nlanguage: en\nextent: full\n"
ONE = "releases/2012/2012-02-08-a.md"
ORDINARY = """Harbour Watch

8 February 2012

Ferry crews ask for light

The crews of the night ferry asked today for light on the pier.
"""


@dataclass(frozen=True)
class Outcome:
    """What a command took and how it ended: `code` as the system has it, `text` what it printed."""

    seconds: float
    megabytes: int
    code: int
    text: str


def release(body: str, fields: str = "") -> Files:
    """A content folder with one release."""
    return {ONE: f"---\n{HEAD}{fields}---\n{body}\n"}


def _files(files: Mapping[str, str | bytes]) -> Files:
    return dict(files)


def _filled(piece: str, size: int, width: int) -> Files:
    from tests.trust.test_bounds_bodies import filled

    return release(filled(piece, size, width))


def _sent(made: Callable[[], bytes], event: Callable[[str], str]) -> str:
    return event(made().decode())


# ---- content ---------------------------------------------------------------------------------------------------------------------


def contents() -> Iterator[tuple[str, Callable[[], Files]]]:
    """The content folders, by name, each made when it is asked for."""
    from tests.trust import test_bounds_bodies as bodies
    from tests.trust import test_bounds_files as files

    size = bodies.LARGEST
    for piece in bodies.PIECES:
        for width in (0, 70):
            name = f"body of {piece!r}{' in lines' if width else ''}"
            yield name, partial(_filled, piece, size, width)
    for name, text in (bodies.WHOLE | bodies.HONEST).items():
        yield f"body: {name}", partial(release, text[:size])
    yield from ((f"content: {name}", partial(_files, made)) for name, made in files.AWKWARD.items())
    fronts = {
        "nested merges": "a: &a {x: 1}\n" + "".join(f"b{n}: &b{n} {{<<: [*a, *a, *a]}}\n" for n in range(20)),
        "alias bomb": "a: &a [x]\n" + "".join(f"c{n}: &c{n} [*a, *a, *a, *a, *a, *a, *a]\n" for n in range(20)),
        "30,000 brackets": "topics: " + "[" * 30_000 + "\n",
        "7,000 keys": "".join(f"k{n}: 1\n" for n in range(7000)),
        "60,000 digits": "date_as_written: " + "9" * 60_000 + "\n",
        "a row of quotation marks": "topics: [" + '"a", ' * 12_000 + "]\n",
        "a row of escapes": 'subtitle: "' + "\\u0041" * 10_000 + '"\n',
        "notes of many lines": "notes: |\n" + "  a\n" * 15_000,
        "notes of brackets": "notes: " + '"' + "![[" * 20_000 + '"\n',
        "notes of addresses": "notes: " + "http://a " * 7_000 + "\n",
        "an address of 60 KB": "source:\n  url: http://a/" + "a/../" * 12_000 + "\n",
        "dates in a list": "topics: [" + "2012-02-08, " * 5_000 + "]\n",
        "a reference of 60 KB": "reference: " + "A/1." * 15_000 + "\n",
        "a date line of 60 KB": "dateline: " + "A/1. " * 12_000 + "\n",
        "3,500 unknown names": "names: [" + ", ".join(f"harbour watc{n}" for n in range(3_500)) + "]\n",
        "2 MB of front matter": "subtitle: " + "x" * (size - 400) + "\n",
    }
    for name, front in fronts.items():
        yield f"front matter: {name}", partial(release, "Text.", front)
    whole = 4 * 1024 * 1024 - 100
    tomls = {
        "brackets": "a = " + "[" * 1000,
        "4 MB of brackets": "a = " + "[" * (whole - 100),
        "tables in each other": "".join(f"[{'a.' * 40}b{n}]\n" for n in range(whole // 90)),
        "dotted keys": "a" + ".a" * 500_000 + " = 1\n",
        "inline tables": "a = {" + ", ".join(f"b{n} = 1" for n in range(200_000)) + "}\n",
        "entries": "".join(f'[[topic]]\nlabel = "t{n}"\n' for n in range(whole // 30)),
        "one alias, 200,000 times": '[[topic]]\nlabel = "T"\naliases = [' + '"t", ' * 200_000 + "]\n",
        "a text of escapes": 'a = "' + "\\n" * (whole // 2 - 20) + '"\n',
        "a text in lines": 'a = """' + "x\n" * (whole // 2 - 20) + '"""\n',
        "comments": "#\n" * (whole // 2),
        "letters with marks": '[[topic]]\nlabel = "' + "e\u0301" * 500_000 + '"\n',
        "a list of lists": "a = [" + "[1], " * 400_000 + "]\n",
        "dates": "a = [" + "2012-02-08, " * 200_000 + "]\n",
    }
    for name, text in tomls.items():
        yield f"topics.toml: {name}", partial(_files, release("Text.") | {"topics.toml": text})
        yield f"archive.toml: {name}", partial(_files, release("Text.") | {"archive.toml": text})
    yield "topics.toml of 1 GB", lambda: release("Text.") | {"topics.toml": "\0" * 2**30}
    yield "pages/about.md of 1 GB", lambda: release("Text.") | {"pages/about.md": "\0" * 2**30}
    words = " ".join(f"word{n % 9000}" for n in range(18))
    near = "\n\n".join(f"{words} {n} and it was dark on the pier that day. " * 1 for n in range(12_000))
    other = near.replace("dark", "black").replace("pier", "quay")
    second = ONE.replace("-a.md", "-b.md")
    yield (
        "two near texts of 2 MB",
        lambda: (
            release(near[:size]) | {second: f"---\n{HEAD}same_text_as: [2012-02-08-a]\n---\n{other[: size - 100]}\n"}
        ),
    )
    letters = "x " * (size // 2 - 200)
    yield (
        "two texts of one word",
        lambda: release(letters) | {second: f"---\n{HEAD}same_text_as: [2012-02-08-a]\n---\n{letters[:-4]} y\n"},
    )


# ---- documents -------------------------------------------------------------------------------------------------------------------


def documents() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """The documents, by name, each with its file's name and made when it is asked for."""
    page = "<html><body><h1>Ferry crews ask for light</h1><p>8 February 2012</p>{}<p>The crews asked for light.</p></body></html>"
    mail = "From: a@b.example\nSubject: Ferry\n"
    texts = {
        "comments before a tag": ("a.html", page.format("<!-- a -->" * 26 + "<unlisted>")),
        "200 KB of <script>": ("a.html", page.format("<script>" * 25_000)),
        "200 KB of <!--": ("a.html", page.format("<!--" * 50_000)),
        "2,000 divisions": ("a.html", page.format("<div>" * 2_000 + "x")),
        "1 MB of divisions": ("a.html", page.format("<div>" * 200_000 + "x")),
        "1 MB of &": ("a.html", page.format("&" * 1_000_000)),
        "439 KB of attributes": ("a.html", page.format("<p " + "".join(f"a{n}=1 " for n in range(50_000)) + ">x</p>")),
        "2 MB of table cells": ("a.html", page.format("<table>" + "<tr><td>a<td>b" * 120_000 + "</table>")),
        "2 MB of links": ("a.html", page.format("<a href='/a'>x</a>" * 100_000)),
        "hyphens at line ends": ("a.txt", ORDINARY + "word-\n" * 14_000),
        "1 MB of hyphens at line ends": ("a.txt", ORDINARY + "word-\n" * 170_000),
        "1 MB on one line": ("a.txt", ORDINARY + "word " * 200_000),
        "1 MB of blank lines": ("a.txt", ORDINARY + "\n" * 1_000_000 + "x"),
        "1 MB of quotation marks": ("a.txt", ORDINARY + "“a” " * 200_000),
        "1 MB of one quotation mark": ("a.txt", ORDINARY + "“a " * 250_000),
        "1 MB of dates": ("a.txt", ORDINARY + "8 February 2012 " * 60_000),
        "1 MB of addresses": ("a.txt", ORDINARY + "http://a " * 110_000),
        "1 MB of says": ("a.txt", ORDINARY + "said Mary Ann " * 70_000),
        "1 MB of speakers": ("a.txt", ORDINARY + "“It was dark,” said Mary Ann. " * 30_000),
        "1 MB of capitals": ("a.txt", ORDINARY + "A. B. C. " * 110_000),
        "1 MB of lines of capitals": ("a.txt", ORDINARY + "FERRY LIGHT\n" * 80_000),
        "200 KB of {%": ("a.md", "---\ntitle: x\n---\n" + "{%" * 100_000),
        "100 KB of ---": ("a.md", "---\n" * 25_000),
        "16 KB of [": ("a.md", "# Ferry crews\n\n" + "[" * 16_000),
        "2 MB of [": ("a.md", "# Ferry crews\n\n" + "[" * 2_000_000),
        "a From of 1 MB": ("a.eml", "From: " + "a@b, " * 200_000 + "\nSubject: Ferry\n\nText of it.\n"),
        "1 MB of encoded words": ("a.eml", mail + "To: " + "=?utf-8?q?a?= " * 70_000 + "\n\nText of it.\n"),
        "100,000 parts": ("a.eml", mail + "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\nx\n" * 100_000),
        "5,000 messages in each other": (
            "a.eml", mail + "Content-Type: message/rfc822\n\n" * 5_000 + "\nText.\n"
        ),
        "2,000 multiparts in each other": (
            "a.eml",
            mail
            + "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2_000))
            + "\nText.\n",
        ),
        "punycode": ("a.eml", "From: a@xn--" + "a-9" * 20_000 + ".example\nSubject: Ferry\n\nText of it.\n"),
        "groups of Rich Text": ("a.rtf", "{\\rtf1 " + "{" * 500_000 + "x"),
        "1 MB of Rich Text's marks": ("a.rtf", "{\\rtf1 " + "\\b a\\b0 " * 120_000 + "}"),
    }  # fmt: skip
    for name, (file, text) in texts.items():
        yield name, file, partial(str.encode, text)
    yield "Word of 300,000 paragraphs", "a.docx", lambda: word("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 300_000)
    yield (
        "Word of 63 MB in one run",
        "a.docx",
        lambda: word("<w:p><w:r><w:t>" + "a" * (63 << 20) + "</w:t></w:r></w:p>"),
    )
    yield "Word of 300 MB", "a.docx", lambda: word("<w:p><w:r><w:t>" + "a" * (300 << 20) + "</w:t></w:r></w:p>")
    yield "Word in UTF-7", "a.docx", lambda: word("<w:p/>", "UTF-7")
    yield (
        "Word of nested tables",
        "a.docx",
        lambda: word("<w:tbl><w:tr><w:tc>" * 3_000 + "</w:tc></w:tr></w:tbl>" * 3_000),
    )
    yield "documents in base64 in each other", "a.eml", nested
    yield "PDF of 612 bytes with a form", "a.pdf", form
    yield "zip of 100,000 files", "a.zip", packed


def word(body: str, encoding: str = "UTF-8") -> bytes:
    """A Word file."""
    kind = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        file.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            f'Type="{office}" Target="word/document.xml"/></Relationships>',
        )
        declared = f'<?xml version="1.0" encoding="{encoding}"?>'
        file.writestr(
            "word/document.xml", f'{declared}<w:document xmlns:w="{kind}"><w:body>{body}</w:body></w:document>'
        )
    return out.getvalue()


def nested() -> bytes:
    """A message that holds a message that holds a message, each in base64."""
    message = b"From: a@b.example\nSubject: Ferry\n\nText of it.\n"
    for _ in range(30):
        inner = base64.encodebytes(message)
        message = (
            b"From: a@b.example\nSubject: Ferry\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
            + inner
        )
    return message


def form() -> bytes:
    """A small PDF whose form refers to itself."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]/XFA[(a) 4 0 R]>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots[4 0 R]>>",
        b"<</FT/Tx/Kids[4 0 R]/Parent 4 0 R/T(a)/Subtype/Widget/Rect[0 0 1 1]>>",
    ]
    out = b"%PDF-1.7\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + part + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 5\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


def packed() -> bytes:
    """A zip folder of very many files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for number in range(100_000):
            file.writestr(f"{number}.bin", b"")
    return out.getvalue()


def issues() -> Iterator[tuple[str, Callable[[], str]]]:
    """What describes an event to `receive`, by name."""

    def event(text: str, rights: str = "I do not know", number: int = 12) -> str:
        body = (
            "### Address\n\nhttps://harbour.example/a\n\n### Archived copy\n\n_No response_\n\n### May the text be republished here?\n\n"
            f"{rights}\n\n### Files\n\n_No response_\n\n### The text\n\n```text\n{text}\n```\n"
        )
        return json.dumps({"issue": {"number": number, "body": body, "title": "x"}})

    yield "an ordinary one", lambda: event(ORDINARY.replace("light", "lamps"))
    yield "an answer of 200 KB", lambda: event(ORDINARY, "yes " * 50_000)
    yield "half a character", lambda: event(ORDINARY + "\ud800")
    yield "brackets in each other", lambda: "[" * 1_000_000
    yield "an event of 15 MB", lambda: event(ORDINARY + "word " * 3_000_000)
    yield "1 MB of headings", lambda: event("### The text\n" * 80_000)
    for name, file, made in documents():
        if file in ("a.txt", "a.md", "a.html"):
            # All of it, and as much as an issue on GitHub may hold.
            yield name, partial(_sent, made, event)
            yield f"{name}, the first 65,000", partial(_sent, made, lambda text: event(text[:65_000]))


# ---- running ---------------------------------------------------------------------------------------------------------------------


# What measures is small itself: the most memory of a program counts from what the process had that began it (getrusage(2)).
_LAUNCHER = """
import json, os, sys
child = os.fork()
if not child:
    out = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0), os.dup2(out, 1), os.dup2(out, 2)
    os.execv(sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(child, 0)
unit = 1024 if sys.platform == "linux" else 1024**2
print(json.dumps([usage.ru_utime + usage.ru_stime, usage.ru_maxrss // unit, os.waitstatus_to_exitcode(status)]))
"""


def measured(arguments: list[str], folder: Path) -> Outcome:
    """Runs the program; the processor's time of it and of all it started, the most memory of one of these."""
    printed = folder / "printed"
    command = [sys.executable, "-S", "-c", _LAUNCHER, str(printed), sys.executable, str(ROOT / "build.py"), *arguments]
    seconds, megabytes, code = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return Outcome(seconds, megabytes, code, printed.read_bytes().decode("utf-8", "replace"))


def written(folder: Path, files: Files) -> None:
    """Writes the files; one that is nothing but zeros has no place on the disk."""
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        data = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
        if len(data) > 2**28:
            with file.open("wb") as stream:
                stream.truncate(len(data))
        else:
            file.write_bytes(data)


def good(outcome: Outcome, seconds: float, megabytes: int) -> bool:
    """Whether an outcome is one that may be; `seconds` and `megabytes` are those beyond the ordinary."""
    if "Traceback" in outcome.text or outcome.code not in (0, 1, 2):
        return False
    told = any(word in outcome.text for word in (": too-", "refused.", ": bad-", "build.py: "))
    return megabytes <= MOST_MEGABYTES and seconds <= (MOST_REFUSING if outcome.code and told else MOST_SECONDS)


def show(command: str, name: str, outcome: Outcome, ordinary: Outcome | None, allowed: float = 0.0) -> bool:
    """Prints a line and returns whether it is good; `allowed` are the seconds that a document has which is to be read."""
    seconds = outcome.seconds - (ordinary.seconds if ordinary else 0)
    megabytes = outcome.megabytes - (ordinary.megabytes if ordinary else 0)
    right = outcome.code == 0 and 3 * seconds <= allowed if allowed else good(outcome, seconds, megabytes)
    last = (outcome.text.strip().splitlines() or [""])[0 if outcome.code else -1].rpartition("/content/")[2]
    print(
        f"{'  ' if right else '! '}{seconds:6.2f} s {megabytes:5d} MB  {outcome.code}  {command:8} {name}   {last[:150]}",
        flush=True,
    )
    return right


class Results:
    """What was run, whether it was good, kept in a file where one is named."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self.known: dict[tuple[str, str], bool] = {}
        self.good: list[bool] = []
        if file is not None and file.exists():
            for line in file.read_text(encoding="utf-8").splitlines():
                entry = json.loads(line)
                self.known[entry["command"], entry["name"]] = entry["good"]

    def has(self, command: str, name: str) -> bool:
        """Whether an input was run before; then it counts as it did."""
        if (command, name) not in self.known:
            return False
        self.good.append(self.known[command, name])
        return True

    def add(self, command: str, name: str, outcome: Outcome, ordinary: Outcome | None, allowed: float = 0.0) -> None:
        """Prints a line, counts it and keeps it."""
        right = show(command, name, outcome, ordinary, allowed)
        self.good.append(right)
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as stream:
                entry = {
                    "command": command,
                    "name": name,
                    "good": right,
                    "seconds": outcome.seconds,
                    "code": outcome.code,
                }
                stream.write(json.dumps(entry | {"megabytes": outcome.megabytes}) + "\n")


def _serve(top: Path, results: Results, wanted: Callable[[str], bool]) -> None:
    """Sends to one `serve` what a stranger's program may send; each is good where a page is shown afterwards."""
    from benchmarks import hostile_requests

    shutil.rmtree(top / "content", ignore_errors=True)
    settings: Files = {"archive.toml": 'title = "H"\n'}
    written(top / "content", settings | release(ORDINARY))
    with hostile_requests.serving(ROOT / "build.py", top) as (process, port):
        for name, attack in hostile_requests.attacks():
            if not wanted(name) or results.has("serve", name):
                continue
            before, usual = hostile_requests.used(process)
            attack(port)
            answers = hostile_requests.answered(port)
            after, most = hostile_requests.used(process)
            printed = (top / "printed").read_text(encoding="utf-8", errors="replace")
            # What counts is what the server took for each of the requests; of ten thousand none is large.
            seconds = (after - before) / (10 if name.startswith("10,000") else 1)
            results.add("serve", name, Outcome(seconds, most - usual, 0 if answers else 9, printed), None)


def ordinary_of(arguments: list[str], top: Path) -> Outcome:
    """What a command takes over an ordinary file that it has not yet read: the quickest of three runs, for the first one compiles the
    program's own modules."""
    outcomes = []
    for _ in range(3):
        shutil.rmtree(top / "cache", ignore_errors=True)
        outcomes.append(measured(arguments, top))
    return min(outcomes, key=lambda outcome: outcome.seconds)


def main() -> int:
    """Runs what was asked for and prints how many were bad."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", metavar="WORD")
    parser.add_argument("--commands", default="check,build,import,receive,serve")
    parser.add_argument("--folder", type=Path, default=None, metavar="D", help="where the files are made for the time")
    parser.add_argument("--results", type=Path, default=None, metavar="FILE", help="where what was run is kept")
    args = parser.parse_args()
    commands = args.commands.split(",")

    def wanted(name: str) -> bool:
        return not args.words or any(word in name for word in args.words)

    from benchmarks import honest_documents
    from onrecord.intake import reading_time, sandbox

    results = Results(args.results)
    with tempfile.TemporaryDirectory(prefix="onrecord-pathological-", dir=args.folder) as name_of_folder:
        top = Path(name_of_folder)
        settings: Files = {"archive.toml": 'title = "H"\n'}
        written(top / "content", settings | release(ORDINARY))
        folders = ["--content", str(top / "content"), "--cache", str(top / "cache")]
        built_fresh = ["build", "--fresh", *folders, "--out", str(top / "site")]
        usual = ordinary_of(built_fresh, top) if "build" in commands else None
        for folder in ("content", "cache", "site"):
            shutil.rmtree(top / folder, ignore_errors=True)
        for name, made in contents():
            if not wanted(name) or not {"check", "build"} & set(commands):
                continue
            if results.has("check", name):
                results.has("build", name)
                continue
            written(top / "content", settings | made())
            checked = measured(["check", *folders], top)
            if "build" in commands and checked.code == 0:
                built = measured(built_fresh, top)
                results.add("build", name, built, usual)
            if "check" in commands:
                results.add("check", name, checked, None)
            for folder in ("content", "cache", "site"):
                shutil.rmtree(top / folder, ignore_errors=True)
        written(top / "content", settings)
        if "import" in commands:
            options = ["--dry-run", "--jobs", "1", "--content", str(top / "content"), "--cache", str(top / "cache")]
            written(top, {"ordinary.txt": ORDINARY})
            ordinary = ordinary_of(["import", str(top / "ordinary.txt"), *options], top)
            print(f"ordinary: {ordinary.seconds:.2f} s {ordinary.megabytes} MB")
            for name, file, document in (*documents(), *honest_documents.documents()):
                if wanted(name) and not results.has("import", name):
                    data = document()
                    written(top, {file: data})
                    allowed = reading_time.allowed(data, sandbox.MOST_SECONDS) if name.startswith("honest") else 0.0
                    outcome = measured(["import", str(top / file), *options], top)
                    results.add("import", name, outcome, ordinary, allowed)
                    (top / file).unlink()
        if "receive" in commands:
            options = ["--content", str(top / "content"), "--cache", str(top / "cache")]
            _, first = next(issues())
            written(top, {"event.json": first()})
            ordinary = ordinary_of(["receive", str(top / "event.json"), *options], top)
            shutil.rmtree(top / "content" / "releases", ignore_errors=True)
            for name, issue in issues():
                if wanted(name) and not results.has("receive", name):
                    written(top, {"event.json": issue()})
                    shutil.rmtree(top / "content" / "releases", ignore_errors=True)
                    outcome = measured(["receive", str(top / "event.json"), *options], top)
                    results.add("receive", name, outcome, ordinary)
        if "serve" in commands:
            _serve(top, results, wanted)
    print(f"{len(results.good):,} runs, {results.good.count(False):,} beyond what they may take")
    return 1 if False in results.good else 0


if __name__ == "__main__":
    sys.exit(main())

"""Words that a list outside of the repository withholds are in no file of a site, packed, escaped or marked up; and `redact` finds where
they still are. Neither repeats them."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import os
import subprocess
import urllib.parse
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.publish import unpacking, word_scan
from onrecord.publish.word_scan import found
from onrecord.search import classic_scripts
from onrecord.withheld_words import NoWords, folded, parsed, withheld
from tests.conftest import run_here
from tests.trust.archives import Archive, contents, release, small_archive


def zipped(data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("site/page.html", data)
    return stream.getvalue()


def captured(data: bytes, chunk: int = 0) -> bytes:
    """A page as a web capture has it (WARC): packed by the server, and sent in chunks of so many bytes."""
    body = gzip.compress(bytes(range(256)) * 3 + data)
    sent = (
        b"".join(
            b"%x;a=b\r\n%s\r\n" % (len(part), part)
            for part in (body[start : start + chunk] for start in range(0, len(body), chunk))
        )
        + b"0\r\n\r\n"
        if chunk
        else body
    )
    record = b"WARC/1.1\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + sent
    return record + b"\r\n\r\nWARC/1.1\r\nWARC-Type: request\r\n\r\nGET / HTTP/1.1\r\n\r\n"


PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "as it stands": lambda data: data,
    "gzip": gzip.compress,
    "zip": zipped,
    "zip in zip": lambda data: zipped(zipped(data)),
    "a script of the index": lambda data: classic_scripts.script("texts/en/0", data),
    "a script in a zip": lambda data: zipped(classic_scripts.script("texts/en/0", data)),
    "a page in a capture": captured,
    "a page in a capture, in chunks": partial(captured, chunk=50),
    "the second page of a packed capture": lambda data: gzip.compress(captured(b"a")) + gzip.compress(captured(data)),
    "a page behind what is no gzip": lambda data: b"a" + gzip.compress(b"")[:10] * 3 + captured(data, 50),
    "base64 of gzip without its end": lambda data: base64.b64encode(gzip.compress(data)).rstrip(b"="),
}
SPELLINGS = {
    "written so": "Zoë Östlund",
    "other case": "ZOË ÖSTLUND",
    "no accents": "zoe ostlund",
    "parts of letters": "Zoe\u0308 O\u0308stlund",
    "entities": "Zo&euml; &#214;stlund",
    "json": json.dumps("Zoë Östlund"),
    "address": urllib.parse.quote("Zoë Östlund"),
    "slug": "2012-02-08-zoe-ostlund.html",
    "two lines": "Zoë\n  Östlund",
    "no-break space": "Zoë&nbsp;Östlund",
    "marked": "<b>Zoë</b> <i>Östlund</i>",
    "half marked": "Zo<mark>ë</mark> Östlund",
    "soft hyphen": "Zoë Öst\u00adlund",
    "zero width": "Zo\u200bë Östlund",
    "full width": "Ｚｏë Östlund",
}


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_phrase_is_found_however_it_is_written_and_packed(spelling: str, packing: str) -> None:
    data = f"<p>Yesterday {SPELLINGS[spelling]} came.</p>".encode()
    entries = parsed("# names\n\nNobody Else\nZoë Östlund\n")
    assert found(PACKINGS[packing](data), entries) == {4}


@pytest.mark.parametrize("phrase", ["Zoë Östlund", "زينب", "Зоя Лунд", "港口观察"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("before", [b"", b"\x07"])
def test_a_phrase_is_found_in_what_programs_for_offices_write(phrase: str, encoding: str, before: bytes) -> None:
    """They write UTF-16, often in the middle of numbers. Chinese is told from numbers by the mark of its encoding alone."""
    text = f"Minutes of the meeting, {phrase}\r\nand others.".encode(encoding)
    if not phrase.isalpha() or phrase != "港口观察" or (encoding == "utf-16" and not before):
        numbers = bytes(range(200, 256)) if before else b""
        assert found(zipped(before + numbers + text + numbers), [withheld(phrase)])
    assert not found(zipped(before + text), [withheld("Ada")])


BROTLI = b"WARC/1.1\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n\x8b\x01\x80Zoe\x03"


@pytest.mark.parametrize(
    "sealed",
    [
        BROTLI,
        gzip.compress(b"WARC/1.1\r\n\r\nHTTP/1.1 200 OK\r\ncontent-encoding:zstd\r\nDate: x\r\n\r\n\x28"),
        zipped(b"\x28\xb5\x2f\xfd\x04"),
        b"7z\xbc\xaf\x27\x1c\0",
        zipped(b"a").replace(b"\x08\0", b"\x63\0"),
    ],
    ids=["brotli", "Zstandard in gzip", "Zstandard in a zip", "7-Zip", "an unknown method of a zip"],
)
def test_what_cannot_be_unpacked_is_told(sealed: bytes) -> None:
    assert word_scan.hit("a", sealed, [withheld("Quistgaard")]) == word_scan.Hit("a", (), is_sealed=True)
    assert word_scan.hit("Quistgaard", sealed, [withheld("Quistgaard")]) == word_scan.Hit("…", (1,))
    assert word_scan.hit("a", zipped(b"a"), [withheld("Quistgaard")]) is None


def test_a_capture_that_cannot_be_unpacked_is_named_by_the_build_and_by_redact(
    archive: Archive, tmp_path: Path
) -> None:
    sha256 = hashlib.sha256(BROTLI).hexdigest()
    fields = f"files:\n  - file: a.warc\n    role: attachment\n    label: A capture\n    rights: Ours\n    sha256: {sha256}\n"
    archive.write("releases/2012/2012-03-01-a.md", release("A visit", "2012-03-01", "See it.", fields))
    file = archive.content / "files" / "a.warc"
    file.parent.mkdir()
    file.write_bytes(BROTLI)
    words = tmp_path / "redactions.txt"
    words.write_text("Quistgaard\n")
    ran = archive.build("--redactions", words)
    assert ran.code == 0, ran.out + ran.err
    assert "Not looked through for withheld words: files/" in ran.err
    code, lines = redact(archive, "--redactions", words)
    assert code == 1
    assert any(line.startswith(f"{file}: something in it cannot be unpacked here") for line in lines)


def test_a_word_is_found_as_a_whole_unless_it_has_a_star() -> None:
    assert found(b"the annual meeting", [withheld("Ann")]) == set()
    assert found(b"the annual meeting", [withheld("Ann*")]) == {1}
    assert found("وأحمد قال".encode(), [withheld("أحمد")]) == {1}
    assert found("王小明说".encode(), [withheld("小明")]) == {1}
    assert found("أَحْمَد".encode(), [withheld("أحمد")]) == {1}


@pytest.mark.parametrize("line", ["***", "…", "--"])
def test_a_line_without_a_word_is_refused_and_not_repeated(line: str) -> None:
    with pytest.raises(NoWords, match=r"^Line 2 has no letter"):
        parsed(f"Ann\n{line}\n")


@given(st.binary(max_size=300))
def test_no_bytes_end_a_search(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"\x78\x9c"):
        assert found(start + data, [withheld("qwertzuiop")]) in (set(), {1})


@given(st.text(min_size=1, max_size=40))
def test_a_text_is_found_in_itself(text: str) -> None:
    try:
        entry = withheld(text)
    except NoWords:
        return
    words = [word for word in folded(text).split() if any(letter.isalnum() for letter in word)]
    if words and "*" not in text and "#" not in text and not any(mark in text for mark in "&<>%\\"):
        assert entry.part in folded(text)


def test_what_unpacks_to_too_much_is_not_looked_through_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "_MOST", 1000)
    monkeypatch.setattr(unpacking, "_MOST_TIMES", 1)
    pages = captured(bytes(500)) * 20
    for data in (gzip.compress(bytes(5000)), zipped(bytes(5000)), captured(bytes(5000)), pages):
        with pytest.raises(unpacking.TooLarge):
            found(data, [withheld("word")])


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = small_archive(tmp_path / "archive")
    archive.write("releases/2012/2012-03-01-a.md", release("A visit", "2012-03-01", "Zoë Östlund came to the harbour."))
    return archive


def test_a_build_refuses_what_is_withheld_and_does_not_repeat_it(archive: Archive, tmp_path: Path) -> None:
    words = tmp_path / "redactions.txt"
    words.write_text("# people at risk\nZoë Östlund\n", encoding="utf-8")
    ran = archive.build("--redactions", words)
    assert ran.code == 2
    assert "releases/2012-03-01-a.html (line 2)" in ran.err
    assert "Nothing was published" in ran.err
    assert not {"zoë", "zoe", "östlund"} & {*folded(ran.err + ran.out).split()}
    assert not archive.site.exists()
    assert os.listdir(archive.folder) == ["content", "cache"] or not [
        name for name in os.listdir(archive.folder) if "onrecord" in name
    ]


def test_what_would_be_kept_is_looked_through_as_well(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list came later than the site: nothing of the content has changed since."""
    assert archive.build().code == 0
    before = contents(archive.site)
    words = tmp_path / "redactions.txt"
    words.write_text("ostlund\n", encoding="utf-8")
    monkeypatch.setenv("ONRECORD_REDACTIONS", str(words))
    for _ in range(2):
        ran = archive.build()
        assert ran.code == 2
        assert "pagefind/texts/" in ran.err
        assert contents(archive.site) == before
    words.write_text("Quistgaard\n")
    assert archive.build().code == 0
    assert b"uistgaard" not in b"".join(contents(archive.cache).values())


def test_a_workflow_may_have_the_list_as_a_secret(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_REDACTIONS_TEXT", "# people\nZoë Östlund\n")
    ran = archive.build()
    assert ran.code == 2
    assert "ONRECORD_REDACTIONS_TEXT withholds" in ran.err
    assert "Östlund" not in ran.err
    monkeypatch.setenv("ONRECORD_REDACTIONS_TEXT", "")
    assert archive.build().code == 0


def test_a_name_of_a_file_is_looked_at_and_not_shown(archive: Archive, tmp_path: Path) -> None:
    archive.write("releases/2012/2012-03-02-ada-example.md", release("Another visit", "2012-03-02", "She came again."))
    words = tmp_path / "redactions.txt"
    words.write_text("Ada Example\n")
    ran = archive.build("--redactions", words)
    assert ran.code == 2
    assert "releases/… (line 1)" in ran.err
    assert "example.html" not in ran.err


@pytest.mark.parametrize(("text", "message"), [(None, "cannot be read"), ("***\n", "Line 1 has no letter")])
def test_a_list_that_cannot_be_used_stops_the_build(
    text: str | None, message: str, archive: Archive, tmp_path: Path
) -> None:
    words = tmp_path / "redactions.txt"
    if text is not None:
        words.write_text(text)
    ran = archive.build("--redactions", words)
    assert (ran.code, message in ran.err) == (2, True)
    assert not archive.site.exists()


def test_a_list_in_the_content_is_refused_and_an_empty_one_is_told(archive: Archive, tmp_path: Path) -> None:
    inside = archive.write("redactions.txt", "Ann\n")
    assert "outside of the repository" in archive.build("--redactions", inside).err
    inside.unlink()
    empty = tmp_path / "redactions.txt"
    empty.write_text("# nobody yet\n")
    ran = archive.build("--redactions", empty)
    assert ran.code == 0
    assert "is empty: nothing is withheld" in ran.err


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def redact(archive: Archive, *words: str | Path) -> tuple[int, list[str]]:
    ran = run_here(
        [
            *("redact", *map(str, words), "--dry-run", "--content", str(archive.content)),
            *("--site", str(archive.site), "--cache", str(archive.cache)),
        ]
    )
    assert "Östlund" not in ran.out + ran.err
    return ran.code, ran.out.splitlines()


def test_redact_lists_every_place_that_still_holds_a_word(archive: Archive, tmp_path: Path) -> None:
    file = "content/releases/2012/2012-03-01-a.md"
    settings = archive.content / "archive.toml"
    settings.write_text(settings.read_text() + "offline_copy = true\n")
    git(archive.folder, "init", "-q")
    git(archive.folder, "add", "content")
    git(archive.folder, "commit", "-qm", "About Zoë Östlund")
    first = git(archive.folder, "rev-parse", "HEAD")[:12]
    assert archive.build().code == 0
    code, lines = redact(archive, "Zoë Östlund")
    assert code == 1
    assert f"{archive.folder / file}:8: holds it" in lines
    assert f"{archive.site / 'releases/2012-03-01-a.html'}: holds it" in lines
    assert f"{archive.site / 'harbour.zip'}: holds it" in lines
    assert any("pagefind/texts" in line for line in lines)
    assert any(line.startswith(str(archive.cache)) and ".sqlite" in line for line in lines)
    assert f"commit {first}: its message, or who made it, holds it" in lines
    assert f"commit {first}: brings {file}" in lines
    assert any("forks, pull requests" in line for line in lines)
    archive.write(
        "releases/2012/2012-03-01-a.md", release("A visit", "2012-03-01", "[[redacted: a name]] came to the harbour.")
    )
    git(archive.folder, "commit", "-qam", "Take a name out")
    second = git(archive.folder, "rev-parse", "HEAD")[:12]
    assert archive.build().code == 0
    code, lines = redact(archive, "Zoë Östlund")
    assert code == 1
    assert [line for line in lines if str(archive.folder) in line] == []
    assert f"commit {second}: takes away {file}" in lines
    # History that is written anew leaves the old versions behind until git collects them.
    tree = git(archive.folder, "rev-parse", "HEAD^{tree}")
    git(archive.folder, "reset", "-q", "--soft", git(archive.folder, "commit-tree", tree, "-m", "Begin"))
    code, lines = redact(archive, "Zoë Östlund")
    assert code == 1
    assert any("no branch leads to it, and git still keeps it" in line for line in lines)
    git(archive.folder, "reflog", "expire", "--expire=now", "--all")
    git(archive.folder, "gc", "-q", "--prune=now")
    assert redact(archive, "Zoë Östlund")[0] == 0
    words = tmp_path / "redactions.txt"
    words.write_text("Harbour\n")
    assert redact(archive, "--redactions", words)[0] == 1


def test_redact_changes_nothing(archive: Archive) -> None:
    before = contents(archive.content)
    ran = run_here(["redact", "Östlund", "--content", str(archive.content)])
    assert ran.code == 2
    assert "[[redacted: reason]]" in ran.err
    assert run_here(["redact", "--dry-run", "--content", str(archive.content)]).code == 2
    assert contents(archive.content) == before


@pytest.mark.parametrize("given", ["nothing", "an empty secret", "a list of comments"])
def test_an_archive_that_withholds_words_is_not_built_without_its_list(
    given: str, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = tmp_path / "redactions.txt"
    words.write_text("# names\nZoë Östlund\n", encoding="utf-8")
    settings = archive.content / "archive.toml"
    settings.write_text(settings.read_text() + "withheld_words = true\n")
    assert archive.build("--without-redactions").code == 0
    before = contents(archive.site)
    if given == "an empty secret":
        monkeypatch.setenv("ONRECORD_REDACTIONS_TEXT", "\n")
    if given == "a list of comments":
        words.write_text("# names\n")
        monkeypatch.setenv("ONRECORD_REDACTIONS", str(words))
    ran = archive.build()
    assert ran.code == 2
    assert "no list of them is given" in ran.err
    assert "Nothing was published" in ran.err
    assert contents(archive.site) == before
    monkeypatch.setenv("ONRECORD_REDACTIONS_TEXT", "Quistgaard")
    monkeypatch.delenv("ONRECORD_REDACTIONS", raising=False)
    assert archive.build().code == 0

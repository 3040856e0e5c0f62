"""`edition` and `verify --edition`: a frozen state of a site, what changed since the one before, time stamps, tampering that is named."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bagit
import pytest
import yaml

from onrecord import publish
from onrecord.editions import record_list, statement
from tests.conftest import Ran, run_here
from tests.originals import pdf, sha256
from tests.tampering import IN_A_ZIP, IN_THE_BAG, IN_THE_COPY, WITH_THE_EDITION, Way, another_day
from tests.tampering import record as tampering_record
from tests.timestamp_authority import Authority, authority
from tests.trust.archives import Archive, release, small_archive

EPOCH = "1790000000"  # 2026-09-21
OUT = "copies"


@pytest.fixture(autouse=True)
def dated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


@pytest.fixture(scope="module", autouse=True)
def _dated_module() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        yield


@dataclass(frozen=True)
class Edited:
    """An archive, and its commands."""

    archive: Archive

    @property
    def out(self) -> Path:
        return self.archive.folder / OUT

    def edition(self, name: str, *more: str | Path) -> Ran:
        """`build.py edition`."""
        where = ["--content", self.archive.content, "--cache", self.archive.cache, "--site", self.archive.site]
        return run_here(["edition", name, *map(str, (*where, "--out", self.out, *more))])

    def verify(self, name: str, copy: Path, *more: str | Path) -> Ran:
        """`build.py verify --edition`."""
        return run_here(
            ["verify", "--edition", name, str(copy), "--content", str(self.archive.content), *map(str, more)]
        )

    def folder(self, name: str) -> Path:
        """Where an edition is kept."""
        return self.archive.content / "editions" / name

    def copy(self, kind: str) -> Path:
        """The copy of an edition: its zip or its bag."""
        return next(
            path
            for path in self.out.iterdir()
            if path.name.endswith("-bag.zip") == (kind == "bag") and path.suffix == ".zip"
        )


def made(folder: Path) -> Edited:
    archive = small_archive(folder)
    archive.write(
        "releases/2012/2012-03-01-buoys.md",
        release("Buoys for the bay", "2012-03-01", "The harbour asked for buoys.", f"source:\n  sha256: {'ab' * 32}\n"),
    )
    ran = archive.build()
    assert ran.code == 0, ran.out + ran.err
    edited = Edited(archive)
    ran = edited.edition("2026-09")
    assert ran.code == 0, ran.out + ran.err
    return edited


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Edited:
    """An archive with one edition and a time stamp, whose site is still the edition's."""
    edited = made(tmp_path_factory.mktemp("edition"))
    assert edited.edition("2026-09", "--request").code == 0
    of_edition = authority(edited.archive.folder / "authority")
    of_edition.answer(edited.out / "2026-09.tsq", edited.archive.folder / "a.tsr")
    ran = edited.edition("2026-09", "--timestamp", edited.archive.folder / "a.tsr")
    assert ran.code == 0, ran.err
    return edited


@pytest.fixture
def own(first: Edited, tmp_path: Path) -> Edited:
    """The same in a folder that a test may change."""
    shutil.copytree(first.archive.folder, tmp_path / "own")
    return Edited(Archive(tmp_path / "own"))


def root_of(edited: Edited) -> Path:
    return Authority(edited.archive.folder / "authority").root


def of(edited: Edited, name: str = "2026-09") -> Any:
    found = statement.parsed((edited.folder(name) / "edition.toml").read_bytes())
    assert found is not None
    return found


# ---- what an edition is ------------------------------------------------------------------------------------------------------------


def test_an_edition_says_what_it_holds(first: Edited) -> None:
    edition = of(first)
    manifest = (first.archive.site / "manifest.json").read_bytes()
    files = [path for path in first.archive.site.rglob("*") if path.is_file()]
    assert edition.manifest_sha256 == hashlib.sha256(manifest).hexdigest()
    assert edition.numbers.files == len(files)
    assert edition.numbers.bytes == sum(path.stat().st_size for path in files)
    assert (edition.number, edition.date, edition.previous) == (1, "2026-09-21", "")
    listed = record_list.parsed((first.folder("2026-09") / "records.tsv").read_bytes())
    assert listed is not None
    assert len(listed) == edition.numbers.releases + edition.numbers.withdrawn
    for file in edition.files:
        assert publish.digest(str(first.out / file.name)) == file.sha256


def test_the_same_site_gives_the_same_bytes(first: Edited, tmp_path: Path) -> None:
    again = made(tmp_path / "again")
    for name in ("edition.toml", "records.tsv", "changes.toml"):
        assert (again.folder("2026-09") / name).read_bytes() == (first.folder("2026-09") / name).read_bytes()
    for kind in ("bag", "site"):
        assert again.copy(kind).read_bytes() == first.copy(kind).read_bytes()
    assert "is there already, and is the same" in again.edition("2026-09").err


def test_the_bag_is_valid_for_bagit_itself(first: Edited, tmp_path: Path) -> None:
    with zipfile.ZipFile(first.copy("bag")) as archive:
        archive.extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    assert folder.name == first.copy("bag").stem
    bag = bagit.Bag(str(folder))
    bag.validate()
    assert bag.info["External-Identifier"] == "2026-09"
    done = subprocess.run([sys.executable, "-m", "bagit", "--validate", str(folder)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_an_edition_says_what_changed_and_names_no_title(own: Edited) -> None:
    archive = own.archive
    own_text = (archive.content / "releases/2012/2012-03-01-buoys.md").read_text()
    archive.write(
        "releases/2012/2012-03-01-buoys.md",
        own_text.replace("extent: full", "extent: full\nstatus: withdrawn\nreason: At risk."),
    )
    archive.write("releases/2012/2012-04-01-ropes.md", release("Ropes for the qzorble", "2012-04-01", "Ropes."))
    stands = next(
        path
        for path in sorted(archive.content.rglob("*.md"))
        if "releases" in path.parts and "buoys" not in path.name and "ropes" not in path.name
    )
    stands.write_text(stands.read_text().replace("extent: full", "extent: full\nstatus: corrected\nreason: A slip.", 1))
    assert archive.build().code == 0
    ran = own.edition("2026-10")
    assert ran.code == 0, ran.err
    changes = record_list.changes_parsed((own.folder("2026-10") / "changes.toml").read_bytes())
    assert changes is not None
    assert changes.added == ("2012-04-01-ropes",)
    assert changes.withdrawn == ("2012-03-01-buoys",)
    assert changes.corrected == (stands.stem,)
    assert changes.changed == ()
    assert (
        of(own, "2026-10").previous_sha256
        == hashlib.sha256((own.folder("2026-09") / "edition.toml").read_bytes()).hexdigest()
    )
    for file in own.folder("2026-10").iterdir():
        assert b"qzorble" not in file.read_bytes()
    assert "2012-03-01-buoys\twithdrawn\t-\n" in (own.folder("2026-10") / "records.tsv").read_text()
    assert archive.build().code == 0
    page = (archive.site / "editions/2026-10.html").read_text()
    assert "Ropes for the qzorble" in page
    assert "Buoys for the bay" in page
    archive.write("releases/2012/2012-04-01-ropes.md", release("Ropes of another name", "2012-04-01", "Ropes."))
    assert archive.build().code == 0
    assert "qzorble" not in (archive.site / "editions/2026-10.html").read_text()


def test_a_site_has_pages_of_its_editions_only_where_there_are_any(own: Edited) -> None:
    archive = own.archive
    assert not (archive.site / "editions").exists()
    assert "editions/index.html" not in (archive.site / "index.html").read_text()
    assert archive.build().code == 0
    edition = of(own)
    page = (archive.site / "editions/2026-09.html").read_text()
    sha256 = hashlib.sha256((own.folder("2026-09") / "edition.toml").read_bytes()).hexdigest()
    for words in (edition.manifest_sha256, sha256, *(file.sha256 for file in edition.files)):
        assert words in page
    assert (archive.site / "editions/2026-09.toml").read_bytes() == (
        own.folder("2026-09") / "edition.toml"
    ).read_bytes()
    assert (archive.site / "editions/2026-09.token-1.tsr").is_file()
    assert "editions/index.html" in (archive.site / "index.html").read_text()
    shutil.rmtree(archive.content / "editions")
    assert archive.build().code == 0
    assert not (archive.site / "editions").exists()


def test_a_record_names_the_newest_edition_that_holds_it_unchanged(own: Edited) -> None:
    archive = own.archive
    assert archive.build().code == 0
    page = archive.site / "releases/2012-03-01-buoys.html"
    assert 'href="../editions/2026-09.html"' in page.read_text()
    file = archive.content / "releases/2012/2012-03-01-buoys.md"
    file.write_text(file.read_text().replace("asked for", "wanted"))
    assert archive.build().code == 0
    assert 'href="../editions/2026-09.html"' not in page.read_text()


def test_an_archive_with_originals_has_editions(own: Edited) -> None:
    data = pdf()
    (own.archive.content / "files").mkdir()
    (own.archive.content / "files" / "a.pdf").write_bytes(data)
    of_file = f"files:\n  - file: a.pdf\n    role: original\n    rights: ours\n    sha256: {sha256(data)}\n"
    own.archive.write(
        "releases/2012/2012-04-01-ropes.md", release("Ropes", "2012-04-01", "Ropes were asked for.", of_file)
    )
    assert own.archive.build().code == 0
    ran = own.edition("2026-10")
    assert ran.code == 0, ran.err
    original = own.archive.folder / "a.pdf"
    original.write_bytes(data)
    assert own.verify("2026-10", own.archive.site, "--original", original).code == 0


# ---- what is refused ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["../x", "2026.11", "Index", "index", "a--b", "", "2026-11-", "x" * 40])
def test_names_that_cannot_stand_in_an_address_are_refused(first: Edited, name: str) -> None:
    ran = first.edition(name)
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert sorted(path.name for path in (first.archive.content / "editions").iterdir()) == ["2026-09"]


def test_an_edition_is_made_of_a_site_that_is_whole_and_of_this_content(own: Edited) -> None:
    archive = own.archive
    page = archive.site / "index.html"
    data = page.read_bytes()
    page.write_bytes(data + b" ")
    assert "is not as its build wrote it (index.html" in own.edition("2026-10").err
    page.write_bytes(data)
    archive.write("releases/2012/2012-04-01-ropes.md", release("Ropes", "2012-04-01", "Ropes."))
    ran = own.edition("2026-10")
    assert ran.code == 2
    assert "was not built from the content as it is now" in ran.err
    assert "2012-04-01-ropes" in ran.err
    assert not own.folder("2026-10").exists()


def test_a_text_that_was_changed_since_the_build_is_seen(own: Edited) -> None:
    file = own.archive.content / "releases/2012/2012-03-01-buoys.md"
    file.write_text(file.read_text().replace("asked for", "wanted"))
    assert "was not built from the content as it is now" in own.edition("2026-10").err


def test_a_site_that_shows_drafts_is_refused(own: Edited) -> None:
    own.archive.write(
        "releases/2012/2012-05-01-draft.md", release("Draft", "2012-05-01", "Not yet.", "status: draft\n")
    )
    assert own.archive.build("--drafts").code == 0
    assert "shows drafts" in own.edition("2026-10").err


def test_an_edition_is_never_made_anew_with_other_content(own: Edited) -> None:
    own.archive.write("releases/2012/2012-04-01-ropes.md", release("Ropes", "2012-04-01", "Ropes."))
    assert own.archive.build().code == 0
    before = (own.folder("2026-09") / "edition.toml").read_bytes()
    ran = own.edition("2026-09")
    assert ran.code == 2
    assert "An edition does not change" in ran.err
    assert (own.folder("2026-09") / "edition.toml").read_bytes() == before


@pytest.mark.parametrize(("file", "code"), [("edition.toml", 1), ("changes.toml", 1), ("records.tsv", 1)])
def test_an_edited_edition_stops_the_build(own: Edited, file: str, code: int) -> None:
    path = own.folder("2026-09") / file
    path.write_bytes(path.read_bytes().replace(b"2", b"3", 1) + (b"x" if file == "changes.toml" else b""))
    ran = own.archive.build()
    assert ran.code == code
    assert f"editions/2026-09/{file}:1:1: bad-edition" in ran.out


# ---- time stamps ---------------------------------------------------------------------------------------------------------------------


def test_the_question_is_the_one_that_openssl_writes(first: Edited, tmp_path: Path) -> None:
    data = first.folder("2026-09") / "edition.toml"
    command = [
        "openssl",
        "ts",
        "-query",
        "-data",
        str(data),
        "-sha256",
        "-cert",
        "-no_nonce",
        "-out",
        str(tmp_path / "q"),
    ]
    subprocess.run(command, check=True, capture_output=True)
    assert (tmp_path / "q").read_bytes() == (first.out / "2026-09.tsq").read_bytes()


def test_a_copy_is_proved_to_the_moment_of_its_stamp(first: Edited, tmp_path: Path) -> None:
    original = tmp_path / "original"
    with zipfile.ZipFile(first.copy("bag")) as archive:
        archive.extractall(tmp_path / "bag")
        original.write_bytes(archive.read(f"{first.copy('bag').stem}/data/index.html"))
    (unpacked,) = (tmp_path / "bag").iterdir()
    for copy in (first.archive.site, first.copy("site"), first.copy("bag"), unpacked):
        ran = first.verify("2026-09", copy, "--ca", root_of(first), "--original", original)
        assert ran.code == 0, ran.out + ran.err
        (sentence,) = ran.out.splitlines()
        assert sentence.startswith("Proved: that this copy is edition 2026-09 byte by byte")
        assert "as far as you trust O=Harbour Time; not proved: that what it says is true" in sentence
        assert "index.html" in ran.err


def test_an_original_is_found_by_the_hash_in_its_record(own: Edited, tmp_path: Path) -> None:
    original = tmp_path / "original.pdf"
    original.write_bytes(b"%PDF an original that the site itself does not have")
    file = own.archive.content / "releases/2012/2012-03-01-buoys.md"
    file.write_text(file.read_text().replace("ab" * 32, hashlib.sha256(original.read_bytes()).hexdigest()))
    assert own.archive.build().code == 0
    assert own.edition("2026-10").code == 0
    for copy in (own.archive.site, own.out / next(f.name for f in of(own, "2026-10").files if f.holds == "bag")):
        ran = own.verify("2026-10", copy, "--original", original)
        assert ran.code == 0, ran.out
        assert "releases/2012-03-01-buoys.json (as where the text is from)" in ran.err
    original.write_bytes(b"another")
    assert (
        "not of the edition: no file and no record"
        in own.verify("2026-10", own.archive.site, "--original", original).out
    )


def test_without_a_certificate_the_moment_is_said_to_be_unproved(first: Edited) -> None:
    ran = first.verify("2026-09", first.archive.site)
    assert ran.code == 0
    assert "not proved: when it was made (no time stamp was checked against a certificate that you trust)" in ran.out
    assert "was not checked against a certificate" in ran.err


def test_a_stranger_among_the_authorities_is_no_fault_while_one_is_trusted(own: Edited) -> None:
    other = authority(own.archive.folder / "other", "Other Time")
    other.answer(own.out / "2026-09.tsq", own.archive.folder / "b.tsr")
    assert own.edition("2026-09", "--timestamp", own.archive.folder / "b.tsr").code == 0
    ran = own.verify("2026-09", own.archive.site, "--ca", root_of(own))
    assert ran.code == 0, ran.out
    assert "token-2.tsr: not signed by an authority in" in ran.err
    (own.folder("2026-09") / "token-1.tsr").unlink()
    ran = own.verify("2026-09", own.archive.site, "--ca", root_of(own))
    assert ran.code == 1
    assert "token-2.tsr: not signed by an authority in" in ran.out


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("another edition", "it is of something else"),
        ("sha1", "hash that is not accepted"),
        ("not a token", "not an answer of an authority"),
        ("a question", "not an answer of an authority"),
        ("nothing", "not an answer of an authority"),
        ("twice", "has this time stamp already"),
    ],
)
def test_what_is_no_time_stamp_of_the_edition_is_not_taken_in(
    own: Edited, tmp_path: Path, kind: str, words: str
) -> None:
    data = own.folder("2026-09") / "edition.toml"
    of_test = authority(tmp_path / "authority")
    answer = tmp_path / "answer.tsr"
    if kind == "another edition":
        (tmp_path / "other").write_bytes(data.read_bytes() + b"\n")
        of_test.stamp(tmp_path / "other", answer)
    elif kind == "sha1":
        of_test.stamp(data, answer, "sha1")
    elif kind == "a question":
        answer.write_bytes((own.out / "2026-09.tsq").read_bytes())
    elif kind == "twice":
        answer.write_bytes((own.folder("2026-09") / "token-1.tsr").read_bytes())
    else:
        answer.write_bytes(b"\x30\x82\xff\xff" if kind == "not a token" else b"")
    ran = own.edition("2026-09", "--timestamp", answer)
    assert ran.code == 2
    assert words in ran.err
    assert not (own.folder("2026-09") / "token-2.tsr").exists()


# ---- tampering -------------------------------------------------------------------------------------------------------------------------


def named(way: Way, of_record: str) -> list[str]:
    """The words by which a way must be named."""
    return [words.replace("{record}", of_record) for words in way.named]


@pytest.fixture
def bag(first: Edited, tmp_path: Path) -> Path:
    """The bag of the edition, unpacked."""
    with zipfile.ZipFile(first.copy("bag")) as archive:
        archive.extractall(tmp_path / "unpacked")
    (folder,) = (tmp_path / "unpacked").iterdir()
    return folder


def bagit_says_valid(folder: Path) -> bool:
    try:
        bagit.Bag(str(folder)).validate()
    except bagit.BagError:
        return False
    return True


@pytest.mark.parametrize("tampering", IN_THE_COPY)
def test_tampering_with_a_copy_is_named(first: Edited, tmp_path: Path, tampering: str) -> None:
    way = IN_THE_COPY[tampering]
    copy = tmp_path / "copies" / "copy"
    shutil.copytree(first.archive.site, copy)
    expected = named(way, tampering_record(copy))
    way.tamper(copy)
    ran = first.verify("2026-09", copy, "--ca", root_of(first))
    assert ran.code == 1
    for words in expected:
        assert f"{copy}/{words}" in ran.out
    assert ran.out.splitlines()[-1].startswith("Not proved")


@pytest.mark.parametrize("tampering", IN_THE_COPY)
def test_tampering_with_a_bags_payload_is_named_and_bagit_agrees(first: Edited, bag: Path, tampering: str) -> None:
    way = IN_THE_COPY[tampering]
    expected = named(way, tampering_record(bag / "data"))
    way.tamper(bag / "data")
    ran = first.verify("2026-09", bag, "--ca", root_of(first))
    assert ran.code == 1
    for words in expected:
        assert f"{bag}/data/{words}" in ran.out
    assert "bag-info.txt" not in ran.out, "a file that nobody touched is named"
    assert bagit_says_valid(bag) == way.is_valid_bag


@pytest.mark.parametrize("tampering", IN_THE_BAG)
def test_tampering_with_the_files_of_a_bag_is_named(first: Edited, bag: Path, tampering: str) -> None:
    way = IN_THE_BAG[tampering]
    way.tamper(bag)
    ran = first.verify("2026-09", bag)
    assert ran.code == 1
    for words in way.named:
        assert f"{bag}/{words}" in ran.out
    # What somebody made to fit is valid as a bag: only the edition knows that it is another.
    assert bagit_says_valid(bag) == way.is_valid_bag


@pytest.mark.parametrize("kind", ["site", "bag"])
@pytest.mark.parametrize("tampering", IN_A_ZIP)
def test_tampering_with_a_packed_copy_is_named(first: Edited, tmp_path: Path, kind: str, tampering: str) -> None:
    way = IN_A_ZIP[tampering]
    copy = tmp_path / first.copy(kind).name
    shutil.copyfile(first.copy(kind), copy)
    way.tamper(copy)
    ran = first.verify("2026-09", copy)
    assert ran.code == 1
    for words in way.named:
        assert words in ran.out


@pytest.mark.parametrize("tampering", WITH_THE_EDITION)
def test_tampering_with_the_edition_itself_is_named(own: Edited, tampering: str) -> None:
    way = WITH_THE_EDITION[tampering]
    way.tamper(own.folder("2026-09"))
    ran = own.verify("2026-09", own.archive.site, "--ca", root_of(own))
    assert ran.code == 1
    for words in way.named:
        assert words in ran.out
    assert "Not proved" in ran.out or "Nothing is proved" in ran.out


def test_the_edition_before_is_a_link_of_the_chain(own: Edited) -> None:
    own.archive.write("releases/2012/2012-04-01-ropes.md", release("Ropes", "2012-04-01", "Ropes."))
    assert own.archive.build().code == 0
    assert own.edition("2026-10").code == 0
    assert own.verify("2026-10", own.archive.site).code == 0
    another_day(own.folder("2026-09"))
    ran = own.verify("2026-10", own.archive.site)
    assert ran.code == 1
    assert "edition 2026-10 follows one with another hash" in ran.out


# ---- files for citing ------------------------------------------------------------------------------------------------------------------


def test_files_for_citing_are_written_where_there_are_none(first: Edited, tmp_path: Path) -> None:
    cff = first.archive.folder / "CITATION.cff"
    values = yaml.safe_load(cff.read_text())
    assert (values["type"], values["version"], values["date-released"]) == ("dataset", "2026-09", "2026-09-21")
    zenodo = json.loads((first.archive.folder / ".zenodo.json").read_text())
    assert (zenodo["version"], zenodo["publication_date"], zenodo["upload_type"]) == (
        "2026-09",
        "2026-09-21",
        "dataset",
    )
    assert valid(cff)


HAND_WRITTEN = """# Ours.
cff-version: 1.2.0
message: Cite it.   # as you like
title: The program
type: software
authors:
  - family-names: Doe
    given-names: "J."
"""
PREFERRED = """preferred-citation:
    type: data
    # Kept by hand.
    title: An archive
    version: "2025"
    authors:
      - name: Harbour Watch
license: MIT
"""


@pytest.mark.parametrize("text", [HAND_WRITTEN, HAND_WRITTEN + PREFERRED, HAND_WRITTEN.replace("software", "dataset")])
def test_what_was_written_by_hand_stays(own: Edited, text: str) -> None:
    cff, zenodo = own.archive.folder / "CITATION.cff", own.archive.folder / ".zenodo.json"
    cff.write_text(text)
    zenodo.write_text('{"title": "By hand", "keywords": ["a"], "version": "1"}')
    assert own.edition("2026-10").code == 0
    after = cff.read_text()
    kept = [line for line in text.splitlines() if 'version: "2025"' not in line]
    assert [line for line in after.splitlines() if line in kept] == kept
    values = yaml.safe_load(after)
    of_archive = values if values["type"] == "dataset" else values["preferred-citation"]
    assert (of_archive["version"], of_archive["date-released"]) == ("2026-10", "2026-09-21")
    assert values["title"] == "The program"
    assert valid(cff)
    assert json.loads(zenodo.read_text()) == {
        "title": "By hand",
        "keywords": ["a"],
        "version": "2026-10",
        "publication_date": "2026-09-21",
    }
    once = after
    assert own.edition("2026-10").code == 0
    assert cff.read_text() == once


def valid(cff: Path) -> bool:
    """Whether it is of the Citation File Format, as its JSON Schema says."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format", str(cff)]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return True

"""Originals and attachments from the content to the site: built, verified, tampered with, exchanged, packed, and made small pictures of."""

from __future__ import annotations

import json
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from onrecord import attachments, intake, publish
from onrecord.commands.keeping import Keeping
from onrecord.intake.previews import Previewer
from onrecord.model import Vocabularies
from onrecord.read import scan
from tests.conftest import run_here
from tests.originals import packed, pdf, png, sha256, word_file
from tests.trust.archives import Archive, release
from tests.unit.warm_readers import warm_reader

__all__ = ["warm_reader"]

PDF, SCAN, WORD = pdf(), png(40, 60), word_file()


def entry(file: str, data: bytes, role: str = "original", rights: str = "Harbour Watch", more: str = "") -> str:
    """The lines of one file of a record."""
    allowed = f"    rights: {rights}\n" if rights else ""
    return f"  - file: {file}\n    role: {role}\n{allowed}{more}    sha256: {sha256(data)}\n"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """A record with a PDF original, a scan that its text shows, and a Word file that may not be published."""
    made = Archive(tmp_path)
    made.write(
        "archive.toml",
        'title = "Harbour"\nlanguages = ["en", "ar"]\nbase_url = "https://archive.example/"\noffline_copy = true\n',
    )
    for name, data in (("statement.pdf", PDF), ("2012/scan.png", SCAN), ("annex.docx", WORD)):
        path = made.content / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    fields = "files:\n" + entry("statement.pdf", PDF, more="    language: en\n") + entry("2012/scan.png", SCAN, "scan")
    fields += entry("annex.docx", WORD, "attachment", rights="", more="    label: The names of the ferries\n")
    body = "The crews asked for light.\n\n![The pier, one lamp lit](../../files/2012/scan.png)"
    made.write("releases/2012/2012-02-08-lamps.md", release("Lamps", "2012-02-08", body, fields))
    return made


def site_files(archive: Archive) -> dict[str, bytes]:
    return {
        path.relative_to(archive.site).as_posix(): path.read_bytes()
        for path in archive.site.glob("files/**/*")
        if path.is_file()
    }


def test_what_may_be_published_stands_under_its_hash_and_the_rest_is_named_only(archive: Archive) -> None:
    ran = archive.build("--no-search")
    assert ran.code == 0, ran.out + ran.err
    assert site_files(archive) == {f"files/{sha256(PDF)}.pdf": PDF, f"files/{sha256(SCAN)}.png": SCAN}
    page = (archive.site / "releases/2012-02-08-lamps.html").read_text("utf-8")
    assert f'href="../files/{sha256(PDF)}.pdf" type="application/pdf">Original</a>' in page
    assert (
        f'<img src="../files/{sha256(SCAN)}.png" alt="The pier, one lamp lit" width="40" height="60" loading="lazy"'
        in page
    )
    assert "kept by the archive, not published" in page
    assert sha256(WORD) in page
    assert "annex.docx" not in page
    assert 'href="../../files/' in (archive.site / "ar/releases/2012-02-08-lamps.html").read_text("utf-8")
    markdown = (archive.site / "releases/2012-02-08-lamps.md").read_text("utf-8")
    assert markdown.endswith(f"![The pier, one lamp lit](../files/{sha256(SCAN)}.png)")
    record = json.loads((archive.site / "releases/2012-02-08-lamps.json").read_text("utf-8"))
    assert [file.get("address", "") for file in record["files"]] == [
        f"../files/{sha256(PDF)}.pdf",
        f"../files/{sha256(SCAN)}.png",
        "",
    ]
    assert record["files"][0]["type"] == "application/pdf"
    linked = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert [media.get("contentUrl") for media in linked["associatedMedia"]] == [
        f"https://archive.example/files/{sha256(PDF)}.pdf",
        f"https://archive.example/files/{sha256(SCAN)}.png",
        None,
    ]
    assert {media["sha256"] for media in linked["associatedMedia"]} == {sha256(PDF), sha256(SCAN), sha256(WORD)}


def test_the_manifest_and_the_packed_copy_hold_them_and_verify_names_what_was_changed(archive: Archive) -> None:
    archive.build("--no-search")
    path = f"files/{sha256(PDF)}.pdf"
    assert publish.manifest(archive.site)[path] == sha256(PDF)  # type: ignore[index]
    with zipfile.ZipFile(archive.site / "harbour.zip") as copy:
        assert copy.read(f"harbour/{path}") == PDF
    target = archive.folder / "copy.zip"
    assert (
        run_here(
            ["export", "zip", "--content", str(archive.content), "--site", str(archive.site), "--out", str(target)]
        ).code
        == 0
    )
    with zipfile.ZipFile(target) as copy:
        assert copy.read(f"harbour/{path}") == PDF
    assert run_here(["verify", str(archive.site)]).code == 0
    original = archive.site / path
    original.write_bytes(PDF[:-1] + b"x")
    ran = run_here(["verify", str(archive.site)])
    assert ran.code == 1
    assert path in ran.out
    original.unlink()
    assert path in run_here(["verify", str(archive.site)]).out


def test_an_original_that_is_exchanged_is_told_and_a_build_takes_its_place_once_the_record_agrees(
    archive: Archive,
) -> None:
    archive.build("--no-search")
    other = pdf(words="Another statement")
    (archive.content / "files/statement.pdf").write_bytes(other)
    ran = archive.build("--no-search")
    assert ran.code == 1
    assert f"file-hash The hash is not that of “statement.pdf”. The file there has {sha256(other)}." in ran.out
    assert f"files/{sha256(PDF)}.pdf" in site_files(archive)
    record = archive.content / "releases/2012/2012-02-08-lamps.md"
    record.write_text(record.read_text("utf-8").replace(sha256(PDF), sha256(other)), encoding="utf-8")
    assert archive.build("--no-search").code == 0
    assert sorted(site_files(archive)) == sorted([f"files/{sha256(other)}.pdf", f"files/{sha256(SCAN)}.png"])


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_a_draft_and_a_withdrawn_release_publish_no_file(archive: Archive, status: str) -> None:
    archive.build("--no-search")
    record = archive.content / "releases/2012/2012-02-08-lamps.md"
    text = record.read_text("utf-8").replace(
        "extent: full\n", f"extent: full\nstatus: {status}\nreason: It was wrong.\n"
    )
    record.write_text(text, encoding="utf-8")
    for options in ((), ("--drafts",)):
        assert archive.build("--no-search", *options).code == 0
        assert site_files(archive) == {}
    if status == "draft":
        page = (archive.site / "releases/2012-02-08-lamps.html").read_text("utf-8")
        assert '<span class="no-picture">The pier, one lamp lit</span>' in page


def test_a_file_that_one_record_publishes_is_not_published_by_another_that_only_names_it(archive: Archive) -> None:
    fields = "files:\n" + entry("statement.pdf", PDF, rights="")
    archive.write("releases/2012/2012-02-09-again.md", release("Again", "2012-02-09", "Again.", fields))
    assert archive.build("--no-search").code == 0
    page = (archive.site / "releases/2012-02-09-again.html").read_text("utf-8")
    assert "../files/" not in page
    assert sha256(PDF) in page


def test_a_file_that_has_not_changed_is_not_read_again(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    time.sleep(0.25)  # files that were written so shortly before are not known again by their times
    archive.build("--no-search")

    def again(*given: object) -> None:
        raise AssertionError(f"was read again: {given}")

    monkeypatch.setattr(attachments, "measured", again)
    monkeypatch.setattr(publish, "copy_file", again)
    record = archive.content / "releases/2012/2012-02-08-lamps.md"
    record.write_text(record.read_text("utf-8").replace("Lamps", "Lights"), encoding="utf-8")
    ran = archive.build("--no-search")
    assert ran.code == 0, ran.err
    assert len(site_files(archive)) == 2


def test_a_large_file_is_never_held_as_a_whole(tmp_path: Path) -> None:
    large = tmp_path / "content" / "files" / "large.zip"
    large.parent.mkdir(parents=True)
    with large.open("wb") as stream:
        stream.write(packed(("letter.txt",)))
        stream.truncate(64 << 20)
    (tmp_path / "stage").mkdir()
    file = next(file for file in scan(tmp_path / "content").files if file.path.endswith("zip"))
    tracemalloc.start()
    found = attachments.measured(file)
    publish.copy_file(str(tmp_path / "stage"), "files/large.zip", str(large), found.sha256)
    publish.write_zip(tmp_path / "copy.zip", tmp_path / "stage", ["files/large.zip"], "copy")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 << 20


def test_bytes_that_change_while_they_are_copied_are_not_published(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    (tmp_path / "stage").mkdir()
    with pytest.raises(publish.PublishFailed, match="was changed while it was copied"):
        publish.copy_file(str(tmp_path / "stage"), "files/a.pdf", str(tmp_path / "a.pdf"), sha256(SCAN))
    assert not (tmp_path / "stage/files/a.pdf").exists()


# ---- previews ----------------------------------------------------------------------------------------------------------------------


def test_previews_are_made_once_and_shown(archive: Archive) -> None:
    arguments = ["preview", "--content", str(archive.content), "--cache", str(archive.cache), "--no-setup"]
    ran = run_here(arguments)
    assert ran.code == 0, ran.err
    folder = archive.content / "files" / "previews"
    assert sorted(path.name for path in folder.iterdir()) == sorted([f"{sha256(PDF)}.3.webp", f"{sha256(SCAN)}.webp"])
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert run_here(arguments).out == ""
    assert archive.build("--no-search").code == 0
    assert site_files(archive)[f"files/previews/{sha256(PDF)}.webp"] == before[folder / f"{sha256(PDF)}.3.webp"]
    page = (archive.site / "releases/2012-02-08-lamps.html").read_text("utf-8")
    assert (
        f'<img src="../files/previews/{sha256(PDF)}.webp" width="256" height="362" alt="The first page, small"' in page
    )
    assert "<li>3 pages\n" in page


def test_a_preview_goes_out_with_its_original_only(archive: Archive) -> None:
    folder = archive.content / "files" / "previews"
    folder.mkdir()
    (folder / f"{sha256(WORD)}.2.png").write_bytes(png(20, 30))
    ran = archive.build("--no-search")
    assert ran.code == 0, ran.out
    assert not any("previews" in path for path in site_files(archive))


def test_what_cannot_be_drawn_is_said_and_ends_nothing() -> None:
    with Previewer() as previewer:
        assert previewer.of(b"%PDF-1.4\nno more").reason.startswith("It cannot be drawn")
        assert previewer.of(png()[:40]).reason.startswith("It cannot be drawn")
        assert previewer.of(b"<svg/>").reason.startswith("It cannot be drawn")
        drawn = previewer.of(pdf(2))
        assert drawn.pages == 2
        assert drawn.preview.startswith(b"RIFF")


# ---- import --keep -----------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("warm_reader")
def test_import_keeps_an_original_by_its_hash_and_asks_whether_it_may_be_published(tmp_path: Path) -> None:
    document = tmp_path / "Letter of Ada.txt"
    text = "Ferry crews ask for light\n\n8 February 2012\n\nThe crews of the night ferry asked today for light on the pier.\n"
    document.write_text(text, encoding="utf-8")
    content = tmp_path / "content"
    content.mkdir()
    (content / "archive.toml").write_text('title = "Harbour"\n', encoding="utf-8")
    cache = ["--cache", str(tmp_path / "cache")]
    ran = run_here(
        [
            "import",
            "--keep",
            str(document),
            "--content",
            str(content),
            "--to",
            str(content / "releases"),
            "--no-setup",
            *cache,
        ]
    )
    assert ran.code == 0, ran.err
    name = f"{sha256(text.encode())}.txt"
    assert (content / "files" / name).read_text("utf-8") == text
    assert document.read_text("utf-8") == text
    draft = next((content / "releases").rglob("*.md")).read_text("utf-8")
    assert f'  - file: "{name}"\n    role: "original"\n' in draft
    assert f'    sha256: "{sha256(text.encode())}"\n' in draft
    assert "\n    rights:" not in draft
    assert '  - field: "files"\n    question: "May the original be published here?' in draft
    assert "In a public repository everybody can read them" in ran.err
    assert run_here(["check", "--content", str(content), *cache]).out == ""


@pytest.mark.usefixtures("warm_reader")
def test_an_original_that_is_no_longer_what_was_read_is_not_kept_under_its_name(tmp_path: Path) -> None:
    letters = tmp_path / "letters"
    letters.mkdir()
    for name in ("gone", "changed", "gone later", "changed later", "no # mark"):
        text = f"8 February 2012\n\nFerry crews ask for {name}\n\nThe crews asked today for {name} on the pier.\n"
        (letters / f"{name}.txt").write_text(text, encoding="utf-8")
    files = intake.documents([str(letters)]).files
    keeping = Keeping(files, tmp_path)

    def when_read(done: int, total: int, asked: object) -> None:
        if done == total:
            (letters / "gone.txt").unlink()
            (letters / "changed.txt").write_text("Something else.", encoding="utf-8")

    named = list(intake.drafts(files, tmp_path, Vocabularies(), jobs=1, progress=when_read, kept=keeping.named))
    (letters / "gone later.txt").unlink()
    (letters / "changed later.txt").write_text("Something else again.", encoding="utf-8")
    *others, kept = keeping.with_originals(named)
    assert [draft.path for draft in others] == [None] * 4
    assert {draft.record.refused[:40] for draft in others} == {"It changed or went away while it was imp"}
    assert (kept.record.source, kept.record.refused) == ("no # mark.txt", "")
    assert kept.original is not None
    (original,) = (tmp_path / "files").iterdir()
    assert original.name == kept.original.file == f"{sha256(original.read_bytes())}.txt"
    assert keeping.line().startswith("1 original kept in ")


# ---- what they weigh ---------------------------------------------------------------------------------------------------------------


def test_the_report_says_what_to_keep_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "index.html").write_text("<p>Home</p>", encoding="utf-8")
    sizes = {"a" * 64: 120_000_000, "b" * 64: 90_000_000, "c" * 64: 700_000_000}
    for name, size in sizes.items():
        with (tmp_path / "files" / f"{name}.mp4").open("wb") as stream:
            stream.truncate(size)
    ran = run_here(["report", "--site", str(tmp_path)])
    assert ran.code == 1
    assert "Originals and attachments: 3 files, 910 MB." in ran.out
    assert f"`files/{'a' * 64}.mp4` has 120 MB. In its record, `url` in place of `file` says where" in ran.out
    assert f"To have room again, keep elsewhere: `files/{'c' * 64}.mp4` (700 MB). In its record" in ran.out

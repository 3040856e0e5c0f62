"""After damage the next build stands whole again by itself, or one option says what to do; nothing of somebody's own is lost."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onrecord import durability, publish, read
from onrecord.publish import exchange, workplace
from tests.conftest import FORCE_FILE_SYSTEM, FSYNC, run_here
from tests.trust.archives import Archive, contents, release, small_archive

DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[: len(data) // 2],
    "empty": lambda _: b"",
    "zeros": lambda data: bytes(len(data)),
    "of another version": lambda data: (
        b"onrecord ledger 1\n" + data[18:] if data.startswith(b"onrecord") else b"v1" + data
    ),
    "one byte lies": lambda data: (
        data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 0x20]) + data[len(data) // 2 + 1 :]
    ),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Archive, dict[str, bytes]]:
    """An archive that was built, and the files of its site."""
    archive = small_archive(tmp_path_factory.mktemp("built"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1735689600")
        ran = archive.build()
    assert ran.code == 0, ran.err
    return archive, contents(archive.site)


@pytest.fixture
def archive(built: tuple[Archive, dict[str, bytes]]) -> Iterator[Archive]:
    """The same archive and site, whatever a test does to them."""
    archive, _ = built
    for folder in (archive.site, archive.cache):
        shutil.copytree(folder, archive.folder / f"{folder.name}.good", symlinks=True)
    yield archive
    for folder in (archive.site, archive.cache):
        shutil.rmtree(folder)
        (archive.folder / f"{folder.name}.good").rename(folder)
    for folder in archive.folder.glob("*aside*"):
        shutil.rmtree(folder)


def kept(archive: Archive, what: str) -> list[Path]:
    """The files of one kind that are kept between runs."""
    patterns = {
        "store": "content-*.sqlite",
        "ledger": "*.ledger",
        "pieces": "*.search/*",
        "templates": "templates/**/*",
    }
    return [path for path in archive.cache.glob(patterns[what]) if path.is_file()]


def touch_content(archive: Archive) -> None:
    """Makes the next build look at everything."""
    os.utime(archive.content / "topics.toml")


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("what", ["store", "ledger", "pieces", "templates"])
def test_what_is_kept_between_runs_may_be_damaged(
    what: str, damage: str, archive: Archive, built: tuple[Archive, dict[str, bytes]]
) -> None:
    files = kept(archive, what)
    assert files
    for file in files:
        file.write_bytes(DAMAGES[damage](file.read_bytes()))
    touch_content(archive)
    ran = archive.build()
    assert ran.code == 0, ran.err
    assert contents(archive.site) == built[1]
    notices = ran.err.splitlines()[:-1]
    assert "Traceback" not in ran.err
    assert len(notices) <= 1, ran.err
    if what in ("ledger", "pieces"):
        assert "made again" in notices[0]
    assert archive.build().err == ran.err.splitlines()[-1] + "\n"


def test_a_card_that_lies_in_the_store_is_not_published(
    archive: Archive, built: tuple[Archive, dict[str, bytes]]
) -> None:
    """A changed letter in what was kept of a release would be a changed record."""
    (file,) = kept(archive, "store")
    data = file.read_bytes()
    assert b"Lamps for quay" in data
    file.write_bytes(data.replace(b"Lamps for quay", b"Lambs for quay"))
    for ledger in kept(archive, "ledger"):
        ledger.unlink()
    ran = archive.build()
    assert ran.code == 0
    assert "damaged" in ran.err
    assert contents(archive.site) == built[1]


def test_a_lost_manifest_is_made_again_from_what_the_last_build_noted(
    archive: Archive, built: tuple[Archive, dict[str, bytes]]
) -> None:
    for damage in [None, *DAMAGES.values()]:
        data = (archive.site / "manifest.json").read_bytes()
        (archive.site / "manifest.json").unlink()
        if damage is not None:
            (archive.site / "manifest.json").write_bytes(damage(data))
        ran = archive.build()
        assert ran.code == 0, ran.err
        assert contents(archive.site) == built[1]


def test_with_manifest_and_cache_lost_adopt_takes_over_and_sets_the_others_aside(
    archive: Archive, built: tuple[Archive, dict[str, bytes]]
) -> None:
    shutil.rmtree(archive.cache)
    site = archive.site
    (site / "manifest.json").unlink()
    (site / "index.html").write_bytes(b"an older home page")
    (site / "releases" / "withdrawn.html").write_bytes(b"a page that is gone")
    (site / "mine").mkdir()
    (site / "mine" / "notes.txt").write_text("mine")
    (site / "link").symlink_to("index.html")
    (site / ".git").mkdir()
    (site / ".git" / "HEAD").write_text("ref")
    before = contents(site)
    refused = archive.build()
    assert refused.code == 2
    assert "--adopt" in refused.err
    assert contents(site) == before
    ran = archive.build("--adopt")
    assert ran.code == 0, ran.err
    aside = archive.folder / "site.set-aside"
    assert f"4 files that this build would not have written: set aside in {aside}" in ran.err
    (site / ".git" / "HEAD").unlink()
    assert contents(site) == built[1]
    assert contents(aside) | {"link": b""} == {
        "index.html": b"an older home page",
        "link": b"",
        "mine/notes.txt": b"mine",
        "releases/withdrawn.html": b"a page that is gone",
    }
    assert os.readlink(aside / "link") == "index.html"
    assert archive.build("--adopt").err == archive.build().err


@pytest.mark.parametrize("can_link", [True, False])
def test_adopt_that_was_stopped_sets_nothing_aside_twice(
    can_link: bool, archive: Archive, built: tuple[Archive, dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(archive.cache)
    (archive.site / "manifest.json").unlink()
    mine = {f"mine/{name}.txt": name.encode() * 900 for name in "abc"}
    (archive.site / "mine").mkdir()
    for path, data in mine.items():
        (archive.site / path).write_bytes(data)
    aside = archive.folder / "site.set-aside"
    link, count = os.link, 0

    def linked(source: str, target: str, **_: object) -> None:
        nonlocal count
        count += 1
        if not can_link or count > 2:
            raise OSError(28, "No space left on device")
        link(source, target)

    def cut(source: str, target: str, **_: object) -> None:
        Path(target).write_bytes(Path(source).read_bytes()[:9])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", linked)
        patch.setattr(shutil, "copy2", cut)
        assert archive.build("--adopt").code == 2
    assert aside.is_dir()
    ran = archive.build("--adopt")
    assert ran.code == 0, ran.err
    assert contents(archive.site) == built[1]
    assert contents(aside) == mine
    assert not (archive.folder / "site.set-aside-2").exists()


def test_adopt_takes_over_no_folder_that_is_no_site(archive: Archive) -> None:
    documents = archive.folder / "documents-aside"
    documents.mkdir()
    (documents / "thesis.odt").write_bytes(b"years of work")
    ran = archive.build("--adopt", out=documents)
    assert ran.code == 2
    assert "is not taken over" in ran.err
    assert contents(documents) == {"thesis.odt": b"years of work"}


@contextlib.contextmanager
def mounted(folder: Path, size: str = "64m") -> Iterator[Path]:
    """A memory file system at a folder; the test is left out where nothing may be mounted."""
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("nothing may be mounted here")
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=False, capture_output=True
    ).returncode:
        pytest.skip("nothing may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir()


def changes(archive: Archive, out: Path) -> None:
    """Builds three states of an archive into a folder; each is what a fresh build gives."""
    fresh: dict[str, dict[str, bytes]] = {}
    for base in ("archive", "other", "archive"):
        options = ("--base-url", f"https://{base}.example/", "--no-search")
        ran = archive.build(*options, out=out)
        assert ran.code == 0, ran.err
        if base not in fresh:
            archive.build(*options, out=archive.folder / f"{base}-aside")
            fresh[base] = contents(archive.folder / f"{base}-aside")
        assert contents(out) == fresh[base]
        assert [path.name for path in out.iterdir() if ".onrecord" in path.name] == []


def test_the_output_may_be_a_mount_point(archive: Archive) -> None:
    with mounted(archive.folder / "mount") as out:
        changes(archive, out)


def test_the_output_may_lie_where_the_folder_around_it_is_on_another_file_system(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a mount point is, but where nothing may be mounted: the work is done inside."""
    monkeypatch.setattr(workplace, "_is_mount", lambda folder: folder.name == "site")
    changes(archive, archive.site)


@pytest.mark.parametrize("code", [errno.EXDEV, errno.EBUSY])
def test_where_the_system_refuses_to_exchange_a_folder_its_files_are_renamed(
    code: int, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bool:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(exchange, "swap", refuse)
    changes(archive, archive.site)


def test_a_page_may_become_a_folder_where_the_output_is_mounted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workplace, "_is_mount", lambda _: True)
    out = tmp_path / "site"
    out.mkdir()
    states = [
        {"page": b"page", "folder/page.html": b"page", "index.html": b"1"},
        {"page/inner.html": b"page", "folder": b"page", "index.html": b"2"},
        {"page": b"page", "folder/page.html": b"page", "index.html": b"1"},
    ]
    for files in states:
        with publish.staged(out) as stage:
            stage.commit([publish.write_file(str(stage.path), path, data) for path, data in files.items()])
        assert {path: data for path, data in contents(out).items() if path != "manifest.json"} == files
        assert publish.differences(out) == ([], [], [])


def test_a_former_site_that_cannot_be_deleted_is_told_until_it_is(archive: Archive) -> None:
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("no file may be made immutable here")
    page = archive.site / "index.html"
    if subprocess.run(["chattr", "+i", str(page)], check=False, capture_output=True).returncode:
        pytest.skip("no file can be made immutable on this disk")
    try:
        ran = archive.build("--base-url", "https://other.example/")
        assert ran.code == 1
        assert "could not be deleted" in ran.err
        assert "other.example" in (archive.site / "sitemap.xml").read_text()
        again = archive.build("--base-url", "https://other.example/")
        assert again.code == 1
        (left,) = (path for path in archive.folder.iterdir() if ".onrecord-left-1" in path.name)
        assert f"{left} is what was here before" in again.err
        third = archive.build()
        assert third.code == 1
        assert publish.differences(archive.site) == ([], [], [])
    finally:
        for file in archive.folder.glob("*/index.html"):
            subprocess.run(["chattr", "-i", str(file)], check=True)
    assert archive.build("--base-url", "https://other.example/").code == 0
    assert not [path for path in archive.folder.iterdir() if ".onrecord" in path.name]


def test_a_file_that_goes_away_while_the_content_is_read_is_looked_for_again(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = archive.write("releases/2012/2012-03-01-gone.md", release("Gone", "2012-03-01", "A text."))
    real, first = read.file, [True]

    def file(entry: read.FileStatus) -> read.FileData:
        if first[0]:
            first[0] = False
            gone.unlink()
        return real(entry)

    monkeypatch.setattr(read, "file", file)
    ran = archive.build()
    assert ran.code == 0, ran.err
    assert not (archive.site / "releases" / "2012-03-01-gone.html").exists()


def test_a_file_that_is_written_while_it_is_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "content" / "a.md"
    path.parent.mkdir()
    path.write_bytes(b"half of a")
    (entry,) = read.scan(path.parent).files
    real, first = os.fstat, [True]

    def fstat(descriptor: int) -> os.stat_result:
        status = real(descriptor)
        if first[0]:
            first[0] = False
            path.write_bytes(b"half of a sentence, and the other half")
        return status

    monkeypatch.setattr(os, "fstat", fstat)
    assert read.file(entry).data == b"half of a sentence, and the other half"


def test_a_folder_of_another_user_whose_history_git_refuses_is_told(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root may give files away")
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    monkeypatch.setenv("HOME", str(tmp_path))
    shutil.copytree(archive.content, tmp_path / "repository" / "content")
    for step in ("init -q", "add .", "-c user.name=a -c user.email=a@example.org commit -qm first"):
        subprocess.run(["git", "-C", str(tmp_path / "repository"), *step.split()], check=True)
    arguments = [
        "--content",
        str(tmp_path / "repository" / "content"),
        "--out",
        str(tmp_path / "site"),
        "--cache",
        str(tmp_path / "cache"),
    ]
    ran = run_here(arguments)
    assert "another user" not in ran.err
    for path in [tmp_path / "repository", *(tmp_path / "repository").rglob("*")]:
        os.chown(path, 12345, 12345)
    for _ in range(2):  # a build with nothing to do says it too
        ran = run_here(arguments)
        assert ran.code == 0
        assert "belongs to another user" in ran.err
        assert "safe.directory" in ran.err


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_files_of_the_site_are_made_again(
    damage: str, archive: Archive, built: tuple[Archive, dict[str, bytes]]
) -> None:
    for pattern in (
        "pagefind/catalogue.js",
        "pagefind/words/*",
        "pagefind/texts/*/*",
        "*.html",
        "sitemap.xml",
        "assets/*.css",
    ):
        file = sorted(archive.site.glob(pattern))[0]
        data = file.read_bytes()
        file.unlink()
        file.write_bytes(DAMAGES[damage](data))
    ran = archive.build()
    assert ran.code == 0, ran.err
    assert contents(archive.site) == built[1]


def test_data_is_on_the_disk_before_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a power cut leaves is a prefix of these steps: a name without its data is not among them."""
    steps: list[tuple[str, str]] = []

    def noted(real: Callable[..., object], name: str, place: int) -> Callable[..., object]:
        def call(*values: object, **names: object) -> object:
            given = values[place]
            what = os.readlink(f"/proc/self/fd/{given}") if isinstance(given, int) else str(given)
            steps.append((name, what))
            return real(*values, **names)

        return call

    if sys.platform != "linux":
        pytest.skip("the system tells which file a number is on Linux")
    out, stage, record = tmp_path / "site", tmp_path / ".site.onrecord-new", tmp_path / ".site.onrecord-journal"
    files = {f"{number}.html": b"page" for number in range(200)}
    monkeypatch.setattr(os, "fsync", noted(FSYNC, "disk", 0))
    monkeypatch.setattr(os, "replace", noted(os.replace, "name", 1))
    monkeypatch.setattr(os, "unlink", noted(os.unlink, "remove", 0))
    monkeypatch.setattr(durability, "_force_file_system", noted(FORCE_FILE_SYSTEM, "disk", 0))
    monkeypatch.setattr(exchange, "swap", noted(exchange.swap, "name", 1))
    for change in (
        files,
        {"0.html": b"first", "new/1.html": b"second"},
        {f"{number}.html": b"all" for number in range(200)},
    ):
        steps.clear()
        with publish.staged(out) as staged:
            kept = {path: sha256 for path, sha256 in (staged.listed or {}).items() if path not in change}
            staged.commit([publish.write_file(str(stage), path, data) for path, data in change.items()], kept)
        on_disk = [what for kind, what in steps if kind == "disk"]
        if len(change) == 2:
            written = [f"{stage}/{path}" for path in ("0.html", "new/1.html", "manifest.json", ".onrecord-journal")]
            first_name = steps.index(("name", str(record)))
            assert {*written, f"{stage}/new"} <= {what for kind, what in steps[:first_name] if kind == "disk"}
            last_name = max(index for index, (kind, _) in enumerate(steps) if kind == "name")
            removed = steps.index(("remove", str(record))) if ("remove", str(record)) in steps else len(steps)
            assert {str(out), f"{out}/new"} <= {what for kind, what in steps[last_name:removed] if kind == "disk"}
        elif ("name", str(out)) in steps:
            assert ("disk", str(stage)) in steps[: steps.index(("name", str(out)))]
        assert on_disk

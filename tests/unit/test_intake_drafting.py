"""`intake.drafts`: what becomes of each document, in the documents' order, before anything is written."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from onrecord import durability, intake, whole_file
from onrecord.intake.document import Record
from onrecord.intake.sender import with_answers
from onrecord.model import Question, Vocabularies
from tests.unit.warm_readers import warm_readers

__all__ = ["warm_readers"]
pytestmark = pytest.mark.usefixtures("warm_readers")

ROOT = Path(__file__).resolve().parents[2]
TEXT = """Harbour Watch

{date}

Ferry crews ask for {thing}

The crews of the night ferry asked today for {thing} on the pier, and for a rail along the steps that lead down to it.
They have asked for both since the winter, in three letters, and none of these has been answered by the harbour's office.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "below").mkdir(parents=True)
    (tmp_path / "in" / "b.txt").write_text(TEXT.format(date="8 February 2012", thing="light"), encoding="utf-8")
    (tmp_path / "in" / "a.txt").write_text("", encoding="utf-8")
    (tmp_path / "in" / "c.txt").write_bytes((tmp_path / "in" / "b.txt").read_bytes())
    (tmp_path / "in" / "below" / "d.txt").write_text(TEXT.format(date="", thing="lamps"), encoding="utf-8")
    (tmp_path / "in" / "README.md").write_text("# In\n", encoding="utf-8")
    return tmp_path / "in"


def drafted(folder: Path, releases: Path, sender: intake.Sender | None = None) -> list[intake.Draft]:
    files = intake.documents([str(folder)]).files
    return list(intake.drafts(files, releases, Vocabularies(), sender, jobs=1))


def test_documents_come_sorted_and_what_is_passed_over_is_named(folder: Path) -> None:
    documents = intake.documents([str(folder), str(folder / "b.txt")])
    assert [name for name, _ in documents.files] == [
        "a.txt",
        "b.txt",
        "c.txt",
        "below/d.txt",
        (folder / "b.txt").as_posix(),
    ]
    assert documents.passed == ("README.md",)
    with pytest.raises(intake.NoSuchSource, match="no file or folder “nowhere”"):
        intake.documents(["nowhere"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_what_is_no_file_and_a_linked_folder_are_passed_over_and_named(folder: Path, tmp_path: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "e.txt").write_text("E.", encoding="utf-8")
    (folder / "linked").symlink_to(tmp_path / "elsewhere")
    (folder / "linked.txt").symlink_to(tmp_path / "elsewhere" / "e.txt")
    (folder / "leads nowhere.txt").symlink_to("nowhere")
    documents = intake.documents([str(folder)])
    assert documents.passed == ("README.md", "linked/", "pipe.txt")
    names = [name for name, _ in documents.files]
    assert names == ["a.txt", "b.txt", "c.txt", "leads nowhere.txt", "linked.txt", "below/d.txt"]


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no folder that deep")
@pytest.mark.parametrize(("name", "depth", "found"), [("d", 1_200, True), ("d" * 200, 30, False)])
def test_a_folder_however_deep_is_read_or_refused_by_name(
    folder: Path, tmp_path: Path, name: str, depth: int, found: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as deep:
        deep.chdir(folder)
        for _ in range(depth):
            os.mkdir(name)
            os.chdir(name)
        Path("e.txt").write_text(TEXT.format(date="", thing="boats"), encoding="utf-8")
    *_, last = drafted(folder, tmp_path / "releases")
    subprocess.run(["rm", "-rf", folder], check=True)  # deeper than Python removes
    assert last.record.source.startswith(f"{name}/{name}/")
    assert (last.path is not None) == found
    assert last.record.refused == ("" if found else "It cannot be read: File name too long.")


def test_each_document_is_drafted_refused_or_repeated(folder: Path, tmp_path: Path) -> None:
    refused, new, repeated, version = drafted(folder, tmp_path / "releases")
    assert (refused.record.refused, refused.path) == ("The file is empty.", None)
    assert new.path is not None
    assert new.path.as_posix() == "2012/2012-02-08-ferry-crews-ask-for-light.md"
    assert (repeated.repeated, repeated.path) == (new.path.stem, None)
    assert version.path is not None
    assert version.same_text_as == (new.path.stem,)
    assert new.same_text_as == (version.path.stem,)
    assert f'same_text_as: ["{version.path.stem}"]' in new.text
    assert "2012-02-08" in next(ask.evidence for ask in version.record.review if ask.field == "date")
    assert not (tmp_path / "releases").exists()


def test_a_draft_is_written_once_and_known_by_the_next_run(folder: Path, tmp_path: Path) -> None:
    releases = tmp_path / "releases"
    refused, new, *_ = drafted(folder, releases)
    assert new.path is not None
    path = releases / new.path
    assert list(intake.written([refused, new], releases)) == [refused, new]
    assert path.read_text("utf-8") == new.text
    with pytest.raises(FileExistsError):
        list(intake.written([new], releases))
    assert [path.name for path in releases.rglob("*") if path.is_file()] == [path.name]
    assert drafted(folder, releases)[1].repeated == path.stem


def test_drafts_are_on_the_disk_before_they_are_named_and_named_before_they_are_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    releases = tmp_path / "releases"
    (one,) = [draft for draft in drafted(folder, releases)[1:2] if draft.path]
    many = [replace(one, path=PurePosixPath(f"2012/2012-02-08-{number}.md")) for number in range(1_300)]
    forced: list[int] = []

    def force(root: Path, paths: Iterable[str]) -> None:
        paths = list(paths)
        assert all((root / path).read_text("utf-8") == one.text for path in paths)
        assert len(list(root.rglob("2012-*.md"))) == sum(forced), "none of them has its name yet"
        forced.append(len(paths))

    monkeypatch.setattr(durability, "force", force)
    told = 0
    for draft in intake.written(many, releases):
        assert draft.path is not None
        assert (releases / draft.path).exists()
        told += 1
        assert told <= sum(forced)
    assert told == len(many)
    assert forced[:4] == [1, 2, 4, 8]
    assert max(forced) == 500
    assert len(forced) < 15
    assert all(not path.name.startswith(".") for path in releases.rglob("*"))


def test_what_a_killed_process_left_beside_a_draft_is_removed_and_a_living_one_s_is_not(
    folder: Path, tmp_path: Path
) -> None:
    new = drafted(folder, tmp_path / "releases")[1]
    assert new.path is not None
    path = tmp_path / "releases" / new.path
    path.parent.mkdir(parents=True)
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        pass
    beside = whole_file._beside(path)
    left, living = (beside.with_name(beside.name.replace(str(os.getpid()), str(pid))) for pid in (dead.pid, 1))
    left.touch()
    living.touch()
    list(intake.written([new], tmp_path / "releases"))
    assert sorted(file.name for file in path.parent.iterdir()) == [living.name, path.name]
    left.touch()
    list(intake.written([replace(new, written=True)], tmp_path / "releases"))
    assert sorted(file.name for file in path.parent.iterdir()) == [living.name, path.name]


def test_progress_is_told_after_each_document(folder: Path, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    files = intake.documents([str(folder)]).files
    for _ in intake.drafts(files, tmp_path, Vocabularies(), jobs=1, progress=lambda *step: steps.append(step[:2])):
        assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]


SENDER = intake.Sender("https://harbour.example/light", "https://web.example/1", "I do not know")


def test_a_sender_answers_stand_in_the_draft_and_are_no_part_of_what_the_document_states(
    folder: Path, tmp_path: Path
) -> None:
    (new,) = intake.drafts([("b.txt", folder / "b.txt")], tmp_path, Vocabularies(), SENDER, jobs=1)
    assert '  url: "https://harbour.example/light"\n  archived: "https://web.example/1"\n' in new.text
    assert "Whoever sent it in answered: I do not know." in new.text
    assert new.record.url == ""
    assert "rights" not in {ask.field for ask in new.record.review}


def test_an_address_is_a_question_where_it_may_be_another_documents() -> None:
    record = Record("a.txt", review=(Question("date", "When?"),))
    several = with_answers(record, SENDER, alone=False)
    assert (several.url, several.archived) == ("", "")
    assert [ask.field for ask in several.review] == ["rights", "source.url", "source.archived", "date"]
    other = with_answers(Record("a.html", url="https://harbour.example/own"), SENDER, alone=True)
    assert (other.url, other.archived) == ("https://harbour.example/own", SENDER.archived)
    assert ("source.url", SENDER.url) in {(ask.field, ask.evidence) for ask in other.review}
    same = with_answers(Record("a.html", url=SENDER.url), SENDER, alone=True)
    assert [ask.field for ask in same.review] == ["rights"]


def test_the_room_opens_nothing_before_it_is_used() -> None:
    program = "import sys, onrecord.intake; print([n for n in sys.modules if n in ('yaml', 'multiprocessing', 'onrecord.read')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    with pytest.raises(AttributeError):
        intake.nothing  # type: ignore[attr-defined] # noqa: B018


# Drafts so many documents, whose records come from nowhere, and prints how much memory each further document takes (bytes).
MANY = """
import resource, sys
from pathlib import Path
from onrecord import intake
from onrecord.intake.document import Record
from onrecord.intake.record_codec import packed
from onrecord.intake.source_files import Files
from onrecord.model import Question, Vocabularies

class Reading:
    width = 1
    def answer(self, name, data):
        number = int(name[:-4])
        body = " ".join(f"{word}{number * word % 977}" for word in range(40))
        review = (Question("publisher", "Who published it?", name),)
        return packed((Record(name, f"{number:064x}", title=f"A title {name}", body=body, review=review),))
    def close(self):
        pass

def memory():
    return int(Path("/proc/self/status").read_text().split("VmRSS:")[1].split()[0]) * 1024

folder, count = Path(sys.argv[1]), int(sys.argv[2])
(folder / "a.txt").write_text("x")
for files in (Files(), Files()):
    before = memory()
    for number in range(count):
        files.append(f"{number:08}.txt", folder / "a.txt")
    for draft in intake.drafts(files, folder / "releases", Vocabularies(), reading=Reading()):
        assert draft.path is not None
    count *= 4
print((memory() - before) // count)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells a process's memory in this way")
def test_memory_does_not_grow_with_the_documents(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MANY, str(tmp_path), "1000"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert int(done.stdout) < 1000, "bytes of memory for each further document"

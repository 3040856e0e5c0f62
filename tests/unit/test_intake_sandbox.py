"""The processes that read strangers' documents can open nothing, and lose nothing by it; one that ends takes its document with it only."""

from __future__ import annotations

import io
import os
import re
import resource
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from benchmarks.intake import packed_documents
from onrecord.intake import confinement, frames, reading_memory, record, sandbox, warm_up, workers
from onrecord.intake.document import Record
from onrecord.intake.evidence.term_finder import Terms, terms
from onrecord.intake.formats import outside, reading_faults
from onrecord.intake.record_codec import packed, unpacked
from onrecord.model import Term, Vocabularies
from tests.unit.test_intake_lexicon_releases import RELEASES
from tests.unit.warm_readers import warm_reader

__all__ = ["warm_reader"]

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT / "tests" / "intake" / "documents"
LINUX = pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.uname().machine not in ("x86_64", "aarch64"),
    reason="only Linux keeps a process away from files and network, by filters for x86-64 and aarch64",
)
SLOW = "".join(
    f"The crews of the ferry asked the harbour {number} times for light on the pier. " * 4 + "\n\n"
    for number in range(6_000)
).encode()
GOOD = (
    "NADIR WATCH\n11 March 2013\n\nMarovia: Free the teachers now\n\n"
    + "The authorities in Marovia must release eleven teachers who have been held since January, Nadir Watch said today. "
    * 2
).encode()

# Tries what a document that has taken its reader over would try, by Python and by the system's calls themselves.
TRIES = """
import ctypes, os, sys, _socket, threading, time
sys.path.insert(0, sys.argv[1])
from onrecord.intake import confinement
given = int(sys.argv[2])
libc = ctypes.CDLL(None, use_errno=True)
there = _socket.socket(fileno=os.dup(given))
print(confinement.confine(1 << 31) != "")
def called(name, *arguments):
    if getattr(libc, name)(*arguments) < 0:
        raise OSError(ctypes.get_errno(), name)
tries = {
    "open": lambda: open("/etc/hostname"),
    "write": lambda: open("/tmp/onrecord-sandbox-test", "w"),
    "open in C": lambda: called("open", b"/etc/hostname", 0),
    "open at": lambda: called("openat", -100, b"/etc/hostname", 0),
    "open at 2": lambda: called("syscall", ctypes.c_long(437), -100, b"/etc/hostname", None, 0),
    "list": lambda: os.listdir("/"),
    "stat": lambda: os.stat("/etc/hostname"),
    "socket": lambda: _socket.socket(),
    "local socket": lambda: _socket.socket(_socket.AF_UNIX),
    "socket in C": lambda: called("socket", 2, 1, 0),
    "connect": lambda: there.connect(("127.0.0.1", 9)),
    "send": lambda: there.sendto(b"x", ("127.0.0.1", 9)),
    "fork": os.fork,
    "spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
    "exec": lambda: os.execv("/bin/true", ["true"]),
    "kill": lambda: os.kill(os.getppid(), 0),
    "trace": lambda: called("ptrace", 16, os.getppid(), None, None),
    "another thread": lambda: threading.Thread(target=print).start(),
    "unlink": lambda: os.unlink("/tmp/onrecord-sandbox-test"),
    "io_uring": lambda: called("syscall", ctypes.c_long(425), 1, None),
}
for name, attempt in tries.items():
    try:
        attempt()
    except (OSError, RuntimeError) as error:
        print(name, "refused")
    else:
        print(name, "DONE")
print("ends")
"""


@LINUX
def test_a_confined_process_opens_no_file_and_no_connection_and_starts_nothing() -> None:
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as there:
        done = subprocess.run(
            [sys.executable, "-c", TRIES, str(ROOT), str(there.fileno())],
            pass_fds=[there.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    first, *lines, last = done.stdout.splitlines()
    assert (first, last) == ("True", "ends")
    assert len(lines) == 20
    assert [line for line in lines if not line.endswith(" refused")] == []


@LINUX
@pytest.mark.parametrize("by_itself", [True, False], ids=["by itself", "from what has loaded already"])
def test_what_a_sandbox_has_open_are_its_two_pipes(by_itself: bool) -> None:
    stem = None if by_itself else sandbox.new_stem()
    box = sandbox.Sandbox(sandbox.setup(Vocabularies(), sandbox.Limits()), stem=stem)
    try:
        process = Path("/proc") / str(box._process.pid)
        opened = sorted(os.readlink(file) for file in (process / "fd").iterdir())
        assert [name for name in opened if name != "/dev/null" and not name.startswith("pipe:")] == []
        assert len([name for name in opened if name.startswith("pipe:")]) == 2
        assert re.search(r"^Seccomp:\s+2$", (process / "status").read_text(), re.MULTILINE)
        assert re.search(r"^NoNewPrivs:\s+1$", (process / "status").read_text(), re.MULTILINE)
        assert len(list((process / "task").iterdir())) == 1, "threads that was before the filter would not have it"
        assert not {"HOME", "GITHUB_TOKEN", "PATH"} & {
            entry.partition("=")[0] for entry in (process / "environ").read_text().split("\0")
        }
    finally:
        box.close()
        if stem is not None:
            stem.close()


@LINUX
def test_sandboxes_load_what_they_need_once_and_end_with_what_they_were_begun_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begin_lightly(monkeypatch)
    told = sandbox.setup(Vocabularies(), sandbox.Limits())
    stem = sandbox.new_stem()
    assert stem is not None
    before = set(children())
    boxes = [sandbox.Sandbox(told, stem=stem) for _ in range(3)]
    assert len(set(children()) - before) == 1
    pids = [box._process.pid for box in boxes]
    os.kill(pids[0], signal.SIGKILL)
    assert boxes[0]._process.wait(60.0) == -signal.SIGKILL
    boxes[1].close()
    assert [Path(f"/proc/{pid}").exists() for pid in pids] == [False, False, True]
    stem.close()
    until = time.monotonic() + 60
    while is_running(pids[2]) and time.monotonic() < until:
        time.sleep(0.01)
    assert not is_running(pids[2])
    assert set(children()) == before
    for box in boxes:
        box.close()
    # Another is begun from a new one.
    with_new = sandbox.Sandbox(told, stem=stem)
    with_new.close()
    stem.close()


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def allows(program: bytes, architecture: int, number: int) -> bool:
    """Runs a filter on a call as the kernel does (linux/filter.h)."""
    steps = [struct.unpack_from("=HBBI", program, at) for at in range(0, len(program), 8)]
    data, loaded, at = {0: number, 4: architecture}, 0, 0
    while True:
        code, if_true, if_false, value = steps[at]
        at += 1
        if code == 0x20:
            loaded = data[value]
        elif code in (0x15, 0x35):
            at += if_true if (loaded == value if code == 0x15 else loaded >= value) else if_false
        else:
            return bool(value == 0x7FFF0000)


@pytest.mark.parametrize(("machine", "architecture"), [("x86_64", 0xC000003E), ("aarch64", 0xC00000B7)])
def test_a_filter_lets_through_what_is_listed_and_nothing_else(machine: str, architecture: int) -> None:
    program = confinement.program(machine)
    listed = set(confinement._ALLOWED[machine].values())
    assert {number for number in range(600) if allows(program, architecture, number)} == listed
    assert not allows(program, architecture ^ 1, min(listed))
    assert not allows(program, architecture, 0x40000000 | min(listed))
    # open, connect, execve, clone, ptrace, openat, socket as Linux numbers them.
    never = {2, 42, 59, 56, 101, 257, 41, 322} if machine == "x86_64" else {56, 203, 221, 220, 117, 198, 281, 437}
    assert not listed & never


@LINUX
def test_the_numbers_of_calls_are_the_kernel_s() -> None:
    header = Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")
    if not header.exists():
        pytest.skip("the kernel's headers are not on this machine")
    numbers = dict(re.findall(r"__NR_(\w+) (\d+)", header.read_text()))
    allowed = confinement._ALLOWED["x86_64"]
    assert {name: int(numbers[name]) for name in allowed} == allowed


def test_every_format_is_read_in_a_sandbox_as_it_is_outside(tmp_path: Path) -> None:
    vocabularies = Vocabularies(names=(Term("name", "Ines Okoro", "ines-okoro"),))
    finders = terms(vocabularies)
    for name, data in warm_up.samples():
        (tmp_path / name).write_bytes(data)
    # Every document of the examination is read in a sandbox by it; here the first of each format is compared.
    some = {path.suffix: path for path in sorted(DOCUMENTS.iterdir(), reverse=True)}.values()
    files = [(path.name, path) for path in (*some, *sorted(tmp_path.iterdir()))]
    found: dict[int, list[Record]] = {}
    for number, records in workers.records(files, vocabularies, jobs=1):
        found.setdefault(number, []).extend(records)
    for number, (name, path) in enumerate(files, start=1):
        read = partial(_packed_records, name, path.read_bytes(), finders)
        assert tuple(found[number]) == unpacked(outside.answer(partial(outside.reply, read=read))), name
        assert not any("broken and cannot be read" in each.refused for each in found[number]), name


def _packed_records(name: str, data: bytes, finders: Terms) -> bytes:
    return packed(record.of(name, data, finders))


def test_the_samples_of_the_formats_that_are_known_can_be_read() -> None:
    """What is warmed up with a document that is refused at once has not been warmed up."""
    finders = terms(Vocabularies())
    programs = outside.Installed((outside.TESSERACT, *outside.OLD_WORD), ("eng",))
    with outside.given(programs, warm_up.AnyOutput()):
        read = {name: record.of(name, data, finders) for name, data in warm_up.samples()}
    kinds = "txt html md eml pdf docx rtf odt epub mbox warc gz wacz zip msg dat doc png csv xlsx ods".split()
    assert {name.rpartition(".")[2] for name in read} == set(kinds)
    assert [each.source for records in read.values() for each in records if each.refused] == []


def begin_lightly(monkeypatch: pytest.MonkeyPatch, confined: str = "by nothing") -> None:
    """What reads begins without loading beforehand what it may not load later, in a tenth of the time; so it is confined by nothing."""
    light = "import onrecord.intake.warm_up as w; w.warm_up = lambda read: None; "
    light += f"import onrecord.intake.confinement as c; c.confine = lambda memory: {confined!r}; "
    monkeypatch.setattr(sandbox, "_PROGRAM", sandbox._PROGRAM.replace("from onrecord", f"{light}from onrecord"))


def test_a_reader_that_is_killed_takes_its_document_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_lightly(monkeypatch)
    files = {"a.txt": GOOD, "b.txt": SLOW, "c.txt": GOOD}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    reading = workers.LocalReading(sandbox.setup(Vocabularies(), sandbox.Limits()), jobs=1)
    stop = threading.Event()

    def kill_the_one_that_works_long() -> None:
        began: dict[int, float] = {}
        while not stop.wait(0.05):
            for box in list(reading._sandboxes._all):
                if box.answers == 1 and time.monotonic() - began.setdefault(id(box), time.monotonic()) > 0.8:
                    os.kill(box._process.pid, signal.SIGKILL)
                    return

    killer = threading.Thread(target=kill_the_one_that_works_long)
    killer.start()
    try:
        sources = [(name, tmp_path / name) for name in files]
        (_, first), (_, killed), (_, last) = workers.records(sources, Vocabularies(), reading=reading)
    finally:
        stop.set()
        killer.join()
        reading.close()
    assert first[0].title == last[0].title == "Marovia: Free the teachers now"
    assert "broke the program that reads it" in killed[0].refused


@pytest.mark.usefixtures("warm_reader")
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes memory from another process")
def test_a_small_document_that_unfolds_without_end_is_refused_before_the_machine_is_full(tmp_path: Path) -> None:
    doubling = next(shape for name, _, shape in packed_documents.shapes() if name == "pdf doubling")
    (tmp_path / "a.pdf").write_bytes(doubling(10_000))
    (tmp_path / "b.txt").write_bytes(GOOD)
    assert len(doubling(10_000)) < 20_000
    sources = [(name, tmp_path / name) for name in ("a.pdf", "b.txt")]
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    (_, unfolding), (_, good) = workers.records(sources, Vocabularies(), jobs=1)
    assert "took more memory than is allowed" in unfolding[0].refused
    assert good[0].title == "Marovia: Free the teachers now"
    # In kilobytes; of those that have ended.
    assert before > 700_000 or resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 700_000


def test_what_a_document_may_take_grows_with_its_size(tmp_path: Path) -> None:
    assert reading_memory.allowed(0) < 300 * 1024**2
    assert reading_memory.allowed(64 * 1024**2) > sandbox.MOST_MEMORY
    # A process that is gone, or may not be asked, is none that reads.
    reading_memory.limit(0x7FFFFFFF, 10)


def test_a_walk_that_is_left_early_leaves_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_lightly(monkeypatch)
    (tmp_path / "a.txt").write_bytes(GOOD)
    before = set(children())
    walk = workers.records([("a.txt", tmp_path / "a.txt")] * 400, Vocabularies(), jobs=2)
    next(walk)
    assert set(children()) - before
    walk.close()  # type: ignore[attr-defined]
    assert set(children()) - before == set()


def children() -> Iterator[int]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[1] == str(os.getpid()) and fields[0] != "Z":
            yield int(stat.parent.name)


def test_a_sandbox_that_does_not_start_is_said_and_no_document_is_refused_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "_PROGRAM", "raise SystemExit(1)")
    (tmp_path / "a.txt").write_bytes(GOOD)
    with pytest.raises(sandbox.NotStarted, match="does not start"):
        list(workers.records([("a.txt", tmp_path / "a.txt")], Vocabularies(), jobs=1))


def test_a_reader_that_has_no_room_says_so_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "full_reader.py").write_text(
        "def serve():\n    raise OSError(28, 'No space left on device', 'x.npz')\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(sandbox.NotStarted, match="does not start"):
        sandbox.Sandbox(sandbox.setup(Vocabularies(), sandbox.Limits()), serving="full_reader")
    (line,) = capfd.readouterr().err.splitlines()
    assert line == "The program that reads documents: [Errno 28] No space left on device: 'x.npz'"


def test_a_start_that_is_late_is_waited_for_and_ends_no_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_lightly(monkeypatch)
    late = f"import os, time; first = not os.path.exists({str(tmp_path / 'seen')!r}); open({str(tmp_path / 'seen')!r}, 'w').close(); "
    monkeypatch.setattr(sandbox, "_PROGRAM", f"{late}time.sleep(60 * first); {sandbox._PROGRAM}")
    monkeypatch.setattr(sandbox, "_START_SECONDS", 3.0)
    (tmp_path / "a.txt").write_bytes(GOOD)
    ((_, (read,)),) = workers.records([("a.txt", tmp_path / "a.txt")], Vocabularies(), jobs=1)
    assert not read.refused
    assert read.body


def test_a_sandbox_that_does_not_start_again_takes_its_document_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_lightly(monkeypatch)
    monkeypatch.setattr(sandbox, "CAN_FORK", False)
    seen = str(tmp_path / "seen")
    once = f"import os; assert not os.path.exists({seen!r}); open({seen!r}, 'w').close(); "
    monkeypatch.setattr(sandbox, "_PROGRAM", f"{once}{sandbox._PROGRAM}")
    monkeypatch.setattr(sandbox, "_DOCUMENTS", 1)
    monkeypatch.setattr(sandbox, "_PAUSE_SECONDS", 0.0)
    (tmp_path / "a.txt").write_bytes(GOOD)
    read = [each for _, (each,) in workers.records([("a.txt", tmp_path / "a.txt")] * 2, Vocabularies(), jobs=1)]
    assert not read[0].refused
    assert "Then import this file again" in read[1].refused


@pytest.mark.usefixtures("warm_reader")
@LINUX
def test_a_language_that_no_one_foresaw_and_a_missing_temporary_folder_refuse_no_document(tmp_path: Path) -> None:
    paragraph = GOOD.decode().replace("\n", " ")
    for tag in ("my", "ms", "ii", "yo", "haw"):
        page = f"<html lang={tag}><body><h1>Teachers</h1><p>၂၀၁၈ ဇန်နဝါရီ ၃ {paragraph}</p></body></html>"
        (tmp_path / f"{tag}.html").write_text(page, encoding="utf-8")
    burmese = "ဆရာများကို လွှတ်ပေးရန် အဖွဲ့က ယနေ့ ပြောကြားသည်။ " * 12
    (tmp_path / "letters.txt").write_text(f"၂၀၁၈ ဇန်နဝါရီ ၃\n\n{burmese}\n", encoding="utf-8")
    files = [(path.name, path) for path in sorted(tmp_path.iterdir())]
    read = [each for _, records in workers.records(files, Vocabularies(), jobs=1) for each in records]
    assert len(read) == len(files)
    assert [each.refused for each in read if "Error" in each.refused] == []


@pytest.mark.usefixtures("warm_reader")
@LINUX
def test_numbers_in_a_text_of_any_language_refuse_no_document(tmp_path: Path) -> None:
    """Whoever reads a document may open no table of a language by then."""
    for tag, release in RELEASES.items():
        text = f"{release.title}\n\n{release.first}\n\n{release.second} 1 234, 5.678 – 40.\n"
        (tmp_path / f"{tag}.txt").write_text(text, encoding="utf-8")
        page = f"<html lang={tag}-XX><body><h1>{release.title}</h1><p>{release.first}</p><p>{release.second} 40 · 5.678</p></body></html>"
        (tmp_path / f"{tag}.html").write_text(page, encoding="utf-8")
    files = [(path.name, path) for path in sorted(tmp_path.iterdir())]
    read = [each for _, records in workers.records(files, Vocabularies(), jobs=1) for each in records]
    assert len(read) == 2 * len(RELEASES)
    assert [(each.source, each.refused) for each in read if each.refused] == []


def test_a_fault_of_the_program_is_never_the_file_s() -> None:
    assert "fault of the program" in reading_faults.reason(PermissionError(1, "no", "my.dat"))
    assert (
        reading_faults.reason(ValueError("bad offset")) == "It is broken and cannot be read (ValueError: bad offset)."
    )


def test_where_nothing_confines_it_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_lightly(monkeypatch, confined="")
    (tmp_path / "a.txt").write_bytes(GOOD)
    lines: list[str] = []
    sources = [("a.txt", tmp_path / "a.txt")] * 3
    assert len(list(workers.records(sources, Vocabularies(), jobs=1, notice=lines.append))) == 3
    (line,) = lines
    assert "cannot keep the processes that read documents away from files" in line


def test_a_frame_is_whole_or_none() -> None:
    stream = io.BytesIO()
    frames.write_frame(stream, b"words")
    frames.write_frame(stream, b"")
    stream.seek(0)
    assert (frames.read_frame(stream, 5), frames.read_frame(stream, 0)) == (b"words", b"")
    for data, most in ((b"", 9), (struct.pack(">Q", 5) + b"word", 9), (struct.pack(">Q", 2**63) + b"x", 9)):
        with pytest.raises(EOFError):
            frames.read_frame(io.BytesIO(data), most)


@pytest.mark.usefixtures("warm_reader")
def test_names_that_are_not_utf8_reach_the_reader(tmp_path: Path) -> None:
    name = os.fsdecode(b"t\xffxt.txt")
    (tmp_path / "a").write_bytes(GOOD)
    ((_, (found,)),) = workers.records([(name, tmp_path / "a")], Vocabularies(), jobs=1)
    assert (found.source, found.refused) == (name, "")
    assert packed((found,))

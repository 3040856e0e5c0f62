"""What `serve` and `receive` give up, tried in a process that has given it up, and in one that it started."""

from __future__ import annotations

import json
import socket
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord import kernel
from onrecord.commands import least_rights

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import json, os, pathlib, socket, subprocess, sys
sys.path.insert(0, sys.argv[1])
from onrecord.commands import least_rights
own, other, port = pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]), int(sys.argv[4])
confined = least_rights.confine([own], own / "cache")
tried = '''
import json, os, pathlib, socket, sys
own, other, port = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
def does(act):
    try:
        act()
    except PermissionError:
        return False
    return True
def bound():
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
def resolved():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as opened:
        opened.sendto(b"x", ("127.0.0.1", port))
def spoken():
    with socket.socket(socket.AF_UNIX):
        pass
def pulled():
    import ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(0x4206, os.getppid(), 0, 0) != 0:  # PTRACE_SEIZE
        raise PermissionError
def linked():
    (own / "link").symlink_to(other)
    (own / "link" / "through").write_text("x")
print(json.dumps({
    "reads elsewhere": does(lambda: (other / "letter.txt").read_text()),
    "writes in its own": does(lambda: (own / "a.txt").write_text("x")),
    "moves in its own": does(lambda: ((own / "deep").mkdir(exist_ok=True), (own / "a.txt").rename(own / "deep" / "a.txt"))),
    "writes elsewhere": does(lambda: (other / "a.txt").write_text("x")),
    "changes elsewhere": does(lambda: (other / "letter.txt").write_text("x")),
    "deletes elsewhere": does(lambda: (other / "letter.txt").unlink()),
    "makes folders elsewhere": does(lambda: (other / "folder").mkdir()),
    "makes folders in shared memory": does(lambda: pathlib.Path("/dev/shm", f"onrecord-{os.getpid()}").mkdir()),
    "has a semaphore": does(lambda: __import__("multiprocessing").Semaphore()),
    "moves out": does(lambda: (own / "deep" / "a.txt").rename(other / "b.txt")),
    "writes through a link": does(linked),
    "connects": does(lambda: socket.create_connection(("127.0.0.1", port)).close()),
    "binds": does(bound),
    "sends a datagram": does(resolved),
    "speaks to another program": does(spoken),
    "looks into another process": does(pulled),
    "has a pair of sockets": does(lambda: [end.close() for end in socket.socketpair()]),
    "writes to nothing": does(lambda: open("/dev/null", "w").write("x")),
}))
'''
if confined:
    print(subprocess.run([sys.executable, "-c", tried, *sys.argv[2:]], capture_output=True, text=True, check=True).stdout)
"""


def test_it_writes_in_its_folders_alone_and_connects_to_nothing(tmp_path: Path) -> None:
    own, other = tmp_path / "own", tmp_path / "other"
    own.mkdir()
    other.mkdir()
    (other / "letter.txt").write_text("the only copy", encoding="utf-8")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        arguments = [str(ROOT), str(own), str(other), str(listening.getsockname()[1])]
        done = subprocess.run([sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True)
    if not done.stdout.strip():
        pytest.skip("this system has no Landlock")
    can = {what for what, does in json.loads(done.stdout).items() if does}
    assert can == {
        "reads elsewhere",
        "writes in its own",
        "has a semaphore",
        "moves in its own",
        "writes to nothing",
        "has a pair of sockets",
    }
    assert (other / "letter.txt").read_text("utf-8") == "the only copy"


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_refuses_what_it_lists_and_lets_all_else_run(machine: str) -> None:
    """The steps of the filter, followed as the kernel follows them (Linux: Documentation/networking/filter.rst)."""
    steps: list[tuple[int, int, int, int]] = list(struct.iter_unpack("=HBBI", least_rights.filter_steps(machine)))
    architecture = kernel._ARCHITECTURE[machine]

    def verdict(number: int, of: int = architecture) -> int:
        at, value = 0, 0
        while True:
            code, yes, no, operand = steps[at]
            if code == 0x06:
                return operand
            if code == 0x20:
                value = {0: number, 4: of}[operand]
                at += 1
                continue
            at += 1 + (yes if (value == operand if code == 0x15 else value >= operand) else no)

    refused = {*least_rights._REFUSED[machine], *least_rights._REFUSED_ON_BOTH}
    assert {number for number in range(600) if verdict(number) == kernel._REFUSE} == refused
    assert {verdict(number) for number in range(600) if number not in refused} == {kernel._ALLOW}
    assert verdict(0x40000001) == kernel._REFUSE
    assert verdict(0, of=0x40000003) == kernel._KILL  # i386

"""Content folders that a repository cannot hold well on every system: links, bytes that are not UTF-8, names that Windows refuses."""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Callable
from pathlib import Path

from tests.unit import disclosing_files

RELEASE = """---
title: Ferry crews ask for light
date: 2012-02-08
publisher: Harbour Watch
language: en
extent: full
---
The crews of the night ferry asked today for light on the pier.
"""
NAME = "2012-02-08-ferry-crews-ask-for-light.md"

Build = Callable[[Path], None]


def begin(folder: Path) -> None:
    """An archive without releases in `folder/content`."""
    (folder / "content" / "releases" / "2012").mkdir(parents=True)
    (folder / "content" / "archive.toml").write_text('title = "Harbour papers"\n', encoding="utf-8")


def put(content: Path, name: str, data: str | bytes = RELEASE) -> None:
    path = content / "releases" / "2012" / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)


def name_files(content: Path) -> None:
    """A release that publishes every file that is in `content/files` now, with its hash."""
    files = sorted(path for path in (content / "files").rglob("*") if path.is_file() and not path.is_symlink())
    entries = [
        f"  - file: {path.relative_to(content / 'files').as_posix()}\n    role: attachment\n    rights: All rights are ours.\n"
        f"    sha256: {hashlib.sha256(path.read_bytes()).hexdigest()}\n"
        for path in files
    ]
    put(
        content,
        NAME,
        RELEASE.replace("extent: full\n", f"extent: full\nfiles:\n{''.join(entries)}" if entries else "extent: full\n"),
    )


def a_link_to_a_file(content: Path) -> None:
    secret = content.parent / "secret.md"
    secret.write_text(RELEASE, encoding="utf-8")
    (content / "releases" / "2012" / NAME).symlink_to(secret)


def a_link_to_a_folder(content: Path) -> None:
    (content.parent / "elsewhere").mkdir()
    (content.parent / "elsewhere" / NAME).write_text(RELEASE, encoding="utf-8")
    (content / "releases" / "2013").symlink_to(content.parent / "elsewhere")


def a_link_to_nothing(content: Path) -> None:
    (content / "releases" / "2012" / NAME).symlink_to("nowhere.md")


def a_link_in_place_of_an_original(content: Path) -> None:
    (content.parent / "secret.txt").write_text("The names of the crews.\n", encoding="utf-8")
    (content.parent / "kept").mkdir()
    (content.parent / "kept" / "list.txt").write_text("The names of the ferries.\n", encoding="utf-8")
    (content / "files").mkdir()
    (content / "files" / "letter.txt").symlink_to(content.parent / "secret.txt")
    (content / "files" / "kept").symlink_to(content.parent / "kept")
    os.mkfifo(content / "files" / "pipe.txt")
    files = "".join(
        f"  - file: {name}\n    role: original\n    rights: All\n" for name in ("letter.txt", "kept/list.txt")
    )
    put(content, NAME, RELEASE.replace("extent: full\n", f"extent: full\nfiles:\n{files}"))


def a_link_in_place_of_a_vocabulary(content: Path) -> None:
    put(content, NAME)
    (content / "topics.toml").symlink_to("/etc/hostname")


def a_link_in_place_of_the_releases(content: Path) -> None:
    (content / "releases" / "2012").rmdir()
    (content / "releases").rmdir()
    (content.parent / "elsewhere").mkdir()
    (content.parent / "elsewhere" / NAME).write_text(RELEASE, encoding="utf-8")
    (content / "releases").symlink_to(content.parent / "elsewhere")


def a_pipe_and_a_socket(content: Path) -> None:
    os.mkfifo(content / "releases" / "2012" / "2012-02-08-pipe.md")
    with socket.socket(socket.AF_UNIX) as end:
        before = os.getcwd()
        os.chdir(content / "releases" / "2012")  # the path of a socket may have about a hundred bytes
        try:
            end.bind("2012-02-08-socket.md")
        finally:
            os.chdir(before)


def a_folder_called_like_a_release(content: Path) -> None:
    (content / "releases" / "2012" / NAME).mkdir()
    (content / "releases" / "2012" / NAME / "inside.txt").write_text("", encoding="utf-8")


def not_utf_8(content: Path) -> None:
    put(content, "2012-02-08-latin-1.md", RELEASE.replace("ferry asked", "ferry Zoë asked").encode("latin-1"))
    put(content, "2012-02-08-cut.md", RELEASE.encode() + "…".encode()[:2])
    put(content, "2012-02-08-overlong.md", RELEASE.encode() + b"\xc0\xaf\n")
    put(content, "2012-02-08-surrogate.md", RELEASE.encode() + b"\xed\xa0\x80\n")
    put(content, "2012-02-08-utf-16.md", RELEASE.encode("utf-16"))
    (content / "topics.toml").write_bytes(b'[[topic]]\nlabel = "\xe9"\n')


def control_characters(content: Path) -> None:
    put(content, "2012-02-08-nul.md", RELEASE.replace("night", "night\0"))
    put(content, "2012-02-08-escape.md", RELEASE.replace("night", "\x1b[31mnight"))
    put(content, "2012-02-08-title.md", RELEASE.replace("Ferry", "Fer\x08ry"))
    put(content, "2012-02-08-next-line.md", RELEASE.replace("Ferry crews", "Ferry\x85crews"))


def names_that_differ_only_in_case(content: Path) -> None:
    put(content, "2012-02-08-Ferry.md")
    put(content, "2012-02-08-ferry.md")


def names_that_differ_only_in_unicode_form(content: Path) -> None:
    put(content, "2012-02-08-caf\u00e9.md")
    put(content, "2012-02-08-cafe\u0301.md")


def names_that_some_systems_cannot_hold(content: Path) -> None:
    for name in (
        "con",
        "aux.ferry",
        "2012-02-08-a?b",
        "2012-02-08-a:b",
        "2012-02-08-a<b>",
        '2012-02-08-a"b',
        "2012-02-08-a|b",
        "2012-02-08-a*b",
    ):
        put(content, f"{name}.md")
    for name in (
        "2012-02-08-a\\b",
        "2012-02-08-#",
        "2012-02-08-100%",
        "2012-02-08-new\nline",
        "2012-02-08-" + "long-" * 45,
    ):
        put(content, f"{name}.md")
    put(content, "2012-02-08-dot.md.")
    put(content, "2012-02-08-space.md ")


def names_that_do_not_belong_in_an_address(content: Path) -> None:
    for name in (
        "with spaces",
        "it's",
        "no-break\u00a0space",
        "rtl\u202e",
        "zero\u200bwidth",
        "smile\U0001f600",
        "semi;colon",
        "a&b",
    ):
        put(content, f"2012-02-08-{name}.md")


def a_name_that_is_not_utf_8(content: Path) -> None:
    with open(os.path.join(os.fsencode(content), b"releases/2012/2012-02-08-\xff.md"), "wb") as file:
        file.write(RELEASE.encode())


def a_folder_whose_name_is_not_utf_8(content: Path) -> None:
    folder = os.path.join(os.fsencode(content), b"releases/\xff")
    os.mkdir(folder)
    with open(os.path.join(folder, NAME.encode()), "wb") as file:
        file.write(RELEASE.encode())


def too_large(content: Path) -> None:
    put(content, NAME, RELEASE + "All of it is known.\n\n" * 110_000)


def a_byte_order_mark(content: Path) -> None:
    put(content, NAME, b"\xef\xbb\xbf" + RELEASE.encode())


def line_ends_of_windows(content: Path) -> None:
    put(content, NAME, RELEASE.replace("\n", "\r\n"))
    (content / "archive.toml").write_bytes(b'\xef\xbb\xbftitle = "Harbour papers"\r\n')


def line_ends_of_old_macintoshes(content: Path) -> None:
    put(content, NAME, RELEASE.replace("\n", "\r"))


def names_of_every_script(content: Path) -> None:
    put(content, "2012-02-08-مطالبة-بالإنارة.md")


def hidden_files_and_drafts_of_editors(content: Path) -> None:
    put(content, NAME)
    put(content, "._" + NAME, b"\x00\x05\x16\x07")
    put(content, "_template.md", "not a release")
    put(content, ".DS_Store", b"\x00\x00\x00\x01Bud1")


def no_final_line_end(content: Path) -> None:
    put(content, NAME, RELEASE.rstrip("\n"))


def redactions_in_every_text(content: Path) -> None:
    mark = "[[redacted: a name]]"
    front = f'subtitle: "Asked of {mark}"\nquotations:\n  - speaker: "{mark}, of the night ferry"\n    text: "We asked {mark} for light"\n'
    notes = f"notes: |\n  Ask {mark}, or [the desk](mailto:desk@example.org).\n"
    body = f"> “We asked {mark} for light,” said {mark}.\n\n- {mark}, {mark}\n- **{mark}**\n- [[redacted:   an   address  ]]\n"
    put(content, NAME, RELEASE.replace("---\nThe", f"{front}{notes}---\nThe") + f"\n{body}")


def words_like_redactions(content: Path) -> None:
    body = (
        "The list was [redacted] by the office; a [redacted: by the ministry] copy exists. Redacted: two names [sic]."
    )
    put(content, NAME, f"{RELEASE}\n{body}\n\nA redactor’s note [[1]](#p1).\n")


def files_that_give_somebody_away(content: Path) -> None:
    put(content, NAME)
    for name, data in (
        ("roof/photograph.jpg", disclosing_files.photograph()),
        ("letter.docx", disclosing_files.word()),
        ("notice.pdf", disclosing_files.pdf()),
        ("cut-off.png", disclosing_files.png()[:40]),
        ("film.mp4", b"\0\0\0\x18ftypmp42" + bytes(40)),
        ("clean.jpg", disclosing_files.jpeg()),
    ):
        path = content / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    name_files(content)
    (content / "files" / "not-named.docx").write_bytes(disclosing_files.word())
    (content / "files" / "elsewhere.jpg").symlink_to("/etc/hostname")


BAD: list[Build] = [
    files_that_give_somebody_away,
    a_link_to_a_file,
    a_link_to_a_folder,
    a_link_to_nothing,
    a_link_in_place_of_an_original,
    a_link_in_place_of_a_vocabulary,
    a_link_in_place_of_the_releases,
    a_pipe_and_a_socket,
    a_folder_called_like_a_release,
    not_utf_8,
    control_characters,
    names_that_differ_only_in_case,
    names_that_differ_only_in_unicode_form,
    names_that_some_systems_cannot_hold,
    names_that_do_not_belong_in_an_address,
    a_name_that_is_not_utf_8,
    a_folder_whose_name_is_not_utf_8,
    too_large,
]
GOOD: list[Build] = [
    a_byte_order_mark,
    line_ends_of_windows,
    line_ends_of_old_macintoshes,
    names_of_every_script,
    hidden_files_and_drafts_of_editors,
    no_final_line_end,
    redactions_in_every_text,
    words_like_redactions,
]

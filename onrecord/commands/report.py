"""`build.py report`: what a change does to the archive, in Markdown, for the person who decides about it.

With --base it names the releases that the work tree adds, changes, withdraws or removes against a commit, with open questions and texts
that stand in the archive already. With --site it holds a built site against the limits of GitHub Pages.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from onrecord import problems, publish, read, routes
from onrecord.check import duplicates
from onrecord.check.duplicates import SameText
from onrecord.command import Progress, WrongUse
from onrecord.commands import loading
from onrecord.commands.history import Git
from onrecord.load import Loaded, paragraphs
from onrecord.model import Card, Checked, Items, Node, Scalar, Source, Table
from onrecord.plural import counted

# https://docs.github.com/pages/getting-started-with-github-pages/github-pages-limits (a site) and
# https://docs.github.com/repositories/working-with-files/managing-large-files (a file), both in powers of ten to be safe.
MOST_SITE = 1_000_000_000
MOST_FILE = 100_000_000
_NEARLY_FULL = 0.8
_MOST_LISTED = 50
_LONGEST = 200
_MOST_NAMED = 10
_KEEP = (
    "In its record, `url` in place of `file` says where; the hash, which is its name here, shows that it is the same."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--base", default="", metavar="COMMIT", help="the commit to compare with: origin/main")
    parser.add_argument("--site", type=Path, default=None, metavar="D", help="a built site to be weighed")
    loading.add_arguments(parser)


def run(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Prints the report; 1 where the site is larger than GitHub Pages takes, else 0: problems of the content are `check`'s."""
    if not args.base and args.site is None:
        raise WrongUse("There is nothing to report. Name a commit with --base, or a built site with --site.")
    fits = True
    if args.base:
        git = Git(args.content)
        commit = git.fork_point(args.base)
        with loading.loaded(args, err) as content:
            with Progress(err).stage("compare"):
                changes = change(git, commit, content, args.content)
            out.write(changes)
    if args.site is not None:
        text, fits = weight(args.site)
        out.write(text)
    return 0 if fits else 1


# ---- what a change does ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReleaseChange:
    """A release file before and after a change; None where it was not there or cannot be read. Paths are below the content folder."""

    path: str
    before: Source | None
    after: Source | None
    earlier_path: str = ""


def change(git: Git, commit: str, content: Loaded, folder: Path) -> str:
    """The report, in Markdown, on everything that differs between a commit and the work tree, whose content folder holds `content`.

    Raises WrongUse where git fails.
    """
    inside, outside = git.changed(commit)
    versions = _versions(git, commit, folder, inside)
    added = [version for version in versions if version.before is None and version.after is not None]
    removed = [version for version in versions if version.after is None]
    changed = [version for version in versions if version.before is not None and version.after is not None]
    listed = {file.path: file for file in content.checked if file.listed is not None}
    lines = ["## What this changes", ""]
    lines += _sentence(added, changed, removed, inside, outside)
    lines += _verdict(content)
    if added:
        copies = _copies(frozenset(version.path for version in added), content)
        lines += ["### Added", ""]
        for version in _first_versions(added, lines):
            lines += _added(version, listed.get(version.path), content, copies.get(version.path, []))
        lines.append("")
    if changed:
        lines += ["### Changed", ""]
        for version in _first_versions(changed, lines):
            lines += _changed(version)
        lines.append("")
    if removed:
        lines += [
            "### Removed",
            "",
            "Their addresses would lead nowhere, and so would links and citations. To take a release back, keep its file with "
            "`status: withdrawn` and a `reason`.",
            "",
        ]
        lines += [
            f"- {_title(version.before)} ({_code(version.path)})" for version in _first_versions(removed, lines)
        ] + [""]
    drafts = (file for file in content.checked if isinstance(file.listed, Card) and file.listed.status == "draft")
    questions = sum(len(content.text(file).review) for file in drafts)
    if questions:
        lines += [f"### Open questions in the whole archive: {questions}", ""]
    return "\n".join(lines) + "\n"


def _sentence(
    added: list[ReleaseChange],
    changed: list[ReleaseChange],
    removed: list[ReleaseChange],
    inside: list[str],
    outside: list[str],
) -> list[str]:
    withdrawn = sum(_status(version.after) == "withdrawn" != _status(version.before) for version in changed)
    counts = [
        (len(added), "added"),
        (len(changed) - withdrawn, "changed"),
        (withdrawn, "withdrawn"),
        (len(removed), "removed"),
    ]
    changes = ", ".join(f"{count} {what}" for count, what in counts if count) or "none"
    lines = [f"**Releases:** {changes}."]
    others = [path for path in inside if not read.is_release(path)]
    if others:
        lines.append(
            f"**Other files of the archive:** {', '.join(_code(path) for path in others[:10])}{_more(others, 10)}."
        )
    if outside:
        lines.append(
            f"**Outside the archive ({len(outside)}):** {', '.join(_code(path) for path in outside[:10])}{_more(outside, 10)}. "
            "These change the program or how it is run."
        )
    return ["  \n".join(lines), ""]


def _verdict(content: Loaded) -> list[str]:
    if not content.problems:
        return ["The check finds nothing wrong.", ""]
    return [f"The check finds {problems.summary(content.problems)}.", ""]


def _first_versions(versions: list[ReleaseChange], lines: list[str]) -> list[ReleaseChange]:
    if len(versions) > _MOST_LISTED:
        lines += [f"The first {_MOST_LISTED} of {len(versions):,}:", ""]
    return versions[:_MOST_LISTED]


def _added(
    version: ReleaseChange, file: Checked | None, content: Loaded, copies: list[tuple[Checked, SameText]]
) -> list[str]:
    fields = version.after.fields if version.after else Table((), 1, 1)
    listed = file.listed if file else None
    facts = [
        listed.date.in_words() if listed else fields.text("date"),
        (listed.publisher or "publisher not stated") if listed else fields.text("publisher"),
        fields.text("reference"),
        fields.text("extent"),
        fields.text("status") or "published",
    ]
    lines = [
        f"- **{_title(version.after)}**: {', '.join(_plain(fact) for fact in facts if fact)} ({_code(version.path)})"
    ]
    if file is None or listed is None:
        lines.append("  - It has errors; they are beside its lines.")
        return lines
    for question in content.text(file).review if isinstance(listed, Card) else ():
        evidence = f" ({_plain(question.evidence)})" if question.evidence else ""
        lines.append(f"  - Open question on {_code(question.field)}: {_plain(question.question)}{evidence}")
    for sibling, same in copies:
        verdict = "as `same_text_as` says" if same.declared else "**and `same_text_as` does not say so**"
        title = _plain(sibling.listed.title) if sibling.listed else "Untitled"
        lines.append(f"  - {same.share:.0%} of the shorter text is also in {title} ({_code(sibling.path)}), {verdict}.")
    return lines


def _changed(version: ReleaseChange) -> list[str]:
    before, after = version.before, version.after
    if before is None or after is None:
        return []
    lines = [f"- **{_title(after)}** ({_code(version.path)})"]
    if version.earlier_path:
        lines.append(f"  - Moved from {_code(version.earlier_path)}.")
    keys = dict.fromkeys(key.text for table in (before.fields, after.fields) for key, _ in table.entries)
    for key in keys:
        old, new = _text(before.fields.get(key)), _text(after.fields.get(key))
        if old != new:
            lines.append(f"  - {_code(key)}: {_plain(old) or 'nothing'} → {_plain(new) or 'nothing'}")
    if before.body != after.body:
        old_words, new_words = len(before.body.split()), len(after.body.split())
        lines.append(f"  - Its text was changed; it had {old_words:,} words and has {new_words:,}.")
        if _status(after) == "published":
            lines.append(
                "  - Its status is still `published`; where a reader should know, say `corrected` with a `reason`."
            )
    return lines


def _copies(added: frozenset[str], content: Loaded) -> dict[str, list[tuple[Checked, SameText]]]:
    """For the path of each added release: the others that carry the same text, in the order of their paths."""
    files = {file.path: file for file in content.checked}
    copies: dict[str, list[tuple[Checked, SameText]]] = {}
    for same in duplicates.same_texts(content.checked, added, paragraphs(content)):
        for path, sibling_path in ((same.path, same.other_path), (same.other_path, same.path)):
            if path in added:
                copies.setdefault(path, []).append((files[sibling_path], same))
    return {path: sorted(of_path, key=lambda copy: copy[0].path) for path, of_path in copies.items()}


# ---- before and after ------------------------------------------------------------------------------------------------------------


def _versions(git: Git, commit: str, content: Path, paths: list[str]) -> list[ReleaseChange]:
    """The release files among `paths`, before and after. A file that only moved to another folder is one that changed."""
    versions: dict[str, ReleaseChange] = {}
    for path in filter(read.is_release, paths):
        data = git.data(commit, path)
        file = content / path
        there = file.is_file() and not file.is_symlink()
        versions[path] = ReleaseChange(path, _source(path, data), _source(path, file.read_bytes() if there else None))
    gone = {
        _stem(version.path): version
        for version in versions.values()
        if version.after is None and version.before is not None
    }
    for path, version in list(versions.items()):
        earlier = gone.get(_stem(path))
        if version.before is None and version.after is not None and earlier is not None:
            versions[path] = ReleaseChange(path, earlier.before, version.after, earlier.path)
            del versions[earlier.path]
    return sorted(
        (version for version in versions.values() if version.before or version.after), key=lambda version: version.path
    )


def _source(path: str, data: bytes | None) -> Source | None:
    """The Source of a file; one without any fields where it cannot be read, which `check` says."""
    if data is None:
        return None
    source = read.source(read.FileData(path, data))
    return source if isinstance(source, Source) else Source(path, Table((), 1, 1), "", 1, "")


def _stem(path: str) -> str:
    return path.rpartition("/")[2]


def _status(source: Source | None) -> str:
    return source.fields.text("status") if source else ""


# ---- Markdown ---------------------------------------------------------------------------------------------------------------------


def _title(source: Source | None) -> str:
    return _plain(source.fields.text("title") if source else "") or "Untitled"


def _text(node: Node | None) -> str:
    """The values below a key on one line."""
    if node is None:
        return ""
    if isinstance(node, Scalar):
        return " ".join(node.text.split())
    if isinstance(node, Items):
        return "; ".join(_text(item) for item in node.nodes)
    return ", ".join(f"{key.text}: {_text(value)}" for key, value in node.entries if _text(value))


def _plain(text: str) -> str:
    """Text as text in GitHub's Markdown: no markup, no link, nobody mentioned, nothing invisible, and not too much of it."""
    text = "".join(char if char.isprintable() else "\ufffd" for char in text)
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rstrip() + "…"
    text = re.sub(r"([\\`*_{}\[\]()#+.!|~:$-])", r"\\\1", html.escape(text, quote=False))
    return re.sub(r"([@/])", lambda match: f"&#{ord(match[1])};", text)


def _code(text: str) -> str:
    """Text as code; a backtick, which would end it, is shown as an apostrophe."""
    return "`" + "".join(char if char.isprintable() else "\ufffd" for char in text).replace("`", "'") + "`"


def _more(items: list[str], listed: int) -> str:
    return f" and {len(items) - listed:,} more" if len(items) > listed else ""


# ---- what a site weighs ----------------------------------------------------------------------------------------------------------


def weight(site: Path) -> tuple[str, bool]:
    """A paragraph on the size of a built site, and whether GitHub Pages takes it: 1 GB altogether, 100 MB a file."""
    files = sorted(
        (path.stat().st_size, path.relative_to(site).as_posix()) for path in site.rglob("*") if path.is_file()
    )
    if not any(name == "index.html" for _, name in files):
        return f"## Size\n\nThere is no site in {_code(site.as_posix())}: it was not built.\n", True
    total = sum(size for size, _ in files)
    largest, name = files[-1]
    lines = [
        "## Size",
        "",
        f"{len(files):,} files, {_megabytes(total)} altogether; GitHub Pages takes {_megabytes(MOST_SITE)}. "
        f"The largest file is {_code(name)} with {_megabytes(largest)}; {_megabytes(MOST_FILE)} are allowed.",
        "",
    ]
    manifest = site / publish.MANIFEST
    if manifest.is_file():
        lines += [
            f"SHA-256 of {_code(publish.MANIFEST)}: {_code(hashlib.sha256(manifest.read_bytes()).hexdigest())}",
            "",
        ]
    heavy = [(size, path) for size, path in reversed(files) if size > MOST_FILE]
    lines += [
        f"- **Too large:** {_code(path)} has {_megabytes(size)}. {_KEEP if routes.is_original(path) else 'Divide it, or leave it out.'}"
        for size, path in heavy
    ]
    lines += _of_originals(files, total)
    if total > MOST_SITE:
        lines.append(
            "- **Too large:** the whole site. It has to be published elsewhere, or divided into several archives."
        )
    elif total > _NEARLY_FULL * MOST_SITE:
        lines.append(
            "- The site is near the limit. Think of another place for it, or of dividing it, before it is reached."
        )
    return "\n".join(lines).rstrip() + "\n", not heavy and total <= MOST_SITE


def _of_originals(files: list[tuple[int, str]], total: int) -> list[str]:
    """What the originals weigh, and which to keep elsewhere where the site has no room for all; `files` are (size, path), sorted."""
    originals = [(size, path) for size, path in reversed(files) if routes.is_original(path)]
    if not originals:
        return []
    weight = sum(size for size, _ in originals)
    lines = [f"- Originals and attachments: {counted(len(originals), 'file')}, {_megabytes(weight)}."]
    packed = [(size, path) for size, path in files if path.endswith(".zip") and "/" not in path]
    lines += [
        f"- The packed copy {_code(path)} holds them a second time ({_megabytes(size)}). It can be left out: `offline_copy = false`."
        for size, path in packed
        if total > _NEARLY_FULL * MOST_SITE
    ]
    surplus = total - int(_NEARLY_FULL * MOST_SITE)
    elsewhere: list[tuple[int, str]] = []
    for size, path in originals:
        if sum(size for size, _ in elsewhere) >= surplus:
            break
        elsewhere.append((size, path))
    if elsewhere:
        some = ", ".join(f"{_code(path)} ({_megabytes(size)})" for size, path in elsewhere[:_MOST_NAMED])
        lines.append(
            f"- To have room again, keep elsewhere: {some}{_more([path for _, path in elsewhere], _MOST_NAMED)}. {_KEEP}"
        )
    return lines


def _megabytes(size: int) -> str:
    if size >= 1_000_000_000:
        return f"{size / 1_000_000_000:.3g} GB"
    return f"{size / 1_000_000:.{0 if size >= 10_000_000 else 1}f} MB"

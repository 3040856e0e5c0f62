"""Files that records name, held against those that are there: nothing goes out that is not the file whose hash the record gives."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from onrecord.check.relations import Files
from onrecord.model import MeasuredFile, NamedFile, Problem

_UNUSED = "No release names this file, so it is not published. Name it under “files” of its release, or remove it."


def attachments(
    files: Files, measured: Mapping[str, MeasuredFile], previews: Mapping[str, str], refused: Collection[str] = ()
) -> list[Problem]:
    """The Problems between release files and the files in `content/files/`.

    `measured` are the files by their path below that folder, `previews` the path of each preview by the SHA-256 of the file that it
    shows, `refused` the paths of files that are there and may not be (they have their own Problem).
    """
    problems = set()
    named = set()
    redacted = {name.sha256: file.path for file in files.named for name in file.outline.files if name.is_redacted}
    for file in files.named:
        for name in file.outline.files:
            named.add(name.path)
            there = measured.get(name.path)
            if there is None:
                if f"files/{name.path}" not in refused:
                    hint = files.hints(name.path, measured)
                    message = f"“{name.path}” is not in content/files/.{hint} Put the file there, or correct the name."
                    problems.add(Problem(*name.place, "no-file", message, path=file.path))
                continue
            problems |= {problem.in_file(file.path) for problem in _of_file(name, there)}
            if name.is_published and there.sha256 in redacted:
                message = (
                    f"“{name.path}” is also named by {redacted[there.sha256]}, which has words taken out, and would show them. Take out "
                    "its “rights” here; the page then names the file and its hash only."
                )
                problems.add(Problem(*name.place, "redacted-file", message, path=file.path))
    if any(file.listed is None for file in files.checked):
        return sorted(problems)  # what cannot be read may name any of the others
    for path, there in measured.items():
        if path not in named:
            problems.add(Problem(1, 1, "unnamed-file", _UNUSED, "warning", path=f"files/{there.path}"))
    hashes = {there.sha256 for there in measured.values()}
    for sha256, path in previews.items():
        if sha256 not in hashes:
            message = "This is the preview of no file that is here. Remove it."
            problems.add(Problem(1, 1, "unnamed-file", message, "warning", path=f"files/{path}"))
    return sorted(problems)


def _of_file(name: NamedFile, there: MeasuredFile) -> Iterator[Problem]:
    if not name.sha256:
        message = f"“{name.path}” has no “sha256”, which shows for good that it is the same file. It is: sha256: {there.sha256}"
        yield Problem(*name.sha256_place, "missing", message)
    elif name.sha256 != there.sha256:
        message = (
            f"The hash is not that of “{name.path}”. The file there has {there.sha256}. If it was exchanged on purpose, write that; "
            "if not, bring the right file back."
        )
        yield Problem(*name.sha256_place, "file-hash", message)
    if not name.is_published:
        return
    if there.refused:
        message = (
            f"“{name.path}” cannot be published. {there.refused} Without “rights” the page names it and its hash only."
        )
        yield Problem(*name.place, "file-type", message)

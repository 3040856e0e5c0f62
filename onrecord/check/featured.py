"""The release that archive.toml chooses for the front page."""

from __future__ import annotations

from onrecord.check.relations import Files
from onrecord.model import Card, Problem


def featured(slug: str, files: Files) -> Problem | None:
    """What is wrong with the slug of the release that the front page opens with; None where it is well. Its place is the caller's to say.

    A draft or a withdrawn release is a warning alone: the front page then goes by its own rule, and no withdrawal waits for archive.toml.
    """
    if slug in files.broken:
        return None
    if slug not in files.by_slug:
        message = f"“featured” names “{slug[:120]}”, and there is no such release.{files.hints(slug, files.by_slug)}"
        return Problem(1, 1, "bad-featured", f"{message} Write the name of its file without .md, or leave it empty.")
    _, listed = files.by_slug[slug]
    if isinstance(listed, Card) and listed.status != "draft":
        return None
    state = "a draft" if isinstance(listed, Card) else "withdrawn"
    message = (
        f"“featured” names “{slug}”, which is {state}, so the front page opens with the newest release that quotes somebody. "
        "Name another release, or leave it empty."
    )
    return Problem(1, 1, "bad-featured", message, "warning")

"""Where links lead: to releases, to their paragraphs, and to pages of the site. No page is made for it: whether an address exists is
asked of whoever knows the plan of the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from onrecord.check.relations import Files
from onrecord.model import Article, Card, Checked, Link, Problem

Exists = Callable[[str, bool], bool]
"""(path of a page below the top of the site, drafts shown) → whether the site has it."""

_PART = re.compile(r"p[0-9]+\.[0-9]+|h[0-9]+")


def links(files: Files, articles: Iterable[tuple[Article, tuple[Link, ...]]], exists: Exists) -> list[Problem]:
    """The Problems of links, each at its own line and column.

    `articles` are the archive's own pages with the links of their texts; `exists` is asked only where a text links to a page.
    """
    linking = [
        (file.path, file.outline.links, file, listed.status == "draft")
        for file, listed in files.listed
        if isinstance(listed, Card)
    ]
    problems = set()
    for path, of_file, file, draft in (*linking, *((article.path, links, None, False) for article, links in articles)):
        for link in of_file:
            message = _broken(link, files, exists, file, draft)
            if message:
                problems.add(Problem(link.line, link.column, "broken-link", message, path=path))
    return sorted(problems)


def _broken(link: Link, files: Files, exists: Exists, file: Checked | None, draft: bool) -> str:
    """What is wrong with a link, or an empty text. `file` is the release file it stands in; `draft` is true where that is not on the
    site."""
    target = link.target
    if target.kind in ("elsewhere", "file"):
        return ""
    if target.kind in ("page", "article"):
        return _no_page(link, target.slug if target.kind == "page" else f"{target.slug}.html", exists, draft)
    if target.kind == "release":
        if target.slug in files.broken:
            return ""
        if target.slug not in files.by_slug:
            if link.written.partition("#")[0].partition("?")[0].endswith(".html"):
                # releases/index.html is no release, and a page all the same.
                return _no_page(link, f"releases/{target.slug}.html", exists, draft)
            hint = files.hints(target.slug, files.by_slug)
            return f"The link leads to “{link.written}”, and there is no such release.{hint}"
        file, listed = files.by_slug[target.slug]
        if not isinstance(listed, Card):
            return ""
        if listed.status == "draft" and not draft:
            return f"The link leads to “{link.written}”, which is a draft and not on the site. Publish it first, or remove the link."
    number = re.fullmatch("p([0-9]+)", target.fragment)
    if number and file and (len(number[1]) > 9 or int(number[1]) > file.outline.paragraphs):
        return f"The link leads to paragraph {number[1]}; the text there has {file.outline.paragraphs}."
    if file and _PART.fullmatch(target.fragment) and target.fragment not in file.outline.parts:
        return f"The link leads to #{target.fragment}, and the text there has no such item, row or heading."
    return ""


def _no_page(link: Link, path: str, exists: Exists, draft: bool) -> str:
    return "" if exists(path, draft) else f"The link leads to “{link.written}”, and the site has no page {path}."

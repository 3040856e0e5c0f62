"""What may stand in HTML that came of somebody's Markdown, told by a parser and not by the code under test."""

from __future__ import annotations

import re
from html.parser import HTMLParser

TAGS = frozenset(
    "a blockquote br code del div em h2 h3 h4 h5 h6 hr img li ol p pre span strong sup table tbody td th thead tr ul".split()
)
# A picture is a file of the content, whose address and size the page puts in.
IMAGE = frozenset(["src", "alt", "title"])
LEADS_ELSEWHERE = re.compile(r"[\s\x00-\x1f]*(?:[a-z][a-z0-9+.-]*:|[/\\])", re.IGNORECASE)
ATTRIBUTES = frozenset(["href", "rel", "id", "class", "start", "title"])
# A whole address, a mail address, a place on the page, or a page of the site itself; nothing that a browser resolves to another host.
HREF = re.compile(r"(?:https?://|mailto:|#|(?![\\/ ])(?![^/]*:)[^\x00-\x1f]*\.html)", re.IGNORECASE)
# Ids and classes are the page's own: a body that could choose them could take the place of a notice, or hide it.
ID = re.compile(r"[pn][0-9]+(?:\.[0-9]+)?|n?h[0-9]+|fn(?:ref)?[0-9]*-.+")
CLASSES = frozenset(["footnote", "footnote-ref", "footnote-backref", "omission", "redacted", "center", "end"])


class _Watch(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.findings: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.findings.append(f"<{tag}>")
        for name, value in attrs:
            if name not in (IMAGE if tag == "img" else ATTRIBUTES):
                self.findings.append(f"<{tag} {name}={value}>")
            elif tag == "img" and name == "src" and LEADS_ELSEWHERE.match(value or ""):
                self.findings.append(f"<img src={value}>")
            elif name == "href" and not HREF.match(value or ""):
                self.findings.append(f"<{tag} href={value}>")
            elif (name == "id" and not ID.fullmatch(value or "")) or (name == "class" and value not in CLASSES):
                self.findings.append(f"<{tag} {name}={value}>")

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_decl(self, decl: str) -> None:
        self.findings.append(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        self.findings.append(f"<![{data}]>")

    def handle_comment(self, data: str) -> None:
        self.findings.append(f"<!--{data}-->")

    def handle_pi(self, data: str) -> None:
        self.findings.append(f"<?{data}>")


def dangers(html: str) -> list[str]:
    """Everything in a fragment of HTML that a body may not hold."""
    watch = _Watch()
    watch.feed(html)
    watch.close()
    return watch.findings


def text(html: str) -> str:
    """The text of a fragment of HTML, as a reader sees it."""
    watch = _Watch()
    watch.feed(html)
    watch.close()
    return "".join(watch.text)

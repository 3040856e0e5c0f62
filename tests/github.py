"""What GitHub shows of a Markdown text: cmark-gfm, GitHub's own converter, as the judge of ours."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote

import cmarkgfm
from cmarkgfm.cmark import Options

BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 pre blockquote ul ol li hr div section table thead tbody tr th td br".split())


def preview(text: str) -> str:
    """The HTML of GitHub's converter, before GitHub's own sanitiser, with the marks of notes in brackets, as ours are."""
    html: str = cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_FOOTNOTES | Options.CMARK_OPT_UNSAFE)
    return re.sub(r"(<a [^>]*data-footnote-ref>)([0-9]+)(?=</a></sup>)", r"\1[\2]", html)


class _Reader(HTMLParser):
    """HTML as a list of tags and runs of words: without ids, classes, white space between blocks, links back from notes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.kept: list[str] = []
        self.inside_pre = 0
        self.hidden = 0
        self.note_depth = 0
        self.last_was_block = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        name = values.get("class", "")
        if self.hidden or (tag == "a" and "footnote-backref" in name):
            self.hidden += tag not in ("br", "hr", "input")
            return
        if tag == "span" or (tag == "hr" and self.note_depth == 1):
            return
        if tag in ("section", "div"):
            self.note_depth = 1
            tag = "section"
        mark = tag
        if tag == "a":
            target = values.get("href", "")
            mark = f"a {'note' if target.startswith('#fn') else unquote(target)} {values.get('title', '')}".rstrip()
        elif tag == "ol":
            mark = f"ol {values.get('start', '1')}"
            self.note_depth += self.note_depth > 0
        elif tag in ("td", "th"):
            mark = f"{tag} {({'right': 'end', 'left': ''}.get(values['align'], values['align'])) if 'align' in values else name}"
        self.mark(tag, f"<{mark.strip()}>")
        self.inside_pre += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if self.hidden:
            self.hidden -= 1
            return
        if tag in ("span", "br", "hr"):
            return
        self.inside_pre -= tag == "pre"
        self.mark(tag, f"</{'section' if tag == 'div' else tag}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_comment(self, data: str) -> None:
        self.mark("", "<!>")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            data = data.replace("\u00a0", " ")
            self.kept.append(data if self.inside_pre else re.sub(r"[ \t\n]+", " ", data))

    def mark(self, tag: str, mark: str) -> None:
        words = "".join(self.kept)
        self.kept = []
        is_block = tag in BLOCKS
        if not self.inside_pre:
            words = re.sub(" +", " ", words)
            words = words.lstrip(" ") if self.last_was_block else words
            words = words.rstrip(" ") if is_block else words
        if words:
            self.words.append(words.rstrip("\n \t") if self.inside_pre else words)
        self.words.append(mark)
        self.last_was_block = is_block


def parts(html: str) -> list[str]:
    """A page of HTML as what a reader sees of it: marks and words in their order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.mark("p", "")
    kept = [part for part in reader.words if part]
    joined: list[str] = []
    for part in kept:
        if joined and not part.startswith("<") and not joined[-1].startswith("<"):
            joined[-1] += part
        elif joined and part == "</p>" and joined[-1] == "<p>":
            joined.pop()  # white space only, or the link back of an empty note
        else:
            joined.append(part)
    return joined


def words(html: str) -> str:
    """The words a reader sees of a page of HTML, without marks and white space."""
    return "".join(
        "".join(part.split()) for part in parts(html) if not re.fullmatch(r"</?[a-z]+[0-9]?( .*)?>|<!>", part)
    )

"""Documents for tests of the readers, and the check that nothing of one is lost."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from onrecord.intake import accounting
from onrecord.intake.document import Document
from tests import stint

FIRST = "The ferry pier of Talsund was closed on 4 May 2016 without a word to the forty crews that live from it, Pier Watch said."
SECOND = (
    "Nobody at the port office would say who had signed the order, and a letter of 11 May has had no answer so far."
)
THIRD = (
    "Pier Watch asks the ministry to publish the order, to name who signed it, and to pay the crews for every lost day."
)

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def unaccounted(document: Document) -> tuple[str, ...]:
    """The words that a document shows and that its reader put nowhere."""
    placed = [text for block in document.blocks for text in accounting.block_texts(block)]
    return accounting.unaccounted(document.visible, [*placed, *(left.text for left in document.left_out)])


def is_linear(read: Callable[[int], object], size: int, times: int = 8) -> bool:
    """True where reading `times` as much takes no more than twice as much for each piece."""
    read(size // 20)
    return stint.grows_with(read, size, times * size, most=2 * times, unnoticed=0.4)


def page(body: str, head: str = "") -> bytes:
    """An HTML page."""
    return (
        f"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()
    )


def article(body: str) -> bytes:
    """An HTML page with a headline and two paragraphs around `body`."""
    return page(f"<main><article><h1>Pier closed</h1><p>{FIRST}</p>{body}<p>{SECOND}</p></article></main>")


def word(body: str, parts: dict[str, str | bytes] | None = None, kinds: dict[str, str] | None = None) -> bytes:
    """A Word file: `body` is what stands in w:body, `parts` are further parts by their names below word/, `kinds` names the kind of
    relationship to each where it is not its name."""
    out = io.BytesIO()
    relations = []
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {_W} {_R} {_M}><w:body>{body}</w:body></w:document>")
        for number, (name, content) in enumerate((parts or {}).items()):
            kind = (kinds or {}).get(name, name.removesuffix(".xml"))
            relations.append(f'<Relationship Id="r{number}" Type="{_TYPE}/{kind}" Target="{name}"/>')
            archive.writestr(f"word/{name}", content)
        namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{namespace}">{"".join(relations)}</Relationships>',
        )
    return out.getvalue()


def part(name: str, content: str) -> str:
    """A part of a Word file whose root is w:`name`."""
    return f"<w:{name} {_W} {_R} {_M}>{content}</w:{name}>"


def p(text: str, properties: str = "") -> str:
    """A paragraph of Word: runs as they are, else plain text."""
    runs = text if text.startswith("<") else run(text)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run of Word."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'

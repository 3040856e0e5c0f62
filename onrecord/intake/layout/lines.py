"""The blocks of a document as lines whose features are computed once, when they are first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.intake.document import Block
from onrecord.intake.layout import line_signs
from onrecord.intake.layout.header_lines import HeaderLine, header_line
from onrecord.intake.lexicon import Lexicon


@dataclass(frozen=True)
class Line:
    """A block of the document, its number there, and what its text shows. Rules, tables and footnotes have the features of nothing."""

    number: int
    block: Block
    lexicon: Lexicon
    language: str

    @cached_property
    def text(self) -> str:
        """The text of the block, white space at its ends kept: offsets are into it."""
        return self.block.text

    @cached_property
    def is_text(self) -> bool:
        """True for a paragraph, heading, list item or quotation."""
        return self.block.kind not in ("table", "footnote", "rule")

    @cached_property
    def word_count(self) -> int:
        """How many words it has."""
        return line_signs.word_count(self.text)

    @cached_property
    def is_prose(self) -> bool:
        """True for running text."""
        return line_signs.is_prose(self.block.kind, self.text, self.lexicon)

    @cached_property
    def ends_sentence(self) -> bool:
        """True where it ends as a sentence."""
        return line_signs.ends_sentence(self.text)

    @cached_property
    def is_navigation(self) -> bool:
        """True for a line of a page's menu, its buttons and notices."""
        return self.is_text and len(self.text) < 240 and line_signs.is_navigation(self.text, self.lexicon)

    @cached_property
    def ends_page(self) -> bool:
        """True for the heading of comments and related pages."""
        return self.is_text and line_signs.ends_page(self.text, self.lexicon)

    @cached_property
    def is_end_mark(self) -> bool:
        """True for ENDS, ###, -30-."""
        return self.block.kind not in ("table", "footnote") and line_signs.is_end_mark(self.text, self.lexicon)

    @cached_property
    def opens_notes(self) -> bool:
        """True for the heading of notes to editors."""
        return self.is_text and line_signs.opens_notes(self.text, self.lexicon)

    @cached_property
    def opens_contacts(self) -> bool:
        """True for the heading of contacts, or a contact."""
        return self.is_text and len(self.text) < 600 and line_signs.opens_contacts(self.text, self.lexicon)

    @cached_property
    def has_contact(self) -> bool:
        """True where a telephone number or an e-mail address stands in it."""
        return self.is_text and line_signs.has_contact(self.text, self.lexicon)

    @cached_property
    def is_about(self) -> bool:
        """True for "About Harbour Watch"."""
        return self.block.kind in ("heading", "paragraph") and line_signs.is_about(self.text, self.lexicon)

    @cached_property
    def is_copyright(self) -> bool:
        """True for a copyright line."""
        return self.is_text and line_signs.is_copyright(self.text, self.lexicon)

    @cached_property
    def header(self) -> HeaderLine:
        """The line taken apart as a line of the head."""
        return header_line(self.text, self.language)


def lines_of(blocks: Sequence[Block], lexicon: Lexicon, language: str) -> tuple[Line, ...]:
    """The blocks as lines, numbered from 0."""
    return tuple(Line(number, block, lexicon, language) for number, block in enumerate(blocks))

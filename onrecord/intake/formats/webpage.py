"""HTML → Document: the visible text in reading order, furniture left out with its reasons, metadata beside it.

Which parts of a page are furniture is told by their structure; what the words themselves say is the layout's part.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.intake.document import Block, Document, Evidence, LeftOut, Metadata, NoText, Refusal, paragraph
from onrecord.intake.document_size import MOST_RUNS, refuse_too_long, refuse_too_many
from onrecord.intake.evidence import language_detection
from onrecord.intake.evidence.date_mentions import dates_in
from onrecord.intake.formats import (
    page_encoding,
    page_ends,
    page_furniture,
    page_headline,
    page_metadata,
    page_surroundings,
    page_text,
    struck_words,
)
from onrecord.intake.formats.page_features import PageFeatures
from onrecord.intake.formats.page_walk import Walk
from onrecord.intake.lexicon import Lexicon, lexicon_of
from onrecord.model import Question

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_COPYRIGHT = re.compile(r"©|\bcopyright\b|\(c\)\s*(?=\d{4})", re.IGNORECASE)
_COPYRIGHT_LINE = re.compile(r"(?:©|\(c\)\s*(?=\d{4})|copyright)[^|•·]{3,90}", re.IGNORECASE)
_WORD = re.compile(r"\w+")
# Tags without a word between them.
_TAGS = re.compile(r"(?:\s*+</?[a-z][^<>]*+>)++\s*+", re.I)
# Beyond this depth, the time that browsers' parsers take grows with the square.
_DEEPEST = 1000
# A table of 6,000 rows has a tenth of them.
_MOST_ELEMENTS = 250_000
# Comments, and signs in scripts, are counted with the elements' beginnings before the page is parsed.
_MOST_SIGNS = _MOST_ELEMENTS + 50_000
_MOST_SCRIPTS, _SCRIPT = 10_000, re.compile(r"<(?:script|style|template|noscript)[\s>]", re.I)
_MOST_INLINE, _INLINE = 60_000, re.compile(rf"<(?:{'|'.join(sorted(page_text.INLINE))})[\s>]", re.I)
# A text of two megabytes in lines of forty letters has as many.
_MOST_BREAKS, _BREAK = 50_000, re.compile(r"<br[\s/>]", re.I)
_MOST_LINKS = 20_000
# Lists of countries and towns to choose from have some thousand.
_MOST_CONTROLS = 20_000
_CONTROL = re.compile(
    r"<(?:form|fieldset|legend|input|label|select|optgroup|option|button|textarea|output)[\s/>]", re.I
)
_MOST_DESCRIPTIONS = 1_000
# libxml2 compares each attribute of an element with all others.
_MOST_ATTRIBUTES = 5_000
# Conditions of XPath: text that no browser reads as something else, and what stands in no table.
_SHOWN, _NO_TABLE = "[not(parent::script or parent::style)]", "[not(ancestor::table)]"
_NO_CONTAINER = frozenset(["p", "td", "pre", "ul", "ol", "table", "blockquote", "h1"])
_MOST_SHOWN = 160
_MOST_COPYRIGHT = 120
# A text may have any number of linked items: its sources.
_MOST_ITEMS = 12
# A day with its hour, right below a standfirst of one or two blocks.
_MOST_DAY, _MOST_ABOVE_DAY = 60, 2
_STAMP = re.compile(r"\d{4}\D{1,10}\d{1,2}[:.]\d\d(?!\d)")
# So much running text above the first link that is a heading or an item is no list.
_TEXT_OF_ITS_OWN = 900
# In a list, the linked heads are as long as this share of the running text below them.
_LEAST_OF_HEADS = 0.15
# Behind a text of so many characters, so many linked headings with so little between them are other texts.
_LEAST_TEXT, _LEAST_TEASERS, _MOST_TEASER = 400, 4, 300
_LIST = "The page is a list of releases or search results; no release is in it. Save each release's own page."
# So many of the longest stretches tell a page's language.
_SAMPLE = 4


def document(data: bytes, *, text: str | None = None, page: bool = True) -> Document:
    """The Document of an HTML page, of its bytes or of its text; without `page`, of HTML that is a text as a whole, as a message and a
    chapter are. Raises Refusal where nothing stands in it, or, of a page, nothing but a list."""
    source, questions = (text, ()) if text is not None else page_encoding.decoded(data)
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    root, visible = _tree(source)
    metadata = page_metadata.metadata(root)
    root = _as_browsers_read(root, source, visible)
    # lxml makes an object of an element whenever it is asked for one that nobody has.
    _elements = list(root.iter())
    saved = re.search(r"<!--\s*saved from url=\(\d+\)(https?://[^\s\"<>]+)", source[:4096])
    if saved and not metadata.url:
        metadata = replace(metadata, url=saved[1])
    page_furniture.remove_unseen(root)
    page_headline.mark(root, metadata)
    copyright_lines = _copyright_nodes(visible)
    lexicon = lexicon_of(language_detection.of("\n".join(sorted(visible, key=len, reverse=True)[:_SAMPLE])))
    furniture, text_part = page_furniture.prune(root, lexicon, page=page)
    left = list(furniture)
    standfirst = ""
    if text_part is None:
        container = _container(root)
    else:
        headline = page_headline.above(root, text_part)
        standfirst = page_headline.mark_standfirst(headline, root)
        container, around = page_surroundings.narrowed(text_part, headline, lexicon)
        left += around
    left += page_surroundings.outside(container, lexicon)
    language = metadata.languages[-1].value if metadata.languages else ""
    walk = Walk(container, language, text_part)
    blocks = list(walk.blocks())
    opening = walk.opening
    if text_part is not None and not any(page_text.is_sentence(block.text) for block in blocks):
        again = document(data, text=source, page=False)
        _refuse_lists(again.blocks, again.metadata, lexicon)
        return replace(again, questions=(*questions, *again.questions))
    if text_part is not None:
        blocks, behind = page_ends.trimmed(blocks)
        left += behind
    blocks, markup = _without_markup(blocks)
    left += markup
    kept = {block.text for block in blocks}
    gone = " ".join(part.text for part in left)
    blocks += [paragraph(line) for line in copyright_lines if line in gone and line not in kept][:3]
    blocks, metadata, clock = _without_clock(blocks, metadata, lexicon)
    blocks, teasers = _without_teasers(blocks)
    if page:
        _refuse_lists(blocks, metadata, lexicon)
    unstruck, struck = struck_words.without(blocks)
    return Document(
        "html",
        unstruck,
        metadata,
        left_out=(*left, *clock, *teasers, *struck),
        visible=visible,
        questions=(*questions, *_about_equations(walk.equations)),
        begins=_begins(unstruck, opening, standfirst),
    )


def _begins(blocks: Sequence[Block], opening: str, standfirst: str) -> int:
    """The block that begins the text, which is the block of these words, or that behind a line of the day right below a standfirst."""
    at = next((at for at, block in enumerate(blocks) if opening and block.text == opening), 0)
    if standfirst and blocks and blocks[at].text == standfirst:
        at += 1
    for below in range(at + 1, min(at + 1 + _MOST_ABOVE_DAY, len(blocks) - 1)) if opening else ():
        text = blocks[below].text
        if len(text) <= _MOST_DAY and not page_text.is_sentence(text) and _STAMP.search(text) and dates_in(text):
            behind = blocks[below + 1 :]
            if any(page_text.is_sentence(block.text) for block in behind):
                return below + 1
    return at


def _tree(source: str) -> tuple[HtmlElement, tuple[str, ...]]:
    """The page's tree, and the stretches of text that a browser could show. Raises Refusal for a page without any text, and for one
    whose elements are nested, or are as many, past all reason."""
    from lxml import etree

    # What begins with "<" and ends nothing: tags, comments, signs in scripts.
    if (tags := source.count("<") - source.count("</")) > _MOST_SIGNS:
        raise Refusal(
            f"The page has {tags:,} tags. Up to {_MOST_ELEMENTS:,} are read: divide it, and import its parts."
        )
    refuse_too_many(_counted(_SCRIPT, source), "scripts and style sheets", _MOST_SCRIPTS)
    refuse_too_many(_counted(_INLINE, source), "elements in lines, each with a look of its own", _MOST_INLINE)
    refuse_too_many(_counted(_BREAK, source), "ends of lines (<br>)", _MOST_BREAKS)
    refuse_too_many(_counted(_CONTROL, source), "fields, labels and choices of forms", _MOST_CONTROLS)
    if page_text.most_attributes(source) > _MOST_ATTRIBUTES:
        raise Refusal(
            f"An element of the page has more than {_MOST_ATTRIBUTES:,} attributes, which no page for readers has."
        )
    try:
        root = _parsed(source)
        elements = int(root.xpath("count(//*)"))
        if elements > _MOST_ELEMENTS:
            raise Refusal(
                f"The page has {elements:,} elements. Up to {_MOST_ELEMENTS:,} are read: divide it, and import its parts."
            )
        links = int(root.xpath("count(//a)"))
        if links > _MOST_LINKS:
            raise Refusal(
                f"The page has {links:,} links. Up to {_MOST_LINKS:,} are read: divide it, and import its parts."
            )
        if page_text.depth(root) > _DEEPEST:
            raise Refusal("The page's elements are nested too deeply to be read.")
        _refuse_too_large(root)
        visible = page_text.visible(source)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise NoText("The page holds no text.") from error
    return root, visible


def _counted(pattern: re.Pattern[str], source: str) -> int:
    return sum(1 for _ in pattern.finditer(source))


def _refuse_too_large(root: HtmlElement) -> None:
    """Counts what a page has of what a text is made of, before any of it is looked at: what surrounds a text has little of it."""
    from lxml import etree

    # Steps along one axis: libxml2 holds what "//" finds below "//", and what "|" joins, against each other.
    def count(path: str) -> int:
        return int(root.xpath(f"count({path})"))

    refuse_too_many(count("//p[not(ancestor::table)]"), "paragraphs")
    refuse_too_many(count(f"//div{_NO_TABLE}[text()[normalize-space()]]"), "paragraphs")
    refuse_too_many(count("//li[not(p)]"), "items")
    described = count("//script[starts-with(@type, 'application/ld+json')]")
    refuse_too_many(described, "descriptions for programs (JSON-LD)", _MOST_DESCRIPTIONS)
    refuse_too_many(count("//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"), "headings")
    # Beside an element that begins a line of its own, blanks are no text.
    inline = " or ".join(f"self::{tag}" for tag in sorted(page_text.INLINE))
    texts = count(f"descendant::text(){_SHOWN}{_NO_TABLE}")
    runs = texts - 2 * count(f"descendant::*[not({inline})]{_NO_TABLE}")
    refuse_too_many(runs, "stretches of text with looks of their own", MOST_RUNS)
    refuse_too_long(etree.XPath(f"descendant::text(){_SHOWN}", smart_strings=False)(root))


def _parsed(source: str) -> HtmlElement:
    from lxml import html as lxml_html

    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    return lxml_html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)


def _as_browsers_read(root: HtmlElement, source: str, visible: Sequence[str]) -> HtmlElement:
    """The tree of the page, or another where the words of this one are not those that a browser shows."""
    from lxml import etree

    shown, kept = (_WORD.findall("\n".join(texts)) for texts in (visible, page_text.stretches(root)))
    if shown == kept or not Counter(shown) - Counter(kept):
        return root
    try:
        return _parsed(f"<html><body>{page_text.normalised(source)}</body></html>")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return root


def _about_equations(equations: Sequence[str]) -> tuple[Question, ...]:
    """A question about formulas, whose form on one line may have lost what their drawing shows."""
    if not equations:
        return ()
    evidence = "; ".join(f"“{text[:_MOST_SHOWN]}”" for text in equations)
    return (
        Question("body", "Do these formulas say what the document shows? They were written on one line.", evidence),
    )


def _without_clock(
    blocks: list[Block], metadata: Metadata, lexicon: Lexicon
) -> tuple[list[Block], Metadata, tuple[LeftOut, ...]]:
    """Blocks without the day that a site shows above its own name: the day the page was saved. It is kept as evidence beside them."""
    first = next((at for at, block in enumerate(blocks) if block.kind == "heading" and block.level == 1), 0)
    site_bar = lexicon.pattern("site_bar", "within")
    names = " ".join(stated.value for stated in (*metadata.titles, *metadata.publishers)).lower()
    for at, block in enumerate(blocks[: min(first, 4)]):
        mentions = dates_in(block.text)
        if len(mentions) != 1 or len(mentions[0].edtf) != 10 or "X" in mentions[0].edtf:
            continue
        context = f"{block.text[: mentions[0].start]} {block.text[mentions[0].end :]}".replace(mentions[0].weekday, " ")
        context_words = re.findall(r"[^\W\d_]{2,}", context)
        masthead = any(
            1 < len(block_before.text) < 80
            and block_before.text.strip().lower() in names
            and not dates_in(block_before.text)
            for block_before in blocks[at + 1 : first]
        )
        if (masthead and mentions[0].weekday and not context_words) or (
            context_words and ("°" in context or site_bar.search(context))
        ):
            stated = Evidence(block.text.strip()[:160], "the page's own head")
            without = [*blocks[:at], *blocks[at + 1 :]]
            return (
                without,
                replace(metadata, updated=(*metadata.updated, stated)),
                (LeftOut(block.text, "the page's clock"),),
            )
    return blocks, metadata, ()


def _copyright_nodes(visible: Sequence[str]) -> list[str]:
    """The stretches of a page that claim its copyright, which may name the publisher."""
    lines = []
    for text in visible:
        if not _COPYRIGHT.search(text):
            continue
        match = _COPYRIGHT_LINE.search(text)
        line = text if len(text) < _MOST_COPYRIGHT or not match else match[0].strip()
        line = line if len(line) < 200 else ""
        if len(line) > 6:
            lines.append(line)
    return lines


def _without_markup(blocks: list[Block]) -> tuple[list[Block], list[LeftOut]]:
    """Blocks without paragraphs that are nothing but tags, as a counter's that was written for browsers without scripts."""
    kept: list[Block] = []
    left: list[LeftOut] = []
    for block in blocks:
        if block.kind == "paragraph" and "=" in block.text and _TAGS.fullmatch(block.text):
            left.append(LeftOut(block.text, "markup"))
        else:
            kept.append(block)
    return kept, left


def _container(root: HtmlElement) -> HtmlElement:
    """The smallest element that holds the headline and nearly all the text."""
    features = PageFeatures(root)
    total = features[root].prose
    headed = features[root].headline
    here = root
    while True:
        inner = next(
            (
                child
                for child in here
                if isinstance(child.tag, str)
                and features[child].prose >= total * 0.85
                and (not headed or child.tag == "body" or features[child].headline)
            ),
            None,
        )
        if inner is None or not total or inner.tag in _NO_CONTAINER:
            return here
        here = inner


def _without_teasers(blocks: list[Block]) -> tuple[list[Block], tuple[LeftOut, ...]]:
    """Blocks without the list of other texts behind a text: headings that are links, with little between them."""
    headline = next((at for at, block in enumerate(blocks) if block.kind == "heading" and not _is_link(block)), None)
    if headline is None:
        return blocks, ()
    linked = [at for at, block in enumerate(blocks) if at > headline and block.kind == "heading" and _is_link(block)]
    if len(linked) < _LEAST_TEASERS:
        return blocks, ()
    text = sum(len(block.text) for block in blocks[headline : linked[0]] if page_text.is_sentence(block.text))
    between = sum(len(block.text) for block in blocks[linked[0] :] if block.kind != "heading")
    if text < _LEAST_TEXT or between > len(linked) * _MOST_TEASER:
        return blocks, ()
    others = " ".join(text for block in blocks[linked[0] :] for text in (*block.texts, block.marker) if text)
    return blocks[: linked[0]], (LeftOut(others, "related links"),)


def _is_link(block: Block) -> bool:
    return bool(block.runs) and all(run.href or not run.text.strip() for run in block.runs)


def _refuse_lists(blocks: Sequence[Block], metadata: Metadata, lexicon: Lexicon) -> None:
    """Refuses a page that lists releases and holds none."""
    leads = next(
        (at for at, block in enumerate(blocks) if block.kind in ("heading", "item") and _is_link(block)), len(blocks)
    )
    if sum(len(block.text) for block in blocks[:leads] if page_text.is_sentence(block.text)) > _TEXT_OF_ITS_OWN:
        return
    linked = [block for block in blocks if block.kind == "heading" and _is_link(block)]
    items = [
        block
        for block in blocks
        if block.kind == "item" and block.runs and block.runs[0].href and len(block.runs[0].text) > 25
    ]
    longest = sum(len(block.text) for block in blocks if block.kind == "paragraph" and len(block.text) > 220)
    text = sum(len(block.text) for block in blocks if block.kind == "paragraph" and page_text.is_sentence(block.text))
    if text > _TEXT_OF_ITS_OWN and sum(len(block.text) for block in linked) < text * _LEAST_OF_HEADS:
        return
    heads = " ".join(
        [*(title.value for title in metadata.titles), *(block.text for block in blocks[:6] if block.kind == "heading")]
    )
    own_day = len({day.value[:10] for day in metadata.published if day.origin != "time"}) == 1
    if lexicon.pattern("search_results", "within").search(heads) or (
        # A list has no day of its own.
        not own_day
        and (len(linked) >= 4 or len(items) >= 6)
        and longest < 220 * max(len(linked), min(len(items), _MOST_ITEMS)) * 0.5
    ):
        raise Refusal(_LIST)

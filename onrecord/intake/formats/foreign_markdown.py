"""Markdown, with the front matter of other programs (Hugo, Jekyll, Pelican, Eleventy) → Document."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.intake import document_size
from onrecord.intake.document import Document, Evidence, LeftOut, Metadata, Refusal
from onrecord.intake.formats import foreign_front_matter, markdown_lists, markdown_text, page_text, webpage
from onrecord.intake.lexicon import languages, lexicon_of
from onrecord.model import Question

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

# No program's shortcode is longer than this.
_SHORTCODE = re.compile(r"\{\{[<%](?:(?!\{\{)[^\0]){0,2000}?[%>]\}\}|\{%(?:(?!\{%)[^\0]){0,2000}?%\}")
_COMMENT = re.compile(
    r"\{%-?\s*comment\s*-?%\}(?:(?!\{%-?\s*comment).)*?\{%-?\s*endcomment\s*-?%\}"
    r"|\{\{[%<]/\*(?:(?!\{\{[%<]/\*).)*?\*/[%>]\}\}",
    re.S,
)
# Kramdown's: a class, an identifier, a value in quotation marks; not Ruby's {:a => 1}.
_ATTRIBUTES = re.compile(
    r"(?:^|(?<=\S))\{:(?=[ \t]*[.#]|[ \t]*[\w-]+=[\"']|toc\}|comment\}|/?nomarkdown)[^{}\n]*\}", re.M
)
# An address that the site's own program puts together: ](({ site.url }}/a).
_IN_ADDRESS = re.compile(r"(?<=\]\()(\s*\{\{[^{}\n]{0,200}\}\})+")
_DEFINED = re.compile(r"(?m)^( {0,3})\[\^([^\]\s]+)\]:")
# A picture whose file's name has blanks, which Markdown reads as text: ![](/Screen Shot 1.png).
_SPACED_PICTURE = re.compile(
    r"!\[[^\[\]\n]{0,200}\]\([^()\s]{1,200}[ ][^()\n]{1,200}\.(?:png|jpe?g|gif|svg|webp)\)", re.I
)
# What an export made of the slash of a closing tag.
_SLASH = re.compile(r"(?i)<&#(?:47|x2f);")
_QUOTED = re.compile(r"[\"“']([^\"”']{12,})[\"”']")
_ABOVE_NOTES = '<hr class="footnotes-sep" />'
_MOST = 2 * 1024 * 1024
# Signs that may begin something else than text; a release's body may have as many (`markup.blocks`).
_MOST_SIGNS = 250_000
_SIGNS = "[]*_`<>|~"
# One to thirty-five characters of the longest text.
_MOST_AMPERSANDS = 60_000
# What is certainly a block of its own, and what nearly always is: a paragraph may stand in an item or in code.
_HEADING_LINE = re.compile(r"(?m)^ {0,3}#{1,6}[ \t]")
_PARAGRAPH_LINE = re.compile(r"\n[ \t]*\n(?=[^\s#])")
_OF_BLOCKS = (
    ("headings", _HEADING_LINE),
    ("lines across the page", re.compile(r"(?m)^ {0,3}(?:[-*_][ \t]*+){3,}+$")),
    ("items", re.compile(r"(?m)^[ \t>]*+(?:[-*+]|[0-9]{1,9}[.)])[ \t]")),
)
_SUMMARIES = ("deck", "dek", "lead", "lede", "summary", "description", "excerpt", "abstract", "intro", "teaser")
_KNOWN = {
    "titles": ("title", "headline"),
    "subtitles": ("subtitle", "subheadline", "subhead", "sub_title"),
    "published": ("date", "published", "publishdate", "publish_date", "pubdate", "published_at", "datepublished"),
    "updated": ("lastmod", "updated", "modified", "last_modified_at", "last_modified", "date_modified"),
    "publishers": ("publisher", "organization", "organisation", "issuer", "source_organization"),
    "authors": ("author", "authors", "byline", "source"),
    "languages": ("lang", "language", "locale"),
    "references": ("reference", "index", "ai_index", "document_number", "release_number", "number"),
    "urls": ("canonical_url", "canonical", "original_url", "source_url", "link", "url", "externalurl"),
}  # fmt: skip
# Keys of what takes place: its end, the house it is in. With them, "date" is when it begins, unless another key says that.
_OF_EVENTS = frozenset(
    "enddate end_date date_end endtime end_time event_end ends venue addressname streetaddress organizer organiser "
    "rsvp rsvp_url tickets ticket_url registration registration_url register_url event_url event_location doors".split()
)
# Keys that a text about something has too: two of them, or one and an hour at which people meet, are those of an event.
_OF_PLACES = frozenset(
    "location locations place where address city room map time hour host hosts speaker speakers start end".split()
)
_OF_HOURS = re.compile(
    r"[T ](?!00:|12:00)(?:0[7-9]|1\d|2[0-3]):(?:00|15|30|45)(?::00)?(?:\.0+)?(?:Z|\s?[+-]\d\d:?\d\d)?$"
)
_HOUR_ALONE = re.compile(r"\d{1,2}[:.]\d\d(?:\s?[^\W\d_]{1,4}\.?)?")
_BEGINNINGS = frozenset(
    "event_date eventdate event_start_date event_start startdate start_date starttime start_time".split()
)
_KINDS = ("type", "layout", "kind")
# "course_date", "hearing_date": of something; these are of the text.
_OF_SOMETHING = re.compile(
    r"(?!(?:post|pub|publish|published|publication|release|issue|issued|create|created|creation|update|updated|modified|last)_?)"
    r"[a-z]{3,20}_date$"
)
OF_EVENT = "front matter of an event"


def has_front_matter(text: str) -> bool:
    """True for a text that begins with a block of front matter."""
    return foreign_front_matter.is_there(text)


def document(text: str) -> Document:
    """The Document of a Markdown text, its front matter as metadata. What is asked: front matter that is broken, or states a key twice.
    Raises Refusal as `webpage.document` does."""
    front, body = foreign_front_matter.split(text)
    if len(body) > _MOST:
        raise Refusal("The text has more than 2 MB. Divide it into single releases.")
    if sum(map(body.count, _SIGNS)) > _MOST_SIGNS:
        raise Refusal(f"The text has more than {_MOST_SIGNS:,} signs of Markdown. Divide it into single releases.")
    document_size.refuse_too_many(body.count("&"), "ampersands", _MOST_AMPERSANDS)
    for what, line in _OF_BLOCKS:
        document_size.refuse_too_many(sum(1 for _ in line.finditer(body)), what)
    paragraphs = sum(1 for _ in _PARAGRAPH_LINE.finditer(body))
    if paragraphs > 2 * document_size.MOST_BLOCKS:
        document_size.refuse_too_many(paragraphs, "paragraphs")
    body = _SLASH.sub("</", body)
    body = _SPACED_PICTURE.sub(_with_whole_address, body)
    left: list[LeftOut] = []
    for pattern, reason in (
        (_COMMENT, "comment"),
        (_SHORTCODE, "shortcode"),
        (_ATTRIBUTES, "attributes"),
        (_IN_ADDRESS, "shortcode"),
    ):
        blank = "" if pattern is _IN_ADDRESS else " "
        body = pattern.sub(lambda match, reason=reason, blank=blank: _out(match[0], reason, left, blank), body)  # type: ignore[misc]
    source, numbers = _html(body)
    left += markdown_text.unshown(body, source)
    page = webpage.document(b"", text=f"<html><body>{source}</body></html>", page=False)
    if not any(block.text.strip() or block.rows for block in page.blocks):
        page = _with_summary(page, front)
    # Its title stands in the draft; of a date, an author, a language a field has no more than a part.
    titles = {key for name in ("titles", "subtitles") for key in _KNOWN[name]}
    unknown = [
        LeftOut(f"{key}: {value}", "front matter")
        for key, values in front.values.items()
        if key not in titles
        for value in values
    ]
    unknown += [LeftOut(line, "front matter") for line in front.unread()]
    return replace(
        page,
        form="markdown",
        metadata=_metadata(front.values),
        left_out=(*unknown, *left, *page.left_out),
        visible=(
            *(shown for gone in left for shown in page_text.plain(gone.text).split("\n")),
            *numbers,
            *page.visible,
        ),
        questions=(*front.questions, *page.questions),
    )


def _with_whole_address(picture: re.Match[str]) -> str:
    described, address = picture[0].split("](", 1)
    return f"{described}]({address.replace(' ', '%20')}"


def _with_summary(page: Document, front: foreign_front_matter.FrontMatter) -> Document:
    """The page of a text that has nothing but front matter, with what this says of the text in its place, which is asked about."""
    for key in _SUMMARIES:
        for value in front.values.get(key, ()):
            shown = webpage.document(b"", text=f"<html><body>{_html(value)[0]}</body></html>", page=False)
            if any(block.text.strip() for block in shown.blocks):
                ask = f"The file has no text but its front matter. Is “{key}” the text of the release?"
                return replace(page, blocks=shown.blocks, questions=(*page.questions, Question("body", ask, value)))
    return page


def _out(text: str, reason: str, left: list[LeftOut], blank: str) -> str:
    """Notes what a text's own program would have put in or taken out, and gives what stands in its place."""
    prose = any(page_text.is_sentence(words) or len(words.split()) > 5 for words in _QUOTED.findall(text))
    left.append(LeftOut(text, reason, prose or (reason == "comment" and page_text.is_sentence(text))))
    return blank


def _html(body: str) -> tuple[str, list[str]]:
    """The body as HTML: CommonMark with GitHub's tables and struck words, and with notes; a list has the numbers that it was written
    with, and a note that nothing calls is a paragraph. Beside it the numbers of all items, as the page shows them: each has to stand
    somewhere in the draft."""
    called = set(re.findall(r"\[\^([^\]\s]{1,200}+)\](?!:)", body))
    body = _DEFINED.sub(lambda match: match[0] if match[2] in called else f"{match[1]}\\[^{match[2]}]:", body)
    reader = _reader()
    env: dict[str, object] = {}
    tokens = reader.parse(body, env)
    # Several may begin on one line: "- - - x".
    document_size.refuse_too_many(sum(token.type == "list_item_open" for token in tokens), "items")
    numbers = markdown_lists.number(tokens)
    return str(reader.renderer.render(tokens, reader.options, env)).replace(_ABOVE_NOTES, ""), numbers


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import image, link
    from mdit_py_plugins.footnote import footnote_plugin

    reader = (
        MarkdownIt("commonmark", {"html": True, "maxNesting": 60})
        .enable(["table", "strikethrough"])
        .use(footnote_plugin)
    )
    for name, rule in (("link", link), ("image", image)):
        reader.inline.ruler.at(name, _where_closed(rule))
    # It ends what the library's own rule ends.
    reader.block.ruler.at("list", markdown_lists.listed, {"alt": ["paragraph", "reference", "blockquote"]})
    return reader


def _where_closed(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """A rule of links for text in which a bracket closes: without one, it would look through all that follows for each that opens."""
    # The last text, and where its last bracket closes: looking for it from each place would take the square of the text.
    text, last = "", -1

    def closed(state: StateInline, silent: bool) -> bool:
        nonlocal text, last
        if state.src is not text:
            text, last = state.src, state.src.rfind("]")
        return last >= state.pos and rule(state, silent)

    return closed


def _metadata(values: dict[str, list[str]]) -> Metadata:
    def stated(name: str, origin: str = "front matter") -> tuple[Evidence, ...]:
        found = (foreign_front_matter.plain(value) for key in _KNOWN[name] for value in values.get(key, ()))
        return tuple(Evidence(value, origin) for value in found if value)

    urls = [address.value for address in stated("urls") if address.value.startswith(("http://", "https://"))]
    authors = stated("authors", "From")
    # Who is given as the author too signs there; the key says no more of them.
    publishers = [one for one in stated("publishers") if one.value not in {author.value for author in authors}]
    published = stated("published") or _in_other_words(values)
    if _is_of_event(values):
        published = tuple(replace(day, origin=OF_EVENT) for day in published)
    known = {key for keys in _KNOWN.values() for key in keys}
    published += tuple(
        Evidence(value, OF_EVENT)
        for key, written in values.items()
        if key not in known and _OF_SOMETHING.match(key)
        for value in written
    )
    return Metadata(
        titles=stated("titles")[:1],
        subtitles=stated("subtitles")[:1],
        published=published,
        updated=stated("updated")[:1],
        publishers=tuple(publishers[:1]) or authors[:1],
        languages=stated("languages"),
        references=stated("references")[:1],
        url=urls[0] if urls else "",
    )


def _in_other_words(values: dict[str, list[str]]) -> tuple[Evidence, ...]:
    """The days under the word for a date of any language: "datum: 2025-04-09". With an hour or a place beside them, people meet on them."""
    found = (
        foreign_front_matter.plain(value)
        for key in values
        if key in _first_words("label_date")
        for value in values[key]
    )
    places = _first_words("label_place") & {key for key, written in values.items() if any(map(str.strip, written))}
    hours = any(_HOUR_ALONE.fullmatch(value.strip()) for written in values.values() for value in written)
    origin = OF_EVENT if places or hours else "front matter"
    return tuple(Evidence(value, origin) for value in found if value[:1].isdigit())


@lru_cache(maxsize=4)
def _first_words(category: str) -> frozenset[str]:
    """The word of each language that stands first in a category of labels: that for a date alone, for a place."""
    return frozenset(lexicon_of(language).phrases(category)[0] for language in languages())


def _is_of_event(values: dict[str, list[str]]) -> bool:
    """True where the day in front matter is the one on which something takes place."""
    if not _BEGINNINGS.isdisjoint(values):
        return False
    is_event = any(value.strip().lower() in ("event", "events") for key in _KINDS for value in values.get(key, ()))
    filled = {key for key, written in values.items() if any(value.strip() for value in written)}
    signs = len(_OF_PLACES & filled) + any(_OF_HOURS.search(value.strip()) for value in values.get("date", ()))
    return is_event or not _OF_EVENTS.isdisjoint(values) or (signs > 1 and not _OF_PLACES.isdisjoint(filled))

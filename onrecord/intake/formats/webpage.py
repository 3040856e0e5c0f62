"""HTML → Document: the visible text in reading order, page furniture left out, metadata beside it.

Which parts of a page are furniture is told by their element, role and class; what the words themselves tell is `structure`'s part.
"""

# ruff: noqa: E501 - the lists of words are easier to read and to add to when a language stands on a line

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from onrecord.intake.document import Block, BlockKind, Document, Evidence, Metadata, Refusal, TextRun, paragraph
from onrecord.intake.evidence.date_mentions import dates_in
from onrecord.intake.formats import plaintext

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DROPPED = frozenset(
    "script style noscript template nav aside form button select option input textarea iframe object embed svg canvas video audio map head "
    "figcaption figure picture img dialog menu label datalist meter progress footer".split()
)
_DROPPED_ROLES = frozenset(
    "navigation complementary search dialog alertdialog menu menubar toolbar contentinfo banner tablist tooltip".split()
)
_DROPPED_NAMES = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|navigation|menu|submenu|breadcrumbs?|share|sharing|sharebar|social|socials|addthis|sharethis|cookies?|cookiebar|consent|gdpr|onetrust|sidebar|related|recommend(?:ed|ations)?|"
    r"comments?|disqus|respond|newsletter|subscribe|signup|promo|promoted|advert(?:s|isement|ising)?|ads?|adsbygoogle|sponsor(?:ed)?|popup|modal|overlay|lightbox|skip(?:link)?|skip-?links?|footer|toolbar|tagcloud|pagination|pager|"
    r"widget|trending|popular|most-?read|more-?(?:news|stories|from)|read-?more|sr-only|visually-hidden|screen-reader-text|donate|cta|print-?(?:link|button|friendly)?|pf-button|jp-relatedposts|sharedaddy|caption|wp-caption-text|byline-social|login|search|searchbox|search-?form|language-?switcher|lang-?switch|tags|tag-list|category-list|post-navigation|nav-links|author-box|cookie-?(?:notice|banner|wall|law))(?:$|[-_\s])",
    re.IGNORECASE,
)  # fmt: skip
_BLOCKS = frozenset(
    "html body p div section article main header h1 h2 h3 h4 h5 h6 ul ol li blockquote pre table thead tbody tfoot tr td th dl dt dd hr address center details summary hgroup fieldset legend figure".split()
)
_SCHEMA_DATES = {"datePublished": "published", "dateCreated": "created", "dateModified": "updated"}
_META_DATES = {
    "article:published_time": "published", "og:published_time": "published", "article:published": "published", "datepublished": "published", "dc.date": "published", "dcterms.date": "published",
    "dc.date.issued": "published", "dcterms.issued": "published", "dcterms.available": "published", "date": "published", "pubdate": "published", "publishdate": "published", "publish-date": "published",
    "publish_date": "published", "publication_date": "published", "citation_publication_date": "published", "sailthru.date": "published", "parsely-pub-date": "published", "dc.date.created": "created",
    "article:modified_time": "updated", "og:updated_time": "updated", "lastmod": "updated", "last-modified": "updated", "dcterms.modified": "updated", "dc.date.modified": "updated", "datemodified": "updated",
}  # fmt: skip
# What stands beside a site's clock and never beside a release's date.
_SITE_BAR = re.compile(
    r"\b(?:subscribe|log ?in|sign (?:in|up)|e-?paper|edition|weather|s['’]abonner|suscríbete|iniciar sesión|anmelden|abonnieren|assine|entrar|подписаться|войти)\b|°|اشترك|تسجيل الدخول",
    re.IGNORECASE,
)
_DEEP = 240


def document(data: bytes, *, text: str | None = None) -> Document:
    """The Document of an HTML page. Raises Refusal where the parser loses what stands in the page, or nothing does."""
    from lxml import etree
    from lxml import html as lxml_html

    source = text if text is not None else _decoded(data)
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = lxml_html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Refusal("The page holds no text.") from error
    _check_loss(source, root)
    metadata = _metadata(root)
    saved = re.search(r"<!--\s*saved from url=\(\d+\)(https?://[^\s\"<>]+)", source[:4096])
    if saved and not metadata.url:
        metadata = replace(metadata, url=saved[1])
    _prune(root)
    container = _container(root)
    blocks = _Walk(container, metadata.url).blocks()
    blocks += [paragraph(line) for line in _copyright(root, container)]
    blocks, metadata = _without_clock(blocks, metadata)
    _refuse_lists(blocks, metadata)
    return Document("html", tuple(blocks), metadata)


def _decoded(data: bytes) -> str:
    """The text of a page: by its byte order mark, as UTF-8, by what it says of itself, or by looking (WHATWG HTML, section 13.2.3)."""
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return plaintext.decoded(data)
    try:
        return plaintext.mended(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    stated = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", data[:4096], re.I)
    if stated:
        name = stated[1].decode("ascii", "replace").lower()
        name = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "iso-8859-9": "cp1254"}.get(
            name, name
        )
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            pass
    return plaintext.decoded(data)


def _check_loss(source: str, root: HtmlElement) -> None:
    """Refuses a page of which the parser kept clearly less text than stands in it."""
    plain = re.sub(
        r"(?is)<(script|style|template|noscript|svg|head|textarea|title|xml)\b.*?</\1\s*>|<!--.*?-->|<!\[CDATA\[.*?\]\]>|<[^<>]*>|&[#\w]+;",
        " ",
        source,
    )
    expected = sum(1 for char in plain if char.isalnum())
    kept = sum(
        1
        for element in root.iter()
        if isinstance(element.tag, str)
        and element.tag not in ("script", "style", "head", "title", "noscript", "template")
        for part in (element.text, element.tail)
        if part
        for char in part
        if char.isalnum()
    )
    if expected > 200 and kept < expected * 0.85:
        raise Refusal(
            "The page is built so that a part of its text would be lost in reading. Copy its text into a text file."
        )


# ---- metadata --------------------------------------------------------------------------------------------------------------------


def _metadata(root: HtmlElement) -> Metadata:
    stated: dict[str, list[Evidence]] = {
        name: [] for name in ("titles", "subtitles", "published", "updated", "publishers", "languages", "references")
    }
    url = ""
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (link.get("href") or "").startswith(
            ("http://", "https://")
        ):
            url = link.get("href").strip()
    for script in root.iter("script"):
        if (script.get("type") or "").lower().startswith("application/ld+json"):
            for thing in _things(script.text or ""):
                _from_thing(thing, stated)
                url = url or _address(thing.get("url")) or _address(thing.get("mainEntityOfPage"))
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        value = " ".join((meta.get("content") or "").split())
        if not name or not value:
            continue
        if name in ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "citation_title"):
            stated["titles"].append(Evidence(value, name))
        elif _META_DATES.get(name) in ("published", "updated"):
            stated[_META_DATES[name]].append(Evidence(value, name))
        elif name in ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_publisher", "publisher"):
            stated["publishers"].append(Evidence(value, name))
        elif name in ("dc.language", "dcterms.language", "og:locale"):
            stated["languages"].append(Evidence(value, name))
        elif (
            name in ("dc.identifier", "citation_technical_report_number")
            and re.search(r"\d", value)
            and "://" not in value
        ):
            stated["references"].append(Evidence(value, name))
        elif name == "og:url" and value.startswith(("http://", "https://")):
            url = url or value
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.get("itemprop") == "datePublished" and element.get("datetime"):
            stated["published"].append(Evidence(element.get("datetime"), "datePublished"))
        elif (
            element.tag == "time"
            and element.get("datetime")
            and (element.get("pubdate") is not None or re.search(r"publish|entry-date", element.get("class") or ""))
            and "updated" not in (element.get("class") or "")
        ):
            stated["published"].append(Evidence(element.get("datetime"), "time"))
    stated["publishers"] += [Evidence(name, "logo") for name in _logo(root)]
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    if language:
        stated["languages"].append(Evidence(language, "html lang"))
    for title in root.iter("title"):
        if title.text_content().strip():
            stated["titles"].append(Evidence(" ".join(title.text_content().split()), "title"))
            break
    return Metadata(**{name: tuple(dict.fromkeys(values)) for name, values in stated.items()}, url=url)


def _logo(root: HtmlElement) -> list[str]:
    """What the picture at the head of a page says it shows: the words of a letterhead that is an image."""
    for element in root.iter("img", "h1", "p"):
        if element.tag != "img":
            if len(element.text_content().strip()) > 60:
                break
            continue
        called = " ".join(element.get(name) or "" for name in ("class", "id", "src", "alt"))
        if re.search(r"logo|banner|masthead|letterhead|brand|header", called, re.I):
            name = re.sub(
                r"\b(?:logo(?:type)?|banner|masthead|home\s?page|home)\b", " ", element.get("alt") or "", flags=re.I
            )
            name = " ".join(name.split()).strip(" :|–—-")
            return [name] if 1 < len(name.split()) <= 9 else []
    return []


def _address(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("@id")
    return value if isinstance(value, str) and value.startswith(("http://", "https://")) else ""


def _things(text: str) -> Iterator[dict[str, object]]:
    """The articles in a JSON-LD block (schema.org)."""
    try:
        pending: list[object] = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while pending:
        thing = pending.pop(0)
        if isinstance(thing, list):
            pending += thing[:50]
        elif isinstance(thing, dict):
            graph = thing.get("@graph")
            if isinstance(graph, list):
                pending += graph[:50]
            kinds = thing.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(
                isinstance(kind, str) and re.search(r"Article|BlogPosting|Report|Statement|PressRelease|NewsItem", kind)
                for kind in kinds
            ):
                yield thing


def _from_thing(thing: dict[str, object], stated: dict[str, list[Evidence]]) -> None:
    origin = "JSON-LD"
    for key, name in (
        ("headline", "titles"),
        ("alternativeHeadline", "subtitles"),
        ("datePublished", "published"),
        ("dateModified", "updated"),
        ("inLanguage", "languages"),
        ("reportNumber", "references"),
    ):
        value = thing.get(key)
        if isinstance(value, str) and value.strip():
            stated[name].append(Evidence(value.strip(), f"{origin} {key}"))
    for key in ("publisher", "sourceOrganization"):
        publisher = thing.get(key)
        publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
        called = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(called, str) and called.strip():
            stated["publishers"].append(Evidence(called.strip(), f"{origin} {key}"))


# ---- furniture -------------------------------------------------------------------------------------------------------------------


def _prune(root: HtmlElement) -> None:
    """Takes out the elements that are furniture. What holds the headline or most of the text stays, whatever it is called."""
    total = max(_prose(root), 1)
    doomed = []
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in ("html", "body", "main", "article"):
            continue
        if element.tag == "time" and _is_hidden_update(element):
            doomed.append(element)
            continue
        if element.tag in _DROPPED and not (
            element.tag in ("form", "aside", "footer", "dialog", "label") and _prose(element) > total * 0.5
        ):
            if element.tag == "footer" and _keeps_copyright(element):
                continue
            doomed.append(element)
            continue
        role = (element.get("role") or "").lower()
        style = (element.get("style") or "").replace(" ", "").lower()
        hidden = (
            element.get("hidden") is not None
            or element.get("aria-hidden") == "true"
            or "display:none" in style
            or "visibility:hidden" in style
        )
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if hidden or role in _DROPPED_ROLES or _DROPPED_NAMES.search(names):
            heads = element.tag in ("h1", "h2") or (not hidden and any(True for _ in element.iter("h1")))
            if (hidden or not heads) and _prose(element) <= total * 0.4:
                doomed.append(element)
    for element in doomed:
        parent = element.getparent()
        if parent is not None:
            # drop_tree keeps the text behind the element.
            element.drop_tree()


def _is_hidden_update(element: HtmlElement) -> bool:
    """True for the day of a change that stands for programs behind the day of publication and is not shown (WordPress: `time.updated`)."""
    names = (element.get("class") or "").split()
    parent = element.getparent()
    return (
        "updated" in names
        and "published" not in names
        and parent is not None
        and any("published" in (time_element.get("class") or "").split() for time_element in parent.iter("time"))
    )


def _keeps_copyright(element: HtmlElement) -> bool:
    """Turns a page's foot into its copyright line, which may name the publisher; False where it has none."""
    text = " ".join(element.text_content().split())
    match = re.search(r"(?:©|\(c\)|copyright)[^|•·]{3,90}", text, re.I)
    if not match:
        return False
    line = next(
        (
            piece
            for part in element.iter()
            for piece in (part.text, part.tail)
            if piece and re.search(r"©|\(c\)|copyright", piece, re.I) and len(piece) > 6
        ),
        match[0],
    )
    for child in list(element):
        element.remove(child)
    element.text = line
    element.tag = "p"
    for name in list(element.attrib):
        del element.attrib[name]
    return True


def _without_clock(blocks: list[Block], metadata: Metadata) -> tuple[list[Block], Metadata]:
    """Blocks without the day that a site shows above its own name: the day the page was saved. It is kept as evidence beside them."""
    first = next((at for at, block in enumerate(blocks) if block.kind == "heading" and block.level == 1), 0)
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
        if (masthead and mentions[0].weekday and not context_words) or (context_words and _SITE_BAR.search(context)):
            stated = Evidence(block.text.strip()[:160], "the page's own head")
            return [*blocks[:at], *blocks[at + 1 :]], replace(metadata, updated=(*metadata.updated, stated))
    return blocks, metadata


def _copyright(root: HtmlElement, container: HtmlElement) -> list[str]:
    """Copyright lines that stand outside the text."""
    inside = set(container.iter())
    lines = []
    for element in root.iter():
        text = (
            plaintext.clean(f"{element.text or ''} {' '.join(child.tail or '' for child in element)}")
            if isinstance(element.tag, str)
            else ""
        )
        if element not in inside and 6 < len(text) < 200 and re.search(r"©|\(c\)\s|copyright", text, re.I):
            lines.append(text)
    return lines[:3]


def _prose(element: HtmlElement) -> int:
    """How many characters of running text stand in an element's paragraphs, links apart."""
    total = 0
    for part in element.iter("p", "td", "pre", "div", "li", "blockquote"):
        own = (part.text or "") + "".join(
            (child.tail or "") + ("" if child.tag in _BLOCKS or child.tag == "a" else (child.text or ""))
            for child in part
            if isinstance(child.tag, str)
        )
        length = len(own.strip())
        if length >= 60:
            total += length
    return total


def _container(root: HtmlElement) -> HtmlElement:
    """The smallest element that holds the headline and nearly all the text."""
    total = _prose(root)
    here = root
    headed = any(True for _ in root.iter("h1"))
    while True:
        inner = next(
            (
                child
                for child in here
                if isinstance(child.tag, str)
                and _prose(child) >= total * 0.85
                and (not headed or child.tag == "body" or any(True for _ in child.iter("h1")))
            ),
            None,
        )
        if inner is None or inner.tag in ("p", "td", "pre", "ul", "ol", "table", "blockquote"):
            return here
        here = inner


def _refuse_lists(blocks: Sequence[Block], metadata: Metadata) -> None:
    """Refuses a page that lists releases and holds none."""
    linked = [
        block
        for block in blocks
        if block.kind == "heading" and block.runs and all(run.href or not run.text.strip() for run in block.runs)
    ]
    items = [
        block
        for block in blocks
        if block.kind == "item" and block.runs and block.runs[0].href and len(block.runs[0].text) > 25
    ]
    longest = sum(len(block.text) for block in blocks if block.kind == "paragraph" and len(block.text) > 220)
    heads = " ".join(
        [*(title.value for title in metadata.titles), *(block.text for block in blocks[:6] if block.kind == "heading")]
    )
    searching = re.search(
        r"\bsearch results?\b|\bresults for\b|\byou searched\b|résultats de (?:la )?recherche|résultats pour|resultados de (?:la )?búsqueda|resultados (?:para|da)|suchergebnisse|результаты поиска|نتائج البحث",
        heads,
        re.I,
    )
    if searching or ((len(linked) >= 4 or len(items) >= 6) and longest < 220 * max(len(linked), len(items)) * 0.5):
        raise Refusal(
            "The page is a list of releases or search results; no release stands in it. Save each release's own page."
        )


# ---- text ------------------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Style:
    strong: bool = False
    emphasis: bool = False
    href: str = ""


@dataclass(slots=True)
class _Walk:
    """Walks an element in document order and gathers blocks."""

    top: HtmlElement
    url: str
    out: list[Block] = field(default_factory=list)
    pending: list[TextRun] = field(default_factory=list)
    kind: BlockKind = "paragraph"
    level: int = 0
    marker: str = ""
    notes: dict[str, str] = field(default_factory=dict)

    def blocks(self) -> list[Block]:
        """All blocks. Raises Refusal for elements nested past all reason."""
        self._find_notes()
        self._enter(self.top, _Style(), 0)
        self._flush()
        return plaintext.tidied(self.out)

    def _find_notes(self) -> None:
        """Footnotes: short links to a place in this page that links back."""
        targets = {
            element.get("id"): element
            for element in self.top.iter()
            if isinstance(element.tag, str) and element.get("id")
        }
        for link in self.top.iter("a"):
            href = link.get("href") or ""
            text = link.text_content().strip().strip("[]()")
            target = targets.get(href[1:]) if href.startswith("#") and len(href) > 1 else None
            if (
                target is not None
                and target.tag in ("li", "p", "div", "aside", "dd")
                and re.fullmatch(r"\d{1,3}|[a-z]|[ivx]+|\*+", text)
                and target is not self.top
            ):
                self.notes.setdefault(href[1:], text if text.isalnum() else str(len(self.notes) + 1))

    def _enter(self, element: HtmlElement, style: _Style, depth: int) -> None:
        if depth > _DEEP:
            raise Refusal("The page's elements are nested too deeply to be read.")
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _DROPPED and tag not in ("form", "aside", "label", "dialog", "figure"):
            return
        label = self.notes.get(element.get("id") or "") if tag else None
        if label is not None:
            self._footnote(element, label, style, depth)
            return
        if tag == "br":
            self.pending.append(TextRun("\n"))
            return
        if tag == "hr":
            self._flush()
            self.out.append(Block("rule", (TextRun("---"),)))
            return
        if tag == "table" and self._table(element):
            return
        if tag == "pre":
            self._flush()
            self.out += plaintext.blocks(element.text_content())
            return
        inner = _Style(style.strong, style.emphasis, style.href)
        block = tag in _BLOCKS
        before = (self.kind, self.level, self.marker)
        if block:
            self._flush()
            if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                self.kind, self.level = "heading", int(tag[1])
                inner.strong = False
            elif tag == "li":
                parents = list(element.iterancestors("ul", "ol"))
                parent = parents[0] if parents else None
                number = sum(1 for sibling in element.itersiblings("li", preceding=True)) + 1
                self.kind, self.level = "item", max(0, min(len(parents) - 1, 3))
                self.marker = f"{number}." if parent is not None and parent.tag == "ol" else "-"
            elif tag == "blockquote":
                self.kind = "quote"
        elif tag in ("b", "strong"):
            inner.strong = self.kind != "heading"
        elif tag in ("i", "em", "cite", "dfn"):
            inner.emphasis = True
        elif tag == "a":
            href = (element.get("href") or "").strip()
            target = href[1:] if href.startswith("#") else ""
            if target in self.notes:
                self.pending.append(TextRun("", note=self.notes[target]))
                self._text(element.tail, style)
                return
            if href.startswith("#") and element.text_content().strip() in ("↑", "↩", "↵", "^", "⇧", "back", "↩︎"):
                return
            inner.href = href if href.startswith(("http://", "https://")) else ""
        self._text(element.text, inner)
        for child in element:
            self._enter(child, inner, depth + 1)
            self._text(child.tail, inner)
        if block:
            self._flush()
            self.kind, self.level, self.marker = before

    def _footnote(self, element: HtmlElement, label: str, style: _Style, depth: int) -> None:
        self._flush()
        before = (self.kind, self.level, self.marker)
        mine = self.notes.pop(element.get("id"))
        start = len(self.out)
        self._enter(element, style, depth)
        self._flush()
        self.notes[element.get("id")] = mine
        note_blocks = self.out[start:]
        del self.out[start:]
        runs = [run for block in note_blocks for run in (*block.runs, TextRun(" ")) if run.text not in ("↑", "↩", "^")]
        text = "".join(run.text for run in runs).strip()
        if text:
            self.out.append(Block("footnote", tuple(runs), marker=label).slice(0))
        self.kind, self.level, self.marker = before

    def _text(self, text: str | None, style: _Style) -> None:
        if text:
            self.pending.append(TextRun(re.sub(r"\s+", " ", text), style.strong, style.emphasis, style.href))

    def _flush(self) -> None:
        if not self.pending:
            return
        lines: list[list[TextRun]] = [[]]
        for run in self.pending:
            if run.text == "\n":
                lines.append([])
            else:
                lines[-1].append(run)
        self.pending = []
        joined = _joined(lines)
        for at, line in enumerate(joined):
            runs = _cleaned(line)
            if runs:
                kind: BlockKind = self.kind if not (at and self.kind == "item") else "paragraph"
                bullet = re.match(r"[•·▪‣◦●○■□➢✓]\s+(?=\S)", runs[0].text)
                if bullet and kind == "paragraph":
                    self.out.append(Block("item", runs, 0, "-", close=at > 0).slice(bullet.end()))
                    continue
                blank = at > 0 and not _cleaned(joined[at - 1])
                self.out.append(
                    Block(kind, runs, self.level, self.marker if kind == "item" else "", close=at > 0 and not blank)
                )

    def _table(self, element: HtmlElement) -> bool:
        """Takes a table of data; False for one that only lays a page out."""
        rows = []
        for row in element.iter("tr"):
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            if any(True for cell in cells for _ in cell.iter("table", "h1", "h2", "ul", "ol")):
                return False
            rows.append([" ".join(cell.text_content().split()) for cell in cells])
        rows = [row for row in rows if any(row)]
        if len(rows) < 2 or max(map(len, rows)) < 2 or max(len(cell) for row in rows for cell in row) > 300:
            return False
        self._flush()
        self.out.append(Block("table", rows=tuple(tuple((TextRun(cell),) for cell in row) for row in rows)))
        return True


def _joined(lines: list[list[TextRun]]) -> list[list[TextRun]]:
    """Lines parted by <br>: those of hard-wrapped text are joined again."""
    texts = ["".join(run.text for run in line).strip() for line in lines]
    width = plaintext.wrap_width(texts)
    if not width or len([text for text in texts if text]) < 4:
        return lines
    out: list[list[TextRun]] = [lines[0]]
    for at in range(1, len(lines)):
        if texts[at - 1] and texts[at] and plaintext.wraps(texts[at - 1], texts[at], width):
            out[-1] = [*out[-1], TextRun(" "), *lines[at]]
        else:
            out.append(lines[at])
    return out


def _cleaned(line: Sequence[TextRun]) -> tuple[TextRun, ...]:
    """Runs without white space at their ends and with single blanks between."""
    text = "".join(run.text for run in line)
    if not plaintext.clean(text) and not any(run.note for run in line):
        return ()
    out: list[TextRun] = []
    space = True
    for run in line:
        spaced = plaintext.spaced(run.text)
        if space:
            spaced = spaced.lstrip()
        if spaced or run.note:
            out.append(TextRun(spaced, run.strong, run.emphasis, run.href, run.note))
            space = spaced.endswith(" ") if spaced else space
    while out and not out[-1].note and not out[-1].text.strip():
        out.pop()
    if out and not out[-1].note:
        last = out[-1]
        out[-1] = TextRun(last.text.rstrip(), last.strong, last.emphasis, last.href)
    return tuple(out)

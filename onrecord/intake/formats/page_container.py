"""Where on a page its text stands: the element that is named or marked as the body of an article and holds its running text, and the
headline above it. What stands around both is left out with its reason."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.intake.formats.page_features import PageFeatures, names

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# How programs that make pages name the element of a text: "article-body", "entry-content", "postBody", "field--name-body".
_NAME = re.compile(
    r"(?<![a-z])(?:article|post|entry|story|news|blog|press|release|statement|single|node)s?[-_]*"
    r"(?:body|content|text|copy|entry)(?![a-z])"
)
_FIELD = re.compile(
    r"(?<![a-z])(?:field[-_]+(?:name[-_]+)?body|body[-_]*(?:text|copy)|content[-_](?:article|body|text|post|story)|instapaper_body)(?![a-z])"
)
# Texts of others, which may have such names too.
_FOREIGN = re.compile(
    r"comment|related|sidebar|side-bar|footer|teaser|promo|newsletter|cookie|modal|popup|recommend|author|carousel|listing"
)
_ITEMS = frozenset(["articlebody", "text"])
_WEAK = frozenset(
    ["article", "story", "post", "entry", "content", "main", "main-content", "maincontent", "page-content"]
)
_BODIES = frozenset(["p", "td", "pre", "ul", "ol", "table", "blockquote", "h1", "dl"])
# An element that holds so much of the running text of another stands for it.
_NEARLY_ALL = 0.9
_LEAST_TEXT = 100
_MOST_OF = 0.6
_LINKED = 0.25
# A named element must hold so much of the page's running text; one right below the headline, less.
_LEAST, _LEAST_BELOW, _LEAST_UNNAMED = 0.3, 0.08, 0.25
# Where so many elements of one name have text, the page is a list of texts.
_MANY = 4
# A part of a text that is divided among elements of one name.
_PART = 0.1


def text_element(root: HtmlElement, features: PageFeatures) -> HtmlElement | None:
    """The element that its name or a mark for programs (schema.org articleBody) says is the body of the page's text, with running text
    in it; None where no element is named so, or where several texts stand on the page."""
    named = [element for element in root.iter() if _size(element, features) >= _LEAST_TEXT and _is_named(element)]
    total = features[root].prose
    if not named:
        return None
    outer = _outermost(root, named)
    best = max(outer, key=lambda element: _size(element, features))
    alike = [
        element
        for element in outer
        if element is not best and _size(element, features) >= _size(best, features) * _PART
    ]
    if len(alike) + 1 >= _MANY and any(True for _ in _own_article(alike)):
        return None
    if len(outer) == 1 and _is_below_headline(best, features):
        return innermost(best, features)
    if features[best].prose < total * (_LEAST_BELOW if _is_below_headline(best, features) else _LEAST):
        return None
    parts = [
        element
        for element in alike
        if _signature(element)
        and _signature(element) == _signature(best)
        and not any(True for _ in _own_article([element]))
    ]
    if parts and any(True for _ in best.iterancestors("article", "main")):
        best = _around([best, *parts])
    inside = set(best.iter())
    for element in named:
        if element in inside and element is not best and _size(element, features) >= _size(best, features) * _MOST_OF:
            best, inside = element, set(element.iter())
    return innermost(best, features)


def structural_element(root: HtmlElement, features: PageFeatures) -> HtmlElement | None:
    """The element that holds the most running text in its own paragraphs; None where no running text stands on the page."""
    scores: dict[HtmlElement, float] = {}
    for element in root.iter():
        here = features[element]
        own = here.prose - sum(features[child].prose for child in element)
        if own <= 0:
            continue
        share = own * (1 - here.link_density)
        for weight, around in zip(
            (1.0, 1.0, 0.5, 0.25), (element, *itertools.islice(element.iterancestors(), 3)), strict=False
        ):
            if around.tag in ("body", "html"):
                break
            if around is element and around.tag in ("p", "li", "blockquote", "td"):
                continue
            scores[around] = scores.get(around, 0) + weight * share
    if not scores:
        return None
    total = features[root].prose
    best = max(scores, key=lambda element: scores[element] * _favour(element))
    path = {best, *best.iterancestors()}
    for around in best.iterancestors():
        if around.tag in ("body", "html", "table", "tbody", "tr"):
            break
        more = [child for child in around if isinstance(child.tag, str) and child not in path and features[child].prose]
        text = sum(
            features[child].prose
            for child in more
            if features[child].link_density < _LINKED
            and _favour(child) >= 1
            and child.tag not in ("aside", "footer", "nav", "form")
        )
        if text < features[best].prose * _PART:
            continue
        others = features[around].prose - features[best].prose - text
        if others > text or features[around].link_density > _LINKED:
            break
        best = around
    quotation = next((outer for outer in (best, *best.iterancestors()) if outer.tag == "blockquote"), None)
    around = None if quotation is None else quotation.getparent()
    if around is not None:
        # A long quotation between the paragraphs of a text is not the text.
        beside = sum(features[child].prose for child in around if child.tag == "p")
        if beside > features[best].prose * _PART:
            return None if around.tag in ("body", "html") else innermost(around, features)
    if features[best].prose < total * _LEAST_UNNAMED and not _is_below_headline(best, features):
        return None
    return innermost(best, features)


def _favour(element: HtmlElement) -> float:
    called = names(element)
    if any(_FOREIGN.search(name) for name in called):
        return 0.3
    return (
        1.3
        if element.tag in ("article", "main") or called & _WEAK or any(_NAME.search(name) for name in called)
        else 1.0
    )


def innermost(element: HtmlElement, features: PageFeatures) -> HtmlElement:
    """The innermost element that holds nearly all the running text of another."""
    here = element
    while True:
        inner = next(
            (
                child
                for child in here
                if isinstance(child.tag, str) and features[child].prose >= features[here].prose * _NEARLY_ALL
            ),
            None,
        )
        if inner is None or inner.tag in _BODIES or not features[inner].prose or features[inner].headline:
            return here
        here = inner


def _outermost(root: HtmlElement, elements: Sequence[HtmlElement]) -> list[HtmlElement]:
    """Those of the elements that stand in no other of them."""
    if len(elements) == 1:
        return list(elements)
    wanted, within = set(elements), set()
    for element in root.iter():
        parent = element.getparent()
        if parent is not None and (parent in wanted or parent in within):
            within.add(element)
    return [element for element in elements if element not in within]


def _size(element: HtmlElement, features: PageFeatures) -> int:
    here = features[element]
    return max(here.prose, (here.text - here.linked) // 2)


def _is_named(element: HtmlElement) -> bool:
    if (
        not isinstance(element.tag, str)
        or element.tag in ("html", "body", "a", "p", "form")
        or element.tag.startswith("h")
    ):
        return False
    marks = (element.get("itemprop") or element.get("property") or "").lower().split()
    if any(mark.removeprefix("schema:") in _ITEMS or mark == "content:encoded" for mark in marks):
        return True
    if not _names_text(element.get("class") or "", element.get("id") or ""):
        return False
    return not any(_FOREIGN.search(name) for around in _three(element) for name in names(around))


@lru_cache(maxsize=20_000)
def _names_text(classes: str, identifier: str) -> bool:
    return any(_NAME.search(name) or _FIELD.search(name) for name in f"{classes} {identifier}".lower().split())


def _three(element: HtmlElement) -> Iterator[HtmlElement]:
    yield element
    for number, around in enumerate(element.iterancestors()):
        if number == 2 or around.tag == "body":
            return
        yield around


def _own_article(elements: Sequence[HtmlElement]) -> Iterator[HtmlElement]:
    """Those of the elements that stand in an article with a linked heading: the head of a text that stands elsewhere."""
    for element in elements:
        article = next(element.iterancestors("article", "li"), element.getparent())
        if article is not None and any(True for heading in article.iter("h1", "h2", "h3") for _ in heading.iter("a")):
            yield element


def _is_below_headline(element: HtmlElement, features: PageFeatures) -> bool:
    """True for an element with several sentences in the smallest part of the page that has the headline."""
    if features[element].sentences < 3 and features[element].text - features[element].linked < _LEAST_TEXT * 2:
        return False
    around = next((outer for outer in element.iterancestors() if features[outer].headline), None)
    return around is not None and around.tag not in ("body", "html")


def _signature(element: HtmlElement) -> str:
    return " ".join(sorted((element.get("class") or "").split()))


def _around(elements: Sequence[HtmlElement]) -> HtmlElement:
    """The innermost element that holds all of these."""
    first, *others = elements
    for outer in first.iterancestors():
        inside = set(outer.iter())
        if all(other in inside for other in others):
            return outer
    return first

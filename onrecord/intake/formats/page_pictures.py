"""Pictures of a page and their captions. A caption is one by its picture, not by what it is called alone."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from onrecord.intake.formats.page_features import PLACE_OF_PICTURE, PageFeatures, names

if TYPE_CHECKING:
    from lxml.html import HtmlElement

PICTURES = frozenset(["img", "picture", "video", "audio", "iframe", "object", "embed", "canvas"])
_CAPTIONED = re.compile(r"caption|credit|cutline")
_MOST_CAPTION, _MOST_BARE = 700, 120
# How far above a caption its picture may stand.
_REACH = 3
_WRAPPERS = ("wp-caption", "image", "photo", "picture", "figure", "thumbnail", "media")


def mark(around: HtmlElement) -> None:
    """Keeps in mind that a picture stood in an element, when the picture is taken out of the tree."""
    around.set(PLACE_OF_PICTURE, "")


def is_beside(element: HtmlElement, features: PageFeatures) -> bool:
    """True where a picture stood in the element or in one of the few around it."""
    around = itertools.islice(element.iterancestors(), _REACH)
    return any(features.has_picture(each) for each in (element, *around))


def is_named(element: HtmlElement) -> bool:
    """True beside a picture that was taken out: its own element says that a caption was meant."""
    parent = element.getparent()
    return parent is not None and any(name in _WRAPPERS for name in names(parent))


def caption_of_figure(element: HtmlElement, features: PageFeatures) -> str:
    """The reason to leave a figure out, a picture with its caption; empty for a quotation or a table in a figure, which is text."""
    if any(True for _ in element.iter("blockquote", "table", "pre", "q", "ul", "ol")):
        return ""
    if any(True for _ in element.iter("p")) and not (
        features.has_picture(element) and features[element].text <= _MOST_CAPTION
    ):
        return ""
    return "caption of a picture"


def is_bare_caption(element: HtmlElement, features: PageFeatures) -> bool:
    """True for a short line without a sentence in an element that has a picture and no other text."""
    here = features[element]
    if element.get(PLACE_OF_PICTURE) is None and not any(
        child.get(PLACE_OF_PICTURE) is not None for child in element if isinstance(child.tag, str)
    ):
        return False
    return (
        0 < here.text <= _MOST_BARE
        and not here.prose
        and not here.links
        and element.tag in ("div", "span", "center", "figure", "dl")
    )


def is_caption(element: HtmlElement, features: PageFeatures) -> bool:
    """True for what is named a caption and stands beside a picture, with no other text in what holds both."""
    here = features[element]
    if not 0 < here.text <= _MOST_CAPTION or element.tag in ("body", "main", "article"):
        return False
    if not any(_CAPTIONED.search(name) for name in names(element)):
        return False
    if any(True for _ in element.iter("blockquote", "table")):
        return False
    return any(
        features.has_picture(around) and features[around].prose == here.prose and features[around].text <= _MOST_CAPTION
        for around in itertools.islice(element.iterancestors(), _REACH)
    )

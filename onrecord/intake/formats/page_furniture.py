"""What of a page is furniture: told by structure and evidence, and never by a name that merely contains a word.

Classes and ids are compared whole, and only with the lists below. They hint; what has running text of its own is left out only where
the structure says so too (links, controls, its place outside the text), and then with the mark that it reads like prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.intake.document import LeftOut
from onrecord.intake.formats import page_container, page_data, page_days, page_hints, page_interruptions, page_pictures
from onrecord.intake.formats.page_ends import OWN_LINK
from onrecord.intake.formats.page_features import PageFeatures, children, is_heading_of_text, is_in_sentence, names
from onrecord.intake.formats.page_hints import FOLDS, REASONS, ROLES, TAGS
from onrecord.intake.formats.page_surroundings import COPYRIGHT, WORD, is_doubtful
from onrecord.intake.formats.page_text import UNSEEN, Cuts, stretches

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from onrecord.intake.lexicon import Lexicon

_CONTROLS = frozenset(
    "select option optgroup input textarea meter progress datalist output button label legend".split()
)
_NEVER = frozenset(["html", "body", "main", "article", "td", "tr", "tbody", "table"])
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SCRIPTS = re.compile(r"java-?script", re.I)
_MOST_LABEL, _MOST_SIGN = 160, 25
# What is named so within a text is left out, unless it holds so much of it.
_NEVER_TEXT = frozenset(page_hints.WITHIN) | {"cookie notice", "form"}
_MOST_OF_TEXT = 0.3
_LINKED, _FEW, _MOST_BOX = 0.2, 2, 400
# A headline has so much of the running text behind it; so many articles within another are a list.
_MOST_BEHIND, _LEAST_ARTICLES = 0.5, 2
# The parts in which a line may say when a text was published.
_MAY_HOLD_DAY = frozenset(
    ["about the author", "about the page", "share bar", "navigation", "side column", "sign-up form", "page head"]
)
# Of these, the structure leaves no doubt.
_CERTAIN = frozenset(["comments", "cookie notice", "related links", "advertisement", "without scripts"])


def remove_unseen(root: HtmlElement) -> None:
    """Takes out the elements of which no browser shows any text, pictures among them; what stands behind each stays. Where a picture
    stood is marked: a caption is one by its picture."""
    cuts = Cuts()
    for element in [element for element in root.iter() if element.tag in UNSEEN and element.tag != "rp"]:
        parent = element.getparent()
        if parent is None:
            continue
        if element.tag in page_pictures.PICTURES:
            page_pictures.mark(parent)
        cuts.take(element)
    cuts.finish()


def prune(root: HtmlElement, lexicon: Lexicon, *, page: bool = True) -> tuple[tuple[LeftOut, ...], HtmlElement | None]:
    """Takes the furniture out of a page's tree and gives back its text with the reasons, in the page's order; and the element that holds
    the page's text, where one clearly does. Without `page`, nothing is looked for that stands around a text."""
    left: list[LeftOut | None] = []
    cuts = Cuts()
    for element in list(root.iter()):
        if _is_comments(element) and root in element.iterancestors():
            left.append(_left(element, "comments", lexicon, cuts))
    cuts.finish()
    left += [_left(element, "hidden", lexicon, cuts) for element in page_data.copies(root)]
    cuts.finish()
    features = PageFeatures(root)
    cuts = Cuts(features.forget)
    text_part = page_container.text_element(root, features) if page else None
    if page and text_part is None:
        text_part = page_container.structural_element(root, features)
    judge = _Judge(root, features, lexicon, text_part)
    stack = [root]
    doomed: list[tuple[HtmlElement, str]] = []
    while stack:
        element = stack.pop()
        reason = judge.reason(element)
        if reason in _MAY_HOLD_DAY and judge.may_state_day(element):
            doomed += [(part, reason) for part in page_days.without_day(element)]
        elif reason:
            doomed.append((element, reason))
        else:
            stack.extend(reversed(list(children(element))))
    left += [_left(element, reason, lexicon, cuts, judge.is_certain(element, reason)) for element, reason in doomed]
    cuts.finish()
    return tuple(gone for gone in left if gone is not None), text_part


def _left(element: HtmlElement, reason: str, lexicon: Lexicon, cuts: Cuts, certain: bool = True) -> LeftOut | None:
    """The text of an element that is taken out of its tree, doubtful where its structure is not `certain`; None where it has no word."""
    if element.getparent() is None:
        return None
    texts = stretches(element)
    cuts.take(element)
    text = " ".join(texts)
    doubtful = not certain and any(is_doubtful(piece, lexicon) for piece in texts)
    return LeftOut(text, reason, doubtful) if WORD.search(text) else None


def _is_comments(element: HtmlElement) -> bool:
    """True for a list of comments: named so, and made of named comments or with a form for one."""
    if not isinstance(element.tag, str) or element.tag in _NEVER or element.getparent() is None:
        return False
    if not any(REASONS.get(name) == "comments" for name in names(element)):
        return False
    if any(True for _ in element.iter("h1", "article", "main") if "comment" not in " ".join(names(_))):
        return False
    return any(
        inner.tag == "textarea" or any(name == "comment" or name.startswith("comment-") for name in names(inner))
        for inner in element.iterdescendants()
        if isinstance(inner.tag, str)
    )


class _Judge:
    """Says of each element why it is furniture."""

    def __init__(
        self, root: HtmlElement, features: PageFeatures, lexicon: Lexicon, text_part: HtmlElement | None
    ) -> None:
        self._features = features
        self._wall = lexicon.pattern("wall", "within")
        self._certain_part = text_part is not None
        core = features.core(root) if text_part is None else text_part
        self._total = max(features[root if text_part is None else core].prose, 1)
        self._inside = set(core.iter()) if core is not root else set(root.iter())
        self._core = core
        self._interruptions = (
            page_interruptions.interruptions(core, features, lexicon) if self._certain_part else frozenset()
        )
        self._around = set(core.iterancestors())
        self._order = {element: at for at, element in enumerate(root.iter())}
        before = [at for heading in root.iter("h1") if (at := self._order[heading]) < self._order[core]]
        self._begin_of_head = max(before, default=self._order[core])
        running = [
            element
            for element, at in self._order.items()
            if at >= self._order[core]
            and features[element].sentences
            and not any(features[child].sentences for child in children(element))
        ]
        self._headline = self._place_of_headline(root, running)
        paragraphs = [at for element in running if (at := self._order[element]) > self._headline]
        self._text_begins, self._text_ends = min(paragraphs, default=-1), max(paragraphs, default=-1)

    def _place_of_headline(self, root: HtmlElement, running: Sequence[HtmlElement]) -> int:
        """Where the last heading of the first level stands that has most of the running text behind it: others name what follows the
        text. -1 where none does."""
        total = sum(self._features[element].prose for element in running)
        for heading in reversed(list(root.iter("h1"))):
            at = self._order[heading]
            behind = sum(self._features[element].prose for element in running if self._order[element] > at)
            if behind >= total * _MOST_BEHIND:
                return at
        return -1

    def reason(self, element: HtmlElement) -> str:
        """Why the element is left out; empty for one that stays, in which others may be left out."""
        here = self._features[element]
        tag = element.tag
        if tag == "article" and self._is_inner_article(element):
            return "related links"
        if tag in _NEVER or element in self._around or element is self._core:
            return ""
        if element in self._interruptions:
            return page_interruptions.REASON
        if tag == "svg":
            return "drawing"
        if tag == "time" and page_days.is_of_change(element):
            return "day of a change"
        hidden = self._hidden(element)
        if hidden is not None:
            return hidden
        behind_headline = 0 <= self._headline < self._order[element]
        if here.prose > self._total * 0.5 or (here.headline and not behind_headline and tag not in ("nav", "dialog")):
            return ""
        if tag in _CONTROLS:
            return self._control(element)
        if tag == "noscript":
            return (
                ""
                if here.prose and element in self._inside and not _SCRIPTS.search(element.text_content())
                else "without scripts"
            )
        if tag == "figure":
            return page_pictures.caption_of_figure(element, self._features)
        if page_pictures.is_caption(element, self._features):
            return "caption of a picture"
        if self._certain_part and element in self._inside and page_pictures.is_bare_caption(element, self._features):
            return "caption of a picture"
        if tag == "form":
            return "form" if here.controls and here.prose < 200 else ""
        role = (element.get("role") or "").lower()
        hint = (
            TAGS.get(tag)
            or ROLES.get(role)
            # Sorted: a set of names has another order in each process.
            or next((REASONS[name] for name in sorted(names(element)) if name in REASONS), "")
        )
        within = element in self._inside or self._begin_of_head < self._order[element] < self._order[self._core]
        if self._certain_part and within and here.prose <= self._total * _MOST_OF_TEXT:
            # A box beside a text may be a part of it.
            named = hint or page_hints.within_article(element)
            if hint == "side column":
                named = page_hints.within_article(element)
            if named in _NEVER_TEXT and (is_in_sentence(element) or not self._agrees(element, named)):
                return ""
            if named in _NEVER_TEXT and not _quotes(element):
                return named if not is_heading_of_text(element, self._features) else ""
        if hint:
            return self._hinted(element, hint)
        if tag in ("ul", "ol", "menu", "div", "section", "p", "header") and self._is_link_list(element):
            return "related links" if self._is_behind(element) else "navigation"
        if tag in ("ul", "menu") and self._is_row_of_signs(element):
            return "share bar"
        return ""

    def _is_inner_article(self, element: HtmlElement) -> bool:
        """True for one of several articles in an article, each with links, behind the first running text: the heads of other texts."""
        parent = element.getparent()
        if not self._text_begins < self._order[element] or element in self._around or element is self._core:
            return False
        if parent is None or not any(True for _ in element.iterancestors("article")) or self._text_begins < 0:
            return False
        alike = [child for child in parent if child.tag == "article"]
        return len(alike) >= _LEAST_ARTICLES and all(self._features[child].links for child in alike)

    def _agrees(self, element: HtmlElement, reason: str) -> bool:
        """True where the structure agrees with what a part of an article is named: running text is left out only where it is short, is
        about an author, has links or controls, or stands at its picture."""
        here = self._features[element]
        if not here.prose or here.controls or here.link_density > _LINKED:
            return True
        if reason == "caption of a picture":
            return page_pictures.is_beside(element, self._features)
        if reason in ("share bar", "navigation", "about the page"):
            return False
        return reason == "about the author" or (here.sentences <= _FEW and here.text <= _MOST_BOX)

    def may_state_day(self, element: HtmlElement) -> bool:
        """True for a part between the headline and the text in which a day stands: that may be the day of the text, whatever else the
        part is."""
        return (
            self._certain_part
            and self._begin_of_head < self._order[element] < max(self._order[self._core], self._text_begins)
            and self._features[element].text < page_days.MOST
            and page_days.holds_day(element)
        )

    def is_certain(self, element: HtmlElement, reason: str) -> bool:
        """True where the structure leaves no doubt that an element is furniture."""
        here = self._features[element]
        linked = here.link_density > 0.5 or (here.links >= 3 and here.link_density > 0.15)
        if reason in _CERTAIN:
            return not (self._certain_part and element in self._inside and here.prose and not linked)
        if reason == "caption of a picture":
            return page_pictures.is_beside(element, self._features)
        if reason == "hidden":
            return self._is_dialog(element)
        if reason in ("form", "sign-up form", "overlay", "share bar") and here.controls:
            return True
        if reason == "page foot":
            return here.links >= 2 or COPYRIGHT.search(element.text_content()) is not None
        return reason in ("navigation", "side column", "about the page", "share bar") and linked

    def _is_dialog(self, element: HtmlElement) -> bool:
        """True for a hidden part that speaks for the site: a dialog, a form, a notice; outside of the text."""
        if element in self._inside and self._core.tag != "body":
            return False
        dialog = (element.get("role") or "").lower() in ("dialog", "alertdialog") or bool(
            {REASONS.get(name) for name in names(element)} & {"overlay", "cookie notice", "sign-up form", "form"}
        )
        return dialog or self._features[element].controls > 0

    def _hinted(self, element: HtmlElement, hint: str) -> str:
        """The reason that a name, a role or the kind of element gives, where the structure agrees."""
        here = self._features[element]
        inside = element in self._inside
        linked = here.link_density > 0.4 or (here.links >= 3 and here.link_density > 0.2)
        own_prose = here.prose > 0 and not linked
        if element.tag in ("nav", "dialog") or hint == "advertisement":
            return hint
        if hint == "cookie notice":
            return hint if self._wall.search(element.text_content()) or not own_prose else ""
        if hint == "page head":
            return ""
        if hint == "page foot":
            return self._foot(element, own_prose)
        if hint in ("comments", "caption of a picture"):
            return hint if not here.prose or (hint != "comments" and page_pictures.is_named(element)) else ""
        if here.controls and here.prose < 300 and hint in ("sign-up form", "form", "overlay", "share bar"):
            return hint
        if own_prose and inside:
            return ""
        return hint

    def _foot(self, element: HtmlElement, own_prose: bool) -> str:
        """A foot of a quotation or of an article is text where it reads so; that of the page is not."""
        if any(True for _ in element.iterancestors("blockquote", "figure", "q")):
            return ""
        in_article = any(True for _ in element.iterancestors("article", "main"))
        if element in self._inside and own_prose and (in_article or not _is_last(element)):
            return ""
        return "page foot" if not in_article else "about the page"

    def _hidden(self, element: HtmlElement) -> str | None:
        """The reason for what a browser does not show at once; empty for what belongs to the text all the same, None for what it shows."""
        here = self._features[element]
        written = element.get("style")
        style = re.sub(r"\s+", "", written).lower() if written else ""
        gone = element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style
        named = names(element)
        if not gone and (element.get("aria-hidden") or "").lower() == "true":
            # Shown, and not read aloud: a sign, or a text that a script covers.
            gone = here.text < 40 and element.tag in ("i", "span", "svg", "b", "em", "a", "button", "div")
            return "hidden" if gone and not here.sentences else None
        if not gone and not any(REASONS.get(name) == "hidden" for name in named):
            return None
        if here.prose > self._total * 0.5 or (element.tag == "h1" and not gone):
            return ""
        folded = (
            bool(named & FOLDS)
            or element.get("aria-labelledby") is not None
            or (element.get("role") or "").lower() == "tabpanel"
            or self._has_opener(element)
        )
        return "" if here.prose and folded and element in self._inside else "hidden"

    def _has_opener(self, panel: HtmlElement) -> bool:
        """True for a hidden part just behind the control or heading that opens it."""
        before = panel.getprevious()
        while before is not None and not isinstance(before.tag, str):
            before = before.getprevious()
        if before is None or self._features[before].text > _MOST_LABEL:
            return False
        return before.tag in (*_HEADINGS, "button", "label") or any(True for _ in before.iter("button", "label"))

    def _control(self, element: HtmlElement) -> str:
        """A control is furniture, but for the heading of a part that it opens, and a label that is a sentence."""
        here = self._features[element]
        parent = element.getparent()
        if element.tag == "legend" or (element.tag == "label" and here.prose):
            return ""
        if element.tag in ("button", "label") and element in self._inside and 0 < here.text <= _MOST_LABEL:
            if parent.tag in (*_HEADINGS, "summary", "dt"):
                return ""
            alone = self._features[parent].text == here.text and parent.tag not in _NEVER
            after = (parent if alone else element).getnext()
            if after is not None and isinstance(after.tag, str) and self._features[after].prose:
                element.tag = "h4"
                return ""
        return "form"

    def _is_link_list(self, element: HtmlElement) -> bool:
        here = self._features[element]
        if here.links < 2 or here.prose or here.link_density < 0.8:
            return False
        if element not in self._inside:
            return here.links >= 3
        if any(OWN_LINK.search(link.get("href") or "") for link in element.iter("a")):
            return False
        if here.links >= 4 and self._is_before_headline(element):
            return True
        at = self._order[element]
        return self._text_begins >= 0 and (
            at > self._text_ends or (here.links >= 3 and self._headline < at < self._text_begins)
        )

    def _is_row_of_signs(self, element: HtmlElement) -> bool:
        """True for a list of single words between the headline and the text: buttons whose signs a script draws."""
        here = self._features[element]
        if here.prose or not self._headline < self._order[element] < self._text_begins or self._headline < 0:
            return False
        items = [self._features[item] for item in element if item.tag == "li"]
        return (
            len(items) >= 2
            and all(item.text <= _MOST_SIGN for item in items)
            and not any(char.isdigit() for char in element.text_content())
        )

    def _is_before_headline(self, element: HtmlElement) -> bool:
        return self._order[element] < self._headline

    def _is_behind(self, element: HtmlElement) -> bool:
        """True for what stands behind the headline and behind where the text begins."""
        return self._order[element] > max(self._headline, self._order[self._core])


def _quotes(element: HtmlElement) -> bool:
    """True for a part that holds a quotation, as posts of others within an article do."""
    return element.tag == "blockquote" or any(True for _ in element.iter("blockquote"))


def _is_last(element: HtmlElement) -> bool:
    return element.getnext() is None

"""Other bodies of a release: whom its lead has announce, whom “Source: …” names, and each that has its own “About …”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.intake.document import Document, Layout
from onrecord.intake.evidence import issuer_in_text
from onrecord.intake.evidence.issuer_candidates import Candidate
from onrecord.intake.evidence.issuer_labels import LABEL, SHORT_LINE
from onrecord.intake.evidence.organization_names import (
    folded,
    has_legal_form,
    is_named_organization,
    tidied,
    without_article,
    without_legal_form,
)
from onrecord.intake.lexicon import Lexicon

# Signs that every partner of a release may have: it is spoken of, quoted, reached, and named at the end.
_OF_PARTNERS = frozenset({"about", "address", "subject", "contact", "people", "foot"})
# "ABOUT ORLA DIGITAL, INC.Orla Digital has offices …": capitals, then a word of the text.
_GLUED = re.compile(r"(?P<name>[^a-z\n]{3,80}?[^\sa-z])(?=[^\W\d_a-z][a-z]+\s)")
# Words with capitals, small words between.
_CAPITAL_WORDS = re.compile(r"[^\W\d_a-z][\w.&’'-]*(?:\s+(?:[a-z]{2,3}\s+){0,2}[^\W\d_a-z][\w&’'-]*){0,8}")
_LONGEST_LEAD = 700
_BESIDE = 16
_MOST_ABOUT, _MOST_NAME = 10, 9
# A body that a text is by is named so often in it.
_LEAST_AGAIN = 3
_LEAST_LAST, _LEAST_SHOUTED = 3, 4
# A question shows no more bodies of one kind.
_MOST_BODIES = 12
_DASH = re.compile(r"\s[–—-]{1,2}\s")
# Signs that each of several bodies may have which announce something together.
_OF_ANNOUNCERS = _OF_PARTNERS | {"today", "text"}
_BETWEEN_SENTENCES = re.compile(r"(?<=[\w)]{3})[.!?:]\s+(?=[^\W\d_a-z])")
_IN_BRACKETS = re.compile(r"(?<!\s)\s*\([^()]{2,90}\)")
# "have", "han", "haben" before the verb
_BEFORE_VERB = re.compile(r"(?<!\s)(?:\s+[a-zà-ÿ]{2,10}){0,3}\s*$")
_NAME_PART = re.compile(r"[^\W\d_a-z][\w.&’'-]*|[a-z]{2,3}|&")


def are_partners(candidates: Sequence[Candidate], layout: Layout, document: Document, lexicon: Lexicon) -> bool:
    """True for names that have no sign but those of partners, where several bodies have their “About …” and the text begins with another
    word, or where the lead or “Source: …” names another."""
    if not candidates or not all(candidate.groups <= _OF_PARTNERS for candidate in candidates):
        return False
    opening = next((block.text for block in layout.body if block.kind == "paragraph"), "")
    several = len(_abouts(document, lexicon)) > 1
    rivals = [folded(rival, lexicon) for rival in (*sources(document, lexicon), *_announcing(layout, lexicon))]
    for candidate in candidates:
        names = (candidate.name, *candidate.others)
        plain = {folded(name, lexicon) for name in names}
        opens = any(issuer_in_text.opens_with(name, (opening,), lexicon) for name in names)
        if not (several and not opens) and all(_is_same(rival, plain) for rival in rivals):
            return False
    return True


def announces_with_others(candidate: Candidate, layout: Layout, lexicon: Lexicon) -> bool:
    """True for a name that has no sign but those of partners and of the lead, where the lead has several bodies announce together, of which
    it is one: “Orla Digital, Keld Lamps and Oru Inc. announced today”."""
    if not candidate.groups <= _OF_ANNOUNCERS:
        return False
    together = [f" {folded(name, lexicon)} " for name in _together(layout, lexicon)]
    own = [folded(name, lexicon) for name in (candidate.name, *candidate.others)]
    return any(f" {name} " in each for name in own if name for each in together)


def named(layout: Layout, document: Document, lexicon: Lexicon) -> list[tuple[str, str]]:
    """The names of the bodies that a release has beside the text's signs, and where each stands."""
    out = [(name, "“Source: …”") for name in sources(document, lexicon)]
    out += [(name, "the text says that it announces") for name in _announcing(layout, lexicon)]
    out += [(name, "the text says that it announces with others") for name in _together(layout, lexicon)[1:]]
    out += [(name, "“About …”") for name in _abouts(document, lexicon)]
    return out


def opening(layout: Layout, lexicon: Lexicon) -> tuple[str, str]:
    """The name of two words and more with which the text begins, and how: the headline begins with it too, or what the body is stands
    behind it, or its short form in brackets, or it is named again and again. No sign of a publisher, but what a person looks for."""
    lead = next((block.text for block in layout.body if block.kind == "paragraph"), "")[:_LONGEST_LEAD]
    text = without_article(lead.lstrip(), lexicon)
    match = _CAPITAL_WORDS.match(text)
    name = match[0].rstrip(" ,.") if match else ""
    if not match or not 1 < len(name.split()) <= _MOST_NAME or lexicon.pattern("function_words", "start").match(name):
        return "", ""
    cut = text[match.end() : match.end() + 1] == "." and len(name.split()[-1]) < _LEAST_LAST
    if cut or (name.isupper() and len(name.split()) >= _LEAST_SHOUTED):
        # "Port St. Orla", a headline once more
        return "", ""
    headline = without_article(layout.title, lexicon).casefold()
    if headline.startswith(f"{name.casefold()} "):
        return name, "headline and text begin with it"
    behind = text[match.end() :].lstrip(" ")
    article = lexicon.pattern("articles", "start").match(behind.lstrip(", ")) if behind.startswith(",") else None
    again = sum(block.text.count(name) for block in (*layout.body, *layout.notes))
    if article or behind.startswith("(") or again >= _LEAST_AGAIN:
        return name, "the text begins with it"
    return "", ""


def sources(document: Document, lexicon: Lexicon) -> list[str]:
    """The bodies of lines of their own with the label of a publisher, in the second half of the document: “Source: Orla Digital, Inc.”."""
    out: list[str] = []
    for block in document.blocks[len(document.blocks) // 2 :]:
        if len(out) == _MOST_BODIES:
            break
        text = block.text.strip()
        label = LABEL.match(text) if len(text) <= SHORT_LINE else None
        if not label or not lexicon.pattern("label_publisher", "whole").match(label["label"].strip()):
            continue
        name = tidied(text[text.index(":") + 1 :] if ":" in text else "", lexicon)
        if has_legal_form(name, lexicon) or (name[:1].isupper() and is_named_organization(name, lexicon)):
            out.append(name)
    return out


def _announcing(layout: Layout, lexicon: Lexicon) -> Iterator[str]:
    """The name with which the lead begins, where it announces something as on the day of the release: “Orla Digital, Inc., which makes
    lamps, today announced”."""
    before = _before_announcing(layout, lexicon)
    start = max((dash.end() for dash in _DASH.finditer(before)), default=0)
    name = _CAPITAL_WORDS.match(without_article(before[start:].lstrip(), lexicon))
    if name and len(name[0].split()) <= _MOST_NAME:
        yield name[0].rstrip(" ,.")


def _before_announcing(layout: Layout, lexicon: Lexicon) -> str:
    """The lead up to where it announces something as on the day of the release; empty where it does not."""
    lead = next((block.text for block in layout.body if block.kind == "paragraph"), "")[:_LONGEST_LEAD]
    for day in lexicon.pattern("today", "within").finditer(lead):
        start = max(day.start() - _BESIDE, 0)
        for verbs in ("organization_speaks", "speech_verbs"):
            verb = lexicon.pattern(verbs, "within").search(lead[start : day.end() + _BESIDE])
            if verb:
                return lead[: min(day.start(), start + verb.start())]
    return ""


def _together(layout: Layout, lexicon: Lexicon) -> list[str]:
    """The names of the bodies that the lead has announce something together, two and more, where its sentence begins with nothing else."""
    before = _before_announcing(layout, lexicon)
    start = max((end.end() for mark in (_DASH, _BETWEEN_SENTENCES) for end in mark.finditer(before)), default=0)
    subject = _BEFORE_VERB.sub("", _IN_BRACKETS.sub("", before[start:]))
    joined = [match for match in lexicon.pattern("conjunctions", "within").finditer(subject) if match.start()]
    if not joined:
        return []
    for match in reversed(joined):
        subject = f"{subject[: match.start()]},{subject[match.end() :]}"
    pieces = [without_article(piece.strip(), lexicon) for piece in subject.split(",") if piece.strip()]
    names = [name for piece in pieces if (name := without_legal_form(piece, lexicon).strip(" .,"))]
    whole = all(
        name[:1].isupper()
        and len(name.split()) <= _MOST_NAME
        and all(_NAME_PART.fullmatch(part) for part in name.split())
        for name in names
    )
    return names[:_MOST_BODIES] if whole and len(names) > 1 else []


def _abouts(document: Document, lexicon: Lexicon) -> list[str]:
    """The names behind “About …” at the head of lines of the last two thirds of the document, each once."""
    out: dict[str, str] = {}
    for block in document.blocks[len(document.blocks) // 3 :]:
        if len(out) == _MOST_BODIES:
            break
        text = block.text.strip().rstrip(":")
        about = lexicon.pattern("about_words", "start").match(text)
        if not about or lexicon.pattern("navigation", "whole").match(text):
            # "About us"
            continue
        behind = text[about.end() :].strip()
        glued = _GLUED.match(behind) if text[: about.end()].isupper() else None
        if glued:
            behind = glued["name"]
        elif len(text.split()) > _MOST_ABOUT or text.endswith((".", "?", "!")):
            continue
        name = tidied(behind, lexicon)
        plain = folded(name, lexicon)
        if plain and not name[:1].islower() and not _is_same(plain, set(out)):
            out[plain] = name
    return list(out.values())


def _is_same(rival: str, names: set[str]) -> bool:
    """True where one name is the other, or begins or ends it."""
    return any(rival in name or name in rival for name in names)

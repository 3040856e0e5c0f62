"""Whom journalists are to ring: the body of a press contact, which a release names as its sender and a report does not.

A contact is one sign, however many lines it has: its name, and the domain of its address. Two bodies with press contacts issued the text
together, or one of them for the other: then neither contact says who published it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.intake.document import Block, Document, Layout
from onrecord.intake.evidence.issuer_domains import DOMAIN, DOMAIN_END, is_domain_of, is_site_of, site_label
from onrecord.intake.evidence.issuer_in_text import opens_with, speaking
from onrecord.intake.evidence.issuer_sign import Sign
from onrecord.intake.evidence.organization_names import is_named_organization, without_article
from onrecord.intake.lexicon import Lexicon

# So many blocks at each end of a document are looked through for contacts, and so many short ones below a heading of theirs.
_MOST_ENDS, _REACH = 40, 8
_MOST_HEAD = 12
_LONGEST_LINE = 200
_LONGEST_HEADING = 160
# A mail address whose first part says whom it is for: "presse@lampenbund.example".
_MAILBOX = re.compile(r"(?<![\w.+-])(?P<box>[a-z]{2,20})(?:[._-]?[a-z\d]{0,20})@", re.IGNORECASE)
_PARTS = re.compile(r"\s[–—-]\s|[|,;:·•()/]|\t")
# Words with capitals, small words between.
_CAPITALS = re.compile(r"[^\W\d_a-zà-ÿа-я][\w’'-]*(?:\s+(?:[a-zà-ÿ’']{1,4}\s+){0,2}[^\W\d_a-zà-ÿа-я][\w’'-]*){0,7}")
_ADDRESS_END = re.compile(r"\.[a-z]{2,7}(?!\w)")
_MOST_RUNS = 300
_MOST_PARAGRAPHS, _LONGEST_PARAGRAPH = 20, 2000
# The name of a service between the place and the text: "/Harbour Newswire/ --", "(KELD PRESSWIRE) —".
_WIRE = re.compile(
    r"/\s?[\w. -]{0,30}(?:press|news|wire|release)[\w. -]{0,20}\s?/|\([\w. -]{0,30}(?:newswire|presswire)[\w. -]{0,10}\)|newswire\s[-–—]",
    re.IGNORECASE,
)
# So many letters of the first word of an organization's name are nobody else's domain.
_LEAST_FIRST_WORD = 6


def of_contacts(layout: Layout, document: Document, lexicon: Lexicon) -> Iterator[Sign]:
    """A sign for each body that a press contact names, or whose address it has: the name as the headline and the text spell it."""
    lines = list(_contact_lines(document.blocks, lexicon))
    named: dict[str, None] = {}
    for line in lines:
        for part in _PARTS.split(line):
            name = part.strip(" .*_")
            if len(name.split()) > 1 and name[:1].isupper() and _is_name(name, lexicon):
                named[name] = None
    for name in named:
        yield Sign(name, "contact", "press contact")
    domains = dict.fromkeys(match["domain"].lower() for line in lines for match in DOMAIN.finditer(line))
    texts = [
        layout.title,
        *layout.header,
        *(block.text[:_LONGEST_PARAGRAPH] for block in layout.body[:_MOST_PARAGRAPHS]),
    ]
    for domain in domains:
        called = min(_called_by(domain, texts, lexicon), key=len, default="")
        if called:
            yield Sign(called, "contact", f"press contact at {domain}")
    yield from _of_distributed(layout, document, lexicon)


def _of_distributed(layout: Layout, document: Document, lexicon: Lexicon) -> Iterator[Sign]:
    """Of a release that a service distributes ("KELD, May 3 /Harbour Newswire/ --"): the body with whose name its headline and its first
    sentence begin, where an address at its foot is made of that name."""
    first = [block.text[:_LONGEST_HEADING] for block in document.blocks[:_MOST_HEAD]]
    wire = next((match for text in first if (match := _WIRE.search(text))), None)
    opening = next((block.text for block in layout.body if block.kind == "paragraph"), "")
    if wire is None or not opening:
        return
    foot = [block.text[-_LONGEST_PARAGRAPH:] for block in document.blocks[-_MOST_ENDS:]]
    domains = dict.fromkeys(match["domain"].lower() for text in foot for match in DOMAIN.finditer(text))
    behind = _WIRE.split(opening, maxsplit=1)[-1].lstrip(" -–—")
    for domain in domains:
        called = min(_called_by(domain, [layout.title], lexicon), key=len, default="")
        if called and opens_with(called, (layout.title,), lexicon) and opens_with(called, (behind,), lexicon):
            yield Sign(called, "contact", f"address of the release: {domain}")
            yield Sign(called, "text", "headline and text begin with it")
    run = _CAPITALS.match(behind[:_LONGEST_HEADING])
    formed = lexicon.pattern("legal_forms", "within").search(behind[:_LONGEST_HEADING]) if run else None
    if run and formed and formed.start() <= run.end() + 2:
        # "Quay Oil, Inc. today announced" below "Quay Oil Opens …": only a body has a legal form.
        called = run[0][: formed.start()].rstrip(" ,")
        spoken = speaking(called, layout.body, lexicon) if called else None
        if spoken and spoken.outright and opens_with(called, (layout.title,), lexicon):
            yield Sign(called, "contact", "release of a service")
            yield Sign(called, "text", f"the text: “{spoken.words}”")


def _is_name(name: str, lexicon: Lexicon) -> bool:
    whole = not re.search(r"[.!?@\d]|https?", name)
    desk = lexicon.pattern("desk", "whole").match(name) or lexicon.pattern("contacts_heading", "whole").match(name)
    titled = lexicon.pattern("person_titles", "within").search(name)
    return whole and not desk and not titled and is_named_organization(name, lexicon)


def _contact_lines(blocks: Sequence[Block], lexicon: Lexicon) -> Iterator[str]:
    """The lines of press contacts: those below a heading that says so, and those with a mailbox for the press. In a text "for immediate
    release" any contact is for the press."""
    ends = blocks if len(blocks) <= 2 * _MOST_ENDS else (*blocks[:_MOST_ENDS], *blocks[-_MOST_ENDS:])
    heading = lexicon.pattern("contacts_heading", "start")
    press = lexicon.pattern("press_words", "within")
    box = lexicon.pattern("press_words", "whole")
    immediate = lexicon.pattern("immediate_release", "within")
    is_release = any(immediate.search(block.text[:_LONGEST_HEADING]) for block in blocks[:_MOST_HEAD])
    reach = 0
    for block in ends:
        text = block.text.strip().lstrip("*_# ")
        if not text or block.kind not in ("paragraph", "heading", "item"):
            continue
        opens = heading.match(text)
        if opens and (is_release or press.search(text[:_LONGEST_HEADING])):
            reach = _REACH
        elif any(box.match(match["box"]) for match in _MAILBOX.finditer(text[:_LONGEST_LINE])):
            reach = max(reach, 1)
        elif len(text) > _LONGEST_LINE or lexicon.pattern("about_heading", "whole").match(text):
            reach = 0
        if reach and len(text) <= _LONGEST_LINE:
            yield text
            reach -= 1


def _called_by(domain: str, texts: Sequence[str], lexicon: Lexicon) -> Iterator[str]:
    """The names in texts that a domain is made of, or of whose first word: of "harbour.example", "Harbour International"."""
    runs: dict[str, None] = {}
    for text in texts:
        for match in _CAPITALS.finditer(text):
            # "Keldlamps.example": the end of an address belongs to the name.
            ending = _ADDRESS_END.match(text, match.end())
            runs.setdefault(match[0] + (ending[0] if ending else ""))
            if len(runs) > _MOST_RUNS:
                break
    label = site_label(domain)
    for run in runs:
        words = run.split()
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                name = " ".join(words[start:end])
                if not words[start][:1].isupper() or not words[end - 1][:1].isupper():
                    continue
                first = words[start].casefold()
                by_first = first == label and len(first) >= _LEAST_FIRST_WORD and is_named_organization(name, lexicon)
                addressed = DOMAIN_END.search(name) is not None and is_site_of(name, domain, lexicon)
                if addressed or is_domain_of(name, domain, lexicon) or by_first:
                    plain = without_article(name, lexicon)
                    # "a guest of The Lamp Helpers" calls itself so.
                    yield name if any(re.search(rf"[^\W\d_A-Z]\s{re.escape(name)}", text) for text in texts) else plain

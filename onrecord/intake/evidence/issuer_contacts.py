"""Whom journalists are to ring: the body of a press contact, which a release names as its sender and a report does not.

A contact is one sign, however many lines it has: its name, and the domain of its address. Two bodies with press contacts issued the text
together, or one of them for the other: then neither contact says who published it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.intake.document import Block, Document, Layout
from onrecord.intake.evidence.issuer_domains import DOMAIN, is_domain_of, site_label
from onrecord.intake.evidence.issuer_sign import Sign
from onrecord.intake.evidence.organization_names import is_named_organization, without_article
from onrecord.intake.lexicon import Lexicon

# So many blocks at each end of a document are looked through for contacts, and so many short ones below a heading of theirs.
_MOST_ENDS, _REACH = 40, 8
_MOST_HEAD = 12
_LONGEST_LINE = 200
_LONGEST_HEADING = 90
# A mail address whose first part says whom it is for: "presse@lampenbund.example".
_MAILBOX = re.compile(r"(?<![\w.+-])(?P<box>[a-z]{2,20})(?:[._-]?[a-z\d]{0,20})@", re.IGNORECASE)
_PARTS = re.compile(r"\s[–—-]\s|[|,;:·•()/]|\t")
# Words with capitals, small words between.
_CAPITALS = re.compile(r"[^\W\d_a-zà-ÿа-я][\w’'-]*(?:\s+(?:[a-zà-ÿ’']{1,4}\s+){0,2}[^\W\d_a-zà-ÿа-я][\w’'-]*){0,7}")
_MOST_RUNS = 120
_OPENING = 3
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
    if not domains:
        return
    texts = [layout.title, *(block.text for block in layout.body[:_OPENING]), *layout.header]
    for domain in domains:
        called = min(_called_by(domain, texts, lexicon), key=len, default="")
        if called:
            yield Sign(called, "contact", f"press contact at {domain}")


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
            runs.setdefault(match[0])
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
                if is_domain_of(name, domain, lexicon) or by_first:
                    yield without_article(name, lexicon)

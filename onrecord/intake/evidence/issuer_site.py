"""Whose site a page is of: what its metadata call it, its address, and what of it a reader sees are signs of three origins.

Two elements for programs are one sign, as one form fills both in; the end of the page's title is of that form too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from onrecord.intake.document import Document, Layout
from onrecord.intake.evidence.issuer_domains import (
    DOMAIN_END,
    is_site_of,
    own_domain,
    owners_domain,
    site_label,
    with_letters,
)
from onrecord.intake.evidence.issuer_sign import Sign
from onrecord.intake.evidence.issuer_signs import BEHIND_TITLE, HEADLINE_TAIL
from onrecord.intake.evidence.organization_names import (
    is_like_person,
    is_possible,
    without_article,
    without_legal_form,
)
from onrecord.intake.evidence.term_finder import Terms
from onrecord.intake.lexicon import Lexicon

_LONGEST_NAME = 60
_MOST_WORDS = 7
# An article, a legal form.
_LONGEST_FORM = 12
# So many short stretches of a page are looked at.
_MOST_STRETCHES = 5000
# "Lamp Wardens Abroad (LWA)".
_ABBREVIATION = re.compile(r"(?:(?<!\s)\s+)?\((?P<short>[^()\s]{2,12})\)$")
_UNSPACED = re.compile("[\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7af]{3,}")
# "J. Lamprecht"
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.\s?)+[^\W\d_a-z]\w+$")
# Marks of a slogan.
_SLOGAN = re.compile("[!?！？【】「」『』＝=<>＆•⇒|]|, ")
# What a reader of the page sees, though it is kept with its metadata.
_OF_EYES = frozenset({"logo"})
# Origins.
_METADATA, _SEEN, _ADDRESS = "metadata", "seen", "address"
_LEAST_INITIALS = 3
# So many words with an address at their end are no name.
_LEAST_SLOGAN = 4
# The form of government sites' addresses: who of the government speaks, the name of its portal does not say.
_OF_GOVERNMENT = frozenset({"gov", "gouv", "gob", "govt"})


@dataclass(frozen=True, slots=True)
class Site:
    """The body that a page's site is of, all names that it has there, the places of these, and the origins of those places."""

    name: str
    names: tuple[str, ...]
    places: tuple[str, ...]
    origins: frozenset[str]

    @property
    def is_of_all_origins(self) -> bool:
        """True where metadata, the visible text and the address name it."""
        return self.origins >= {_METADATA, _SEEN, _ADDRESS}


def site_of(layout: Layout, document: Document, signs: Sequence[Sign], terms: Terms, lexicon: Lexicon) -> Site | None:
    """The one body that metadata name as the site's and that the visible text or the address name too; None where there is none, where
    there are several, and where the name is of a platform or of a person. `signs` are all that were gathered (see `issuer_signs`)."""
    named = [
        sign
        for sign in signs
        if sign.group in ("site", "publisher")
        and sign.place != HEADLINE_TAIL
        and _is_site_name(sign.name, terms, lexicon)
    ]
    if not any(sign.place not in _OF_EYES for sign in named):
        # Metadata may be silent where the page has an owner and an address.
        named += [sign for sign in signs if sign.group == "copyright" and _is_site_name(sign.name, terms, lexicon)]
    domain = owners_domain(document, lexicon)
    if document.form != "html" or not named or lexicon.pattern("platforms", "whole").match(site_label(domain)):
        return None
    bodies: list[list[Sign]] = []
    for sign in named:
        body = next((body for body in bodies if any(_is_same(sign.name, other.name, lexicon) for other in body)), None)
        if body is None:
            bodies.append([sign])
        else:
            body.append(sign)
    # Behind a headline the title of a page has its section too, or the site that the metadata name a part of.
    behind_title = [body for body in bodies if all(sign.place == BEHIND_TITLE for sign in body)]
    bodies = [body for body in bodies if body not in behind_title] or bodies
    titled = [body for body in bodies if any(sign.place == BEHIND_TITLE for sign in body)]
    possible = [
        site for body in bodies if (site := _site(body, layout, document, signs, domain, terms, lexicon)) is not None
    ]
    if len(bodies) > 1 and bodies == behind_title:
        possible = [site for site in possible if _ADDRESS in site.origins]
    elif len(bodies) > 1:
        # Metadata that name a company too: the name of the site has to stand in its address, and be seen.
        possible = [site for site in possible if {_SEEN, _ADDRESS} <= site.origins]
    if behind_title and not titled:
        possible = [site for site in possible if _ADDRESS in site.origins]
    return possible[0] if len(possible) == 1 else None


def is_of_site(name: str, site: Site, lexicon: Lexicon) -> bool:
    """True where a name is that of a site, or begins with it, or the site's with it."""
    return _is_same(name, site.name, lexicon)


def _site(
    body: Sequence[Sign],
    layout: Layout,
    document: Document,
    signs: Sequence[Sign],
    domain: str,
    terms: Terms,
    lexicon: Lexicon,
) -> Site | None:
    names = list(dict.fromkeys(sign.name for sign in body))
    places = [sign.place for sign in body]
    seen = [sign for sign in body if sign.place in _OF_EYES or sign.group == "copyright"]
    origins = {_SEEN} if seen else set()
    if len(seen) < len(body):
        origins.add(_METADATA)
    # A name that is the address itself, "lanternpost.example", is no second sign beside it.
    addressed = any(is_site_of(name, domain, lexicon) for name in names if not DOMAIN_END.search(name))
    if addressed:
        origins.add(_ADDRESS)
        places.append(own_domain(document).removeprefix("www."))
    holder = next(
        (
            sign
            for sign in signs
            if sign.group == "copyright" and any(_is_same(sign.name, name, lexicon) for name in names)
        ),
        None,
    )
    if holder:
        places.append(holder.place)
    shown = next(_shown(names, document, layout, lexicon), "")
    if shown:
        places.append("a line of the page")
    if holder or shown:
        origins.add(_SEEN)
    name = _spelled(names, document)
    one_word = len(_words(name, lexicon)) == 1 and not _UNSPACED.search(name)
    if len(name) > 1 and name[:1].islower() and all(sign.place == "logo" for sign in body if sign.name == name):
        # "Logo der Lampenzeitung"
        name = without_article(name, lexicon)
    if not holder and (_METADATA not in origins or (_is_of_title(body) and not addressed)):
        # A picture at the head and an address are a document's own too; behind the site's name in the title stands a headline.
        return None
    is_address = DOMAIN_END.search(name) is not None and is_site_of(name, domain, lexicon)
    if len(origins) < 2 or (one_word and not (addressed or holder or is_address)):
        return None
    if _is_person(name, terms, lexicon) and (_ADDRESS not in origins or _is_author(name, layout, lexicon)):
        return None
    if DOMAIN_END.search(name) and shown and shown != shown.lower() and _squeezed(shown) == _squeezed(name):
        # "LaLámpara.example" is seen as "La Lámpara".
        name = shown
    return Site(name, tuple(names), tuple(dict.fromkeys(places)), frozenset(origins))


def _is_person(name: str, terms: Terms, lexicon: Lexicon) -> bool:
    """True for a name that may be a person's: it has no article, and no word by which media and towns are called ("Keld Daily")."""
    if _INITIALS.match(name):
        return True
    is_site = lexicon.pattern("site_words", "within").search(name) is not None
    return is_like_person(name, terms, lexicon) and without_article(name, lexicon) == name and not is_site


def _is_of_title(body: Sequence[Sign]) -> bool:
    return all(sign.place == BEHIND_TITLE for sign in body)


def _is_site_name(name: str, terms: Terms, lexicon: Lexicon) -> bool:
    """True for what may be the name of a site: a possible name of a body, in whatever letters, and no platform's."""
    plain = DOMAIN_END.sub("", name)
    if len(name) > _LONGEST_NAME or not plain or len(plain.split()) > _MOST_WORDS:
        return False
    if lexicon.pattern("platforms", "whole").match(plain) or lexicon.pattern("platforms", "whole").match(name):
        return False
    if plain != name and len(plain.split()) >= _LEAST_SLOGAN:
        # "All the news of Keld at lanternpost.example"
        return False
    if plain != name and any(part in _OF_GOVERNMENT for part in name.lower().split(".")):
        return False
    if lexicon.pattern("by_line", "start").match(name):
        # "The canal in winter - by Ilsa Marn"
        return False
    if plain.lower().startswith("www") or _SLOGAN.search(without_legal_form(name, lexicon)):
        return False
    return is_possible(plain[:1].upper() + plain[1:], terms, lexicon)


def _words(name: str, lexicon: Lexicon) -> list[str]:
    """The words of a name for comparison, without its article, its legal form and the end of an address."""
    plain = DOMAIN_END.sub("", without_article(without_legal_form(_ABBREVIATION.sub("", name), lexicon), lexicon))
    return re.findall(r"\w+", with_letters(plain).casefold())


def _squeezed(name: str) -> str:
    """A name as its address may have it: its letters alone, with its article and without the end of an address."""
    return "".join(re.findall(r"\w+", DOMAIN_END.sub("", name).casefold()))


def _is_same(first: str, second: str, lexicon: Lexicon) -> bool:
    """True where two names are one in other letters, one is the first words of the other, or its initials."""
    one, other = sorted((_words(first, lexicon), _words(second, lexicon)), key=len)
    if not one:
        return False
    if "".join(one) == "".join(other) or other[: len(one)] == one:
        return True
    if _squeezed(first) == _squeezed(second):
        # "La Lámpara", "LaLámpara.example"
        return True
    short = {match["short"].casefold() for name in (first, second) if (match := _ABBREVIATION.search(name))}
    if len(one) == 1 and one[0] in short:
        return True
    small = lexicon.pattern("function_words", "whole")
    initials = {
        "".join(word[0] for word in words) for words in (other, [word for word in other if not small.match(word)])
    }
    return len(one) == 1 and len(one[0]) >= _LEAST_INITIALS and one[0] in initials


def _shown(names: Sequence[str], document: Document, layout: Layout, lexicon: Lexicon) -> Iterator[str]:
    """The stretches of visible text that are nothing but one of the names."""
    wanted = {"".join(_words(name, lexicon)) for name in names} | set(map(_squeezed, names))
    headline = layout.title.casefold()
    longest = max(map(len, names)) + _LONGEST_FORM
    short = (text for stretch in document.visible if len(text := stretch.strip()) <= longest)
    for text in islice(dict.fromkeys(short), _MOST_STRETCHES):
        is_name = "".join(_words(text, lexicon)) in wanted or _squeezed(text) in wanted
        if is_name and text.casefold() != headline:
            yield text


def _is_author(name: str, layout: Layout, lexicon: Lexicon) -> bool:
    """True where a line above the text names somebody with the site's name as its author."""
    words = _words(name, lexicon)
    for line in layout.header:
        by = lexicon.pattern("by_line", "start").match(line)
        if _words(line[by.end() if by else 0 :], lexicon)[: len(words)] == words:
            return True
    return False


def _spelled(names: Sequence[str], document: Document) -> str:
    """The longest of the names that the visible text has in these letters, else the longest that has a capital letter."""
    text = "\n".join(document.visible)
    seen = [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
    return max(seen or names, key=lambda name: (name != name.lower(), len(name)))

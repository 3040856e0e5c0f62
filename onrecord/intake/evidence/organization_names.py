"""Which words can be the name of a body that publishes, and which are a headline, an address, a person, an office or a menu."""

from __future__ import annotations

import re
import unicodedata

from onrecord.intake.evidence.header_words import ADDRESS
from onrecord.intake.evidence.reference_mentions import is_code
from onrecord.intake.evidence.term_finder import Terms, key
from onrecord.intake.lexicon import Lexicon

_MOST_WORDS = 11
_LONGEST = 90
_NAME = 2
_ITEM = re.compile(r"(?:[(\[]?\w{1,3}[)\].]|[-*•–—])\s")
# "presseKeld": the last word of a line and the first of the next.
_GLUED_WORDS = re.compile(r"[a-zà-ÿа-я]{5,}[A-ZÀ-ÞА-Я][a-zà-ÿа-я]{3,}$")
_UNCASED = re.compile("[\u0590-\u08ff\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7af]")
_MIXED_SCRIPTS = re.compile("[\u0370-\u03ff]")
# What says what a line is, whole: no name of anybody.
_WHOLE = (
    "navigation after_page desk contacts_heading notes_heading about_heading greetings read_more immediate_release end_marks kinds months"
    " weekdays label_publisher label_title label_date label_reference label_other label_place function_words by_line mail_from published"
    " updated person_titles generic_names"
).split()


def is_named_organization(text: str, lexicon: Lexicon) -> bool:
    """True where a word stands in the text that organizations are named with."""
    return lexicon.pattern("organization_words", "within").search(text) is not None


def has_legal_form(name: str, lexicon: Lexicon) -> bool:
    """True for a name with what only a body has behind its own: "e. V.", "Ltd"."""
    return lexicon.pattern("legal_forms", "end").search(name) is not None


def without_legal_form(name: str, lexicon: Lexicon) -> str:
    """A name without what only a body has behind its own."""
    form = lexicon.pattern("legal_forms", "end").search(name)
    return name[: form.start()].rstrip(" ,") if form and form.start() else name


def tidied(name: str, lexicon: Lexicon) -> str:
    """A name without its press office, outer punctuation and white space: "Stonemasons for Peace — Press office"."""
    name = re.sub(r"\s+", " ", name).strip(" ,:;|–—-*_")
    office = re.search(r"\s?[|–—,:•·(-]\s?(?P<desk>[^|–—,:•·()]{3,50})\)?$", name)
    if office and office.start() > 2 and lexicon.pattern("desk", "whole").match(office["desk"]):
        name = name[: office.start()]
    return name if re.search(r"\b\w{1,2}\.$", name) or has_legal_form(name, lexicon) else name.rstrip(".")


def without_article(name: str, lexicon: Lexicon) -> str:
    """A name without the article at its head."""
    article = lexicon.pattern("articles", "start").match(name)
    return name[article.end() :].strip() if article and len(name) > article.end() + 2 else name


def folded(name: str, lexicon: Lexicon) -> str:
    """A name for comparison: one case, no article at its head, no legal form."""
    name = without_article(without_legal_form(name, lexicon), lexicon)
    return " ".join(re.sub(r"[«»“”„\"]", " ", key(name)).strip(" .,'").split())


def is_known(name: str, terms: Terms, lexicon: Lexicon) -> str:
    """The name as names.toml or the archive's releases spell it, where it is an organization there or a publisher; else an empty text."""
    plain = folded(name, lexicon)
    term = terms.names.term(name) or terms.names.term(plain)
    if term is not None and term.type != "person":
        return term.label
    return next((known for known in sorted(terms.publishers) if folded(known, lexicon) == plain), "")


def is_possible(name: str, terms: Terms, lexicon: Lexicon) -> bool:
    """False for what is no name of a body: a sentence or headline, an address, a list item, a menu, a title of a person, an office without
    its body, a date, a number."""
    if is_known(name, terms, lexicon):
        return True
    words = name.split()
    if not words or len(words) > _MOST_WORDS or len(name) > _LONGEST or not re.search(r"[^\W\d_]{2}", name):
        return False
    if re.search(r"[?!]$|[:：;…]|\.\s", _without_initials(name)) or ADDRESS.search(name) or _ITEM.match(name):
        return False
    if re.search(r"\([^()]*\s[^()]*\)|\||\s[–—-]\s", name):
        return False
    if sum(map(str.isdigit, name)) >= 4 or is_code(name):
        return False
    if (words[0][:1].islower() and words[0].islower()) or not any(map(_is_upper, name)):
        return False
    if terms.places.term(name) is not None or any(
        lexicon.pattern(category, "whole").match(name) for category in _WHOLE
    ):
        return False
    if _MIXED_SCRIPTS.search(name) and re.search(r"[A-Za-z]", name):
        # "ΊΗΕ MINISTER": a scan that was read in another alphabet.
        return False
    if re.search(r"[&+/]$", name):
        return False
    clause = lexicon.pattern("clause_words", "within").search(name)
    return clause is None or has_legal_form(name, lexicon)


def is_whole(name: str, lexicon: Lexicon) -> bool:
    """True where a possible name may be asserted: its letters are of one script, it is no form of address ("THE HON") or kind of body alone
    ("Foundation"), has no torn word ("Ar Q"), and neither starts nor ends with a word that ties it to others."""
    if len({_script(char) for char in name if char.isalpha()}) > 1:
        return False
    words = re.sub(r"(?<!\w)(?:\w (?=\w(?!\w)))+\w(?!\w)", lambda run: run[0].replace(" ", ""), name).split()
    article = lexicon.pattern("articles", "whole")
    function = lexicon.pattern("function_words", "whole")
    plain = [word.strip(",.") for word in words if not article.match(word)]
    if not plain or all(_is_address_form(word, lexicon) for word in plain):
        return False
    if (
        len(plain) == 1
        and not _UNCASED.search(plain[0])
        and lexicon.pattern("organization_words", "whole").match(plain[0])
    ):
        # "Foundation" is what kind of body it is, and the rest of its name stands elsewhere.
        return False
    if len(words) > 1 and len(words[-1]) == 1 and words[-1].isascii() and words[-1].isalpha():
        return False
    if _GLUED_WORDS.match(words[0]):
        return False
    starts = not article.match(words[0]) and (function.match(words[0]) or _is_tie(words[0], lexicon))
    return not starts and not (len(words) > 1 and (function.match(words[-1]) or article.match(words[-1])))


def _is_address_form(word: str, lexicon: Lexicon) -> bool:
    return any(lexicon.pattern(category, "whole").match(word) for category in ("person_titles", "function_words"))


def _is_tie(word: str, lexicon: Lexicon) -> bool:
    """True for a preposition that a name is never written with: "Por Ilsa Marn", "Selon"."""
    return any(lexicon.pattern(category, "whole").match(word) for category in ("by_line", "according_to", "upon_words"))


def _script(char: str) -> str:
    """The script of a letter as far as scripts are mixed by mistake: Latin, Greek, Cyrillic; else one for all."""
    script = unicodedata.name(char, "").partition(" ")[0]
    return script if script in ("LATIN", "GREEK", "CYRILLIC") else ""


def _is_upper(char: str) -> bool:
    """True for a capital letter, and a letter of a script that has none."""
    return char.isupper() or (char.isalpha() and char.lower() == char.upper())


def _without_initials(name: str) -> str:
    return re.sub(r"\b\w{1,3}\.", "", name)


def is_office_of_person(name: str, lexicon: Lexicon) -> bool:
    """True for words that begin with the title of a person, or have one before somebody's name: "Minister for Lamps", "Keld County Sheriff
    Ada Quill"."""
    plain = without_article(name, lexicon)
    if lexicon.pattern("person_titles", "start").match(plain):
        return True
    inner = [match for match in lexicon.pattern("person_titles", "within").finditer(plain) if match.start()]
    behind = plain[inner[-1].end() :].split() if inner else []
    return len(behind) == _NAME and all(word[:1].isupper() for word in behind)


def is_like_person(name: str, terms: Terms, lexicon: Lexicon) -> bool:
    """True where a name may be a person's: two to four words with capitals and no word of an organization, or one with a person's title."""
    if is_known(name, terms, lexicon) or has_legal_form(name, lexicon):
        return False
    term = terms.names.term(name)
    if term is not None and term.type == "person":
        return True
    if is_office_of_person(name, lexicon):
        return True
    words = name.split()
    if is_named_organization(name, lexicon) or re.search(r"[&«»\"]", name) or _UNCASED.search(name):
        return False
    particles = lexicon.pattern("name_particles", "whole")
    small = lexicon.pattern("function_words", "whole")
    if any(small.match(word) and not particles.match(word) for word in words):
        return False
    return 2 <= len(words) <= 4 and all(word[:1].isupper() or particles.match(word) for word in words)

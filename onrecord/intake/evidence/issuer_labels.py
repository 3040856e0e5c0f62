"""What a line states of the publisher behind a label: "Issued by: X", "Press release issued by X"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.intake.evidence.issuer_sign import Group, Sign
from onrecord.intake.evidence.organization_names import is_named_organization
from onrecord.intake.lexicon import Lexicon

LABEL = re.compile(r"\s*(?P<label>[^\W\d_][\w .’'/()-]{0,30}?)\s*[:：]\s*(?P<value>\S.*)$")
# Languages whose words for "about" stand before what they are about.
_PREPOSED = frozenset({"de", "en", "es", "fr", "it", "nl", "pt", "ru", "sv", "uk"})
# Languages that write every word of a name with a capital, but the small ones.
TITLE_CASE = frozenset({"en"})
# "on", "sobre" may be of a name ("Committee on Lamps"); "following", "in response to" are not.
_LONGEST_LINK = 5
SHORT_LINE = 140


def labelled(line: str, lexicon: Lexicon) -> Iterator[Sign]:
    """What a line states behind a label: "Issued by: X", "Press release issued by X". "From" and "by" are weaker: a person may write."""
    match = LABEL.match(line)
    if match and lexicon.pattern("label_publisher", "whole").match(match["label"]):
        value = re.sub(r"(?:(?<!\s)\s+)?(?:<[^>]{0,300}>|\(.{0,300}\)$)", "", match["value"])
        weak = any(lexicon.pattern(category, "whole").match(match["label"]) for category in ("by_line", "mail_from"))
        yield from _of_label(value, "sender" if weak else "label", lexicon)
        return
    kind = lexicon.find_kind(line)
    issued = lexicon.pattern("issued_by", "within").search(line)
    if issued and kind and kind[0] <= issued.start() and kind[1] >= issued.end():
        # "بیانیه مطبوعاتی": the words for what it is.
        return
    if issued and len(line) <= SHORT_LINE and not line.rstrip().endswith(("?", "!")):
        before = lexicon.pattern("kinds", "within").sub(" ", line[: issued.start()]).strip(" :–—-|")
        if len(before.split()) <= 5 and not lexicon.pattern("clause_words", "within").search(before):
            value = re.split(r"[,;|]|\.\s|\s[–—-]\s", line[issued.end() :].strip(" :："))[0]
            spoken_for = lexicon.pattern("spoken_for", "whole").match(issued[0])
            unsure = spoken_for is not None or _says_what_else(before, lexicon)
            yield from _of_label(without_link(value, lexicon), "head" if unsure else "label", lexicon)


def _says_what_else(before: str, lexicon: Lexicon) -> bool:
    """True where a word in small letters stands before "issued by" and is no kind of document: "the certificates issued by X"."""
    small = [lexicon.pattern(category, "whole") for category in ("function_words", "articles", "connectives", "months")]
    words = re.findall(r"[^\W\d_]{4,}", before)
    return any(word.islower() and not any(pattern.match(word) for pattern in small) for word in words)


def _of_label(value: str, group: Group, lexicon: Lexicon) -> Iterator[Sign]:
    """A label's value as a sign: it ends before contact words and before what the text is about ("following the incident"). Where "on" may
    belong to the name ("Committee on Lamps"), a second sign is needed."""
    contact = lexicon.pattern("contacts_heading", "within").search(value)
    value = value[: contact.start()].rstrip(" ,.;–—-") if contact and contact.start() > 2 else value
    # "来源：灯塔报，~~原文~~": behind the name stands where its text was.
    value = re.split(r"[，；]|~~", value)[0]
    if lexicon.language in _PREPOSED:
        for upon in lexicon.pattern("upon_words", "within").finditer(value):
            head = value[: upon.start()].rstrip(" ,;–—-")
            if len(head) <= 2:
                continue
            of_name = len(upon[0]) <= _LONGEST_LINK and not lexicon.pattern("clause_words", "whole").match(upon[0])
            if of_name and lexicon.pattern("organization_words", "end").search(head):
                yield Sign(value, "head", "label")
            else:
                yield Sign(head, group, "label")
            return
    words = value.split()
    # "Statement by the Australian" / "Delegation": a name with an article has more than one word, unless the line broke.
    cut = (
        len(words) == 2
        and lexicon.pattern("articles", "whole").match(words[0])
        and not is_named_organization(value, lexicon)
    )
    if lexicon.language in TITLE_CASE and has_small_words(value, lexicon):
        # "on behalf of the Greens I extend our sympathies", "statement by local fishermen"
        return
    yield Sign(value, "head" if cut else group, "label")


def has_small_words(value: str, lexicon: Lexicon) -> bool:
    """True where other words than those between the parts of a name have no capital."""
    return any(
        word[:1].islower()
        and not any(
            lexicon.pattern(category, "whole").match(word)
            for category in ("function_words", "articles", "connectives", "name_particles")
        )
        for word in re.findall(r"[^\W\d_]{3,}", value)
    )


def without_link(piece: str, lexicon: Lexicon) -> str:
    """A piece of a header line without "of the" at its head and ", den" at its end."""
    words = piece.split()
    links = lexicon.pattern("function_words", "whole")
    connectives = lexicon.pattern("connectives", "whole")
    articles = lexicon.pattern("articles", "whole")
    # "From the Department of …": an article alone belongs to the name ("The Lantern Committee").
    capital = len(words) > 2 and links.match(words[0]) and not articles.match(words[0]) and articles.match(words[1])
    words = words[2:] if capital else words
    while len(words) > 1 and words[0].islower() and links.match(words[0]):
        words = words[1:]
    while len(words) > 1 and words[-1].islower() and connectives.match(words[-1]):
        words = words[:-1]
    return " ".join(words)

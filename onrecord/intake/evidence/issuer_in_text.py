"""Where the running text says that a body speaks in it: "X said today", "dijo hoy X", "The Committee asks", "said Ada Quill of X"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.intake.document import Block
from onrecord.intake.evidence.organization_names import without_article, without_legal_form
from onrecord.intake.lexicon import Lexicon

_SENTENCE_START = re.compile(r"(?:^|[.!?؟:]\s|[.!?]?[”\"»]\s|\n)\W*$")
_BEHIND = 60
_BEFORE = 70
# The shortest verb of `organization_speaks` that counts: "is" and "has" are said of everything.
_SHORTEST_VERB = 5


def speaking(name: str, body: Sequence[Block], lexicon: Lexicon) -> str:
    """The words of a body that say a named organization speaks, or an empty text."""
    text = "\n".join(block.text for block in body)
    plain = without_article(without_legal_form(name), lexicon)
    for match in re.finditer(rf"(?<!\w){_spaced(plain)}(?!\w)", text, re.IGNORECASE):
        if not any(char.isupper() or char.lower() == char.upper() for char in match[0] if char.isalpha()):
            continue
        before = text[max(match.start() - _BEFORE, 0) : match.start()]
        behind = re.sub(r"^[»”\"]?\s*\([^()]{2,20}\)", "", text[match.end() : match.end() + _BEHIND])
        if _is_subject(behind, lexicon) or _verb_before(before, lexicon) or _is_of_speaker(before, behind, lexicon):
            return _around(text, match.start(), match.end())
        if _starts_sentence(before, lexicon) and re.match(r"\s+[^\W\d_A-Z]\w+", behind):
            return _around(text, match.start(), match.end())
    return _self_reference(plain, text, lexicon)


def _spaced(name: str) -> str:
    """A name as a pattern: any white space between its words, its quotation marks of any kind."""
    return r"\s+".join(re.sub(r"[«»“”\"„]", "[«»“”\"„]", re.escape(word)) for word in name.split())


def _is_subject(behind: str, lexicon: Lexicon) -> bool:
    """True where a verb of speech or "today" follows a name."""
    words = re.match(r"[\s,،»”\"]*(?P<words>\S+(?:\s+\S+){0,3})", behind)
    if not words or behind.lstrip().startswith((".", ";")):
        return False
    for category in ("speech_verbs", "today"):
        if lexicon.pattern(category, "start").match(words["words"]):
            return True
    if (verb := lexicon.pattern("speech_verbs", "within").search(words["words"])) and (
        lexicon.pattern("today", "within").search(words["words"][: verb.start()]) or len(words["words"][: verb.start()].split()) <= 1
    ):
        return True
    speaks = lexicon.pattern("organization_speaks", "start").match(words["words"])
    return speaks is not None and _is_verb(speaks[0])


def _is_verb(words: str) -> bool:
    return len(words.strip()) >= _SHORTEST_VERB or not words.strip().isascii()


def _verb_before(before: str, lexicon: Lexicon) -> bool:
    """True where a verb of speech stands before a name, nothing but small words between: "dijo hoy el", "сообщил сегодня"."""
    small = [lexicon.pattern(category, "whole") for category in ("articles", "function_words", "today", "connectives", "organization_words")]
    for category in ("speech_verbs", "organization_speaks"):
        for verb in list(lexicon.pattern(category, "within").finditer(before))[::-1]:
            between = re.findall(r"[^\s,،’']+['’]?", before[verb.end() :])
            is_close = len(between) <= 4 and not re.search(r"[.!?؟;]", before[verb.end() :])
            words_are_small = all(len(word.rstrip("'’")) <= 2 or any(pattern.match(word) for pattern in small) for word in between)
            if (category == "speech_verbs" or _is_verb(verb[0])) and is_close and words_are_small:
                return True
    return False


def _is_of_speaker(before: str, behind: str, lexicon: Lexicon) -> bool:
    """True where a person of the body speaks: "said Edda Quist of the", "Ines Okoro, director of the", "X's director"."""
    if re.match(r"['’]s?\s+", behind) and lexicon.pattern("person_titles", "within").search(behind[:40]):
        return True
    title = r"(?:[^\W\d_]\S*\s+){1,3}(?:of|for|at|from)\s+(?:the\s+)?$"
    links = re.search(r"(?P<link>\S+)(?:\s+\S{1,4})?\s*$", before)
    if not links:
        return False
    linked = before[: links.start()].rstrip()
    is_link = lexicon.pattern("function_words", "whole").match(links["link"].rstrip("'’")) is not None
    titled = lexicon.pattern("person_titles", "end").search(linked) is not None
    spoken = re.search(title, before) is not None and lexicon.pattern("speech_verbs", "within").search(before) is not None
    return (is_link and titled) or spoken


def _starts_sentence(before: str, lexicon: Lexicon) -> bool:
    """True where nothing but an article stands between a name and the end of the sentence before."""
    article = lexicon.pattern("articles", "end").search(before)
    return _SENTENCE_START.search(before[: article.start()] if article else before) is not None


def _self_reference(name: str, text: str, lexicon: Lexicon) -> str:
    """Where a text that has the name, or the words of an organization in it, goes on with them alone: "The Committee asks", "the Centre's
    director"."""
    if len(name.split()) < 2:
        return ""
    for word in lexicon.pattern("organization_words", "within").finditer(name):
        for match in re.finditer(rf"(?<!\w){re.escape(word[0])}(?!\w)", text, re.IGNORECASE):
            before, behind = text[max(match.start() - _BEFORE, 0) : match.start()], text[match.end() : match.end() + _BEHIND]
            article = lexicon.pattern("articles", "end").search(before)
            head = before[: article.start()] if article else before
            # Languages of other scripts have no articles.
            if not article and word[0].isascii():
                continue
            sentence = _SENTENCE_START.search(head) is not None and re.match(r"\s+[^\W\d_A-Z]\w+", behind)
            has_people = re.match(r"['’]s?\s+", behind) and lexicon.pattern("person_titles", "within").search(behind[:40])
            link = re.search(r"\S{1,4}\s+$", head)
            is_of_person = link is not None and lexicon.pattern("person_titles", "end").search(head[: link.start()].rstrip())
            if sentence or has_people or is_of_person:
                return _around(text, max(match.start() - 4, 0), match.end())
    return ""


def _around(text: str, start: int, end: int) -> str:
    stop = text.find(" ", end + 24)
    return " ".join(text[start : stop if stop > 0 else len(text)].split())

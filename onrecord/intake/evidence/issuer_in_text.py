"""Where the running text says that a body speaks in it: "X said today", "dijo hoy X"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.intake.document import Block
from onrecord.intake.evidence.organization_names import is_named_organization, without_article, without_legal_form
from onrecord.intake.lexicon import Lexicon

_SENTENCE_START = re.compile(r"(?:^|[.!?؟:]\s|[.!?]?[”\"»]\s|[。！？）】]|\n)\W*$")
_SENTENCE_END = re.compile(r"[.!?؟。！？](?=\s|$|[”»\"」])|[。！？\n]")
_UNSPACED = re.compile("[\u2e80-\u9fff]")
# Languages whose verb ends the sentence, however far from its subject.
_VERB_LAST = frozenset({"tr", "ja", "fa"})
# Languages whose verb stands before its subject wherever it is in the sentence.
_VERB_FIRST = frozenset({"ar"})
_LONGEST_SENTENCE = 500
# Words with capitals, small words between: "Office of the Envoy on Detention".
_CAPITAL_WORDS = re.compile(
    r"[^\W\d_a-zà-ÿа-я][\w’'-]*(?:\s+(?:[a-zà-ÿ’']{1,4}\s+){0,2}[^\W\d_a-zà-ÿа-я][\w’'-]*){0,8}"
)
_OF_PROSE = frozenset({"paragraph", "item"})
# "Lamp Wardens Abroad (LWA)": who opens a text so is introduced to its readers.
_ABBREVIATED = re.compile(r"[»”\"]?\s*\([^()\s]{2,12}\)")
_BEHIND = 60
_BEFORE = 70
_MOST_BEFORE_NAME = 3
# A name's apposition: "X, a coalition of 40 groups, said today". So long, with so many commas.
_LONGEST_APPOSITION, _MOST_COMMAS = 260, 6
# Somebody behind an office: "District Attorney Ada R. Marn".
_HOLDER = re.compile(r"(?:\s+[^\W\d_a-z][\w.’'-]*){2,4}")
_POSSESSIVE_END = re.compile(r"['’]s?\s+(?P<word>\w+)$")
# The shortest verb of `organization_speaks` that counts: "is" and "has" are said of everything.
_SHORTEST_VERB = 5


@dataclass(frozen=True, slots=True)
class SpeakingWords:
    """Words of a text that say that a body speaks. `outright` says that a verb of speech or "today" stands beside the name or its people;
    else the name is no more than what a sentence is about. `today` says that the text speaks as on the day of its publication."""

    words: str
    outright: bool
    today: bool = False


def speaking(name: str, body: Sequence[Block], lexicon: Lexicon) -> SpeakingWords | None:
    """The words of the first two paragraphs or the last one that have a named organization speak, the plainest first; None where there are
    none. The whole name is the subject: "the Tribunal", a possessive, "X and eighteen" and a longer name around it are none."""
    paragraphs = [block.text for block in body if block.kind == "paragraph"]
    # A release whose paragraphs have numbers.
    paragraphs = paragraphs if len(paragraphs) > 1 else [block.text for block in body if block.kind in _OF_PROSE]
    text = "\n".join([*paragraphs[:2], *paragraphs[2:][-1:]])
    plain = without_article(without_legal_form(name, lexicon), lexicon)
    is_body = is_named_organization(name, lexicon)
    weak = None
    strong = None
    for match in re.finditer(_walled(plain), text, re.IGNORECASE):
        if not any(char.isupper() or char.lower() == char.upper() for char in match[0] if char.isalpha()):
            continue
        before = _without_kind_of_body(text[max(match.start() - _LONGEST_SENTENCE, 0) : match.start()], lexicon)
        following = _without_legal_form(text[match.end() : match.end() + _LONGEST_APPOSITION + _BEHIND], lexicon)
        following = re.sub(r"^[»”\"]?\s*\([^()]{2,90}\)", "", following)
        behind = following[:_BEHIND]
        if _goes_on(behind):
            continue
        words = _around(text, match.start(), match.end())
        free = _is_free(before, lexicon)
        if (
            (free and is_subject(behind, lexicon, is_body=is_body))
            or _verb_before(before, behind, lexicon)
            or _is_issuer(before, behind, lexicon)
            or (_starts_sentence(before, lexicon) and _speaks_behind_apposition(following, lexicon, is_body=is_body))
            or _speaks_at_end(before, text[match.end() : match.end() + _LONGEST_SENTENCE], lexicon)
        ):
            today = lexicon.pattern("today", "within")
            on_the_day = today.search(behind[:40]) or today.search(before[-40:])
            if on_the_day:
                return SpeakingWords(words, True, True)
            strong = strong or SpeakingWords(words, True)
        elif _starts_sentence(before, lexicon) and (
            _has_verb(behind, lexicon)
            or _has_object(behind, lexicon)
            or _is_introduced(before, text[match.end() : match.end() + _BEHIND], lexicon)
        ):
            weak = weak or SpeakingWords(words, False)
    return strong or weak


def holder_speaking(name: str, body: Sequence[Block], lexicon: Lexicon) -> SpeakingWords | None:
    """The words of the first paragraphs that have whoever holds an office speak, where the name is that of the office: "Keld County Sheriff
    Ada Marn announced today" for "Keld County Sheriff’s Office"; None where there are none."""
    end = _POSSESSIVE_END.search(name)
    office = name[: end.start()] if end and lexicon.pattern("organization_words", "whole").match(end["word"]) else ""
    office = without_article(office, lexicon)
    if not lexicon.pattern("person_titles", "end").search(office):
        return None
    for block in [block for block in body if block.kind == "paragraph"][:2]:
        for match in re.finditer(_walled(office), block.text):
            holder = _HOLDER.match(block.text[match.end() : match.end() + _BEHIND])
            at = match.end() + (holder.end() if holder else 0)
            behind = block.text[at : at + _BEHIND]
            if holder and is_subject(behind, lexicon):
                today = lexicon.pattern("today", "within").search(behind[:40]) is not None
                return SpeakingWords(_around(block.text, match.start(), at), True, today)
    return None


def opens_with(name: str, texts: Sequence[str], lexicon: Lexicon) -> bool:
    """True where the headline or the first paragraph (`texts`) begins with a name, up to three words before it, in no prepositional phrase
    and joined to no other name: "The Lamp Wardens and the Oil Council" are two."""
    plain = without_article(without_legal_form(name, lexicon), lexicon)
    for text in texts:
        match = re.search(_walled(plain), text, re.IGNORECASE)
        words = text[: match.start()].split() if match else []
        if match is None or len(words) > _MOST_BEFORE_NAME:
            continue
        last = words[-1] if words else ""
        tied = lexicon.pattern("function_words", "whole").match(last) and not lexicon.pattern(
            "articles", "whole"
        ).match(last)
        behind = text[match.end() :].lstrip()
        if (
            not tied
            and not lexicon.pattern("conjunctions", "start").match(behind)
            and not behind.startswith(("&", ","))
        ):
            return True
    return False


def _without_legal_form(behind: str, lexicon: Lexicon) -> str:
    """What stands behind a name, without the legal form with which it begins: ", Inc. announced" → " announced"."""
    form = lexicon.pattern("legal_forms", "within").search(behind[:_BEHIND])
    return behind[form.end() :].removeprefix(".") if form and re.fullmatch(r",?\s*", behind[: form.start()]) else behind


def _speaks_behind_apposition(behind: str, lexicon: Lexicon, *, is_body: bool) -> bool:
    """True where what a body is stands between commas behind its name, and then a verb of speech: ", a coalition of 40 groups, said"."""
    article = lexicon.pattern("articles", "start").match(behind[2:]) if behind.startswith(", ") else None
    if not article or not behind[2:3].islower():
        return False
    end = _SENTENCE_END.search(behind, 2)
    commas = list(re.finditer(r",\s", behind[: end.start() if end else len(behind)]))[1 : _MOST_COMMAS + 1]
    return any(is_subject(behind[comma.end() - 1 :][:_BEHIND], lexicon, is_body=is_body) for comma in commas)


def _is_introduced(before: str, behind: str, lexicon: Lexicon) -> bool:
    """True where a name opens the whole text, its abbreviation stands behind it, and no second body is named with it: "Lamp Wardens Abroad
    (LWA) and the Oil Council" have issued the text together."""
    article = lexicon.pattern("articles", "end").search(before)
    abbreviated = _ABBREVIATED.match(behind)
    if not abbreviated or re.search(r"\w", before[: article.start()] if article else before):
        return False
    following = behind[abbreviated.end() :].lstrip()
    joined = any(lexicon.pattern(category, "start").match(following) for category in ("conjunctions", "range_words"))
    return not following.startswith((",", "&", "،", "、")) and not joined


def _without_kind_of_body(before: str, lexicon: Lexicon) -> str:
    """Words before a name without the one with an article that says what the body is: "der Verein" before "Offene Akten"."""
    word = re.search(r"(?<!\w)(?P<word>\w++)\s+$", before)
    if not word or not lexicon.pattern("organization_words", "whole").match(word["word"]):
        return before
    head = before[: word.start()]
    return head if lexicon.pattern("articles", "end").search(head.rstrip()) else before


def _goes_on(behind: str) -> bool:
    """True where a name is only the first part of a longer one ("Minister for Lamps, Ada Quill" is none), or a possessive."""
    return re.match(r"['’]|\s+[^\W\d_a-z]*[A-ZÀ-ÖØ-ÞА-Я]|\s+&", behind) is not None


def _is_free(before: str, lexicon: Lexicon) -> bool:
    """True where a name, with its article, is no part of a prepositional phrase or of a longer name: it may be the subject."""
    article = lexicon.pattern("articles", "end").search(before)
    head = before[: article.start()] if article else before
    word = re.search(r"(?<![\w’'])(?P<word>[\w’']++)\s*$", head)
    if not word or _SENTENCE_START.search(head):
        return True
    if lexicon.pattern("today", "end").search(head):
        return True
    if word["word"][:1].isupper() or any(map(str.isdigit, word["word"])):
        return False
    return not any(
        lexicon.pattern(category, "whole").match(word["word"])
        for category in ("function_words", "connectives", "upon_words", "speech_verbs", "according_to")
    )


def _has_verb(behind: str, lexicon: Lexicon) -> bool:
    """True where a verb that the lexicon knows follows: "welcomes", "calls on"."""
    words = re.match(r"\s+(?P<words>\w\S*(?:\s+\w\S*)?)", behind)
    if not words or (not words["words"][:1].islower() and words["words"][:1].isupper()):
        return False
    function = lexicon.pattern("function_words", "start").match(words["words"])
    verbs = [
        lexicon.pattern(category, "start").match(words["words"])
        for category in ("clause_words", "speech_verbs", "organization_speaks")
    ]
    return any(verb and _is_verb(verb[0]) and (not function or verb.end() > function.end()) for verb in verbs)


def bodies_speaking(body: Sequence[Block], lexicon: Lexicon) -> list[str]:
    """The names of organizations that speak in the first paragraphs: no signs of a publisher, but what a person looks for."""
    out: dict[str, None] = {}
    for block in [block for block in body if block.kind in _OF_PROSE][:2]:
        for match in _CAPITAL_WORDS.finditer(block.text):
            if len(match[0].split()) < 2:
                continue
            name = without_article(match[0], lexicon)
            if len(name.split()) < 2 or not lexicon.pattern("organization_words", "within").search(name):
                continue
            before, behind = (
                block.text[max(match.start() - _LONGEST_SENTENCE, 0) : match.start()],
                block.text[match.end() : match.end() + _BEHIND],
            )
            if is_subject(behind, lexicon) or _verb_before(before, behind, lexicon):
                out[name] = None
    return list(out)


def _spaced(name: str) -> str:
    """A name as a pattern: any white space between its words, its quotation marks of any kind."""
    return r"\s+".join(re.sub(r"[«»“”\"„]", '[«»“”"„]', re.escape(word)) for word in name.split())


def _walled(name: str) -> str:
    """A name as a pattern that fits where it stands as words of its own, which Chinese and Japanese do not show."""
    left = "" if _UNSPACED.match(name[:1]) else r"(?<![\w-])"
    right = "" if _UNSPACED.match(name[-1:]) else r"(?![\w-])"
    return f"{left}{_spaced(name)}{right}"


def _speaks_at_end(before: str, behind: str, lexicon: Lexicon) -> bool:
    """True where a name that opens a sentence is the subject of the verb at its end: "X Derneği, … istedi.", "Xは、…と発表した。"."""
    if lexicon.language not in _VERB_LAST or not _starts_sentence(before, lexicon):
        return False
    mark = lexicon.pattern("speaker_marks", "start").match(behind)
    end = _SENTENCE_END.search(behind)
    if not end or not (mark or re.match(r"\s*+,\s+\w|\s+\w", behind)):
        return False
    sentence = behind[: end.start()]
    return any(
        (verb := lexicon.pattern(category, "end").search(sentence)) is not None and _is_verb(verb[0])
        for category in ("organization_speaks", "speech_verbs")
    )


def _has_object(behind: str, lexicon: Lexicon) -> bool:
    """True where a word with a small letter and an article follow, as a verb with its object does: "supports the findings"."""
    words = re.match(r"\s+(?P<verb>[^\W\d_]{4,})\s+(?P<article>\w+)", behind)
    if not words or not words["verb"].islower() or _is_joining(words["verb"], lexicon):
        return False
    return lexicon.pattern("articles", "whole").match(words["article"]) is not None


def is_subject(behind: str, lexicon: Lexicon, *, is_body: bool = True) -> bool:
    """True where a verb of speech follows a name, nothing or one small word between; of a name of an organization (`is_body`), "today" with
    a verb is enough."""
    mark = lexicon.pattern("speaker_marks", "start").match(behind)
    behind = behind[mark.end() :].lstrip(" 、，") if mark else behind
    found = re.match(r"[»”\"]?\s*(?P<words>\w\S*(?:\s+\w\S*){0,2})", behind)
    if not found:
        return False
    today = lexicon.pattern("today", "start")
    small = [lexicon.pattern(category, "whole") for category in ("connectives", "name_particles")]
    words = found["words"]
    for _ in range(3):
        if lexicon.pattern("speech_verbs", "start").match(words):
            return True
        speaks = lexicon.pattern("organization_speaks", "start").match(words)
        on_day = today.match(words)
        if speaks and _is_verb(speaks[0]) and not (on_day and on_day.end() >= speaks.end()):
            return True
        if on_day:
            following = re.match(r"\w+", behind[behind.find(words) + on_day.end() :].lstrip(" "))
            is_clause = following is not None and not _is_preposition(following[0], lexicon)
            if is_body and (is_clause or not words[:1].isascii()):
                return True
        word, _, rest = words.partition(" ")
        if not rest or word.endswith((",", ".", ";", ":", ")")) or any(pattern.match(word) for pattern in small):
            return False
        if _is_joining(word, lexicon):
            return False
        words = rest.lstrip()
    return False


def _is_joining(word: str, lexicon: Lexicon) -> bool:
    """True for a word that makes what follows a part of the name's phrase: "and eighteen", "of", "in"."""
    auxiliary = lexicon.pattern("clause_words", "whole").match(word) or lexicon.pattern(
        "organization_speaks", "whole"
    ).match(word)
    return not auxiliary and lexicon.pattern("function_words", "whole").match(word) is not None


def _is_preposition(word: str, lexicon: Lexicon) -> bool:
    if lexicon.pattern("articles", "whole").match(word):
        return False
    return any(
        lexicon.pattern(category, "whole").match(word) for category in ("function_words", "connectives", "upon_words")
    )


def _is_verb(words: str) -> bool:
    return len(words.strip()) >= _SHORTEST_VERB or not words.strip().isascii()


def _is_issuer(before: str, behind: str, lexicon: Lexicon) -> bool:
    """True for who a sentence says has published: "according to a report published today by X."."""
    today = lexicon.pattern("today", "within")
    article = lexicon.pattern("articles", "end").search(before)
    head = today.sub("", before[-_BEFORE:] if not article else before[: article.start()][-_BEFORE:])
    issued = lexicon.pattern("issued_by", "end").search(" ".join(head.split()))
    return issued is not None and len(issued[0].split()) > 1 and re.match(r"\s*(?:[.,;]|$)|\s+\d", behind) is not None


def _verb_before(before: str, behind: str, lexicon: Lexicon) -> bool:
    """True where a verb of speech at the head of a sentence or behind a comma stands before a name, nothing but small words between:
    "dijo hoy el", "сообщил сегодня", "…, said the"."""
    if lexicon.language == "en" and not re.match(r"\s*(?:[,.;:”\"]|$)|\s+(?:today|in a|on)\b", behind):
        # "said the Tribunal would": it is spoken of.
        return False
    before = before[-_BEFORE:]
    small = [lexicon.pattern(category, "whole") for category in ("articles", "connectives")]
    today = lexicon.pattern("today", "within")
    verb_first = lexicon.language in _VERB_FIRST
    auxiliary = r"" if lexicon.language == "en" else r"(?:\w{1,4}\s+)?"
    for category in ("speech_verbs", "organization_speaks"):
        for verb in list(lexicon.pattern(category, "within").finditer(before))[::-1]:
            between = re.findall(r"[^\s,،’']+['’]?", today.sub(" ", before[verb.end() :]))
            is_close = len(between) <= 4 and not re.search(r"[.!?؟;]", before[verb.end() :])
            words_are_small = all(
                (len(word.rstrip("'’")) <= 2 and not verb_first) or any(pattern.match(word) for pattern in small)
                for word in between
            )
            opens = verb_first or re.search(rf"(?:^|[^\w\s])\s*{auxiliary}$", before[: verb.start()]) is not None
            if (category == "speech_verbs" or _is_verb(verb[0])) and is_close and words_are_small and opens:
                return True
    return False


def _starts_sentence(before: str, lexicon: Lexicon) -> bool:
    """True where nothing but an article stands between a name and the end of the sentence before."""
    article = lexicon.pattern("articles", "end").search(before)
    return _SENTENCE_START.search(before[: article.start()] if article else before) is not None


def _around(text: str, start: int, end: int) -> str:
    stop = text.find(" ", end + 24)
    return " ".join(text[start : stop if stop > 0 else len(text)].split())

"""Where the running text says that a body speaks in it: "X said today", "dijo hoy X", "The Committee asks", "said Ada Quill of X"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.intake.document import Block
from onrecord.intake.evidence.organization_names import without_article, without_legal_form
from onrecord.intake.lexicon import Lexicon

_SENTENCE_START = re.compile(r"(?:^|[.!?؟:]\s|[.!?]?[”\"»]\s|[。！？）】]|\n)\W*$")
_SENTENCE_END = re.compile(r"[.!?؟。！？](?=\s|$|[”»\"」])|[。！？\n]")
_UNSPACED = re.compile("[\u2e80-\u9fff]")
# Languages whose verb ends the sentence, however far from its subject.
_VERB_LAST = frozenset({"tr", "ja", "fa"})
_LONGEST_SENTENCE = 500
# Words with capitals, small words between: "Office of the Envoy on Detention".
_CAPITAL_WORDS = re.compile(
    r"[^\W\d_a-zà-ÿа-я][\w’'-]*(?:\s+(?:[a-zà-ÿ’']{1,4}\s+){0,2}[^\W\d_a-zà-ÿа-я][\w’'-]*){0,8}"
)
_BEHIND = 60
_BEFORE = 70
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
    """The words of a body that say that a named organization speaks, the plainest first; None where there are none."""
    text = "\n".join(block.text for block in body)
    plain = without_article(without_legal_form(name, lexicon), lexicon)
    weak = None
    strong = None
    for match in re.finditer(_walled(plain), text, re.IGNORECASE):
        if not any(char.isupper() or char.lower() == char.upper() for char in match[0] if char.isalpha()):
            continue
        before = text[max(match.start() - _BEFORE, 0) : match.start()]
        behind = re.sub(r"^[»”\"]?\s*\([^()]{2,20}\)", "", text[match.end() : match.end() + _BEHIND])
        words = _around(text, match.start(), match.end())
        if (
            _is_subject(behind, lexicon)
            or _verb_before(before, lexicon)
            or _is_of_speaker(before, behind, lexicon)
            or _speaks_at_end(before, text[match.end() : match.end() + _LONGEST_SENTENCE], lexicon)
        ):
            today = lexicon.pattern("today", "within")
            on_the_day = today.search(behind[:40]) or today.search(before[-40:])
            if on_the_day:
                return SpeakingWords(words, True, True)
            strong = strong or SpeakingWords(words, True)
        elif _starts_sentence(before, lexicon) and re.match(r"\s+[^\W\d_A-Z]\w+", behind):
            weak = weak or SpeakingWords(words, False)
    return strong or weak or _self_reference(plain, text, lexicon)


def bodies_speaking(body: Sequence[Block], lexicon: Lexicon) -> list[str]:
    """The names of organizations that speak in the first paragraphs: no signs of a publisher, but what a person looks for."""
    out: dict[str, None] = {}
    for block in [block for block in body if block.kind == "paragraph"][:2]:
        for match in _CAPITAL_WORDS.finditer(block.text):
            name = without_article(match[0], lexicon)
            if not lexicon.pattern("organization_words", "within").search(name) or len(name.split()) < 2:
                continue
            before, behind = (
                block.text[max(match.start() - _BEFORE, 0) : match.start()],
                block.text[match.end() : match.end() + _BEHIND],
            )
            if _is_subject(behind, lexicon) or _verb_before(before, lexicon):
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
    if not end or not (mark or re.match(r"\s*,?\s+\w", behind)):
        return False
    sentence = behind[: end.start()]
    return any(
        (verb := lexicon.pattern(category, "end").search(sentence)) is not None and _is_verb(verb[0])
        for category in ("organization_speaks", "speech_verbs")
    )


def _is_subject(behind: str, lexicon: Lexicon) -> bool:
    """True where a verb of speech or "today" follows a name, nothing or one small word between."""
    mark = lexicon.pattern("speaker_marks", "start").match(behind)
    behind = behind[mark.end() :].lstrip(" 、，") if mark else behind
    words = re.match(r"[»”\"]?\s*(?P<words>\w\S*(?:\s+\w\S*)?)", behind)
    if not words:
        return False
    for text in (words["words"], words["words"].partition(" ")[2].lstrip()):
        if any(lexicon.pattern(category, "start").match(text) for category in ("speech_verbs", "today")):
            return True
        speaks = lexicon.pattern("organization_speaks", "start").match(text)
        if speaks and _is_verb(speaks[0]):
            return True
    return False


def _is_verb(words: str) -> bool:
    return len(words.strip()) >= _SHORTEST_VERB or not words.strip().isascii()


def _verb_before(before: str, lexicon: Lexicon) -> bool:
    """True where a verb of speech stands before a name, nothing but small words between: "dijo hoy el", "сообщил сегодня"."""
    small = [
        lexicon.pattern(category, "whole")
        for category in ("articles", "function_words", "today", "connectives", "organization_words")
    ]
    for category in ("speech_verbs", "organization_speaks"):
        for verb in list(lexicon.pattern(category, "within").finditer(before))[::-1]:
            between = re.findall(r"[^\s,،’']+['’]?", before[verb.end() :])
            is_close = len(between) <= 4 and not re.search(r"[.!?؟;]", before[verb.end() :])
            words_are_small = all(
                len(word.rstrip("'’")) <= 2 or any(pattern.match(word) for pattern in small) for word in between
            )
            if (category == "speech_verbs" or _is_verb(verb[0])) and is_close and words_are_small:
                return True
    return False


def _is_of_speaker(before: str, behind: str, lexicon: Lexicon) -> bool:
    """True where a person of the body speaks: "said Edda Quist of the", "Ines Okoro, director of the", "X's director"."""
    if re.match(r"['’]s?\s+", behind) and lexicon.pattern("person_titles", "within").search(behind[:40]):
        return True
    links = re.search(r"(?P<link>\S+)(?:\s+\S{1,4})?\s*$", before)
    if not links:
        return False
    linked = before[: links.start()].rstrip()
    is_link = lexicon.pattern("function_words", "whole").match(links["link"].rstrip("'’")) is not None
    titled = lexicon.pattern("person_titles", "end").search(linked) is not None
    named = re.search(r"[^\W\d_a-zà-ÿ]\S*$", linked) is not None
    spoken = named and lexicon.pattern("speech_verbs", "within").search(before) is not None
    return is_link and (titled or spoken)


def _starts_sentence(before: str, lexicon: Lexicon) -> bool:
    """True where nothing but an article stands between a name and the end of the sentence before."""
    article = lexicon.pattern("articles", "end").search(before)
    return _SENTENCE_START.search(before[: article.start()] if article else before) is not None


def _self_reference(name: str, text: str, lexicon: Lexicon) -> SpeakingWords | None:
    """Where a text goes on with the organization's word in the name alone: "The Committee asks" behind "the Lantern Committee", or "the
    Centre's director"."""
    for word in lexicon.pattern("organization_words", "within").finditer(name) if len(name.split()) > 1 else ():
        head_of_name = name[: word.end()] if len(name[: word.end()].split()) > 1 else name
        in_full = re.search(rf"(?<![\w-]){_spaced(head_of_name)}(?![\w-])", text, re.IGNORECASE) is not None
        for match in re.finditer(rf"(?<!\w){re.escape(word[0])}(?!\w)", text, re.IGNORECASE):
            before, behind = (
                text[max(match.start() - _BEFORE, 0) : match.start()],
                text[match.end() : match.end() + _BEHIND],
            )
            article = lexicon.pattern("articles", "end").search(before)
            head = before[: article.start()] if article else before
            # Languages of other scripts have no articles.
            if not article and word[0].isascii():
                continue
            link = re.search(r"\S{1,4}\s+$", head)
            has_people = re.match(r"['’]s?\s+", behind) and lexicon.pattern("person_titles", "within").search(
                behind[:40]
            )
            if has_people or (link and lexicon.pattern("person_titles", "end").search(head[: link.start()].rstrip())):
                return SpeakingWords(_around(text, max(match.start() - 4, 0), match.end()), True)
            # "The group is keen": what is said of everything is no sign.
            if in_full and _SENTENCE_START.search(head) and re.match(r"\s+[^\W\d_A-Z]\w{2,}", behind):
                return SpeakingWords(_around(text, max(match.start() - 4, 0), match.end()), False)
    return None


def _around(text: str, start: int, end: int) -> str:
    stop = text.find(" ", end + 24)
    return " ".join(text[start : stop if stop > 0 else len(text)].split())

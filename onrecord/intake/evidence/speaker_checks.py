"""Whether words that stand where a speaker stands are one: a name, or words that say what the speaker is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.intake.evidence.organization_names import is_named_organization
from onrecord.intake.evidence.person_names import UNCASED, PersonNames
from onrecord.intake.evidence.speaker_phrases import SpeakerPhrases
from onrecord.intake.evidence.term_finder import Terms, key
from onrecord.intake.evidence.uncased_names import is_uncased_name
from onrecord.intake.evidence.word_places import WordPlaces
from onrecord.intake.lexicon import Lexicon

# Letters with their marks, and the dots and signs that stand between the parts of a foreign name in Chinese and Japanese.
_LETTERS_OF_NAME = re.compile(
    r"[\w\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d·‧・＝=.’'\"״׳ -]+"
)
# Languages that write the ending of a name's case behind an apostrophe.
_WITH_CASE_ENDINGS = frozenset({"tr"})
_NAME_AND_SURNAME = 2
_LONGEST_ARTICLE = 16
_LONGEST_VERB = 40
# An office and a name are not longer.
_LONGEST_OFFICE = 120
# Somebody's name in letters with capitals, and what stands between its parts.
_CASED_NAME = re.compile(r"[^\W\d_][\w\u0300-\u036f.’'‘ʼ`´\u00ad\u200c\u200d\u00a0 -]*")
_MOST_OF_TURKISH = 3
_WORD_BEFORE = re.compile(r"(?<!\w)(\w{1,40}+)[ \t\u00a0]+$")
_STOP = re.compile(r"[.,;:!?()\[\]\"“”„«»—\n]")
# Languages in which most people are named with two words.
_WITH_TWO_NAMES = frozenset({"de", "fr", "it", "nl", "sv", "tr"})
# Languages in which a body between an office and a name has a case and no comma: "експерт Центру Кельда Ян Марр".
_WITH_CASES = frozenset({"ru", "uk"})
_MOST_OF_CASED = 3
# Short words of bodies and offices: letters that no name is made of alone.
_ABBREVIATION = re.compile(r"[B-DF-HJ-NP-TV-Z]{2,}")
# "Chief", "Deputy General"
_MOST_OF_OFFICE = 3


class SpeakerChecks:
    """Looks at the whole `text` of a release by `publisher`."""

    def __init__(self, text: str, terms: Terms, publisher: str, lexicon: Lexicon) -> None:
        self._text = text
        self._places = WordPlaces(text)
        self._terms = terms
        self._publisher = publisher
        self._lexicon = lexicon
        self._names = PersonNames(lexicon)
        self.phrases = SpeakerPhrases(text, self._places, lexicon)
        self._known: dict[str, bool] = {}

    def is_speaker(self, name: str) -> bool:
        """True for a known name, somebody's full name, a body's, a surname that the text gives a title, or a phrase that says what the
        speaker is."""
        if name not in self._known:
            self._known[name] = self._is_speaker(name)
        return self._known[name]

    def _is_speaker(self, name: str) -> bool:
        words = name.split()
        if not words:
            return False
        if self._terms.names.term(name) or key(name) == key(self._publisher):
            return True
        if UNCASED.search(name):
            # What a bracket or a comma parts is a piece of a sentence.
            return _LETTERS_OF_NAME.fullmatch(name) is not None and is_uncased_name(name, self._text, self._lexicon)
        if self._terms.places.term(name) or (
            words[0].islower() and self._names.is_particle(words[0]) and self._names.is_small(words[0])
        ):
            # "de la Santé": the end of an office.
            return False
        if re.search(r"\w{3}[.!?]\s", name):
            # "the head of the League. And yet": the next sentence.
            return False
        if re.search(r"\d", name) and not (self._names.has_article(name) and re.search(r"\d-[^\W\d]", name)):
            # "the 34-year-old"
            return False
        if self._lexicon.language in _WITH_CASE_ENDINGS and (
            re.search(r"\w['’]\w+$", name) or len(words) > _MOST_OF_TURKISH
        ):
            # A name in another case than the subject's: "Kavak Meydanı'nda"; one with the words of an office before it.
            return False
        if self._is_behind_post(words):
            return False
        possessives = self._lexicon.pattern("possessives", "whole")
        if any(word[:1].isupper() and possessives.match(word) for word in words[1:]):
            # "Keld Runs Its Logs": a title.
            return False
        if len(words) == 1:
            # "C.L" is a part of a name.
            whole = len(name) > 2 and (name[1:].islower() or "." not in name)
            return (whole and self._has_title(name)) or self.phrases.is_calling(name)
        if self._is_bare_body(name) or self._is_of_platform(words):
            return False
        if all(map(_ABBREVIATION.fullmatch, words)):
            # "KFL MVP": a league and its prize.
            return False
        if self.phrases.is_phrase(name):
            return True
        if self._is_no_name(words):
            return False
        if self._lexicon.language in _WITH_CASES and len(words) > _MOST_OF_CASED and not any(map(str.islower, words)):
            return False
        if is_named_organization(name, self._lexicon):
            person = not is_named_organization(" ".join(words[:_NAME_AND_SURNAME]), self._lexicon)
            return name[:1].isupper() and self._stands_free(name) and not (person and self._is_with_origin(words))
        particles = [word for word in words if word.islower() and not self._names.is_particle(word)]
        if not self._names.is_full(name) or not _CASED_NAME.fullmatch(name) or name.endswith(".."):
            return False
        if self._has_calling(words) or self._is_with_origin(words) or self._is_common(words):
            return False
        if self._names.has_capital_nouns and (self._is_behind_articles(name) or self._is_calling_of_namesake(name)):
            return False
        if not self._names.has_capital_nouns and not self._stands_free(name):
            return False
        if self._opens_sentences_only(name) or self._is_where(name) or self._is_with_body(name):
            return False
        if self._may_begin_with_office(words):
            return False
        return not particles and words[-1][:1].isupper() and not self._is_common_noun(words[-1])

    def _is_behind_post(self, words: Sequence[str]) -> bool:
        """True for a name in which words of a post or a body stand before somebody's: "Lead Ada Quill", "Property Group Ada Quill"."""
        if len(words) <= _NAME_AND_SURNAME or not all(word[:1].isupper() for word in words):
            return False
        post = self._lexicon.pattern("post_words", "whole")
        return any(map(post.match, words[:-_NAME_AND_SURNAME])) and not post.match(words[-1])

    def _is_common(self, words: Sequence[str]) -> bool:
        """True for what may be no name, or more than one: three words or more whose first the text writes small too ("Vendor Ada Quill"),
        a thing and its letter ("Annex B"), what has an indefinite article ("a Keld Democrat"), or where people mostly have two names
        three words or more that the text has once."""
        name = " ".join(words)
        if len(words) > _NAME_AND_SURNAME and self._places.starts(words[0].lower()) and words[0][:1].isupper():
            return not self._names.is_particle(words[0].lower())
        if len(words[-1].strip(".")) == 1:
            return True
        names = [word for word in words if self._names.has_capital_nouns or not word.islower()]
        if self._lexicon.language in _WITH_TWO_NAMES and len(names) > _NAME_AND_SURNAME:
            # "Kontakt zu Quill", "Keldener Hafenkundige Ada Quill": the text has a name again.
            short = any(re.fullmatch(r"(?:\w\.)+", word) for word in words)
            return len(self._places.starts(name)) == 1 and not short
        definite = self._lexicon.pattern("definite_articles", "whole")
        before = self._places.before(name, most=1)
        indefinite = (self._names.has_article(word) and not definite.match(word) for word in before)
        return any(indefinite) and not self._is_bare(name)

    def _may_begin_with_office(self, words: Sequence[str]) -> bool:
        """True for three words or more with capitals that the text has behind two offices alone: the second of these may have its last word
        among them ("Vice President of Lamps & Chief Keeper Ada Quill")."""
        if len(words) <= _NAME_AND_SURNAME or any(map(str.islower, words)) or re.fullmatch(r"(?:\w\.?)+\.", words[1]):
            return False
        return all(map(self._is_behind_offices, self._places.starts(" ".join(words))))

    def _is_behind_offices(self, start: int) -> bool:
        """True where "and" and a title before it stand before a place of the text, with nothing or another title between."""
        before = _STOP.split(self._text[max(start - _LONGEST_OFFICE, 0) : start])[-1].split()
        joint = next((at for at in reversed(range(len(before))) if _is_and(before[at], self._lexicon)), 0)
        office = len(before) - joint - 1
        titled = any(map(self._names.is_title, before[:joint]))
        return titled and office <= _MOST_OF_OFFICE and (not office or self._names.is_title(before[-1]))

    def _is_bare(self, name: str) -> bool:
        """True where a text has a name at the head of a line or sentence, or behind a mark: without an article."""
        heads = (self._text[max(at - 2, 0) : at].strip(" \t\u00a0") for at in self._places.starts(name))
        return any(not head or not head[-1].isalnum() for head in heads)

    def _has_calling(self, words: Sequence[str]) -> bool:
        """True where the first of three words with capitals may be a calling ("Tagessieger Karl Lind") where a language writes every noun
        with one, or the first two of four another's name: the text has the others without them too."""
        if len(words) <= _NAME_AND_SURNAME or any(map(str.islower, words)) or re.fullmatch(r"(?:\w\.)+", words[0]):
            return False
        whole = len(self._places.starts(" ".join(words)))
        firsts = range(1 if self._names.has_capital_nouns else _NAME_AND_SURNAME, len(words) - 1)
        plain = [first for first in firsts if not self._names.is_particle(words[first].lower())]
        return any(len(self._places.starts(" ".join(words[first:]))) > whole for first in plain)

    def _is_with_origin(self, words: Sequence[str]) -> bool:
        """True for two words, a particle and words that the text has without it too, or that are two: "Ada Holt van Keld Watch", of Keld
        Watch."""
        firsts = range(_NAME_AND_SURNAME, len(words) - 1)
        particles = (at for at in firsts if words[at].islower() and self._names.is_particle(words[at]))
        at = next((at for at in particles if not words[at - 1].islower()), 0)
        if not at or len(self._places.starts(" ".join(words))) > 1:
            return False
        origin = [word for word in words[at:] if not word.islower()]
        before = self._places.before(" ".join(origin), most=1)
        return len(origin) > 1 or any(not self._names.is_particle(word.lower()) for word in before)

    def _is_calling_of_namesake(self, name: str) -> bool:
        """True where the first of two words may be a calling ("Youtuber Lind"): they stand there once, and the text has named another with
        this surname before."""
        words = name.split()
        if len(words) != _NAME_AND_SURNAME or len(self._places.starts(name)) > 1 or self._is_apposed(name):
            return False
        first = next(iter(self._places.starts(words[1])), 0)
        before = _WORD_BEFORE.search(self._text[max(first - _LONGEST_OFFICE, 0) : first])
        if before is None or before[1] == words[0] or not before[1][:1].isupper():
            return False
        return not (self._names.is_title(before[1]) or self._names.opens_sentence(before[1]))

    def _is_no_name(self, words: Sequence[str]) -> bool:
        """True for words with capitals that are no name: a contraction ("It's OK"), whose something is ("Moody's"), words that have their
        capital from a sentence's head or from a month ("Anfang März", "Jeder Arbeiter")."""
        if any(re.search(r"\w['’‘](?:\w|\w\w)?$", word) for word in words) and not self._is_written_with_apostrophe(
            words
        ):
            return True
        office = self._lexicon.pattern("person_titles", "end").search(" ".join(words))
        if office and len(office[0].split()) > 1:
            # "Special Agent in Charge Marr"
            return True
        quantity = self._lexicon.pattern("quantity_words", "whole").match(words[0]) is not None
        opens = (quantity or self._names.opens_sentence(words[0])) and not self._names.is_particle(words[0].lower())
        return opens and words[0][:1].isupper() and not self._names.has_article(words[0])

    @staticmethod
    def _is_written_with_apostrophe(words: Sequence[str]) -> bool:
        """True where no word ends in an apostrophe and one or two small letters, as endings do."""
        return not any(re.search(r"[^\W\d_]{2}['’‘](?:[a-z]{1,2})?$", word) for word in words)

    def _opens_sentences_only(self, name: str) -> bool:
        """True where a name stands at heads of sentences alone and the text writes its first word small too ("Striker Lind"): that may be
        what the person is."""
        first = name.split()[0]
        if not self._places.starts(first.lower()) or self._names.is_particle(first.lower()):
            return False
        heads = (self._text[max(at - 3, 0) : at].rstrip(' \t\u00a0"“„«*_') for at in self._places.starts(name))
        return all(not head or head[-1] in ".!?:\n—–" for head in heads)

    def _is_where(self, name: str) -> bool:
        """True where a word for a place stands before a name and no title does anywhere: "in Des Lacs"."""
        where = self._lexicon.pattern("where_words", "whole")
        before = self._places.before(name, most=1)
        return any(map(where.match, before)) and not any(map(self._names.is_title, before))

    def _is_with_body(self, name: str) -> bool:
        """True for three words with capitals whose first stands alone in the text, and not only the last: a body, then a name."""
        words = name.split()
        short = any(re.fullmatch(r"\w\w?\.?", word) for word in words)
        if len(words) <= _NAME_AND_SURNAME or short or any(map(str.islower, words)) or self._is_apposed(name):
            return False
        alone = any(not self._text.startswith(words[1], at + len(words[0]) + 1) for at in self._places.starts(words[0]))
        return alone and len(self._places.starts(name)) == 1

    def is_established(self, name: str) -> bool:
        """True where a text names somebody in more than one place, or says who it is: a pronoun may mean them. What has an article is a
        body: "the Keld Ducks"."""
        article = self._lexicon.pattern("articles", "whole")
        if not self._names.has_capital_nouns and any(map(article.match, self._places.before(name, most=1))):
            return False
        if len(self._places.starts(name.split()[-1])) > 1 or self._is_apposed(name):
            return True
        # "Ada Quill said the lamps are lit. “…,” she said."
        verb = self._lexicon.pattern("speech_verbs", "start")
        ends = (at + len(name) for at in self._places.starts(name))
        return any(verb.match(self._text[end : end + _LONGEST_VERB].lstrip()) for end in ends)

    def _is_apposed(self, name: str) -> bool:
        """True where a comma or bracket with a calling stands behind a name, or a title before it."""
        return any(
            re.match(r"\s?[,(]", self._text[at + len(name) : at + len(name) + 2]) for at in self._places.starts(name)
        ) or any(map(self._names.is_title, self._places.before(name, most=1)))

    def _stands_free(self, name: str) -> bool:
        """True where the text has a name at least once behind no other word with a capital, titles apart: else its first word may be the
        end of a body's name ("the Keld Mail Holt claimed")."""
        places = self._places.starts(name)
        return not places or any(self._is_free_at(at) for at in places)

    def _is_free_at(self, start: int) -> bool:
        stretch = _STOP.split(self._text[max(start - _LONGEST_OFFICE, 0) : start])[-1]
        before = _WORD_BEFORE.search(stretch)
        if before and re.fullmatch(r"\d+[^\W\d]+", before[1]):
            # "21st Keld Desk": the number is part of the name.
            return False
        if before is None or not before[1][:1].isupper():
            return True
        if stretch.strip() == before[1]:
            # The first word of a sentence has a capital of its own, or is the first of a longer name.
            plain = self._names.opens_sentence(before[1]) or self._names.is_title(before[1])
            return plain or bool(self._places.starts(before[1].lower()))
        # "Minister for Health Ada Quill"
        return any(map(self._names.is_title, stretch.split()))

    def _is_behind_articles(self, name: str) -> bool:
        """True where an article stands before two words wherever the text has them: a calling and a surname ("der Ukrainer Lind")."""
        if len(name.split()) != _NAME_AND_SURNAME:
            return False
        article = self._lexicon.pattern("definite_articles", "end")
        places = self._places.starts(name)
        return bool(places) and all(
            article.search(self._text[max(at - _LONGEST_ARTICLE, 0) : at].rstrip()) for at in places
        )

    def _is_bare_body(self, name: str) -> bool:
        """True for an article and one word for a body, "the association": which one, the text does not say beside the words."""
        words = name.split()
        calling = self._lexicon.pattern("person_titles", "within").search(name)
        return (
            self._lexicon.language == "en"
            and len(words) == len(("the", "association"))
            and self._names.has_article(name)
            and words[1].islower()
            and not calling
            and is_named_organization(name, self._lexicon)
        )

    def _is_of_platform(self, words: Sequence[str]) -> bool:
        """True for two words whose first is a platform: what it offers ("Facebook Places")."""
        platform = self._lexicon.pattern("platforms", "whole").match(words[0]) is not None
        return platform and len(words) == _NAME_AND_SURNAME and words[1][:1].isupper()

    def _has_title(self, surname: str) -> bool:
        """True where the text gives a word the title of a person: "Senator Mikulski"."""
        return any(map(self._names.is_title, self._places.before(surname, most=1)))

    def _is_common_noun(self, word: str) -> bool:
        """True for a word with a capital that the text writes with an article: "die Botschaft", and not "the Quill Team"."""
        articles = self._lexicon.pattern("articles", "whole")
        for at in self._places.starts(word):
            before = _WORD_BEFORE.search(self._text[max(at - _LONGEST_ARTICLE, 0) : at])
            longer = re.match(r"[ \u00a0][^\W\d_a-z]", self._text[at + len(word) : at + len(word) + 2])
            if before is None or (longer and not self._names.has_capital_nouns):
                continue
            if articles.match(before[1]) and not self._names.is_particle(before[1].lower()):
                return True
        return False

    def agrees(self, person: str, pronoun: str) -> bool:
        """False where a pronoun is a woman's and the text calls the person a man, or the other way round."""
        for own, other in (("feminine", "masculine"), ("masculine", "feminine")):
            if pronoun and person and self._lexicon.pattern(own, "whole").match(pronoun.strip()):
                before = self._places.before(person.split()[-1], most=2)
                return not any(self._lexicon.pattern(other, "whole").match(word) for word in before)
        return True


def _is_and(word: str, lexicon: Lexicon) -> bool:
    return word == "&" or lexicon.pattern("conjunctions", "whole").match(word) is not None

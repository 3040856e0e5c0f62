"""The gate of names: nobody is asserted as a speaker whose name two independent signs in the document do not show to be one, and whole.

A run of words with capitals beside a verb of speech may be a name with a word of a post, of a body or of a sentence's head before it
("Comptroller Quill", "Adding French"), a part of a longer name, a town, a ship or a newspaper. That its edges are clean where it stands
is one sign. The others are: it stands there again, its last word alone has a title or speaks, a title stands before it or what somebody is
behind it, it has initials or a particle, an address is made of it. Each sign to the contrary asks for one more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from itertools import islice, pairwise

from onrecord.intake.evidence.organization_names import is_named_organization
from onrecord.intake.evidence.person_names import SUFFIX, UNCASED, PersonNames
from onrecord.intake.evidence.speaker_phrases import SpeakerPhrases
from onrecord.intake.evidence.term_finder import Terms, key
from onrecord.intake.evidence.word_places import WordPlaces
from onrecord.intake.lexicon import Lexicon

# So many places of a word and addresses of a text are looked at, and so many characters beside a place.
_MOST_PLACES, _MOST_ADDRESSES, _BESIDE, _LONGEST_WORD = 40, 200, 100, 45
_TWICE = 2
# Languages in which most people are named with two surnames.
_WITH_TWO_SURNAMES = frozenset({"es", "pt"})
_NAME_AND_SURNAME = 2
# A name of more words needs so many signs beside its edges: its first may be what somebody is.
_LEAST_OF_LONGER = 2
_MOST_OF_PHRASE = 7
_BEFORE = re.compile(r"(?<!\w)([^\W_][\w’'.-]{0,40}+)[ \t\u00a0]+$")
_BEHIND = re.compile(r"[ \t\u00a0]+([^\W_][\w’'-]{0,40}+)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?){1,3}")
_STYLE = re.compile(r"[^\W\d_]{1,4}\.")
_ADDRESS = re.compile(r"[\w.+-]{2,60}+@|(?<!\w)@\w{2,40}+")
# "Ada Quill, keeper of the lamps", "Ada Quill (34)", "Ada Quill – keeper"
_APPOSED = re.compile(r"\s?(?:,\s|\(|[–—-]\s)\s*(?P<words>[^.;:!?“”\"»\n]{2,90})")
# Surnames of Russian and Ukrainian, as whoever speaks has them.
_FORMED = re.compile(r"[\u0400-\u04ff]{2}[оеёиы][вн][а]?$")
# "Ada Quill, Ph.D."
_LETTERS = re.compile(r",\s(?:[^\W\d_]{1,3}\.){1,4}")
_IN_ADDRESS = re.compile(r"[@/_]|\.\w")
_AGE = re.compile(r"\d{1,3}\b")
# Languages that may put an article before a name, and those with a third name after the father's.
_WITH_ARTICLES_OF_NAMES, _WITH_PATRONYMICS = frozenset({"de", "it", "pt"}), frozenset({"ru", "uk"})
_PATRONYMIC = re.compile(r"[\u0400-\u04ff]{3}(?:[и][ч]|[вч][н][аи])$")
_OWNS = re.compile(r"['’](?:s?(?!\w)|\w)")
_OWNED = ("’s", "'s", "s’", "s'")
# "director of the centre «Beacon» Ada Quill"
_QUOTED = re.compile(r"[«“„\"][^«»“”„\"]{1,40}[»”“\"]\s+$")
_TIED = re.compile(r"\s(?P<tie>[^\W\d_A-Z]{1,6}+)\s(?P<body>[\w’'-]{2,30}(?:\s[\w’'-]{2,30}){0,4})")
_OF_CLAUSES = (
    "speech_verbs clause_words conjunctions where_words speaker_stop verb_tails upon_words span_words that_words function_words months"
    " weekdays"
).split()
# A line that breaks off in a name: "said Mr. Yong" / "Quill, director"
_WRAPPED = re.compile(r"[ \t]?\n[^\W\d_a-z][\w’'-]+,\s")
_STOP = re.compile(r"[.!?:;\n“”«»„\"—]")
# "Ada (Dee) Quill", "Ada Quill Orle, DC – Today": what a bracket parts is a piece of a name, a dateline none.
_PARTED = re.compile(r"\s?\([^()]{1,40}\)\s[^\W\d_a-z]|,\s(?:[A-Z]{2}|[A-Z]\.[A-Z]\.)\s[–—-]")
# "Astronomer", "Librarian": what somebody is, at the head of three words or more.
_OCCUPATION = re.compile(r"[a-z]{3}(?:er|or|ist|ian|man|men|woman|women)$")


class Sign(Enum):
    """A sign that a run is somebody's whole name."""

    EDGES = auto()
    AGAIN = auto()
    SURNAME = auto()
    TITLED = auto()
    STYLED = auto()
    DESCRIBED = auto()
    INTRODUCED = auto()
    CALLED = auto()
    BELONGS = auto()
    PARTS = auto()
    ADDRESS = auto()


Doubt = Enum("Doubt", "SMALL LONGER ARTICLE WHERE POST SHORTER CALLING TITLES OCCUPATION")
"""A sign that a run is no name, or only a part of one."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a run stands, and the words right before and behind it: empty where a mark or an edge is there."""

    start: int
    end: int
    before: str
    behind: str


class SpeakerSigns:
    """Looks for signs in the `text` of a document, the lines above it among it."""

    def __init__(self, text: str, terms: Terms, publisher: str, lexicon: Lexicon) -> None:
        self._text = text
        self._terms = terms
        self._publisher = publisher
        self._lexicon = lexicon
        self._names = PersonNames(lexicon)
        self._places = WordPlaces(text)
        self._phrases = SpeakerPhrases(text, self._places, lexicon)
        self._passed: dict[str, bool] = {}
        self._looked_at: dict[str, list[_Place]] = {}

    def allow(self, name: str) -> bool:
        """True where a name is known, or two independent signs show it to be somebody's and whole; of a body or office, what it is."""
        if name not in self._passed:
            self._passed[name] = self._allow(name)
        return self._passed[name]

    def _allow(self, name: str) -> bool:
        if self._terms.names.term(name) or key(name) == key(self._publisher) or UNCASED.search(name):
            return True
        is_body = is_named_organization(name, self._lexicon)
        if is_body or self._phrases.is_phrase(name) or self._phrases.is_calling(name):
            return self._is_who(name, is_body=is_body)
        signs, doubts = self.signs(name), self.doubts(name)
        if Sign.EDGES not in signs or Doubt.CALLING in doubts or self._is_no_person(name):
            return False
        of_person = signs - {Sign.EDGES, Sign.AGAIN}
        long = len(self._main_words(name)) > _NAME_AND_SURNAME + (self._lexicon.language in _WITH_TWO_SURNAMES)
        least = _LEAST_OF_LONGER if long else 1
        return bool(of_person) and len(signs) - 1 >= least + len(doubts)

    def _is_who(self, name: str, *, is_body: bool) -> bool:
        """True where the first noun of words that have no person's name says that they are a person or body, and no thing of theirs: "the
        report of the Lamp Agency", "the college’s response"; and where they hold no more than that."""
        words = name.split()
        if not (self._names.has_article(name) or words[0].islower()):
            # "University Librarian Ada Quill", "the Lamp Agency and Keld Boats both"
            return not (self._has_occupation(words) or (is_body and words[-1].islower()))
        if not is_body and any(map(self._lexicon.pattern("where_words", "whole").match, words)):
            # "the president in a speech"
            return False
        owner = next((at for at, word in enumerate(words) if word.endswith(_OWNED)), -1)
        rest = words[owner + 1 :]
        small = self._lexicon.pattern("function_words", "whole")
        ends = (at for at, word in enumerate(rest) if at > (owner < 0) and small.match(word))
        head = " ".join(rest[: next(ends, len(rest))])
        kinds = ("person_titles", "organization_words", "relatives")
        if (is_body or owner >= 0) and not any(
            self._lexicon.pattern(category, "within").search(head) for category in kinds
        ):
            return False
        nouns = head.split()
        if is_body and self._lexicon.language == "en" and head.islower() and len(nouns) > _NAME_AND_SURNAME:
            # "the university announcement"
            return any(self._lexicon.pattern(category, "whole").match(nouns[-1]) for category in kinds)
        return is_body or len(words) <= _MOST_OF_PHRASE

    def _is_no_person(self, name: str) -> bool:
        """True for a run that mostly has an article before it ("les Recommandations HAB"), and for three words of Russian or Ukrainian of
        which none is a patronymic ("Президент | Орлии Ян Венн")."""
        article = self._lexicon.pattern("articles", "whole")
        own = self._of(name)
        behind = [place for place in own if article.match(place.before)]
        if self._lexicon.language not in _WITH_ARTICLES_OF_NAMES and 2 * len(behind) > len(own):
            return True
        main = self._main_words(name)
        three = self._lexicon.language in _WITH_PATRONYMICS and len(main) > _NAME_AND_SURNAME
        return three and not any(map(_PATRONYMIC.search, main))

    def _main_words(self, name: str) -> list[str]:
        """The words of a name without initials, particles and what stands behind a surname."""
        return [
            word
            for word in name.split()
            if not (_INITIALS.fullmatch(word) or self._names.is_particle(word.lower()) or SUFFIX.fullmatch(word))
        ]

    def signs(self, name: str) -> set[Sign]:
        """The signs that a run is somebody's whole name."""
        own = self._of(name)
        free = [place for place in own if self._is_free(place)]
        titles = [place.before for place in own if self._names.is_title(place.before)]
        found = {
            Sign.EDGES: bool(free),
            Sign.AGAIN: len(free) >= _TWICE,
            Sign.SURNAME: self._has_surname_alone(name, own),
            Sign.TITLED: bool(titles),
            Sign.STYLED: any(map(_STYLE.fullmatch, titles)),
            Sign.DESCRIBED: any(map(self._is_described, own)),
            Sign.INTRODUCED: any(map(self._is_introduced, own)),
            Sign.CALLED: any(map(self._is_called, free)),
            Sign.BELONGS: any(map(self._belongs, free)),
            Sign.PARTS: self._has_parts(name) or _FORMED.search(name) is not None,
            Sign.ADDRESS: self._has_address(name),
        }
        return {sign for sign, is_there in found.items() if is_there}

    def doubts(self, name: str) -> set[Doubt]:
        """The signs that a run is no name, or only a part of one."""
        words = name.split()
        own, firsts = self._of(name), self._of(words[0])
        free = [place for place in own if self._is_free(place)]
        article, where = (self._lexicon.pattern(category, "whole") for category in ("articles", "where_words"))
        small = (
            word for word in (words[0], words[-1]) if word[:1].isupper() and not self._names.is_particle(word.lower())
        )
        main = self._main_words(name)
        found = {
            Doubt.SMALL: any(map(self._is_written_small, small)),
            Doubt.LONGER: len(free) < len(own),
            Doubt.ARTICLE: any(article.match(place.before) for place in firsts),
            Doubt.WHERE: any(where.match(place.before) for place in firsts),
            Doubt.POST: any(map(self._lexicon.pattern("post_words", "whole").match, words)),
            Doubt.SHORTER: len(main) > _NAME_AND_SURNAME and len(self._of(name.partition(" ")[2])) > len(own),
            Doubt.TITLES: len(words) > _NAME_AND_SURNAME
            and words[0].endswith("s")
            and self._names.is_title(words[0][:-1]),
            Doubt.OCCUPATION: self._has_occupation(main),
            Doubt.CALLING: len(main) == _NAME_AND_SURNAME and self._is_before_another(words, firsts),
        }
        return {doubt for doubt, is_there in found.items() if is_there}

    def _is_written_small(self, word: str) -> bool:
        """True where the text writes a word without its capital, addresses apart."""
        if any(self._lexicon.pattern(category, "whole").match(word) for category in ("months", "weekdays")):
            return False
        return any(
            self._text[place.start - 1 : place.start] not in tuple("@./_-#")
            and not _IN_ADDRESS.match(self._text, place.end)
            for place in self._of(word.lower())
        )

    def _has_occupation(self, words: list[str]) -> bool:
        """True where a word before the last two of an English name may be what somebody is: "Astronomer Ada Quill"."""
        return self._lexicon.language == "en" and any(map(_OCCUPATION.search, words[:-_NAME_AND_SURNAME]))

    def _is_before_another(self, words: list[str], firsts: list[_Place]) -> bool:
        """True where the first of two words stands before another word and the second, too: "Comptroller Ada Quill", for "Comptroller
        Quill"."""
        last = re.escape(words[-1])
        longer = re.compile(rf"\s[^\W\d_a-z][\w’'-]{{1,30}}(?:\s[^\W\d_a-z]\.)?\s{last}(?!\w)")
        return any(longer.match(self._text, place.start + len(words[0])) for place in firsts)

    def _has_surname_alone(self, name: str, own: list[_Place]) -> bool:
        """True where the last word of a name stands alone elsewhere, behind no article or word for a place."""
        words = name.split()
        if len(words) == 1:
            return False
        last = words[-2].strip(",") if SUFFIX.fullmatch(words[-1]) else words[-1]
        inside = {place.start + name.rfind(last) for place in own}
        article, where = (self._lexicon.pattern(category, "whole") for category in ("articles", "where_words"))
        return any(
            place.start not in inside
            and not place.behind[:1].isupper()
            and (self._names.is_title(place.before) or not (article.match(place.before) or where.match(place.before)))
            and self._is_free(place, is_owner=True)
            for place in self._of(last)
        )

    def _has_parts(self, name: str) -> bool:
        words = name.split()
        inner = (word for word in words[1:-1] if word.islower())
        return (
            any(map(_INITIALS.fullmatch, words[:-1]))
            or any(map(self._names.is_particle, inner))
            or SUFFIX.fullmatch(words[-1]) is not None
        )

    def _has_address(self, name: str) -> bool:
        last = name.split()[-1].lower()
        return len(last) > len("st") and any(last in address for address in self._addresses)

    @cached_property
    def _addresses(self) -> set[str]:
        return {found[0].lower() for found in islice(_ADDRESS.finditer(self._text), _MOST_ADDRESSES)}

    def _is_described(self, place: _Place) -> bool:
        """True where behind a name stands what somebody is: an age, an article, a title, or words of no clause."""
        behind = self._text[place.end : place.end + _BESIDE]
        match = _APPOSED.match(behind)
        if match is None or _LETTERS.match(behind):
            return match is not None
        words = match["words"]
        if _AGE.match(words) or self._names.has_article(words) or SUFFIX.match(words):
            return True
        if any(self._lexicon.pattern(category, "start").match(words) for category in ("speaker_stop", "post_nominals")):
            # "Ada Quill, who keeps the lamps", "Ada Quill, Ph.D."
            return True
        if self._lexicon.pattern("person_titles", "within").search(words):
            return True
        plain = words.split(",")[0].split()
        if self._names.opens_sentence(plain[0]) or (len(plain) == 1 and not plain[0].islower()):
            # "Adding French, German, and Spanish"
            return False
        clauses = ("clause_words", "speech_verbs", "weekdays", "months", "today")
        return not any(self._lexicon.pattern(category, "start").match(words) for category in clauses)

    def _is_introduced(self, place: _Place) -> bool:
        """True where a comma stands before a name, and before that what somebody is: "the new keeper, Ada Quill, said"."""
        before = _STOP.split(self._text[max(place.start - _BESIDE, 0) : place.start])[-1].rstrip()
        piece = before[:-1].rsplit(",", 1)[-1].strip() if before.endswith(",") else ""
        verb = self._lexicon.pattern("speech_verbs", "start").match(piece)
        piece = piece[verb.end() :].strip() if verb else piece
        if self._lexicon.pattern("person_titles", "within").search(piece):
            return True
        # "one passenger, Ada Quill, said"
        counted = self._names.has_article(piece) or self._lexicon.pattern("quantity_words", "start").match(piece)
        ended = self._text[place.end : place.end + 1] in tuple(",.)")
        return bool(counted) and ended and piece.split()[-1].islower()

    def _is_called(self, place: _Place) -> bool:
        """True where small words before a name say what somebody is: a title among them, with whose it is ("the head of the guild Ada
        Quill"), or one word behind a verb of speech, a possessive or a mark ("said surveyor Ada Quill"), or a word for a body."""
        left = _QUOTED.sub("", self._text[max(place.start - _BESIDE, 0) : place.start])
        words = _STOP.split(left)[-1].split(",")[-1].split()
        small = len(words)
        while small and words[small - 1].islower():
            small -= 1
        own = words[small:]
        if not own or not self._is_content(own[-1]):
            return False
        if any(map(self._names.is_title, own)) or self._lexicon.pattern("organization_words", "whole").match(own[-1]):
            return True
        before = words[-2] if len(words) > 1 else ""
        verb = self._lexicon.pattern("speech_verbs", "end").search(" ".join(words[:-1])) if before else None
        return not before or verb is not None or self._lexicon.pattern("possessives", "whole").match(before) is not None

    def _is_content(self, word: str) -> bool:
        """True for a word that is neither small nor a verb, nor opens a clause."""
        return not self._names.opens_sentence(word) and not any(
            self._lexicon.pattern(category, "whole").match(word) for category in _OF_CLAUSES
        )

    def _belongs(self, place: _Place) -> bool:
        """True where a small word ties a name to a body: "Ada Quill of the Lamp Network"."""
        match = _TIED.match(self._text[place.end : place.end + _BESIDE])
        if match is None or not self._lexicon.pattern("function_words", "whole").match(match["tie"]):
            return False
        body = match["body"]
        if self._lexicon.pattern("conjunctions", "whole").match(match["tie"]):
            return False
        return is_named_organization(body, self._lexicon) or body.split()[0].isupper()

    def _of(self, words: str) -> list[_Place]:
        if words not in self._looked_at:
            starts = self._places.starts(words)[:_MOST_PLACES]
            self._looked_at[words] = [self._place(at, at + len(words)) for at in starts]
        return self._looked_at[words]

    def _place(self, start: int, end: int) -> _Place:
        before = _BEFORE.search(self._text[max(start - _LONGEST_WORD, 0) : start])
        behind = _BEHIND.match(self._text[end : end + _LONGEST_WORD])
        return _Place(start, end, before[1] if before else "", behind[1] if behind else "")

    def _is_free(self, place: _Place, *, is_owner: bool = False) -> bool:
        """True where no other word with a capital stands right beside a run, titles before it and the head of a sentence apart, and nothing
        is said to be its own, where that counts."""
        before, right = place.before, self._text[place.end : place.end + _BESIDE]
        left = not before[:1].isupper() or self._names.is_title(before) or self._names.opens_sentence(before)
        left = left or (before.endswith(".") and not _INITIALS.fullmatch(before))
        left = left or any(
            self._lexicon.pattern(category, "whole").match(before) for category in ("weekdays", "months")
        )
        left = left or self._is_behind_office(place)
        if not left or before.endswith(_OWNED) or _PARTED.match(right):
            return False
        behind = place.behind
        if _WRAPPED.match(right) and not self._names.has_capital_nouns:
            return False
        joined = behind[:1].isupper() and not self._names.has_capital_nouns and not behind.isupper()
        return not joined and (is_owner or _OWNS.match(right) is None)

    def _is_behind_office(self, place: _Place) -> bool:
        """True for two words that end an office and its body: "Minister for Lamps and Oil | Ada Quill"."""
        if self._text[place.start : place.end].count(" ") != 1:
            return False
        words = _STOP.split(self._text[max(place.start - _BESIDE, 0) : place.start])[-1].split(",")[-1].split()
        last = self._text[place.start : place.end].rpartition(" ")[2]
        if (
            len(words) > 1
            and words[-2][:1].isupper()
            and not any(self._names.is_title(at.before) for at in self._of(last))
        ):
            # "Minister for National Security Teo | Chee Quill": where the body ends, nothing says, but for "Mr Quill" elsewhere.
            return False
        small = self._lexicon.pattern("function_words", "whole")
        return any(self._names.is_title(title) and small.match(tie) for title, tie in pairwise(words))

"""The gate that a speaker passes before anybody is said to have spoken: the words that attribute a quotation are explained whole.

An attribution is a speaker's words, a verb of speech (or "according to", or a colon) and the quotation. Where something else stands
among them that may speak instead — another person, a second verb with a subject of its own, a preposition before the name — the speaker
is in doubt, and is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from onrecord.intake.evidence.name_cases import gives_people_cases, is_subject
from onrecord.intake.evidence.organization_names import is_named_organization
from onrecord.intake.evidence.other_subjects import OtherSubjects
from onrecord.intake.evidence.person_names import SUFFIX, UNCASED, PersonNames
from onrecord.intake.evidence.sentence_subjects import AFTER_COMMA, SentenceSubjects
from onrecord.intake.evidence.term_finder import Terms
from onrecord.intake.lexicon import Lexicon

# Languages whose verb ends the sentence, so that what ties a speaker to it stands between.
_VERB_LAST = frozenset({"tr"})
# "Ada Quill of the Desk in Keld today told"
_MOST_BETWEEN = 12
_TITLE_AND_NAME = 2
_MOST_TITLE = 5
# "has also said"
_MOST_OF_VERB = 3


class AttributionGate:
    """Looks at the sentence that attributes a quotation, with the words of a language; `text` is that of the whole document."""

    def __init__(self, terms: Terms, lexicon: Lexicon, subjects: SentenceSubjects, text: str = "") -> None:
        self._text = text
        self._terms = terms
        self._lexicon = lexicon
        self._names = PersonNames(lexicon)
        self._others = OtherSubjects(lexicon)
        self._subjects = subjects
        self._verb = lexicon.pattern("speech_verbs", "within")
        self._according = lexicon.pattern("according_to", "within")
        self._pronoun = lexicon.pattern("pronouns", "whole")
        self._passive = lexicon.pattern("passive_words", "whole")
        self._title_at_start = lexicon.pattern("person_titles", "start")
        self._title_at_end = lexicon.pattern("person_titles", "end")

    def explains_beside(self, name: str, before: str, after: str, side: str) -> bool:
        """As `explains`, for the words before and behind a quotation; `side` is where the name was found: "after" it, or before."""
        sentences = self._subjects.sentences(after.strip() if side == "after" else before)
        if not sentences:
            return True
        return self.explains(name, sentences[0 if side == "after" else -1], behind=side == "after")

    def is_twofold(self, name: str, before: str, after: str, *, ended: bool, behind: bool) -> bool:
        """True where a sentence has a verb of speech with a subject before a quotation and another behind it ("Ada Quill said that “…,” the
        agency reported"), or names one person before it while `name`, who is meant `behind` it, is another."""
        current = (self._subjects.sentences(before) or [""])[-1]
        if before.rstrip(" )]").endswith((".", "!", "?")) or UNCASED.search(before + after[:80]):
            return False
        if (
            behind
            and name
            and self._lexicon.language not in _VERB_LAST
            and self._place(name, after, first=True) is None
        ):
            others = [other for other in self._names.all_in(current) if not self._subjects.is_place_or_body(other)]
            if others and not any(self._subjects.is_same(other, name) for other in others):
                return True
        if ended or before.rstrip().endswith((":", "：")):
            return False
        head = (self._subjects.sentences(after.strip(" ,")) or [""])[0]
        edge = current.rstrip()
        if not behind or edge.endswith((",", "،")) or self._lexicon.pattern("conjunctions", "end").search(edge):
            # A clause of its own may begin before the quotation.
            head = AFTER_COMMA.split(head, maxsplit=1)[0]
        first, second = self._verb.search(current), self._verb.search(head)
        if not first and second and self._others.is_argued(edge) and head[: second.start()].strip():
            return True
        if not first or not second or not current[: first.start()].strip() or not head[: second.start()].strip():
            return False
        if behind and AFTER_COMMA.search(head[: second.start()]):
            return True
        opening = head.split()[0]
        own = self._lexicon.pattern("articles", "whole").match(opening) or opening[:1].isupper()
        return (
            bool(own)
            and len(head[: second.start()].split()) <= _MOST_BETWEEN
            and not self._names.is_conjunction(opening)
        )

    def explains(self, name: str, clause: str, *, behind: bool) -> bool:
        """True where `clause`, the sentence before a quotation or `behind` it without the quotation, is explained whole if `name` speaks;
        true too where the name does not stand in it: then it was found elsewhere."""
        if UNCASED.search(clause) or not name or self._lexicon.language in _VERB_LAST:
            return True
        if SUFFIX.fullmatch(name):
            # "III", of "Jan Ungo III"
            return False
        place = self._place(name, clause, first=behind)
        if place is None:
            return True
        start, end = place
        verbs = [match.span() for match in self._verb.finditer(clause) if not start <= match.start() < end]
        accord = self._according.search(clause)
        if accord and accord.end() <= start:
            return not (self._is_joined(clause[end:]) or self._others.is_cut(clause[end:]))
        if self._is_parted_name(clause[end:]):
            return False
        before = [verb for verb in verbs if verb[1] <= start]
        after = [verb for verb in verbs if verb[0] >= end]
        if not behind and self._others.is_matter(clause[max(end, verbs[-1][1] if verbs else 0) :]):
            return False
        if behind and before and not clause[: before[0][0]].strip(" ,،，;—–-*_.”\"'’»」』"):
            # "…," said Ada Quill, director of Nadir
            inner = clause[before[0][1] : start]
            # "…, he said, after a walk with Ada Quill": the verb has its subject before a comma.
            parted = inner.lstrip().startswith((",", ";")) and len(inner.split()) > 1
            return not (parted or self._is_joined(clause[end:]) or self._is_of_another(inner))
        left = clause[:start]
        # "the president of the Keld | Unidos de Nadir": what a particle parts is a country as often.
        body = is_named_organization(name, self._lexicon) or any(map(str.islower, name.split()))
        if body and self._is_longer(left):
            return False
        if not after:
            if not before:
                # "Ada Quill, director of Nadir: “…”"
                opinion = self._lexicon.pattern("opinion_words", "start").match(clause.lstrip())
                return opinion is not None or not self._is_complement(left)
            # Dazu sagte Ada Quill: „…“
            inner = clause[before[-1][1] : start]
            # "it is said that Ada Quill lies": what the verb says of somebody.
            told = not behind and any(map(self._names.is_conjunction, inner.split()))
            return not told and not self._is_complement(inner) and not self._is_joined(clause[end:])
        verb = after[0] if behind else after[-1]
        if not behind and re.search(r"\w\s?[—–]\s?\w[^—–]*$", clause[verb[1] :]):
            # "Stern asked about a comment that Ada Quill made—namely, “…”"
            return False
        if not behind and self._is_inserted(clause[: verb[0]], clause[verb[1] :]):
            return False
        return not (
            self._is_complement(left)
            or self._is_joined_before(left)
            or self._is_reported(left, before)
            or self._is_parted(clause[end : verb[0]])
            or self._is_in_case(clause[start:end], clause[end : verb[0]])
        )

    def names(self, name: str, clause: str) -> bool:
        """True where a sentence has a name, whole or in part."""
        return self._place(name, clause, first=True) is not None

    def _place(self, name: str, clause: str, *, first: bool) -> tuple[int, int] | None:
        """Where a sentence has a name: whole, else its last words, else its first."""
        term = self._terms.names.term(name)
        if term:
            spans = [(start, end) for start, end, found in self._terms.names.find(clause) if found.label == term.label]
            if spans:
                return spans[0] if first else spans[-1]
        words = name.split()
        forms = [" ".join(words[at:]) for at in range(len(words))] + words[:1]
        for form in forms:
            spans = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", clause)]
            if spans:
                return spans[0] if first else spans[-1]
        return None

    def _is_preposition(self, word: str) -> bool:
        """True for a small word that ties what follows to what is before it."""
        word = word.strip('(“"„«')
        if not self._lexicon.pattern("function_words", "whole").match(word) or self._names.has_article(word):
            return False
        return not any(
            self._lexicon.pattern(category, "whole").match(word)
            for category in ("conjunctions", "speech_verbs", "according_to", "clause_words", "relatives", "as_words")
        )

    def _is_complement(self, left: str) -> bool:
        """True where a preposition ties a name, with its title and article, to the words before: "gifts from Lord Ungo", "chaired by
        Minister Ada Quill"; an office is one with its name: "Minister of Justice Ada Quill"."""
        words = re.split(r"[,;:(]\s*", left)[-1].split()
        before_title = self._before_title(words)
        plain = list(before_title)
        while plain and self._names.has_article(plain[-1]):
            plain.pop()
        if not plain or not self._is_preposition(plain[-1]):
            return False
        is_titled = len(before_title) < len(words) and len(plain) == len(before_title)
        return not (is_titled and len(plain) > 1 and self._names.is_title(plain[-2]))

    def _before_title(self, words: Sequence[str]) -> list[str]:
        """Words without the titles at their end, and in a language that writes every noun with a capital without one behind an article."""
        out = list(words)
        while out:
            title = self._title_at_end.search(" ".join(out[-_MOST_TITLE:]))
            if title and title[0].split():
                del out[-len(title[0].split()) :]
            elif self._names.is_title(out[-1]):
                out.pop()
            else:
                break
        if (
            self._names.has_capital_nouns
            and len(out) > 1
            and out[-1][:1].isupper()
            and self._names.has_article(out[-2])
        ):
            out.pop()
        return out

    def _is_joined(self, right: str) -> bool:
        """True where a second person follows: "said Ada Quill and Tom Lamb"."""
        words = right.split()
        if len(words) < _TITLE_AND_NAME or right[:1] in ",;.(":
            return False
        joins = self._is_joint(words[0])
        following = " ".join(words[1:6])
        return (
            joins
            and (following[:1].isupper() or self._names.is_title(words[1]))
            and bool(self._names.at_start(following))
        )

    def _is_joined_before(self, left: str) -> bool:
        """True where another person stands before a name, tied to it: "Tom Lamb and Ada Quill said"."""
        words = left.split()
        if len(words) < _TITLE_AND_NAME or not self._is_joint(words[-1]):
            return False
        return self._names.is_full(self._names.at_end(" ".join(words[:-1])))

    def _is_joint(self, word: str) -> bool:
        return any(
            self._lexicon.pattern(category, "whole").match(word) for category in ("conjunctions", "function_words")
        ) and not self._is_tie(word)

    def _is_tie(self, word: str) -> bool:
        return self._is_preposition(word) or self._names.has_article(word)

    def _is_reported(self, left: str, before: list[tuple[int, int]]) -> bool:
        """True where a verb of speech with a subject of its own stands right before a name: "X said Ada Quill told her"."""
        if not before or not left[: before[-1][0]].strip():
            return False
        inner = self._before_title(left[before[-1][1] :].split())
        while inner and self._names.has_article(inner[-1]):
            inner.pop()
        return not inner or all(self._names.is_conjunction(word) for word in inner)

    def _is_inserted(self, left: str, right: str) -> bool:
        """True where commas part a verb and its subject from a sentence: "Tom Lamb, said Quill, had the lamps “lit for all”"."""
        match = re.match(r"\s+(?P<word>[^\W\d_][\w’'-]*)(?:\s[^\W\d_][\w’'-]*)?,", right)
        if match is None or not left.rstrip().endswith(",") or self._names.has_capital_nouns:
            return False
        date = any(self._lexicon.pattern(category, "whole").match(match["word"]) for category in ("weekdays", "today"))
        return match["word"][:1].isupper() and not date

    def _is_longer(self, left: str) -> bool:
        """True where a word with a capital stands right before a body's name: it ends a longer one ("New Keld | Lamp Office")."""
        words = left.split()
        if not words or not left[-1:].isspace() or not words[-1][:1].isupper() or not words[-1][-1].isalnum():
            return False
        return not (self._names.opens_sentence(words[-1]) or self._names.is_title(words[-1]))

    def _is_of_another(self, inner: str) -> bool:
        """True where another person or a pronoun stands between a verb and the name behind it; what stands right before the name with
        capitals is whose office it has: "Orange Keld District Attorney"."""
        words = inner.split()
        end = len(words)
        while end and words[end - 1].islower() and self._names.is_title(words[end - 1]):
            # "Keld Development president Ada Quill"
            end -= 1
        while end and words[end - 1][:1].isupper() and not words[end - 1].endswith((",", ";")):
            end -= 1
        return any(self._pronoun.match(word) for word in words) or any(
            not self._subjects.is_place_or_body(other) for other in self._names.all_in(" ".join(words[:end]))
        )

    def _is_parted_name(self, right: str) -> bool:
        """True where another word with a capital follows a name directly: it is only a part of one."""
        following = re.match(r"[ \t\u00a0](?P<word>[^\W\d_][\w’'-]+)(?:[ \t\u00a0](?P<next>\w))?", right)
        if following is None or self._names.has_capital_nouns:
            return False
        word = following["word"]
        if word.islower() and (following["next"] or "").isupper() and self._is_unknown(word):
            # "Keld Democratic leader Ada Quill"
            return True
        if word.islower() and self._is_unknown(word) and self._is_apposed(right):
            # "Keld Grant alumnus and a graduate of the mill, Ada Quill"
            return True
        weekday = any(self._lexicon.pattern(category, "whole").match(word) for category in ("weekdays", "today"))
        return word[:1].isupper() and not word.isupper() and not weekday

    def _is_apposed(self, right: str) -> bool:
        """True where the whole name of a person follows behind the first comma."""
        pieces = AFTER_COMMA.split(right, maxsplit=1)
        name = self._names.at_start(pieces[1]) if len(pieces) > 1 else ""
        return bool(name) and self._names.is_full(name) and not self._subjects.is_place_or_body(name)

    def _is_unknown(self, word: str) -> bool:
        """True for a word that is neither small nor a verb, nor opens a clause or a place."""
        return not self._names.is_small(word) and not any(
            self._lexicon.pattern(category, "whole").match(word)
            for category in (
                "speech_verbs",
                "clause_words",
                "conjunctions",
                "where_words",
                "speaker_stop",
                "verb_tails",
                "sentence_openers",
                "upon_words",
                "span_words",
            )
        )

    def _is_parted(self, between: str) -> bool:
        """True where something that may speak stands between a name and its verb: "Ada Quill said Tom Lamb told"."""
        between = between.strip()
        if not between:
            return False
        if between[0] in ",(;":
            return self._ends_with_another(between)
        words = between.split()
        if self._has_own_verb(between) or any(map(self._passive.match, words)):
            # "Ada Quill was once asked"
            return True
        verb = self._verb.search(between)
        if verb and not self._is_preposition(words[0]):
            own = between[verb.end() :].split()
            another = bool(own) and (own[0][:1].isupper() or self._pronoun.match(own[0]) is not None)
            return another or len(own) > _MOST_OF_VERB
        if len(words) > _MOST_BETWEEN and not AFTER_COMMA.search(between):
            return True
        if self._is_joined(between):
            return True
        if AFTER_COMMA.search(between):
            return self._ends_with_another(between)
        return self._pronoun.match(words[-1]) is not None

    def _is_in_case(self, name: str, between: str) -> bool:
        """True where a pronoun opens a clause between a name and its verb, and the text has the name nowhere as a subject: "до акторки Ади
        Марр, вона сказала" has it in another case."""
        if not gives_people_cases(self._lexicon) or not any(
            self._pronoun.match(words[0]) for piece in AFTER_COMMA.split(between) if (words := piece.split())
        ):
            return False
        return not is_subject(name, self._text.splitlines(), self._lexicon)

    def _ends_with_another(self, between: str) -> bool:
        """True where an apposition or clause behind a name ends, before the verb, in what may be its subject: ", Sir Jan said"."""
        if between.rstrip().endswith((",", ")", "–", "—", "،")):
            return False
        pieces = [piece.strip() for piece in AFTER_COMMA.split(between) if piece.strip()]
        if not pieces:
            return False
        words = pieces[-1].split()
        if self._others.opens_with_which(words) or any(map(self._others.is_contracted, words)):
            return True
        if self._is_clause(words) or self._pronoun.match(words[-1]) or self._has_own_verb(pieces[-1]):
            return True
        first = self._names.at_start(pieces[0])
        if pieces[0].startswith(first) and self._names.is_full(first) and not self._subjects.is_place_or_body(first):
            # "The governor of Keld do Sul, Ada Quill (KP) came and said"
            return not self._names.has_capital_nouns
        if self._is_office(pieces[0]):
            # "Ada Quill, Head, Lamps and Oil, Keld Retail said": an office with a name of its own is the next person's.
            last = self._names.at_end(pieces[-1])
            before = pieces[-1][: pieces[-1].rfind(last)].split() if last else []
            return bool(before) and self._names.is_full(last) and self._names.is_title(before[-1])
        plain = re.sub(r"^\W+", "", pieces[-1])
        article = self._lexicon.pattern("articles", "start").match(plain)
        head = plain[article.end() :].lstrip() if article else plain
        if self._is_preposition((head.split() or [""])[0]) or is_named_organization(head, self._lexicon):
            return False
        titled = self._title_at_start.match(head)
        name = head[titled.end() :].strip() if titled else head
        is_name = bool(name) and self._names.at_start(name) == name
        return is_name and not self._subjects.is_place_or_body(name)

    def _has_own_verb(self, words: str) -> bool:
        """True for words that begin with a verb of their own and do not end in "and": "was fined as the officer | said"."""
        plain = words.split()
        verb = self._lexicon.pattern("clause_words", "whole").match(plain[0])
        return verb is not None and len(plain) > _MOST_OF_VERB and not self._names.is_conjunction(plain[-1])

    def _is_office(self, piece: str) -> bool:
        """True for words that say what somebody is without another's name: "Vice President and Head of Lamps", "the director"."""
        plain = re.sub(r"^\W+", "", piece)
        article = self._lexicon.pattern("articles", "start").match(plain)
        head = plain[article.end() :].lstrip() if article else plain
        title = self._title_at_start.match(head)
        behind = head[title.end() :].split() if title else ["?"]
        return not behind or (title is not None and not behind[0][:1].isupper())

    def _is_clause(self, words: Sequence[str]) -> bool:
        """True for words in which somebody else is linked to what is before: "stepped in and Ada her"."""
        linked = any(one[:1].isupper() and self._is_joint(before) for before, one in pairwise(words))
        return linked and words[-1].islower()

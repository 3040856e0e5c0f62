"""Names of people in running text: without their callings, titles and offices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.intake.evidence.organization_names import is_named_organization
from onrecord.intake.lexicon import FOLDER, Lexicon, lexicon_of, read
from onrecord.intake.lexicon.notation import pattern

MOST_WORDS = 5
_LONGEST_TITLE = 4
# A name at the head of a text stands in so many of its characters.
_LONGEST_HEAD = 2_000
# One to three words with capitals at the end of some words, initials behind the first: what stands before a surname.
_GIVEN = re.compile(
    r"(?<!\w)[^\W\d_a-zß-öø-ÿ][\w’'-]{1,40}[ \t\u00a0]{1,4}(?:[^\W\d_a-zß-öø-ÿ](?:\.|[\w’'-]{1,40})[ \t\u00a0]{1,4}){0,2}$"
)
_MOST_BEFORE = 300
_NEXT_NAME = re.compile(r"[ \t\u00a0]+(?!I\b)[^\W\d_a-zß-öø-ÿ][\w’'-]*[a-z]")
# "JB Quill"
_LONGEST_INITIALS = 2
_GLUED = re.compile(r"([A-ZÀ-Þ][\w’'-]*[a-zß-öø-ÿ]{2})\.[A-ZÀ-Þ][\w’']*$")
UNCASED = re.compile("[\u0590-\u08ff\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7af]")
"""A letter of a script without capitals."""
SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)[.,]?")
# Languages that write every noun with a capital.
_CAPITAL_NOUNS = frozenset({"de"})
# Languages that write the ending of a name's case behind an apostrophe.
_WITH_CASE_ENDINGS = frozenset({"tr"})
_ARABIC_ARTICLES = ("al-", "el-", "an-", "as-", "ar-", "ad-", "at-", "az-", "ash")


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and word.isupper()


def _is_name_word(word: str) -> bool:
    return word[:1].isupper() and not _is_acronym(word)


def _has_acronym(words: Sequence[str]) -> bool:
    """True for words with capitals alone before others without: "KLA Harbour", "Runs CT Logs". A surname may be written so: "Ada QUILL"."""
    mixed = any(map(_is_name_word, words))
    inner = [word for word in words[1:-1] if _is_acronym(word)]
    # "Leiterin der KLA"
    inner += [word for word in words[-1:] if _is_acronym(word) and len(words) > 1 and words[-2].islower()]
    return mixed and bool(inner or (_is_acronym(words[0]) and len(words[0]) > _LONGEST_INITIALS))


@lru_cache(maxsize=32)
def _initials(lexicon: Lexicon) -> frozenset[str]:
    """The first letters of the titles of several words, two or more: "da" for "district attorney"."""
    return frozenset(
        letters
        for title in lexicon.words("person_titles")
        if len(letters := "".join(word[0] for word in title.split() if word[0].isalpha())) >= 2
    )


@lru_cache(maxsize=32)
def _own_particles(lexicon: Lexicon) -> frozenset[str]:
    """The small words within names of a language itself, without the English ones."""
    entries = read(FOLDER / f"{lexicon.language}.toml")
    return frozenset(entry.phrase for category, entry in entries if category == "name_particles")


@dataclass(frozen=True, slots=True)
class PersonNames:
    """Reads people's names with the words of a language."""

    lexicon: Lexicon

    @property
    def has_capital_nouns(self) -> bool:
        """True for a language that writes every noun with a capital."""
        return self.lexicon.language in _CAPITAL_NOUNS

    def is_title(self, word: str) -> bool:
        """True for a calling or title: "Dr.", "director", "EU-Abgeordneter"."""
        titles = self.lexicon.pattern("person_titles", "whole")
        word = word.strip(".,;: ")
        if word.isupper() and word.lower() in _initials(self.lexicon):
            # "DA Quill", where "district attorney" is a title
            return True
        return titles.match(word) is not None or ("-" in word and titles.match(word.rsplit("-", 1)[-1]) is not None)

    def is_particle(self, word: str) -> bool:
        """True for a small word within names: "van", "al"."""
        if self.lexicon.pattern("name_particles", "whole").match(word) is None:
            return False
        # The English "um" of Arabic names is a preposition in German.
        own = word in _own_particles(self.lexicon)
        return own or self.lexicon.pattern("function_words", "whole").match(word) is None

    def is_small(self, word: str) -> bool:
        """True for an article, preposition or conjunction."""
        return any(
            self.lexicon.pattern(category, "whole").match(word.strip(".,;:"))
            for category in ("function_words", "articles", "connectives", "pronouns", "today", "span_words")
        )

    def is_conjunction(self, word: str) -> bool:
        """True for a word that opens a clause: "But"."""
        return self.lexicon.pattern("conjunctions", "whole").match(word) is not None

    def opens_sentence(self, word: str) -> bool:
        """True for a word that has its capital from the sentence it opens: "But", "Selon"."""
        return (
            self.is_small(word)
            or self.is_conjunction(word)
            or any(
                self.lexicon.pattern(category, "whole").match(word)
                for category in (
                    "according_to",
                    "upon_words",
                    "as_words",
                    "verb_tails",
                    "opinion_words",
                    "sentence_openers",
                )
            )
        )

    def has_article(self, text: str) -> bool:
        """True where an article of the language stands at a text's head; the English "a" is none in Spanish."""
        article = self.lexicon.pattern("articles", "start").match(text)
        english = lexicon_of("en").phrases("articles")
        own = [phrase for phrase in self.lexicon.phrases("articles") if phrase not in english]
        return article is not None and (not own or pattern(own, "start").match(text) is not None)

    def words(self, words: Sequence[str]) -> list[str]:
        """The words of a name at the head of `words`: capitals, with particles between."""
        out: list[str] = []
        for word in words:
            if glued := _GLUED.match(word):
                # "Ada Quill.The": the name ends with its sentence.
                out.append(glued[1])
                break
            bare = word.strip(".,;:’'")
            lower = bare.lower()
            if bare.count("-") > 1 and bare.rsplit("-", 1)[-1].islower():
                # "Seventy-two-year-old"
                break
            capital = bare[:1].isupper() or (lower.startswith(_ARABIC_ARTICLES) and "-" in bare)
            if not capital and not (self.is_particle(lower) and bare):
                break
            out.append(
                word.rstrip(".,;:") if len(bare) > 1 and not re.fullmatch(r"(?:\w\.)+", word) else word.rstrip(",;:")
            )
            if word[-1:] in ",;:":
                break
        if len(out) > MOST_WORDS:
            # "Wendel Trio von der Umweltorganisation …"
            particle = next((at for at, word in enumerate(out) if at >= 2 and word.islower()), len(out))
            out = out[:particle]
        if self.has_capital_nouns and len(out) > 3:
            # "Jana Holt von der Wassergruppe"; "Otto zu Kehl" stays.
            article = self.lexicon.pattern("articles", "whole")
            at = next(
                (at for at, word in enumerate(out) if at >= 3 and word.islower() and article.match(word)), len(out)
            )
            out = out[: at - 1] if at < len(out) and out[at - 1].islower() and out[1][:1].isupper() else out
            # "Jan Holt der Neuen Agentur": an article alone behind two names is of whoever listens.
            lone = next(
                (at for at, word in enumerate(out) if at == 2 and word.islower() and article.match(word)), len(out)
            )
            out = out[:lone] if out[1][:1].isupper() else out
        if len(out) > 2 and _is_acronym(out[0]) and not any(map(_is_acronym, out[1:])):
            # "AGH Gunnar Lind"
            out = out[1:]
        out = self._without_post_nominals(out)
        if len(out) > 3 and _is_acronym(out[-1]) and not any(map(_is_acronym, out[:-1])):
            # "Gunnar Lind von der AGH"
            particle = next((at for at, word in enumerate(out) if at >= 2 and word.islower()), len(out))
            out = out[:particle]
        while out and self.is_particle(out[-1].lower()) and not out[-1][:1].isupper():
            out.pop()
        return out

    def _without_post_nominals(self, words: list[str]) -> list[str]:
        """The words of a name without the letters behind it that say what somebody is or has: "Stefan Lamb OAM, QC"."""
        letters = self.lexicon.pattern("post_nominals", "whole")
        while len(words) > 2 and sum(map(str.isupper, words[-1])) > 1 and letters.match(words[-1].strip(",;")):
            words = [*words[:-2], words[-2].rstrip(",;")]
        return words

    def at_start(self, text: str) -> str:
        """The name at the head of some words, callings before it left out: "lawyer Pavel Orsic", "PEN president Otto Falk"."""
        words = text[:_LONGEST_HEAD].split()
        for at in range(min(len(words) - 1, 13)):
            if self.is_title(words[at]):
                behind = self.words(words[at + 1 :])
                if len(behind) > 3 and behind[0].islower():
                    # "ministro degli Affari Esteri Antonio Tajani"
                    behind = self._behind_office(behind[:1], behind[1:])
                    if any(map(self.is_small, behind)):
                        # "der Sprecher des Ministeriums der Zeitung"
                        return ""
                if len(behind) >= 2 and not any(map(self.is_title, behind)):
                    return " ".join(behind) if len(behind) <= MOST_WORDS else ""
        titled = False
        while words and (self.is_title(words[0]) or self.lexicon.pattern("articles", "whole").match(words[0])):
            if titled and not self.is_title(words[0]) and not self.is_particle(words[0]):
                # "der Sprecher des Ministeriums der Zeitung"
                return ""
            titled = titled or self.is_title(words[0])
            words = words[1:]
        while (
            len(words) > 1
            and words[0][:1].isupper()
            and self.opens_sentence(words[0])
            and not self.is_particle(words[0].lower())
        ):
            # "Pour Jan Vale, cette attitude …"
            words = words[1:]
        name = self.words(words)
        # "die Hebamme Ute Brand": German writes the calling with a capital.
        article = self.lexicon.pattern("articles", "start").match(text)
        if (
            self.lexicon.language in _CAPITAL_NOUNS
            and article
            and len(name) == 3
            and not any(map(self.is_particle, name))
        ):
            name = name[1:]
        while name and self.is_title(name[-1]):
            name.pop()
        titles = [at for at, word in enumerate(name) if self.is_title(word)]
        if titles:
            name = name[titles[-1] + 1 :]
        return " ".join(name) if 1 <= len(name) <= MOST_WORDS else ""

    def at_end(self, text: str) -> str:
        """The name at the end of some words, offices before it left out: "The Minister for Border Protection Michael Bright"."""
        words = text.split()
        start = len(words)
        while start > 0 and (self.words([words[start - 1]]) or self.is_particle(words[start - 1].lower())):
            start -= 1
        name = self._without_post_nominals(words[start:])
        while name and start and name[0].islower() and self.is_particle(name[0]):
            name, start = name[1:], start + 1
        # "Majority Leader" is a title, "Leader" alone is none.
        titled = [
            at
            for at, word in enumerate(name)
            if self.is_title(word) or (at and self.is_title(f"{name[at - 1]} {word}"))
        ]
        name = name[self._title_end(name, titled[-1]) :] if titled else self._behind_office(words[:start], name)
        name = self._behind_post(name)
        if self.lexicon.language in _WITH_CASE_ENDINGS:
            # "Fener Vakfı'ndan Ada Tay"
            cased = [at for at, word in enumerate(name[:-1]) if re.search(r"\w['’]\w+$", word)]
            name = name[cased[-1] + 1 :] if cased else name
        while len(name) > 1 and (
            (self.opens_sentence(name[0]) and not name[0].islower())
            or re.search(r"\w['’]s?$", name[0])
            or (self.has_article(name[0]) and re.match(r"\w{1,2}['’][a-zß-öø-ÿ]", name[0]))
        ):
            # "Labor's Tom Lamb", "L'historien Denis Quill"
            name = name[1:]
        if len(name) > 2 and _is_acronym(name[0]) and not any(map(_is_acronym, name[1:])):
            # "AGH Gunnar Lind"
            name = name[1:]
        cut = self.words(name)
        if 1 < len(cut) < len(name) and name[len(cut)].islower():
            # "Ida Kolb von der Stiftung Alte Räder"
            name = cut
        if len(name) > 4 and not any(map(self.is_particle, name)):
            name = name[-3:] if SUFFIX.fullmatch(name[-1]) else name[-2:]
        if len(name) == 1 and self.is_small(name[0]):
            return ""
        return " ".join(name).strip(",.;:")

    def _title_end(self, words: Sequence[str], at: int) -> int:
        """Behind which of some words the title ends that begins at one of them: "Secretário de Estado | Carlos Marim"."""
        lengths = range(min(_LONGEST_TITLE, len(words) - at), 1, -1)
        return next((at + length for length in lengths if self.is_title(" ".join(words[at : at + length]))), at + 1)

    def _behind_post(self, name: list[str]) -> list[str]:
        """The words of a name behind the last word of a post or a body that two more follow: "Keld Pier Project Lead | Lim Li San"."""
        if any(map(str.islower, name)):
            # "Ida Kolb von der Stiftung Alte Räder": the body stands behind its person.
            return name
        post = self.lexicon.pattern("post_words", "whole")
        last = next((at for at in reversed(range(len(name) - 2)) if post.match(name[at])), -1)
        return name[last + 1 :]

    def _behind_office(self, before: Sequence[str], name: list[str]) -> list[str]:
        """The words of a name behind those of an office ("Minister for Harbours and | Border Protection Michael Bright"): its last two,
        and the particles and initials between."""
        if not before or not self.is_small(before[-1]) or len(name) <= 2:
            return name
        start = len(name) - 2
        while start > 0 and (self.is_particle(name[start].lower()) or re.fullmatch(r"(?:\w\.)+", name[start])):
            start -= 1
        return name[start:]

    def is_full(self, name: str) -> bool:
        """True for a name of two to five words that is no organization's and no day's."""
        words = name.split()
        weekday = self.lexicon.pattern("weekdays", "within").search(name)
        return (
            2 <= len(words) <= MOST_WORDS
            and not weekday
            and "/" not in name
            and not _has_acronym(words)
            and not re.search(r"['’]s$", name)
            and not any(map(self.is_conjunction, words[1:]))
            and not self.lexicon.pattern("quantity_words", "whole").match(words[0])
            and not is_named_organization(name, self.lexicon)
        )

    def full_name(self, surname: str, text: str, places: Sequence[int]) -> str:
        """A surname with the names that stand before it somewhere in a text; the surname where none do. `places` are where it stands."""
        # Before another name it is a given one: "Ada Dunn".
        alone = (at for at in places if not _NEXT_NAME.match(text, at + len(surname)))
        found = ((at, given) for at in alone if (given := _GIVEN.search(text[max(at - _MOST_BEFORE, 0) : at])))
        first = next(found, None)
        if first is None:
            return surname
        at, given = first
        end = at + len(surname)
        if len(given[0].split()) > 1 and self.lexicon.language in _CAPITAL_NOUNS:
            # "Gerhards Mechaniker Frank" looks like a name where every noun has its capital.
            again = any(other[0] == given[0] for _, other in found)
            if not again and text[end : end + 1] not in (",", "(") and text[end : end + 2] != " (":
                return surname
        # What stands before says whether an office is part of it.
        full = self.at_end(re.split(r"(?<!\s[^\W\d_])\.\s|[!?,]\s|\n", text[max(at - _MOST_BEFORE, 0) : end])[-1])
        return full if len(full.split()) >= 2 else surname

    def has_namesakes(self, surname: str, text: str, places: Sequence[int]) -> bool:
        """True where two people of a text have names that end in these words, and share no other word. A first name counts where it stands
        before them twice, or before a comma or a bracket; where only names have capitals, once is enough."""
        counted: dict[str, int] = {}
        first_names: dict[str, frozenset[str]] = {}
        for at in places:
            given = _GIVEN.search(text[max(at - _MOST_BEFORE, 0) : at])
            full = self.at_end(given[0] + surname).split() if given else []
            if (
                len(full) > len(surname.split())
                and full[-1] == surname.split()[-1]
                and not re.fullmatch(r"(?:\w\.)+", full[0])
            ):
                sure = text[at + len(surname) : at + len(surname) + 2].startswith((",", " ("))
                counted[full[0]] = counted.get(full[0], 0) + 1 + sure
                words = (
                    frozenset(word for word in given[0].split() if not self.is_particle(word.lower()))
                    if given
                    else frozenset()
                )
                first_names[full[0]] = words | first_names.get(full[0], frozenset())
        sure_ones = [name for name, count in counted.items() if count > 1]
        # "So Squier waits": a word that the text writes small too has its capital from the sentence.
        plain = [name for name in counted if name in sure_ones or f" {name.lower()} " not in text]
        names = sure_ones if self.has_capital_nouns else plain
        return any(
            not first_names[first] & first_names[second] for first in names for second in names if first != second
        )

    def all_in(self, text: str) -> list[str]:
        """Every full name in a text: two to four words with capitals, not at a sentence's head alone."""
        out = []
        for match in re.finditer(r"(?<!\w)(?:[^\W\d_a-zß-öø-ÿ][\w’'.-]{1,60}+\s+){1,3}[^\W\d_a-zß-öø-ÿ][\w’'-]+", text):
            words = [word for word in match[0].split() if not self.is_title(word)]
            while words and self.is_small(words[0]):
                words = words[1:]
            if len(words) >= 2 and self.is_full(" ".join(words)):
                out.append(" ".join(words))
        return out

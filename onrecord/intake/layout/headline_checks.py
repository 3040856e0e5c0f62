"""Whether words are clearly a headline. Each check gives the doubt in words, for the question that quotes the line, or an empty text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from onrecord.intake.evidence import reference_mentions
from onrecord.intake.evidence.date_mentions import DateMention, dates_in
from onrecord.intake.layout import line_signs, other_headings
from onrecord.intake.layout.context import Context
from onrecord.intake.layout.header_lines import has_clause, has_common_word, kind_in_title, names_talk, opens_interval
from onrecord.intake.layout.organizations import is_letterhead, is_office
from onrecord.intake.layout.place_and_date import is_place_and_date

MOST_LETTERS = 240
PLACE = "a place"
OFFICE = "an office or organization"
PERSONS = "persons and their offices"
LABEL = "a label"
_MOST_WORDS = 40
# Of scripts without blanks, a letter says more.
_MOST_UNSPACED = 140
# What may stand alone between the words of a headline.
_LONE_MARK = re.compile(r"[-–—−―‐‑&+/|•·:：…!?！？؟«»‹›\"“”„'‘’*#()（）]+|\.{3}|➡|→|％|%|=")
# Signs that scanned print is full of and headlines are not; a full stop or comma alone.
_RUBBISH = re.compile(
    "[\\\\^~_{}<>¬¦§¶¤°©®\ufffd\x80-\x9f]|(?<!\\S)[.,;'’\"]+(?!\\S)|[^\\W\\d_][!?*$%;]+[^\\W\\d_]|\\.{4}"
)
_WRITTEN = frozenset({"markdown", "html", "epub", "word", "opendocument", "rtf"})
_TRADE_MARK = re.compile(r"(?<=[\w.])®(?!\w)")
_OF_FILES = str.maketrans("_~", "--")
_SPACED_LETTERS = re.compile(r"(?<!\S)(?:[^\W\d_]\s+){3,}[^\W\d_](?!\S)")
_PAGE = re.compile(r"\s(?:of|/)\s?\d{1,3}\s*$")
_NUMERIC_DATE = r"\d{1,2}[ ./-]\d{1,2}[ ./-](?:\d{4}|\d\d)"
_DATED_EDGE = re.compile(rf"^{_NUMERIC_DATE}\s|\s{_NUMERIC_DATE}$")
# Before the label of a day stand so many words of a headline, and behind the day no more of its hour and place.
_LEAST_BEFORE_DAY, _MOST_BEHIND_DAY = 4, 6
_LABEL = re.compile(r"(?P<label>[^\W\d_][\w /()]{0,20}?)\s*[:：]\s*\S")
_FRAMED_LABEL = re.compile(r"[\[(（【](?P<label>[^:：]{1,20})[:：][^\])）】]+[\])）】]")
_PARTS = re.compile(r"(?<!\s)\s+[-–—|•·]+\s+")
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"))


def never_headline(text: str, context: Context) -> str:
    """Why a single line cannot be a headline, be it the only one: scanned rubbish, furniture, an office, a place, a by-line."""
    return next((doubt for check in _NEVER if (doubt := check(text, context))), "")


def doubt(text: str, context: Context, *, agreed: bool, marked: bool) -> str:
    """Why words that were chosen as the headline are not clearly one. `agreed` says that a second sign names them (the page's title, a
    label, the same words once more), `marked` that the document sets them as
    its heading."""
    if agreed:
        return (
            _few_letters(text, context)
            or _unfilled(text, context)
            or _furniture(text, context)
            or _spaced(text, context)
        )
    if never := never_headline(text, context):
        return never
    checks = (*_BROKEN, *(() if marked else _UNMARKED))
    return next((why for check in checks if (why := check(text, context))), "")


def _few_letters(text: str, context: Context) -> str:
    signs = [char for char in text if not char.isspace()]
    letters = sum(unicodedata.category(char)[0] in "LM" for char in signs)
    digits = sum(map(str.isdigit, signs))
    return "few letters" if letters * 2 < len(signs) or digits > letters else ""


def _unfilled(text: str, context: Context) -> str:
    return "no title was put into its place" if line_signs.is_unfilled(text) else ""


def _spaced(text: str, context: Context) -> str:
    words = text.split()
    spaced = len(words) >= 4 and all(len(word) == 1 for word in words) and not line_signs.is_unspaced(text)
    return "its letters are not clean" if spaced else ""


def _rubbish(text: str, context: Context) -> str:
    # In a file that somebody wrote, names of files may be titles ("4.30_statement_locks"), and a name has its trade mark ("Lotto®"); in
    # scanned print, such signs are spots.
    clean = _TRADE_MARK.sub("", text).translate(_OF_FILES) if context.document.form in _WRITTEN else text
    if _RUBBISH.search(clean) or _SPACED_LETTERS.search(text):
        return "its letters are not clean"
    words = text.split()
    odd = [word for word in words if not any(map(str.isalnum, word)) and not _LONE_MARK.fullmatch(word)]
    lone = [word for word in words if len(word) == 1 and word.isalpha() and word not in "AIaàÀyoOeEèÈÉéвксоуияіз"]
    mixed = any(_is_of_two_scripts(word) for word in words)
    many = len(lone) * 2 > len(words) and not line_signs.is_unspaced(text)
    return "its letters are not clean" if odd or mixed or many else ""


def _is_of_two_scripts(word: str) -> bool:
    if word.isascii():
        return False
    scripts = {
        unicodedata.name(char, "").split(" ")[0] for part in re.split(r"\W+", word) for char in part if char.isalpha()
    }
    return "LATIN" in scripts and bool(scripts & {"GREEK", "CYRILLIC"})


def _furniture(text: str, context: Context) -> str:
    menu = context.lexicon.pattern("navigation", "start").match(text) and not has_clause(text, context.lexicon)
    bars = text.count("|") + text.count("»") + text.count(" > ") >= 3
    if line_signs.is_navigation(text, context.lexicon) or _PAGE.search(text) or bars or (menu and text != text.upper()):
        return "words of the page"
    if sum(context.lexicon.pattern("navigation", "whole").match(word) is not None for word in text.split()) >= 3:
        return "words of the page"
    remainder = text
    for _ in range(4):
        kind = context.lexicon.find_kind(remainder)
        if kind is None:
            break
        remainder = f"{remainder[: kind[0]]} {remainder[kind[1] :]}"
    changed = remainder != text
    cleaned = context.lexicon.pattern("desk", "within").sub(" ", remainder)
    few = line_signs.word_count(cleaned) < 2
    return "no more than a kind" if (changed or cleaned != remainder) and few else ""


def _label(text: str, context: Context) -> str:
    match = _LABEL.match(text)
    if match is None:
        return ""
    # "Subjects: …", "SUBJECT/S: …"
    label = re.sub(r"(?:/?s|\(s\))$", "", match["label"].strip(), flags=re.IGNORECASE)
    names = ("label_title", "label_other", "label_place", "label_date")
    return LABEL if any(context.lexicon.pattern(name, "whole").match(label) for name in names) else ""


def _office(text: str, context: Context) -> str:
    lexicon, words = context.lexicon, text.split()
    if names_talk(text, lexicon):
        return ""
    capitals = text.isupper() or all(word[:1].isupper() for word in words if len(word) > 3)
    titles = list(lexicon.pattern("person_titles", "within").finditer(text))
    named = capitals and is_letterhead(text, context.language)
    if (named or is_office(text, context.language)) and not acts(text, titles, context):
        kind = lexicon.find_kind(text)
        if kind is None or kind[0]:
            return OFFICE
    pieces = [piece for piece in _PARTS.split(text) if piece]
    if len(pieces) > 1 and is_office(pieces[0], context.language):
        return "an office is with it"
    if len(titles) >= 3:
        return PERSONS
    if has_clause(text, lexicon):
        return ""
    if capitals and lexicon.pattern("person_titles", "end").search(text) and len(words) <= 10:
        return "a person and their office"
    return PERSONS if len(titles) >= 2 and is_office(pieces[0], context.language) else ""


def acts(text: str, titles: Sequence[re.Match[str]], context: Context) -> bool:
    """True for a long line that begins with a person's title and name and goes on: "SEN. MARN PRAISES FIRST USE OF NATURE ACT"."""
    if len(text.split()) < 6 or len(titles) != 1:
        return False
    behind = text[titles[0].end() :].lstrip(" .,:").split()
    if len(behind) < 2:
        return False
    joins = ("function_words", "connectives")
    return not any(context.lexicon.pattern(name, "whole").match(behind[0].lower()) for name in joins)


def _place(text: str, context: Context) -> str:
    words = text.split()
    place = context.terms.places.term(text.strip(" .,")) is not None or (
        len(words) <= 2 and is_place_and_date(text, context.terms, context.language)
    )
    initials = len(words) <= 4 and words[-1:] != words[:1] and all(len(word.strip(".")) == 1 for word in words[-2:])
    return PLACE if place or initials else ""


def _by_line(text: str, context: Context) -> str:
    lexicon = context.lexicon
    framed = _FRAMED_LABEL.fullmatch(text.strip())
    if framed and lexicon.pattern("by_line", "whole").match(framed["label"].strip()):
        return "a by-line or source"
    if len(text.split()) > 5 or has_clause(text, lexicon) or lexicon.pattern("articles", "start").match(text):
        return ""
    opens = any(lexicon.pattern(category, "start").match(text) for category in ("by_line", "mail_from"))
    joined = lexicon.pattern("connectives", "start").match(text)
    named = bool(joined) and all(word[:1].isupper() or len(word) <= 3 for word in text.split())
    return "a by-line or source" if opens or named else ""


def _cut(text: str, context: Context) -> str:
    words = text.rstrip().split()
    last = words[-1] if words else ""
    # A verb may end the sentences of a language with a word that looks like such a one: only capitals are asked.
    shouted = text.isupper() and context.lexicon.pattern("function_words", "whole").match(last.lower()) is not None
    open_pair = any(text.count(first) != text.count(second) for first, second in _PAIRS) or text.count('"') % 2
    if shouted or open_pair or text.rstrip().endswith((",", "،", "、", ";", "-", "–", "—")):
        return "it breaks off"
    return "it goes on from other words" if text[:1].islower() or text[:1] in ",;)" else ""


def _leads_on(text: str, context: Context) -> str:
    return "it leads to what follows" if text.rstrip().endswith((":", "：")) else ""


def _long(text: str, context: Context) -> str:
    if line_signs.is_unspaced(text):
        return "too long" if len(text) > _MOST_UNSPACED else ""
    return "too long" if len(text) > MOST_LETTERS or line_signs.word_count(text) > _MOST_WORDS else ""


def _dated(text: str, context: Context) -> str:
    if _DATED_EDGE.search(text.strip()) or edge_date(text, context) is not None:
        return "a date is glued to it"
    return ""


def _head_within(text: str, context: Context) -> str:
    """Other lines of a head stand in it: a notice of release, a kind, a reference, a whole date that is no part of its sentence."""
    lexicon = context.lexicon
    notice = lexicon.pattern("immediate_release", "within").search(text)
    if notice and len(notice[0].split()) >= 3:
        return "a notice of release is in it"
    kind = lexicon.find_kind(text)
    compound = kind is not None and len(text[kind[0] : kind[1]].split()) > 1
    if compound and not kind_in_title(text, context.language):
        return "a kind is in it"
    if reference_mentions.find(text):
        return "a reference is in it"
    if any(_is_whole(date) for date in dates_in(text, context.language)) and not kind:
        return "a date is in it"
    return ""


def _twice(text: str, context: Context) -> str:
    words = text.casefold().split()
    head = words[: min(4, len(words) // 2)]
    again = len(head) >= 2 and any(words[at : at + len(head)] == head for at in range(len(head), len(words)))
    return "its words appear twice" if again else ""


def _short(text: str, context: Context) -> str:
    words = line_signs.word_count(text)
    return "too short" if words < 2 or (words == 2 and not line_signs.is_unspaced(text) and len(text) < 12) else ""


def _sentence(text: str, context: Context) -> str:
    words = line_signs.word_count(text)
    today = context.lexicon.pattern("today", "within").search(text)
    if today and words >= 8:
        return "it reads like a first sentence"
    if words >= 12 and line_signs.is_short_sentence(text):
        return "it reads like a sentence"
    small = sum(word[:1].islower() for word in text.split())
    if words >= 14 and small * 2 > words and has_clause(text, context.lexicon) and line_signs.ends_sentence(text):
        return "it reads like a sentence"
    return ""


Check = Callable[[str, Context], str]
_NEVER: tuple[Check, ...] = (
    _few_letters,
    _unfilled,
    _rubbish,
    _furniture,
    *other_headings.CHECKS,
    _label,
    _office,
    _place,
    _by_line,
)
_BROKEN: tuple[Check, ...] = (_cut, _leads_on, _long)
_UNMARKED: tuple[Check, ...] = (_short, _sentence, _dated, _head_within, _twice)


def edge_date(text: str, context: Context) -> tuple[int, int] | None:
    """Where a whole date is glued to one end of a headline: where it begins and ends, with the marks that part it. None where there is
    none, or the date belongs to the headline's words ("… of 3 May 2012")."""
    dates = [date for date in dates_in(text, context.language) if _is_whole(date)]
    for date in dates[:1]:
        behind = text[date.end :].lstrip(" ,:–—-|.)")
        if not text[: date.start].strip(" (") and line_signs.word_count(behind) >= 4 and not behind[:1].islower():
            return 0, len(text) - len(behind)
    for date in dates[-1:]:
        before = text[: date.start].rstrip()
        words = before.split()
        label = context.lexicon.pattern("label_date", "end").search(before.rstrip(" :"))
        if label and before.endswith(":") and len(text[date.end :].split()) <= _MOST_BEHIND_DAY:
            # "… Posted On: 04 MAR 2012 3:07PM by Keld Office": a line of the day that was joined to it.
            head = text[: label.start()].rstrip()
            if len(head.split()) >= _LEAST_BEFORE_DAY:
                return len(head), len(text)
        if text[date.end :].strip(" .)") or len(words) < 4:
            continue
        if opens_interval(text[: date.start]):
            return None
        last = words[-1].lower()
        joins = any(context.lexicon.pattern(name, "whole").match(last) for name in ("function_words", "connectives"))
        if not joins and not before.endswith((",", ":")) and not has_span(before, context):
            return len(before.rstrip(" ([|–—-•·")), len(text)
    return None


def has_span(before: str, context: Context) -> bool:
    """True where the words before a date join it to them: "since", "until", "between", "for the year ended"."""
    joins = ("span_words", "range_words", "event", "period_words")
    return any(context.lexicon.pattern(name, "end").search(before) for name in joins)


def _is_whole(date: DateMention) -> bool:
    return bool(date.readings) and all(len(reading) == 10 and reading[0] != "X" for reading in date.readings)


def site_behind(text: str, others: set[str], letters: Callable[[str], str], context: Context) -> int:
    """Where the name of a site begins behind a headline and a dash or bar, the mark too; 0 where none does. `others` are the other lines as
    letters: the headline once more without the name is a second sign; else the name must be an organization's, with no word in small
    letters that says something of it."""
    marks = list(_PARTS.finditer(text))
    if marks and letters(text[: marks[-1].start()]) in others:
        return marks[-1].start()
    mark = _body_behind(text, context)
    return mark.start() if mark and not has_common_word(text[mark.end() :], context.lexicon) else 0


def may_name_site(text: str, context: Context) -> bool:
    """True for a headline with a dash and behind it a body, and words in small letters: those may be of its name ("Ministry of home
    affairs"), or say what it does ("the Keld police ask for help")."""
    mark = _body_behind(text, context)
    return mark is not None and has_common_word(text[mark.end() :], context.lexicon)


def _body_behind(text: str, context: Context) -> re.Match[str] | None:
    """The last dash or bar of a line, where the words behind it name a body."""
    mark = next(iter(list(_PARTS.finditer(text))[-1:]), None)
    if mark is None:
        return None
    before, behind = text[: mark.start()], text[mark.end() :]
    if len(before.split()) < 4 or not 2 <= len(behind.split()) <= 8 or has_clause(behind, context.lexicon):
        return None
    # "– statement by the Council of Keepers": whose it is belongs to the headline.
    named = is_letterhead(behind, context.language) and behind[:1].isalpha() and not behind[:1].islower()
    return mark if named and not context.lexicon.find_kind(behind) else None

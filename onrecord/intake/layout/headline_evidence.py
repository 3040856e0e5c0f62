"""Whether two signs that are independent of each other speak for a headline. Where they do not, the doubt in words, for the question that
quotes the line; an empty text where nothing is in doubt.

The signs are: a label; the document's own title, or the same words once more; a heading in the markup; that the text speaks of what the
line says; that the line stands alone, with edges that nothing makes doubtful.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from onrecord.intake.evidence import listed_posts
from onrecord.intake.layout import (
    heading_evidence,
    headline_checks,
    headline_neighbours,
    headline_surroundings,
    line_signs,
    own_title_evidence,
    page_title,
)
from onrecord.intake.layout.assignment import CONTACT_DATA, LETTERHEAD
from onrecord.intake.layout.candidates import letters
from onrecord.intake.layout.continued_lines import breaks_off
from onrecord.intake.layout.header_lines import has_clause
from onrecord.intake.layout.headline_signs import LEAST_SHARE, PART_SHARE, RIVAL, WHOLE_SHARE, Signs, is_name, unheard
from onrecord.intake.layout.organizations import is_office
from onrecord.intake.layout.other_headings import is_salutation

# In a head of more lines nobody can say which is the headline, unless a second sign names it.
_MOST_UNDECIDED = 8
# A text of so few characters need not have its headline's words again.
_SHORT_TEXT = 300
_MOST_SPEAKERS_SEEN = 60
_LEAST_LABELS = 2
_LEAST_PAIRS, _LEAST_EQUAL = 2, 3
# So many words, most of them written small, are a sentence whose mark was lost; in a line that stands alone above a text that has
# its words again, so many.
_SENTENCE_WORDS, _ALONE_WORDS = 18, 26
_CLEAR_SHARE = 0.75
# A first line that nothing marks as a heading has so many words again in its text that are no names.
_LEAST_UNMARKED = 3
# A person's title, name and office have no more words.
_LONG_OFFICE = 9
_REFERENCE_BEHIND = re.compile(r"(?:(?<!\d)\d++[/\\]\d{2,4}|\b[A-Z]{2,5}\s?\d{2,})\W*$")
_NUMBERS_AT_EDGE = re.compile(r"^\W*\d+[ .-]+\d+[ .-]+\d+\b|\b\d+ \d+\W*$|^\w+ \d+ \d+ \d+\b")
_DASH_TAIL = re.compile(r"(?<!\s)\s+[-–—|]\s+(?P<tail>\S++(?:\s++\S++){0,4})$")
# "This is the fifth of our letters. (see the first)"
_BEHIND_SENTENCE = re.compile(r"(?<=[.!?])\s*\([^()]{1,60}\)$")
_SPEAKER = re.compile(r"(?P<speaker>[^\W\d_][^:]{2,40}):\s")
_ADDRESS = re.compile(r"https?://|www\.|\w@\w|\w\.\w{2,8}\s?/[\w-]|\w\.\w+\.[a-z]{2,3}\b")
_GLUED_WORDS = re.compile(
    r"[^\W\d_A-Z]\.[A-Z][^\W\d_A-Z]{2}|[^\W\d_A-Z]{4}[A-Z][^\W\d_A-Z]{2,8}\.? \d|[A-Z]{5}[^\W\d_A-Z]{3}"
)
_LONE_LETTER = re.compile(r"(?<![\w'’.&-])[B-HJ-NP-ZÄ-Ýb-df-hj-np-z](?![\w'’.&/-])")


# "*mp12x00tdtdh*", below a bar code.
_CODE = re.compile(r"(?<!\S)\*(?=\w*\d)\w{8,}\*(?!\S)")
# A blank before the dots: a program stopped between two words.
_CUT = re.compile(r"\w\s+(?:…|\.\.\.)$")
# What a page's program puts behind each heading.
_PERMALINKS = ("¶", "🔗")
Check = Callable[[Signs], str]


def missing(signs: Signs) -> str:
    """Why the chosen lines are not clearly the headline."""
    if not signs.labelled and not signs.stated and (why := _one_of_posts(signs)):
        return why
    if not signs.labelled and (_CODE.search(signs.text) or signs.text.rstrip().endswith(_PERMALINKS)):
        return "a code or a sign stands in it"
    if why := _torn(signs):
        return why
    if signs.labelled:
        return _labelled_again(signs) or ("it breaks off" if breaks_off(signs.text, signs.context.lexicon) else "")
    if signs.stated and not signs.copied:
        return own_title_evidence.larger_in_title(signs) or own_title_evidence.before_heading_in_title(signs)
    if breaks_off(signs.text, signs.context.lexicon) and (signs.copied or signs.repeated or signs.after is not None):
        return "it breaks off"
    if signs.copied:
        return ""
    if signs.repeated or signs.noted:
        return unheard(signs, PART_SHARE) or _far(signs) or _ended(signs) or _one_of_pairs(signs)
    checks = heading_evidence.CHECKS if signs.marked else _PLAIN
    return next((why for check in (_addressed, _of_message, *checks) if (why := check(signs))), "")


def _one_of_posts(signs: Signs) -> str:
    """It heads one of several texts of the file, each of which has its day beside its headline."""
    posts = listed_posts.posts_of(signs.context.document.blocks, signs.context.lexicon.document_language)
    own = any(" ".join(line.split()) in posts.headlines for line in signs.lines) or signs.text in posts.headlines
    return "it heads one of several texts, each with its own day" if own else ""


def _torn(signs: Signs) -> str:
    """A program cut it, or laid two lines over each other: what stands in it is not the headline whole."""
    if _CUT.search(signs.text):
        return "it breaks off"
    page = signs.context.lexicon.pattern("page_number", "start").match(signs.text)
    if page and signs.text[page.end() :].lstrip()[:1].isdigit():
        return "the number of a page stands in it"
    words = signs.text.casefold().split()
    twice = any(
        words[at : at + size] == words[at + size : at + 2 * size]
        for size in range(2, len(words) // 2 + 1)
        for at in range(len(words) - 2 * size + 1)
    )
    return "words of it stand in it twice, one behind the other" if twice and signs.marked else ""


def _labelled_again(signs: Signs) -> str:
    """Its label stands at the head of other lines, too: each names a part."""
    number = signs.chosen[0].line
    label = signs.assignment.lines[number].text[: signs.chosen[0].start].strip(" :：*_#").casefold()
    again = sum(
        line.text[: len(label) + 4].strip(" *_#").casefold().startswith(f"{label}:")
        for line in signs.assignment.lines
        if line.number != number
    )
    return "its label appears again below" if label and again >= _LEAST_LABELS else ""


def _addressed(signs: Signs) -> str:
    """A letter's form of address stands below it, and the text does not speak of it: the lines above are the letterhead's."""
    below = signs.assignment.lines[signs.chosen[-1].line + 1 : signs.assignment.opening]
    if not any(is_salutation(line.text, signs.context.lexicon) for line in below):
        return ""
    echo = signs.echo_of(signs.text)
    spoken = echo.found >= 2 and echo.share >= WHOLE_SHARE and (signs.marked or echo.common >= 2)
    worded = signs.marked or signs.is_bold or signs.has_common_word
    clear = signs.is_first_of_talk or (
        spoken and worded and line_signs.word_count(signs.text) >= 4 and not is_name(signs.text, signs.context)
    )
    return "" if clear else "it is before the salutation, as a letterhead does"


def _far(signs: Signs) -> str:
    """Between the headline's last place and the text stand other lines that may be one."""
    same = letters(signs.text)
    last = max(number for number, each in enumerate(signs.found) if letters(each.text) == same or each in signs.chosen)
    return "other lines are between it and the text" if len(signs.found) - last - 1 > 3 else ""


def _one_of_pairs(signs: Signs) -> str:
    """Below it other lines stand twice, one right under the other, or it is one of many headings of a lower rank: a collection of texts,
    each with its headline."""
    own, lines = letters(signs.text), signs.assignment.lines
    below = [letters(line.text) for line in lines[signs.chosen[-1].line + 1 :] if line.word_count > 1]
    pairs = sum(first == second != own for first, second in itertools.pairwise(below))
    ranks = {letters(line.text): line.block.level for line in lines if line.block.kind == "heading"}
    equal = sum(level == ranks.get(own, 0) > 1 for level in ranks.values())
    several = pairs >= _LEAST_PAIRS or equal > _LEAST_EQUAL
    return "other lines are set that way too, as the headlines of several texts do" if several else ""


def _unmarked(signs: Signs) -> str:
    """In Markdown and on pages a headline is marked as a heading, or is bold; or the page's own title has its words."""
    document = signs.context.document
    if document.form not in ("markdown", "html"):
        return ""
    if signs.is_bold or _is_unmarked_first(signs):
        return ""
    same = document.metadata.titles and not own_title_evidence.other_title(signs)
    return "" if same else "it is not marked as a heading"


def _is_unmarked_first(signs: Signs) -> bool:
    """True for the first line of a Markdown text in which nothing is marked as a heading, alone above running text that speaks of it."""
    blocks = signs.context.document.blocks
    echo = signs.echo_of(signs.text)
    return (
        signs.context.document.form == "markdown"
        and signs.is_first_alone
        and not any(block.kind == "heading" for block in blocks)
        and echo.share >= WHOLE_SHARE
        and echo.common >= _LEAST_UNMARKED
    )


def _of_message(signs: Signs) -> str:
    """The title of a message is its subject; a line of its text is none whose words the subject does not have."""
    lexicon = signs.context.lexicon
    words = letters(signs.text)
    subjects = [title.value for title in signs.context.document.metadata.titles if title.origin == page_title.SUBJECT]
    # "Press release: Lock keepers go back"; what is no more than its kind names no headline.
    subjects = [lexicon.pattern("kinds", "start").sub("", page_title.without_reply(subject)) for subject in subjects]
    subjects = [subject for subject in subjects if letters(subject)]
    if signs.context.document.form != "mail" or not subjects:
        return ""
    same = any(words in letters(subject) or letters(subject) in words for subject in subjects)
    return "" if same else "the message’s subject is another"


def _crowded(signs: Signs) -> str:
    return "many lines are above the text" if len(signs.found) > _MOST_UNDECIDED else ""


def _ended(signs: Signs) -> str:
    text = _BEHIND_SENTENCE.sub("", signs.text).rstrip(" \"”»’')")
    ended = text.endswith(("!", "！", "。")) or line_signs.is_short_sentence(text)
    words = signs.text.split()
    small = sum(word[:1].islower() for word in words)
    most = _SENTENCE_WORDS if len(signs.found) > 1 or signs.echo_of(signs.text).share < _CLEAR_SHARE else _ALONE_WORDS
    ended = ended or (len(words) >= most and small * 2 > len(words) and not signs.is_over_day)
    asks = text.endswith(("?", "？", "؟")) and (signs.echo_of(signs.text).words < 3 or signs.has_lines_above)
    return "it reads like a sentence" if ended or asks else ""


def _glued(signs: Signs) -> str:
    """Words of another line at its edges: a label, a reference, numbers, a name behind a dash."""
    text, lexicon = signs.text, signs.context.lexicon
    if _ADDRESS.search(text):
        return "an address is in it"
    if any(re.search(r"\s\xad", line) and letters(text) in letters(line) for line in signs.lines):
        return "its letters are not clean"
    line = signs.assignment.lines[signs.chosen[0].line].text.strip()
    # "*Subject to change": a note, unless the mark closes it too.
    noted = line[:1] in "*†‡" and not line.endswith(line[:1])
    if text[:1] in "/|\\>–—-:;,." or noted:
        return "a mark is before it"
    kind = lexicon.find_kind(text)
    if kind and not kind[0] and text[kind[1] :].lstrip()[:1] in (":", "："):
        return "a kind is before it"
    for category in ("label_other", "label_date", "label_reference", "label_place", "published", "contacts_heading"):
        tail = lexicon.pattern(category, "end").search(text)
        if tail and text[tail.start() :].strip()[:1].isupper():
            return "a label is behind it"
    contacts = lexicon.pattern("contacts_heading", "within").finditer(text)
    if not text.isupper() and any(match[0][:1].isupper() and match.start() for match in contacts):
        return "a contact is in it"
    if _REFERENCE_BEHIND.search(text) or _NUMBERS_AT_EDGE.search(text):
        return "a number is at its edge"
    if len(text.split()) > 3 and lexicon.pattern("part_headings", "whole").match(text.split()[-1].strip(" .:")):
        return "the heading of a part is behind it"
    tail = _DASH_TAIL.search(text)
    if tail and not has_clause(tail["tail"], lexicon):
        named = all(word[:1].isupper() or len(word) < 4 for word in tail["tail"].split())
        # "– ADD.2": a number names nobody.
        named = named and not (len(tail["tail"].split()) == 1 and any(map(str.isdigit, tail["tail"])))
        if named and (not text.isupper() or len(tail["tail"].split()) <= 2):
            return "a name may be behind it"
    if headline_checks.may_name_site(text, signs.context):
        return "a name may be behind it"
    return "its letters are not clean" if _LONE_LETTER.search(text) or _GLUED_WORDS.search(text) else ""


def _spoken(signs: Signs) -> str:
    """The first line of a talk: the speaker's name and a colon, as below."""
    speaker = _SPEAKER.match(signs.text)
    if speaker is None:
        return ""
    opening = signs.assignment.opening
    below = [line.text for line in signs.assignment.lines[opening : opening + _MOST_SPEAKERS_SEEN]]
    again = any(text.lstrip().startswith(f"{speaker['speaker']}:") for text in below)
    return "it begins as what a speaker says" if again else ""


def _rivalled(signs: Signs) -> str:
    """Another line is as likely."""
    chosen = {candidate.line for candidate in signs.chosen}
    after = signs.after
    for candidate in signs.found:
        if candidate.line in chosen or line_signs.word_count(candidate.text) < 3 or candidate.block.kind == "item":
            continue
        if candidate.text.endswith((";", ":", ",", ".")):
            continue
        if candidate is after and not signs.is_wrapped and line_signs.word_count(signs.text) >= 5:
            continue
        office = is_office(candidate.text, signs.context.language)
        if (office and not _has_office_within(candidate.text, signs)) or (
            line_signs.word_count(candidate.text) < 5 and is_name(candidate.text, signs.context)
        ):
            continue
        if headline_checks.never_headline(candidate.text, signs.context) not in ("", headline_checks.OFFICE):
            continue
        echo = signs.echo_of(candidate.text)
        if echo.found >= 2 and echo.share >= WHOLE_SHARE:
            return RIVAL
    return ""


def _has_office_within(text: str, signs: Signs) -> bool:
    """True for a line of five words and more in the middle of which a person's title stands: it may say what that
    person does ("Orle Professor Brings Boats Home"); or that begins with one and has many words behind it."""
    words = text.split()
    titles = list(signs.context.lexicon.pattern("person_titles", "within").finditer(text))
    if len(words) >= _LONG_OFFICE and headline_checks.acts(text, titles, signs.context):
        return True
    if len(words) < 5 or len(titles) != 1 or "," in text:
        return False
    before, behind = text[: titles[0].start()].split(), text[titles[0].end() :].split()
    small = signs.context.lexicon.pattern("function_words", "whole")
    return bool(before) and len(behind) >= 2 and not small.match(behind[0])


def _outranked(signs: Signs) -> str:
    """A line in capitals that was taken for a letterhead, of which the text speaks too."""
    if signs.text.isupper():
        return ""
    for stretch in signs.assignment.of("header"):
        text = signs.assignment.text(stretch)
        if stretch.line >= signs.assignment.opening or not text.isupper() or line_signs.word_count(text) < 4:
            continue
        echo = signs.echo_of(text)
        spoken = text.casefold() in signs.echo.text.casefold()
        if stretch.reason == LETTERHEAD and not spoken and echo.found >= 2 and echo.share >= WHOLE_SHARE:
            return RIVAL
    return ""


def _unsupported(signs: Signs) -> str:
    """The text does not speak of it; or it has none but names again."""
    echo = signs.echo_of(signs.text)
    if signs.is_over_day or signs.is_first_of_talk:
        return ""
    alone = signs.is_sole and not signs.is_wrapped and (signs.chosen[0].line == 0 or signs.is_under_kind)
    words = line_signs.word_count(signs.text)
    least = LEAST_SHARE if alone else PART_SHARE if signs.is_sole and words >= 5 and echo.words >= 4 else WHOLE_SHARE
    if alone and len(signs.echo.text) < _SHORT_TEXT and (words >= 4 or len(letters(signs.text)) >= 6):
        return ""
    if line_signs.is_unspaced(signs.text):
        least = max(least, PART_SHARE)
    if echo.found < (1 if alone else 2) or echo.share < least:
        return "the text does not speak of it"
    common = 1 if alone or (signs.text.isupper() and words >= 5) else 2
    return "" if signs.has_common_word or echo.common >= common else "it may be no more than a name"


def _over_contacts(signs: Signs) -> str:
    """An address or a telephone stands between it and the text: it may be the first line of a letterhead, the name of an office."""
    between = signs.assignment.stretches[signs.chosen[-1].line + 1 : signs.assignment.opening]
    contacts = any(each.reason == CONTACT_DATA for stretches in between for each in stretches)
    return "an address or a telephone is below it, as in a letterhead" if contacts else ""


def _leads_to_list(signs: Signs) -> str:
    """The items of a list follow it, and none of them is running text: "What we add to our request is"."""
    behind = signs.assignment.lines[signs.chosen[-1].line + 1 :][:1]
    lists = [line for line in behind if line.block.kind == "item" and not line.is_prose]
    return "a list follows it" if lists else ""


_PLAIN: tuple[Check, ...] = (
    _unmarked,
    _leads_to_list,
    *headline_surroundings.CHECKS,
    _over_contacts,
    _crowded,
    _ended,
    _glued,
    _spoken,
    headline_neighbours.JOINED,
    *headline_neighbours.CHECKS,
    _rivalled,
    _outranked,
    _unsupported,
)

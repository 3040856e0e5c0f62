"""What a date in a document is of: its release, a change, a printing, an event, an embargo, or something else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.intake.document import Block, Document, Layout
from onrecord.intake.evidence.claims import LONGEST_QUOTED
from onrecord.intake.evidence.date_labels import is_as_of, is_in_value, is_of_other_label
from onrecord.intake.evidence.date_mentions import DateMention, dates_in, dates_in_line
from onrecord.intake.evidence.header_words import ADDRESS, is_of_kind_and_issuer, taken_apart
from onrecord.intake.lexicon import Lexicon

# So many characters make a line a paragraph; a line that goes on in the next has so many.
PARAGRAPH, LONG_LINE, LONGEST_DATE_LINE = 100, 40, 60
_PAGE_OF = re.compile(r"(?<!\d)(?P<page>\d{1,2})\s?/\s?(?P<pages>\d{1,2})\s*$")
_MOST_PAGES = 20
CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.]\d{2}(?!\d|[.]\d)")
STAMP = re.compile(r"(?<!\d)\d{1,2}:\d{2}:\d{2}(?!\d)")
_SPAN_MARK = re.compile(r"\s*(?:-|–|—)\s*")
_NEXT_PART = re.compile(r"[|•·;]")
_SPLIT_DAY = re.compile(r"(?<!\d)\d\s{1,2}$")
# "^-1 November": a mark that is glued to the day was a digit in print.
_TORN_DAY = re.compile(r"(?:^|\s)(?=\S*[-\^~\\{}<=_°!])[^\w\s([|*#•·>“\"'‘–—]{1,3}$")
UNSPACED = re.compile("[\u2e80-\u9fff]")
# Names of places and offices are shorter in Chinese and Japanese.
_LONGEST_UNSPACED = 24
MOST_WORDS_OF_LABEL = 4
_LEAST_HEADLINE = 3
DAY = len("2013-05-03")
# "5 min read": the unit's symbol is the same in all languages.
_READING_TIME = re.compile(r"\d{1,3}\s?min\b\.?(?:\s[^\W\d_]{2,12})?")
# "Jul 24 20171:56 PM": the clock stands right behind the year.
_GLUED_CLOCK = re.compile(r"(?<=\s(?:19|20)\d\d)(?=\d{1,2}:\d\d)")
_WIDEST_DAY = 24
_FIGURE = re.compile(r"(?<![\w/.:-])\d{1,2}\W{0,2}[^\W\d_]{0,2}\W{0,3}$")
# So much of a paragraph is its beginning; a document of one paragraph may have very many dates behind it.
LONGEST_OPENING = 20_000
# "13 - 14 June 2022": the first of two days stands without its month.
_FIRST_OF_DAYS = re.compile(r"(?<![\d/.:-])(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?\s?[–—-]\s?$")
_RUNS_ON = re.compile(r"\w[–—-]\s?$")


def roles_in_line(line: str, lexicon: Lexicon, basis: str) -> list[DateMention]:
    """The dates of a header line, a dateline or a foot line, each with the role that the words before it give it. `basis` is the kind of
    place: "header", "dateline"."""
    if "{{" in line:
        # A template's, for what is filled in later.
        return []
    line = _GLUED_CLOCK.sub(" ", line)
    mentions = dates_in_line(line, lexicon.document_language)
    if not mentions or lexicon.pattern("copyright", "within").search(line):
        return []
    plain = is_date_line(line, lexicon) or is_of_kind_and_issuer(line, lexicon)
    out: list[DateMention] = []
    before_end = 0
    for mention in mentions:
        before = line[before_end : mention.start]
        role, labelled = _role(before, line[: mention.start], lexicon, basis, plain=plain)
        first = _FIRST_OF_DAYS.search(before) if basis == "header" and len(mention.edtf) == DAY else None
        if first and int(first["day"]) < int(mention.edtf[-2:]):
            role, labelled = "event", False
        if not role:
            earlier = out[-1].role if out else "release"
            role = "release" if earlier == "release" or _NEXT_PART.search(before) else earlier
        changed = lexicon.pattern("updated", "start").match(
            line[mention.end :].lstrip(" ])(" if labelled else " ])(,،|·–—-")
        )
        behind = line[mention.end :].lstrip()
        if role == "release" and not labelled and basis == "header" and _is_of_place(before, behind, lexicon):
            # "am 19. Mai 2007 in Kehl – Stadion am Ufer"
            role = "event"
        if role == "release" and changed and not dates_in_line(line[mention.end :], lexicon.document_language):
            # "4 March 2021 (updated)"
            role = "updated"
        if "X" in mention.edtf and re.match(r"\s?[,.']?\s?\d{2,4}(?!\d)", line[mention.end :]):
            # "April 12,99": a year that was not understood is a year.
            role = "other"
        if role == "release" and basis == "header" and "X" in mention.edtf and _is_in_headline(line, lexicon):
            role = "event"
        if role == "release" and len(mention.edtf) < DAY and "X" not in mention.edtf and _has_day(before, lexicon):
            # "Tuesday, 1 7th October 2006"
            role, labelled = "other", False
        if role == "release" and _is_among_unknown_words(line, mention, lexicon, basis):
            if basis != "header":
                continue
            role = "other"
        if len(mention.edtf) < DAY and UNSPACED.search(mention.written) and re.match(r"[*_]*\d", line[mention.end :]):
            # "2019年11月**30**日": the day stands behind a mark.
            role = "other"
        if re.match(r"\d", mention.written) and _is_number_of_issue(line[: mention.start], lexicon):
            role, labelled = "other", False
        if role == "release" and is_as_of(before, line[mention.end :], lexicon):
            role, labelled = "other", False
        before_end = mention.end
        out.append(replace(mention, role=role, basis=basis, line=line, labelled=labelled))
    if len(out) == 2 and _is_span(line[out[0].end : out[1].start], lexicon):
        # "3 May - 5 May 2013" is a span of days, no day of publication.
        return [replace(mention, role="event") for mention in out]
    if basis == "header" and (ADDRESS.search(line) or _is_page_number(line[out[-1].end :])):
        # A browser prints the day beside the address or above the pages' numbers.
        return [replace(mention, role="printed", labelled=False) for mention in out]
    return out


def _has_day(before: str, lexicon: Lexicon) -> bool:
    """True where a weekday or a lone figure stands before a month: the day that belongs to it was not understood."""
    near = before[-_WIDEST_DAY:]
    return lexicon.pattern("weekdays", "within").search(near) is not None or _FIGURE.search(near) is not None


def _is_in_headline(line: str, lexicon: Lexicon) -> bool:
    """True where more than a name stands on a date's line: "KEELERS ON STRIKE - 14 February" says when, and no year."""
    return any(len(piece.split()) >= _LEAST_HEADLINE for piece in taken_apart(line, lexicon).pieces)


def _is_number_of_issue(before: str, lexicon: Lexicon) -> bool:
    """True where the first figure behind some words is that of an issue: "Volume 43, Number 3 January 2014"."""
    before = before.rstrip(" .:#")
    if lexicon.pattern("published", "end").search(before):
        # "Date of issue: 3 January 2014"
        return False
    return any(lexicon.pattern(category, "end").search(before) for category in ("number_words", "issue_words"))


def _is_among_unknown_words(line: str, mention: DateMention, lexicon: Lexicon, basis: str) -> bool:
    """True for a date whose month only CLDR knows, without a year or with words on its line: without a file of the language nobody can say
    whether they call it the day of a change. A dateline, and a place with a comma before the date, are none of those."""
    if lexicon.document_language == lexicon.language:
        return False
    if any(date.edtf == mention.edtf for date in dates_in_line(line, lexicon.language)):
        return False
    behind = line[mention.end :]
    if "X" in mention.edtf or unicodedata.category(behind[:1] or " ").startswith("M"):
        # A vowel sign behind it: the month's name is longer.
        return True
    if basis != "header":
        return False
    before = re.sub(r"^\W*+[^\W\d_][\w .’'-]{0,40},\s*$", "", line[: mention.start])
    return re.search(r"[^\W\d_]{3}", f"{before} {behind}") is not None


def _is_of_place(before: str, behind: str, lexicon: Lexicon) -> bool:
    """True where a preposition opens a line before its date, and another one and a place follow: where and when something takes place."""
    opening = before.strip()
    tied = lexicon.pattern("function_words", "start").match(behind)
    place = behind[tied.end() :].lstrip() if tied else ""
    return bool(opening) and place[:1].isupper() and lexicon.pattern("connectives", "whole").match(opening) is not None


def _is_page_number(text: str) -> bool:
    """True for "1/2" at the end of a line; "38/78" numbers a release of a year."""
    match = _PAGE_OF.search(text)
    return match is not None and 1 <= int(match["page"]) <= int(match["pages"]) <= _MOST_PAGES


def _is_span(between: str, lexicon: Lexicon) -> bool:
    return (
        _SPAN_MARK.fullmatch(between) is not None or lexicon.pattern("range_words", "whole").match(between) is not None
    )


def _role(before: str, all_before: str, lexicon: Lexicon, basis: str, *, plain: bool) -> tuple[str, bool]:
    """The role that words give the date behind them, and whether they call it the day of publication; ("", False) where they give none."""

    def has(category: str) -> bool:
        return lexicon.pattern(category, "within").search(before) is not None

    header = basis == "header"
    if has("embargo"):
        return "embargo", False
    if has("printed") or (header and lexicon.pattern("today", "whole").match(before.rstrip(" :–—-"))):
        # "Today: 3 May 2019" is a page's clock.
        return "printed", False
    if has("updated"):
        return "updated", False
    of_other = [lexicon.pattern(category, "end") for category in ("other_date_words", "period_words")]
    if header and any(pattern.search(before.rstrip(" :,：–—-")) for pattern in of_other):
        # "Joined: 3 May 2009", "Version 3, 29 June 2007"
        return "other", False
    event = lexicon.pattern("event", "within").search(before)
    published = lexicon.pattern("published", "within").search(before)
    # "質問日時" is the day of a question, "日時" that of an event.
    inside = event and published and published.start() <= event.start() <= event.end() <= published.end()
    if header and event and not (inside and published and published[0] != event[0]):
        return "event", False
    if _SPLIT_DAY.search(all_before) or _TORN_DAY.search(all_before):
        # "1 6th November", "^-1 November": a number that was read as two.
        return "other", False
    if is_of_other_label(before, lexicon) or (header and is_in_value(before, lexicon)):
        return "other", False
    if has("published") or has("label_date"):
        return "release", True
    if header and _is_of_kind(before, lexicon):
        return "release", False
    if header and (
        not plain or _RUNS_ON.search(before) or lexicon.pattern("span_words", "end").search(_unlinked(before, lexicon))
    ):
        return "other", False
    return "", False


def _is_of_kind(before: str, lexicon: Lexicon) -> bool:
    """True where nothing stands before a day but the kind of document and "of": "Pressemitteilung vom", "Communiqué du"."""
    tied = lexicon.pattern("span_words", "end").search(before.rstrip())
    kind = before[: tied.start()].strip(" *_#|:,–—-") if tied else ""
    return lexicon.pattern("kinds", "whole").match(kind) is not None


def _unlinked(before: str, lexicon: Lexicon) -> str:
    """Words without an article at their end: "until the 3 May"."""
    match = lexicon.pattern("articles", "end").search(before)
    return before[: match.start()] if match else before


def has_clock(line: str) -> bool:
    """True where a line has a time of day: "5:30 pm"."""
    return CLOCK.search(line) is not None


def is_date_line(line: str, lexicon: Lexicon) -> bool:
    """True where a header line has nothing but its date and what goes with one: a place, an office, a by-line, a label, a time."""
    return all(_goes_with_a_date(piece, lexicon) for piece in taken_apart(line, lexicon).pieces)


def _goes_with_a_date(piece: str, lexicon: Lexicon) -> bool:
    if _READING_TIME.fullmatch(piece):
        return True
    words = [word for word in re.split(r"[\s,،、/()]+", piece) if word]
    if lexicon.document_language != lexicon.language:
        # "3 maja 2024 r.": an abbreviated word for "year".
        words = [word for word in words if len(word.rstrip(".")) > 1]
    connective = lexicon.pattern("connectives", "whole")
    while words and connective.match(words[0]):
        words = words[1:]
    while words and connective.match(words[-1]):
        words = words[:-1]
    if not words:
        return True
    text = " ".join(words)
    if UNSPACED.search(text) and len(text) > _LONGEST_UNSPACED:
        return False

    def has(category: str) -> bool:
        return lexicon.pattern(category, "within").search(text) is not None

    if lexicon.pattern("navigation", "whole").match(text):
        return True
    particles = lexicon.pattern("name_particles", "whole")
    small = [word for word in words if word[:1].islower() and not particles.match(word)]
    if len(words) <= 4 and not small:
        return True
    if has("clause_words") and not has("published"):
        return False
    function = [lexicon.pattern(category, "whole") for category in ("function_words", "articles", "connectives")]
    content = [word for word in small if not any(pattern.match(word) for pattern in function)]
    if has("organization_words") or has("desk"):
        return len(words) <= 12 and not content
    if len(words) <= 3 and (has("published") or has("updated") or has("printed") or has("label_date")):
        return True
    if lexicon.pattern("by_line", "start").match(piece):
        return len(words) <= 6
    if lexicon.pattern("person_titles", "start").match(text) and words[0][:1].isupper():
        # "Minister for Harbours and Northern Affairs"
        return len(words) <= 9 and not content
    return False


def joined(lines: Sequence[str], document: Document, lexicon: Lexicon) -> list[str]:
    """Header lines, one made whole with the line before it in the document where a date runs over both ("Port Ellery 18" / "September
    2002")."""
    before = {block.text.strip(): earlier.text.strip() for earlier, block in pairwise(document.blocks)}
    out: list[str] = []
    for line in lines:
        earlier = before.get(line.strip(), "")
        if not re.search(r"\d$|\w,$", earlier) or len(earlier) + len(line) > 2 * LONGEST_QUOTED:
            out.append(line)
            continue
        both = f"{earlier} {line.strip()}"
        across = [date for date in dates_in(both, lexicon.document_language) if date.start < len(earlier) < date.end]
        alone = max((len(date.edtf) for date in dates_in(line, lexicon.document_language)), default=0)
        if across and len(across[0].edtf) > alone:
            out = [other for other in out if other.strip() != earlier]
            out.append(both)
        else:
            out.append(line)
    return out


def title_dates(layout: Layout, document: Document, lexicon: Lexicon) -> list[DateMention]:
    """The date that stands behind the headline on its line: wide apart from it, with its weekday, or behind a mark."""
    out = []
    for block in document.blocks:
        text = block.text.strip()
        if not layout.title or len(text) > 2 * LONGEST_QUOTED or not text.startswith(layout.title[:40].strip()):
            continue
        for mention in dates_in(text, lexicon.document_language)[-1:]:
            before, behind = text[: mention.start], text[mention.end :]
            apart = re.search(r"\s\s$|\t$|[|•·–—(\[]\s*$|\s-\s$", before) is not None or mention.weekday != ""
            # A headline in capitals ends where the date is not in capitals.
            last = " ".join(before.split()[-3:])
            capitals = last.isupper() and len(last) > 9 and any(map(str.islower, mention.written))
            if (
                (apart or capitals)
                and len(before.split()) >= 3
                and not behind.strip(" .)]")
                and "X" not in mention.edtf
            ):
                out.append(replace(mention, role="release", basis="header", line=text, form="beside the headline"))
        break
    return out


def lines_below_title(document: Document, layout: Layout, lexicon: Lexicon) -> list[str]:
    """Lines of nothing but a date right below a place where a page repeats its headline: those of its data, wherever they stand."""
    return [
        block.text.strip()
        for before, block in pairwise(document.blocks)
        if layout.title
        and before.text.strip() == layout.title
        and len(block.text) <= LONGEST_DATE_LINE
        and dates_in(block.text, lexicon.document_language)
        and is_date_line(block.text, lexicon)
    ]


def leading_lines(body: Sequence[Block], lexicon: Lexicon) -> list[str]:
    """Lines of nothing but a date, before the first paragraph of a body: those of a header that was not taken for one."""
    out = []
    behind_teaser = False
    for block in body[:4]:
        text = block.text.strip()
        if block.kind == "item":
            # Of a bar above the text.
            continue
        if len(text) >= PARAGRAPH:
            if behind_teaser:
                break
            behind_teaser = True
            continue
        if behind_teaser and not STAMP.search(text):
            # Behind a paragraph, a day alone may be an event's; one to the second is a program's stamp.
            continue
        plain = len(text) <= LONGEST_DATE_LINE and not text.endswith((".", "!", "?", "。", "！", "？", "؟"))
        if plain and dates_in(text, lexicon.document_language) and is_date_line(text, lexicon):
            out.append(text)
    return out


def body_dates(body: Sequence[Block], lexicon: Lexicon) -> list[DateMention]:
    """Dates that the first paragraphs call today: "said today (11 March)", "on Monday, 3 May, today"."""
    today = lexicon.pattern("today", "end")
    behind_date = lexicon.pattern("today", "start")
    out = []
    for block in [block for block in body if block.kind == "paragraph"][:3]:
        text = block.text[:LONGEST_OPENING]
        for mention in dates_in(text, lexicon.document_language):
            before = text[max(mention.start - LONGEST_QUOTED, 0) : mention.start].rstrip(" ,،(–—-")
            if lexicon.pattern("span_words", "end").search(before):
                # "open from today until 3 May"
                continue
            linked = re.sub(r"(?<!\s)\s+\w{2,5}$", "", before)
            article = _unlinked(linked, lexicon).rstrip(" ,،(–—-")
            after = text[mention.end : mention.end + LONGEST_QUOTED].lstrip(" ),،")
            if any(today.search(words) for words in (before, linked, article)) or behind_date.match(after):
                line = context(text, mention)
                out.append(replace(mention, role="release", basis="body", line=line, form="“today” in the text"))
    return out


def context(text: str, mention: DateMention) -> str:
    """The words around a date in a paragraph."""
    start = text.rfind(" ", 0, max(0, mention.start - 60)) + 1
    end = text.find(" ", mention.end + 20)
    return text[start : end if end > 0 else len(text)].strip()


def lines_with_dates(document: Document, layout: Layout, lexicon: Lexicon) -> list[DateMention]:
    """Every date of a document, in order, with the words around it as its line: what a person needs who looks for the right one."""
    out = []
    texts = dict.fromkeys((layout.title, *layout.header, layout.dateline, *layout.footer))
    texts |= dict.fromkeys(text for block in document.blocks for text in block.texts)
    seen: set[str] = set()
    # A page's own day may stand where the reader of pages saw no part of the text.
    texts |= dict.fromkeys(left.text for left in document.left_out if len(left.text) <= LONGEST_DATE_LINE)
    for text in filter(None, texts):
        if not any(map(str.isdigit, text)):
            continue
        header = text in layout.header or text in layout.footer
        mentions = roles_in_line(text, lexicon, "header") if header else dates_in(text, lexicon.document_language)
        for mention in mentions:
            line = context(text, mention) if len(text) > LONGEST_QUOTED else text
            if line not in seen:
                seen.add(line)
                out.append(replace(mention, line=line))
    return out

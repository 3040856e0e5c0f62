"""Which part of a web page is its text: by the names and marks of elements, by their running text, and by what stands around them."""

# ruff: noqa: E501 - pages are written out as they are

from __future__ import annotations

from functools import partial

import pytest
from lxml.html import HtmlElement

from onrecord.intake import record
from onrecord.intake.document import Document, Record, Refusal
from onrecord.intake.evidence import term_finder
from onrecord.intake.formats import page_furniture, webpage
from onrecord.intake.formats.page_features import names
from onrecord.model import Vocabularies
from tests import stint
from tests.unit.intake_documents import unaccounted

TITLE = "Harbour office shuts the northern quay"
TEXT = (
    "Lantern Watch said on Monday that the harbour office of Keldmouth had shut the northern quay to all small boats.",
    "“Nobody told us that the gates would be locked when we came back,” said Ilsa Marn, who has fished there for thirty years.",
    "The office has not answered two letters, and no day has been named on which the quay will be opened again.",
    "Forty families live from the quay, and eleven of them have sold their boats since the gates were locked in spring.",
    "The town council will hear the families on Friday, and Lantern Watch has asked for the order to be published.",
)
BODY = "".join(f"<p>{text}</p>" for text in TEXT)
OTHER = "The ferry to the outer islands will sail twice a day from May, the company said on Tuesday in a short notice."
HEAD = f"<title>{TITLE}</title>"


def read(inside: str, head: str = HEAD, **options: bool) -> Document:
    """The document of a page, of which nothing is lost."""
    source = f"<!doctype html><html lang='en'><head><meta charset='utf-8'>{head}</head><body>{inside}</body></html>"
    document = webpage.document(b"", text=source, **options)
    assert unaccounted(document) == ()
    return document


def imported(inside: str, head: str = HEAD) -> Record:
    source = f"<!doctype html><html lang='en'><head><meta charset='utf-8'>{head}</head><body>{inside}</body></html>"
    (found,) = record.of("page.html", source.encode(), term_finder.terms(Vocabularies()))
    assert not found.refused
    assert not any(left.reason == "unaccounted" for left in found.left_out)
    return found


def paragraphs(found: Record) -> list[str]:
    return [part.strip() for part in found.body.split("\n\n") if part.strip()]


def whole(found: Record) -> bool:
    """True where the body is the text, from its first word to its last."""
    return [part.replace("“", "").replace("”", "") for part in paragraphs(found)] == [
        text.replace("“", "").replace("”", "") for text in TEXT
    ]


@pytest.mark.parametrize(
    "named",
    ["<div class='entry-content'>", "<div id='articleBody'>", "<div class='c-story__body story-body'>", "<div itemprop='articleBody'>", "<section class='field field--name-body'>", "<div>"],
)  # fmt: skip
def test_the_text_is_the_part_that_is_named_so_or_holds_the_paragraphs(named: str) -> None:
    close = "</section>" if named.startswith("<section") else "</div>"
    found = imported(
        f"<div class='top'><p>{OTHER}</p></div><h1>{TITLE}</h1>{named}{BODY}{close}<div class='bottom'><p>{OTHER}</p></div>"
    )
    assert found.title == TITLE
    assert whole(found)
    assert [left.prose for left in found.left_out if left.text == OTHER] == [True, True]


def test_who_wrote_it_shared_it_and_signs_up_stands_above_the_text() -> None:
    found = imported(
        f"<article><h1>{TITLE}</h1><div class='byline'>By <a href='/staff/7'>Pavel Orlik</a></div>"
        "<ul class='tools'><li><a href='/f'>Facebook page</a></li><li>Copy the address</li></ul>"
        "<div class='newsletterBox'><h3>Letters</h3><p>Every Friday the news of the coast in your box.</p></div>"
        f"<div class='article-body'>{BODY}</div></article>"
    )
    assert found.title == TITLE
    assert found.subtitle == ""
    assert whole(found)


def test_a_day_in_the_box_of_the_author_is_the_day_of_the_text() -> None:
    found = imported(
        f"<article><h1>{TITLE}</h1><div class='author-box'><div>Pavel Orlik</div><div>Writes of the coast.</div><div>4 May 2016</div></div>"
        f"<div class='article-body'>{BODY}</div></article>",
        HEAD + "<meta property='article:published_time' content='2016-05-04T10:00:00Z'>",
    )
    assert found.date == "2016-05-04"
    assert whole(found)


def test_what_a_style_sets_apart_is_parted_above_the_text() -> None:
    found = imported(
        f"<article><h1>{TITLE}</h1><p><span>May 4, 2016</span><time>3:33 PM</time></p><div class='article-body'>{BODY}</div></article>",
        HEAD + "<meta property='article:published_time' content='2016-05-04T10:00:00Z'>",
    )
    assert found.date == "2016-05-04"


def test_a_standfirst_is_the_sub_title() -> None:
    standfirst = "Forty families wait for an answer, and the office is silent."
    found = imported(
        f"<article><h1>{TITLE}</h1><p class='by'>Pavel Orlik</p><p class='article-standfirst'>{standfirst}</p>"
        f"<div class='article-body'>{BODY}</div></article>"
    )
    assert found.subtitle == standfirst
    assert whole(found)


def test_a_day_right_below_a_standfirst_belongs_to_the_head() -> None:
    found = imported(
        f"<h1>{TITLE}</h1><div class='article-body'><p>{OTHER}</p><div>15.06.2020, 12.11</div>{BODY}</div>",
        HEAD + "<meta property='article:published_time' content='2020-06-15T10:11:00Z'>",
    )
    assert found.date == "2020-06-15"
    assert whole(found)


def test_a_text_goes_on_behind_a_box_of_related_pages() -> None:
    first, *rest = TEXT
    found = imported(
        f"<article><h1>{TITLE}</h1><div class='article-body'><p>{first}</p><h3>More from the coast</h3><p><a href='/1'>Ferries sail again</a></p>"
        + "".join(f"<p>{text}</p>" for text in rest)
        + "</div></article>"
    )
    assert whole(found)


def test_links_of_the_site_behind_the_text_are_none_of_it() -> None:
    found = imported(
        f"<article><h1>{TITLE}</h1><div class='article-body'>{BODY}<h4>Coast</h4><p>Read next: <a href='/ferries-sail-again'>Ferries sail again</a></p>"
        "<ul><li><a href='/bread'>Bread prices rise in Orsa</a></li></ul><p>137</p></div></article>"
    )
    assert whole(found)


def test_a_linked_line_between_paragraphs_is_another_page_and_a_file_is_not() -> None:
    first, *rest = TEXT
    more = "".join(f"<p>{text}</p>" for text in rest)
    page = f"<article><h1>{TITLE}</h1><div class='article-body'><p>{first}</p><p><a href='/a%s'>FERRIES SAIL AGAIN IN MAY</a></p>{more}</div></article>"
    assert whole(imported(page % ""))
    assert "FERRIES SAIL AGAIN IN MAY" in imported(page % ".pdf").body


def test_the_address_of_a_link_within_the_site_is_not_written() -> None:
    document = read(
        f"<h1>{TITLE}</h1><div class='article-body'>{BODY}<p>The council’s <a href='/report'>report</a> says so too, in its last part.</p></div>"
    )
    assert not any(run.href for block in document.blocks for run in block.runs)


@pytest.mark.parametrize(
    "head",
    [
        f"<title>{TITLE} - Lantern News</title><meta property='og:title' content='{TITLE}'>",
        f"<title>{TITLE} | Lanternnews</title><link rel='canonical' href='https://www.lanternnews.example/1'>",
        f"<title>{TITLE} ｜ ランタン Lanternnews</title><link rel='canonical' href='https://lanternnews.example/1'>",
    ],
)
def test_a_title_that_only_the_page_states_has_no_name_of_its_site(head: str) -> None:
    assert read(f"<div class='article-body'>{BODY}</div>", head).metadata.titles[0].value == TITLE


def test_a_standfirst_that_may_be_the_headline_stays_in_the_text_and_is_quoted() -> None:
    standfirst = "Forty families wait for an answer by the northern quay, and the office of the harbour is silent."
    found = imported(
        f"<div class='article-body'><h2 class='kicker'>Coast</h2><h1>Coast, Monday</h1><p class='dek'>{standfirst}</p>{BODY}</div>",
        "",
    )
    assert found.title == ""
    assert standfirst in next(question.evidence for question in found.review if question.field == "title")
    assert standfirst in found.body
    assert all(text in found.body for text in TEXT)


def test_the_heading_that_is_the_pages_title_is_its_headline_and_not_the_name_of_the_site() -> None:
    found = imported(
        f"<h1>Lantern News of the Coast</h1><h2>{TITLE}</h2><div class='article-body'>{BODY}</div>",
        f"<title>{TITLE} · Lantern News of the Coast</title>",
    )
    assert found.title == TITLE


def test_a_short_heading_of_the_first_level_that_is_the_title_is_the_headline() -> None:
    found = imported(
        f"<article><h1>Shut gates</h1><h2>Why the forty families of the northern quay wait for an answer</h2><div class='article-body'>{BODY}</div></article>",
        "<title>Shut gates</title>",
    )
    assert found.title == "Shut gates"


def test_a_line_that_is_the_pages_title_is_its_headline_where_there_is_no_heading() -> None:
    found = imported(
        f"<table><tr><td class='big'>{TITLE}</td></tr><tr><td>4 May 2016</td></tr><tr><td>{BODY}</td></tr></table>"
    )
    assert found.title == TITLE
    assert whole(found)


def test_a_short_line_beside_a_picture_is_its_caption() -> None:
    first, *rest = TEXT
    found = imported(
        f"<h1>{TITLE}</h1><div class='article-body'><p>{first}</p><div><img src='a.jpg'><div>The northern quay at night</div></div>"
        + "".join(f"<p>{text}</p>" for text in rest)
        + "</div>"
    )
    assert whole(found)
    assert ("The northern quay at night", "caption of a picture") in [
        (left.text, left.reason) for left in found.left_out
    ]


def test_posts_of_others_that_a_text_quotes_stay() -> None:
    post = "The gates are locked again and nobody says why they are, so we sleep on the boats."
    found = imported(
        f"<h1>{TITLE}</h1><div class='article-body'>{BODY}<div class='social-embed'><blockquote><p>{post}</p></blockquote></div><p>{OTHER}</p></div>"
    )
    assert post in found.body


@pytest.mark.parametrize("name", ["social-housing", "newsletter-issue", "related-laws", "gallery-of-the-quay"])
def test_running_text_in_a_text_stays_whatever_its_part_is_called(name: str) -> None:
    inside = f"<section class='{name}'><p>{OTHER}</p><p>{OTHER.replace('ferry', 'boat')}</p><p>{OTHER.replace('ferry', 'ship')}</p></section>"
    found = imported(f"<h1>{TITLE}</h1><div class='article-body'>{BODY}{BODY}{inside}<p>{TEXT[0]}</p></div>")
    assert OTHER in found.body


def test_running_text_that_is_left_out_of_a_text_is_asked_about() -> None:
    words = "Write to us where the coast is rough, and you will find our news in your box each Friday before the boats are back."
    found = imported(
        f"<h1>{TITLE}</h1><div class='article-body'>{BODY}{BODY}<div class='newsletter-box'><p>{words}</p></div><p>{TEXT[0]}</p></div>"
    )
    assert words not in found.body
    assert [left.prose for left in found.left_out if left.text == words] == [True]


def test_contacts_behind_the_named_text_are_read_with_it() -> None:
    found = imported(
        f"<main><h1>{TITLE}</h1><div class='field--name-body'>{BODY}</div><div class='field--name-notes'><h3>Notes to editors</h3><p>{OTHER}</p></div></main>"
    )
    assert OTHER in found.notes


def test_a_message_is_a_text_as_a_whole() -> None:
    document = read(f"<p>{OTHER}</p><div class='entry-content'>{BODY}</div><p>{OTHER}</p>", page=False)
    assert sum(block.text == OTHER for block in document.blocks) == 2


def test_a_page_whose_named_part_holds_no_text_is_read_all_the_same() -> None:
    found = imported(
        f"<h1>{TITLE}</h1><div class='entry-content'><p><a href='/1'>All the news of the coast and of the islands, day by day and year by year</a></p></div>{BODY}"
    )
    assert TEXT[0] in found.body


def test_a_list_of_texts_is_refused_though_each_has_a_named_part() -> None:
    items = "".join(
        f"<article><h2><a href='https://lantern.example/{n}'>Harbour office shuts quay number {n}</a></h2><div class='entry-content'><p>{text}</p></div></article>"
        for n, text in enumerate(TEXT)
    )
    source = f"<html lang='en'><head><title>Releases</title></head><body><h1>Releases</h1>{items}</body></html>"
    (found,) = record.of("list.html", source.encode(), term_finder.terms(Vocabularies()))
    assert "list of releases" in found.refused


@pytest.mark.parametrize(
    "part",
    [
        "<div class='author-box'><span>Orlik</span><span>4 May 2016</span></div>",
        "<div class='post-content'><p>The office has not answered two letters, and no day has been named for the quay.</p></div>",
        "<p><a href='/other'>Ferries sail again to Orsa</a></p>",
        "<div class='related-x'><span>x</span></div>",
    ],
)  # fmt: skip
def test_the_time_for_a_page_grows_with_its_length(part: str) -> None:
    def read(times: int) -> None:
        source = f"<html lang='en'>{HEAD}<body><h1>{TITLE}</h1>{part * times}<div class='article-body'>{BODY}</div></body></html>"
        webpage.document(b"", text=source)

    assert stint.grows_with(read, 1_000, 8_000, most=8 * 4, unnoticed=0.5)


def test_heads_of_other_articles_within_the_article_are_no_text() -> None:
    others = "".join(
        f"<article class='postbox post-{n}'><h2><a href='/{n}'>Other text {n}</a></h2><p>{OTHER}</p></article>"
        for n in (1, 2)
    )
    found = imported(f"<article class='post'><h1>{TITLE}</h1>{BODY}{others}</article>")
    assert whole(found)
    assert any(OTHER in left.text and left.reason == "related links" for left in found.left_out)


def test_a_heading_of_the_first_level_in_a_box_behind_the_text_is_no_headline() -> None:
    promo = "<div class='event-promo'><h1>Win a day at sea</h1></div><div class='latest-news-box'><span>Our latest texts</span></div>"
    assert whole(imported(f"<h1>{TITLE}</h1><div class='article-content'>{BODY}{promo}</div>"))


@pytest.mark.parametrize(
    "line",
    [
        "More harbour news: https://lantern.example/harbour and https://lantern.example/boats",
        "twitter.example/ilsamarn",
        "137",
    ],
)
def test_web_addresses_and_a_number_behind_the_text_are_left_out(line: str) -> None:
    found = imported(f"<h1>{TITLE}</h1><div class='article-body'>{BODY}<p>{line}</p></div>")
    assert whole(found)
    assert any(line == left.text for left in found.left_out)


@pytest.mark.parametrize(
    "line",
    [
        "Order: https://lantern.example/papers/order.pdf",
        "The order and both letters are at https://lantern.example/quay.",
    ],
)
def test_a_document_and_a_sentence_with_an_address_behind_the_text_stay(line: str) -> None:
    found = imported(f"<h1>{TITLE}</h1><div class='article-body'>{BODY}<p>{line}</p></div>")
    assert paragraphs(found)[-1].startswith(line[:15])


def test_words_within_a_sentence_stay_whatever_they_are_named() -> None:
    sentence = "The office calls it <a class='popup' href='#note'>a closure for a short while</a>, and has named no day for its end."
    found = imported(f"<h1>{TITLE}</h1><div class='article-body'>{BODY}<p>{sentence}</p></div>")
    assert "a closure for a short while" in found.body


def test_dated_teasers_with_the_same_link_are_a_list() -> None:
    teasers = "".join(
        f"<div><span>{day} May 2014</span><h3>Quay {day}</h3><p>The quay is shut. <a href='{day}.html'>More</a></p></div>"
        for day in (3, 4, 5)
    )
    page = f"<!doctype html><html lang='en'><body><h1>Press releases</h1>{teasers}</body></html>"
    (found,) = record.of("page.html", page.encode(), term_finder.terms(Vocabularies()))
    assert "list of releases" in found.refused


def test_dated_entries_without_links_are_a_text() -> None:
    entries = "".join(
        f"<p>{day} May 2014</p><p>The quay was shut on that day, and nobody was told why. More</p>" for day in (3, 4, 5)
    )
    assert "nobody was told why" in imported(f"<h1>{TITLE}</h1>{entries}").body


def test_a_page_with_its_own_day_is_no_list_of_its_sources() -> None:
    sources = "".join(
        f"<li><a href='https://lantern.example/{n}'>A paper about the northern quay, number {n}</a> (in print)</li>"
        for n in range(9)
    )
    head = f"{HEAD}<meta property='article:published_time' content='2014-05-03T10:00:00+02:00'>"
    head += "<meta name='dcterms.issued' content='2014-05-03'>"
    page = f"<h1>{TITLE}</h1><p>{TEXT[0]}</p><h2>Papers</h2><ul>{sources}</ul>"
    assert imported(page, head).date == "2014-05-03"
    with pytest.raises(Refusal):
        read(page)


def test_a_day_for_programs_is_read_from_value_too() -> None:
    head = f"{HEAD}<meta value='2014-05-03T10:00:00+02:00' name='article:published_time'>"
    head += "<meta value='2014-05-03' name='dcterms.issued'>"
    assert imported(f"<h1>{TITLE}</h1><div class='article-body'>{BODY}</div>", head).date == "2014-05-03"


def test_an_element_of_several_names_is_left_out_for_the_same_reason_in_every_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    box = "<div class='sidebar tags newsletter-signup share-bar'><p><a href='/a'>Lamps</a> <a href='/b'>Ropes</a></p></div>"
    reasons = set()
    for reverse in (False, True):
        monkeypatch.setattr(page_furniture, "names", partial(_ordered, reverse=reverse))
        found = imported(f"<main><h1>{TITLE}</h1>{BODY}</main>{box}", "")
        reasons.add(tuple(part.reason for part in found.left_out))
    assert len(reasons) == 1


def _ordered(element: HtmlElement, *, reverse: bool) -> list[str]:
    return sorted(names(element), reverse=reverse)


def test_a_page_whose_blanks_were_taken_out_is_a_page() -> None:
    source = f"<!doctypehtml><html dir=ltr lang=en><meta charset=utf-8><title>{TITLE}</title><h1>{TITLE}</h1>{BODY}"
    (found,) = record.of("page", source.encode(), term_finder.terms(Vocabularies()))
    assert found.title == TITLE
    assert whole(found)


COPY = f"<div style='display:none' itemscope itemtype='https://schema.org/NewsArticle'><a itemprop='mainEntityOfPage' href='/n'>{TITLE}</a><span itemprop='inLanguage'>en</span><time itemprop='datePublished' datetime='2014-05-03T08:00:00Z'>2014-05-03T08:00:00Z</time><span itemprop='description'>{TEXT[0]}</span><span itemprop='articlebody'>{' '.join(TEXT)}</span></div>"


def test_what_a_page_says_a_second_time_for_programs_is_none_of_its_text() -> None:
    found = imported(f"<div id='c'>{COPY}<h1>{TITLE}</h1><div>{BODY}</div></div>")
    assert whole(found)
    assert found.title == TITLE
    assert [left.reason for left in found.left_out if "mainEntity" in left.text or "2014-05-03T08" in left.text] == [
        "hidden"
    ]


def test_what_a_page_says_for_programs_alone_is_its_text() -> None:
    """A script of the page shows it."""
    assert "eleven of them have sold their boats" in imported(f"<div id='c'>{COPY}</div>").body


def test_heads_of_other_pages_in_lists_behind_the_text_are_left_out_with_their_days_and_the_words_above_them() -> None:
    heads = ("A crane for the north pier", "The ferry sails again", "Two lamps at the lock")
    items = "".join(f"<li><a href='/{at}'>{head}</a><p>27 April 2022 | +</p></li>" for at, head in enumerate(heads))
    lists = f"<ul><li>News</li><li>Boats</li></ul><ul>{items}</ul>"
    document = read(f"<div><h1>{TITLE}</h1>{BODY}{lists}</div><p>© 2014 Lantern Watch</p>")
    assert [block.text for block in document.blocks][-2:] == [TEXT[-1], "© 2014 Lantern Watch"]
    gone = " ".join(left.text for left in document.left_out)
    assert all(head in gone for head in heads)


def test_two_words_in_a_list_at_the_end_stay() -> None:
    document = read(f"<div><h1>{TITLE}</h1>{BODY}<ul><li>Nets</li><li>Ropes</li></ul></div>")
    assert [block.text for block in document.blocks][-2:] == ["Nets", "Ropes"]


@pytest.mark.parametrize(
    ("language", "notice"),
    [
        ("en", "To view this video you must accept cookies of films.example."),
        ("de", "Hinweis: Wenn Sie dieses Video hier abspielen, erfolgt eine Datenübertragung an YouTube bzw. Google."),
        ("fr", "Pour voir cette vidéo, vous devez accepter les témoins de films.example."),
    ],
)
def test_what_stands_in_the_place_of_a_film_is_asked_about_and_ends_no_text(language: str, notice: str) -> None:
    section = "<h2>The families of the quay</h2>"
    # In German, "Hinweis:" opens notes.
    texts = {
        "de": "Die Laternenwacht sagte am Montag, dass das Hafenamt von Keldmund den nördlichen Kai für alle kleinen Boote geschlossen hat.",
        "fr": "La Veille des Lanternes a dit lundi que le bureau du port de Keldmouth avait fermé le quai du nord à tous les petits bateaux.",
    }
    text = texts.get(language, TEXT[0])
    found = imported(f"<article><h1>{TITLE}</h1>{f'<p>{text}</p>' * 4}<p>{notice}</p>{section}<p>{text}</p></article>")
    assert notice not in found.body
    assert found.body.rstrip().endswith(text)
    assert not found.notes
    assert [(left.reason, left.prose) for left in found.left_out if left.text == notice] == [
        ("notice in the place of an embedded part", True)
    ]


def test_an_appeal_of_the_site_behind_a_short_text_is_left_out_and_asked_about() -> None:
    appeal = "You have read to the end of this page. Support independent journalism: Lantern Watch lives from what its readers give, month by month, and from nothing else, as its accounts show."
    found = imported(
        f"<article><h1>{TITLE}</h1>{''.join(f'<p>{text}</p>' for text in TEXT[:2])}<p>{appeal}</p></article>"
    )
    assert found.body.rstrip().endswith("thirty years.")
    assert [left.prose for left in found.left_out if left.text == appeal] == [True]


def test_a_chinese_title_of_a_page_is_parted_from_the_name_of_its_site_by_a_stroke() -> None:
    text = "灯塔观察周一表示，凯尔德港务局已经关闭北码头，所有小船都不能进出，居民没有得到通知。"
    caption = "北码头的居民周一在门前等候 史燕 摄"
    counter = f"<p>{caption}</p><p>{text}</p><p>图集</p><p>+1</p>"
    body = f"<div class='t'>北码头关闭：四十户家庭没有收入</div><p>2020-02-19 来源：灯塔观察</p>{f'<p>{text}</p>' * 3}{counter}"
    found = imported(f"<div>{body}</div>", "<title>北码头关闭：四十户家庭没有收入-灯塔网</title>")
    assert found.title == "北码头关闭：四十户家庭没有收入"
    assert found.body.startswith(text)
    assert found.body.rstrip().endswith(text)
    assert [left.prose for left in found.left_out if left.text == caption] == [True]

"""Web pages: what is text and what is furniture, the marks of words, lists, tables and notes; nothing of a page is lost."""

# ruff: noqa: E501 - pages are written out as they are

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.intake import markdown_writer, record
from onrecord.intake.document import Document, Refusal
from onrecord.intake.evidence import quotation_mentions, term_finder
from onrecord.intake.formats import page_encoding, page_lists, webpage
from onrecord.model import Vocabularies
from tests import stint
from tests.unit.intake_documents import FIRST, SECOND, THIRD, article, page, unaccounted


def read(data: bytes) -> Document:
    """The document of a page, of which nothing is lost."""
    document = webpage.document(data)
    assert unaccounted(document) == ()
    return document


def written(data: bytes) -> str:
    return markdown_writer.markdown(read(data).blocks)


def reasons(document: Document) -> dict[str, str]:
    return {left.text: left.reason for left in document.left_out}


@pytest.mark.parametrize(
    "part",
    [
        f"<div class='elementor-widget elementor-widget-text-editor'><div class='elementor-widget-container'><p>{THIRD}</p></div></div>",
        f"<div class='social-housing'><p>{THIRD}</p></div>",
        f"<div class='newsletter-issue'><p>{THIRD}</p></div>",
        f"<section id='comments-on-the-law'><p>{THIRD}</p></section>",
        f"<div class='ad-hoc'><p>{THIRD}</p></div>",
        f"<div class='popular'><p>{THIRD}</p></div>",
        f"<div id='search-and-rescue'><p>{THIRD}</p></div>",
        f"<p class='caption'>{THIRD}</p>",
        f"<div class='widget'><p>{THIRD}</p></div>",
        f"<aside class='factbox'><h2>Figures</h2><p>{THIRD}</p></aside>",
        f"<footer><h2>Notes to editors</h2><p>{THIRD}</p></footer>",
        f"<p aria-hidden='true' class='paywall'>{THIRD}</p>",
        f"<div class='accordion'><button>What we ask</button><div class='panel' style='display: none'><p>{THIRD}</p></div></div>",
        f"<h3><button aria-expanded='false'>What we ask</button></h3><div hidden><p>{THIRD}</p></div>",
        f"<details><summary>What we ask</summary><p>{THIRD}</p></details>",
        f"<div class='read-more' style='display:none'><p>{THIRD}</p></div>",
        f"<figure><blockquote>{THIRD}</blockquote><figcaption>Ada Quill</figcaption></figure>",
        f"<noscript><p>{THIRD}</p></noscript>",
        f"<menu><li>{THIRD}</li></menu>",
        f"<form action='/page.aspx'><p>{THIRD}</p></form>",
    ],
)  # fmt: skip
def test_prose_stays_whatever_its_part_is_called(part: str) -> None:
    document = read(article(part))
    assert THIRD in " ".join(block.text for block in document.blocks)
    assert not [left for left in document.left_out if left.prose]


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (f"<p style='display:none'>{THIRD}</p>", "hidden"),
        (f"<div hidden><p>{THIRD}</p></div>", "hidden"),
        (f"<dialog><p>{THIRD}</p></dialog>", "overlay"),
        (f"<figure><figcaption>{THIRD}</figcaption></figure>", "caption of a picture"),
        (f"<div class='overlay' style='display:none'><p>{THIRD}</p><button>Close</button></div>", "hidden"),
    ],
)
def test_prose_that_is_left_out_is_asked_about(part: str, reason: str) -> None:
    document = read(article(part))
    (left,) = document.left_out
    assert THIRD in left.text
    assert (left.reason, left.prose) == (reason, True)


@pytest.mark.parametrize(
    "part",
    [
        f"<figure><img src='a.jpg'><figcaption>{THIRD}</figcaption></figure>",
        f"<figure><img src='a.jpg'><figcaption><p>{THIRD}</p></figcaption></figure>",
        f"<div class='photo-box'><img src='a.jpg'><p class='photo-box__caption'>{THIRD}</p></div>",
    ],
)
def test_the_caption_beside_its_picture_is_left_out_without_a_question(part: str) -> None:
    document = read(article(part))
    (left,) = document.left_out
    assert (left.text, left.reason, left.prose) == (THIRD, "caption of a picture", False)


def test_a_hidden_dialog_of_the_site_is_left_out_without_a_question() -> None:
    dialog = f"<div class='overlay' style='display:none'><p>{THIRD}</p><button>Close</button></div>"
    document = read(article("").replace(b"</body>", f"{dialog}</body>".encode()))
    assert [(left.reason, left.prose) for left in document.left_out if THIRD in left.text] == [("hidden", False)]


def test_links_to_other_pages_right_before_and_behind_the_text_are_none_of_it() -> None:
    signs = "<ul><li>Post</li><li>Mail</li><li>Print</li></ul>"
    further = "<ul><li><a href='/a'>Boats</a></li><li><a href='/b'>Piers</a></li></ul>"
    contacts = "<ul><li><a href='mailto:a@pier.example'>Ada Quill</a></li><li><a href='mailto:b@pier.example'>Bo Lind</a></li></ul>"
    source = article("").decode().replace("</h1>", f"</h1>{signs}", 1)
    document = read(source.replace("</article>", f"{further}{contacts}</article>").encode())
    assert [left.text for left in document.left_out] == ["Post Mail Print", "Boats Piers"]
    assert "Ada Quill" in " ".join(block.text for block in document.blocks)


def test_the_heading_that_is_the_title_of_the_page_is_its_headline() -> None:
    source = (
        "<html lang=en><head><title>Ferry stopped at the pier ‹ Pier Watch</title></head><body><h3>Pier Watch</h3>"
        f"<div><h2>Ferry stopped at the pier</h2><span>3 May 2014</span></div><div><p>{THIRD}</p><p>{THIRD}</p></div></body></html>"
    )
    document = read(source.encode())
    assert [block.text for block in document.blocks if block.level == 1] == ["Ferry stopped at the pier"]
    assert "3 May 2014" in [block.text for block in document.blocks]


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("<nav><a href='/'>Start</a> <a href='/n'>Archive of the pier</a></nav>", "navigation"),
        ("<div role='navigation'><a href='/'>Start</a> <a href='/n'>Archive</a></div>", "navigation"),
        ("<div class='share'><a href='#'>Post</a> <a href='#'>Send</a></div>", "share bar"),
        ("<form><label>E-mail</label><input><button>Sign up</button></form>", "form"),
        ("<div class='related-posts'><h3>Related</h3><ul><li><a href='/a'>Ferry late again</a></li><li><a href='/b'>New crane for the pier</a></li></ul></div>", "related links"),
        ("<div id='comments'><h3>2 comments</h3><div class='comment'><p>I was at the pier that day, and nobody had told us anything at all.</p></div></div>", "comments"),
        ("<div class='cookie-notice'><p>We use cookies so that you can see the pages of this site as they are meant to be.</p><button>Accept</button></div>", "cookie notice"),
        ("<span class='screen-reader-text'>Opens in a new window</span>", "hidden"),
        ("<svg><text>Boats a year</text></svg>", "drawing"),
    ],
)  # fmt: skip
def test_furniture_is_left_out_with_its_reason_and_without_a_question(part: str, reason: str) -> None:
    document = read(article(part))
    assert [(left.reason, left.prose) for left in document.left_out] == [(reason, False)]
    assert [block.text for block in document.blocks] == ["Pier closed", FIRST, SECOND]


def test_what_stands_around_the_text_is_left_out() -> None:
    body = f"<div class='top'>Pier Watch</div><div id='x'><h1>Pier closed</h1><p>{FIRST}</p><p>{SECOND}</p></div><div>© 2016 Pier Watch</div>"
    document = read(page(body))
    assert reasons(document) == {"Pier Watch": "outside the text", "© 2016 Pier Watch": "copyright line"}
    assert document.blocks[-1].text == "© 2016 Pier Watch"


def test_a_page_without_a_long_sentence_keeps_all_it_shows() -> None:
    document = read(page("<h1>Pier closed</h1><p>The pier is closed.</p><p>Nobody was told.</p>"))
    assert [block.text for block in document.blocks] == ["Pier closed", "The pier is closed.", "Nobody was told."]


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ("50 m<sup>3</sup> and H<sub>2</sub>O", "50 m³ and H₂O"),
        ("10<sup>-6</sup> of it", "10⁻⁶ of it"),
        ("the 1<sup>st</sup> of May", "the 1st of May"),
        ("<del>ten</del> <ins>nine</ins> crews", "~~ten~~ nine crews"),
        ("<s>ten</s> nine, <strike>red</strike> blue", "~~ten~~ nine, ~~red~~ blue"),
        ("<span style='text-decoration: underline line-through'>ten</span> nine", "~~ten~~ nine"),
        ("<span style='vertical-align: super'>2</span>", "²"),
        ("<q>We saw <q>them</q></q>, she said", "“We saw ‘them’”, she said"),
        ("<span lang='fr'><q>Rien</q></span>", "«\u00a0Rien\u00a0»".replace("\u00a0", " ")),
        ("<ruby>漢<rt>kan</rt></ruby>", "漢(kan)"),
        ("<math><mfrac><mi>a</mi><mn>12</mn></mfrac></math>", "a/12"),
    ],
)
def test_marks_of_words_stay(inside: str, shown: str) -> None:
    assert shown in written(article(f"<p>Here: {inside} and so on.</p>"))


def test_raised_digits_with_a_note_below_are_footnotes_and_others_powers() -> None:
    text = written(
        article(
            "<p>At least 12<sup>3</sup> crews on 40 km<sup>2</sup> and 10<sup>6</sup> crowns.</p><p><sup>3</sup> Counted from the pier.</p>"
        )
    )
    assert "At least 12[^3] crews on 40 km² and 10⁶ crowns." in text
    assert "[^3]: Counted from the pier." in text


def test_linked_notes_are_footnotes_without_their_marks() -> None:
    text = written(
        article(
            "<p>Forty crews<a href='#_ftn1' name='_ftnref1'>[1]</a> wait.</p><p><a href='#_ftnref1' name='_ftn1'>[1]</a> As of May.</p>"
        )
    )
    assert "Forty crews[^1] wait." in text
    assert "[^1]: As of May." in text


def test_a_list_of_sources_that_marks_lead_to_is_no_note_and_each_mark_stays() -> None:
    text = written(
        article(
            "<p>Forty crews<a href='#sources'>[1]</a> wait at two locks<a href='#sources'>[2]</a> and one pier<a href='#sources'>[3]</a>.</p>"
            "<div id='sources'><p>[1] Count of May.</p><p>[2] List of the locks.</p><p>[3] Map of the pier.</p></div>"
        )
    )
    assert "Forty crews[1] wait at two locks[2] and one pier[3]." in text
    assert "[2] List of the locks." in text
    assert "[^" not in text


def test_the_mark_of_a_linked_note_stays_in_its_own_digits() -> None:
    text = written(
        article("<p>Forty crews<a href='#n1'>[١]</a> wait.</p><p id='n1'>[١] As of May.</p>"),
    )
    assert "Forty crews[^١] wait." in text
    assert "[^١]: As of May." in text


@pytest.mark.parametrize(
    ("listed", "marks"),
    [
        ("<ol start=3><li>a<li>b</ol>", ["3.", "4."]),
        ("<ol><li>a<li value=7>b<li>c</ol>", ["1.", "7.", "8."]),
        ("<ol reversed><li>a<li>b</ol>", ["2.", "1."]),
        ("<ol type=a><li>a<li>b</ol>", ["a.", "b."]),
        ("<ol style='list-style-type: upper-roman'><li>a<li>b</ol>", ["I.", "II."]),
        ("<ul><li>a<ol><li>b</ol></ul>", ["-", "1."]),
    ],
)
def test_lists_have_the_numbers_that_a_browser_shows(listed: str, marks: list[str]) -> None:
    assert [block.marker for block in read(article(listed)).blocks if block.kind == "item"] == marks


def test_only_the_first_paragraph_of_an_item_has_its_mark() -> None:
    kinds = [
        (block.kind, block.marker)
        for block in read(article("<ol><li><p>a</p><p>b</p></li><li>c</li></ol>")).blocks[2:-1]
    ]
    assert kinds == [("item", "1."), ("paragraph", ""), ("item", "2.")]


@pytest.mark.parametrize(
    ("number", "kind", "shown"), [(27, "a", "aa."), (4, "I", "IV."), (12, "1", "12."), (0, "a", "0.")]
)
def test_numbers_are_written_as_their_list_writes_them(number: int, kind: str, shown: str) -> None:
    assert page_lists.shown(number, kind) == shown


def test_each_number_stands_under_its_own_head() -> None:
    table = "<table><caption>Boats by pier</caption><tr><th>Pier<th>Kind<th>Boats<tr><td rowspan=2>North<td>cutters<td>12<tr><td>skiffs<td>7<br>or 8<tr><td colspan=2>All<td>19</table>"
    assert (
        "Boats by pier\n\n| Pier | Kind | Boats |\n| --- | --- | --- |\n| North | cutters | 12 |\n|  | skiffs | 7 / or 8 |\n| All |  | 19 |"
        in written(article(table))
    )


def test_a_quotation_keeps_its_speaker_beside_it() -> None:
    text = written(
        article(
            "<blockquote><p>We saw the gate locked.</p><footer>— Ada Quill</footer></blockquote><figure><blockquote>It was dark.</blockquote><figcaption>— Ilse Brandt</figcaption></figure>"
        )
    )
    assert "> We saw the gate locked.\n>\n> — Ada Quill\n\n> It was dark.\n>\n> — Ilse Brandt" in text


def test_markup_in_attributes_does_not_make_a_page_unreadable() -> None:
    tip = "<b>Tip:</b> a long tip that says what this is for and where to read on. " * 10
    assert FIRST in written(article(f'<p><span title="{tip}">more</span></p>'))


RUSSIAN = "Рыбаки северного берега встретились вчера в порту и потребовали ответа от министерства. "
CZECH = "Rybáři ze severního pobřeží se včera sešli v přístavu a žádají odpověď od ministerstva. "
TURKISH = "Kuzey kıyısının balıkçıları dün limanda toplandı ve bakanlıktan yanıt istedi, şimdi bekliyorlar. "
ARABIC = "قالت هيئة الميناء إن الرصيف أغلق أمام جميع القوارب دون إشعار مسبق للصيادين. "
FRENCH = "Les pêcheurs de la côte nord se sont réunis hier et ont été reçus à la mairie. "


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [
        (RUSSIAN, "cp1251", "iso-8859-1"),
        (ARABIC, "cp1256", "iso-8859-1"),
        (CZECH, "cp1250", "iso-8859-1"),
        (TURKISH, "cp1254", "windows-1252"),
        (FRENCH, "cp1252", "iso-8859-1"),
        (FRENCH, "utf-8", "iso-8859-1"),
        (RUSSIAN, "koi8_r", "koi8-r"),
        (CZECH, "cp1250", "windows-1250"),
    ],
)  # fmt: skip
def test_a_label_that_makes_no_language_is_not_believed(text: str, encoding: str, label: str) -> None:
    data = f"<html><head><meta charset={label}></head><body><p>{text * 3}</p></body></html>".encode(encoding)
    source, questions = page_encoding.decoded(data)
    assert text in source
    assert not questions


def test_a_page_of_too_many_elements_is_refused_at_once_with_their_number() -> None:
    with (
        stint.within(5),
        pytest.raises(Refusal, match=r"The page has 270,\d\d\d elements. Up to 250,000 are read: divide it"),
    ):
        webpage.document(article("<table>" + "<tr><td>a<td>b" * 90_000 + "</table>"))


def test_elements_nested_past_all_reason_are_refused_at_once() -> None:
    with stint.within(5), pytest.raises(Refusal, match="nested too deeply"):
        webpage.document(article("<div>x " * 40_000))


SOUP = st.lists(
    st.sampled_from([
        "<p>", "</p>", "<div>", "</div>", "<ul><li>", "</li></ul>", "<table><tr><td>", "<td>", "</table>", "<nav>", "</nav>", "<aside>", "</aside>", "<footer>", "</footer>", "<blockquote>", "</blockquote>",
        "<div hidden>", "<span style='display:none'>", "</span>", "<figure>", "</figure>", "<figcaption>", "</figcaption>", "<button>", "</button>", "<sup>3</sup>", "<del>gone</del>", "<q>said</q>", "<br>", "<h1>", "</h1>", "<h2>", "</h2>",
        "<noscript>", "</noscript>", "<details><summary>", "</summary>", "</details>", "<a href='/x'>", "</a>", "<form>", "</form>", "<label>", "</label>", "<select><option>", "</select>", "<dl><dt>", "<dd>", "</dl>", "<ol start=4><li>", "</ol>",
        "<ruby>a<rt>b</rt></ruby>", "<script>no()</script>", "<style>p {}</style>", "<svg><text>", "</text></svg>", "<div class='share'>", "<div class='comments'>", "<textarea>", "</textarea>", "<dialog>", "</dialog>", "&amp;", "&lt;b&gt;",
        "word", " some more words ", "A sentence of its own, long enough to be read as one by anybody who looks. ", "12", "ﬁnd", "e\u0301",
    ]),
    max_size=30,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(SOUP)
def test_whatever_a_page_is_made_of_nothing_of_it_is_lost(pieces: list[str]) -> None:
    try:
        document = webpage.document(page("".join(pieces)))
    except Refusal:
        return
    assert unaccounted(document) == ()


def test_a_list_of_other_texts_behind_a_text_is_left_out_and_the_text_is_read() -> None:
    teasers = "".join(
        f"<h3><a href='https://a.example/{at}'>Ferry number {at} is late</a></h3><p>It is late again, and it will be late for some more days, the port office said on Monday.</p>"
        for at in range(12)
    )
    document = read(page(f"<h1>Pier closed</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p>{FIRST}</p>{teasers}"))
    assert [block.text for block in document.blocks] == ["Pier closed", FIRST, SECOND, THIRD, FIRST]
    assert [(left.reason, left.text[:26]) for left in document.left_out] == [
        ("related links", "Ferry number 0 is late It ")
    ]


def test_each_signed_quotation_has_its_own_speaker() -> None:
    signed = (
        "<blockquote><p>The ferry was our only way to the hospital.</p><footer>— Ada Quill, skipper</footer></blockquote>"
        "<figure><blockquote>We counted the lamps twice that night.</blockquote><figcaption>— Bo Lind, keeper</figcaption></figure>"
    )
    found = quotation_mentions.quotations(read(article(signed)).blocks, term_finder.terms(Vocabularies()), "", "en")
    assert [(one.speaker, one.text) for one in found] == [
        ("Ada Quill", "The ferry was our only way to the hospital."),
        ("Bo Lind", "We counted the lamps twice that night."),
    ]


def test_struck_words_are_none_of_the_headline_and_asked_about() -> None:
    document = read(page(f"<h1>Pier <del>open</del> closed</h1><p>{FIRST}</p><p>{SECOND}</p>"))
    assert document.blocks[0].text == "Pier closed"
    assert [(left.text, left.prose) for left in document.left_out] == [("open", True)]


def test_a_quotation_with_struck_words_is_asked_about() -> None:
    said = "<p>“We saw <s>three lamps</s> one lamp go out that night,” said Ada Quill. “We were not surprised by it,” she said.</p>"
    speech = quotation_mentions.quoted_speech(read(article(said)).blocks, term_finder.terms(Vocabularies()), "", "en")
    assert [one.text for one in speech.quotations] == ["We were not surprised by it"]
    (question,) = speech.questions
    assert "three lamps" in question.evidence


def test_a_page_in_the_seven_bit_encoding_of_japanese_mail_is_read() -> None:
    source = (
        "<html lang=ja><head><meta charset=iso-2022-jp></head><body><h1>灯台が閉鎖された</h1>"
        "<p>岬の灯台は昨日、何の予告もなく閉鎖された。漁師たちは夜に港へ戻れず、沖で朝まで待つことになった。</p></body></html>"
    )
    assert read(source.encode("iso-2022-jp")).blocks[0].text == "灯台が閉鎖された"


def test_a_copyright_line_that_is_a_sentence_is_none_of_the_text() -> None:
    line = "All contents © 2014 the Pier Watch Society and its members. All rights reserved by them."
    source = article("").replace(b"</article>", f"<p>{line}</p></article>".encode())
    (made,) = record.of("page.html", source, term_finder.terms(Vocabularies()))
    assert made.body.rstrip().endswith(SECOND)
    assert line in [left.text for left in made.left_out]

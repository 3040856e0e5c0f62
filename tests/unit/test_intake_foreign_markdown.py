"""Markdown of other programs: front matter that is nearly YAML, shortcodes, numbers of lists; nothing of a text is lost."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import base64
import html
import re
from dataclasses import replace

import pytest

from onrecord.intake import accounting, document_size, markdown_writer, record
from onrecord.intake.document import Document
from onrecord.intake.evidence.term_finder import terms
from onrecord.intake.formats import foreign_front_matter, foreign_markdown
from onrecord.model import Vocabularies
from tests.unit.intake_documents import FIRST, SECOND, is_linear, unaccounted


def read(text: str) -> Document:
    """The document of a text, of which nothing is lost."""
    document = foreign_markdown.document(text)
    assert unaccounted(document) == ()
    return document


def fronted(front: str, mark: str = "---") -> Document:
    return read(f"{mark}\n{front}\n{mark}\n{FIRST}\n")


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("title: Pier closed", "Pier closed"),
        ("title: >-\n  Pier closed,\n  says Pier Watch", "Pier closed, says Pier Watch"),
        ("title: |\n  Pier closed\ndate: 2016-05-04", "Pier closed"),
        ("title: Pier closed: no notice", "Pier closed: no notice"),
        ("title: 'Pier''s gate locked'", "Pier's gate locked"),
        ('title: "Pier \\"closed\\""', 'Pier "closed"'),
        ("title: ! 'Pier closed: no notice'", "Pier closed: no notice"),
        ("title: &t Pier closed\nslug: *t", "Pier closed"),
        ("title: ! '<a href=\"http:&#47;&#47;a.example\">Pier &amp; quay</a>'", "Pier & quay"),
        (f"title: !binary |-\n  {base64.b64encode('Pier fermé'.encode()).decode()}", "Pier fermé"),
        ("title: [Pier closed]", "Pier closed"),
        ("title: Pier @closed, 100% of it", "Pier @closed, 100% of it"),
        ("title: Pier closed\ntags: [a, b", "Pier closed"),
        ("title: Pier closed\n\tbad: tab", "Pier closed"),
        ("title: Pier # 4 closed: by order\nx: y: z", "Pier # 4 closed: by order"),
    ],
)
def test_the_title_is_what_a_person_reads(front: str, title: str) -> None:
    assert [stated.value for stated in fronted(front).metadata.titles] == [title]


@pytest.mark.parametrize(
    ("front", "evidence"),
    [
        ("title: Pier closed\ntags: [a, b\nlayout: post", "tags: [a, b"),
        ("title: Pier closed\nbad: 'one' two", "bad: 'one' two"),
    ],
)
def test_broken_front_matter_is_asked_about_with_its_words(front: str, evidence: str) -> None:
    (asked,) = fronted(front).questions
    assert "not correct YAML" in asked.question
    assert asked.evidence.strip("“”") in front
    assert asked.evidence


def test_a_key_that_stands_there_twice_is_asked_about() -> None:
    (asked,) = fronted("title: Pier closed\ntitle: Quay closed").questions
    assert (asked.field, asked.evidence) == ("title", "“Pier closed”; “Quay closed”")


@pytest.mark.parametrize(
    ("front", "mark", "written"),
    [
        ("date: 2016-05-04 09:30:00 +0200", "---", "2016-05-04 09:30:00 +0200"),
        ("date = 2016-05-04T09:30:00+02:00", "+++", "2016-05-04T09:30:00+02:00"),
        ("date = 2016-05-04 # a day", "+++", "2016-05-04"),
        ('date = "4 May 2016"', "+++", "4 May 2016"),
    ],
)
def test_a_date_has_the_words_that_are_written(front: str, mark: str, written: str) -> None:
    assert [stated.value for stated in fronted(front, mark).metadata.published] == [written]


def test_lines_of_keys_without_marks_are_front_matter() -> None:
    document = read(f"Title: Pier closed: no notice\nDate: 2016-05-04 10:20\nSlug: pier\n\n{FIRST}\n")
    assert document.metadata.titles[0].value == "Pier closed: no notice"
    assert [block.text for block in document.blocks] == [FIRST]


def test_a_text_that_begins_with_a_label_keeps_it() -> None:
    text = f"For immediate release: 4 May 2016\n\n{FIRST}\n"
    assert foreign_front_matter.split(text)[1] == text


def test_other_values_and_shortcodes_are_left_out_with_their_reasons() -> None:
    text = f'---\ntitle: Pier closed\nlayout: post\n---\n{FIRST}\n\n{{{{< figure src="a.jpg" caption="The crews had waited there since the morning of that day." >}}}}\n\n{{% include a.html %}}\n'
    left = read(text).left_out
    assert [(gone.reason, gone.prose) for gone in left] == [
        ("front matter", False),
        ("shortcode", True),
        ("shortcode", False),
    ]


def test_what_stands_between_shortcodes_stays() -> None:
    text = (
        f"{{{{% box %}}}}\n{FIRST}\n{{{{% /box %}}}}\n\n{{% comment %}}Not for readers.{{% endcomment %}}\n\n{SECOND}\n"
    )
    document = read(text)
    assert [block.text for block in document.blocks] == [FIRST, SECOND]
    assert ("{% comment %}Not for readers.{% endcomment %}", "comment") in [
        (gone.text, gone.reason) for gone in document.left_out
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"3. one\n4. two\n\n{FIRST}\n\n7) three\n", f"3. one\n4. two\n\n{FIRST}\n\n7. three\n"),
        ("1. one\n3. two\n", "1. one\n\n3) two\n"),
        ("1. one\n1. two\n", "1. one\n2. two\n"),
        ("- one\n  - two\n", "- one\n    - two\n"),
        ("~~ten~~ nine<sup>3</sup>", "~~ten~~ nine³\n"),
        ("Forty[^a] wait.\n\n[^a]: As of May.\n", "Forty[^1] wait.\n\n[^1]: As of May.\n"),
        (f"{FIRST}\n\n[^b]: Nobody calls it.\n", f"{FIRST}\n\n\\[^b]: Nobody calls it.\n"),
        ("Read [the list][l].\n\n[l]: https://a.example/l 'A title'\n", "Read [the list](https://a.example/l).\n"),
        ("| a | b |\n| --- | --- |\n| 1 | 2 |\n", "| a | b |\n| --- | --- |\n| 1 | 2 |\n"),
        ("<p>One.<&#47;p>\n<p>Two.<&#47;p>\n", "One.\n\nTwo.\n"),
        ("Text with a class.\n{: .lead}\n", "Text with a class.\n"),
    ],
)
def test_a_text_is_read_as_its_pages_show_it(text: str, shown: str) -> None:
    assert markdown_writer.markdown(read(text).blocks) == shown


@pytest.mark.parametrize(
    "piece", ["{% {{< ", "[^a ![x](", "[", "*a ", "> ", "- ", "`", "<a ", "<!--", "{: .x", "1. a\n"]
)
def test_the_time_to_read_a_text_grows_with_its_size(piece: str) -> None:
    # Of items no more are read than a release may have.
    size = document_size.MOST_BLOCKS // 9 if piece.endswith("\n") else 2_000
    assert is_linear(lambda times: foreign_markdown.document(f"{FIRST}\n\n{piece * times}\n"), size)


LINK = "https://a.example/b"


@pytest.mark.parametrize(
    "text",
    [
        f"Read [the [whole] list]({LINK}) and [[two]]({LINK}), [ [three] ]({LINK} 'A title of it').\n",
        '![A picture of the pier](pier.png "The pier") Crews wait.\n',
        f"    a = [code]({LINK})\n\nand `[code]({LINK}) of *it*`.\n",
        f'<table frame="void">Table 1. Crews<tr><td><pre>1\n</pre></td><td><pre># [pier]({LINK}) **up**\n</pre></td></tr></table>\n',
        '<!-- Not shown: the crews. -->\n\n<script>let crews = 40;</script>\n\n<Note kind="crew">Crews</Note>\n',
        "```sh title=pier.sh\nrm <pier>\n```\n\nCall f({:a => 1}){: .lead}.\n",
        f"[The pier][p] is closed[^n].\n\n[p]: {LINK} 'A title'\n[q]: {LINK} \"Nobody calls it\"\n[^n]: A note.\n",
        '[Crews]({{ site.url }}/Crews) wait, {% if a %}forty{% endif %} {{< ref "a.md" >}}.\n',
        "<https://münchen.example/straße> and <crews@pier.example> and https://a.example/%C3%A4.\n",
        "A line of it \\\nwith marks \\* &amp; &eacute; ~~ten~~ <del>nine</del>.\n",
    ],
)
def test_every_word_of_a_text_has_a_place(text: str) -> None:
    document = read(f"---\ntitle: Pier closed\nlayout: post # by hand\n---\n{text}\n{FIRST}\n")
    places = [
        *(
            place
            for block in document.blocks
            for place in (*accounting.block_texts(block), *(run.href for run in block.runs))
        )
    ]
    places += [left.text for left in document.left_out]
    found = set(re.findall(r"\w+", html.unescape(" ".join(places))))
    written = html.unescape(re.sub(r"</?(?:table|tr|td|pre|del)\b[^<>]*>|%C3%A4|\[\^n\]|pier\.png", " ", text))
    assert not set(re.findall(r"\w+", written)) - found - {"script"}


def test_code_keeps_its_letters() -> None:
    shown = markdown_writer.markdown(read(f"```\n# rm [pier]({LINK}) **up**\n```\n\n{FIRST}\n").blocks)
    assert shown.startswith(f"\\# rm \\[pier]({LINK}) \\*\\*up\\*\\*")


def test_every_line_of_front_matter_has_a_place() -> None:
    document = fronted(
        "# Made by a program\ntitle: Pier closed\nauthor: Ines Okoro\ndate: 2016-05-04 09:30\nphoto:\n  name: Pier\n  licence: CC0"
    )
    left = [gone.text for gone in document.left_out]
    assert left == [
        "author: Ines Okoro",
        "date: 2016-05-04 09:30",
        "photo: Pier",
        "# Made by a program",
        "name: Pier",
        "licence: CC0",
    ]


def test_front_matter_alone_gives_its_summary_with_a_question() -> None:
    document = foreign_markdown.document(f"---\ntitle: Pier closed\ndeck: {FIRST!r}\n---\n")
    assert [block.text for block in document.blocks] == [FIRST]
    (asked,) = document.questions
    assert "“deck”" in asked.question
    assert asked.evidence == FIRST


def test_a_list_of_links_is_a_text() -> None:
    items = "".join(f"- [Crews of the pier at Talsund wait, part {number}]({LINK}/{number})\n" for number in range(9))
    assert len(read(f"In this week's issue:\n\n{items}").blocks) == 10


@pytest.mark.parametrize("head", ["# Lantern 2.1\n\n## New features\n\n", "## New features\n"])
def test_a_release_that_is_a_list_is_a_draft(head: str) -> None:
    items = "".join(f"* Lamp {number} can be lit from afar\n" for number in range(8))
    (made,) = record.of("lantern.md", f"{head}{items}".encode(), terms(Vocabularies()))
    assert not made.refused
    assert made.body.count("can be lit from afar") == 8


def test_keys_of_a_site_and_an_author_state_neither_reference_nor_publisher() -> None:
    text = "---\ntitle: Lamps\nref: lamps-2\npublisher: Oda Brandt\nauthor: Oda Brandt\n---\n\nThe lamps were lit.\n"
    metadata = foreign_markdown.document(text).metadata
    assert metadata.references == ()
    assert [(found.value, found.origin) for found in metadata.publishers] == [("Oda Brandt", "From")]


@pytest.mark.parametrize("day", ["22. 11. 2022", "7. 6. 2019", "2022. 11. 22.", "2022. november 22.", "1963."])
def test_a_day_on_a_line_of_its_own_is_no_list(day: str) -> None:
    document = read(f"# The dust law\n\n{day}\n\n{FIRST}\n")
    assert [(block.kind, block.text) for block in document.blocks[:2]] == [
        ("heading", "The dust law"),
        ("paragraph", day),
    ]


def test_the_day_below_the_headline_dates_the_release() -> None:
    drafted = record.of(
        "dust-law.md", f"# The dust law\n\n22. 11. 2022\n\n{FIRST}\n\n{SECOND}\n".encode(), terms(Vocabularies())
    )[0]
    assert (drafted.title, drafted.date) == ("The dust law", "2022-11-22")
    assert not any("2022" in text for text in (drafted.body, *(left.text for left in drafted.left_out)))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "3. The wardens came.\n4. 11. The locks were shut.",
            ["3. The wardens came.", "4.", "11. The locks were shut."],
        ),
        ("1. 1) The wardens came.\n   2) The locks were shut.", ["1. 1) The wardens came. 2) The locks were shut."]),
        ("7. - The wardens came.\n   - The locks were shut.", ["7.", "- The wardens came.", "- The locks were shut."]),
    ],
)
def test_the_number_of_an_item_without_words_of_its_own_is_kept(text: str, lines: list[str]) -> None:
    document = read(f"{FIRST}\n\n{text}\n")
    assert [f"{block.marker} {block.text}".strip() for block in document.blocks[1:]] == lines


def test_a_number_that_stands_in_no_block_is_found() -> None:
    document = read(f"{FIRST}\n\n7. The wardens came.\n8. The locks were shut.\n")
    lost = replace(document, blocks=tuple(replace(block, marker="-") for block in document.blocks))
    assert unaccounted(lost) == ("7", "8")


def test_a_table_of_json_at_the_head_is_front_matter() -> None:
    front = '{\n  "title": "Pier closed",\n  "date": "2016-05-04",\n  "number": 7,\n  "place": {"name": "Keld"}\n}'
    document = read(f"{front}\n\n{FIRST}\n")
    assert [stated.value for stated in document.metadata.titles] == ["Pier closed"]
    assert [stated.value for stated in document.metadata.published] == ["2016-05-04"]
    assert [block.text for block in document.blocks] == [FIRST]
    assert any("Keld" in left.text for left in document.left_out)
    # Braces of a text, and data without a text, are no front matter.
    assert not foreign_front_matter.is_there("{see below}\n\n" + FIRST)
    assert not foreign_front_matter.is_there(front)
    assert not foreign_front_matter.is_there('{"rows": [1]}\n\nx')


@pytest.mark.parametrize(
    ("front", "date"),
    [
        ("date: 2016-05-04", "2016-05-04"),
        ("date: 2016-05-04 16:30:00\nenddate: 2016-05-04 18:00:00", ""),
        ("date: 2016-05-04\nvenue: Keld Hall", ""),
        ("date: 2016-05-04\norganizer: Keld Wardens", ""),
        ("date: 2016-05-04 18:30:00\nlocation: Keld Hall", ""),
        ("date: 2016-05-04\nplace: Keld Hall\ntime: 18:30", ""),
        ("date: 2016-05-04\nlocation: Keld Hall", "2016-05-04"),
        ("date: 2016-05-04 18:32:11\nlocation: Keld Hall", "2016-05-04"),
        ("date: 2016-05-04\ntype: event", ""),
        ("course_date: 2016-05-04", ""),
        ("date: 2016-05-04\nhearing_date: 2016-05-09", "2016-05-04"),
        ("date: 2016-05-04\ntype: event\nevent_start_date: 2016-05-09", "2016-05-04"),
    ],
)
def test_the_day_of_an_event_in_front_matter_is_no_day_of_publication(front: str, date: str) -> None:
    made = record.of("a.md", f"---\ntitle: Vigil at the pier\n{front}\n---\n{FIRST}\n".encode(), terms(Vocabularies()))[
        0
    ]
    assert made.date == date
    if not date:
        asked = next(question for question in made.review if question.field == "date")
        assert "2016-05-04" in asked.evidence


def test_a_paragraph_with_a_link_by_its_label_is_text_and_no_markup() -> None:
    text = (
        "# A letter of keepers\n\nKeepers of the four lighthouses have been without oil since the winter.\n\n"
        "[We have described five cases][1]. Some of us have told them to the council in two sessions.\n\n"
        "[1]: https://quay.example/appendix\n"
    )
    (read,) = record.of("a.md", text.encode(), terms(Vocabularies()))
    assert "[We have described five cases](https://quay.example/appendix). Some of us" in read.body
    assert [left.text for left in read.left_out if "cases" in left.text] == []

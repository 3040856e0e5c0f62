"""Markdown of other programs: front matter that is nearly YAML, shortcodes, numbers of lists; nothing of a text is lost."""

# ruff: noqa: E501 - texts are written out as they are

from __future__ import annotations

import base64
import time

import pytest

from onrecord.intake import markdown_writer
from onrecord.intake.document import Document
from onrecord.intake.formats import foreign_front_matter, foreign_markdown
from tests.unit.intake_documents import FIRST, SECOND, unaccounted


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
    assert "no correct YAML" in asked.question
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
    def seconds(times: int) -> float:
        begun = time.process_time()
        foreign_markdown.document(f"{FIRST}\n\n{piece * times}\n")
        return time.process_time() - begun

    seconds(100)
    assert seconds(16_000) < 12 * max(seconds(4_000), 0.05)

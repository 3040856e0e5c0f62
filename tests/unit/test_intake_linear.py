"""Reading takes time in proportion to a document's size, whatever stands in it (benchmarks/intake/growth.py measures all kinds)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fragment_fromstring, tostring

from onrecord.intake import record
from onrecord.intake.evidence import quotation_marks
from onrecord.intake.evidence.term_finder import terms
from onrecord.intake.formats import page_text, webpage
from onrecord.intake.formats.page_tags import without_tags
from onrecord.model import Vocabularies
from tests import counted_work, stint

SENTENCE = (
    "The authorities must release the eleven teachers who have been held since January, Harbour Watch said today. "
)
HEAD = f"HARBOUR WATCH\n3 May 2013\n\nTeachers must be released\n\n{SENTENCE * 3}\n\n"
TERMS = terms(Vocabularies())


def read(text: str) -> None:
    assert not record.of("document.txt", text.encode(), TERMS)[0].refused


@pytest.mark.parametrize(
    ("part", "count"),
    [("a b\n", 250), ("\n", 6000), ("3 May 2013\n", 150), ("3 May 2013, ", 600), ("> > > so they wrote\n", 150)],
    ids=["short lines", "blank lines", "lines of days", "days in a line", "quoted lines"],
)
def test_a_text_four_times_as_long_takes_about_four_times_as_long(part: str, count: int) -> None:
    read(HEAD + part)
    assert stint.grows_with(lambda times: read(HEAD + part * times), count, 4 * count, most=9, unnoticed=0.1)


@pytest.mark.parametrize(
    "part",
    [
        "<p class=caption>A photograph</p>",
        "<span class=credit>A photograph</span>",
        "<div class=image><img src=a><span>A photograph</span></div>",
        "<figure><img src=a><figcaption>A photograph</figcaption></figure>",
        "<div><img src=a><p class=caption>A ship in a photograph was seen today.</p></div>",
    ],
)
def test_the_captions_of_a_page_are_looked_at_once(part: str) -> None:
    def work(times: int) -> int:
        page = f"<html><body><main><h1>Teachers</h1><p>{SENTENCE * 3}</p><div>{part * times}</div></main></body></html>"
        return sum(counted_work.lines(lambda: webpage.document(page.encode())).values())

    work(1)
    assert work(400) < 5 * work(100)


@pytest.mark.parametrize("part", ["“A. “B” ", "«A. «B» ", "»A. »B« ", "“A “B. ", "「A。「B」"])
def test_a_chain_of_opening_quotation_marks_is_looked_through_once(part: str) -> None:
    with stint.within(2):
        assert quotation_marks.spans(part * 20_000, single=False)


def test_what_is_no_tag_of_a_page_is_counted_in_one_walk() -> None:
    assert without_tags("<p>a<style>b</style>c <head d") == "ac <head d"
    with stint.within(2):
        without_tags("<style" * 100_000 + "<p>")
        without_tags("<script>" * 100_000)


@pytest.mark.parametrize("part", ["&", "&amp;", "\u00a0", "&x"])
def test_a_page_of_signs_that_are_written_as_references_takes_a_second(part: str) -> None:
    with stint.within(1.5):
        page_text.visible(f"<p>{part * 300_000}</p>")


REFERENCES = [
    "&",
    "&amp;",
    "&amp;lt;",
    "&nbsp;",
    "\u00a0",
    "&lt;",
    "&copy",
    "&copy=2",
    "&x",
    "&ampx",
    "&#38;",
    "&#x26;lt;",
    "&#160;",
    "&#0;",
]


@given(st.lists(st.sampled_from([*REFERENCES, "a", "b;", " ", "<p>", "</p>", "<a name='a&amp;b&c'>", "</a>"])))
def test_many_references_are_read_as_few_are(parts: list[str]) -> None:
    page = "".join(parts)
    few = page_text.visible(page), page_text.normalised(page)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_text, "_MANY_ESCAPED", -1)
        assert (page_text.visible(page), page_text.normalised(page)) == few


@given(
    st.lists(
        st.sampled_from(["<i>a</i>", "<p>b</p>", "<nav>", "</nav>", "<nav>c</nav>", "<u>d</u>", "<u></u>", " ", "e"])
    )
)
def test_elements_are_taken_out_of_a_page_together_as_one_by_one(parts: list[str]) -> None:
    """What stands behind them is joined once, which takes no longer the more there are; each on its own, it is copied again and again."""
    page = f"<div>{''.join(parts)}</div>"
    together, alone = (fragment_fromstring(page) for _ in range(2))
    cuts = page_text.Cuts()
    for element in together.xpath("//nav|//u"):
        cuts.take(element)
    cuts.finish()
    for element in alone.xpath("//nav|//u"):
        element.tail = f" {element.tail or ''}" if element.tail or element.tag == "nav" else None
        element.drop_tree()
    assert tostring(together) == tostring(alone)


def test_what_stood_behind_elements_that_are_taken_out_is_put_back_once() -> None:
    root = fragment_fromstring("<p>a<nav>b</nav>c<nav>d</nav>e</p>")
    cuts = page_text.Cuts()
    for element in list(root):
        cuts.take(element)
        assert root.text == "a"
    cuts.finish()
    assert tostring(root) == b"<p>a c e</p>"

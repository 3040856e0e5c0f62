"""The plan of a site: every file once, known before one of them is made."""

from __future__ import annotations

import pytest
from msgspec import structs

from onrecord import plan, routes
from onrecord.check import verdict
from onrecord.model import Article, Body
from onrecord.plan import Output, SamePath
from tests.invented import SETTINGS, archive, harbour, makers_of, outputs, reader, release


def test_the_plan_names_every_file_and_the_pages_that_links_may_lead_to() -> None:
    about = Article("about", "pages/about.md", "About", Body("<p>Why.</p>"))
    settings = structs.replace(SETTINGS, languages=("en", "ar"))
    content = archive(*harbour(), articles=[about], settings=settings)
    makers = makers_of(content)
    pages = plan.pages(reader(content), makers.renderer)
    paths = {output.path for output in makers.outputs()}
    last = {routes.DATA}
    assert pages - last == {path for path in paths if path.endswith(".html") and not path.startswith("ar/")}
    assert last <= pages
    assert {"about.html", "404.html", "releases/2012-bare.html", "topics/water.html", "dates/2012-02.html"} <= pages


def test_the_plan_asks_for_no_text() -> None:
    makers = makers_of(archive(*harbour()))
    makers.outputs()
    assert not {"text_digest", "opening", "paragraphs", "quotation"} & {
        key[0] for key in makers.reader.trace(0).questions
    }


def test_no_page_of_the_archive_s_own_can_take_the_name_of_a_file_at_the_top_of_the_site() -> None:
    top = {path.partition(".")[0] for path in outputs(archive(settings=SETTINGS)) if "/" not in path}
    assert top - {"", "CNAME"} <= verdict.TAKEN


@pytest.mark.parametrize(
    ("slugs", "path"),
    [
        (("2012-a", "2012-a.csl"), "releases/2012-a.csl.json"),
        (("2012-a", "2012-A"), "releases/2012-A.html"),
        (("2012-straße", "2012-strasse"), "releases/2012-straße.html"),
    ],
    ids=["two formats", "letter case", "letters that are one"],
)
def test_two_files_in_one_place_are_named_before_anything_is_made(slugs: tuple[str, str], path: str) -> None:
    content = archive(*(release(slug, "2012") for slug in slugs))
    with pytest.raises(SamePath) as caught:
        makers_of(content).outputs()
    message = str(caught.value)
    assert message.startswith("Two files of the site would have the same place: ")
    assert path.casefold() in message.casefold()
    assert all(slug in message for slug in slugs)


def test_files_whose_places_differ_may_stand_together() -> None:
    plan.distinct(
        [Output("a.html", "home/en", ()), Output("ar/a.html", "home/ar", ()), Output("a.json", "json", ("a",))]
    )

"""A page that is asked for alone is the page that a whole build makes."""

from onrecord import views
from onrecord.views import single
from onrecord.views.edition import Edition, interface_languages
from tests.invented import BUILD, archive, harbour


def test_every_page_can_be_made_alone() -> None:
    made = archive(*harbour())
    editions = [Edition(made, BUILD, language) for language in interface_languages(made.settings)]
    editions.sort(key=lambda edition: not edition.prefix)
    for path, template, view in views.pages(made, BUILD):
        edition = next(edition for edition in editions if path.startswith(edition.prefix))
        assert single.page(edition, path) == (template, view), path


def test_a_page_that_is_not_there_is_not_made() -> None:
    edition = Edition(archive(*harbour()), BUILD, "en")
    for path in ("topics/none.html", "releases/none.html", "none.html", "none/x.html", "dates/1066.html", ""):
        assert single.page(edition, path) is None

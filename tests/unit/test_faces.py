"""Which faces a page may fetch: those of its edition's letters and of its main text's, and no others for a few words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec import structs

from onrecord.faces import ShownText, of_page
from tests.invented import SETTINGS, archive, release, site

ASSETS = Path(__file__).resolve().parents[2] / "templates" / "assets"
ENGLISH = "<p>The crews of the harbour ask for light, and nobody has answered them.</p>"
ARABIC = "<p>طالبت طواقم الميناء بالضوء ولم يجبها أحد حتى اليوم.</p>"


@pytest.mark.parametrize(
    ("edition", "faces"),
    [
        ("en", ()),
        ("en-GB", ()),
        ("ar", ("sans-arabic", "serif-arabic")),
        ("fa", ("sans-arabic", "serif-arabic")),
        ("ru", ("sans-cyrillic", "serif-cyrillic")),
        ("fr", ("sans-latin", "serif-latin")),
        ("he", ()),
    ],
)
def test_a_page_has_the_letters_of_its_edition(edition: str, faces: tuple[str, ...]) -> None:
    assert of_page(edition) == faces


def test_a_text_of_another_script_brings_the_face_of_who_speaks() -> None:
    assert of_page("en", [ShownText("ar", ARABIC)]) == ("serif-arabic",)
    assert of_page("en", [ShownText("ar", ARABIC, is_source=False)]) == ("sans-arabic",)
    assert of_page("en", [ShownText("en", ENGLISH), ShownText("tr")]) == ("serif-latin",)


def test_a_few_words_of_another_script_bring_no_face() -> None:
    assert of_page("en", [ShownText("en", ENGLISH * 9 + "<p>الميناء القديم, Łódź, Москва</p>")]) == ()


def test_really_much_of_another_script_brings_its_face_whatever_the_language_is_said_to_be() -> None:
    assert of_page("en", [ShownText("en", ENGLISH + ARABIC)]) == ("serif-arabic",)
    assert of_page("en", [ShownText("en", ENGLISH + "<p>Экипажи порта просят света</p>")]) == ("serif-cyrillic",)
    assert of_page("en", [ShownText("en", "<p>Żółć gęślą jaźń</p>")]) == ("serif-latin",)


def test_slanted_letters_come_for_a_text_that_is_slanted_and_for_no_single_word() -> None:
    assert of_page("en", [ShownText("en", ENGLISH.replace("light", "<em>light</em>"))]) == ()
    slanted = f"<p><em>{'The crews ask for light. ' * 9}</em></p>{ENGLISH}"
    assert of_page("en", [ShownText("en", slanted)]) == ("serif-italic",)
    assert of_page("en", [ShownText("en", slanted, is_source=False)]) == ()


def test_every_face_has_a_sheet_and_every_file_of_letters_is_in_one() -> None:
    sheets = {path.stem: path.read_text("utf-8") for path in (ASSETS / "faces").glob("*.css")}
    assert sheets.keys() == {
        "sans-arabic", "sans-cyrillic", "sans-latin", "serif-arabic", "serif-cyrillic", "serif-italic", "serif-latin",
    }  # fmt: skip
    files = [name for text in sheets.values() for name in re.findall(r'url\("\.\./fonts/([^"]+)"\)', text)]
    every = re.findall(r'url\("fonts/([^"]+)"\)', (ASSETS / "site.css").read_text("utf-8"))
    assert every == ["serif.woff2", "sans.woff2"]
    assert sorted(files + every) == sorted(path.name for path in (ASSETS / "fonts").glob("*.woff2"))


def test_lists_in_english_have_no_face_of_the_titles_they_show() -> None:
    settings = structs.replace(SETTINGS, languages=("en", "ar"))
    arabic = release(
        "2014-01-02-arabic", "2014-01-02", "language: ar", "title: طالبت الطواقم بالضوء", body="طالبت الطواقم بالضوء."
    )
    made = site(archive(arabic, release("2014-01-03-light", "2014-01-03"), settings=settings))

    def faces(path: str) -> list[str]:
        return re.findall(r"assets/faces/([a-z-]+)\.css", made[path])

    assert faces("releases/index.html") == faces("index.html") == faces("releases/2014-01-03-light.html") == []
    assert faces("releases/2014-01-02-arabic.html") == ["serif-arabic"]
    assert (
        faces("ar/releases/index.html") == faces("ar/releases/2014-01-03-light.html") == ["sans-arabic", "serif-arabic"]
    )


def test_a_page_without_a_word_of_a_source_asks_for_no_serif() -> None:
    made = site(archive(release("2014-01-03-light", "2014-01-03", "topics: [Water]")))
    alone = 'assets/faces.js" data-voices="sans"></script>'
    assert alone in made["topics/index.html"]
    for path, page in made.items():
        if path.endswith(".html") and path != "404.html":
            assert (alone in page) == ("source-words" not in page), path

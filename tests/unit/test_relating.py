"""What releases have to do with each other: stated in one record, shown from both ends, and counted once."""

from __future__ import annotations

import re

from msgspec import structs

from onrecord.model import Relations
from onrecord.relating import SHOWN
from tests.invented import archive, files, listed, outputs, reader, release, site


def said(speaker: str, *words: str) -> str:
    return "quotations: [" + ", ".join(f'{{speaker: {speaker}, text: "{text}"}}' for text in words) + "]"


# ---- translations ----------------------------------------------------------------------------------------------------------------


def test_translations_of_one_original_know_each_other() -> None:
    arranged = archive(
        release("a", "2012-01-02", "language: fr", "translation_of: b"),
        release("b", "2012-01-01"),
        release("c", "2012-01-03", "language: ar", "translation_of: b"),
        release("d", "2012"),
    )
    groups = {slug: (relations.original, relations.translations) for slug, relations in arranged.relations.items()}
    assert groups == {"a": ("b", ("c", "b")), "b": ("", ("c", "a")), "c": ("b", ("a", "b"))}


def test_the_head_of_a_record_leads_to_its_translations_in_their_own_languages() -> None:
    pages = site(
        archive(
            release("2012-01-01-b", "2012-01-01"),
            release("2012-01-02-a", "2012-01-02", "language: fr", "translation_of: 2012-01-01-b"),
            release("2012-01-03-c", "2012-01-03", "language: ar", "translation_of: 2012-01-01-b"),
        )
    )
    original = pages["releases/2012-01-01-b.html"]
    assert '<a href="../releases/2012-01-03-c.html" lang="ar" dir="rtl" hreflang="ar">العربية</a>' in original
    assert '<a href="../releases/2012-01-02-a.html" lang="fr" dir="ltr" hreflang="fr">Français</a>' in original
    arabic = pages["releases/2012-01-03-c.html"]
    assert "Translated from" in arabic
    assert arabic.index('hreflang="en">English</a>') < arabic.index("Also in") < arabic.index('hreflang="fr"')
    assert "compare/2012-01-01-b--2012-01-03-c.html" in pages
    assert "compare/2012-01-02-a--2012-01-03-c.html" in pages


def test_a_summary_is_set_beside_no_translation() -> None:
    pages = site(
        archive(
            release("2012-01-01-b", "2012-01-01", "extent: abstract"),
            release("2012-01-02-a", "2012-01-02", "language: fr", "translation_of: 2012-01-01-b"),
        )
    )
    assert "Also in" in pages["releases/2012-01-01-b.html"]
    assert not [path for path in pages if path.startswith("compare/")]


def test_search_engines_are_told_of_the_text_in_a_language_before_the_interface_in_it() -> None:
    arranged = archive(
        release("2012-01-01-b", "2012-01-01"),
        release("2012-01-03-c", "2012-01-03", "language: ar", "translation_of: 2012-01-01-b"),
        release("2012-01-02-a", "2012-01-02", "language: fr", "translation_of: 2012-01-01-b"),
    )
    settings = structs.replace(arranged.settings, base_url="https://a.example/", languages=("en", "ar"))
    pages = site(structs.replace(arranged, settings=settings))
    links = '<link rel="alternate" hreflang="{}" href="https://a.example/{}">'
    english = pages["releases/2012-01-01-b.html"]
    assert links.format("ar", "ar/releases/2012-01-03-c.html") in english
    assert links.format("fr", "releases/2012-01-02-a.html") in english
    assert english.count('hreflang="ar" href="https://') == 1
    assert '"workTranslation"' in english
    assert '"translationOfWork"' in pages["releases/2012-01-03-c.html"]


# ---- corrections and series --------------------------------------------------------------------------------------------------------


def test_corrections_and_series_are_shown_from_both_ends() -> None:
    arranged = archive(
        release("a", "2012-01-01"),
        release("b", "2012-01-02", "follows: [a]"),
        release("c", "2012-01-03", "follows: [b]", "corrects: [a]"),
    )
    first, second, third = (arranged.relations[slug] for slug in "abc")
    assert (first.followed_by, first.corrected_by, first.place) == (("b",), ("c",), 1)
    assert (second.follows, second.followed_by, second.place) == (("a",), ("c",), 2)
    assert (third.corrects, third.place, third.length) == (("a",), 3, 3)
    assert first.series == second.series == third.series == ("a", "b", "c")
    page = site(arranged)["releases/a.html"]
    assert "Corrected by" in page
    assert "Followed by" in page
    assert "Number 1 of 3 in a series" in page


def test_a_series_has_everything_behind_what_it_follows_whatever_the_dates() -> None:
    arranged = archive(
        release("d", "2012-01-01", "follows: [b, c]"),
        release("c", "XXXX", "follows: [a]"),
        release("b", "2012-01-05", "follows: [a]"),
        release("a", "2012-01-09"),
    )
    assert arranged.relations["d"].series == ("a", "b", "c", "d")


def test_of_a_long_series_the_part_around_a_release_is_shown() -> None:
    slugs = [f"r{number:03}" for number in range(100)]
    releases = [
        release(slug, "2012", f"follows: [{before}]" if before else "kind: report")
        for before, slug in zip(["", *slugs], slugs, strict=False)
    ]
    arranged = archive(*releases)
    middle = arranged.relations["r050"]
    assert (middle.place, middle.length, middle.series) == (51, 100, tuple(slugs[50 - SHOWN : 51 + SHOWN]))
    page = site(arranged)["releases/r050.html"]
    assert "The 21 nearest in the series are shown." in page
    assert f'<ol start="{51 - SHOWN}">' in page


# ---- what is not in the archive ------------------------------------------------------------------------------------------------------


def test_a_draft_is_not_known_to_what_is_published() -> None:
    draft = ("status: draft", "language: fr", 'title: "QDRAFT"')
    relations = ("translation_of: qdraft", "corrects: [qdraft]", "follows: [qdraft]", "same_text_as: [qdraft]")
    arranged = archive(release("a", "2012", *relations), release("qdraft", "2011", *draft))
    assert arranged.relations == {}
    made = files(arranged)
    assert not [path for path, data in made.items() if b"qdraft" in data.lower()]
    shown = archive(release("a", "2012", *relations), release("qdraft", "2011", *draft), drafts=True)
    assert shown.relations["qdraft"].followed_by == ("a",)


def test_a_withdrawn_release_is_named_without_its_title_and_says_nothing_itself() -> None:
    gone = listed(
        "2012-gone", "2012", "language: fr", 'title: "QTITLE"', "status: withdrawn", "reason: False.", "follows: [c]"
    )
    arranged = archive(
        release("a", "2013", "corrects: [2012-gone]", "translation_of: 2012-gone"),
        release("b", "2014", "language: ar", "translation_of: 2012-gone"),
        release("c", "2011"),
        gone,
    )
    assert arranged.relations.keys() == {"a", "b"}
    assert arranged.relations["a"].translations == ("b", "2012-gone")
    pages = site(arranged)
    assert "QTITLE" not in pages["releases/a.html"]
    assert "A withdrawn release" in pages["releases/a.html"]
    assert '"correction"' not in pages["releases/c.html"]
    assert "releases/a.html" not in pages["releases/2012-gone.html"]


def test_without_relations_nothing_is_said_of_them() -> None:
    arranged = archive(release("a", "2012"))
    assert reader(arranged).relations("a") == Relations()
    assert "in-languages" not in site(arranged)["releases/a.html"]


# ---- words that several publications of a text have ----------------------------------------------------------------------


def test_words_that_a_family_repeats_are_said_once_under_the_oldest() -> None:
    body = "“Light the quay.” “No.” “No.”"
    quoted = said("Ada Example", "Light the quay", "No", "No")
    arranged = archive(
        release("c", "2012-01-03", quoted, "same_text_as: [b]", body=body),
        release("b", "2012-01-02", quoted, "same_text_as: [a]", body=body),
        release("a", "2012-01-01", quoted, "names: [Ada Example]", body=body),
        release("other", "2012-01-04", said("Ada Example", "No"), body=body),
    )
    (speaker,) = arranged.speakers
    assert [(card.slug, number) for card, number in speaker.quotations] == [("other", 0), ("a", 0), ("a", 1), ("a", 2)]
    assert arranged.reprints == {"a": tuple((number, (("b", number), ("c", number))) for number in range(3))}
    pages = site(arranged)
    page = pages["quotations/ada-example.html"]
    assert "4 quotations" in page
    assert page.count('class="also-in">also in') == 3
    assert '<a class="source-words" href="../releases/c.html#p1">About c</a>' in page
    assert "4 quotations" in pages["quotations/index.html"]
    assert "4 quotations" in pages["names/ada-example.html"]


def test_every_page_tells_the_same_number_of_quotations() -> None:
    """Five utterances reprinted three times are five: on the page of the speaker, in the index, on the page of the name."""
    words = [f"Light number {number}" for number in range(5)]
    body = " ".join(f"“{text}.”" for text in words)
    five = (said("Ada Example", *words), "names: [Ada Example]")
    others = (said("Ben Other", *words[:2]), "names: [Ada Example]")
    family = [
        release(f"2012-01-0{day}-a", f"2012-01-0{day}", *five, f"same_text_as: [{other}]", body=body)
        for day, other in enumerate(["2012-01-02-a", *["2012-01-01-a"] * 3], 1)
    ]
    alone = [release(f"2013-01-0{day}-b", f"2013-01-0{day}", *others, body=body) for day in (1, 2)]
    pages = site(archive(*family, *alone))
    counts = {"ada-example": 5, "ben-other": 4}
    index = pages["quotations/index.html"]
    assert (
        f'{sum(counts.values())} quotations\N{NO-BREAK SPACE}· <a href="../speakers/index.html">2 speakers</a>' in index
    )
    assert index.count('<figure class="quotation"') == sum(counts.values())
    speakers = pages["speakers/index.html"]
    for slug, count in counts.items():
        page = pages[f"quotations/{slug}.html"]
        assert page.count('<figure class="quotation"') == count
        assert f'<p class="tally">{count} quotations' in page
        assert re.search(rf'{slug}\.html">[^<]+</a> <span class="count">{count}</span>', index)
        assert re.search(rf'{slug}\.html"><bdi>[^<]+</bdi></a>.*?<td class="figure"[^>]*>{count}[<\s]', speakers)
    assert '<a href="../quotations/ada-example.html">5 quotations</a>' in pages["names/ada-example.html"]
    assert pages["quotations/ada-example.html"].count("-a.html") == 5 * 4


def test_typesetting_makes_no_other_words_and_a_translation_does() -> None:
    arranged = archive(
        release("a", "2012-01-01", said("Ada Example", "the quay’s lamp – out"), body="“the quay’s lamp – out”"),
        release(
            "b",
            "2012-01-02",
            said("Ada Example", "the quay's lamp - out"),
            "same_text_as: [a]",
            body="the quay's lamp - out",
        ),
        release(
            "c",
            "2012-01-03",
            said("Ada Example", "the quay’s lamp – out"),
            "translation_of: a",
            "language: fr",
            body="“the quay’s lamp – out”",
        ),
    )
    assert [card.slug for card, _ in arranged.speakers[0].quotations] == ["c", "a"]


def test_a_feed_names_related_releases_that_stand() -> None:
    arranged = archive(release("a", "2012-01-01"), release("b", "2012-01-02", "follows: [a]"))
    feed = files(arranged)["feed.atom"].decode()
    assert '<link rel="related" type="text/html" hreflang="en" href="releases/a.html"/>' in feed
    assert '<link rel="related" type="text/html" hreflang="en" href="releases/b.html"/>' in feed
    assert "feed.atom" in outputs(arranged)

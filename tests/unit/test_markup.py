"""Bodies: what is written comes out as written, safely, with an anchor on every paragraph."""

import re

import pytest

from onrecord import markup
from onrecord.markup import Context, address, convert, direct, resolve
from onrecord.model import Link, Target
from onrecord.redaction import Location
from onrecord.search.paragraphs import paragraphs_of

TEN = Context(location=Location(10))


def html_of(text: str) -> str:
    body, faults = convert(text)
    assert faults == ()
    return body.html


def codes(text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.code) for fault in convert(text, TEN)[1]]


def test_every_paragraph_has_an_anchor_in_order_also_in_quotes_and_lists() -> None:
    body, _ = convert("One.\n\n> Two.\n\n- three\n\n- four\n\nFive `code`.")
    assert [f'<p id="p{n}">' in body.html for n in range(1, 6)] == [True] * 5
    assert body.paragraphs == ("One.", "Two.", "three", "four", "Five code.")


class MarkdownAsked(Exception):
    """A text went through Python-Markdown."""


@pytest.fixture
def no_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever does not take the direct path is refused with MarkdownAsked."""

    def refuse(*_: object) -> None:
        raise MarkdownAsked

    monkeypatch.setattr(markup, "_markdown", refuse)


PLAIN = (
    "A line\nand another – “quoted” & 1.5 (…).\n\n## A heading\n\n"
    "- first\n- second [link](https://example.org/a)\n\n*Emphasis* and **more**."
)
# The backslash before the full stop changes nothing that is shown, and keeps the text from the direct path.
NOT_PLAIN = PLAIN.replace("1.5", "1\\.5")


@pytest.mark.usefixtures("no_markdown")
def test_plain_text_takes_the_direct_path() -> None:
    assert convert(PLAIN)[0].paragraphs
    assert convert("Took [redacted: a child’s name] away.")[0].paragraphs == ("Took [redacted: a child’s name] away.",)
    with pytest.raises(MarkdownAsked):
        convert(NOT_PLAIN)


def test_plain_text_gives_what_markdown_gives() -> None:
    body, _ = convert(PLAIN)
    slow, _ = convert(NOT_PLAIN)
    assert body.html == slow.html
    assert body.paragraphs == slow.paragraphs
    assert [link.target for link in body.links] == [link.target for link in slow.links] != []


@pytest.mark.parametrize(
    "text",
    [
        "A.[^1]\n\n[^1]: Note, from https://example.org/.",
        "Write to a@example.org or www.example.org.",
        "A :smile: or $x$.",
        "A.[^1]\n\n[^1]: Note.[^1]",
        "A.[^1] B.[^1]\n\n[^1]: Note.",
        "A.[^1]\n\n[^1]: Note.\n\n[^2]: None refers to this.",
        "A.[^1]\n\n[^1]: Note.\n    More of it.",
        "A.[^1]\n\n[^1]: Note.\n\nMore text.",
        "| a | b |\n|---|---|\n| c |",
        "| a |\n|---|",
        "> One.\n\n> Two.",
        "> - One.",
        "> One.\nTwo.",
        "A *word,*more.",
    ],
)
def test_what_is_not_simple_is_left_to_markdown(text: str) -> None:
    assert direct.convert(text, markup.Context()) is None


def test_most_ways_to_write_a_text_are_simple() -> None:
    text = (
        "A *word,* and a note.[^a] “So (…)”, **he said.**\n\n> Two lines\n> of a letter.\n\n"
        "- One [link](https://example.org/)\n- Two[^2]\n\n| Place | Dead |\n|---|---:|\n| Homs | 12 |\n\n"
        "[^a]: The *first*.\n[^2]: The second."
    )
    assert direct.convert(text, markup.Context()) is not None


@pytest.mark.parametrize("omission", ["(…)", "(...)", "[…]", "[...]"])
def test_an_omission_is_shown_as_one_in_the_words_it_was_written(omission: str) -> None:
    body, _ = convert(f"Before {omission} after.")
    assert f'<span class="omission">{omission}</span>' in body.html
    assert body.omissions == 1
    assert convert(f"`{omission}`")[0].omissions == 0


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b>",
        "<script>alert(1)</script>",
        "a <!-- note --> b",
        "<div>\n\nx",
        "{{ age }} {% x %}",
        "AT&T",
        "1 < 2",
    ],
)
def test_what_looks_like_html_or_a_template_comes_out_as_text(text: str) -> None:
    body, faults = convert(text)
    assert {fault.code for fault in faults} == ({"raw-html"} if re.search("<[a-z!]", text) else set())
    assert " ".join(body.paragraphs) == text.replace("\n\n", " ")


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//example.org/x",
        "/etc/passwd",
        "vbscript:x",
        "java\tscript:x",
        "foo",
        "file:///x",
        "&#32;//example.org/x.html",
    ],
)
def test_links_that_may_not_be_followed_are_refused_not_dropped(target: str) -> None:
    body, faults = convert(f"See [here](<{target}>).")
    assert "href" not in body.html
    assert [fault.code for fault in faults] == ["bad-link"]


def test_links_to_other_sites_send_no_referrer() -> None:
    assert 'href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer"' in html_of(
        "[x](https://example.org/a?b=1&c=2)"
    )


@pytest.mark.parametrize(
    ("written", "article", "target", "expected"),
    [
        ("2012-02-08-a.md", False, Target("release", "2012-02-08-a"), "../releases/2012-02-08-a.html"),
        ("../2012/a.md#p3", False, Target("release", "a", "p3"), "../releases/a.html#p3"),
        ("../pages/about.md", False, Target("article", "about"), "../about.html"),
        ("../topics/index.html#a", False, Target("page", "topics/index.html", "a"), "../topics/index.html#a"),
        ("../releases/a.html?x#p3", False, Target("release", "a", "p3"), "../releases/a.html#p3"),
        ("a.html", False, Target("release", "a"), "../releases/a.html"),
        ("index.html", False, Target("page", "releases/index.html"), "index.html"),
        ("../../x.html", False, Target("page", "../x.html"), "../../x.html"),
        ("#p2", False, Target("self", "", "p2"), "#p2"),
        ("حمص.md", False, Target("release", "حمص"), "../releases/%D8%AD%D9%85%D8%B5.html"),
        (
            "caf%65%CC%81.md",
            False,
            Target("release", "caf\u00e9"),
            "../releases/caf%C3%A9.html",
        ),
        ("cafe\u0301.html", False, Target("release", "caf\u00e9"), "../releases/caf%C3%A9.html"),
        ("about.md", True, Target("article", "about"), "about.html"),
        ("../releases/2012/a.md", True, Target("release", "a"), "releases/a.html"),
        ("releases/a.html#p1", True, Target("release", "a", "p1"), "releases/a.html#p1"),
        ("topics/index.html", True, Target("page", "topics/index.html"), "topics/index.html"),
        ("mailto:a@example.org", True, Target("elsewhere", "mailto:a@example.org"), "mailto:a@example.org"),
    ],
)
def test_a_link_is_resolved_once(written: str, article: bool, target: Target, expected: str) -> None:
    context = Context(article=article)
    assert resolve(written, context) == target
    assert address(target, written, context) == expected


def test_each_link_is_known_by_its_own_place() -> None:
    text = (
        "[a](#p1) [b](#p10) `[c](#p1)` \\[d](#p1)\n> [e](#p1) and <https://example.org/#p1>\n\n"
        "- [f](<b.md> 'b.md') [g](b.md), <a@b.org>\n\n[h][b] [i][b].\n\n[b]: b.md\n\n    [j](b.md)"
    )
    links = convert(text, TEN)[0].links
    assert [(link.written, link.line, link.column) for link in links] == [
        ("#p1", 10, 5),
        ("#p10", 10, 14),
        ("#p1", 11, 7),
        ("https://example.org/#p1", 11, 17),
        ("b.md", 13, 8),
        ("b.md", 13, 26),
        ("mailto:a@b.org", 13, 34),
        ("b.md", 17, 6),
        ("b.md", 17, 6),
    ]
    assert links[0] == Link(Target("self", "", "p1"), "#p1", 10, 5)


def test_two_bad_links_to_one_address_are_two_faults() -> None:
    faults = convert("[a](ftp://x/y) and [b](ftp://x/y)\n\n[c](ftp://x/y)", TEN)[1]
    assert [(fault.line, fault.column) for fault in faults] == [(10, 5), (10, 24), (12, 5)]


def test_a_link_with_escaped_characters_is_followed() -> None:
    body, faults = convert("[x](2012\\_a.md) [y](https://example.org/?a&amp;b)", TEN)
    assert faults == ()
    assert [(link.written, link.column) for link in body.links] == [("2012_a.md", 5), ("https://example.org/?a&b", 21)]


def test_a_place_counts_what_stands_before_the_text_in_its_file() -> None:
    link = convert("One.\n[a](#p1)", Context(location=Location(5, 3, indent=2)))[0].links[0]
    assert (link.line, link.column) == (6, 7)
    link = convert("One.\n[a](#p1)", Context(location=Location(5, 9, exact=False)))[0].links[0]
    assert (link.line, link.column) == (5, 9)


def test_a_redaction_is_shown_as_one_and_is_no_markdown() -> None:
    form = "[redacted: a child’s name]"
    span = f'<span class="redacted">{form}</span>'
    for text in (
        f"{form}: “No.”",
        f"*{form}* left.",
        f"See `{form}`.",
        f"{form}(https://example.org/)",
        f"[a {form}](#p1)",
    ):
        body, faults = convert(text)
        assert faults == ()
        assert body.html.count(span) == 1
        assert form in body.paragraphs[0]


def test_a_redaction_in_a_target_is_no_link() -> None:
    for text in ("https://example.org/{}", "mailto:{}@example.org", "<mailto:{}@example.org>"):
        body, faults = convert(f"[x]({text.format('[redacted: a name]')})")
        assert [fault.code for fault in faults] == ["bad-link"]
        assert "href" not in body.html


@pytest.mark.parametrize("text", ["[[redacted: x]]", "&#91;&#91;Redacted: x]]", "[*[redacted: x]*]", "`[[redact]]`"])
def test_what_looks_like_a_redaction_never_comes_out(text: str) -> None:
    body, faults = convert(f"Before.\n\nThen {text} after.", TEN)
    assert body.html == ""
    assert [(fault.line, fault.code) for fault in faults] == [(12, "bad-redaction")]


def test_a_first_level_heading_and_an_image_are_refused_at_their_line() -> None:
    assert codes("Text.\n\n# Title\n\n![a map](map.png)") == [(12, "heading-level"), (14, "image")]


def test_headings_and_images_are_told_at_their_own_places() -> None:
    faults = convert(
        "A Title here.\n\n# Title\n\n    # Title\n\n> # Title\n\nTitle\n===\n\n![a](x.png) ![b](x.png)", TEN
    )[1]
    assert [(fault.line, fault.column) for fault in faults] == [(12, 1), (16, 3), (18, 1), (21, 6), (21, 18)]


def test_footnotes_and_tables_work_and_keep_to_their_own_ids() -> None:
    body, faults = convert("A[^1].\n\n[^1]: The note.\n\n| a | b |\n| --- | ---: |\n| 1 | 2 |")
    assert faults == ()
    assert 'id="fn-1"' in body.html
    assert 'href="#fn-1"' in body.html
    assert '<td class="end">2</td>' in body.html
    assert "style=" not in body.html
    assert body.paragraphs == ("A[1].",)


@pytest.mark.parametrize("more", ["", "\n\n1. Another item."])
def test_the_mark_of_a_note_is_no_digit_of_the_words_before_it(more: str) -> None:
    """Whoever copies a passage, and whatever reads the words alone, gets "128 [1]" and not 1281. Both paths of the conversion."""
    text = "It held 128[^1] families in 2012.[^n]\n\n- At 10[^1] piers" + more + "\n\n[^1]: First.\n[^n]: Second."
    body, faults = convert(text)
    assert faults == ()
    assert body.paragraphs[0] == "It held 128[1] families in 2012.[2]"
    assert body.parts[0].text.replace(" ", "") == "At10[1]piers"
    assert paragraphs_of(body.html)[0].text == body.paragraphs[0]


@pytest.mark.parametrize("text", ["- " * 499 + "x", "*a _b " * 30 + "c_ d* " * 30, "a* " * 400_000])
def test_a_text_made_to_take_for_ever_is_refused_in_bounded_time(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.markup.MOST_SECONDS", 0.2)
    assert codes(text) == [(10, "too-complex")]
    assert html_of("And the next *one*.") == '<p id="p1">And the next <em>one</em>.</p>'


# ---- images ----------------------------------------------------------------------------------------------------------------------


def test_an_image_is_a_file_of_the_archive_with_words() -> None:
    text = 'Light.\n\n![the *pier* > "night" & \\[day\\]](../../files/2012/pier.png "Seen")\n\n![the quay][q]\n\n[q]: ../files/quay.png'
    body, problems = markup.convert(text)
    assert problems == ()
    assert [image.path for image in body.images] == ["2012/pier.png", "quay.png"]
    assert all(text.startswith(image.written, image.at) for image in body.images)
    assert [link.target.slug for link in body.links] == ["2012/pier.png", "quay.png"]
    pictures = re.findall("<img[^>]*>", body.html)
    assert len(pictures) == 2
    assert 'alt="the pier &gt; &quot;night&quot; &amp; [day]"' in pictures[0]
    assert 'src="files/2012/pier.png"' in pictures[0]
    # What is seen is in the archive's words: no quotation of the source can stand in them.
    assert body.paragraphs == ("Light.", "", "")


@pytest.mark.parametrize(
    "written",
    [
        "https://elsewhere.example/x.png", "//elsewhere.example/x.png", "data:image/png;base64,AA", "x.png", "../x.png", "/files/x.png",
        "../files/", "../files/../archive.toml", "../files/a/../../x", "../files/x.png?from=here", "javascript:x", "..\\\\files\\\\x.png",
    ],
)  # fmt: skip
def test_an_image_from_anywhere_else_is_refused(written: str) -> None:
    body, problems = markup.convert(f"![a picture]({written})")
    assert [problem.code for problem in problems] == ["image"]
    assert "src=" not in body.html
    assert body.images == ()


def test_words_are_needed_and_a_redaction_in_them_is_shown() -> None:
    assert [problem.code for problem in markup.convert("![ ](../files/x.png)")[1]] == ["image"]
    body, problems = markup.convert("![the house of [redacted: a name]](../files/x.png)")
    assert problems == ()
    assert 'alt="the house of [redacted: a name]"' in body.html


def test_a_page_of_the_archives_own_shows_no_image() -> None:
    _, problems = markup.convert("![the pier](../files/x.png)", markup.Context(article=True))
    assert [problem.code for problem in problems] == ["image"]

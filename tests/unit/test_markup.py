"""Bodies: what is written comes out as written, safely, with an anchor on every paragraph."""

import pytest

from onrecord.markup import Context, address, convert


def html_of(text: str) -> str:
    body, faults = convert(text)
    assert faults == ()
    return body.html


def codes(text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.code) for fault in convert(text, Context(line=10))[1]]


def test_every_paragraph_has_an_anchor_in_order_also_in_quotes_and_lists() -> None:
    body, _ = convert("One.\n\n> Two.\n\n- three\n\n- four\n\nFive `code`.")
    assert [f'<p id="p{n}">' in body.html for n in range(1, 6)] == [True] * 5
    assert body.paragraphs == ("One.", "Two.", "three", "four", "Five code.")


def test_plain_text_takes_the_direct_path_and_gives_what_markdown_gives() -> None:
    plain = (
        "A line\nand another – “quoted” & 1.5 (…).\n\n## A heading\n\n"
        "- first\n- second [link](https://example.org/a)\n\n*Emphasis* and **more**."
    )
    body, _ = convert(plain)
    assert body.plain_path
    # The backslash before the full stop changes nothing that is shown, and keeps the text from the direct path.
    slow, _ = convert(plain.replace("1.5", "1\\.5"))
    assert not slow.plain_path
    assert body.html == slow.html
    assert body.paragraphs == slow.paragraphs
    assert [link.target for link in body.links] == [link.target for link in slow.links]


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
    assert faults == ()
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
    ("target", "article", "expected"),
    [
        ("2012-02-08-a.md", False, "../releases/2012-02-08-a.html"),
        ("../2012/2012-02-08-a.md#p3", False, "../releases/2012-02-08-a.html#p3"),
        ("../pages/about.md", False, "../about.html"),
        ("../topics/index.html", False, "../topics/index.html"),
        ("#p2", False, "#p2"),
        ("حمص.md", False, "../releases/%D8%AD%D9%85%D8%B5.html"),
        ("about.md", True, "about.html"),
        ("../releases/2012/a.md", True, "releases/a.html"),
        ("mailto:a@example.org", True, "mailto:a@example.org"),
    ],
)
def test_links_lead_to_pages_of_the_site(target: str, article: bool, expected: str) -> None:
    assert address(target, Context(root="" if article else "../", article=article)) == expected


def test_a_first_level_heading_and_an_image_are_refused_at_their_line() -> None:
    assert codes("Text.\n\n# Title\n\n![a map](map.png)") == [(12, "heading-level"), (14, "image")]


def test_footnotes_and_tables_work_and_keep_to_their_own_ids() -> None:
    body, faults = convert("A[^1].\n\n[^1]: The note.\n\n| a | b |\n| --- | ---: |\n| 1 | 2 |")
    assert faults == ()
    assert 'id="fn-1"' in body.html
    assert 'href="#fn-1"' in body.html
    assert '<td class="end">2</td>' in body.html
    assert "style=" not in body.html
    assert body.paragraphs == ("A1.",)


@pytest.mark.parametrize("text", ["- " * 499 + "x", "[a" * 20_000, "![[]()" * 6_000])
def test_a_text_made_to_take_for_ever_is_refused_in_bounded_time(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.markup.MOST_SECONDS", 0.5)
    assert codes(text) == [(10, "too-complex")]
    assert html_of("And the next *one*.") == '<p id="p1">And the next <em>one</em>.</p>'

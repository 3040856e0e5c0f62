"""Addresses: what a link says is where its file is."""

from __future__ import annotations

from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import routes

SLUGS = st.text(st.characters(categories=["L", "M", "N"], include_characters="-_."), min_size=1, max_size=60)


@given(SLUGS)
def test_an_address_is_plain_letters_and_leads_back_to_its_path(slug: str) -> None:
    path = routes.release(slug)
    address = routes.href(path)
    assert address.isascii()
    assert unquote(address) == path


@pytest.mark.parametrize("sign", list("#?%&+:;,='\"<>[] \\"))
def test_no_sign_of_a_path_means_something_in_its_address(sign: str) -> None:
    path = f"releases/a{sign}b.html"
    parts = urlsplit(urljoin("https://example.org/x/", routes.href(path)))
    assert (parts.hostname, unquote(parts.path), parts.query, parts.fragment) == ("example.org", f"/x/{path}", "", "")


def test_the_main_edition_is_at_the_top() -> None:
    assert (routes.prefix("ar", "ar"), routes.prefix("en", "ar")) == ("", "en/")


def test_a_whole_address_needs_a_base_and_has_one_slash_behind_it() -> None:
    assert routes.absolute("", "index.html") == ""
    for base in ("https://example.org/r", "https://example.org/r/"):
        assert routes.absolute(base, "topics/é.html") == "https://example.org/r/topics/%C3%A9.html"


def test_parts_of_a_list_are_below_its_page() -> None:
    assert (routes.groups("topics"), routes.groups("topics", "ab")) == ("topics/index.html", "topics/index/ab.html")
    assert (routes.group("topics", "water"), routes.part("topics/water", "2012")) == (
        "topics/water.html",
        "topics/water/2012.html",
    )
    assert (routes.speaker("ada"), routes.speaker("ada", "2012")) == ("quotations/ada.html", "quotations/ada/2012.html")
    assert (routes.references("p"), routes.references("p", "2012-0")) == (
        "references/p.html",
        "references/p/2012-0.html",
    )


@given(SLUGS, SLUGS, SLUGS)
def test_two_releases_are_compared_on_one_page_of_their_own(first: str, second: str, third: str) -> None:
    assert routes.comparison(first, second) == routes.comparison(second, first)
    assert len(routes.comparison(first * 6, second * 6).rpartition("/")[2].encode()) <= 255
    if (
        third not in (first, second)
        and "--" not in first + second + third
        and not any(s[0] == "-" or s[-1] == "-" for s in (first, second, third))
    ):
        assert routes.comparison(first, second) != routes.comparison(first, third)

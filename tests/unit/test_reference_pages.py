"""The pages of publishers' own numbers."""

from __future__ import annotations

import re

from tests.invented import archive, release, site


def test_a_number_whose_publisher_is_not_stated_is_in_the_index() -> None:
    stated = release("2012-02-08-a", "2012-02-08", "publisher: Example Press", "reference: NS 4/2012")
    silent = release("2012-02-09-b", "2012-02-09", "publisher: not stated", "reference: FU 7/2012")
    pages = site(archive(stated, silent))
    index = pages["references/index.html"]
    paths = re.findall(r'<h2><a href="\.\./(references/[^"]+)"><bdi>([^<]+)', index)
    assert [label for _, label in paths][-1] == "publisher not stated"
    assert "FU 7/2012" in index
    for path, _ in paths:
        assert path in pages
    assert "FU 7/2012" in pages[paths[-1][0]]
    assert "carries no number" not in index


def test_numbers_of_silent_publishers_do_not_take_the_page_of_one_that_is_called_so() -> None:
    named = release("2012-02-08-a", "2012-02-08", 'publisher: "Not-stated"', "reference: NS 4/2012")
    silent = release("2012-02-09-b", "2012-02-09", "publisher: not stated", "reference: FU 7/2012")
    pages = [
        page
        for path, page in site(archive(named, silent)).items()
        if path.startswith("references/") and "index" not in path
    ]
    assert len(pages) == 2
    assert not [page for page in pages if "NS 4/2012" in page and "FU 7/2012" in page]

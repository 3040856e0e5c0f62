"""What GitHub Pages finds in a site."""

import pytest

from onrecord.model import Settings
from tests.invented import archive, files


@pytest.mark.parametrize(
    ("base_url", "domain"),
    [
        ("https://archive.example.org/", "archive.example.org\n"),
        ("https://archive.example.org/papers/", None),
        ("https://owner.github.io/", None),
        ("https://owner.github.io/papers/", None),
        ("http://127.0.0.1:8000/", None),
        ("http://localhost/", None),
        ("", None),
    ],
)
def test_a_domain_of_its_own_is_named_and_every_file_is_published_as_it_is(base_url: str, domain: str | None) -> None:
    site = files(archive(settings=Settings("Papers", base_url=base_url)))
    written = {path: site[path].decode() for path in (".nojekyll", "CNAME") if path in site}
    assert written.pop(".nojekyll") == ""
    assert written == ({"CNAME": domain} if domain else {})

"""Ways to suggest a correction of a record, or of one of its paragraphs: the repository's form and a mail, filled in as far as a page can.

Nothing leaves before the reader follows one. The words of a paragraph are not in these addresses, which would make every page half as
large again: the page has them already, and its script (`assets/correct.js`) puts them at the end. So the words are what an address ends
with, in the form as in the mail.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote, urlsplit

import msgspec

from onrecord import routes
from onrecord.model import Card
from onrecord.views.edition import Edition

_MOST_TITLE = 80


class Channel(msgspec.Struct, frozen=True):
    """A way to suggest a correction of a record or of a paragraph."""

    paragraph: Annotated[int, "the number of the paragraph; 0 for the record as a whole"]
    form: Annotated[str, "the address of the form, filled in; empty without a repository"]
    mail: Annotated[str, "a mail, begun (mailto:), or the address of the contact; empty without a contact"]
    is_mail: Annotated[bool, "true where that is a mail"]


class Suggesting(msgspec.Struct, frozen=True):
    """How a correction of a record is suggested."""

    host: Annotated[str, "the host that the form is on, which sees whoever opens it; empty without a repository"]
    record: Annotated[Channel, "for the record as a whole"]
    paragraphs: Annotated[tuple[Channel, ...], "for each of its paragraphs, omissions left out"]


def suggesting(edition: Edition, card: Card, paragraphs: Sequence[int]) -> Suggesting | None:
    """How a correction of a release, or of one of its paragraphs by their numbers, is suggested.

    None where the archive has neither a repository nor a contact."""
    site = edition.site
    if not (site.repository or site.contact_href):
        return None
    # What the archive publishes has an address in its main edition, which is the same for readers of every language.
    settings = edition.ask.frame().settings
    page = routes.address(settings.base_url, routes.release(card.slug))
    title = card.title if len(card.title) <= _MOST_TITLE else f"{card.title[:_MOST_TITLE]}…"

    def channel(paragraph: int) -> Channel:
        address = f"{page}#p{paragraph}" if paragraph else page
        part = f"paragraph {paragraph}" if paragraph else ""
        form = ""
        if site.repository:
            asked = {
                "template": "correction.yml",
                "title": f"Correction: {title}",
                "page": address,
                "part": part,
                "words": "",
            }
            form = f"{site.repository}/issues/new?" + "&".join(
                f"{key}={_encoded(value)}" for key, value in asked.items()
            )
        mail = site.contact_href
        is_mail = mail.startswith("mailto:")
        if is_mail:
            # RFC 6068 section 5: a line break of a body is %0D%0A.
            lines = (
                "",
                "",
                f"Page: {address}",
                "What is right, and where that can be seen: ",
                "",
                "The present words: ",
                "",
            )
            mail += f"{'&' if '?' in mail else '?'}subject={_encoded(f'Correction: {title}')}&body={_encoded(chr(10).join(lines))}"
        return Channel(paragraph, form, mail, is_mail)

    return Suggesting(
        urlsplit(site.repository).hostname or "" if site.repository else "",
        channel(0),
        tuple(map(channel, paragraphs)),
    )


def _encoded(text: str) -> str:
    return quote(text.replace("\n", "\r\n"), safe="")

"""Ways to suggest a correction of a record: the site's own form, a mail and the repository's form, filled in as far as a page can.

Nothing leaves before the reader follows one. A page has these addresses once: for each paragraph, with its words, they would make it
twice as large. Its script (`assets/correct.js`) makes those of the paragraph that is looked at from them: its number stands behind the
address of the page, in the form also in `part`, and its words are what an address ends with.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, urlsplit

import msgspec

from onrecord import routes
from onrecord.model import Card
from onrecord.views.edition import Edition

_MOST_TITLE = 80


class Channel(msgspec.Struct, frozen=True):
    """A way to suggest a correction of a record."""

    form: Annotated[str, "the address of the form, filled in; empty without a repository"]
    mail: Annotated[str, "a mail, begun (mailto:), or the address of the contact; empty without a contact"]
    is_mail: Annotated[bool, "true where that is a mail"]


class Suggesting(msgspec.Struct, frozen=True):
    """How a correction of a record is suggested."""

    own_form: Annotated[str, "the site's own form, filled in; relative to the top of this edition"]
    host: Annotated[str, "the host that the form is on, which sees whoever opens it; empty without a repository"]
    record: Annotated[Channel, "for the record as a whole"]


def suggesting(edition: Edition, card: Card) -> Suggesting:
    """How a correction of a release is suggested."""
    site = edition.site
    # What the archive publishes has an address in its main edition, which is the same for readers of every language.
    settings = edition.ask.frame().settings
    page = routes.address(settings.base_url, routes.release(card.slug))
    title = card.title if len(card.title) <= _MOST_TITLE else f"{card.title[:_MOST_TITLE]}…"

    form = ""
    if site.repository:
        asked = {
            "template": "correction.yml",
            "title": f"Correction: {title}",
            "page": page,
            "part": "",
            "words": "",
        }
        form = f"{site.repository}/issues/new?" + "&".join(f"{key}={_encoded(value)}" for key, value in asked.items())
    mail = site.contact_href
    is_mail = mail.startswith("mailto:")
    if is_mail:
        # RFC 6068 section 5: a line break of a body is %0D%0A.
        lines = (
            "",
            "",
            f"Page: {page}",
            "What is right, and where that can be seen: ",
            "",
            "The present words: ",
            "",
        )
        mail += f"{'&' if '?' in mail else '?'}subject={_encoded(f'Correction: {title}')}&body={_encoded(chr(10).join(lines))}"
    host = urlsplit(site.repository).hostname or "" if site.repository else ""
    return Suggesting(
        f"{routes.SUGGEST}#page={_encoded(routes.release(card.slug))}", host, Channel(form, mail, is_mail)
    )


def _encoded(text: str) -> str:
    return quote(text.replace("\n", "\r\n"), safe="")

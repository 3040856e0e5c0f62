"""Whom `serve` answers: its own pages, and a person who opens one of them; no page of another address.

Drafts are served, and among the files of a site are scripts that hold their words (the search from a folder needs them). A page of
another address could name such a script and read what it sets, and a picture or a frame tells whether something is there. So a request
has to name this server as its host, once, and may come from nowhere else: a browser says in `Origin` (RFC 6454) and in the headers
`Sec-Fetch-*` (W3C, Fetch Metadata Request Headers) which page is asking. What a browser does with an answer is bound by `HEADERS`, which
also hold where a browser is too old to say.
"""

from __future__ import annotations

from collections.abc import Collection
from email.message import Message
from http import HTTPStatus
from typing import NamedTuple

HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
"""What every answer says: no page of another address may include, frame or keep a handle of it, and it is what its type says."""

_ANOTHER_HOST = "This server answers for this machine only"
_ANOTHER_PAGE = "A page of another address asked for this; open it in a window of its own"


class Refusal(NamedTuple):
    """Why a request is not answered: the status (RFC 9110) and a sentence in ASCII."""

    status: HTTPStatus
    words: str


def refusal(headers: Message, hosts: Collection[str]) -> Refusal | None:
    """Why a GET request with these headers is not answered; None where it is. `hosts` are the server's own (`127.0.0.1:8000`)."""
    named = headers.get_all("Host", [])
    # A name that a foreign site lets point to this machine (DNS rebinding) stands here as the foreign name.
    if len(named) != 1 or named[0].lower() not in hosts:
        return Refusal(HTTPStatus.MISDIRECTED_REQUEST, _ANOTHER_HOST)
    own = f"http://{named[0].lower()}"
    foreign = Refusal(HTTPStatus.FORBIDDEN, _ANOTHER_PAGE)
    if any(origin.lower() != own for origin in headers.get_all("Origin", [])):
        return foreign
    site = ", ".join(headers.get_all("Sec-Fetch-Site", []))
    if site in ("same-origin", "none"):
        return None
    if not site:
        pages = headers.get_all("Referer", [])
        return None if all(page.lower().startswith(f"{own}/") for page in pages) else foreign
    # A link that is followed from elsewhere opens a page for a person; whoever has the link can read nothing of it.
    opened = [", ".join(headers.get_all(f"Sec-Fetch-{name}", [])) for name in ("Mode", "Dest")]
    return None if opened == ["navigate", "document"] else foreign

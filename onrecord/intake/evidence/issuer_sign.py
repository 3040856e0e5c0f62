"""A sign of who published a document: the type that all places give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Group = Literal[
    "label",
    "head",
    "text",
    "subject",
    "today",
    "publisher",
    "site",
    "copyright",
    "address",
    "sender",
    "foot",
    "about",
    "contact",
    "people",
]


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that speak for a name as the publisher's: the name, the group of the sign (two of one group are no two signs), and what they
    are, for a person. The text that speaks as a body is in "text", and in "today" where it does so of the day; where the body is only
    what a sentence is about, in "subject"."""

    name: str
    group: Group
    place: str

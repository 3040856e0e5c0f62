"""Messages: what is attached to what is attached is read, up to a depth that counts the whole chain."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

import pytest

from onrecord.intake.document import Refusal
from onrecord.intake.formats import mail, sniff

RELEASE = (
    "Ferry crews ask for light\n\n8 February 2012\n\n"
    "The crews of the night ferry asked today for light on the pier, and for a rail along the steps that lead down to it.\n"
)


def message(inner: EmailMessage | None, *, as_file: bool) -> bytes:
    """A message without words of its own: with a release as its text, or with a message attached as a file or as a part."""
    outer = EmailMessage()
    outer["From"], outer["Subject"], outer["MIME-Version"] = "Harbour Watch <a@harbour.example>", "Ferry", "1.0"
    if inner is None:
        outer.set_content(RELEASE)
    elif as_file:
        outer.add_attachment(inner.as_bytes(), maintype="application", subtype="octet-stream", filename="message.eml")
    else:
        outer.add_attachment(inner)
    return outer.as_bytes()


def chain(kinds: str) -> bytes:
    """A release in a message that is attached as a file (f) or as a part (p) of another, the innermost first."""
    data = message(None, as_file=False)
    for kind in kinds:
        inner = email.message_from_bytes(data, policy=email.policy.default)
        data = message(inner, as_file=kind == "f")
    return data


@pytest.mark.parametrize("kinds", ["", "f", "p", "ff", "fpf", "pfpf", "f" * mail.MOST_DEPTH])
def test_a_release_is_read_through_the_messages_it_is_attached_to(kinds: str) -> None:
    assert "light on the pier" in "\n".join(block.text for block in sniff.document("a.eml", chain(kinds)).blocks)


@pytest.mark.parametrize("kinds", ["f" * (mail.MOST_DEPTH + 1), "fpfpff", "fff" + "p" * 4])
def test_the_depth_is_that_of_the_whole_chain(kinds: str) -> None:
    with pytest.raises(Refusal, match="attached to messages, more than 5 deep"):
        sniff.document("a.eml", chain(kinds))

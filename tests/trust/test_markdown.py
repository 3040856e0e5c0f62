"""Bodies come from strangers: no script, no event handler and no foreign picture survives, and no text keeps a build busy for ever."""

from __future__ import annotations

import html
import itertools
import re

import pytest
from markdown.serializers import to_xhtml_string

from onrecord import markup
from onrecord.markup import Context, link_targets
from onrecord.markup.github import Converter
from onrecord.model import Target
from onrecord.redaction import Location
from tests import stint
from tests.trust.payloads import LINKS, PLACES, SCRIPTS, TARGETS
from tests.trust.safety import dangers


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_script_survives_in_any_place(script: str) -> None:
    for place in PLACES:
        body, _ = markup.convert(place.replace("{}", script))
        assert dangers(body.html) == [], place


@pytest.mark.parametrize("target", TARGETS)
def test_no_target_runs_or_leads_to_a_host_unseen(target: str) -> None:
    for link in LINKS:
        for context in (Context(), Context(article=True)):
            body, _ = markup.convert(link.replace("{}", target), context)
            assert dangers(body.html) == [], link


def test_pairs_of_scripts_do_not_make_one_together() -> None:
    for first, second in itertools.permutations(SCRIPTS[::3], 2):
        body, _ = markup.convert(f"{first} [a]({second})\n{second}")
        assert dangers(body.html) == [], (first, second)


def test_a_body_cannot_take_the_names_of_parts_of_its_page() -> None:
    body, _ = markup.convert('<p id="main" class="band">x</p>\n\n[^main]\n\n[^main]: x\n\n## main {#main .band}')
    assert dangers(body.html) == []


def test_the_last_layer_holds_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were raw HTML let through, and links not looked at, what comes last would still let nothing pass."""
    open_door = Converter()
    # What is written out of the tree is taken as it is.
    open_door.markdown.serializer = lambda element: html.unescape(html.unescape(to_xhtml_string(element)))
    monkeypatch.setattr(markup, "_converter", open_door)
    for place in PLACES:
        for script in SCRIPTS:
            markup._converter = open_door
            assert dangers(markup._markdown(place.replace("{}", script), Context())[0].html) == [], (place, script)
    monkeypatch.setattr(link_targets, "resolve", lambda written, context: Target("elsewhere", written))
    for target in TARGETS:
        clean = markup._markdown(f"[x](<{target}>) [y]({target})", Context())[0].html
        assert not re.search(
            r"""href=["']?\s*(?:javascript|data|vbscript|file|blob|view-source):""", clean, re.IGNORECASE
        ), target


# ---- texts that would keep a converter busy --------------------------------------------------------------------------------------

BUSY = [
    "[", "[a", "![[]()", "![", '<p x="', "<![CDATA[", "[ a_", "*a **a", "_a __b ", "***", "> ", "`", "\\", "|a", "1. ", "[^1]", "<div>",
    "&", "&#", '[a](b "', "<a@b.c>", "a\n===\n", "\n\n    a",
]  # fmt: skip


# The limit may strike while the garbage collector calls Hypothesis's stop-watch, where Python only remarks on it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("pattern", BUSY)
def test_a_text_made_to_blow_up_is_refused_or_converted_in_bounded_time(
    pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markup, "MOST_SECONDS", 0.3)
    with stint.within(5):
        body, faults = markup.convert(pattern * (64 * 1024 // len(pattern)))
        # The bound is processor time of this process; what is measured here leaves room for a loaded machine, not for a blow-up.
    assert body.html or faults
    assert dangers(body.html) == []


@pytest.mark.parametrize(
    "text", ["- " * 499 + "x", "> " * 5000 + "x", "*a **a" * 2700, "[" * 3000 + "]" * 3000, "* " * 2000]
)
def test_a_text_nested_without_end_is_a_fault_and_no_crash(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MOST_SECONDS", 0.5)
    body, faults = markup.convert(text, Context(location=Location(12)))
    if not body.html:
        assert [(fault.line, fault.code) for fault in faults] == [(12, "too-complex")]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_text_after_one_that_was_stopped_is_converted_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = "A [link](https://example.org/ 'x').\n\n| a |\n|---|\n| b |"
    before = markup.convert(sound)
    with monkeypatch.context() as hurried:
        hurried.setattr(markup, "MOST_SECONDS", 0.05)
        assert markup.convert("*a _b " * 60_000)[1][0].code == "too-complex"
    assert markup.convert(sound) == before


def test_long_honest_texts_pass() -> None:
    table = "| Name | Age | Place |\n|---|---|---|\n" + "\n".join(
        f"| Person {n} | {n % 90} | Village {n} |" for n in range(1500)
    )
    body, faults = markup.convert(table)
    assert faults == ()
    assert body.html.count("<tr") == 1501
    prose = "\n\n".join(f"Paragraph {n} of a *long* report, as \\[one] says. " * 6 for n in range(400))
    body, faults = markup.convert(prose)
    assert faults == ()
    assert len(body.paragraphs) == 400

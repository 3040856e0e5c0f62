"""Style sheets as they are sent are those that were written: Chromium reads the same rules from both."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from onrecord import remarks

ASSETS = Path(__file__).resolve().parents[2] / "templates" / "assets"
RULES = """(text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    // A value with a variable in it is kept as it was written, with blanks that mean nothing.
    return [...sheet.cssRules].map((rule) => rule.cssText.replace(/\\s*([,{};:])\\s*|\\s+/g, "$1 "));
}"""


def test_a_style_sheet_as_it_is_sent_has_the_rules_that_were_written(page: Page) -> None:
    for path in sorted(ASSETS.rglob("*.css")):
        written = path.read_text("utf-8")
        sent = remarks.sent(path.name, written.encode()).decode()
        assert sent != written, path.name
        rules = page.evaluate(RULES, written)
        assert page.evaluate(RULES, sent) == rules
        assert len(rules) > 0

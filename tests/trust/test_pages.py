"""A whole site made of hostile values: every text that a stranger can write comes out as text, on every page and in every file."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import ROOT, run_here
from tests.originals import png, sha256

NASTY = "</title></script></textarea>'\"><script>stolen()</script><img src=x onerror=stolen()>{{ 7*191 }}{% raw %}]]>&lt;b&gt; ${7*191}"
SHORT = "\"><svg onload=stolen()>'{{7*191}}"


def quoted(text: str) -> str:
    """Text between double quotation marks, as YAML, TOML and JSON all read it."""
    return json.dumps(text, ensure_ascii=False)


def content(folder: Path) -> Path:
    """A content folder in which everything that takes free text holds NASTY."""
    nasty = quoted(NASTY)
    markdown = NASTY.replace("<", "\\<")  # so that Markdown shows it; as HTML it would be refused
    put = {
        "archive.toml": "".join(
            f"{key} = {nasty}\n" for key in ("title", "scope", "publisher", "rights", "contact", "started", "branch")
        )
        + 'language = "en"\nlanguages = ["en", "ar"]\nbase_url = "https://archive.example/a%22b\'c/"\nrepository = "https://example.org/\'x"\n',
        "pages/about.md": f"---\ntitle: {nasty}\n---\n{markdown}\n",
    }
    for kind, more in (("topic", ""), ("place", "lat = 1\nlon = 2\n"), ("name", "")):
        put[f"{kind}s.toml"] = (
            f'[[{kind}]]\nlabel = {nasty}\nslug = "x"\naliases = [{quoted(SHORT)}]\ndescription = {nasty}\nkind = {nasty}\n{more}'
            f"translations = {{ ar = {nasty} }}\n"
        )
    fields = "".join(
        f"{key}: {nasty}\n"
        for key in ("title", "subtitle", "date_as_written", "publisher", "reference", "dateline", "rights")
    )
    common = (
        f"{fields}language: en\nextent: full\ntopics: [{nasty}]\nplaces: [{nasty}]\nnames: [{nasty}]\n"
        f"notes: {quoted(markdown)}\nsource:\n"
        f"  url: https://example.org/?a='b&c=%22%3E\n  archived: https://example.org/x';\n  file: {quoted(SHORT)}\n"
    )
    quotations = f"quotations:\n  - speaker: {nasty}\n    text: stolen words\n"
    files = (
        f"files:\n  - file: x.png\n    role: photograph\n    label: {nasty}\n    rights: {nasty}\n    sha256: {sha256(png())}\n"
        f"  - url: https://example.org/?a='b&c=%22%3E\n    role: scan\n    label: {nasty}\n    rights: {nasty}\n    sha256: {'a' * 64}\n"
    )
    words = markdown.replace("[", "\\[").replace("]", "\\]").replace("\n", " ")
    picture = f'![{words}](../files/x.png "{words.replace(chr(34), "")}")'
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "x.png").write_bytes(png())
    quotations += (
        f"figures:\n  - value: stolen words\n    counts: {nasty}\n    series: {nasty}\n    by: {nasty}\n    place: {nasty}\n"
        f"    as_of: 2012-01-01\n  - value: 17 of them\n    low: 17\n    counts: {nasty}\n    series: {nasty}\n    by: {nasty}\n"
        f"    place: {nasty}\n    as_of: 2012-01\n"
    )
    body = f"{markdown}\n\n17 of them heard “stolen words” {markdown}\n\n> {markdown}\n"
    dates = {"2012-02-08": "one", "2012-02": "two", "XXXX-08-01": "three"}
    for number, (date, name) in enumerate(dates.items()):
        stem = f"{'undated' if 'X' in date else date}-{name}"
        same = "same_text_as: [2012-02-two]\n" if number == 0 else ""
        text = common.replace('reference: "', f'reference: "{number} ')
        put[f"releases/{stem}.md"] = f"---\ndate: {date}\n{text}{quotations}{files}{same}---\n{body}\n{picture}\n"
    put["releases/2012-02-09-gone.md"] = (
        f"---\ndate: 2012-02-09\n{common}status: withdrawn\nreason: {nasty}\n---\n{body}".replace(
            'reference: "', 'reference: "9 '
        )
    )
    put["releases/2012-02-10-mended.md"] = (
        f"---\ndate: 2012-02-10\n{common}status: corrected\nreason: {nasty}\n---\n{body}".replace(
            'reference: "', 'reference: "10 '
        )
    )
    put["releases/2012-02-11-draft.md"] = (
        f"---\ndate: 2012-02-11\n{common}status: draft\n"
        f"review:\n  - field: title\n    question: {nasty}\n    evidence: {nasty}\n---\n{body}"
    ).replace('reference: "', 'reference: "11 ')
    for path, text in put.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


class Watch(HTMLParser):
    """Notes what a browser would run or fetch."""

    LOADS = frozenset(
        ["src", "srcset", "data", "poster", "action", "formaction", "background", "manifest", "ping", "srcdoc"]
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.findings: list[str] = []
        self.json: list[str] = []
        self.policy_first = False
        self.seen_script = False
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta" and given.get("http-equiv") == "Content-Security-Policy":
            self.policy_first = not self.seen_script and "default-src 'none'" in given["content"]
        elif tag == "meta" and "http-equiv" in given:
            self.findings.append(f"meta {given}")
        if tag in ("script", "style"):
            # A block of data is not run, whatever stands in it (HTML Living Standard, section 4.12.1).
            data = {"application/ld+json": "json", "application/json": "data"}
            self.inside = data.get(given.get("type", ""), tag)
            self.seen_script |= self.inside == "script"
        published = tag == "img" and re.fullmatch(r"(?:\.\./)+files/[0-9a-f]{64}\.png", given.get("src", ""))
        if tag in ("base", "object", "embed", "iframe", "frame", "applet", "img", "video", "audio") and not published:
            self.findings.append(f"<{tag} {given}>")
        for name, value in given.items():
            if value == "data:,":  # an empty icon: it keeps browsers from asking for one
                continue
            if name.startswith("on"):
                self.findings.append(f"<{tag} {name}={value}>")
            loads = name in self.LOADS or (
                name == "href" and tag == "link" and given.get("rel") not in ("canonical", "alternate")
            )
            if loads and re.match(r"\s*(?:[a-z][a-z0-9+.-]*:|//)", value, re.IGNORECASE):
                self.findings.append(f"<{tag} {name}={value}>")
            if name == "href" and not re.match(r"https?://|mailto:|#|[^:]*$", value):
                self.findings.append(f"<{tag} {name}={value}>")

    def handle_data(self, data: str) -> None:
        if self.inside == "json":
            self.json.append(data)
        elif self.inside == "script" and data.strip():
            self.findings.append(f"inline script: {data[:60]}")
        if "1337" in data:
            self.findings.append(f"a template was evaluated: {data[:60]}")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.inside = ""

    def handle_comment(self, data: str) -> None:
        if "stolen" in data:
            self.findings.append(f"comment {data}")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    ran = run_here(
        ["--content", str(content(folder / "content")), "--out", str(folder / "site"), "--no-search", "--drafts"]
    )
    assert ran.code == 0, ran.out + ran.err
    return folder / "site"


def test_no_page_runs_or_fetches_what_a_stranger_wrote(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        watch = Watch()
        watch.feed(page.read_text(encoding="utf-8"))
        watch.close()
        assert watch.findings == [], page.relative_to(site)
        assert watch.policy_first, page.relative_to(site)
        for text in watch.json:
            json.loads(text)


def test_no_page_holds_a_character_that_nobody_sees(site: Path) -> None:
    """Controls are no characters of HTML (HTML Living Standard, section 13.2.3.5), and the others turn or hide what stands beside them."""
    hidden = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff]")
    for page in sorted(site.rglob("*.html")):
        match = hidden.search(page.read_bytes().decode())
        assert match is None, (page.relative_to(site), match)


def test_what_a_stranger_wrote_can_be_read(site: Path) -> None:
    """Nothing is lost either: the title is on its page in full, as text."""

    class Heading(HTMLParser):
        text, inside = "", False

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.inside |= tag == "h1"

        def handle_endtag(self, tag: str) -> None:
            self.inside &= tag != "h1"

        def handle_data(self, data: str) -> None:
            self.text += data if self.inside else ""

    heading = Heading()
    heading.feed((site / "releases" / "2012-02-08-one.html").read_text(encoding="utf-8"))
    assert heading.text.strip() == NASTY


def test_feeds_and_data_are_well_formed(site: Path) -> None:
    checked = 0
    for file in sorted(site.rglob("*")):
        if file.suffix in (".atom", ".xml", ".svg"):
            ET.fromstring(file.read_bytes())  # noqa: S314 - our own file
            checked += 1
        elif file.suffix == ".json":
            json.loads(file.read_text(encoding="utf-8"))
            checked += 1
    assert checked > 8


def test_citations_hold_one_record_each(site: Path) -> None:
    for file in sorted((site / "releases").glob("*.bib")):
        text = file.read_text(encoding="utf-8")
        assert text.count("@") - text.count("\\@") == 1, file.name
    for file in sorted((site / "releases").glob("*.ris")):
        lines = file.read_text(encoding="utf-8").splitlines()
        assert [line[:5] for line in lines].count("TY  -") == 1, file.name
        assert all(re.match(r"[A-Z][A-Z0-9]  - ?", line) for line in lines if line), file.name


def test_templates_translate_nothing_that_a_stranger_wrote() -> None:
    """What goes through `_( )` comes out as HTML that is not escaped again; only words of ours, and the kinds of the schema, may."""
    phrases = [
        f"{file.name}: {call[0]}"
        for file in sorted((ROOT / "templates").rglob("*.html"))
        for call in re.finditer(r"\b(?:_|n?gettext)\(\s*(?!['\"])([^)]*)\)", file.read_text(encoding="utf-8"))
        if call[1] != "kind"
    ]
    assert phrases == []


def test_a_browser_runs_and_asks_for_nothing(site: Path, chromium: Browser) -> None:
    """Every page in a real browser: no script of a stranger's runs, the policy has nothing to stop, and no request leaves the folder."""
    context = chromium.new_context()
    page = context.new_page()
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(
        "window.stolen = () => { throw new Error('a script ran'); };"
        "addEventListener('securitypolicyviolation', (event) => console.error('stopped: ' + event.blockedURI));"
    )
    for file in sorted(site.rglob("*.html")):
        page.goto(file.as_uri())
        assert errors == [], file.relative_to(site)
        assert [url for url in requests if not url.startswith((site.as_uri(), "data:"))] == [], file.relative_to(site)
        requests.clear()
    context.close()

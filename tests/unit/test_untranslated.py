"""No word of the interface is left in English: pages made with a catalogue whose every phrase is marked."""

from __future__ import annotations

import gettext
import re
import shutil
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from onrecord import languages
from onrecord.render.compiling import Environment
from onrecord.schema import KINDS
from tests import untranslated
from tests.conftest import run_here
from tests.invented import TEMPLATES

OPEN, SHUT = "⟦", "⟧"
NAMED = frozenset(
    """Onrecord Markdown JSON BibTeX RIS CSL CSV XLSX Atom OPML MIT WGS SKOS Turtle SHA BagIt
    RFC EDTF BCP UTF PDF HTML Feed Lines Natural Earth SIL OFL ISC Wikidata OpenStreetMap GeoNames
    Chicago APA MLA Bluebook OSCOLA Wikipedia CC BY Zotero GitHub JavaScript""".split()
)
"""Names of formats, styles and works, which every language writes so."""
SHOWN_ATTRIBUTES = (
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
    "title",
    "placeholder",
    "alt",
    "label",
)
SILENT = frozenset(["bdi", "script", "style", "code", "kbd", "template"])
"""What holds no phrase: names and values, whose direction is their own, stand in `bdi`."""


def marked(folder: Path) -> Path:
    """A copy of the templates whose Arabic catalogue has each phrase between marks. Months, days and the names of languages are then in
    Arabic letters, and so is all content: what is in Latin letters and not marked, nobody has translated."""
    copied = folder / "templates"
    shutil.copytree(TEMPLATES, copied)
    catalogue = Catalog(locale="ar")
    for phrase in untranslated.phrases():
        text = [f"{OPEN}{form}{SHUT}" for form in ([phrase] if isinstance(phrase, str) else phrase)]
        catalogue.add(phrase, text[0] if isinstance(phrase, str) else (text[0], *[text[1]] * 5))
    with (copied / "locale" / "ar.po").open("wb") as file:
        write_po(file, catalogue, width=0)
    return copied


class Words(HTMLParser):
    """What a reader of a page sees or hears: texts and attributes, with the place of each."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.path: list[str] = []
        self.silent = 0
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes the attributes that are shown."""
        values = {name: value or "" for name, value in attrs}
        for name, value in values.items():
            if name in SHOWN_ATTRIBUTES or name.startswith("data-words-"):
                self.found.append((f"{'>'.join(self.path[-3:])}>{tag}[{name}]", value))
        if tag == "meta" and (values.get("name") == "description" or values.get("property", "").startswith("og:title")):
            self.found.append(("meta", values.get("content", "")))
        if tag in VOID:
            return
        if self.path and self.path[-1].rstrip("!") in IMPLIED.get(tag, ()):
            self.leave()
        foreign = values.get("lang", "").partition("-")[0] not in ("", "ar")
        self.path.append(f"{tag}{'!' if foreign or tag in SILENT else ''}")
        self.silent += self.path[-1].endswith("!")

    def handle_endtag(self, tag: str) -> None:
        """Leaves the element."""
        if tag in VOID:
            return
        while self.path and self.leave() != tag:
            pass

    def leave(self) -> str:
        """Leaves the innermost element, and says which it was."""
        inner = self.path.pop()
        self.silent -= inner.endswith("!")
        return inner.rstrip("!")

    def handle_data(self, data: str) -> None:
        """Notes a text that is not in another language."""
        if not self.silent:
            self.found.append((">".join(self.path[-3:]), data))


IMPLIED = {"li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "option": ("option",)}
"""Elements that end those before them."""
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


def unmarked(page: str) -> Iterator[tuple[str, str]]:
    """The texts of a page without what stands between marks, with the place of each. A phrase may go on over several texts."""
    words = Words()
    words.feed(page)
    depth = 0
    for place, text in words.found:
        in_text = "[" not in place and place != "meta"
        level, plain = depth if in_text else 0, []
        for char in text:
            level += (char == OPEN) - (char == SHUT)
            if level == 0 and char != SHUT:
                plain.append(char)
            elif char == OPEN:
                plain.append("\u0621")
        depth = level if in_text else depth
        yield place, "".join(plain)


_ADDRESS = re.compile(r"https?://\S+|[\w./-]+\.(?:html|json|csv|jsonl|atom|bib|ris|md|ttl|opml|zip|svg|toml|txt)\b")


def english(page: str) -> Iterator[str]:
    """The words in Latin letters of a page that are neither marked nor names."""
    for place, text in unmarked(page):
        left = [word for word in re.findall("[A-Za-z]{2,}", _ADDRESS.sub(" ", text)) if word not in NAMED]
        if left:
            yield f"{place}: {' '.join(left)} (in {text.strip()[:100]!r})"


def latin_marks(page: str) -> Iterator[str]:
    """Latin commas, semicolons, question marks and quotation marks between or around Arabic values."""
    for place, text in unmarked(page):
        if re.search(r"(?:^|[\u0600-\u06ff\s»)])[,;?](?:\s|$)|[“”„]", text):
            yield f"{place}: {text.strip()[:100]!r}"


CONTENT = {
    "archive.toml": """title = "أوراق الميناء"
scope = "بيانات عن الميناء."
language = "ar"
languages = ["ar"]
publisher = "جمعية الميناء"
repository = "https://github.com/harbour/papers"
rights = "كلمات الأرشيف لمن شاء."
contact = "mailto:desk@harbour.example"
base_url = "https://harbour.example/"
""",
    "topics.toml": """[[topic]]
label = "ماء"
slug = "ma"
description = "ماء للشرب."
aliases = ["مياه"]

[[topic]]
label = "ضوء"
slug = "daw"
""",
    "places.toml": """[[place]]
label = "الساحل"
slug = "sahil"
kind = "region"

[[place]]
label = "الميناء"
slug = "mina"
kind = "city"
within = "الساحل"
lat = 35.5
lon = 36.2
same_as = ["https://www.wikidata.org/wiki/Q41183"]
""",
    "names.toml": """[[name]]
label = "سلمى"
slug = "salma"
kind = "person"
aliases = ["سلمى الصيادة"]

[[name]]
label = "جمعية الميناء"
slug = "jamia"
kind = "organization"
""",
    "pages/about.md": "---\ntitle: عن الأرشيف\n---\nكلمات عن الأرشيف.\n",
}
FRONT = """---
title: {title}
date: {date}
publisher: {publisher}
language: {language}
extent: {extent}
status: {status}
topics: [ماء, ضوء]
places: [الميناء]
names: [سلمى, جمعية الميناء]
{more}---
{body}
"""
FIGURE = """figures:
  - value: "{value}"
    counts: قارب
    series: قوارب
    by: سلمى
    as_of: {day}
    place: الميناء
"""
BODY = "قالت سلمى إن الضوء حق في الميناء، وإن {value} قارب تنتظر.\n\n## بقية\n\nلم يصل رد حتى اليوم، وقد كتب الصيادون مرتين (…)"
RELEASES: list[tuple[str, dict[str, str]]] = [
    (
        "2012/2012-02-08-light",
        {
            "date": "2012-02-08",
            "more": 'date_as_written: ٨ شباط ٢٠١٢\ndate_basis: header\nreference: "٤/١٢"\nkind: press release\n'
            "subtitle: والميناء مظلم\ndateline: الميناء\nquotations:\n  - speaker: سلمى\n    text: الضوء حق\n    paragraph: 1\n"
            + FIGURE.format(value="٢٠٠", day="2012-02-07")
            + "source:\n  url: https://harbour.example/12\n  file: light.txt\n  sha256: "
            + "a" * 64
            + "\n",
            "body": BODY.format(value="٢٠٠"),
        },
    ),
    (
        "2012/2012-03-light-again",
        {
            "date": "2012-03",
            "more": 'reference: "٥/١٢"\nkind: statement\nsame_text_as: [2012-02-08-light]\nfollows: [2012-02-08-light]\n'
            + FIGURE.format(value="٣٠٠", day="2012-03-01"),
            "body": BODY.format(value="٣٠٠"),
        },
    ),
    (
        "2012/2012-02-08-summary",
        {
            "date": "2012-02-08",
            "extent": "abstract",
            "status": "corrected",
            "more": "reason: صُحح التاريخ.\nchanged: 2012-06-01\ncorrections:\n  - date: 2012-06-01\n    field: date\n"
            "    was: 2012-02-07\n    now: 2012-02-08\n    found_by: قارئ\n"
            "quotations:\n  - speaker: سلمى\n    summary: قالت إن الضوء حق.\n",
            "body": "تقول الجمعية إن الضوء حق.",
        },
    ),
    (
        "2012/2012-04-withdrawn",
        {
            "date": "2012-04",
            "status": "withdrawn",
            "more": "reason: سحبه الناشر.\nchanged: 2012-05-01\n",
            "body": "سُحب.",
        },
    ),
    (
        "2012/2012-02-09-translated",
        {
            "date": "2012-02-09",
            "language": "fa",
            "title": "ماهیگیران نور می‌خواهند",
            "extent": "excerpt",
            "more": "translation_of: 2012-02-08-light\n",
            "body": "سلما گفت نور حق است و ۲۰۰ قایق منتظرند.",
        },
    ),
    ("undated/undated-steps", {"date": "XXXX-08-01", "publisher": "not stated", "body": "درجات في الميناء."}),
    ("undated/undated-more", {"date": "XXXX", "body": "درجات أخرى في الميناء."}),
    (
        "2013/2013-draft",
        {"date": "2013", "status": "draft", "more": "review:\n  - field: date\n    question: متى؟\n", "body": "مسودة."},
    ),
    ("2013/2013-2014-span", {"date": "2013/2014", "body": "سنتان في الميناء."}),
]


def written(folder: Path) -> Path:
    """The content folder: everything that a page can show, in Arabic letters."""
    for path, text in CONTENT.items():
        target = folder / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    usual = {
        "title": "الصيادون يطلبون الضوء",
        "publisher": "جمعية الميناء",
        "language": "ar",
        "extent": "full",
        "status": "published",
        "more": "",
    }
    for path, fields in RELEASES:
        target = folder / "content" / "releases" / f"{path}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(FRONT.format(**usual | fields), encoding="utf-8")
    return folder / "content"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of that content with marked phrases, drafts shown."""
    folder = tmp_path_factory.mktemp("untranslated")
    content, templates, out = written(folder), marked(folder), folder / "site"
    ran = run_here(["--content", str(content), "--templates", str(templates), "--out", str(out), "--drafts"])
    assert ran.code == 0, ran.err + ran.out
    return out


def test_no_page_has_a_word_in_english_that_is_not_content(made: Path) -> None:
    assert not (left := _on_pages(made, english)), left


def test_values_in_arabic_stand_between_arabic_marks(made: Path) -> None:
    assert not (left := _on_pages(made, latin_marks)), left


def test_a_policy_of_a_page_is_the_same_in_every_language(made: Path) -> None:
    for path in made.rglob("*.html"):
        policy = re.search('Content-Security-Policy" content="([^"]*)"', path.read_text(encoding="utf-8"))
        assert policy, path
        assert policy[1].isascii(), path
        assert policy[1].count(";") >= 4, path


def test_no_script_is_handed_a_phrase_in_english(made: Path) -> None:
    """What pages hand to their scripts as JSON, and the phrases of every page's scripts."""
    left = []
    for path in [*made.rglob("*.html"), *made.rglob("phrases.js")]:
        text = path.read_text(encoding="utf-8")
        scripts = (
            [text]
            if path.suffix == ".js"
            else re.findall(r'type="application/json"[^>]*>(.*?)</script>', text, re.DOTALL)
        )
        for script in scripts:
            for literal in re.findall(r'"((?:[^"\\]|\\.)*)"', script):
                # The kinds of releases are values there, as records write them.
                if re.search("[A-Za-z]{2,} [A-Za-z]{2,}", literal) and OPEN not in literal and literal not in KINDS:
                    left.append(f"{path.relative_to(made)}: {literal}")
    assert not left


WRITTEN_IN_ENGLISH = {
    "search-save.js": "files of results, which are in English like the citations of each release",
    "contribute-words.js": "words of all languages, by which what is typed is understood",
    "search-engine.js": "errors between a worker and its page, which nobody is shown",
}
NO_PHRASE = re.compile(
    "use strict|const window|(?:Enter|Escape|Tab|Home|End|Backspace|Delete|Summary|Arrow[A-Z][a-z]+|Page(?:Up|Down))$"
)


def texts_of(code: str) -> Iterator[str]:
    """The texts in quotation marks of a script, with a blank for each value in them; errors, which nobody is shown, are left out."""
    at, before = 0, ""
    while at < len(code):
        char = code[at]
        if code.startswith(("//", "/*"), at):
            end = code.find("\n" if code[at + 1] == "/" else "*/", at)
            at = len(code) if end < 0 else end + 2 * (code[at + 1] == "*")
        elif char in "\"'`":
            end = at + 1
            while code[end] != char:
                end += 2 if code[end] == "\\" else 1
            if not code[:at].rstrip().endswith(("Error(", "closest(", "querySelector(", "querySelectorAll(")):
                yield re.sub(r"\$\{[^}]*\}", " ", code[at + 1 : end])
            before, at = char, end + 1
        elif char == "/" and (before in "(,=:[!&|?{};" or not before):
            end, in_class = at + 1, False
            while code[end] != "/" or in_class:
                in_class = (in_class or code[end] == "[") and code[end] != "]"
                end += 2 if code[end] == "\\" else 1
            before, at = "/", end + 1
        else:
            before, at = (before if char.isspace() else char), at + 1


@pytest.mark.parametrize("script", sorted((TEMPLATES / "assets").glob("*.js")), ids=lambda path: path.name)
def test_no_script_has_a_phrase_of_its_own(script: Path) -> None:
    """A script says what its page hands to it: no text between quotation marks has two words of English in a row."""
    texts = list(texts_of(script.read_text(encoding="utf-8")))
    assert texts
    words = re.compile(r"(?<![-\w])[A-Za-z]{2,} [A-Za-z]{2,}(?![-\w])|^[A-Z][a-z]{2,}[.:]?$")
    phrases = [text for text in texts if words.search(text) and not NO_PHRASE.match(text)]
    assert bool(phrases) == (script.name in WRITTEN_IN_ENGLISH), phrases


@pytest.mark.parametrize(
    ("template", "page"),
    [
        ("{{ a }}, {{ b }}; {{ c }}", "1، 2؛ 3"),
        (
            '{{ a }} · {% if b %}<i title="{{ b }} · {{ c }}">{% trans %}Now{% endtrans %} · </i>{% endif %}',
            '1؛ <i title="2؛ 3">Now؛ </i>',
        ),
        ("Now · {{ a }}", "Now؛ 1"),
        ("“{{ a }}”", "«1»"),
        (
            '<p title="{{ a }}, {{ b }}" data-x="a, b" class="x">{{ a }},</p>',
            '<p title="1، 2" data-x="a, b" class="x">1،</p>',
        ),
        ("<script>let a, b;</script>{{ a }}, <code>x, y</code>, ", "<script>let a, b;</script>1، <code>x, y</code>، "),
        ('<p lang="en">{{ a }}, <i>x</i>, <p>y, </p></p>, ', '<p lang="en">1, <i>x</i>, <p>y, </p></p>، '),
        ("&amp;{{ a }}&#39; &nbsp;", "&amp;1&#39; &nbsp;"),
        ('<p{% if a %} lang="{{ b }}"{% endif %}>, </p>', '<p lang="2">، </p>'),
        ("{% trans %}One, two{% endtrans %}, ", "One, two، "),
        ("{% block policy %}x 'none'; y '{{ a }}'; z: '{{ b }}'; w{% endblock %}", "x 'none'; y '1'; z: '2'; w"),
        ("<a title=\"it's, {{ a }}\">'{{ a }}', </a>", "<a title=\"it's, 1\">'1'، </a>"),
    ],
)
def test_separators_of_a_template_are_those_of_the_language(template: str, page: str) -> None:
    def made(language: str, name: str) -> str:
        environment = Environment(
            gettext.NullTranslations(), languages.separators(language), loader=jinja2.DictLoader({name: template})
        )
        return environment.get_template(name).render(a="1", b="2", c="3")

    assert made("ar", "x.html") == page
    if "·" in template:
        assert made("en", "x.html") == page.replace("؛", "\u00a0·")
        return
    assert made("en", "x.html") == page.translate({ord("،"): ",", ord("؛"): ";", ord("«"): "“", ord("»"): "”"})
    assert ord("،") not in map(ord, made("ar", "x.js"))


@pytest.mark.parametrize("language", languages.INTERFACE)
def test_no_line_can_begin_with_what_stands_between_two_statements(language: str) -> None:
    between = languages.between(language)
    assert re.fullmatch("\u00a0· |؛ ", between)
    # Nothing but the gate writes the mark: no phrase, no script, no style sheet.
    assert not [phrase for phrase in untranslated.phrases() if "·" in str(phrase)]
    for path in sorted((TEMPLATES / "assets").glob("*.[cj]s*")):
        assert "·" not in path.read_text(encoding="utf-8"), path.name


def test_french_has_spaces_that_do_not_break_before_its_marks() -> None:
    marks = languages.separators("fr")
    assert (marks[":"], marks[";"], marks["“"], marks["”"]) == ("\u00a0:", "\u202f;", "«\u00a0", "\u00a0»")
    assert languages.listed(["a", "b"], "fa") == "a، b"
    assert languages.listed(["a", "b"], "ru") == "a, b"


def _on_pages(made: Path, look: Callable[[str], Iterator[str]]) -> str:
    left: dict[str, list[str]] = {}
    pages = sorted(made.rglob("*.html"))
    assert len(pages) > 30
    for path in pages:
        for found in look(path.read_text(encoding="utf-8")):
            left.setdefault(found, []).append(path.relative_to(made).as_posix())
    return "\n".join(f"{found}\n    on {', '.join(on[:3])}" for found, on in left.items())

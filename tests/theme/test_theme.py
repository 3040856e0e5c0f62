"""A theme: what it changes, what it leaves alone, and how its mistakes are told."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes

from onrecord.theme import contrast, tokens
from tests.conftest import ROOT, Run

SITE = ROOT / "tests" / "sites" / "good" / "empty" / "content"
TEMPLATES = ROOT / "templates"
CONTRACT = Path(__file__).parent / "contract.txt"
_EXAMPLE = re.compile(r"^`theme/([\w./-]+)`.*?\n\n```\w+\n(.*?)```", re.MULTILINE | re.DOTALL)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    return tmp_path


def write(archive: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = archive / "theme" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def told(run: Run, archive: Path) -> list[str]:
    """The problems of the theme, without the folder above it."""
    out = run("check", "--content", archive / "content").out
    return [line.partition("/theme/")[2] for line in out.splitlines() if "/theme/" in line]


def test_the_worked_example_of_the_guide_works(run: Run, archive: Path) -> None:
    files = {match[1]: match[2] for match in _EXAMPLE.finditer((ROOT / "docs" / "theme.md").read_text("utf-8"))}
    assert set(files) == {"theme.toml", "assets/logo.svg", "templates/skeleton.html", "templates/parts/lists.html"}
    write(archive, files)
    assert told(run, archive) == []
    site = archive / "site"
    assert run("--content", archive / "content", "--out", site, "--no-search").code == 0
    page, arabic = (site / "index.html").read_text("utf-8"), (site / "ar" / "index.html").read_text("utf-8")
    assert '<link rel="stylesheet" href="assets/theme.css">' in page
    assert '<img class="logo" src="assets/theme/logo.svg" alt="" width="48" height="40">' in page
    inner = (site / "releases" / "index.html").read_text("utf-8")
    assert '<img src="../assets/theme/logo.svg" alt="" width="48" height="40">' in inner
    assert "Kept by the Harbour Archive" in page
    assert "يحفظه أرشيف الميناء." in arabic
    assert '<p class="wide">Syria on record: read with care.</p>' in page
    assert "--mark: light-dark(#1f6f5c, " in (site / "assets" / "theme.css").read_text("utf-8")
    assert (site / "assets" / "theme" / "logo.svg").is_file()
    assert run("verify", site).code == 0


def test_a_change_of_the_theme_makes_again_what_shows_it_and_nothing_is_kept_wrongly(run: Run, archive: Path) -> None:
    content, site = archive / "content", archive / "site"
    build = ("--content", content, "--out", site, "--no-search")
    run(*build)
    plain = (site / "index.html").read_bytes()
    write(archive, {"theme.toml": '[footer]\ntext = "One."\n'})
    run(*build)
    assert "<p>One.</p>" in (site / "index.html").read_text("utf-8")
    write(archive, {"theme.toml": '[footer]\ntext = "Two."\n[colours.light]\nmark = "#1f6f5c"\n'})
    run(*build)
    assert "<p>Two.</p>" in (site / "index.html").read_text("utf-8")
    assert run(*build, "--audit").code == 0
    write(archive, {"templates/parts/lists.html": "{% macro entries(releases, root) %}<p>mine</p>{% endmacro %}\n"})
    run(*build)
    assert "<p>mine</p>" in (site / "releases" / "index.html").read_text("utf-8")
    assert run(*build, "--audit").code == 0
    shutil.rmtree(archive / "theme")
    run(*build)
    assert (site / "index.html").read_bytes() == plain
    assert not (site / "assets" / "theme.css").exists()


def test_a_macro_of_the_theme_is_called_by_those_of_the_program(run: Run, archive: Path) -> None:
    write(
        archive,
        {"templates/parts/fields.html": "{% macro tag(needed) %}{% if needed %} <b>!</b>{% endif %}{% endmacro %}\n"},
    )
    assert run("--content", archive / "content", "--out", archive / "site", "--no-search").code == 0
    page = (archive / "site" / "contribute.html").read_text("utf-8")
    assert '<label for="r-title">Title <b>!</b></label>' in page
    assert '<p class="help" id="r-title-help">' in page


def test_a_phrase_of_the_theme_stands_in_place_of_the_program_s(run: Run, archive: Path) -> None:
    head = 'msgid ""\nmsgstr ""\n"Language: ar\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    write(archive, {"templates/locale/ar.po": head + 'msgid "Colophon"\nmsgstr "عن الموقع"\n'})
    assert run("--content", archive / "content", "--out", archive / "site", "--no-search").code == 0
    page = (archive / "site" / "ar" / "index.html").read_text("utf-8")
    assert ">عن الموقع</a>" in page
    assert ">ملاحظات" not in page.partition("<main")[0]


MISTAKES = {
    "a colour that is not told apart": (
        {"theme.toml": '[colours.light]\nlink = "#7fb0d8"\n'},
        "theme.toml:2:1: theme-contrast “link” (#7fb0d8) on “paper”",
    ),
    "a behind that takes the text away": (
        {"theme.toml": '[colours.dark]\npaper = "#777777"\n'},
        "theme.toml:2:1: theme-contrast “ink”",
    ),
    "a key that is not known": ({"theme.toml": '[logos]\nfile = "x"\n'}, "theme.toml:1:1: unknown-key “logos”"),
    "no colour": ({"theme.toml": '[colours.dark]\nmark = "red"\n'}, "theme.toml:2:1: theme-value “red”"),
    "a logo without words": (
        {
            "theme.toml": '[logo]\nfile = "assets/x.svg"\n',
            "assets/x.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
        },
        "theme.toml:2:1: theme-value “alt”",
    ),
    "a logo that is not there": (
        {"theme.toml": '[logo]\nfile = "assets/x.svg"\nalt = ""\n'},
        "theme.toml:2:1: theme-file There is no file",
    ),
    "a logo that runs a script": (
        {
            "theme.toml": '[logo]\nfile = "assets/x.svg"\nalt = ""\n',
            "assets/x.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">\n<script/></svg>',
        },
        "assets/x.svg:2:1: theme-logo “script”",
    ),
    "a logo that asks another host": (
        {
            "theme.toml": '[logo]\nfile = "assets/x.svg"\nalt = ""\n',
            "assets/x.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><image href="https://example.org/x"/></svg>',
        },
        "assets/x.svg:1:1: theme-logo “https://example.org/x”",
    ),
    "a link that leads nowhere": (
        {"theme.toml": '[[footer.links]]\nlabel = "x"\nhref = "javascript:1"\n'},
        "theme.toml:3:1: theme-value “javascript:1”",
    ),
    "a style from another place": (
        {"theme.css": "a {\n  color: red; background: url(https://example.org/x) }"},
        "theme.css:2:",
    ),
    "a block that nothing shows": (
        {"templates/skeleton.html": '{% extends "shipped/skeleton.html" %}\n{% block colophn %}x{% endblock %}'},
        "templates/skeleton.html:2:1: theme-block There is no block “colophn”",
    ),
    "a variable that the page has not": (
        {"templates/home.html": '{% extends "shipped/home.html" %}\n{% block main %}{{ cuont }}{% endblock %}'},
        "templates/home.html:2:1: theme-variable “cuont”",
    ),
    "a field that a variable has not": (
        {"templates/home.html": '{% extends "shipped/home.html" %}\n{% block main %}{{ site.tilte }}{% endblock %}'},
        "templates/home.html:2:1: theme-variable “site” has no “tilte”. Did you mean “title”?",
    ),
    "a template that cannot be read": (
        {"templates/home.html": "{% extends 'shipped/home.html' %}\n{% block main %}"},
        "templates/home.html:2:1: theme-template",
    ),
    "a template that is made of itself": (
        {"templates/home.html": "{% extends 'home.html' %}"},
        "templates/home.html:1:1: theme-template A template cannot be made of itself",
    ),
    "a macro that takes something else": (
        {"templates/parts/lists.html": "{% macro entries(them) %}{% endmacro %}"},
        "templates/parts/lists.html:1:1: theme-macro",
    ),
    "a template that the program has not": ({"templates/hom.html": "x"}, "templates/hom.html:1:1: theme-file"),
    "a copy that has grown old": (
        {"templates/404.html": "{# copied from onrecord 000000000000 #}"},
        "templates/404.html:1:1: theme-copy warning: 404.html was changed",
    ),
    "a file that is not part of a theme": ({"them.toml": ""}, "them.toml:1:1: theme-file"),
}


@pytest.mark.parametrize("mistake", sorted(MISTAKES))
def test_a_mistake_is_told_with_file_and_line(run: Run, tmp_path: Path, mistake: str) -> None:
    shutil.copytree(SITE, tmp_path / "content")
    files, expected = MISTAKES[mistake]
    write(tmp_path, files)
    found = told(run, tmp_path)
    assert any(line.startswith(expected) for line in found), found
    if "warning" not in expected:
        built = run("--content", tmp_path / "content", "--out", tmp_path / "site", "--no-search")
        assert (built.code, (tmp_path / "site").exists()) == (1, False)


def test_the_colours_of_the_program_itself_are_told_apart() -> None:
    known = tokens.tokens((TEMPLATES / "assets" / "site.css").read_text("utf-8"))
    for mode in (0, 1):
        assert contrast.failing({name: pair[mode] for name, pair in known.colours.items()}) == []


def test_a_proposed_colour_passes_and_keeps_its_hue() -> None:
    known = tokens.tokens((TEMPLATES / "assets" / "site.css").read_text("utf-8"))
    light = {name: pair[0] for name, pair in known.colours.items()}
    for given in ("#7fb0d8", "#ffcc00", "#00ff66", "#ff66cc"):
        proposed = contrast.nearest("link", {**light, "link": given})
        assert contrast.ratio(proposed, light["paper"]) >= 4.5
        assert contrast.ratio(proposed, light["raised"]) >= 4.5
        assert abs(contrast.lch(proposed)[2] - contrast.lch(given)[2]) < 0.15


def names() -> list[str]:
    """What a theme may rely on: blocks, macros with what they take, tokens."""
    environment = jinja2.Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    found = []
    for path in sorted(TEMPLATES.glob("**/*.html")):
        tree = environment.parse(path.read_text("utf-8"))
        name = path.relative_to(TEMPLATES).as_posix()
        found += [f"block {name} {block.name}" for block in tree.find_all(nodes.Block)]
        for macro in tree.find_all(nodes.Macro):
            found.append(f"macro {name} {macro.name}({', '.join(argument.name for argument in macro.args)})")
    known = tokens.tokens((TEMPLATES / "assets" / "site.css").read_text("utf-8"))
    return sorted({*found, *(f"token {name}" for name in (*known.colours, *known.others))})


def test_what_themes_rely_on_is_kept(accept: bool) -> None:
    """A name that goes breaks the themes that use it: keep it, or say in CHANGELOG.md what stands in its place. New names join the list."""
    if accept:
        CONTRACT.write_text("\n".join(names()) + "\n", encoding="utf-8")
    listed = CONTRACT.read_text("utf-8").splitlines()
    present = names()
    assert [name for name in listed if name not in present] == []
    assert [name for name in present if name not in listed] == []

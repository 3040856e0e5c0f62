"""Templates: what they may ask for, and how a broken one is told."""

from __future__ import annotations

import dataclasses
import pickle
import re
import shutil
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

from onrecord import views
from onrecord.plan import Output
from onrecord.render import Renderer, TemplateProblem
from onrecord.search.view import STRINGS, Facet, FacetValue, SearchView
from onrecord.templates import Templates
from onrecord.views import contract
from tests import invented
from tests.invented import TEMPLATES, archive, harbour, workshop

ENVIRONMENT = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
ENVIRONMENT.filters |= {"number": str, "sha256": str, "words": str}
PARTS = {path.relative_to(TEMPLATES).as_posix(): path for path in sorted(TEMPLATES.glob("**/*.html"))}
GIVEN = {"_", "gettext", "ngettext", "search", "root"}


@dataclasses.dataclass(frozen=True)
class Small:
    title: str


def parsed(name: str) -> nodes.Template:
    return ENVIRONMENT.parse(PARTS[name].read_text("utf-8"))


def whole(name: str, seen: set[str] | None = None) -> list[nodes.Template]:
    """A template with everything it includes."""
    seen = seen if seen is not None else set()
    if name in seen or name == "search.html" or not name.endswith(".html"):
        return []
    seen.add(name)
    tree = parsed(name)
    below = [inner for other in meta.find_referenced_templates(tree) if other for inner in whole(other, seen)]
    return [tree, *below]


def test_the_readme_lists_what_the_templates_receive() -> None:
    assert (TEMPLATES / "README.md").read_text("utf-8") == views.readme(), "run: python build.py derive"


@pytest.mark.parametrize("name", sorted(views.TEMPLATES))
def test_a_template_uses_all_it_receives_and_nothing_else(name: str) -> None:
    trees = whole(name)
    asked = {variable for tree in trees for variable in meta.find_undeclared_variables(tree)}
    written = {node.name for tree in trees for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    received = {field.name for field in dataclasses.fields(views.TEMPLATES[name])}
    assert asked - written - GIVEN <= received
    assert received <= asked | GIVEN


def test_every_field_of_the_shapes_is_used_by_a_template_and_every_used_field_exists() -> None:
    trees = [parsed(name) for name in PARTS]
    used = {node.attr for tree in trees for node in tree.find_all(nodes.Getattr)}
    shapes = contract.shapes(views.TEMPLATES)
    known = {field.name for shape in (*shapes, Facet, FacetValue, SearchView) for field in dataclasses.fields(shape)}
    assert used - known - set(STRINGS) <= {"last", "first", "index", "index0"}, (
        "fields of Jinja's loop are the only others"
    )
    unused = {
        f"{shape.__name__}.{field.name}"
        for shape in shapes
        for field in dataclasses.fields(shape)
        if field.name not in used
    }
    assert not unused


def test_every_template_file_is_listed_or_included() -> None:
    reached = {
        other for name in views.TEMPLATES for tree in whole(name) for other in meta.find_referenced_templates(tree)
    }
    assert {name for name in PARTS if name not in views.TEMPLATES} <= reached


def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEMPLATES, tmp_path / "templates", ignore=shutil.ignore_patterns("assets")))


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("fine\n{% if %}\n", 2, "Expected an expression"),
        ("one\n\n{{ nothing }}\n", 3, "'nothing' is undefined"),
        ("{{ title.nowhere }}\n", 1, "nowhere"),
        ("{% include 'missing.html' %}\n", 0, "no such template"),
        ("{{ title|nofilter }}\n", 1, "nofilter"),
    ],
)
def test_a_broken_template_is_told_with_its_file_and_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    (tmp_path / "x.html").write_text(text, encoding="utf-8")
    with pytest.raises(TemplateProblem) as caught:
        Renderer(tmp_path).page("x.html", "en", Small("t"))
    assert caught.value.line == line
    assert caught.value.path in ("x.html", "missing.html")
    assert words in caught.value.message
    assert "\n" not in str(caught.value)


def test_a_mistake_in_an_included_part_is_told_with_the_part(tmp_path: Path) -> None:
    templates = copied(tmp_path)
    part = templates / "parts" / "footer.html"
    part.write_text("<p>\n{{ site.nonsense }}\n", encoding="utf-8")
    shop = workshop(archive(*harbour()), templates=templates)
    with pytest.raises(TemplateProblem) as caught:
        shop.data(Output("index.html", "home/en", ()))
    assert (caught.value.path, caught.value.line) == ("parts/footer.html", 2)


def test_what_a_template_prints_is_escaped(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("{{ title }}", encoding="utf-8")
    page = Renderer(tmp_path).page("x.html", "en", Small("<script>"))
    assert page == b"&lt;script&gt;"


def test_no_template_translates_a_variable() -> None:
    for name in PARTS:
        for call in parsed(name).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in ("_", "gettext"):
                assert isinstance(call.args[0], nodes.Const), (name, call.lineno)


def test_a_renderer_can_be_sent_to_another_process() -> None:
    view = invented.views(archive(*harbour()))["index.html"]
    renderer = Renderer(TEMPLATES)
    renderer.page("home.html", "en", view)
    again: Renderer = pickle.loads(pickle.dumps(renderer))  # noqa: S301
    assert again.page("home.html", "en", view) == renderer.page("home.html", "en", view)


def test_assets_are_copied_as_they_are_in_a_fixed_order() -> None:
    shop = workshop(archive())
    assets = [output for output in shop.outputs() if output.maker == "assets"]
    paths = [output.path for output in assets]
    assert paths == sorted(paths)
    data = {output.path: shop.data(output) for output in assets}
    assert data["assets/site.css"] == (TEMPLATES / "assets/site.css").read_bytes()
    assert any(path.startswith("assets/fonts/") and path.endswith("LICENSE.txt") for path in paths)


def test_a_template_has_another_version_when_what_it_is_made_with_is_another(tmp_path: Path) -> None:
    def versions(**written: str) -> dict[str, bytes]:
        folder = tmp_path / "templates"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "locale").mkdir(parents=True)
        files = {"a.html": "{% include 'part.html' %}", "b.html": "B", "part.html": "P", "locale/fr.po": "Eau"}
        for name, text in (files | written).items():
            (folder / name).write_text(text, encoding="utf-8")
        templates = Templates(folder)
        pairs = [("a.html", "en"), ("a.html", "fr"), ("b.html", "en"), ("b.html", "fr")]
        return {f"{name} {language}": templates.version(name, language) for name, language in pairs}

    def changed(name: str, text: str) -> set[str]:
        after = versions(**{name: text})
        return {key for key, version in versions().items() if after[key] != version}

    assert changed("part.html", "Q") == {"a.html en", "a.html fr"}
    assert changed("b.html", "C") == {"b.html en", "b.html fr"}
    assert changed("locale/fr.po", "Terre") == {"a.html fr", "b.html fr"}
    assert changed("other.html", "C") == set()
    # Which part is included is not known before the page is made: any of them may be.
    computed = "{% include name %}"
    assert (
        versions(**{"b.html": computed})["b.html en"] != versions(**{"b.html": computed, "part.html": "Q"})["b.html en"]
    )


def test_no_letter_asks_for_two_faces_of_a_font() -> None:
    """A browser loads the last face that claims a letter: an overlap costs every reader a file for nothing."""
    style = (TEMPLATES / "assets" / "site.css").read_text("utf-8")
    claimed: dict[tuple[str, str], set[int]] = {}
    for face in re.findall(r"@font-face \{(.*?)\}", style, re.DOTALL):
        key = (re.findall('font-family: "(.*?)"', face)[0], "italic" if "italic" in face else "")
        letters: set[int] = set()
        for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", face):
            letters |= set(range(int(first, 16), int(last or first, 16) + 1))
        assert not claimed.get(key, set()) & letters, key
        claimed[key] = claimed.get(key, set()) | letters
    assert claimed

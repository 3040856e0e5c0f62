"""Templates: what they may ask for, and how a broken one is told."""

from __future__ import annotations

import functools
import pickle
import re
import shutil
from pathlib import Path

import msgspec
import nh3
import pytest
from jinja2 import DictLoader, Environment, meta, nodes

from onrecord import remarks, views
from onrecord.plan import Output
from onrecord.render import Renderer, TemplateProblem
from onrecord.search.search_page import STRINGS, Facet, FacetValue, SearchView
from onrecord.templates import Templates
from onrecord.views import contract
from tests import invented
from tests.invented import TEMPLATES, archive, harbour, makers_of

ENVIRONMENT = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
ENVIRONMENT.filters |= {"number": str, "sha256": str, "words": str, "marks": str, "listed": str, "isolated": str}
PARTS = {
    path.relative_to(TEMPLATES).as_posix(): path
    for path in sorted([*TEMPLATES.glob("**/*.html"), *TEMPLATES.glob("*.js")])
}
GIVEN = {"_", "gettext", "ngettext"}
LOOP = {"last", "first", "index", "index0", "previtem"}
"""Fields of Jinja's `loop`."""


class Told(msgspec.Struct, frozen=True):
    told: str


class Small(msgspec.Struct, frozen=True):
    title: str


@functools.cache
def parsed(name: str) -> nodes.Template:
    return ENVIRONMENT.parse(PARTS[name].read_text("utf-8"))


@functools.cache
def referenced(name: str) -> tuple[str | None, ...]:
    """The templates that a template itself extends, imports or includes."""
    return tuple(meta.find_referenced_templates(parsed(name)))


def with_includes(name: str, seen: set[str] | None = None) -> dict[str, nodes.Template]:
    """A template with everything it extends, imports or includes, and what these do, by their names."""
    seen = seen if seen is not None else set()
    if name in seen or name not in PARTS:
        return {}
    seen.add(name)
    tree = parsed(name)
    included: dict[str, nodes.Template] = {}
    for other in referenced(name):
        assert other, f"{name} names a template by an expression"
        included |= with_includes(other, seen)
    return {name: tree} | included


def imported(tree: nodes.Template) -> set[str]:
    """The names a template gives to the files of macros it imports."""
    return {node.target for node in tree.find_all(nodes.Import)}


def macros(tree: nodes.Template) -> dict[str, nodes.Macro]:
    return {macro.name: macro for macro in tree.find_all(nodes.Macro)}


def of_macros(name: str) -> bool:
    """True for a file of macros: it is imported, and sees nothing but what its macros are given. Asked while tests are collected, in every
    process of them, so it reads no template."""
    return name.startswith("parts/") and re.search(r"\{%-?\s*macro\b", PARTS[name].read_text("utf-8")) is not None


def names_read(tree: nodes.Template) -> set[str]:
    """The variables a template takes from what it is given."""
    written = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    return meta.find_undeclared_variables(tree) - written - imported(tree) - macros(tree).keys() - GIVEN


def test_the_readme_lists_what_the_templates_receive() -> None:
    assert (TEMPLATES / "README.md").read_text("utf-8") == views.readme(), "run: python build.py derive"


def test_the_readme_names_every_block_of_the_skeleton_and_every_file_of_macros() -> None:
    text = contract.HEAD
    rows = " ".join(line.split("|")[1] for line in text.splitlines() if line.startswith("| `"))
    assert set(re.findall("`(.*?)`", rows)) == {block.name for block in parsed("skeleton.html").find_all(nodes.Block)}
    assert all(f"`{name.removeprefix('parts/')}`" in text for name in PARTS if of_macros(name))


def test_a_page_fills_blocks_that_the_skeleton_has() -> None:
    blocks = {block.name for block in parsed("skeleton.html").find_all(nodes.Block)}
    for name in views.TEMPLATES:
        assert {block.name for block in parsed(name).find_all(nodes.Block)} <= blocks, name


@pytest.mark.parametrize("name", sorted(views.TEMPLATES))
def test_a_template_uses_all_it_receives_and_nothing_else(name: str) -> None:
    names = set().union(*(names_read(tree) for part, tree in with_includes(name).items() if not of_macros(part)))
    assert names == set(contract.documented(views.TEMPLATES[name]))


@pytest.mark.parametrize("name", [name for name in PARTS if of_macros(name)])
def test_a_macro_uses_all_its_arguments_and_nothing_else(name: str) -> None:
    tree = parsed(name)
    assert names_read(tree) == set()
    for macro in macros(tree).values():
        arguments = {argument.name for argument in macro.args}
        assert arguments <= {node.name for node in macro.find_all(nodes.Name) if node.ctx == "load"}, macro.name


def test_every_macro_is_called() -> None:
    for name in (name for name in PARTS if of_macros(name)):
        trees = [parsed(page) for page in PARTS if name in meta.find_referenced_templates(parsed(page))]
        from_elsewhere = {node.attr for tree in trees for node in tree.find_all(nodes.Getattr)}
        own = {call.node.name for call in parsed(name).find_all(nodes.Call) if isinstance(call.node, nodes.Name)}
        assert macros(parsed(name)).keys() <= from_elsewhere | own, name


def test_the_frame_of_a_page_is_written_once() -> None:
    for name, path in PARTS.items():
        text = path.read_text("utf-8")
        if name == "skeleton.html":
            assert all(text.count(f"</{element}>") == 1 for element in ("html", "head", "body"))
        else:
            assert not re.search(r"</?(html|head|body|!doctype)\b", text), name
    for name in (name for name in views.TEMPLATES if name.endswith(".html")):
        assert "skeleton.html" in meta.find_referenced_templates(parsed(name))


def test_every_field_of_the_shapes_is_used_by_a_template_and_every_used_field_exists() -> None:
    trees = [parsed(name) for name in PARTS]
    modules = set().union(*map(imported, trees))
    used = {
        node.attr
        for tree in trees
        for node in tree.find_all(nodes.Getattr)
        if not (isinstance(node.node, nodes.Name) and node.node.name in modules)
    }
    shapes = contract.shapes(views.TEMPLATES)
    known = {name for shape in (*shapes, Facet, FacetValue, SearchView) for name in shape.__annotations__}
    assert used - known <= LOOP
    unused = {f"{shape.__name__}.{name}" for shape in shapes for name in contract.documented(shape) if name not in used}
    assert not unused
    keys = {
        node.arg.value for tree in trees for node in tree.find_all(nodes.Getitem) if isinstance(node.arg, nodes.Const)
    }
    assert {key for key in keys if isinstance(key, str)} <= set(STRINGS)


def test_every_template_file_is_used_by_a_page() -> None:
    reached = set().union(*(with_includes(name) for name in views.TEMPLATES))
    assert set(PARTS) == reached


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


def test_a_catalogue_without_end_is_named_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "locale").mkdir()
    (tmp_path / "locale" / "fr.po").write_bytes(b'msgid "a"\nmsgstr "b"\n' * 100_000)
    (tmp_path / "x.html").write_text("{{ title }}", encoding="utf-8")
    with pytest.raises(TemplateProblem) as caught:
        Renderer(tmp_path).page("x.html", "fr", Small("t"))
    assert (
        str(caught.value) == "locale/fr.po: the catalogue has more than 1,048,576 bytes. Take out what no template says"
    )


def test_a_mistake_in_a_macro_is_told_with_its_file(tmp_path: Path) -> None:
    templates = copied(tmp_path)
    part = templates / "parts" / "lists.html"
    part.write_text("{% macro entries(releases, root) %}\n{{ root.nonsense }}\n{% endmacro %}\n", encoding="utf-8")
    makers = makers_of(archive(*harbour()), templates=templates)
    with pytest.raises(TemplateProblem) as caught:
        makers.data(Output("index.html", "home/en", ()))
    assert (caught.value.path, caught.value.line) == ("parts/lists.html", 2)


def test_what_a_template_prints_is_escaped(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("{{ title }}", encoding="utf-8")
    page = Renderer(tmp_path).page("x.html", "en", Small("<script>"))
    assert page == b"&lt;script&gt;"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{% block a %}A{% endblock %}{{ self.a() }}", "AA"),
        ("{% extends 'frame.html' %}{% block a %}{{ super() }}!{% endblock %}", "<p>frame!</p>"),
        ("{% for letter in title %}{{ loop.index }}{{ letter }}{{ loop.cycle('-', '') }}{% endfor %}", "1<-2b"),
        ("{% set n = namespace(at=1) %}{% set n.at = 2 %}{{ n.at }}{{ title.upper() }}", "2<B"),
        (
            "{% macro m(a, b=2) %}{{ a }}{{ b }}{{ caller() }}{% endmacro %}{% call m(title, b=3) %}c{% endcall %}",
            "<b3c",
        ),
        ("{% trans %}50 % of {{ title }}{% endtrans %}", "50 % of <b"),
        ("{% trans count=2, shown=title %}{{ shown }}{% pluralize %}{{ shown }} % {{ count }}{% endtrans %}", "<b % 2"),
        ("{{ _('Topics') }} {{ _('50 %%') }} {{ title|safe }}", "Topics 50 % <b"),
        ("{{ none }}{{ 1.5 }}{{ true }}{{ 3 }}{{ title ~ 1 }}", "None1.5True3<b1"),
    ],
)
def test_templates_print_what_jinja_prints(tmp_path: Path, text: str, printed: str) -> None:
    """What is compiled with less to do (`render.compiling`) says the same: what designers know of Jinja holds."""
    files = {"x.html": text, "frame.html": "<p>{% block a %}frame{% endblock %}</p>"}
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    page = Renderer(tmp_path).page("x.html", "en", Small("<b")).decode()
    plain = Environment(loader=DictLoader(files), autoescape=True, extensions=["jinja2.ext.i18n"])
    plain.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    assert page == plain.get_template("x.html").render(title="<b")
    assert page.replace("&lt;", "<") == printed


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


def test_assets_are_sent_without_remarks_in_a_fixed_order() -> None:
    makers = makers_of(archive())
    assets = [output for output in makers.outputs() if output.maker == "assets"]
    paths = [output.path for output in assets]
    assert paths == sorted(paths)
    data = {output.path: makers.data(output) for output in assets}
    assert data["assets/icon.svg"] == (TEMPLATES / "assets/icon.svg").read_bytes()
    style = (TEMPLATES / "assets/site.css").read_bytes()
    assert data["assets/site.css"] == remarks.sent("site.css", style) != style
    assert any(path.startswith("assets/fonts/") and path.endswith("LICENSE.txt") for path in paths)


def test_a_template_has_another_version_when_what_it_is_made_with_is_another(tmp_path: Path) -> None:
    def versions(**written: str) -> dict[str, bytes]:
        folder = tmp_path / "templates"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "locale").mkdir(parents=True)
        files = {
            "a.html": "{% extends 'frame.html' %}{%- from \"macros.html\" import row -%}{% include 'part.html' ignore missing %}",
            "b.html": "B{%import 'other.html' as other%}",
            "frame.html": "{% import 'below.html' as below with context %}",
            "part.html": "P",
            "macros.html": "M",
            "other.html": "O",
            "below.html": "L",
            "locale/fr.po": "Eau",
        }
        for name, text in (files | written).items():
            (folder / name).write_text(text, encoding="utf-8")
        templates = Templates(folder)
        pairs = [("a.html", "en"), ("a.html", "fr"), ("b.html", "en"), ("b.html", "fr")]
        return {f"{name} {language}": templates.version(name, language) for name, language in pairs}

    def changed(name: str, text: str, **written: str) -> set[str]:
        after = versions(**written | {name: text})
        return {key for key, version in versions(**written).items() if after[key] != version}

    for name in ("part.html", "frame.html", "macros.html", "below.html"):
        assert changed(name, "Q") == {"a.html en", "a.html fr"}, name
    for name in ("b.html", "other.html"):
        assert changed(name, "C") == {"b.html en", "b.html fr"}, name
    assert changed("locale/fr.po", "Terre") == {"a.html fr", "b.html fr"}
    assert changed("unused.html", "C") == set()
    # Which part is included is not known before the page is made: any of them may be.
    for computed in ("{% include name %}", "{% include 'par' ~ name %}", "{% extends ['x.html', name] %}"):
        assert changed("part.html", "Q", **{"b.html": computed}) >= {"b.html en"}, computed


def test_another_frame_makes_all_pages_again_and_another_macro_those_that_use_it(tmp_path: Path) -> None:
    """What Jinja finds in each page is what the ledger's versions see."""
    folder = copied(tmp_path)
    pages = sorted(views.TEMPLATES)
    before = {page: Templates(folder).version(page, "en") for page in pages}
    for name, path in PARTS.items():
        (folder / name).write_text(path.read_text("utf-8") + "{# another #}", encoding="utf-8")
        after = Templates(folder)
        changed = {page for page in pages if after.version(page, "en") != before[page]}
        assert changed == {page for page in pages if name in with_includes(page)}, name
        assert name != "skeleton.html" or changed == {page for page in pages if page.endswith(".html")}
        (folder / name).write_text(path.read_text("utf-8"), encoding="utf-8")


def test_no_letter_asks_for_two_faces_of_a_font() -> None:
    """A browser loads the last face that claims a letter: an overlap costs every reader a file for nothing."""
    style = (TEMPLATES / "assets" / "site.css").read_text("utf-8")
    claimed: dict[tuple[str, ...], set[int]] = {}
    for face in re.findall(r"@font-face \{(.*?)\}", style, re.DOTALL):
        key = (
            re.findall('font-family: "(.*?)"', face)[0],
            "italic" if "italic" in face else "",
            *re.findall("font-weight: (.*?);", face),
        )
        letters: set[int] = set()
        for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", face):
            letters |= set(range(int(first, 16), int(last or first, 16) + 1))
        assert not claimed.get(key, set()) & letters, key
        claimed[key] = claimed.get(key, set()) | letters
    assert claimed


def test_closing_tags_that_html_implies_are_left_out_and_the_page_means_the_same(tmp_path: Path) -> None:
    """HTML Standard, 13.1.2.4: an item of a list ends where the next begins, or the list does."""
    words = (
        "<ul>\n<li>one</li>\n<li>two <ul><li>inner</li></ul></li>\n</ul>\n<dl><div><dt>a</dt><dd>b</dd></div></dl>\n"
    )
    (tmp_path / "lists.html").write_text(words + "<p>{{ told }}</p>\n")
    (tmp_path / "lists.js").write_text("// </li>\n")
    page = Renderer(tmp_path).page("lists.html", "en", Told(told="</li>")).decode()
    assert page == (
        "<ul>\n<li>one\n<li>two <ul><li>inner</ul>\n</ul>\n<dl><div><dt>a<dd>b</div></dl>\n<p>&lt;/li&gt;</p>\n"
    )
    # What a browser's parser makes of both, blanks at the ends of elements apart.
    trees = [
        re.sub(r"\s+<", "<", nh3.clean(html, tags={"ul", "li", "dl", "div", "dt", "dd", "p"})) for html in (words, page)
    ]
    assert trees[1].startswith(trees[0].strip())
    assert Renderer(tmp_path).page("lists.js", "en", Told(told="")) == b"// </li>\n"

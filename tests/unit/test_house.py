"""The house holds together: what it says can be typed can be typed, what it links to is there, and setting up does what it says."""

from __future__ import annotations

import argparse
import ast
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import bootstrap
import build
from onrecord import __version__, read
from onrecord.commands import loading
from onrecord.model import Card, Items, Scalar, Table, Term, Text
from tests.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the five documents are not on this machine")
DOCUMENTS = sorted([*ROOT.glob("*.md"), ROOT / "templates" / "README.md", *ROOT.glob(".github/**/*.md")])


def tracked() -> list[str]:
    """The files of the repository; those that a person has not added yet among them."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
    return sorted(name for name in found if name and (ROOT / name).is_file())


# ---- what the documents say ------------------------------------------------------------------------------------------------------


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def instructions() -> Iterator[tuple[str, str]]:
    files = [*DOCUMENTS, ROOT / "Makefile", ROOT / ".ci" / "run", ROOT / ".pre-commit-config.yaml"]
    files += ROOT.glob(".github/**/*.yml")
    for file in files:
        yield file.relative_to(ROOT).as_posix(), file.read_text("utf-8")


def test_every_make_command_that_is_named_can_be_made() -> None:
    named = {
        (file, name)
        for file, text in instructions()
        for name in re.findall(r"(?:^|`|run: |exec |  )make (?:[A-Z]+=\S+ )?([a-z-]+)", text, re.MULTILINE)
    }
    assert ("README.md", "site") in named
    assert {(file, name) for file, name in named if name not in targets()} == set()


def test_every_command_of_build_that_is_named_exists() -> None:
    named = {
        (file, name)
        for file, text in instructions()
        for name in re.findall(r"(?:python3?|py|\$\(PY\)) build\.py ([a-z]+)", text)
    }
    assert named
    assert {(file, name) for file, name in named if name not in build.COMMANDS} == set()


def test_the_readme_lists_what_build_can_do() -> None:
    said = set(re.findall(r"^\| `build\.py ([a-z]+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE))
    assert said == set(build.COMMANDS) - {"build"}


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for document in DOCUMENTS:
        text = re.sub(r"`[^`\n]*`", "", document.read_text("utf-8"))
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            path, _, fragment = target.partition("#")
            if re.match(r"[a-z]+:", target) or (document.name == "CONTRIBUTING.md" and path.startswith("../")):
                continue
            whole = (document.parent / path) if path else document
            text_there = whole.read_text("utf-8") if whole.suffix == ".md" and whole.exists() else ""
            headings = re.findall(r"^#+ (.*)$", text_there, re.MULTILINE)
            slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
            if not whole.exists() or (fragment and fragment not in slugs):
                broken.append(f"{document.name}: {target}")
    assert broken == []


def test_contributing_asks_for_no_programming() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert not re.search(r"\bimport \w+$|\bdef |pip install|pytest", text, re.MULTILINE)


def test_the_version_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert {__version__, project["version"], str(citation["version"])} == {__version__}


def test_help_lists_every_job_a_person_may_want() -> None:
    said = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    listed = set(re.findall(r"^  make ([a-z-]+) +\S", said, re.MULTILINE))
    assert listed == targets() - {"help", "test-only"} | ({"help"} & listed)


# ---- the locks -------------------------------------------------------------------------------------------------------------------


def locked(name: str) -> dict[str, str]:
    """Package → version of a lock."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))


def asked(name: str) -> set[str]:
    """The packages an .in file names itself."""
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return {re.sub(r"[-_.]+", "-", line.strip()).lower() for line in lines if line.strip() and line[0] not in "#-"}


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_everything_asked_for_is_locked_with_hashes(name: str) -> None:
    lock = (ROOT / f"{name}.txt").read_text("utf-8")
    assert asked(f"{name}.in") - locked(f"{name}.txt").keys() == set()
    blocks = re.split(r"^(?=[a-z0-9-]+==)", lock, flags=re.MULTILINE)[1:]
    assert [block.split(" ")[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_names_no_index(name: str) -> None:
    lock = (ROOT / name).read_text("utf-8")
    assert not re.search(r"https?://|file:|--index|--extra|--find-links|--trusted", lock)


def test_tests_run_with_what_the_site_is_built_with() -> None:
    runtime, everything = locked("requirements.txt"), locked("requirements-dev.txt")
    assert {name: everything.get(name) for name in runtime} == runtime


def test_every_package_the_program_imports_is_asked_for() -> None:
    distributions = {
        "charset_normalizer": "charset-normalizer",
        "frontmatter": "python-frontmatter",
        "pagefind_bin": "pagefind-bin",
        "yaml": "pyyaml",
    }
    imported: set[str] = set()
    for name in tracked():
        if name.endswith(".py") and (name.startswith("onrecord/") or name == "build.py"):
            for node in ast.walk(ast.parse((ROOT / name).read_text("utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                imported |= {module.partition(".")[0] for module in names}
    foreign = {name for name in imported if name not in sys.stdlib_module_names and name not in ("onrecord", "build")}
    assert "jinja2" in foreign
    wanted = {distributions.get(name, name.lower().replace("_", "-")) for name in foreign}
    assert wanted - asked("requirements.in") == set()


# ---- setting up ------------------------------------------------------------------------------------------------------------------


def test_setting_up_is_done_once_and_again_when_the_lock_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    lock, venv = tmp_path / "requirements.txt", tmp_path / ".venv"
    lock.write_text("# nothing yet\n", encoding="utf-8")
    # What an attempt that was stopped, or a Python that was removed, leaves behind.
    bootstrap.interpreter(venv).parent.mkdir(parents=True)
    bootstrap.interpreter(venv).symlink_to(tmp_path / "a-python-that-was-removed")
    assert not bootstrap.usable(venv)
    bootstrap.set_up(venv, [lock])
    assert bootstrap.usable(venv)

    def unexpected(*_: object) -> None:
        raise AssertionError("nothing has changed, so nothing may run")

    with monkeypatch.context() as patch:
        patch.setattr(bootstrap, "run", unexpected)
        bootstrap.set_up(venv, [lock])

    # A line that pip refuses stands for any installation that fails: the next try must not take it for done.
    lock.write_text("jinja2==3.1.6\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(bootstrap.Refused, match=r"installing requirements\.txt failed"):
            bootstrap.set_up(venv, [lock])
    assert "hash" in capfd.readouterr().err.lower()


def test_an_old_python_is_told_which_one_is_needed() -> None:
    with pytest.raises(bootstrap.Refused, match=r"this is Python 3\.10; Onrecord needs Python 3\.11"):
        bootstrap.require_python(3, 10)
    bootstrap.require_python(3, 11)


def test_without_root_the_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "importable", lambda module: False)
    monkeypatch.setattr(bootstrap, "as_root", lambda: None)
    package = f"sudo apt-get install python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    with pytest.raises(bootstrap.Refused, match=re.escape(package)):
        bootstrap.set_up(tmp_path / ".venv", [ROOT / "requirements.txt"])


def test_what_is_set_up_and_built_is_not_part_of_the_repository() -> None:
    made = [".venv/pyvenv.cfg", "site/index.html", ".cache/demo/site/index.html", "onrecord/__pycache__/x.pyc"]
    found = subprocess.run(["git", "-C", str(ROOT), "check-ignore", *made], capture_output=True, text=True, check=False)
    assert found.stdout.split() == made
    assert "site/.gitignore" in tracked()


def test_the_script_of_continuous_integration_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=False).returncode == 0


def test_an_editor_can_mark_what_check_prints(run: Run, tmp_path: Path) -> None:
    release = tmp_path / "content" / "releases" / "2012" / "2012-02-30-pier-stays-dark.md"
    release.parent.mkdir(parents=True)
    release.write_text("---\ntitle: Pier stays dark\ndate: 2012-02-30\n---\nThe pier stays dark.\n", encoding="utf-8")
    said = run("check", "--content", tmp_path / "content").out
    pattern = json.loads((ROOT / ".vscode" / "tasks.json").read_text("utf-8"))["tasks"][0]["problemMatcher"]["pattern"]
    found = [re.match(pattern["regexp"], line) for line in said.splitlines()]
    assert found
    assert None not in found
    places = {(match[pattern["file"]], match[pattern["line"]], match[pattern["code"]]) for match in found if match}
    assert (release.as_posix(), "3", "bad-date") in places


# ---- the shipped archive ---------------------------------------------------------------------------------------------------------

FIVE = {
    "2012-02-08-syria-brutal-assault-on-homs-must-end": ("2012-02-08", "Amnesty International", "PRE 01/069/2012"),
    "2012-02-security-council-russia-must-not-block-efforts": ("2012-02", "Amnesty International", ""),
    "2012-07-09-russian-pledge-to-halt-new-arms-deals-to-syria-is-not-enough": (
        "2012-07-09",
        "Amnesty International",
        "PRE 01/348/2012",
    ),
    "undated-amnesty-international-urges-russia-and-other-countries": ("XXXX", None, ""),
    "undated-syrian-government-assault-on-aleppo-is-culmination-of-months-of-repression": (
        "XXXX-08-01",
        "Amnesty International UK",
        "",
    ),
}


def test_the_shipped_archive_has_no_problem(run: Run) -> None:
    done = run("check", "--content", ROOT / "content")
    assert (done.code, done.out) == (0, "")


Shipped = dict[str, tuple[Card, Text]]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """The releases of the shipped archive by their slugs."""
    args = argparse.Namespace(content=ROOT / "content", cache=tmp_path_factory.mktemp("shipped"), jobs=1)
    with loading.loaded(args, io.StringIO()) as content:
        return {
            one.listed.slug: (one.listed, content.text(one)) for one in content.checked if isinstance(one.listed, Card)
        }


def test_the_five_records_say_what_their_sources_say_and_no_more(shipped: Shipped) -> None:
    cards = {slug: card for slug, (card, _) in shipped.items() if slug in FIVE}
    assert {slug: (card.date.edtf, card.publisher, card.reference) for slug, card in cards.items()} == FIVE
    for slug in FIVE:
        card, text = shipped[slug]
        assert card.extent == "abstract"
        assert not any(quotation.text for quotation in text.quotations)
        assert "What is not known" in text.body.html


def test_two_publications_of_one_text_know_each_other(shipped: Shipped) -> None:
    one, _ = shipped["2012-02-08-syria-brutal-assault-on-homs-must-end"]
    other, _ = shipped["undated-amnesty-international-urges-russia-and-other-countries"]
    assert one.same_text_as == (other.slug,)
    assert other.same_text_as == (one.slug,)


def test_every_place_of_the_map_is_where_it_is() -> None:
    places = {term.label: (term.lat, term.lon) for term in read.vocabularies(ROOT / "content")[0].places}
    assert places["Homs"] == pytest.approx((34.73, 36.71), abs=0.05)
    assert places["Aleppo"] == pytest.approx((36.2, 37.15), abs=0.05)
    assert places["Damascus"] == pytest.approx((33.51, 36.29), abs=0.05)


@needs_seeds
def test_records_name_the_bytes_they_were_made_from(shipped: Shipped) -> None:
    for slug in FIVE:
        origin = shipped[slug][1].origin
        assert origin.sha256 == hashlib.sha256((SEEDS / origin.file).read_bytes()).hexdigest()


@needs_seeds
def test_records_hold_what_was_expected_of_their_sources(shipped: Shipped) -> None:
    vocabularies, _ = read.vocabularies(ROOT / "content")

    def labels(terms: tuple[Term, ...], slugs: tuple[str, ...]) -> set[str]:
        return {term.label for term in terms if term.slug in slugs}

    expected = {entry["source"]: entry for entry in json.loads((SEEDS / "expected.json").read_text("utf-8"))}
    for card, text in shipped.values():
        wanted = expected.pop(text.origin.file, None)
        if wanted is None:
            continue
        assert card.title == wanted["title"]
        assert text.subtitle == wanted.get("subtitle", "")
        assert text.date_as_written == wanted.get("date_as_written", "")
        assert text.date_basis == wanted.get("date_basis", "")
        assert labels(vocabularies.places, card.places) >= set(wanted["places"])
        assert labels(vocabularies.names, card.names) >= set(wanted["names"])
        assert [quotation.speaker for quotation in text.quotations] == [quote["speaker"] for quote in wanted["quotes"]]
    assert expected == {}


def own_words(table: Table) -> Iterator[str]:
    """What a record says in words of its own: everything but titles."""
    for key, node in table.entries:
        if key.text not in ("title", "subtitle"):
            yield from words_of(node)


def words_of(node: Scalar | Items | Table) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Items):
        for item in node.nodes:
            yield from words_of(item)
    else:
        for _, below in node.entries:
            yield from words_of(below)


@needs_seeds
def test_no_sentence_of_the_sources_stands_in_the_archive() -> None:
    def runs(text: str, length: int = 9) -> set[tuple[str, ...]]:
        words = re.findall(r"[^\W_]+", text.lower())
        return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}

    theirs = set().union(*(runs(file.read_text("utf-8")) for file in SEEDS.glob("*.txt")))
    sources, _ = read.sources(ROOT / "content")
    ours = {
        source.path: runs(re.sub(r"\]\([^)]*\)", "]", text))
        for source in sources
        for text in [source.body, *own_words(source.fields)]
    }
    # Names of places and institutions may follow one another as they do in the source.
    names = runs("al-Khaldieh, Bab 'Amr, Bab al-Seba' and al-Insha'aat")
    assert {path: found & theirs - names for path, found in ours.items() if found & theirs - names} == {}

"""The workflows: right in form, safe, and made of steps a person can type. The steps themselves are run here, in a fresh clone."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, expect

ROOT = Path(__file__).resolve().parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = sorted(GITHUB.glob("workflows/*.yml"))
TOOLS = Path(sys.executable).parent
names = pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.name)

OTHER = """---
title: {title}
date: {date}
publisher: Harbour Watch
language: en
extent: full
status: published
---
{title}, says the keeper of the store, and so will be the day on which the first boats go out.
"""
GOOD = """---
title: '"><script>alert(1)</script> Ferry crews ask for light'
date: 2012-02-08
publisher: Harbour Watch
language: en
extent: full
---
The crews of the night ferry asked today for light on the pier, and for a rail along the steps that lead down to it.
"""
BAD = """---
title: Pier stays dark
date: 2012-02-30
publisher: Harbour Watch
language: en
extent: full
colour: blue
---
The pier stays dark, the harbour office said.
"""


def load(file: Path) -> dict[str, Any]:
    """A workflow. YAML 1.1 reads the key `on` as true."""
    workflow: dict[Any, Any] = yaml.safe_load(file.read_text("utf-8"))
    return {"on" if key is True else key: value for key, value in workflow.items()}


def steps(file: Path, job: str) -> list[dict[str, Any]]:
    steps_of_job: list[dict[str, Any]] = load(file)["jobs"][job]["steps"]
    return steps_of_job


# ---- form and safety -------------------------------------------------------------------------------------------------------------


def test_zizmor_finds_nothing() -> None:
    command = [str(TOOLS / "zizmor"), "--offline", "--pedantic", "--no-progress", str(GITHUB)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_actionlint_finds_nothing() -> None:
    tool = shutil.which("actionlint")
    if tool is None:
        pytest.skip("actionlint is not on this machine")
    done = subprocess.run([tool, *map(str, WORKFLOWS)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", "workflows/*.yml"),
        ("vendor.github-issue-forms", "ISSUE_TEMPLATE/*.yml"),
        ("vendor.github-issue-config", "ISSUE_TEMPLATE/config.yml"),
        ("vendor.dependabot", "dependabot.yml"),
        ("vendor.citation-file-format", "../CITATION.cff"),
    ],
)
def test_files_are_of_the_form_their_reader_takes(schema: str, files: str) -> None:
    paths = sorted(map(str, GITHUB.glob(files))) if ".." not in files else [str(ROOT / "CITATION.cff")]
    if "forms" in schema:
        paths = [file for file in paths if not file.endswith("config.yml")]
    assert paths
    done = subprocess.run(
        [str(TOOLS / "check-jsonschema"), "--builtin-schema", schema, *paths],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@names
def test_nothing_is_allowed_that_is_not_said(file: Path) -> None:
    workflow = load(file)
    assert workflow["permissions"] == {}
    assert "pull_request_target" not in workflow["on"]
    for job in workflow["jobs"].values():
        assert job["permissions"]
        assert job["timeout-minutes"] <= 60


@names
def test_actions_are_pinned_to_a_commit_with_its_version_beside(file: Path) -> None:
    for line in file.read_text("utf-8").splitlines():
        if "uses:" in line:
            assert re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_only_what_reads_documents_sets_up_what_reads_them() -> None:
    setups = {
        (file.name, job): [step["run"] for step in steps(file, job) if step.get("run", "").startswith("make setup")]
        for file in WORKFLOWS
        for job in load(file)["jobs"]
    }
    assert {place: runs for place, runs in setups.items() if runs} == {
        ("check.yml", "archive"): ["make setup"],
        ("check.yml", "report"): ["make setup"],
        ("publish.yml", "build"): ["make setup"],
        ("receive.yml", "draft"): ["make setup-import"],
    }


@names
def test_a_step_is_one_make_command(file: Path) -> None:
    for job in load(file)["jobs"].values():
        for step in job["steps"]:
            if "run" in step:
                assert re.fullmatch(r'make [a-z-]+( ARGS="[a-z -]*")?( >> "\$GITHUB_STEP_SUMMARY")?', step["run"])


def test_a_strangers_pull_request_can_only_read() -> None:
    workflow = load(GITHUB / "workflows" / "check.yml")
    for job in workflow["jobs"].values():
        assert job["permissions"] == {"contents": "read"}
    assert "secrets." not in (GITHUB / "workflows" / "check.yml").read_text("utf-8")


def test_each_right_is_one_that_its_job_needs() -> None:
    """What has rights runs nothing that a stranger has written, and what reads strangers' files has none."""
    rights = {
        (file.name, name): {right for right, level in job["permissions"].items() if level == "write"}
        for file in WORKFLOWS
        for name, job in load(file)["jobs"].items()
    }
    assert {place: of_job for place, of_job in rights.items() if of_job} == {
        ("receive.yml", "propose"): {"contents", "pull-requests"},
        ("publish.yml", "attest"): {"id-token", "attestations"},
        ("publish.yml", "deploy"): {"pages", "id-token"},
    }
    # The two that publish run no command; the one that proposes runs one, which needs nothing to be installed.
    for file, name in (("publish.yml", "attest"), ("publish.yml", "deploy")):
        assert [step for step in steps(GITHUB / "workflows" / file, name) if "run" in step] == []
    assert [step["run"] for step in steps(GITHUB / "workflows" / "receive.yml", "propose") if "run" in step] == [
        "make propose"
    ]
    recipe = re.search(r"^propose:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert recipe is not None
    assert recipe[0].startswith("propose: ##")  # no setup before it
    assert "$(PYTHON) build.py propose" in recipe[1]


@names
def test_a_key_is_given_to_one_step_alone(file: Path) -> None:
    workflow = load(file)
    assert "env" not in workflow
    for name, job in workflow["jobs"].items():
        assert "env" not in job
        for step in job["steps"]:
            keys = {key: value for key, value in step.get("env", {}).items() if "token" in value or "secrets" in value}
            if (file.name, name) == ("publish.yml", "build") and step.get("run") == "make site":
                keys.pop("ONRECORD_REDACTIONS_TEXT", None)  # a list of an archive's own (MAINTAINERS.md, Redact)
            assert not keys or (file.name, name, step["run"]) == ("receive.yml", "propose", "make propose")


@names
def test_what_strangers_name_reaches_no_command(file: Path) -> None:
    """Titles, branches' names, bodies: in `run` stands no expression, and in `env` only numbers, commits and the base's own name."""
    for job in load(file)["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            for value in step.get("env", {}).values():
                for expression in re.findall(r"\$\{\{ *(.*?) *\}\}", value):
                    assert expression in (
                        "github.token",
                        "github.event.issue.number",
                        "github.event.pull_request.base.sha",
                        "github.base_ref",
                        "steps.pages.outputs.base_url",
                        "secrets.ONRECORD_REDACTIONS_TEXT",
                    )
    assert not re.search(r"run:.*\$(?!GITHUB_STEP_SUMMARY)", file.read_text("utf-8"))


def test_a_name_of_a_branch_is_not_run(clone: Clone, tmp_path: Path) -> None:
    """make hands BASE on as it is, though its recipe is run by a shell."""
    hostile = 'origin/x`touch${IFS}here`$(touch${IFS}here)";touch here;"'
    for target in ("report", "annotate"):
        done = subprocess.run(
            ["make", target],
            cwd=clone.path,
            env=clone.environment | {"BASE": hostile},
            capture_output=True,
            check=False,
        )
        assert done.returncode != 0
        assert "There is no commit" in done.stderr.decode()
        assert not (clone.path / "here").exists()


def test_caches_are_of_the_own_branch_and_hold_nothing_that_is_run() -> None:
    cached = [(file.name, step) for file in WORKFLOWS for job in load(file)["jobs"] for step in steps(file, job)]
    cached = [
        (name, step) for name, step in cached if "/cache" in step.get("uses", "") or "cache" in step.get("with", {})
    ]
    assert [name for name, _ in cached] == ["publish.yml"]
    given = cached[0][1]["with"]
    assert given["restore-keys"] == "site-${{ github.ref_name }}-"
    assert given["key"].startswith(given["restore-keys"])
    assert given["path"].split() == ["site", ".cache/build", "!.cache/build/templates"]
    publish = load(GITHUB / "workflows" / "publish.yml")
    assert "pull_request" not in publish["on"]
    assert publish["jobs"]["build"]["if"] == "github.ref_name == github.event.repository.default_branch"


def test_what_is_published_is_what_was_attested() -> None:
    publish = load(GITHUB / "workflows" / "publish.yml")["jobs"]
    attested = next(step for step in publish["attest"]["steps"] if step["uses"].startswith("actions/attest@"))
    assert attested["with"]["subject-path"].split() == ["pages/artifact.tar", "manifest/manifest.json"]
    assert publish["deploy"]["needs"] == ["build", "attest"]
    assert "needs.attest.result != 'failure'" in publish["deploy"]["if"]


def test_the_summary_of_a_pull_request_is_made_by_the_program_of_the_branch_it_is_for() -> None:
    check = load(GITHUB / "workflows" / "check.yml")
    writers = [name for name, job in check["jobs"].items() for step in job["steps"] if "SUMMARY" in step.get("run", "")]
    assert writers == ["report"]
    first, second, *others = check["jobs"]["report"]["steps"]
    assert first["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"
    assert "path" not in first["with"]
    assert second["with"]["path"] == ".cache/proposed"
    assert all(step.get("working-directory") is None for step in others)
    assert [step["run"] for step in others if "run" in step] == ["make setup", 'make report >> "$GITHUB_STEP_SUMMARY"']
    assert others[-1]["env"] == {
        "BASE": "${{ github.event.pull_request.base.sha }}",
        "CONTENT": ".cache/proposed/content",
        "SITE": ".cache/proposed-site",
    }


# ---- the steps, run --------------------------------------------------------------------------------------------------------------


@dataclass
class Clone:
    """A fresh clone with a branch `main`, and what its steps printed and summed up."""

    path: Path
    environment: dict[str, str]
    printed: dict[str, str] = field(default_factory=dict)
    base: str = ""

    def git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=self.path, env=self.environment, check=True, capture_output=True)

    def head(self) -> str:
        """The commit that the clone is at."""
        done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=self.path, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def run(self, file: str, job: str, **extra: str) -> int:
        """Runs the steps of a job as GitHub does: after one that failed only those that ask for it.

        Gives the exit code of the first that failed.
        """
        failed = 0
        summary = Path(self.environment["GITHUB_STEP_SUMMARY"])
        summary.write_text("", encoding="utf-8")
        for step in steps(GITHUB / "workflows" / file, job):
            if "run" not in step or (failed and "!cancelled()" not in str(step.get("if", ""))):
                continue
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
                cwd=self.path,
                env={**self.environment, **self._given(step), **extra},
                capture_output=True,
                text=True,
                check=False,
                stdin=subprocess.DEVNULL,
            )
            self.printed[step["name"]] = done.stdout + done.stderr
            failed = failed or done.returncode
        return failed

    def _given(self, step: dict[str, Any]) -> dict[str, str]:
        """The environment of a step, with what GitHub would put into it."""
        values = {"github.base_ref": "main", "github.event.pull_request.base.sha": self.base}
        given = {}
        for name, value in step.get("env", {}).items():
            expression = value.removeprefix("${{ ").removesuffix(" }}")
            if expression == value or expression in values:
                given[name] = values.get(expression, value)
        return given

    def check(self) -> int:
        """Both jobs of a pull request's check that read its content. Gives the exit code of the first."""
        failed = self.run("check.yml", "archive")
        assert self.summary == ""
        self.report(with_site=not failed)
        return failed

    def report(self, *, with_site: bool) -> None:
        """The job that runs in a checkout of the base, beside which the pull request and its site lie as data; its summary is what is
        kept."""
        program = self.path.parent / "program"
        shutil.rmtree(program, ignore_errors=True)
        subprocess.run(["git", "clone", "--quiet", self.path, program], env=self.environment, check=True)
        self.git("-C", str(program), "checkout", "--quiet", self.base)
        self.git("clone", "--quiet", str(self.path), str(program / ".cache" / "proposed"))
        if with_site:
            shutil.copytree(self.path / "site", program / ".cache" / "proposed-site")
        reporting = Clone(program, self.environment, self.printed, self.base)
        assert reporting.run("check.yml", "report") == 0, self.printed

    @property
    def summary(self) -> str:
        return Path(self.environment["GITHUB_STEP_SUMMARY"]).read_text("utf-8")


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    path = tmp_path / "clone"
    listed = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(listed, capture_output=True, check=True).stdout.decode().split("\0"):
        if name and not name.startswith("tests/") and (ROOT / name).is_file():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, path / name)
    # Whatever archive the repository has, the steps are tried with one of their own.
    shutil.rmtree(path / "content")
    shutil.copytree(ROOT / "tests" / "sites" / "good" / "mixed" / "content", path / "content")
    settings = path / "content" / "archive.toml"
    text = settings.read_text("utf-8").replace("https://archive.example/harbour/", "")
    settings.write_text(text, encoding="utf-8")
    keep = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "LC_ALL")}
    new_clone = Clone(
        path,
        {
            **keep,
            "HOME": str(tmp_path),
            "PY": sys.executable,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_NAME": "A",
            "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "A",
            "GIT_COMMITTER_EMAIL": "a@example.org",
            "GIT_AUTHOR_DATE": "2026-02-28T09:00:00Z",
            "GIT_COMMITTER_DATE": "2026-02-28T09:00:00Z",
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
            "GITHUB_BASE_REF": "main",
        },
    )
    new_clone.git("init", "--quiet", "--initial-branch", "main")
    new_clone.commit("The archive")
    new_clone.git("update-ref", "refs/remotes/origin/main", "main")
    new_clone.base = new_clone.head()
    return new_clone


def add(clone: Clone, name: str, text: str) -> None:
    path = clone.path / "content" / "releases" / "2012" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_pull_request_is_checked_reported_and_mended(clone: Clone, chromium: Browser) -> None:
    clone.git("checkout", "--quiet", "-b", "an-addition")
    add(clone, "2012-02-08-ferry-crews-ask-for-light.md", GOOD)
    add(clone, "2012-02-28-pier-stays-dark.md", BAD)
    clone.commit("Two releases")
    assert clone.check() != 0
    printed = clone.printed["Check the content, with annotations at the lines"]
    where = "::error file=content/releases/2012/2012-02-28-pier-stays-dark.md"
    assert f"{where},line=3,col=7,title=bad-date::" in printed
    assert f"{where},line=7,col=1,title=unknown-key::" in printed
    assert "Build the site" not in clone.printed
    assert "**Releases:** 2 added." in clone.summary
    assert "8 February 2012, Harbour Watch, full, published" in clone.summary
    assert "It has errors" in clone.summary
    assert "<script>" not in clone.summary

    add(clone, "2012-02-28-pier-stays-dark.md", BAD.replace("2012-02-30", "2012-02-28").replace("colour: blue\n", ""))
    clone.commit("Mended")
    assert clone.check() == 0, clone.printed
    assert "The check finds nothing wrong." in clone.summary
    page = (clone.path / "site" / "releases" / "2012-02-08-ferry-crews-ask-for-light.html").read_text("utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Ferry crews" in page
    assert "<script>alert" not in page
    # The site is kept as an artifact; this is how a maintainer looks at it.
    dialogs: list[str] = []
    window = chromium.new_page()
    window.on("dialog", lambda dialog: dialogs.append(dialog.message))
    window.on("pageerror", lambda error: dialogs.append(str(error)))
    window.goto((clone.path / "site" / "releases" / "2012-02-08-ferry-crews-ask-for-light.html").as_uri())
    expect(window.locator("h1")).to_have_text('"><script>alert(1)</script> Ferry crews ask for light')
    window.goto((clone.path / "site" / "index.html").as_uri())
    expect(window.get_by_role("link", name="Pier stays dark").first).to_be_visible()
    window.close()
    assert dialogs == []


def test_a_report_names_what_is_changed_withdrawn_moved_and_removed(clone: Clone, tmp_path: Path) -> None:
    add(clone, "2012-02-08-ferry-crews-ask-for-light.md", GOOD)
    add(clone, "2012-02-28-pier-stays-dark.md", BAD.replace("2012-02-30", "2012-02-28").replace("colour: blue\n", ""))
    for name, title in (("2012-07-09-nets.md", "Nets are corrected"), ("2012-02-ropes.md", "Ropes are short")):
        add(clone, name, OTHER.format(date=name.removesuffix("-nets.md").removesuffix("-ropes.md"), title=title))
    clone.commit("Four releases")
    clone.git("update-ref", "refs/remotes/origin/main", "HEAD")
    clone.base = clone.head()
    releases = clone.path / "content" / "releases"
    first, second = (
        releases / "2012/2012-02-08-ferry-crews-ask-for-light.md",
        releases / "2012/2012-02-28-pier-stays-dark.md",
    )
    first.write_text(GOOD.replace("Harbour Watch", "Harbour Office").replace("asked today", "asked"), encoding="utf-8")
    second.unlink()
    (releases / "2012" / "2012-03-crews-ask-again.md").write_text(
        GOOD.replace("2012-02-08", "2012-03")
        .replace("today", "yesterday")
        .replace('"><script>', "")
        .replace("title: '", "title: 'Again: "),
        encoding="utf-8",
    )
    moved = releases / "2012" / "2012-07-09-nets.md"
    (releases / "july").mkdir()
    moved.rename(releases / "july" / moved.name)
    withdrawn = releases / "2012" / "2012-02-ropes.md"
    withdrawn.write_text(
        withdrawn.read_text("utf-8").replace(
            "status: published", "status: withdrawn\nreason: Asked for by its publisher."
        ),
        encoding="utf-8",
    )
    (clone.path / "Makefile").write_text((clone.path / "Makefile").read_text("utf-8") + "\n# more\n", encoding="utf-8")
    clone.commit("Many things")
    clone.report(with_site=False)
    summary = clone.summary
    assert "**Releases:** 1 added, 2 changed, 1 withdrawn, 1 removed." in summary
    assert "`publisher`: Harbour Watch → Harbour Office" in summary
    assert "Its text was changed; it had 25 words and has 24." in summary
    assert "Moved from `releases/2012/2012-07-09-" in summary
    assert "`status`: published → withdrawn" in summary
    assert "Pier stays dark (`releases/2012/2012-02-28-pier-stays-dark.md`)" in summary
    assert "**Outside the archive (1):** `Makefile`" in summary
    assert "**and `same_text_as` does not say so**" in summary


def test_a_hostile_program_does_not_write_the_summary(clone: Clone) -> None:
    """It may do what it likes in its own job, which has no rights; what a maintainer reads is not its work."""
    clone.git("checkout", "--quiet", "-b", "a-lie")
    add(clone, "2012-02-28-pier-stays-dark.md", BAD)
    report = clone.path / "onrecord" / "commands" / "report.py"
    report.write_text(report.read_text("utf-8").replace("**Outside the archive", "**Nothing at all"), encoding="utf-8")
    (clone.path / "onrecord" / "commands" / "check.py").write_text(
        "def add_arguments(parser): parser.add_argument('--format'); parser.add_argument('--base')\n"
        "def run(args, out, err): return 0\n",
        encoding="utf-8",
    )
    (clone.path / "Makefile").write_text("%:\n\t@echo All is well.\n\t@mkdir -p site\n", encoding="utf-8")
    clone.commit("Only a release")
    assert clone.check() == 0
    assert "All is well" in clone.printed["Check the content, with annotations at the lines"]
    assert "All is well" not in clone.summary
    assert (
        "**Outside the archive (3):** `Makefile`, `onrecord/commands/check.py`, `onrecord/commands/report.py`"
        in clone.summary
    )
    assert "The check finds 2 errors" in clone.summary


def cached_paths() -> list[str]:
    """What the publishing workflow keeps from one run for the next."""
    for step in steps(GITHUB / "workflows" / "publish.yml", "build"):
        if step.get("uses", "").startswith("actions/cache@"):
            return [path for path in str(step["with"]["path"]).split() if not path.startswith("!")]
    raise AssertionError("publish.yml keeps nothing")


def checked_out(clone: Clone, remote: Path) -> None:
    """A fresh clone in the place of the last one, as each run has it."""
    shutil.rmtree(clone.path)
    subprocess.run(["git", "clone", "--quiet", remote, clone.path], env=clone.environment, check=True)


def stamps(site: Path) -> dict[str, tuple[int, int]]:
    """By path the number and the time of every file: another of either is another file."""
    status_of_path = {file.relative_to(site).as_posix(): file.stat() for file in site.rglob("*") if file.is_file()}
    return {path: (status.st_ino, status.st_mtime_ns) for path, status in status_of_path.items()}


def contents(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def test_the_main_branch_is_built_for_the_address_it_will_have_and_again_only_what_changed(
    clone: Clone, tmp_path: Path
) -> None:
    """The site and `.cache/build` come back as an archive with times in whole seconds, into another clone, on another day, after another
    commit; what comes of them is what a build with nothing in its hands makes."""
    assert cached_paths() == ["site", ".cache/build"]
    address = {"ONRECORD_BASE_URL": "https://example.org/archive"}
    remote, kept = tmp_path / "remote.git", tmp_path / "cache.tar"
    clone.git("clone", "--quiet", "--bare", str(clone.path), str(remote))
    checked_out(clone, remote)
    add(clone, "2012-02-08-ferry-crews-ask-for-light.md", GOOD)
    clone.commit("A release")
    clone.git("push", "--quiet", "origin", "main")
    checked_out(clone, remote)
    assert clone.run("publish.yml", "build", **address) == 0, clone.printed
    assert "All " in clone.printed["Verify the site against its manifest and against the limits of Pages"]
    assert "https://example.org/archive/index.html" in (clone.path / "site" / "sitemap.xml").read_text("utf-8")
    assert (clone.path / "site" / ".nojekyll").exists()
    assert "## Size" in clone.summary
    digest = hashlib.sha256((clone.path / "site" / "manifest.json").read_bytes()).hexdigest()
    assert f"SHA-256 of `manifest.json`: `{digest}`" in clone.summary
    with tarfile.open(kept, "w", format=tarfile.GNU_FORMAT) as archive:
        for path in cached_paths():
            archive.add(clone.path / path, path, filter=lambda info: None if "/templates" in info.name else info)

    clone.environment |= dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), "2026-03-02T09:00:00Z")
    checked_out(clone, remote)
    add(clone, "2012-02-28-pier-stays-dark.md", BAD.replace("2012-02-30", "2012-02-28").replace("colour: blue\n", ""))
    clone.commit("Another release")
    clone.git("push", "--quiet", "origin", "main")
    checked_out(clone, remote)
    with tarfile.open(kept) as archive:
        archive.extractall(clone.path, filter="fully_trusted")  # noqa: S202 - our own archive
    site = clone.path / "site"
    before, stamps_before = contents(site), stamps(site)
    assert clone.run("publish.yml", "build", **address) == 0, clone.printed
    after, stamps_after = contents(site), stamps(site)

    taken_over = {path for path in after if stamps_after[path] == stamps_before.get(path)}
    same = {path for path in after if after[path] == before.get(path)}
    # A feed tells the day of the build, the list of feeds asks how many releases each has, and a part of the search index is made anew
    # as a whole.
    kept_same = r"\.atom$|^feeds\.opml$|^pagefind/"
    assert [path for path in sorted(same - taken_over) if not re.search(kept_same, path)] == []
    assert len(taken_over) > 0.7 * len(after)
    assert "releases/2012-02-28-pier-stays-dark.html" in after.keys() - before.keys()
    fresh = tmp_path / "fresh"
    command = [sys.executable, str(clone.path / "build.py"), "--out", str(fresh), "--cache", str(tmp_path / "none")]
    subprocess.run(command, cwd=clone.path, env=clone.environment | address, check=True, capture_output=True)
    assert after == contents(fresh) | {".gitignore": after[".gitignore"]}
    assert b"2 March 2026" in after["colophon.html"]


def test_the_address_of_pages_reaches_the_build() -> None:
    workflow = (GITHUB / "workflows" / "publish.yml").read_text("utf-8")
    assert "ONRECORD_BASE_URL: ${{ steps.pages.outputs.base_url }}" in workflow


def test_an_archive_that_names_its_address_keeps_it(
    tmp_path: Path, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the step that builds is told."""
    monkeypatch.setenv("ONRECORD_BASE_URL", "https://example.org/archive")
    content = ROOT / "tests" / "sites" / "good" / "mixed" / "content"
    assert run("--content", content, "--out", tmp_path / "site", "--no-search").code == 0
    sitemap = (tmp_path / "site" / "sitemap.xml").read_text("utf-8")
    assert "https://archive.example/harbour/" in sitemap
    assert "example.org/archive" not in sitemap


def test_a_site_too_large_for_pages_is_refused_in_plain_words(
    tmp_path: Path, run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.commands import report

    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_bytes(b"x" * 100)
    with open(site / "film.bin", "wb") as film:
        film.truncate(report.MOST_FILE + 1)
    done = run("report", "--site", site)
    assert done.code == 1
    assert "**Too large:** `film.bin` has 100 MB. Divide it, or leave it out." in done.out
    with open(site / "film.bin", "wb") as film:
        film.truncate(report.MOST_FILE)
    assert run("report", "--site", site).code == 0
    monkeypatch.setattr(report, "MOST_SITE", report.MOST_FILE)
    assert run("report", "--site", site).code == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "There is nothing to report. Name a commit with --base, or a built site with --site."),
        (["--base", "no-such-branch"], "There is no commit “no-such-branch”."),
        (["--base", "--help-me"], "argument --base: expected one argument"),
    ],
)
def test_a_report_that_cannot_be_made_ends_in_one_line(
    run: Callable[..., Any], arguments: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    done = run("report", *arguments)
    assert done.code == 2
    assert message.lower() in done.err.lower()
    assert done.err.count("\n") == 1

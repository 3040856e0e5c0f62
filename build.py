#!/usr/bin/env python3
"""Onrecord: press releases become a documentary website. This file is the table of contents of the program.

content/ ─read→ Source ─check→ Release ─arrange→ Archive ─views→ View ─render→ Page ─publish→ site/ ─search→ site/pagefind/
"""

import argparse
import gc
import os
import sys
from pathlib import Path
from typing import TextIO

try:
    from onrecord import __version__, arrange, exports, feeds, publish, render, search, views
    from onrecord.command import Narrator, WrongUse, main
    from onrecord.commands import building
    from onrecord.commands.check import checked
except ModuleNotFoundError as missing:
    # Typed with another Python than the one `make site` set up: go on with that one, or say how to set up.
    if (missing.name or "").startswith("onrecord"):
        raise
    own = next((p for p in (Path(__file__).parent / ".venv").glob("*/python*") if p.stem == "python"), None)
    if own and not os.environ.get("ONRECORD_VENV"):
        os.environ["ONRECORD_VENV"] = "1"
        os.execv(own, [str(own), __file__, *sys.argv[1:]])  # noqa: S606 - our own interpreter, no shell
    sys.exit(f"build.py: {missing.name} is not installed. Set up first: make setup (or: python3 bootstrap.py).")

COMMANDS = {
    "build": ("onrecord.commands.building", "check, then write the site"),
    "check": ("onrecord.commands.check", "say what is wrong, and write nothing"),
    "import": ("onrecord.commands.importing", "turn raw documents into drafts of releases"),
    "review": ("onrecord.commands.review", "list the open questions, or answer them one by one"),
    "new": ("onrecord.commands.new", "write a release file to be filled in"),
    "serve": ("onrecord.commands.serve", "build, watch and reload, on this machine alone"),
    "verify": ("onrecord.commands.verify", "hold a site against its manifest"),
    "receive": ("onrecord.commands.receive", "turn a release sent in by issue into a draft"),
    "export": ("onrecord.commands.export", "make one file of a built site"),
    "report": ("onrecord.commands.report", "say what a change does to the archive, and what a site weighs"),
    "derive": ("onrecord.commands.derive", "write anew what is made from the schema"),
    "doctor": ("onrecord.commands.doctor", "say what this machine has and lacks"),
    "completion": ("onrecord.commands.completion", "print what a shell needs to complete these commands"),
}


def build(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """The main job, stage by stage. Nothing is written before everything has been read and checked."""
    say = Narrator(err)
    templates = building.templates(args.templates)

    with say.stage("check"):
        content = checked(args.content)
    if building.refused(content, args, out, err):
        return 1

    with say.stage("arrange"):
        settings = building.settings(content.settings, args.base_url)
        archive = arrange.archive(content.releases, settings, content.vocabularies, content.articles, args.drafts)
        edition = views.Build(__version__, building.build_date(args.content), not args.no_search, args.drafts)

    gc.freeze()  # what has been read stays to the end: the garbage collector need not look at it again and again
    gc.disable()
    try:
        with publish.staged(args.out, keep_clear=(args.content, templates)) as stage:
            with say.stage("pages"):
                renderer = render.Renderer(templates)
                paths = []
                for path, template, view in views.pages(archive, edition, renderer.words):
                    stage.write([renderer.page(path, template, view)])
                    paths.append(path)
            with say.stage("exports"):
                stage.write(exports.files(archive))
                stage.write(feeds.pages(archive, edition.date, building.changed(args.content)))
                stage.write(feeds.sitemap(settings.base_url, paths))
                stage.write([*exports.hosting(settings), exports.terms(archive), *render.assets(templates)])
            with say.stage("search"):
                if not args.no_search:
                    search.index(stage.path, search.entries(archive), None if args.fresh else args.out)
            with say.stage("publish"):
                files = stage.commit(settings.offline_copy)
    except (publish.PublishFailed, render.TemplateProblem, search.SearchFailed) as error:
        raise WrongUse(str(error)) from error
    finally:
        gc.enable()

    building.told(content, files, stage.warnings, args, say)
    return 0


if __name__ == "__main__":
    sys.exit(main(COMMANDS, sys.argv[1:], build))

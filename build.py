#!/usr/bin/env python3
"""Onrecord: press releases become a documentary website. This file is the table of contents of the program.

content/ ─load→ Cards + Texts ─arrange→ Archive ─plan→ Outputs ─make→ bytes ─publish→ site/
"""

import argparse
import contextlib
from typing import TextIO

from onrecord.command import Progress, WrongUse, end_with
from onrecord.commands import environment, installation

COMMANDS = {
    "build": ("onrecord.commands.building", "check, then write the site"),
    "check": ("onrecord.commands.check", "say what is wrong, and write nothing"),
    "import": ("onrecord.commands.importing", "turn raw documents into drafts of releases"),
    "review": ("onrecord.commands.review", "list the open questions, or answer them one by one"),
    "preview": ("onrecord.commands.preview", "make the small pictures of originals and attachments"),
    "names": ("onrecord.commands.names", "list the names that drafts have and the vocabularies have not, or add them"),
    "table": ("onrecord.commands.table", "write records as a table, or the changed cells of one"),
    "new": ("onrecord.commands.new", "write a release file to be filled in"),
    "serve": ("onrecord.commands.serve", "build, watch and reload, on this machine alone"),
    "verify": ("onrecord.commands.verify", "verify a site against its manifest"),
    "receive": ("onrecord.commands.receive", "turn a release sent in by issue into a draft"),
    "propose": ("onrecord.commands.propose", "turn what receive kept into a pull request"),
    "clean": ("onrecord.commands.clean", "make a copy of a file that gives nobody away"),
    "redact": ("onrecord.commands.redact", "list everything that still holds a word"),
    "edition": ("onrecord.commands.edition", "set down a dated edition of a built site, and its time stamps"),
    "export": ("onrecord.commands.export", "make one file of a built site"),
    "report": ("onrecord.commands.report", "say what a change does to the archive, and what a site weighs"),
    "derive": ("onrecord.commands.derive", "regenerate the files derived from the schema"),
    "init": ("onrecord.commands.init", "begin an archive of one's own"),
    "setup": ("onrecord.commands.setup", "install what the program needs, in .venv"),
    "doctor": ("onrecord.commands.doctor", "say what this machine has and lacks"),
}


def build(args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """The main job, stage by stage. Nothing is written before everything has been read and checked."""
    from onrecord.commands import building, loading

    progress = Progress(err)
    with progress.stage("look"):
        task, scan = building.task(args)
        numbers = building.unchanged(task)
    if numbers is not None:
        building.print_summary(numbers, (), args, progress, task.notices)
        return 0

    from onrecord import dataset, plan, pool, publish, render, search, site, store

    try:
        with contextlib.ExitStack() as reading:
            content = reading.enter_context(loading.loaded(args, err, task.moment, progress, scan=scan))
            del scan  # the stage “check” is behind us
            if building.report_problems(task, content, out, err):
                return 1
            with progress.stage("arrange"):
                given = building.given(task, content)
                numbers = building.counts(content, args)
                del content  # what is made from here on is made from cards and texts
            clear = (args.content, task.templates.folder)
            with publish.staged(args.out, keep_clear=clear, adopt=args.adopt) as stage:
                with progress.stage("plan"):
                    work = site.Work(
                        given, stage, task.comparison, task.ledger_path, task.inputs, task.jobs, args.audit
                    )
                    del given
                with progress.stage("make"):
                    work.make(progress.count)
                if args.audit:
                    return building.print_audit(work.audit(), work.ledger.count, out, err)
                if task.withheld:
                    with progress.stage("search"):
                        stage.notices.extend(building.refuse(work.refused(task.withheld), args))
                with progress.stage("publish"):
                    numbers = (*numbers, work.publish())
                work.remember(numbers, args.is_quiet and not stage.warnings)
    except (
        publish.PublishFailed,
        plan.SamePath,
        plan.OutputTooSlow,
        render.TemplateProblem,
        search.SearchFailed,
        pool.PoolFailed,
    ) as error:
        raise WrongUse(str(error)) from error
    except (store.StoreDamaged, dataset.PiecesDamaged) as error:
        building.discard(error, args, err)  # what was kept is worthless once lost: it is made again, once
        return build(args, out, err)
    building.print_summary(numbers, stage.warnings, args, progress, (*task.notices, *stage.notices))
    return 1 if stage.left else 0


if __name__ == "__main__":
    environment.begin(keyless="receive", bare="propose")
    installation.use_own_python(__file__)
    end_with(COMMANDS, build, endless="serve")

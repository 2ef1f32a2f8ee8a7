"""The commands that check data and make reports."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from sedp_helpers.cli.group import main
from sedp_helpers.cli.options import (
    chooses_places,
    read_formats,
    read_languages,
    select_places,
    speaks,
    takes_day,
)
from sedp_helpers.console import Console
from sedp_helpers.errors import NotFoundError
from sedp_helpers.paths import Workspace


@main.command()
@chooses_places
@speaks
@click.option("--format", "form", default="text", type=click.Choice(("text", "csv", "json")))
@click.option("--mark", is_flag=True, help="also write «workbook (checked).xlsx»")
@click.pass_obj
def check(workspace: Workspace, ids: tuple[str, ...], everything: bool, district: str, lang: str,
          form: str, mark: bool) -> None:
    """Check the raw data and say what to do about each finding.

    The folder of a district, given by its name (district-…), is checked by the district's rules.
    """
    from sedp_helpers.commands.check import DISTRICT, check_places

    folders = [ident for ident in ids if ident.startswith(DISTRICT)]
    places = tuple(ident for ident in ids if ident not in folders)
    chosen = ([] if folders and not (places or everything or district)
              else select_places(workspace, places, everything, district))
    if mark:
        from sedp_helpers.commands.mark import mark_places

        mark_places(workspace, chosen, Console(lang))
    sys.exit(check_places(workspace, [*chosen, *folders], form, Console(lang)))


@main.command()
@chooses_places
@speaks
@click.option("--panel", is_flag=True, help="write the comparison panel")
@click.option("--force", is_flag=True, help="compute again even if nothing changed")
@click.option("--no-results", is_flag=True, help="only observations, registers and findings")
@click.pass_obj
def prepare(workspace: Workspace, ids: tuple[str, ...], everything: bool, district: str,
            lang: str, panel: bool, force: bool, no_results: bool) -> None:
    """Raw data to observations, results and findings."""
    from sedp_helpers.commands.prepare import prepare_places

    chosen = [] if panel and not ids else select_places(workspace, ids, everything, district)
    sys.exit(prepare_places(workspace, chosen, Console(lang), panel=panel or everything,
                            force=force, results=not no_results))


@main.command()
@chooses_places
@click.option("--lang", default="ky", help="languages of the reports: ky,ru,en")
@click.option("--formats", default="",
              help="html,pdf,docx,xlsx (default: these four), hearing")
@click.option("--base-year", default=0, type=click.IntRange(0, 2100))
@click.option("--horizon", default=0, type=click.IntRange(0, 50))
@click.option("--level", default="", type=click.Choice(("", "simple", "complex")))
@click.option("--jobs", default=0, type=click.IntRange(0),
              help="processes (default: number of cores)")
@click.option("--scheduler", default="", help="address of a dask.distributed scheduler")
@click.option("--engine", default="auto",
              type=click.Choice(("auto", "fork", "inprocess", "cold")))
@takes_day
@click.option("--force", is_flag=True, help="build again even if nothing changed")
@click.option("--internal", is_flag=True, help="a copy for the office, small counts not hidden")
@click.option("--only", multiple=True, help="one section, may be repeated")
@click.option("--limit", default=0, type=click.IntRange(0), help="only the first N municipalities")
@click.option("--plan", "show_plan", is_flag=True, help="print the steps and run none")
@click.pass_obj
def build(workspace: Workspace, ids: tuple[str, ...], everything: bool, district: str, lang: str,
          formats: str, limit: int, show_plan: bool, jobs: int, only: tuple[str, ...],
          scheduler: str, as_of: str, **chosen: Any) -> None:
    """Prepare what is stale, execute the notebooks, write the reports."""
    from sedp_helpers.commands.build import BuildOptions, build, plan
    from sedp_helpers.publish.plan import print_plan

    options = BuildOptions(languages=read_languages(lang), formats=read_formats(formats),
                           jobs=jobs or os.cpu_count() or 1, only=only, scheduler=scheduler,
                           as_of=as_of, **chosen)
    console = Console(options.languages[0])
    try:
        places = select_places(workspace, ids, everything, district, limit)
    except NotFoundError as error:
        if not show_plan:
            raise
        console.fail(error)  # a plan of nothing is still a plan: exit code 0
        places = []
    if show_plan:
        console.write(print_plan(plan(places, options)))
        return
    sys.exit(build(workspace, places, options, console))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@speaks
@click.pass_obj
def verify(workspace: Workspace, folder: Path, lang: str) -> None:
    """Prove which inputs gave a report."""
    from sedp_helpers.commands.verify import verify_report

    sys.exit(verify_report(workspace, folder, Console(lang)))


@main.command()
@click.argument("ident")
@click.argument("name")
@click.option("--since", default="", help="print what changed since this older snapshot")
@speaks
@click.pass_obj
def snapshot(workspace: Workspace, ident: str, name: str, since: str, lang: str) -> None:
    """Keep the figures of a report under a name (hearing, council), or compare two."""
    from sedp_helpers.commands.snapshot import keep_snapshot, print_changes

    if since:
        print_changes(workspace, ident, since, name, Console(lang))
    else:
        keep_snapshot(workspace, ident, name, Console(lang))

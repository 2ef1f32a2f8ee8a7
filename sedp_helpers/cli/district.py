"""The commands that look at several municipalities."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import click

from sedp_helpers.cli.group import main
from sedp_helpers.cli.options import read_formats, read_languages, speaks, takes_day
from sedp_helpers.console import Console
from sedp_helpers.paths import Workspace


@main.command()
@click.argument("district")
@click.option("--lang", default="ky", help="languages of the book: ky,ru,en")
@click.option("--formats", default="", help="html,pdf,docx,xlsx (default: all)")
@click.option("--jobs", default=0, help="processes (default: number of cores)")
@takes_day
@click.option("--force", is_flag=True, help="build again even if nothing changed")
@click.pass_obj
def compare(workspace: Workspace, district: str, lang: str, formats: str, jobs: int,
            as_of: str, force: bool) -> None:
    """The district book: members compared, by the district's own rules."""
    from sedp_helpers.commands.compare import CompareOptions, compare_district

    options = CompareOptions(languages=read_languages(lang), formats=read_formats(formats),
                             jobs=jobs or os.cpu_count() or 1, as_of=as_of, force=force)
    sys.exit(compare_district(workspace, district, options, Console(options.languages[0])))


def writes_papers(command: Callable[..., None]) -> Callable[..., None]:
    """What papers to all members of a district are asked by: district, languages, day."""
    for add in (click.pass_obj, takes_day,
                click.option("--lang", default="ky", help="languages: ky,ru,en"),
                click.argument("district")):
        command = add(command)
    return command


@main.command("brief-down")
@writes_papers
def brief_down(workspace: Workspace, district: str, lang: str, as_of: str) -> None:
    """One page to each municipality: what it should know before it starts."""
    from sedp_helpers.commands.district_papers import write_down

    languages = read_languages(lang)
    write_down(workspace, district, Console(languages[0]), languages=languages, as_of=as_of)


@main.command()
@writes_papers
def remind(workspace: Workspace, district: str, lang: str, as_of: str) -> None:
    """A letter to each municipality that is late or lacks figures."""
    from sedp_helpers.commands.district_papers import write_reminders

    languages = read_languages(lang)
    write_reminders(workspace, district, Console(languages[0]), languages=languages, as_of=as_of)


@main.command()
@click.option("--lang", default="ky", help="languages: ky,ru,en")
@click.pass_obj
def overview(workspace: Workspace, lang: str) -> None:
    """One row a programme, for ministry and donors: a workbook and two pages."""
    from sedp_helpers.commands.overview import write_overview

    chosen = read_languages(lang)
    for path in write_overview(workspace, languages=chosen):
        Console(chosen[0]).say("created", path=str(path))


@main.command()
@click.option("--port", default=8866, help="port of this computer")
@speaks
@click.pass_obj
def serve(workspace: Workspace, port: int, lang: str) -> None:
    """The dashboards in a browser, on this computer only, with a token."""
    from sedp_helpers.commands.serve import serve as serve_pages

    sys.exit(serve_pages(workspace, port, Console(lang)))

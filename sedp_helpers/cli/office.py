"""The commands that work on the figures of one office."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from sedp_helpers.cli.group import main
from sedp_helpers.cli.options import speaks
from sedp_helpers.console import Console
from sedp_helpers.paths import Workspace


@main.command()
@click.argument("ident", metavar="ID")
@click.option("--years", default="", help="columns of the workbook: 2017-2025")
@click.option("--force", is_flag=True, help="write over what is there")
@speaks
@click.pass_obj
def new(workspace: Workspace, ident: str, years: str, force: bool, lang: str) -> None:
    """A folder with the fill-in workbook and municipality.yaml."""
    from sedp_helpers.commands.new import start_place

    start_place(workspace, ident, years, force=force, console=Console(lang))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--for", "role", default="", help="only the rows of one person: accountant …")
@click.option("--id", "ident", default="", help="filled with the figures of a municipality")
@click.option("--years", default="", help="columns of the workbook: 2017-2025")
@click.option("--force", is_flag=True, help="write over what is there")
@speaks
@click.pass_obj
def template(workspace: Workspace, file: Path, role: str, ident: str, years: str, force: bool,
             lang: str) -> None:
    """The fill-in workbook as a file."""
    from sedp_helpers.commands.new import write_workbook

    write_workbook(workspace, file, ident=ident, role=role, years=years, force=force,
                   console=Console(lang))


@main.command()
@click.argument("ident", metavar="ID")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@speaks
@click.pass_obj
def merge(workspace: Workspace, ident: str, files: tuple[Path, ...], lang: str) -> None:
    """Bring copies of the workbook that several people filled in together into one."""
    from sedp_helpers.commands.merge import merge_copies

    sys.exit(merge_copies(workspace, ident, files, Console(lang)))


@main.command()
@click.argument("ident", metavar="ID")
@click.option("--status", is_flag=True, help="list what is overdue, open and answered")
@click.option("--due", default="", help="last day to answer (default: in 14 days)")
@speaks
@click.pass_obj
def ask(workspace: Workspace, ident: str, status: bool, due: str, lang: str) -> None:
    """A letter to each office for exactly the figures that are missing."""
    from sedp_helpers.commands.ask import ask_offices, print_requests

    if status:
        print_requests(workspace, ident, Console(lang))
    else:
        ask_offices(workspace, ident, due, Console(lang))


@main.command("import")
@click.argument("kind")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "ident", required=True, help="municipality or district-<d>")
@click.option("--year", default=0, help="year as the file counts it")
@click.option("--indicator", default="", help="indicator that the file holds")
@click.option("--row", default="", help="name or code of the place in the file")
@click.option("--force", is_flag=True, help="replace different figures of the CSV table")
@speaks
@click.pass_obj
def import_(workspace: Workspace, kind: str, file: Path, ident: str, force: bool, lang: str,
            **chosen: Any) -> None:
    """Other offices' files: nsc-population, nsc-dynamic, opendata, okmot-incomes, sdmx-csv."""
    from sedp_helpers.commands.bring import Choice, import_file

    sys.exit(import_file(workspace, kind, file, ident, Choice(**chosen), force=force,
                         console=Console(lang)))


@main.command()
@click.argument("ident")
@click.option("--format", "form", default="csv",
              type=click.Choice(("raw", "csv", "parquet", "sdmx-csv")))
@click.option("--output", type=click.Path(path_type=Path), default=Path("export"))
@click.option("--force", is_flag=True, help="write over what is there")
@click.option("--internal", is_flag=True, help="for the office itself, small counts not hidden")
@speaks
@click.pass_obj
def export(workspace: Workspace, ident: str, form: str, output: Path, force: bool,
           internal: bool, lang: str) -> None:
    """Observations and results for others, or a raw folder again."""
    from sedp_helpers.commands.export import export_place

    export_place(workspace, ident, form, output, force=force, internal=internal,
                 console=Console(lang))

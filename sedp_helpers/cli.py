"""The command `sedp`: options only, then one call each."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from sedp_helpers.console import Console, open_streams
from sedp_helpers.errors import NotFoundError, OutputError, SedpError, UsageError
from sedp_helpers.models import LANGUAGES
from sedp_helpers.paths import Workspace, open_workspace

FORMATS = ("html", "pdf", "docx", "xlsx")
METHODS = ("auto", "handbook", "last", "drift", "growth_3", "growth_5", "growth_10", "damped", "ets",
           "theta", "pooled")
PAPERS = "hearing"  # asked for by name beside the formats


class Group(click.Group):
    """Shows what a user caused as a sentence, an interruption as exit code 130."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SedpError as error:
            Console(ctx.params.get("lang") or _asked_language()).fail(error)
            ctx.exit(error.exit_code)
        except OSError as error:
            path, reason = str(error.filename or ""), error.strerror or str(error)
            Console(ctx.params.get("lang") or _asked_language()).fail(
                OutputError(str(error), key="cannot_open", path=path, reason=reason))
            ctx.exit(1)
        except KeyboardInterrupt:
            Console(_asked_language()).say("interrupted")
            ctx.exit(130)


def _asked_language() -> str:
    """The language of messages when a command fails before it knows its options."""
    words = sys.argv[1:]
    for place, word in enumerate(words):
        value = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and place + 1 < len(words):
            value = words[place + 1]
        if value.split(",")[0] in LANGUAGES:
            return value.split(",")[0]
    return "ky"


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--root", type=click.Path(file_okay=False), help="workspace folder")
@click.version_option(package_name="sedp-helpers")
@click.pass_context
def main(ctx: click.Context, root: str | None) -> None:
    """Analytical workbook for social-economic development programmes."""
    open_streams()
    ctx.obj = open_workspace(root)
    if root:
        os.environ["SEDP_ROOT"] = str(ctx.obj.root)


def chooses_places(command: Callable) -> Callable:
    """IDs, --all, --district: one of them is required."""
    command = click.option("--district", default="", help="the members of a district")(command)
    command = click.option("--all", "everything", is_flag=True, help="every municipality")(command)
    return click.argument("ids", nargs=-1)(command)


def speaks(command: Callable) -> Callable:
    return click.option("--lang", default="ky", type=click.Choice(LANGUAGES),
                        help="language of what is said")(command)


def _select(workspace: Workspace, ids: tuple[str, ...], everything: bool, district: str,
            limit: int = 0) -> list[str]:
    from sedp_helpers.prepare import select

    if not (ids or everything or district):
        raise UsageError("no municipality given", key="none_given")
    chosen = select(workspace, ids, everything=everything, district=district, limit=limit)
    if district and not chosen:
        raise NotFoundError(f"no members of {district!r}", key="no_members", name=district)
    return chosen


def read_languages(text: str) -> tuple[str, ...]:
    """«ky,ru» as a tuple; an unknown language is an error."""
    chosen = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    for name in chosen:
        if name not in LANGUAGES:
            raise UsageError(f"language {name!r}", key="unknown_language", name=name)
    return chosen or ("ky",)


def read_formats(text: str) -> tuple[str, ...]:
    """«html,pdf» as a tuple; an unknown format is an error."""
    chosen = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    for name in chosen:
        if name not in (*FORMATS, PAPERS):
            raise UsageError(f"format {name!r}", key="unknown_format", name=name,
                             known=", ".join((*FORMATS, PAPERS)))
    return chosen or FORMATS


@main.command()
@chooses_places
@speaks
@click.option("--format", "form", default="text", type=click.Choice(("text", "csv", "json")))
@click.option("--mark", is_flag=True, help="also write «workbook (checked).xlsx»")
@click.pass_obj
def check(workspace: Workspace, ids: tuple[str, ...], everything: bool, district: str, lang: str,
          form: str, mark: bool) -> None:
    """Check the raw data and say what to do about each finding."""
    from sedp_helpers.commands.check import check_places

    places = _select(workspace, ids, everything, district)
    if mark:
        from sedp_helpers.commands.mark import mark_places

        mark_places(workspace, places, Console(lang))
    sys.exit(check_places(workspace, places, form, Console(lang)))


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

    chosen = [] if panel and not ids else _select(workspace, ids, everything, district)
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
@click.option("--jobs", default=0, help="processes (default: number of cores)")
@click.option("--scheduler", default="", help="address of a dask.distributed scheduler")
@click.option("--engine", default="auto",
              type=click.Choice(("auto", "fork", "inprocess", "cold")))
@click.option("--as-of", default=None, type=click.DateTime(["%Y-%m-%d"]),
              help="date that «today» stands for: 2026-05-04")
@click.option("--force", is_flag=True, help="build again even if nothing changed")
@click.option("--internal", is_flag=True, help="a copy for the office, small counts not hidden")
@click.option("--only", multiple=True, help="one section, may be repeated")
@click.option("--limit", default=0, help="only the first N municipalities")
@click.option("--plan", "show_plan", is_flag=True, help="print the steps and run none")
@click.pass_obj
def build(workspace: Workspace, ids: tuple[str, ...], everything: bool, district: str, lang: str,
          formats: str, limit: int, show_plan: bool, jobs: int, only: tuple[str, ...],
          scheduler: str, as_of: datetime | None, **chosen: Any) -> None:
    """Prepare what is stale, execute the notebooks, write the reports."""
    from sedp_helpers.commands.build import BuildOptions, build, plan
    from sedp_helpers.publish.plan import print_plan

    options = BuildOptions(languages=read_languages(lang), formats=read_formats(formats),
                           jobs=jobs or os.cpu_count() or 1, only=only, scheduler=scheduler,
                           as_of=as_of.date().isoformat() if as_of else "", **chosen)
    places = _select(workspace, ids, everything, district, limit)
    console = Console(options.languages[0])
    if show_plan:
        console.write(print_plan(plan(places, options)))
        return
    sys.exit(build(workspace, places, options, console))


@main.command()
@speaks
@click.option("--format", "form", default="text", type=click.Choice(("text", "csv", "json")))
@click.option("--inferred", is_flag=True, help="Russian terms that are only inferred")
@click.option("--sentences", is_flag=True, help="all sentences with all variants")
def catalogue(lang: str, form: str, inferred: bool, sentences: bool) -> None:
    """Indicators, units, formulas, sources and rules."""
    from sedp_helpers.commands.catalogue import list_catalogue

    Console(lang).write(list_catalogue(lang, form, inferred=inferred, sentences=sentences))


@main.command()
@speaks
@click.pass_obj
def doctor(workspace: Workspace, lang: str) -> None:
    """What is missing on this machine and how to get it."""
    from sedp_helpers.commands.doctor import list_health

    text, well = list_health(workspace, lang)
    Console(lang).write(text)
    sys.exit(0 if well else 1)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@speaks
@click.pass_obj
def verify(workspace: Workspace, folder: Path, lang: str) -> None:
    """Prove which inputs gave a report."""
    from sedp_helpers.commands.verify import verify_report

    sys.exit(verify_report(workspace, folder, Console(lang)))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--horizon", default=5, type=click.IntRange(1, 50))
@click.option("--method", default="auto", type=click.Choice(METHODS))
@click.option("--output", type=click.Path(path_type=Path))
@speaks
def forecast(file: Path, horizon: int, method: str, output: Path | None, lang: str) -> None:
    """Forecast any tidy panel unit,year,value."""
    from sedp_helpers.commands.forecast import forecast_file

    forecast_file(file, horizon, method, output, Console(lang))


@main.command()
@click.option("--municipalities", default=8)
@click.option("--seed", default=1)
@speaks
@click.pass_obj
def sample(workspace: Workspace, municipalities: int, seed: int, lang: str) -> None:
    """A synthetic workspace of N municipalities in whole districts."""
    from sedp_helpers.commands.sample import write_country

    write_country(workspace, municipalities, seed, Console(lang))


@main.command()
@click.argument("ident")
@click.option("--format", "form", default="csv",
              type=click.Choice(("raw", "csv", "parquet", "sdmx-csv")))
@click.option("--output", type=click.Path(path_type=Path), default=Path("export"))
@click.option("--force", is_flag=True, help="write over what is there")
@speaks
@click.pass_obj
def export(workspace: Workspace, ident: str, form: str, output: Path, force: bool,
           lang: str) -> None:
    """Observations and results for others, or a raw folder again."""
    from sedp_helpers.commands.export import export_place

    export_place(workspace, ident, form, output, force=force, console=Console(lang))


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


@main.command()
@click.option("--port", default=8866, help="port of this computer")
@speaks
@click.pass_obj
def serve(workspace: Workspace, port: int, lang: str) -> None:
    """The dashboards in a browser, on this computer only, with a token."""
    from sedp_helpers.commands.serve import serve as serve_pages

    sys.exit(serve_pages(workspace, port, Console(lang)))


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
    """Files of other offices: nsc-population, opendata, okmot-incomes, sdmx-csv."""
    from sedp_helpers.commands.bring import Choice, import_file

    sys.exit(import_file(workspace, kind, file, ident, Choice(**chosen), force=force,
                         console=Console(lang)))


@main.command()
@click.argument("district")
@click.option("--lang", default="ky", help="languages of the book: ky,ru,en")
@click.option("--formats", default="", help="html,pdf,docx,xlsx (default: all)")
@click.option("--jobs", default=0, help="processes (default: number of cores)")
@click.option("--force", is_flag=True, help="build again even if nothing changed")
@click.pass_obj
def compare(workspace: Workspace, district: str, lang: str, formats: str, jobs: int,
            force: bool) -> None:
    """The district book: members compared, by the district's own rules."""
    from sedp_helpers.commands.compare import CompareOptions, compare_district

    options = CompareOptions(languages=read_languages(lang), formats=read_formats(formats),
                             jobs=jobs or os.cpu_count() or 1, force=force)
    sys.exit(compare_district(workspace, district, options, Console(options.languages[0])))


@main.command()
@click.option("--lang", default="ky", help="languages: ky,ru,en")
@click.pass_obj
def overview(workspace: Workspace, lang: str) -> None:
    """One row a programme, for ministry and donors: a workbook and two pages."""
    from sedp_helpers.commands.overview import write_overview

    chosen = read_languages(lang)
    for path in write_overview(workspace, languages=chosen):
        Console(chosen[0]).say("created", path=str(path))

"""The commands that need no municipality."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sedp_helpers.cli.group import main
from sedp_helpers.cli.options import speaks
from sedp_helpers.console import Console
from sedp_helpers.paths import Workspace

METHODS = ("auto", "handbook", "last", "drift", "growth_3", "growth_5", "growth_10", "damped",
           "ets", "theta", "pooled")


@main.command()
@speaks
@click.option("--format", "form", default="text", type=click.Choice(("text", "csv", "json")))
@click.option("--inferred", is_flag=True, help="Russian terms that are only inferred")
@click.option("--sentences", is_flag=True, help="all sentences with all variants")
@click.option("--methods", is_flag=True, help="all methods as a page: formula, limits, source")
def catalogue(lang: str, form: str, inferred: bool, sentences: bool, methods: bool) -> None:
    """Indicators, units, formulas, sources and rules."""
    from sedp_helpers.commands.catalogue import list_catalogue

    Console(lang).write(list_catalogue(lang, form, inferred=inferred, sentences=sentences,
                                       methods=methods))


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
@click.option("--municipalities", default=8, type=click.IntRange(1))
@click.option("--seed", default=1)
@speaks
@click.pass_obj
def sample(workspace: Workspace, municipalities: int, seed: int, lang: str) -> None:
    """A synthetic workspace of N municipalities in whole districts."""
    from sedp_helpers.commands.sample import write_country

    write_country(workspace, municipalities, seed, Console(lang))

"""What several commands ask for in the same words: places, languages, formats."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import click

from sedp_helpers.errors import NotFoundError, UsageError
from sedp_helpers.models import LANGUAGES
from sedp_helpers.paths import Workspace

FORMATS = ("html", "pdf", "docx", "xlsx")
PAPERS = "hearing"  # asked for by name beside the formats


def chooses_places(command: Callable) -> Callable:
    """IDs, --all, --district: one of them is required."""
    command = click.option("--district", default="", help="the members of a district")(command)
    command = click.option("--all", "everything", is_flag=True, help="every municipality")(command)
    return click.argument("ids", nargs=-1)(command)


def takes_day(command: Callable) -> Callable:
    """--as-of: the day that «today» stands for, as text; empty where none is given."""
    return click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), callback=_write_day,
                        help="date that «today» stands for: 2026-05-04")(command)


def _write_day(context: click.Context, option: click.Parameter, day: datetime | None) -> str:
    return day.date().isoformat() if day else ""


def speaks(command: Callable) -> Callable:
    return click.option("--lang", default="ky", type=click.Choice(LANGUAGES),
                        help="language of what is said")(command)


def select_places(workspace: Workspace, ids: tuple[str, ...], everything: bool, district: str,
                  limit: int = 0) -> list[str]:
    """The ids that a command was given; none given is a usage error."""
    from sedp_helpers.prepare import select

    if not (ids or everything or district):
        raise UsageError("no municipality given", key="none_given")
    chosen = select(workspace, ids, everything=everything, district=district, limit=limit)
    if everything and not workspace.raw.is_dir():
        raise NotFoundError(f"no municipality in {workspace.raw}", key="nobody_there",
                            path=str(workspace.raw))
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

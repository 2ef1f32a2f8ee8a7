"""The commands of a trainer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from sedp_helpers.cli.group import main
from sedp_helpers.cli.options import speaks
from sedp_helpers.console import Console


@main.group()
def workshop() -> None:
    """Learner kits and answer keys for the training."""


def _writes(command: Callable) -> Callable:
    command = speaks(command)
    command = click.option("--force", is_flag=True, help="write over what is there")(command)
    command = click.option("--output", type=click.Path(path_type=Path, file_okay=False),
                           default=Path("workshop"), help="folder to write into")(command)
    return click.argument("topic")(command)


@workshop.command("list")
@speaks
def list_(lang: str) -> None:
    """The topics with their minutes."""
    from sedp_helpers.commands.workshop import list_topics

    Console(lang).write(list_topics(lang))


@workshop.command()
@_writes
def kit(topic: str, output: Path, force: bool, lang: str) -> None:
    """The notebook of a topic for learners, and its sheet for the printer."""
    from sedp_helpers.commands.workshop import write_topic

    write_topic(topic, output, solved=False, force=force, console=Console(lang))


@workshop.command()
@_writes
def key(topic: str, output: Path, force: bool, lang: str) -> None:
    """The same with the solutions, for the trainer."""
    from sedp_helpers.commands.workshop import write_topic

    write_topic(topic, output, solved=True, force=force, console=Console(lang))

"""The command `sedp` itself: its workspace, and what a user sees when something goes wrong."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from sedp_helpers.console import Console, open_streams
from sedp_helpers.errors import OutputError, SedpError, tell_reason
from sedp_helpers.models import LANGUAGES
from sedp_helpers.paths import open_workspace


class Group(click.Group):
    """Shows what a user caused as a sentence, an interruption as exit code 130."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`--root DIR` may stand anywhere on the line, as people type it."""
        return super().parse_args(ctx, _bring_root_forward(args))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SedpError as error:
            Console(ctx.params.get("lang") or _asked_language()).fail(error)
            ctx.exit(error.exit_code)
        except OSError as error:
            path, reason = str(error.filename or ""), tell_reason(error)
            Console(ctx.params.get("lang") or _asked_language()).fail(
                OutputError(str(error), key="cannot_open", path=path, reason=reason))
            ctx.exit(1)
        except KeyboardInterrupt:
            Console(_asked_language()).say("interrupted")
            ctx.exit(130)


def _bring_root_forward(args: list[str]) -> list[str]:
    root, rest, words = [], [], iter(args)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == "--root":
            root = [word, *[value for value in [next(words, None)] if value is not None]]
        elif word.startswith("--root="):
            root = [word]
        else:
            rest.append(word)
    return root + rest


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

"""What is said where a file of ours met one of a person's."""

from __future__ import annotations

from sedp_helpers.console import Console


def say_kept(code: str, name: str, console: Console) -> None:
    """Say a word of ``place_output``: what was kept of a person's work, or that a program holds the
    file open; anything else is a picture that could not be drawn, and why."""
    kind, _, rest = code.partition(":")
    if kind == "edited":
        console.say("edited", name=name, file=rest)
    elif kind == "open":
        file, _, beside = rest.partition(":")
        console.say("file_open", file=file, beside=beside)
    else:
        console.say("undrawn", why=rest)

"""What the program says to a person: in her language, on standard error, never failing on Ң."""

from __future__ import annotations

import sys
from typing import Any

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.errors import SedpError


def open_streams() -> None:
    """Let both streams print any letter: UTF-8 where it goes to a file, «?» where a console
    cannot show it."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    if not sys.stdout.isatty() and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")


class Console:
    """Sentences of commands.yml in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.words = load_catalog().words("commands", language)

    def text(self, key: str, **params: Any) -> str:
        """A sentence; why the system refused is said in the language too, where it is known."""
        if "reason" in params:
            params["reason"] = self.words.get(f"reason_{params['reason']}", params["reason"])
        return str(self.words[key]).format(**params)

    def say(self, key: str, **params: Any) -> None:
        """A line for the person, on standard error."""
        self.write(self.text(key, **params), error=True)

    def write(self, text: str, *, error: bool = False) -> None:
        stream = sys.stderr if error else sys.stdout
        stream.write(text if text.endswith("\n") else text + "\n")
        stream.flush()

    def fail(self, error: SedpError) -> None:
        """An error as one sentence."""
        told = error.key in self.words
        text = self.text(error.key, **error.params) if told else str(error)
        self.write(self.text("error", text=text), error=True)

"""The start page: choose a municipality, check it, build its report, open it — by buttons.

For people who never see a terminal. The buttons run the same commands as a terminal would, in a
process of their own, so that a failure cannot take the page down.
"""

from __future__ import annotations

import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ipywidgets

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.models import LANGUAGES
from sedp_helpers.paths import Workspace, open_workspace
from sedp_helpers.prepare import list_municipalities

NAMES = {"ky": "Кыргызча", "ru": "Русский", "en": "English"}
MOST_LINES = 400


def make_command(action: str, municipality: str, language: str, root: Path) -> list[str]:
    """The command line of a button.

    >>> make_command("check", "demo", "ky", Path("w"))[-5:]
    ['w', 'check', 'demo', '--lang', 'ky']
    """
    return [sys.executable, "-m", "sedp_helpers", "--root", str(root), action, municipality,
            "--lang", language]


def run_command(command: list[str]) -> Iterator[str]:
    """The lines a command prints, as they come."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,  # noqa: S603 - a list of our own words, no shell
                          encoding="utf-8", errors="replace") as process:
        yield from process.stdout or ()


def find_report(workspace: Workspace, municipality: str, language: str) -> Path | None:
    """The finished HTML report, if there is one."""
    path = workspace.reports / municipality / language / "report.html"
    return path if path.is_file() else None


class StartPage:
    """Four controls and what they say."""

    def __init__(self, workspace: Workspace | None = None) -> None:
        self.workspace = workspace or open_workspace()
        self.language = ipywidgets.ToggleButtons(
            options=[(NAMES[code], code) for code in LANGUAGES], value="ky")
        self.place = ipywidgets.Dropdown(options=list_municipalities(self.workspace))
        self.buttons = {name: ipywidgets.Button() for name in ("check", "build", "open")}
        self.log = ipywidgets.Textarea(layout={"width": "100%", "height": "320px"}, disabled=True)
        self.state = ipywidgets.Label()
        self.language.observe(lambda change: self.translate(), names="value")
        self.buttons["check"].on_click(lambda button: self.run("check"))
        self.buttons["build"].on_click(lambda button: self.run("build"))
        self.buttons["open"].on_click(lambda button: self.open())
        self.translate()

    @property
    def words(self) -> dict[str, Any]:
        return load_catalog().words("start", self.language.value)

    def translate(self) -> None:
        """Put the words of the chosen language on the controls."""
        self.place.description = self.words["choose"]
        for name, button in self.buttons.items():
            button.description = self.words[name]
        self.state.value = self.words["ready"]

    def run(self, action: str) -> None:
        """Run a command and show its lines; buttons wait meanwhile."""
        self._switch(False)
        self.log.value, self.state.value = "", self.words["working"]
        command = make_command(action, self.place.value, self.language.value, self.workspace.root)
        for line in run_command(command):
            self.log.value = "".join((self.log.value + line).splitlines(True)[-MOST_LINES:])
        self.state.value = self.words["done"]
        self._switch(True)

    def open(self) -> None:
        """Open the finished report in the browser."""
        report = find_report(self.workspace, self.place.value, self.language.value)
        if report is None:
            self.state.value = self.words["no_report"]
            return
        webbrowser.open(report.as_uri())
        self.state.value = str(report)

    def _switch(self, enabled: bool) -> None:
        for button in self.buttons.values():
            button.disabled = not enabled

    @property
    def box(self) -> ipywidgets.VBox:
        row = ipywidgets.HBox(list(self.buttons.values()))
        return ipywidgets.VBox([self.language, self.place, row, self.state, self.log])


def show_start() -> ipywidgets.VBox:
    """The start page of the project's workspace."""
    return StartPage().box

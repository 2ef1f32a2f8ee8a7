"""Controls of a dashboard: dials with a state, a link that restores it, text and figures.

A dashboard is a function state → answer; here it only gets its buttons. A figure is told twice: for
JupyterLab as plotly's own kind of output, for the dashboard server as an element that the page
draws with the carried bundle. Nothing comes from a network.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import parse_qsl, urlencode

import ipywidgets

from sedp_helpers.blocks import Block, Paragraph
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.errors import SedpError
from sedp_helpers.language import format_number
from sedp_helpers.models import LANGUAGES
from sedp_helpers.present.screen import write_screen

PLOTLY_MIME = "application/vnd.plotly.v1+json"
CONFIG = {"displayModeBar": False, "showSendToCloud": False, "plotlyServerURL": "",
          "responsive": True}
LANGUAGE_NAMES = {"ky": "Кыргызча", "ru": "Русский", "en": "English"}
WIDE = {"width": "100%", "max_width": "58em"}

State = dict[str, Any]


@dataclass(frozen=True)
class Dial:
    """One control: a number between limits, one of ``options`` (value, or value and word)."""

    id: str
    default: Any
    low: float = 0
    high: float = 0
    step: float = 1
    options: tuple[Any, ...] = ()

    @property
    def positions(self) -> tuple[float, ...]:
        """The numbers that a slider can stand at; the usual one is always among them.

        >>> Dial("plant", 0.0, 0, 1, 0.5).positions
        (0.0, 0.5, 1.0)
        """
        count = round((self.high - self.low) / self.step)
        steps = (round(float(self.low) + place * self.step, 6) for place in range(count + 1))
        return tuple(sorted({*steps, self.default}))

    @property
    def decimals(self) -> int:
        return 1 if self.step < 1 else 0


@dataclass(frozen=True)
class Answer:
    """What a state gives: text blocks, figures, files (name → content) and the numbers behind."""

    blocks: tuple[Block, ...] = ()
    specs: tuple[dict[str, Any], ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)


def read_query(text: str | None = None) -> dict[str, str]:
    """What the link of the page says; in a dashboard it stands in QUERY_STRING.

    >>> read_query("language=ru&growth=0.5")
    {'language': 'ru', 'growth': '0.5'}
    """
    return dict(parse_qsl(os.environ.get("QUERY_STRING", "") if text is None else text))


def read_state(dials: Sequence[Dial], given: Mapping[str, str]) -> State:
    """The state of a link; what it does not say, or says wrongly, is the default.

    >>> read_state([Dial("growth", 0.0, -3, 3)], {"growth": "9", "other": "x"})
    {'growth': 3.0}
    """
    return {dial.id: _read_value(dial, given.get(dial.id)) for dial in dials}


def _read_value(dial: Dial, text: str | None) -> Any:
    if text is None:
        return dial.default
    if isinstance(dial.default, bool):
        return text == "1"
    if dial.options:
        return next((one for one in dial.options if str(one) == text), dial.default)
    try:
        value = float(text)
    except ValueError:
        return dial.default
    if value != value:
        return dial.default
    return min(dial.positions, key=lambda position: abs(position - value))


def write_link(dials: Sequence[Dial], state: State) -> str:
    """The link that restores a state; what is as usual is not written.

    >>> write_link([Dial("a", 0.0, 0, 9), Dial("b", False)], {"a": 2.0, "b": False})
    '?a=2'
    """
    changed = {dial.id: state[dial.id] for dial in dials if state[dial.id] != dial.default}
    return "?" + urlencode({name: _plain(value) for name, value in changed.items()})


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    return f"{value:g}" if isinstance(value, float) else str(value)


class Panel:
    """A dashboard: dials on top, below them what the state gives."""

    def __init__(self, name: str, dials: Sequence[Dial], answer: Callable[[State], Answer],
                 state: State, *, names: Mapping[str, Callable[[str], Mapping[str, str]]]
                 | None = None, follow: Callable[[State], Sequence[Dial]] | None = None) -> None:
        self.name, self.dials, self.answer = name, tuple(dials), answer
        self.follow = follow  # the dials of a state, where what can be chosen hangs on a choice
        self.names = names or {}  # dial -> (language -> option -> the word for it)
        self.controls = {dial.id: _make_control(dial, state[dial.id]) for dial in dials}
        self.title, self.lead, self.text, self.link = (ipywidgets.HTML() for _ in range(4))
        self._quiet = False  # while labels change, controls do not ask for a new answer
        self.figures = ipywidgets.VBox()
        for control in self.controls.values():
            control.observe(self._react, names="value")
        self.show()

    @property
    def state(self) -> State:
        return {name: control.value for name, control in self.controls.items()}

    def words(self) -> dict[str, Any]:
        return load_catalog().words("dashboards", self.state["language"])

    def _react(self, change: Any) -> None:
        if not self._quiet:
            self.show()

    def show(self) -> None:
        """Bring labels, text, figures and link in line with the state."""
        trouble = self._follow()
        words, state = self.words(), self.state
        self._name_controls(words)
        try:
            if trouble:
                raise trouble
            answer = self.answer(state)
            lead, text = write_screen(filter(_leads, answer.blocks)), write_screen(
                block for block in answer.blocks if not _leads(block))
        except SedpError as error:
            answer, text = Answer(), ""
            lead = f"<p role='alert'>{escape(_explain(error, state['language']))}</p>"
        self.title.value = f"<h1>{escape(words['titles'][self.name])}</h1>"
        self.lead.value = f"<div class='sedp-lead' aria-live='polite'>{lead}</div>"
        saved = _write_files(answer.files) + _write_pictures(answer.specs, words)
        self.text.value = f"<div class='sedp-answer' tabindex='0'>{text}{saved}</div>"
        href = escape(write_link(self.dials, state))
        self.link.value = f"<p><a class='sedp-link' href='{href}'>{escape(words['link'])}</a></p>"
        self._show_figures(answer.specs)

    def _follow(self) -> SedpError | None:
        """Bring what can be chosen in line with the state; a choice that is gone becomes the
        usual one. Answers why that cannot be done."""
        try:
            dials = tuple(self.follow(self.state)) if self.follow else self.dials
        except SedpError as error:
            return error
        for old, new in zip(self.dials, dials, strict=True):
            if new.options != old.options:
                control = self.controls[new.id]
                self._quiet, value = True, control.value
                control.options = new.options
                control.value = value if value in new.options else new.default
                self._quiet = False
        self.dials = dials
        return None

    def _show_figures(self, specs: Sequence[dict[str, Any]]) -> None:
        if len(self.figures.children) != len(specs):
            self.figures.children = tuple(ipywidgets.Output() for _ in specs)
        for place, spec in zip(self.figures.children, specs):
            place.outputs = ({"output_type": "display_data", "data": _tell_figure(spec),
                              "metadata": {}},)

    def _name_controls(self, words: Mapping[str, Any]) -> None:
        for dial in self.dials:
            control = self.controls[dial.id]
            control.description = words["dials"][dial.id]
            language, own = self.state["language"], self.names.get(dial.id)
            known = own(language) if own else words["options"].get(dial.id)
            if isinstance(control, ipywidgets.SelectionSlider):
                self._name_options(control, tuple((format_number(one, language, dial.decimals), one)
                                                  for one in dial.positions))
            elif dial.options and known and dial.id != "language":
                self._name_options(control, tuple((known.get(str(one), str(one)), one)
                                                  for one in dial.options))

    def _name_options(self, control: Any, named: tuple[tuple[str, Any], ...]) -> None:
        """New words for the same options; the chosen one stays chosen."""
        if control.options == named:
            return
        self._quiet, value = True, control.value
        control.options = named
        control.value = value
        self._quiet = False

    @property
    def box(self) -> ipywidgets.VBox:
        return ipywidgets.VBox([self.title, *self.controls.values(), self.lead, self.figures,
                                self.text, self.link])


def show_panel(make: Callable[[str, str], Panel], place: str, language: str) -> ipywidgets.VBox:
    """The page of a place; where it cannot be made, a sentence on why in its stead."""
    try:
        return make(place, language).box
    except SedpError as error:
        asked = read_query().get("language", language)
        said = escape(_explain(error, asked if asked in LANGUAGES else "ky"))
        return ipywidgets.VBox([ipywidgets.HTML(
            f"<div class='sedp-lead'><p role='alert'>{said}</p></div>")])


def _tell_figure(spec: Mapping[str, Any]) -> dict[str, Any]:
    """A figure for JupyterLab, and for the server's page, which has no plotly renderer."""
    figure = {**spec, "config": CONFIG}
    text = escape(json.dumps(figure, ensure_ascii=False))
    return {PLOTLY_MIME: figure,
            "text/html": f'<div class="sedp-figure" data-spec="{text}"></div>'}


def _leads(block: Block) -> bool:
    """What the page says first, beside the figures."""
    return isinstance(block, Paragraph) and block.role == "finding"


def _make_control(dial: Dial, value: Any) -> ipywidgets.Widget:
    style = {"description_width": "min(26em, 50%)"}  # half of a telephone is for the control
    if dial.id == "language":
        options = [(LANGUAGE_NAMES[code], code) for code in LANGUAGES]
        return ipywidgets.ToggleButtons(options=options, value=value)
    if isinstance(dial.default, bool):
        return ipywidgets.Checkbox(value=value, indent=False, layout=WIDE)
    if dial.options:
        return ipywidgets.Dropdown(options=dial.options, value=value, style=style, layout=WIDE)
    # a slider of words: that of numbers would write them with a point in every language
    return ipywidgets.SelectionSlider(options=dial.positions, value=value,
                                      continuous_update=False, style=style, layout=WIDE)


def _explain(error: SedpError, language: str) -> str:
    for name in ("dashboards", "commands"):
        text = load_catalog().words(name, language).get(error.key)
        if isinstance(text, str):
            return text.format(**error.params)
    return str(error)


def _write_files(files: Mapping[str, bytes]) -> str:
    """Links to download files without a server: their content stands in the page."""
    from base64 import b64encode

    return "".join(
        f"<p><a download='{escape(name)}' href='data:application/octet-stream;base64,"
        f"{b64encode(content).decode('ascii')}'>{escape(name)}</a></p>"
        for name, content in files.items())


def _write_pictures(specs: Sequence[object], words: Mapping[str, Any]) -> str:
    """Buttons that save the figures of the page; the page's own script does it (index.html.j2)."""
    if not specs:
        return ""
    buttons = " ".join(f"<button type='button' class='sedp-save' data-kind='{kind}'>"
                       f"{kind.upper()}</button>" for kind in ("svg", "png"))
    return f"<p>{escape(words['picture'])} {buttons}</p>"

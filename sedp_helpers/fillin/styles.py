"""The one look of the fill-in workbook: calm colours, input cells in pale yellow.

Colour is never the only sign: a cell to fill in is also framed and the only one that is unlocked.
"""

from __future__ import annotations

from typing import Any

INK, MUTED, FAINT = "#1F2933", "#5B6874", "#9AA5AF"
ACCENT, HEAD, BAND, RULE = "#14506B", "#E6EEF2", "#F4F7F9", "#C3CED6"
INPUT = "#FFFBE0"
TABS = {"sections": ACCENT, "data": "#0F7B6C", "participation": "#8A5A9E", "plan": "#B8651B",
        "other": "#8A97A3"}
FONT = "Calibri"

_BASE = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"}
_BOX = {"border": 1, "border_color": RULE}
_FILL = {**_BOX, "bg_color": INPUT, "locked": False}
STYLES: dict[str, dict[str, Any]] = {
    "plain": {},
    "title": {"bold": True, "font_size": 16, "font_color": ACCENT},
    "subtitle": {"font_size": 12, "font_color": MUTED},
    "group": {"bold": True, "font_size": 11, "font_color": ACCENT, "bottom": 1,
              "bottom_color": ACCENT},
    "hint": {"italic": True, "font_color": MUTED},
    "hint_in": {"italic": True, "font_color": MUTED, "indent": 1},
    "wrap": {"text_wrap": True, "valign": "top"},
    "label": {"bold": True},
    "key": {"font_size": 6, "font_color": FAINT, "bg_color": BAND, "num_format": ";;;"},
    "head": {**_BOX, "bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT,
             "text_wrap": True, "align": "center"},
    "head_left": {**_BOX, "bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT,
                  "text_wrap": True, "indent": 1},
    "name": {**_BOX, "bold": True, "bg_color": HEAD, "text_wrap": True, "indent": 1},
    "part": {**_BOX, "indent": 2, "text_wrap": True},
    "deep": {**_BOX, "indent": 3, "text_wrap": True},
    "unit": {**_BOX, "font_color": MUTED, "text_wrap": True, "indent": 1},
    "unit_name": {**_BOX, "font_color": MUTED, "bg_color": HEAD, "text_wrap": True,
                  "indent": 1},
    "blocked": {**_BOX, "bg_color": HEAD},
    "small": {"font_size": 8, "font_color": MUTED, "text_wrap": True, "indent": 1},
    "input": _FILL,
    "input_bold": {**_FILL, "bold": True, "align": "center"},
    "input_number": {**_FILL, "num_format": "#,##0.###", "align": "right"},
    "input_whole": {**_FILL, "num_format": "#,##0", "align": "right"},
    "input_general": {**_FILL, "align": "right"},
    "input_year": {**_FILL, "num_format": "0", "align": "center"},
    "input_date": {**_FILL, "num_format": "dd.mm.yyyy", "align": "center"},
    "input_text": {**_FILL, "num_format": "@"},
    "input_wrap": {**_FILL, "num_format": "@", "text_wrap": True, "valign": "top"},
    "input_part": {**_FILL, "num_format": "@", "indent": 2, "text_wrap": True},
    "open": {"locked": False},
    "open_text": {"locked": False, "num_format": "@"},
    "open_date": {"locked": False, "num_format": "dd.mm.yyyy"},
    "link": {"font_color": "#0B5C8A", "underline": 1},
}


class Styles:
    """The formats of one workbook, made when first asked for."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = self._book.add_format({**_BASE, **STYLES[name]})
        return self._made[name]

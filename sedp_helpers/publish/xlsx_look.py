"""How the cells of the workbook look."""

from __future__ import annotations

from typing import Any

ACCENT = "#14506B"
SOFT = "#44535E"


def describe_format(
    kind: str, decimals: int, right: bool, bold: bool, soft: bool, wrap: bool, apart: bool
) -> dict[str, Any]:
    """The format of a kind of cell: title, caption, note, link, head, number, whole or text."""
    base: dict[str, Any] = {"font_name": "Arial", "font_size": 10, "valign": "top"}
    if apart:  # a text after a column of numbers does not touch them
        base["indent"] = 1
    if kind == "title":
        return {**base, "bold": True, "font_size": 14, "font_color": ACCENT}
    if kind == "caption":
        return {**base, "bold": True, "font_size": 11}
    if kind == "note":
        return {**base, "font_color": SOFT, "font_size": 9, "text_wrap": wrap}
    if kind == "link":
        return {**base, "font_color": ACCENT, "underline": 1}
    if kind == "head":
        edge = {"top": 2, "bottom": 1, "top_color": ACCENT, "bottom_color": ACCENT}
        align = "right" if right else "left"
        return {
            **base,
            **edge,
            "bold": True,
            "text_wrap": True,
            "align": align,
            "bg_color": "#EEF4F7",
        }
    base.update(bottom=4, bottom_color="#C3CED6", bold=bold)
    if soft:
        base["font_color"] = SOFT
    if kind == "number":
        return {**base, "num_format": "#,##0" + ("." + "0" * decimals if decimals else "")}
    return {
        **base,
        "text_wrap": not right,
        "align": "right" if right else "left",
        "num_format": "0" if kind == "whole" else "@",
    }

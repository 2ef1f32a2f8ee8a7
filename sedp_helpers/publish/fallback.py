"""Drawing without a browser of the system: the optional library kaleido 0.2.1 brings its own.

Only ``PlotlyScope`` of that version is used; later versions need a browser themselves and are
passed over. Nothing is installed here.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sedp_helpers.publish.guard import Bundle

MODULE = "kaleido.scopes.plotly"


class ScopeRenderer:
    """Draws one figure at a time with the library's own browser."""

    def __init__(self, scope_class: Any, bundle: Bundle, style: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="sedp-draw-")
        script = Path(self._folder.name) / "plotly.js"
        script.write_text(_join_scripts(bundle, style), encoding="utf-8")
        self._scope = scope_class(plotlyjs=str(script), mathjax=None)

    def draw(self, job: Mapping[str, Any]) -> bytes:
        """The SVG of a figure."""
        figure = {"data": job["data"], "layout": job["layout"]}
        size = {"width": job["width"], "height": job["height"]}
        return bytes(self._scope.transform(figure, format="svg", scale=1, **size))

    def close(self) -> None:
        self._folder.cleanup()


def open_scope(bundle: Bundle, style: str) -> ScopeRenderer | None:
    """The fallback, or None where the library is not installed or is a later version."""
    if importlib.util.find_spec("kaleido") is None:
        return None
    if importlib.util.find_spec("kaleido.scopes") is None:
        return None
    return ScopeRenderer(importlib.import_module(MODULE).PlotlyScope, bundle, style)


def _join_scripts(bundle: Bundle, style: str) -> str:
    """The bundle, its locale and the fonts as one file: the library loads only one."""
    return "\n".join(
        (
            bundle.script,
            bundle.locale,
            f"Plotly.setPlotConfig({{locale: {json.dumps(bundle.language)}}});",
            "var sheet = document.createElement('style');",
            f"sheet.textContent = {json.dumps(style)};",
            "document.head.appendChild(sheet);",
        )
    )

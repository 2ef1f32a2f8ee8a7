"""The foreign files that travel with the program: the chart library and the fonts.

They are carried along so that a report needs no network. This module names them, reads what their
sidecars say and checks that they are undamaged; it imports nothing of ours and changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent
PLOTLY = PACKAGE / "present" / "assets"
PLOTLY_BUNDLE = PLOTLY / "plotly-sedp.min.js"
FONTS = PACKAGE / "publish" / "assets" / "fonts"
FONT_FAMILIES = ("Golos Text", "Noto Sans", "Noto Sans Symbols 2", "Noto Sans Math")


def describe_bundle() -> dict[str, Any]:
    """What the sidecar says of the chart library: version, traces, sha256, licence."""
    return _read_json(PLOTLY / "plotly-sedp.json")


def bundle_traces() -> tuple[str, ...]:
    """The kinds of plotly trace that can be drawn; any other is drawn as nothing, silently.

    >>> bundle_traces()
    ('scatter', 'bar', 'heatmap')
    """
    return tuple(describe_bundle()["traces"])


def find_locale(language: str) -> Path | None:
    """The words of the chart library in a language; None for English, which it speaks itself."""
    path = PLOTLY / f"plotly-locale-{language}.js"
    return path if path.is_file() else None


def describe_fonts() -> list[dict[str, Any]]:
    """One entry a font file: file, family, weight, source, licence, sha256."""
    return _read_json(FONTS / "versions.json")


def find_damaged() -> list[Path]:
    """The carried files that are missing or are not, byte for byte, what their sidecar says."""
    return [path for path, sha256 in _list_expected() if _hash_file(path) != sha256]


def _list_expected() -> Iterator[tuple[Path, str]]:
    yield PLOTLY_BUNDLE, describe_bundle()["sha256"]
    for font in describe_fonts():
        yield FONTS / font["file"], font["sha256"]


def _hash_file(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))

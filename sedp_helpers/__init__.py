"""The public names for notebooks: what a notebook may import."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "open_section": "facade",
    "show_budget": "widgets.budget",
    "show_district": "widgets.district",
    "show_municipality": "widgets.whatif",
    "show_start": "widgets.start",
    "show_whatif": "widgets.whatif",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    """Load a façade at first use, so that the pure packages import quickly."""
    if name in _HOMES:
        return getattr(import_module(f"sedp_helpers.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'sedp_helpers' has no attribute {name!r}")

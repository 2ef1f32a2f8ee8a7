"""The public names for notebooks: what a section notebook may import."""

from __future__ import annotations

from typing import Any

__all__ = ["open_section"]


def __getattr__(name: str) -> Any:
    """Load the façade at first use, so that the pure packages import quickly."""
    if name == "open_section":
        from sedp_helpers.section import open_section

        return open_section
    raise AttributeError(f"module 'sedp_helpers' has no attribute {name!r}")

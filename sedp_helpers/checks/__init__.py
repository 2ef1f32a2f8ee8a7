"""Checks of the data of one municipality."""

from __future__ import annotations

from typing import Any


def check_data(context: Any, observations: Any) -> list[Any]:
    return []

"""From results to chart data: which entries a picture shows and the table behind it.

A visible list, one line each: a new picture is a file, a line and a test. Drawing is the business
of ``present.charts``, words of ``present.narrative``.
"""

from __future__ import annotations

from typing import Callable

from sedp_helpers.present.pictures import bars, pyramid, structure, trend, waterfall
from sedp_helpers.present.pictures.base import Picture, Viewer
from sedp_helpers.registry import Registry

PICTURES: Registry[Callable[..., Picture]] = Registry("picture")
PICTURES.add("bars", bars.view_bars)
PICTURES.add("pyramid", pyramid.view_pyramid)
PICTURES.add("structure", structure.view_structure)
PICTURES.add("trend", trend.view_trend)
PICTURES.add("waterfall", waterfall.view_waterfall)

__all__ = ["PICTURES", "Picture", "Viewer"]

"""From results to chart data: which entries a picture shows and the table behind it.

A visible list, one line each: a new picture is a file, a line and a test. Drawing is the business
of ``present.charts``, words of ``present.narrative``.
"""

from __future__ import annotations

from collections.abc import Callable

from sedp_helpers.present.pictures import (
    areas,
    bars,
    dots,
    funding,
    groups,
    growth_share,
    heat,
    lines,
    money_flow,
    need,
    parts,
    pyramid,
    quotient,
    risk_matrix,
    structure,
    trend,
    village_map,
    waterfall,
)
from sedp_helpers.present.pictures.base import Picture, Viewer
from sedp_helpers.registry import Registry

PICTURES: Registry[Callable[..., Picture]] = Registry("picture")
PICTURES.add("areas", areas.view_areas)
PICTURES.add("bars", bars.view_bars)
PICTURES.add("dots", dots.view_dots)
PICTURES.add("funding", funding.view_funding)
PICTURES.add("groups", groups.view_groups)
PICTURES.add("growth_share", growth_share.view_growth_share)
PICTURES.add("guesses", funding.view_guesses)
PICTURES.add("heat", heat.view_heat)
PICTURES.add("lines", lines.view_lines)
PICTURES.add("money_flow", money_flow.view_money_flow)
PICTURES.add("need", need.view_need)
PICTURES.add("parts", parts.view_parts)
PICTURES.add("pyramid", pyramid.view_pyramid)
PICTURES.add("quotient", quotient.view_quotient)
PICTURES.add("risk_matrix", risk_matrix.view_risk_matrix)
PICTURES.add("structure", structure.view_structure)
PICTURES.add("trend", trend.view_trend)
PICTURES.add("village_map", village_map.view_village_map)
PICTURES.add("waterfall", waterfall.view_waterfall)

__all__ = ["PICTURES", "Picture", "Viewer"]

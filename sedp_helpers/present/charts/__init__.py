"""The kinds of figures: a visible list, one line each; a new kind is a file, a line and a test.

Every kind is a pure function (data, words, look) → plain plotly specification.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sedp_helpers.present.charts import (
    areas,
    bars,
    dots,
    flow,
    gantt,
    heat,
    influence,
    map,
    matrix,
    multiples,
    pyramid,
    ranks,
    resources,
    scatter_change,
    stacked,
    tree,
    trend,
    waterfall,
)
from sedp_helpers.registry import Registry

CHARTS: Registry[Callable[..., dict[str, Any]]] = Registry("chart kind")
CHARTS.add("areas", areas.draw_areas)
CHARTS.add("bars", bars.draw_bars)
CHARTS.add("dots", dots.draw_dots)
CHARTS.add("flow", flow.draw_flow)
CHARTS.add("gantt", gantt.draw_gantt)
CHARTS.add("heat", heat.draw_heat)
CHARTS.add("influence", influence.draw_influence)
CHARTS.add("map", map.draw_map)
CHARTS.add("matrix", matrix.draw_matrix)
CHARTS.add("multiples", multiples.draw_multiples)
CHARTS.add("pyramid", pyramid.draw_pyramid)
CHARTS.add("ranks", ranks.draw_ranks)
CHARTS.add("resources", resources.draw_resources)
CHARTS.add("scatter_change", scatter_change.draw_scatter_change)
CHARTS.add("stacked", stacked.draw_stacked)
CHARTS.add("tree", tree.draw_tree)
CHARTS.add("trend", trend.draw_trend)
CHARTS.add("waterfall", waterfall.draw_waterfall)

ALT_FACTS: Registry[Callable[..., dict[str, Any]]] = Registry("chart kind with facts")
ALT_FACTS.add("bars", bars.alt_facts)
ALT_FACTS.add("pyramid", pyramid.alt_facts)
ALT_FACTS.add("ranks", ranks.alt_facts)
ALT_FACTS.add("stacked", stacked.alt_facts)
ALT_FACTS.add("trend", trend.alt_facts)

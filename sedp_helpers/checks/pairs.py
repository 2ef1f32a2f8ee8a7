"""CK-PAIR, CK-EQUAL, CK-RANGE: relations between figures that are listed in catalog/checks.yml.

``part ≤ factor · whole``; two names of one thing that must agree; a ratio that must lie inside
limits. Breakdowns follow: a part by village is compared with the whole of that village.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from sedp_helpers.checks.grid import Row
from sedp_helpers.checks.inspection import CHECKS, Inspection, tidy
from sedp_helpers.checks.relations import Suspect, fetch, list_figures
from sedp_helpers.checks.words import name_figure
from sedp_helpers.compute.inputs import fill_key, parse_inputs
from sedp_helpers.models import DIMS, LANGUAGES, Finding, Text


@CHECKS.register("pairs")
def check_pairs(inspection: Inspection) -> Iterator[Finding]:
    """Parts that are larger than the whole they belong to."""
    for pair in inspection.settings["pairs"]:
        factor = pair.get("factor", 1)
        for row, part in list_figures(inspection, pair["part"], pair["whole"], _exceeds(factor)):
            whole = fetch(inspection, pair["whole"], row)
            if whole is None or part <= factor * whole.value * (1 + 1e-9):
                continue
            named = {"figure": _name(inspection, pair["part"], row)} if "+" in pair["part"] else {}
            yield inspection.at_row(
                "CK-PAIR", row, text="CK-PAIR" if factor == 1 else "CK-PAIR-FACTOR",
                severity=pair.get("severity", ""), part=tidy(part), whole=tidy(whole.value),
                factor=factor, whole_figure=_name(inspection, pair["whole"], row), **named)


@CHECKS.register("equals")
def check_equals(inspection: Inspection) -> Iterator[Finding]:
    """Two figures that mean the same and differ by more than the tolerance."""
    for pair in inspection.settings["equals"]:
        for row, value in list_figures(inspection, pair["one"], pair["other"],
                                       _differs(pair["tolerance_pct"]), exact=True):
            other = fetch(inspection, pair["other"], row)
            if other is None or not max(value, other.value):
                continue
            gap = 100 * abs(value - other.value) / max(abs(value), abs(other.value))
            if gap > pair["tolerance_pct"]:
                yield inspection.at_row(
                    "CK-EQUAL", row, severity=pair.get("severity", ""), number=tidy(value),
                    other=tidy(other.value), difference=tidy(abs(value - other.value)),
                    other_figure=_name(inspection, pair["other"], row))


@CHECKS.register("ranges")
def check_ranges(inspection: Inspection) -> Iterator[Finding]:
    """Ratios of two figures that lie outside what is plausible anywhere."""
    for one in inspection.settings["ranges"]:
        for row, top in list_figures(inspection, one["top"], one["bottom"], _lies_outside(one),
                                     exact=True):
            bottom = fetch(inspection, one["bottom"], row)
            if bottom is None or bottom.value < one.get("bottom_min", 1):
                continue
            ratio = one.get("times", 1) * top / bottom.value
            if not one["low"] <= ratio <= one["high"]:
                yield inspection.at_row(
                    "CK-RANGE", row, number=tidy(top), other=tidy(bottom.value),
                    other_figure=_name(inspection, one["bottom"], row), ratio=round(ratio, 2),
                    times=one.get("times", 1), low=one["low"], high=one["high"])


# The same three relations over arrays, a little wider, so that what is no finding for certain is
# not looked at one by one.
def _exceeds(factor: float) -> Suspect:
    return lambda part, whole: part > factor * whole


def _differs(tolerance: float) -> Suspect:
    return lambda one, other: 100 * abs(one - other) > (
        0.999 * tolerance * np.maximum(abs(one), abs(other)))


def _lies_outside(limits: dict[str, Any]) -> Suspect:
    times, low, high = limits.get("times", 1), limits["low"] * 1.001, limits["high"] * 0.999
    return lambda top, bottom: (times * top < low * bottom) | (times * top > high * bottom)


def _name(inspection: Inspection, text: str, row: Row) -> Text:
    """The names of the figures an input means for a row, joined by a plus."""
    names = []
    for term in parse_inputs(text):
        key = fill_key(term, dict(zip(DIMS, row.key)))
        names.append(name_figure(inspection.context, term.id, key))
    return Text(**{lang: " + ".join(name.get(lang) for name in names) for lang in LANGUAGES})

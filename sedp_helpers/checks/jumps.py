"""DQ-33, DQ-31, CK-JUMP: a figure that is far from its own other years.

Three sizes of one thing: a factor near a thousand is a suspected unit (DQ-33), a factor of ten an
outlier (DQ-31), a smaller one a jump to be explained (CK-JUMP). The suspect is the figure that is
farther from the median of its series; of two figures it is the smaller one for a unit, the later
one otherwise. Nothing is corrected.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from math import log
from statistics import median

import numpy as np

from sedp_helpers.checks.grid import Row, count_dims
from sedp_helpers.checks.inspection import CHECKS, Inspection, tidy
from sedp_helpers.models import Finding, Indicator


@CHECKS.register("jumps")
def check_jumps(inspection: Inspection) -> Iterator[Finding]:
    """Totals, single items, sexes and villages; finer breakdowns are too small to be judged."""
    figures = inspection.grid.figures
    largest = _largest_steps(figures.values)
    for ident, lines in figures.lines.items():
        spec = inspection.catalog.indicators.get(ident)
        if spec is None or spec.time == "static" or spec.unit == "pct":
            continue
        finest = 2 if spec.item_required else 1
        least = inspection.limit("CK-JUMP", "ratio")[spec.time] * (1 - 1e-9)
        for line in np.flatnonzero((largest[lines] >= least) & (figures.dims[lines] <= finest)):
            rows = figures.rows[lines.start + line]
            known = [row for number in rows.tolist() if number >= 0
                     and (row := inspection.grid.row(number)).known and row.value > 0]
            if len(known) > 1 and not known[0].key[1]:
                yield from judge_series(inspection, spec, known)


def _largest_steps(values: np.ndarray) -> np.ndarray:
    """The largest factor between a positive figure of each line and the positive one before it."""
    positive = np.where(values > 0, values, np.nan)
    largest = np.zeros(len(values))
    before = positive[:, :1].ravel() if values.size else largest
    for now in positive.T[1:]:
        largest = np.fmax(largest, np.fmax(now / before, before / now))
        before = np.where(np.isnan(now), before, now)
    return largest


def judge_series(
    inspection: Inspection, spec: Indicator, rows: list[Row]
) -> Iterator[Finding]:
    """The suspects of one series of positive figures, at most one finding a figure."""
    logs = [log(row.value) for row in rows]
    steps = [later - earlier for earlier, later in itertools.pairwise(logs)]
    if max(map(abs, steps)) < log(inspection.limit("CK-JUMP", "ratio")[spec.time]):
        return
    said: set[int] = set()
    for index, step in enumerate(steps):
        rule = _size_step(inspection, spec, rows[index], rows[index + 1], step,
                          usual_step(steps, index))
        if not rule:
            continue
        suspect = pick_suspect(logs, index, smaller=rule == "DQ-33")
        if suspect in said or inspection.is_exempt(rule, rows[suspect]):
            continue
        said.add(suspect)
        other = rows[index] if suspect == index + 1 else rows[index + 1]
        if rule == "DQ-33":
            inspection.blamed.add(rows[suspect].origin)
        yield _report(inspection, spec, rule, rows[suspect], other)


def _size_step(
    inspection: Inspection, spec: Indicator, before: Row, now: Row, step: float, usual: float
) -> str:
    """The rule that a change between two figures breaks, or nothing."""
    factor = abs(step)
    unit = inspection.catalog.units.get(spec.unit, {})
    low, high = (inspection.limit("DQ-33", name) for name in ("ratio_min", "ratio_max"))
    doubtful = unit.get("kind") in inspection.limit("DQ-33", "kinds")
    if log(low) <= factor <= log(high) and (doubtful or spec.time == "stock"):
        return "DQ-33"
    if before.basis != now.basis or now.status == "B" or now.year - before.year > 2:
        return ""
    if abs(now.value - before.value) < inspection.limit("CK-JUMP", "change_min").get(
            unit.get("kind", ""), 0):
        return ""
    if factor >= log(inspection.limit("DQ-31", "ratio")):
        return "DQ-31"
    limit = inspection.limit("CK-JUMP", "ratio")[spec.time]
    if count_dims(now.key):
        limit *= inspection.limit("CK-JUMP", "parts_times")
    return "CK-JUMP" if factor > max(log(limit), usual) else ""


def usual_step(steps: list[float], index: int) -> float:
    """Three robust deviations of the other changes of a series, 0 where they are fewer than three.

    >>> round(usual_step([0.0, 0.1, 3.0, -0.1], 2), 4)
    0.4448
    """
    others = [step for place, step in enumerate(steps) if place != index]
    if len(others) < 3:
        return 0.0
    centre = median(others)
    return 3 * 1.4826 * median(abs(step - centre) for step in others)


def pick_suspect(logs: list[float], index: int, *, smaller: bool) -> int:
    """Which of two neighbours is the odd one.

    >>> pick_suspect([7.0, 7.0, 0.0, 7.0], 2, smaller=True)
    2
    >>> pick_suspect([0.0, 7.0], 0, smaller=True), pick_suspect([0.0, 7.0], 0, smaller=False)
    (0, 1)
    """
    centre = median(logs)
    away = [abs(logs[place] - centre) for place in (index, index + 1)]
    if len(logs) > 2 and abs(away[0] - away[1]) > 1e-9:
        return index if away[0] > away[1] else index + 1
    if smaller:
        return index if logs[index] < logs[index + 1] else index + 1
    return index + 1


def _report(
    inspection: Inspection, spec: Indicator, rule: str, row: Row, other: Row
) -> Finding:
    high, low = max(row.value, other.value), min(row.value, other.value)
    text = name_unit_text(inspection, spec, row.value < other.value) if rule == "DQ-33" else rule
    return inspection.at_row(
        rule, row, text=text, number=tidy(row.value), other=tidy(other.value),
        other_year=str(other.year), times=round(high / low, 1))


def name_unit_text(inspection: Inspection, spec: Indicator, too_small: bool) -> str:
    """The text that names the suspected unit: money and counts in thousands, mass in kilograms."""
    kind = inspection.catalog.units.get(spec.unit, {}).get("kind", "")
    if kind == "money":
        return "DQ-33-THOUSAND" if too_small else "DQ-33-SOM"
    return "DQ-33-KG" if kind == "mass" and not too_small else "DQ-33"

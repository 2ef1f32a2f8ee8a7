"""DQ-25: the parts of a figure must add up to its total, over each dimension that is complete.

Completeness is CONTRACT section 4: both sexes; ages from 0 to an open band without gap; every
village; the items present where none is missing. Nothing is repaired: both figures are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sedp_helpers.checks.grid import Row, strip_dim
from sedp_helpers.checks.inspection import CHECKS, Inspection, tidy
from sedp_helpers.compute.facts import Key, chain_ages
from sedp_helpers.models import DIMS, Finding, Indicator

Parts = dict[str, Row]


@CHECKS.register("sums")
def check_sums(inspection: Inspection) -> Iterator[Finding]:
    """Each typed total against each complete set of its typed parts; one finding a total."""
    grid = inspection.grid
    for ident in grid.indicators():
        spec = inspection.catalog.indicators.get(ident)
        if spec is None or not spec.adds_over:
            continue
        for year in grid.years(ident):
            yield from _check_year(inspection, spec, grid.cells(ident, year))


def _check_year(
    inspection: Inspection, spec: Indicator, cells: Mapping[Key, Row]
) -> Iterator[Finding]:
    if len(cells) < 2:
        return
    said: set[Key] = set()
    for dim in (one for one in DIMS if one in spec.adds_over):
        for key, parts in gather_parts(cells, DIMS.index(dim)).items():
            total = cells[key]
            if not total.known or key in said:
                continue
            complete = pick_complete(spec, dim, parts, inspection.context.facts.villages)
            if not complete:
                continue
            found = sum(part.value for part in complete)
            if not differs(total.value, found, [part.value for part in complete],
                           whole=inspection.catalog.units.get(spec.unit, {}).get("whole", True)):
                continue
            said.add(key)
            yield _report(inspection, total, dim, complete, found)


def _report(
    inspection: Inspection, total: Row, dim: str, parts: list[Row], found: float
) -> Finding:
    by_sex = {part.key[0]: part.value for part in parts} if dim == "sex" else {}
    return inspection.at_row(
        "DQ-25", total, text=f"DQ-25-{dim.upper()}", total=tidy(total.value), sum=tidy(found),
        difference=tidy(abs(total.value - found)), count=len(parts),
        women=tidy(by_sex.get("f", 0)), men=tidy(by_sex.get("m", 0)),
    )


def gather_parts(cells: Mapping[Key, Row], index: int) -> dict[Key, Parts]:
    """Typed totals with their typed parts over one dimension, all other dimensions equal."""
    found: dict[Key, Parts] = {}
    for key, row in cells.items():
        if key[index]:
            total = strip_dim(key, index)
            if total in found:
                found[total][key[index]] = row
            elif total in cells:
                found[total] = {key[index]: row}
    return found


def gather_total(cells: Mapping[Key, Row], index: int) -> Parts:
    """The typed parts of the overall total over one dimension."""
    return {key[index]: row for key, row in cells.items()
            if key[index] and key.count("") == len(key) - 1}


def pick_complete(
    spec: Indicator, dim: str, parts: Parts, villages: tuple[str, ...]
) -> list[Row]:
    """The parts that must make the total; empty where they are not complete."""
    names: list[str] | None
    if dim == "sex":
        names = ["f", "m"]
    elif dim == "age":
        names = chain_ages(parts, 0, None)
    elif dim == "village":
        names = list(villages)
    else:
        names = sorted(set(parts) - set(spec.of_which))
    if not names or (dim == "item" and len(names) == 1):
        return []
    chosen = [parts[name] for name in names if name in parts and parts[name].known]
    return chosen if len(chosen) == len(names) else []


def differs(total: float, found: float, parts: list[float], *, whole: bool) -> bool:
    """Whether a sum is not its total; a total typed with fewer decimals than its parts may differ
    by its rounding, where the unit is not counted in whole things.

    >>> differs(7037, 7020, [3545, 3475], whole=True)
    True
    >>> differs(17620, 17620.1, [12000.4, 5619.7], whole=False)
    False
    """
    if total == found:
        return False
    allowed = 1e-9 * max(abs(total), abs(found), 1.0)
    decimals = count_decimals(total)
    if not whole and max(map(count_decimals, parts)) > decimals:
        allowed += 0.5 * 10.0**-decimals
    return abs(total - found) > allowed


def count_decimals(value: float) -> int:
    """Decimals as typed.

    >>> count_decimals(17620.0), count_decimals(2.87)
    (0, 2)
    """
    text = repr(float(value))
    return 0 if text.endswith(".0") or "e" in text else len(text.partition(".")[2])

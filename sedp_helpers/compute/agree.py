"""Forecasts of parts made to add up to the forecast of the total.

Each part is forecast by its own past; their sum misses the total's forecast by a little. The total
is the planning figure, so the parts are scaled to it, with their intervals. Parts that did not make
up the observed total (a part without a past, bands that overlap) are never stretched to it.
"""

from __future__ import annotations

from collections.abc import Callable
from math import isnan

from sedp_helpers.compute.rows import Row

LIMITS = ("lower_80", "upper_80", "lower_95", "upper_95")
Parts = Callable[[Row], bool]


def by_sex(row: Row) -> bool:
    return bool(row.sex) and not row.age


def by_age(row: Row) -> bool:
    return bool(row.age) and not row.sex


def by_both(row: Row) -> bool:
    return bool(row.age) and bool(row.sex)


def by_item(row: Row) -> bool:
    return bool(row.item)


def agree_with_total(
    rows: list[Row], ways: dict[str, list[Parts]], is_whole: Callable[[Row, list[Row]], bool]
) -> list[Row]:
    """The rows with parts scaled to the recommended total of the same result and year.

    ``ways`` names, by result, the ways in which parts can make up the whole; ``is_whole`` says of a
    total and its parts whether they did when last observed. Other parts are left as they are.
    """
    scaled = list(rows)
    for result, choices in ways.items():
        places = [i for i, row in enumerate(rows)
                  if row.result == result and row.method.startswith("recommended")]
        totals = {rows[i].year: rows[i] for i in places if _is_total(rows[i])}
        for way in choices:
            for year, total in totals.items():
                mine = [i for i in places if rows[i].year == year and way(rows[i])]
                if mine and is_whole(total, [rows[i] for i in mine]):
                    _scale(scaled, mine, total.value)
    return scaled


def _is_total(row: Row) -> bool:
    return not (row.sex or row.age or row.village or row.item)


def _scale(rows: list[Row], places: list[int], total: float) -> None:
    values = [rows[place].value for place in places]
    whole = sum(values)
    if isnan(whole) or isnan(total) or whole <= 0:
        return
    factor = total / whole
    for place in places:
        row = rows[place]
        limits = {name: getattr(row, name) * factor for name in LIMITS}
        rows[place] = row._replace(value=row.value * factor, **limits)

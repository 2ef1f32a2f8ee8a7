"""By how many points a percentage has moved, for the shares that sentences speak of."""

from __future__ import annotations

from collections.abc import Iterator

from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.derived import compute_result
from sedp_helpers.compute.facts import join_statuses
from sedp_helpers.compute.rows import Row
from sedp_helpers.models import ResultSpec


@CUSTOM.register("points_change")
def points_change(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """Last minus first known value up to the base year, in percentage points, for each item.

    The year of the row is the last of the two; one known year gives no row.
    """
    share = context.catalog.results[spec.params["of"]]
    known: dict[str, list[Row]] = {}
    for row in compute_result(context.facts, share):
        if row.status != "O" and int(row.year) <= context.base_year:
            known.setdefault(row.item, []).append(row)
    for item, rows in known.items():
        rows.sort(key=lambda row: int(row.year))
        if len(rows) > 1:
            yield _subtract(spec, rows[0], rows[-1], item)


def _subtract(spec: ResultSpec, first: Row, last: Row, item: str) -> Row:
    inputs = ";".join(dict.fromkeys(f"{last.inputs};{first.inputs}".split(";")))
    return Row(spec.section, spec.id, last.year, last.value - first.value, unit=spec.unit,
               item=item, status=join_statuses([first.status, last.status]), inputs=inputs)

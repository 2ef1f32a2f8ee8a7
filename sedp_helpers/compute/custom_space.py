"""Space: land needed for housing by the end of the forecast."""

from __future__ import annotations

from collections.abc import Iterator

from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.facts import Fact
from sedp_helpers.compute.outlook import recommended_total
from sedp_helpers.compute.rows import Row, make_row
from sedp_helpers.models import ResultSpec


@CUSTOM.register("housing_land_need")
def housing_land_need(context: Context, spec: ResultSpec) -> Iterator[Row]:
    """(queue + growth of households) × plot, in ha, in the last year of the forecast.

    Growth = max(0, recommended households − households of the base year); queue of the base year.
    """
    base, last = context.base_year, context.last_year
    queue = context.facts.get("space.housing_queue", base)
    plot = context.facts.static("space.plot_ha", base)
    now = context.facts.get("population.households", base)
    ahead = recommended_total(context, "population.households", last)
    wanted: dict[str, Fact | None] = {
        "space.housing_queue": queue,
        "space.plot_ha": plot,
        "population.households": now,
        "population.households.forecast": ahead,
    }
    if all(fact is None for fact in (queue, plot, now)):
        return
    missing = [name for name, fact in wanted.items() if fact is None or not fact.known]
    known = [fact for fact in wanted.values() if fact is not None and fact.known]
    value = None
    if not missing:
        growth = max(0.0, ahead.value - now.value)  # type: ignore[union-attr]
        value = (queue.value + growth) * plot.value  # type: ignore[union-attr]
    yield make_row(spec.section, spec.id, last, value, known, missing=missing, unit=spec.unit)

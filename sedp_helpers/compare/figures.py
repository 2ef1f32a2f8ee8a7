"""The comparison panel as comparable figures: shares and amounts per head, one row each.

Only panel rows are looked at (CONTRACT section 7); formulas are those of the catalogue, so a
municipality is compared by the very number that stands in its own report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pandas as pd

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.compare.joint_services import SERVICE_MEASURES
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.custom import CUSTOM
from sedp_helpers.compute.derived import compute_result
from sedp_helpers.compute.facts import Facts
from sedp_helpers.compute.inputs import input_ids
from sedp_helpers.compute.protect import LIMIT, PEOPLE
from sedp_helpers.compute.rows import Row
from sedp_helpers.models import Municipality, ResultSpec, Text

import_module("sedp_helpers.compute.results")  # it registers the custom computations

COLUMNS = ["unit", "indicator", "item", "year", "value", "status"]
KEY = ["indicator", "item"]
LOOK_BACK = 3  # years before the base year within which a figure may still be compared


@dataclass(frozen=True)
class Measure:
    """One thing that is compared: an indicator or result, with its item where it has one."""

    id: str
    item: str = ""

    @classmethod
    def read(cls, text: str) -> Measure:
        """
        >>> Measure.read("services.coverage_pct[water]")
        Measure(id='services.coverage_pct', item='water')
        """
        ident, _, item = text.rstrip("]").partition("[")
        return cls(ident, item)

    @property
    def name(self) -> str:
        return f"{self.id}[{self.item}]" if self.item else self.id


def list_compared(settings: Mapping[str, Any], section: str = "") -> list[Measure]:
    """What is compared (catalog/district.yml): in a section, or in all in their order."""
    return [Measure.read(text) for name, texts in settings["compared"].items() for text in texts
            if section in ("", name)]


def list_wanted(
    catalog: Catalog, settings: Mapping[str, Any], likeness: Iterable[str]
) -> list[Measure]:
    """Every measure that any comparison asks for; ``likeness``: what peers are found by."""
    drawn = [text for name in ("trends", "change") for text in settings[name]]
    shares = [Measure("economy.share_pct", sector) for sector in catalog.codes["sectors"]]
    services = [Measure(ident, service) for ident in SERVICE_MEASURES
                for service in catalog.codes["services"]]
    likely = [*settings["peers"]["weights"], *likeness]
    return list(dict.fromkeys([*list_compared(settings), *map(Measure.read, [*drawn, *likely]),
                               *shares, *services]))


def calc_figures(
    panel: pd.DataFrame, catalog: Catalog, measures: Iterable[Measure]
) -> pd.DataFrame:
    """Every measure of every unit and year that the panel allows; missing ones have no row.

    ``panel``: rows as ``sedp prepare --panel`` writes them, of one kind (real or sample) only.
    """
    wanted = list(measures)
    ids = {ident for m in wanted for ident in list_needed(m.id, catalog)}
    rows: list[tuple] = []
    kept = panel[panel["indicator"].isin(ids)]
    for unit, part in kept.groupby("unit", sort=True):
        rows += _calc_unit(str(unit), part, catalog, wanted)
    return pd.DataFrame(rows, columns=COLUMNS)


def pick_figures(
    results: Iterable[Row], facts: Facts, catalog: Catalog, measures: Iterable[Measure]
) -> pd.DataFrame:
    """The figures of one place from its results, the same as ``calc_figures`` makes them."""
    wanted = {(m.id, m.item) for m in measures}
    rows: dict[tuple[str, str, int], tuple] = {}
    for row in results:
        if (row.result, row.item) not in wanted or row.sex or row.age or row.village:
            continue
        spec = catalog.results.get(row.result)
        if row.value == row.value and row.year and not (
                spec and is_small(facts, spec, int(row.year), row.item)):
            key = (row.result, row.item, int(row.year))
            rows.setdefault(key, ("", *key, row.value, row.status))
    return pd.DataFrame(list(rows.values()), columns=COLUMNS)


def list_needed(ident: str, catalog: Catalog) -> list[str]:
    """The indicators a measure is made of."""
    spec = catalog.results.get(ident)
    if spec is None:
        return [ident]
    return [one for text in spec.inputs.values() for one in input_ids(text)]


def _calc_unit(
    unit: str, part: pd.DataFrame, catalog: Catalog, measures: list[Measure]
) -> Iterator[tuple]:
    facts = Facts(part.assign(sex="", age="", village=""), catalog.indicators)
    context = Context(catalog, _stand_in(unit, part), facts)
    items: dict[str, dict[str, None]] = {}  # in the order of the measures, in every run the same
    for measure in measures:
        items.setdefault(measure.id, {})[measure.item] = None
    for ident, chosen in items.items():
        spec = catalog.results.get(ident)
        if spec is None:
            yield from _list_observed(unit, facts, ident, chosen)
            continue
        for row in _compute(context, spec):
            if (row.item in chosen and not (row.sex or row.age) and row.value == row.value
                    and not is_small(facts, spec, int(row.year), row.item)):
                yield unit, ident, row.item, int(row.year), row.value, row.status


def is_small(facts: Facts, spec: ResultSpec, year: int, item: str) -> bool:
    """Whether a rate of a category rests on one to four people and so is not shown.

    CONTRACT section 7; totals of a municipality are no category.
    """
    if not item:
        return False
    for ident in (one for text in spec.inputs.values() for one in input_ids(text)):
        indicator = facts.indicators.get(ident)
        if indicator is None or indicator.unit not in PEOPLE:
            continue
        fact = facts.get(ident, year, item=item)
        if fact is not None and fact.known and 0 < fact.value < LIMIT:
            return True
    return False


def _list_observed(
    unit: str, facts: Facts, ident: str, items: Iterable[str]
) -> Iterator[tuple]:
    for item in items:
        for year, fact in facts.series(ident, item=item).items():
            if fact.known:
                yield unit, ident, item, year, fact.value, fact.status


def _compute(context: Context, spec: ResultSpec) -> Iterable[Row]:
    if spec.formula.startswith("custom:"):
        return CUSTOM.get(spec.formula.removeprefix("custom:"))(context, spec)
    return compute_result(context.facts, spec)


def _stand_in(unit: str, part: pd.DataFrame) -> Municipality:
    return Municipality(id=unit, name=Text(ky=unit), base_year=int(part["year"].max()))


def choose_years(
    figures: pd.DataFrame, base_year: int, *, look_back: int = LOOK_BACK
) -> pd.Series:
    """(indicator, item) -> the year to compare it in: where most units have it, the later of
    equals; none where nobody has it.

    Only one year for all, and none older than ``look_back`` years: figures of different years are
    never set beside each other.
    """
    near = figures[figures["year"].between(base_year - look_back, base_year)]
    counts = near.groupby([*KEY, "year"]).size().rename("count").reset_index()
    best = counts.sort_values(["count", "year"]).drop_duplicates(KEY, keep="last")
    return best.set_index(KEY)["year"]


def take_level(figures: pd.DataFrame, base_year: int) -> pd.DataFrame:
    """One row a unit and measure, all units of a measure in the same year; adds ``measure``."""
    years = choose_years(figures, base_year).to_dict()
    keys = [*zip(figures["indicator"], figures["item"])]
    order = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    kept = [place for place, (key, year) in enumerate(zip(keys, figures["year"]))
            if years.get(key) == year]
    kept.sort(key=lambda place: order[keys[place]])
    names = pd.array([Measure(*keys[place]).name for place in kept], dtype="str")
    return figures.iloc[kept].assign(measure=names)


def tabulate_level(level: pd.DataFrame, units: Iterable[str]) -> pd.DataFrame:
    """Units × measures, NaN where a unit has no figure."""
    table = level.pivot(index="unit", columns="measure", values="value")
    order = list(dict.fromkeys(level["measure"]))
    return table.reindex(index=list(units), columns=order).astype(float)

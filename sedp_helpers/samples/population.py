"""Rows of the section on population: who lives here, works, leaves, is poor."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sedp_helpers.samples.people import BANDS, SEXES, band_sums
from sedp_helpers.samples.scene import Scene
from sedp_helpers.samples.table import split_whole, sum_parts

_REASONS_IN = {"study": 6, "work": 16, "family": 48, "health": 2, "return": 22, "other": 6}
_REASONS_OUT = {"study": 20, "work": 48, "family": 22, "health": 2, "other": 6}
_REASONS_AWAY = {"study": 19, "work": 70, "family": 7, "health": 2, "other": 2}
_DESTINATIONS = {"cis": 62, "other_country": 11, "inside": 27}
SECTOR_SHARES = {
    "agriculture": (50, 40), "industry": (4, 5), "construction": (9, 11), "trade": (12, 14),
    "transport": (6, 7), "services": (5, 8), "public": (11, 12), "other": (3, 3),
}
_WOMEN_IN = {
    "agriculture": 0.44, "industry": 0.35, "construction": 0.06, "trade": 0.55,
    "transport": 0.10, "services": 0.58, "public": 0.66, "other": 0.45,
}


def add_population(scene: Scene) -> None:
    """All indicators of the section."""
    _add_stock(scene)
    _add_households(scene)
    _add_flows(scene)
    _add_workers(scene)
    _add_absent(scene)
    _add_poor(scene)


def _add_stock(scene: Scene) -> None:
    sheet, bands = scene.sheet, band_sums(scene.people.stock)
    sheet.add("population.total", scene.total)
    for s, sex in enumerate(SEXES):
        sheet.add("population.total", bands[:, :, s].sum(axis=(1, 2)), sex=sex)
        for b, age in enumerate(BANDS):
            sheet.add("population.total", bands[:, :, s, b].sum(axis=1), sex=sex, age=age)
    for v, village in enumerate(scene.villages):
        sheet.add("population.total", bands[:, v].sum(axis=(1, 2)), village=village)
        for s, sex in enumerate(SEXES):
            sheet.add("population.total", bands[:, v, s].sum(axis=1), sex=sex, village=village)
            for b, age in enumerate(BANDS if scene.setting.detail else ()):
                sheet.add("population.total", bands[:, v, s, b], sex=sex, age=age, village=village)
    factor = 1 + scene.rng.normal(0, 0.008, scene.years)
    sheet.add("population.nsc_estimate", np.rint(scene.total * factor))
    _add_sexes(scene, "population.registered", np.rint(scene.total * 1.045), 0.495)
    guests = 0.012 * np.exp(scene.rng.normal(0, 0.08, scene.years))
    _add_sexes(scene, "population.temporary_residents", np.rint(scene.total * guests), 0.46)


def _add_sexes(
    scene: Scene, indicator: str, total: np.ndarray, women: float, status: str = ""
) -> None:
    """A total and its split by sex with a slightly moving share of women."""
    share = np.clip(women + scene.rng.normal(0, 0.008, scene.years), 0.05, 0.95)
    scene.sheet.add_sum(indicator, split_whole(total, {"f": share, "m": 1 - share}), "sex",
                        status=status)


def _add_households(scene: Scene) -> None:
    by_village = scene.people.stock.sum(axis=(2, 3))
    size = scene.rng.uniform(4.6, 5.4) - 0.02 * np.arange(scene.years)
    counts = np.rint(by_village / size[:, None]).astype(np.int64)
    parts = dict(zip(scene.villages, counts.T))
    scene.facts["households"] = scene.sheet.add_sum("population.households", parts, "village")
    for village, values in parts.items():
        scene.facts[f"households {village}"] = values


def _add_flows(scene: Scene) -> None:
    people, sheet = scene.people, scene.sheet
    _add_counts(scene, "population.births", people.births)
    for indicator, counts, reasons in (
        ("population.deaths", people.deaths, None),
        ("population.arrivals", people.arrivals, _REASONS_IN),
        ("population.departures", people.departures, _REASONS_OUT),
    ):
        by_sex = _add_counts(scene, indicator, counts.sum(axis=-1))
        bands = band_sums(counts.sum(axis=1))
        for s, sex in enumerate(SEXES):
            for b, age in enumerate(BANDS):
                sheet.add(indicator, bands[:, s, b], sex=sex, age=age)
        if reasons:
            _add_items(scene, indicator, by_sex, reasons)
    ages = people.working_age()
    _add_counts(scene, "population.working_age", ages)
    scene.facts["working_age"] = ages.sum(axis=(1, 2))


def _add_counts(scene: Scene, indicator: str, counts: np.ndarray) -> dict[str, np.ndarray]:
    """Counts [year, village, sex] as total, by sex, by village and by both; back by sex."""
    sheet = scene.sheet
    by_sex = {sex: counts[:, :, s].sum(axis=1) for s, sex in enumerate(SEXES)}
    sheet.add_sum(indicator, by_sex, "sex")
    for v, village in enumerate(scene.villages):
        sheet.add(indicator, counts[:, v].sum(axis=1), village=village)
        for s, sex in enumerate(SEXES):
            sheet.add(indicator, counts[:, v, s], sex=sex, village=village)
    return by_sex


def _add_items(
    scene: Scene, indicator: str, by_sex: dict[str, np.ndarray], weights: Mapping[str, float]
) -> None:
    """The counts of each sex split over items, and the items over both sexes."""
    alpha = np.array(list(weights.values()), float) + 0.5
    shares = dict(zip(weights, scene.rng.dirichlet(alpha * 3, scene.years).T))
    cells = {sex: split_whole(counts, shares) for sex, counts in by_sex.items()}
    for item in weights:
        parts = {sex: cell[item] for sex, cell in cells.items()}
        scene.sheet.add(indicator, sum_parts(parts), item=item)
        scene.sheet.add_parts(indicator, parts, "sex", item=item)


def _add_workers(scene: Scene) -> None:
    """Employed by sector and sex, and the unemployed."""
    sheet, rng, working = scene.sheet, scene.rng, scene.facts["working_age"]
    shock = np.array([0.06 if year in (2020, 2021) else 0.0 for year in sheet.years])
    rate = rng.uniform(0.50, 0.58) + 0.004 * np.arange(scene.years) - shock
    moves = np.linspace(0, 1, scene.years)
    shares = {sector: (start + (end - start) * moves) * np.exp(rng.normal(0, 0.12))
              for sector, (start, end) in SECTOR_SHARES.items()}
    scene.jobs = split_whole(np.rint(working * rate), shares)
    women = {sector: np.rint(jobs * _WOMEN_IN[sector]).astype(np.int64)
             for sector, jobs in scene.jobs.items()}
    sheet.add_sum("population.employed", scene.jobs, "item")
    for sex in SEXES:
        cells = {sector: women[sector] if sex == "f" else jobs - women[sector]
                 for sector, jobs in scene.jobs.items()}
        sheet.add("population.employed", sum_parts(cells), sex=sex)
        sheet.add_parts("population.employed", cells, "item", sex=sex)
    registered = np.rint(working * (rng.uniform(0.018, 0.03) + 0.1 * shock))
    _add_sexes(scene, "population.unemployed_registered", registered, 0.53)
    hidden = np.rint(working * (rng.uniform(0.04, 0.07) + 0.15 * shock))
    _add_sexes(scene, "population.unemployed_unregistered", hidden, 0.47, "E")


def _add_absent(scene: Scene) -> None:
    share = scene.rng.uniform(0.07, 0.12) * (1 + 0.02 * np.arange(scene.years))
    dip = np.array([0.75 if year == 2020 else 1.0 for year in scene.sheet.years])
    total = np.rint(scene.total * share * dip)
    by_sex = split_whole(total, {"f": 0.38, "m": 0.62})
    scene.sheet.add_sum("population.absent", by_sex, "sex")
    _add_items(scene, "population.absent", by_sex, _REASONS_AWAY)
    places = split_whole(total, _DESTINATIONS)
    scene.sheet.add_sum("population.absent_destination", places, "item")
    scene.facts["abroad"] = places["cis"] + places["other_country"]


def _add_poor(scene: Scene) -> None:
    usual = np.interp(scene.sheet.years, (2017, 2019, 2021, 2024), (0.26, 0.21, 0.33, 0.27))
    share = usual * scene.rng.uniform(0.85, 1.2)
    total = np.rint(scene.total * share)
    scene.facts["poor"] = total
    _add_sexes(scene, "population.poor", total, 0.505)

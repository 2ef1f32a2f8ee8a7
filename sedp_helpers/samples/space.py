"""Rows of the sections on space and the environment; the land categories add up to the area."""

from __future__ import annotations

import numpy as np

from sedp_helpers.samples.scene import Scene
from sedp_helpers.samples.table import split_whole, sum_parts

# Share of the territory and the used part of it; what is left of the territory is reserve land.
_LAND = {
    "arable": (0.085, 0.93), "pasture": (0.610, 0.88), "hayfield": (0.030, 0.92),
    "perennial": (0.006, 0.90), "settlement": (0.022, 0.90), "industry_transport": (0.012, 0.95),
    "protected": (0.030, 1.0), "forest": (0.060, 1.0), "water": (0.015, 1.0),
    "other": (0.020, 0.40),
}
_HAZARDS = {"mudflow": 0.030, "flood": 0.014, "landslide": 0.006}
_PLOT_HA = 0.08
_WASTE_T = 0.23


def add_space(scene: Scene) -> None:
    """The area and all indicators of both sections; needed before the economy."""
    _add_land(scene)
    _add_building(scene)
    _add_waste(scene)
    _add_nature(scene)
    _add_hazards(scene)


def _add_land(scene: Scene) -> None:
    sheet, rng = scene.sheet, scene.rng
    area = np.rint(scene.total[0] * rng.uniform(2.2, 7.0) / 10) * 10
    sheet.add("territory.area_ha", np.full(scene.years, area))
    for item, (share, _) in _LAND.items():
        scene.land[item] = np.full(scene.years, np.rint(area * share * rng.uniform(0.85, 1.12)))
    scene.land["settlement"] += np.rint(np.arange(scene.years) * area * 0.0002)
    used = {item: np.rint(scene.land[item] * min(1.0, part * rng.uniform(0.96, 1.03)))
            for item, (_, part) in _LAND.items()}
    scene.land["reserve"] = area - sum_parts(scene.land)
    used["reserve"] = np.rint(scene.land["reserve"] * 0.2)
    for indicator, parts in (("space.land_ha", scene.land), ("space.land_used_ha", used)):
        sheet.add_sum(indicator, parts, "item")
        irrigated = np.rint(parts["arable"] * 0.68)
        sheet.add(indicator, irrigated, item="irrigated")
        sheet.add(indicator, parts["arable"] - irrigated, item="rainfed")
        sheet.add(indicator, np.rint(parts["arable"] * 0.17), item="state_fund")
    for item, share in (("protected", 1.0), ("water_zone", 0.4), ("hazard", 0.7)):
        base = scene.land["protected" if item == "protected" else "water"]
        sheet.add("space.restricted_ha", np.rint(base * share), item=item)
    zoned = scene.land["settlement"] * np.linspace(0.15, 0.5, scene.years)
    sheet.add("space.zoned_ha", np.rint(zoned))


def _add_building(scene: Scene) -> None:
    queue = scene.facts["households"] * np.linspace(0.16, 0.22, scene.years)
    scene.sheet.add("space.housing_queue", np.rint(queue * scene.rng.uniform(0.7, 1.3)))
    scene.sheet.add("space.plot_ha", np.full(scene.years, _PLOT_HA))


def _add_waste(scene: Scene) -> None:
    sheet, years = scene.sheet, scene.years
    made = np.round(scene.total * _WASTE_T * 1.015 ** np.arange(years), 1)
    sheet.add("environment.waste_generated_t", made)
    share = np.clip(np.linspace(0.3, 0.55, years) * scene.rng.uniform(0.85, 1.15), 0.1, 0.9)
    sheet.add("environment.waste_collected_t", np.round(made * share, 1))
    dumps = {village: np.maximum(0, scene.rng.integers(1, 5) - np.arange(years) // 3)
             for village in scene.villages}
    sheet.add_sum("environment.illegal_dumps", dumps, "village")


def _add_nature(scene: Scene) -> None:
    sheet, rng, years = scene.sheet, scene.rng, scene.years
    pasture = scene.land["pasture"]
    sheet.add("environment.pasture_ha", pasture)
    worn = pasture * np.linspace(0.26, 0.33, years) * rng.uniform(0.8, 1.2)
    sheet.add("environment.pasture_degraded_ha", np.rint(worn))
    sheet.add("environment.forest_ha", scene.land["forest"])
    sheet.add("environment.trees_planted", np.rint(scene.total * rng.uniform(0.1, 0.5, years)))
    samples = np.maximum(12, np.rint(scene.total * 0.006)) + rng.integers(0, 8, years)
    sheet.add("environment.water_samples", samples)
    sheet.add("environment.water_samples_failed",
              np.floor(samples * np.linspace(0.16, 0.09, years)))


def _add_hazards(scene: Scene) -> None:
    indicator = "environment.households_in_hazard_zone"
    whole = np.zeros(scene.years)
    for hazard, share in _HAZARDS.items():
        weights = scene.rng.dirichlet(np.full(len(scene.villages), 0.8)) + 0.01
        noise = scene.rng.uniform(0.6, 1.4) * np.exp(scene.rng.normal(0, 0.06, scene.years))
        total = np.rint(scene.facts["households"] * share * noise)
        parts = split_whole(total, dict(zip(scene.villages, weights)))
        parts = {village: np.minimum(values, scene.facts[f"households {village}"])
                 for village, values in parts.items()}
        scene.sheet.add_parts(indicator, parts, "village", item=hazard)
        total = sum_parts(parts)
        scene.sheet.add(indicator, total, item=hazard)
        whole = whole + total
    scene.sheet.add(indicator, whole)

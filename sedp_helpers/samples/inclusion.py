"""Rows of the section on inclusion: vulnerable people, their support, ethnic groups."""

from __future__ import annotations

import numpy as np

from sedp_helpers.samples.people import SEXES
from sedp_helpers.samples.scene import Scene
from sedp_helpers.samples.table import split_whole, sum_parts

# Share of all residents and share of women; violence is never given below the district.
_CATEGORIES = {
    "low_income": (0.090, 0.52), "disability": (0.026, 0.46), "elderly_alone": (0.006, 0.68),
    "orphan": (0.005, 0.49), "large_family": (0.070, 0.50), "single_parent": (0.014, 0.82),
    "returned_migrant": (0.009, 0.34),
}
_SUPPORTED = {"low_income": 0.55, "disability": 0.90, "elderly_alone": 0.75, "orphan": 0.85,
              "large_family": 0.35, "single_parent": 0.25, "returned_migrant": 0.15}
_ETHNIC = {"kyrgyz": 94.0, "uzbek": 2.4, "russian": 1.6, "dungan": 1.0, "other": 1.0}


def add_inclusion(scene: Scene) -> None:
    """All indicators of the section."""
    sheet, rng = scene.sheet, scene.rng
    everyone = {sex: np.zeros(scene.years) for sex in SEXES}
    helped = {name: {sex: np.zeros(scene.years) for sex in SEXES} for name in ("in", "out")}
    for category, (share, women) in _CATEGORIES.items():
        trend = np.linspace(1.05, 0.95, scene.years) * rng.uniform(0.75, 1.3)
        trend *= np.exp(rng.normal(0, 0.025, scene.years))
        cells = split_whole(np.rint(scene.total * share * trend), {"f": women, "m": 1 - women})
        _add_category(scene, "inclusion.vulnerable", category, cells)
        _add_villages(scene, category, sum_parts(cells))
        support = {sex: np.floor(cell * _SUPPORTED[category]) for sex, cell in cells.items()}
        leaving = rng.uniform(0.04, 0.10, scene.years)
        left = {sex: np.floor(cell * leaving) for sex, cell in support.items()}
        _add_category(scene, "inclusion.supported", category, support)
        _add_category(scene, "inclusion.exited", category, left)
        for sex in SEXES:
            everyone[sex] += cells[sex]
            helped["in"][sex] += support[sex]
            helped["out"][sex] += left[sex]
    overlap = 0.82  # one person can stand in several categories
    for indicator, by_sex in (("vulnerable", everyone), ("supported", helped["in"]),
                              ("exited", helped["out"])):
        counted = {sex: np.floor(values * overlap) for sex, values in by_sex.items()}
        sheet.add_sum(f"inclusion.{indicator}", counted, "sex")
    _add_ethnic(scene)
    _add_families(scene)


def _add_category(
    scene: Scene, indicator: str, category: str, cells: dict[str, np.ndarray]
) -> None:
    scene.sheet.add(indicator, sum_parts(cells), item=category)
    scene.sheet.add_parts(indicator, cells, "sex", item=category)


def _add_villages(scene: Scene, category: str, total: np.ndarray) -> None:
    weights = dict(zip(scene.villages, scene.people.stock.sum(axis=(2, 3)).T))
    scene.sheet.add_parts("inclusion.vulnerable", split_whole(total, weights), "village",
                          item=category)


def _add_ethnic(scene: Scene) -> None:
    weights = np.array(list(_ETHNIC.values())) + scene.rng.uniform(0, 0.6, len(_ETHNIC))
    scene.sheet.add_parts("inclusion.ethnic",
                          split_whole(scene.total, dict(zip(_ETHNIC, weights))), "item")


def _add_families(scene: Scene) -> None:
    share = scene.rng.uniform(0.07, 0.12) * np.linspace(1.05, 0.9, scene.years)
    share = share * np.exp(scene.rng.normal(0, 0.03, (len(scene.villages), scene.years)))
    parts = {village: np.rint(scene.facts[f"households {village}"] * share[place])
             for place, village in enumerate(scene.villages)}
    scene.sheet.add_sum("inclusion.low_income_families", parts, "village")

"""Rows of the section on the budget: parts add up, and a year opens with what the last left."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sedp_helpers.samples.scene import Scene
from sedp_helpers.samples.table import grow, sum_parts

# Share of revenue in 2017 and in 2024, per cent.
_REVENUE = {
    "land_tax": (6.5, 5.5), "property_tax": (3.0, 4.5), "income_tax": (14, 24),
    "subsoil_tax": (2, 2.5), "patent_tax": (3, 4.5), "paid_services": (4, 4.5), "rent": (3, 3.5),
    "fines": (0.6, 0.5), "fees": (1.2, 1.2), "special_funds": (3.5, 3), "pasture_fee": (2.2, 2.3),
    "land_fund_rent": (3, 3), "other_nontax": (1, 1), "equalising_transfer": (42, 30),
    "targeted_transfer": (6, 5), "incentive_grant": (5, 5),
}
_PROGRAMMES = {
    "management": (34, 30), "improvement": (11, 13), "infrastructure": (13, 14),
    "preschool": (21, 21), "culture_sport": (8, 8), "social": (4, 4), "development": (9, 10),
}
PROTECTED = ("management", "preschool", "social")
_RESERVE_PCT = 1.6


def add_budget(scene: Scene) -> None:
    """All indicators of the section."""
    revenue = _add_revenue(scene)
    _add_expenditure(scene, revenue)


def _split_money(
    scene: Scene, total: np.ndarray, table: Mapping[str, tuple[float, float]]
) -> dict[str, np.ndarray]:
    """Amounts in hundreds of som by moving shares; their sum is near the wanted total."""
    moves = np.linspace(0, 1, scene.years)
    shares = {code: (start + (end - start) * moves) * np.exp(
        scene.rng.normal(0, 0.12) + scene.rng.normal(0, 0.04, scene.years))
        for code, (start, end) in table.items()}
    whole = sum_parts(shares)
    return {code: np.rint(total * share / whole / 100) * 100 for code, share in shares.items()}


def _add_revenue(scene: Scene) -> np.ndarray:
    sheet, rng = scene.sheet, scene.rng
    per_head = grow(rng, rng.uniform(1_900, 2_600), 9.0, scene.years, 0.025)
    parts = _split_money(scene, scene.total * per_head, _REVENUE)
    revenue = sheet.add_sum("budget.revenue", parts, "item")
    done = {code: rng.uniform(0.92, 1.08, scene.years) for code in parts}
    plan = {code: np.rint(values / done[code] / 1000) * 1000 for code, values in parts.items()}
    revised = {code: np.rint((plan[code] + values) / 2000) * 1000
               for code, values in parts.items()}
    sheet.add_sum("budget.revenue_plan", plan, "item")
    sheet.add_sum("budget.revenue_revised_plan", revised, "item")
    return revenue


def _add_expenditure(scene: Scene, revenue: np.ndarray) -> None:
    """Programmes of a year spend what the year brings and a part of what was left before."""
    sheet, rng = scene.sheet, scene.rng
    opening = np.zeros(scene.years)
    opening[0] = np.rint(revenue[0] * 0.03 / 100) * 100
    wanted = np.rint(revenue * 0.97)
    parts = _split_money(scene, wanted, _PROGRAMMES)
    spent = sum_parts(parts)
    for year in range(1, scene.years):
        left = opening[year - 1] + revenue[year - 1] - spent[year - 1]
        more = np.rint(left * 0.6 / 100) * 100
        opening[year] = left
        parts["development"][year] += more
        spent[year] += more
    sheet.add_sum("budget.expenditure", parts, "item")
    plan = {code: np.rint(values * rng.uniform(0.97, 1.08, scene.years) / 1000) * 1000
            for code, values in parts.items()}
    revised = {code: np.rint((plan[code] + values) / 2000) * 1000
               for code, values in parts.items()}
    sheet.add_sum("budget.expenditure_plan", plan, "item")
    sheet.add_sum("budget.expenditure_revised_plan", revised, "item")
    own = np.rint(opening * 0.7 / 100) * 100
    sheet.add_sum("budget.opening_balance",
                  {"special_funds": own, "other": opening - own}, "item")
    sheet.add("budget.protected", sum_parts({code: parts[code] for code in PROTECTED}))
    sheet.add("budget.reserve_fund", np.floor(spent * _RESERVE_PCT / 100 / 1000) * 1000)
    _add_debt(scene, spent)
    sheet.add("budget.development", parts["development"])


def _add_debt(scene: Scene, spent: np.ndarray) -> None:
    """One small loan taken in 2019 and paid back in equal parts."""
    loan = np.rint(spent[2] * 0.02 / 6000) * 6000
    debt = np.array([0, 0, *(loan * part / 6 for part in (6, 5, 4, 3, 2, 1))])
    owed = np.concatenate([[0], debt[:-1]])
    scene.sheet.add("budget.debt", debt)
    scene.sheet.add("budget.debt_service", np.rint(np.where(owed > 0, loan / 6, 0) + owed * 0.08))

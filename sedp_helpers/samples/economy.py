"""Rows of the section on the economy: output, investment, crops, livestock, incomes, tourism."""

from __future__ import annotations

import numpy as np

from sedp_helpers.samples.scene import Scene
from sedp_helpers.samples.table import Sheet, grow, sum_parts

# Som of output a year per person employed in 2017, and its nominal growth in % a year.
_PRODUCTIVITY = {
    "agriculture": (165_000, 8.5), "industry": (310_000, 9.0), "construction": (240_000, 10.0),
    "trade": (260_000, 9.5), "transport": (210_000, 8.0), "services": (190_000, 11.0),
    "public": (150_000, 9.0), "other": (140_000, 7.0),
}
_PRICES_PCT = 7.5
_INVESTED = {"agriculture": 0.05, "industry": 0.12, "construction": 0.04, "trade": 0.06,
             "transport": 0.08, "services": 0.07, "public": 0.10, "other": 0.03}
# Share of the arable land, yield t/ha, price som/kg 2017, cost som/ha 2017.
CROPS = {
    "wheat": (0.22, 2.3, 12, 16_000), "barley": (0.20, 2.0, 10, 13_000),
    "potato": (0.10, 16.5, 13, 120_000), "sainfoin": (0.24, 5.2, 6, 15_000),
    "vegetables": (0.04, 18.0, 14, 140_000), "raspberry": (0.01, 4.0, 90, 210_000),
}
_HERDS = {"cattle": (0.95, 1.5), "sheep_goats": (3.6, 1.0), "horses": (0.32, 2.5),
          "poultry": (2.2, 2.0), "yaks": (0.04, 1.0), "bees": (0.09, 3.0)}


def add_economy(scene: Scene) -> None:
    """All indicators of the section; the land must be there."""
    _add_output(scene)
    _add_incomes(scene)
    _add_crops(scene)
    _add_livestock(scene)
    _add_business(scene)


def _add_output(scene: Scene) -> None:
    for sector, jobs in scene.jobs.items():
        start, rate = _PRODUCTIVITY[sector]
        start *= np.exp(scene.rng.normal(0, 0.15))
        value = jobs * grow(scene.rng, start, rate, scene.years, 0.04)
        scene.outputs[sector] = np.rint(value / 1000) * 1000
    write_output(scene.sheet, scene.outputs)
    invested = {sector: np.rint(value * _INVESTED[sector]
                                * np.exp(scene.rng.normal(0, 0.2, scene.years)) / 1000) * 1000
                for sector, value in scene.outputs.items()}
    scene.sheet.add_sum("economy.investment", invested, "item")
    direct = {sector: np.rint(value * 0.3 / 1000) * 1000 for sector, value in invested.items()
              if sector != "public"}
    scene.sheet.add_sum("economy.direct_investment", direct, "item")


def write_output(sheet: Sheet, outputs: dict[str, np.ndarray]) -> None:
    """Output in total and by sector, and its volume index (previous year = 100)."""
    total = sheet.add_sum("economy.output", outputs, "item", status="E")
    for sector, value in {"": total, **outputs}.items():
        before = np.concatenate([[value[0] / 1.09], value[:-1]])
        index = 100 * value / before / (1 + _PRICES_PCT / 100)
        sheet.add("economy.volume_index_pct", np.round(index, 1), item=sector, status="E")


def _add_incomes(scene: Scene) -> None:
    sheet, rng, years = scene.sheet, scene.rng, scene.years
    for name, start, rate in (("wage", 11_500, 12.5), ("pension", 5_200, 8.6),
                              ("benefit", 760, 7.0)):
        sheet.add(f"economy.{name}", np.rint(grow(rng, start, rate, years, 0.012)))
    sent = scene.facts["abroad"] * grow(rng, 62_000, 5.0, years, 0.05)
    sheet.add("economy.remittances", np.rint(sent / 1000) * 1000)
    output = sum_parts(scene.outputs)
    for name, share in (("sme_income", 0.16), ("retail_turnover", 0.34)):
        values = output * share * np.exp(rng.normal(0, 0.03, years))
        sheet.add(f"economy.{name}", np.rint(values / 1000) * 1000, status="E")


def _add_crops(scene: Scene) -> None:
    sheet, rng, arable = scene.sheet, scene.rng, scene.land["arable"]
    areas = {}
    for crop, (share, *_) in CROPS.items():
        moves = np.linspace(1, 1.5 if crop == "raspberry" else 0.98, scene.years)
        areas[crop] = np.round(arable * share * rng.uniform(0.7, 1.15) * moves, 1)
    sheet.add_sum("economy.crop_area_ha", {crop: np.round(a, 1) for crop, a in areas.items()},
                  "item")
    dry = np.array([0.82 if year == 2021 else 1.0 for year in sheet.years])
    for crop, (_, per_ha, *_) in CROPS.items():
        tons = areas[crop] * per_ha * dry * np.exp(rng.normal(0, 0.05, scene.years))
        sheet.add("economy.crop_output_t", np.round(tons, 1), item=crop)


def list_crops(scene: Scene) -> list[dict[str, object]]:
    """The rows of the register ``crops``: price and cost of every crop and year."""
    rows: list[dict[str, object]] = []
    for crop, (_, _, price, cost) in CROPS.items():
        prices = np.round(grow(scene.rng, price, 7.5, scene.years, 0.08), 1)
        costs = np.rint(grow(scene.rng, cost, 8.0, scene.years, 0.02) / 100) * 100
        rows += [{"crop": crop, "year": year, "price_som_kg": float(prices[place]),
                  "cost_per_ha": float(costs[place]), "currency": "KGS"}
                 for place, year in enumerate(scene.sheet.years)]
    return rows


def _add_livestock(scene: Scene) -> None:
    herd_value = {"cattle": 18_000, "sheep_goats": 3_000, "horses": 14_000, "poultry": 350,
                  "yaks": 15_000, "bees": 2_500}
    prices, output = 1.085 ** np.arange(scene.years), np.zeros(scene.years)
    for kind, (per_household, rate) in _HERDS.items():
        start = scene.facts["households"][0] * per_household * scene.rng.uniform(0.7, 1.3)
        heads = np.rint(grow(scene.rng, start, rate, scene.years, 0.02))
        scene.sheet.add("economy.livestock_heads", heads, item=kind)
        output += heads * herd_value[kind] * prices
    scene.sheet.add("economy.livestock_output", np.rint(output / 1000) * 1000, status="E")


def _add_business(scene: Scene) -> None:
    sheet, rng, years = scene.sheet, scene.rng, scene.years
    sheet.add("economy.enterprises", np.rint(grow(rng, scene.total[0] * 0.012, 3.5, years, 0.02)))
    sheet.add("economy.taxpayer_top3_pct",
              np.round(rng.uniform(18, 45) + rng.normal(0, 1.5, years), 1))
    houses = np.rint(grow(rng, rng.uniform(2, 9), 9.0, years, 0.05))
    closed = np.array([0.22 if year == 2020 else 0.5 if year == 2021 else 1.0
                       for year in sheet.years])
    sheet.add("tourism.guest_houses", houses)
    sheet.add("tourism.beds", houses * 9)
    sheet.add("tourism.visitors", np.rint(houses * 9 * 28 * closed
                                          * np.exp(rng.normal(0, 0.08, years))))

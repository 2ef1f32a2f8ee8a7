"""Rows of the section on services: who is served, at what cost, who pays, schools, sport."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sedp_helpers.samples.scene import Scene
from sedp_helpers.samples.table import split_whole, sum_parts


@dataclass(frozen=True)
class Service:
    """How a service is provided; ``cost`` and ``tariff`` 2017 in som (a year per resident served,
    a month per household); a tariff of 0 is a service nobody is billed for."""

    coverage: tuple[float, float]
    cost: float
    tariff: float = 0.0
    collection: float = 0.0
    equipment: float = 0.0


PAID = ("water", "waste")
SERVICES = {
    "water": Service((0.62, 0.78), 140, 45, 0.74, 0.003),
    "waste": Service((0.35, 0.62), 110, 25, 0.62, 0.006),
    "lighting": Service((0.30, 0.55), 25, equipment=0.012),
    "irrigation": Service((0.55, 0.58), 60, equipment=0.001),
    "internet": Service((0.40, 0.85), 0),
    "health_post": Service((0.85, 0.95), 0),
}
_GROUPS = {"pupils": 0.42, "youth": 0.22, "adults": 0.06, "older": 0.02, "disability": 0.006}


def add_services(scene: Scene) -> None:
    """All indicators of the section."""
    for item, service in SERVICES.items():
        _add_service(scene, item, service)
    _add_education(scene)
    _add_sport(scene)


def _add_service(scene: Scene, item: str, service: Service) -> None:
    sheet, rng = scene.sheet, scene.rng
    low, high = service.coverage
    share = np.clip(np.linspace(low, high, scene.years) * rng.uniform(0.8, 1.15), 0.05, 0.98)
    served = _add_by_village(scene, "services.residents_served", "population", share, item)
    sheet.add("services.settlements_served",
              np.clip(np.rint(share * len(scene.villages) + 0.4), 1, len(scene.villages)),
              item=item)
    if service.equipment:
        needed = np.rint(np.maximum(3, scene.total * service.equipment))
        sheet.add("services.equipment_needed", needed, item=item)
        sheet.add("services.equipment_installed", np.floor(needed * share), item=item)
    for sex, more in (("f", -2), ("", 0), ("m", 2)):
        percent = 45 + 40 * (share - 0.4) + more + rng.normal(0, 1.0, scene.years)
        sheet.add("services.satisfaction_pct", np.round(np.clip(percent, 5, 98), 1), sex=sex,
                  item=item)
    if service.cost:
        _add_money(scene, item, service, served, share)


def _add_by_village(
    scene: Scene, indicator: str, of: str, share: np.ndarray, item: str
) -> np.ndarray:
    """A share of the residents or households of every village, and the sum."""
    parts = {}
    for v, village in enumerate(scene.villages):
        stock = (scene.people.stock[:, v].sum(axis=(1, 2)) if of == "population"
                 else scene.facts[f"households {village}"])
        parts[village] = np.floor(stock * np.clip(share * scene.rng.uniform(0.9, 1.05), 0, 1))
    scene.sheet.add_parts(indicator, parts, "village", item=item)
    total = np.sum(list(parts.values()), axis=0)
    scene.sheet.add(indicator, total, item=item)
    return total


def _add_money(
    scene: Scene, item: str, service: Service, served: np.ndarray, share: np.ndarray
) -> None:
    """Cost, bills, collections and the subsidy that closes a part of the gap."""
    sheet, rng = scene.sheet, scene.rng
    inflation = 1.085 ** np.arange(scene.years)
    noise = np.exp(rng.normal(0, 0.03, scene.years))
    cost = _to_hundreds(served * service.cost * inflation * noise)
    collected = np.zeros(scene.years)
    if item in PAID:
        contracted = _add_by_village(scene, "services.households_contracted", "households",
                                     share * 0.8, item)
        tariff = np.repeat(np.round(service.tariff * np.array((1, 1.2, 1.4, 1.8)) / 5) * 5, 2)
        rate = np.clip(service.collection + 0.012 * np.arange(scene.years)
                       + rng.normal(0, 0.02, scene.years), 0.3, 0.97)
        payers = np.floor(contracted * rate)
        billed, collected = contracted * tariff * 12, payers * tariff * 12
        for name, values in (("tariff", tariff), ("billed", billed), ("payers", payers),
                             ("collected", collected)):
            sheet.add(f"services.{name}", values, item=item)
        sheet.add("services.legal_entities_served", np.rint(served * 0.002), item=item)
        cost = np.maximum(cost, _to_hundreds(collected * 1.08))
    gap = cost - collected
    subsidy = np.floor(gap * 0.7 / 100) * 100
    sheet.add("services.cost", cost, item=item)
    sheet.add("services.subsidy", subsidy, item=item)
    sheet.add("services.funding_need", gap - subsidy, item=item)
    scene.facts["subsidies"] = scene.facts.get("subsidies", 0) + subsidy


def _to_hundreds(values: np.ndarray) -> np.ndarray:
    return np.rint(values / 100) * 100


def _add_education(scene: Scene) -> None:
    """Places stay with the building, children follow the ages of the village."""
    stock = scene.people.stock
    small, pupils = stock[..., 3:7].sum(axis=-1), stock[..., 7:18].sum(axis=-1)
    rate = np.clip(np.linspace(0.28, 0.42, scene.years) * scene.rng.uniform(0.8, 1.2), 0.1, 0.7)
    for indicator, ages, share, room in (
        ("kindergarten", small, rate, 0.88), ("school", pupils, np.full(scene.years, 0.97), 0.9),
    ):
        children = np.floor(ages * share[:, None, None]).astype(np.int64)
        places = _place_rooms(children.sum(axis=2), room)
        scene.sheet.add_sum(f"education.{indicator}_places",
                            dict(zip(scene.villages, places.T)), "village")
        name = "education.kindergarten_children" if indicator == "kindergarten" else (
            "education.pupils")
        _add_children(scene, name, children)


def _place_rooms(children: np.ndarray, room: float) -> np.ndarray:
    """Places by year and village, in steps of five, with one enlargement on the way."""
    first = np.maximum(10, np.rint(children[0] * room / 5) * 5)
    places = np.tile(first, (len(children), 1))
    places[4:] += np.maximum(0, np.rint((children[4] * room - first) / 5) * 5)
    return places


def _add_children(scene: Scene, indicator: str, children: np.ndarray) -> None:
    by_sex = {sex: children[:, :, s].sum(axis=1) for s, sex in enumerate(("f", "m"))}
    scene.sheet.add_sum(indicator, by_sex, "sex")
    for v, village in enumerate(scene.villages):
        scene.sheet.add(indicator, children[:, v].sum(axis=1), village=village)
        for s, sex in enumerate(("f", "m")):
            scene.sheet.add(indicator, children[:, v, s], sex=sex, village=village)


def _add_sport(scene: Scene) -> None:
    """Participants by sex; groups overlap, so they are shares of their own ages."""
    people, sheet = scene.people, scene.sheet
    bases = {"pupils": people.count(7, 17), "youth": people.count(18, 30),
             "adults": people.count(31, 59), "older": people.count(60, 100),
             "disability": scene.total}
    growth = np.linspace(0.85, 1.1, scene.years) * scene.rng.uniform(0.8, 1.1)
    groups = {item: np.rint(base * _GROUPS[item] * growth) for item, base in bases.items()}
    total = sum_parts({item: groups[item] for item in ("pupils", "youth", "adults", "older")})
    sheet.add("sport.participants", total)
    women = split_whole(total, {"f": np.linspace(0.29, 0.37, scene.years),
                                "m": np.linspace(0.71, 0.63, scene.years)})
    sheet.add_parts("sport.participants", women, "sex")
    groups["women"] = women["f"]
    sheet.add_parts("sport.participants", groups, "item")
    grounds = {village: np.full(scene.years, 1 + (place == 0))
               for place, village in enumerate(scene.villages)}
    sheet.add_sum("sport.facilities", grounds, "village")

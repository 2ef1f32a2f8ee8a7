"""Each rule on registers: broken records (DOMAIN.md 3), the same repaired, and records it cannot
judge."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

VILLAGES = [{"id": "v1", "name_ky": "Мантыш"}, {"id": "v2", "name_ky": "Кызыл-Дөбө"}]
TOTAL = "population.total"


class Data(NamedTuple):
    """Observations and registers of one municipality."""

    rows: Sequence[tuple[Any, ...]] = ()
    registers: Mapping[str, list[dict[str, Any]]] = MappingProxyType({})


class Case(NamedTuple):
    rule: str
    broken: Data
    repaired: Data
    unknown: Data
    name: str = ""


def events(*years: tuple[int, int, int | None]) -> dict[str, list[dict[str, Any]]]:
    return {"events": [
        {"id": f"e{year}", "kind": "gathering", "date": f"{year}-12-31", "participants": people,
         "women": women, "meetings": 10}
        for year, people, women in years
    ]}


def group(executive: int, others: int) -> dict[str, list[dict[str, Any]]]:
    bodies = ["executive"] * executive + ["community"] * others
    return {"working_group": [{"group": "working", "body": body} for body in bodies]}


def plan(*rows: dict[str, Any], **registers: Any) -> dict[str, list[dict[str, Any]]]:
    numbered = [{"id": f"m{number}", "measure": f"Иш-чара {number}", "goal": "", "village": "",
                 "indicator": "", "start": "", "end": "", **row}
                for number, row in enumerate(rows, start=1)]
    return {"plan": numbered, **registers}


SCHOOLS = ({"indicator": "Окуучу орундары", "target": 240.0, "cost": 17252000.0},
           {"indicator": "Окуучу орундары", "target": 225.0, "cost": 52067000.0})

REGULATION = [{"kind": "initiative_regulation", "number": "226", "date": "2020-12-28"}]

CASES = [
    Case("DQ-20",
         Data([], {"crops": [{"crop": "raspberry", "currency": "USD", "rate": None}]}),
         Data([], {"crops": [{"crop": "raspberry", "currency": "USD", "rate": 86.99}]}),
         Data([], {"crops": [{"crop": "raspberry", "currency": "", "rate": None}]})),
    Case("DQ-26", Data([], events((2019, 273, 157), (2021, 273, 157))),
         Data([], events((2019, 273, 157), (2021, 281, 150))),
         Data([], events((2019, 273, None), (2021, 273, None)))),
    Case("DQ-27", Data([], group(8, 5)), Data([], group(5, 5)), Data([], group(0, 0))),
    Case("DQ-28", Data([], plan(*SCHOOLS)),
         Data([], plan(SCHOOLS[0], {**SCHOOLS[1], "cost": 30000000.0})),
         Data([], plan(SCHOOLS[0], {**SCHOOLS[1], "target": None}))),
    Case("DQ-28",
         Data([], plan({"measure": "Мантышка 240 орундуу мектеп куруу", "cost": 17252000.0},
                       {"measure": "225 орундуу орто мектеп куруу", "cost": 52067000.0})),
         Data([], plan({"measure": "Мантышка 240 орундуу мектеп куруу", "cost": 17252000.0},
                       {"measure": "225 орундуу бала бакча куруу", "cost": 52067000.0})),
         Data([], plan({"measure": "Мантышка мектеп куруу", "cost": 17252000.0},
                       {"measure": "225 орундуу орто мектеп куруу", "cost": 52067000.0})), "text"),
    Case("DQ-29",
         Data([], plan({"measure": "Мантыш айылына аянтча куруу",
                        "responsible": "Кызыл-Дөбө айылынын жаштары"}, villages=VILLAGES)),
         Data([], plan({"measure": "Мантыш айылына аянтча куруу",
                        "responsible": "Кызыл-Дөбө айыл өкмөтү"}, villages=VILLAGES)),
         Data([], plan({"measure": "Мантышка жана Кызыл-Дөбөгө аянтча куруу",
                        "responsible": "Кызыл-Дөбө айылынын жаштары"}, villages=VILLAGES)),
         "measure"),
    Case("DQ-29",
         Data([], plan({"village": "v1"}, villages=VILLAGES, funding=[
             {"measure": "m1", "source": "community", "amount": 900000.0, "village": "v2"}])),
         Data([], plan({"village": "v1"}, villages=VILLAGES, funding=[
             {"measure": "m1", "source": "community", "amount": 900000.0, "village": "v1"}])),
         Data([], plan({"village": "v1"}, villages=VILLAGES, funding=[
             {"measure": "m1", "source": "community", "amount": 900000.0, "village": ""}]))),
    Case("DQ-29",
         Data([], plan({"village": "v1", "contract": "Кызыл-Дөбө айылынын жаштары"},
                       villages=VILLAGES)),
         Data([], plan({"village": "v1", "contract": "Мантыш айылынын жаштары"},
                       villages=VILLAGES)),
         Data([], plan({"contract": "Кызыл-Дөбө айылынын жаштары"}, villages=VILLAGES)), "text"),
    Case("DQ-30",
         Data([], plan({"indicator": "initiative_regulation", "start": "2021", "end": "2021-09-11"},
                       documents=[{"kind": "initiative_regulation", "number": "226",
                                   "date": "2020-12-28"}])),
         Data([], plan({"indicator": "initiative_regulation", "start": "2020", "end": "2020-12-28"},
                       documents=[{"kind": "initiative_regulation", "number": "226",
                                   "date": "2020-12-28"}])),
         Data([], plan({"indicator": "initiative_regulation", "start": "2021", "end": "2021-09-11"},
                       documents=[{"kind": "initiative_regulation", "number": "226",
                                   "date": ""}])), "document"),
    Case("DQ-30",
         Data([], plan({"measure": "ЖД жөнүндө жобону иштеп чыгуу жана бекитүү",
                        "start": "2021", "end": "2021-09-11"}, documents=REGULATION)),
         Data([], plan({"measure": "ЖД жобосу боюнча сынак өткөрүү", "start": "2021",
                        "end": "2021-09-11"}, documents=REGULATION)),
         Data([], plan({"measure": "ЖД жөнүндө жобону иштеп чыгуу жана бекитүү"},
                       documents=REGULATION)), "words"),
    Case("DQ-30", Data([], plan({"start": "2027", "end": "2026-05-01"})),
         Data([], plan({"start": "2026", "end": "2026-05-01"})),
         Data([], plan({"start": "", "end": "2026-05-01"})), "order"),
    Case("DQ-30",
         Data([], plan({"start": "2026-05-01"},
                       monitoring=[{"measure": "m1", "date": "2026-04-01"}])),
         Data([], plan({"start": "2026-05-01"},
                       monitoring=[{"measure": "m1", "date": "2026-06-01"}])),
         Data([], plan({"start": ""}, monitoring=[{"measure": "m1", "date": "2026-04-01"}])),
         "linked"),
    Case("DQ-30",
         Data([], {"documents": [{"kind": "hearing_protocol", "date": "2025-05-28"},
                                 {"kind": "sedp_approval", "date": "2025-05-25"}]}),
         Data([], {"documents": [{"kind": "hearing_protocol", "date": "2025-05-15"},
                                 {"kind": "sedp_approval", "date": "2025-05-25"}]}),
         Data([], {"documents": [{"kind": "sedp_approval", "date": "2025-05-25"}]}), "documents"),
    Case("DQ-31", Data([], events((2018, 425, 167), (2019, 273, 157), (2021, 281, 150))),
         Data([], events((2018, 425, 167), (2019, 273, 157), (2020, 281, 150))),
         Data([], events((2019, 273, 157), (2021, 281, 150))), "gap"),
    Case("DQ-32", Data([], {"answers2": [{"text": "аймак боюнча [ЗНАЧЕНИЕ] сынак"}]}),
         Data([], {"answers2": [{"text": "аймак боюнча 15 сынак"}]}),
         Data([], {"answers2": [{"text": ""}]}), "mark"),
    Case("DQ-33",
         Data([], plan({}, funding=[{"measure": "m1", "source": "local_budget", "amount": amount}
                                    for amount in (300000.0, 100000.0, 400.0, 150.0, 1300000.0)])),
         Data([], plan({}, funding=[{"measure": "m1", "source": "local_budget", "amount": amount}
                                    for amount in (300000.0, 100000.0, 400000.0, 1300000.0)])),
         Data([], plan({}, funding=[{"measure": "m1", "source": "local_budget",
                                     "amount": 400.0}])), "plan"),
    Case("DQ-34",
         Data([], plan({"goal": "1400 жаранга маалымат берүү", "direct_beneficiaries": 1000.0,
                        "indirect_beneficiaries": 3000.0})),
         Data([], plan({"goal": "1000 жаранды камсыз кылуу", "direct_beneficiaries": 1000.0,
                        "indirect_beneficiaries": 500.0})),
         Data([], plan({"goal": "20 колонка куруу", "direct_beneficiaries": 1000.0,
                        "indirect_beneficiaries": 500.0}))),
    Case("DQ-34",
         Data([(TOTAL, 2024, 3500)], plan({"direct_beneficiaries": 1000.0,
                                           "indirect_beneficiaries": 3000.0})),
         Data([(TOTAL, 2024, 4500)], plan({"direct_beneficiaries": 1000.0,
                                           "indirect_beneficiaries": 3000.0})),
         Data([], plan({"direct_beneficiaries": 1000.0, "indirect_beneficiaries": 3000.0})),
         "residents"),
    Case("DQ-37",
         Data([(TOTAL, 2024, 17539)], {"stated": [
             {"result": TOTAL, "year": 2024.0, "value": 12000.0, "basis": ""}]}),
         Data([(TOTAL, 2024, 17539)], {"stated": [
             {"result": TOTAL, "year": 2024.0, "value": 17539.0, "basis": ""}]}),
         Data([], {"stated": [{"result": TOTAL, "year": 2024.0, "value": 12000.0,
                               "basis": ""}]}), "stated"),
    Case("CK-FUNDING",
         Data([], plan({"cost": 1000000.0}, funding=[
             {"measure": "m1", "source": "donor", "amount": 1200000.0}])),
         Data([], plan({"cost": 1000000.0}, funding=[
             {"measure": "m1", "source": "donor", "amount": 900000.0},
             {"measure": "m1", "source": "unfunded", "amount": 300000.0}])),
         Data([], plan({"cost": None}, funding=[
             {"measure": "m1", "source": "donor", "amount": 1200000.0}]))),
    Case("CK-EVENT",
         Data([], {"events": [{"id": "e", "date": "2025-05-15", "participants": 40.0,
                               "women": 41.0}]}),
         Data([], {"events": [{"id": "e", "date": "2025-05-15", "participants": 40.0,
                               "women": 11.0}]}),
         Data([], {"events": [{"id": "e", "date": "2025-05-15", "participants": None,
                               "women": 41.0}]})),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule} {case.name}".strip())
def test_rule_fires_on_broken_figures_and_on_a_scaled_copy_under_another_name(
    fires: Callable[..., bool], case: Case
) -> None:
    assert fires(case.rule, case.broken)
    assert fires(case.rule, case.broken, times=1.37, name="Ак-Талаа")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule} {case.name}".strip())
def test_rule_is_silent_on_repaired_figures_and_where_it_cannot_judge(
    fires: Callable[..., bool], case: Case
) -> None:
    assert not fires(case.rule, case.repaired)
    assert not fires(case.rule, case.repaired, times=1.37, name="Ак-Талаа")
    assert not fires(case.rule, case.unknown)

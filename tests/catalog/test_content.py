"""Indicators, codes, registers and formulas are those of the outside contract."""

from __future__ import annotations

import re
from typing import Any

TIMES = {"S": "stock", "F": "flow", "A": "mean", "X": "static"}


def test_every_core_indicator_has_its_unit_time_and_breakdowns(knowledge: Any) -> None:
    assert len(knowledge.core) == 83
    for row in knowledge.core:
        entry = knowledge.indicators[row["id"]]
        assert entry["unit"] == row["unit"], row
        assert entry["time"] == TIMES[row["time"]], row
        assert set(entry["dims"]) == set(row["dims"].replace("!", "").split()), row
        assert set(entry["adds_over"]) == set(row["adds_over"].split()), row
        assert entry.get("item_required", False) == ("item!" in row["dims"]), row


NOT_COUNTED = {  # told in words, registers or computed; every other number of section 2 is typed in
    "GEN-01": "notes and passport", "GEN-02": "villages", "GEN-05": "passport",
    "POP-11": "growth_pct",
    "SRV-03": "providers", "SRV-07": "providers", "SRV-14": "codes of services",
    "ECO-13": "problems", "SPA-08": "facilities", "ENV-08": "external_factors",
}
NUMBERED = {"GEN": 5, "POP": 11, "SRV": 14, "ECO": 13, "INC": 5, "SPA": 9, "ENV": 8}


def test_every_indicator_that_the_seeds_name_is_in_the_catalogue_or_told_otherwise(
    knowledge: Any,
) -> None:
    entries = [*knowledge.indicators.values(), *knowledge.results.values()]
    named = set(re.findall(r"[A-Z]{3}-\d\d", " ".join(str(one.get("ref", "")) for one in entries)))
    wanted = {f"{letters}-{number:02d}" for letters, last in NUMBERED.items()
              for number in range(1, last + 1)}
    assert wanted - set(NOT_COUNTED) <= named
    assert not set(NOT_COUNTED) - wanted


def test_parts_of_arable_land_are_never_added(knowledge: Any) -> None:
    for ident in ("space.land_ha", "space.land_used_ha"):
        assert set(knowledge.indicators[ident]["of_which"]) == {
            "irrigated",
            "rainfed",
            "state_fund",
        }


def test_at_most_sixty_indicators_are_a_must(knowledge: Any) -> None:
    tiers = [entry["tier"] for entry in knowledge.indicators.values()]
    assert set(tiers) <= {1, 2, 3}
    assert 30 <= tiers.count(1) <= 60


def test_every_code_of_the_contract_is_listed_in_its_order(knowledge: Any) -> None:
    lists = knowledge.read("codes.yml")
    for name, codes in knowledge.contract["codes"].items():
        assert list(lists[name]) == codes.split(), name


def test_every_result_of_the_contract_is_described(knowledge: Any) -> None:
    assert set(knowledge.contract["results"].split()) <= set(knowledge.results)
    assert not set(knowledge.results) & set(knowledge.indicators)


def test_every_register_has_the_columns_of_the_contract(knowledge: Any) -> None:
    registers = knowledge.read("registers.yml")
    for ident, columns in knowledge.contract["registers"].items():
        present = [column["id"] for column in registers[ident]["columns"]]
        assert set(columns.split()) <= set(present), ident
        assert len(present) == len(set(present)), ident


def test_columns_refer_to_lists_and_registers_that_exist(knowledge: Any) -> None:
    registers, lists = knowledge.read("registers.yml"), knowledge.read("codes.yml")
    for ident, register in registers.items():
        names = {column["id"] for column in register["columns"]}
        assert register.get("key", "id" if "id" in names else next(iter(names))) in names
        for column in register["columns"]:
            assert column.get("codes", "sexes") in lists, (ident, column["id"])
            if "refers" in column:
                other, _, key = column["refers"].partition(".")
                assert registers[other]["key"] == key, (ident, column["id"])


def test_names_of_persons_never_leave_the_raw_folder(knowledge: Any) -> None:
    private = {
        (ident, column["id"])
        for ident, register in knowledge.read("registers.yml").items()
        for column in register["columns"]
        if column.get("private")
    }
    assert {
        ("working_group", "member"),
        ("coordination_council", "member"),
        ("subsidies", "recipient"),
    } <= private


def test_units_items_and_sources_of_indicators_exist(knowledge: Any) -> None:
    units, lists, sources = (
        knowledge.read("units.yml"),
        knowledge.read("codes.yml"),
        knowledge.read("sources.yml"),
    )
    for ident, entry in {**knowledge.indicators, **knowledge.results}.items():
        assert entry["unit"] in units, ident
        assert set(entry.get("source", ())) <= set(sources), ident
        items = entry.get("items") or entry.get("params", {}).get("items", "free")
        assert isinstance(items, list) or items == "free" or items in lists, ident
    for ident, entry in knowledge.indicators.items():
        assert ("item" in entry["dims"]) == ("items" in entry), ident
        assert entry["source"] and set(entry["availability"]) <= set("MADOEF?"), ident


def test_every_formula_input_names_a_known_figure_and_a_known_item(knowledge: Any) -> None:
    lists = knowledge.read("codes.yml")
    kinds = {
        "difference": {"plus", "minus"},
        "share": {"part", "whole"},
        "ratio": {"top", "bottom"},
    }
    for ident, entry in knowledge.results.items():
        inputs = entry.get("inputs", {})
        assert re.fullmatch(r"(custom:)?[a-z_]+", entry["formula"]), ident
        assert set(inputs) == kinds.get(entry["formula"], set(inputs)), ident
        for term in [t for text in inputs.values() for t in text.split(" + ")]:
            name, dim = re.fullmatch(r"([a-z_0-9.]+)(?:\[([^\]]+)\])?", term).groups()
            assert name in knowledge.indicators, (ident, term)
            if not dim:
                continue
            axis, _, value = dim.partition("=")
            assert axis in knowledge.indicators[name]["dims"], (ident, term)
            assert value or axis in entry.get("by", ()) or entry["formula"] not in kinds, ident
            if axis == "item" and value:
                assert value in lists[knowledge.indicators[name]["items"]], (ident, term)


def test_register_parameters_of_formulas_name_real_columns(knowledge: Any) -> None:
    registers = {
        ident: {column["id"] for column in register["columns"]}
        for ident, register in knowledge.read("registers.yml").items()
    }
    for ident, entry in knowledge.results.items():
        params = entry.get("params", {})
        for role in ("column", "part", "whole"):
            if "register" in params and role in params:
                assert params[role] in registers[params["register"]], ident


def test_rules_named_by_results_exist(knowledge: Any) -> None:
    for ident, entry in knowledge.results.items():
        assert set(entry.get("rule", "").split()) <= set(knowledge.rules), ident

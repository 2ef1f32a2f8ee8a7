"""The list of what the programme knows, for a person and for a program."""

import csv
import io
import json

import pytest

from sedp_helpers import analysis
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.commands.catalogue import FIELDS, list_catalogue

KINDS = {"indicator", "result", "rule", "unit", "source", "norm"}


def rows() -> dict[str, dict[str, str]]:
    return {row["id"]: row
            for row in csv.DictReader(io.StringIO(list_catalogue("ru", "csv")))}


def test_a_program_reads_everything_that_an_indicator_is_made_of() -> None:
    employed, tariff = (rows()[ident] for ident in ("population.employed", "services.tariff"))
    assert {name: employed[name] for name in ("kind", "unit", "time", "dims", "adds_over", "items",
                                              "tier", "exists_at")} == {
        "kind": "indicator", "unit": "person", "time": "mean", "dims": "sex item",
        "adds_over": "sex item", "items": "sectors", "tier": "1", "exists_at": "municipality"}
    assert tariff["dims"] == "item!"
    assert employed["name"] == employed["name_ru"] != employed["name_ky"]


def test_results_have_formulas_and_rules_have_limits() -> None:
    found = rows()
    assert "services.collected" in found["services.collection_pct"]["formula"]
    assert found["R-15"]["threshold"] == "min_share_pct=30"
    assert {row["kind"] for row in found.values()} == KINDS


@pytest.mark.parametrize("options", [{}, {"inferred": True}, {"sentences": True}])
def test_both_forms_hold_the_same_rows(options: dict[str, bool]) -> None:
    plain = json.loads(list_catalogue("ky", "json", **options))
    table = list(csv.DictReader(io.StringIO(list_catalogue("ky", "csv", **options))))
    assert len(plain) == len(table) > 100


def test_a_person_reads_one_short_line_an_entry() -> None:
    lines = list_catalogue("ky", "text").splitlines()
    assert len(lines) > 400
    assert all(line.count(" · ") < len(FIELDS) for line in lines)


@pytest.mark.parametrize("lang", ["ky", "ru", "en"])
def test_the_page_of_methods_explains_each_with_formula_limits_and_source(lang: str) -> None:
    page = list_catalogue(lang, "text", methods=True)
    methods = json.loads(list_catalogue(lang, "json", methods=True))
    chapters = page.split("\n## ")[1:]
    assert len(chapters) == len(methods) >= 23
    labels = [load_catalog().words("frame", lang)[name]
              for name in ("formula", "assumes", "avoid", "source")]
    for chapter, method in zip(chapters, methods):
        title, what, *conditions = [line for line in chapter.splitlines() if line]
        assert (title, what) == (method["title"], method["what"]) and what.endswith(".")
        assert [line.split(":** ")[0].removeprefix("- **") for line in conditions] == labels
        assert all(line.split(":** ")[1].strip() for line in conditions)


def test_every_method_that_may_be_called_from_outside_is_explained_on_the_page() -> None:
    explained = {
        "growth_rates": "growth", "handbook_forecast": "handbook_forecast",
        "forecast": "recommended_forecast", "forecast_tested": "recommended_forecast",
        "backtest": "recommended_forecast", "past_errors": "recommended_forecast",
        "reconcile_parts": "recommended_forecast", "cohort_component": "cohort_component",
        "hamilton_perry": "hamilton_perry", "life_table": "life_tables",
        "dependency_ratios": "dependency", "location_quotient": "location_quotient",
        "shift_share": "shift_share", "hhi": "concentration", "gini": "concentration",
        "theil": "concentration", "rank_with_uncertainty": "rank", "find_peers": "peers",
        "budget_simulation": "budget_simulation",
    }
    assert set(explained) == set(analysis.__all__)
    assert set(explained.values()) <= set(load_catalog().words("methods", "ky"))

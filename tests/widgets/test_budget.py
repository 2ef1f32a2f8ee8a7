"""The budget under risk: the page says what the simulation gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from sedp_helpers.analysis import budget_simulation
from sedp_helpers.present.screen import write_plain
from sedp_helpers.widgets.base import open_scene
from sedp_helpers.widgets.budget import (
    DRAWS,
    list_shocks,
    make_budget,
    plan_expenditure,
    simulate,
)


def test_the_page_says_what_the_simulation_gives(sample: Path) -> None:
    panel, scene = make_budget("demo", "en", "risks=example"), open_scene("demo", "en")
    shocks = list_shocks(scene, panel.state).dropna(subset=["amount"])
    again = budget_simulation(scene.table_ahead("budget.revenue"),
                              plan_expenditure(scene, upkeep=True), shocks, scene.years,
                              draws=DRAWS, reserve=scene.base("budget.reserve_fund"))
    last = scene.years[-1]
    assert panel.answer(panel.state).numbers["p50"] == again.at[last, "p50"]
    assert f'value="{float(again.at[last, "gap_probability_pct"])!r}"' in panel.lead.value


def test_registered_risks_and_examples_are_never_added_to_each_other(sample: Path) -> None:
    panel, scene = make_budget("demo", "en", ""), open_scene("demo", "en")
    own, examples = (list_shocks(scene, {**panel.state, "risks": kind})
                     for kind in ("registered", "example"))
    assert not set(own["name"]) & set(examples["name"])
    assert all("example, not norm" in name for name in examples["name"])
    assert not any("example" in name for name in own["name"])


def test_upkeep_of_new_objects_lowers_the_balance_by_its_amount(sample: Path) -> None:
    panel, scene = make_budget("demo", "en", ""), open_scene("demo", "en")
    with_it, without = (simulate(scene, {**panel.state, "upkeep": flag})["p50"]
                        for flag in (True, False))
    row = plan_expenditure(scene, upkeep=True).loc["new_upkeep"]
    assert row.sum() > 0
    assert (without - with_it).to_list() == pytest.approx(row.to_list(), abs=0.01)


def test_a_shock_whose_base_is_unknown_is_said_and_left_out_of_the_draws(sample: Path) -> None:
    panel, scene = make_budget("demo", "en", "risks=example"), open_scene("demo", "en")
    shocks = list_shocks(scene, panel.state)
    assert shocks["amount"].isna().sum() == 1
    assert "no data" in write_plain(panel.answer(panel.state).blocks)
    assert simulate(scene, panel.state)["p50"].notna().all()


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_every_language_has_every_word(sample: Path, language: str) -> None:
    panel = make_budget("demo", language, "risks=example")
    text = write_plain(panel.answer(panel.state).blocks)
    assert "{" not in text and "budget." not in text and len(panel.figures.children) == 2

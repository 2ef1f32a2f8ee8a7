"""The what-if page: at rest it is the forecast, moved it is the chains of the handbook."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sedp_helpers.present.screen import write_plain
from sedp_helpers.widgets.base import open_scene
from sedp_helpers.widgets.whatif import (
    answer_whatif,
    make_whatif,
    project_people,
    weigh_budget,
)


@given(st.lists(st.floats(1, 1e6), min_size=1, max_size=6))
def test_at_rest_the_population_is_the_forecast(values: list[float]) -> None:
    forecast = dict(enumerate(values, 2025))
    assert project_people(forecast, 0, 0) == pytest.approx(forecast)


def test_at_rest_nothing_differs_from_the_forecast(sample: Path) -> None:
    panel = make_whatif("demo", "en", "")
    scene = open_scene("demo", "en")
    budget = weigh_budget(scene, panel.state)
    assert budget["then"].to_list() == budget["forecast"].to_list()
    last = scene.years[-1]
    numbers = answer_whatif(scene, panel.state).numbers
    assert numbers["people"] == pytest.approx(scene.ahead("population.total")[last])


def test_each_control_moves_its_own_effect_only(sample: Path) -> None:
    scene, state = open_scene("demo", "en"), make_whatif("demo", "en", "").state
    moved = {"plant": 10.0, "tariff": 10.0, "shock": 20.0, "object": 24.0}
    effects = {"plant": "plant", "tariff": "tariff", "shock": "shock", "object": "upkeep"}
    for name, value in moved.items():
        table = weigh_budget(scene, {**state, name: value})
        touched = {c for c in effects.values() if (table[c] != 0).any()}
        assert touched == {effects[name]}
    upkeep = weigh_budget(scene, {**state, "object": 24.0})["upkeep"]
    assert upkeep.to_list() == pytest.approx([-1_000_000] * len(scene.years))


@pytest.mark.parametrize("language, mark", [("ky", "мисал, норма эмес"),
                                            ("ru", "пример, не норма"),
                                            ("en", "example, not norm")])
def test_the_chain_is_told_step_by_step_and_marked_as_example(sample: Path, language: str,
                                                              mark: str) -> None:
    panel = make_whatif("demo", language, "irrigation=20")
    text = write_plain(panel.answer(panel.state).blocks)
    assert text.count(mark) >= 6 and "P-01" in text
    assert all(number in text for number in ("350", "40", "20"))
    assert "{" not in text and "nan" not in text


@pytest.mark.parametrize("chain, found", [
    ("irrigation", ("350", "40", "7,000,000", "20")), ("crop", ("2,900", "3,828")),
    ("budget", ("−875,000", "1,000,000")), ("working_age", ("Working-age population",)),
])
def test_a_chain_stands_without_and_with_the_programme_and_each_step_in_words(
    sample: Path, chain: str, found: tuple[str, ...]
) -> None:
    panel = make_whatif("demo", "en", f"chain={chain}")
    text = write_plain(panel.answer(panel.state).blocks)
    assert all(one in text for one in found)
    assert text.count("Because of:") >= 3
    assert "{" not in text and "nan" not in text and "(, " not in text


@pytest.mark.parametrize("language, refused", [("ky", "Параметрди колдонуучу бериши керек"),
                                               ("ru", "задать"), ("en", "must be set")])
def test_ac_79_a_chain_without_its_coefficients_is_refused_in_words(
    sample: Path, language: str, refused: str
) -> None:
    panel = make_whatif("demo", language, "chain=demography")
    assert refused in write_plain(panel.answer(panel.state).blocks)


def test_a_missing_forecast_is_said_and_not_counted_as_zero(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene, state = open_scene("demo", "en"), make_whatif("demo", "en", "").state
    gone = {year: float("nan") for year in scene.years}
    monkeypatch.setattr(type(scene), "ahead", lambda self, ident, item="": gone)
    answer = answer_whatif(scene, state)
    assert answer.numbers["balance"] != answer.numbers["balance"]
    assert "no data" in write_plain(answer.blocks)


def test_an_answer_comes_within_300_milliseconds(sample: Path) -> None:
    panel = make_whatif("demo", "ky", "irrigation=20&plant=10&shock=20")
    spent = []
    for value in (0.5, 1.0, 1.5):
        start = time.perf_counter()
        panel.controls["growth"].value = value
        spent.append(time.perf_counter() - start)
    assert min(spent) < 0.3

"""A tiny catalogue and a way to make a table file, for every test of intake."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.examination import finding_texts
from sedp_helpers.intake.findings import render_finding
from sedp_helpers.intake.observation_rows import Context
from sedp_helpers.intake.read import RawTable, read_csv_table
from sedp_helpers.models import Finding, Indicator, Text

HEADER = "indicator,year,value,sex,age,village,item,status,source,note"


def make_indicator(ident: str, unit: str, time: str, **fields: object) -> Indicator:
    return Indicator(id=ident, section=ident.partition(".")[0], unit=unit, time=time,
                     name=Text(ky=f"{ident} (ky)", ru=f"{ident} (ru)", en=f"{ident} (en)"),
                     **fields)


INDICATORS = {
    model.id: model
    for model in (
        make_indicator("population.total", "person", "stock", dims=("sex", "age", "village")),
        make_indicator("population.births", "person", "flow", dims=("sex",)),
        make_indicator("territory.area_ha", "ha", "static"),
        make_indicator("budget.revenue", "som", "flow", dims=("item",), items="revenue"),
        make_indicator("budget.opening_balance", "som", "flow"),
        make_indicator("economy.crop_output_t", "t", "flow", dims=("item",), items="free",
                       item_required=True),
        make_indicator("economy.volume_index_pct", "pct", "flow"),
        make_indicator("services.satisfaction_pct", "pct", "mean"),
    )
}
CODES = {"revenue": {"land_tax": Text(ky="жер салыгы"), "fines": Text(ky="айыптар")}}
VILLAGES = {"mantysh": "Мантыш", "kd": "Кызыл-Дөбө"}


@pytest.fixture
def context() -> Context:
    return Context(INDICATORS, CODES, VILLAGES)


@pytest.fixture
def write_table(tmp_path: Path) -> Callable[..., RawTable]:
    def write(text: str | bytes, name: str = "observations") -> RawTable:
        path = tmp_path / f"{name}.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read_csv_table(path)

    return write


@pytest.fixture
def observe(write_table: Callable[..., RawTable]) -> Callable[..., RawTable]:
    """A table of observations from its rows, with the usual header."""

    def write(*rows: str, header: str = HEADER) -> RawTable:
        return write_table("\n".join((header, *rows)) + "\n")

    return write


@pytest.fixture
def say() -> Callable[[Finding], dict[str, str]]:
    """Message and action of a finding in each language."""
    texts = finding_texts(load_catalog())
    return lambda finding: {
        lang: " ".join(render_finding(finding, texts, lang)) for lang in texts
    }


def assert_told(finding: Finding, rule: str, severity: str, table: str, cell: str = "",
                value: str = "", *named: str) -> None:
    """The finding stands at this sheet and cell with this value, and each language says in words
    of its own what it is, naming the cell and ``named``, and what to do."""
    assert (finding.rule, finding.severity) == (rule, severity)
    assert (finding.table, finding.cell, finding.value) == (table, cell, value)
    texts = finding_texts(load_catalog())
    told = {lang: render_finding(finding, texts, lang) for lang in texts}
    for place in (0, 1):
        assert len({sentences[place] for sentences in told.values()}) == 3
    for message, action in told.values():
        assert action.strip() and all(name in message for name in named)

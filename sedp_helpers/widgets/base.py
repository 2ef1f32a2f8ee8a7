"""What the dashboards of one municipality start from: its figures, words and printed numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from math import nan
from typing import Any

import pandas as pd

from sedp_helpers.analysis.chains import Chain
from sedp_helpers.blocks import Cell, Column, Paragraph, Span
from sedp_helpers.compute.chain_models import read_chains
from sedp_helpers.desk import Desk, open_desk
from sedp_helpers.errors import NotFoundError
from sedp_helpers.intake.municipality import read_municipality
from sedp_helpers.language import Amount, format_number, get_setting
from sedp_helpers.language.amounts import write_amount
from sedp_helpers.models import LANGUAGES
from sedp_helpers.paths import open_workspace
from sedp_helpers.prepare import list_municipalities
from sedp_helpers.present.book import ResultBook
from sedp_helpers.present.charts import CHARTS
from sedp_helpers.present.theme import Look
from sedp_helpers.reference import read_norms

TAXES = ("land_tax", "property_tax", "income_tax", "subsoil_tax", "patent_tax")
TRANSFERS = ("equalising_transfer", "targeted_transfer", "incentive_grant")


@dataclass(frozen=True)
class Scene:
    """One municipality in one language, ready to be asked by a dashboard."""

    desk: Desk

    @property
    def language(self) -> str:
        return self.desk.language

    @cached_property
    def words(self) -> dict[str, Any]:
        return self.desk.catalog.words("dashboards", self.language)

    @cached_property
    def book(self) -> ResultBook:
        return self.desk.book

    @cached_property
    def chains(self) -> dict[str, Chain]:
        return read_chains(self.desk.catalog, read_norms(open_workspace(), self.desk.catalog))

    @property
    def base_year(self) -> int:
        return self.desk.municipality.base_year

    @property
    def years(self) -> list[int]:
        """The years of the forecast."""
        return list(range(self.base_year + 1, self.desk.municipality.last_forecast_year + 1))

    # ---- figures -------------------------------------------------------------------------
    def base(self, ident: str, item: str = "") -> float:
        """The figure of the base year; NaN where it is missing."""
        found = [e.value for e in self.book.series(ident, item=item) if e.year == self.base_year]
        return found[0] if found else nan

    def base_sum(self, ident: str, items: tuple[str, ...]) -> float:
        """Σ of the items that the municipality has in the base year; NaN where one is missing."""
        known = [self.base(ident, item) for item in items if item in self.book.items(ident)]
        return sum(known) if known else nan

    def ahead(self, ident: str, item: str = "") -> dict[int, float]:
        """The planning forecast by year; NaN where there is none."""
        known = {e.year: e.value for e in self.book.series(f"{ident}.forecast",
                                                           method="recommended", item=item)}
        return {year: known.get(year, nan) for year in self.years}

    def table_ahead(self, ident: str) -> pd.DataFrame:
        """Items × years of the planning forecast."""
        rows = {item: self.ahead(ident, item) for item in self.book.items(ident)}
        return pd.DataFrame.from_dict(rows, orient="index", columns=self.years, dtype=float)

    def sum_ahead(self, ident: str, items: tuple[str, ...]) -> dict[int, float]:
        """Σ of the items that the municipality has, by year."""
        table = self.table_ahead(ident)
        mine = table[table.index.isin(items)]
        return mine.sum(skipna=False).to_dict() if len(mine) else dict.fromkeys(self.years, nan)

    # ---- print ---------------------------------------------------------------------------
    def number(self, value: float, decimals: int = 0) -> str:
        """Digits, or the word for a missing number."""
        if value != value:
            return str(self.words["missing"])
        return format_number(value, self.language, decimals)

    def amount(self, value: float, unit: str, decimals: int = 0) -> str:
        """A number with its unit as a sentence writes it: «7 млн сом»."""
        if value != value:
            return str(self.words["missing"])
        if round(value, decimals) == round(value):
            decimals = 0
        if unit not in self.desk.catalog.units or unit in ("ratio", "unit"):
            return self.number(value, decimals)
        return write_amount(Amount(value, unit, decimals), self.language).text

    def say(self, key: str, role: str = "", **slots: tuple[float, str] | str) -> Paragraph:
        """A sentence of dashboards.yml; a number is (value, text) and keeps its full value."""
        spans: list[Span] = []
        for place, part in enumerate(str(self.words["sentences"][key]).split("{")):
            if place:
                name, _, part = part.partition("}")
                slot = slots[name]
                spans.append(Span(slot) if isinstance(slot, str)
                             else Span(slot[1], slot[0], f"dashboard.{name}"))
            if part:
                spans.append(Span(part))
        return Paragraph(tuple(spans), role)

    def money(self, value: float) -> tuple[float, str] | str:
        return (value, self.amount(value, "som")) if value == value else self.words["missing"]

    def head(self, name: str, unit: str = "", numeric: bool = True) -> Column:
        text = self.desk.wording.unit(unit) if unit else ""
        return Column(self.words["heads"][name], text, numeric=numeric)

    def cell(self, value: float, decimals: int = 0) -> Cell:
        return Cell(self.number(value, decimals), None if value != value else value,
                    "", "O" if value != value else "", decimals)

    def draw(self, kind: str, data: object, unit: str = "", **words: str) -> dict[str, Any]:
        """A figure of a kind as a plotly specification."""
        look = Look(self.language, get_setting(self.language, "decimal"),
                    get_setting(self.language, "group"))
        named = {**self.desk.furniture["charts"],
                 "unit": self.desk.wording.unit(unit) if unit else "", **words}
        return CHARTS.get(kind)(data, named, look)


@lru_cache(maxsize=16)
def open_scene(municipality: str, language: str) -> Scene:
    """The scene of a municipality, kept as long as the page is open."""
    return Scene(replace(_open_desk(municipality), language=language))


@lru_cache(maxsize=8)
def _open_desk(municipality: str) -> Desk:
    """The desk is opened once; another language changes the words only."""
    return open_desk(municipality, "ky")


def choose_places(asked: str) -> tuple[list[str], str]:
    """The municipalities of the workspace and the one to begin with."""
    places = list_municipalities(open_workspace())
    if not places:
        raise NotFoundError("the workspace has no municipality", key="no_municipality")
    return places, asked if asked in places else places[0]


def name_places(language: str) -> dict[str, str]:
    """Municipality -> its name; the id where the passport cannot be read."""
    return {ident: name[language] for ident, name in _read_names().items()}


@lru_cache(maxsize=1)
def _read_names() -> dict[str, dict[str, str]]:
    workspace, found = open_workspace(), {}
    for ident in list_municipalities(workspace):
        place, _ = read_municipality(workspace.raw / ident)
        found[ident] = {lang: (place.name.get(lang) if place else "") or ident
                        for lang in LANGUAGES}
    return found

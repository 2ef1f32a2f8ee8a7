"""The desk of a section: figures, findings, registers and notes of one municipality and language.

Inside a build the figures are those of the report (SEDP_REPORT names its folder); in JupyterLab
they are those of data/processed, prepared first where that is due.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from sedp_helpers.catalog.load import Catalog, load_catalog
from sedp_helpers.compute.context import Context
from sedp_helpers.errors import UsageError
from sedp_helpers.examination import find_as_of
from sedp_helpers.intake.store import Store, parse_frame, parse_text
from sedp_helpers.models import Municipality
from sedp_helpers.paths import Workspace, open_workspace
from sedp_helpers.prepare import prepare, read_mark, recompute
from sedp_helpers.present.book import ResultBook
from sedp_helpers.present.tables_process import say_verdict
from sedp_helpers.present.wording import Wording
from sedp_helpers.process.case import Case
from sedp_helpers.process.rules import judge_rule
from sedp_helpers.published import publish_tables
from sedp_helpers.watch import WatchedFacts, WatchedTables

RECORD_TEXTS = {"problems": "problem", "plan": "measure"}  # registers whose records have results


@dataclass(frozen=True)
class Desk:
    """What every section of one municipality and language shares; ``read`` notes what was looked
    at since it was last emptied (watch.py)."""

    catalog: Catalog
    municipality: Municipality
    language: str
    results: pd.DataFrame
    findings: pd.DataFrame
    registers: dict[str, pd.DataFrame]
    notes: dict[str, str]  # section -> the expert's text
    read: set[str] = field(default_factory=set, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "registers",
                           WatchedTables(self.registers, self.read, "register"))
        object.__setattr__(self, "notes", WatchedTables(self.notes, self.read, "note"))

    @cached_property
    def book(self) -> ResultBook:
        """The results, read once for all sections."""
        return ResultBook(self.results, self.municipality.base_year,
                          self.municipality.last_forecast_year, self.read)

    @cached_property
    def facts(self) -> WatchedFacts:
        """The observations that the results were computed from."""
        villages = self.registers.get("villages")
        observations = Store(open_workspace()).read_observations(self.municipality.id)
        return WatchedFacts(observations, self.catalog.indicators,
                            villages["id"] if villages is not None else (), self.read)

    @property
    def as_of(self) -> date:
        """The day that «today» stands for."""
        self.read.add("as_of")
        return find_as_of(self.municipality)

    def open_case(self) -> Case:
        """The municipality on the as-of day, for the rules of the process."""
        return Case(Context(self.catalog, self.municipality, self.facts, self.registers),
                    self.as_of)

    def tell_rule(self, rule: str) -> str:
        """What a rule of the methodology says here, in one sentence over all its records."""
        verdict = judge_rule(self.open_case(), rule, self.catalog.rules[rule])
        texts = {self.language: self.catalog.words("process", self.language)}
        return say_verdict(verdict, texts, self.language)[0]

    def list_findings(self, section: str = "") -> pd.DataFrame:
        """All findings, or those of a section."""
        self.read.add(f"findings:{section}" if section else "findings")
        return self.findings[self.findings["section"] == section] if section else self.findings

    @cached_property
    def furniture(self) -> dict[str, Any]:
        return self.catalog.words("furniture", self.language)

    @cached_property
    def wording(self) -> Wording:
        return Wording(self.catalog, self.language, self._names("villages", "id"),
                       {**self._names("codes", "code"), **self._names("programmes", "id")},
                       self.furniture, self.name_records)

    @property
    def measure_names(self) -> dict[str, str]:
        """Measure of the plan -> its text in the reader's language, else in Kyrgyz."""
        return self.name_records("plan")

    def name_records(self, register: str) -> dict[str, str]:
        """Record -> what it says in the reader's language, else as it was entered; noted as looked
        at every time, read once."""
        if register not in RECORD_TEXTS:
            return {}
        self.read.add(f"register:{register}")
        return self._record_texts[register]

    @cached_property
    def _record_texts(self) -> dict[str, dict[str, str]]:
        return {register: self._read_texts(register, column)
                for register, column in RECORD_TEXTS.items()}

    def _read_texts(self, register: str, column: str) -> dict[str, str]:
        frame = self.registers.get(register)
        if frame is None or not len(frame) or column not in frame:
            return {}
        twin = f"{column}_{self.language}"
        own = frame[twin] if twin in frame else frame[column]
        return {ident: str(text or other or ident)
                for ident, text, other in zip(frame["id"], own, frame[column])}

    def name_village(self, entered: str) -> str:
        """A village as it was entered, by its name in the reader's language where it is one of
        the municipality's."""
        names = self._names("villages", "name_ky")
        return names.get(entered, entered)

    def _names(self, register: str, key: str) -> dict[str, str]:
        frame = self.registers.get(register)
        if frame is None or not len(frame) or f"name_{self.language}" not in frame:
            return {}
        own, source = frame[f"name_{self.language}"], frame["name_ky"]
        return {ident: text or other or ident
                for ident, text, other in zip(frame[key], own, source)}


def open_desk(
    ident: str, language: str, base_year: int = 0, horizon: int = 0, level: str = ""
) -> Desk:
    """Figures, findings, registers and notes of a municipality.

    Inside a build nothing of it can change, so the notebooks of one report share one desk.
    """
    report = os.environ.get("SEDP_REPORT", "")
    if report:
        return _open_report_desk(report, ident, language, base_year, horizon, level)
    prepare(open_workspace(), ident)
    return _open(report, ident, language, base_year, horizon, level)


def _open(
    report: str, ident: str, language: str, base_year: int, horizon: int, level: str
) -> Desk:
    workspace, catalog = open_workspace(), load_catalog()
    store = Store(workspace)
    place = override(read_place(store, ident), base_year, horizon, level)
    return Desk(
        catalog, place, language,
        **_read_figures(workspace, store, ident, place, report),
        registers=store.read_registers(ident, catalog.registers),
        notes=_pick_notes(store, ident, language),
    )


_open_report_desk = lru_cache(maxsize=1)(_open)


def read_place(store: Store, ident: str) -> Municipality:
    """The passport as it was prepared."""
    found = read_mark(store, ident).get("municipality")
    if not found:
        raise UsageError(f"{ident} has no passport that can be read", key="no_passport",
                         municipality=ident)
    return Municipality(**found)


def override(place: Municipality, base_year: int, horizon: int, level: str) -> Municipality:
    """The passport with the parameters of a build laid over it."""
    changes = {"base_year": base_year, "horizon": horizon, "level": level}
    kept = {name: value for name, value in changes.items() if value}
    return Municipality(**{**place.model_dump(), **kept}) if kept else place


def _read_figures(workspace: Workspace, store: Store, ident: str, place: Municipality,
                  report: str) -> dict[str, pd.DataFrame]:
    """Results and findings: those of the report, else the stored ones as they may be shown."""
    if report:
        folder = Path(report)
        return {"results": parse_frame((folder / "results.csv").read_bytes()),
                "findings": parse_text((folder / "findings.csv").read_bytes())}
    catalog = load_catalog()
    other = None if place == read_place(store, ident) else recompute(workspace, place, ident,
                                                                     catalog)
    tables = publish_tables(store, ident, catalog, other)
    return {name: tables[name] for name in ("results", "findings")}


def _pick_notes(store: Store, ident: str, language: str) -> dict[str, str]:
    path = store.folder(ident) / "notes.json"
    notes = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {name.removesuffix(f".{language}"): text for name, text in notes.items()
            if name.endswith(f".{language}")}

"""The findings of a district: what reading its folder found, and its rules R-40 … R-48."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from sedp_helpers.catalog.load import Catalog, load_catalog
from sedp_helpers.compare.data import DistrictData
from sedp_helpers.compare.refusal import REVENUE_RULE
from sedp_helpers.compare.rules import OBSERVATIONS, Folder, check_district, judge_district
from sedp_helpers.district.gather import find_members, read_folder, read_places
from sedp_helpers.intake.findings import findings_frame
from sedp_helpers.intake.history import collect_place
from sedp_helpers.models import LANGUAGES, Finding, Text
from sedp_helpers.paths import Workspace
from sedp_helpers.process.verdict import Verdict


def list_findings(workspace: Workspace, data: DistrictData) -> pd.DataFrame:
    """findings.csv of the district book, with its sentences in three languages."""
    _, _, said = read_folder(workspace, data.id, data.catalog)
    return _write(said, open_folder(data), data.catalog)


def find_in_folder(workspace: Workspace, name: str) -> pd.DataFrame:
    """The same from raw data alone, for `sedp check` of a folder: nothing is prepared."""
    catalog = load_catalog()
    code, members, _ = find_members(workspace, name, read_places(workspace))
    registers, observations, said = read_folder(workspace, code, catalog)
    plans = {unit: collect_place(workspace.raw / unit, catalog).registers.get("plan")
             for unit in members}
    programmes = {unit: plan["measure"].tolist() for unit, plan in plans.items()
                  if plan is not None and "measure" in plan}
    return _write(said, Folder(observations, registers, programmes), catalog)


def _write(said: Iterable[Finding], folder: Folder, catalog: Catalog) -> pd.DataFrame:
    texts = {lang: {**catalog.words("findings", lang),
                    **catalog.words("district_findings", lang)} for lang in LANGUAGES}
    return findings_frame([*said, *check_district(folder, _list_protected(catalog))], texts)


def list_verdicts(data: DistrictData) -> list[Verdict]:
    """What each rule of the district says about its folder."""
    return [replace(one, params={**one.params, "register": _name_register(data.catalog, one)})
            for one in judge_district(open_folder(data), _list_protected(data.catalog))]


def _name_register(catalog: Catalog, verdict: Verdict) -> Text | str:
    """The name of the table that a verdict speaks of, as the reader knows it."""
    table = str(verdict.params.get("table", ""))
    if table == OBSERVATIONS:
        return Text(**{lang: str(catalog.words("district", lang)["figures"])
                       for lang in LANGUAGES})
    return catalog.registers[table].name if table in catalog.registers else table


def open_folder(data: DistrictData) -> Folder:
    """The district's folder with the plans of its members beside it."""
    programmes = {unit: member.register("plan")["measure"].tolist()
                  for unit, member in data.members.items() if "measure" in member.register("plan")}
    return Folder(data.observations, data.registers, programmes)


def _list_protected(catalog: Catalog) -> list[str]:
    return list(catalog.rules[REVENUE_RULE]["threshold"]["indicators"])

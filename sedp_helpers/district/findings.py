"""The findings of a district: what reading its folder found, and its rules R-40 … R-48."""

from __future__ import annotations

import pandas as pd

from sedp_helpers.compare.data import DistrictData
from sedp_helpers.compare.refusal import REVENUE_RULE
from sedp_helpers.compare.rules import Folder, check_district, judge_district
from sedp_helpers.district.gather import read_folder
from sedp_helpers.intake.findings import findings_frame
from sedp_helpers.models import LANGUAGES
from sedp_helpers.paths import Workspace
from sedp_helpers.process.verdict import Verdict


def list_findings(workspace: Workspace, data: DistrictData) -> pd.DataFrame:
    """findings.csv of the district book, with its sentences in three languages."""
    _, _, said = read_folder(workspace, data.id, data.catalog)
    texts = {lang: {**data.catalog.words("findings", lang),
                    **data.catalog.words("district_findings", lang)} for lang in LANGUAGES}
    return findings_frame([*said, *check_district(open_folder(data), _list_protected(data))], texts)


def list_verdicts(data: DistrictData) -> list[Verdict]:
    """What each rule of the district says about its folder."""
    return judge_district(open_folder(data), _list_protected(data))


def open_folder(data: DistrictData) -> Folder:
    """The district's folder with the plans of its members beside it."""
    programmes = {unit: member.register("plan")["measure"].tolist()
                  for unit, member in data.members.items() if "measure" in member.register("plan")}
    return Folder(data.observations, data.registers, programmes)


def _list_protected(data: DistrictData) -> list[str]:
    return list(data.catalog.rules[REVENUE_RULE]["threshold"]["indicators"])

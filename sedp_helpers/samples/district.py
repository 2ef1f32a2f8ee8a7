"""A made-up district: its own observations and registers, and the reference tables.

Why: a district plans its own powers (R-40), so its folder is not the union of its members. It
holds what exists at the district: output by sector, employment, population. Revenue of
municipalities is never added here (R-41).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.models import Place
from sedp_helpers.samples.economy import write_output
from sedp_helpers.samples.names import TEXTS
from sedp_helpers.samples.passport import dump_entries
from sedp_helpers.samples.registers import fill_register
from sedp_helpers.samples.scene import BASE_YEAR, YEARS, Scene
from sedp_helpers.samples.table import Sheet, dump_records, sum_parts

_INVESTED = 0.06


@dataclass(frozen=True)
class District:
    """A district and how many municipalities it has."""

    place: Place
    oblast: Place
    members: int

    @property
    def id(self) -> str:
        return f"district-{self.place.id.removeprefix('d-')}"

    @property
    def middle(self) -> np.ndarray:
        """Latitude and longitude that the members lie around; the same for the same district."""
        rng = np.random.default_rng(crc32(self.place.id.encode("utf-8")))
        return rng.uniform((40.2, 71.5), (42.5, 77.5))


def make_district_files(
    district: District, scenes: Sequence[Scene], catalog: Catalog
) -> dict[str, bytes]:
    """The folder of a district from the full scenes of all its members."""
    files = {
        "district.yaml": dump_entries(
            {
                "format": 1,
                "id": district.place.id,
                "name": district.place.name.model_dump(),
                "oblast": district.oblast.model_dump(),
                "base_year": BASE_YEAR,
                "members": district.members,
                "municipalities": {
                    scene.setting.id: scene.setting.name.text.model_dump() for scene in scenes
                },
                "sample": True,
            }
        )
    }
    files["observations.csv"] = _dump_observations(scenes)
    members = [scene.setting.id for scene in scenes]
    for path in sorted((TEXTS / "district").glob("*.csv")):
        scale = sum(scene.scale for scene in scenes) / 8
        files[path.name] = fill_register(path, catalog, members, scale)
    return files


def _dump_observations(scenes: Sequence[Scene]) -> bytes:
    sheet = Sheet(YEARS)
    sheet.add("population.total", np.sum([scene.total for scene in scenes], axis=0))
    for s, sex in enumerate(("f", "m")):
        sheet.add(
            "population.total",
            np.sum([scene.people.stock[:, :, s].sum(axis=(1, 2)) for scene in scenes], axis=0),
            sex=sex,
        )
    jobs = _sum_parts(scene.jobs for scene in scenes)
    sheet.add_sum("population.employed", jobs, "item")
    outputs = _sum_parts(scene.outputs for scene in scenes)
    write_output(sheet, outputs)
    total = sum_parts(outputs)
    for indicator, share in (
        ("economy.investment", _INVESTED),
        ("economy.retail_turnover", 0.34),
        ("economy.livestock_output", 0.28),
    ):
        base = outputs["agriculture"] if indicator.endswith("livestock_output") else total
        sheet.add(indicator, np.rint(base * share / 1000) * 1000)
    return sheet.dump()


def _sum_parts(parts: Iterable[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    whole: dict[str, np.ndarray] = {}
    for one in parts:
        for code, values in one.items():
            whole[code] = whole.get(code, 0) + values
    return whole


def dump_districts(districts: Iterable[District]) -> bytes:
    """data/raw/reference/districts.csv."""
    records = [
        {
            "id": district.place.id,
            "oblast": district.oblast.id,
            "name_ky": district.place.name.ky,
            "name_ru": district.place.name.ru,
            "name_en": district.place.name.en,
            "members": district.members,
        }
        for district in districts
    ]
    return dump_records(("id", "oblast", "name_ky", "name_ru", "name_en", "members"), records)

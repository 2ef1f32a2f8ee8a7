"""Registers of made-up places: text files of this package with years and sizes put in.

Why: the sentences live in CSV files in three languages, one file per register. Here years and
villages are filled in and amounts and numbers of people are scaled to the place, all by one
factor, so that funding still adds up to cost and women stay fewer than participants. A target that
is an indicator of the catalogue starts from the observed figure.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.samples.names import TEXTS
from sedp_helpers.samples.scene import BASE_YEAR, Scene
from sedp_helpers.samples.table import dump_records

_PEOPLE = frozenset(
    {
        "participants",
        "women",
        "youth",
        "vulnerable",
        "disability",
        "votes",
        "places",
        "users",
        "direct_beneficiaries",
        "indirect_beneficiaries",
    }
)
_TWINS = ("_ru", "_en")
_OWN_NAMES = ("name_ky", "name_ru", "name_en")
_NEVER_DROPPED = 6  # the first measures are in every plan
_SLOTS = 12
_SPREAD = (0.5, 0.6)  # degrees of latitude and longitude from the middle of a district
_NOW = re.compile(r"\{now:([a-z_.]+)(?:\+(\d+))?\}")  # the latest figure of an indicator, and more
Rows = tuple[dict[str, str], ...]


@lru_cache(maxsize=64)
def _read(path: Path) -> tuple[tuple[str, ...], Rows]:
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        rows = tuple(reader)
    return tuple(reader.fieldnames or ()), rows


def make_registers(scene: Scene, catalog: Catalog, middle: np.ndarray) -> dict[str, bytes]:
    """File name -> content, for every register of a municipality that has a text file; it lies
    around the ``middle`` of its district."""
    dropped = _drop_measures(scene)
    files = {
        path.name: fill_register(
            path,
            catalog,
            scene.villages,
            scene.scale,
            twins=scene.setting.twins,
            dropped=dropped,
            more=_list_figures(path, scene),
        )
        for path in sorted((TEXTS / "registers").glob("*.csv"))
    }
    return files | {"villages.csv": _dump_villages(scene, middle)}


def _list_figures(path: Path, scene: Scene) -> dict[str, str]:
    """The figures of the place that stand between braces in a text file."""
    found = {
        match[0]: str(round(scene.sheet.latest(match[1])) + int(match[2] or 0))
        for match in _NOW.finditer(path.read_text(encoding="utf-8"))
    }
    return found | {"{population}": str(scene.total[-1])}


def _drop_measures(scene: Scene) -> frozenset[str]:
    """Measures that this municipality does not plan; the full sample keeps all of them."""
    if scene.setting.twins:
        return frozenset()
    ids = [row["id"] for row in _read(TEXTS / "registers" / "plan.csv")[1]][_NEVER_DROPPED:]
    count = int(scene.rng.integers(0, 7))
    return frozenset(scene.rng.choice(ids, count, replace=False).tolist())


def fill_register(
    path: Path,
    catalog: Catalog,
    places: Sequence[str],
    scale: float,
    *,
    twins: bool = True,
    dropped: frozenset[str] = frozenset(),
    more: Mapping[str, str] | None = None,
) -> bytes:
    """A text file as a register; ``{y1}`` is the year after the base year, ``{v1}`` a place.

    Rows of the measures in ``dropped`` are left out; without ``twins`` the texts are Kyrgyz only;
    ``more`` are further words between braces.
    """
    columns, rows = _read(path)
    if not twins:
        columns = tuple(
            column for column in columns if column in _OWN_NAMES or not column.endswith(_TWINS)
        )
    words = {**_list_words(places), **(more or {})}
    kinds = {column.id: column.type for column in catalog.registers[path.stem].columns}
    kept = (row for row in rows if not dropped & {row.get("measure"), row.get("id")})
    return dump_records(
        columns,
        [
            {
                column: _fill(row[column], column, kinds.get(column, "text"), words, scale)
                for column in columns
            }
            for row in kept
        ],
    )


def _list_words(places: Sequence[str]) -> dict[str, str]:
    """What stands between braces in the text files."""
    years = {f"{{y{step}}}": str(BASE_YEAR + step) for step in range(-3, 5)}
    return years | {f"{{v{place + 1}}}": places[place % len(places)] for place in range(_SLOTS)}


def _fill(text: str, column: str, kind: str, words: Mapping[str, str], scale: float) -> str:
    if "{" in text:
        for slot, word in words.items():
            text = text.replace(slot, word)
    if text and kind == "money":  # whole thousands by a whole number: sums still add up exactly
        return str(round(float(text) / 1000) * round(scale * 1000))
    if text and column in _PEOPLE and scale < 1:
        return str(int(float(text) * scale))
    return text


def _dump_villages(scene: Scene, district: np.ndarray) -> bytes:
    """The villages; the points lie around a middle drawn at random within the district."""
    middle = district + scene.rng.uniform(np.negative(_SPREAD), _SPREAD)
    records: list[dict[str, Any]] = []
    for village, name in zip(scene.villages, scene.setting.villages, strict=True):
        point = middle + scene.rng.normal(0, 0.03, 2)
        records.append(
            {
                "id": village,
                "name_ky": name.text.ky,
                "name_ru": name.text.ru,
                "name_en": name.text.en,
                "lat": round(float(point[0]), 4),
                "lon": round(float(point[1]), 4),
            }
        )
    return dump_records(("id", *_OWN_NAMES, "lat", "lon"), records)


def dump_crops(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The register of crop prices and costs."""
    return dump_records(("crop", "year", "price_som_kg", "cost_per_ha", "currency"), rows)

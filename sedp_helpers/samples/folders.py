"""The raw folders of made-up municipalities in whole districts, as bytes and without a disk.

Why: one seed gives one national sample, byte for byte. Every district draws from its own stream
of random numbers, so a folder does not depend on how many others were made before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.models import Place, Text
from sedp_helpers.samples.budget import add_budget
from sedp_helpers.samples.district import District, dump_districts, make_district_files
from sedp_helpers.samples.economy import add_economy, list_crops
from sedp_helpers.samples.inclusion import add_inclusion
from sedp_helpers.samples.names import TEXTS, Name, draw_names, read_texts
from sedp_helpers.samples.passport import dump_passport, make_passport
from sedp_helpers.samples.population import add_population
from sedp_helpers.samples.registers import dump_crops, make_registers
from sedp_helpers.samples.scene import Scene, Setting, open_scene
from sedp_helpers.samples.services import add_services
from sedp_helpers.samples.space import add_space

SMALLEST_DISTRICT, LARGEST_DISTRICT = 6, 11
_CITY_EVERY = 4


@dataclass(frozen=True)
class SampleFolder:
    """A folder of data/raw: its name and its files by relative path."""

    id: str
    files: Mapping[str, bytes]


def generate(catalog: Catalog, *, municipalities: int, seed: int) -> Iterator[SampleFolder]:
    """Municipalities in whole districts, then their districts and the reference folder.

    The same numbers give the same bytes. ``ValueError`` for fewer than one municipality or more
    than there are names.
    """
    rng = np.random.default_rng(seed)
    names = draw_names(rng)
    districts = _plan_districts(rng, names, municipalities)
    for number, (district, stream) in enumerate(zip(districts, rng.spawn(len(districts)))):
        settings = _plan_members(stream, names, district, number)
        scenes = [make_scene(setting, stream) for setting in settings]
        for scene in scenes:
            yield SampleFolder(scene.setting.id, make_folder(scene, district, catalog))
        yield SampleFolder(district.id, make_district_files(district, scenes, catalog))
    yield SampleFolder("reference", make_reference(districts))


def make_scene(setting: Setting, rng: np.random.Generator) -> Scene:
    """A setting with all its observations."""
    scene = open_scene(setting, rng)
    for add in (add_population, add_space, add_services, add_economy, add_inclusion, add_budget):
        add(scene)
    return scene


def make_folder(scene: Scene, district: District, catalog: Catalog) -> dict[str, bytes]:
    """All files of a municipality."""
    passport = make_passport(scene.setting, district.place, district.oblast, scene)
    files = {"municipality.yaml": dump_passport(passport), "observations.csv": scene.sheet.dump()}
    files |= make_registers(scene, catalog, district.middle)
    files["crops.csv"] = dump_crops(list_crops(scene))
    if scene.setting.twins:
        files |= {
            f"notes/{path.name}": path.read_bytes()
            for path in sorted((TEXTS / "notes").glob("*.md"))
        }
    return files


def make_reference(districts: list[District]) -> dict[str, bytes]:
    """data/raw/reference: the districts, example norms, and no change of borders."""
    files = {path.name: path.read_bytes() for path in sorted((TEXTS / "reference").glob("*.csv"))}
    return files | {"districts.csv": dump_districts(districts)}


def _plan_districts(
    rng: np.random.Generator, names: Iterator[Name], municipalities: int
) -> list[District]:
    sizes = split_districts(rng, municipalities)
    oblasts = [
        Place(id=row["id"], name=Text(ky=row["ky"], ru=row["ru"], en=row["en"]))
        for row in read_texts("oblasts")
    ]
    return [
        District(
            Place(id=f"d-{name.slug}", name=name.text),
            oblasts[number * len(oblasts) // len(sizes)],
            size,
        )
        for number, (size, name) in enumerate(zip(sizes, names))
    ]


def split_districts(rng: np.random.Generator, municipalities: int) -> list[int]:
    """Sizes of whole districts that add up to the number; fewer than six make one district.

    >>> sum(split_districts(np.random.default_rng(1), 264))
    264
    """
    if municipalities < 1:
        raise ValueError(f"at least one municipality is needed, not {municipalities}")
    count = max(1, round(municipalities / 8))
    if municipalities >= SMALLEST_DISTRICT:
        count = min(count, municipalities // SMALLEST_DISTRICT)
        count = max(count, -(-municipalities // LARGEST_DISTRICT))
    sizes = [municipalities // count + (place < municipalities % count) for place in range(count)]
    for _ in range(count * 2):
        giver, taker = rng.integers(0, count, 2)
        if sizes[giver] > SMALLEST_DISTRICT and sizes[taker] < LARGEST_DISTRICT:
            sizes[giver] -= 1
            sizes[taker] += 1
    return sizes


def _plan_members(
    rng: np.random.Generator, names: Iterator[Name], district: District, number: int
) -> list[Setting]:
    """The members of a district, the largest first; villages take their names from all names."""
    sizes = np.sort(np.clip(rng.lognormal(8.75, 0.55, district.members), 1_200, 26_000))[::-1]
    settings = []
    for place, size in enumerate(sizes):
        name = next(names, None)
        if name is None:
            raise ValueError("there are fewer names than municipalities")
        own = draw_names(rng)
        others = int(np.clip(size / 1500 + rng.integers(0, 3), 1, 8))
        villages = (
            name,
            *(village for village, _ in zip(own, range(others)) if village.slug != name.slug),
        )
        settings.append(
            Setting(
                name.slug, name, villages, int(size), city=place == 0 and number % _CITY_EVERY == 0
            )
        )
    return settings

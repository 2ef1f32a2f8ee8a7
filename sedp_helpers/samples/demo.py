"""The district that is shipped in data/raw: a full sample, six neighbours, and an empty one.

Why: it shows every page of the report, what the check finds, and what a report says where data
are missing. It is made by the generator too, so it can be made again byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.models import Place, Text
from sedp_helpers.samples.defects import spoil, thin_out
from sedp_helpers.samples.district import District, make_district_files
from sedp_helpers.samples.folders import SampleFolder, make_folder, make_reference, make_scene
from sedp_helpers.samples.names import Name, find_name, read_texts
from sedp_helpers.samples.passport import dump_passport, make_passport
from sedp_helpers.samples.scene import Setting

SEED = 2024
_Change = Callable[[Mapping[str, bytes]], Mapping[str, bytes]]
_CHANGES: dict[str, _Change] = {"defects": spoil, "sparse": thin_out}


def generate_demo(catalog: Catalog) -> Iterator[SampleFolder]:
    """The folders of the shipped district, its district folder and the reference folder."""
    rows = read_texts("demo")
    district = District(_make_place("d-demo", rows[0]), _make_place("o-demo", rows[0]), len(rows))
    streams = np.random.default_rng(SEED).spawn(len(rows))
    scenes = [make_scene(_make_setting(row), stream)
              for row, stream in zip(rows, streams, strict=True)]
    for row, scene in zip(rows, scenes):
        if row["kind"] == "empty":
            passport = make_passport(scene.setting, district.place, district.oblast, None)
            yield SampleFolder(row["id"], {"municipality.yaml": dump_passport(passport)})
            continue
        files = _add_requests(row["id"], make_folder(scene, district, catalog))
        yield SampleFolder(row["id"], _CHANGES.get(row["kind"], dict)(files))
    yield SampleFolder(district.id, make_district_files(district, scenes, catalog))
    yield SampleFolder("reference", make_reference([district]))


def _add_requests(ident: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """The folder with what it asked the district for on behalf of several members."""
    rows = [",".join([*row.values()][1:]) + "\n" for row in read_texts("joint_requests")
            if row["municipality"] == ident]
    return {**files, "exchanges.csv": files["exchanges.csv"] + "".join(rows).encode("utf-8")}


def _make_place(ident: str, row: Mapping[str, str]) -> Place:
    return Place(id=ident, name=_make_text(row))


def _make_text(row: Mapping[str, str]) -> Text:
    return Text(ky=row["ky"], ru=row["ru"], en=row["en"])


def _make_setting(row: Mapping[str, str]) -> Setting:
    return Setting(
        row["id"], Name(row["id"], _make_text(row)),
        tuple(find_name(slug) for slug in row["villages"].split(";")), int(row["size"]),
        detail=False, twins=row["kind"] == "full",
    )

"""municipality.yaml and district.yaml of made-up places, as bytes.

Why: the samples are made without touching a disk, and the YAML library belongs to the reader of
passports. A JSON value is a YAML value, so each entry is written as one; the reader of intake
must read it back to the same model (proved by a test).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sedp_helpers.models import DocumentState, Municipality, Period, Place
from sedp_helpers.samples.names import read_texts
from sedp_helpers.samples.scene import BASE_YEAR, Scene, Setting


def make_passport(setting: Setting, district: Place, oblast: Place, scene: Scene | None
                  ) -> Municipality:
    """The passport of a setting; without a scene only what must be there."""
    fields: dict[str, Any] = {
        "id": setting.id, "name": setting.name.text, "type": "city" if setting.city else "aimak",
        "oblast": oblast, "district": district, "base_year": BASE_YEAR, "sample": True,
    }
    if scene is None:
        return Municipality(**fields)
    centre = setting.villages[0].text.ky
    return Municipality(
        **fields, horizon=3, level="complex" if setting.twins else "simple",
        programme=Period(start=BASE_YEAR + 2, end=BASE_YEAR + 4) if setting.twins else None,
        document=DocumentState(status="approved", version="2", date=f"{BASE_YEAR + 1}-05-28",
                               resolution="№ 5/2"),
        forecast_methods=("statistics", "comparison"), as_of=f"{BASE_YEAR + 2}-07-10",
        founded=str(int(scene.rng.integers(1924, 1996))), centre=centre,
        distances_km={row["ky"]: float(scene.rng.integers(int(row["low"]), int(row["high"])))
                      for row in read_texts("distances")},
        altitude_m=float(scene.rng.integers(70, 240) * 10), mountain=bool(scene.rng.random() < 0.6),
        border=False,
    )


def dump_passport(municipality: Municipality) -> bytes:
    """municipality.yaml: entries that differ from the default, in the order of the model."""
    fields = Municipality.model_fields
    content = municipality.model_dump(mode="json")
    entries = {key: value for key, value in content.items()
               if key in ("format", "type") or value != fields[key].default}
    return dump_entries(entries)


def dump_entries(entries: Mapping[str, Any]) -> bytes:
    """A YAML mapping, nested mappings indented, empty entries left out."""
    return "".join(_write(entries, "")).encode("utf-8")


def _write(entries: Mapping[str, Any], indent: str) -> list[str]:
    lines: list[str] = []
    for key, value in entries.items():
        if value in ("", None, {}, []):
            continue
        if isinstance(value, Mapping):
            lines += [f"{indent}{key}:\n", *_write(value, indent + "  ")]
        else:
            lines.append(f"{indent}{key}: {json.dumps(value, ensure_ascii=False)}\n")
    return lines



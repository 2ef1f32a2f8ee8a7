"""The sentences of the district book: their rules, their words, and what the rules ask about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sedp_helpers.district.sight import Sight
from sedp_helpers.district.tables.food import name_foods
from sedp_helpers.present.narrative import Narrator


def open_narrator(sight: Sight, furniture: Mapping[str, Any]) -> Narrator:
    """Tells the topics of ``narrative/district.yml`` in the language of the sight."""
    catalog, wording = sight.data.catalog, sight.wording
    return Narrator(
        sight.book,
        catalog.read("narrative/district.yml"),
        catalog.words("sentences/district", sight.language),
        {"words": _list_words(sight, furniture), "flags": _list_flags(sight)},
        wording.name,
        wording.decimals,
        wording.unit_kind,
        sight.language,
        wording.item_name,
    )


def _list_words(sight: Sight, furniture: Mapping[str, Any]) -> dict[str, str]:
    """Names and limits that stand in sentences."""
    data = sight.data
    name = data.name.get(sight.language)
    return {
        "district": str(furniture["generic"]["district"]).format(name=name),
        "absent_names": sight.names(data.roll.absent(data.roll.present)),
        "nearest_names": sight.name_pair("joint.nearest_km"),
        **{limit: f"{value:g}" for limit, value in data.settings["joint"].items()},
        **{f"{side}_names": names for side, names in name_foods(sight).items()},
    }


def _list_flags(sight: Sight) -> dict[str, Any]:
    """What the conditions of the rules ask beside the figures."""
    data = sight.data
    return {
        "sample": data.sample,
        "panel": data.panel is not None,
        "brought": bool(name_foods(sight)["brought"]),
        "named": bool(data.roll.absent(data.roll.present)),
        "mixed": bool(data.left_out),
        "stated": data.roll.expected is not None,
        "within": data.settings["joint"]["within_km"],
    }

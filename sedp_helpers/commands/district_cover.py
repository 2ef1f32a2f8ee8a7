"""Where the papers of a district lie and what stands on their covers."""

from __future__ import annotations

from typing import Any

from sedp_helpers.compare.data import DistrictData
from sedp_helpers.language import format_date, format_year
from sedp_helpers.publish.manifest import build_time


def name_folder(data: DistrictData) -> str:
    """The folder of the book below reports/."""
    return f"district-{data.id.removeprefix('d-')}"


def make_meta(data: DistrictData, language: str) -> dict[str, Any]:
    """What stands on the cover and in the running head of the book."""
    words = data.catalog.words("district", language)
    furniture = data.catalog.words("furniture", language)
    generic, when = furniture["generic"], build_time()
    name = generic["district"].format(name=data.name.get(language))
    oblast = next((m.place.oblast for m in data.members.values() if m.place.oblast), None)
    return {
        "language": language, "id": name_folder(data), "municipality": name,
        "title": words["title"],
        "subtitle": str(words["subtitle"]).format(
            year=format_year(data.base_year, language, "nom")),
        "floats": False,  # a chart for each section: each stays under its heading
        "place": generic["oblast"].format(name=oblast.name.get(language)) if oblast else "",
        "draft": "", "sample": furniture["labels"]["sample"] if data.sample else "",
        "approval": [], "generated": when.isoformat(),
        "generated_text": f"{format_date(when.date(), language, 'plain')} {when:%H:%M} UTC",
    }

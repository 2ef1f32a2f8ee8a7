"""What stands on the cover and the running head of a report: names, marks, dates, approval."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.language import format_date, format_year_range
from sedp_helpers.models import Municipality


def make_meta(
    catalog: Catalog,
    municipality: Municipality,
    language: str,
    time: datetime,
    *,
    internal: bool = False,
) -> dict[str, Any]:
    """The meta of a document in a language; ``time`` is the time of making (UTC)."""
    words = catalog.words("furniture", language)
    cover, generic = words["cover"], words["generic"]
    name = generic[municipality.type].format(name=municipality.name.get(language))
    years = municipality.plan_years
    state = municipality.document
    return {
        "language": language,
        "id": municipality.id,
        "municipality": name,
        "title": cover["title"].format(
            years=format_year_range(years.start, years.end, language, "for")),
        "subtitle": cover["subtitle"],
        "place": _place(municipality, generic, language),
        "draft": "" if state.status == "approved" else _draft(state, cover, language),
        "internal": internal,
        "sample": words["labels"]["sample"] if municipality.sample else "",
        "approval": _approval(municipality, cover),
        "generated": time.isoformat(),
        "generated_text": f"{format_date(time.date(), language, 'plain')} {time:%H:%M} UTC",
    }


def _place(municipality: Municipality, generic: dict[str, str], language: str) -> str:
    parts = [("oblast", municipality.oblast), ("district", municipality.district)]
    return ", ".join(generic[kind].format(name=unit.name.get(language))
                     for kind, unit in parts if unit and unit.name.get(language))


def _draft(state: Any, cover: dict[str, str], language: str) -> str:
    """«ДОЛБООР (3-вариант, 2026-жылдын 4-майы)», as much of it as is known."""
    parts = []
    if state.version:
        parts.append(cover["version"].format(version=state.version))
    if state.date:
        parts.append(format_date(datetime.fromisoformat(state.date).date(), language, "plain"))
    return f"{cover['draft']} ({', '.join(parts)})" if parts else cover["draft"]


def _approval(municipality: Municipality, cover: dict[str, Any]) -> list[dict[str, Any]]:
    """The two sides of the approval block; names only where the office gave them."""
    names = {one.get("role", ""): one.get("name", "") for one in municipality.signatures}
    return [
        {"title": cover[side],
         "lines": [cover[f"{side}_role"], f"{cover['line']} {names.get(role, '')}".strip()]}
        for side, role in (("agreed", "council_chair"), ("approved", "head"))
    ]

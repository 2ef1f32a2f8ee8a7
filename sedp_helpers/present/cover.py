"""What this document is: state, version, years, level and methods declared, as a table.

Dates and versions are facts of the passport, not results, and carry no mark of a result.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.catalog.load import Catalog
from sedp_helpers.language import format_date, format_year_range
from sedp_helpers.models import Municipality


def tabulate_document(catalog: Catalog, place: Municipality, language: str,
                      words: Mapping[str, Any]) -> Table:
    """Property and value of the document; what is not given is left out."""
    state, years = place.document, place.plan_years
    codes = catalog.codes
    rows = {
        "document_status": codes["document_statuses"][state.status].get(language),
        "document_version": state.version,
        "document_date": write_date(state.date, language),
        "document_resolution": state.resolution,
        "programme_years": format_year_range(years.start, years.end, language, "nom"),
        "base_year": str(place.base_year),
        "forecast_until": str(place.last_forecast_year),
        "level": codes["levels"][place.level].get(language),
        "forecast_methods": "; ".join(words["methods_declared"].get(one, one)
                                      for one in place.forecast_methods),
        "as_of": write_date(place.as_of, language),
    }
    cells = tuple((Cell(words[key]), Cell(text)) for key, text in rows.items() if text)
    columns = (Column(words["property"], wide=True), Column(words["content"], wide=True))
    return Table(words["about_document"], columns, cells, "about-document")


def write_date(text: str, language: str) -> str:
    """An ISO date in words; other text as it was entered."""
    try:
        return format_date(date.fromisoformat(text), language, "plain")
    except ValueError:
        return text

"""Numbers that a computation takes from the table of norms: the office's own, else the catalogue's.

Every such number has a standing: a norm, or only an example of the handbook.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import nan
from typing import Any, NamedTuple

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.compute.context import Context


class Norm(NamedTuple):
    """A number with its standing: ``norm`` or ``example``; NaN where its cell holds no number."""

    id: str
    value: float
    status: str


class WorkingAge(NamedTuple):
    """First and last completed year of working age, by sex (a legal parameter, Q24)."""

    first: int
    last: Mapping[str, int]  # f, m


def find_norm(context: Context, ident: str) -> Norm | None:
    """The office's norm, else the catalogue's; None where neither names it."""
    row = context.norms.get(ident) or context.catalog.norms.get(ident)
    return _read_norm(ident, row) if row else None


def _read_norm(ident: str, row: Mapping[str, Any]) -> Norm:
    try:
        value = float(str(row.get("value", "")).replace(" ", "").replace(",", "."))
    except ValueError:
        value = nan
    standing = str(row.get("status", "")).strip()
    return Norm(ident, value, standing if standing == "norm" else "example")


def find_working_age(
    catalog: Catalog, norms: Mapping[str, Mapping[str, Any]] | None = None
) -> WorkingAge:
    """The limits of working age: the office's, else those of the law in the catalogue."""
    def limit(ident: str) -> int:
        usual = catalog.norms[ident]
        value = _read_norm(ident, (norms or {}).get(ident) or usual).value
        return int(value if value == value else usual["value"])

    return WorkingAge(limit("working_age_from"), {"f": limit("working_age_to_women"),
                                                  "m": limit("working_age_to_men")})

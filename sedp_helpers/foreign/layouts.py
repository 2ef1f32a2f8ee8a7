"""What a foreign format looks like, and what is asked of it.

Why: offices change their tables, so sheets, columns and codes stand in
``catalog/forms/import_<kind>.yml``, where a person can correct them. This module reads no file of
the user.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.errors import NotFoundError, name_nearest
from sedp_helpers.models import Text

KINDS = ("nsc-population", "nsc-dynamic", "opendata", "okmot-incomes", "sdmx-csv")


@dataclass(frozen=True)
class Layout:
    """One kind of file; ``fields`` is what its reader needs to know."""

    kind: str
    reads: str
    stock_date: str
    source: Text
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """For whom a file is read: names and codes to look for, and what the person added."""

    ident: str
    names: tuple[str, ...] = ()
    soate: str = ""
    type: str = "aimak"
    villages: Mapping[str, str] = field(default_factory=dict)  # name -> id
    year: int = 0
    indicator: str = ""
    row: str = ""


@dataclass(frozen=True)
class ForeignRow:
    """One observation as the file has it; ``value`` as typed, the year as the file counts."""

    indicator: str
    year: str
    value: str
    sex: str = ""
    age: str = ""
    village: str = ""
    item: str = ""
    status: str = ""
    note: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Reading:
    """What a file holds for the one who asks, and the names of its places left out."""

    rows: list[ForeignRow]
    skipped: tuple[str, ...] = ()


def load_layout(catalog: Catalog, kind: str) -> Layout:
    """The layout of a kind; an unknown kind is an error with the known ones."""
    if kind not in KINDS:
        raise NotFoundError(f"kind {kind!r}: {name_nearest(kind, KINDS)}", key="unknown_kind",
                            name=kind, known=", ".join(KINDS))
    raw = dict(catalog.read(f"forms/import_{kind}.yml"))
    return Layout(kind, raw.pop("reads"), raw.pop("stock_date"), Text(**raw.pop("source")), raw)

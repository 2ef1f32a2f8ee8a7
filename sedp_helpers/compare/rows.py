"""How a comparison becomes rows of results.csv: section and unit from the catalogue, the member
in ``method`` as ``member:<id>``."""

from __future__ import annotations

from functools import lru_cache
from math import nan

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.compute.rows import Row, fill_row

SETTINGS = "district.yml"
PARTS = {
    "unit_of_base": (
        "median",
        "lowest",
        "highest",
        "village_low",
        "village_high",
        "peer_median",
        "peer_low",
        "peer_high",
        "register_sum",
        "stated",
    ),
    "difference": ("village_gap", "register_gap"),
}


def member_method(unit: str) -> str:
    """
    >>> member_method("demo")
    'member:demo'
    """
    return f"member:{unit}"


def read_member(method: str) -> str:
    """The member of a method; "" where it names none.

    >>> read_member("member:demo"), read_member("members")
    ('demo', '')
    """
    kind, _, unit = method.partition(":")
    return unit if kind == "member" else ""


def pair_method(first: str, second: str) -> str:
    """
    >>> pair_method("a", "b")
    'pair:a+b'
    """
    return f"pair:{first}+{second}"


def read_pair(method: str) -> tuple[str, ...]:
    """
    >>> read_pair("pair:a+b")
    ('a', 'b')
    """
    return tuple(method.partition(":")[2].split("+"))


def write_row(
    catalog: Catalog,
    result: str,
    year: int | str,
    value: float,
    *,
    item: str = "",
    method: str = "",
    status: str = "A",
    unit: str = "",
    missing: str = "",
    rule: str = "",
    village: str = "",
) -> Row:
    """A row; a missing value becomes «not computable» and must say what is missing."""
    section, own_unit = find_spec(catalog, result)
    known = value == value
    return fill_row(
        (
            section,
            result,
            year,
            value,
            nan,
            nan,
            nan,
            nan,
            unit or own_unit,
            "",
            "",
            village,
            item,
            status if known else "O",
            method,
            "",
            missing or ("" if known else result),
            rule,
        )
    )


@lru_cache(maxsize=4096)  # a country asks for the same few hundred thousands of times
def find_spec(catalog: Catalog, result: str) -> tuple[str, str]:
    """Section and unit of a result: its own, of the district's list, or of what it is made of.

    A difference of percentages is told in percentage points.
    """
    own = catalog.read(SETTINGS).get("results", {}).get(result)
    if own:
        return own.get("section", "general"), own["unit"]
    spec = catalog.results.get(result) or catalog.indicators.get(result)
    if spec is not None:
        return spec.section, spec.unit
    base, _, suffix = result.rpartition(".")
    if not base:
        return "general", ""
    section, unit = find_spec(catalog, base)
    if suffix.endswith("_pct"):
        return section, "pct"
    return section, "point" if suffix in PARTS["difference"] and unit == "pct" else unit

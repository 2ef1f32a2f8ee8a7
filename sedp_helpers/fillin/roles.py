"""Who fills in what: the rows of one person of the office, as a copy to print or to send.

A row is asked of one person only: the one who keeps the first source of its indicator.
"""

from __future__ import annotations

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.errors import NotFoundError, name_nearest
from sedp_helpers.models import Indicator

REGISTERS = {"provider": ("providers",), "land": ("land_cases",), "secretary": ("requests",)}


def list_roles(catalog: Catalog) -> list[str]:
    """The roles of sources.yml for which there is something to fill in."""
    return sorted({find_role(indicator, catalog) for indicator in catalog.indicators.values()}
                  - {""})


def find_role(indicator: Indicator, catalog: Catalog) -> str:
    """The person who keeps the first source of an indicator."""
    if not indicator.source:
        return ""
    return str(catalog.sources.get(indicator.source[0], {}).get("who", ""))


def list_indicators(catalog: Catalog, section: str, role: str | None) -> list[Indicator]:
    """The indicators of a section, all or those of a role."""
    return [indicator for indicator in catalog.indicators.values()
            if indicator.section == section
            and (role is None or find_role(indicator, catalog) == role)]


def check_role(catalog: Catalog, role: str | None) -> None:
    """An unknown role is an error that names the known ones."""
    if role is not None and role not in list_roles(catalog):
        raise NotFoundError(f"unknown role {role!r}: {name_nearest(role, list_roles(catalog))}",
                            key="unknown_name", kind="role", name=role,
                            known=", ".join(list_roles(catalog)))

"""What notebooks open: a section of a municipality, with every part that it can show.

The parts register themselves with ``section.PARTS`` when their modules are imported, here.
"""

from __future__ import annotations

from sedp_helpers import advice, frame, programme, tabulation
from sedp_helpers.desk import open_desk
from sedp_helpers.errors import UsageError
from sedp_helpers.models import LANGUAGES
from sedp_helpers.section import Section

__all__ = ["Section", "advice", "frame", "open_section", "programme", "tabulation"]


def open_section(
    name: str,
    municipality: str = "demo",
    language: str = "ky",
    base_year: int = 0,
    horizon: int = 0,
    level: str = "",
) -> Section:
    """The section of a municipality in a language; 0 and "" mean «as in municipality.yaml»."""
    if language not in LANGUAGES:
        raise UsageError(f"language {language!r} is none of {', '.join(LANGUAGES)}",
                         key="unknown_language", name=language)
    return Section(name, open_desk(municipality, language, base_year, horizon, level))

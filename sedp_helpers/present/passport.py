"""The passport of a municipality as a table: where it lies, what belongs to it, how large it is.

Words come from ``text/<lang>/passport.yml``, figures from results; what nobody has filled in stands
as missing, never as a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.language import format_number
from sedp_helpers.models import LANGUAGES, Municipality
from sedp_helpers.present.gaps import tell_where
from sedp_helpers.present.hidden import ABSENT
from sedp_helpers.present.pictures.base import Viewer
from sedp_helpers.present.sheets import tell_sheet

FIGURES = (
    "territory.villages",
    "territory.area_ha",
    "population.total",
    "population.households",
    "population.density_per_km2",
)
Places = Mapping[str, tuple[float | None, float | None]]


def read_places(villages: pd.DataFrame | None) -> Places:
    """Village -> latitude and longitude; None where the register has none."""
    if villages is None or not len(villages) or "id" not in villages:
        return {}
    columns = [
        pd.to_numeric(villages[name], errors="coerce").tolist() if name in villages
        else [float("nan")] * len(villages)
        for name in ("lat", "lon")
    ]
    return {
        ident: (None if lat != lat else lat, None if lon != lon else lon)
        for ident, lat, lon in zip(villages["id"], *columns)
    }


def tabulate_passport(viewer: Viewer, place: Municipality, words: Mapping[str, Any],
                      centre: str = "") -> Table:
    """Property and value; rows that have no meaning for the place are left out.

    ``centre`` is the name of the centre in the reader's language, where that is known.
    """
    position = list(_position(viewer, place, words, centre or place.centre))
    villages = list(_villages(viewer, words))
    rows = [*position, *villages, *_figures(viewer)]
    whence = [*[tell_sheet(viewer.wording, "passport")] * len(position),
              *[tell_sheet(viewer.wording, "villages")] * len(villages),
              *(tell_where(viewer, ident) for ident in FIGURES)]
    columns = (Column(words["property"], wide=True), Column(words["value"], wide=True))
    return Table(words["title"], columns, tuple(rows), whence=tuple(whence))


def _position(viewer: Viewer, place: Municipality, words: Mapping[str, Any],
              centre: str) -> Iterator[tuple[Cell, Cell]]:
    language = viewer.wording.language
    for key, unit in (("oblast", place.oblast), ("district", place.district)):
        if unit is not None:
            yield Cell(words[key]), Cell(unit.name.get(language) or ABSENT)
    texts = {"soate": place.soate, "centre": centre, "founded": place.founded,
             "relief": place.relief}
    for key, text in texts.items():
        if text or key == "centre":
            yield Cell(words[key]), Cell(text or ABSENT)
    for key, flag in (("mountain", place.mountain), ("border", place.border)):
        if flag is not None:
            yield Cell(words[key]), Cell(words["yes" if flag else "no"])
    yield Cell(words["altitude"]), _measure(viewer, place.altitude_m, words["metre"])
    for name, km in place.distances_km.items():
        told = words["distance"].format(name=name_landmark(viewer, name))
        yield Cell(told), _measure(viewer, km, words["kilometre"])


def name_landmark(viewer: Viewer, entered: str) -> str:
    """Where a distance leads to, in the reader's language where it is a kind of place that is
    known («Балыкчы темир жол бекети» by its kind and name); else as it was entered, marked."""
    language = viewer.wording.language
    for kind in viewer.wording.catalog.codes["landmarks"].values():
        for known in (kind.get(one).casefold() for one in LANGUAGES):
            name = entered.strip()
            if name.casefold() == known:
                return kind.get(language)
            if name.casefold().endswith(f" {known}"):
                whose = name[: -len(known)].strip()
                return name if language == "ky" else f"{kind.get(language)} ({whose})"
    return entered if language == "ky" else f"{entered} (ky)"


def _measure(viewer: Viewer, value: float | None, unit: str) -> Cell:
    """A fact of the passport, which is no result: text without a key."""
    if value is None:
        return Cell(ABSENT, status="O", style="muted")
    number = format_number(value, viewer.wording.language, 0 if value == int(value) else 1)
    return Cell(f"{number}\u00a0{unit}")


def _villages(viewer: Viewer, words: Mapping[str, Any]) -> Iterator[tuple[Cell, Cell]]:
    names = [viewer.wording.name(village) for village in viewer.places]
    yield Cell(words["villages"]), Cell(", ".join(names) or ABSENT)


def _figures(viewer: Viewer) -> Iterator[tuple[Cell, Cell]]:
    """The last known figure of each, with its unit and year in the name."""
    for ident in FIGURES:
        series = viewer.book.series(ident, until=viewer.book.base_year)
        title = viewer.name_with_unit(ident)
        if series:
            yield Cell(f"{title}, {series[-1].year}"), viewer.cell(series[-1])
        else:
            yield Cell(title), Cell(ABSENT, status="O", style="muted")

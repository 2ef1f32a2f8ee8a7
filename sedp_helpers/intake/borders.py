"""The past of one unit added up from the units it was made of.

Why: what may be added and what may not is a judgement of its own: things counted, weighed or paid
add; a rate never does, land does not follow residents, a village belongs to one unit. Frames in,
a frame and findings out; which units make which is decided in ``lineage``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.models import MISSING_STATUSES, STATUS_ORDER, Finding, Indicator, Text

KEY = ["indicator", "year", "sex", "age", "village", "item"]
NAMES_SHOWN = 5
TOLERANCE = 1e-6


class Source(NamedTuple):
    """A former unit and the share of its residents that came along."""

    old: str
    share: float


@dataclass(frozen=True)
class Event:
    """New borders of one unit from a year on, and what it was made of.

    ``origin`` is the table!cell of the first row that says so.
    """

    new: str
    year: int
    sources: tuple[Source, ...]
    origin: str = ""


def compose_past(
    event: Event, frames: Mapping[str, pd.DataFrame], catalog: Catalog
) -> tuple[pd.DataFrame, list[Finding]]:
    """The unit's rows with its past before the event added up from its sources.

    Its own rows from before the event are one of the sources where they are on its old borders;
    otherwise they stand as they are.
    """
    own = frames.get(event.new)
    absent = [source.old for source in event.sources if source.old not in frames]
    if absent:
        made = own if own is not None else next(iter(frames.values())).iloc[:0]
        return made, [say("CK-LINEAGE", "CK-LINEAGE-ABSENT", "warning", event.origin, old=old,
                          new=event.new, year=event.year) for old in absent]
    own = next(iter(frames.values())).iloc[:0] if own is None else own
    mine = _on_old_borders(own, event)
    sources = [source for source in event.sources if source.old != event.new]
    sources += [source for source in event.sources if source.old == event.new] or (
        [Source(event.new, 1.0)] if mine.any() else [])
    event = replace(event, sources=tuple(sources))
    past = [own[mine] if source.old == event.new
            else frames[source.old][frames[source.old]["year"] < event.year]
            for source in sources]
    additive, findings = _pick_additive(event, past, catalog)
    composed, incomplete = _add_up(event, additive, catalog.indicators)
    findings += _say_names("CK-LINEAGE-INCOMPLETE", event, incomplete, catalog)
    kept = own[~mine]
    clash = pd.MultiIndex.from_frame(composed[KEY]).isin(pd.MultiIndex.from_frame(kept[KEY]))
    findings += _say_names("CK-LINEAGE-OWN", event, composed.loc[clash, "indicator"].tolist(),
                           catalog)
    return pd.concat([composed[~clash], kept], ignore_index=True), findings


def _on_old_borders(own: pd.DataFrame, event: Event) -> pd.Series:
    """Rows from before the event that are marked with older borders, or, where the unit is listed
    as one of its own sources, that are not marked with the new ones."""
    basis = pd.to_numeric(own["basis"], errors="coerce")
    listed = any(source.old == event.new for source in event.sources)
    marked = ~(basis >= event.year) if listed else basis < event.year
    return (own["year"] < event.year) & marked


def adds(spec: Indicator | None, catalog: Catalog) -> bool:
    """Whether figures of two units may be added: things counted, weighed or paid, never a rate.

    Static figures are left out as well: a unit has its own.
    """
    if spec is None or spec.time == "static":
        return False
    return spec.unit == "som" or catalog.units[spec.unit]["kind"] in ("count", "area", "mass")


def _pick_additive(
    event: Event, past: list[pd.DataFrame], catalog: Catalog
) -> tuple[list[pd.DataFrame], list[Finding]]:
    """What of each source can be added; rates, areas and villages that cannot are said.

    Land does not follow residents, and a village belongs to one unit: neither is divided.
    Villages of two sources with one id are not one village.
    """
    specs = catalog.indicators
    ids = sorted({name for frame in past for name in frame["indicator"].unique()})
    plain = {name for name in ids if adds(specs.get(name), catalog)}
    rates = [name for name in ids if name in specs and name not in plain
             and specs[name].time != "static"]
    divided = any(source.share < 1 for source in event.sources)
    areas = {name for name in plain if catalog.units[specs[name].unit]["kind"] == "area"}
    left = sorted(areas) if divided else []
    villages = [set(frame["village"].unique()) - {""} for frame in past]
    shared = divided or len(set().union(*villages)) < sum(map(len, villages))
    picked = []
    for frame in past:
        mask = frame["indicator"].isin(plain - set(left))
        picked.append(frame[mask & (frame["village"] == "")] if shared else frame[mask])
    findings = _say_names("CK-LINEAGE-RATE", event, rates, catalog)
    findings += _say_names("CK-LINEAGE-AREA", event, left, catalog)
    if shared and any(villages):
        findings.append(say("CK-LINEAGE", "CK-LINEAGE-VILLAGES", "note", event.origin,
                            new=event.new))
    return picked, findings


def _add_up(
    event: Event, past: list[pd.DataFrame], indicators: Mapping[str, Indicator]
) -> tuple[pd.DataFrame, list[str]]:
    """The weighted sums over all sources, and the indicators of figures that one source lacks."""
    parts = [frame.assign(part=index, weighted=frame["value"] * source.share)
             for index, (frame, source) in enumerate(zip(past, event.sources))]
    rows = pd.concat(parts, ignore_index=True)
    rows["known"] = rows["value"].notna() & ~rows["status"].isin(MISSING_STATUSES)
    groups = rows.groupby(KEY, sort=False)
    sums = groups.agg(value=("weighted", "sum"), known=("known", "all"),
                      parts=("part", "nunique"), status=("status", _join_statuses)).reset_index()
    listed = [_list_items(frame, indicators) for frame in past]
    enough = np.array([
        row.known and bool(  # a village belongs to one unit: the others need not know it
            row.parts == len(past) or row.village or _lists_all(row, rows, listed, groups))
        for row in sums.itertuples(index=False)
    ], dtype=bool)
    left = sums.loc[~enough, "indicator"]
    made = sums[enough].drop(columns=["known", "parts"])
    if any(source.share < 1 for source in event.sources):
        made["status"] = [_join_statuses([status, "E"]) for status in made["status"]]
    names = " + ".join(source.old for source in event.sources)
    made = made.assign(source="", note=names, basis=str(event.year),
                       origin=event.origin or "lineage!")
    return made[[name for name in past[0].columns if name in made]], left.tolist()


def _list_items(frame: pd.DataFrame, indicators: Mapping[str, Indicator]) -> set[tuple]:
    """Breakdowns of a source whose items are all there: what is not listed was none (a total is
    the sum of the items present, CONTRACT section 4), unless a typed total says otherwise."""
    complete = set()
    for key, rows in frame.groupby(KEY[:-1], sort=False):
        spec = indicators.get(str(key[0]))
        of_which = spec.of_which if spec else ()
        items = rows[(rows["item"] != "") & ~rows["item"].isin(of_which)]
        total = rows.loc[rows["item"] == "", "value"]
        if not len(items) or items["value"].isna().any() or (spec and spec.item_required):
            continue
        if not len(total) or abs(items["value"].sum() - total.iloc[0]) <= TOLERANCE:
            complete.add(key)
    return complete


def _lists_all(row: Any, rows: pd.DataFrame, listed: list[set[tuple]], groups: Any) -> bool:
    """Whether every source without this item lists its items completely."""
    if not row.item:
        return False
    key = (row.indicator, row.year, row.sex, row.age, row.village)
    present = set(rows.loc[groups.groups[(*key, row.item)], "part"])
    return all(key in items for index, items in enumerate(listed) if index not in present)


def _join_statuses(statuses: Any) -> str:
    met = set(statuses)
    return next((status for status in STATUS_ORDER if status in met), "A")


def _say_names(text: str, event: Event, ids: list[str], catalog: Catalog) -> list[Finding]:
    """One note with the count and the first names; nothing where there are none."""
    if not ids:
        return []
    names: list[Text] = [catalog.indicators[name].name for name in dict.fromkeys(ids)]
    return [say("CK-LINEAGE", text, "note", event.origin, new=event.new, year=event.year,
                count=len(ids), names=names[:NAMES_SHOWN])]


def say(rule: str, text: str, severity: str, origin: str, **params: Any) -> Finding:
    """A finding about a row of ``lineage``; ``origin`` is its table!cell."""
    cell = origin.rpartition("!")[2]
    return Finding(rule, severity, table="lineage", column="old",  # type: ignore[arg-type]
                   cell=cell, row=int(cell.lstrip("A")) if cell else None,
                   value=str(params.get("old", params.get("new", ""))), text=text, params=params)

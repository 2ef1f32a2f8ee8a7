"""Merged and divided municipalities: the past on today's borders.

Why: the reform of 2024 made 230 rural municipalities of 452; a series of a new unit begins with
those it was made of. Stocks and flows add, multiplied by the share of residents that came along;
percentages, means and tariffs never add and are left to be computed from their parts. A divided
unit without shares is refused, not guessed. Frames in, frames and findings out; no file is read.

Rows of ``lineage``: old, new, year (first year on the new borders), share. A unit that goes on
under its id and takes in another has a row of its own (old = new) when its earlier figures are on
its old borders; without such a row its typed earlier figures stand for the new borders and win.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from math import isnan, nan
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.models import MISSING_STATUSES, STATUS_ORDER, Finding, Indicator, Text

KEY = ["indicator", "year", "sex", "age", "village", "item"]
NAMES_SHOWN = 5
TOLERANCE = 1e-6
Frames = dict[str, pd.DataFrame]


class Source(NamedTuple):
    """A former unit and the share of its residents that came along."""

    old: str
    share: float


@dataclass(frozen=True)
class Event:
    """New borders of one unit from a year on, and what it was made of."""

    new: str
    year: int
    sources: tuple[Source, ...]


def apply_lineage(
    observations_by_municipality: Mapping[str, pd.DataFrame], lineage: pd.DataFrame,
    catalog: Catalog,
) -> tuple[Frames, list[Finding]]:
    """The observations of every unit with its past on its present borders, and what was refused.

    Ids in ``lineage`` are the keys of ``observations_by_municipality``. Composed rows carry the
    year of the borders in ``basis``; those of a divided unit have the status E.
    """
    frames = dict(observations_by_municipality)
    rows = _read_rows(lineage)
    usable, findings = _drop_circles(rows)
    shares, refused = _find_shares(usable, frames)
    findings += refused
    for _, events in groupby(_order_events(shares, usable), key=lambda event: event.year):
        before = dict(frames)  # units that change in one year are all taken as they were
        for event in events:
            frames[event.new], said = _compose(event, before, catalog)
            findings += said
    return frames, findings


def _read_rows(lineage: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows with typed years and shares; an empty share is NaN."""
    return [
        {"old": str(row["old"]), "new": str(row["new"]), "year": int(float(row["year"])),
         "share": _read_share(row.get("share"))}
        for row in lineage.to_dict("records")
    ]


def _read_share(value: Any) -> float:
    text = str("" if value is None else value).strip().replace(",", ".")
    return float(text) if text and text.lower() != "nan" else nan


def _drop_circles(
    rows: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[Finding]]:
    """Rows that do not lead back to where they begin; a unit may follow itself."""
    follows: dict[str, set[str]] = {}
    for row in rows:
        if row["old"] != row["new"]:
            follows.setdefault(row["old"], set()).add(row["new"])

    def reaches(start: str, goal: str, seen: frozenset[str]) -> bool:
        return any(one == goal or (one not in seen and reaches(one, goal, seen | {one}))
                   for one in follows.get(start, ()))

    circular = {name for name in follows if reaches(name, name, frozenset())}
    kept = [row for row in rows if not {row["old"], row["new"]} <= circular]
    return kept, [_say("CK-LINEAGE", "CK-LINEAGE-CYCLE", "error", old=name)
                  for name in sorted(circular)]


def _find_shares(
    rows: list[dict[str, Any]], frames: Mapping[str, pd.DataFrame]
) -> tuple[dict[tuple[str, int], dict[str, float]], list[Finding]]:
    """(old, year) -> new -> share. A unit that goes on keeps what it did not give; a unit that
    goes wholly into one other needs no share. Empty where the shares do not make 1."""
    groups: dict[tuple[str, int], dict[str, float]] = {}
    for row in rows:
        groups.setdefault((row["old"], row["year"]), {})[row["new"]] = row["share"]
    findings = []
    for (old, year), parts in groups.items():
        goes_on = old in frames and bool((frames[old]["year"] >= year).any())
        known = [share for share in parts.values() if not isnan(share)]
        if len(parts) == 1 and not known and (old in parts or not goes_on):
            parts[next(iter(parts))] = 1.0
        elif len(known) == len(parts) and goes_on and old not in parts and sum(known) < 1:
            parts[old] = 1.0 - sum(known)
        total = sum(parts.values())
        if isnan(total) or abs(total - 1) > TOLERANCE or min(parts.values()) < 0:
            count = frames[old]["indicator"].nunique() if old in frames else 0
            findings.append(_say("CK-LINEAGE-SHARE", "CK-LINEAGE-SHARE", "error", old=old,
                                 sum=round(sum(known), 6), indicators=count))
            groups[old, year] = {}
    return groups, findings


def _order_events(
    shares: Mapping[tuple[str, int], Mapping[str, float]], rows: list[dict[str, Any]]
) -> list[Event]:
    """Events that can be made, earlier years first; a unit whose sources are refused is left."""
    wanted: dict[tuple[int, str], set[str]] = {}
    for row in rows:
        wanted.setdefault((row["year"], row["new"]), set()).add(row["old"])
    for (old, year), parts in shares.items():
        if old in parts:
            wanted.setdefault((year, old), set()).add(old)
    events: list[Event] = []
    seen: set[str] = set()
    for (year, new), olds in sorted(wanted.items()):
        sources = [Source(old, shares[old, year][new]) for old in sorted(olds)
                   if new in shares.get((old, year), {})]
        if len(sources) < len(olds):
            continue
        if new in seen and new not in olds:
            sources.append(Source(new, 1.0))
        seen.add(new)
        events.append(Event(new, year, tuple(sources)))
    return events


def _compose(
    event: Event, frames: Mapping[str, pd.DataFrame], catalog: Catalog
) -> tuple[pd.DataFrame, list[Finding]]:
    """The unit's rows with its past before the event added up from its sources."""
    own = frames.get(event.new)
    absent = [source.old for source in event.sources if source.old not in frames]
    if absent:
        made = own if own is not None else next(iter(frames.values())).iloc[:0]
        return made, [_say("CK-LINEAGE", "CK-LINEAGE-ABSENT", "warning", old=old, new=event.new,
                           year=event.year) for old in absent]
    past = [frames[source.old][frames[source.old]["year"] < event.year]
            for source in event.sources]
    additive, findings = _pick_additive(event, past, catalog)
    composed, incomplete = _add_up(event, additive, catalog.indicators)
    findings += _say_names("CK-LINEAGE-INCOMPLETE", event, incomplete, catalog)
    follows_itself = any(source.old == event.new for source in event.sources)
    kept = own if own is not None else composed.iloc[:0]
    if follows_itself:
        kept = kept[kept["year"] >= event.year]
    given = pd.MultiIndex.from_frame(kept[KEY])
    fresh = composed[~pd.MultiIndex.from_frame(composed[KEY]).isin(given)]
    return pd.concat([fresh, kept], ignore_index=True), findings


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
        findings.append(_say("CK-LINEAGE", "CK-LINEAGE-VILLAGES", "note", new=event.new))
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
    made = made.assign(source="", note=names, basis=str(event.year), origin="lineage!")
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


def _say(rule: str, text: str, severity: str, **params: Any) -> Finding:
    return Finding(rule, severity, table="lineage", column="old",  # type: ignore[arg-type]
                   value=str(params.get("old", params.get("new", ""))), text=text, params=params)


def _say_names(text: str, event: Event, ids: list[str], catalog: Catalog) -> list[Finding]:
    """One note with the count and the first names; nothing where there are none."""
    if not ids:
        return []
    names: list[Text] = [catalog.indicators[name].name for name in dict.fromkeys(ids)]
    return [_say("CK-LINEAGE", text, "note", new=event.new, year=event.year, count=len(ids),
                 names=names[:NAMES_SHOWN])]

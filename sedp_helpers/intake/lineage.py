"""Merged and divided municipalities: the past on today's borders.

Why: the reform of 2024 made 230 rural municipalities of 452; a series of a new unit begins with
those it was made of. Stocks and flows add, multiplied by the share of residents that came along;
percentages, means and tariffs never add and are left to be computed from their parts. A divided
unit without shares is refused, not guessed. Frames in, frames and findings out; no file is read.

Rows of ``lineage``: old, new, year (first year on the new borders), share. A unit that goes on
under its id and takes in another: its typed earlier figures stand for today's borders (``basis``
current) and win, which is said; a row of its own (old = new), or a ``basis`` of an earlier year
beside a figure, tells that they are on its old borders and are added.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import groupby
from math import isnan, nan
from typing import Any

import pandas as pd

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.intake.borders import TOLERANCE, Event, Source, compose_past, say
from sedp_helpers.models import Finding

Frames = dict[str, pd.DataFrame]


def apply_lineage(
    observations_by_municipality: Mapping[str, pd.DataFrame], lineage: pd.DataFrame,
    catalog: Catalog, *, lasting: Collection[str] = (),
) -> tuple[Frames, list[Finding]]:
    """The observations of every unit with its past on its present borders, and what was refused.

    Ids in ``lineage`` are the keys of ``observations_by_municipality``. Composed rows carry the
    year of the borders in ``basis``; those of a divided unit have the status E. ``lasting`` are
    units that are known to go on, though they may have no figures yet.
    """
    frames = dict(observations_by_municipality)
    rows = _read_rows(lineage)
    usable, findings = _drop_circles(rows)
    shares, refused = _find_shares(usable, frames, lasting)
    findings += refused
    for _, events in groupby(_order_events(shares, usable), key=lambda event: event.year):
        before = dict(frames)  # units that change in one year are all taken as they were
        for event in events:
            frames[event.new], said = compose_past(event, before, catalog)
            findings += said
    return frames, findings


def _read_rows(lineage: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows with typed years and shares; an empty share is NaN."""
    return [
        {"old": str(row["old"]), "new": str(row["new"]), "year": int(float(row["year"])),
         "share": _read_share(row.get("share")), "origin": str(row.get("origin", ""))}
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
    return kept, [say("CK-LINEAGE", "CK-LINEAGE-CYCLE", "error", _origin_of(rows, old=name),
                      old=name) for name in sorted(circular)]


def _origin_of(rows: list[dict[str, Any]], **wanted: Any) -> str:
    """The table!cell of the first row with these contents."""
    return next((row["origin"] for row in rows
                 if all(row[name] == value for name, value in wanted.items())), "")


def _find_shares(
    rows: list[dict[str, Any]], frames: Mapping[str, pd.DataFrame], lasting: Collection[str]
) -> tuple[dict[tuple[str, int], dict[str, float]], list[Finding]]:
    """(old, year) -> new -> share. A unit that goes on keeps what it did not give; a unit that
    goes wholly into one other needs no share. Empty where a share is missing or they make more
    than 1; where they make less, those given hold and the rest is said."""
    groups: dict[tuple[str, int], dict[str, float]] = {}
    for row in rows:
        groups.setdefault((row["old"], row["year"]), {})[row["new"]] = row["share"]
    findings = []
    for (old, year), parts in groups.items():
        goes_on = old in lasting or (
            old in frames and bool((frames[old]["year"] >= year).any()))
        known = [share for share in parts.values() if not isnan(share)]
        if len(parts) == 1 and not known and (old in parts or not goes_on):
            parts[next(iter(parts))] = 1.0
        elif len(known) == len(parts) and goes_on and old not in parts and sum(known) < 1:
            parts[old] = 1.0 - sum(known)
        origin, total = _origin_of(rows, old=old, year=year), sum(parts.values())
        if isnan(total) or total - 1 > TOLERANCE or min(parts.values()) < 0:
            count = frames[old]["indicator"].nunique() if old in frames else 0
            findings.append(say("CK-LINEAGE-SHARE", "CK-LINEAGE-SHARE", "error", origin, old=old,
                                sum=round(sum(known), 6), indicators=count))
            groups[old, year] = {}
        elif 1 - total > TOLERANCE:
            findings.append(say("CK-LINEAGE-SHARE", "CK-LINEAGE-REST", "warning", origin, old=old,
                                sum=round(total, 6)))
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
    for (year, new), olds in sorted(wanted.items()):
        sources = [Source(old, shares[old, year][new]) for old in sorted(olds)
                   if new in shares.get((old, year), {})]
        if len(sources) == len(olds):
            origin = (_origin_of(rows, new=new, year=year)
                      or _origin_of(rows, old=new, year=year))
            events.append(Event(new, year, tuple(sources), origin))
    return events

"""Who a municipality is compared with, by several models, each with its reasons.

No model is the right one: the district shares an administration, the official group shares
mountains or a border, the functional type shares an economy, the nearest ones share figures. A
finding is worth telling in how many of them it holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sedp_helpers.analysis import find_peers
from sedp_helpers.compare.figures import take_level
from sedp_helpers.errors import SedpError

MODELS = ("district", "official", "functional", "nearest")
REASONS = 2  # how many of the nearest figures are named as the reason
LEAST_COMMON = 0.5  # of the unit's own figures that a neighbour must have too
SHARE = "economy.share_pct"  # what the functional type is seen by
TRAITS = ("district", "type", "mountain", "border")


@dataclass(frozen=True)
class PeerGroup:
    """``reasons``: peer -> what makes it one (codes or measures, the strongest first)."""

    model: str
    peers: tuple[str, ...]
    reasons: Mapping[str, tuple[str, ...]]
    distances: Mapping[str, float]


def tabulate_traits(panel: pd.DataFrame) -> pd.DataFrame:
    """Unit × district, type, mountain, border as the panel states them; "" = not stated."""
    return panel.drop_duplicates("unit").set_index("unit")[list(TRAITS)].sort_index()


def classify_function(
    shares: Mapping[str, float], place_type: str, bounds: Mapping[str, Any]
) -> str:
    """The functional type: town · agrarian · industrial · service · mixed; "" without output.

    ``shares``: sector -> per cent of output; ``bounds``: type -> {sectors, at_least} in the order
    they are tried (catalog/district.yml; limits are an example, not a norm).

    >>> classify_function({"agriculture": 62.0, "trade": 38.0}, "aimak",
    ...                   {"agrarian": {"sectors": ["agriculture"], "at_least": 50}})
    'agrarian'
    """
    if place_type == "city":
        return "town"
    if not shares:
        return ""
    for name, bound in bounds.items():
        if sum(shares.get(sector, 0.0) for sector in bound["sectors"]) >= bound["at_least"]:
            return name
    return "mixed"


def find_functions(
    traits: pd.DataFrame, figures: pd.DataFrame, bounds: Mapping, base_year: int
) -> pd.Series:
    """Unit -> functional type by its shares of output in the year compared."""
    shares = take_level(figures[figures["indicator"] == SHARE], base_year)
    by_unit = {str(unit): dict(zip(part["item"], part["value"]))
               for unit, part in shares.groupby("unit")}
    return pd.Series({unit: classify_function(by_unit.get(unit, {}), place_type, bounds)
                      for unit, place_type in traits["type"].items()}, dtype="object")


def find_group(traits: pd.DataFrame, unit: str, columns: Sequence[str], model: str) -> PeerGroup:
    """Units that agree with ``unit`` in all these traits; none where one of its own is unknown."""
    if unit not in traits.index:
        raise SedpError(f"{unit} is not in the panel", key="not_in_panel", name=unit)
    own = traits.loc[unit, list(columns)]
    if (own == "").any():
        return PeerGroup(model, (), {}, {})
    same = (traits[list(columns)] == own).all(axis=1)
    peers = tuple(name for name in traits.index[same] if name != unit)
    reason = tuple(f"{column}:{own[column]}" for column in columns)
    return PeerGroup(model, peers, dict.fromkeys(peers, reason), {})


def find_nearest(
    table: pd.DataFrame, unit: str, weights: Mapping[str, float] | None, count: int
) -> PeerGroup:
    """The nearest units by the weighted figures; the reason is where they are closest.

    ``table``: units × measures. Weights are the user's; a weight of a measure nobody has is
    left out. Empty where the unit itself has no figure.
    """
    known = table.dropna(axis=1, how="all")
    if unit not in known.index or known.columns.empty or known.loc[unit].isna().all():
        return PeerGroup("nearest", (), {}, {})
    chosen = {name: w for name, w in (weights or {}).items() if name in known.columns and w > 0}
    known = known[list(chosen)] if chosen else known
    found = find_peers(known, unit, chosen or None, len(known))
    least = known.loc[unit].notna().sum() * LEAST_COMMON
    found = found[found["compared"] >= least].head(count)
    apart = found.drop(columns=["distance", "compared"])
    reasons = {str(peer): _name_closest(dict(zip(apart.columns, gaps)))
               for peer, gaps in zip(apart.index, apart.to_numpy().tolist())}
    return PeerGroup("nearest", tuple(reasons), reasons, found["distance"].to_dict())


def _name_closest(gaps: Mapping[str, float]) -> tuple[str, ...]:
    known = [name for name, gap in gaps.items() if gap == gap]
    return tuple(sorted(known, key=lambda name: gaps[name])[:REASONS])


def list_groups(
    traits: pd.DataFrame,
    functions: pd.Series,
    table: pd.DataFrame,
    unit: str,
    *,
    weights: Mapping[str, float] | None = None,
    count: int = 5,
) -> list[PeerGroup]:
    """The peers of a unit by every model; a model that cannot be used has none."""
    typed = traits.assign(function=functions.reindex(traits.index).fillna(""))
    return [
        find_group(typed, unit, ["district"], "district"),
        find_group(typed, unit, ["type", "mountain", "border"], "official"),
        find_group(typed, unit, ["function"], "functional"),
        find_nearest(table, unit, weights, count),
    ]

"""What the title of a picture names: its highest and lowest member, who leads and who falls.

Figures that are asked about (the table of outliers) are neither the highest nor the lowest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sedp_helpers.compare.figures import Measure
from sedp_helpers.compare.rows import read_member
from sedp_helpers.district.sight import Sight
from sedp_helpers.present.book import Entry

NAMED = 3  # members named in a title; the rest is counted


def list_strange(sight: Sight, measure: Measure) -> list[str]:
    """Members whose figure is far from all others and asked about (the table of outliers)."""
    found = sight.book.entries(f"{measure.id}.deviation", item=measure.item)
    return [unit for unit in map(read_member, (entry.method for entry in found)) if unit]


def find_ends(
    sight: Sight, values: Mapping[str, Entry], *, without: Iterable[str] = ()
) -> tuple[dict[str, Entry], dict[str, str]]:
    """Figures and names of the highest and the lowest member; empty where nobody differs."""
    left_out = set(without)
    known = {unit: entry for unit, entry in values.items() if unit not in left_out}
    if len({entry.value for entry in known.values()}) < 2:
        return {}, {}
    ends = {
        "high": max(known, key=lambda unit: known[unit].value),
        "low": min(known, key=lambda unit: known[unit].value),
    }
    return (
        {end: known[unit] for end, unit in ends.items()},
        {f"{end}_name": sight.name(unit) for end, unit in ends.items()},
    )


def name_groups(sight: Sight, item: str) -> dict[str, str]:
    """Who stands in the first and in the last group that can be told apart; empty for one group."""
    groups = sight.by_member("compare.group", item=item)
    numbers = {entry.value for entry in groups.values()}
    if len(numbers) < 2:
        return {}
    ranks = sight.by_member("compare.rank", item=item)
    order = sorted(groups, key=lambda unit: ranks[unit].value)
    return {
        name: sight.some([unit for unit in order if groups[unit].value == number], NAMED)
        for name, number in (("leaders", min(numbers)), ("last", max(numbers)))
    }


def name_fallen(sight: Sight, changes: Mapping[str, float]) -> dict[str, str]:
    """Who fell, and which way the members went; no way where nothing is known."""
    fallen = [unit for unit, change in changes.items() if change < 0]
    risen = sum(change > 0 for change in changes.values())
    cases = (
        ("", not changes),
        ("all_up", risen == len(changes)),
        ("all_down", len(fallen) == len(changes)),
        ("mixed", bool(fallen)),
        ("none_down", True),
    )
    way = next(case for case, holds in cases if holds)
    return {"fallen": sight.some(fallen, NAMED), "way": way}


def note_strange(sight: Sight, units: Sequence[str]) -> str:
    """Whose figures the scale of a picture leaves out; empty where nobody's."""
    unique = [unit for unit in sight.units if unit in units]
    return str(sight.words["off_scale"]).format(names=sight.names(unique)) if unique else ""


def take_value(entry: Entry | None) -> float | None:
    return entry.value if entry else None

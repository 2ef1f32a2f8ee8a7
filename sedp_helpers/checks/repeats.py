"""DQ-26, CK-REPEAT: figures of one year that return in another.

A block of at least three different figures that is the same in two years was copied rather than
counted; so was a section of which nearly every figure is that of the year before.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

import numpy as np

from sedp_helpers.checks.grid import Row, count_dims
from sedp_helpers.checks.inspection import CHECKS, Inspection, is_number, tidy
from sedp_helpers.compute.facts import TOTAL, Key
from sedp_helpers.models import Finding, Indicator

Block = dict[Key, float]


@CHECKS.register("repeated_years")
def check_repeated_years(inspection: Inspection) -> Iterator[Finding]:
    """Whole sections first, then blocks of an indicator, then one figure that never moves."""
    copied: set[tuple[str, int]] = set()
    for section, ids in _group_sections(inspection).items():
        for year, before, same, count, row in _find_copies(inspection, ids):
            copied.add((section, year))
            title = next((one.title for one in inspection.catalog.sections if one.id == section),
                         section)
            yield inspection.at_row("CK-REPEAT", row, before=str(before), same=same, count=count,
                                    section_title=title)
    for ident in inspection.grid.indicators():
        spec = inspection.catalog.indicators.get(ident)
        if spec is not None and _is_counted(inspection, spec):
            yield from _find_blocks(inspection, spec, copied)
            yield from _find_runs(inspection, spec)


def _is_counted(inspection: Inspection, spec: Indicator) -> bool:
    """Whether the figure changes every year by its nature: people and money, not places or land."""
    kind = inspection.catalog.units.get(spec.unit, {}).get("kind")
    moves = spec.time == "flow" or spec.unit in ("person", "household", "family")
    return moves and kind in inspection.limit("DQ-26", "kinds")


def _group_sections(inspection: Inspection) -> dict[str, list[Indicator]]:
    found: dict[str, list[Indicator]] = {}
    for ident in inspection.grid.indicators():
        spec = inspection.catalog.indicators.get(ident)
        if spec is not None and _is_counted(inspection, spec):
            found.setdefault(spec.section, []).append(spec)
    return found


def _find_copies(
    inspection: Inspection, specs: list[Indicator]
) -> Iterator[tuple[int, int, int, int, Row]]:
    """Years in which nearly all large figures of a section are those of the year before."""
    grid, figures = inspection.grid, inspection.grid.figures
    least = inspection.limit("CK-REPEAT", "min_value")
    lines = np.concatenate([np.arange(figures.lines[spec.id].start, figures.lines[spec.id].stop)
                            for spec in specs])
    values = figures.values[lines[figures.dims[lines] <= 1]]
    for column, (before, year) in enumerate(itertools.pairwise(figures.years), 1):
        now, past = values[:, column], values[:, column - 1]
        large = ~np.isnan(past) & (now >= least)
        count, same = int(large.sum()), int((large & (now == past)).sum())
        if before == year - 1 and count >= inspection.limit("CK-REPEAT", "min_figures") and (
            100 * same >= inspection.limit("CK-REPEAT", "share_pct") * count
        ):
            first = next(row for spec in specs for key, row in grid.cells(spec.id, year).items()
                         if count_dims(key) <= 1 and row.known and row.value >= least
                         and (old := grid.cells(spec.id, before).get(key))
                         and old.known and old.value == row.value)
            yield year, before, same, count, first


def _find_blocks(
    inspection: Inspection, spec: Indicator, copied: set[tuple[str, int]]
) -> Iterator[Finding]:
    """Two years with the same figures over all breakdowns."""
    blocks = {}
    for year in _pick_alike(inspection, spec):
        rows = inspection.grid.cells(spec.id, year)
        block = {key: row.value for key, row in rows.items() if row.known and key != TOTAL}
        if _is_telling(inspection, block):
            blocks[year] = block
    for first, last in itertools.combinations(sorted(blocks), 2):
        if blocks[first] != blocks[last] or (spec.section, last) in copied:
            continue
        row = inspection.grid.cells(spec.id, last)[next(iter(blocks[last]))]
        if not inspection.is_exempt("DQ-26", row):
            yield inspection.at_row("DQ-26", row, other_year=str(first), count=len(blocks[last]))


def _pick_alike(inspection: Inspection, spec: Indicator) -> list[int]:
    """The years with the same known figures in the same breakdowns as another year."""
    figures = inspection.grid.figures
    lines = figures.lines[spec.id]
    values = figures.values[lines][figures.dims[lines] > 0]
    looks = [values[:, column].tobytes() for column in range(values.shape[1])]
    met, known = Counter(looks), (~np.isnan(values)).any(axis=0).tolist()
    return [year for year, look, any_known in zip(figures.years, looks, known)
            if any_known and met[look] > 1]


def _is_telling(inspection: Inspection, block: Block) -> bool:
    """Enough different figures, and large enough, that they cannot be equal by chance."""
    different = {value for value in block.values() if value}
    return (len(different) >= inspection.limit("DQ-26", "min_numbers")
            and sum(block.values()) >= inspection.limit("DQ-26", "min_sum"))


def _find_runs(inspection: Inspection, spec: Indicator) -> Iterator[Finding]:
    """A total that is the same for several years in a row."""
    needed = inspection.limit("CK-REPEAT", "run_years")
    least = inspection.limit("CK-REPEAT", "min_value")
    rows = [row for row in inspection.grid.line(spec.id, TOTAL) if row.known]
    start = 0
    for index, row in enumerate([*rows, None]):
        if row is not None and row.value == rows[start].value:
            continue
        run = rows[start:index]
        if len(run) >= needed and run[0].value >= least:
            yield inspection.at_row("CK-REPEAT", run[-1], text="CK-REPEAT-RUN", count=len(run),
                                    number=tidy(run[0].value), first_year=str(run[0].year),
                                    last_year=str(run[-1].year))
        start = index


@CHECKS.register("repeated_events")
def check_repeated_events(inspection: Inspection) -> Iterator[Finding]:
    """Years whose meetings agree in number, participants and women (000: 2019 and 2021)."""
    years = sum_events(inspection)
    least = inspection.limit("DQ-26", "min_participants")
    for first, last in itertools.combinations(sorted(years), 2):
        same = years[first][:3] == years[last][:3]
        if same and years[last][1] >= least and years[last][2] is not None:
            count, people, women, record = years[last]
            yield inspection.at_record(
                "DQ-26", "events", record, "participants", text="DQ-26-EVENTS",
                section="general", first_year=str(first), last_year=str(last), events=count,
                participants=tidy(people), women=tidy(women or 0))


Year = tuple[int, float, "float | None", dict]


def sum_events(inspection: Inspection) -> dict[int, Year]:
    """Year -> meetings, participants, women (None where one meeting does not say), first record.

    A record may stand for several meetings where it says how many (column ``meetings``)."""
    found: dict[int, Year] = {}
    for record in inspection.records("events"):
        people, women = record.get("participants"), record.get("women")
        if not record.get("date") or people is None or people != people:
            continue
        year = int(record["date"][:4])
        count, total, females, first = found.get(year, (0, 0.0, 0.0, record))
        count += int(record["meetings"]) if is_number(record.get("meetings")) else 1
        known = females is not None and women is not None and women == women
        found[year] = (count, total + people, females + women if known else None, first)
    return found

"""Tables of the comparison: figures by section, order, strengths, models of peers."""

from __future__ import annotations

from math import inf

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.compare.figures import Measure
from sedp_helpers.compare.level_rows import ALL
from sedp_helpers.compare.peer_rows import find_all_groups
from sedp_helpers.compare.peers import MODELS, PeerGroup
from sedp_helpers.compare.rows import read_member
from sedp_helpers.district.sight import GAP, Sight
from sedp_helpers.present.book import Entry

NAMED = 3  # peers named in a row; the rest is counted by the models


def tabulate_level(sight: Sight, section: str) -> Table | None:
    """Measures × members in the year compared, with the median and how many have it."""
    measures = sight.measures(section)
    if not measures:
        return None
    rows, gaps = [], []
    for measure in measures:
        year = sight.year_of(measure)
        values = sight.by_member(measure.id, item=measure.item, year=year)
        median = sight.one(f"{measure.id}.median", item=measure.item, method="members")
        rows.append(
            (
                Cell(sight.wording.measure(measure)),
                Cell(sight.unit_of(measure.id)),
                Cell(str(year)),
                *(sight.cell(values.get(unit)) for unit in sight.units),
                sight.cell(median),
            )
        )
        gaps.append(sight.coverage(values))
    columns = (
        sight.column("measure", wide=True),
        sight.column("unit"),
        sight.column("year"),
        *(Column(sight.name(unit), numeric=True) for unit in sight.units),
        sight.column("median", numeric=True),
    )
    title = str(sight.words["tables"]["level"]).format(section=name_section(sight, section))
    return Table(title, columns, tuple(rows), notes=tuple(dict.fromkeys(filter(None, gaps))))


def name_section(sight: Sight, section: str) -> str:
    """The title of one of the eight sections."""
    return next(
        one.title.get(sight.language) for one in sight.data.catalog.sections if one.id == section
    )


def tabulate_ranks(sight: Sight, item: str = ALL) -> Table | None:
    """The order with the range of each rank and the group that cannot be told apart."""
    ranks, lows, highs, groups = (
        sight.by_member(f"compare.{name}", item=item)
        for name in ("rank", "rank_low", "rank_high", "group")
    )
    order = sorted(ranks, key=lambda unit: (ranks[unit].value, unit))
    rows = tuple(
        (Cell(sight.name(unit)), *(sight.cell(part[unit]) for part in (ranks, lows, highs, groups)))
        for unit in order
    )
    columns = (
        sight.column("member"),
        *(sight.column(name, numeric=True) for name in ("rank", "rank_low", "rank_high", "group")),
    )
    note = sight.coverage(ranks)
    return (
        Table(sight.words["tables"]["ranks"], columns, rows, notes=(note,) if note else ())
        if rows
        else None
    )


def tabulate_section_ranks(sight: Sight) -> Table | None:
    """Members × sections: the rank over all and in each section with its range, in the order over
    all; sections stand as their numbers."""
    sections = [
        one for one in sight.data.catalog.sections if sight.by_member("compare.rank", item=one.id)
    ]
    if not sections:
        return None
    ranks, groups = (sight.by_member(f"compare.{name}", item=ALL) for name in ("rank", "group"))
    order = sorted(sight.units, key=lambda unit: ranks[unit].value if unit in ranks else inf)
    rows = tuple(
        (
            Cell(sight.name(unit)),
            _rank_cell(sight, unit, ALL),
            sight.cell(groups.get(unit)),
            *(_rank_cell(sight, unit, one.id) for one in sections),
        )
        for unit in order
    )
    columns = (
        sight.column("member"),
        sight.column("overall", numeric=True),
        sight.column("group", numeric=True),
        *(Column(str(one.number), numeric=True) for one in sections),
    )
    notes = filter(None, (str(sight.words["ranks_note"]), sight.coverage(ranks)))
    return Table(sight.words["tables"]["section_ranks"], columns, rows, notes=(" ".join(notes),))


def _rank_cell(sight: Sight, unit: str, item: str) -> Cell:
    """«2 (1–4)»: the rank and the range it could have."""
    rank, low, high = (
        sight.by_member(f"compare.{name}", item=item).get(unit)
        for name in ("rank", "rank_low", "rank_high")
    )
    if rank is None or low is None or high is None:
        return sight.cell(None)
    cell = sight.cell(rank)
    ends = "–".join(dict.fromkeys(sight.wording.number(end) for end in (low, high)))
    return Cell(f"{cell.text}\u00a0({ends})", cell.value, cell.key, cell.status)


def tabulate_verdicts(sight: Sight) -> Table | None:
    """What is strong and weak under every model, and where the models disagree."""
    found: dict[str, dict[str, list[str]]] = {}
    for measure in sight.data.measures:
        name = sight.wording.measure(measure)
        for unit in sight.by_member(f"{measure.id}.models_hold", item=measure.item):
            kind = _kind(sight, measure, unit)
            found.setdefault(unit, {}).setdefault(kind, []).append(name)
    rows = tuple(
        (
            Cell(sight.name(unit)),
            *(
                Cell("; ".join(found.get(unit, {}).get(kind, [])) or GAP)
                for kind in ("strength", "weakness", "differs")
            ),
        )
        for unit in sight.units
        if unit in found
    )
    columns = (
        sight.column("member"),
        *(sight.column(name, wide=True) for name in ("strengths", "weaknesses", "differs")),
    )
    told = any(cell.text != GAP for row in rows for cell in row[1:])
    return Table(sight.words["tables"]["verdicts"], columns, rows) if told else None


def _kind(sight: Sight, measure: Measure, unit: str) -> str:
    entry = sight.by_member(f"{measure.id}.verdict", item=measure.item).get(unit)
    names = {1.0: "strength", 0.0: "middle", -1.0: "weakness"}
    return names[entry.value] if entry else "differs"


def tabulate_differences(sight: Sight) -> Table | None:
    """Where models of peers disagree: the side under each of them."""
    rows = []
    for measure in sight.data.measures:
        for unit in sight.by_member(f"{measure.id}.models_change", item=measure.item):
            if _kind(sight, measure, unit) != "differs":
                continue
            sides = [_side(sight, measure, f"{model}:{unit}") for model in MODELS]
            rows.append((Cell(sight.name(unit)), Cell(sight.wording.measure(measure)), *sides))
    columns = (
        sight.column("member"),
        sight.column("measure", wide=True),
        *(Column(sight.words["models"][model], wide=True) for model in MODELS),
    )
    notes = (
        (str(sight.words["few_peers"]),)
        if any(cell.text == GAP for row in rows for cell in row)
        else ()
    )
    return (
        Table(sight.words["tables"]["differences"], columns, tuple(rows), notes=notes)
        if rows
        else None
    )


def _side(sight: Sight, measure: Measure, method: str) -> Cell:
    entry: Entry | None = sight.one(f"{measure.id}.peer_side", item=measure.item, method=method)
    if entry is None:
        return Cell(GAP, style="muted")
    words = {-1.0: "low", 0.0: "middle", 1.0: "high"}
    return Cell(sight.words["sides"][words[entry.value]])


def tabulate_peers(sight: Sight) -> Table | None:
    """The peers of every member by every model but the district itself, with the reasons."""
    rows = []
    for unit, groups in find_all_groups(sight.data, sight.data.roll.present).items():
        told = {group.model: _write_group(sight, group) for group in groups}
        rows.append((Cell(sight.name(unit)), *(Cell(told[model]) for model in MODELS[1:])))
    columns = (
        sight.column("member"),
        *(Column(sight.words["models"][model], wide=True) for model in MODELS[1:]),
    )
    return Table(sight.words["tables"]["peers"], columns, tuple(rows)) if rows else None


def _write_group(sight: Sight, group: PeerGroup) -> str:
    """«A, B and 3 more (mountain; not border)»."""
    if not group.peers:
        return str(sight.words["no_peers"])
    said = []
    for reason in next(iter(group.reasons.values()), ()):
        trait, _, value = reason.partition(":")
        known = sight.words["reasons"].get(f"{trait}_{value}") or sight.words["reasons"].get(trait)
        said.append(str(known) if known else sight.wording.measure(Measure.read(reason)))
    return f"{sight.some(group.peers, NAMED)} ({'; '.join(said)})"


def tabulate_outliers(sight: Sight) -> Table | None:
    """Figures far from the rest of the district, with the middle they are far from."""
    rows = []
    for measure in sight.data.measures:
        year = sight.year_of(measure)
        values = sight.by_member(measure.id, item=measure.item, year=year)
        median = sight.one(f"{measure.id}.median", item=measure.item, method="members")
        for entry in sight.book.entries(f"{measure.id}.deviation", item=measure.item):
            unit = read_member(entry.method)
            rows.append(
                (
                    Cell(sight.name(unit)),
                    Cell(sight.wording.measure(measure)),
                    Cell(str(year)),
                    Cell(sight.unit_of(measure.id)),
                    sight.cell(values.get(unit)),
                    sight.cell(median),
                )
            )
    columns = (
        sight.column("member"),
        sight.column("measure", wide=True),
        sight.column("year"),
        sight.column("unit"),
        sight.column("value", numeric=True),
        sight.column("median", numeric=True),
    )
    return Table(sight.words["tables"]["outliers"], columns, tuple(rows)) if rows else None


def tabulate_gaps(sight: Sight, text: str) -> Table | None:
    """The lowest and the highest village of each member in one measure, the widest gap first."""
    measure = Measure.read(text)
    lows, highs = (
        sight.by_member(f"{measure.id}.{name}", item=measure.item, village=None)
        for name in ("village_low", "village_high")
    )
    spread = sight.by_member(f"{measure.id}.village_gap", item=measure.item)
    rows = tuple(
        (
            Cell(sight.name(unit)),
            Cell(_village(sight, lows[unit])),
            sight.cell(lows[unit]),
            Cell(_village(sight, highs[unit])),
            sight.cell(highs[unit]),
            sight.cell(spread[unit]),
        )
        for unit in sorted(spread, key=lambda name: -spread[name].value)
    )
    unit = sight.unit_of(measure.id)
    columns = (
        sight.column("member"),
        sight.column("low_village"),
        sight.column("value", unit, numeric=True),
        sight.column("high_village"),
        sight.column("value", unit, numeric=True),
        sight.column("gap", sight.wording.unit("point"), numeric=True),
    )
    title = str(sight.words["tables"]["gaps"]).format(subject=sight.wording.measure(measure))
    note = sight.coverage(spread)
    return Table(title, columns, rows, notes=(note,) if note else ()) if rows else None


def _village(sight: Sight, entry: Entry) -> str:
    villages = sight.data.members[read_member(entry.method)].register("villages")
    for row in villages.to_dict("records"):
        if row["id"] == entry.village:
            return sight.text(row, "name") or entry.village
    return entry.village

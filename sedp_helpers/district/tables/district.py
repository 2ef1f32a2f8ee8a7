"""Tables of the district itself: totals, statistics, fund, state projects, food, nature."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.compare.figures import Measure
from sedp_helpers.compare.refusal import find_refusal
from sedp_helpers.district.sight import GAP, Sight
from sedp_helpers.models import Text
from sedp_helpers.present.book import Entry
from sedp_helpers.present.citations import name_questions


def tabulate_totals(sight: Sight) -> Table | None:
    """The total of the members, or the reason why there is none; «n of N» in every row."""
    rows = []
    for text in sight.data.settings["totals"]:
        measure = Measure.read(text)
        entry = sight.one(measure.id, item=measure.item, method="sum")
        have = sight.one(f"{measure.id}.have", item=measure.item, method="sum")
        rows.append(
            (
                Cell(sight.wording.measure(measure)),
                Cell(sight.unit_of(measure.id)),
                sight.cell(entry),
                count_members(sight, have),
                Cell(explain_gap(sight, measure.id, entry)),
            )
        )
    columns = (
        sight.column("measure", wide=True),
        sight.column("unit"),
        sight.column("total", numeric=True),
        sight.column("have"),
        sight.column("why", wide=True),
    )
    return Table(sight.words["tables"]["totals"], columns, tuple(rows))


def count_members(sight: Sight, have: Entry | None) -> Cell:
    """«7 of 8» of a row of coverage."""
    if have is None:
        return Cell(GAP, style="muted")
    text = sight.of_total(int(have.value), str(sight.words["n_of"]))
    return Cell(text, have.value, have.key)


def explain_gap(sight: Sight, ident: str, entry: Entry | None) -> str:
    """The rule that refuses a sum, or who is missing; nothing where the number stands."""
    catalog = sight.data.catalog
    rule = find_refusal(ident, catalog.rules, catalog.results)
    if rule:
        return write_rule(sight, rule)
    if entry is not None and entry.known:
        return ""
    if sight.data.panel is None:
        return str(sight.words["no_panel"])
    missing = [unit for unit in entry.missing.split(";") if unit] if entry is not None else []
    absent = sight.absent(unit for unit in missing if unit in sight.units)
    if absent and sight.data.roll.nameless:
        absent += " " + str(sight.words["nameless"]).format(count=sight.data.roll.nameless)
    return absent or sight.coverage(sight.units)


def write_rule(sight: Sight, rule: str) -> str:
    """«R-41: what the rule says (which question of the handbook)»."""
    found = sight.data.catalog.rules[rule]
    title: Text | str = found["title"]
    said = title.get(sight.language) if isinstance(title, Text) else title
    source = name_questions(str(found["source"]), str(sight.words["handbook_question"]))
    return f"{rule}: {said} ({source})"


def tabulate_statistics(sight: Sight) -> Table | None:
    """The sum of the registers against the district's own statistics."""
    rows = []
    for text in sight.data.settings["statistics"]:
        measure = Measure.read(text)
        stated = sight.one(measure.id, item=measure.item, method="stated")
        if stated is None:
            continue
        gap, share = (
            sight.one(f"{measure.id}.{name}", item=measure.item, method="members")
            for name in ("register_gap", "register_gap_pct")
        )
        rows.append(
            (
                Cell(sight.wording.measure(measure)),
                Cell(sight.unit_of(measure.id)),
                sight.cell(stated),
                sight.cell(gap),
                sight.cell(share),
                Cell(explain_gap(sight, measure.id, gap)),
            )
        )
    columns = (
        sight.column("measure", wide=True),
        sight.column("unit"),
        sight.column("stated", numeric=True),
        sight.column("register_gap", numeric=True),
        sight.column("register_gap", "%", numeric=True),
        sight.column("why", wide=True),
    )
    return Table(sight.words["tables"]["statistics"], columns, tuple(rows)) if rows else None


def tabulate_fund(sight: Sight) -> Table | None:
    """The development fund by year: planned, spent, carried out, change."""
    names = ("planned", "spent", "execution_pct", "change_pct")
    series = {name: {e.year: e for e in sight.book.entries(f"fund.{name}")} for name in names}
    years = sorted(year for year in series["planned"] if year is not None)
    rows = tuple(
        (Cell(str(year)), *(sight.cell(series[name].get(year)) for name in names)) for year in years
    )
    columns = (
        sight.column("year"),
        *(
            sight.column(f"fund_{name}", sight.unit_of(f"fund.{name}"), numeric=True)
            for name in names
        ),
    )
    return Table(sight.words["tables"]["fund"], columns, rows) if rows else None


def tabulate_state(sight: Sight) -> Table | None:
    """Republican and state investment projects in the district (R-57)."""
    rows = []
    for place, row in enumerate(sight.data.register("state_projects").to_dict("records"), 1):
        years = "–".join(
            filter(None, (str(row.get("start") or "")[:4], str(row.get("end") or "")[:4]))
        )
        rows.append(
            (
                Cell(sight.text(row, "name") or GAP),
                Cell(sight.code("sectors", row.get("sector"))),
                Cell(sight.name(str(row.get("municipality") or "")) or GAP),
                Cell(years),
                sight.cell(sight.one("state.amount", item=f"p{place}")),
                Cell(sight.code("project_statuses", row.get("status"))),
            )
        )
    columns = (
        sight.column("project", wide=True),
        sight.column("sector"),
        sight.column("member"),
        sight.column("years"),
        sight.column("amount", sight.wording.unit("som"), numeric=True),
        sight.column("state"),
    )
    return Table(sight.words["tables"]["state"], columns, tuple(rows)) if rows else None


def tabulate_programmes(sight: Sight) -> Table | None:
    """Higher programmes and how the district takes them into account (R-07)."""
    rows = [
        (
            Cell(sight.code("programme_levels", row.get("level"))),
            Cell(sight.text(row, "name")),
            Cell(sight.text(row, "goal")),
            Cell(sight.text(row, "use") or GAP),
        )
        for row in sight.data.register("higher_programmes").to_dict("records")
    ]
    columns: tuple[Column, ...] = (
        sight.column("level"),
        *(sight.column(name, wide=True) for name in ("programme", "goal", "use")),
    )
    return Table(sight.words["tables"]["programmes"], columns, tuple(rows)) if rows else None


def tabulate_per_head(sight: Sight) -> Table | None:
    """Register against statistics, member by member, and its effect on figures per head."""
    people, estimates, factors = (
        sight.by_member(name)
        for name in ("population.total", "population.nsc_estimate", "population.register_factor")
    )
    measures = [Measure.read(text) for text in sight.data.settings["per_head"]]
    rows = []
    for unit in (unit for unit in sight.units if unit in factors):
        cells = [sight.cell(part.get(unit)) for part in (people, estimates, factors)]
        for measure in measures:
            changed = sight.by_member(f"{measure.id}.by_statistics").get(unit)
            own = sight.by_member(measure.id, year=changed.year).get(unit) if changed else None
            cells += [sight.cell(own), sight.cell(changed)]
        rows.append((Cell(sight.name(unit)), *cells))
    short = sight.words["per_head_names"]
    heads = [
        Column(
            f"{short.get(one.id) or sight.wording.measure(one)}, {sight.head(side)}",
            sight.unit_of(one.id),
            True,
        )
        for one in measures
        for side in ("by_register", "by_statistics")
    ]
    columns = (
        sight.column("member"),
        sight.column("by_register", numeric=True),
        sight.column("by_statistics", numeric=True),
        sight.column("register_factor", numeric=True),
        *heads,
    )
    missing = sight.coverage(factors)
    return (
        Table(
            sight.words["tables"]["per_head"],
            columns,
            tuple(rows),
            notes=(missing,) if missing else (),
        )
        if rows
        else None
    )


def tabulate_factors(sight: Sight) -> Table | None:
    """What moves the district's resources from inside and outside (Q34)."""
    rows = []
    for place, row in enumerate(sight.data.register("external_factors").to_dict("records"), 1):
        amount = sight.one("factor.amount", item=f"x{place}")
        year = row.get("year")
        rows.append(
            (
                Cell(sight.text(row, "name") or GAP),
                Cell(str(int(year)) if year == year and year else GAP),
                Cell(sight.code("effects", row.get("effect"))),
                sight.cell(amount),
                Cell(sight.text(row, "note") or GAP),
            )
        )
    columns = (
        sight.column("factor_name", wide=True),
        sight.column("factor_year"),
        sight.column("factor_effect"),
        sight.column("factor_amount", sight.wording.unit("som"), numeric=True),
        sight.column("factor_note", wide=True),
    )
    return Table(sight.words["tables"]["factors"], columns, tuple(rows)) if rows else None

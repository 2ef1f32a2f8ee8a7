"""The money of the action plan on paper: by measure and by source, over the years."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.records import Files
from sedp_helpers.present.tables_plan import name_measure
from sedp_helpers.process.cells import text_of


def tabulate_funding(files: Files) -> Table | None:
    """Cost, money by year, confirmed, gap and upkeep of each measure (Budget form 2)."""
    plan = files.rows("plan")
    if not plan:
        return None
    words = files.words
    years = sorted(
        {
            one.year
            for one in files.viewer.book.entries("plan.measure_funded", item=None)
            if one.year is not None
        }
    )
    rows = [
        (Cell(name_measure(files, one)), *_money(files, text_of(one, "id"), years)) for one in plan
    ]
    rows.append(_money_total(files, years))
    columns = (
        Column(words["measure"], wide=True),
        Column(words["cost"], numeric=True),
        *(Column(str(year), numeric=True) for year in years),
        Column(words["confirmed"], numeric=True),
        Column(words["gap"], numeric=True),
        Column(words["upkeep"], numeric=True),
    )
    return Table(
        words["funding"],
        columns,
        tuple(rows),
        "funding",
        notes=(words["in_som"], words["form_two"]),
    )


def _money(files: Files, ident: str, years: list[int]) -> list[Cell]:
    upkeep = files.entry("plan.measure_upkeep", ident)
    return [
        files.figure("plan.measure_cost", ident),
        *(_or_dash(files, ident, year) for year in years),
        files.figure("plan.measure_confirmed", ident),
        files.figure("plan.measure_gap", ident),
        files.figure("plan.measure_upkeep", ident) if upkeep else Cell("–", style="muted"),
    ]


def _or_dash(files: Files, ident: str, year: int) -> Cell:
    """A year without any funding row has none; one with an unknown amount is marked as missing."""
    if files.entry("plan.measure_funded", ident, year) is None:
        return Cell("–", style="muted")
    return files.figure("plan.measure_funded", ident, year)


def _money_total(files: Files, years: list[int]) -> tuple[Cell, ...]:
    return (
        Cell(files.words["total"], style="total"),
        files.figure("plan.cost", style="total"),
        *(files.figure("plan.funded", year=year, style="total") for year in years),
        files.figure("plan.confirmed", style="total"),
        files.figure("plan.gap", style="total"),
        files.figure("plan.upkeep_all", style="total"),
    )


def tabulate_sources(files: Files) -> Table | None:
    """Money with a source by source and year, and each source's share (Budget form 2)."""
    entries = files.viewer.book.entries("plan.funded", item=None)
    sources = [
        one.item
        for one in sorted(
            (e for e in entries if e.item and e.year is None and e.known), key=lambda e: -e.value
        )
    ]
    if not sources:
        return None
    years = sorted({one.year for one in entries if one.year is not None})
    rows = []
    for source in sources:
        cells = [
            files.figure("plan.funded", source, year)
            if files.entry("plan.funded", source, year)
            else Cell("–", style="muted")
            for year in years
        ]
        rows.append(
            (
                Cell(files.code("funding_sources", source)),
                *cells,
                files.figure("plan.funded", source),
                files.figure("plan.source_share_pct", source),
            )
        )
    rows.append(
        (
            Cell(files.words["total"], style="total"),
            *(files.figure("plan.funded", year=year, style="total") for year in years),
            files.figure("plan.funded", style="total"),
            Cell("", style="total"),
        )
    )
    columns = (
        Column(files.words["source"], wide=True),
        *(Column(str(year), numeric=True) for year in years),
        Column(files.words["total"], numeric=True),
        Column("%", numeric=True),
    )
    return Table(
        files.words["sources"], columns, tuple(rows), "sources", notes=(files.words["in_som"],)
    )

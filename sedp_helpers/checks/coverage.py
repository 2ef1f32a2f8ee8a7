"""What is not there: inputs of a result (DQ-17, DQ-20), years (DQ-31), reasons (DQ-32), and the
figures every programme needs (CK-MISSING). Notes are gathered: one a section, not one a figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from sedp_helpers.checks.grid import Row
from sedp_helpers.checks.inspection import CHECKS, Inspection, is_number, tidy
from sedp_helpers.checks.repeats import sum_events
from sedp_helpers.checks.words import name_code, name_figure
from sedp_helpers.intake.dialect import SERVICE_MARKS
from sedp_helpers.models import SECTIONS, Finding, Text

TARIFF = "services.tariff"
RECOVERY = (("services.households_contracted", "services.payers"), ("services.cost",),
            ("services.collected",))
LOCAL_CURRENCY = ("", "som", "kgs", "сом")


@CHECKS.register("recovery_inputs")
def check_recovery_inputs(inspection: Inspection) -> Iterator[Finding]:
    """DQ-17: services with a tariff whose cost recovery cannot be computed (Q44)."""
    facts = inspection.context.facts
    for item in facts.items(TARIFF):
        known = [year for year, fact in facts.series(TARIFF, item=item).items() if fact.known]
        if not known:
            continue
        year = max(known)
        absent = [group[0] for group in RECOVERY
                  if not any(_is_known(inspection, ident, year, item) for ident in group)]
        row = inspection.grid.place_of(TARIFF, year, ("", "", "", item))
        if absent and row is not None:
            names = [name_figure(inspection.context, ident) for ident in absent]
            yield inspection.at_row("DQ-17", row, tariff=tidy(row.value), names=names,
                                    service=name_code(inspection.context, "services", item))


def _is_known(inspection: Inspection, ident: str, year: int, item: str) -> bool:
    fact = inspection.context.facts.get(ident, year, item=item)
    return fact is not None and fact.known


@CHECKS.register("exchange_rate")
def check_exchange_rate(inspection: Inspection) -> Iterator[Finding]:
    """DQ-20: costs of a crop in another currency without the rate (Q61)."""
    for record in inspection.records("crops"):
        currency = str(record.get("currency") or "").strip()
        if currency.lower() not in LOCAL_CURRENCY and not is_number(record.get("rate")):
            yield inspection.at_record(
                "DQ-20", "crops", record, "rate", section="economy", currency=currency,
                crop=name_code(inspection.context, "crops", str(record.get("crop", ""))))


@CHECKS.register("missing_years")
def check_missing_years(inspection: Inspection) -> Iterator[Finding]:
    """DQ-31: years without a row between years with one; a row that says «missing» is no gap."""
    gaps: dict[tuple[str, int], list[Row]] = {}
    for ident in inspection.grid.indicators():
        spec = inspection.catalog.indicators.get(ident)
        years = inspection.grid.years(ident)
        if spec is None or spec.time == "static" or spec.tier > 1 or (
            len(years) < inspection.limit("DQ-31", "gap_years_min")
        ):
            continue
        for year in sorted(set(range(years[0], years[-1])) - set(years)):
            after = min(one for one in years if one > year)
            row = next(iter(inspection.grid.cells(ident, after).values()))
            gaps.setdefault((spec.section, year), []).append(row)
    for (_, year), rows in sorted(gaps.items()):
        names = [name_figure(inspection.context, row.indicator) for row in rows]
        yield inspection.at_row("DQ-31", rows[0], text="DQ-31-GAP", severity="note",
                                gap_year=str(year), count=len(rows),
                                names=names[:inspection.limit("CK-MISSING", "names")])


@CHECKS.register("event_years")
def check_event_years(inspection: Inspection) -> Iterator[Finding]:
    """DQ-31 in the register of meetings: years without any, years with ten times as many."""
    years = sum_events(inspection)
    ratio, gap_min = (inspection.limit("DQ-31", name) for name in ("ratio", "gap_years_min"))
    for year in sorted(set(range(min(years, default=0), max(years, default=0))) - set(years)):
        after = min(one for one in years if one > year)
        if len(years) >= gap_min:
            yield inspection.at_record("DQ-31", "events", years[after][3], "date",
                                       text="DQ-31-EVENTS-GAP", severity="note",
                                       section="general", gap_year=str(year))
    for earlier, later in zip(sorted(years), sorted(years)[1:]):
        old, new = years[earlier], years[later]
        if new[0] >= ratio * old[0] or old[0] >= ratio * new[0]:
            yield inspection.at_record(
                "DQ-31", "events", new[3], "participants", text="DQ-31-EVENTS", section="general",
                first_year=str(earlier), last_year=str(later), first=old[0], last=new[0])


@CHECKS.register("unexplained")
def check_unexplained(inspection: Inspection) -> Iterator[Finding]:
    """DQ-32: empty figures of a series that has others, without a word why; one an indicator."""
    figures = inspection.grid.figures
    empty_lines = (figures.there & np.isnan(figures.values)).any(axis=1)
    for ident, lines in figures.lines.items():
        if ident not in inspection.catalog.indicators or not empty_lines[lines].any():
            continue
        for rows in inspection.grid.series(ident).values():
            empty = [row for row in rows if not row.known and row.status == "O"
                     and not row.note.strip()]
            if empty and len(empty) < len(rows):
                yield inspection.at_row("DQ-32", empty[0], count=len(empty),
                                        years=[str(row.year) for row in empty])
                break


@CHECKS.register("service_marks")
def check_service_marks(inspection: Inspection) -> Iterator[Finding]:
    """DQ-32: what a spreadsheet writes in place of a lost value, in text cells of registers."""
    skipped = inspection.limit("DQ-32", "registers_skipped")
    for register in inspection.context.registers:
        records = inspection.records(register) if register not in skipped else []
        for record in records if _has_mark(records) else ():
            for column, value in record.items():
                if column == "origin" or not isinstance(value, str):
                    continue
                mark = next((one for one in SERVICE_MARKS if one in value), "")
                if mark:
                    yield inspection.at_record("DQ-32", register, record, column,
                                               text="DQ-32-MARK", mark=mark)


def _has_mark(records: list[dict[str, Any]]) -> bool:
    whole = "\n".join([value for record in records for value in record.values()
                       if isinstance(value, str)])
    return any(one in whole for one in SERVICE_MARKS)


@CHECKS.register("needed")
def check_needed(inspection: Inspection) -> Iterator[Finding]:
    """CK-MISSING: tier-1 figures without a value in the base year, one note a section."""
    year = inspection.context.base_year
    for section in SECTIONS:
        needed = [one for one in inspection.catalog.indicators.values()
                  if one.section == section and one.tier == 1
                  and one.exists_at == "municipality"]
        absent = [one for one in needed
                  if not _is_filled(inspection, one.id, None if one.time == "static" else year)]
        if not absent:
            continue
        names: list[Text] = [one.name for one in absent]
        yield Finding(
            "CK-MISSING", inspection.limit("CK-MISSING", "severity"), section, "observations",
            None, "value", "", "", "CK-MISSING",
            {"year": year, "count": len(absent), "needed": len(needed),
             "names": names[:inspection.limit("CK-MISSING", "names")],
             "section_title": next((one.title for one in inspection.catalog.sections
                                    if one.id == section), section)})


def _is_filled(inspection: Inspection, ident: str, year: int | None) -> bool:
    years = inspection.grid.years(ident) if year is None else [year]
    if inspection.grid.figures.is_known(ident, years):
        return True
    fact = inspection.context.facts.get(ident, years[-1]) if years else None
    return fact is not None and fact.known

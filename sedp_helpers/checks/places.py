"""DQ-29: a measure of one village that is tied to another (000: a pitch in one village, paid by
the youth of another)."""

from __future__ import annotations

from collections.abc import Iterator

from sedp_helpers.checks.inspection import CHECKS, Inspection, Record
from sedp_helpers.checks.words import name_column, name_village
from sedp_helpers.models import LANGUAGES, Finding
from sedp_helpers.process.cells import title_of

LINKS = (("problem", "problems"), ("proposal", "proposals"))
CHILDREN = ("funding", "monitoring")
TEXTS = ("measure", "contract", "delivery", "groups", "responsible", "source", "note", "giver")
Villages = list[tuple[str, list[str]]]


@CHECKS.register("villages_of_measures")
def check_villages_of_measures(inspection: Inspection) -> Iterator[Finding]:
    """Villages of the problem, the proposal, the money and the monitoring against the measure's,
    by their columns and by names inside texts; one finding a measure and source."""
    villages = _list_names(inspection)
    known = {
        register: {one["id"]: one for one in inspection.records(register)}
        for _, register in LINKS
    }
    children = {register: inspection.records(register) for register in CHILDREN}
    for measure in inspection.records("plan"):
        own = measure.get("village") or _only_village(measure, villages)
        if not own:
            continue
        related: list[tuple[str, Record]] = [("plan", measure)]
        related += [(register, known[register][measure[column]]) for column, register in LINKS
                    if measure.get(column) in known[register]]
        related += [(register, one) for register in CHILDREN for one in children[register]
                    if one.get("measure") == measure["id"]]
        for register, record in related:
            found = _other_village(inspection, register, record, own, villages)
            if found:
                yield _report(inspection, measure, own, register, record, *found)


def _list_names(inspection: Inspection) -> Villages:
    """Village -> its names long enough to be looked for, in small letters."""
    least = inspection.limit("DQ-29", "min_letters")
    names = [(one["id"], [str(one.get(f"name_{lang}") or "") for lang in LANGUAGES])
             for one in inspection.records("villages")]
    return [(ident, [name.lower() for name in mine if len(name) >= least])
            for ident, mine in names]


def _find_named(villages: Villages, text: str) -> list[str]:
    """The villages that a text names."""
    small = text.lower()
    return [ident for ident, names in villages if any(name in small for name in names)]


def _only_village(measure: Record, villages: Villages) -> str:
    """The village that the text of a measure names, where it names just one."""
    named = _find_named(villages, str(measure.get("measure") or ""))
    return named[0] if len(named) == 1 else ""


def _other_village(
    inspection: Inspection, register: str, record: Record, own: str, villages: Villages
) -> tuple[str, str] | None:
    """Another village and the column that names it."""
    if record.get("village") and record["village"] != own:
        return record["village"], "village"
    if register not in ("plan", *CHILDREN):
        return None
    for column in TEXTS:
        text = str(record.get(column) or "")
        if not text or _names_authority(inspection, text):
            continue
        named = _find_named(villages, text)
        if named and own not in named:
            return named[0], column
    return None


def _names_authority(inspection: Inspection, text: str) -> bool:
    """Whether a text names an office, which may bear the name of a village."""
    return any(word in text.lower() for word in inspection.limit("DQ-29", "authorities"))


def _report(
    inspection: Inspection, measure: Record, own: str, register: str, record: Record, other: str,
    column: str,
) -> Finding:
    context = inspection.context
    sheet = context.catalog.registers.get(register)
    return inspection.at_record(
        "DQ-29", register, record, column, section=str(measure.get("section") or ""),
        measure=title_of(measure, "measure"), own_village=name_village(context, own),
        other_village=name_village(context, other), sheet=sheet.name if sheet else register,
        heading=name_column(context, register, column))

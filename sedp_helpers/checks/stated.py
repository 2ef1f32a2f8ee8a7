"""Figures that a text claims (register ``stated``) are recomputed from the data.

The column ``basis`` says how a figure came about; numbers have a decimal point, a base may be a
number or an input of the catalogue (``budget.revenue[item=land_tax]``, taken in the row's year).

    basis                        the claim                                      rule if it fails
    (empty)                      the figure itself, observed or computed        DQ-07
    mean_growth:2021-2027        mean yearly growth of ``result``, %            DQ-05
    mean_growth:9367:11132:6     the same from two figures and the years        DQ-05
    change:2024-2027, change:A:B change over the whole period, %                DQ-05
    pct_of:1200000:5             5 % of a base                                  DQ-09
    pct_of:1000000:-10           a cut by 10 % of a base                        DQ-13
    pct_of:?:7                   7 % of a base that the text does not give      DQ-10
    balance:1000000-100000-200000  a sum of signed amounts                      DQ-11
    stable_share:f:2021-2027     the share of a sex stays as it is              DQ-07
    stable_share:7695/9367:7754/11132  the same from figures                    DQ-07
    trend:2021-2024, trend:A:B   a claimed change (%) that past years explain   DQ-23

A claim holds when the recomputed figure rounds to it at its own decimals. A figure per month whose
unit does not say so is DQ-16. What cannot be recomputed is said once a row (CK-STATED).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sedp_helpers.checks.inspection import CHECKS, Inspection, is_number, tidy
from sedp_helpers.checks.stated_basis import BASES, Claim, Failure, NotCheckable
from sedp_helpers.models import DIMS, Finding, Text


@CHECKS.register("stated")
def check_stated(inspection: Inspection) -> Iterator[Finding]:
    """Every row of the register: its unit, then its figure."""
    for record in inspection.records("stated"):
        claim = read_claim(inspection, record)
        spec = inspection.catalog.indicators.get(claim.result.split(".growth_pct")[0])
        if spec is None:
            spec = inspection.catalog.results.get(claim.result)  # type: ignore[assignment]
        section = spec.section if spec else ""
        if spec is not None and lacks_period(inspection, spec.unit, str(record.get("unit") or "")):
            yield inspection.at_record("DQ-16", "stated", record, "unit", section=section,
                                       claim=claim.value, said=claim.said,
                                       needed=_unit_name(inspection, spec.unit))
        try:
            failure = judge_claim(inspection, claim)
        except NotCheckable as reason:
            yield inspection.at_record("CK-STATED", "stated", record, "basis", section=section,
                                       text=f"CK-STATED-{reason}", claim=claim.value,
                                       basis=claim.basis or claim.result)
            continue
        if failure is not None:
            yield inspection.at_record(failure.rule, "stated", record, "value",
                                       text=failure.text, section=section, claim=claim.value,
                                       said=claim.said, year=claim.year, **failure.params)


def read_claim(inspection: Inspection, record: dict[str, Any]) -> Claim:
    """A row of the register; without a year it speaks of the base year."""
    year = record.get("year")
    return Claim(
        result=str(record.get("result") or ""),
        year=int(year) if is_number(year) else inspection.context.base_year,
        dims={dim: str(record.get(dim) or "") for dim in DIMS},
        value=tidy(record["value"]) if is_number(record.get("value")) else None,
        basis=str(record.get("basis") or "").strip(),
        said=str(record.get("text") or ""),
    )


def judge_claim(inspection: Inspection, claim: Claim) -> Failure | None:
    """How a claim fails, or None; ``NotCheckable`` where the figures for it are not there."""
    form, _, arguments = claim.basis.partition(":")
    if form not in BASES.names():
        raise NotCheckable("BASIS")
    return BASES.get(form)(inspection, claim, arguments)


def lacks_period(inspection: Inspection, unit: str, typed: str) -> bool:
    """Whether a figure of a unit per month is stated in a unit that does not say so."""
    if not unit.endswith("_month"):
        return False
    known = inspection.catalog.units[unit]
    names = [text.get(lang) for text in (known["name"], known["short"])
             for lang in ("ky", "ru", "en")]
    return typed.strip() not in (unit, *names)


def _unit_name(inspection: Inspection, unit: str) -> Text:
    return inspection.catalog.units[unit]["name"]

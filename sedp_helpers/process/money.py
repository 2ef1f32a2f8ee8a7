"""Rules of money outside the plan: reserve, mandates, subsidies, protected items (Q32–Q44)."""

from __future__ import annotations

from collections.abc import Iterable

from sedp_helpers.compute.facts import Fact
from sedp_helpers.process.case import Case, judges, say_share
from sedp_helpers.process.cells import Record, flag_of, number_of, text_of, title_of
from sedp_helpers.process.verdict import Told, Verdict, failed, passed, unknown, warned

RESERVE, SPENT, PLANNED = "budget.reserve_fund", "budget.expenditure", "budget.expenditure_plan"
PROTECTED, REVENUE = "budget.protected", "budget.revenue"


def _get(case: Case, ident: str, year: int) -> Fact | None:
    fact = case.context.facts.get(ident, year)
    return fact if fact is not None and fact.known else None


def _latest(case: Case, ident: str) -> int | None:
    """The latest year with a figure: up to the drafting year, else the first after it."""
    years = [year for year in case.context.facts.years(ident) if _get(case, ident, year)]
    return max((year for year in years if year <= case.year), default=min(years, default=None))


@judges("reserve_limit", "budget")
def judge_reserve(case: Case) -> Verdict:
    """R-50: the reserve fund is at most 2 % of expenditure, else of its plan (AC-52)."""
    year = _latest(case, RESERVE)
    if year is None:
        return unknown("NC-FIGURE", name=case.context.catalog.indicators[RESERVE].name)
    reserve, whole = _get(case, RESERVE, year), _get(case, SPENT, year) or _get(case, PLANNED, year)
    if reserve is None or whole is None or whole.value <= 0:
        return unknown("NC-FIGURE", name=case.context.catalog.indicators[SPENT].name)
    limit, share = case.limits["max_share_pct"], 100 * reserve.value / whole.value
    told: Told = {"year": year, "share": say_share(share), "limit": limit, "value": share}
    if 100 * reserve.value <= limit * whole.value * (1 + 1e-9):
        return passed("R-50-OK", **told)
    return failed("R-50-HIGH", table="observations", **told)


@judges("mandates_documented", "budget")
def judge_mandates(case: Case) -> Verdict:
    """R-52: mandates without money are documented (O-35)."""
    rows = case.records("unfunded_mandates")
    if not rows:
        return case.no_register("unfunded_mandates", note="O-35")
    bare = [case.place("unfunded_mandates", one, "documented", title_of(one, "name"))
            for one in rows if not flag_of(one, "documented")]
    if bare:
        return failed("R-52-BARE", bare, table="unfunded_mandates", count=len(bare),
                      total=len(rows), names=[place.name for place in bare], note="O-35")
    return passed("R-52-OK", total=len(rows), note="O-35")


@judges("subsidy_form", "budget")
def judge_form(case: Case) -> Verdict:
    """R-53: enterprises get subsidies only (AC-62)."""
    rows = case.records("subsidies")
    if not rows:
        return case.no_register("subsidies")
    wrong = [case.place("subsidies", one, "form", text_of(one, "recipient"),
                        form=case.code("subsidy_forms", text_of(one, "form")))
             for one in rows if text_of(one, "form") not in (*case.limits["forms"], "")]
    if wrong:
        return failed("R-53-FORM", wrong, table="subsidies", count=len(wrong), total=len(rows),
                      names=[place.name for place in wrong], form=wrong[0].params["form"])
    if not all(text_of(one, "form") for one in rows):
        return case.no_column("subsidies", "form")
    return passed("R-53-OK", total=len(rows))


@judges("subsidy_type", "budget")
def judge_type(case: Case) -> Verdict:
    """R-54: of four types, and with a contract (AC-63)."""
    rows = [one for one in case.records("subsidies") if text_of(one, "form") in ("subsidy", "")]
    if not rows:
        return case.no_register("subsidies")
    types = case.limits["types"]
    wrong = [case.place("subsidies", one, "type", text_of(one, "recipient"),
                        type=text_of(one, "type"))
             for one in rows if text_of(one, "type") and text_of(one, "type") not in types]
    if wrong:
        return failed("R-54-TYPE", wrong, table="subsidies", count=len(wrong), total=len(rows),
                      names=[place.name for place in wrong], type=wrong[0].params["type"])
    bare = [case.place("subsidies", one, "contract", text_of(one, "recipient"))
            for one in rows if flag_of(one, "contract") is False]
    if bare:
        return failed("R-54-CONTRACT", bare, table="subsidies", count=len(bare), total=len(rows),
                      names=[place.name for place in bare])
    for column in ("type", "contract"):
        if not all(_is_given(one, column) for one in rows):
            return case.no_column("subsidies", column)
    return passed("R-54-OK", total=len(rows))


def _is_given(record: Record, column: str) -> bool:
    if column == "type":
        return bool(text_of(record, column))
    return flag_of(record, column) is not None


def sum_protected(case: Case, year: int) -> float | None:
    """Expenditure on protected items: as given, else the sum of the protected programmes."""
    given = _get(case, PROTECTED, year)
    if given is not None:
        return given.value
    flags = {text_of(one, "id"): flag_of(one, "protected") for one in case.records("programmes")}
    if not flags or None in flags.values():
        return None
    parts = [case.context.facts.get(SPENT, year, item=name) for name, kept in flags.items() if kept]
    return _add(part for part in parts if part is not None)


def _add(parts: Iterable[Fact]) -> float | None:
    found = list(parts)
    return sum(p.value for p in found) if found and all(p.known for p in found) else None


@judges("protected_only", "budget")
def judge_protected(case: Case) -> Verdict:
    """R-56: money for protected items only calls for the five-step answer (5.6, AC-65)."""
    year = _latest(case, SPENT)
    protected = sum_protected(case, year) if year else None
    if year is None or protected is None:
        return unknown("NC-FIGURE", name=case.context.catalog.indicators[PROTECTED].name)
    spent, revenue = _get(case, SPENT, year), _get(case, REVENUE, year)
    money = min(fact.value for fact in (spent, revenue) if fact is not None)
    share = 100 * protected / money if money > 0 else 100.0
    told: Told = {"year": year, "share": say_share(share), "value": share,
            "steps": case.limits["steps"]}
    if share >= case.limits["protected_share_pct"]:
        return warned("R-56-ONLY", table="observations", **told)
    return passed("R-56-OK", **told)


@judges("state_projects_listed", "budget")
def judge_state_projects(case: Case) -> Verdict:
    """R-57: each known state investment stands with its money, as a source of its own."""
    rows = case.records("state_projects")
    if not rows:
        return case.no_register("state_projects")
    mixed = [case.place("state_projects", one, "amount" if number_of(one, "amount") is None
                        else "source", title_of(one, "name"))
             for one in rows if number_of(one, "amount") is None
             or text_of(one, "source") in case.limits["not_separate"]]
    if mixed:
        return failed("R-57-MIXED", mixed, table="state_projects", count=len(mixed),
                      total=len(rows), names=[place.name for place in mixed])
    return passed("R-57-OK", count=len(rows))

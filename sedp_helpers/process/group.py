"""The working group: order, chair, members, balance, term (handbook Q11, Q45, Q53: R-10 … R-19)."""

from __future__ import annotations

from datetime import date

from sedp_helpers.process.case import Case, judges, say_day, say_share
from sedp_helpers.process.cells import Record, day_of, text_of
from sedp_helpers.process.verdict import Told, Verdict, failed, passed, unknown, warned

GROUP = "working_group"
OUTSIDERS = ("community", "business", "ngo")


@judges("order_present", "participation")
def judge_order(case: Case) -> Verdict:
    """R-10: the group is created by an order of the head; a dated membership shows the order."""
    orders = case.documents(case.limits["document_kind"])
    dates = [day for one in case.members() if (day := day_of(one, "order_date"))]
    if orders:
        last = orders[-1]
        return passed("OK-DOCUMENT", document=case.code("document_kinds", text_of(last, "kind")),
                      number=text_of(last, "number"), date=_say(day_of(last, "date")))
    if dates:
        return passed("R-10-DATED", date=say_day(max(dates)))
    step = case.steps["group"]
    if case.as_of <= step.last:
        return case.not_due(step.last)
    if not case.records("documents"):
        return case.no_register("documents")
    return failed("R-10-NONE", table="documents", date=say_day(step.last))


def _say(day: date | None) -> object:
    return say_day(day) if day else "…"


@judges("chair_present", "participation")
def judge_chair(case: Case) -> Verdict:
    """R-11: the chair is the head of the executive body or a deputy of the head (AC-35)."""
    members = case.members()
    if not members:
        return case.no_register(GROUP)
    if not any(text_of(one, "role") for one in members):
        return case.no_column(GROUP, "role")
    chairs = [one for one in members if text_of(one, "role") in case.limits["roles"]]
    if not chairs:
        return failed("R-11-NONE", table=GROUP)
    if any(text_of(one, "body") in case.limits["bodies"] for one in chairs):
        return passed("R-11-OK")
    if not any(text_of(one, "body") for one in chairs):
        return case.no_column(GROUP, "body")
    return failed("R-11-BODY", [case.place(GROUP, one, "body") for one in chairs], table=GROUP,
                  body=case.code("bodies", text_of(chairs[0], "body")))


@judges("roles_present", "participation")
def judge_roles(case: Case) -> Verdict:
    """R-12: secretary, data specialist, finance, deputy, one of each at least (AC-34)."""
    members = case.members()
    if not members:
        return case.no_register(GROUP)
    roles = {text_of(one, "role") for one in members}
    if roles == {""}:
        return case.no_column(GROUP, "role")
    if any(text_of(one, "body") == "council" for one in members):
        roles.add("deputy")
    missing = [role for role in case.limits["roles"] if role not in roles]
    if missing:
        return failed("R-12-MISSING", table=GROUP, roles=case.codes("roles", missing),
                      count=len(missing))
    return passed("R-12-OK", count=len(case.limits["roles"]))


@judges("optional_roles", "participation")
def judge_optional(case: Case) -> Verdict:
    """R-13: who else may sit in the group; a permission cannot be broken."""
    members = case.members()
    if not members:
        return case.no_register(GROUP)
    found = [role for role in case.limits["roles"]
             if any(role in (text_of(one, "role"), text_of(one, "body")) for one in members)]
    if not found:
        return passed("R-13-NONE")
    return passed("R-13-OK", roles=case.codes("roles", found))


@judges("business_present", "participation")
def judge_business(case: Case) -> Verdict:
    """R-14: business sits in the group; «must» of Q53 against «may» of Q11 (O-09): a warning."""
    members = case.members()
    if not members:
        return case.no_register(GROUP, note="O-09")
    count = sum("business" in (text_of(one, "role"), text_of(one, "body")) for one in members)
    if count >= case.limits["min"]:
        return passed("R-14-OK", count=count, note="O-09")
    return warned("R-14-NONE", table=GROUP, note="O-09")


@judges("gender_balance", "participation")
def judge_balance(case: Case) -> Verdict:
    """R-15: each sex at least 30 %; the literal text is true of any group (O-08, AC-27 … AC-31).

    Blank cells leave a range: the rule is judged where the whole range is on one side.
    """
    members = case.members()
    if not members:
        return case.no_register(GROUP, note="O-08")
    limit, total = case.limits["min_share_pct"], len(members)
    known = {sex: sum(text_of(one, "sex") == sex for one in members) for sex in ("f", "m")}
    blank = total - sum(known.values())
    lowest = min(known, key=lambda sex: known[sex])
    told: Told = {"count": known[lowest], "total": total, "sex": case.code("sexes", lowest),
            "share": say_share(100 * known[lowest] / total), "limit": limit, "note": "O-08",
            "value": 100 * known[lowest] / total}
    if any(100 * (count + blank) < limit * total for count in known.values()):
        return failed("R-15-LOW", table=GROUP, **told)
    if all(100 * count >= limit * total for count in known.values()):
        return passed("R-15-OK", **told)
    return case.no_column(GROUP, "sex", note="O-08")


@judges("executive_share", "participation")
def judge_executive(case: Case) -> Verdict:
    """R-16: staff of the executive body are at most half of all members (O-18; AC-27 … AC-33)."""
    members = case.members()
    if not members:
        return case.no_register(GROUP, note="O-18")
    limit, total = case.limits["max_share_pct"], len(members)
    count = sum(text_of(one, "body") == "executive" for one in members)
    blank = sum(not text_of(one, "body") for one in members)
    share = 100 * count / total
    told: Told = {"count": count, "total": total, "share": say_share(share), "limit": limit,
            "note": "O-18", "value": share}
    if 100 * count > limit * total:
        return failed("R-16-HIGH", table=GROUP, **told)
    if 100 * (count + blank) <= limit * total:
        return passed("R-16-OK", **told)
    return case.no_column(GROUP, "body", note="O-18")


def find_order_date(case: Case) -> date | None:
    """The day of the order: as the members' list says, else of the latest order on file."""
    dates = [day for one in case.members() if (day := day_of(one, "order_date"))]
    filed = [day for one in case.documents("working_group_order") if (day := day_of(one, "date"))]
    return max(dates or filed, default=None)


def add_years(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 1 March.

    >>> add_years(date(2024, 3, 5), 2), add_years(date(2024, 2, 29), 2)
    (datetime.date(2026, 3, 5), datetime.date(2026, 3, 1))
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


@judges("order_valid", "participation")
def judge_term(case: Case) -> Verdict:
    """R-17: two years from the signing of the order, the last day not counted (AC-36, O-27)."""
    order = find_order_date(case)
    if order is None:
        return case.no_column(GROUP, "order_date") if case.members() else case.no_register(GROUP)
    end = add_years(order, case.limits["years"])
    told: Told = {"order": say_day(order), "end": say_day(end), "as_of": say_day(case.as_of),
            "note": "O-27"}
    if case.as_of < order:
        return unknown("R-17-BEFORE", **told)
    if case.as_of < end:
        return passed("R-17-OK", **told)
    return failed("R-17-EXPIRED", table=GROUP, **told)


@judges("sector_departments", "participation")
def judge_departments(case: Case) -> Verdict:
    """R-18: large places add their sector departments (marked ``large`` in municipality.yaml)."""
    if not case.municipality.large:
        return unknown("R-18-SMALL")
    members = case.members()
    if not members:
        return case.no_register(GROUP)
    count = _count_roles(members, case.limits["roles"])
    if count >= case.limits["min"]:
        return passed("R-18-OK", count=count)
    return failed("R-18-NONE", table=GROUP)


def _count_roles(members: list[Record], roles: list[str]) -> int:
    return sum(text_of(one, "role") in roles for one in members)


@judges("stakeholders_included", "participation")
def judge_stakeholders(case: Case) -> Verdict:
    """R-19: people from outside the executive body and the council sit in the group."""
    members = case.members()
    if not members:
        return case.no_register(GROUP)
    count = sum(text_of(one, "body") in OUTSIDERS for one in members)
    if count:
        return passed("R-19-OK", count=count, total=len(members))
    if not all(text_of(one, "body") for one in members):
        return case.no_column(GROUP, "body")
    return failed("R-19-NONE", table=GROUP)

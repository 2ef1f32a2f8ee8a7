"""What the check of a rule works with: one municipality, a day, and the limits of the rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sedp_helpers.compute.context import Context
from sedp_helpers.language import format_date, format_number
from sedp_helpers.models import LANGUAGES, Municipality, Text
from sedp_helpers.process.calendar import Step, place_day, read_calendar
from sedp_helpers.process.cells import Record, day_of, text_of
from sedp_helpers.process.verdict import Place, Verdict, unknown
from sedp_helpers.registry import Registry


@dataclass
class Case:
    """One municipality on one day; nothing here reads a file."""

    context: Context
    as_of: date
    limits: dict[str, Any] = field(default_factory=dict)

    @property
    def municipality(self) -> Municipality:
        return self.context.municipality

    @property
    def year(self) -> int:
        """The year in which the programme is drafted."""
        return self.municipality.drafting

    @cached_property
    def steps(self) -> dict[str, Step]:
        return {step.id: step for step in read_calendar(self.context.catalog, self.year)}

    def day(self, month_day: str) -> date:
        return place_day(month_day, self.year)

    def records(self, register: str) -> Sequence[Record]:
        """The records of a register; an empty list where there is none."""
        return self.context.records(register)

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all is entered yet: no figure and no record but the villages."""
        registers = set(self.context.catalog.registers) - {"villages"}
        return self.context.facts.is_empty and not any(map(self.records, registers))

    def documents(self, *kinds: str) -> list[Record]:
        """Documents of some kinds, oldest first."""
        found = [one for one in self.records("documents") if text_of(one, "kind") in kinds]
        return sorted(found, key=lambda one: day_of(one, "date") or date.max)

    def events(self, *kinds: str) -> list[Record]:
        """Dated events of some kinds (all without any), oldest first."""
        found = [one for one in self.records("events")
                 if day_of(one, "date") and (not kinds or text_of(one, "kind") in kinds)]
        return sorted(found, key=lambda one: day_of(one, "date") or date.max)

    @cached_property
    def hearings(self) -> list[Record]:
        """The hearings of the drafting year; where there is none, of the latest year before."""
        found = self.events("hearing")
        years = {day.year for one in found if (day := day_of(one, "date"))}
        year = self.year if self.year in years else max((y for y in years if y < self.year),
                                                        default=0)
        return [one for one in found if (day := day_of(one, "date")) and day.year == year]

    def members(self, group: str = "working") -> list[Record]:
        """Members of a group; a blank group is the working group."""
        return [one for one in self.records("working_group")
                if (text_of(one, "group") or "working") == group]

    # ---- names ---------------------------------------------------------------------------
    def code(self, listed: str, code: str) -> Text:
        return self.context.catalog.codes.get(listed, {}).get(code) or Text(ky=code)

    def codes(self, listed: str, codes: list[str]) -> tuple[Text, ...]:
        return tuple(self.code(listed, one) for one in codes)

    def register_name(self, register: str) -> Text:
        spec = self.context.catalog.registers.get(register)
        return spec.name if spec else Text(ky=register)

    def column_name(self, register: str, column: str) -> Text:
        spec = self.context.catalog.registers.get(register)
        names = {one.id: one.name for one in spec.columns} if spec else {}
        return names.get(column) or Text(ky=column)

    # ---- what a verdict rests on ---------------------------------------------------------
    def place(self, register: str, record: Record, column: str = "",
              name: str | Text = "",
              **params: Any) -> Place:
        """Where a record stands."""
        table, _, cell = text_of(record, "origin").partition("!")
        digits = "".join(sign for sign in cell if sign.isdigit())
        letters = self.context.letters(register).get(column)
        row = int(digits) if digits else None
        at = f"{letters}{row}" if letters and row else cell
        return Place(table or register, row, column, at, name or text_of(record, "id"), params)

    # ---- what cannot be judged -----------------------------------------------------------
    def no_register(self, register: str, **note: str) -> Verdict:
        return unknown("NC-REGISTER", register=self.register_name(register), **note)

    def no_column(self, register: str, column: str, **note: str) -> Verdict:
        return unknown("NC-COLUMN", register=self.register_name(register),
                       title=self.column_name(register, column), **note)

    def not_due(self, last: date) -> Verdict:
        return unknown("NC-DUE", date=say_day(last))


Check = Callable[[Case], Verdict]


@dataclass(frozen=True)
class RuleCheck:
    """A check with the part of the report that its findings belong to."""

    judge: Check
    section: str


RULES: Registry[RuleCheck] = Registry("rule check")


def judges(name: str, section: str) -> Callable[[Check], Check]:
    """Register the check that rules.yml names."""

    def keep(check: Check) -> Check:
        RULES.add(name, RuleCheck(check, section))
        return check

    return keep


def say_day(day: date) -> Text:
    """A day as each language writes it."""
    return Text(**{lang: format_date(day, lang) for lang in LANGUAGES})


def say_share(value: float) -> Text:
    """A per cent figure for a sentence, one digit after the comma where it has any."""
    decimals = 0 if round(value, 1) % 1 == 0 else 1
    return Text(**{lang: format_number(value, lang, decimals) for lang in LANGUAGES})

"""What a rule of the methodology says about one municipality: one verdict a rule, with its why.

A verdict names the key of its sentence (text/<lang>/process.yml) and the values of its slots, the
records it rests on and, where the handbook can be read in two ways, the note on the other reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sedp_helpers.models import Text

PASSED, FAILED, WARNING, NOT_CHECKABLE = "passed", "failed", "warning", "not_checkable"
VERDICTS = (PASSED, FAILED, WARNING, NOT_CHECKABLE)
Told = dict[str, Any]  # the values of a sentence, with note and value of its verdict


@dataclass(frozen=True)
class Place:
    """A record that breaks a rule: where it stands and what it is called there."""

    table: str
    row: int | None = None
    column: str = ""
    cell: str = ""
    name: str | Text = ""
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """``value`` is the number a rule compares (full precision), where it compares one."""

    verdict: str
    reason: str
    params: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[Place, ...] = ()
    table: str = ""
    note: str = ""
    value: float | None = None
    rule: str = ""
    section: str = ""


def passed(reason: str, *, note: str = "", value: float | None = None, **params: Any) -> Verdict:
    """The rule is kept."""
    return Verdict(PASSED, reason, params, note=note, value=value)


def failed(
    reason: str,
    evidence: Iterable[Place] = (),
    *,
    table: str = "",
    note: str = "",
    value: float | None = None,
    **params: Any,
) -> Verdict:
    """The rule is broken."""
    return Verdict(FAILED, reason, params, tuple(evidence), table, note, value)


def warned(
    reason: str,
    evidence: Iterable[Place] = (),
    *,
    table: str = "",
    note: str = "",
    value: float | None = None,
    **params: Any,
) -> Verdict:
    """The rule is not kept, but it is advice, or the handbook can be read in two ways."""
    return Verdict(WARNING, reason, params, tuple(evidence), table, note, value)


def unknown(reason: str, *, note: str = "", **params: Any) -> Verdict:
    """The data do not say, or there is nothing to judge yet."""
    return Verdict(NOT_CHECKABLE, reason, params, note=note)

"""A register that stands in a CSV file and in the workbook becomes one register.

Why: both may be there as long as they do not contradict each other. An equal record is kept once;
two different records with one key are an error, and neither is used. No cell is read here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from string import ascii_uppercase
from typing import Any

import pandas as pd

from sedp_helpers.models import Finding, Register


def join_registers(
    frames: Sequence[pd.DataFrame], register: Register
) -> tuple[pd.DataFrame, list[Finding]]:
    """The records of all tidy tables of a register, and where they contradict each other.

    Records of a register without a key are kept as often as the table that has them most.
    """
    joined = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    if len(frames) < 2 or joined.empty:
        return joined, []
    records = [_freeze(row) for row in joined.drop(columns="origin").to_dict("records")]
    if register.key:
        return _join_by_key(joined, records, register)
    return joined[_mark_new(records, [len(frame) for frame in frames])].reset_index(drop=True), []


def _freeze(row: dict[Any, Any]) -> tuple[tuple[str, str], ...]:
    """The filled cells of a record, comparable across tables with other columns."""
    return tuple((str(name), str(value)) for name, value in sorted(row.items())
                 if value is not None and value == value and str(value) != "")


def _join_by_key(
    joined: pd.DataFrame, records: Sequence[tuple[tuple[str, str], ...]], register: Register
) -> tuple[pd.DataFrame, list[Finding]]:
    first: dict[str, int] = {}
    out: set[int] = set()
    findings = []
    for row, ident in enumerate(joined[register.key]):
        if ident not in first:
            first[ident] = row
            continue
        out.add(row)
        if records[row] != records[first[ident]]:
            out.add(first[ident])
            findings.append(_contradict(joined, row, first[ident], register))
    return joined[[row not in out for row in range(len(joined))]].reset_index(drop=True), findings


def _contradict(joined: pd.DataFrame, row: int, first: int, register: Register) -> Finding:
    table, _, cell = str(joined["origin"].iloc[row]).rpartition("!")
    title = next(column.name for column in register.columns if column.id == register.key)
    number = int(cell.lstrip(ascii_uppercase))
    return Finding("IN-KEY", "error", table=table, row=number, column=register.key, cell=cell,
                   value=str(joined[register.key].iloc[row]),
                   params={"first": joined["origin"].iloc[first], "indicator": title, "unit": ""})


def _mark_new(records: Sequence[Any], lengths: Sequence[int]) -> list[bool]:
    """Which records a table adds to what the tables before it hold."""
    kept: list[bool] = []
    held: Counter[Any] = Counter()
    start = 0
    for length in lengths:
        own: Counter[Any] = Counter()
        for record in records[start : start + length]:
            own[record] += 1
            kept.append(own[record] > held[record])
        held |= own
        start += length
    return kept

"""Foreign observations go into the raw table ``observations.csv`` of a folder.

Why: the contract knows no other raw table, and a number of another office must pass the same
checks as a typed one. What is there is never changed without being asked: an equal figure is left,
an empty one is filled, a different one stops the import. The old table is kept beside the new one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from sedp_helpers.foreign.layouts import ForeignRow, Layout
from sedp_helpers.intake.amounts import parse_number_cell
from sedp_helpers.intake.extend import extend_table, read_extendable
from sedp_helpers.intake.observation_rows import TYPED, Context
from sedp_helpers.intake.observations import tidy_observations
from sedp_helpers.intake.read import RawTable
from sedp_helpers.models import Finding

TABLE = "observations"
KEY = ["indicator", "year", "sex", "age", "village", "item"]
_ORIGIN = re.compile(rf"{TABLE}(?:\.csv)?![A-Z]+(\d+)")


@dataclass(frozen=True)
class Contradiction:
    """A figure of the file that differs from one that is there."""

    key: str
    value: float
    origin: str
    other: float


@dataclass(frozen=True)
class Brought:
    """What an import would do; ``content`` is the new table."""

    added: int
    equal: int
    replaced: int
    contradictions: tuple[Contradiction, ...]
    findings: tuple[Finding, ...]
    content: bytes


def type_rows(rows: Sequence[ForeignRow], layout: Layout, context: Context,
              language: str) -> RawTable:
    """The rows as a raw table, years as the folder counts them, with their source."""
    typed = [{**asdict(row), "value": write_plainly(row.value),
              "year": _count_year(row, layout, context),
              "source": layout.source.get(language), "basis": ""} for row in rows]
    return RawTable("import", TYPED, rows=[[row[name] for name in TYPED] for row in typed])


def write_plainly(text: str) -> str:
    """A number that only has another form as a plain one; everything else as it was typed.

    >>> write_plainly("12 480"), write_plainly("1 234,50"), write_plainly("12 адам")
    ('12480', '1234.5', '12 адам')
    """
    reading = parse_number_cell(text)
    if reading.value is None or reading.note != "form":
        return text
    return repr(int(reading.value)) if reading.value % 1 == 0 else repr(reading.value)


def _count_year(row: ForeignRow, layout: Layout, context: Context) -> str:
    """The year of a stock at the beginning of a year is one less than the same at its end."""
    model = context.indicators.get(row.indicator)
    if model is None or model.time != "stock" or not row.year.isdigit():
        return row.year
    begins = context.stock_date == "year_start"
    return str(int(row.year) + begins - (layout.stock_date == "year_start"))


def bring_rows(
    path: Path, raw: RawTable, known: pd.DataFrame, context: Context, *, replace: bool = False
) -> Brought:
    """The table at ``path`` with the rows of ``raw`` added to what ``known`` observations say.

    With ``replace`` a different figure of the table itself gives way to the new one.
    """
    table = read_extendable(path)
    tidy, findings = tidy_observations(raw, context)
    here = {_name_key(row): row for row in known.to_dict("records")}
    added: list[int] = []
    gone: set[int] = set()
    contradictions = []
    equal = 0
    for row in tidy.to_dict("records"):
        other = here.get(_name_key(row))
        number = int(re.sub(r"\D", "", str(row["origin"]).rpartition("!")[2])) - raw.first_row
        if other is None:
            added.append(number)
        elif _same(row["value"], other["value"]):
            equal += 1
        elif (line := _find_line(other, table)) and (replace or _is_empty(other["value"])):
            added.append(number)
            gone.add(line)
        else:
            contradictions.append(Contradiction(_name_key(row), row["value"],
                                                str(other["origin"]), other["value"]))
    new = raw.frame.iloc[added].values.tolist()
    columns = [name for place, name in enumerate(TYPED)
               if name in KEY or name == "value" or any(row[place] for row in new)]
    content = extend_table(table, [dict(zip(TYPED, row)) for row in new], columns, without=gone)
    errors = tuple(finding for finding in findings if finding.severity == "error")
    return Brought(len(added), equal, len(gone), tuple(contradictions), errors, content)


def _name_key(row: dict[str, object]) -> str:
    return "|".join(str(row[name]) for name in KEY)


def _is_empty(value: float) -> bool:
    return value != value


def _same(first: float, second: float) -> bool:
    return first == second or (_is_empty(first) and _is_empty(second))


def _find_line(row: dict[str, object], table: RawTable | None) -> int:
    """The row of the CSV table in which an observation stands; 0 where it stands elsewhere."""
    found = _ORIGIN.fullmatch(str(row["origin"]))
    return int(found[1]) if table is not None and found else 0

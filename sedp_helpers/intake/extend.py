"""A raw CSV table with records added: what a person typed stays as it was typed.

Why: imports and the log of requests write into tables that people fill in too. Only whole rows are
added or left out; no cell that stays is touched. The caller writes the file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from sedp_helpers.errors import InputError
from sedp_helpers.intake.read import RawTable, read_csv_table


def read_extendable(path: Path) -> RawTable | None:
    """The table that is there, None where there is no file; one that cannot be read whole is an
    error, because writing it again would lose rows."""
    if not path.is_file():
        return None
    table = read_csv_table(path)
    if not table.readable or any(one.severity == "error" for one in table.findings):
        raise InputError(f"{path.name} cannot be read", key="table_unreadable", path=path.name)
    return table


def extend_table(
    table: RawTable | None, records: Sequence[Mapping[str, str]], columns: Sequence[str], *,
    without: Collection[int] = (),
) -> bytes:
    """The table as a file with the records at its end.

    ``columns`` are those that a new table has; a column is added to an old one only where a record
    fills it. Rows of the numbers ``without`` (as a spreadsheet counts) are left out.
    """
    header = list(table.columns) if table else list(columns)
    known = {title.lower() for title in header}
    header += [name for name in columns if name not in known and any(r.get(name) for r in records)]
    old = table.frame.values.tolist() if table else []
    rows = [[*row, *[""] * (len(header) - len(row))] for place, row in enumerate(old)
            if place + 2 not in without]
    rows += [[record.get(title.lower(), "") for title in header] for record in records]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue().encode("utf-8")

"""What a person typed in a cell of a folder, found again by table and address.

Why: the checks work with numbers and say them in sentences; the cell of the reader may hold
«7 037» or «524», thousands of som. The value of a finding is what she will see there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sedp_helpers.intake.read import RawTable
from sedp_helpers.intake.workbook_places import Part
from sedp_helpers.models import Finding, Register

_FILE = ".csv"  # ends the name of a table beside a sheet of the same name


class TypedCells:
    """The tables and sheets of a folder; cells of private columns are never quoted."""

    def __init__(
        self,
        tables: Mapping[str, RawTable] | None = None,
        parts: Sequence[Part] = (),
        sheets: Mapping[str, RawTable] | None = None,
        registers: Collection[Register] = (),
    ) -> None:
        self.tables, self.sheets = tables or {}, sheets or {}
        self.parts = {part.table: part for part in parts if len(part.rows)}
        self._private = {(register.id, column.id) for register in registers
                         for column in register.columns if column.private}

    def quote(self, finding: Finding) -> Finding:
        """The finding with the text of its cell for a value; as it was where there is none."""
        own = (finding.table.removesuffix(_FILE), finding.column)
        if not (finding.cell and finding.column) or own in self._private:
            return finding
        typed = self._find(finding.table, finding.cell)
        return replace(finding, value=typed) if typed and typed.strip() else finding

    def _find(self, table: str, cell: str) -> str | None:
        if table in self.parts:
            return self.parts[table].find_text(cell)
        source = self.sheets.get(table) or self.tables.get(table.removesuffix(_FILE))
        return source.find_text(cell) if source is not None and source.readable else None

"""Reads an .xls file as texts: run as a script of its own, so that a damaged file ends only this.

It must not import anything of ours.
"""

from __future__ import annotations

import json
import sys
from typing import Any

MEMORY = 1_500_000_000  # bytes of address space


def write_cell(cell: Any) -> str:
    """A cell as text; whole numbers without a point, so that a code keeps its digits."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def main() -> None:
    """Write the sheets of the file named on the command line to standard output as JSON."""
    from python_calamine import load_workbook

    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    book = load_workbook(sys.argv[1])
    sheets = [[[write_cell(cell) for cell in row] for row in
               book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
              for name in book.sheet_names]
    sys.stdout.write(json.dumps(sheets))


if __name__ == "__main__":
    main()

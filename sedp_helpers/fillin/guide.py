"""The first sheet: what to do, in what order, what the colours mean, and where everything is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sedp_helpers.fillin.book import Book
from sedp_helpers.fillin.styles import ACCENT
from sedp_helpers.intake.workbook_sheets import GUIDE

Entry = tuple[str, str, str]  # sheet, its title, the group it belongs to


def add_guide(book: Book) -> Any:
    """The sheet itself, made first so that it comes first."""
    sheet = book.add_sheet(GUIDE, ACCENT, landscape=False)
    sheet.fit_to_pages(1, 1)
    return sheet


def write_guide(
    book: Book, sheet: Any, entries: Sequence[Entry], *, name: str, role: str = ""
) -> None:
    """Title, steps, legend and the linked list of sheets."""
    words = book.words
    for column, width in enumerate((3, 6, 30, 62)):
        sheet.set_column(column, column, width, book.styles["plain"])
    book.text(sheet, 0, 1, words["title"], "title")
    sheet.set_row(0, 30)
    role_line = words["for_role"].format(role=words["roles"].get(role, role)) if role else ""
    book.text(sheet, 1, 1, " · ".join(filter(None, (name, role_line))), "subtitle")
    row = _write_steps(book, sheet, 3, short=bool(role))
    book.text(sheet, row, 1, words["legend"], "group")
    for style, key in (("input", "legend_input"), ("name", "legend_fixed")):
        row += 1
        book.text(sheet, row, 1, "", style)
        book.text(sheet, row, 2, words[key])
    _write_contents(book, sheet, row + 2, entries)


def _write_steps(book: Book, sheet: Any, row: int, *, short: bool) -> int:
    """The numbered steps; a copy for one person leaves out those about other sheets."""
    steps = book.words["guide_steps"]
    for number, step in enumerate(steps[1:4] if short else steps, 1):
        sheet.merge_range(row, 2, row, 3, "", book.styles["wrap"])
        book.text(sheet, row, 1, f"{number}.", "wrap")
        book.text(sheet, row, 2, step, "wrap")
        sheet.set_row(row, 14.5 * -(-len(step) // 98) + 3)
        row += 1
    return row + 1


def _write_contents(book: Book, sheet: Any, row: int, entries: Sequence[Entry]) -> None:
    group, order = "", list(book.words["groups"])
    book.text(sheet, row, 1, book.words["guide_title"], "group")
    for name, title, belongs in sorted(entries, key=lambda entry: order.index(entry[2])):
        row += 1
        if belongs != group:
            group = belongs
            row += 1
            book.text(sheet, row, 1, book.words["groups"][group], "label")
            row += 1
        sheet.write_url(row, 2, f"internal:'{name}'!A1", book.styles["link"], name)
        book.text(sheet, row, 3, title)
    sheet.print_area(0, 0, row, 3)

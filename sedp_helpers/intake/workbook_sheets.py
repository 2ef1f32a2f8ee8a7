"""What stands where in the fill-in workbook: sheet names, wide rows and their keys.

Why: the writer and the reader must mean the same cell. A wide row is named by its key
``indicator|sex|age|village|item``; a year is a column. This module opens no file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sedp_helpers.models import RESULT_SECTIONS, Indicator

FORMAT = "1"
TEMPLATE = "1"
GUIDE, PASSPORT, EXPERT, OBSERVATIONS = "guide", "passport", "expert", "observations"
META, LISTS, FINDINGS = "_meta", "_lists", "_findings"
OBSERVATION_COLUMNS = ("indicator", "year", "value", "sex", "age", "village", "item", "status",
                       "source", "note", "unit", "basis")
DEFAULT_UNIT = "thousand_som"
UNITS = "money_units"  # the code list of the units of money
ANY_ITEM = "*"  # the item of a row is what the person types beside it
FREE_ROWS = 6
MONEY = "som"  # only sums are typed in the unit of the sheet, never som per month or per person
ANSWER_COLUMNS = ("section", "question", "text", "source")

# Five-year bands, cut where 0-15, 16-57 (women) and 16-62 (men) begin and end, so that the
# dependency ratio is computable; 15 with 16-19, 55-57 with 58-59 and 60-62 with 63-64 make the
# five-year bands again that the forecast by ages needs.
BANDS = ("0-4", "5-9", "10-14", "15", "16-19", "20-24", "25-29", "30-34", "35-39", "40-44",
         "45-49", "50-54", "55-57", "58-59", "60-62", "63-64", "65-69", "70-74", "75-79", "80+")
BANDED = ("population.total",)


@dataclass(frozen=True)
class WideRow:
    """A row of a section sheet; ``kind`` is head, total, sex, age, village, item or free.

    A ``head`` only carries the name of an indicator that has no total.
    """

    indicator: str
    kind: str = "total"
    sex: str = ""
    age: str = ""
    village: str = ""
    item: str = ""

    @property
    def key(self) -> str:
        """What column A holds.

        >>> WideRow("population.total", "age", sex="f", age="0-4").key
        'population.total|f|0-4||'
        """
        if self.kind == "head":
            return ""
        return "|".join((self.indicator, self.sex, self.age, self.village, self.item))


def parse_key(text: str, indicators: Collection[str]) -> tuple[str, str, str, str, str] | None:
    """The five parts of a row key, or None where the text is no key of a known indicator.

    >>> parse_key("population.total|f|||", {"population.total"})
    ('population.total', 'f', '', '', '')
    """
    parts = [part.strip() for part in text.split("|")]
    if len(parts) != 5 or parts[0] not in indicators:
        return None
    return parts[0], parts[1], parts[2], parts[3], parts[4]


def list_wide_rows(
    indicator: Indicator,
    codes: Mapping[str, Mapping[str, Any]],
    *,
    villages: Sequence[str] = (),
    items: Sequence[str] = (),
) -> Iterator[WideRow]:
    """The rows of an indicator: total, sexes, ages, villages, items.

    ``items`` are the codes already in use of an indicator with a free list; empty rows follow them.
    Crossings other than sex by age of the population stand on the sheet ``observations``.
    """
    ident = indicator.id
    yield WideRow(ident, "head" if indicator.item_required else "total")
    if not indicator.item_required:
        yield from _list_parts(indicator, villages)
    if "item" not in indicator.dims:
        return
    known = codes.get(indicator.items)
    for code in items if known is None else known:
        yield WideRow(ident, "item", item=code)
    if known is None:
        for _ in range(FREE_ROWS):
            yield WideRow(ident, "free", item=ANY_ITEM)


def _list_parts(indicator: Indicator, villages: Sequence[str]) -> Iterator[WideRow]:
    ident = indicator.id
    if "sex" in indicator.dims:
        for sex in ("f", "m"):
            yield WideRow(ident, "sex", sex=sex)
    if ident in BANDED:
        for sex in ("f", "m"):
            for band in BANDS:
                yield WideRow(ident, "age", sex=sex, age=band)
    if "village" in indicator.dims:
        for village in villages:
            yield WideRow(ident, "village", village=village)


def list_sheet_names(registers: Collection[str], sections: Sequence[str]) -> list[str]:
    """Every sheet a person sees, in the order of the workbook."""
    return [GUIDE, PASSPORT, *sections, OBSERVATIONS, *registers, EXPERT]


def is_note_key(text: str) -> bool:
    """Whether the key of a row on the sheet ``expert`` names a note of a section.

    >>> is_note_key("note|population|ky|1"), is_note_key("answer|population|pop-1")
    (True, False)
    """
    parts = text.split("|")
    return parts[0] == "note" and len(parts) == 4 and parts[1] in RESULT_SECTIONS

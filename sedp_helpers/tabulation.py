"""The figures of a section as tables: those that matter most in the text, all others folded.

The body holds what every municipality must have and what the guiding questions ask for; the rest
and the parts of every indicator stand in a fold, on paper in the annex. What has no figure and no
question has named yet is listed with where to get it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sedp_helpers.blocks import Block, Box, Fold, Heading, Listing, Table
from sedp_helpers.frame import open_answerer
from sedp_helpers.present.questions import find_section_gaps
from sedp_helpers.present.tables import list_missing, tabulate_indicators, tabulate_parts
from sedp_helpers.section import PARTS, Section


@PARTS.register("figures")
def figures(section: Section, ids: list[str] | None) -> list[Block]:
    """The figures of the section; a table among the blocks is what an expert gets as a frame."""
    wanted = ids or section.indicators
    main = wanted if ids else list(_pick_main(section, wanted))
    table = tabulate_indicators(section.viewer, main)
    blocks: list[Block] = []
    if table is not None:
        blocks.append(_named(section, table, "table_caption", "figures"))
    blocks += _fold_rest(section, [i for i in wanted if i not in main], wanted)
    missing = list_missing(section.viewer, _find_unnamed(section, wanted))
    if missing:
        blocks.append(Box((Listing(tuple(missing)),), "missing",
                          section.furniture["labels"]["missing"]))
    heading = Heading(2, section.furniture["labels"]["figures"], f"{section.name}-table")
    return [heading, *blocks] if blocks else []


def _pick_main(section: Section, wanted: Iterable[str]) -> Iterable[str]:
    """Indicators of the first tier and the figures that the section's questions ask for."""
    catalog = section.desk.catalog
    asked = {ident for question in catalog.questions.get(section.name, ())
             for ident in question["needs"]}
    for ident in wanted:
        spec = catalog.indicators.get(ident)
        if ident in asked or (spec is not None and spec.tier == 1):
            yield ident


def _fold_rest(section: Section, rest: list[str], wanted: list[str]) -> list[Block]:
    observed = [ident for ident in wanted if ident in section.desk.catalog.indicators]
    tables = [
        _named(section, table, caption, anchor)
        for table, caption, anchor in (
            (tabulate_indicators(section.viewer, rest), "rest_caption", "rest"),
            (tabulate_parts(section.viewer, observed), "detail_caption", "detail"))
        if table is not None]
    title = section.furniture["labels"]["annex_caption"].format(section=section.title)
    return [Fold(title, tuple(tables))] if tables else []


def _named(section: Section, table: Table, caption: str, anchor: str) -> Table:
    text = section.furniture["labels"][caption].format(section=section.title)
    return replace(table, caption=text, anchor=f"{section.name}-{anchor}")


def _find_unnamed(section: Section, wanted: Iterable[str]) -> list[str]:
    """Expected indicators without a figure that no question has named as missing."""
    book, catalog = section.book, section.desk.catalog
    told = find_section_gaps(open_answerer(section), section.name)
    expected = [ident for ident in wanted if (spec := catalog.indicators.get(ident))
                and spec.tier <= 2 and spec.exists_at == "municipality"]
    return [ident for ident in expected if ident not in told and not book.items(ident)
            and not book.series(ident, until=book.base_year)]

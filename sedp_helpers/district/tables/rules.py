"""The rules of the district with their verdicts (R-40 … R-48)."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.district.findings import list_verdicts
from sedp_helpers.district.sight import Sight
from sedp_helpers.present.tables_process import say_verdict


def tabulate_rules(sight: Sight) -> Table:
    """One row a rule: what it says, its verdict and why."""
    catalog, language = sight.data.catalog, sight.language
    words = catalog.words("programme", language)
    texts = {language: catalog.words("district_findings", language)}
    rows = tuple(
        (Cell(one.rule), Cell(catalog.rules[one.rule]["title"].get(language)),
         Cell(words["verdicts"][one.verdict]), Cell(say_verdict(one, texts, language)[0]))
        for one in list_verdicts(sight.data))
    columns = (Column(words["rule"]), Column(words["says"], wide=True), Column(words["verdict"]),
               Column(words["why"], wide=True))
    return Table(sight.words["tables"]["rules"], columns, rows)

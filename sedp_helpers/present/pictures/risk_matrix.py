"""How likely a kind of risk is against what it would cost."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.language import get_setting
from sedp_helpers.present.book import Entry
from sedp_helpers.present.charts.matrix import MatrixData, Risk
from sedp_helpers.present.pictures.base import Picture, Viewer

MILLION = 1e6  # the axis of losses counts in millions


def view_risk_matrix(viewer: Viewer, ident: str, *, probability: str) -> Picture:
    """Kinds of risk of the base year; a cost is low up to a third of the dearest, high from two."""
    losses = {e.item: e for e in _base(viewer, ident, "registered")}
    chances = {e.item: e for e in _base(viewer, probability)}
    risks, rows = [], []
    for item, chance in chances.items():
        loss = losses.get(item)
        name = viewer.wording.item_name(ident, item)
        known = chance.value / 100 if chance.known else None
        cost = loss.value / MILLION if loss is not None and loss.known else None
        printed = filter(None, (viewer.wording.amount(e) for e in (chance, loss) if e))
        risks.append(Risk(name, known, cost, " · ".join(printed)))
        rows.append((Cell(name), viewer.cell(chance), viewer.cell(loss)))
    dearest = max((risk.impact or 0.0 for risk in risks), default=0.0)
    columns = (
        Column(viewer.head("item")),
        *(Column(viewer.wording.name(i), viewer.unit_of(i), True) for i in (probability, ident)),
    )
    millions = get_setting(viewer.wording.language, "money.million").format("").strip()
    words = {
        "probability": viewer.wording.name(probability),
        "impact": f"{viewer.wording.name(ident)}, {millions}",
    }
    return Picture(
        "matrix",
        MatrixData(tuple(risks), (dearest / 3, dearest * 2 / 3)),
        Table("", columns, tuple(rows)),
        empty=not any(risk.probability is not None and risk.impact for risk in risks),
        unit=viewer.unit_of(ident),
        words=words,
    )


def _base(viewer: Viewer, ident: str, method: str = "") -> list[Entry]:
    return [
        e
        for e in viewer.book.entries(ident, method=method, item=None)
        if e.item and e.year == viewer.book.base_year
    ]

"""What residents said: problems by votes, and the institutions around them."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.charts.bars import BarsData, BarSeries
from sedp_helpers.present.charts.influence import Body, InfluenceData
from sedp_helpers.present.pictures.base import Picture
from sedp_helpers.present.records import DASH, Files
from sedp_helpers.process.cells import number_of

MOST_PROBLEMS = 13
VOTES = "participation.votes"


def view_votes(files: Files) -> Picture:
    """Problems by votes with the village and the group that named them, most votes first."""
    words, found = files.words, []
    for one in files.rows("problems"):
        entry = files.entry(VOTES, str(one["id"]))
        if entry is not None and entry.known:
            found.append((entry, files.text(one, "problem"), files.village(one),
                          files.text(one, "group")))
    found.sort(key=lambda row: -row[0].value)
    shown = found[:MOST_PROBLEMS]
    names = tuple(problem for _, problem, _, _ in shown)
    entries = [entry for entry, *_ in shown]
    series = BarSeries(words["votes"], files.viewer.values(entries), files.viewer.labels(entries))
    rows = tuple((Cell(problem), Cell(village), Cell(group), files.viewer.cell(entry))
                 for entry, problem, village, group in found)
    columns = (Column(words["problem"]), Column(words["village"]), Column(words["group"]),
               Column(words["votes"], "", True))
    return Picture("bars", BarsData(names, (series,), horizontal=True),
                   Table("", columns, rows), empty=not found)


def view_institutions(files: Files) -> Picture:
    """Institutions by importance and tie to residents, as people drew them."""
    words, records = files.words, files.rows("institutions")
    names = [files.text(one, "name") for one in records]
    bodies, rows = [], []
    for one, name in zip(records, names):
        relation = str(one.get("relation") or "none")
        said = files.code("relations", relation)
        importance = number_of(one, "importance")
        linked = [part.strip() for part in str(one.get("linked_to") or "").split(";")]
        links = tuple(i for i, other in enumerate(records)
                      if other.get("name") in linked or names[i] in linked)
        bodies.append(Body(name, importance, relation, said, links))
        weight = DASH if importance is None else f"{importance:g}"
        rows.append((Cell(name), Cell(weight), Cell(said)))
    columns = (Column(words["institution"]), Column(words["importance"], "", True),
               Column(words["relation"]))
    return Picture("influence", InfluenceData(tuple(bodies)), Table("", columns, tuple(rows)),
                   empty=not bodies, words={"centre": words["residents"]})

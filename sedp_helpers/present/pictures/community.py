"""What residents said: problems by votes, causes and effects, institutions, who was heard."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.present.charts.bars import BarsData, BarSeries
from sedp_helpers.present.charts.dots import DotRow, DotsData
from sedp_helpers.present.charts.influence import Body, InfluenceData
from sedp_helpers.present.charts.resources import Resource, ResourcesData, Settlement
from sedp_helpers.present.charts.tree import Branch, TreeData, Trunk
from sedp_helpers.present.pictures.base import Picture
from sedp_helpers.present.records import DASH, Files
from sedp_helpers.process.cells import Record, number_of, text_of

MOST_PROBLEMS = 10
MOST_BRANCHES = 6
VOTES = "participation.votes"
HEARD, RESIDENTS = "participation.heard_pct", "participation.residents_pct"


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


def view_resources(files: Files) -> Picture:
    """What residents put on the map, village by village, with its kind and state."""
    kinds = list(files.viewer.wording.catalog.codes["resource_kinds"])
    found: dict[str, list[Resource]] = {}
    rows = []
    for one in files.rows("resources"):
        kind, state = text_of(one, "kind"), text_of(one, "condition")
        code, village = files.code("resource_kinds", kind), files.village(one) or DASH
        said = files.code("conditions", state) if state else ""
        name = files.text(one, "name") or code or DASH
        found.setdefault(village, []).append(
            Resource(name, kinds.index(kind) if kind in kinds else len(kinds) - 1, state,
                     "" if state == "good" else said))
        rows.append((Cell(village), Cell(code or DASH), Cell(name), Cell(said or DASH)))
    data = ResourcesData(tuple(Settlement(name, tuple(mine)) for name, mine in found.items()),
                         tuple(files.code("resource_kinds", kind) for kind in kinds))
    columns = tuple(Column(files.words[name])
                    for name in ("village", "resource_kind", "resource_names", "state"))
    return Picture("resources", data, Table("", columns, tuple(rows)), empty=not rows)


def view_tree(files: Files) -> Picture:
    """Causes and effects of the problems with most votes, and who can solve each (002)."""
    words, problems = files.words, {text_of(one, "id"): one for one in files.rows("problems")}
    found: dict[str, list[Record]] = {}
    for one in files.rows("causes"):
        found.setdefault(text_of(one, "problem"), []).append(one)
    ranked = sorted(found, key=lambda ident: -(number_of(problems.get(ident, {}), "votes") or 0.0))
    trunks, rows, left = [], [], MOST_BRANCHES
    for ident in ranked:
        problem = files.text(problems[ident], "problem") if ident in problems else ident
        branches = tuple(
            Branch(files.text(one, "cause") or DASH, files.text(one, "effect") or DASH,
                   files.code("solvable_by", one.get("solvable_by"))) for one in found[ident])
        rows += [(Cell(one.cause), Cell(problem), Cell(one.effect), Cell(one.solved))
                 for one in branches]
        if left >= len(branches):
            trunks.append(Trunk(problem, branches))
            left -= len(branches)
    columns = tuple(Column(words[name]) for name in ("cause", "problem", "effect", "solvable"))
    heads = {name: words[name] for name in ("cause", "problem", "effect")}
    return Picture("tree", TreeData(tuple(trunks)), Table("", columns, tuple(rows)),
                   empty=not trunks, words=heads)


def view_heard(files: Files) -> Picture:
    """Each group among residents (open dot) and among those heard (filled): who was missed."""
    viewer, words, rows, lines = files.viewer, files.words, [], []
    for heard in viewer.book.entries(HEARD, item=None):
        if not heard.known:
            continue
        share = files.entry(RESIDENTS, heard.item)
        known = share is not None and share.known
        name = viewer.wording.item_name(HEARD, heard.item)
        rows.append(DotRow(name, share.value if known and share else None, heard.value,
                           viewer.wording.number(share) if known and share else "",
                           viewer.wording.number(heard)))
        lines.append((Cell(name), viewer.cell(share), viewer.cell(heard)))
    columns = (Column(words["group"]), Column(words["residents_share"], "%", True),
               Column(words["heard"], "%", True))
    return Picture("dots", DotsData(tuple(rows)), Table("", columns, tuple(lines)),
                   empty=not rows, unit="%",
                   words={"first": words["residents_share"], "second": words["heard"]})

"""Where the municipality stands among its peers: sentences, and a table with the middle of each
group. A strength or weakness is told only where it holds under every way of choosing peers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sedp_helpers.blocks import Block, Cell, Column, Fold, Paragraph, Span, Table
from sedp_helpers.compare.figures import Measure
from sedp_helpers.compare.peers import MODELS
from sedp_helpers.compare.place import METHOD, NO_PANEL
from sedp_helpers.language import range_dash
from sedp_helpers.present.book import Entry
from sedp_helpers.present.hidden import mark_absent
from sedp_helpers.present.pictures import Viewer
from sedp_helpers.present.wording import MONEY

MOST_NAMED = 4  # measures named in a sentence; all stand in the table
VERDICTS = {1.0: "strength", 0.0: "middle", -1.0: "weakness"}
TOLD = ("strength", "weakness", "differs")


def tell_peers(viewer: Viewer, measures: Sequence[Measure], words: Mapping[str, Any],
               caption: str) -> list[Block]:
    """What the comparison found for some measures; nothing where the place has none of them."""
    compared = [m for m in measures if find_medians(viewer, m)]
    if not compared:
        return _tell_missing(viewer, measures, words)
    kinds: dict[str, list[Measure]] = {}
    for measure in compared:
        kinds.setdefault(find_kind(viewer, measure), []).append(measure)
    told: list[Block] = [_tell_kind(viewer, kind, kinds[kind], words)
                         for kind in TOLD if kind in kinds]
    if not told and "middle" in kinds:
        told = [Paragraph((Span(str(words["middle"])),), rule="peers_middle")]
    table = tabulate_peers(viewer, compared, words, caption)
    return [*told, Fold(caption, (table,))]


def _tell_missing(viewer: Viewer, measures: Sequence[Measure], words: Mapping[str, Any]
                  ) -> list[Block]:
    missing = {entry.missing for m in measures
               for entry in viewer.book.entries(f"{m.id}.peer_median", item=m.item, method=METHOD)}
    if not missing:
        return []
    key = "no_panel_brief" if NO_PANEL in missing else "no_peers"
    return [Paragraph((Span(str(words[key])),), "note", f"peers_{key}")]


def tell_no_panel(viewer: Viewer, measures: Sequence[Measure], words: Mapping[str, Any]
                  ) -> list[Block]:
    """That there are no comparison data and how to make them, where any comparison lacks them."""
    lacking = any(entry.missing == NO_PANEL for m in measures
                  for entry in viewer.book.entries(f"{m.id}.peer_median", item=m.item))
    return [Paragraph((Span(str(words["no_panel"])),), "missing", "peers_no_panel")
            ] if lacking else []


def find_medians(viewer: Viewer, measure: Measure) -> dict[str, Entry]:
    """Way of choosing peers -> their median, where there are enough of them."""
    entries = viewer.book.entries(f"{measure.id}.peer_median", item=measure.item)
    return {e.method: e for e in entries if e.known and e.method in MODELS}


def find_own(viewer: Viewer, measure: Measure, year: int | None) -> Entry | None:
    """The place's own figure of the year compared."""
    same = [e for e in viewer.book.entries(measure.id, item=measure.item) if e.year == year]
    return next((e for e in same if e.known), same[0] if same else None)


def find_kind(viewer: Viewer, measure: Measure) -> str:
    """strength · weakness · middle · differs; "" where nothing may be judged."""
    verdict = viewer.book.entries(f"{measure.id}.verdict", item=measure.item, method=METHOD)
    if verdict:
        return VERDICTS[verdict[0].value]
    held = viewer.book.entries(f"{measure.id}.models_hold", item=measure.item, method=METHOD)
    return "differs" if held else ""


def _tell_kind(viewer: Viewer, kind: str, measures: Sequence[Measure], words: Mapping[str, Any]
               ) -> Paragraph:
    spans = [Span(f"{words[kind]} ")]
    for place, measure in enumerate(measures[:MOST_NAMED]):
        spans += [Span("; ")] if place else []
        spans += _name(viewer, measure, words)
    rest = len(measures) - MOST_NAMED
    spans.append(Span(str(words["rest"]).format(n=rest) if rest > 0 else "."))
    return Paragraph(tuple(spans), rule=f"peers_{kind}")


def _name(viewer: Viewer, measure: Measure, words: Mapping[str, Any]) -> list[Span]:
    """«Name — own figure (their median: lowest–highest of the ways)»."""
    medians = sorted(find_medians(viewer, measure).values(), key=lambda entry: entry.value)
    own = find_own(viewer, measure, medians[0].year)
    return [Span(f"{name_measure(viewer, measure)} — "),
            Span(viewer.wording.amount(own), own.value, own.key) if own and own.known
            else Span(mark_absent(own)),
            Span(f" ({words['their_median']} "), *_write_range(viewer, medians[0], medians[-1]),
            Span(")")]


def _write_range(viewer: Viewer, low: Entry, high: Entry) -> list[Span]:
    """Two ends with the unit once, wherever it stands; one figure where both print the same, and
    each in full where they are written in thousands and in millions."""
    first, last = viewer.wording.phrase(low), viewer.wording.phrase(high)
    if first.figure == last.figure and first.after == last.after:
        return [Span(last.text, high.value, high.key)]
    before, ends, after = last.before, (first.figure, last.figure), last.after
    if low.unit == MONEY and first.after != last.after:
        before, ends, after = "", (first.text, last.text), ""
    return [Span(before), Span(ends[0], low.value, low.key),
            Span(range_dash(low.value, high.value, viewer.wording.language)),
            Span(ends[1], high.value, high.key), Span(after)]


def name_measure(viewer: Viewer, measure: Measure) -> str:
    """The name of a measure with its item."""
    name = viewer.wording.name(measure.id)
    if not measure.item:
        return name
    return f"{name}: {viewer.wording.item_name(measure.id, measure.item)}"


def tabulate_peers(viewer: Viewer, measures: Sequence[Measure], words: Mapping[str, Any],
                   caption: str) -> Table:
    """Own figure, the median of the peers by each way of choosing them, and what holds."""
    rows = []
    for measure in measures:
        medians = find_medians(viewer, measure)
        year = next(iter(medians.values())).year
        own = find_own(viewer, measure, year)
        kind = find_kind(viewer, measure)
        rows.append((
            Cell(f"{name_measure(viewer, measure)}, {viewer.unit_of(measure.id)}".rstrip(", ")),
            Cell(str(year)),
            viewer.cell(own) if own and own.known else Cell(mark_absent(own), style="muted"),
            *(_median(viewer, medians.get(model)) for model in MODELS),
            Cell(str(words["verdicts"][kind]) if kind else "")))
    columns = (Column(viewer.head("indicator"), wide=True), Column(str(words["year"])),
               Column(str(words["own"]), numeric=True),
               *(Column(str(words["models"][model]), numeric=True) for model in MODELS),
               Column(str(words["verdict"])))
    return Table(caption, columns, tuple(rows), notes=tuple(words["notes"]))


def _median(viewer: Viewer, entry: Entry | None) -> Cell:
    return viewer.cell(entry) if entry else Cell(mark_absent(None), style="muted", status="O")

"""The tables of the overview: a row a programme, measures counted, oblasts, the least complete."""

from __future__ import annotations

from collections.abc import Sequence

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compare.overview import (
    STATES,
    Programme,
    Summary,
    count_measures,
    find_identical,
    list_summaries,
    summarise,
)
from sedp_helpers.language import format_number

GAP = "…"
MOST_COUNTS, MOST_NAMED = 100, 5
COUNTED = {"section": "section", "goal": "goal", "group": "groups"}
KINDS = (*COUNTED, "identical")


class Overview:
    """The tables of an overview in one language."""

    def __init__(self, language: str) -> None:
        catalog = load_catalog()
        self.language = language
        self.words = catalog.words("district", language)
        self.sections = catalog.sections
        self.groups: dict[str, str] = catalog.words("hearing", language)["groups"]
        self.methods = self.words["forecast_methods"]
        self.som = catalog.units["som"]["short"].get(language)

    def head(self, key: str, unit: str = "", *, numeric: bool = False) -> Column:
        return Column(str(self.words["heads"][key]), unit, numeric)

    def number(self, value: float | None, decimals: int = 0) -> Cell:
        """A number of the table; a missing one is a gap, never zero."""
        if value is None:
            return Cell(GAP, style="muted", status="O")
        return Cell(format_number(value, self.language, decimals), value, decimals=decimals)

    def tabulate_rows(self, programmes: Sequence[Programme], title: str) -> Table:
        """One row a programme."""
        columns = (
            self.head("oblast"),
            self.head("district"),
            self.head("member"),
            self.head("state"),
            self.head("years"),
            self.head("people", numeric=True),
            self.head("sections_there", numeric=True),
            self.head("filled", "%", numeric=True),
            self.head("must", "%", numeric=True),
            self.head("errors", numeric=True),
            self.head("warnings", numeric=True),
            self.head("rules_kept", numeric=True),
            self.head("rules_broken", numeric=True),
            self.head("hearing"),
            self.head("approved"),
            self.head("women", "%", numeric=True),
            self.head("answered_share", "%", numeric=True),
            self.head("measures", numeric=True),
            self.head("cost", self.som, numeric=True),
            self.head("funded", self.som, numeric=True),
            self.head("funded_pct", "%", numeric=True),
            self.head("open", self.som, numeric=True),
            self.head("per_resident", self.som, numeric=True),
            self.head("method"),
        )
        return Table(
            title,
            columns,
            tuple(self._row(one) for one in programmes),
            notes=(str(self.words["overview"]["no_sum"]),),
        )

    def _row(self, one: Programme) -> tuple[Cell, ...]:
        return (
            Cell(one.oblast or GAP),
            Cell(one.district or GAP),
            Cell(one.name),
            Cell(str(self.words["states"][one.state])),
            Cell(f"{one.start}–{one.end}"),
            self.number(one.population),
            self.number(one.sections),
            self.number(one.filled_pct),
            self.number(one.must_pct),
            self.number(one.errors),
            self.number(one.warnings),
            self.number(one.kept),
            self.number(one.broken),
            Cell(one.hearing or GAP),
            Cell(one.approved or GAP),
            self.number(one.women_pct),
            self.number(one.answered_pct),
            self.number(one.measures),
            self.number(one.cost),
            self.number(one.funded),
            self.number(one.funded_pct),
            self.number(one.gap),
            self.number(one.per_resident),
            Cell(self.methods.get(one.method, GAP)),
        )

    def tabulate_counts(
        self, programmes: Sequence[Programme], kind: str, most: int = MOST_COUNTS
    ) -> Table:
        """Measures by section, goal or group, or those with the same words: counted, no money."""
        same = kind == "identical"
        found = find_identical(programmes) if same else count_measures(programmes, COUNTED[kind])
        names = {one.id: one.name for one in programmes}
        rows = tuple(
            (
                Cell(self._name(kind, one.key)),
                self.number(one.measures),
                self.number(len(one.ids)),
                *([Cell(self._who([names[i] for i in one.ids]))] if same else []),
            )
            for one in found[:most]
        )
        columns = (
            Column(str(self.words["overview"]["counted"][kind]), wide=True),
            self.head("measures", numeric=True),
            self.head("programmes", numeric=True),
            *([Column(self.head("member").title, wide=True)] if same else []),
        )
        return Table(str(self.words["overview"][f"by_{kind}"]), columns, rows)

    def _name(self, kind: str, key: str) -> str:
        """The words of a section and of a group that is known; goals, measures and other groups are
        as they were typed."""
        if kind != "section":
            return self.groups.get(key, key) if kind == "group" else key
        return next((one.title.get(self.language) for one in self.sections if one.id == key), key)

    def _who(self, names: Sequence[str]) -> str:
        rest = len(names) - MOST_NAMED
        more = [str(self.words["and_more"]).format(n=rest)] if rest > 0 else []
        return ", ".join([*names[:MOST_NAMED], *more])

    def tabulate_oblasts(self, programmes: Sequence[Programme]) -> Table:
        """One row an oblast and one for all: counts only, no money."""
        columns = (
            self.head("oblast"),
            self.head("programmes", numeric=True),
            *(Column(str(self.words["states"][state]), numeric=True) for state in STATES),
            self.head("filled_median", "%", numeric=True),
            self.head("with_plan", numeric=True),
            self.head("with_errors", numeric=True),
        )
        rows = [self._summary(one) for one in list_summaries(programmes)]
        whole = self._summary(summarise(programmes, str(self.words["overview"]["total"])))
        return Table(
            str(self.words["overview"]["by_oblast"]),
            columns,
            (*rows, whole),
            notes=(str(self.words["overview"]["no_sum"]),),
        )

    def _summary(self, one: Summary) -> tuple[Cell, ...]:
        return (
            Cell(one.name or str(self.words["overview"]["without"])),
            self.number(one.programmes),
            *(self.number(one.states[s]) for s in STATES),
            self.number(one.filled_median),
            self.number(one.with_plan),
            self.number(one.with_errors),
        )

    def tabulate_stragglers(self, programmes: Sequence[Programme]) -> Table:
        """Where help is needed first: the least complete data."""
        columns = (
            self.head("oblast"),
            self.head("district"),
            self.head("member"),
            self.head("state"),
            self.head("filled", "%", numeric=True),
            self.head("errors", numeric=True),
        )
        rows = tuple(
            (
                Cell(one.oblast or GAP),
                Cell(one.district or GAP),
                Cell(one.name),
                Cell(str(self.words["states"][one.state])),
                self.number(one.filled_pct),
                self.number(one.errors),
            )
            for one in programmes
        )
        return Table(str(self.words["overview"]["stragglers"]), columns, rows)

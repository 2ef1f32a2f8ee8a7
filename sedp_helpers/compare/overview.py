"""One row per programme for a ministry or a donor: how far it is and how complete its data are.

Programmes stand side by side; their money is never added up (R-40), and real ones never stand in
one table with samples.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

STATES = ("draft", "hearing", "council", "approved")
NUMBERS = (
    "population",
    "filled",
    "expected",
    "errors",
    "warnings",
    "measures",
    "cost",
    "funded",
    "gap",
)


@dataclass(frozen=True)
class Programme:
    """What is known of a programme; None = no figure, shown as a gap and never as zero."""

    id: str
    name: str
    district: str
    oblast: str
    state: str
    base_year: int
    sample: bool
    hearing: str = ""
    approved: str = ""
    population: float | None = None
    filled: float | None = None
    expected: float | None = None
    errors: float | None = None
    warnings: float | None = None
    measures: float | None = None
    cost: float | None = None
    funded: float | None = None
    gap: float | None = None
    sections: float | None = None  # of the eight, with any figure
    must_pct: float | None = None  # of the figures no programme can do without
    kept: float | None = None  # rules of the process
    broken: float | None = None
    women_pct: float | None = None
    answered_pct: float | None = None
    method: str = ""  # how the number of residents was forecast
    start: str = ""
    end: str = ""
    plan: tuple[Mapping[str, str], ...] = ()  # section, goal, groups and measure of each measure

    @property
    def per_resident(self) -> float | None:
        """Cost of the plan in som a resident."""
        return self.cost / self.population if self.cost is not None and self.population else None

    @property
    def filled_pct(self) -> float | None:
        """Filled of the expected indicators, in per cent."""
        if self.filled is None or not self.expected:
            return None
        return 100 * self.filled / self.expected

    @property
    def funded_pct(self) -> float | None:
        """Money found of the cost of the plan, in per cent."""
        return 100 * self.funded / self.cost if self.funded is not None and self.cost else None


@dataclass(frozen=True)
class Summary:
    """The programmes of one oblast (or of all, ``name`` empty)."""

    name: str
    programmes: int
    states: Mapping[str, int]
    filled_median: float | None
    with_plan: int
    with_errors: int


def split_kinds(programmes: Iterable[Programme]) -> tuple[list[Programme], list[Programme]]:
    """Real programmes and samples, each in order of oblast, district and name."""
    ordered = sorted(programmes, key=lambda one: (one.oblast, one.district, one.name, one.id))
    return [p for p in ordered if not p.sample], [p for p in ordered if p.sample]


def summarise(programmes: Sequence[Programme], name: str = "") -> Summary:
    """Counts of a group of programmes and the median of how far their data are filled in."""
    shares = sorted(p.filled_pct for p in programmes if p.filled_pct is not None)
    middle = len(shares) // 2
    median = None
    if shares:
        median = shares[middle] if len(shares) % 2 else (shares[middle - 1] + shares[middle]) / 2
    return Summary(
        name,
        len(programmes),
        {state: sum(p.state == state for p in programmes) for state in STATES},
        median,
        sum(bool(p.measures) for p in programmes),
        sum(bool(p.errors) for p in programmes),
    )


def list_summaries(programmes: Sequence[Programme]) -> list[Summary]:
    """One summary an oblast, in order of name."""
    names = sorted({p.oblast for p in programmes})
    return [summarise([p for p in programmes if p.oblast == name], name) for name in names]


def list_stragglers(programmes: Sequence[Programme], count: int) -> list[Programme]:
    """The programmes with the least complete data first; those without any figure lead, those that
    are complete and without errors are left out."""
    late = [p for p in programmes if p.filled_pct is None or p.filled_pct < 100 or p.errors]
    return sorted(late, key=lambda p: (p.filled_pct is not None, p.filled_pct or 0.0, p.id))[:count]


# ---- measures over programmes: counted, never added up -----------------------------------
@dataclass(frozen=True)
class Count:
    """How many measures of how many programmes share a text or code; ``ids`` in order."""

    key: str
    measures: int
    ids: tuple[str, ...]


def count_measures(programmes: Iterable[Programme], column: str) -> list[Count]:
    """Measures by section, goal or group (several in a cell by «;»), the most frequent first."""
    found: dict[str, list[str]] = {}
    shown: dict[str, str] = {}
    for one in programmes:
        for row in one.plan:
            for part in dict.fromkeys(split_cell(row.get(column, ""))):
                key = fold_text(part)
                shown.setdefault(key, part)
                found.setdefault(key, []).append(one.id)
    counts = [Count(shown[key], len(ids), tuple(dict.fromkeys(ids))) for key, ids in found.items()]
    return sorted(counts, key=lambda one: (-one.measures, one.key))


def find_identical(programmes: Iterable[Programme]) -> list[Count]:
    """Measures with the same wording in several programmes, the most widespread first.

    Capital letters, spaces and the full stop make no difference.
    """
    found: dict[str, list[str]] = {}
    shown: dict[str, str] = {}
    for one in programmes:
        for row in one.plan:
            key = fold_text(row.get("measure", ""))
            if key:
                shown.setdefault(key, row["measure"].strip())
                found.setdefault(key, []).append(one.id)
    counts = [Count(shown[key], len(ids), tuple(dict.fromkeys(ids))) for key, ids in found.items()]
    same = [one for one in counts if len(one.ids) > 1]
    return sorted(same, key=lambda one: (-len(one.ids), one.key))


def split_cell(text: str) -> list[str]:
    """
    >>> split_cell("women; youth;")
    ['women', 'youth']
    """
    return [part.strip() for part in text.split(";") if part.strip()]


def fold_text(text: str) -> str:
    """
    >>> fold_text("  Repair  the road. ")
    'repair the road'
    """
    return " ".join(text.casefold().split()).rstrip(".")

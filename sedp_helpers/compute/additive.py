"""Which counts add up to which: the sums by which a reader could win back a hidden count.

Each sum is one linear equation over the cells of an indicator and year (a cell = sex, age,
village, item). Cells that nobody printed take part as unknowns, because a reader can reason over
them as well. Nothing here decides what is hidden, and nothing reads a frame or a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations

import numpy as np

from sedp_helpers.compute.facts import Key, chain_ages, read_band
from sedp_helpers.models import DIMS, Indicator

Equation = frozenset[Key]  # a total and its parts, or the parts of a number known elsewhere
AGE = DIMS.index("age")


def list_equations(spec: Indicator, cells: Mapping[Key, float | None]) -> list[Equation]:
    """All sums over the printed cells of one indicator and year; None = typed as missing.

    A dimension that the catalogue does not add up (overlapping categories) makes a sum only
    where its parts happen to add up exactly, because then a reader may subtract all the same.
    """
    found: dict[Equation, None] = {}
    lattice = widen(spec, cells)
    names = _name_values(lattice, set(spec.of_which))
    for parent in sorted(lattice):
        for index, dim in enumerate(DIMS):
            if parent[index] and index != AGE:
                continue
            values = names.get((index, _place(parent, index, "")), set())
            for parts in list_partitions(parent, index, values):
                if dim in spec.adds_over or adds_up(cells, parent, parts):
                    found[frozenset({parent, *parts})] = None
    return list(found)


def widen(spec: Indicator, cells: Iterable[Key]) -> set[Key]:
    """The cells and every total over additive dimensions above them, printed or not."""
    free = [index for index, dim in enumerate(DIMS) if dim in spec.adds_over]
    subsets = [set(s) for size in range(len(free) + 1) for s in combinations(free, size)]
    return {
        ("" if 0 in s else sex, "" if 1 in s else age, "" if 2 in s else village,
         "" if 3 in s else item)
        for sex, age, village, item in cells
        for s in subsets
    }


def _name_values(cells: Iterable[Key], left_out: set[str]) -> dict[tuple[int, Key], set[str]]:
    """The values that a dimension takes below a cell: (dimension, cell) -> values."""
    names: dict[tuple[int, Key], set[str]] = {}
    for key in cells:
        for index, value in enumerate(key):
            if value and value not in left_out:
                names.setdefault((index, _place(key, index, "")), set()).add(value)
    return names


def list_partitions(parent: Key, index: int, names: set[str]) -> Iterator[list[Key]]:
    """The ways in which a cell is split over one dimension into cells of these values."""
    if index == AGE:
        low, high = read_band(parent[AGE]) if parent[AGE] else (0, None)
        for chain in list_chains(frozenset(names - {parent[AGE]}), low, high):
            yield [_place(parent, index, band) for band in chain]
    elif names and (DIMS[index] != "sex" or names == {"f", "m"}):
        yield [_place(parent, index, name) for name in sorted(names)]


@lru_cache(maxsize=1024)
def list_chains(bands: frozenset[str], low: int, high: int | None) -> list[list[str]]:
    """Rows of age bands that cover an age range, together using every band that can take part.

    >>> list_chains(frozenset({"0-4", "5-9", "0-9", "10+"}), 0, None)
    [['0-9', '10+'], ['0-4', '5-9', '10+']]
    """
    limits = {band: read_band(band) for band in sorted(bands)}
    inside = {band for band, (first, last) in limits.items()
              if first >= low and (high is None or (last is not None and last <= high))}
    chains: dict[tuple[str, ...], None] = {}
    left = set(inside)
    while left:
        band = min(left)
        first, last = limits[band]
        before = chain_ages(inside, low, first - 1) if first > low else []
        after = [] if last == high else chain_ages(inside, (last or first) + 1, high)
        left.discard(band)
        if before is not None and after is not None:
            chains[(*before, band, *after)] = None
            left -= {*before, *after}
    return sorted((list(chain) for chain in chains), key=len)


def adds_up(cells: Mapping[Key, float | None], parent: Key, parts: list[Key]) -> bool:
    """Whether printed parts are exactly the printed total."""
    values = [value for part in parts if (value := cells.get(part)) is not None]
    total = cells.get(parent)
    return total is not None and len(values) == len(parts) and abs(sum(values) - total) < 0.5


def _place(key: Key, index: int, value: str) -> Key:
    return (*key[:index], value, *key[index + 1 :])  # type: ignore[return-value]


class Knowledge:
    """What a reader can work out about unknown cells from a set of sums."""

    def __init__(self, unknown: Iterable[Key], equations: Iterable[Equation]) -> None:
        self.names = sorted(unknown)
        self._at = {key: column for column, key in enumerate(self.names)}
        rows = {tuple(sorted(self._at[k] for k in e if k in self._at)) for e in equations}
        matrix = np.zeros((len(rows), len(self.names)))
        for row, columns in enumerate(sorted(rows)):
            matrix[row, list(columns)] = 1.0
        self._rows, self._pivots = reduce_rows(matrix)

    def tells(self, keys: Iterable[Key]) -> bool:
        """Whether the sum of these cells can be worked out; cells that are printed do not count."""
        wanted = np.zeros(len(self.names))
        for key in keys:
            if key in self._at:
                wanted[self._at[key]] = 1.0
        wanted = wanted - wanted[self._pivots] @ self._rows  # a pivot stands in its own row only
        return bool(np.all(np.abs(wanted) < 1e-9))


def reduce_rows(matrix: np.ndarray) -> tuple[np.ndarray, list[int]]:
    """The reduced echelon form (rows that say something) and its pivot columns.

    >>> reduce_rows(np.array([[1.0, 1.0], [1.0, 0.0]]))[1]
    [0, 1]
    """
    work, pivots, row = matrix.astype(float).copy(), [], 0
    for column in range(work.shape[1]):
        if row == work.shape[0]:
            break
        best = row + int(np.argmax(np.abs(work[row:, column])))
        if abs(work[best, column]) < 1e-9:
            continue
        work[[row, best]] = work[[best, row]]
        work[row] /= work[row, column]
        factors = work[:, column].copy()
        factors[row] = 0.0
        work -= np.outer(factors, work[row])
        pivots.append(column)
        row += 1
    return work[:row], pivots

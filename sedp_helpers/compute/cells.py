"""The rows of observations by indicator, year and key, arranged where they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from operator import itemgetter

import numpy as np
import pandas as pd

from sedp_helpers.models import DIMS

Key = tuple[str, str, str, str]  # sex, age, village, item
Years = dict[int, dict[Key, tuple[float, str]]]  # year -> key -> value, status


@cache
def pick_dims(places: tuple[int, ...]) -> Callable[[Key], object]:
    """What gives the values of a key at some places.

    >>> pick_dims((0, 3))(("f", "", "", "study"))
    ('f', 'study')
    """
    return itemgetter(*places) if places else lambda key: ""


class Cells(Mapping[str, Years]):
    """Indicator -> its rows; nothing for an unknown one. Of two rows with one key the last stands.

    Whoever checks a municipality asks for a few indicators of a hundred: each is arranged when it
    is first asked for.
    """

    def __init__(self, observations: pd.DataFrame) -> None:
        codes, names = pd.factorize(observations["indicator"].to_numpy(dtype=object))
        order, ends = np.argsort(codes, kind="stable"), np.cumsum(np.bincount(codes)).tolist()
        self._rows = {str(name): order[start:end]
                      for name, start, end in zip(names, [0, *ends], ends)}
        self._observations = observations
        self._made: dict[str, Years] = {}

    def __getitem__(self, indicator: str) -> Years:
        if indicator not in self._made:
            years, keys, entries = self._columns
            found: Years = {}
            for row in self._rows[indicator].tolist() if indicator in self._rows else ():
                found.setdefault(years[row], {})[keys[row]] = entries[row]
            self._made[indicator] = found
        return self._made[indicator]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, indicator: object) -> bool:
        return indicator in self._rows

    @cached_property
    def _columns(self) -> tuple[list[int], list[Key], list[tuple[float, str]]]:
        """The year, the key, and the value with its status of every row."""
        lists = {name: self._observations[name].tolist()
                 for name in ("year", *DIMS, "value", "status")}
        statuses = [status or "A" for status in lists["status"]]
        return ([*map(int, lists["year"])], [*zip(*(lists[dim] for dim in DIMS))],
                [*zip(lists["value"], statuses)])

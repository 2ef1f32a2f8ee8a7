"""What a notebook looks at, remembered, so that it is executed again only where that has changed.

Every thing that can be looked at has a name in one set (``ResultBook.read``): a result by its id,
``register:plan``, ``observation:budget.debt``, ``note:population``, ``words:population``,
``findings`` (all) or ``findings:population`` and ``as_of`` (the day that «today» stands for).
``publish.slices`` makes a hash of each under the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from sedp_helpers.compute.facts import Facts, Key
from sedp_helpers.models import Indicator


class WatchedTables(dict[str, Any]):
    """Registers or notes by name; whoever asks for one is noted, also where there is none."""

    def __init__(self, tables: Mapping[str, Any], read: set[str], kind: str) -> None:
        super().__init__(tables)
        self._read, self._kind = read, kind

    def _note(self, name: object) -> None:
        self._read.add(f"{self._kind}:{name}")

    def __getitem__(self, name: str) -> Any:
        self._note(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self._note(name)
        return super().__contains__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self._note(name)
        return super().get(name, default)

    def items(self) -> Any:
        for name in self:
            self._note(name)
        return super().items()

    def values(self) -> Any:
        for name in self:
            self._note(name)
        return super().values()


class WatchedFacts(Facts):
    """Observations; every indicator that is asked for is noted, known or not."""

    def __init__(self, observations: pd.DataFrame, indicators: Mapping[str, Indicator],
                 villages: Iterable[str], read: set[str]) -> None:
        super().__init__(observations, indicators, villages)
        self._read = read

    def _note(self, indicator: str) -> None:
        self._read.add(f"observation:{indicator}")

    def years(self, indicator: str) -> list[int]:
        self._note(indicator)
        return super().years(indicator)

    def has(self, indicator: str) -> bool:
        self._note(indicator)
        return super().has(indicator)

    def keys(self, indicator: str, year: int) -> Iterable[Key]:
        self._note(indicator)
        return super().keys(indicator, year)

    def at(self, indicator: str, year: int, key: Key) -> Any:
        self._note(indicator)
        return super().at(indicator, year, key)

    def ages(self, indicator: str, year: int, low: int, high: int | None, **dims: str) -> Any:
        self._note(indicator)
        return super().ages(indicator, year, low, high, **dims)

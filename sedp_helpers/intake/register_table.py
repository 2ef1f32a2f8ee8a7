"""The registers of a municipality as lists of plain values, and as frames for those who ask.

Why: a municipality has three dozen tables of a few rows each; most of them are only looked
through, and a frame costs more than all that is done with its rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd


class Letters(dict[str, str]):
    """Column -> its letter in the file.

    Pandas copies ``attrs`` deeply with every selection of rows; nobody changes these letters, so
    one object serves all copies.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> Letters:
        return self


class RegisterTable:
    """``columns``: name -> cells; ``kinds``: name -> str (texts, empty for none), float64 (NaN for
    none) or object (True, False, None); ``places``: column -> its letter in the file."""

    def __init__(self, columns: Mapping[str, list[Any]], kinds: Mapping[str, str],
                 places: Mapping[str, str]) -> None:
        self.columns, self.kinds, self.places = columns, kinds, Letters(places)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """All texts are made one array first, which is cut into columns."""
        names = [name for name, kind in self.kinds.items() if kind == "str"]
        length = len(self)
        texts = pd.array([cell for name in names for cell in self.columns[name]], dtype="str")
        made = {name: texts[place * length:(place + 1) * length]
                for place, name in enumerate(names)}
        frame = pd.DataFrame({name: made[name] if name in made
                              else np.array(self.columns[name], dtype=kind)
                              for name, kind in self.kinds.items()}, copy=False)
        frame.attrs["places"] = self.places
        return frame

    @cached_property
    def records(self) -> list[dict[str, Any]]:
        """The rows; nobody may change them."""
        titles = [*self.columns]
        return [dict(zip(titles, row)) for row in zip(*self.columns.values())]

    def __len__(self) -> int:
        return len(self.columns["origin"])


class Registers(Mapping[str, pd.DataFrame]):
    """Registers by name: a mapping of frames, each made when it is first asked for."""

    def __init__(self) -> None:
        self.tables: dict[str, RegisterTable] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name].frame

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    def __len__(self) -> int:
        return len(self.tables)

    def __contains__(self, name: object) -> bool:
        return name in self.tables


def wrap_frame(frame: pd.DataFrame) -> RegisterTable:
    """A frame as a table."""
    kinds = {str(name): "str" if isinstance(column.dtype, pd.StringDtype) else str(column.dtype)
             for name, column in frame.items()}
    table = RegisterTable({name: frame[name].tolist() for name in kinds}, kinds,
                          frame.attrs.get("places", {}))
    table.frame = frame
    return table

"""A text column as its few distinct texts and one small number per row.

Why: ten thousand rows say "f" or "m"; each distinct text is judged once and the verdict is handed
to the rows by an array look-up. Nothing here knows what a column means.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray


@dataclass(frozen=True)
class Levels:
    """``codes[row]`` points into ``texts``."""

    codes: np.ndarray
    texts: tuple[str, ...]

    def take(self, values: Sequence[object], dtype: type) -> np.ndarray:
        """The value of every row, given one value per distinct text."""
        return np.asarray(values, dtype=dtype)[self.codes]

    def rows(self, level: int) -> np.ndarray:
        """The positions of the rows with that text."""
        return np.flatnonzero(self.codes == level)

    def where(self, test: Callable[[str], bool]) -> np.ndarray:
        """A mask of the rows whose text passes the test."""
        return self.take([test(text) for text in self.texts], bool)

    def replace(self, values: Sequence[str]) -> Levels:
        """The same rows with one new text per old text; equal new texts become one."""
        positions: dict[str, int] = {}
        moved = [positions.setdefault(value, len(positions)) for value in values]
        return Levels(self.take(moved, np.int64), tuple(positions))

    def column(self) -> ExtensionArray:
        """The rows' texts as a pandas text array."""
        return pd.array(list(self.texts) or [""], dtype="str").take(self.codes)


def read_levels(cells: pd.Series) -> Levels:
    """The distinct texts of a column without the spaces around them.

    >>> read_levels(pd.Series(["f", " f", "m"])).texts
    ('f', 'm')
    """
    codes, texts = pd.factorize(cells.to_numpy(dtype=object))
    levels = Levels(codes.astype(np.int64), tuple(texts))
    return levels.replace([text.strip() for text in levels.texts])


def fill_levels(text: str, length: int) -> Levels:
    """A column that holds one text in every row."""
    return Levels(np.zeros(length, dtype=np.int64), (text,))

"""The only writer and reader of data/processed: whole files, replaced in one step."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from math import isnan, nan
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sedp_helpers.errors import NotFoundError
from sedp_helpers.files import write_atomic
from sedp_helpers.intake.register_table import Registers, RegisterTable
from sedp_helpers.models import Register
from sedp_helpers.paths import Workspace

NUMERIC = {"value", "lower_80", "upper_80", "lower_95", "upper_95"}
_QUOTED = (",", '"', "\n", "\r")
NUMBER_TYPES = ("int", "number", "money", "pct", "year")


def dump_frame(frame: pd.DataFrame) -> bytes:
    """A frame as CSV: UTF-8, numbers by ``repr``, missing as an empty cell."""
    return _dump_columns([[str(name), *_texts(frame[name])] for name in frame.columns])


def dump_columns(columns: Mapping[str, Sequence[Any]]) -> bytes:
    """The same of plain columns: numbers where the name is that of a number, else texts."""
    return _dump_columns([
        [name, *(_write_floats(cells) if name in NUMERIC
                 else cells if {str}.issuperset(map(type, cells)) else map(_write_cell, cells))]
        for name, cells in columns.items()])


def dump_register(table: RegisterTable) -> bytes:
    """A register as ``dump_frame`` writes its frame."""
    return _dump_columns([[name, *(table.columns[name] if kind == "str"
                                   else map(_write_cell, table.columns[name]))]
                          for name, kind in table.kinds.items()])


def _dump_columns(columns: list[list[str]]) -> bytes:
    if len(columns) > 1:
        return ("\n".join(map(",".join, zip(*map(_quote_column, columns)))) + "\n").encode("utf-8")
    out = io.StringIO()  # a lone empty cell is no empty line
    csv.writer(out, lineterminator="\n").writerows(zip(*columns))
    return out.getvalue().encode("utf-8")


def _quote_column(cells: list[str]) -> list[str]:
    """The cells as they stand in a line; most columns have nothing to quote."""
    whole = "".join(cells)
    signs = [sign for sign in _QUOTED if sign in whole]
    if not signs:
        return cells
    if signs == [","]:
        return [f'"{cell}"' if "," in cell else cell for cell in cells]
    return ['"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in signs) else cell
            for cell in cells]


def _texts(column: pd.Series) -> list[str]:
    if column.dtype.kind == "f":
        return _write_floats(column.to_numpy())
    values = column.tolist()
    if isinstance(column.dtype, pd.StringDtype):
        return ["" if one != one else one for one in values] if column.hasnans else values
    if column.dtype.kind == "i":
        return [*map(str, values)]
    return [_write_cell(value) for value in values]


def _write_floats(values: Sequence[float] | np.ndarray) -> list[str]:
    numbers = np.asarray(values, dtype=float)
    texts = [""] * len(numbers)
    known = np.flatnonzero(numbers == numbers)
    for place, number in zip(known.tolist(), numbers[known].tolist()):
        texts[place] = repr(number)
    return texts


def _write_cell(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return "" if isnan(value) else repr(value)
    if isinstance(value, (tuple, list)):
        return ";".join(str(part) for part in value)
    return "" if pd.isna(value) else str(value)


def parse_frame(content: bytes) -> pd.DataFrame:
    """The frame that ``dump_frame`` wrote: text stays text, number columns become floats."""
    frame = parse_text(content)
    for name in NUMERIC & set(frame.columns):
        frame[name] = read_floats(frame[name])
    return frame


class Store:
    """data/processed of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def folder(self, ident: str) -> Path:
        return self.workspace.processed / ident

    def write(self, ident: str, name: str, frame: pd.DataFrame) -> None:
        _replace(self.folder(ident) / f"{name}.csv", dump_frame(frame))

    def write_columns(self, ident: str, name: str, columns: Mapping[str, Sequence[Any]]) -> None:
        _replace(self.folder(ident) / f"{name}.csv", dump_columns(columns))

    def write_text(self, ident: str, name: str, text: str) -> None:
        write_atomic(self.folder(ident) / name, text.encode("utf-8"))

    def remove(self, ident: str, *names: str) -> None:
        """Take stored files of a municipality away, where they are there."""
        for name in names:
            (self.folder(ident) / name).unlink(missing_ok=True)

    def read(self, ident: str, name: str) -> pd.DataFrame:
        path = self.folder(ident) / f"{name}.csv"
        if not path.exists():
            raise NotFoundError(f"{ident} is not prepared: {path.name} is missing",
                                key="not_prepared", municipality=ident)
        return (parse_text if name == "findings" else parse_frame)(path.read_bytes())

    def read_observations(self, ident: str) -> pd.DataFrame:
        frame = self.read(ident, "observations")
        frame["year"] = frame["year"].astype(int)
        return frame

    def write_registers(self, ident: str, registers: Registers) -> None:
        """Registers without their private columns; those that are gone are removed."""
        folder = self.folder(ident) / "registers"
        for path in folder.glob("*.csv") if folder.is_dir() else ():
            if path.stem not in registers:
                path.unlink()
        for name, table in registers.tables.items():
            _replace(folder / f"{name}.csv", dump_register(table))

    def read_registers(
        self, ident: str, models: Mapping[str, Register]
    ) -> dict[str, pd.DataFrame]:
        """The stored registers with the types of their columns."""
        folder = self.folder(ident) / "registers"
        files = sorted(folder.glob("*.csv")) if folder.is_dir() else ()
        return {path.stem: type_register(parse_text(path.read_bytes()), models[path.stem])
                for path in files if path.stem in models}


def read_floats(texts: pd.Series) -> pd.Series:
    """Numbers written by ``repr`` as exactly the same doubles, an empty text as missing.

    Faster parsers of pandas may be off by the last digit, and a second writing would drift.
    """
    values = [float(text) if text else nan for text in texts.tolist()]
    return pd.Series(values, index=texts.index, dtype=float)


def _replace(path: Path, content: bytes) -> None:
    """Write a file, unless it says the same already."""
    if not (path.is_file() and path.read_bytes() == content):
        write_atomic(path, content)


def parse_text(content: bytes) -> pd.DataFrame:
    """A stored table with every cell as text."""
    return pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, engine="c")


def type_register(frame: pd.DataFrame, register: Register) -> pd.DataFrame:
    """Text columns of a stored register as numbers and yes/no where the catalogue says so."""
    typed = frame.copy()
    for column in register.columns:
        if column.id not in typed:
            continue
        if column.type in NUMBER_TYPES:
            typed[column.id] = read_floats(typed[column.id])
        elif column.type == "bool":
            flags = typed[column.id].map({"true": True, "false": False}).astype(object)
            typed[column.id] = flags.where(flags.notna(), None)
    return typed

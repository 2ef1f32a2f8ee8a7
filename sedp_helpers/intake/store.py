"""The only writer and reader of data/processed: whole files, replaced in one step."""

from __future__ import annotations

import csv
import io
from math import isnan
from pathlib import Path
from typing import Iterable

import pandas as pd

from sedp_helpers.errors import NotFoundError
from sedp_helpers.files import write_atomic
from sedp_helpers.paths import Workspace

NUMERIC = {"value", "lower_80", "upper_80", "lower_95", "upper_95"}


def dump_frame(frame: pd.DataFrame) -> bytes:
    """A frame as CSV: UTF-8, numbers by ``repr``, missing as an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(frame.columns)
    columns = [_texts(frame[name]) for name in frame.columns]
    writer.writerows(zip(*columns))
    return out.getvalue().encode("utf-8")


def _texts(column: pd.Series) -> list[str]:
    return [_write_cell(value) for value in column.tolist()]


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
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]


def parse_frame(content: bytes) -> pd.DataFrame:
    """The frame that ``dump_frame`` wrote: text stays text, number columns become floats."""
    frame = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, engine="c")
    for name in NUMERIC & set(frame.columns):
        frame[name] = pd.to_numeric(frame[name].replace("", None)).astype(float)
    return frame


class Store:
    """data/processed of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def folder(self, ident: str) -> Path:
        return self.workspace.processed / ident

    def write(self, ident: str, name: str, frame: pd.DataFrame) -> None:
        write_atomic(self.folder(ident) / f"{name}.csv", dump_frame(frame))

    def write_text(self, ident: str, name: str, text: str) -> None:
        write_atomic(self.folder(ident) / name, text.encode("utf-8"))

    def read(self, ident: str, name: str) -> pd.DataFrame:
        path = self.folder(ident) / f"{name}.csv"
        if not path.exists():
            raise NotFoundError(f"{ident} is not prepared: {path.name} is missing",
                                key="not_prepared", municipality=ident)
        return parse_frame(path.read_bytes())

    def read_observations(self, ident: str) -> pd.DataFrame:
        frame = self.read(ident, "observations")
        frame["year"] = frame["year"].astype(int)
        return frame

    def registers(self, ident: str) -> dict[str, pd.DataFrame]:
        folder = self.folder(ident) / "registers"
        files: Iterable[Path] = sorted(folder.glob("*.csv")) if folder.exists() else ()
        return {path.stem: parse_frame(path.read_bytes()) for path in files}

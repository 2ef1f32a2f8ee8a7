"""`sedp forecast`: any tidy panel unit,year,value → the same columns with a forecast."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import pandas as pd

from sedp_helpers.analysis import forecast
from sedp_helpers.console import Console
from sedp_helpers.errors import InputError
from sedp_helpers.files import write_atomic
from sedp_helpers.intake.store import dump_frame

COLUMNS = ("unit", "year", "value")


def forecast_file(path: Path, horizon: int, method: str, output: Path | None,
                  console: Console) -> None:
    """Read, forecast, write to a file or to standard output."""
    try:
        ahead = forecast(read_panel_file(path), horizon, method=method)
    except ValueError as error:
        raise InputError(str(error)) from error
    content = dump_frame(ahead)
    if output is None:
        sys.stdout.write(content.decode("utf-8"))
    else:
        write_atomic(output, content)
        console.say("created", path=str(output))


def read_panel_file(path: Path) -> pd.DataFrame:
    """unit (text), year (int), value (float; empty = missing)."""
    frame = _read_columns(path)
    for name, kind in (("year", int), ("value", float)):
        frame[name] = [_read_cell(path, name, row, text, kind)
                       for row, text in enumerate(frame[name], start=2)]
    _check_keys(path, frame)
    return frame.astype({"year": int, "value": float})


def _check_keys(path: Path, frame: pd.DataFrame) -> None:
    """Every row has a unit, and a unit has a year once."""
    for row, unit in enumerate(frame["unit"], start=2):
        if not unit.strip():
            raise InputError(f"{path}, row {row}: no unit", key="bad_csv_unit", path=str(path),
                             row=row)
    for place in frame.index[frame.duplicated(["unit", "year"])][:1]:
        unit, year = frame.loc[place, ["unit", "year"]]
        raise InputError(f"{path}, row {place + 2}: {unit!r}, {year} stands twice",
                         key="bad_csv_twice", path=str(path), row=place + 2, unit=unit, year=year)


def _read_columns(path: Path) -> pd.DataFrame:
    try:
        with path.open(encoding="utf-8-sig") as file:
            separator = ";" if ";" in file.readline() else ","
        frame = pd.read_csv(path, sep=separator, dtype=str, keep_default_na=False,
                            encoding="utf-8-sig")
        return frame[list(COLUMNS)].copy()
    except (KeyError, ValueError) as error:
        raise InputError(f"{path} could not be read: {error}", key="bad_csv",
                         path=str(path)) from error


def _read_cell(path: Path, name: str, row: int, text: str, kind: type[int] | type[float]) -> float:
    if name == "value" and not text.strip():
        return math.nan
    try:
        number = kind(text.strip().replace(",", "."))
        if math.isfinite(number):
            return number
    except ValueError:
        pass
    raise InputError(f"{path}, row {row}, {name}: {text!r} is not a number", key="bad_csv_cell",
                     path=str(path), row=row, column=name, value=text)

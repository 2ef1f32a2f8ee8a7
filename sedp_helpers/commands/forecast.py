"""`sedp forecast`: any tidy panel unit,year,value → the same columns with a forecast."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from sedp_helpers.analysis import forecast
from sedp_helpers.console import Console
from sedp_helpers.errors import InputError
from sedp_helpers.files import write_atomic
from sedp_helpers.intake.store import dump_frame


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
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        frame = frame[["unit", "year", "value"]]
        frame["year"] = frame["year"].astype(int)
        frame["value"] = pd.to_numeric(frame["value"].replace("", None)).astype(float)
    except (OSError, KeyError, ValueError) as error:
        raise InputError(f"{path} could not be read: {error}", key="bad_csv",
                         path=str(path)) from error
    return frame

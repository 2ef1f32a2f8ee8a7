"""`sedp export`: what is known of a municipality, in forms that others read.

``raw`` is a folder that can be put into data/raw again; ``csv`` observations and results;
``parquet`` the same where the extra is installed; ``sdmx-csv`` both as SDMX-CSV 1.0.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.console import Console
from sedp_helpers.errors import OutputError, UsageError
from sedp_helpers.files import write_atomic
from sedp_helpers.intake.collect import WORKBOOK
from sedp_helpers.intake.municipality import FILE, write_municipality
from sedp_helpers.intake.store import Store, dump_frame
from sedp_helpers.models import Municipality
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import Prepared, find_folder, prepare
from sedp_helpers.published import publish_tables, read_tables

FORMS = ("raw", "csv", "parquet", "sdmx-csv")
DATAFLOWS = {"observations": "SEDP:OBSERVATIONS(1.0)", "results": "SEDP:RESULTS(1.0)"}
ONLY_RESULTS = {"METHOD": "method", "UNIT_MEASURE": "unit"}
RAW_COLUMNS = ["indicator", "year", "value", "sex", "age", "village", "item", "status", "source",
               "note"]


def export_place(workspace: Workspace, ident: str, form: str, output: Path, *, force: bool,
                 console: Console, internal: bool = False) -> None:
    """Write the export into a folder; an existing one is refused without ``force``.

    Small counts of people are hidden, except in a ``raw`` folder, which stays with the office, and
    in a copy for the office itself (``internal``).
    """
    target = output / ident
    if target.exists() and not force:
        raise OutputError(f"{target} exists", key="exists", path=str(target))
    done = prepare(workspace, ident, results=form != "raw")
    store = Store(workspace)
    if form == "raw":
        export_raw(workspace, store, done, target)
    else:
        _require(form)
        tables = (read_tables(store, ident) if internal
                  else publish_tables(store, ident, load_catalog()))
        export_tables(tables, form, ident, target)
    console.say("created", path=str(target))


def export_raw(workspace: Workspace, store: Store, done: Prepared, target: Path) -> None:
    """Observations and registers as the CSV tables of the raw layout, with the passport.

    Stocks are written as years' ends, so the passport of the copy says ``year_end``.
    """
    ident = done.id
    observations = store.read_observations(ident)
    columns = [*RAW_COLUMNS, *(["basis"] if (observations["basis"] != "current").any() else [])]
    write_atomic(target / "observations.csv", dump_frame(observations[columns]))
    registers = load_catalog().registers
    for name, frame in store.read_registers(ident, registers).items():
        public = [column for column in frame.columns if column != "origin"]
        write_atomic(target / f"{name}.csv", dump_frame(frame[public].apply(_write_whole)))
    _export_passport(find_folder(workspace, ident), done.municipality, target)
    notes = json.loads((store.folder(ident) / "notes.json").read_text(encoding="utf-8"))
    for name, text in notes.items():
        write_atomic(target / "notes" / f"{name}.md", text.encode("utf-8"))


def _write_whole(column: pd.Series) -> pd.Series:
    """Whole numbers without a point, as people type years and counts; other columns as they are."""
    if not pd.api.types.is_float_dtype(column) or (column.dropna() % 1).any():
        return column
    return column.map(lambda number: "" if pd.isna(number) else f"{number:.0f}").astype(object)


def _export_passport(raw: Path, place: Municipality | None, target: Path) -> None:
    """The passport as its file has it; written anew where the workbook holds one too."""
    if place and (raw / WORKBOOK).is_file():
        write_municipality(target, place.model_copy(update={"stock_date": "year_end"}))
        return
    passport = (raw / FILE).read_text(encoding="utf-8-sig")
    kept = [line for line in passport.splitlines() if not line.startswith("stock_date:")]
    write_atomic(target / FILE, ("\n".join(kept) + "\n").encode("utf-8"))


def _require(form: str) -> None:
    if form == "parquet" and find_spec("pyarrow") is None:
        raise UsageError("parquet needs the extra fast-io: pip install sedp-helpers[fast-io]",
                         key="needs_extra", name="parquet", extra="fast-io")


def export_tables(tables: dict[str, pd.DataFrame], form: str, ident: str, target: Path) -> None:
    """The tables as CSV or Parquet, or observations and results as SDMX-CSV."""
    if form == "sdmx-csv":
        for name in DATAFLOWS:
            frame = make_sdmx(tables[name], ident, name)
            write_atomic(target / f"{name}.sdmx.csv", dump_frame(frame))
        return
    target.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        if form == "csv":
            write_atomic(target / f"{name}.csv", dump_frame(table))
        else:
            table.to_parquet(target / f"{name}.parquet", index=False)


def make_sdmx(table: pd.DataFrame, ident: str, name: str) -> pd.DataFrame:
    """One row a figure, codes in capitals, _T for a total; a result has its method and unit."""

    def total(column: str) -> pd.Series:
        return table[column].where(table[column] != "", "_T")

    more = {code: table[column] for code, column in ONLY_RESULTS.items() if column in table}
    return pd.DataFrame({
        "DATAFLOW": DATAFLOWS[name],
        "REF_AREA": ident,
        "INDICATOR": table["indicator" if "indicator" in table else "result"],
        "SEX": total("sex").str.upper(),
        "AGE": total("age"),
        "VILLAGE": total("village"),
        "ITEM": total("item"),
        "TIME_PERIOD": table["year"].astype(str),
        "OBS_VALUE": table["value"],
        "OBS_STATUS": table["status"],
        **({"COMMENT_OBS": table["note"]} if "note" in table else more),
    })

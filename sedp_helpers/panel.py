"""The comparison panel: one file with the figures of all municipalities, and its hash; beside it
what is made of it for everybody: comparable figures, and forecasts for all of them together.

Only ``sedp prepare --all`` and ``--panel`` write it; everything that looks at other
municipalities reads it. Closed municipalities stay out; samples are marked and never mixed.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from sedp_helpers.analysis.proof import PROOF
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compare.figures import COLUMNS as FIGURE_COLUMNS
from sedp_helpers.comparison import (
    COLUMNS,
    FIGURES,
    KEPT,
    MADE_FROM,
    hash_figuring,
    make_figures,
    read_figures,
    tabulate_place,
    write_flag,
)
from sedp_helpers.compute.facts import Facts
from sedp_helpers.compute.neighbours import (
    FORECASTS,
    Answers,
    Neighbours,
    Question,
    forecast_totals,
)
from sedp_helpers.compute.outlook import KINDS
from sedp_helpers.files import write_atomic
from sedp_helpers.fingerprint import hash_bytes, hash_data, hash_file, hash_once, hash_package
from sedp_helpers.intake.collect import Collected
from sedp_helpers.intake.handover import pack_collected
from sedp_helpers.intake.history import collect_place
from sedp_helpers.intake.store import NUMERIC, dump_frame, read_floats
from sedp_helpers.models import Municipality
from sedp_helpers.parallel import run_parallel
from sedp_helpers.paths import Workspace
from sedp_helpers.reference import PANEL
from sedp_helpers.trouble import Trouble, attempt

AHEAD = "forecasts.csv"

_FIGURE_HEADER = (",".join([*FIGURE_COLUMNS, *KEPT]) + "\n").encode("ascii")

Years = tuple[int, int]  # base year, last year of the forecast


class Part(NamedTuple):
    """What a municipality gives to the panel, and the whole of what was read of it."""

    rows: bytes = b""
    figures: bytes = b""
    years: Years | None = None
    sample: str = ""  # «true» for a sample
    collected: bytes = b""


def write_panel(
    workspace: Workspace, ids: Sequence[str], *, jobs: int = 0,
    inputs: str = "", force: bool = True, keep: Collection[str] = (),
) -> dict[str, bytes]:
    """Write the panel of all municipalities; answers what was read of those to ``keep``, packed
    for ``unpack_collected``.

    ``inputs`` is the hash of all raw folders; without ``force`` a panel that was made from them
    by this program is left as it is.
    """
    made_from = hash_data([inputs, list(ids), hash_file(workspace.reference / "lineage.csv"),
                           _hash_forecasting(), hash_figuring(workspace),
                           hash_package("catalog", "compute/facts.py", "intake", "panel.py",
                                        "comparison.py")])
    target = workspace.panel / PANEL
    if not force and inputs and _read_made_from(workspace).get("inputs") == made_from:
        return {}
    asked = [(workspace, ident, ident in keep) for ident in ids]
    parts: list[Part] = list(run_parallel(_panel_part, asked, jobs=jobs))
    header = dump_frame(pd.DataFrame(columns=COLUMNS))
    content = header + b"".join(part.rows for part in parts)
    write_atomic(target, content)
    digest = hash_bytes(content)
    write_atomic(workspace.panel / "panel.sha256", digest.encode("ascii"))
    del content
    figures = _FIGURE_HEADER + b"".join(part.figures for part in parts)
    write_atomic(workspace.panel / FIGURES, figures)
    ahead = _forecast_all(workspace, ids, parts, jobs)
    write_atomic(workspace.panel / AHEAD, ahead)
    record = {"inputs": made_from if inputs else "", "panel": digest,
              "forecasts": hash_bytes(ahead), "program": _hash_forecasting(),
              "figures": hash_bytes(figures), "figuring": hash_figuring(workspace)}
    write_atomic(workspace.panel / MADE_FROM, json.dumps(record).encode("utf-8"))
    return {ident: part.collected for ident, part in zip(ids, parts) if part.collected}


def _hash_forecasting() -> str:
    """What a stored forecast depends on beside the figures."""
    return hash_package("analysis", "catalog/indicators", "compute/neighbours.py",
                        "compute/outlook.py")


def _read_made_from(workspace: Workspace) -> dict[str, str]:
    """What the stored panel and forecasts were made from; empty if they are not both as written."""
    path = workspace.panel / MADE_FROM
    record = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    stored = hash_panel(workspace)
    names = {"panel": PANEL, "forecasts": AHEAD, "figures": FIGURES}
    same = all(record.get(name) == stored[path] for name, path in names.items())
    return record if same else {}


def _panel_part(work: tuple[Workspace, str, bool]) -> Part:
    workspace, ident, is_kept = work
    collected = attempt(lambda: collect_place(workspace.raw / ident, load_catalog()), *work[:2])
    if isinstance(collected, Trouble):  # said where the municipality itself is prepared
        return Part()
    packed = pack_collected(collected) if is_kept else b""
    rows, place = tabulate_collected(collected), collected.municipality
    if place is None or not len(rows):
        return Part(collected=packed)
    figures = make_figures(workspace, rows, load_catalog())
    return Part(_dump_body(rows), _dump_body(figures),
                (place.base_year, place.last_forecast_year), write_flag(place.sample), packed)


def _dump_body(frame: pd.DataFrame) -> bytes:
    content = dump_frame(frame)
    return content[content.index(b"\n") + 1:]


def tabulate_collected(collected: Collected) -> pd.DataFrame:
    """Totals and single items of a raw folder as rows of the panel; none of a closed one."""
    place = collected.municipality
    if place is None or place.closed:
        return pd.DataFrame(columns=COLUMNS)
    villages = collected.registers.get("villages")
    return tabulate_place(place, Facts(collected.observations, load_catalog().indicators,
                                       villages["id"] if villages is not None else ()))


# ---- forecasts of the whole panel ---------------------------------------------------------------
def _forecast_all(
    workspace: Workspace, ids: Sequence[str], parts: Sequence[Part], jobs: int
) -> bytes:
    """The forecasts that municipalities will ask for, by unit, as the content of their file."""
    asked: dict[tuple[str, Years], list[str]] = {}
    for ident, part in zip(ids, parts):
        if part.years is not None:
            asked.setdefault((part.sample, part.years), []).append(ident)
    work: list[tuple[pd.DataFrame, str, Years, list[str]]] = []
    for (sample, years), units in asked.items():
        totals = read_neighbours(workspace, sample).totals
        work += [(totals[name], name, years, units) for name, spec in
                 load_catalog().indicators.items()
                 if name in totals and spec.forecast and spec.time != "static"]
    made = [*run_parallel(_forecast_one, work, jobs=jobs)]
    if not made:
        return dump_frame(pd.DataFrame(columns=list(FORECASTS)))
    return dump_frame(pd.concat(made).sort_values("unit", kind="stable"))


def _forecast_one(work: tuple[pd.DataFrame, str, Years, list[str]]) -> pd.DataFrame:
    totals, name, years, units = work
    kind = KINDS.get(load_catalog().indicators[name].unit, "count")
    return forecast_totals(totals, (name, *years), units, kind=kind)


# ---- looking at it ------------------------------------------------------------------------------
def hash_panel(workspace: Workspace) -> dict[str, str]:
    """The hashes of the panel and of what is kept beside it; empty where there is none."""
    return {name: hash_once(workspace.panel / name) for name in (PANEL, AHEAD, FIGURES)}


def look_around(workspace: Workspace, municipality: Municipality) -> Neighbours | None:
    """The panel of real places for a real place, of samples for a sample; None without one."""
    if not (workspace.panel / PANEL).is_file():
        return None
    return read_neighbours(workspace, write_flag(municipality.sample))


def read_neighbours(workspace: Workspace, sample: str) -> Neighbours:
    stored = hash_panel(workspace)
    record = _read_made_from(workspace)
    ahead = workspace.panel / AHEAD if record.get("program") == _hash_forecasting() else None
    return _read_neighbours(workspace.panel / PANEL, ahead, tuple(stored.values()), sample)


def load_neighbours(workspace: Workspace) -> None:
    """Read both kinds now, so that processes which are forked later have them."""
    if (workspace.panel / PANEL).is_file():
        for sample in (True, False):
            read_neighbours(workspace, write_flag(sample))
            read_figures(workspace, sample=sample)


@lru_cache(maxsize=2)
def _read_neighbours(
    path: Path, ahead: Path | None, version: tuple[str, ...], sample: str
) -> Neighbours:
    panel = _read_totals(path, version)
    return Neighbours(panel[panel["sample"] == sample].reset_index(drop=True),
                      _Answers(ahead.read_bytes() if ahead else b""))


@lru_cache(maxsize=1)
def _read_totals(path: Path, version: tuple[str, ...]) -> pd.DataFrame:
    names = ["indicator", "unit", "item", "sample", "year", "value"]
    panel = pd.read_csv(path, usecols=names, dtype=str, keep_default_na=False, engine="c")
    panel["year"] = panel["year"].astype("int64")
    panel["value"] = read_floats(panel["value"])
    return panel[panel["item"] == ""].drop(columns="item")


class _Answers:
    """Unit -> its stored forecasts; the rows of a unit are read when they are asked for."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._known: dict[str, Answers] = {}

    def __call__(self, unit: str) -> Answers:
        if unit not in self._known:
            self._known[unit] = self._read(unit)
        return self._known[unit]

    def _read(self, unit: str) -> Answers:
        """The lines of a unit stand together."""
        mark = f"\n{unit},".encode()
        first, last = self._content.find(mark), self._content.rfind(mark)
        if first < 0:
            return {}
        end = self._content.find(b"\n", last + 1)
        lines = io.StringIO(self._content[first + 1:end].decode("utf-8"))
        found: dict[Question, list[dict[str, Any]]] = {}
        for cells in csv.reader(lines):
            record: dict[str, Any] = dict(zip(FORECASTS, cells))
            for name in (NUMERIC | {*PROOF}) & {*FORECASTS}:
                record[name] = float(record[name] or "nan")
            record["year"] = int(record["year"])
            question = (record["indicator"], int(record["base_year"]), int(record["last_year"]))
            found.setdefault(question, []).append(record)
        return found

"""The comparison panel: one file with the figures of all municipalities, and its hash.

Only ``sedp prepare --all`` and ``--panel`` write it; everything that looks at other
municipalities reads it. Closed municipalities stay out; samples are marked and never mixed.
"""

from __future__ import annotations

from typing import Sequence

import pandas as pd

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compute.facts import Facts
from sedp_helpers.files import write_atomic
from sedp_helpers.fingerprint import hash_bytes
from sedp_helpers.intake.collect import Collected, collect_folder
from sedp_helpers.intake.store import dump_frame
from sedp_helpers.parallel import run_parallel
from sedp_helpers.paths import Workspace
from sedp_helpers.reference import PANEL

COLUMNS = ["indicator", "unit", "item", "year", "value", "status", "district", "oblast", "type",
           "mountain", "border", "sample"]


def write_panel(workspace: Workspace, ids: Sequence[str], *, jobs: int = 0) -> str:
    """Write the panel of all municipalities; answers its hash."""
    work = [(workspace, ident) for ident in ids]
    parts = [part for part in run_parallel(_panel_part, work, jobs=jobs) if len(part)]
    panel = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)
    content = dump_frame(panel)
    write_atomic(workspace.panel / PANEL, content)
    digest = hash_bytes(content)
    write_atomic(workspace.panel / "panel.sha256", digest.encode("ascii"))
    return digest


def _panel_part(work: tuple[Workspace, str]) -> pd.DataFrame:
    workspace, ident = work
    return tabulate_place(collect_folder(workspace.raw / ident, load_catalog()))


def tabulate_place(collected: Collected) -> pd.DataFrame:
    """Totals and single items of one municipality as rows of the panel."""
    place = collected.municipality
    if place is None or place.closed:
        return pd.DataFrame(columns=COLUMNS)
    villages = collected.registers.get("villages")
    facts = Facts(collected.observations, load_catalog().indicators,
                  villages["id"] if villages is not None else ())
    about = [place.district.id if place.district else "", place.oblast.id if place.oblast else "",
             place.type, _flag(place.mountain), _flag(place.border), _flag(place.sample)]
    rows = []
    for ident, spec in facts.indicators.items():
        if not facts.has(ident):
            continue
        items = facts.items(ident)
        for item in items if spec.item_required else ["", *items]:
            for year, fact in facts.series(ident, item=item).items():
                if fact.known:
                    rows.append([ident, place.id, item, year, fact.value, fact.status, *about])
    return pd.DataFrame(rows, columns=COLUMNS)


def _flag(value: bool | None) -> str:
    return "" if value is None else str(value).lower()

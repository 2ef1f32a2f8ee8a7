"""Raw → observations → results → findings, written together; and the same from what is stored.

The edge between disk and calculation: reads raw folders through ``intake``, computes through
``compute``, writes through ``intake.store``. A municipality whose inputs have not changed is not
computed again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterable

import pandas as pd

from sedp_helpers.catalog.load import Catalog, load_catalog
from sedp_helpers.checks import check_data
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import Facts
from sedp_helpers.compute.results import compute_results
from sedp_helpers.errors import NotFoundError, name_nearest
from sedp_helpers.fingerprint import hash_data, hash_folder, hash_package
from sedp_helpers.intake.clean import check_id
from sedp_helpers.intake.collect import Collected, collect_folder
from sedp_helpers.intake.findings import count_severities, findings_frame
from sedp_helpers.intake.municipality import read_municipality
from sedp_helpers.intake.store import Store
from sedp_helpers.models import LANGUAGES, Finding, Municipality
from sedp_helpers.paths import Workspace
from sedp_helpers.reference import read_norms, read_panel, read_reference

MARK = "prepared.json"


@dataclass
class Prepared:
    """A municipality after preparation."""

    id: str
    municipality: Municipality | None
    counts: dict[str, int] = field(default_factory=dict)
    key: str = ""
    fresh: bool = True  # False: nothing had changed, nothing was computed


def list_municipalities(workspace: Workspace) -> list[str]:
    """Ids of all raw folders that are municipalities."""
    folders = sorted(workspace.raw.iterdir()) if workspace.raw.is_dir() else []
    return [f.name for f in folders if f.is_dir() and f.name != "reference"
            and not f.name.startswith(("district-", "."))]


def find_folder(workspace: Workspace, ident: str) -> Path:
    """The raw folder of an id; an unknown or unsafe id is an error with the nearest names."""
    known = list_municipalities(workspace)
    if ident not in known:
        raise NotFoundError(f"no municipality {ident!r}: {name_nearest(ident, known)}",
                            key="unknown_municipality", name=ident, known=", ".join(known[:40]))
    check_id(ident)
    return workspace.raw / ident


def prepare(workspace: Workspace, ident: str, *, force: bool = False) -> Prepared:
    """Bring data/processed of a municipality up to date."""
    catalog, store = load_catalog(), Store(workspace)
    key = input_key(workspace, ident)
    mark = read_mark(store, ident)
    if not force and mark.get("key") == key:
        found = mark["municipality"]
        return Prepared(ident, Municipality(**found) if found else None, mark["counts"], key, False)
    collected = collect_folder(find_folder(workspace, ident), catalog)
    results, findings = evaluate(workspace, collected, catalog)
    counts = count_severities(findings)
    write_prepared(store, collected, results, findings_frame(findings, finding_texts(catalog)))
    write_mark(store, ident, collected.municipality, counts, key)
    return Prepared(ident, collected.municipality, counts, key)


def input_key(workspace: Workspace, ident: str) -> str:
    """The hash of everything the processed data of a municipality depend on."""
    return hash_data([
        hash_folder(find_folder(workspace, ident)),
        hash_folder(workspace.reference),
        hash_folder(workspace.panel),
        hash_package("catalog", "checks", "compute", "analysis", "intake", "prepare.py"),
    ])


def evaluate(
    workspace: Workspace, collected: Collected, catalog: Catalog
) -> tuple[pd.DataFrame, list[Finding]]:
    """Results and all findings of a collected folder."""
    if collected.municipality is None:
        return pd.DataFrame(), list(collected.findings)
    context = make_context(workspace, collected.municipality, collected.observations,
                           collected.registers, catalog)
    findings = [*collected.findings, *check_data(context, collected.observations)]
    context.finding_counts = count_severities(findings)
    return compute_results(context, collected.observations), findings


def examine(workspace: Workspace, collected: Collected, catalog: Catalog) -> list[Finding]:
    """All findings of a collected folder; nothing is computed and nothing is written."""
    if collected.municipality is None:
        return list(collected.findings)
    context = make_context(workspace, collected.municipality, collected.observations,
                           collected.registers, catalog)
    return [*collected.findings, *check_data(context, collected.observations)]


def make_context(
    workspace: Workspace,
    municipality: Municipality,
    observations: pd.DataFrame,
    registers: dict[str, pd.DataFrame],
    catalog: Catalog,
) -> Context:
    """What the computations of a municipality may look at."""
    villages = registers.get("villages")
    facts = Facts(observations, catalog.indicators,
                  villages["id"] if villages is not None else ())
    return Context(
        catalog, municipality, facts, registers,
        reference=read_reference(workspace, municipality, catalog),
        panel=read_panel(workspace, municipality),
        norms=read_norms(workspace, catalog),
    )


def recompute(
    workspace: Workspace, municipality: Municipality, ident: str, catalog: Catalog
) -> pd.DataFrame:
    """Results from the stored observations for other years or another level; nothing is written."""
    store = Store(workspace)
    observations = store.read_observations(ident)
    context = make_context(workspace, municipality, observations,
                           store.read_registers(ident, catalog.registers), catalog)
    context.finding_counts = read_mark(store, ident).get("counts", {})
    return compute_results(context, observations)


def finding_texts(catalog: Catalog) -> dict[str, dict[str, Any]]:
    """The sentences of findings by language: intake, checks and process rules together."""
    return {
        lang: {**catalog.words("findings", lang), **catalog.words("checks", lang),
               **catalog.words("process", lang)}
        for lang in LANGUAGES
    }


def write_prepared(
    store: Store, collected: Collected, results: pd.DataFrame, findings: pd.DataFrame
) -> None:
    store.write(collected.id, "observations", collected.observations)
    store.write(collected.id, "results", results)
    store.write(collected.id, "findings", findings)
    store.write_registers(collected.id, collected.registers)
    store.write_text(collected.id, "notes.json",
                     json.dumps(collected.notes, ensure_ascii=False, indent=1))


def read_mark(store: Store, ident: str) -> dict[str, Any]:
    """What the last preparation left about itself; empty where there was none."""
    path = store.folder(ident) / MARK
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}


def write_mark(store: Store, ident: str, municipality: Municipality | None,
               counts: dict[str, int], key: str) -> None:
    mark = {
        "key": key,
        "counts": counts,
        "municipality": municipality.model_dump(mode="json") if municipality else None,
    }
    store.write_text(ident, MARK, json.dumps(mark, ensure_ascii=False, indent=1, sort_keys=True))


def select(workspace: Workspace, ids: Iterable[str], *, everything: bool = False,
           district: str = "", limit: int = 0) -> list[str]:
    """The ids that were asked for, in id order; unknown ones are an error."""
    known = list_municipalities(workspace)
    chosen = list(known) if everything else list(dict.fromkeys(ids))
    for ident in chosen:
        find_folder(workspace, ident)
    if district:
        chosen += [i for i in known if _district_of(workspace, i) in (district, f"d-{district}")]
    chosen = sorted(dict.fromkeys(chosen)) if everything or district else chosen
    return sorted(chosen)[:limit] if limit else chosen


def _district_of(workspace: Workspace, ident: str) -> str:
    municipality, _ = read_municipality(workspace.raw / ident)
    return municipality.district.id if municipality and municipality.district else ""

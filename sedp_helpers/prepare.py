"""Raw → observations → results → findings, written together; and the same from what is stored.

The edge between disk and calculation: reads raw folders through ``intake``, computes through
``compute``, writes through ``intake.store``. A municipality whose inputs have not changed is not
computed again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from sedp_helpers.catalog.load import Catalog, load_catalog
from sedp_helpers.comparison import compare_place
from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import Facts
from sedp_helpers.compute.results import list_results
from sedp_helpers.compute.rows import Row, frame_rows, list_columns
from sedp_helpers.errors import NotFoundError, name_nearest
from sedp_helpers.examination import examine_place, find_as_of, finding_texts
from sedp_helpers.fingerprint import hash_data, hash_file, hash_folder, hash_package
from sedp_helpers.intake.clean import check_id, is_id
from sedp_helpers.intake.collect import Collected
from sedp_helpers.intake.findings import count_severities, findings_frame, tell_unread
from sedp_helpers.intake.history import collect_place, list_forebears
from sedp_helpers.intake.municipality import read_municipality
from sedp_helpers.intake.passport_join import update_passport
from sedp_helpers.intake.store import Store
from sedp_helpers.locks import Lock
from sedp_helpers.models import LANGUAGES, Finding, Municipality
from sedp_helpers.panel import hash_panel, look_around
from sedp_helpers.paths import Workspace
from sedp_helpers.reference import find_district_table, read_norms, read_reference
from sedp_helpers.trouble import LOG

MARK = "prepared.json"
PROGRAM = ("catalog", "language", "intake", "analysis", "compute", "checks", "process", "models.py",
           "compare", "reference.py", "panel.py", "comparison.py", "examination.py", "prepare.py")
TOLD = ("catalog/narrative", *(f"catalog/text/{language}/{kind}" for language in LANGUAGES
                               for kind in ("sentences", "topics")))  # words of the report only


@dataclass
class Prepared:
    """A municipality after preparation."""

    id: str
    municipality: Municipality | None
    counts: dict[str, int] = field(default_factory=dict)
    key: str = ""
    fresh: bool = True  # False: nothing had changed, nothing was computed
    unread: dict[str, str] = field(default_factory=dict)  # language -> why a file was refused


def list_municipalities(workspace: Workspace) -> list[str]:
    """Ids of all raw folders that are municipalities."""
    folders = sorted(workspace.raw.iterdir()) if workspace.raw.is_dir() else []
    return [f.name for f in folders if f.is_dir() and f.name != "reference"
            and not f.name.startswith(("district-", "."))]


def find_folder(workspace: Workspace, ident: str) -> Path:
    """The raw folder of an id; an unknown or unsafe id is an error with the nearest names."""
    if is_id(ident) and (workspace.raw / ident).is_dir():
        return workspace.raw / ident
    known = list_municipalities(workspace)
    if ident not in known:
        raise NotFoundError(f"no municipality {ident!r}: {name_nearest(ident, known)}",
                            key="unknown_municipality", name=ident, known=", ".join(known[:40]))
    check_id(ident)
    return workspace.raw / ident


def prepare(
    workspace: Workspace, ident: str, *, force: bool = False, results: bool = True, key: str = "",
    collected: Collected | None = None,
) -> Prepared:
    """Bring data/processed of a municipality up to date.

    ``key``: that of its inputs, where it has been made already; ``collected``: its folder, where
    that has been read already.

    Without ``results`` only observations, registers, notes and findings are written; what was
    computed from other inputs is taken away, so that nobody reads it beside them.
    """
    key = key or input_key(workspace, ident)
    done = None if force else find_prepared(workspace, ident, key)
    if done is not None:
        return done
    with Lock(Store(workspace).folder(ident)):
        done = None if force else find_prepared(workspace, ident, key)
        if done is not None:  # by another process, while this one waited
            return done
        write = _write_all if results else _write_read
        return write(workspace, collected or collect(workspace, ident), key)


def find_prepared(workspace: Workspace, ident: str, key: str) -> Prepared | None:
    """What the last preparation left, if it was made from the same inputs."""
    mark = read_mark(Store(workspace), ident)
    if mark.get("key") != key:
        return None
    found = mark["municipality"]
    return Prepared(ident, Municipality(**found) if found else None, mark["counts"], key, False,
                    mark["unread"])


def _write_all(workspace: Workspace, collected: Collected, key: str) -> Prepared:
    catalog, store = load_catalog(), Store(workspace)
    key = _update_key(workspace, collected, key)
    rows, findings = evaluate(workspace, collected, catalog)
    done = _sum_up(collected, findings, key, catalog)
    write_collected(store, collected, findings_frame(findings, finding_texts(catalog)))
    store.write_columns(collected.id, "results", list_columns(rows))
    write_mark(store, done)
    return done


def _write_read(workspace: Workspace, collected: Collected, key: str) -> Prepared:
    catalog, store = load_catalog(), Store(workspace)
    key = _update_key(workspace, collected, key)
    findings = examine(workspace, collected, catalog)
    if read_mark(store, collected.id).get("key") != key:
        store.remove(collected.id, MARK, "results.csv")
    write_collected(store, collected, findings_frame(findings, finding_texts(catalog)))
    return _sum_up(collected, findings, key, catalog)


def _sum_up(collected: Collected, findings: list[Finding], key: str, catalog: Catalog) -> Prepared:
    return Prepared(collected.id, collected.municipality, count_severities(findings), key,
                    unread=tell_unread(findings, finding_texts(catalog)))


def collect(workspace: Workspace, ident: str) -> Collected:
    """The raw folder of a municipality."""
    return collect_place(find_folder(workspace, ident), load_catalog())


def _update_key(workspace: Workspace, collected: Collected, key: str) -> str:
    """The key after the passport was brought up to date from the workbook."""
    changed = update_passport(find_folder(workspace, collected.id), collected.municipality)
    return input_key(workspace, collected.id) if changed else key


def input_key(workspace: Workspace, ident: str, raw: dict[str, str] | None = None) -> str:
    """The hash of everything the processed data of a municipality depend on.

    ``raw``: the hashes of its folder, where they are known already.
    """
    return hash_data([
        hash_inputs(workspace, ident, raw),
        hash_panel(workspace),
        hash_package(*PROGRAM, without=TOLD),
        today(workspace, ident),
    ])


def hash_inputs(
    workspace: Workspace, ident: str, raw: dict[str, str] | None = None
) -> dict[str, str]:
    """Path below the workspace -> hash of every raw file that a municipality's figures depend on:
    its folder, those of its former units, what it is compared with and the reference tables."""
    folder = find_folder(workspace, ident)
    folders = {folder: hash_folder(folder) if raw is None else raw,
               workspace.reference: hash_folder(workspace.reference)}
    for old in list_forebears(workspace.raw, ident, load_catalog()):
        folders[workspace.raw / old] = hash_folder(workspace.raw / old)
    found = {path / name: value for path, files in folders.items()
             for name, value in files.items()}
    municipality, _ = read_municipality(folder)
    district = municipality and find_district_table(workspace, municipality)
    if district:
        found[district] = hash_file(district)
    return {path.relative_to(workspace.root).as_posix(): value for path, value in found.items()}


def today(workspace: Workspace, ident: str) -> str:
    """The day that the rules of the process are judged by."""
    municipality, _ = read_municipality(workspace.raw / ident)
    return find_as_of(municipality).isoformat() if municipality else ""


def evaluate(
    workspace: Workspace, collected: Collected, catalog: Catalog
) -> tuple[list[Row], list[Finding]]:
    """Results and all findings of a collected folder."""
    if collected.municipality is None:
        return [], list(collected.findings)
    context = make_context(workspace, collected.municipality, collected.observations,
                           collected.registers, catalog)
    findings = examine_place(context, collected.observations, collected.findings, collected.typed)
    context.finding_counts = count_severities(findings)
    return compute_all(workspace, context, collected.observations), findings


def examine(workspace: Workspace, collected: Collected, catalog: Catalog) -> list[Finding]:
    """All findings of a collected folder; nothing is computed and nothing is written."""
    if collected.municipality is None:
        return list(collected.findings)
    context = make_context(workspace, collected.municipality, collected.observations,
                           collected.registers, catalog)
    return examine_place(context, collected.observations, collected.findings, collected.typed)


def make_context(
    workspace: Workspace,
    municipality: Municipality,
    observations: pd.DataFrame,
    registers: Mapping[str, pd.DataFrame],
    catalog: Catalog,
) -> Context:
    """What the computations of a municipality may look at."""
    villages = registers.get("villages")
    facts = Facts(observations, catalog.indicators,
                  villages["id"] if villages is not None else ())
    return Context(
        catalog, municipality, facts, registers,
        reference=read_reference(workspace, municipality, catalog),
        neighbours=look_around(workspace, municipality),
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
    examine_place(context, observations, ())
    context.finding_counts = read_mark(store, ident).get("counts", {})
    return frame_rows(compute_all(workspace, context, observations))


def compute_all(workspace: Workspace, context: Context, observations: pd.DataFrame) -> list[Row]:
    """The results of a municipality, and after them where it stands among its peers."""
    own = list_results(context, observations)
    return [*own, *compare_place(workspace, context, own)]


def write_collected(store: Store, collected: Collected, findings: pd.DataFrame) -> None:
    store.write(collected.id, "observations", collected.observations)
    store.write(collected.id, "findings", findings)
    store.write_registers(collected.id, collected.registers)
    store.write_text(collected.id, "notes.json",
                     json.dumps(collected.notes, ensure_ascii=False, indent=1))
    store.remove(collected.id, LOG)  # the trouble of an earlier run is over


def read_mark(store: Store, ident: str) -> dict[str, Any]:
    """What the last preparation left about itself; empty where there was none."""
    path = store.folder(ident) / MARK
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}


def write_mark(store: Store, done: Prepared) -> None:
    place = done.municipality
    mark = {
        "key": done.key,
        "counts": done.counts,
        "municipality": place.model_dump(mode="json") if place else None,
        "unread": done.unread,
    }
    store.write_text(done.id, MARK, json.dumps(mark, ensure_ascii=False, indent=1, sort_keys=True))


def select(workspace: Workspace, ids: Iterable[str], *, everything: bool = False,
           district: str = "", limit: int = 0) -> list[str]:
    """The ids that were asked for, in id order; unknown ones are an error.

    Among all folders one may have a name that is no id: it is said when its turn comes.
    """
    known = list_municipalities(workspace)
    chosen = list(known) if everything else list(dict.fromkeys(ids))
    for ident in () if everything else chosen:
        find_folder(workspace, ident)
    if district:
        chosen += [i for i in known if _district_of(workspace, i) in (district, f"d-{district}")]
    chosen = sorted(dict.fromkeys(chosen)) if everything or district else chosen
    return sorted(chosen)[:limit] if limit else chosen


def _district_of(workspace: Workspace, ident: str) -> str:
    municipality, _ = read_municipality(workspace.raw / ident)
    return municipality.district.id if municipality and municipality.district else ""

"""What to keep in mind about the figures of a section: their statuses, in words.

A protected figure is told for what it is: mostly it stands above and only parts with small counts
are hidden. What is computed from a doubtful figure is doubtful too and is not named again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sedp_helpers.blocks import Span
from sedp_helpers.models import MISSING_STATUSES
from sedp_helpers.present.gaps import list_inputs
from sedp_helpers.present.pictures import Viewer

STATUS_SIGNS = {"E", "F", "I", "P", "U", "V", "B", "N"}
HIDDEN = "Q"
Line = tuple[Span, ...]


def list_statuses(viewer: Viewer, ids: Iterable[str]) -> dict[str, list[str]]:
    """Status letter -> ids of the figures that carry it, in the years up to the base year."""
    met: dict[str, dict[str, None]] = {}
    told = STATUS_SIGNS | set(MISSING_STATUSES[1:])
    for ident in ids:
        for entry in viewer.book.entries(ident, sex=None, age=None, village=None, item=None):
            past = entry.year is None or entry.year <= viewer.book.base_year
            if entry.status in told and past:
                met.setdefault(entry.status, {})[ident] = None
    return {status: list(found) for status, found in sorted(met.items())}


def tell_statuses(viewer: Viewer, ids: Iterable[str], labels: Mapping[str, Any]) -> Iterator[Line]:
    """One line a status: what it means, and the figures that carry it."""
    known, language = viewer.wording.catalog.statuses, viewer.wording.language
    for status, met in list_statuses(viewer, ids).items():
        if status not in known:
            continue
        label = known[status]["label"].get(language)
        if status == HIDDEN:
            parts = [one for one in met if is_printed(viewer, one)]
            yield from _tell(viewer, labels["hidden_parts"], parts)
            yield from _tell(viewer, label, [one for one in met if one not in parts])
        elif status in STATUS_SIGNS:
            own = [one for one in met if not set(list_inputs(viewer, one)) & set(met)] or met
            tail = labels["and_computed"] if len(own) < len(met) else ""
            yield from _tell(viewer, label, own, tail)
        else:
            yield from _tell(viewer, label, met)


def is_printed(viewer: Viewer, ident: str) -> bool:
    """Whether the figure or some part of it is printed, so that only parts can be hidden."""
    entries = viewer.book.entries(ident, sex=None, age=None, village=None, item=None)
    return any(entry.known for entry in entries)


def _tell(viewer: Viewer, label: str, ids: Iterable[str], tail: str = "") -> Iterator[Line]:
    names = ", ".join(map(viewer.wording.name, ids))
    if names:
        yield (Span(f"{label}: "), Span(names + tail))

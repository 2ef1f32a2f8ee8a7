"""The vendored drawing bundle and the check that it can draw what a figure asks for.

A partial plotly bundle draws an unknown trace as nothing and raises nothing; so the names are
compared with the list beside the bundle before a page is written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sedp_helpers.errors import CatalogueError, OutputError, name_nearest
from sedp_helpers.paths import PACKAGE

BUNDLE_FOLDER = PACKAGE / "present" / "assets"
BUNDLE_NAME = "plotly-sedp"


@dataclass(frozen=True)
class Bundle:
    """The drawing library as text, its locale script and the trace types it knows."""

    script: str
    locale: str
    language: str
    traces: frozenset[str]
    sha256: str


@lru_cache(maxsize=8)
def read_bundle(language: str, folder: Path = BUNDLE_FOLDER) -> Bundle:
    """The vendored bundle for a language; English needs no locale script."""
    sidecar = folder / f"{BUNDLE_NAME}.json"
    if not sidecar.exists():
        raise OutputError(f"the drawing bundle is missing: {sidecar}", key="bundle_missing")
    facts = json.loads(sidecar.read_text(encoding="utf-8"))
    script = (folder / facts["file"]).read_bytes()
    sha256 = hashlib.sha256(script).hexdigest()
    if sha256 != facts["sha256"]:
        raise OutputError(
            f"{facts['file']} is not the file that {sidecar.name} names", key="bundle_changed"
        )
    locale = folder / f"plotly-locale-{language}.js"
    return Bundle(
        script=script.decode("utf-8"),
        locale=locale.read_text(encoding="utf-8") if locale.exists() else "",
        language=language,
        traces=frozenset(facts["traces"]),
        sha256=sha256,
    )


def check_traces(spec: Mapping[str, Any], traces: frozenset[str], *, where: str = "") -> None:
    """Raises CatalogueError that names the trace type which the bundle cannot draw.

    >>> check_traces({"data": [{"type": "bar"}]}, frozenset({"bar", "scatter"}))
    """
    for trace in spec.get("data") or ():
        kind = trace.get("type") or "scatter"
        if kind not in traces:
            raise CatalogueError(
                f"figure {where!r}: trace type {kind!r} is not in the drawing bundle; "
                f"{name_nearest(kind, traces)}",
                key="trace_unknown",
                figure=where,
                trace=kind,
                known=", ".join(sorted(traces)),
            )

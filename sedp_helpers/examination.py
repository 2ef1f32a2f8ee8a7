"""All findings of a municipality: its data, the rules of the process, and what it has explained."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pandas as pd

from sedp_helpers.catalog.load import Catalog, load_catalog
from sedp_helpers.checks import check_data
from sedp_helpers.checks.explanations import accept_findings
from sedp_helpers.compute.context import Context
from sedp_helpers.intake.typed import TypedCells
from sedp_helpers.models import LANGUAGES, Finding, Municipality
from sedp_helpers.process import count_verdicts, judge_all, verdict_findings

BISHKEK = timezone(timedelta(hours=6))


def find_as_of(municipality: Municipality) -> date:
    """The day that «today» stands for: --as-of, else the passport's, else the day in Bishkek."""
    text = os.environ.get("SEDP_AS_OF") or municipality.as_of
    return date.fromisoformat(text) if text else datetime.now(BISHKEK).date()


def examine_place(
    context: Context, observations: pd.DataFrame, known: Iterable[Finding],
    typed: TypedCells | None = None,
) -> list[Finding]:
    """What intake found, what the checks find and which rules are broken; explained findings
    become notes. The counts of verdicts are left in the context for the results.

    ``typed``: where the value of a finding is looked up as the person wrote it."""
    verdicts = judge_all(context, find_as_of(context.municipality))
    context.verdict_counts = count_verdicts(verdicts)
    found = [*check_data(context, observations), *verdict_findings(verdicts)]
    quoted = [typed.quote(one) for one in found] if typed else found
    return accept_findings([*known, *quoted], context.register("explanations"),
                           finding_texts(context.catalog))


def load_knowledge() -> None:
    """Read what every examination goes by now, so that processes which are forked later have it."""
    catalog = load_catalog()
    for name in ("indicators", "registers", "codes", "units", "rules", "questions", "sections"):
        getattr(catalog, name)
    for name in ("checks.yml", "norms.yml"):
        catalog.read(name)
    finding_texts(catalog)


def finding_texts(catalog: Catalog) -> dict[str, dict[str, Any]]:
    """The sentences of findings by language: intake, checks, process rules, workbook."""
    return {
        lang: {**catalog.words("findings", lang), **catalog.words("checks", lang),
               **catalog.words("process", lang), **catalog.words("workbook", lang)["findings"]}
        for lang in LANGUAGES
    }

"""Observations and findings as they may leave the house: what the protected results hide, they
hide too, so that no table gives away what another one keeps.

Pure: frames in, frames out. Which counts are hidden is decided in ``protect`` alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import nan

import pandas as pd

from sedp_helpers.compute.protect import COMPLEMENT, HIDDEN, LIMIT
from sedp_helpers.compute.rows import list_records
from sedp_helpers.models import DIMS, LANGUAGES

WITHHELD = "CK-WITHHELD"  # the sentence in place of one that states a hidden count
SMALL = f"‹{LIMIT}"
_NUMBER = re.compile(r"\d+(?:[\u00a0\u202f ]\d{3})*(?:,\d+)?")
_FEW = re.compile(rf"\D*0*[1-{LIMIT - 1}](?:[.,]\d*)?\D*")
_TYPED = "value"  # the column of a number, in tables and on sheets
CLAIMS = "stated"  # figures of a text that is public already

Texts = Mapping[str, Mapping[str, Mapping[str, str]]]


def hide_observations(observations: pd.DataFrame, protected: pd.DataFrame) -> pd.DataFrame:
    """The observations without the values that the protected results hide (status Q)."""
    frame = observations.copy()
    hidden = _find_hidden(observations, protected)
    frame.loc[hidden, "value"] = nan
    frame.loc[hidden, "status"] = "Q"
    return frame


def hide_findings(
    findings: pd.DataFrame, observations: pd.DataFrame, protected: pd.DataFrame, texts: Texts
) -> pd.DataFrame:
    """The findings, their sentence and value withheld where they state a hidden count.

    That is: at a cell that is hidden, at a cell whose indicator has hidden counts when the
    sentence names one of them, and at a cell that was not used and holds one to four. Rule, place
    and advice stay, so that the office finds the whole sentence with ``sedp check``.
    """
    hidden = _find_hidden(observations, protected)
    counts = {ident: {f"{value:g}" for value in rows["value"]}
              for ident, rows in observations[hidden].groupby("indicator")}
    places = dict(zip(observations["origin"], zip(observations["indicator"], hidden)))
    frame = findings.copy()
    for index, row in zip(findings.index, list_records(findings)):
        ident, is_hidden = places.get(f"{row['table']}!{row['cell']}", ("", False))
        unused = (row["column"] == _TYPED and row["table"] != CLAIMS and not ident
                  and _FEW.fullmatch(row["value"]))
        named = counts.get(ident, set()) & _list_numbers(row["message_ky"])
        if not (is_hidden or unused or named):
            continue
        if is_hidden or unused:
            frame.loc[index, "value"] = SMALL
        for lang in LANGUAGES:
            words = texts[lang][WITHHELD]
            frame.loc[index, f"message_{lang}"] = words["message"].format(**row)
            frame.loc[index, f"action_{lang}"] = words["action"]
    return frame


def _find_hidden(observations: pd.DataFrame, protected: pd.DataFrame) -> pd.Series:
    """A mask of the observations whose value the protected results do not show."""
    names = ["year", *DIMS]
    rows = protected[protected["missing"].isin((HIDDEN, COMPLEMENT))
                     & (protected["method"] == "observed")]
    keys = set(zip(*(rows[name].astype(str).tolist() for name in ("result", *names))))
    mine = zip(*(observations[name].astype(str).tolist() for name in ("indicator", *names)))
    return pd.Series([key in keys for key in mine], index=observations.index, dtype=bool)


def _list_numbers(message: str) -> set[str]:
    """The numbers of a Kyrgyz sentence in plain writing.

    >>> sorted(_list_numbers("эркектер (3\u00a0545) менен аялдар (2), 4,1 эсе"))
    ['2', '3545', '4.1']
    """
    return {re.sub(r"\s", "", text).replace(",", ".") for text in _NUMBER.findall(message)}

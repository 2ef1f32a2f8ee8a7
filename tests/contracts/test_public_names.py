"""What is public, and that importing the pure parts stays quick."""

from __future__ import annotations

import subprocess
import sys

import sedp_helpers
from sedp_helpers import analysis


def test_the_public_names_are_sorted_and_exist() -> None:
    assert sedp_helpers.__all__ == sorted(sedp_helpers.__all__)
    for name in sedp_helpers.__all__:
        assert getattr(sedp_helpers, name) is not None


def test_analysis_offers_the_functions_of_the_contract() -> None:
    promised = {"growth_rates", "handbook_forecast", "forecast", "backtest", "cohort_component",
                "hamilton_perry", "life_table", "dependency_ratios", "location_quotient",
                "shift_share", "hhi", "gini", "theil", "rank_with_uncertainty",
                "budget_simulation"}
    assert promised <= set(analysis.__all__)


def test_importing_analysis_loads_no_jupyter_and_no_plotly() -> None:
    script = ("import sys, sedp_helpers.analysis; "
              "bad = {'IPython', 'papermill', 'nbformat', 'plotly', 'yaml'} & set(sys.modules); "
              "sys.exit(repr(bad) if bad else 0)")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr

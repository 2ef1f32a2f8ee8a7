"""What importing the methods costs and brings in."""

import subprocess
import sys

import sedp_helpers.analysis as analysis

PROMISED = {
    "backtest",
    "budget_simulation",
    "cohort_component",
    "dependency_ratios",
    "forecast",
    "gini",
    "growth_rates",
    "hamilton_perry",
    "handbook_forecast",
    "hhi",
    "life_table",
    "location_quotient",
    "rank_with_uncertainty",
    "shift_share",
    "theil",
}
HEAVY = ("scipy", "statsmodels", "IPython", "ipywidgets", "nbformat", "plotly", "papermill")


def test_all_promised_functions_are_there_under_their_names():
    assert set(analysis.__all__) >= PROMISED
    assert all(callable(getattr(analysis, name)) for name in analysis.__all__)
    assert list(analysis.__all__) == sorted(analysis.__all__)


def test_import_stays_light():
    code = "import sys, time, sedp_helpers.analysis; print(time.process_time(), *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    seconds, *modules = done.stdout.split()
    assert not set(HEAVY) & set(modules)
    assert float(seconds) < 1.5

"""What importing the methods costs and brings in."""

import subprocess
import sys

import sedp_helpers.analysis as analysis

PROMISED = (
    "growth_rates handbook_forecast forecast backtest cohort_component hamilton_perry life_table "
    "dependency_ratios location_quotient shift_share hhi gini theil rank_with_uncertainty "
    "budget_simulation"
).split()
HEAVY = ("scipy", "statsmodels", "IPython", "ipywidgets", "nbformat", "plotly", "papermill")


def test_all_promised_functions_are_there_under_their_names():
    assert set(PROMISED) <= set(analysis.__all__)
    assert all(callable(getattr(analysis, name)) for name in analysis.__all__)
    assert list(analysis.__all__) == sorted(analysis.__all__)


def test_import_stays_light():
    code = "import sys, time, sedp_helpers.analysis; print(time.process_time(), *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    seconds, *modules = done.stdout.split()
    assert not set(HEAVY) & set(modules)
    assert float(seconds) < 1.5

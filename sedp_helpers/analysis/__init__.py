"""Pure methods, pandas and NumPy in and out: they know no municipality, catalogue or language.

Common to all: inputs are not modified, indices are kept, NaN means missing and never becomes 0, a
wrong shape raises ``ValueError`` with the label at fault, the same seed gives the same result.
"""

from .backtest import backtest, past_errors
from .budget import budget_simulation
from .demography import cohort_component
from .dependency import dependency_ratios
from .forecast import forecast, forecast_tested
from .growth import growth_rates, handbook_forecast
from .hamiltonperry import hamilton_perry
from .inequality import gini, hhi, theil
from .lifetable import life_table
from .peers import find_peers
from .ranks import rank_with_uncertainty
from .reconcile import reconcile_parts
from .regional import location_quotient, shift_share

__all__ = [
    "backtest",
    "budget_simulation",
    "cohort_component",
    "dependency_ratios",
    "find_peers",
    "forecast",
    "forecast_tested",
    "gini",
    "growth_rates",
    "hamilton_perry",
    "handbook_forecast",
    "hhi",
    "life_table",
    "location_quotient",
    "past_errors",
    "rank_with_uncertainty",
    "reconcile_parts",
    "shift_share",
    "theil",
]

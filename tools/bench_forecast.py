"""Measure the forecasts on a panel of one's own and print the tables of docs/forecast.md.

    python tools/bench_forecast.py PANEL.csv        a tidy panel: unit, year, value
    python tools/bench_forecast.py --budget         made-up budgets: what the handbook's rule does
    python tools/bench_forecast.py --runtime        rates of forecast, back-test and simulation

Nothing is tuned here and nothing is written to disk.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sedp_helpers.analysis.backtest import backtest, collect_errors
from sedp_helpers.analysis.budget import budget_simulation
from sedp_helpers.analysis.forecast import forecast

HORIZONS = (1, 3, 5)


def make_places(places: int, years: int, *, seed: int = 0) -> pd.DataFrame:
    """Made-up populations: lasting growth, momentum, common shocks, noise by size."""
    draw = np.random.default_rng(seed)
    size = np.exp(draw.normal(8.5, 1.2, places))
    momentum = draw.normal(0, 0.004, (places, years))
    for year in range(1, years):
        momentum[:, year] = 0.9 * momentum[:, year - 1] + 0.436 * momentum[:, year]
    noise = draw.normal(0, 0.008, (places, years)) * (size[:, None] / 5000) ** -0.25
    lasting = draw.normal(0.002, 0.007, (places, 1))
    growth = lasting + momentum + noise + draw.normal(0, 0.003, years)
    return tidy_matrix(np.round(size[:, None] * np.exp(np.cumsum(growth, axis=1))))


def make_budgets(places: int = 120, years: int = 16, *, seed: int = 0) -> pd.DataFrame:
    """Made-up municipal revenues: prices of 5 % a year, noisy collections, one-off grants."""
    draw = np.random.default_rng(seed)
    size = np.exp(draw.normal(16.5, 0.7, (places, 1)))
    level = np.cumsum(
        draw.normal(0.05, 0.02, years) + draw.normal(0, 0.03, (places, years)), axis=1
    )
    grant = np.where(draw.random((places, years)) < 0.15, draw.gamma(1.5, 0.3, (places, years)), 0)
    return tidy_matrix(size * np.exp(level + draw.normal(0, 0.1, (places, years))) * (1 + grant))


def tidy_matrix(values: np.ndarray, *, first_year: int = 2003) -> pd.DataFrame:
    """Units × years as ``unit, year, value``."""
    units, years = values.shape
    return pd.DataFrame(
        {
            "unit": np.repeat([f"u{row}" for row in range(units)], years),
            "year": np.tile(np.arange(first_year, first_year + years), units),
            "value": values.ravel(),
        }
    )


def tabulate_methods(result: pd.DataFrame) -> str:
    """MAPE, bias and coverage of every method as a Markdown table."""
    whole = result[result["size_class"] == "all"].set_index(["method", "horizon"])
    lines = ["| method | MAPE % 1 / 3 / 5 | bias % 5 | 80 % covers 1 / 3 / 5 | 95 % covers |"]
    lines.append("|---|---|---|---|---|")
    for name in dict.fromkeys(whole.index.get_level_values("method")):
        part = whole.loc[name]
        cells = [
            join_cells(part["mape"], 2),
            f"{part['bias_pct'].iloc[-1]:+.1f}",
            join_cells(part["cover_80"], 0),
            join_cells(part["cover_95"], 0),
        ]
        lines.append(f"| `{name}` | {' | '.join(cells)} |")
    return "\n".join(lines)


def tabulate_bar(result: pd.DataFrame, errors: pd.DataFrame, panel: pd.DataFrame) -> str:
    """What ``auto`` is held to: ratios of error, worst size class, interval score."""
    whole = result[result["size_class"] == "all"].set_index(["method", "horizon"])["mape"]
    whole = whole.unstack()
    auto = result[(result["method"] == "auto") & (result["size_class"] != "all")]
    worst = auto.groupby("horizon")[["cover_80", "cover_95"]].min()
    single = whole.drop(index=["auto", "pooled"]).min()
    rows = {
        "MAPE of `auto` / handbook": join_cells(whole.loc["auto"] / whole.loc["handbook"], 3),
        "MAPE of `auto` / best single method": join_cells(whole.loc["auto"] / single, 3),
        "worst size class: 80 % covers": join_cells(worst["cover_80"], 0),
        "worst size class: 95 % covers": join_cells(worst["cover_95"], 0),
        "interval score / normal theory": join_cells(compare_scores(errors, panel), 2),
    }
    lines = [f"| {name} | {cells} |" for name, cells in rows.items()]
    return "\n".join(["| 1 / 3 / 5 years | |", "|---|---|", *lines])


def compare_scores(errors: pd.DataFrame, panel: pd.DataFrame) -> pd.Series:
    """Mean interval score (Gneiting & Raftery 2007) against normal theory around the same centre.

    Normal theory: standard deviation of the unit's own log growth up to the origin, times √horizon.
    Scores are per unit of the actual and averaged over both levels.
    """
    logs = np.log(panel.set_index(["unit", "year"])["value"].unstack())
    spread = logs.diff(axis=1).T.expanding().std().T
    own = errors[errors["method"] == "auto"]
    keys = zip(own["unit"], own["origin"], strict=True)
    sigma = np.array([spread.loc[unit, year] for unit, year in keys]) * np.sqrt(own["horizon"])
    ours, theirs = 0.0, 0.0
    for level in (80, 95):
        reach = np.exp(NormalDist().inv_cdf(0.5 + level / 200) * sigma)
        bounds = own[f"lower_{level}"], own[f"upper_{level}"]
        ours = ours + score_interval(own["actual"], *bounds, level)
        theirs = theirs + score_interval(
            own["actual"], own["forecast"] / reach, own["forecast"] * reach, level
        )
    return ours.groupby(own["horizon"]).mean() / theirs.groupby(own["horizon"]).mean()


def score_interval(actual: pd.Series, low: pd.Series, high: pd.Series, level: float) -> pd.Series:
    """Width plus the penalty for what falls outside, relative to the actual."""
    outside = (low - actual).clip(lower=0) + (actual - high).clip(lower=0)
    return ((high - low) + 2 / (1 - level / 100) * outside) / actual


def join_cells(values: pd.Series, digits: int) -> str:
    """The values of a row in one cell."""
    return " / ".join(f"{value:.{digits}f}" for value in values)


def measure_runtime(places: int = 2000, years: int = 20) -> str:
    """Seconds and rates of the forecast, the back-test of all methods and the budget simulation."""
    panel, draws = make_places(places, years), 200_000
    begin = time.perf_counter()
    forecast(panel, horizon=5)
    forecast_end = time.perf_counter()
    backtest(panel, HORIZONS)
    backtest_end = time.perf_counter()
    simulate_budget(draws)
    simulation_end = time.perf_counter()
    rows = [
        (f"forecast, {places} places, 5 years", forecast_end - begin, places, "places"),
        ("back-test of all methods", backtest_end - forecast_end, places, "places"),
        ("simulation, 10 shocks, 5 years", simulation_end - backtest_end, draws * 5, "years"),
    ]
    lines = ["| what | s | a second |", "|---|---|---|"]
    lines += [f"| {name} | {seconds:.1f} | {count / seconds:,.0f} {unit} |"
              for name, seconds, count, unit in rows]
    return "\n".join(lines)


def simulate_budget(draws: int) -> pd.DataFrame:
    """A budget of eight sources and eight programmes under ten shocks."""
    revenue = pd.Series(10e6, index=[f"source {place}" for place in range(8)])
    expenditure = pd.Series(9e6, index=[f"programme {place}" for place in range(8)])
    shocks = pd.DataFrame({"name": [f"shock {place}" for place in range(10)], "side": "revenue",
                           "item": "source 1", "change_pct": -20, "probability": 0.2,
                           "sd_pct": 10})
    return budget_simulation(revenue, expenditure, shocks, range(2025, 2030), draws=draws)


def report_panel(panel: pd.DataFrame, *, kind: str, min_history: int) -> str:
    """Both tables for one panel."""
    result = backtest(panel, HORIZONS, min_history=min_history, kind=kind)
    errors = collect_errors(panel, HORIZONS, ["auto"], min_history, kind=kind)
    return f"{tabulate_methods(result)}\n\n{tabulate_bar(result, errors, panel)}"


def main() -> None:
    """Read the arguments and write the tables to standard output."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("panel", nargs="?", help="CSV with unit, year, value")
    parser.add_argument("--budget", action="store_true", help="made-up budgets")
    parser.add_argument("--runtime", action="store_true", help="rates of three kinds of work")
    parser.add_argument("--kind", default="count", choices=("count", "money", "share", "real"))
    parser.add_argument("--min-history", type=int, default=10)
    asked = parser.parse_args()
    parts = []
    if asked.panel:
        table = pd.read_csv(asked.panel, dtype={"unit": str})
        parts.append(report_panel(table, kind=asked.kind, min_history=asked.min_history))
    if asked.budget:
        parts.append(report_panel(make_budgets(), kind="money", min_history=5))
    if asked.runtime:
        parts.append(measure_runtime())
    sys.stdout.write("\n\n".join(parts or [parser.format_help()]) + "\n")


if __name__ == "__main__":
    main()

"""A small believable population: ages by single years, followed year by year.

Why: made-up figures must obey what is checked in real ones. Everybody is born, ages, dies, comes
or goes, village by village; whatever is printed is a sum over these people, so the balance
P(t) − P(t−1) = births − deaths + arrivals − departures closes for every village and sex.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

OLDEST = 100
SEXES = ("f", "m")
BAND_STARTS = (0, 5, 10, 15, 16, 20, 25, 30, 35, 40, 45, 50, 55, 58, 60, 63, 65, 70, 75, 80)
BANDS = tuple(
    f"{low}+" if high is None else str(low) if high == low + 1 else f"{low}-{high - 1}"
    for low, high in zip(BAND_STARTS, (*BAND_STARTS[1:], None))
)
_AGES = np.arange(OLDEST + 1)
# Shares of five-year groups with the dent of the small birth cohorts around the year 2000.
_PYRAMID = (12.0, 11.2, 9.2, 8.3, 9.2, 9.0, 7.5, 6.3, 5.5, 5.2, 5.0, 4.3, 3.1, 1.9, 0.9, 0.8, 0.6)
_FERTILITY = {15: 0.018, 20: 0.170, 25: 0.190, 30: 0.130, 35: 0.065, 40: 0.018, 45: 0.002}
_GIRLS = 0.488
# Deaths of the epidemic years and the birth dip after 2022, as factors of the usual rates.
_DEATHS_OF = {2020: 1.16, 2021: 1.20}
_BIRTHS_OF = {2022: 0.96, 2023: 0.92, 2024: 0.90}
_DEPARTURES_OF = {2020: 0.55, 2021: 0.8, 2022: 1.25}


@dataclass(frozen=True)
class People:
    """Counts as arrays [year, village, sex, age]; births [year, village, sex]."""

    years: tuple[int, ...]
    stock: np.ndarray
    births: np.ndarray
    deaths: np.ndarray
    arrivals: np.ndarray
    departures: np.ndarray

    def total(self) -> np.ndarray:
        """Residents at the end of each year."""
        return self.stock.sum(axis=(1, 2, 3))

    def count(self, low: int, high: int) -> np.ndarray:
        """Residents of ages low to high, both included, by year."""
        return self.stock[..., low : high + 1].sum(axis=(1, 2, 3))

    def working_age(self) -> np.ndarray:
        """[year, village, sex]: women of 16–57, men of 16–62 (Q24, O-06)."""
        women = self.stock[:, :, 0, 16:58].sum(axis=-1)
        men = self.stock[:, :, 1, 16:63].sum(axis=-1)
        return np.stack([women, men], axis=-1)


def band_sums(counts: np.ndarray) -> np.ndarray:
    """Counts by single ages (last axis) added up to the printed bands."""
    return np.add.reduceat(counts, BAND_STARTS, axis=-1)


def simulate(
    rng: np.random.Generator, years: tuple[int, ...], village_sizes: np.ndarray,
    *, outflow: float = 0.017, inflow: float = 0.006,
) -> People:
    """The people of the villages from the end of the year before the first to the last year.

    ``outflow`` and ``inflow``: yearly shares of the residents that leave and come.
    """
    stock = _start(rng, village_sizes)
    kept: list[list[np.ndarray]] = [[], [], [], [], []]
    for year in years:
        stock, *flows = _pass_year(rng, stock, year, outflow, inflow)
        for place, values in enumerate((stock, *flows)):
            kept[place].append(values)
    return People(years, *(np.stack(values) for values in kept))


def _start(rng: np.random.Generator, village_sizes: np.ndarray) -> np.ndarray:
    groups = np.repeat(np.array(_PYRAMID) / 5, 5)
    shares = np.zeros(OLDEST + 1)
    shares[: len(groups)] = groups
    shares[80:] = 0.30 * 0.80 ** np.arange(OLDEST + 1 - 80)
    shares *= np.exp(rng.normal(0, 0.05, OLDEST + 1))
    women = 0.49 + 0.002 * np.maximum(0, _AGES - 45)
    by_sex = np.stack([shares * women, shares * (1 - women)])
    expected = by_sex / by_sex.sum() * np.asarray(village_sizes)[:, None, None]
    return rng.poisson(expected)


def _mortality() -> np.ndarray:
    """Yearly death probabilities [sex, age]: high in the first year, then a Gompertz rise."""
    rise = 0.00048 * np.exp(0.085 * np.maximum(0, _AGES - 25))
    both = np.stack([0.62 * rise, 1.25 * rise])
    both[:, 0], both[:, 1:5] = 0.014, 0.0008
    return np.minimum(both, 0.6)


def _mobility() -> np.ndarray:
    """Relative readiness to move by age: highest from 18 to 30."""
    profile = np.full(OLDEST + 1, 0.45)
    profile[:16], profile[16:18], profile[18:31], profile[31:46] = 0.5, 1.2, 2.4, 1.1
    return profile


_DYING, _MOVING = _mortality(), _mobility()
_FERTILE = np.zeros(OLDEST + 1)
for _age, _rate in _FERTILITY.items():
    _FERTILE[_age : _age + 5] = _rate


def _pass_year(
    rng: np.random.Generator, stock: np.ndarray, year: int, outflow: float, inflow: float
) -> tuple[np.ndarray, ...]:
    """Stock at the end of the year, births, deaths, arrivals and departures of it."""
    women = (stock[:, 0] * _FERTILE).sum(axis=-1)
    born = rng.poisson(women * _BIRTHS_OF.get(year, 1.0))
    girls = rng.binomial(born, _GIRLS)
    births = np.stack([girls, born - girls], axis=-1)
    dying = np.minimum(_DYING * _DEATHS_OF.get(year, 1.0), 0.9)
    deaths = rng.binomial(stock, dying)
    infant = rng.binomial(births, dying[:, 0])
    leaving = np.minimum(outflow * _MOVING * _DEPARTURES_OF.get(year, 1.0), 0.5)
    departures = rng.binomial(stock - deaths, leaving)
    arrivals = rng.poisson(inflow * _MOVING * stock)
    rest = stock - deaths - departures + arrivals
    older = np.zeros_like(rest)
    older[..., 1:] = rest[..., :-1]
    older[..., -1] += rest[..., -1]
    older[..., 0] = births - infant
    deaths[..., 0] += infant
    return older, births, deaths, arrivals, departures

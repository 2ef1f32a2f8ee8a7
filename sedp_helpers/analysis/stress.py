"""Shares, caps and gaps of a local budget under stress: the arithmetic of handbook Q32.

Pure functions of numbers; they know no municipality and decide nothing. The percentages that the
handbook uses are examples, never norms, except the 2 % limit of the reserve fund (R-50).
"""

from __future__ import annotations

from collections.abc import Iterable


def take_share(base: float, pct: float) -> float:
    """``pct`` per cent of ``base``, in its unit (Q32: transfers cut, a tax rate raised).

    >>> take_share(1_000_000, 20), take_share(1_200_000, 5)
    (200000.0, 60000.0)
    """
    return base * pct / 100


def imply_base(amount: float, pct: float) -> float | None:
    """The base of which ``amount`` is ``pct`` per cent; None for 0 % (DQ-10, DQ-13).

    >>> imply_base(150_000, 10)
    1500000.0
    """
    return 100 * amount / pct if pct else None


def cap_reserve(expenditure: float, limit_pct: float = 2) -> float:
    """The largest reserve fund that R-50 allows at an expenditure, in som.

    >>> cap_reserve(3_000_000)
    60000.0
    """
    return take_share(expenditure, limit_pct)


def needed_expenditure(reserve: float, limit_pct: float = 2) -> float | None:
    """The smallest expenditure at which R-50 allows a reserve fund, in som.

    >>> needed_expenditure(500_000)
    25000000.0
    """
    return imply_base(reserve, limit_pct)


def leave_uncovered(losses: Iterable[float], reserve: float) -> float:
    """What losses leave beyond the reserve fund, in som; never below 0 (AC-59).

    >>> leave_uncovered([200_000, 150_000, 400_000], 500_000)
    250000.0
    """
    return max(0.0, float(sum(losses)) - reserve)


def measure_upkeep_gap(upkeep: float, extra_revenue: Iterable[float]) -> float:
    """Yearly upkeep of new objects that extra revenue leaves unpaid, som; negative = paid (AC-60).

    >>> measure_upkeep_gap(1_000_000, [100_000, 200_000])
    700000.0
    """
    return float(upkeep - sum(extra_revenue))

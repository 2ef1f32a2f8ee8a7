"""Formulas that the catalogue may name: plain arithmetic on known numbers.

Each takes its inputs by role and answers None where the arithmetic has no meaning (division by
zero or by a negative base). Missing inputs never reach a formula.
"""

from __future__ import annotations

from collections.abc import Callable

from sedp_helpers.registry import Registry

Formula = Callable[..., "float | None"]
FORMULAS: Registry[Formula] = Registry("formula")


@FORMULAS.register("difference")
def difference(plus: float, minus: float) -> float:
    """What is left of ``plus`` after ``minus``, in their unit.

    >>> difference(214, 61)
    153
    """
    return plus - minus


@FORMULAS.register("share")
def share(part: float, whole: float) -> float | None:
    """``part`` in per cent of ``whole``; None where the whole is not positive.

    >>> share(15, 50)
    30.0
    """
    return 100 * part / whole if whole > 0 else None


@FORMULAS.register("ratio")
def ratio(top: float, bottom: float, *, times: float = 1) -> float | None:
    """``top`` per ``bottom``, times a scale (1000 for «per 1,000»); None where bottom ≤ 0."""
    return times * top / bottom if bottom > 0 else None


@FORMULAS.register("sum")
def total(**parts: float) -> float:
    """The sum of all inputs."""
    return sum(parts.values())


@FORMULAS.register("product")
def product(**parts: float) -> float:
    """The product of all inputs."""
    value = 1.0
    for part in parts.values():
        value *= part
    return value


@FORMULAS.register("unused_share")
def unused_share(land: float, used: float) -> float | None:
    """What is left of the land after what is used, in per cent.

    >>> unused_share(200, 150)
    25.0
    """
    return 100 * (land - used) / land if land > 0 else None


@FORMULAS.register("real_growth")
def real_growth(index: float) -> float:
    """Growth in constant prices from a volume index with the previous year = 100.

    >>> real_growth(98.5)
    -1.5
    """
    return index - 100


@FORMULAS.register("paying_households")
def paying_households(collected: float, tariff: float) -> float | None:
    """Households that pay in full for twelve months: collected / (12 · tariff)."""
    return collected / (12 * tariff) if tariff > 0 else None


@FORMULAS.register("break_even_tariff")
def break_even_tariff(cost: float, collected: float, tariff: float) -> float | None:
    """Som per payer and month at which collections cover cost at today's payers.

    cost / 12 / payers, where payers = collected / (12 · tariff).

    >>> break_even_tariff(1_200_000, 960_000, 80)
    100.0
    """
    payers = paying_households(collected, tariff)
    return cost / 12 / payers if payers else None


@FORMULAS.register("subsidy_per_resident_month")
def subsidy_per_resident_month(subsidy: float, residents: float) -> float | None:
    """Yearly subsidy / 12 / residents served (handbook Q44).

    >>> round(subsidy_per_resident_month(2_400_000, 16_013), 6)
    12.489852
    """
    return subsidy / 12 / residents if residents > 0 else None

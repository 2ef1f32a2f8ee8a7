"""Who belongs to a district and whose figures are there: the base of every «n of N».

The number of members comes from the reference table; folders may be fewer. A member without
figures stays on the roll by name, so that nobody drops out silently.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Roll:
    """``known``: members with a folder, in id order; ``present``: those with any figure."""

    known: tuple[str, ...]
    present: tuple[str, ...]
    expected: int | None = None

    @property
    def total(self) -> int:
        """How many members the district has; never fewer than are known."""
        return max(self.expected or 0, len(self.known))

    @property
    def nameless(self) -> int:
        """Members that the reference table counts but no folder stands for."""
        return self.total - len(self.known)

    def absent(self, units: Iterable[str]) -> tuple[str, ...]:
        """Known members that are not among ``units``.

        >>> Roll(("a", "b"), ("a",), 3).absent(["a"])
        ('b',)
        """
        given = set(units)
        return tuple(unit for unit in self.known if unit not in given)

    def is_whole(self, units: Iterable[str]) -> bool:
        """Whether these units are the whole district; unknown membership is never whole.

        >>> Roll(("a", "b"), ("a", "b"), 3).is_whole(["a", "b"])
        False
        """
        return (self.expected is not None and not self.nameless
                and bool(self.known) and not self.absent(units))


def choose_kind(samples: dict[str, bool]) -> tuple[list[str], list[str]]:
    """The members that may stand together, and those left out: real and made up never mix.

    Real ones win; samples stand together only where there is nothing else.

    >>> choose_kind({"a": False, "b": True})
    (['a'], ['b'])
    """
    real = sorted(unit for unit, sample in samples.items() if not sample)
    made_up = sorted(unit for unit, sample in samples.items() if sample)
    return (real, made_up) if real else (made_up, [])

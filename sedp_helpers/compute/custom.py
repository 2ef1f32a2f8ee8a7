"""The register of computations that a catalogue formula cannot say, by name.

A custom computation takes the context and its catalogue entry and yields rows; the catalogue
names it as ``custom:<name>``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sedp_helpers.compute.context import Context
from sedp_helpers.compute.rows import Row
from sedp_helpers.models import ResultSpec
from sedp_helpers.registry import Registry

Custom = Callable[[Context, ResultSpec], Iterator[Row]]
CUSTOM: Registry[Custom] = Registry("computation")


def compute_custom(context: Context) -> Iterator[Row]:
    """Rows of all catalogue results that name a custom computation, each with its entry's rule."""
    for spec in context.catalog.results.values():
        if spec.formula.startswith("custom:"):
            for row in CUSTOM.get(spec.formula.removeprefix("custom:"))(context, spec):
                yield row if row.rule or not spec.rule else row._replace(rule=spec.rule)

"""A pytest plugin for `make fuzz`: property-based tests with a hundred times more examples."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile(
    "fuzz", max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("fuzz")

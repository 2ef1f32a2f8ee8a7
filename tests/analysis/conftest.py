"""Property tests of the methods: few examples each, and no clock, because machines are shared."""

from hypothesis import settings

settings.register_profile("analysis", max_examples=40, deadline=None)
settings.load_profile("analysis")

"""Made-up municipalities: one district to look at, or a whole country to try the program on.

What is made here never claims to be real: every folder carries ``sample: true``.
"""

from sedp_helpers.samples.demo import generate_demo
from sedp_helpers.samples.folders import SampleFolder, generate
from sedp_helpers.samples.write import refuse_real, write_samples

__all__ = ["SampleFolder", "generate", "generate_demo", "refuse_real", "write_samples"]

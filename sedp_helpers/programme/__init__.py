"""The parts of the two programme chapters by name: participation and action plan.

Each part takes the open section and answers blocks; importing the chapters registers them.
"""

from sedp_helpers.programme import participation, plan
from sedp_helpers.programme.base import open_files

__all__ = ["open_files", "participation", "plan"]

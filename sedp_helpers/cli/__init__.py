"""The command `sedp`: options only, then one call each.

Each module of this folder adds its commands to `main` when it is imported.
"""

from sedp_helpers.cli import district, office, reports, tools, training
from sedp_helpers.cli.group import main

__all__ = ["district", "main", "office", "reports", "tools", "training"]

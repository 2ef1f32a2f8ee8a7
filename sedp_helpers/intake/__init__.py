"""Raw tables to tidy observations, registers and findings."""

from sedp_helpers.intake.amounts import parse_amount

__all__ = ["parse_amount"]

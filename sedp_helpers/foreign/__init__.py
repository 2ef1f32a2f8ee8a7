"""Formats of other offices: read by layouts of the catalogue, brought into a raw table."""

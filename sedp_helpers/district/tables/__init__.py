"""Every table of the district book by name: a visible list, one line each."""

from __future__ import annotations

from collections.abc import Callable

from sedp_helpers.blocks import Table
from sedp_helpers.district.tables import comparison, district, food, joint, members, process
from sedp_helpers.registry import Registry

TABLES: Registry[Callable[..., Table | None]] = Registry("district table")
TABLES.add("council", members.tabulate_council)
TABLES.add("differences", comparison.tabulate_differences)
TABLES.add("exchanges", members.tabulate_exchanges)
TABLES.add("food", food.tabulate_food)
TABLES.add("factors", district.tabulate_factors)
TABLES.add("food_risks", food.tabulate_food_risks)
TABLES.add("fund", district.tabulate_fund)
TABLES.add("gaps", comparison.tabulate_gaps)
TABLES.add("joint", joint.tabulate_joint)
TABLES.add("lateness", members.tabulate_lateness)
TABLES.add("level", comparison.tabulate_level)
TABLES.add("member_exchanges", process.tabulate_member_exchanges)
TABLES.add("members", members.tabulate_members)
TABLES.add("needs", joint.tabulate_needs)
TABLES.add("nodes", members.tabulate_nodes)
TABLES.add("order", process.tabulate_order)
TABLES.add("outliers", comparison.tabulate_outliers)
TABLES.add("passed", joint.tabulate_passed)
TABLES.add("peers", comparison.tabulate_peers)
TABLES.add("per_head", district.tabulate_per_head)
TABLES.add("powers", process.tabulate_powers)
TABLES.add("programmes", district.tabulate_programmes)
TABLES.add("protected", food.tabulate_protected)
TABLES.add("ranks", comparison.tabulate_ranks)
TABLES.add("section_ranks", comparison.tabulate_section_ranks)
TABLES.add("state", district.tabulate_state)
TABLES.add("statistics", district.tabulate_statistics)
TABLES.add("status", members.tabulate_status)
TABLES.add("totals", district.tabulate_totals)
TABLES.add("verdicts", comparison.tabulate_verdicts)

"""Every picture of the district book by name: a visible list, one line each."""

from __future__ import annotations

from collections.abc import Callable

from sedp_helpers.district.pictures import comparison, district, heat
from sedp_helpers.district.pictures.base import DistrictPicture
from sedp_helpers.registry import Registry

PICTURES: Registry[Callable[..., DistrictPicture]] = Registry("district picture")
PICTURES.add("change", comparison.view_change)
PICTURES.add("food", district.view_food)
PICTURES.add("fund", district.view_fund)
PICTURES.add("gaps", comparison.view_gaps)
PICTURES.add("heat", heat.view_heat)
PICTURES.add("map", comparison.view_map)
PICTURES.add("multiples", comparison.view_multiples)
PICTURES.add("needs", district.view_needs)
PICTURES.add("ranks", comparison.view_ranks)

"""The district book for notebooks: gathered, computed, told. One public name: ``open_district``."""

from sedp_helpers.district.book import DistrictBook, open_district

__all__ = ["DistrictBook", "open_district"]

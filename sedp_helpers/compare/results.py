"""District data → results.csv of the district book, one row a key."""

from __future__ import annotations

import pandas as pd

from sedp_helpers.compare.data import DistrictData
from sedp_helpers.compare.level_rows import list_figures, list_level_rows, list_middles
from sedp_helpers.compare.member_rows import list_member_rows
from sedp_helpers.compare.own_rows import list_own_rows
from sedp_helpers.compare.peer_rows import list_peer_rows
from sedp_helpers.compute.rows import KEY, Row, frame_rows


def compute_district(data: DistrictData) -> pd.DataFrame:
    """All results of a district, with the columns of CONTRACT section 5."""
    rows: list[Row] = [*list_own_rows(data), *list_level_rows(data), *list_member_rows(data),
                       *list_peer_rows(data)]
    frame = frame_rows(rows)
    return frame[~frame.duplicated(KEY)].reset_index(drop=True)


def compute_figures(data: DistrictData) -> pd.DataFrame:
    """Of all results only the members' figures and their middle, for a page on the screen."""
    return frame_rows([*list_figures(data), *list_middles(data)])

"""What a notebook cell shows: blocks for the report, a picture for the screen, a frame to work on.

The report reads the blocks from the executed notebook; JupyterLab shows the HTML or the live
figure; an expert takes ``view.frame`` and goes on with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sedp_helpers.blocks import MIME, Block, Figure, Table, dump_block
from sedp_helpers.present.screen import write_plain, write_screen

PLOTLY_MIME = "application/vnd.plotly.v1+json"


@dataclass(frozen=True)
class View:
    """Blocks with the results they were made of (``reads``)."""

    blocks: tuple[Block, ...]
    reads: tuple[str, ...] = ()
    frame: pd.DataFrame = field(default_factory=pd.DataFrame, compare=False, repr=False)

    @property
    def figure(self) -> Any:
        """The live plotly figure of a chart, to be changed at will."""
        import plotly.graph_objects as go

        spec = next(block.spec for block in self.blocks if isinstance(block, Figure))
        return go.Figure(spec)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict, dict]:
        bundle: dict[str, Any] = {
            MIME: [dump_block(block) for block in self.blocks],
            "text/html": write_screen(self.blocks),
            "text/plain": write_plain(self.blocks),
        }
        figures = [block for block in self.blocks if isinstance(block, Figure)]
        if len(figures) == 1 and len(self.blocks) == 1:
            bundle[PLOTLY_MIME] = figures[0].spec
        return bundle, {"sedp": {"reads": list(self.reads)}}


def frame_table(table: Table) -> pd.DataFrame:
    """A table as a frame with full values where cells have them."""
    names = [", ".join(filter(None, (c.title, c.unit))) for c in table.columns]
    rows = [[cell.text if cell.value is None else cell.value for cell in row]
            for row in table.rows]
    return pd.DataFrame(rows, columns=names)

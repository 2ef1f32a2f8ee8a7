"""`sedp sample`: a synthetic workspace of municipalities in whole districts."""

from __future__ import annotations

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.console import Console
from sedp_helpers.paths import Workspace
from sedp_helpers.samples import generate, write_samples


def write_country(workspace: Workspace, municipalities: int, seed: int, console: Console) -> None:
    """Write the folders; a root that holds real municipalities is refused."""
    folders = generate(load_catalog(), municipalities=municipalities, seed=seed)
    count = write_samples(workspace.root, folders)
    console.say("samples_written", count=count, path=str(workspace.raw))

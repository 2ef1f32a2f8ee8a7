"""What was read of a folder in a compact form, to be handed from one process of ours to another.

Why: a country is read for the comparison panel and prepared afterwards. A folder unpacked is there
in a fifth of the time that reading and judging it takes, and packed it is small enough that a
country waits in memory. Nothing of this ever lies on disk.
"""

from __future__ import annotations

import pickle
import zlib

from sedp_helpers.intake.collect import Collected


def pack_collected(collected: Collected) -> bytes:
    """A collected folder as bytes for ``unpack_collected``."""
    return zlib.compress(pickle.dumps(collected, pickle.HIGHEST_PROTOCOL), 1)


def unpack_collected(packed: bytes) -> Collected:
    """The folder that this program packed in this run."""
    found: Collected = pickle.loads(zlib.decompress(packed))  # noqa: S301  (never from outside)
    return found

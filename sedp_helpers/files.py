"""Writing whole files: the one place where the program replaces something on disk."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from sedp_helpers.errors import OutputError, tell_reason


def write_atomic(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old or the new one, never a half."""
    draft = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except OSError as error:
        if draft:
            Path(draft).unlink(missing_ok=True)
        raise OutputError(f"{path} could not be written: {error}", key="cannot_write",
                          path=str(path), reason=tell_reason(error)) from error

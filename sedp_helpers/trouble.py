"""What stops one municipality is told, and the others go on.

Why: among hundreds of folders one may hold what nobody thought of. A sentence for the person, the
whole story in a file for those who mend the program, and the next municipality.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sedp_helpers.console import Console
from sedp_helpers.errors import OutputError, SedpError, tell_reason
from sedp_helpers.files import write_atomic
from sedp_helpers.paths import Workspace

LOG = "trouble.log"
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Trouble:
    """Why a municipality could not be worked on; ``error`` is what a user can cause."""

    id: str
    error: SedpError | None = None
    params: dict[str, Any] = field(default_factory=dict)

    def say(self, console: Console) -> None:
        if self.error is not None:
            why = (console.text(self.error.key, **self.error.params)
                   if self.error.key in console.words else str(self.error))
            written = self.error.key == "cannot_write"  # it was read well
            console.say("unfinished" if written else "unreadable", name=self.id, why=why)
        else:
            console.say("program_failed", name=self.id, **self.params)


def attempt(work: Callable[[], Answer], workspace: Workspace, ident: str) -> Answer | Trouble:
    """The answer of a piece of work for a municipality, or the trouble it met.

    What is no fault of the user is written to ``trouble.log`` among its processed data.
    """
    try:
        return work()
    except SedpError as error:
        return Trouble(ident, error)
    except OSError as error:
        return Trouble(ident, OutputError(str(error), key="cannot_open",
                                          path=str(error.filename or ""),
                                          reason=tell_reason(error)))
    except Exception as error:  # whatever it is, the others must go on
        what = f"{type(error).__name__}: {error}"[:200]
        return Trouble(ident, params={"what": what,
                                      "path": _write_log(workspace.processed / ident / LOG)})


def read_trouble(
    told: tuple[str, dict[str, Any], str], workspace: Workspace, ident: str
) -> Trouble:
    """The trouble that another process told: key and words of a message, and the whole story.
    Without a key it is no fault of the user, and the story is written to the log."""
    key, params, story = told
    if key:
        return Trouble(ident, SedpError(story, key=key, **params))
    path = _write_log(workspace.processed / ident / LOG, story)
    return Trouble(ident, params={**params, "path": path})


def _write_log(path: Path, story: str = "") -> str:
    """The traceback as a file; nothing where it cannot be written."""
    try:
        write_atomic(path, (story or traceback.format_exc()).encode("utf-8", "replace"))
    except SedpError:
        return "—"
    return str(path)

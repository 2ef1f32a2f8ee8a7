"""What papermill loads when it starts: a stand-in that fetches our engine at its first use.

papermill loads every registered engine while it is itself being imported, and our engine imports
papermill; whichever came first would find the other half made. This module must stay light and
never import papermill at its top.
"""

from __future__ import annotations

from typing import Any


class DeferredEngine:
    """Answers like the engine class it stands for."""

    def __getattr__(self, name: str) -> Any:
        from sedp_helpers.publish.engine import InProcessEngine

        return getattr(InProcessEngine, name)


IN_PROCESS = DeferredEngine()

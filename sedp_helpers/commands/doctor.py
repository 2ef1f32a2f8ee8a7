"""`sedp doctor`: what is missing on this machine, in words."""

from __future__ import annotations

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.doctor import examine
from sedp_helpers.paths import Workspace


def list_health(workspace: Workspace, language: str) -> tuple[str, bool]:
    """The report and whether everything that is needed is there."""
    words = load_catalog().words("doctor", language)
    checks = examine(workspace)
    lines = []
    for check in checks:
        mark = words["passed"] if check.ok else words["failed"]
        name = words[check.what]
        lines.append(f"{mark}  {name}: {check.detail}".rstrip(": "))
        if not check.ok and check.fix:
            lines.append("    " + words["advice"].format(text=words[check.fix]))
    missing = [check for check in checks if check.needed and not check.ok]
    lines.append(words["some_missing"].format(n=len(missing)) if missing else words["all_well"])
    return "\n".join(lines), not missing

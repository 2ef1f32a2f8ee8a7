"""Makes sure that something on this machine can draw our figures.

In this order: a browser that is there; Chromium from the system's packages where we may install
it; the bundled renderer (kaleido 0.2.1, which brings its own). Never asks anything, and says in
one sentence what it did. Usage: .venv/bin/python tools/ensure_renderer.py
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from sedp_helpers.browser import find_browser

ROOT = Path(__file__).resolve().parent.parent
RENDERER_LOCK = ROOT / "requirements-renderer.lock"


def say(sentence: str) -> None:
    print(f"renderer: {sentence}", file=sys.stderr)


def succeeds(command: list[str]) -> bool:
    """Runs a command without questions; True where it ended well."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    return done.returncode == 0


def find_privilege() -> list[str] | None:
    """The prefix that lets a command run as administrator, or None where we may not."""
    if not hasattr(os, "geteuid"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and succeeds(["sudo", "-n", "true"]):
        return ["sudo", "-n", "--preserve-env=DEBIAN_FRONTEND"]
    return None


def install_chromium() -> bool:
    """Installs Chromium with apt where that is possible without a question."""
    privilege = find_privilege()
    if privilege is None or not shutil.which("apt-get"):
        return False
    say("no browser found; installing Chromium (a minute or two)")
    succeeds([*privilege, "apt-get", "update"])
    succeeds([*privilege, "apt-get", "install", "-y", "--no-install-recommends", "chromium"])
    return find_browser() is not None


def install_bundled_renderer() -> bool:
    """Installs the renderer that brings its own browser engine."""
    say("no browser and no way to install one; installing the bundled renderer")
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--require-hashes"]
    wheels = ROOT / "wheels"
    source = ["--no-index", "--find-links", str(wheels)] if wheels.is_dir() else []
    return succeeds([*command, *source, "-r", str(RENDERER_LOCK)])


def main() -> int:
    if find_browser() or importlib.util.find_spec("kaleido"):
        return 0
    if install_chromium() or install_bundled_renderer():
        return 0
    say("none could be installed; reports will show tables instead of figures in PDF and Word.")
    say("Install Chrome, Edge or Chromium, or set BROWSER_PATH to its program file.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

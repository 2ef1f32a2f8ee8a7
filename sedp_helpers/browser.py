"""Where on this machine is a browser that can draw figures and print pages?

Only finds the program file: it starts nothing, installs nothing and imports nothing of ours.
Any Chromium relative will do: Chrome, Edge, Chromium, Brave or Vivaldi.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
    "chrome",
    "brave-browser",
    "vivaldi-stable",
)
WINDOWS_PROGRAMS = (
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "Chromium/Application/chrome.exe",
    "BraveSoftware/Brave-Browser/Application/brave.exe",
    "Vivaldi/Application/vivaldi.exe",
)
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
MAC_PROGRAMS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Chromium.app/Contents/MacOS/Chromium",
    "Brave Browser.app/Contents/MacOS/Brave Browser",
    "Vivaldi.app/Contents/MacOS/Vivaldi",
)
LINUX_PROGRAMS = (
    "/opt/google/chrome/chrome",
    "/opt/microsoft/msedge/msedge",
    "/usr/lib/chromium/chromium",
    "/snap/bin/chromium",
    "/var/lib/flatpak/exports/bin/org.chromium.Chromium",
    "/var/lib/flatpak/exports/bin/com.google.Chrome",
)
DOWNLOADED = (
    ".cache/ms-playwright/chromium-*/chrome-linux*/chrome",
    "Library/Caches/ms-playwright/chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "AppData/Local/ms-playwright/chromium-*/chrome-win*/chrome.exe",
)


def find_browser(
    environment: Mapping[str, str] | None = None, *, platform: str = sys.platform
) -> Path | None:
    """The program file of a usable browser, or None.

    The variable BROWSER_PATH wins where it names a program; a wrong value is passed over
    (``sedp doctor`` says so). Then the commands of PATH, the usual places of the system, and
    what a browser-testing tool has downloaded for this user.
    """
    environment = os.environ if environment is None else environment
    return next((path for path in list_candidates(environment, platform) if is_program(path)), None)


def list_candidates(environment: Mapping[str, str], platform: str) -> Iterator[Path]:
    """Every place where a browser may be, the preferred one first; it need not exist."""
    if environment.get("BROWSER_PATH"):
        yield Path(environment["BROWSER_PATH"]).expanduser()
    found = (shutil.which(command, path=environment.get("PATH", "")) for command in COMMANDS)
    yield from (Path(path) for path in found if path)
    home = Path(environment.get("USERPROFILE") or environment.get("HOME") or Path.home())
    if platform == "win32":
        folders = (environment.get(name) for name in WINDOWS_FOLDERS)
        yield from (Path(f) / program for f in folders if f for program in WINDOWS_PROGRAMS)
    elif platform == "darwin":
        places = (Path("/Applications"), home / "Applications")
        yield from (place / program for place in places for program in MAC_PROGRAMS)
    else:
        yield from map(Path, LINUX_PROGRAMS)
    for pattern in DOWNLOADED:
        yield from sorted(home.glob(pattern), reverse=True)


def is_program(path: Path) -> bool:
    """Whether the file is there and may be started."""
    return path.is_file() and os.access(path, os.X_OK)

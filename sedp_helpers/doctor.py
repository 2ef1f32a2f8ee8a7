"""What is missing on this machine, and how does one get it?

Looks and tells; it installs nothing, needs no network and never raises for what it finds.
The words are keys of ``catalog/text/<lang>/doctor.yml``; details are versions, paths and numbers
that read the same in every language.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

from sedp_helpers import vendored
from sedp_helpers.browser import find_browser, is_program
from sedp_helpers.paths import Workspace, open_workspace

OLDEST_PYTHON = (3, 11)
FREE_DISK_GB = 1.0
DISTRIBUTION = "sedp-helpers"
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^;\s]+)$")
KYRGYZ_LETTERS = "ҢңӨөҮү"


@dataclass(frozen=True)
class Check:
    """One question to the machine; ``needed`` is False where reports can be made without it."""

    what: str
    ok: bool
    detail: str
    fix: str
    needed: bool = True


def examine(workspace: Workspace | None = None) -> list[Check]:
    """Every check, in the order in which a person would repair them."""
    workspace = workspace or open_workspace()
    checks = [
        check_python(),
        check_packages(),
        check_renderer(),
        check_vendored(),
        check_typesetter(),
        check_writable(workspace),
        check_disk(workspace),
        check_console(),
        check_office(),
    ]
    if os.environ.get("BROWSER_PATH"):
        checks.insert(3, check_browser_path(os.environ["BROWSER_PATH"]))
    return checks


def check_python() -> Check:
    """Is this Python 3.11 or newer?"""
    found = ".".join(map(str, sys.version_info[:3]))
    wanted = ".".join(map(str, OLDEST_PYTHON))
    return _tell("python", sys.version_info >= OLDEST_PYTHON, f"{found} (≥ {wanted})")


def check_packages() -> Check:
    """Are the packages we import there, in exactly the version the program is made for?"""
    try:
        pins = list(list_pins(metadata.requires(DISTRIBUTION) or []))
    except metadata.PackageNotFoundError:
        return _tell("packages", False, f"{DISTRIBUTION} –")
    wrong = [
        f"{name} {find_version(name) or '–'} ≠ {wanted}"
        for name, wanted in pins
        if find_version(name) != wanted
    ]
    return _tell("packages", not wrong, ", ".join(wrong) or str(len(pins)))


def list_pins(requirements: list[str]) -> Iterator[tuple[str, str]]:
    """The exact requirements, without those of the optional extras.

    >>> list(list_pins(["numpy==2.4.6", 'ruff==0.17.5; extra == "dev"']))
    [('numpy', '2.4.6')]
    """
    matches = (PIN.match(text.strip()) for text in requirements)
    yield from ((found[1], found[2]) for found in matches if found)


def find_version(distribution: str) -> str | None:
    """The installed version of a package, or None."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def check_renderer() -> Check:
    """Is there a browser, or the bundled renderer, to draw figures for PDF and Word?"""
    browser = find_browser()
    bundled = util.find_spec("kaleido") is not None
    detail = str(browser) if browser else f"kaleido {find_version('kaleido')}" if bundled else "–"
    return _tell("renderer", bool(browser) or bundled, detail)


def check_browser_path(value: str) -> Check:
    """Does the variable BROWSER_PATH name a program that can be started?"""
    return _tell("browser_path", is_program(Path(value).expanduser()), value, needed=False)


def check_vendored() -> Check:
    """Are the fonts and the chart library undamaged?"""
    try:
        damaged = [path.name for path in vendored.find_damaged()]
    except (OSError, ValueError, KeyError) as error:
        damaged = [str(error)]
    return _tell("vendored", not damaged, ", ".join(damaged) or ", ".join(vendored.FONT_FAMILIES))


def check_typesetter() -> Check:
    """Can Typst set one page of Kyrgyz letters with our fonts?"""
    try:
        import typst
    except ImportError:
        return _tell("typesetter", False, "–")
    page = f'#set text(font: "{vendored.FONT_FAMILIES[0]}")\n{KYRGYZ_LETTERS}'
    try:
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[vendored.FONTS])
        typst.Compiler(page.encode(), font_paths=fonts).compile(format="pdf")
    except (RuntimeError, ValueError, OSError) as error:
        return _tell("typesetter", False, str(error).splitlines()[0])
    return _tell("typesetter", True, f"typst {find_version('typst')}")


def check_writable(workspace: Workspace) -> Check:
    """May we write where the prepared data and the reports go?"""
    folders = (workspace.processed, workspace.reports)
    refused = [str(folder) for folder in folders if not _can_write(_find_existing(folder))]
    return _tell("writable", not refused, ", ".join(refused) or str(workspace.root))


def check_disk(workspace: Workspace) -> Check:
    """Is there room for reports (about 10 MB a municipality and language)?"""
    free = shutil.disk_usage(_find_existing(workspace.root)).free / 1e9
    return _tell("disk", free >= FREE_DISK_GB, f"{free:.1f} GB (≥ {FREE_DISK_GB:.0f} GB)")


def check_console() -> Check:
    """Can this console show Kyrgyz letters? If not, they are printed as question marks."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        KYRGYZ_LETTERS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return _tell("console", False, encoding, needed=False)
    return _tell("console", True, encoding, needed=False)


def check_office() -> Check:
    """Is LibreOffice here? Nothing of ours needs it, it only opens what we make."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return _tell("office", True, found or "–", needed=False)


def _tell(what: str, ok: bool, detail: str, *, needed: bool = True) -> Check:
    return Check(f"check.{what}", ok, detail, f"fix.{what}", needed)


def _find_existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())


def _can_write(folder: Path) -> bool:
    try:
        with tempfile.NamedTemporaryFile(dir=folder):
            return True
    except OSError:
        return False

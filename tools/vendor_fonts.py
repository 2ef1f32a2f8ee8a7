"""Rebuilds sedp_helpers/publish/assets/fonts: subsets of open fonts for PDF (ttf) and HTML (woff2).

Why subsets: a page carries its fonts inside itself, so every kilobyte is paid in every report.
Golos Text holds the letters; the Noto families hold only what Golos Text lacks (the som sign,
Greek, ticks and triangles). The result is byte for byte the same on every run.

Needs npm and `pip install fonttools brotli`; neither is needed by `make report` or `make test`.
Usage: python tools/vendor_fonts.py
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "sedp_helpers" / "publish" / "assets" / "fonts"
LICENCES = ROOT / "LICENSES"

LETTERS = {
    *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x400, 0x530), 0x2009, *range(0x2010, 0x2015),
    *range(0x2018, 0x201F), *range(0x2020, 0x2023), 0x2026, 0x202F, 0x2030, 0x2039, 0x203A, 0x2044,
    *range(0x2080, 0x208A), 0x20AC, 0x20BD, 0x2116, 0x2122, *range(0x2190, 0x219A), 0x2206, 0x2212,
    0x2215, 0x221A, 0x2248, 0x2264, 0x2265,
}  # fmt: skip
LACKING = {
    *range(0x391, 0x3CA), *range(0x400, 0x530), 0x2007, 0x200A, 0x200B, 0x2015, 0x2032, 0x2033,
    0x2060, *range(0x2070, 0x208F), 0x20C0,
}  # fmt: skip
MATHS = {0x2211, 0x2260, 0x2208, 0x221E, 0x2202}
SIGNS = {
    0x25A0, 0x25A1, 0x25AA, 0x25AB, 0x25B2, 0x25B3, 0x25B6, 0x25B7, 0x25BA, 0x25BC, 0x25BD, 0x25C0,
    0x25C6, 0x25C7, 0x25CB, 0x25CF, *range(0x25D0, 0x25D4), 0x2605, 0x2606, 0x2610, 0x2611, 0x2612,
    0x2713, 0x2714, 0x2717, 0x2718, 0x26A0,
}  # fmt: skip


@dataclass(frozen=True)
class Family:
    name: str
    package: str
    version: str
    prefix: str
    styles: tuple[str, ...]
    wanted: frozenset[int]
    minus_golos: bool = False


FAMILIES = (
    Family("Golos Text", "golos-text", "0.4.2", "GolosText",
           ("400Regular", "600SemiBold", "700Bold"), frozenset(LETTERS)),
    Family("Noto Sans", "noto-sans", "0.4.2", "NotoSans",
           ("400Regular", "700Bold"), frozenset(LACKING), minus_golos=True),
    Family("Noto Sans Symbols 2", "noto-sans-symbols-2", "0.4.1", "NotoSansSymbols2",
           ("400Regular",), frozenset(SIGNS)),
    Family("Noto Sans Math", "noto-sans-math", "0.4.2", "NotoSansMath",
           ("400Regular",), frozenset(MATHS)),
)  # fmt: skip


def fetch_package(family: Family, folder: Path) -> Path:
    """The unpacked npm package of a family."""
    name = f"@expo-google-fonts/{family.package}@{family.version}"
    subprocess.run(
        ["npm", "pack", name, "--pack-destination", str(folder)], check=True, capture_output=True
    )
    archive = folder / f"expo-google-fonts-{family.package}-{family.version}.tgz"
    with tarfile.open(archive) as tar:
        tar.extractall(folder / family.prefix, filter="data")
    return folder / family.prefix / "package"


def cut_font(source: Path, target: Path, wanted: set[int], *, flavor: str | None) -> None:
    """Writes the subset of ``source`` that holds ``wanted``, without hints and time stamps."""
    options = Options()
    options.hinting = False
    options.layout_features = ["ccmp", "locl", "mark", "mkmk", "kern", "tnum", "lnum"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.notdef_outline = True
    options.flavor = flavor
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    font.flavor = flavor
    font.save(target)


def vendor_family(family: Family, package: Path, golos: set[int]) -> list[dict[str, object]]:
    """Writes every style of a family as ttf and woff2; one entry per file for versions.json."""
    entries: list[dict[str, object]] = []
    for style in family.styles:
        source = package / style / f"{family.prefix}_{style}.ttf"
        held = set(TTFont(source).getBestCmap())
        wanted = (set(family.wanted) - golos if family.minus_golos else set(family.wanted)) & held
        for suffix, flavor in (("ttf", None), ("woff2", "woff2")):
            target = FONTS / f"{family.prefix}-{style[3:]}.{suffix}"
            cut_font(source, target, wanted, flavor=flavor)
            entries.append(
                {
                    "file": target.name,
                    "family": family.name,
                    "weight": int(style[:3]),
                    "source": f"@expo-google-fonts/{family.package} {family.version}",
                    "font_version": TTFont(source)["name"].getDebugName(5),
                    "licence": "OFL-1.1",
                    "characters": len(wanted),
                    "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
                }
            )
    shutil.copyfile(package / "LICENSE_FONT", LICENCES / f"{family.prefix}-OFL.txt")
    return entries


def main() -> None:
    FONTS.mkdir(parents=True, exist_ok=True)
    LICENCES.mkdir(exist_ok=True)
    entries: list[dict[str, object]] = []
    golos: set[int] = set()
    with tempfile.TemporaryDirectory() as folder:
        for family in FAMILIES:
            package = fetch_package(family, Path(folder))
            if not golos:
                regular = package / family.styles[0] / f"{family.prefix}_{family.styles[0]}.ttf"
                golos = set(TTFont(regular).getBestCmap())
            entries += vendor_family(family, package, golos)
    (FONTS / "versions.json").write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

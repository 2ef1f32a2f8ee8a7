"""What the program carries along is what its sidecars say, complete, licensed and small."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from plotly.offline import get_plotlyjs_version

from sedp_helpers import vendored

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "tests" / "assets" / "axe.min.js"
AXE_SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
ALPHABET = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
SIGNS = "№«»„“–—−‹›…%°²³×≤≥→↑↓\u00a0\u202f"
FALLBACK_SIGNS = "⃀ӊѳΣσ☐☑▲▼✓≠"
MODEBAR_WORDS = (
    "Download plot as a PNG", "Zoom", "Pan", "Box Select", "Lasso Select", "Zoom in", "Zoom out",
    "Autoscale", "Reset axes",
)  # fmt: skip


def read_fonts(pattern: str) -> dict[str, set[int]]:
    return {path.name: set(TTFont(path).getBestCmap()) for path in vendored.FONTS.glob(pattern)}


def test_chart_library_is_the_version_that_plotly_for_python_writes_for() -> None:
    banner = vendored.PLOTLY_BUNDLE.read_text(encoding="utf-8")[:200]
    assert vendored.describe_bundle()["version"] == get_plotlyjs_version()
    assert f"v{get_plotlyjs_version()}" in banner
    assert "Licensed under the MIT license" in banner


def test_chart_library_holds_exactly_the_traces_its_sidecar_names() -> None:
    source = vendored.PLOTLY_BUNDLE.read_text(encoding="utf-8")
    held = re.findall(r'moduleType:"trace",name:"([a-z0-9]+)"', source)
    assert sorted(held) == sorted(vendored.bundle_traces())
    assert {"scatter", "bar", "heatmap"} <= set(vendored.bundle_traces())


def test_chart_library_is_small_and_can_stand_inside_a_page() -> None:
    source = vendored.PLOTLY_BUNDLE.read_bytes()
    assert len(source) == vendored.describe_bundle()["bytes"] <= 1_600_000
    assert b"</script" not in source.lower()


def test_no_carried_file_is_damaged() -> None:
    assert vendored.find_damaged() == []


def test_a_changed_byte_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "fonts"
    shutil.copytree(vendored.FONTS, copy)
    font = copy / "GolosText-Regular.ttf"
    font.write_bytes(font.read_bytes()[:-1] + b"\x01")
    (copy / "GolosText-Bold.ttf").unlink()
    monkeypatch.setattr(vendored, "FONTS", copy)
    assert {path.name for path in vendored.find_damaged()} == {font.name, "GolosText-Bold.ttf"}


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_buttons_of_a_chart_speak_the_language_of_the_report(language: str) -> None:
    path = vendored.find_locale(language)
    assert path is not None
    text = path.read_text(encoding="utf-8")
    dictionary = dict(re.findall(r'"?([A-Z][\w \-]*?)"?:\s*"([^"]+)"', text))
    lacking = [word for word in MODEBAR_WORDS if dictionary.get(word, word) == word]
    assert not lacking
    assert re.search(r'decimal:\s*","', text)
    assert f'name:"{language}"' in text.replace(": ", ":")


def test_english_needs_no_locale_file() -> None:
    assert vendored.find_locale("en") is None


def test_every_weight_of_the_main_font_has_every_kyrgyz_letter_and_sign() -> None:
    fonts = read_fonts("GolosText-*.ttf")
    wanted = {ord(sign) for sign in ALPHABET + ALPHABET.upper() + SIGNS}
    assert len(fonts) == 3
    assert {
        name: "".join(map(chr, wanted - held)) for name, held in fonts.items()
    } == dict.fromkeys(fonts, "")


def test_signs_the_main_font_lacks_are_in_a_fallback_font() -> None:
    held = set().union(*read_fonts("Noto*Regular.ttf").values())
    assert [sign for sign in FALLBACK_SIGNS if ord(sign) not in held] == []


def test_figures_of_the_main_font_can_stand_in_columns() -> None:
    table = TTFont(vendored.FONTS / "GolosText-Regular.ttf")["GSUB"].table
    assert "tnum" in {record.FeatureTag for record in table.FeatureList.FeatureRecord}


def test_every_font_file_is_described_and_every_description_has_its_file() -> None:
    described = {font["file"] for font in vendored.describe_fonts()}
    assert described == {path.name for path in vendored.FONTS.iterdir()} - {"versions.json"}
    assert {font["family"] for font in vendored.describe_fonts()} == set(vendored.FONT_FAMILIES)


def test_fonts_for_pages_weigh_at_most_thirty_kilobytes_each() -> None:
    pages = list(vendored.FONTS.glob("*.woff2"))
    assert len(pages) == len(list(vendored.FONTS.glob("*.ttf")))
    assert all(path.read_bytes()[:4] == b"wOF2" for path in pages)
    assert {p.name: p.stat().st_size for p in pages if p.stat().st_size > 30_000} == {}


@pytest.mark.parametrize(
    ("licence", "words"),
    [
        ("plotly.js-MIT.txt", "Plotly"),
        ("GolosText-OFL.txt", "SIL OPEN FONT LICENSE"),
        ("NotoSans-OFL.txt", "SIL OPEN FONT LICENSE"),
        ("NotoSansSymbols2-OFL.txt", "SIL OPEN FONT LICENSE"),
        ("NotoSansMath-OFL.txt", "SIL OPEN FONT LICENSE"),
        ("axe-core-MPL-2.0.txt", "Mozilla Public License"),
        ("CC-BY-4.0.txt", "Attribution 4.0 International"),
    ],
)
def test_licence_of_everything_carried_is_kept(licence: str, words: str) -> None:
    assert words in (ROOT / "LICENSES" / licence).read_text(encoding="utf-8")


def test_accessibility_checker_is_the_expected_version_unchanged() -> None:
    source = AXE.read_bytes()
    assert source.startswith(b"/*! axe v4.14.1")
    assert hashlib.sha256(source).hexdigest() == AXE_SHA256

"""Figures as pictures: the same drawing every time, kept, and never the reason for no report."""

from __future__ import annotations

import os
import signal
import sys
import types
from pathlib import Path

import pytest

from sedp_helpers.browser import find_browser
from sedp_helpers.errors import CatalogueError
from sedp_helpers.publish import figures as figures_module
from sedp_helpers.publish.chromium import BrowserLost, ScriptRunner
from sedp_helpers.publish.fallback import open_scope
from sedp_helpers.publish.figures import FigureRenderer, draw_figures, open_renderer, size_spec
from sedp_helpers.publish.fonts import FONTS
from sedp_helpers.publish.guard import read_bundle
from sedp_helpers.publish.paint import paint_drawings

PNG_HEAD = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def no_browser(monkeypatch):
    monkeypatch.setattr(figures_module, "find_browser", lambda: None)


@pytest.fixture
def no_fallback(monkeypatch):
    monkeypatch.setattr(figures_module, "open_scope", lambda bundle, style: None)


def test_two_browsers_draw_the_same_bytes(document, pictures):
    with open_renderer() as renderer:
        again = draw_figures(document, renderer)
        assert renderer.drawn == 3
    assert again == pictures
    assert sorted(again) == ["population-1", "population-2", "population-3"]


def test_picture_is_vector_in_our_font_and_a_raster_of_twice_the_size(pictures):
    picture = pictures["population-1"]
    svg = picture.svg.decode("utf-8")
    assert svg.startswith("<svg") and "Golos Text" in svg
    assert "\u2212" in svg and "Ңң Өө Үү" in svg
    assert "<script" not in svg
    assert picture.png.startswith(PNG_HEAD)
    assert int.from_bytes(picture.png[16:20], "big") == 1440


def test_axis_is_written_in_the_language_of_the_report(draw_spec):
    with open_renderer() as renderer:
        kyrgyz, english = (
            renderer.render([size_spec(draw_spec(1))], lang)[0] for lang in ("ky", "en")
        )
    assert "13\u00a0000" in kyrgyz.svg.decode("utf-8")
    assert "13,000" in english.svg.decode("utf-8")


def test_unchanged_figure_is_kept_and_needs_no_browser(
    document, pictures, tmp_path, monkeypatch, no_fallback
):
    with open_renderer(tmp_path) as renderer:
        draw_figures(document, renderer)
    monkeypatch.setattr(figures_module, "find_browser", lambda: None)
    with open_renderer(tmp_path) as renderer:
        assert draw_figures(document, renderer) == pictures
        assert (renderer.drawn, renderer.notes) == (0, [])


def test_changed_figure_is_not_taken_from_the_kept_ones(
    draw_spec, tmp_path, no_browser, no_fallback, pictures
):
    renderer = open_renderer(tmp_path)
    first, second = size_spec(draw_spec(1)), size_spec(draw_spec(2))
    bundle = read_bundle("ky")
    assert renderer._name(first, bundle) != renderer._name(second, bundle)
    assert renderer._name(first, bundle) != renderer._name(first, read_bundle("ru"))
    renderer._keep(renderer._name(first, bundle), pictures["population-1"].svg)
    assert renderer.render([first, second]) == [pictures["population-1"], None]


def test_machine_without_any_renderer_gets_no_picture_and_a_note_for_each_figure(
    document, no_browser, no_fallback
):
    with open_renderer() as renderer:
        assert draw_figures(document, renderer) == {}
        assert renderer.notes == ["no_renderer"] * 3


def test_browser_that_does_not_start_costs_only_the_pictures(document, no_fallback):
    with FigureRenderer(browser=Path(sys.executable)) as renderer:
        assert draw_figures(document, renderer) == {}
        assert renderer.notes == ["no_renderer"] * 3


def test_browser_that_dies_is_started_again(draw_spec):
    specs = [size_spec(draw_spec(number)) for number in (1, 2)]
    with open_renderer() as renderer:
        first = renderer.render(specs[:1])
        os.kill(renderer._runner._browser.subprocess.pid, signal.SIGKILL)
        assert renderer.render(specs)[0] == first[0]
        assert renderer.render(specs)[1] is not None


def test_figure_that_cannot_be_drawn_does_not_cost_the_others(draw_spec):
    good, bad = size_spec(draw_spec(1)), size_spec(draw_spec(2))
    bad["layout"] = {**bad["layout"], "xaxis": 7, "shapes": 3, "width": -1}
    with open_renderer() as renderer:
        pictures = renderer.render([bad, good])
    assert pictures[1] is not None
    assert len(renderer.notes) == (pictures[0] is None)


def test_drawing_that_cannot_be_painted_costs_only_itself(draw_spec, pictures, monkeypatch):
    good = pictures["population-1"].svg
    monkeypatch.setattr(FigureRenderer, "_draw", lambda self, jobs, bundle: [good, b"no drawing"])
    with open_renderer() as renderer:
        first, second = renderer.render([size_spec(draw_spec(number)) for number in (1, 2)])
        assert first is not None and first.png.startswith(PNG_HEAD)
        assert second is None and len(renderer.notes) == 1


def test_unknown_trace_is_refused_before_a_browser_starts(no_browser):
    with open_renderer() as renderer, pytest.raises(CatalogueError, match="treemap"):
        renderer.render([{"data": [{"type": "treemap"}]}])


def test_fallback_library_draws_when_there_is_no_browser(draw_spec, no_browser, monkeypatch):
    seen = []

    class Scope:
        def __init__(self, plotlyjs, mathjax):
            seen.append(Path(plotlyjs).read_text(encoding="utf-8"))
            assert mathjax is None

        def transform(self, figure, format, **size):
            assert format == "svg"
            words = f"{size['width']} {len(figure['data'])}"
            return f"<svg xmlns='http://www.w3.org/2000/svg'><text>{words}</text></svg>".encode()

    for name in ("kaleido", "kaleido.scopes", "kaleido.scopes.plotly"):
        module = types.ModuleType(name)
        module.__spec__ = types.SimpleNamespace(name=name)
        module.__path__ = []
        monkeypatch.setitem(sys.modules, name, module)
    sys.modules["kaleido.scopes.plotly"].PlotlyScope = Scope
    with open_renderer() as renderer:
        picture = renderer.render([size_spec(draw_spec(1))])[0]
    assert b"720 1" in picture.svg and picture.png.startswith(PNG_HEAD)
    assert "Plotly.setPlotConfig" in seen[0] and "Golos Text" in seen[0]


def test_later_version_of_the_fallback_library_is_passed_over(monkeypatch):
    module = types.ModuleType("kaleido")
    module.__spec__ = types.SimpleNamespace(name="kaleido")
    module.__path__ = []
    monkeypatch.setitem(sys.modules, "kaleido", module)
    assert open_scope(read_bundle("ky"), "") is None


def test_script_error_is_told_apart_from_a_lost_browser():
    runner = ScriptRunner(find_browser())
    try:
        assert runner.run("Promise.resolve('ң')") == "ң"
        with pytest.raises(RuntimeError, match="ReferenceError"):
            runner.run("nothing.here")
    finally:
        runner.close()
    with pytest.raises(BrowserLost):
        ScriptRunner(Path("no-such-browser"))


def test_painting_many_figures_does_not_keep_them_in_memory(pictures):
    svg = pictures["population-1"].svg
    variants = [svg.replace(b"</svg>", b"<!-- %d --></svg>" % number) for number in range(40)]
    specs = [{"layout": {"width": 720, "height": 380}}] * 20
    paint_drawings(variants[:20], specs, FONTS, None, [])
    before = measure_memory()
    painted = paint_drawings(variants[20:], specs, FONTS, None, [])
    assert all(picture is not None for picture in painted)
    assert measure_memory() - before < 60


def measure_memory() -> float:
    """MiB this process holds; 0 where the system does not tell."""
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) * 4096 / 2**20 if status.exists() else 0.0

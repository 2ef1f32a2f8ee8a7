"""Plotly figures as still pictures: SVG for PDF, painted as PNG for Word, made once and kept.

An unchanged figure comes from the folder of drawings and needs no browser. Without a browser and
without the fallback library the answer is None: the caller prints the data and says why.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

from sedp_helpers.blocks import Document, Figure
from sedp_helpers.browser import find_browser
from sedp_helpers.files import write_atomic
from sedp_helpers.publish.chromium import BrowserLost, ScriptRunner
from sedp_helpers.publish.fallback import ScopeRenderer, open_scope
from sedp_helpers.publish.fonts import FONTS, write_font_faces
from sedp_helpers.publish.guard import Bundle, check_traces, read_bundle
from sedp_helpers.publish.numbering import number_document, walk_document
from sedp_helpers.publish.paint import Rendered, measure_spec, paint_drawings

DRAW = Path(__file__).parent / "templates" / "draw.js"
BATCH = 8
# A young page draws at half the speed, an old one might grow; at about 500 figures memory stops
# growing (530 MiB), so the restart is only a guard.
RESTART_AFTER = 3000
FORM = "2"  # raise when draw.js or the painting changes what it makes


class Renderer(Protocol):
    """What draws figures: this process, or the service beside it."""

    def render(
        self, specs: Sequence[Mapping[str, Any]], language: str = "ky"
    ) -> list[Rendered | None]:
        """A picture for every plotly figure."""


class FigureRenderer:
    """Draws figures in one browser that starts at the first figure not drawn before.

    ``notes`` tells what could not be drawn and why, one entry per figure, for the findings.
    """

    def __init__(
        self, cache: Path | None = None, *, fonts: Path = FONTS, browser: Path | None = None
    ) -> None:
        self.cache = cache
        self.notes: list[str] = []
        self.drawn = 0  # figures that needed a browser, for build.json
        self._fonts = fonts
        self._style = write_font_faces(fonts)
        self._browser = browser or find_browser()
        self._runner: ScriptRunner | None = None
        self._scope: ScopeRenderer | None = None
        self._since_start = 0

    def __enter__(self) -> FigureRenderer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._runner:
            self._runner.close()
            self._runner = None
        if self._scope:
            self._scope.close()
            self._scope = None

    def render(
        self, specs: Sequence[Mapping[str, Any]], language: str = "ky"
    ) -> list[Rendered | None]:
        """A picture for every plotly figure (plain JSON with layout.width and layout.height)."""
        svgs = self.draw(specs, language)
        return paint_drawings(svgs, specs, self._fonts, self.cache, self.notes)

    def draw(
        self, specs: Sequence[Mapping[str, Any]], language: str = "ky"
    ) -> list[bytes | None]:
        """An SVG for every plotly figure."""
        bundle = read_bundle(language)
        for place, spec in enumerate(specs):
            check_traces(spec, bundle.traces, where=str(place + 1))
        names = [self._name(spec, bundle) for spec in specs]
        found = {name: self._recall(name) for name in names}
        jobs = {name: _make_job(spec) for name, spec in zip(names, specs) if found[name] is None}
        for part in _split(list(jobs), BATCH):
            for name, svg in zip(part, self._draw([jobs[name] for name in part], bundle)):
                found[name] = svg
                self._keep(name, svg)
        return [found[name] for name in names]

    def warm(self, language: str = "ky") -> None:
        """Start the browser before the first figure comes; a failure shows at that figure."""
        if self._browser and self._runner is None:
            try:
                self._start_runner(read_bundle(language), self._browser)
            except BrowserLost:
                self.close()

    # ---- drawing -------------------------------------------------------------------------
    def _draw(self, jobs: list[dict[str, Any]], bundle: Bundle) -> list[bytes | None]:
        """Draws by browser, once more by a fresh one if it is lost, else by the fallback."""
        while self._browser:
            fresh = self._runner is None
            try:
                answers = self._start_runner(bundle, self._browser).run(
                    f"{bundle.locale};window.sedpDraw({json.dumps(jobs)}, "
                    f"{json.dumps(bundle.language)})"
                )
            except BrowserLost:
                self.close()
                self._browser = None if fresh else self._browser  # a fresh one would fail again
                continue
            self._since_start += len(jobs)
            self.drawn += len(jobs)
            return [self._read(answer) for answer in answers]
        return [self._draw_without_browser(job, bundle) for job in jobs]

    def _start_runner(self, bundle: Bundle, browser: Path) -> ScriptRunner:
        if self._runner and self._since_start >= RESTART_AFTER:
            self.close()
        if self._runner is None:
            self._runner = ScriptRunner(browser)
            self._since_start = 0
            self._runner.run(f"{bundle.script};0")
            self._runner.run(DRAW.read_text(encoding="utf-8") + ";0")
            self._runner.run(_load_fonts(self._style))
        return self._runner

    def _read(self, answer: Mapping[str, str]) -> bytes | None:
        if "error" in answer:
            self.notes.append(answer["error"])
            return None
        return answer["svg"].encode("utf-8")

    def _draw_without_browser(self, job: Mapping[str, Any], bundle: Bundle) -> bytes | None:
        if self._scope is None:
            self._scope = open_scope(bundle, self._style)
        if self._scope is None:
            self.notes.append("no_renderer")
            return None
        return self._scope.draw(job)

    # ---- kept drawings -------------------------------------------------------------------
    def _name(self, spec: Mapping[str, Any], bundle: Bundle) -> str:
        """The hash of everything a drawing depends on but the browser."""
        canonical = json.dumps(spec, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        look = (FORM, bundle.sha256, bundle.language, bundle.locale, self._style, canonical)
        return hashlib.sha256("|".join(look).encode("utf-8")).hexdigest()

    def _recall(self, name: str) -> bytes | None:
        kept = self.cache / f"{name}.svg" if self.cache else None
        return kept.read_bytes() if kept and kept.exists() else None

    def _keep(self, name: str, svg: bytes | None) -> None:
        if self.cache and svg is not None:
            write_atomic(self.cache / f"{name}.svg", svg)


def open_renderer(cache: Path | None = None) -> FigureRenderer:
    """A renderer with the vendored fonts; ``cache`` is the folder of kept drawings."""
    return FigureRenderer(cache)


def draw_figures(document: Document, renderer: Renderer) -> dict[str, Rendered]:
    """The pictures of a document by anchor; a figure that could not be drawn is not there."""
    figures = [b for b in walk_document(number_document(document)) if isinstance(b, Figure)]
    specs = [size_spec(figure) for figure in figures]
    drawn = zip(figures, renderer.render(specs, document.meta.get("language", "ky")))
    return {figure.anchor: picture for figure, picture in drawn if picture is not None}


def size_spec(figure: Figure) -> dict[str, Any]:
    """The plotly figure with the size that the report gives it."""
    layout = {**figure.spec.get("layout", {}), "width": figure.width, "height": figure.height}
    return {**figure.spec, "layout": layout}


def _split(names: list[str], size: int) -> Iterator[list[str]]:
    return (names[at : at + size] for at in range(0, len(names), size))


def _make_job(spec: Mapping[str, Any]) -> dict[str, Any]:
    width, height = measure_spec(spec)
    return {"data": spec.get("data") or [], "layout": dict(spec.get("layout") or {}),
            "width": width, "height": height}


def _load_fonts(style: str) -> str:
    """A script that puts the fonts into the page and waits for them: text is measured with them."""
    return (
        "(async () => { const sheet = document.createElement('style');"
        f"sheet.textContent = {json.dumps(style)};"
        "document.head.appendChild(sheet);"
        "await Promise.all([...document.fonts].map(face => face.load())); return 1; })()"
    )

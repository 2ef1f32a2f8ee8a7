"""The dashboards in a real browser: load, move, read, switch the language — offline and closed."""

from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from sedp_helpers.browser import find_browser
from sedp_helpers.commands.serve import HOST, start_server
from sedp_helpers.panel import write_panel
from sedp_helpers.paths import PROJECT, Workspace
from sedp_helpers.prepare import prepare

pytestmark = pytest.mark.slow
AXE = Path(__file__).parents[1] / "assets" / "axe.min.js"
QUICK_SECONDS = 0.3
MOVES = 5


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address and the token of a server over four sample municipalities of a district."""
    root = tmp_path_factory.mktemp("served")
    names = ["demo", "demo-adyr-bulak", "demo-bermet-kol", "demo-chyrpyk-sai"]
    for name in names:
        shutil.copytree(PROJECT / "data" / "raw" / name, root / "data" / "raw" / name)
    write_panel(Workspace(root), names)
    for name in names:
        prepare(Workspace(root), name)
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    with start_server(Workspace(root), port, "ky") as (_, token):
        yield f"http://{HOST}:{port}", token


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    program = find_browser()
    assert program is not None, "a browser is needed: sedp doctor"
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=str(program), args=["--no-sandbox"])
        yield opened
        opened.close()


def read_lead(page: Page) -> list[float]:
    """Full values of the numbers the page says first."""
    return [float(text) for text in page.locator(".sedp-lead data").evaluate_all(
        "all => all.map(one => one.value)")]


def read_after(page: Page, before: list[float]) -> tuple[list[float], float]:
    """The numbers once they have changed, and how long that took in seconds."""
    start = time.perf_counter()
    while time.perf_counter() - start < 10:
        now = read_lead(page)
        if now and now != before:
            return now, time.perf_counter() - start
        page.wait_for_timeout(5)
    raise AssertionError("the page did not answer")


def test_a_slider_moves_the_number_to_what_the_function_gives_and_languages_switch(
    server: tuple[str, str], browser: Any
) -> None:
    address, token = server
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/municipality?token={token}&language=en&irrigation=20")
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
    assert "350\xa0hectares" in page.inner_text(".sedp-answer")
    calm = before = read_lead(page)
    assert calm[0] == calm[1], "at rest it is the forecast"

    page.locator(".noUi-handle").first.focus()
    spent = []
    for _ in range(MOVES):
        page.keyboard.press("ArrowRight")
        before, seconds = read_after(page, before)
        spent.append(seconds)
    growth = MOVES / 10
    assert before[0] > before[1] == calm[1]
    assert before[0] == pytest.approx(expect_people(page, growth), rel=1e-9)
    assert min(spent) < QUICK_SECONDS, spent  # other work on the machine only slows it down

    link = page.get_attribute("a.sedp-link", "href") or ""
    assert "growth=0.5" in link and token not in link
    page.get_by_role("button", name="Русский").click()
    page.get_by_text("Что, если?").wait_for(timeout=5000)
    assert read_lead(page) == before
    page.goto(f"{address}/municipality{link}")
    page.wait_for_selector(".sedp-lead data", timeout=60_000)
    assert read_lead(page) == before
    outside = [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    assert not outside and "show_municipality" not in page.content()
    assert any(url.endswith("/figures/plotly-sedp.min.js") for url in asked)
    assert not [url for url in asked if "jupyterlab-plotly" in url], "five megabytes for nothing"
    page.close()


def expect_people(page: Page, growth: float) -> float:
    """What the function gives for the forecast that stands in the page's own table.

    The last year of n has grown by (1 + g)ⁿ, whatever the forecast is.
    """
    years = page.locator(".sedp-answer table").first.locator("tbody tr").count()
    return read_lead(page)[1] * (1 + growth / 100) ** years


def test_nothing_is_listed_shown_or_answered_without_the_token(
    server: tuple[str, str], browser: Any
) -> None:
    address, token = server
    visitor = browser.new_context()
    assert "/login" in visitor.request.get(f"{address}/municipality").url
    assert visitor.request.get(f"{address}/municipality?token=wrong").url.count("/login")
    for path in ("voila/tree", "voila/files/municipality.ipynb", "voila/api/contents",
                 "voila/render/municipality.ipynb", "api/contents", "municipality.ipynb"):
        assert visitor.request.get(f"{address}/{path}?token={token}").status == 404, path
    foreign = visitor.request.get(f"{address}/municipality?token={token}",
                                  headers={"Host": "example.org"})
    assert foreign.status == 403
    visitor.close()


def test_the_district_page_saves_its_figures_and_tables_and_axe_finds_no_violation(
    server: tuple[str, str], browser: Any
) -> None:
    address, token = server
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/district?token={token}&language=en&view=chart")
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
    saved = {}
    for kind in ("svg", "png"):
        with page.expect_download() as caught:
            page.click(f"button.sedp-save[data-kind={kind}]")
        saved[kind] = Path(caught.value.path()).read_bytes()
    assert saved["svg"].startswith(b"<svg") and b"Adyr-Bulak" in saved["svg"]
    assert saved["png"].startswith(b"\x89PNG")
    for suffix, start in ((".csv", b"\xef\xbb\xbf"), (".xlsx", b"PK")):
        with page.expect_download() as caught:
            page.click(f"a[download$='{suffix}']")
        assert Path(caught.value.path()).read_bytes().startswith(start)
    assert "similar municipalities" in page.inner_text(".sedp-answer")

    assert list_violations(page) == []
    page.goto(f"{address}/budget?language=ky")
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=60_000)
    assert list_violations(page) == []
    page.set_viewport_size({"width": 390, "height": 900})
    wide = page.locator(".sedp-answer p").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().right).filter(right => right > 390)")
    assert not wide, "text runs out of a telephone's screen"
    assert not [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    page.close()


def list_violations(page: Page) -> list[str]:
    """What axe finds on the page."""
    page.add_script_tag(path=str(AXE))
    return page.evaluate("axe.run(document.querySelector('#rendered_cells'))"
                         ".then(result => result.violations.map(one => one.id))")

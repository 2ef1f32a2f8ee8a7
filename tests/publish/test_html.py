"""The HTML report: one file, no network, text from data is only text, usable by everyone."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page, sync_playwright

from sedp_helpers.blocks import Document, Figure, Paragraph, Span, Table
from sedp_helpers.browser import find_browser
from sedp_helpers.errors import CatalogueError, OutputError
from sedp_helpers.publish.fonts import FONTS
from sedp_helpers.publish.guard import check_traces, read_bundle
from sedp_helpers.publish.html import render_html

AXE = Path(__file__).parents[1] / "assets" / "axe.min.js"


@pytest.fixture(scope="module")
def soup(page):
    return BeautifulSoup(page, "html.parser")


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=str(find_browser()), args=["--no-sandbox"]
        )
        yield started
        started.close()


@pytest.fixture(scope="module")
def address(page, tmp_path_factory):
    file = tmp_path_factory.mktemp("html") / "report.html"
    file.write_text(page, encoding="utf-8")
    return file.as_uri()


def open_page(browser, address, *, width=1300, requests=None, problems=None) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900})
    opened = context.new_page()
    if requests is not None:
        opened.on("request", lambda request: requests.append(request.url))
    if problems is not None:
        opened.on("console", lambda message: problems.append(message.text))
        opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.goto(address)
    opened.wait_for_selector("html[data-figures=drawn]")
    return opened


def test_same_document_gives_the_same_bytes(document, words, page):
    again = render_html(document, words, bundle=read_bundle("ky"), fonts=FONTS)
    assert again == page


def test_file_with_the_drawing_bundle_stays_under_three_megabytes(page):
    assert 1_000_000 < len(page.encode("utf-8")) < 3_000_000


def test_text_from_data_is_only_ever_text(soup, evil):
    shown = soup.find("main").get_text()
    for text in evil:
        assert text in shown
    assert soup.find("b") is None
    assert all("alert" not in script.text for script in soup.select("body > script"))


def test_figure_data_cannot_end_their_island_and_come_back_unchanged(soup, document):
    islands = [json.loads(script.text) for script in soup.select("script.spec")]
    figures = [b for _, _, blocks in document.sections for b in blocks if isinstance(b, Figure)]
    assert islands == [json.loads(json.dumps(figure.spec)) for figure in figures]
    assert "</script>" in islands[0]["layout"]["xaxis"]["title"]["text"]


def test_every_script_that_runs_stands_in_the_policy_and_nothing_else_is_allowed(soup):
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    running = [script for script in soup.find_all("script") if not script.get("type")]
    assert len(running) == 4
    for script in running:
        digest = base64.b64encode(hashlib.sha256(script.text.encode("utf-8")).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert not [
        name
        for tag in soup.find_all(True)
        for name in tag.attrs
        if name.startswith("on") or (name in ("src", "href") and tag[name].startswith("http"))
    ]


def test_printed_number_carries_its_full_value_and_its_key(soup):
    mark = soup.select_one("p.finding data")
    assert mark["value"] == "13330.4"
    assert mark["data-result"] == "population.total|2024|||||observed"
    assert mark.text == "13\u00a0330"


def test_missing_cell_is_printed_without_a_number_mark(soup):
    cell = soup.find("td", attrs={"data-status": "M"})
    assert cell.text == "…"
    assert cell.find("data") is None


def test_time_stands_in_exactly_one_element(soup, page):
    times = soup.find_all("time")
    assert [time["datetime"] for time in times] == ["2026-05-04T09:30:00Z"]
    assert page.count("09:30") == 2


def test_language_table_heads_captions_and_figures_are_marked_up(soup):
    assert soup.html["lang"] == "ky"
    for table in soup.find_all("table"):
        assert table.caption.text.strip()
        assert all(head["scope"] == "col" for head in table.thead.find_all("th"))
    for figure in soup.find_all("figure"):
        assert figure.find("figcaption").text.strip()
        assert figure.select_one(".plot")["aria-label"].startswith("Сызык")
        assert figure.select_one("details table")


def test_report_without_figures_leaves_the_bundle_out(words):
    plain = Document({"title": "А"}, (("a", "А", (Paragraph((Span("Б"),)),)),))
    page = render_html(plain, words, bundle=read_bundle("ky"), fonts=None)
    assert "Plotly" not in page
    assert len(page) < 40_000


def test_figure_without_bundle_shows_its_data_open_and_says_why(document, words):
    soup = BeautifulSoup(render_html(document, words), "html.parser")
    assert words["no_renderer"] in soup.find("figure").text
    assert soup.select_one("figure details").has_attr("open")


def test_still_picture_takes_the_place_of_the_drawing_with_its_alternative_text(document, words):
    page = render_html(document, words, figures={"population-1": b"<svg/>"})
    picture = BeautifulSoup(page, "html.parser").select_one("#population-1 img")
    assert picture["src"].startswith("data:image/svg+xml;base64,")
    assert picture["alt"].startswith("Сызык")


def test_trace_that_the_bundle_cannot_draw_is_refused_by_name(document, words):
    figure = Figure("А", "А", {"data": [{"type": "sankey"}]}, Table("", (), ()))
    broken = dataclasses.replace(document, sections=(("a", "А", (figure,)),))
    with pytest.raises(CatalogueError, match="figure 'figure-1': trace type 'sankey'"):
        render_html(broken, words, bundle=read_bundle("ky"))
    check_traces({"data": [{}]}, frozenset({"scatter"}))


def test_changed_bundle_is_not_trusted(tmp_path):
    (tmp_path / "a.js").write_text("x")
    facts = {"file": "a.js", "traces": [], "sha256": "0"}
    (tmp_path / "plotly-sedp.json").write_text(json.dumps(facts))
    with pytest.raises(OutputError):
        read_bundle("ky", tmp_path)


def test_page_draws_all_figures_and_asks_no_network_for_anything(browser, address):
    requests: list[str] = []
    problems: list[str] = []
    opened = open_page(browser, address, requests=requests, problems=problems)
    assert [url for url in requests if not url.startswith("data:")] == [address]
    assert problems == []
    assert opened.locator(".js-plotly-plot .main-svg").count() >= 3
    assert opened.locator("[data-title*='Cloud'], .modebar-btn--logo").count() == 0
    assert opened.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Golos Text"')


@pytest.mark.parametrize("width", [1300, 380])
def test_no_accessibility_rule_is_broken_in_any_look(browser, address, width):
    opened = open_page(browser, address, width=width)
    opened.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    session = opened.context.new_cdp_session(opened)
    session.send("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
    for look in ("", "dark", "contrast", "dark contrast"):
        opened.evaluate("look => { document.documentElement.className = look; }", look)
        found = opened.evaluate("axe.run().then(result => result.violations)")
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
    assert opened.evaluate("document.documentElement.scrollWidth") == width


def test_search_finds_what_was_typed_without_a_kyrgyz_keyboard(browser, address):
    opened = open_page(browser, address)
    opened.fill("#search", "ОЗГОН-УСТУ 7")
    opened.wait_for_selector("#found:not(:empty)")
    assert opened.inner_text("#found").endswith("1")
    assert opened.locator("#section-budget").is_hidden()
    assert opened.locator("#section-population .fold").get_attribute("open") is not None
    opened.press("#search", "Escape")
    assert opened.locator("#section-budget").is_visible()


def test_dark_look_is_remembered_and_said_to_assistive_technology(browser, address):
    opened = open_page(browser, address)
    opened.click("#dark")
    assert opened.get_attribute("#dark", "aria-pressed") == "true"
    opened.reload()
    assert "dark" in opened.get_attribute("html", "class")


def test_figures_follow_the_dark_look_on_the_screen_and_stay_light_on_paper(browser, address):
    opened = open_page(browser, address)
    ask = "getComputedStyle(document.querySelector('.plot')).filter"
    assert opened.evaluate(ask) == "none"
    for look in ("dark", "dark contrast"):
        opened.evaluate("name => { document.documentElement.className = name; }", look)
        assert "invert" in opened.evaluate(ask)
        opened.emulate_media(media="print")
        assert opened.evaluate(ask) == "none"
        opened.emulate_media(media="screen")


def test_a_wide_figure_slides_on_a_narrow_screen_and_can_be_reached_by_keyboard(soup):
    figure = soup.find("figure")
    assert figure.select_one(".slide > .plot").parent["tabindex"] == "0"
    assert figure.select_one(".plot").find_next_sibling("script")["type"] == "application/json"

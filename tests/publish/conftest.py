"""One small report with everything that ever broke a renderer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml
from bs4 import BeautifulSoup

from sedp_helpers.blocks import (
    Box,
    Cell,
    Column,
    Document,
    Figure,
    Fold,
    Heading,
    Listing,
    PageBreak,
    Paragraph,
    Span,
    Table,
    result_key,
)
from sedp_helpers.paths import CATALOG
from sedp_helpers.publish.figures import draw_figures, open_renderer
from sedp_helpers.publish.fonts import FONTS
from sedp_helpers.publish.guard import read_bundle
from sedp_helpers.publish.html import render_html
from sedp_helpers.publish.paint import Rendered

EVIL = (
    '<script>alert("x")</script>',
    '=HYPERLINK("x")',
    "#[]$*_@<>`\\ // /* ~ - + = 1. '\"",
    "+996 312 00 00 00",
    "@SUM(1)",
    "-2",
)
LONG_WORD = "жоопкерчиликтүүлөштүрүлгөндөрүбүздөгүлөрдөнсүңөрбү"
NBSP = "\u00a0"


def text_number(value: float, decimals: int = 0) -> str:
    return f"{value:,.{decimals}f}".replace(",", NBSP).replace(".", ",").replace("-", "\u2212")


def number_cell(value: float, *, decimals: int = 0, key: str = "", style: str = "") -> Cell:
    return Cell(text_number(value, decimals), value, key, decimals=decimals, style=style)


def make_long_table() -> Table:
    columns = (
        Column("Айыл", wide=True),
        *tuple(Column(f"{2016 + i}-жыл", "адам", numeric=True) for i in range(8)),
    )
    rows = []
    for n in range(75):
        name = EVIL[n] if n < len(EVIL) else f"Өзгөн-Үстү {n}-айылы, ыңгайлуу"
        rows.append((Cell(name), *(number_cell(1000.123456789 + 37 * n + i) for i in range(8))))
    return Table("Айылдар боюнча калктын саны", columns, tuple(rows), "villages", "УСК", ("Түз",))


def make_total_table() -> Table:
    def row(name: str, *values: float, style: str = "") -> tuple[Cell, ...]:
        return (Cell(name, style=style), *(number_cell(v, decimals=1, style=style) for v in values))

    columns = (Column("Киреше"), Column("План", "миң сом", True), Column("Факт", "миң сом", True))
    rows = (
        row("Салыктар", 100.25, -7.5),
        row("Трансферттер", 300.5, 12.75),
        (Cell("Гранттар"), Cell("…", None, status="M"), Cell("‹5", None)),
        row("Бардыгы", 400.75, 99.0, style="total"),
    )
    return Table("Бюджеттин кирешелери", columns, rows, "income", "Каржы бөлүмү")


def make_figure(number: int, kind: str = "scatter") -> Figure:
    years = list(range(2016, 2025))
    values = [12130.4 + 150 * i + number for i in range(len(years))]
    spec = {
        "data": [{"type": kind, "x": years, "y": values, "name": "Калк <ө ү ң>", "fill": None}],
        "layout": {
            "font": {"family": "Golos Text, Noto Sans, sans-serif", "size": 13},
            "xaxis": {"title": {"text": "Жыл </script><script>alert(1)</script>"}},
            "yaxis": {"title": {"text": "Туруктуу калк, адам"}, "tickformat": ",.0f"},
            "annotations": [{"x": 2020, "y": 12700, "text": "\u22123,2\u00a0% · Ңң Өө Үү"}],
        },
    }
    rows = tuple(
        (Cell(str(y)), number_cell(v, decimals=1, key=result_key("population.total", y)))
        for y, v in zip(years, values)
    )
    data = Table("", (Column("Жыл"), Column("Калк", "адам", True)), rows)
    return Figure(
        f"Калк тогуз жылда 9,9 % өстү ({number})",
        "Сызык: 2016-жылы 12 130, 2024-жылы 13 330 адам.",
        spec,
        data,
        f"population-{number}",
        "УСК, 2025",
    )


def make_document() -> Document:
    key = result_key("population.total", 2024, method="observed")
    finding = Paragraph(
        (
            Span("2024-жылы айыл аймагында "),
            Span(f"13{NBSP}330", 13330.4, key),
            Span(" адам жашаган. "),
            Span("Өсүш туруктуу.", style="strong"),
        ),
        "finding",
    )
    evil = Listing(tuple((Span(text),) for text in (*EVIL, LONG_WORD)))
    numbered = Listing(((Span("Биринчи"),), (Span("Экинчи"),)), True)
    nested = Box((Paragraph((Span("Эмне жетишпейт: "), Span(LONG_WORD))),), "missing", "Жок")
    population = (
        Heading(1, "Калк", "population", "2"),
        Box((finding, numbered), "summary", "Кыскача"),
        Heading(2, "Саны жана түзүмү"),
        Paragraph((Span("Туруктуу калк канча?"),), "question"),
        finding,
        make_figure(1),
        make_figure(2, "bar"),
        Fold("Айылдар <script>", (make_long_table(), Heading(3, "Дагы"), finding)),
        Paragraph((Span("Маалымат 2025-жылдын 1-январына карата."),), "source"),
    )
    budget = (
        make_total_table(),
        make_figure(3, "bar"),
        Table("Бош таблица", (Column("А"), Column("Б", "га", True)), (), "empty"),
        nested,
        evil,
        PageBreak(),
        Paragraph((Span("Аягы: «12,5 %», −3, № 19, \u20c0."),), "caveat"),
        Paragraph((Span("Көңүл буруңуз"),), "warning"),
    )
    meta = {
        "title": "Кызыл-Дөбө айыл аймагынын 2026–2028-жылдарга программасы <b>",
        "subtitle": "Социалдык-экономикалык өнүгүү",
        "municipality": "Кызыл-Дөбө айыл аймагы",
        "place": "Кызыл-Дөбө, 2026-жыл",
        "language": "ky",
        "draft": "ДОЛБООР (3-вариант, 2026-жылдын 4-майы)",
        "sample": True,
        "generated": "2026-05-04T09:30:00Z",
        "generated_text": "2026-жылдын 4-майы, 09:30 UTC",
        "approval": [
            {"title": "МАКУЛДАШЫЛДЫ", "lines": ["Айылдык кеңештин төрагасы", "____________"]},
            {"title": "БЕКИТЕМИН", "lines": ["Айыл өкмөтүнүн башчысы", "____________"]},
        ],
    }
    return Document(meta, (("population", "Калк", population), ("budget", "Бюджет", budget)))


def read_words(language: str) -> dict[str, str]:
    text = (CATALOG / "text" / language / "publish.yml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


@pytest.fixture(scope="session")
def document() -> Document:
    return make_document()


@pytest.fixture(scope="session")
def words() -> dict[str, str]:
    return read_words("ky")


@pytest.fixture(scope="session")
def evil() -> tuple[str, ...]:
    return EVIL


@pytest.fixture(scope="session")
def draw_spec() -> Callable[[int], Figure]:
    return make_figure


@pytest.fixture(scope="session")
def pictures(document: Document, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rendered]:
    """The three figures of the report, drawn once for all tests."""
    with open_renderer(tmp_path_factory.mktemp("figures")) as renderer:
        return draw_figures(document, renderer)


@pytest.fixture(scope="session")
def svgs(pictures: dict[str, Rendered]) -> dict[str, bytes]:
    return {anchor: picture.svg for anchor, picture in pictures.items()}


@pytest.fixture(scope="session")
def pngs(pictures: dict[str, Rendered]) -> dict[str, bytes]:
    return {anchor: picture.png for anchor, picture in pictures.items()}


@pytest.fixture(scope="session")
def page(document: Document, words: dict[str, str]) -> str:
    return render_html(document, words, bundle=read_bundle("ky"), fonts=FONTS)


@pytest.fixture(scope="session")
def html_tables(page: str) -> list[list[list[str]]]:
    """The cells of every table of the page, heads included."""
    found = BeautifulSoup(page, "html.parser").find_all("table")
    return [
        [[cell.text for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]
        for table in found
    ]

"""The whole way: raw table → report in four formats, seen from outside."""

from __future__ import annotations

import html
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest

from sedp_helpers.blocks import result_key
from sedp_helpers.intake.store import Store, dump_frame, parse_frame
from sedp_helpers.paths import CATALOG, Workspace
from tests.conftest import write_place

Run = Callable[..., subprocess.CompletedProcess[str]]
MARK = re.compile(r'<data value="([^"]*)" data-result="([^"]*)">(.*?)</data>')


def read_marks(folder: Path) -> list[tuple[str, str, str]]:
    """(key, value, text) of every printed figure of the HTML."""
    page = (folder / "report.html").read_text(encoding="utf-8")
    return [(html.unescape(key), value, text) for value, key, text in MARK.findall(page)]


def read_texts(folder: Path) -> dict[str, str]:
    """The words of the other formats."""
    pdf = pypdf.PdfReader(folder / "report.pdf")
    word = docx.Document(str(folder / "report.docx"))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    values = [cell.value for sheet in book for row in sheet for cell in row
              if isinstance(cell.value, (int, float))]
    return {
        "pdf": " ".join(page.extract_text() for page in pdf.pages).replace("\u00a0", " "),
        "docx": " ".join([p.text for p in word.paragraphs] + cells).replace("\u00a0", " "),
        "xlsx": json.dumps(values),
    }


def keyed(frame: object) -> dict[str, float]:
    columns = [frame[name].tolist() for name in  # type: ignore[index]
               ("result", "year", "sex", "age", "village", "item", "method", "value")]
    return {result_key(*row[:7]): row[7] for row in zip(*columns)}


def test_build_prints_four_files_and_the_seconds(tmp_path: Path, sedp: Run) -> None:
    write_place(tmp_path)
    done = sedp("build", "ak-suu")
    assert done.returncode == 0, done.stderr
    for name in ("report.html", "report.pdf", "report.docx", "tables.xlsx"):
        assert (tmp_path / "reports/ak-suu/ky" / name).stat().st_size > 4000
        assert name in done.stderr
    assert "секунд" in done.stderr


def test_every_printed_figure_is_a_row_of_results(tmp_path: Path, sedp: Run) -> None:
    write_place(tmp_path)
    sedp("build", "ak-suu", "--formats", "html")
    folder = tmp_path / "reports/ak-suu/ky"
    known = keyed(parse_frame((folder / "results.csv").read_bytes()))
    marks = read_marks(folder)
    assert len(marks) > 30
    for key, value, _ in marks:
        assert known[key] == float(value), key


def test_one_changed_result_changes_its_marks_in_all_formats_and_no_other(
    tmp_path: Path, sedp: Run
) -> None:
    write_place(tmp_path)
    sedp("build", "ak-suu", "--only", "population")
    sedp("build", "ak-suu")
    folder = tmp_path / "reports/ak-suu/ky"
    before, texts = read_marks(folder), read_texts(folder)
    store = Store(Workspace(tmp_path))
    results = store.read("ak-suu", "results")
    chosen = (results["result"] == "population.households") & (results["year"] == "2024") & (
        results["method"] == "observed")
    results.loc[chosen, "value"] = 4321.0
    (store.folder("ak-suu") / "results.csv").write_bytes(dump_frame(results))
    sedp("build", "ak-suu")
    key = result_key("population.households", 2024, method="observed")
    after, now = read_marks(folder), read_texts(folder)
    assert [mark for mark in before if mark[0] != key] == [m for m in after if m[0] != key]
    changed = [mark for mark in after if mark[0] == key]
    assert changed and all(float(value) == 4321 for _, value, _ in changed)
    for name in ("pdf", "docx"):
        assert "4 321" not in texts[name] and "4 321" in now[name], name
    assert "4321" not in texts["xlsx"] and "4321" in now["xlsx"]


def test_an_indicator_is_added_by_one_yaml_file(tmp_path: Path, sedp: Run) -> None:


    write_place(tmp_path)
    own = tmp_path / "catalogue" / "indicators"
    own.mkdir(parents=True)
    text = (CATALOG / "indicators" / "population.yml").read_text(encoding="utf-8")
    entry = ("results:\n  population.births_per_death:\n"
             "    name: Бир өлүмгө туура келген төрөлүү\n    unit: ratio\n    formula: ratio\n"
             "    inputs: {top: population.births, bottom: population.deaths}\n    decimals: 2\n")
    assert "unit: ratio" in text
    (own / "population.yml").write_text(text.replace("results:\n", entry, 1), encoding="utf-8")
    done = sedp("prepare", "ak-suu", SEDP_CATALOG=str(tmp_path / "catalogue"))
    assert done.returncode == 0, done.stderr
    known = keyed(Store(Workspace(tmp_path)).read("ak-suu", "results"))
    assert known["population.births_per_death|2024|||||"] == pytest.approx(214 / 61)


def test_a_second_build_makes_nothing_again(tmp_path: Path, sedp: Run) -> None:
    write_place(tmp_path)
    sedp("build", "ak-suu", "--formats", "html")
    report = tmp_path / "reports/ak-suu/ky/report.html"
    stamp = report.stat().st_mtime_ns
    done = sedp("build", "ak-suu", "--formats", "html")
    assert report.stat().st_mtime_ns == stamp
    assert "кайра түзүлгөн жок" in done.stderr


def test_the_plan_is_printed_alone_on_standard_output(tmp_path: Path, sedp: Run) -> None:
    write_place(tmp_path)
    done = sedp("build", "ak-suu", "--lang", "ky,ru", "--plan")
    assert done.returncode == 0 and done.stderr == ""
    assert done.stdout.splitlines()[0].startswith("ak-suu/prepare")
    assert not (tmp_path / "reports").exists()


def test_stock_papermill_runs_a_section(tmp_path: Path) -> None:
    notebook = Path(__file__).parents[1] / "notebooks/sections/20_population.ipynb"
    write_place(tmp_path)
    out = tmp_path / "out.ipynb"
    done = subprocess.run(
        [sys.executable, "-m", "papermill", str(notebook), str(out), "-p", "municipality",
         "ak-suu", "--no-progress-bar"],
        capture_output=True, text=True, cwd=tmp_path, timeout=200,
        env={**os.environ, "SEDP_ROOT": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "11 500" in out.read_text(encoding="utf-8").replace("\u00a0", " ")


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path, sedp: Run) -> None:
    write_place(tmp_path)
    pages = []
    for _ in range(2):
        sedp("build", "ak-suu", "--formats", "html,docx", "--force", SOURCE_DATE_EPOCH="1700000000")
        folder = tmp_path / "reports/ak-suu/ky"
        pages.append([(folder / name).read_bytes() for name in ("report.html", "report.docx")])
    assert pages[0] == pages[1]


def test_verify_proves_the_inputs_and_notices_a_change(tmp_path: Path, sedp: Run) -> None:
    raw = write_place(tmp_path)
    sedp("build", "ak-suu", "--formats", "html")
    assert sedp("verify", str(tmp_path / "reports/ak-suu")).returncode == 0
    with (raw / "observations.csv").open("a", encoding="utf-8") as handle:
        handle.write("population.poor,2024,5,,,,,,,\n")
    done = sedp("verify", str(tmp_path / "reports/ak-suu"))
    assert done.returncode == 1 and "observations.csv" in done.stderr


# ---- what a user can cause ------------------------------------------------------------------
BAD = [
    pytest.param("population.total,2024,\"12,130\",,,,,,,", "12,130",
                 id="twelve thousand or twelve"),
    pytest.param("population.total,2024,-5,,,,,,,", "-5", id="negative people"),
    pytest.param("population.total,20244,5,,,,,,,", "20244", id="impossible year"),
    pytest.param("population.totl,2024,5,,,,,,,", "population.totl", id="unknown indicator"),
    pytest.param("population.total,2024,\"524,0 миң сом\",,,,,,,", "524,0 миң сом",
                 id="som for people"),
]


@pytest.mark.parametrize("row, typed", BAD)
def test_a_bad_row_is_a_finding_with_its_cell_and_the_rest_is_built(
    tmp_path: Path, sedp: Run, row: str, typed: str
) -> None:
    raw = write_place(tmp_path)
    with (raw / "observations.csv").open("a", encoding="utf-8") as handle:
        handle.write(row + "\n")
    done = sedp("check", "ak-suu", "--format", "json")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    (finding,) = [f for f in json.loads(done.stdout) if f["value"] == typed]
    assert finding["severity"] == "error" and finding["row"] == "26" and finding["cell"]
    for language in ("ky", "ru", "en"):
        assert finding[f"message_{language}"] and finding[f"action_{language}"]
    assert sedp("prepare", "ak-suu").returncode == 0


@pytest.mark.parametrize("words, code", [
    pytest.param(["check"], 2, id="nobody named"),
    pytest.param(["check", "../etc"], 1, id="a path instead of a name"),
    pytest.param(["build", "nobody"], 1, id="unknown municipality"),
    pytest.param(["build", "ak-suu", "--lang", "fr"], 2, id="unknown language"),
    pytest.param(["build", "ak-suu", "--formats", "odt"], 2, id="unknown format"),
    pytest.param(["build", "ak-suu", "--only", "weather"], 2, id="unknown section"),
])
def test_a_wrong_call_is_a_sentence(tmp_path: Path, sedp: Run, words: list[str], code: int) -> None:
    write_place(tmp_path)
    done = sedp(*words)
    assert done.returncode == code
    assert done.stderr.strip() and "Traceback" not in done.stderr


def test_markup_in_a_name_stays_text(tmp_path: Path, sedp: Run) -> None:
    raw = write_place(tmp_path)
    passport = (raw / "municipality.yaml").read_text(encoding="utf-8")
    (raw / "municipality.yaml").write_text(
        passport.replace("ky: Ак-Суу", 'ky: "<script>alert(1)</script>"')
        .replace("ru: Ак-Суу", "ru: '=HYPERLINK(\"http://x\")'"), encoding="utf-8")
    assert sedp("build", "ak-suu", "--lang", "ky,ru").returncode in (0, 1)
    page = (tmp_path / "reports/ak-suu/ky/report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page and "&lt;script&gt;" in page
    book = openpyxl.load_workbook(tmp_path / "reports/ak-suu/ru/tables.xlsx")
    kinds = {cell.data_type for sheet in book for row in sheet for cell in row
             if isinstance(cell.value, str) and "HYPERLINK" in cell.value}
    assert kinds <= {"s", "inlineStr"}


def test_a_municipality_without_data_still_gets_its_report(tmp_path: Path, sedp: Run) -> None:
    raw = write_place(tmp_path, rows=[])
    (raw / "observations.csv").unlink()
    done = sedp("build", "ak-suu")
    assert done.returncode == 0, done.stderr
    text = read_texts(tmp_path / "reports/ak-suu/ky")["pdf"]
    assert "маалымат жок" in text.lower()


def test_the_console_never_fails_on_kyrgyz_letters(tmp_path: Path, sedp: Run) -> None:
    write_place(tmp_path)
    done = sedp("check", "ak-suu", PYTHONIOENCODING="cp1251")
    assert "Traceback" not in done.stderr


def test_machine_readable_output_stands_alone(tmp_path: Path, sedp: Run) -> None:
    write_place(tmp_path)
    done = sedp("check", "ak-suu", "--format", "csv")
    assert done.stdout.splitlines()[0].startswith("municipality,rule,severity")
    assert json.loads(sedp("catalogue", "--format", "json").stdout)
    assert io.StringIO(done.stdout).readline()

"""Reports are made in processes of their own; what a notebook does to itself stays with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.publish.plan import Notebook
from sedp_helpers.publish.run import run_tasks
from sedp_helpers.publish.task import Outcome, ReportTask

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
          "language_info": {"name": "python"}}
FRAME = "section,result,year,value\n"


def write_notebook(folder: Path, name: str, *cells: str) -> Notebook:
    parameters = new_code_cell("municipality = 'demo'", metadata={"tags": ["parameters"]})
    rest = [new_code_cell(cell, metadata={"tags": ["narrative"]}) for cell in cells]
    path = folder / f"{name}.ipynb"
    nbformat.write(new_notebook(cells=[parameters, *rest], metadata=KERNEL), path)
    return Notebook(name, str(path))


def make_task(root: Path, *notebooks: Notebook, **changes: Any) -> ReportTask:
    task = ReportTask(
        root=str(root), municipality="demo", language="ky", formats=("html",),
        notebooks=notebooks, parameters={"municipality": "demo"},
        inputs={"results.csv": FRAME.encode(), "findings.csv": b"rule\n"},
        meta={"language": "ky", "title": "T"}, titles={},
        words=load_catalog().words("publish", "ky"),
    )
    return replace(task, **changes)


def run_one(task: ReportTask) -> Outcome:
    (outcome,) = run_tasks([task])
    return outcome


def text_of(root: Path, name: str) -> str:
    return (root / "reports/demo/ky/notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")


SHOW = "from IPython.display import Markdown; Markdown('## Titel\\n\\nBrot')"


def test_a_notebook_becomes_a_report(tmp_path: Path) -> None:
    outcome = run_one(make_task(tmp_path, write_notebook(tmp_path, "10_one", SHOW)))
    assert not outcome.failed and outcome.executed == ["10_one"]
    html = (tmp_path / "reports/demo/ky/report.html").read_text(encoding="utf-8")
    assert "Brot" in html


def test_a_notebook_that_raises_costs_only_its_section(tmp_path: Path) -> None:
    bad = write_notebook(tmp_path, "10_bad", "1 / 0")
    good = write_notebook(tmp_path, "20_good", SHOW)
    outcome = run_one(make_task(tmp_path, bad, good))
    assert outcome.failed == ["10_bad"]
    html = (tmp_path / "reports/demo/ky/report.html").read_text(encoding="utf-8")
    assert "Brot" in html and load_catalog().words("publish", "ky")["section_failed"] in html
    assert "ZeroDivisionError" not in html


def test_notebooks_see_nothing_of_each_other(tmp_path: Path) -> None:
    first = write_notebook(
        tmp_path, "10_first",
        "import os, sys, pandas as pd\nleft = 1\nsys.modules['__main__'].left = 2\n"
        "os.environ['LEFT'] = 'x'\npd.set_option('display.precision', 1)\nos.chdir('/')",
    )
    second = write_notebook(
        tmp_path, "20_second",
        "import os, sys, pandas as pd\n"
        "seen = ['left' in globals(), hasattr(sys.modules['__main__'], 'left'),\n"
        "        'LEFT' in os.environ, pd.get_option('display.precision') == 1,\n"
        "        os.getcwd() == '/']\nprint(seen)",
    )
    outcome = run_one(make_task(tmp_path, first, second))
    assert not outcome.failed
    assert "[False, False, False, False, False]" in text_of(tmp_path, "20_second")


def test_a_process_that_dies_is_run_again_with_cold_kernels(tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path, "10_dies", "import os; os._exit(3)")
    good = write_notebook(tmp_path, "20_good", SHOW)
    outcome = run_one(make_task(tmp_path, notebook, good))
    assert outcome.failed == ["10_dies"]
    assert (tmp_path / "reports/demo/ky/report.html").exists()


def test_a_cell_that_hangs_is_stopped(tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path, "10_hangs", "import time; time.sleep(600)")
    outcome = run_one(make_task(tmp_path, notebook, timeout=3.0))
    assert outcome.failed == ["10_hangs"]


def test_output_without_end_is_cut(tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path, "10_loud", "print('x' * 100_000_000)")
    outcome = run_one(make_task(tmp_path, notebook))
    assert not outcome.failed
    assert len(text_of(tmp_path, "10_loud")) < 2_000_000


def test_a_notebook_that_eats_memory_fails_alone(tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path, "10_greedy", "x = bytearray(20 * 2**30)")
    good = write_notebook(tmp_path, "20_good", SHOW)
    outcome = run_one(make_task(tmp_path, notebook, good))
    assert outcome.failed == ["10_greedy"]


def test_threads_left_behind_do_not_hold_the_report(tmp_path: Path) -> None:
    notebook = write_notebook(
        tmp_path, "10_thread",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(500,)).start()",
    )
    outcome = run_one(make_task(tmp_path, notebook))
    assert not outcome.failed


def test_an_unchanged_notebook_is_not_executed_again(tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path, "10_one", SHOW)
    first = run_one(make_task(tmp_path, notebook))
    state = {"notebooks": first.notebooks, "outputs": first.outputs}
    again = run_one(make_task(tmp_path, notebook, state=state))
    assert not again.executed and not again.failed


def test_a_file_that_a_person_edited_is_kept(tmp_path: Path) -> None:
    notebook = write_notebook(tmp_path, "10_one", SHOW)
    first = run_one(make_task(tmp_path, notebook))
    report = tmp_path / "reports/demo/ky/report.html"
    report.write_text("mine", encoding="utf-8")
    state = {"notebooks": first.notebooks, "outputs": first.outputs}
    again = run_one(make_task(tmp_path, notebook, state=state, date="2026-11-20"))
    kept = tmp_path / "reports/demo/ky/report (edited 2026-11-20).html"
    assert kept.read_text(encoding="utf-8") == "mine"
    assert again.said == [f"edited:{kept.name}"]
    assert "Brot" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize("engine", ["inprocess", "cold"])
def test_both_engines_give_the_same_outputs(tmp_path: Path, engine: str) -> None:
    cells = ("1 + 1", "print('a')\n'b'", SHOW, "from IPython.display import display\ndisplay(3)")
    notebook = write_notebook(tmp_path, "10_same", *cells)
    run_one(make_task(tmp_path, notebook, engine=engine))
    node = nbformat.read(tmp_path / "reports/demo/ky/notebooks/10_same.ipynb", as_version=4)
    kinds = [[output.output_type for output in cell.outputs] for cell in node.cells[-4:]]
    assert kinds == [["execute_result"], ["stream", "execute_result"], ["execute_result"],
                     ["display_data"]]

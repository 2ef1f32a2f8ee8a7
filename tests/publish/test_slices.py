"""Only the notebooks that looked at what changed are executed again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.publish.plan import Notebook
from sedp_helpers.publish.report import MADE, make_report
from sedp_helpers.publish.slices import slice_folder, slice_inputs, slice_words
from sedp_helpers.publish.task import ReportTask

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
          "language_info": {"name": "python"}}
RESULTS = "section,result,year,value\na,a.x,2024,1\nb,b.y,2024,2\n"
FINDINGS = "rule,severity,section,message_ky\nR,error,a,\"бир,\nэки\"\nR,error,b,үч\n"


def inputs(results: str = RESULTS, findings: str = FINDINGS) -> dict[str, bytes]:
    return {"results.csv": results.encode(), "findings.csv": findings.encode()}


def changed(old: dict[str, str], new: dict[str, str]) -> set[str]:
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def test_a_changed_figure_changes_the_slice_of_its_result_only() -> None:
    new = slice_inputs(inputs(RESULTS.replace("2024,1", "2024,9")))
    assert changed(slice_inputs(inputs()), new) == {"a.x"}


def test_a_changed_finding_changes_those_of_its_section_and_all() -> None:
    new = slice_inputs(inputs(findings=FINDINGS.replace("эки", "беш")))
    assert changed(slice_inputs(inputs()), new) == {"findings", "findings:a"}


def test_a_moved_row_of_observations_is_no_change_but_a_figure_is(tmp_path: Path) -> None:
    table = tmp_path / "observations.csv"
    rows = "indicator,year,value,origin\na.x,2024,1,observations!C2\nb.y,2024,1,observations!C3\n"
    table.write_text(rows, encoding="utf-8")
    old = slice_folder(tmp_path, "ky")
    table.write_text(rows.replace("!C3", "!C9"), encoding="utf-8")
    assert slice_folder(tmp_path, "ky") == old
    table.write_text(rows.replace("2024,1,observations!C3", "2024,2,observations!C3"), "utf-8")
    assert changed(old, slice_folder(tmp_path, "ky")) == {"observation:b.y"}


def test_registers_and_notes_have_slices_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "plan.csv").write_text("id\n1\n", encoding="utf-8")
    (tmp_path / "notes.json").write_text('{"space.ky": "a", "space.ru": "b"}', encoding="utf-8")
    assert set(slice_folder(tmp_path, "ky")) == {"register:plan", "note:space"}


def test_the_words_of_a_part_are_hashed_by_part() -> None:
    words = slice_words(load_catalog(), "ky")
    assert len({words["words:population"], words["words:space"]}) == 2
    assert words != slice_words(load_catalog(), "ru")


# ---- together ----------------------------------------------------------------------------
READS = """from IPython.display import display
display({{'text/plain': 'x'}}, raw=True, metadata={{'sedp': {{'reads': {reads}}}}})"""


@pytest.fixture
def task(tmp_path: Path) -> ReportTask:
    books = []
    for name, reads in (("10_a", ["a.x", "findings:a"]), ("20_b", ["b.y", "register:plan"])):
        path = tmp_path / f"{name}.ipynb"
        first = new_code_cell("municipality = ''", metadata={"tags": ["parameters"]})
        told = new_code_cell(READS.format(reads=reads), metadata={"tags": ["narrative"]})
        heading = new_code_cell("from IPython.display import Markdown; Markdown('## T')")
        nbformat.write(new_notebook(cells=[first, told, heading], metadata=KERNEL), path)
        books.append(Notebook(name, str(path)))
    return ReportTask(
        root=str(tmp_path), municipality="demo", language="ky", formats=("html",),
        notebooks=tuple(books), parameters={"municipality": "demo"}, inputs=inputs(),
        meta={"language": "ky", "title": "T"}, titles={}, date="2026-05-04",
        words=load_catalog().words("publish", "ky"), slices={"register:plan": "1"})


def again(task: ReportTask, **changes: object) -> list[str]:
    first = make_report(task)
    state = {"notebooks": first.notebooks, "outputs": first.outputs}
    outcome = make_report(replace(task, state=state, **changes))  # type: ignore[arg-type]
    assert not outcome.failed and not outcome.said
    return outcome.executed


@pytest.mark.parametrize(("changes", "executed"), [
    pytest.param({}, [], id="nothing"),
    pytest.param({"inputs": inputs(RESULTS.replace("2024,1", "2024,9"))}, ["10_a"], id="figure"),
    pytest.param({"inputs": inputs(findings=FINDINGS.replace("эки", "5"))}, ["10_a"],
                 id="finding"),
    pytest.param({"slices": {"register:plan": "2"}}, ["20_b"], id="register"),
    pytest.param({"slices": {}}, ["20_b"], id="register taken away"),
    pytest.param({"code_key": "new program"}, ["10_a", "20_b"], id="program"),
    pytest.param({"inputs": inputs(RESULTS + "c,c.z,2024,1\n")}, [], id="what nobody reads"),
])
def test_exactly_the_readers_of_a_change_are_executed(
    task: ReportTask, changes: dict[str, object], executed: list[str]
) -> None:
    assert again(task, **changes) == executed


def test_files_of_a_build_that_was_broken_off_are_no_edits_of_a_person(task: ReportTask) -> None:
    make_report(task)  # its outcome was never written into build.json
    assert (task.folder / MADE).is_file()
    (task.folder / ".report.html.x1y2").write_text("half", encoding="utf-8")
    outcome = make_report(replace(task, state={"outputs": {"report.html": "an older one"}},
                                  meta={"language": "ky", "title": "other"}))
    assert not outcome.said
    assert not list(task.folder.glob(".report*"))

"""Tasks on a cluster: the same work, a worker that dies costs only its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.errors import UsageError
from sedp_helpers.publish import cluster
from sedp_helpers.publish.plan import Notebook
from sedp_helpers.publish.run import run_tasks
from sedp_helpers.publish.task import Outcome, ReportTask


class Future:
    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome

    def result(self) -> Outcome:
        return self._outcome


class Client:
    """Stands for the library: remembers how tasks were submitted."""

    submitted: ClassVar[list[dict[str, Any]]] = []

    def __init__(self, address: str) -> None:
        self.address = address

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *error: object) -> None:
        return None

    def submit(self, function: Any, task: Any, **options: Any) -> Future:
        self.submitted.append(options)
        return Future(Outcome(task, self.address))


class Library:
    Client = Client

    @staticmethod
    def as_completed(futures: list[Future]) -> list[Future]:
        return futures[::-1]


def test_every_task_comes_back_once_and_may_be_tried_again() -> None:
    tasks: Any = ["a", "b"]
    outcomes = list(cluster.run_on_cluster(tasks, "tcp://x", Library))
    assert sorted(outcome.municipality for outcome in outcomes) == ["a", "b"]
    assert all(options == {"pure": False, "retries": 2} for options in Client.submitted)


def test_without_the_extra_the_user_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match="cluster"):
        list(cluster.run_on_cluster([], "tcp://x"))


# ---- the real library, where the extra is installed ----------------------------------------
KILLS_ITS_WORKER_ONCE = """
import os, pathlib, signal
mark = pathlib.Path(os.environ['SEDP_ROOT']) / 'killed'
if not mark.exists():
    mark.touch()
    os.kill(os.getppid(), signal.SIGKILL)
    os._exit(1)
print('second time')
"""


def test_a_real_cluster_gives_the_same_and_a_worker_that_dies_costs_its_own_task_only(
    tmp_path: Path,
) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra «cluster» is not installed")
    bad = make_book(tmp_path, "10_bad", KILLS_ITS_WORKER_ONCE)
    good = make_book(tmp_path, "20_good", "print(6 * 7)")
    tasks = [make_task(tmp_path, name, book) for name, book in
             (("a", good), ("b", bad), ("c", good))]
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None
                                  ) as local:
        outcomes = {one.municipality: one for one in
                    cluster.run_on_cluster(tasks, local.scheduler_address)}
    assert {name: one.failed for name, one in outcomes.items()} == {"a": [], "b": [], "c": []}
    assert (tmp_path / "killed").exists()
    (alone,) = run_tasks([make_task(tmp_path / "alone", "a", good)])
    assert alone.outputs == outcomes["a"].outputs


def make_book(folder: Path, name: str, cell: str) -> Notebook:
    first = new_code_cell("municipality = ''", metadata={"tags": ["parameters"]})
    node = new_notebook(cells=[first, new_code_cell(cell), new_code_cell(
        "from IPython.display import Markdown; Markdown('## T')")],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"},
                  "language_info": {"name": "python"}})
    nbformat.write(node, folder / f"{name}.ipynb")
    return Notebook(name, str(folder / f"{name}.ipynb"))


def make_task(root: Path, ident: str, book: Notebook) -> ReportTask:
    return ReportTask(
        root=str(root), municipality=ident, language="ky", formats=("html",), notebooks=(book,),
        parameters={"municipality": ident}, meta={"language": "ky", "title": "T"}, titles={},
        inputs={"results.csv": b"section,result\n", "findings.csv": b"rule\n"},
        words=load_catalog().words("publish", "ky"))

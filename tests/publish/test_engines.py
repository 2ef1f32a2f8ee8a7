"""Whatever carries a notebook out: the same outputs, and nothing of one is seen by the next."""

from __future__ import annotations

import importlib.metadata
import tomllib
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from sedp_helpers.publish.execute import run_notebook

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
          "language_info": {"name": "python"}}
CELLS = ("1 + 1", "print('a')\n'b'", "import sys; print('e', file=sys.stderr)", "None",
         "from IPython.display import display, Markdown\ndisplay(3)", "Markdown('**c**')",
         "import pandas as pd\npd.DataFrame({'a': [1.5, 2]})", "municipality")


def write(folder: Path, *cells: str) -> Path:
    first = new_code_cell("municipality = 'x'", metadata={"tags": ["parameters"]})
    path = folder / "10_one.ipynb"
    nbformat.write(new_notebook(cells=[first, *map(new_code_cell, cells)], metadata=KERNEL), path)
    return path


def execute(folder: Path, *cells: str, engine: str = "inprocess", timeout: float = 60) -> Any:
    folder.mkdir(exist_ok=True)
    return run_notebook(write(folder, *cells), folder / "out" / "10_one.ipynb",
                        {"municipality": "demo"}, engine=engine, timeout=timeout)


def told(node: Any) -> list[list[tuple[Any, ...]]]:
    """What a reader of the outputs sees."""
    return [[(one["output_type"], one.get("text"), sorted((one.get("data") or {}).items()))
             for one in cell.outputs] for cell in node.cells if cell.cell_type == "code"]


def test_all_engines_give_the_same_outputs(tmp_path: Path) -> None:
    by_engine = {name: told(execute(tmp_path / name, *CELLS, engine=name))
                 for name in ("inprocess", "fork", "cold")}
    assert by_engine["inprocess"] == by_engine["cold"] == by_engine["fork"]
    assert by_engine["cold"][-1] == [("execute_result", None, [("text/plain", "'demo'")])]


def test_the_written_notebook_is_a_valid_record_with_its_parameters(tmp_path: Path) -> None:
    execute(tmp_path, *CELLS)
    node = nbformat.read(tmp_path / "out" / "10_one.ipynb", as_version=4)
    nbformat.validate(node)
    assert node.metadata.papermill.parameters == {"municipality": "demo"}
    assert any("injected-parameters" in cell.metadata.tags for cell in node.cells)


def test_a_forked_kernel_that_is_killed_costs_its_notebook_only(tmp_path: Path) -> None:
    node = execute(tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
                   engine="fork")
    assert node.cells[-1].outputs[0].ename == "DeadKernelError"
    assert told(execute(tmp_path, "2 + 2", engine="fork"))[-1][0][2] == [("text/plain", "4")]


LEAVES = """
import builtins, os, random, sys, threading, time, types, warnings
import numpy as np, pandas as pd, plotly.io as pio
left = 1
sys.modules['__main__'].left = builtins.left = 2
sys.modules['left'] = types.ModuleType('left')
os.environ['LEFT'] = 'x'
os.chdir('/')
sys.path.insert(0, '/left')
pd.set_option('display.precision', 1); pd.set_option('styler.format.precision', 9)
pio.templates['left'] = {}; pio.templates.default = 'left'
warnings.filterwarnings('error', message='left')
random.seed(7); np.random.seed(7)
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
"""
LOOKS = """
import builtins, os, random, sys, warnings
import numpy as np, pandas as pd, plotly.io as pio
print(['left' in globals(), hasattr(sys.modules['__main__'], 'left'), hasattr(builtins, 'left'),
       'left' in sys.modules, 'LEFT' in os.environ, os.getcwd() == '/', '/left' in sys.path,
       pd.get_option('display.precision') == 1, pd.get_option('styler.format.precision') == 9,
       pio.templates.default == 'left', 'left' in pio.templates,
       any(one[1] and 'left' in one[1].pattern for one in warnings.filters),
       random.getstate() == random.Random(7).getstate(),
       bool(np.random.get_state()[1][0] == 7)])
"""


def test_what_a_notebook_leaves_behind_is_gone_for_the_next(tmp_path: Path) -> None:
    execute(tmp_path, LEAVES)
    seen = told(execute(tmp_path, LOOKS))[-1]
    assert seen == [("stream", f"{[False] * 14}\n", [])]


def test_a_cell_that_takes_too_long_ends_its_own_notebook_in_process(tmp_path: Path) -> None:
    node = execute(tmp_path, "import time; time.sleep(60)", timeout=1)
    assert node.cells[-1].outputs[0].ename == "TimeoutError"


@pytest.mark.parametrize("group", ["papermill.engine", "jupyter_client.kernel_provisioners",
                                   "nbconvert.exporters"])
def test_every_plug_in_point_of_the_package_can_be_loaded(group: str) -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    points = project["project"]["entry-points"][group]
    assert points
    for name, value in points.items():
        assert importlib.metadata.EntryPoint(name, value, group).load() is not None

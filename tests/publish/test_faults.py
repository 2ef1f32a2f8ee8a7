"""Faults from outside: Ctrl-C, two builds at once, a cell deaf to signals, a lost browser."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sedp_helpers.paths import PROJECT
from sedp_helpers.publish import run as run_module
from sedp_helpers.publish.figure_service import FigureService, reach_renderer
from sedp_helpers.publish.figures import size_spec
from tests.publish.test_run import SHOW, make_task, run_one, write_notebook

PLACE = "demo-asman-kyr"  # nearly empty
SOON = 5.0  # seconds within which Ctrl-C ends a build on an idle machine


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for name in (PLACE, "reference"):
        shutil.copytree(PROJECT / "data" / "raw" / name, tmp_path / "data" / "raw" / name)
    return tmp_path


def hear_ctrl_c() -> None:
    """As in a terminal, also where the tests run behind a shell that ignores it for them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start_build(root: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "sedp_helpers", "--root", str(root), "build", PLACE,
               "--lang", "en", "--formats", "html"]
    return subprocess.Popen(command, cwd=PROJECT, text=True, encoding="utf-8",
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                            start_new_session=True, preexec_fn=hear_ctrl_c)


def wait_for(path: Path, process: subprocess.Popen[str], seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while not path.exists():
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < end
        time.sleep(0.02)


def patience() -> float:
    """``SOON``, and more where others use the machine."""
    return SOON * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def list_members(group: int) -> list[str]:
    """Commands of the living processes of a group."""
    found = subprocess.run(["ps", "-e", "-o", "pgid=,stat=,args="], capture_output=True, text=True,
                           check=True).stdout.splitlines()
    rows = [line.split(None, 2) for line in found]
    return [row[2] for row in rows if int(row[0]) == group and not row[1].startswith("Z")]


@pytest.mark.skipif(os.name != "posix", reason="groups of processes are those of POSIX")
def test_ctrl_c_ends_a_build_which_two_others_at_once_then_finish(workspace: Path) -> None:
    folder = workspace / "reports" / PLACE / "en"
    first = start_build(workspace)
    wait_for(folder / "notebooks" / "00_cover.ipynb", first)
    pressed = time.monotonic()
    os.killpg(first.pid, signal.SIGINT)
    said = first.communicate(timeout=60)[1]
    assert time.monotonic() - pressed < patience()
    assert first.returncode == 130 and "Traceback" not in said
    assert not list_members(first.pid)
    assert not (folder / "report.html").exists() and not (folder.parent / "build.json").exists()

    both = [start_build(workspace) for _ in range(2)]
    told = [one.communicate(timeout=300)[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], told
    state = json.loads((folder.parent / "build.json").read_text(encoding="utf-8"))
    assert not state["languages"]["en"]["failed"]
    assert "</html>" in (folder / "report.html").read_text(encoding="utf-8")[-200:]
    left = [path.name for path in folder.rglob(".*") if path.name not in (".lock", ".made.json")]
    assert not left  # no unfinished file


def test_a_cell_deaf_to_signals_ends_with_its_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "find_patience",
                        lambda task: 4.0 if task.engine == "inprocess" else 200.0)
    deaf = write_notebook(
        tmp_path, "10_deaf",
        "import signal, time\nsignal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\n"
        "time.sleep(600)",
    )
    good = write_notebook(tmp_path, "20_good", SHOW)
    outcome = run_one(make_task(tmp_path, deaf, good, timeout=2.0))
    assert outcome.failed == ["10_deaf"]
    assert "Brot" in (tmp_path / "reports/demo/ky/report.html").read_text(encoding="utf-8")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the browser is found by /proc")
def test_a_browser_that_dies_within_a_batch_is_replaced(draw_spec, tmp_path: Path) -> None:
    specs = [size_spec(draw_spec(number)) for number in (1, 2)]
    with FigureService(tmp_path) as service:
        with reach_renderer(service.address, tmp_path) as first:
            assert first.render(specs[:1])[0] is not None
        for pid in find_children(service._process.pid):
            os.kill(pid, signal.SIGKILL)
        with reach_renderer(service.address, tmp_path) as second:
            assert second.render(specs[1:])[0] is not None
            assert second.notes == [] and second.drawn == 1


def find_children(pid: int) -> list[int]:
    """What a process has started itself."""
    stats = {path.parent.name: path.read_text(encoding="utf-8").rpartition(")")[2].split()
             for path in Path("/proc").glob("[0-9]*/stat") if path.exists()}
    return [int(name) for name, fields in stats.items() if int(fields[1]) == pid]

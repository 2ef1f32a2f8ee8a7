"""One set of versions on every path of set-up, and the two commands work on a bare machine."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from sedp_helpers.paths import PACKAGE

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-renderer.lock")
HIDDEN_REQUIREMENTS = {"distributed", "kaleido", "pyarrow"}


def read_text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def read_pins(lock: str) -> dict[str, set[str]]:
    pins: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", read_text(lock), re.M):
        pins.setdefault(name, set()).add(version)
    return pins


def run_setup(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(folder / "tools" / "setup_environment.sh"), "report"],
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def write_program(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare_copy(tmp_path: Path) -> Path:
    """The files that the set-up reads, in a folder with a space in its name, without .venv."""
    copy = tmp_path / "my project"
    (copy / "tools").mkdir(parents=True)
    for name in (*LOCKS, "pyproject.toml", "tools/setup_environment.sh"):
        (copy / name).write_text(read_text(name), encoding="utf-8")
    return copy


@pytest.fixture
def renderer(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool that looks for a renderer, on a machine that has none."""
    spec = importlib.util.spec_from_file_location("ensure", ROOT / "tools" / "ensure_renderer.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "find_browser", lambda: None)
    monkeypatch.setattr(module.importlib.util, "find_spec", lambda name: None)
    return module


def test_conda_and_pip_paths_name_the_same_versions_as_text() -> None:
    conda = yaml.safe_load(read_text("environment.yml"))["dependencies"]
    pip = next(entry["pip"] for entry in conda if isinstance(entry, dict))
    assert pip[0] == "--constraint constraints.txt"
    assert sorted(pip[1:]) == sorted(PROJECT["dependencies"])


def test_constraints_of_the_conda_path_are_the_versions_of_the_lock() -> None:
    locked = re.findall(r"^([^\s#].*?) \\$", read_text("requirements.lock"), re.M)
    assert read_text("constraints.txt").splitlines() == locked
    assert len(locked) > 100


def test_lock_holds_every_direct_requirement_in_its_exact_version() -> None:
    pins = read_pins("requirements.lock")
    for requirement in PROJECT["dependencies"]:
        name, version = requirement.split("==")
        assert pins[name] == {version}, requirement


def test_developers_lock_only_adds_to_the_users_lock() -> None:
    users, developers = read_pins("requirements.lock"), read_pins("requirements-dev.lock")
    assert {name: developers.get(name) for name in users} == users
    for requirement in EXTRAS["dev"]:
        name, version = requirement.split("==")
        assert developers[name] == {version}, requirement


def test_bundled_renderer_is_pinned_apart_because_it_excludes_newer_ones() -> None:
    assert EXTRAS["nobrowser"] == ["kaleido==0.2.1"]
    assert read_pins("requirements-renderer.lock") == {"kaleido": {"0.2.1"}}
    assert "kaleido" not in read_pins("requirements-dev.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_hash_and_no_address(lock: str) -> None:
    text = read_text(lock)
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?://|file:|--(extra-)?index|--find-links|@ ", text)


def test_every_package_we_import_is_a_direct_requirement() -> None:
    declared = {requirement.split("==")[0] for requirement in PROJECT["dependencies"]}
    owners = metadata.packages_distributions()
    undeclared = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in PACKAGE.rglob("*.py")
        for name in list_foreign_imports(path)
        if not {owner.lower().replace("_", "-") for owner in owners.get(name, [name])} & declared
    }
    assert undeclared == set()


def list_foreign_imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add((node.module or "").split(".")[0])
    return names - set(sys.stdlib_module_names) - {"sedp_helpers"} - HIDDEN_REQUIREMENTS


def test_every_data_file_of_the_package_is_installed_with_it() -> None:
    setuptools = tomllib.loads(read_text("pyproject.toml"))["tool"]["setuptools"]
    patterns = [p.removeprefix("**/") for p in setuptools["package-data"]["sedp_helpers"]]
    files = (p for p in PACKAGE.rglob("*") if p.is_file() and p.suffix not in {".py", ".pyc"})
    data = [p for p in files if not any(part.startswith(".") for part in p.parts)]
    left_out = [p.name for p in data if not any(fnmatch(p.name, pattern) for pattern in patterns)]
    assert data
    assert left_out == []


def test_engine_of_papermill_is_registered_without_importing_papermill_back() -> None:
    target = PROJECT["entry-points"]["papermill.engine"]["sedp-inprocess"]
    module, name = target.split(":")
    code = f"import sys, {module}; print('papermill' in sys.modules, {module}.{name} is not None)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("False True", "")


def test_last_line_of_make_test_is_that_of_pytest() -> None:
    recipe = re.search(r"^test:.*\n((?:\t.*\n)+)", read_text("Makefile"), re.M)
    assert recipe is not None
    assert re.fullmatch(r"\t@\$\(BIN\)/python -m pytest( -n auto| --[a-z]+ \w+)*\n", recipe[1])
    assert "make test" in read_text(".ci/run").splitlines()[-1]


@pytest.mark.parametrize("target", ["report", "test", "bench", "fuzz", "doctor", "lint", "start"])
def test_make_knows_the_target(target: str) -> None:
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "script", ["tools/setup_environment.sh", "tools/lock.sh", "tools/vendor_plotly.sh",
               "start.command", ".ci/run"],
)  # fmt: skip
def test_script_can_be_read_by_the_shell(script: str) -> None:
    assert subprocess.run(["sh", "-n", ROOT / script], check=False).returncode == 0


def test_windows_starter_has_windows_line_ends_and_bears_spaces_in_paths() -> None:
    text = (ROOT / "start.bat").read_bytes().decode("utf-8")
    assert text.count("\n") == text.count("\r\n") > 0
    assert 'cd /d "%~dp0"' in text
    assert not re.search(r'(?<!")%VENV%', text)
    labels = set(re.findall(r"^:(\w+)", text, re.M))
    assert set(re.findall(r"goto (\w+)", text)) <= labels
    assert "*.bat text eol=crlf" in read_text(".gitattributes")


def test_too_old_python_gets_one_clear_sentence(bare_copy: Path) -> None:
    old = write_program(
        bare_copy / "old python", 'test "$1" = --version && echo Python 3.8.1; exit 1'
    )
    done = run_setup(bare_copy, PYTHON=str(old))
    assert done.returncode == 1
    assert "Python 3.11 or newer is needed; found: Python 3.8.1" in done.stderr
    assert not (bare_copy / ".venv").exists()


def test_a_finished_environment_is_not_touched_until_the_lock_changes(bare_copy: Path) -> None:
    write_program(bare_copy / ".venv" / "bin" / "sedp", "exit 0")
    stamp = subprocess.run(
        "{ cat requirements.lock requirements-dev.lock pyproject.toml; pwd; } | cksum",
        shell=True, cwd=bare_copy, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    (bare_copy / ".venv" / ".sedp-report").write_text(stamp, encoding="utf-8")
    untouched = run_setup(bare_copy, PYTHON="/nowhere")
    assert (untouched.returncode, untouched.stdout, untouched.stderr) == (0, "", "")

    with (bare_copy / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write("# newer\n")
    assert run_setup(bare_copy, PYTHON="/nowhere").returncode == 1


def test_without_any_browser_the_bundled_renderer_is_installed(
    renderer: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(renderer, "find_privilege", lambda: None)
    monkeypatch.setattr(renderer, "succeeds", lambda command: not commands.append(command))
    assert renderer.main() == 0
    assert commands[-1][-2:] == ["-r", str(ROOT / "requirements-renderer.lock")]
    assert "--require-hashes" in commands[-1]


def test_chromium_is_tried_first_where_packages_may_be_installed(
    renderer: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(renderer, "find_privilege", list)
    monkeypatch.setattr(renderer.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(renderer, "succeeds", lambda command: not commands.append(command))
    assert renderer.main() == 0
    assert [command[:2] for command in commands[:2]] == [
        ["apt-get", "update"],
        ["apt-get", "install"],
    ]
    assert "pip" in commands[2]

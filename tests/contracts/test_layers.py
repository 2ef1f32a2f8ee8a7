"""The import tree is a tree: every module looks only down, and each library has one home."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "sedp_helpers"

LAYERS = [
    {"paths", "errors", "registry", "files", "browser", "vendored", "parallel", "locks"},
    {"models", "blocks", "fingerprint"},
    {"catalog"},
    {"language", "console"},
    {"intake", "analysis", "trouble"},
    {"compute"},
    {"checks", "process", "compare", "present"},
    {"view", "meta", "reference", "panel", "comparison", "examination"},
    {"prepare", "published", "samples", "fillin", "foreign", "asking"},
    {"watch", "desk", "snapshot"},
    {"section"},
    {"frame", "programme", "advice", "tabulation"},
    {"facade"},
    {"district"},
    {"widgets"},
    {"publish", "doctor"},
    {"hearing"},
    {"commands"},
    {"cli", "__main__", "__init__"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}

HOMES = {  # library -> the only places that may import it
    "papermill": {"publish"},
    "nbclient": {"publish"},
    "nbconvert": {"publish"},
    "ipywidgets": {"widgets"},
    "plotly": {"present", "view", "widgets"},
    "yaml": {"catalog", "intake", "samples"},
    "click": {"cli"},
}
PUBLISH_MAY_USE = {"paths", "errors", "registry", "files", "browser", "vendored", "parallel",
                   "models", "blocks", "fingerprint", "catalog", "language", "publish"}
PURE = ("compute", "analysis", "present", "checks", "process")
READS_DISK = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "read_csv"}


def list_modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts)


def room(path: Path) -> str:
    """The top-level module or folder a file belongs to."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def name_module(path: Path) -> str:
    """The dotted name of a file; that of its folder for ``__init__.py``."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def read_imports(path: Path) -> Iterator[tuple[str, str]]:
    """Module and name (empty for a plain import) of all that a file imports, for type checkers
    only or not."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = path.relative_to(PACKAGE.parent).parts[:-node.level] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((module, alias.name) for alias in node.names)


def list_imports(path: Path) -> set[str]:
    """Dotted names of everything a file imports."""
    pairs = list(read_imports(path))
    return {module for module, _ in pairs} | {f"{module}.{name}" for module, name in pairs if name}


@pytest.mark.parametrize("path", list_modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_imports_only_from_its_own_layer_or_below(path: Path) -> None:
    own = room(path)
    if own == "__init__":
        return
    assert own in LEVEL, f"{own} has no layer: give it one here"
    for name in list_imports(path):
        parts = name.split(".")
        if parts[0] == "sedp_helpers" and len(parts) > 1 and parts[1] in LEVEL:
            assert LEVEL[parts[1]] <= LEVEL[own], f"{own} imports {name}"


def test_no_file_imports_in_a_circle() -> None:
    files = {name_module(path): path for path in list_modules()}
    ours = {}
    for own, path in files.items():
        pairs = ((module, f"{module}.{name}") for module, name in read_imports(path))
        found = {inner if inner in files else module for module, inner in pairs}
        ours[own] = (found & files.keys()) - {own}
    TopologicalSorter(ours).prepare()  # raises CycleError with the files of a circle


@pytest.mark.parametrize("path", list_modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_library_is_imported_only_at_home(path: Path) -> None:
    for name in list_imports(path):
        top = name.split(".")[0]
        if top in HOMES:
            assert room(path) in HOMES[top], f"{top} is imported in {path.name}"


def test_publish_knows_notebooks_only_as_files() -> None:
    for path in (PACKAGE / "publish").rglob("*.py"):
        ours = {name.split(".")[1] for name in list_imports(path)
                if name.startswith("sedp_helpers.")}
        assert ours <= PUBLISH_MAY_USE, f"{path.name} imports {sorted(ours - PUBLISH_MAY_USE)}"


def test_analysis_imports_nothing_of_ours_but_errors() -> None:
    for path in (PACKAGE / "analysis").rglob("*.py"):
        ours = {name.split(".")[1] for name in list_imports(path)
                if name.startswith("sedp_helpers.")}
        assert ours <= {"analysis", "errors"}, path.name


@pytest.mark.parametrize("folder", PURE)
def test_pure_folders_open_no_file(folder: str) -> None:
    for path in (PACKAGE / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                assert name not in READS_DISK, f"{path.name}:{node.lineno} calls {name}"

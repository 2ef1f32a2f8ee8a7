"""One report to be made and what came of it: what the processes hand to each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sedp_helpers.files import write_atomic
from sedp_helpers.publish.plan import Notebook

Inputs = Mapping[str, bytes]  # content of results.csv and findings.csv


@dataclass(frozen=True)
class ReportTask:
    """Everything a process needs to make one report."""

    root: str
    municipality: str
    language: str
    formats: tuple[str, ...]
    notebooks: tuple[Notebook, ...]
    parameters: Mapping[str, Any]
    inputs: Inputs | Callable[[], Inputs]  # as used, or how to get them
    meta: Mapping[str, Any]
    titles: Mapping[str, str]
    words: Mapping[str, str]
    engine: str = "inprocess"
    whole: bool = True  # False: only single sections were asked for
    code_key: str = ""
    key: str = ""  # hash of everything the report depends on
    slices: Mapping[str, str] = field(default_factory=dict)  # what notebooks look at -> its hash
    figures: tuple[str, bytes] | None = None  # where the drawing service is
    state: Mapping[str, Any] = field(default_factory=dict)  # of the last build
    date: str = ""
    as_of: str = ""  # the day that «today» stands for
    timeout: float = 300.0  # seconds for a cell
    memory_gb: float = 6.0

    internal: bool = False  # a copy for the office itself, beside the report

    def read_inputs(self) -> Inputs:
        """The inputs themselves."""
        return self.inputs() if callable(self.inputs) else self.inputs

    @property
    def edition(self) -> str:
        """The language, and the folder of the internal copy in it."""
        return f"{self.language}/internal" if self.internal else self.language

    @property
    def folder(self) -> Path:
        return Path(self.root) / "reports" / self.municipality / self.edition

    @property
    def figures_folder(self) -> Path:
        """Where the notebooks find results.csv: single sections never touch those of the report."""
        return self.folder if self.whole else self.folder / "notebooks"

    @property
    def draws(self) -> bool:
        """Whether still pictures are needed."""
        return self.whole and bool({"pdf", "docx"} & set(self.formats))


@dataclass
class Outcome:
    """What came of a task."""

    municipality: str
    language: str
    outputs: dict[str, str] = field(default_factory=dict)  # file name -> hash
    notebooks: dict[str, Any] = field(default_factory=dict)  # name -> key, reads, failed
    seconds: dict[str, float] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)  # codes of what to tell the user
    failed: list[str] = field(default_factory=list)  # notebooks or formats that could not be made
    seen: dict[str, tuple[int, int]] = field(default_factory=dict)  # file -> size, time written
    executed: list[str] = field(default_factory=list)  # notebooks that were run
    key: str = ""  # of the whole report
    edition: str = ""
    trouble: tuple[str, dict[str, Any], str] | None = None  # key, words, whole story


def write_inputs(task: ReportTask) -> Inputs:
    """results.csv and findings.csv exactly as the report uses them, in their place."""
    inputs = task.read_inputs()
    for name, content in inputs.items():
        path = task.figures_folder / name
        if not path.exists() or path.read_bytes() != content:
            write_atomic(path, content)
    return inputs

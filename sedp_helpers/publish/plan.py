"""What a build will do, as a list that can be printed: pure, nothing is run or read here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True)
class Step:
    """One piece of work. ``key`` is the hash of everything the piece depends on."""

    municipality: str
    kind: str  # prepare · notebook · report
    language: str = ""
    target: str = ""  # notebook name, or formats joined by comma
    key: str = ""

    @property
    def id(self) -> str:
        return "/".join(filter(None, (self.municipality, self.language, self.kind, self.target)))


@dataclass(frozen=True)
class Notebook:
    """A notebook of the report: its file name without ending and its section or part."""

    name: str  # "20_population"
    path: str

    @property
    def part(self) -> str:
        """The section or frame part a notebook tells.

        >>> Notebook("20_population", "").part
        'population'
        """
        return self.name.partition("_")[2]


def sort_notebooks(paths: Iterable[PurePosixPath]) -> list[Notebook]:
    """The notebooks of a report in the order of their numbers."""
    found = [Notebook(path.stem, str(path)) for path in paths if path.stem[:2].isdigit()]
    return sorted(found, key=lambda notebook: notebook.name)


def plan_build(
    municipalities: Sequence[str],
    languages: Sequence[str],
    formats: Sequence[str],
    notebooks: Sequence[Notebook],
    *,
    keys: dict[str, str] | None = None,
    only: Sequence[str] = (),
) -> list[Step]:
    """Prepare, execute, publish — for each municipality and language, in this order.

    ``only`` keeps the notebooks of some sections and publishes no whole report.

    >>> steps = plan_build(["demo"], ["ky"], ["html"], [Notebook("20_population", "")])
    >>> [step.id for step in steps]
    ['demo/prepare', 'demo/ky/notebook/20_population', 'demo/ky/report/html']
    """
    keys = keys or {}
    chosen = [one for one in notebooks if not only or one.part in only]
    steps = []
    for ident in municipalities:
        steps.append(Step(ident, "prepare"))
        for language in languages:
            steps += [Step(ident, "notebook", language, one.name) for one in chosen]
            last = "section" if only else "report"
            steps.append(Step(ident, last, language, ",".join(only or formats)))
    return [Step(s.municipality, s.kind, s.language, s.target, keys.get(s.id, "")) for s in steps]


def print_plan(steps: Iterable[Step]) -> str:
    """The plan as lines: id and the beginning of its key."""
    return "\n".join(f"{step.id}\t{step.key[:12]}".rstrip() for step in steps)

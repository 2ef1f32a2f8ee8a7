"""`sedp workshop`: the topics of the training, a kit for learners, the answers for the trainer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.console import Console
from sedp_helpers.errors import NotFoundError, OutputError
from sedp_helpers.files import write_atomic
from sedp_helpers.paths import NOTEBOOKS
from sedp_helpers.publish.worksheet import (
    fill_texts,
    list_printed,
    print_sheet,
    take_learner_copy,
)

FOLDER = NOTEBOOKS / "workshops"


def list_topics(language: str) -> str:
    """One line a topic: id, minutes, title."""
    words = load_catalog().words("workshops", language)
    return "\n".join(f"{topic['id']}\t{words['labels']['minutes'].format(n=topic['minutes'])}\t"
                     f"{words['topics'][topic['id']]['title']}" for topic in _topics())


def write_topic(name: str, output: Path, *, solved: bool, force: bool, console: Console) -> None:
    """The notebook and the printed sheet of a topic, for learners or with the solutions."""
    topic = find_topic(name)
    words = load_catalog().words("workshops", console.language)
    solved_one = nbformat.read(FOLDER / f"{topic['notebook']}.solutions.ipynb", as_version=4)
    notebook = fill_texts(solved_one, write_texts(topic, words, solved=solved), console.language)
    printed = list_printed(notebook)
    stem = topic["notebook"] + (".solutions" if solved else "")
    if not solved:
        notebook = take_learner_copy(notebook)
    title = words["topics"][name]["title"]
    sheet = print_sheet(notebook, printed, title, console.language, words["labels"]["answer"])
    files = {output / f"{stem}.ipynb": nbformat.writes(notebook) + "\n",
             output / f"{stem}.html": sheet}
    for path in files:
        if path.exists() and not force:
            raise OutputError(f"{path} exists", key="exists", path=str(path))
    for path, content in files.items():
        write_atomic(path, content.encode("utf-8"))
        console.say("created", path=str(path))


def find_topic(name: str) -> dict[str, Any]:
    known = {topic["id"]: topic for topic in _topics()}
    if name not in known:
        raise NotFoundError(f"no topic {name!r}", key="unknown_topic", name=name,
                            known=", ".join(known))
    return known[name]


def write_texts(topic: Mapping[str, Any], words: Mapping[str, Any], *, solved: bool
                ) -> dict[str, str]:
    """The markdown of a topic by the keys of its notebook; tasks are numbered in their order."""
    labels, text = words["labels"], words["topics"][topic["id"]]
    kind = labels["key" if solved else "kit"]
    lines = "\n".join(f"- {line}" for line in text["objectives"])
    points = "\n".join(f"- {line}" for line in text["key_points"])
    tasks = {key: f"## {labels['task'].format(n=n)}\n\n{words_of_task}"
             for n, (key, words_of_task) in enumerate(text["tasks"].items(), start=1)}
    return {
        "opening": f"# {text['title']}\n\n*{kind} · {labels['minutes'].format(n=topic['minutes'])}*"
                   f"\n\n**{labels['question']}.** {text['question']}\n\n"
                   f"**{labels['objectives']}:**\n\n{lines}\n\n{labels['example']}",
        "closing": f"## {labels['key_points']}\n\n{points}",
        **text["given"],
        **tasks,
    }


def _topics() -> list[dict[str, Any]]:
    return load_catalog().read("workshops.yml")["topics"]

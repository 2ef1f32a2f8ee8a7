"""Executed notebooks → one document. A notebook that failed becomes a marked section, so that
one failure never costs the report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import dropwhile
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from sedp_helpers.blocks import Block, Box, Document, Fold, Heading, Paragraph, Span
from sedp_helpers.publish.collect import collect_blocks
from sedp_helpers.publish.plan import Notebook

MOST_SENTENCES = 4  # of a paragraph
TOPIC = 2  # level of the heading of a topic


def read_notebook(path: Path) -> NotebookNode:
    return nbformat.from_dict(json.loads(path.read_text(encoding="utf-8")))


def assemble_document(
    executed: Iterable[tuple[Notebook, NotebookNode]],
    meta: Mapping[str, Any],
    titles: Mapping[str, str],
    words: Mapping[str, str],
) -> Document:
    """The document of a report: the sections in the order of their notebooks."""
    sections = []
    for notebook, node in executed:
        told = gather_missing_topics(collect_blocks(node), words)
        blocks = join_sentences(say_missing_once(told))
        title = titles.get(notebook.part, notebook.part)
        if has_failed(node):
            blocks = mark_failed(blocks, title, words)
        if blocks:
            sections.append((notebook.part, _title_of(blocks, title), tuple(blocks)))
    return Document(dict(meta), tuple(sections))


def say_missing_once(blocks: list[Block]) -> list[Block]:
    """Without the boxes in place of single figures where the section lists all that is missing,
    and no box twice."""
    listed = any(_is_missing(block) and block.title for block in blocks)  # type: ignore[union-attr]
    kept: list[Block] = []
    for block in blocks:
        single = _is_missing(block) and not block.title  # type: ignore[union-attr]
        if not (single and (listed or block in kept)):
            kept.append(block)
    return kept


def _is_missing(block: Block) -> bool:
    return isinstance(block, Box) and block.role == "missing"


def gather_missing_topics(blocks: list[Block], words: Mapping[str, str]) -> list[Block]:
    """Topics that have nothing to tell named in one sentence instead of a heading each."""
    kept: list[Block] = []
    names: list[str] = []
    place = 0
    for part in _split_topics(blocks):
        head, *rest = part
        told = list(dropwhile(_lacks_figures, rest))
        if isinstance(head, Heading) and _says_nothing(rest, told):
            place = place or len(kept)
            names.append(head.text.rstrip("?"))
            kept += told
        else:
            kept += part
    if names:
        text = words["topics_missing"].format(topics="; ".join(names))
        kept.insert(place, Paragraph((Span(text),), "missing", "topics_missing"))
    return kept


def _says_nothing(rest: list[Block], told: list[Block]) -> bool:
    """Whether a topic has nothing but what it lacks; folds after a box belong to no topic."""
    boxed = bool(rest) and _is_missing(rest[0])
    return len(told) < len(rest) and (not told or (boxed and all(
        isinstance(block, Fold) for block in told)))


def _split_topics(blocks: list[Block]) -> list[list[Block]]:
    """The blocks parted before every heading of a topic."""
    parts: list[list[Block]] = []
    for block in blocks:
        if not parts or (isinstance(block, Heading) and block.level == TOPIC):
            parts.append([])
        parts[-1].append(block)
    return parts


def _lacks_figures(block: Block) -> bool:
    return (_is_missing(block) and not block.title) or (  # type: ignore[union-attr]
        isinstance(block, Paragraph) and block.role == "missing")


def join_sentences(blocks: list[Block]) -> list[Block]:
    """Plain sentences that follow each other as running text, a few to a paragraph; the sentences
    of an answer as one, and none parted from the one that names what it speaks of."""
    joined: list[Block] = []
    length = 0
    for block in blocks:
        last = joined[-1] if joined else None
        if (
            isinstance(last, Paragraph)
            and isinstance(block, Paragraph)
            and _runs_on(last, block)
            and (length < MOST_SENTENCES or block.role == "answer" or block.goes_on)
        ):
            spans = (*last.spans, Span(" "), *block.spans)
            joined[-1] = Paragraph(spans, block.role, f"{last.rule} {block.rule}")
            length += 1
        else:
            joined.append(block)
            length = 1
    return joined


def _runs_on(last: Paragraph, block: Paragraph) -> bool:
    """Whether a sentence goes on in the paragraph before: both plain text, or one answer."""
    return last.role == block.role and block.role in ("text", "answer")


def has_failed(node: NotebookNode) -> bool:
    """Whether a cell of the notebook raised."""
    return any(
        output.output_type == "error"
        for cell in node.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    )


def mark_failed(blocks: list[Block], title: str, words: Mapping[str, str]) -> list[Block]:
    """What was told before the failure, and a plain word that the rest could not be made."""
    if not any(isinstance(block, Heading) for block in blocks):
        blocks = [Heading(1, title), *blocks]
    return [*blocks, Paragraph((Span(words["section_failed"]),), role="warning")]


def _title_of(blocks: list[Block], title: str) -> str:
    first = next((block for block in blocks if isinstance(block, Heading)), None)
    return first.text if first else title


def list_reads(node: NotebookNode) -> list[str]:
    """The results that the cells of a notebook looked at."""
    reads: set[str] = set()
    for cell in node.cells:
        for output in cell.get("outputs", ()):
            reads.update(output.get("metadata", {}).get("sedp", {}).get("reads", ()))
    return sorted(reads)


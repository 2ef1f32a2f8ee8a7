"""Training notebooks: the learner's copy derived from the solved one, and both as a printed sheet.

The solved notebook is the only source: its markdown cells hold the key of a text in braces, its
cells tagged ``solution`` are what the learner's copy leaves out, so the two cannot drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from nbconvert.filters.markdown import markdown2html
from nbformat import NotebookNode

HIDDEN = {"parameters", "setup"}  # of the printed sheet
STYLE = """body{font:12pt/1.45 "Noto Sans",Arial,sans-serif;max-width:42em;
margin:2em auto;padding:0 1em}
pre{background:#f3f3f1;padding:.6em;white-space:pre-wrap}.answer{margin:1em 0 2em;
border-bottom:1px solid #555;height:2.5em;color:#555}.anchor-link{display:none}
h2{margin-top:1.6em}
@page{size:A4;margin:18mm}"""



def fill_texts(notebook: NotebookNode, texts: Mapping[str, str], language: str) -> NotebookNode:
    """The notebook with its texts in place of their keys, set to the language."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = texts[cell.source.strip("{}\n ")]
        elif "parameters" in cell.metadata.tags:
            cell.source = re.sub(r'(language: str = )"\w+"', rf'\1"{language}"', cell.source)
    return notebook


def take_learner_copy(notebook: NotebookNode) -> NotebookNode:
    """Without the solutions and without what they printed."""
    notebook.cells = [cell for cell in notebook.cells if "solution" not in cell.metadata.tags]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def print_sheet(notebook: NotebookNode, given: Mapping[str, Any], title: str, language: str,
                answer: str) -> str:
    """A page for the printer: texts, given tables, a line for each answer, solutions where kept.

    ``given``: the printed tables by cell id, because the learner's copy has no outputs.
    """
    parts = []
    for cell in notebook.cells:
        tags = set(cell.metadata.tags)
        if cell.cell_type == "markdown":
            parts.append(markdown2html(cell.source))
        elif tags & HIDDEN:
            continue
        elif "exercise" in tags:
            parts.append(f'<div class="answer">{escape(answer)}</div>')
        else:
            shown = [cell.source] if "solution" in tags else []
            shown += given.get(cell.id, [])
            parts += [f"<pre>{escape(text)}</pre>" for text in shown]
    return (f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
            f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n<body>\n"
            + "\n".join(parts) + "\n</body></html>\n")


def list_printed(notebook: NotebookNode) -> dict[str, list[str]]:
    """What the cells of a solved notebook print as text, by cell id."""
    return {cell.id: [out.data["text/plain"] for out in cell.outputs if "data" in out]
            for cell in notebook.cells if cell.cell_type == "code"}

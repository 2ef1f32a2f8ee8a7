"""The formats as nbconvert exporters, so that any executed notebook can be printed by name.

``jupyter nbconvert --to sedp_pdf notebook.ipynb`` and the build of a whole report draw the same
blocks with the same renderers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nbconvert.exporters import Exporter
from traitlets import default

from sedp_helpers.blocks import Block, Document, Heading
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.publish.collect import collect_blocks
from sedp_helpers.publish.figures import open_renderer
from sedp_helpers.publish.formats import FORMATS, render_all

__all__ = [
    "DocxExporter",
    "HtmlExporter",
    "PdfExporter",
    "XlsxExporter",
    "collect_blocks",
    "read_document",
    "render_all",
]


def read_document(notebook: Mapping[str, Any]) -> Document:
    """The report in a notebook: a section begins at every title; meta stands in ``sedp``."""
    meta = dict(notebook.get("metadata", {}).get("sedp") or {})
    meta.setdefault("language", "ky")
    parts: list[tuple[str, str, list[Block]]] = []
    for block in collect_blocks(notebook):
        if isinstance(block, Heading) and block.level == 1:
            parts.append((block.anchor or f"section-{len(parts) + 1}", block.text, []))
        elif not parts:
            title = str(meta.get("section_title") or meta.get("title") or "")
            parts.append((str(meta.get("section") or "section-1"), title, []))
        parts[-1][2].append(block)
    return Document(meta, tuple((ident, title, tuple(blocks)) for ident, title, blocks in parts))


class BlockExporter(Exporter):
    """Collects the blocks of a notebook and renders them in the format of the subclass."""

    form = ""

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return f".{self.form}"

    def from_notebook_node(self, nb: Any, resources: Any = None, **options: Any) -> tuple[Any, Any]:
        """The file of the notebook; text for HTML, bytes for the others."""
        notebook, resources = super().from_notebook_node(nb, resources, **options)
        document = read_document(notebook)
        language = str(document.meta["language"])
        words = load_catalog().words("publish", language)
        with open_renderer() as renderer:
            content = render_all(document, words, [self.form], renderer)[self.form]
        resources["output_extension"] = f".{FORMATS.get(self.form).file.rpartition('.')[2]}"
        return (content.decode("utf-8") if self.form == "html" else content), resources


class HtmlExporter(BlockExporter):
    form = "html"
    export_from_notebook = "SEDP report (HTML)"
    output_mimetype = "text/html"


class PdfExporter(BlockExporter):
    form = "pdf"
    export_from_notebook = "SEDP report (PDF)"
    output_mimetype = "application/pdf"


class DocxExporter(BlockExporter):
    form = "docx"
    export_from_notebook = "SEDP report (Word)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class XlsxExporter(BlockExporter):
    form = "xlsx"
    export_from_notebook = "SEDP tables (Excel)"
    output_mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

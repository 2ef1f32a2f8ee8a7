"""The plain way, for comparison: stock papermill, nbconvert and a browser. Never changed."""

import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
from nbconvert import HTMLExporter

out, browser, books = Path(sys.argv[1]), sys.argv[2], [Path(name) for name in sys.argv[3:]]
whole = nbformat.v4.new_notebook()
for book in books:
    node = papermill.execute_notebook(book, out / book.name, {"municipality": "demo"})
    whole.cells += node.cells
html = HTMLExporter(exclude_input=True).from_notebook_node(whole)[0]
(out / "report.html").write_text(html, encoding="utf-8")
subprocess.run([browser, "--headless", "--no-sandbox", f"--print-to-pdf={out}/report.pdf",
                f"file://{out}/report.html"], check=True)

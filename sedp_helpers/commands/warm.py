"""What every report process needs, imported and read once before they are forked."""

from __future__ import annotations

from collections.abc import Sequence

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.examination import finding_texts


def warm_up(languages: Sequence[str]) -> None:
    """Import what makes a report; for a batch also read all knowledge and the words of its
    languages. Nothing here starts a thread, so that processes may be forked afterwards."""
    from sedp_helpers import facade  # noqa: F401
    from sedp_helpers.publish import report  # noqa: F401

    catalog = load_catalog()
    if not languages:
        return  # one report: it reads what it needs
    from sedp_helpers.publish import engine  # noqa: F401
    from sedp_helpers.publish.formats import warm_formats

    catalog.warm()
    finding_texts(catalog)
    for path in sorted((catalog.folder / "narrative").glob("*.yml")):
        catalog.read(f"narrative/{path.name}")
    for language in languages:
        warm_formats(language)
        for path in sorted((catalog.folder / "text" / language).rglob("*.yml")):
            catalog.read(path.relative_to(catalog.folder).as_posix())

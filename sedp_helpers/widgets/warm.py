"""What every page of the dashboards needs, imported and read before kernels are forked.

To be imported is all this module is for; nothing in it starts a thread or looks at a workspace,
because a visitor must see the data of the moment he comes.
"""

from __future__ import annotations

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.fingerprint import hash_package
from sedp_helpers.models import LANGUAGES
from sedp_helpers.widgets import budget, district, whatif

PAGES = (budget, district, whatif)


def read_knowledge() -> None:
    """The catalogue, with the words of all languages, and the hash of the program."""
    catalog = load_catalog()
    catalog.warm()
    hash_package()
    for language in LANGUAGES:
        for path in sorted((catalog.folder / "text" / language).rglob("*.yml")):
            catalog.read(path.relative_to(catalog.folder).as_posix())


read_knowledge()

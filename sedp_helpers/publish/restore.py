"""What one notebook may change in its process and the next must not see.

Not put back: threads that a notebook leaves behind (they end with the process of the report) and
objects of our own package that a notebook changes in place.
"""

from __future__ import annotations

import builtins
import os
import random
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pandas._config import config as pandas_config

PLOTLY = "plotly.io"
FIRST_TEMPLATE = "plotly"  # what plotly begins with


@contextmanager
def restore_state() -> Iterator[None]:
    """Options, random state, environment, folders, warnings, built-in names and modules made by
    hand are afterwards as they were before."""
    options, look = _read_options(), _read_look()
    folder, randoms = Path.cwd(), random.getstate()
    draws = np.random.get_state()  # noqa: NPY002 - what notebooks may still use
    environment, path, modules = dict(os.environ), list(sys.path), set(sys.modules)
    names = dict(vars(builtins))
    with warnings.catch_warnings():
        try:
            yield
        finally:
            os.chdir(folder)
            random.setstate(randoms)
            np.random.set_state(draws)  # noqa: NPY002
            if dict(os.environ) != environment:
                os.environ.clear()
                os.environ.update(environment)
            sys.path[:] = path
            _restore_names(names)
            _drop_modules(modules)
            _write_options(options)
            _write_look(look)


def _restore_names(names: dict[str, Any]) -> None:
    now = vars(builtins)
    for name in set(now) - set(names):
        del now[name]
    now.update(names)


def _drop_modules(known: set[str]) -> None:
    """Modules that were put there by hand, not imported."""
    for name in set(sys.modules) - known:
        if getattr(sys.modules[name], "__spec__", None) is None:
            del sys.modules[name]


def _read_options(tree: dict[str, Any] | None = None, start: str = "") -> dict[str, Any]:
    """All options of pandas; asking for them by its own function warns about the old ones."""
    tree = pandas_config._global_config if tree is None else tree
    found: dict[str, Any] = {}
    for name, value in tree.items():
        if isinstance(value, dict):
            found |= _read_options(value, f"{start}{name}.")
        else:
            found[f"{start}{name}"] = value
    return found


def _write_options(kept: dict[str, Any]) -> None:
    now = _read_options()
    for name, value in kept.items():
        if now[name] is not value and now[name] != value:
            pd.set_option(name, value)


def _read_look() -> tuple[str, set[str], str | None]:
    """Default template, names of templates and renderer of plotly; what it begins with where nobody
    has loaded it yet."""
    loaded = sys.modules.get(PLOTLY)
    if loaded is None:
        found = find_spec("plotly")
        folder = Path(found.origin).parent if found and found.origin else Path()
        own = {path.stem for path in (folder / "package_data" / "templates").glob("*.json")}
        return FIRST_TEMPLATE, {*own, "none"}, None
    return loaded.templates.default, set(loaded.templates), loaded.renderers.default


def _write_look(kept: tuple[str, set[str], str | None]) -> None:
    loaded = sys.modules.get(PLOTLY)
    if loaded is None:
        return
    template, names, renderer = kept
    loaded.templates.default = template
    for name in set(loaded.templates) - names:
        del loaded.templates[name]
    if renderer is not None:
        loaded.renderers.default = renderer

"""The project's own sample municipality, prepared once in a workspace of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sedp_helpers.paths import PROJECT
from sedp_helpers.widgets import base


@pytest.fixture(scope="session")
def sample_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sample")
    shutil.copytree(PROJECT / "data" / "raw" / "demo", root / "data" / "raw" / "demo")
    return root


@pytest.fixture
def sample(sample_root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEDP_ROOT", str(sample_root))
    monkeypatch.delenv("QUERY_STRING", raising=False)
    for cached in (base.open_scene, base._open_desk, base._read_names):
        cached.cache_clear()
    return sample_root

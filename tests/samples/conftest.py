"""One small national sample and the shipped district, made once for all tests of the folder."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.samples import SampleFolder, generate, generate_demo


@pytest.fixture(scope="session")
def catalog():
    return load_catalog()


@pytest.fixture(scope="session")
def country(catalog) -> list[SampleFolder]:
    return list(generate(catalog, municipalities=17, seed=5))


@pytest.fixture(scope="session")
def shipped(catalog) -> dict[str, SampleFolder]:
    return {folder.id: folder for folder in generate_demo(catalog)}


@pytest.fixture(scope="session")
def table():
    """Reads a CSV file of a folder, every cell as text."""

    def read(folder: SampleFolder, name: str = "observations.csv") -> pd.DataFrame:
        return pd.read_csv(io.BytesIO(folder.files[name]), dtype=str, keep_default_na=False)

    return read


@pytest.fixture(scope="session")
def observations(table):
    """The observations of a folder with numbers for years and values."""

    def read(folder: SampleFolder) -> pd.DataFrame:
        frame = table(folder)
        return frame.assign(year=frame["year"].astype(int), value=frame["value"].astype(float))

    return read


@pytest.fixture(scope="session")
def series(observations):
    """A series of a folder by year; dims that are not named are empty."""

    def read(folder: SampleFolder, indicator: str, **dims: str) -> pd.Series:
        frame = observations(folder)
        wanted = {"sex": "", "age": "", "village": "", "item": "", **dims}
        rows = frame[frame["indicator"] == indicator]
        for name, value in wanted.items():
            rows = rows[rows[name] == value]
        return rows.set_index("year")["value"]

    return read

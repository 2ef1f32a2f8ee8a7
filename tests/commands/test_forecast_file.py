"""`sedp forecast` reads what an office saves and says in its language what cannot be read."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest

from sedp_helpers.commands.forecast import forecast_file, read_panel_file
from sedp_helpers.console import Console
from sedp_helpers.errors import InputError


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "panel.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_names_stay_text_and_the_answer_has_the_columns_of_the_contract(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "unit,year,value\n007,2021,100\n007,2022,110\nNA,2022,\nNA,2021,5\n")
    forecast_file(path, 2, "last", None, Console("ky"))
    told = pd.read_csv(io.StringIO(capsys.readouterr().out), dtype={"unit": str},
                       keep_default_na=False)
    assert [*told.columns] == ["unit", "year", "value", "lower_80", "upper_80", "lower_95",
                               "upper_95", "method"]
    assert told[["unit", "year"]].values.tolist() == [["007", 2023], ["007", 2024], ["NA", 2022],
                                                      ["NA", 2023]]
    assert told["value"].astype(float).tolist() == [110, 110, 5, 5]


def test_semicolons_decimal_commas_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    panel = read_panel_file(write(tmp_path, "unit;year;value\nа;2021;1,5\n", "utf-8-sig"))
    assert panel.values.tolist() == [["а", 2021, 1.5]]


@pytest.mark.parametrize("text, key, row", [
    ("unit,year\na,2020\n", "bad_csv", None), ("", "bad_csv", None),
    ("unit,year,value\na,2020,x\n", "bad_csv_cell", 2),
    ("unit,year,value\na,2020,1\n ,2020,1\n", "bad_csv_unit", 3),
    ("unit,year,value\na,2020,1\nb,2020,1\na,2020,1\n", "bad_csv_twice", 4),
])
def test_what_cannot_be_read_is_named_with_its_row(tmp_path: Path, text: str, key: str,
                                                   row: int | None) -> None:
    with pytest.raises(InputError) as caught:
        read_panel_file(write(tmp_path, text))
    assert (caught.value.key, caught.value.params.get("row")) == (key, row)

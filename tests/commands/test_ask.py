"""Each office is asked once, for exactly what is missing, in a letter that can be signed."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import docx
import pandas as pd
import pytest

from sedp_helpers.asking import Gap, find_gaps, list_requests
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.commands.ask import address, ask_offices, print_requests
from sedp_helpers.errors import UsageError
from sedp_helpers.models import LANGUAGES
from sedp_helpers.paths import Workspace
from tests.commands.conftest import Listener, collect
from tests.conftest import PASSPORT, write_place

CATALOG = load_catalog()
DATED = f"{PASSPORT}as_of: '2025-03-14'\nsignatures: [{{role: head, name: А. А.}}]\n"


@pytest.fixture
def folder(workspace: Workspace) -> Path:
    return write_place(workspace.root, passport=DATED)


def read_letter(path: Path) -> tuple[str, list[list[str]]]:
    document = docx.Document(io.BytesIO(path.read_bytes()))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    return text, [[cell.text for cell in row.cells] for row in document.tables[0].rows]


def letters(workspace: Workspace, language: str) -> dict[str, Path]:
    folder = workspace.reports / "ak-suu" / "letters" / language
    return {path.stem.partition("(")[2].rstrip(")"): path for path in folder.glob("*.docx")}


def test_a_figure_of_any_breakdown_counts_and_years_without_one_are_asked_for(
        workspace: Workspace, folder: Path) -> None:
    found = collect(workspace, "ak-suu")
    assert found.municipality is not None
    gaps = {gap.indicator.id: gap.years
            for gap in find_gaps(CATALOG, found.municipality, found.observations)}
    assert gaps["population.births"] == (2017, 2018, 2019, 2020)
    assert gaps["population.total"] == (2017, 2018, 2019, 2020)
    assert gaps["territory.area_ha"] == (2024,)
    assert all(CATALOG.indicators[ident].tier <= 2 for ident in gaps)


def test_a_value_that_cannot_exist_is_not_asked_for_and_a_missing_one_is(
        workspace: Workspace) -> None:
    write_place(workspace.root, rows=[
        ["population.births", "2020", "", "", "", "", "", "M", "", ""],
        ["population.births", "2021", "", "", "", "", "", "O", "", ""],
        ["population.births", "2022", "5", "f", "", "", "", "", "", ""]])
    found = collect(workspace, "ak-suu")
    assert found.municipality is not None
    (years,) = [gap.years for gap in find_gaps(CATALOG, found.municipality, found.observations)
                if gap.indicator.id == "population.births"]
    assert years == (2017, 2018, 2019, 2021, 2023, 2024)


def test_the_stock_of_a_year_start_municipality_is_asked_for_by_the_official_year(
        workspace: Workspace) -> None:
    write_place(workspace.root, rows=[], passport=f"{PASSPORT}stock_date: year_start\n")
    found = collect(workspace, "ak-suu")
    assert found.municipality is not None
    gaps = {gap.indicator.id: gap.years
            for gap in find_gaps(CATALOG, found.municipality, found.observations)}
    assert gaps["population.total"][-1] == 2025 and gaps["population.births"][-1] == 2024


def test_the_kyrgyz_letter_has_addressee_deadline_wording_and_signature(
        workspace: Workspace, folder: Path) -> None:
    ask_offices(workspace, "ak-suu", "28.03.2025", Listener("ky"))
    text, table = read_letter(letters(workspace, "ky")["nsc"])
    assert "Улуттук статистика комитетинин Ак-Талаа райондук бөлүмүнө" in text
    assert ("Ак-Суу айыл аймагынын 2026–2028-жылдарга социалдык-экономикалык өнүгүү программасын "
            "даярдоо үчүн тиркемеде көрсөтүлгөн маалыматтарды 2025-жылдын 28-мартына чейин "
            "берүүңүздөрдү өтүнөбүз.") in text
    assert "Айыл өкмөтүнүн башчысы\t______________ (кол тамга) А. А." in text
    assert "Тиркеме: 1 барак." in text
    (row,) = [row for row in table if row[1].startswith("Туруктуу калктын саны")]
    assert row[3] == "жылдын аягына карата"
    assert "2017:" in row[4] and "2020:" in row[4] and "2021:" not in row[4]


@pytest.mark.parametrize(("language", "said"), [
    ("ru", "айылного аймака Ак-Суу на 2026–2028 годы просим до 28 марта 2025 года представить"),
    ("en", "programme of Ak-Suu municipality for 2026–2028, we ask you to provide the information "
           "listed in the annex by 28 March 2025."),
])
def test_the_letter_is_written_in_the_other_languages(
        language: str, said: str, workspace: Workspace, folder: Path) -> None:
    ask_offices(workspace, "ak-suu", "", Listener(language))
    assert said in read_letter(letters(workspace, language)["nsc"])[0]


def test_every_indicator_is_asked_of_one_office_and_logged_once(
        workspace: Workspace, folder: Path, console: Listener) -> None:
    ask_offices(workspace, "ak-suu", "", console)
    with (folder / "requests.csv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    asked = [ident for row in rows for ident in row["indicators"].split(";")]
    assert len(asked) == len(set(asked)) > 40
    assert {row["due"] for row in rows} == {"2025-03-28"}
    assert {row["office"] for row in rows} == set(letters(workspace, "en"))
    assert "survey" not in letters(workspace, "en")
    found = collect(workspace, "ak-suu")
    assert not [one for one in found.findings if one.table == "requests"]


def test_what_waits_for_an_answer_is_not_asked_for_again(
        workspace: Workspace, folder: Path, console: Listener) -> None:
    (folder / "requests.csv").write_text(
        "office,indicators,sent,due,answered,who\n"
        "nsc,population.total;population.households,2025-03-01,2025-03-10,,Айгүл\n",
        encoding="utf-8")
    ask_offices(workspace, "ak-suu", "", console)
    text = (folder / "requests.csv").read_text(encoding="utf-8")
    assert text.count("population.total") == 1 and "Айгүл" in text
    ask_offices(workspace, "ak-suu", "", console)
    assert (folder / "requests.csv").read_text(encoding="utf-8") == text
    assert "nothing to ask for" in console.said


def test_requests_are_overdue_open_or_answered() -> None:
    register = pd.DataFrame({
        "office": ["a", "b", "c", "d"], "sent": ["2025-03-01"] * 4,
        "indicators": ["population.total", "population.total", "population.total", "sport.x"],
        "due": ["2025-03-13", "2025-03-14", "2025-03-13", "2025-03-13"],
        "answered": ["", "", "2025-03-05", ""]})
    found = collect_gap()
    states = {one.office: one.state for one in list_requests(register, found, date(2025, 3, 14))}
    assert states == {"a": "overdue", "b": "open", "c": "answered", "d": "answered"}


def collect_gap() -> list[Gap]:
    """One gap: the population is missing."""
    return [Gap(CATALOG.indicators["population.total"], (2024,))]


def test_the_status_lists_offices_by_name(
        workspace: Workspace, folder: Path, console: Listener) -> None:
    print_requests(workspace, "ak-suu", console)
    assert "nothing has been asked for" in console.said
    (folder / "requests.csv").write_text(
        "office,indicators,sent,due,answered\n"
        "nsc,population.nsc_estimate,2025-03-01,2025-03-10,\n", encoding="utf-8")
    print_requests(workspace, "ak-suu", console)
    assert "Overdue: 1" in console.said
    assert "District office of the National Statistics Committee" in console.said


def test_a_date_that_is_none_is_a_sentence(
        workspace: Workspace, folder: Path, console: Listener) -> None:
    with pytest.raises(UsageError) as refused:
        ask_offices(workspace, "ak-suu", "soon", console)
    assert console.text(refused.value.key, **refused.value.params)
    assert not (folder / "requests.csv").exists()


def test_every_office_has_an_address_in_every_language(
        workspace: Workspace, folder: Path) -> None:
    place = collect(workspace, "ak-suu").municipality
    assert place is not None
    for source in CATALOG.sources:
        for language in LANGUAGES:
            assert address(CATALOG, source, place, language)

"""municipality.yaml: texts, types, ids and what is said about mistakes."""

from __future__ import annotations

import pytest

from sedp_helpers.errors import InputError
from sedp_helpers.intake.clean import check_id
from sedp_helpers.intake.municipality import read_municipality, write_municipality
from sedp_helpers.models import Municipality, Period, Place, Text

FULL = """\
format: 1
id: kara-suu
name: {ky: Кара-Суу, ru: Кара-Суу, en: Kara-Suu}
type: aimak
oblast: {id: o-naryn, name: {ky: Нарын, ru: Нарын, en: Naryn}}
district: {id: d-kochkor, name: {ky: Кочкор}}
soate: "41704220800000"
base_year: 2024
horizon: 5
level: complex
programme: {start: 2026, end: 2028}
document: {status: hearing, version: 3, date: 04.05.2026}
forecast_methods: [R-08, R-09]
stock_date: year_start
mountain: ооба
altitude_m: 1850,5
distances_km: {bishkek: 210, centre: "12,5"}
as_of: 05.03.2026
signatures: [{role: head, name: X}]
"""


@pytest.fixture
def read(tmp_path):
    def make(text: str | bytes, folder: str = "kara-suu"):
        path = tmp_path / folder
        path.mkdir(exist_ok=True)
        content = text.encode() if isinstance(text, str) else text
        (path / "municipality.yaml").write_bytes(content)
        return read_municipality(path)

    return make


def test_a_full_passport_is_typed_and_finds_nothing(read) -> None:
    town, findings = read(FULL)
    assert findings == []
    assert (town.base_year, town.horizon, town.level, town.mountain) == (2024, 5, "complex", True)
    assert town.programme == Period(start=2026, end=2028) and town.altitude_m == 1850.5
    assert town.district == Place(id="d-kochkor", name=Text(ky="Кочкор"))
    assert (town.document.date, town.as_of) == ("2026-05-04", "2026-03-05")
    assert town.distances_km == {"bishkek": 210.0, "centre": 12.5}
    assert town.soate == "41704220800000" and town.forecast_methods == ("R-08", "R-09")


def test_a_passport_reads_back_as_it_was_written(read, tmp_path) -> None:
    town, _ = read(FULL)
    folder = tmp_path / "copy" / "kara-suu"
    write_municipality(folder, town)
    assert read_municipality(folder) == (town, [])
    least = Municipality(id="kara-suu", name=Text(ky="Кара-Суу"), base_year=2024)
    write_municipality(folder, least)
    assert read_municipality(folder) == (least, [])


@pytest.mark.parametrize("ident", ["007", "2024-03-05", "no", "1e5"])
def test_an_id_that_yaml_would_change_stays_text(read, ident) -> None:
    town, findings = read(f"id: {ident}\nname: {{ky: A}}\nbase_year: 2024\n", folder=ident)
    assert town.id == ident and findings == []


@pytest.mark.parametrize("ident", ["../x", "Kara", "кара", "a_b", "-a", "", "a" * 65, "reference",
                                   "district-kochkor", "con", "lpt9", "a/b", "a\n"])
def test_an_unsafe_or_reserved_id_is_refused(ident: str) -> None:
    with pytest.raises(InputError):
        check_id(ident)


@pytest.mark.parametrize("ident", ["a", "7", "kara-suu", "a" * 64, "lpt10", "district"])
def test_an_id_of_the_agreed_form_is_accepted(ident: str) -> None:
    assert check_id(ident) == ident


BASE = "id: kara-suu\nname: {ky: Кара-Суу}\nbase_year: 2024\n"


@pytest.mark.parametrize(
    ("text", "rule", "column", "value", "row"),
    [
        pytest.param(BASE + "format: 2", "IN-FORMAT", "format", "2", 4, id="newer format"),
        pytest.param(BASE.replace("kara-suu", "../x"), "IN-FOLDER-ID", "id", "../x", 1,
                     id="unsafe id"),
        pytest.param(BASE.replace("kara-suu", "other"), "IN-FOLDER", "id", "other", 1,
                     id="another folder"),
        pytest.param(BASE.replace("2024", "20244"), "IN-YEAR", "base_year", "20244", 3,
                     id="impossible base year"),
        pytest.param("id: kara-suu\nbase_year: 2024\n", "IN-PASSPORT-EMPTY", "name", "", None,
                     id="no name"),
        pytest.param("id: [", "IN-YAML", "", "", 1, id="not YAML"),
        pytest.param("- a\n- b", "IN-YAML", "", "", 1, id="a list"),
        pytest.param("", "IN-EMPTY", "", "", None, id="empty"),
        pytest.param(BASE.encode("cp1251"), "IN-ENCODING", "", "Windows-1251", 2, id="cp1251"),
        pytest.param(b"%PDF-1.7", "IN-FILETYPE", "", "PDF", None, id="PDF"),
    ],
)
def test_a_passport_that_cannot_be_used_is_one_error_in_three_languages(
    read, say, text, rule, column, value, row
) -> None:
    town, findings = read(text)
    assert town is None
    finding = findings[0]
    assert (finding.rule, finding.severity) == (rule, "error")
    assert (finding.column, finding.value, finding.row) == (column, value, row)
    assert len(set(say(finding).values())) == 3


def test_the_error_of_a_newer_format_says_which_version_is_needed(read, say) -> None:
    _, (finding,) = read(BASE + "format: 3")
    assert finding.params["needed"] == "3"
    assert all("3" in text for text in say(finding).values())


@pytest.mark.parametrize(
    ("line", "rule", "severity", "column", "value"),
    [
        ("horizont: 3", "IN-KEYNAME", "warning", "horizont", "3"),
        ("programme: {strat: 2026, start: 2026, end: 2028}", "IN-KEYNAME", "warning",
         "programme.strat", "2026"),
        ("horizon: көп", "IN-PASSPORT-TYPE", "error", "horizon", "көп"),
        ("programme: {start: 2030, end: 2026}", "IN-PASSPORT-TYPE", "error", "programme.end",
         "2026"),
        ("horizon: 300", "IN-PASSPORT-TYPE", "error", "horizon", "300"),
        ("type: village", "IN-PASSPORT-TYPE", "error", "type", "village"),
        ("altitude_m: бийик", "IN-PASSPORT-TYPE", "error", "altitude_m", "бийик"),
        ("mountain: балким", "IN-BOOL", "error", "mountain", "балким"),
        ("as_of: жаз", "IN-DATE", "error", "as_of", "жаз"),
        ('soate: "417"', "IN-SOATE", "error", "soate", "417"),
        ("soate: 41704220800000", "IN-SOATE-PLAIN", "note", "soate", "41704220800000"),
        ("base_year: 2023", "IN-KEY-TWICE", "error", "base_year", "2024"),
        ("centre: <script>", "IN-MARKUP", "warning", "centre", "<script>"),
    ],
)
def test_one_wrong_entry_is_said_and_does_not_stop_the_passport(
    read, say, line, rule, severity, column, value
) -> None:
    town, findings = read(BASE + line + "\n")
    assert town is not None and town.base_year == 2024 and town.horizon == 3
    (finding,) = findings
    assert (finding.rule, finding.severity) == (rule, severity)
    assert (finding.column, finding.value) == (column, value)
    assert len(set(say(finding).values())) == 3


def test_a_near_key_is_proposed(read, say) -> None:
    _, (finding,) = read(BASE + "horizont: 3\n")
    assert finding.params["proposal"] == "horizon"
    assert "“horizon”" in say(finding)["en"]


def test_a_soate_code_without_quotes_is_taken(read) -> None:
    town, _ = read(BASE + "soate: 41704220800000\n")
    assert town.soate == "41704220800000"


def test_an_id_that_is_not_given_is_the_name_of_the_folder(read) -> None:
    town, (finding,) = read("name: Кара-Суу\nbase_year: 2024\n")
    assert town.id == "kara-suu" and town.name == Text(ky="Кара-Суу")
    assert (finding.rule, finding.severity) == ("IN-ID-EMPTY", "warning")


def test_a_folder_without_a_passport_is_said(tmp_path, say) -> None:
    town, (finding,) = read_municipality(tmp_path)
    assert town is None and finding.rule == "IN-PASSPORT" and len(say(finding)) == 3

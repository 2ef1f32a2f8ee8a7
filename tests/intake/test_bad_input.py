"""The bad inputs people really bring: each is said with cell and value in three languages."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sedp_helpers.intake.observations import tidy_observations
from sedp_helpers.intake.register_cells import Lists
from sedp_helpers.intake.registers import tidy_register
from sedp_helpers.models import Column, Register, Text

VILLAGE_REGISTER = Register(
    id="villages", name=Text(ky="Айылдар"), key="id",
    columns=(Column(id="id", type="id"), Column(id="name_ky"), Column(id="lat", type="number")),
)


@pytest.mark.parametrize(
    ("row", "rule", "cell", "value", "words"),
    [
        pytest.param('population.total,2024,"12,130",,,,,,,', "IN-AMBIGUOUS", "C2", "12,130",
                     {"ky": "12 130 деген бүтүн санбы", "ru": "целое ли это число 12 130",
                      "en": "whole number 12130"}, id="twelve thousand or twelve"),
        pytest.param("population.total,2024,12.130,,,,,,,", "IN-AMBIGUOUS", "C2", "12.130",
                     {"ky": "12 130 деген бүтүн санбы", "ru": "целое ли это число 12 130",
                      "en": "whole number 12130"}, id="the same with a point"),
        pytest.param('population.total,2024,"524,0 миң сом",,,,,,,', "IN-UNIT", "C2",
                     "524,0 миң сом", {"ky": "524 000 деп окулат", "ru": "читается как 524 000",
                                       "en": "reads as 524000"}, id="som under persons"),
        pytest.param("population.total,2024,-5,,,,,,,", "IN-NEGATIVE", "C2", "-5",
                     {"ky": "терс сан боло албайт", "ru": "не может быть отрицательным",
                      "en": "cannot be negative"}, id="negative population"),
        pytest.param("population.total,2024,[ЗНАЧЕНИЕ],,,,,,,", "DQ-32", "C2", "[ЗНАЧЕНИЕ]",
                     {"ky": "мааниси жоголгон", "ru": "значение потеряно",
                      "en": "the value is lost"}, id="mark of a lost value"),
        pytest.param("population.total,20244,5,,,,,,,", "IN-YEAR", "B2", "20244",
                     {"ky": "2024 эмеспи", "ru": "Может быть, 2024", "en": "Did you mean 2024"},
                     id="year 20244"),
        pytest.param("population.totl,2024,5,,,,,,,", "IN-INDICATOR", "A2", "population.totl",
                     {"ky": "«population.total, population.births» эмеспи",
                      "ru": "Может быть, «population.total, ",
                      "en": "Did you mean “population.total, "}, id="unknown indicator"),
        pytest.param("population.total,2024,5,,,../../etc,,,,", "IN-VILLAGE", "F2", "../../etc",
                     {"ky": "айылдардын тизмесинде жок", "ru": "нет в списке сёл",
                      "en": "not in the list of villages"}, id="id that climbs folders"),
        pytest.param("population.total,2024,5,,05.сен,,,,,", "IN-AGE-DATE", "E2", "05.сен",
                     {"ky": "Excel «5-9»", "ru": "запись «5-9»", "en": "turned “5-9” into a date"},
                     id="age turned into a date"),
        pytest.param("population.total,2024,5,эркек,,,,,,", "IN-SEX", "D2", "эркек",
                     {"ky": "«m» эмеспи", "ru": "Может быть, «m»", "en": "Did you mean “m”"},
                     id="sex in words"),
        pytest.param('population.total,2024,"1.234,5",,,,,,,', "IN-MARKS", "C2", "1.234,5",
                     {"ky": "1 234,5 эмеспи", "ru": "Может быть, 1 234,5",
                      "en": "Did you mean 1234.5"}, id="two decimal marks"),
        pytest.param("population.total,2024,көп,,,,,,,", "IN-NUM", "C2", "көп",
                     {"ky": "сан керек", "ru": "нужно число", "en": "a number is needed"},
                     id="a word for a number"),
    ],
)
def test_a_bad_cell_is_an_error_in_three_languages_and_its_row_is_not_used(
    observe, context, say, row, rule, cell, value, words
) -> None:
    raw = observe(row, "population.total,2020,9000,,,,,,,")
    frame, (finding,) = tidy_observations(raw, context)
    assert frame.year.tolist() == [2020]
    assert (finding.rule, finding.severity, finding.row) == (rule, "error", 2)
    assert (finding.table, finding.cell, finding.value) == ("observations", cell, value)
    for lang, said in say(finding).items():
        plain = said.replace("\u00a0", " ").replace("\u202f", " ")
        assert cell in plain and words[lang] in plain


def test_semicolons_and_decimal_commas_are_read(write_table, context, say) -> None:
    raw = write_table("indicator;year;value\nterritory.area_ha;2024;12,5\n")
    frame, (note,) = tidy_observations(raw, context)
    assert frame.value.tolist() == [12.5]
    assert (note.rule, note.cell, note.value) == ("IN-FORM", "C2", "12,5")
    assert all("12,5" in text and "C2" in text for text in say(note).values())


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '=HYPERLINK("http://x.example")'])
def test_a_name_with_a_tag_or_a_formula_is_kept_as_plain_text_and_said(
    write_table, say, name
) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    raw = write_table(f"id,name_ky\nv1,{quoted}\n", name="villages")
    frame, (finding,) = tidy_register(raw, VILLAGE_REGISTER, Lists())
    assert frame.name_ky.tolist() == [name]
    assert (finding.rule, finding.severity, finding.cell) == ("IN-MARKUP", "warning", "B2")
    assert finding.value == name
    assert all("B2" in text and name in text for text in say(finding).values())


def test_a_register_id_that_climbs_folders_is_an_error(write_table, say) -> None:
    raw = write_table("id,name_ky\n../x,Мантыш\nv2,Кызыл-Дөбө\n", name="villages")
    frame, (finding,) = tidy_register(raw, VILLAGE_REGISTER, Lists())
    assert frame.id.tolist() == ["v2"]
    assert (finding.rule, finding.cell, finding.value) == ("IN-ID", "A2", "../x")
    assert all("../x" in text for text in say(finding).values())


def test_an_unreadable_file_gives_no_rows_and_its_error(write_table, context) -> None:
    raw = write_table("indicator,year,value\nкалк,2024,1".encode("cp1251"))
    frame, (finding,) = tidy_observations(raw, context)
    assert frame.empty and (finding.rule, finding.row) == ("IN-ENCODING", 2)


CELLS = st.one_of(
    st.sampled_from(["population.total", "budget.revenue", "2024", "12130", "f", "0-4", "kd", "O",
                     "5,48 %", "–", "жок", "05.сен", "1e400", "'", '"', "\x00", "=1+1"]),
    st.text(max_size=8),
)


@settings(max_examples=60, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=3, max_size=12), max_size=6), st.binary(max_size=40))
def test_no_table_whatever_is_typed_ends_in_a_traceback(
    write_table, context, say, rows, tail
) -> None:
    text = "indicator,year,value,sex,age,village,item,status,source,note\n"
    text += "\n".join(",".join(cells) for cells in rows)
    for content in (text.encode("utf-8", "replace"), text.encode("utf-8", "replace") + tail, tail):
        frame, findings = tidy_observations(write_table(content), context)
        assert frame.year.between(1990, 2100).all()
        assert not (frame.value.isna() & (frame.status == "A")).any()
        for finding in findings:
            assert all(say(finding).values())
        tidy_register(write_table(content, name="villages"), VILLAGE_REGISTER, Lists())

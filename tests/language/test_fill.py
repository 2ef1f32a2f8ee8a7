"""Templates become sentences whose figures keep their full value and result key."""

from __future__ import annotations

from datetime import date

import pytest

from sedp_helpers.errors import CatalogueError, NotDerivable
from sedp_helpers.language import Amount, Span, fill, find_typed_digits, join_spans, list_slots

PEOPLE = Amount(12130.59, "person", key="population.total.forecast")


def say(template: str, lang: str = "ky", **values: object) -> str:
    return join_spans(fill(template, values, lang)).replace("\u00a0", " ")


def test_figure_alone_is_marked_and_the_ending_stays_outside():
    spans = fill("Калк {n|dat} жетет.", {"n": PEOPLE}, "ky")
    assert spans == [
        Span("Калк "),
        Span("12\u00a0131", 12130.59, "population.total.forecast"),
        Span("\u00a0адамга жетет."),
    ]


@pytest.mark.parametrize(
    ("template", "amount", "text"),
    [
        ("{x}", PEOPLE, "12 131 адам"),
        ("{x|bare,dat}", Amount(12130, "person"), "12 130га"),
        ("{x|bare|px3}", Amount(37, "person"), "37си"),
        ("{x|bare|px3.abl}", Amount(6, "municipality"), "6сынан"),
        ("{x|dat}", Amount(4.55, "pct", 2), "4,55 %га"),
        ("{x|px3.acc}", Amount(1.6, "pct", 1), "1,6 %ын"),
        ("{x|acc}", Amount(900_000, "som"), "900 миң сомду"),
        ("{x|px3.dat}", Amount(12_300_000, "som"), "12,3 млн сомуна"),
        ("{x|full}", Amount(48_600_000, "som"), "48 600 000 сом"),
        ("{x|abs|dat}", Amount(-38, "person"), "38 адамга"),
        ("{x|point|dat}", Amount(3.2, "pct", 1), "3,2 пайыздык пунктка"),
        ("{x|count:child}", Amount(214, "person"), "214 бала"),
        ("{x|gen}", Amount(11, "municipality"), "11 айыл аймагынын"),
        ("{x|pct,decimals:2}", Amount(5.4821, "ratio"), "5,48 %"),
        ("{x|words} орунда", Amount(4, "unit"), "төртүнчү орунда"),
        ("{x|words|dat}", Amount(5, "unit"), "бешинчиге"),
        ("{x|ordinal}орунда", Amount(14, "unit"), "14-орунда"),
        ("{x|adj}", Amount(3, "village"), "3 айылдагы"),
    ],
)
def test_amount_is_written_as_the_slot_asks(template, amount, text):
    assert say(template, x=amount) == text


def test_the_same_slots_serve_russian_and_english():
    template = "{x|dat} {m|acc} {r|ordinal}"
    values = {"x": Amount(21, "person"), "m": Amount(48_600_000, "som"), "r": Amount(22, "unit")}
    assert say(template, "ru", **values) == "21 человек 48,6 млн сомов 22-"
    assert say(template, "en", **values) == "21 people 48.6 million som 22nd"


def test_english_places_take_their_own_endings():
    texts = [say("{r|ordinal}", "en", r=Amount(n, "unit")) for n in (1, 3, 11, 13, 21, 112)]
    assert texts == ["1st", "3rd", "11th", "13th", "21st", "112th"]


def test_an_amount_without_its_sign_keeps_the_value_of_the_result():
    assert fill("{x|abs,bare}", {"x": Amount(-38.0, "person", key="k")}, "en") == [
        Span("38", -38.0, "k")
    ]


def test_words_years_and_dates_are_plain_text():
    values = {
        "place": "Кочкор району", "y": 2024, "p": (2025, 2027), "d": date(2025, 5, 14),
        "v": ["Мантыш", "Орток"],
    }  # fmt: skip
    template = "{place|gen} {place|adj} {y|year:in} {p|years:for} {d|date:on} {v|loc}"
    assert fill(template, values, "ky") == [
        Span("Кочкор районунун Кочкор районундагы 2024-жылы 2025–2027-жылдарга "
             "2025-жылдын 14-майында Мантыш жана Ортокто")
    ]  # fmt: skip
    assert say("{place|loc}", "ru", place="айылный аймак Орток") == "айылном аймаке Орток"
    assert say("{place|loc}", "ru", place="Мантыш") == "Мантыш"
    assert say("{y|year:in}", "en", y=Amount(2024, "year")) == "in 2024"


@pytest.mark.parametrize(
    "template",
    ["{y}", "{x|bar}", "{x|dat", "x}", "{}", "{x|year:in}", "{s|bare}", "{x|count:nothing}",
     "{x|dat:3}", "{d|date:never}", "{s|years:in}"],
)  # fmt: skip
def test_a_wrong_template_is_a_fault_of_the_catalogue(template):
    values = {"x": Amount(3.5, "person", 1), "s": "Ош", "d": date(2025, 1, 1)}
    with pytest.raises(CatalogueError):
        fill(template.replace("{x|year:in}", "{s|year:in}"), values, "ky")


def test_missing_value_is_never_filled_in():
    with pytest.raises(NotDerivable):
        fill("{x}", {"x": Amount(float("nan"), "person")}, "ky")


def test_a_name_without_safe_endings_is_refused_in_kyrgyz():
    with pytest.raises(NotDerivable):
        fill("{x|gen}", {"x": "USAID"}, "ky")


def test_typed_digits_outside_slots_are_found():
    assert find_typed_digits("{x1|decimals:2} 2024-жылы 5,48 %") == ["2024", "5", "48"]
    assert find_typed_digits("{x1} адам") == []


def test_slots_of_a_template_can_be_listed():
    assert [slot.name for slot in list_slots("{a|px3.acc} {b|count:person|dat}")] == ["a", "b"]

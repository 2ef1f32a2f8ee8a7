"""Letters that look alike, names typed without a Kyrgyz keyboard, sorting and hyphens."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sedp_helpers.language import fold, hyphenate, propose, repair_letters, sort_key

ALPHABET = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
ORDERED = [
    "Аксы", "Ала-Бука", "Алай", "Баткен", "Ёлка", "Жайыл", "Кочкор", "Нарын", "Ноокат", "Ңандай",
    "Орток", "Ош", "Өзгөн", "Пап", "Талас", "Тоң", "Узун", "Үч-Коргон", "Фрунзе", "Чүй", "Ысык-Ата",
    "Ысык-Көл", "Эмгек", "Юрьевка", "Янги",
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("Kочкор", "Кочкор"), ("Нaрын", "Нарын"), ("жаӊы", "жаңы"), ("кеҥеш", "кеңеш"),
        ("ѳзгѳн", "өзгөн"), ("кöл", "көл"), ("бѳлyк", "бөлүк"), ("Ұч-Коргон", "Үч-Коргон"),
        ("жан'ы", "жаңы"), ("кеёеш бъл\\к", "кеңеш бөлүк"), ("кеёеш", "кеңеш"), ("ÿй", "ÿй"),
    ],
)  # fmt: skip
def test_look_alike_letters_are_repaired(typed, right):
    assert repair_letters(typed)[0] == right


@pytest.mark.parametrize(
    "text",
    ["Кочкор району", "объект", "съезд", "приём", "COM", "WhatsApp тобу", "USAID", "кенгеш",
     "и\\или", "с\\х", "GPSтен", "12 130 сом", "Орлёнок", "С:\\отчет", "data\\raw"],
)  # fmt: skip
def test_right_text_is_left_alone(text):
    assert repair_letters(text) == (text, [])


def test_every_repair_says_where_and_what():
    text, repairs = repair_letters("Ош, Kөчө caны")
    assert text == "Ош, Көчө саны"
    assert [(one.position, one.found, one.put) for one in repairs] == [
        (4, "K", "К"), (9, "c", "с"), (10, "a", "а"),
    ]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.text(ALPHABET + "Kkaeopcxyөң \\'нЁ", max_size=25))
def test_repairing_is_told_truthfully_and_only_once(text):
    repaired, repairs = repair_letters(text)
    rebuilt, end = "", 0
    for repair in repairs:
        assert text[repair.position :].startswith(repair.found)
        rebuilt += text[end : repair.position] + repair.put
        end = repair.position + len(repair.found)
    assert rebuilt + text[end:] == repaired


@pytest.mark.parametrize(
    ("one", "other"),
    [("Кызыл-Дөбө", "Кызыл Добо"), ("Мантыш айылы", "с. Мантыш"), ("село Орток", "ОРТОК"),
     ("Жаңы-Жол", "жаны жол"), ("Үч-Коргон", "Уч-коргон"), ("Тоң", "Тонг")],
)  # fmt: skip
def test_names_typed_without_kyrgyz_letters_fold_to_the_same(one, other):
    assert fold(one) == fold(other)


def test_name_is_proposed_and_never_decided_between_two():
    known = ["Мантыш", "Кызыл-Дөбө", "Кызыл-Добо", "Ак-Талаа"]
    assert propose("Кызыл Добо", known) == ["Кызыл-Дөбө", "Кызыл-Добо"]
    assert propose("Мантыщ", known) == ["Мантыш"]
    assert propose("Бишкек", known) == []


def test_a_name_that_is_only_a_place_word_does_not_fold_to_nothing():
    assert fold("Айыл") == "айыл"


def test_names_are_sorted_by_the_kyrgyz_alphabet():
    mixed = ORDERED.copy()
    random.Random(5).shuffle(mixed)
    assert sorted(mixed, key=sort_key) == ORDERED
    assert sorted("яю" + ALPHABET[:-2], key=sort_key) == list(ALPHABET)


def test_small_letters_digits_and_other_scripts_have_their_places():
    assert sorted(["ош", "Ош", "10", "Ош 2", "Bish", "«Ош»"], key=sort_key) == [
        "«Ош»", "10", "ош", "Ош", "Ош 2", "Bish",
    ]  # fmt: skip
    assert sorted(["Zebra", "apple", "Ош"], key=lambda name: sort_key(name, "en"))[0] == "apple"


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("муниципалитет", "му-ни-ци-па-ли-тет"), ("программасынын", "про-грам-ма-сы-нын"),
        ("көрсөткүчтөр", "көр-сөт-күч-төр"), ("айыл", "айыл"), ("объективдүү", "объ-ек-тив-дүү"),
        ("администрация", "ад-ми-нис-тра-ция"),
        ("жоопкерчилик", "жооп-кер-чи-лик"), ("достуктун", "дос-тук-тун"),
    ],
)  # fmt: skip
def test_long_words_are_cut_at_syllables(word, parts):
    assert hyphenate(word, "ky").replace("\u00ad", "-") == parts


@settings(max_examples=150, deadline=None)
@given(st.text(ALPHABET + " -,12aB", max_size=40))
def test_soft_hyphens_change_nothing_else_and_leave_no_single_letter(text):
    cut = hyphenate(text, "ru")
    assert cut.replace("\u00ad", "") == text
    for word in cut.split():
        if "\u00ad" in word:
            assert all(len(part) > 1 for part in word.split("\u00ad"))


def test_english_and_abbreviations_stay_whole():
    assert hyphenate("municipality development", "en") == "municipality development"
    assert hyphenate("КОНСТИТУЦИЯСЫ", "ky") == "КОНСТИТУЦИЯСЫ"

"""Dates and years in three languages, and the settings they are made from."""

from __future__ import annotations

from datetime import date

import pytest

from sedp_helpers.errors import CatalogueError
from sedp_helpers.language import (
    format_date,
    format_date_range,
    format_year,
    format_year_range,
    get_setting,
    list_languages,
)
from sedp_helpers.language.locales import FOLDER, read_locale

DAY = date(2025, 5, 14)


@pytest.mark.parametrize(
    ("form", "ky", "ru", "en"),
    [
        ("plain", "2025-жылдын 14-майы", "14 мая 2025 года", "14 May 2025"),
        ("on", "2025-жылдын 14-майында", "14 мая 2025 года", "on 14 May 2025"),
        ("as_of", "2025-жылдын 14-майына карата", "на 14 мая 2025 года", "as of 14 May 2025"),
        ("by", "2025-жылдын 14-майына чейин", "до 14 мая 2025 года", "by 14 May 2025"),
        ("adjective", "2025-жылдын 14-майындагы", "от 14 мая 2025 года", "of 14 May 2025"),
    ],
)
def test_day_is_written_in_every_form_and_language(form, ky, ru, en):
    assert [format_date(DAY, lang, form) for lang in ("ky", "ru", "en")] == [ky, ru, en]


@pytest.mark.parametrize(
    ("form", "ky", "ru", "en"),
    [
        ("nom", "2024-жыл", "2024 год", "2024"),
        ("in", "2024-жылы", "в 2024 году", "in 2024"),
        ("of", "2024-жылдын", "2024 года", "of 2024"),
        ("by", "2024-жылга", "к 2024 году", "by 2024"),
        ("since", "2024-жылдан бери", "с 2024 года", "since 2024"),
        ("adjective", "2024-жылдагы", "2024 года", "2024"),
        ("beginning_of", "2024-жылдын башында", "в начале 2024 года",
         "at the beginning of 2024"),
        ("end_of", "2024-жылдын аягында", "в конце 2024 года", "at the end of 2024"),
        ("compared", "2024-жылга караганда", "по сравнению с 2024 годом",
         "compared with 2024"),
    ],
)  # fmt: skip
def test_year_is_written_in_every_form_and_language(form, ky, ru, en):
    assert [format_year(2024, lang, form) for lang in ("ky", "ru", "en")] == [ky, ru, en]


def test_ranges_of_days_name_each_month_and_year_once():
    end = date(2025, 6, 2)
    assert format_date_range(DAY, end, "ky") == "2025-жылдын 14-майынан 2-июнуна чейин"
    assert format_date_range(DAY, end, "en") == "from 14 May to 2 June 2025"
    assert format_date_range(DAY, date(2025, 5, 20), "ru") == "с 14 по 20 мая 2025 года"
    late = format_date_range(date(2024, 12, 28), date(2025, 1, 3), "ky")
    assert late == "2024-жылдын 28-декабрынан 2025-жылдын 3-январына чейин"


def test_range_of_one_year_is_that_year():
    assert format_year_range(2024, 2024, "ky", "in") == "2024-жылы"
    assert format_year_range(2025, 2027, "ru", "for") == "на 2025–2027 годы"


def test_unknown_form_or_language_is_a_fault_of_the_catalogue():
    for call in (
        lambda: format_date(DAY, "ky", "onn"),
        lambda: format_year(2024, "xx"),
        lambda: format_year_range(2024, 2025, "ky", "within"),
        lambda: get_setting("ky", "nothing"),
    ):
        with pytest.raises(CatalogueError):
            call()


def test_all_languages_have_the_same_settings():
    keys = {lang: {key for key in read_locale(lang) if not key.startswith("ordinal.")}
            for lang in list_languages()}  # fmt: skip
    assert set(keys) >= {"ky", "ru", "en"}
    assert all(found == keys["ky"] for found in keys.values())


def test_locale_files_are_read_as_the_yaml_library_reads_them():
    yaml = __import__("yaml")
    for lang in list_languages():
        text = (FOLDER / lang / "_locale.yml").read_text(encoding="utf-8")
        assert yaml.safe_load(text) == read_locale(lang)

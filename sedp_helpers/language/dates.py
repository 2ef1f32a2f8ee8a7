"""Dates and years as official texts write them; the patterns are data of each language.

Kyrgyz: after a year in the genitive the month takes the possessive («2024-жылдын 5-марты»),
without a year it does not («10-майдан»). No calendar library is loaded.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from sedp_helpers.errors import CatalogueError, name_nearest
from sedp_helpers.language.inflection import adjective, inflect
from sedp_helpers.language.lists import read_rows
from sedp_helpers.language.locales import get_setting, read_locale


def format_date(day: date, lang: str, form: str = "plain") -> str:
    """A day: plain, on, as_of, by, since, adjective («…dated»), day_month.

    >>> format_date(date(2025, 5, 14), "ky", "on")
    '2025-жылдын 14-майында'
    """
    return _find_pattern(lang, "date", form).format(**_name_parts(day, lang))


def format_date_range(first: date, last: date, lang: str, *, year: bool = True) -> str:
    """From one day to another, both included.

    >>> format_date_range(date(2025, 5, 10), date(2025, 5, 20), "ky")
    '2025-жылдын 10-майынан 20-майына чейин'
    """
    form = "one_month" if first.month == last.month else "one_year"
    if first.year != last.year:
        form = "two_years"
    elif not year:
        form += "_no_year"
    ends = {f"to_{name}": part for name, part in _name_parts(last, lang).items()}
    return _find_pattern(lang, "dates", form).format(**_name_parts(first, lang), **ends)


def format_year(year: int, lang: str, form: str = "nom") -> str:
    """A calendar year: nom, in, of, by, for, until, since, from, adjective, beginning_of, end_of,
    compared.

    >>> format_year(2024, "ky", "adjective"), format_year(2023, "ru", "compared")
    ('2024-жылдагы', 'по сравнению с 2023 годом')
    """
    return _find_pattern(lang, "year", form).format(year=year)


def format_year_range(first: int, last: int, lang: str, form: str = "in") -> str:
    """Consecutive years: nom, in, of, for; one year where both ends are the same.

    >>> format_year_range(2025, 2027, "ky", "for")
    '2025–2027-жылдарга'
    """
    if first == last:
        return format_year(first, lang, form)
    return _find_pattern(lang, "years", form).format(year=first, to_year=last)


def _find_pattern(lang: str, kind: str, form: str) -> str:
    key = f"{kind}.{form}"
    known = [name for name in read_locale(lang) if name.startswith(f"{kind}.")]
    if key not in known:
        raise CatalogueError(f"no form «{form}» of a {kind}: {name_nearest(key, known)}")
    return get_setting(lang, key)


def _name_parts(day: date, lang: str) -> dict[str, str]:
    return {"year": str(day.year), "day": str(day.day)} | _name_month(day.month, lang)


@cache
def _name_month(number: int, lang: str) -> dict[str, str]:
    row = read_rows("months")[number - 1]
    name = row.get(lang, "")
    parts = {"month": name, "month_gen": row.get(f"{lang}_gen", "")}
    if lang != "ky":
        return parts
    for case in ("dat", "loc", "abl"):
        parts[f"month_{case}"] = inflect(name, case)
        parts[f"month_px3_{case}"] = inflect(name, case, possessive=True)
    parts["month_px3"] = inflect(name, "nom", possessive=True)
    parts["month_px3_adj"] = adjective(name, possessive=True)
    return parts

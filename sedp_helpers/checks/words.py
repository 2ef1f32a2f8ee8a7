"""What a figure is called in a sentence: the indicator and its breakdown, in three languages."""

from __future__ import annotations

from collections.abc import Mapping

from sedp_helpers.compute.context import Context
from sedp_helpers.compute.facts import TOTAL, Key
from sedp_helpers.models import LANGUAGES, Text


def name_figure(context: Context, indicator: str, key: Key = TOTAL) -> Text:
    """«Population (women, Mantysh)»; the id where the catalogue does not know the indicator."""
    spec = context.catalog.indicators.get(indicator) or context.catalog.results.get(indicator)
    name = spec.name if spec else Text(ky=indicator)
    items = getattr(spec, "items", "")
    sex, age, village, item = key
    parts = [name_code(context, "sexes", sex), Text(ky=age), name_village(context, village),
             name_code(context, items, item)]
    return join_texts(name, [part for part in parts if part.ky])


def join_texts(name: Text, parts: list[Text]) -> Text:
    """A name with its parts in brackets.

    >>> join_texts(Text(ky="a", en="b"), [Text(ky="c", en="d")]).en
    'b (d)'
    """
    if not parts:
        return name
    return Text(**{lang: f"{name.get(lang)} ({', '.join(part.get(lang) for part in parts)})"
                   for lang in LANGUAGES})


def name_code(context: Context, listed: str, code: str) -> Text:
    """The name of a code: of the catalogue, else of the office's own registers, else the code."""
    known = context.catalog.codes.get(listed, {}).get(code)
    if known is not None or not code:
        return known or Text()
    for register, column in (("codes", "code"), ("programmes", "id")):
        found = _name_record(context.register(register), column, code)
        if found is not None:
            return found
    return Text(ky=code)


def name_village(context: Context, village: str) -> Text:
    if not village:
        return Text()
    return _name_record(context.register("villages"), "id", village) or Text(ky=village)


def name_column(context: Context, register: str, column: str) -> Text:
    """The heading of a register's column."""
    spec = context.catalog.registers.get(register)
    for one in spec.columns if spec else ():
        if one.id == column and one.name.ky:
            return one.name
    return Text(ky=column)


def _name_record(frame: object, column: str, ident: str) -> Text | None:
    if column not in getattr(frame, "columns", ()):
        return None
    rows = frame[frame[column] == ident]  # type: ignore[index]
    if not len(rows):
        return None
    row: Mapping[str, str] = rows.iloc[0]
    names = {lang: str(row.get(f"name_{lang}") or "") for lang in LANGUAGES}
    return Text(**names) if names["ky"] else None

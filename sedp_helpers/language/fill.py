"""Templates become sentences; each printed number keeps its value and the key of its result.

Directives: ``bare`` digits only · ``full`` money unscaled · ``abs`` without sign · ``count:key``
or ``unit:key`` another noun · ``pct`` · ``point`` · ``words`` and ``ordinal`` places ·
``decimals:2`` · cases ``gen dat acc loc abl``, ``px3``, ``pl``, ``adj`` · ``year:in`` ·
``years:for`` · ``date:on``.
Case endings are Kyrgyz; Russian uses its list for generic nouns, else the word stays as given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sedp_helpers.blocks import Span
from sedp_helpers.errors import CatalogueError, NotDerivable, name_nearest
from sedp_helpers.language.amounts import (
    Amount,
    write_amount,
    write_bare,
    write_ordinal_digits,
    write_ordinal_words,
)
from sedp_helpers.language.dates import format_date, format_year, format_year_range
from sedp_helpers.language.inflection import adjective, inflect
from sedp_helpers.language.listing import join_words
from sedp_helpers.language.phrases import Phrase, inflect_phrase
from sedp_helpers.language.slots import CALENDAR, SHAPES, Slot, read_template

UNIT_SHAPES = {"pct": "pct", "point": "point"}


def fill(template: str, values: Mapping[str, object], lang: str) -> list[Span]:
    """The sentence as pieces: plain text and figures.

    Values: ``str``, a list of ``str``, ``Amount``, an ``int`` year or a pair of years, a ``date``.
    Raises ``CatalogueError`` for unknown slots and directives, ``NotDerivable`` for a missing value
    or a word no ending can be given to.

    >>> fill("Калк {p|dat} өстү.", {"p": Amount(37, "person", key="k")}, "ky")[1]
    Span(text='37', value=37, key='k', style='')
    """
    spans: list[Span] = []
    for piece in read_template(template):
        made = [Span(piece)] if isinstance(piece, str) else _fill_slot(piece, values, lang)
        for span in made:
            _append(spans, span)
    return spans


def join_spans(spans: Sequence[Span]) -> str:
    """The sentence as plain text.

    >>> join_spans([Span("37", 37.0), Span("си")])
    '37си'
    """
    return "".join(span.text for span in spans)


def _append(spans: list[Span], span: Span) -> None:
    if not span.text:
        return
    if spans and span.value is None and spans[-1].value is None:
        spans[-1] = Span(spans[-1].text + span.text)
    else:
        spans.append(span)


def _fill_slot(slot: Slot, values: Mapping[str, object], lang: str) -> list[Span]:
    if slot.name not in values:
        raise CatalogueError(f"no value «{slot.name}»: {name_nearest(slot.name, values)}")
    value = values[slot.name]
    if slot.shape in CALENDAR:
        return [Span(_write_calendar(value, slot, lang))]
    if isinstance(value, Amount):
        return _write_figure(value, slot, lang)
    if isinstance(value, (list, tuple)) and all(isinstance(word, str) for word in value):
        value = join_words(value, lang)
    if isinstance(value, str) and slot.shape not in SHAPES:
        return [Span(_write_word(value, slot, lang))]
    raise CatalogueError(f"«{slot.name}» cannot be written as «{slot.shape or 'text'}»")


def _write_calendar(value: object, slot: Slot, lang: str) -> str:
    if slot.shape == "date" and isinstance(value, date):
        return format_date(value, lang, slot.argument)
    if slot.shape == "years" and isinstance(value, (list, tuple)) and len(value) == 2:
        return format_year_range(int(value[0]), int(value[1]), lang, slot.argument)
    if slot.shape == "year" and isinstance(value, Amount):
        return format_year(int(value.value), lang, slot.argument)
    if slot.shape == "year" and str(value).isdigit():
        return format_year(int(str(value)), lang, slot.argument)
    raise CatalogueError(f"«{slot.name}» is not a {slot.shape}: {value!r}")


def _write_word(word: str, slot: Slot, lang: str) -> str:
    if lang != "ky":
        return _write_foreign_word(word, slot, lang)
    if slot.adjective:
        return adjective(word, plural=slot.plural, possessive=slot.possessive)
    return inflect(word, slot.case, plural=slot.plural, possessive=slot.possessive)


def _write_foreign_word(word: str, slot: Slot, lang: str) -> str:
    """The generic noun in its case where the list has it; names stay in the nominative."""
    try:
        return inflect(word, slot.case, plural=slot.plural, lang=lang)
    except NotDerivable:
        return word


def _write_figure(amount: Amount, slot: Slot, lang: str) -> list[Span]:
    phrase = _shape_amount(_adapt_amount(amount, slot), slot, lang)
    if lang == "ky":
        phrase = _inflect_figure(phrase, slot)
    figure = Span(phrase.figure, amount.value, amount.key)
    return [Span(phrase.before), figure, Span(phrase.after)]


def _adapt_amount(amount: Amount, slot: Slot) -> Amount:
    if slot.shape in UNIT_SHAPES:
        amount = replace(amount, unit=UNIT_SHAPES[slot.shape])
    elif slot.argument:
        amount = replace(amount, unit=slot.argument)
    if slot.decimals is not None:
        amount = replace(amount, decimals=slot.decimals)
    return amount.as_absolute() if slot.absolute else amount


def _shape_amount(amount: Amount, slot: Slot, lang: str) -> Phrase:
    if slot.shape == "bare":
        return write_bare(amount, lang)
    if slot.shape == "words":
        return write_ordinal_words(amount, lang)
    if slot.shape == "ordinal":
        return write_ordinal_digits(amount, lang)
    return write_amount(amount, lang, scaled=slot.shape != "full")


def _inflect_figure(phrase: Phrase, slot: Slot) -> Phrase:
    if slot.adjective:
        text = adjective(phrase.text, possessive=slot.possessive)
        return replace(phrase, after=text[len(phrase.before) + len(phrase.figure) :])
    return inflect_phrase(phrase, slot.case, possessive=slot.possessive)

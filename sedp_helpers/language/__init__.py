"""Numbers, dates, sentences and Kyrgyz word forms: the public names of the language layer."""

from sedp_helpers.language.amounts import Amount
from sedp_helpers.language.collation import sort_key
from sedp_helpers.language.counts import format_count, list_nouns
from sedp_helpers.language.dates import (
    format_date,
    format_date_range,
    format_year,
    format_year_range,
)
from sedp_helpers.language.fill import Span, fill, join_spans
from sedp_helpers.language.hyphens import hyphenate
from sedp_helpers.language.inflection import adjective, inflect
from sedp_helpers.language.letters import Repair, begin_line, fold, propose, repair_letters
from sedp_helpers.language.listing import join_words
from sedp_helpers.language.locales import get_setting, list_languages
from sedp_helpers.language.money import format_money
from sedp_helpers.language.numbers import (
    format_number,
    format_percent,
    format_range,
    range_dash,
    round_half_up,
)
from sedp_helpers.language.slots import find_typed_digits, list_slots

__all__ = [
    "Amount",
    "Repair",
    "Span",
    "adjective",
    "begin_line",
    "fill",
    "find_typed_digits",
    "fold",
    "format_count",
    "format_date",
    "format_date_range",
    "format_money",
    "format_number",
    "format_percent",
    "format_range",
    "format_year",
    "format_year_range",
    "get_setting",
    "hyphenate",
    "inflect",
    "join_spans",
    "join_words",
    "list_languages",
    "list_nouns",
    "list_slots",
    "propose",
    "range_dash",
    "repair_letters",
    "round_half_up",
    "sort_key",
]

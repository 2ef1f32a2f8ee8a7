"""Names and decimals of things as a page prints them, in one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sedp_helpers.catalog.load import Catalog
from sedp_helpers.language import Amount, format_number
from sedp_helpers.language.amounts import write_amount
from sedp_helpers.language.phrases import Phrase
from sedp_helpers.present.book import Entry

MONEY, LONG_MONEY = "som", 1e6
MOST_RECORDS = 3  # named in a sentence; of more it says how many there are
SUFFIX_DECIMALS = {
    "growth_pct": 2,
    "mean_growth_pct": 2,
    "period_change_pct": 1,
    "period_change": 1,
    "change": None,
    "forecast": None,
    "forecast_low_80": None,
    "forecast_high_80": None,
    "peer_median": None,
    "peer_low": None,
    "peer_high": None,
    "forecast_error_pct": 1,
    "forecast_error_peers_pct": 1,
    "forecast_tests": 0,
    "forecast_tested_years": 0,
}


@dataclass(frozen=True)
class Wording:
    """The printed side of ids, codes and numbers."""

    catalog: Catalog
    language: str
    villages: Mapping[str, str] = field(default_factory=dict)
    local_codes: Mapping[str, str] = field(default_factory=dict)
    furniture: Mapping[str, Any] = field(default_factory=dict)
    records: Callable[[str], Mapping[str, str]] = lambda register: {}  # id -> text

    def name(self, ident: str) -> str:
        """The reader's name of an indicator, result, code or village; the id where it has none."""
        if "." in ident:
            return self._result_name(ident)
        if ident in self.villages:
            return self.villages[ident]
        if ident in self.local_codes:
            return self.local_codes[ident]
        for codes in self.catalog.codes.values():
            if ident in codes:
                return codes[ident].get(self.language)
        return ident

    def _result_name(self, ident: str) -> str:
        thing = self.catalog.indicators.get(ident) or self.catalog.results.get(ident)
        if thing is not None:
            return thing.name.get(self.language)
        if column := self._column_name(ident):
            return column
        base, _, suffix = ident.rpartition(".")
        label = self.furniture.get("suffixes", {}).get(suffix, suffix)
        return f"{self.name(base)}: {label}" if "." in base else ident

    def _column_name(self, ident: str) -> str:
        """«Table: column (records)» for ``register.column[records]``; empty where it is none."""
        path, _, records = ident.partition("[")
        register, _, column = path.partition(".")
        spec = self.catalog.registers.get(register)
        found = next((one for one in spec.columns if one.id == column), None) if spec else None
        if spec is None or found is None:
            return ""
        name = f"{spec.name.get(self.language)}: {found.name.get(self.language)}"
        return f"{name} ({self._name_records(register, records.rstrip(']'))})" if records else name

    def _name_records(self, register: str, idents: str) -> str:
        """Records by what their text says, quoted; by id where they have no text."""
        known = self.records(register)
        labels = self.furniture["labels"]
        told = [labels["record"].format(name=known[one]) if one in known else one
                for one in idents.split(", ")]
        if len(told) <= MOST_RECORDS:
            return ", ".join(told)
        rest = labels["more_records"].format(n=len(told) - MOST_RECORDS)
        return ", ".join([*told[:MOST_RECORDS], rest])

    def item_name(self, indicator: str, item: str) -> str:
        """The name of an item by the indicator's own code list, of a record by its text."""
        codes = self.catalog.codes.get(self._code_list(indicator), {})
        if item in codes:
            return codes[item].get(self.language)
        made = self.catalog.results.get(indicator)
        params = made.params if made else {}
        known = self.records(str(params.get("records") or params.get("register", "")))
        return known[item] if item in known else self.name(item)

    def _code_list(self, ident: str) -> str:
        """The code list of an indicator's items; a result has its own or that of its inputs."""
        spec, made = self.catalog.indicators.get(ident), self.catalog.results.get(ident)
        if spec is not None or made is None:
            return spec.items if spec else ""
        own = made.params.get("items", "")
        follows = (text.partition("[")[0] for text in made.inputs.values() if "[item]" in text)
        return own if own and isinstance(own, str) else self._code_list(next(follows, ""))

    def decimals(self, ident: str) -> int:
        """Digits after the comma of a result on a page."""
        thing = self.catalog.indicators.get(ident) or self.catalog.results.get(ident)
        if thing is not None:
            return thing.decimals
        base, _, suffix = ident.rpartition(".")
        known = SUFFIX_DECIMALS.get(suffix, 1)
        return self.decimals(base) if known is None and "." in base else known or 0

    def unit_kind(self, unit: str) -> str:
        return str(self.catalog.units.get(unit, {}).get("kind", ""))

    def unit(self, unit: str, *, short: bool = True) -> str:
        """The printed name of a unit."""
        words = self.catalog.units.get(unit)
        return words["short" if short else "name"].get(self.language) if words else unit

    def number(self, entry: Entry) -> str:
        """Digits only, as tables print them; empty where the value is missing."""
        if not entry.known:
            return ""
        if self.is_surplus(entry):
            return self._tell_surplus(self.number(entry._replace(value=-entry.value)))
        return format_number(entry.value, self.language, self.decimals(entry.result))

    def is_surplus(self, entry: Entry) -> bool:
        """Whether what is named a shortage is none: what there is exceeds what is needed."""
        made = self.catalog.results.get(entry.result)
        printed = round(entry.value, self.decimals(entry.result)) if entry.known else 0.0
        return made is not None and bool(made.params.get("surplus")) and printed < 0

    def _tell_surplus(self, printed: str) -> str:
        return str(self.furniture["labels"]["surplus"]).format(number=printed)

    def short_label(self, entry: Entry) -> str:
        """What stands beside a mark in a chart: digits, money from a million on as «998,9 млн»,
        since the currency stands at the axis."""
        if not entry.known or entry.unit != MONEY or abs(entry.value) < LONG_MONEY:
            return self.number(entry)
        return self.amount(entry).rpartition("\u00a0")[0]

    def amount(self, entry: Entry) -> str:
        """The number with its unit, as labels print it; empty where the value is missing."""
        if not entry.known:
            return ""
        if self.is_surplus(entry):
            return self._tell_surplus(self.amount(entry._replace(value=-entry.value)))
        return self.phrase(entry).text

    def phrase(self, entry: Entry) -> Phrase:
        """The amount in its pieces: what stands before the digits, they, and what follows."""
        amount = Amount(entry.value, entry.unit, self.decimals(entry.result))
        return write_amount(amount, self.language)

"""Sentence rules: choose by the figures, fill with the figures, hedge or withhold by status.

A topic of ``catalog/narrative/<section>.yml`` binds names to results (``let``), then tells its
rules in order; the first rule of each ``choose`` list whose condition holds gives its sentence.
The words stand in ``catalog/text/<lang>/sentences/<section>.yml`` under the id of the rule, so
that every printed sentence traces to a rule and its results.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from sedp_helpers.blocks import Paragraph, Span
from sedp_helpers.errors import CatalogueError
from sedp_helpers.language import Amount, begin_line, fill
from sedp_helpers.language.amounts import write_amount
from sedp_helpers.language.slots import read_template
from sedp_helpers.models import DIMS
from sedp_helpers.present.book import Entry, ResultBook, Wanted
from sedp_helpers.present.conditions import holds

_REFERENCE = re.compile(
    r"^(?P<id>[a-z_0-9.]+)(\[(?P<dims>[^\]]*)\])?(#(?P<method>[a-z_+:]+))?(@(?P<when>\w+))?$"
)
_ABOUT = re.compile(r"_(?:year|item|missing)$")  # what is said about a figure, not the figure
TURNED = 3  # moves in a row against the whole change: the series has turned
HEDGED = ("E", "F", "I", "P", "U", "V")


@dataclass(frozen=True)
class Narrator:
    """Tells one section in one language.

    ``topics`` and ``sentences`` come from the catalogue; ``places`` are names that texts use
    (municipality, district …); ``names`` gives the printed name of an item, village or indicator;
    ``decimals`` the digits after the comma of a result on a page; ``given`` are figures that were
    picked elsewhere, as the highest of a picture, beside those that a topic binds itself.
    """

    book: ResultBook
    topics: Mapping[str, Any]
    sentences: Mapping[str, str]
    places: Mapping[str, Any]
    names: Callable[[str], str]
    decimals: Callable[[str], int]
    unit_kind: Callable[[str], str]
    language: str
    item_name: Callable[[str, str], str] | None = None  # (result, item) -> printed name
    given: Mapping[str, Entry | None] = field(default_factory=dict)

    def tell(self, topic: str, **bound: str) -> list[Paragraph]:
        """The paragraphs of a topic; a topic nobody wrote is an error of the catalogue."""
        if topic not in self.topics:
            raise CatalogueError(f"no sentences are written for the topic {topic!r}")
        rules = self.topics[topic]
        told: list[Paragraph] = []
        for group in list_groups(self.book, rules, bound):
            for place, one in enumerate(self._tell_group(rules, group)):
                told.append(replace(one, goes_on="each" in rules and place > 0))
        return told

    def _tell_group(self, rules: Mapping[str, Any], bound: dict[str, str]) -> Iterator[Paragraph]:
        entries = {
            **self.given,
            **{name: self._look_up(text, bound) for name, text in rules.get("let", {}).items()},
        }
        values: dict[str, Any] = {
            name: entry.value if entry is not None and entry.known else None
            for name, entry in entries.items()
        }
        values |= {"item": "", **bound, **self.places.get("flags", {})}
        functions = self._functions(entries, bound)
        for choice in rules["choose"]:
            candidates = choice if isinstance(choice, list) else [choice]
            for rule in candidates:
                if holds(rule.get("when", ""), values, functions) and self._can_say(rule, entries):
                    if rule.get("id"):
                        yield self._write(rule, entries, bound)
                    break

    def _can_say(self, rule: Mapping[str, Any], entries: Mapping[str, Entry | None]) -> bool:
        """Whether every figure that the words of a rule print is there; the next rule may do."""
        template = self.sentences.get(rule.get("id", ""), "")
        for slot in read_template(template):
            if isinstance(slot, str):
                continue
            name = slot.name if slot.name in entries else _ABOUT.sub("", slot.name)
            if name in entries:
                entry = entries[name]
                if entry is None or (name == slot.name and not entry.known):
                    return False
        return True

    def _look_up(self, text: str, bound: Mapping[str, str]) -> Entry | None:
        return self.book.find(read_reference(text.replace("$id", bound.get("id", "")), bound))

    def _functions(self, entries: Mapping[str, Entry | None], bound: Mapping[str, str]) -> dict:
        def known(name: str) -> bool:
            entry = entries.get(name)
            return entry is not None and entry.known

        def status(name: str) -> str:
            entry = entries.get(name)
            return entry.status if entry is not None else "O"

        def method(name: str) -> str:
            entry = entries.get(name)
            return entry.method.split(":")[-1] if entry is not None else ""

        def trend(text: str) -> str:
            wanted = read_reference(text.replace("$id", bound.get("id", "")), bound)
            return classify_trend(
                [
                    e.value
                    for e in self.book.series(
                        wanted.id, until=self.book.base_year, **dict(wanted.dims)
                    )
                ]
            )

        def year(name: str) -> int | None:
            entry = entries.get(name)
            return entry.year if entry is not None else None

        def kind(name: str) -> str:
            entry = entries.get(name)
            return self.unit_kind(entry.unit) if entry is not None else ""

        def unit(name: str) -> str:
            entry = entries.get(name)
            return entry.unit if entry is not None else ""

        def alike(one: str, other: str) -> bool:
            """Whether two known figures are printed alike, so that they are told once."""
            texts = [
                write_amount(self._amount(e), self.language).text
                for e in map(entries.get, (one, other))
                if e is not None and e.known
            ]
            return len(texts) == 2 and texts[0] == texts[1]

        def parts(ident: str) -> int:
            """How many items of a result have a figure that is not zero."""
            book = self.book
            return len(
                {e.item for e in book.entries(ident, item=None) if e.item and e.known and e.value}
            )

        return {
            "alike": alike,
            "parts": parts,
            "known": known,
            "status": status,
            "method": method,
            "trend": trend,
            "year": year,
            "kind": kind,
            "unit": unit,
        }

    def _write(
        self, rule: Mapping[str, Any], entries: Mapping[str, Entry | None], bound: Mapping[str, str]
    ) -> Paragraph:
        ident = rule["id"]
        if ident not in self.sentences:
            raise CatalogueError(f"sentence {ident!r} has no words in {self.language}")
        spans = fill(self.sentences[ident], self._fillings(entries, bound), self.language)
        return Paragraph(begin_sentence(spans), role=rule.get("role", "text"), rule=ident)

    def _name_item(self, result: str, item: str) -> str:
        """The name of an item by the code list of its own result: «other» stands in many lists."""
        if not item:
            return ""
        return self.item_name(result, item) if self.item_name else self.names(item)

    def _amount(self, entry: Entry) -> Amount:
        return Amount(entry.value, entry.unit, self.decimals(entry.result), entry.key)

    def _fillings(
        self, entries: Mapping[str, Entry | None], bound: Mapping[str, str]
    ) -> dict[str, Any]:
        values: dict[str, Any] = dict(self.places.get("words", {}))
        values["base"], values["end"] = self.book.base_year, self.book.last_year
        for name, entry in entries.items():
            if entry is None:
                continue
            values[name] = self._amount(entry)
            values[f"{name}_year"] = entry.year
            values[f"{name}_item"] = self._name_item(entry.result, entry.item)
            values[f"{name}_missing"] = ", ".join(map(self.names, join_records(entry.missing)))
        for dim, value in bound.items():
            owner = next((e.result for e in entries.values() if e and e.item == value), "")
            if dim == "item":
                values[dim] = self._name_item(owner, value)
            elif dim == "id":
                values["subject"] = self.names(value)
            else:  # a village by its name; what is not an id of anything stands as it was given
                values[dim] = self.names(value) if dim in DIMS else value
        return values


def join_records(missing: str) -> list[str]:
    """Ids of what is missing; the records that lack one column stand behind it together.

    >>> join_records("plan.cost[m1];plan.cost[m2];funding.amount")
    ['plan.cost[m1, m2]', 'funding.amount']
    """
    found: dict[str, list[str]] = {}
    for ident in filter(None, missing.split(";")):
        path, _, record = ident.partition("[")
        found.setdefault(path, []).append(record.rstrip("]"))
    return [
        f"{path}[{', '.join(filter(None, records))}]" if any(records) else path
        for path, records in found.items()
    ]


def begin_sentence(spans: list[Span]) -> tuple[Span, ...]:
    """The sentence with a capital first letter, where it begins with words."""
    first, *rest = spans
    if first.key or not first.text:
        return tuple(spans)
    return (replace(first, text=begin_line(first.text)), *rest)


def read_reference(text: str, bound: Mapping[str, str]) -> Wanted:
    """``services.cost[item]@base`` with the dims of the group filled in.

    >>> read_reference("budget.revenue[item=rent]#observed@last", {})
    Wanted(id='budget.revenue', dims=(('item', 'rent'),), method='observed', when='last')
    """
    match = _REFERENCE.match(text.strip())
    if not match:
        raise CatalogueError(f"reference {text!r} is not written as id[dim=value]#method@when")
    dims = []
    for piece in filter(None, (match["dims"] or "").split(",")):
        name, _, value = piece.strip().partition("=")
        dims.append((name, value or bound.get(name, "")))
    return Wanted(match["id"], tuple(dims), match["method"] or "", match["when"] or "base")


def list_groups(
    book: ResultBook, rules: Mapping[str, Any], bound: Mapping[str, str]
) -> list[dict[str, str]]:
    """One group, or one for each value of ``each: {item: result id}``, largest first.

    ``limit`` takes the first so many; ``least: true`` begins with the smallest known figure;
    ``skip`` leaves values out (parts of others); ``id#method`` looks at rows of one method only.
    """
    each = rules.get("each")
    if not each:
        return [dict(bound)]
    ((dim, text),) = each.items()
    ident, _, method = text.replace("$id", bound.get("id", "")).partition("#")
    values = [one for one in book.items(ident, dim, method) if one not in rules.get("skip", ())]
    if rules.get("least"):
        known = {
            getattr(e, dim) for e in book.entries(ident, method=method, **{dim: None}) if e.known
        }
        values = [one for one in reversed(values) if one in known]
    return [{**bound, dim: value} for value in values[: rules.get("limit", 100)]]


def classify_trend(values: list[float], flat_pct: float = 0.5) -> str:
    """rising · falling · flat · volatile · sparse, from the known values of a series.

    Flat: the whole change is within ``flat_pct`` per cent a year on average. Volatile: the moves
    against the overall direction are more than half as large as those with it, or the newest
    ``TURNED`` moves all go against it, so that who looks at the last years sees the contrary.

    >>> classify_trend([9800, 10500, 11000, 11500]), classify_trend([5, 9, 4, 8])
    ('rising', 'volatile')
    >>> classify_trend([0, 6, 5, 4, 3])
    'volatile'
    >>> classify_trend([7037])
    'sparse'
    """
    if len(values) < 2:
        return "sparse"
    moves = [after - before for before, after in pairwise(values)]
    up, down = sum(m for m in moves if m > 0), -sum(m for m in moves if m < 0)
    change = values[-1] - values[0]
    scale = abs(values[0]) or max(abs(value) for value in values)
    if scale == 0 or 100 * max(up, down) / scale <= flat_pct * len(moves):
        return "flat"
    newest = moves[-TURNED:]
    turned = len(newest) == TURNED and all(move * change < 0 for move in newest)
    if turned or min(up, down) > 0.5 * max(up, down):
        return "volatile"
    return "rising" if change > 0 else "falling"

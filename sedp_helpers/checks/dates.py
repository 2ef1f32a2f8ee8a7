"""DQ-30: what happened later cannot be dated earlier."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sedp_helpers.checks.inspection import CHECKS, Inspection, Record
from sedp_helpers.checks.words import name_code, name_column
from sedp_helpers.language import format_date
from sedp_helpers.models import LANGUAGES, Finding, Text
from sedp_helpers.process.cells import title_of


def is_after(one: object, other: object) -> bool:
    """Whether a day or year lies after another, as far as both are known: a year against a day is
    compared as years.

    >>> is_after("2026-05-01", "2026"), is_after("2027", "2026-05-01"), is_after("", "2026")
    (False, True, False)
    """
    first, second = read_day(one), read_day(other)
    length = min(len(first), len(second))
    return bool(length) and first[:length] > second[:length]


def read_day(value: object) -> str:
    """A day or year as text that sorts: ISO, or year alone; "" for anything else.

    >>> read_day("05.03.2024"), read_day("2024"), read_day(2024.0), read_day("soon")
    ('2024-03-05', '2024', '2024', '')
    """
    text = str(int(value)) if isinstance(value, float) and value == value else str(value).strip()
    parts = text.split(".")
    if len(parts) == 3 and all(part.isdigit() for part in parts) and len(parts[2]) == 4:
        text = f"{parts[2]}-{parts[1]:0>2}-{parts[0]:0>2}"
    return text if text[:4].isdigit() and all(p.isdigit() for p in text.split("-")) else ""


@CHECKS.register("date_orders")
def check_date_orders(inspection: Inspection) -> Iterator[Finding]:
    """Two dates of one record, and a record before the one it belongs to."""
    for order in inspection.limit("DQ-30", "orders"):
        for record in inspection.records(order["register"]):
            if is_after(record.get(order["first"]), record.get(order["then"])):
                yield _report(inspection, order["register"], record, order["then"],
                              record[order["first"]],
                              name_column(inspection.context, order["register"], order["first"]))
    for link in inspection.limit("DQ-30", "linked"):
        known = {one[link["key"]]: one for one in inspection.records(link["to"])}
        for record in inspection.records(link["register"]):
            start = known.get(record.get(link["by"]), {}).get(link["not_before"])
            if is_after(start, record.get(link["date"])):
                yield _report(inspection, link["register"], record, link["date"], start,
                              name_column(inspection.context, link["to"], link["not_before"]))


def _report(
    inspection: Inspection, register: str, record: Record, column: str, first: Any,
    first_title: Any, text: str = "DQ-30"
) -> Finding:
    return inspection.at_record(
        "DQ-30", register, record, column, text=text, section=str(record.get("section") or ""),
        first=write_day(first), then=write_day(record.get(column)), first_title=first_title)


def write_day(value: object) -> Text:
    """A day as each language writes it; a year alone stays a year."""
    day = read_day(value)
    if len(day) != len("2024-03-05"):
        return Text(ky=day)
    return Text(**{lang: format_date(date.fromisoformat(day), lang, "plain")
                   for lang in LANGUAGES})


@CHECKS.register("document_orders")
def check_document_orders(inspection: Inspection) -> Iterator[Finding]:
    """Documents against the order of the process: the last of an earlier kind of the same two
    years is not after the first of a later kind."""
    documents = [one for one in inspection.records("documents") if one.get("date")]
    for kinds in inspection.limit("DQ-30", "documents"):
        for first_kind, then_kind in itertools.pairwise(kinds):
            for record in _of_kind(documents, then_kind):
                late = [one for one in _of_kind(documents, first_kind)
                        if one["date"][:4] == record["date"][:4]]
                if late and all(is_after(one["date"], record["date"]) for one in late):
                    yield _report(inspection, "documents", record, "date", late[0]["date"],
                                  name_code(inspection.context, "document_kinds", first_kind))


def _of_kind(documents: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [one for one in documents if one.get("kind") == kind]


@CHECKS.register("planned_documents")
def check_planned_documents(inspection: Inspection) -> Iterator[Finding]:
    """A measure that plans a document which is already adopted (001: the regulation of 2020 in a
    plan of 2021). The measure names the document by its kind, its number or its usual name."""
    documents = [one for one in inspection.records("documents") if one.get("date")]
    for record in inspection.records("plan"):
        for document in documents:
            begins = record.get("start") or record.get("end")
            if _plans(inspection, record, document) and is_after(begins, document["date"]):
                yield inspection.at_record(
                    "DQ-30", "plan", record, "start" if record.get("start") else "end",
                    text="DQ-30-DOCUMENT", section=str(record.get("section") or ""),
                    measure=title_of(record, "measure"), begins=write_day(begins),
                    adopted=write_day(document["date"]),
                    document=name_code(inspection.context, "document_kinds", document["kind"]))


def _plans(
    inspection: Inspection, record: Mapping[str, Any], document: Mapping[str, Any]
) -> bool:
    number = str(document.get("number") or "").strip()
    texts = " ".join(str(record.get(name) or "") for name in ("measure", "contract", "goal"))
    named = bool(number) and f"№ {number} " in f"{texts.replace('№', '№ ').replace('  ', ' ')} "
    kind, lower = str(document.get("kind") or ""), texts.lower()
    words = inspection.limit("DQ-30", "planned").get(kind, ())
    drafted = any(word in lower for word in words) and any(
        word in lower for word in inspection.limit("DQ-30", "adopting"))
    return named or drafted or (bool(kind) and record.get("indicator") == kind)

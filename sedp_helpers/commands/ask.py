"""`sedp ask`: a letter to each office for exactly what is missing, and how the requests stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from sedp_helpers.asking import (
    Gap,
    Sent,
    find_gaps,
    group_gaps,
    join_open,
    list_requests,
)
from sedp_helpers.catalog.load import Catalog, load_catalog
from sedp_helpers.commands.merge import find_free
from sedp_helpers.console import Console
from sedp_helpers.errors import InputError, UsageError
from sedp_helpers.examination import find_as_of
from sedp_helpers.files import write_atomic
from sedp_helpers.intake.collect import Collected
from sedp_helpers.intake.dates import parse_date
from sedp_helpers.intake.extend import extend_table, read_extendable
from sedp_helpers.intake.history import collect_place
from sedp_helpers.language import fill, format_date, inflect, join_spans
from sedp_helpers.models import LANGUAGES, Municipality
from sedp_helpers.paths import Workspace
from sedp_helpers.prepare import find_folder
from sedp_helpers.publish.letter import Letter, render_letter
from sedp_helpers.publish.manifest import build_time

LOG = "requests.csv"
COLUMNS = ("office", "indicators", "sent", "due", "answered")
DAYS_TO_ANSWER = 14
LINES_ON_PAGE, YEARS_ON_LINE, LEAST_LINES = 48, 2, 3  # of the annex as Word sets it
BLANK = "\u00a0________"  # a place to write a figure, not parted from its year


def ask_offices(workspace: Workspace, ident: str, due: str, console: Console) -> None:
    """Write one letter per office and log the requests."""
    place, found, catalog = _collect(workspace, ident)
    today = find_as_of(place)
    last = _read_due(due, today)
    gaps = find_gaps(catalog, place, found.observations)
    sent = list_requests(found.registers.get("requests"), gaps, today)
    groups = group_gaps(gaps, catalog.sources, join_open(sent, _name_sources(catalog)))
    if not groups:
        console.say("nothing_to_ask", name=ident)
        return
    log = workspace.raw / ident / LOG
    table = read_extendable(log)
    folder = workspace.reports / ident / "letters" / console.language
    records = []
    for source, asked in groups.items():
        letter = write_letter(catalog, place, source, asked, (today, last), console.language)
        target = find_free(folder / f"{today.isoformat()} ({source}).docx")
        write_atomic(target, render_letter(letter, catalog.words("publish", console.language),
                                           build_time()))
        console.say("created", path=str(target))
        records.append({"office": source,
                        "indicators": ";".join(gap.indicator.id for gap in asked),
                        "sent": today.isoformat(), "due": last.isoformat()})
    write_atomic(log, extend_table(table, records, COLUMNS))
    console.say("asked", count=len(records), path=str(log))


def print_requests(workspace: Workspace, ident: str, console: Console) -> None:
    """The requests that are overdue, open and answered."""
    place, found, catalog = _collect(workspace, ident)
    gaps = find_gaps(catalog, place, found.observations)
    sent = list_requests(found.registers.get("requests"), gaps, find_as_of(place))
    if not sent:
        console.write(console.text("no_requests", name=ident))
    for state in ("overdue", "open", "answered"):
        chosen = [one for one in sent if one.state == state]
        if chosen:
            console.write(console.text(f"requests_{state}", count=len(chosen)))
        for one in chosen:
            console.write(_describe(one, catalog, console))


def _describe(one: Sent, catalog: Catalog, console: Console) -> str:
    known = catalog.sources.get(one.office)
    office = known["name"].get(console.language) if known else one.office
    return console.text("request_line", office=office, sent=one.sent, due=one.due or "—",
                        count=len(one.indicators), missing=one.missing)


def _collect(workspace: Workspace, ident: str) -> tuple[Municipality, Collected, Catalog]:
    catalog = load_catalog()
    found = collect_place(find_folder(workspace, ident), catalog)
    if found.municipality is None:
        raise InputError(f"{ident} has no passport", key="no_passport", municipality=ident)
    return found.municipality, found, catalog


def _read_due(text: str, today: date) -> date:
    if not text:
        return today + timedelta(days=DAYS_TO_ANSWER)
    try:
        return date.fromisoformat(parse_date(text))
    except ValueError as error:
        raise UsageError(f"date {text!r}", key="bad_date", typed=text) from error


def _name_sources(catalog: Catalog) -> dict[str, str]:
    """Names of the sources in every language and their ids."""
    return {source["name"].get(lang): ident for ident, source in catalog.sources.items()
            for lang in LANGUAGES}


# ---- the letter ------------------------------------------------------------------------------
def write_letter(
    catalog: Catalog, place: Municipality, source: str, gaps: Sequence[Gap],
    days: tuple[date, date], language: str,
) -> Letter:
    """The texts of a request; ``days`` are the day of the letter and the last day to answer."""
    words = catalog.words("letters", language)
    name = place.name.get(language)
    office = words["office"][place.type].format(name=name)
    plan = place.plan_years
    values = {"place": words["of_place"][place.type].format(name=name), "due": days[1],
              "years": (plan.start, plan.end)}
    if language == "ky":
        values["place"] = inflect(str(values["place"]), "gen")
    return Letter(
        language, office, words["dated"].format(date=format_date(days[0], language)),
        address(catalog, source, place, language),
        tuple(join_spans(fill(text, values, language)) for text in words["body"]),
        words["attached"].format(n=_count_pages(gaps)), words["signer"][place.type],
        _sign(place, words["signature"]), words["annex"], words["caption"],
        tuple(words["columns"]), tuple(_list_rows(catalog, gaps, place, language)))


def _count_pages(gaps: Sequence[Gap]) -> int:
    """The sheets of the annex."""
    lines = sum(max(LEAST_LINES, -(-len(gap.years) // YEARS_ON_LINE)) for gap in gaps)
    return -(-lines // LINES_ON_PAGE)


def address(catalog: Catalog, source: str, place: Municipality, language: str) -> str:
    """The addressee in the dative; in Kyrgyz with the name of the district before «райондук»."""
    text = catalog.sources[source]["dative"].get(language)
    district = place.district.name.ky if place.district else ""
    if language != "ky" or not district:
        return text
    return re.sub(r"\b[Рр]айондук\b", f"{district} райондук", text, count=1)


def _sign(place: Municipality, line: str) -> str:
    """The line for the signature with the name of the head, where the office gave it."""
    name = next((one.get("name", "") for one in place.signatures if one.get("role") == "head"), "")
    return f"{line} {name}".strip()


def _list_rows(
    catalog: Catalog, gaps: Sequence[Gap], place: Municipality, language: str
) -> list[tuple[str, ...]]:
    words = catalog.words("letters", language)
    rows: list[tuple[str, ...]] = []
    for number, gap in enumerate(gaps, 1):
        model = gap.indicator
        time = f"stock_{place.stock_date}" if model.time == "stock" else model.time
        parts = [words["dims"][dim] for dim in model.dims]
        name = model.name.get(language)
        shown = f"{name} ({words['by'].format(parts=', '.join(parts))})" if parts else name
        unit = catalog.units[model.unit]["short"].get(language)
        blanks = " ".join(f"{year}:{BLANK}" for year in gap.years)
        rows.append((str(number), shown, unit, words["times"][time], blanks))
    return rows

"""What is missing behind a figure, whose it is, and the letter that asks for it.

A figure that cannot be told is traced back to the indicators and registers it is made of. Nothing
is written to anybody from here, and no missing figure is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sedp_helpers.blocks import Block, Fold, Listing, Paragraph, Span
from sedp_helpers.language import begin_line, fill, format_year_range
from sedp_helpers.present.book import Entry
from sedp_helpers.present.pictures import Viewer
from sedp_helpers.present.sheets import tell_sheet

YEARS_TO_ASK = 5  # five years give four growth rates, enough for every single-series forecast
_AGES = re.compile(r"\[(?:[^\]]*,)?age=([\d+-]+)")  # of an input: ``population.total[age=1-6]``
_ITEM = re.compile(r"\[(?:[^\]]*,)?item=([^,\]]+)")
UNASKED = ("M", "Q")  # cannot exist; hidden on purpose: nobody is to be asked


@dataclass(frozen=True)
class Gap:
    """One missing indicator or register: id, printed name and the office (id of sources.yml).

    ``detail`` names the words on which part of it is missing where the number itself is there;
    ``ages`` is the age asked for.
    """

    id: str
    name: str
    office: str = ""
    detail: str = ""
    ages: str = ""


def latest(viewer: Viewer, ident: str) -> Entry | None:
    """The row that tells why a figure is not there: of the base year, else the newest."""
    rows = viewer.book.entries(ident, item=None)
    base = [e for e in rows if e.year == viewer.book.base_year]
    found = base or rows
    return found[-1] if found else None


def find_gaps(viewer: Viewer, ident: str) -> list[Gap]:
    """The indicators and registers without which a figure cannot be computed, each once."""
    catalog = viewer.wording.catalog
    if ident in catalog.indicators:
        return [_gap(viewer, ident)]
    entry = latest(viewer, ident)
    named = [i for i in (entry.missing.split(";") if entry else ()) if i != ident]
    inputs = list_inputs(viewer, ident)
    names = named or [text for text in inputs if not _is_known(viewer, text)]
    found = {
        name: _detail(viewer, _gap(viewer, name), [*names, *inputs])
        for name in map(_plain, names)
        if _is_source(viewer, name)
    }
    return list(found.values()) or [_gap(viewer, ident)]


def _is_known(viewer: Viewer, text: str) -> bool:
    """Whether an input is a number that is there, so that nobody is to be asked for it."""
    return text.strip() in viewer.wording.catalog.indicators and has_total(viewer, text.strip())


def _detail(viewer: Viewer, gap: Gap, inputs: Iterable[str]) -> Gap:
    """What part of a figure is asked for where its number is there: an age, earlier years, or its
    breakdowns."""
    if not has_total(viewer, gap.id):
        return gap
    mine = [text for text in inputs if _plain(text) == gap.id]
    ages = next((found[1] for text in mine if (found := _AGES.search(text))), "")
    if ages:
        return replace(gap, detail="gap_ages", ages=ages.replace("-", "–"))
    ahead = any(".forecast" in text for text in mine)
    spec = viewer.wording.catalog.indicators.get(gap.id)
    people = spec is not None and {"sex", "age"} <= set(spec.dims)
    return replace(gap, detail="gap_detail" if people and not ahead else "gap_years")


def list_inputs(viewer: Viewer, ident: str) -> list[str]:
    """What a result is computed from, as its formula names it; nothing for an indicator."""
    spec = viewer.wording.catalog.results.get(ident)
    if spec is None:
        return []
    texts = [str(text) for text in spec.inputs.values()]
    parts = [part for text in texts for part in text.split(" + ")]
    register = spec.params.get("register")
    return [*parts, *([register] if register else [])]


def _plain(text: str) -> str:
    """``population.total[age=1-6]?`` and ``population.total.forecast`` as the indicator itself."""
    return text.strip().rstrip("?").split("[")[0].removesuffix(".forecast")


def _is_source(viewer: Viewer, text: str) -> bool:
    catalog, ident = viewer.wording.catalog, _plain(text)
    return ident in catalog.indicators or ident in catalog.registers


def _gap(viewer: Viewer, ident: str) -> Gap:
    catalog, language = viewer.wording.catalog, viewer.wording.language
    if ident in catalog.registers:
        return Gap(ident, catalog.registers[ident].name.get(language))
    spec = catalog.indicators.get(ident)
    office = next((s for s in spec.source if s in catalog.sources), "") if spec else ""
    return Gap(ident, viewer.wording.name(ident), office)


def tell_where(viewer: Viewer, ident: str) -> str:
    """The offices that have what a figure is made of, and the sheets it is typed on."""
    catalog, language = viewer.wording.catalog, viewer.wording.language
    found: dict[str, None] = {}
    for gap in find_gaps(viewer, ident):
        if gap.office:
            found[catalog.sources[gap.office]["name"].get(language)] = None
        elif gap.id in catalog.registers:
            found[tell_sheet(viewer.wording, gap.id)] = None
    return ", ".join(found)


def tell_needs(viewer: Viewer, missing: Iterable[str]) -> str:
    """What a figure of a table lacks, each with the office that has it or the sheet to fill in."""
    catalog, wording = viewer.wording.catalog, viewer.wording
    told: dict[str, None] = {}
    for text in missing:
        plain = _plain(text)
        register = plain.partition(".")[0]
        of_record = "[" in text and "=" not in text
        if register in catalog.registers and (of_record or plain not in catalog.results):
            told[f"{wording.name(text)}: {tell_sheet(wording, register)}"] = None
            continue
        for gap in find_gaps(viewer, plain):
            item = _ITEM.search(text)
            name = f"{gap.name}: {wording.item_name(plain, item[1])}" if item else gap.name
            source = catalog.sources.get(gap.office)
            where = source["name"].get(wording.language) if source else ""
            told[f"{name} ({where})" if where else name] = None
    return "; ".join(told)


def tell_gaps(viewer: Viewer, gaps: Iterable[Gap], words: Mapping[str, Any]) -> list[Span]:
    """«figure», «figure»: whom to write to, or which sheet to fill in; one part an office."""
    by_office: dict[tuple[str, str], list[Gap]] = {}
    for gap in gaps:
        kind = "gap" if gap.office else "gap_register"
        if not gap.office and gap.id not in viewer.wording.catalog.registers:
            kind = "gap_computed"
        whose = gap.id if kind == "gap_register" else gap.office
        by_office.setdefault((kind, whose), []).append(gap)
    spans: list[Span] = []
    for (kind, whose), asked in by_office.items():
        source = viewer.wording.catalog.sources.get(whose)
        values = {"figures": ", ".join(_quote(gap, words) for gap in asked), "sheet": whose}
        if source:
            values["addressee"] = source["dative"].get(viewer.wording.language)
        spans += [Span("; ")] * bool(spans) + fill(words[kind], values, viewer.wording.language)
    return spans


def _quote(gap: Gap, words: Mapping[str, Any]) -> str:
    detail = _tell_detail(gap, words)
    return str(words["quote"]).format(figure=f"{gap.name} ({detail})" if detail else gap.name)


def _tell_detail(gap: Gap, words: Mapping[str, Any]) -> str:
    return str(words[gap.detail]).format(ages=gap.ages) if gap.detail else ""


def has_total(viewer: Viewer, ident: str) -> bool:
    """Whether only a breakdown is missing, not the number itself."""
    return any(e.year == viewer.book.base_year and e.known for e in viewer.book.entries(ident))


def write_letters(
    viewer: Viewer,
    gaps: Iterable[Gap],
    words: Mapping[str, Any],
    *,
    place: str,
    programme: tuple[int, int],
) -> Fold | None:
    """One ready letter an office with what it is asked for; None where nothing is missing."""
    by_office: dict[str, dict[tuple[str, str], Gap]] = {}
    for gap in gaps:
        if gap.office:
            by_office.setdefault(gap.office, {})[gap.id, gap.ages] = gap
    blocks: list[Block] = []
    for office, asked in by_office.items():
        blocks += _letter(viewer, office, list(asked.values()), words, place, programme)
    return Fold(words["letters"], tuple(blocks)) if blocks else None


def _letter(
    viewer: Viewer,
    office: str,
    gaps: list[Gap],
    words: Mapping[str, Any],
    place: str,
    programme: tuple[int, int],
) -> list[Block]:
    language, base = viewer.wording.language, viewer.book.base_year
    addressee = viewer.wording.catalog.sources[office]["dative"].get(language)
    values = {"place": place, "programme": programme}
    years = format_year_range(base - YEARS_TO_ASK + 1, base, language, "nom")
    items = []
    for gap in gaps:
        asked = filter(None, (viewer.name_with_unit(gap.id), _tell_detail(gap, words), years))
        items.append((Span(", ".join(asked)),))
    return [
        Paragraph((Span(begin_line(addressee), style="strong"),), role="note"),
        Paragraph(tuple(fill(words["letter"], values, language)), role="note", rule="letter"),
        Listing(tuple(items)),
        Paragraph((Span(words["letter_end"]),), role="note"),
    ]

"""The façade of the district notebooks: tells, draws and tabulates a district in one language.

Like ``section`` for a municipality: a cell calls one method; words come from the catalogue,
numbers from results.csv. What a rule forbids is answered with the rule, never with a number.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from sedp_helpers.blocks import Block, Box, Figure, Fold, Heading, Listing, Paragraph, Span
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.compare.data import DistrictData
from sedp_helpers.compare.food import demand_level, pick_questions
from sedp_helpers.compare.refusal import RefusedByRule
from sedp_helpers.compare.results import compute_district, compute_figures
from sedp_helpers.compare.totals import refuse_sum
from sedp_helpers.district.findings import list_findings, list_verdicts
from sedp_helpers.district.gather import gather_district, gather_outline
from sedp_helpers.district.pictures import PICTURES
from sedp_helpers.district.pictures.base import DistrictPicture
from sedp_helpers.district.sight import GAP, Sight
from sedp_helpers.district.tables import TABLES
from sedp_helpers.district.tables.district import explain_gap, write_rule
from sedp_helpers.district.tables.rules import tabulate_rules
from sedp_helpers.district.telling import open_narrator
from sedp_helpers.district.wording import DistrictWording
from sedp_helpers.errors import UsageError
from sedp_helpers.intake.store import parse_frame, parse_text
from sedp_helpers.language import get_setting
from sedp_helpers.models import LANGUAGES
from sedp_helpers.paths import open_workspace
from sedp_helpers.present.book import ResultBook
from sedp_helpers.present.charts import CHARTS
from sedp_helpers.present.narrative import Narrator
from sedp_helpers.present.sizes import fit_look
from sedp_helpers.present.theme import Look
from sedp_helpers.present.titles import tell_title
from sedp_helpers.process.verdict import NOT_CHECKABLE
from sedp_helpers.view import View, frame_table

LEVEL = "district"
SMALL = ("bars",)  # kinds of pictures that half a page's width is enough for where they are short


def open_district(name: str = "demo", language: str = "ky") -> DistrictBook:
    """The book of a district in a language; inside a build its figures are those of the build."""
    if language not in LANGUAGES:
        raise UsageError(
            f"language {language!r} is none of {', '.join(LANGUAGES)}",
            key="unknown_language",
            name=language,
        )
    workspace = open_workspace()
    report = os.environ.get("SEDP_REPORT")
    data = gather_district(
        workspace, name, as_of=os.environ.get("SEDP_AS_OF", ""), stored=bool(report)
    )
    if report:
        results = parse_frame((Path(report) / "results.csv").read_bytes())
        findings = parse_text((Path(report) / "findings.csv").read_bytes())
    else:
        results, findings = compute_district(data), list_findings(workspace, data)
    return DistrictBook(data, results, findings, language)


def open_outline(name: str, language: str) -> DistrictBook:
    """The members side by side, for a page on the screen, which should not wait for the rest."""
    data = gather_outline(open_workspace(), name)
    return DistrictBook(data, compute_figures(data), pd.DataFrame(), language)


class DistrictBook:
    """One district in one language."""

    def __init__(
        self, data: DistrictData, results: pd.DataFrame, findings: pd.DataFrame, language: str
    ) -> None:
        self.data, self.results, self.findings = data, results, findings
        self.language = language
        self.catalog = load_catalog()
        self.words = self.catalog.words("district", language)
        self.furniture = self.catalog.words("furniture", language)
        self.book = ResultBook(results, data.base_year, data.base_year)
        names = {unit: name.get(language) for unit, name in data.names.items()}
        self.wording = DistrictWording(
            self.catalog,
            language,
            names,
            {},
            self.furniture,
            own=data.settings["results"],
            words=self.words,
        )
        self.sight = Sight(data, self.book, self.wording, self.words, language)
        self._anchors: dict[str, int] = {}

    # ---- telling -------------------------------------------------------------------------
    @cached_property
    def narrator(self) -> Narrator:
        return open_narrator(self.sight, self.furniture)

    def opening(self, part: str) -> View:
        """The title of a chapter and what it finds, in a sentence or two."""
        blocks: list[Block] = [Heading(1, self.words["parts"][part], part)]
        topic = f"opening_{part}"
        if topic in self.narrator.topics:
            blocks += [Paragraph(p.spans, "finding", p.rule) for p in self.narrator.tell(topic)]
        return self._view(blocks)

    def section(self, ident: str) -> View:
        """One of the eight sections: its heading, and how many members can be told apart in it."""
        found = next(one for one in self.catalog.sections if one.id == ident)
        heading = Heading(2, found.title.get(self.language), f"section-{ident}", str(found.number))
        told = self.narrator.tell("section", item=ident)
        return self._view([heading, *told])

    def say(self, topic: str, **bound: str) -> View:
        """The sentences of a topic that the figures call for, under its own heading."""
        heading = self.catalog.words("topics/district", self.language).get(topic)
        blocks: list[Block] = [Heading(2, heading, self._anchor(topic))] if heading else []
        return self._view([*blocks, *self.narrator.tell(topic, **bound)])

    def questions(self, topic: str) -> View:
        """The guiding questions of the district on a topic (R-43, R-44: of no other level), each
        with what the district has answered, what its tables answer, or a word that nobody has."""
        demand_level(topic, LEVEL)
        asked = [
            one
            for one in pick_questions(self.catalog.questions, LEVEL)
            if one.get("topic") == topic
        ]
        answers = {
            row.get("question"): self.sight.text(row, "text")
            for row in self.data.register("answers").to_dict("records")
        }
        blocks: list[Block] = []
        for one in asked:
            blocks.append(Paragraph((Span(one["text"].get(self.language)),), role="question"))
            said = answers.get(one["id"])
            blocks += [Paragraph((Span(said),))] if said else self._answer(topic, one["id"])
        return self._view(blocks)

    def _answer(self, topic: str, question: str) -> list[Block]:
        """What the tables beside an open question say to it, and what is still open."""
        found = self.narrator.tell(f"answer_{topic}")
        key = "answered_by_tables" if found else "unanswered"
        rest = Span(str(self.words[key]).format(id=question))
        return [*found, Paragraph((rest,), role="caveat" if found else "missing")]

    def total(self, indicator: str) -> View:
        """The total of the members with «n of N»; a refused one is answered with its rule."""
        name = self.wording.name(indicator)
        try:
            refuse_sum(indicator, self.catalog.rules, self.catalog.results)
        except RefusedByRule as refused:
            text = str(self.words["refused"]).format(name=name)
            lines = tuple(
                Paragraph((Span(one),), role="warning")
                for one in (text, write_rule(self.sight, refused.rule))
            )
            return self._view([Box(lines, "note")])
        entry = self.sight.one(indicator, method="sum")
        why = explain_gap(self.sight, indicator, entry)
        if why or entry is None:
            return self._view([Paragraph((Span(f"{name}: {why}"),), role="missing")])
        spans = (Span(f"{name}: "), Span(self.wording.amount(entry), entry.value, entry.key))
        return self._view([Paragraph(spans)])

    # ---- drawing and tabulating ----------------------------------------------------------
    def chart(self, name: str, *args: str) -> View:
        """A figure that names who is missing below itself, so that the name goes where the figure
        goes; without figures a word stands in its place."""
        picture = PICTURES.get(name)(self.sight, *args)
        if picture.empty:
            text = self.words["no_figure"].format(name=self._name_figure(name, picture))
            return self._view([Paragraph((Span(text),), role="missing")])
        return self._view([self._figure(name, picture)], frame=frame_table(picture.table))

    def _figure(self, name: str, picture: DistrictPicture) -> Figure:
        told = self._tell_caption(name, picture)
        caption = "".join(span.text for span in told)
        look = Look(
            self.language,
            get_setting(self.language, "decimal"),
            get_setting(self.language, "group"),
        )
        look = fit_look(picture, look) if picture.kind in SMALL else look
        words = {
            **self.furniture["charts"],
            **self.words["charts"],
            "unit": picture.unit,
            **picture.words,
        }
        spec = CHARTS.get(picture.kind)(picture.data, words, look)
        height = int(spec["layout"].get("height") or 400)
        said = "" if picture.members is None else self.sight.coverage(picture.members)
        alt = ". ".join(filter(None, (caption, _tell_ends(picture), said)))
        whence = ", ".join(filter(None, (str(self.words["source"]), picture.when)))
        below = (whence, said.rstrip("."), picture.note)
        source = ". ".join(filter(None, below))
        return Figure(
            caption,
            alt,
            spec,
            picture.table,
            self._anchor(name),
            source,
            width=look.width,
            height=height,
            told=told,
        )

    def _tell_caption(self, name: str, picture: DistrictPicture) -> tuple[Span, ...]:
        """What the figure finds, by the rules ``caption_…``, and «n of N»."""
        narrator = replace(self.narrator, given={"high": None, "low": None, **picture.figures})
        told = tell_title(
            narrator,
            self.catalog.statuses,
            f"caption_{name}",
            plain=self._name_figure(name, picture),
            subject=picture.subject,
            **picture.names,
        )
        share = "" if picture.members is None else self.sight.share(picture.members)
        return (*told, Span(f" {share}")) if share else told

    def _name_figure(self, name: str, picture: DistrictPicture) -> str:
        return str(self.words["captions"][name]).format(subject=picture.subject, unit=picture.unit)

    def table(self, name: str, *args: str) -> View:
        """A table; without rows a word on what is missing stands in its place, where no sentence
        has said it."""
        table = TABLES.get(name)(self.sight, *args)
        if table is None:
            title = str(self.words["tables"][name]).format(section="", subject="", day=GAP)
            title = title.strip(": ")
            said = self.words["none"].get(name, self.words["no_table"].format(name=title))
            return self._view([Paragraph((Span(str(said)),), role="missing")] if said else [])
        return self._view([table], frame=frame_table(table))

    def caveats(self) -> View:
        """What the district's rules find in its own folder (R-40 … R-48), with all verdicts."""
        lines = tuple(
            (Span(f"{row.rule}: {getattr(row, f'message_{self.language}')}"),)
            for row in self.findings.itertuples()
            if row.rule.startswith("R-") or row.severity == "error"
        )
        told: list[Block] = [
            Listing(lines, role="caveat")
            if lines
            else Paragraph((Span(str(self.words["rules_kept"])),))
        ]
        unseen = [one.rule for one in list_verdicts(self.data) if one.verdict == NOT_CHECKABLE]
        if unseen:
            text = str(self.words["rules_open"]).format(rules=", ".join(unseen))
            told.append(Paragraph((Span(text),), role="missing"))
        rules = Fold(str(self.words["rules_fold"]), (tabulate_rules(self.sight),))
        return self._view([*told, rules], reads=("findings",))

    def _anchor(self, text: str) -> str:
        name = f"district-{text}".replace(".", "-").replace("_", "-")
        self._anchors[name] = self._anchors.get(name, 0) + 1
        return name if self._anchors[name] == 1 else f"{name}-{self._anchors[name]}"

    def _view(
        self, blocks: list[Block], *, frame: pd.DataFrame | None = None, reads: tuple[str, ...] = ()
    ) -> View:
        seen: tuple[Any, ...] = (*sorted(self.book.read), *reads)
        self.book.read.clear()
        return View(tuple(blocks), seen, frame if frame is not None else pd.DataFrame())


def _tell_ends(picture: DistrictPicture) -> str:
    """The first and the last row of the data, for readers who do not see the picture."""
    rows = picture.table.rows
    ends = [rows[0], rows[-1]] if len(rows) > 1 else list(rows)
    return "; ".join(": ".join(cell.text for cell in row if cell.text) for row in ends)

"""The façade of the section notebooks: one object that tells, draws and tabulates one section.

A notebook cell calls one method and shows what it answers; every word comes from the catalogue,
every number from results.csv. Nothing is computed and nothing is written here. Parts that need more
than the section itself register in ``PARTS``; ``facade`` knows them all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import pandas as pd

from sedp_helpers.blocks import Block, Box, Figure, Fold, Heading, Listing, Paragraph, Span, Table
from sedp_helpers.compare.figures import list_compared
from sedp_helpers.desk import Desk
from sedp_helpers.language import get_setting
from sedp_helpers.models import Indicator, ResultSpec
from sedp_helpers.present.caveats import tell_statuses
from sedp_helpers.present.charts import CHARTS
from sedp_helpers.present.forms import Form
from sedp_helpers.present.hidden import count_hidden_villages
from sedp_helpers.present.narrative import Narrator
from sedp_helpers.present.passport import read_places, tabulate_passport
from sedp_helpers.present.peers import tell_peers
from sedp_helpers.present.pictures import PICTURES, Picture, Viewer
from sedp_helpers.present.sheets import drop_place
from sedp_helpers.present.sizes import fit_look
from sedp_helpers.present.sparse import drop_repeated, list_sparse
from sedp_helpers.present.tables import list_missing
from sedp_helpers.present.theme import Look
from sedp_helpers.present.titles import describe, tell_title
from sedp_helpers.registry import Registry
from sedp_helpers.view import View, frame_table

MOST_ALIKE = 3  # findings of one rule that stand under a section


Part = Callable[..., list[Block]]  # takes the open section, answers what it shows
PARTS: Registry[Part] = Registry("part")


class Section:
    """One section (or part) of the report for one municipality in one language."""

    def __init__(self, name: str, desk: Desk) -> None:
        self.name = name
        self.desk = desk
        self.language = desk.language
        self.book = desk.book
        self.viewer = Viewer(self.book, desk.wording,
                             read_places(desk.registers.get("villages")))
        self.furniture = desk.furniture
        self._anchors: dict[str, int] = {}

    # ---- telling -------------------------------------------------------------------------
    @property
    def narrator(self) -> Narrator:
        self.desk.read.add(f"words:{self.name}")
        return self._narrator

    @cached_property
    def _narrator(self) -> Narrator:
        catalog, wording = self.desk.catalog, self.desk.wording
        topics = {**catalog.read("narrative/common.yml"),
                  **catalog.read(f"narrative/{self.name}.yml")}
        words = {**catalog.words("sentences/common", self.language),
                 **catalog.words(f"sentences/{self.name}", self.language)}
        return Narrator(self.book, topics, words, self._places(), wording.name, wording.decimals,
                        wording.unit_kind, self.language, wording.item_name)

    def _places(self) -> dict[str, Any]:
        place, language = self.desk.municipality, self.language
        generic = self.furniture["generic"]
        kind = generic[place.type]
        words = {"place": kind.format(name=place.name.get(language)),
                 "kind": generic[f"{place.type}_alone"], "section": self.title}
        if place.district:
            words["district"] = generic["district"].format(name=place.district.name.get(language))
        flags = {"sample": place.sample, "mountain": bool(place.mountain),
                 "border": bool(place.border), "city": place.type == "city",
                 "has_district": place.district is not None,
                 "approved": place.document.status == "approved"}
        return {"words": words, "flags": flags}

    @property
    def title(self) -> str:
        for section in self.desk.catalog.sections:
            if section.id == self.name:
                return section.title.get(self.language)
        return str(self.furniture["parts"].get(self.name, self.name))

    @property
    def number(self) -> str:
        return next((str(s.number) for s in self.desk.catalog.sections if s.id == self.name), "")

    def opening(self) -> View:
        """Heading, the finding of the section in a sentence, and how much of its data is there."""
        blocks: list[Block] = [Heading(1, self.title, self.name, self.number)]
        if "opening" in self.narrator.topics:
            blocks += [_as(p, "finding") for p in self.narrator.tell("opening")]
        blocks += [_as(p, "note") for p in self.narrator.tell("coverage", item=self.name)]
        return self._view(blocks)

    def say(self, topic: str, **bound: str) -> View:
        """The sentences of a topic that the figures call for, under its own heading."""
        paragraphs = self.narrator.tell(topic, **bound)
        heading = self.desk.catalog.words(f"topics/{self.name}", self.language).get(topic)
        blocks: list[Block] = [Heading(2, heading, self._anchor(topic))] if heading else []
        return self._view([*blocks, *paragraphs])

    def notes(self) -> View:
        """What the expert wrote for this section; kept over every run."""
        text = self.desk.notes.get(self.name, "")
        paragraphs = [Paragraph((Span(part.strip()),), role="note")
                      for part in text.split("\n\n") if part.strip()]
        if not paragraphs:
            return self._view([])
        return self._view([Box(tuple(paragraphs), "note", self.furniture["labels"]["expert"])])

    def questions(self) -> View:
        """The guiding questions of the section, each with its answer or with what is missing."""
        return self.part("questions")

    def problems(self) -> View:
        """Problems with their evidence, candidate goals and example measures."""
        return self.part("problems")

    def part(self, name: str, **options: Any) -> View:
        """A part of a chapter by its name."""
        return self._view(PARTS.get(name)(self, **options))

    def beside(self, name: str) -> Section:
        """Another section of the same municipality and language."""
        return Section(name, self.desk)

    # ---- drawing -------------------------------------------------------------------------
    def chart(self, ident: str | list[str], *, kind: str = "trend", caption: str = "",
              **options: Any) -> View:
        """A figure of a result; without figures, a word on what is missing instead."""
        picture = PICTURES.get(kind)(self.viewer, ident, **options)
        first = ident if isinstance(ident, str) else options.get("end", ident[0])
        by_village = kind == "village_map" or options.get("dim") == "village"
        if picture.empty:
            return self._view([self._missing_figure(first, by_village=by_village)])
        return self._view([self._figure(picture, first, caption or kind),
                           *self._prove(picture, first), *self._note_hidden(first, by_village)],
                          frame=frame_table(picture.table))

    def _prove(self, picture: Picture, ident: str) -> list[Paragraph]:
        """Beside a forecast, how far off such forecasts were (nothing beside other figures)."""
        ahead = getattr(picture.data, "forecast", None)
        return self.narrator.tell("proof", id=ident) if ahead else []

    def _note_hidden(self, ident: str, by_village: bool) -> list[Paragraph]:
        """That a picture by village leaves out villages whose small numbers are protected."""
        if not by_village or not count_hidden_villages(self.book, ident):
            return []
        return [Paragraph((Span(self.furniture["labels"]["villages_hidden"]),), role="note")]

    def draw(self, picture: Picture, ident: str, caption: str, **bound: str) -> Figure:
        """A picture made elsewhere as a figure, under the caption of this section."""
        return self._figure(picture, ident, caption, **bound)

    def _figure(self, picture: Picture, ident: str, caption: str, **bound: str) -> Figure:
        told = tell_title(self.narrator, self.desk.catalog.statuses, f"caption_{caption}",
                          id=ident, **bound)
        text = "".join(span.text for span in told)
        look = fit_look(picture, Look(self.language, get_setting(self.language, "decimal"),
                                      get_setting(self.language, "group")))
        words = {**self.furniture["charts"], "unit": picture.unit, **picture.words}
        spec = CHARTS.get(picture.kind)(picture.data, words, look)
        height = int(spec["layout"].get("height") or 400)
        alt = describe(picture.table, text, self.furniture["labels"]["data"])
        return Figure(text, alt, spec,
                      picture.table, self._anchor(f"{ident}-{picture.kind}"),
                      self._source(ident), width=look.width, height=height, told=told)

    def _missing_figure(self, ident: str, *, by_village: bool = False) -> Block:
        lines, labels = list_missing(self.viewer, [ident]), self.furniture["labels"]
        name = self.desk.wording.name(ident)
        name = labels["by_village"].format(name=name) if by_village else name
        label = labels["no_figure"].format(name=name)
        blocks: list[Block] = [Paragraph((Span(label),), role="missing")]
        if lines:
            blocks.append(Listing(tuple(lines)))
        return Box(tuple(blocks), "missing")

    def _source(self, ident: str) -> str:
        spec = self.desk.catalog.indicators.get(ident)
        if spec is None:
            return str(self.furniture["labels"]["computed"])
        names = [self.desk.catalog.sources[s]["name"].get(self.language) for s in spec.source]
        return ", ".join(names)

    # ---- tabulating ----------------------------------------------------------------------
    def table(self, ids: list[str] | None = None) -> View:
        """The figures of the section; what is missing is listed with where to get it."""
        blocks = PARTS.get("figures")(self, ids)
        table = next((block for block in blocks if isinstance(block, Table)), None)
        return self._view([*blocks, *self._peers()], frame=frame_table(table) if table else None)

    def _peers(self) -> list[Block]:
        """How the figures of the section stand among those of similar municipalities."""
        measures = list_compared(self.desk.catalog.read("district.yml"), self.name)
        words = self.desk.catalog.words("peers", self.language)
        told = tell_peers(self.viewer, measures, words,
                          str(words["caption"]).format(section=self.title))
        if len(told) < 2:
            return told  # a note that nothing can be compared needs no heading
        return [Heading(2, str(words["heading"]), self._anchor("peers")), *told]

    @property
    def indicators(self) -> list[str]:
        """The ids of the section's indicators and results, in catalogue order."""
        catalog = self.desk.catalog
        found: list[Indicator | ResultSpec] = [*catalog.indicators.values(),
                                              *catalog.results.values()]
        return [spec.id for spec in found
                if spec.section == self.name and not spec.id.startswith("quality.")]

    def passport(self) -> View:
        """Where the municipality lies, what belongs to it and how large it is."""
        words = self.desk.catalog.words("passport", self.language)
        table = tabulate_passport(self.viewer, self.desk.municipality, words,
                                  self.desk.name_village(self.desk.municipality.centre))
        return self._view([table], frame=frame_table(table))

    def form(self, name: str, *, folded: bool = False) -> View:
        """A fixed table of ``catalog/forms`` with a word on whose layout it is; ``folded`` leaves
        a long one to the annex on paper."""
        form = Form(self.desk.catalog.read(f"forms/{name}.yml"), self.viewer,
                    self.desk.measure_names)
        table, heading = form.table(), Heading(2, form.title, self._anchor(name))
        if table is None:
            label = self.furniture["labels"]["no_figure"].format(name=form.title)
            return self._view([heading, Box((Paragraph((Span(label),), "missing"),), "missing")])
        blocks: list[Block] = [Fold(form.title, (table,))] if folded else [heading, table]
        return self._view(blocks, frame=frame_table(table))

    def caveats(self) -> View:
        """What to keep in mind: statuses of the figures and findings of the data, in words."""
        lines: list[tuple[Span, ...]] = [
            *tell_statuses(self.viewer, self.indicators, self.furniture["labels"])]
        lines += [(Span(text),) for text in self._finding_texts()]
        if not lines:
            return self._view([])
        heading = Heading(2, self.furniture["labels"]["caveats"], self._anchor("caveats"))
        return self._view([heading, Listing(tuple(lines), role="caveat")])

    def _finding_texts(self) -> list[str]:
        findings, catalog = self.desk.list_findings(self.name), self.desk.catalog
        mine = findings[findings["severity"].isin(["error", "warning"])]
        leads = catalog.words("frame", self.language)["finding_leads"]
        texts: dict[str, None] = {}
        for rule, alike in mine.groupby("rule", sort=False):
            told = list(dict.fromkeys(drop_place(record, leads, catalog, self.language)
                                      for record in alike.to_dict("records")))
            if len(told) > 1 and rule in catalog.rules and rule.startswith("R-"):
                told = [self.desk.tell_rule(rule)]  # once over all its records
            texts |= dict.fromkeys(told[:MOST_ALIKE])  # the rest: data quality
        return list(texts)

    # ---- data ----------------------------------------------------------------------------
    def data(self, ident: str) -> pd.DataFrame:
        """The rows of results.csv of an id, to work on."""
        self.desk.read.add(ident)
        return self.desk.results[self.desk.results["result"] == ident].copy()

    def _anchor(self, text: str) -> str:
        name = f"{self.name}-{text}".replace(".", "-").replace("_", "-")
        self._anchors[name] = self._anchors.get(name, 0) + 1
        return name if self._anchors[name] == 1 else f"{name}-{self._anchors[name]}"

    def _view(self, blocks: list[Block], *, frame: pd.DataFrame | None = None) -> View:
        seen = tuple(sorted(self.desk.read))
        self.desk.read.clear()
        told = drop_repeated(list_sparse(blocks, self.furniture["labels"]))
        return View(tuple(told), seen, frame if frame is not None else pd.DataFrame())


def _as(paragraph: Paragraph, role: str) -> Paragraph:
    return Paragraph(paragraph.spans, role, paragraph.rule)



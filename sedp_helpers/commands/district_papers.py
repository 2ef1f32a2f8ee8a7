"""Papers of the district: a page to each municipality, reminder letters, two pages for the head.

What the district knows and owes before the programmes start (Q14, Q32, Q39), and how far they are.
Every number is one of the district book; nothing is added up over programmes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sedp_helpers.blocks import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Listing,
    Paragraph,
    Span,
    Table,
)
from sedp_helpers.commands.district_head import HeadPaper
from sedp_helpers.commands.district_record import PaperFolder
from sedp_helpers.commands.merge import find_free
from sedp_helpers.compare.lateness import STEPS, list_steps
from sedp_helpers.compare.results import compute_district
from sedp_helpers.compare.status import day_due, list_lacking
from sedp_helpers.console import Console
from sedp_helpers.district.book import DistrictBook
from sedp_helpers.district.findings import list_findings
from sedp_helpers.district.gather import gather_district
from sedp_helpers.district.tables.members import write_unrecorded
from sedp_helpers.language import format_date
from sedp_helpers.paths import Workspace
from sedp_helpers.process.calendar import read_calendar
from sedp_helpers.publish.brief import render_brief
from sedp_helpers.publish.letter import Letter, render_letter
from sedp_helpers.publish.manifest import build_time

MOST = {"programmes": 4, "projects": 5, "figures": 8}


def open_papers(workspace: Workspace, district: str, language: str, as_of: str = "") -> Papers:
    """The papers of a district as it is now."""
    data = gather_district(workspace, district, as_of=as_of)
    book = DistrictBook(data, compute_district(data), list_findings(workspace, data), language)
    return Papers(book, PaperFolder(workspace, data, language))


def write_down(
    workspace: Workspace,
    district: str,
    console: Console,
    *,
    languages: Sequence[str] = ("ky",),
    as_of: str = "",
) -> None:
    """`sedp brief-down`: one page for each municipality."""
    for language in languages:
        papers = open_papers(workspace, district, language, as_of)
        for unit in papers.book.data.members:
            papers.write(f"brief-down/{unit}.pdf", papers.make_down(unit), console)


def write_reminders(
    workspace: Workspace,
    district: str,
    console: Console,
    *,
    languages: Sequence[str] = ("ky",),
    as_of: str = "",
) -> None:
    """`sedp remind`: a letter to each municipality that is late, incomplete or in error."""
    for language in languages:
        papers = open_papers(workspace, district, language, as_of)
        for unit in papers.book.data.members:
            letter = papers.make_reminder(unit)
            if letter is None:
                console.say("nothing_to_remind", name=papers.book.sight.name(unit))
                continue
            day = papers.book.data.as_of.isoformat()
            target = find_free(papers.kept.folder / "letters" / f"{day} ({unit}).docx")
            words = papers.book.catalog.words("publish", language)
            papers.kept.keep(
                f"letters/{target.name}", render_letter(letter, words, build_time()), console
            )


class Papers(HeadPaper):
    """All papers of one district in one language."""

    def write(self, name: str, document: Document, console: Console) -> None:
        words = self.book.catalog.words("publish", self.language)
        self.kept.keep(name, render_brief(document, words), console)

    def _full_name(self, unit: str) -> str:
        """The municipality with the word for what it is."""
        kind = self.book.data.members[unit].place.type
        return str(self.book.furniture["generic"][kind]).format(name=self.sight.name(unit))

    # ---- down to a municipality --------------------------------------------------------------
    def make_down(self, unit: str) -> Document:
        """What the district tells a municipality before it starts: one page."""
        year = self.book.data.members[unit].place.drafting
        parts = (
            self._tell_programmes(),
            self._tell_projects(unit),
            self._tell_nature(unit),
            self._tell_calendar(year),
            self._tell_lacking(unit),
        )
        blocks = [block for part in parts for block in part]
        return self._document(
            str(self.words["down_title"]).format(name=self._full_name(unit)),
            str(self.words["down_subtitle"]).format(year=year),
            blocks,
        )

    def _say(self, key: str, role: str = "text", **slots: object) -> Paragraph:
        return Paragraph((Span(str(self.words[key]).format(**slots)),), role)

    def _tell_programmes(self) -> list[Block]:
        rows = self.book.data.register("higher_programmes").to_dict("records")
        if not rows:
            return [self._say("no_programmes", "missing")]
        lines = tuple(
            (
                Span(
                    ": ".join(
                        filter(None, (self.sight.text(row, "name"), self.sight.text(row, "goal")))
                    )
                ),
            )
            for row in rows[: MOST["programmes"]]
        )
        return [Heading(2, str(self.words["programmes"])), Listing(lines)]

    def _tell_projects(self, unit: str) -> list[Block]:
        """Money of others in the municipality: development fund and state projects (R-57)."""
        table = self._tabulate_projects(unit)
        return [table if table.rows else self._say("no_projects", "missing")]

    def _tabulate_projects(self, unit: str) -> Table:
        sight, rows = self.sight, []
        for place, row in enumerate(
            self.book.data.register("state_projects").to_dict("records"), 1
        ):
            if row.get("municipality") == unit:
                years = "–".join(
                    filter(None, (str(row.get("start") or "")[:4], str(row.get("end") or "")[:4]))
                )
                rows.append(
                    (
                        Cell(sight.text(row, "name")),
                        Cell(str(self.words["state"])),
                        Cell(years),
                        sight.cell(sight.one("state.amount", item=f"p{place}")),
                    )
                )
        fund = self.book.data.register("development_fund").to_dict("records")
        mine = [
            (row["year"], place, row)
            for place, row in enumerate(fund, 1)
            if row.get("municipality") == unit and row["year"] == row["year"]
        ]
        for year, place, row in sorted(mine, key=lambda one: (-one[0], one[1])):
            rows.append(
                (
                    Cell(sight.text(row, "project")),
                    Cell(sight.code("funding_sources", row.get("source"))),
                    Cell(f"{year:.0f}"),
                    sight.cell(sight.one("fund.project", item=f"f{place}")),
                )
            )
        columns = (
            sight.column("project", wide=True),
            sight.column("from"),
            sight.column("years"),
            sight.column("amount", sight.wording.unit("som"), numeric=True),
        )
        return Table(str(self.words["projects"]), columns, tuple(rows[: MOST["projects"]]))

    def _tell_nature(self, unit: str) -> list[Block]:
        rows = [
            row
            for row in self.book.data.register("protected_areas").to_dict("records")
            if row.get("municipality") == unit
        ]
        lines = tuple(
            (
                Span(
                    ": ".join(
                        filter(
                            None,
                            (self.sight.text(row, "name"), self.sight.text(row, "restrictions")),
                        )
                    )
                ),
            )
            for row in rows[: MOST["programmes"]]
        )
        return [Heading(2, str(self.words["nature"])), Listing(lines)] if lines else []

    def _tell_calendar(self, year: int) -> list[Block]:
        steps = read_calendar(self.book.catalog, year)
        rows = tuple(
            (
                Cell(step.number),
                Cell(step.title.get(self.language)),
                Cell(format_date(step.first, self.language, "plain")),
                Cell(format_date(step.last, self.language, "plain")),
            )
            for step in steps
        )
        columns = (
            Column("№"),
            Column(str(self.words["step"]), wide=True),
            Column(str(self.words["first_day"])),
            Column(str(self.words["last_day"])),
        )
        return [Table(str(self.words["calendar"]), columns, rows)]

    def _tell_lacking(self, unit: str) -> list[Block]:
        """The figures that no programme can do without and the municipality still lacks."""
        lacking = self._name_lacking(unit)
        if not lacking:
            return [self._say("all_there")]
        shown = "; ".join(lacking[: MOST["figures"]])
        rest = len(lacking) - MOST["figures"]
        more = str(self.words["more"]).format(n=rest) if rest > 0 else "."
        return [Paragraph((Span(f"{self.words['lacking']} {shown}{more}"),), "note")]

    def _name_lacking(self, unit: str) -> list[str]:
        member = self.book.data.members[unit]
        lacking, _ = list_lacking(
            member.observations, self.book.catalog.indicators, member.place.base_year
        )
        return [self.book.wording.name(ident) for ident in lacking]

    # ---- reminders ---------------------------------------------------------------------------
    def make_reminder(self, unit: str) -> Letter | None:
        """The letter to a member; None where nothing is late, missing or in error."""
        rows = list(self._list_due(unit))
        if not rows:
            return None
        data, words = self.book.data, self.words
        letters = self.book.catalog.words("letters", self.language)
        district = self.book.furniture["generic"]["district"].format(
            name=data.name.get(self.language)
        )
        return Letter(
            self.language,
            str(words["sender"]).format(district=district),
            letters["dated"].format(date=format_date(data.as_of, self.language)),
            str(words["addressee"]).format(name=self._full_name(unit)),
            tuple(str(text) for text in words["reminder"]),
            letters["attached"].format(n=1),
            str(words["signer"]),
            letters["signature"],
            letters["annex"],
            str(words["reminder_caption"]),
            tuple(words["reminder_columns"]),
            tuple((str(number), *row) for number, row in enumerate(rows, 1)),
        )

    def _list_due(self, unit: str) -> Iterator[tuple[str, str, str]]:
        """What is late, lacking or in error: what, due day, days late or how many."""
        data, sight = self.book.data, self.sight
        member = data.members[unit]
        for step in list_steps(
            unit, member.registers, drafting=member.place.drafting, as_of=data.as_of
        ):
            day = day_due(step.step, member.place.drafting)
            if day and write_unrecorded(sight, step):
                yield (
                    sight.head(f"step_{step.step}"),
                    format_date(day, self.language, "plain"),
                    str(sight.words["steps"]["unknown"]),
                )
            elif step.state == "late" and step.step in STEPS:
                days, count = (
                    sight.by_member(f"late.{name}", item=step.step).get(unit)
                    for name in ("days", "count")
                )
                told = [
                    str(sight.words[key]).format(n=sight.wording.number(entry))
                    for key, entry in (("late_days", days), ("late_count", count))
                    if entry
                ]
                yield (
                    sight.head(f"step_{step.step}"),
                    format_date(day, self.language, "plain") if day else "—",
                    "; ".join(told),
                )
        lacking = self._name_lacking(unit)
        if lacking:
            yield (f"{self.words['lacking']} {'; '.join(lacking)}", "—", str(len(lacking)))
        errors = sight.by_member("quality.errors").get(unit)
        if errors and errors.value:
            yield str(self.words["errors"]), "—", sight.wording.number(errors)

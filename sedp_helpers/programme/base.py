"""What the parts of both programme chapters share: registers with words, the case, empty parts.

Tables and pictures are made in ``present``, verdicts in ``process``. A part without records is
silent: the chapter says once which registers are not filled in.
"""

from __future__ import annotations

from sedp_helpers.blocks import Block, Figure, Fold, Heading, Paragraph, Span, Table
from sedp_helpers.present.pictures import Picture
from sedp_helpers.present.records import Files
from sedp_helpers.process.case import Case
from sedp_helpers.section import Section


def open_files(section: Section) -> Files:
    """The registers of the municipality with the words of these chapters."""
    words = section.desk.catalog.words("programme", section.language)
    return Files(section.viewer, section.desk.registers, words)


def open_case(section: Section) -> Case:
    """The municipality on the as-of day, for the rules of the process."""
    return section.desk.open_case()


def show(*made: Table | Figure | None) -> list[Block]:
    """The tables and figures that there are."""
    return [one for one in made if one is not None]


def fold(*made: Table | None) -> list[Block]:
    """The same, folded on a screen and in the annex on paper."""
    return [Fold(one.caption, (one,)) for one in made if one is not None]


def fold_figure(section: Section, figure: Figure | None, caption: str) -> list[Block]:
    """A figure in a fold that is named by what it shows; the finding stands at the figure."""
    if figure is None:
        return []
    return [Fold(section.narrator.sentences[f"caption_{caption}"], (figure,))]


def make_figure(section: Section, picture: Picture, ident: str, caption: str) -> Figure | None:
    return None if picture.empty else section.draw(picture, ident, caption)


def draw(section: Section, picture: Picture, ident: str, caption: str) -> list[Block]:
    return show(make_figure(section, picture, ident, caption))


def head(section: Section, key: str, blocks: list[Block]) -> list[Block]:
    """Blocks under a heading; nothing where there are none."""
    if not blocks:
        return []
    heading = Heading(2, open_files(section).words["headings"][key], f"{section.name}-{key}")
    return [heading, *blocks]


def tell(section: Section, key: str, blocks: list[Block]) -> list[Block]:
    """Blocks under a heading and their sentences; nothing where there are no blocks."""
    return head(section, key, [*section.narrator.tell(key), *blocks]) if blocks else []


def list_unfilled(section: Section, registers: tuple[str, ...]) -> list[Block]:
    """One sentence on the registers of a chapter that nobody has filled in."""
    files, known = open_files(section), section.desk.catalog.registers
    names = [files.words["unfilled_name"].format(name=known[name].name.get(section.language))
             for name in registers if not files.rows(name)]
    if not names:
        return []
    text = files.words["unfilled"].format(names=", ".join(names))
    return [Paragraph((Span(text),), role="missing")]

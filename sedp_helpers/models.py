"""The nouns of the programme as frozen, checked models.

What is written by hand (catalogue, municipality.yaml) is a pydantic model that refuses unknown
keys; what the program makes by the thousand (findings) is a light dataclass.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

LANGUAGES = ("ky", "ru", "en")
SECTIONS = (
    "general",
    "population",
    "services",
    "economy",
    "inclusion",
    "space",
    "environment",
    "budget",
)
RESULT_SECTIONS = (*SECTIONS, "participation", "plan")
DIMS = ("sex", "age", "village", "item")
MISSING_STATUSES = ("O", "L", "M", "Q")
STATUS_ORDER = ("F", "U", "I", "E", "V", "P", "B", "N")
STATUSES = ("A", *STATUS_ORDER, *MISSING_STATUSES)


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Strict):
    """A reader-visible text: Kyrgyz is the source, the others are overlays."""

    ky: str = ""
    ru: str = ""
    en: str = ""

    def get(self, language: str) -> str:
        """The text in a language; the Kyrgyz source where the overlay is missing."""
        return getattr(self, language) or self.ky


class Indicator(Strict):
    """A number that an office types in (CONTRACT section 4)."""

    id: str
    section: str
    name: Text
    definition: Text = Text()
    unit: str
    time: Literal["stock", "flow", "mean", "static"]
    dims: tuple[str, ...] = ()
    adds_over: tuple[str, ...] = ()
    items: str = ""  # code list of the item dimension; "free" = any code
    item_required: bool = False
    of_which: tuple[str, ...] = ()  # items that are parts of other items, never added
    source: tuple[str, ...] = ()  # offices and registers of sources.yml
    availability: tuple[str, ...] = ()  # M A D O E F of DOMAIN.md
    tier: int = 2
    exists_at: Literal["municipality", "district", "oblast", "none-yet"] = "municipality"
    direction: Literal["up", "down", "neutral"] = "neutral"
    decimals: int = 0
    growth: bool = True
    forecast: bool = True
    ref: str = ""  # POP-01, Q23 …
    sheet_years: int = 8


class ResultSpec(Strict):
    """A number that is computed (CONTRACT section 5)."""

    id: str
    section: str
    name: Text
    definition: Text = Text()
    unit: str
    formula: str  # name in compute.formulas or compute.custom_*
    inputs: dict[str, str] = {}  # role -> "indicator[item]" (see compute.inputs)
    by: tuple[str, ...] = ()  # dimensions the result is computed for, beside the total
    params: dict[str, Any] = {}
    direction: Literal["up", "down", "neutral"] = "neutral"
    decimals: int = 1
    rule: str = ""
    ref: str = ""


class SectionSpec(Strict):
    id: str
    number: int
    notebook: str
    title: Text


class Code(Strict):
    code: str
    name: Text


class Column(Strict):
    """One column of a register."""

    id: str
    name: Text = Text()
    type: Literal["text", "id", "int", "number", "money", "pct", "date", "year", "bool", "code",
                  "list", "time", "any"] = "text"
    codes: str = ""  # code list
    refers: str = ""  # "villages.id"
    required: bool = False
    private: bool = False  # never leaves data/raw


class Register(Strict):
    id: str
    name: Text
    key: str = ""  # column that is unique and required
    level: Literal["municipality", "district", "both", "reference"] = "municipality"
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at in the data: a rule, a place and the parameters of its sentence.

    ``text`` is the key of the sentence in text/<lang>/findings.yml (default: the rule itself).
    """

    rule: str
    severity: Literal["error", "warning", "note"]
    section: str = ""
    table: str = ""
    row: int | None = None
    column: str = ""
    cell: str = ""
    value: str = ""
    text: str = ""
    params: dict[str, Any] = field(default_factory=dict)


class Place(Strict):
    """A named higher unit: district or oblast."""

    id: str
    name: Text = Text()


class Period(Strict):
    start: int
    end: int


class DocumentState(Strict):
    status: Literal["draft", "hearing", "council", "approved"] = "draft"
    version: str = ""
    date: str = ""
    resolution: str = ""


class Municipality(Strict):
    """municipality.yaml after typing (CONTRACT section 3)."""

    format: int = 1
    id: str
    name: Text
    type: Literal["aimak", "city"] = "aimak"
    oblast: Place | None = None
    district: Place | None = None
    soate: str = ""
    base_year: int
    horizon: int = 3
    level: Literal["simple", "complex"] = "simple"
    drafting_year: int | None = None
    programme: Period | None = None
    document: DocumentState = DocumentState()
    forecast_methods: tuple[str, ...] = ()
    planning_method: str = ""
    stock_date: Literal["year_end", "year_start"] = "year_end"
    sample: bool = False
    closed: bool = False
    as_of: str = ""
    founded: str = ""
    centre: str = ""
    distances_km: dict[str, float] = {}
    altitude_m: float | None = None
    relief: str = ""
    mountain: bool | None = None
    border: bool | None = None
    large: bool = False
    predecessors: tuple[str, ...] = ()
    approval: dict[str, Any] = {}
    logo: str = ""
    signatures: tuple[dict[str, str], ...] = ()
    hide_sections: tuple[str, ...] = ()

    @property
    def drafting(self) -> int:
        return self.drafting_year or self.base_year + 1

    @property
    def plan_years(self) -> Period:
        return self.programme or Period(start=self.drafting + 1, end=self.drafting + 3)

    @property
    def last_forecast_year(self) -> int:
        """The horizon, reaching the end of the programme where one is given."""
        end = self.base_year + self.horizon
        return max(end, self.programme.end) if self.programme else end

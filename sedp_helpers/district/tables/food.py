"""Tables that stand in the district book alone: food (R-43, Q52) and protected areas (R-44)."""

from __future__ import annotations

from sedp_helpers.blocks import Cell, Column, Table
from sedp_helpers.compare.figures import Measure
from sedp_helpers.compare.food import ENOUGH_PCT
from sedp_helpers.district.sight import GAP, Sight
from sedp_helpers.language import join_words


def tabulate_food(sight: Sight) -> Table | None:
    """What the district grows of what it eats, product by product (R-43)."""
    products = sight.book.items("food.balance_t")
    numbers = ("produced_t", "needed_t", "imported_t", "balance_t", "self_pct", "covered_pct")
    rows = tuple(
        (
            Cell(product_name(sight, product)),
            _year_of(sight, product),
            *(sight.cell(sight.one(f"food.{name}", item=product)) for name in numbers),
        )
        for product in products
    )
    columns = (
        sight.column("product"),
        sight.column("year"),
        *(
            sight.column(f"food_{name}", sight.unit_of(f"food.{name}"), numeric=True)
            for name in numbers
        ),
    )
    return Table(sight.words["tables"]["food"], columns, rows) if rows else None


def _year_of(sight: Sight, product: str) -> Cell:
    entry = sight.one("food.balance_t", item=product)
    return Cell(str(entry.year) if entry and entry.year else GAP)


def tabulate_food_risks(sight: Sight) -> Table | None:
    """What bears on the supply of food in each member: water, land, hazards, migration (Q52)."""
    measures = [
        measure
        for measure in map(Measure.read, sight.data.settings["food_risks"])
        if sight.year_of(measure) is not None
    ]
    columns = [
        sight.by_member(measure.id, item=measure.item, year=sight.year_of(measure))
        for measure in measures
    ]
    have = [unit for unit in sight.units if any(unit in values for values in columns)]
    rows = tuple(
        (Cell(sight.name(unit)), *(sight.cell(values.get(unit)) for values in columns))
        for unit in have
    )
    heads = (
        Column(
            f"{sight.wording.measure(measure)} ({sight.year_of(measure)})",
            sight.unit_of(measure.id),
            True,
        )
        for measure in measures
    )
    note = sight.coverage(have)
    return (
        Table(
            sight.words["tables"]["food_risks"],
            (sight.column("member"), *heads),
            rows,
            notes=(note,) if note else (),
        )
        if rows
        else None
    )


def product_name(sight: Sight, product: str) -> str:
    """The name of a food: the catalogue's crops, else the book's own list."""
    return str(sight.words["products"].get(product) or sight.wording.name(product))


def name_foods(sight: Sight) -> dict[str, str]:
    """The foods that the district grows enough of, lacks and brings in, by name."""
    found: dict[str, list[str]] = {"enough": [], "short": [], "brought": []}
    last = sight.one("food.products")
    for product in sight.book.items("food.self_pct"):
        grown, brought = (
            sight.one(f"food.{name}", item=product, year=last and last.year)
            for name in ("self_pct", "imported_t")
        )
        if grown is None or not grown.known:
            continue
        name = product_name(sight, product).lower()
        found["enough" if grown.value >= ENOUGH_PCT else "short"].append(name)
        if brought is not None and brought.known and brought.value > 0:
            found["brought"].append(name)
    return {side: join_words(names, sight.language) for side, names in found.items()}


def tabulate_protected(sight: Sight) -> Table | None:
    """Protected areas and what they forbid and allow (R-44)."""
    rows = []
    for place, row in enumerate(sight.data.register("protected_areas").to_dict("records"), 1):
        rows.append(
            (
                Cell(sight.text(row, "name") or GAP),
                Cell(sight.text(row, "kind")),
                Cell(sight.name(str(row.get("municipality") or "")) or GAP),
                sight.cell(sight.one("protected.area_ha", item=f"a{place}")),
                Cell(sight.text(row, "restrictions")),
                Cell(sight.text(row, "effect")),
            )
        )
    columns = (
        sight.column("area_name"),
        sight.column("kind"),
        sight.column("member"),
        sight.column("area", sight.wording.unit("ha"), numeric=True),
        sight.column("restrictions", wide=True),
        sight.column("effect", wide=True),
    )
    return Table(sight.words["tables"]["protected"], columns, tuple(rows)) if rows else None

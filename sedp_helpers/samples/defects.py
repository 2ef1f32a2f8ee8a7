"""What is spoilt on purpose: one municipality with known mistakes, one with hardly any figures.

Why: the check must show what it finds. Every mistake stands here once, under the name it has in
data/raw/README.md; a test proves that each is really in the files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

Rows = list[list[str]]
INDICATOR, YEAR, VALUE, SEX, AGE, VILLAGE, ITEM = range(7)
_SPARSE = ("population.total", "population.households", "population.births",
           "population.deaths", "budget.revenue", "budget.expenditure", "education.pupils")
_SPARSE_YEARS = ("2018", "2019", "2022", "2024")
_SPARSE_REGISTERS = ("villages.csv", "problems.csv", "working_group.csv", "programmes.csv")


def spoil(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The folder with every mistake of ``DEFECTS`` put into its observations and registers."""
    header, *lines = files["observations.csv"].decode("utf-8").splitlines()
    rows = [line.split(",") for line in lines]
    for spoil_rows in DEFECTS.values():
        spoil_rows(rows)
    text = "\n".join([header, *(",".join(row) for row in rows), ""])
    return {**files, "observations.csv": text.encode("utf-8")}


def thin_out(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The folder with a few totals of a few years and four registers."""
    header, *lines = files["observations.csv"].decode("utf-8").splitlines()
    kept = [line for line in lines if _is_sparse(line.split(","))]
    rest = {name: files[name] for name in (*_SPARSE_REGISTERS, "municipality.yaml")}
    return rest | {"observations.csv": "\n".join([header, *kept, ""]).encode("utf-8")}


def _is_sparse(row: list[str]) -> bool:
    total = not any(row[SEX : ITEM + 1])
    return total and row[INDICATOR] in _SPARSE and row[YEAR] in _SPARSE_YEARS


def find_row(rows: Rows, indicator: str, year: str, **dims: str) -> list[str]:
    """The row of a key; dims that are not named are empty."""
    wanted = [indicator, year, dims.get("sex", ""), dims.get("age", ""), dims.get("village", ""),
              dims.get("item", "")]
    for row in rows:
        if [row[INDICATOR], row[YEAR], *row[SEX : ITEM + 1]] == wanted:
            return row
    raise KeyError(", ".join(wanted))


def _set(indicator: str, year: str, value: str, **dims: str) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        find_row(rows, indicator, year, **dims)[VALUE] = value

    return change


def _scale(indicator: str, year: str, factor: float, **dims: str) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        row = find_row(rows, indicator, year, **dims)
        row[VALUE] = repr(round(float(row[VALUE]) * factor, 3)).removesuffix(".0")

    return change


def _shift(indicator: str, year: str, more: int) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        row = find_row(rows, indicator, year)
        row[VALUE] = str(int(row[VALUE]) + more)

    return change


def _append(cells: Iterable[str]) -> Callable[[Rows], None]:
    row = list(cells)

    def change(rows: Rows) -> None:
        rows.append(row + [""] * (10 - len(row)))

    return change


def _copy_year(prefix: str, source: str, target: str) -> Callable[[Rows], None]:
    """All rows of an indicator in one year take the values of another."""

    def change(rows: Rows) -> None:
        values = {tuple(row[SEX : ITEM + 1]): row[VALUE] for row in rows
                  if row[INDICATOR] == prefix and row[YEAR] == source}
        for row in rows:
            if row[INDICATOR] == prefix and row[YEAR] == target:
                row[VALUE] = values[tuple(row[SEX : ITEM + 1])]

    return change


def _double(indicator: str, year: str, factor: float) -> Callable[[Rows], None]:
    """The same key a second time with another value."""

    def change(rows: Rows) -> None:
        row = find_row(rows, indicator, year)
        other = row.copy()
        other[VALUE] = str(round(float(row[VALUE]) * factor))
        rows.append(other)

    return change


DEFECTS: dict[str, Callable[[Rows], None]] = {
    "wrong sum": _shift("population.total", "2023", 207),
    "thousand or decimal": _set("population.households", "2022", '"1,313"'),
    "thousand-fold unit": _scale("budget.revenue", "2021", 0.001, item="land_tax"),
    "duplicated year": _copy_year("services.collected", "2020", "2021"),
    "negative count": _set("population.deaths", "2019", "-24"),
    "jump": _scale("environment.trees_planted", "2022", 14),
    "age turned into a date": _append(["population.total", "2024", "12", "f", "05.сен"]),
    "unknown village": _append(["population.households", "2024", "57", "", "", "v99"]),
    "unknown indicator": _append(["population.totl", "2024", "6900"]),
    "same key, two values": _double("economy.wage", "2023", 1.4),
    "value with a missing status": _append(
        ["population.nsc_estimate", "2016", "6500", "", "", "", "", "O"]),
    "text for a number": _set("space.housing_queue", "2020", "жүз элүү"),
    "served more than live here": _set("services.residents_served", "2024", "99000", item="water"),
}

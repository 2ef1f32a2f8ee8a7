"""The chains of the catalogue as models that can be run; coefficients come with their standing.

Values of the handbook stand once, in norms.yml; the office's own norms take their place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sedp_helpers.analysis.chains import Chain, Link, Parameter, check_chain
from sedp_helpers.catalog.load import Catalog
from sedp_helpers.errors import NotFoundError, name_nearest

Scenario = tuple[dict[str, float], dict[str, float]]


def read_chains(
    catalog: Catalog, norms: Mapping[str, Mapping[str, Any]] | None = None
) -> dict[str, Chain]:
    """Chain id -> model; a chain that contradicts itself is an error of the catalogue."""
    raw = catalog.read("chains.yml")
    known = {**catalog.read("norms.yml"), **(norms or {})}
    parameters = {ident: _read_parameter(ident, one, known)
                  for ident, one in raw["parameters"].items()}
    units = {ident: node["unit"] for ident, node in raw["nodes"].items()}
    chains = {}
    for ident, one in raw["chains"].items():
        links = tuple(Link(**{**link, "sources": tuple(link["sources"]),
                              "factors": tuple(link.get("factors", ()))})
                      for link in one["links"])
        chains[ident] = Chain(ident, tuple(one["inputs"]), links, parameters, units, one["source"])
        check_chain(chains[ident])
    return chains


def read_distance(catalog: Catalog, ident: str) -> int:
    """How many years ahead the example of a chain looks."""
    return int(catalog.read("chains.yml")["chains"][ident]["after"])


def read_scenarios(catalog: Catalog, ident: str) -> dict[str, Scenario]:
    """Scenario -> (inputs, values) as the handbook's example of the chain has them."""
    chains = catalog.read("chains.yml")["chains"]
    if ident not in chains:
        raise NotFoundError(f"no chain {ident!r}: {name_nearest(ident, chains)}",
                            key="unknown_name", name=ident, kind="chain",
                            known=", ".join(chains))
    return {name: (dict(one.get("inputs", {})), dict(one.get("values", {})))
            for name, one in chains[ident]["scenarios"].items()}


def _read_parameter(
    ident: str, raw: Mapping[str, Any], norms: Mapping[str, Mapping[str, Any]]
) -> Parameter:
    """A parameter; of a printed range the middle is taken unless ``at: low`` is said.

    One without a value takes the office's own: a row of norms.csv under the parameter's id.
    """
    norm = norms.get(raw.get("norm", ident), {})  # also an own row for what nobody has printed
    value = _number(norm.get("value", raw.get("value")))
    low = high = None
    if "to_norm" in raw and value is not None:
        low, high = value, _number(norms[raw["to_norm"]]["value"])
        value = low if raw.get("at") == "low" or high is None else (low + high) / 2
    given = "norm" in raw or "value" in raw
    status = raw.get("standing") or ("example" if given else "user")
    code = str(raw.get("handbook", ""))
    source = str(norm.get("source", raw.get("source", ""))).removesuffix(code).strip()
    return Parameter(ident, norm.get("unit", raw.get("unit", "")), value, low, high, source, status,
                     int(raw.get("decimals", 0)), code)


def _number(value: Any) -> float | None:
    try:
        return float(str(value).replace(" ", "").replace(",", "."))
    except ValueError:
        return None

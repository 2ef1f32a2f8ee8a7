"""The small language of conditions in sentence rules: comparisons of numbers, nothing else.

Allowed: names, numbers, strings, + - * /, comparisons, and, or, not, and the functions given by
the caller. A name without a value makes every comparison false, so that a sentence that needs a
missing number is never chosen.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from sedp_helpers.errors import CatalogueError

_BINARY: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COMPARE: dict[type, Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


def holds(
    text: str, values: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]] | None = None
) -> bool:
    """Whether a condition is true; an empty condition is.

    >>> holds("growth > 0.5 and not late", {"growth": 4.5, "late": False})
    True
    >>> holds("growth > 0.5 or growth <= 0.5", {"growth": None})
    False
    """
    if not text:
        return True
    return bool(_evaluate(_parse(text), values, functions or {}))


@cache
def _parse(text: str) -> ast.expr:
    try:
        return ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise CatalogueError(f"condition {text!r} cannot be read") from error


def _evaluate(node: ast.expr, values: Mapping[str, Any], functions: Mapping) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        if node.id not in values:
            raise CatalogueError(f"condition names an unknown value {node.id!r}")
        return values[node.id]
    if isinstance(node, ast.BoolOp):
        parts = (_evaluate(part, values, functions) for part in node.values)
        return all(parts) if isinstance(node.op, ast.And) else any(parts)
    if isinstance(node, ast.UnaryOp):
        inner = _evaluate(node.operand, values, functions)
        if isinstance(node.op, ast.Not):
            return not inner
        return None if inner is None else -inner
    if isinstance(node, ast.BinOp):
        return _combine(node, values, functions)
    if isinstance(node, ast.Compare):
        return _compare(node, values, functions)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id not in functions:
            raise CatalogueError(f"condition calls an unknown function {node.func.id!r}")
        return functions[node.func.id](*(_argument(arg, values, functions) for arg in node.args))
    raise CatalogueError(f"condition uses {type(node).__name__}, which is not allowed")


def _argument(node: ast.expr, values: Mapping[str, Any], functions: Mapping) -> Any:
    """A bare name handed to a function is its name where it is not a value (``known(pop)``)."""
    if isinstance(node, ast.Name):
        return node.id
    return _evaluate(node, values, functions)


def _combine(node: ast.BinOp, values: Mapping[str, Any], functions: Mapping) -> Any:
    left, right = (_evaluate(part, values, functions) for part in (node.left, node.right))
    if left is None or right is None or type(node.op) not in _BINARY:
        return None
    if isinstance(node.op, ast.Div) and right == 0:
        return None
    return _BINARY[type(node.op)](left, right)


def _compare(node: ast.Compare, values: Mapping[str, Any], functions: Mapping) -> bool:
    left = _evaluate(node.left, values, functions)
    for op, right_node in zip(node.ops, node.comparators):
        right = _evaluate(right_node, values, functions)
        if left is None or right is None or not _COMPARE[type(op)](left, right):
            return False
        left = right
    return True

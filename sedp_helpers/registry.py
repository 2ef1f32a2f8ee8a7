"""One way to register things by name and to answer an unknown name with the known ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from sedp_helpers.errors import NotFoundError, name_nearest

T = TypeVar("T")


class Registry(Generic[T]):
    """Named things of one kind, for example chart kinds or formulas.

    >>> shapes = Registry("shape")
    >>> shapes.add("round", 1)
    >>> shapes.get("round")
    1
    >>> shapes.names()
    ['round']
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._things: dict[str, T] = {}

    def add(self, name: str, thing: T) -> None:
        if name in self._things:
            raise ValueError(f"{self.kind} {name!r} is registered twice")
        self._things[name] = thing

    def register(self, name: str) -> Callable[[T], T]:
        """Decorator form of ``add``."""

        def keep(thing: T) -> T:
            self.add(name, thing)
            return thing

        return keep

    def get(self, name: str) -> T:
        if name not in self._things:
            raise NotFoundError(
                f"unknown {self.kind} {name!r}: {name_nearest(name, self._things)}",
                key="unknown_name",
                kind=self.kind,
                name=name,
                known=", ".join(sorted(self._things)),
            )
        return self._things[name]

    def names(self) -> list[str]:
        return sorted(self._things)

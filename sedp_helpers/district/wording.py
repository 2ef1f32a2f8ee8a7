"""The printed side of the district's results, which the catalogue of municipalities lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sedp_helpers.compare.figures import Measure
from sedp_helpers.present.wording import Wording

LIKE_BASE = ("median", "lowest", "highest", "village_low", "village_high", "village_gap",
             "peer_median", "peer_low", "peer_high", "register_gap", "by_statistics")
WHOLE = ("have", "peers", "peer_side", "verdict", "models_hold", "models_change")


@dataclass(frozen=True)
class DistrictWording(Wording):
    """``own``: results of catalog/district.yml; ``words``: text/<lang>/district.yml."""

    own: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    words: Mapping[str, Any] = field(default_factory=dict)

    def name(self, ident: str) -> str:
        known = self.words["names"].get(ident)
        return str(known) if known else super().name(ident)

    def decimals(self, ident: str) -> int:
        if ident in self.own:
            return int(self.own[ident]["decimals"])
        base, _, suffix = ident.rpartition(".")
        if suffix in LIKE_BASE:
            return self.decimals(base)
        return 0 if suffix in WHOLE else super().decimals(ident)

    def measure(self, measure: Measure) -> str:
        """The name of a measure with its item."""
        name = self.name(measure.id)
        return f"{name}: {self.item_label(measure)}" if measure.item else name

    def item_label(self, measure: Measure) -> str:
        """The name of an item: by the list of the indicator a result is made of."""
        for text in (self.catalog.results[measure.id].inputs.values()
                     if measure.id in self.catalog.results else (measure.id,)):
            found = self.item_name(text.partition("[")[0], measure.item)
            if found != measure.item:
                return found
        return measure.item

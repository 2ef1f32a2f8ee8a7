"""The same words in most reports say nothing: what stands everywhere must be marked as constant."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from sedp_helpers import open_section
from sedp_helpers.catalog.load import load_catalog
from sedp_helpers.models import SECTIONS
from sedp_helpers.section import Section

RAW = Path(__file__).parents[2] / "data" / "raw"
SAMPLES = sorted(path.name for path in RAW.glob("demo*"))


def list_topics(section: Section) -> Iterator[str]:
    own = load_catalog().read(f"narrative/{section.name}.yml")
    yield from (topic for topic in own if not topic.startswith("caption_"))


def list_rules(section: str) -> Iterator[dict]:
    for topic in load_catalog().read(f"narrative/{section}.yml").values():
        for choice in topic["choose"]:
            yield from choice if isinstance(choice, list) else [choice]


def test_no_sentence_stands_in_more_than_half_of_the_samples_unless_it_is_marked_constant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence that prints a figure of the place is its own even where two figures agree."""
    for name in (*SAMPLES, "reference"):
        shutil.copytree(RAW / name, tmp_path / "data" / "raw" / name)
    monkeypatch.setenv("SEDP_ROOT", str(tmp_path))
    monkeypatch.delenv("SEDP_REPORT", raising=False)
    told: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for sample in SAMPLES:
        general = open_section("general", sample)
        for name in SECTIONS:
            section = general.beside(name)
            for topic in list_topics(section):
                for paragraph in section.narrator.tell(topic):
                    if not any(span.key for span in paragraph.spans):
                        text = "".join(span.text for span in paragraph.spans)
                        told[name, paragraph.rule, text].add(sample)
    assert len(SAMPLES) == 8 and told
    constant = {(name, rule["id"]) for name in SECTIONS for rule in list_rules(name)
                if rule.get("constant")}
    common = {(name, rule): text for (name, rule, text), samples in told.items()
              if len(samples) > len(SAMPLES) / 2 and (name, rule) not in constant}
    assert not common

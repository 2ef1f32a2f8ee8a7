"""The word lists contradict neither each other nor the rules, and the layer stays light."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sedp_helpers.errors import CatalogueError
from sedp_helpers.language import inflect, list_languages
from sedp_helpers.language.lists import read_rows, read_words
from sedp_helpers.language.locales import read_locale
from sedp_helpers.language.possessed import list_possessed

HEAVY = {"pandas", "numpy", "babel", "yaml", "pydantic", "plotly"}


def test_no_listed_possessive_is_also_a_plain_word():
    plain = {row["word"] for row in read_rows("generic_words")} | read_words("plain_words")
    assert not plain & set(list_possessed())


@pytest.mark.parametrize("name", ["generic_words", "plain_words", "nouns", "lookalikes"])
def test_no_list_holds_a_word_twice(name):
    first = [next(iter(row.values())) for row in read_rows(name)]
    assert len(first) == len(set(first))


def test_every_plain_word_keeps_the_plain_endings():
    for word in read_words("plain_words"):
        assert not inflect(f"бир {word}", "loc").removeprefix(f"бир {word}").startswith("нд")


def test_every_letter_without_a_vowel_of_its_own_has_a_name():
    names = {row["letter"] for row in read_rows("letter_names")}
    assert names == set("бвгджзйклмнңпрстфхцчшщ")


def test_missing_list_or_language_is_named():
    with pytest.raises(CatalogueError, match=r"nothing\.csv"):
        read_rows("nothing")
    with pytest.raises(CatalogueError, match="xx"):
        read_locale("xx")
    assert list_languages() == ["en", "ky", "ru"]


def test_the_layer_loads_no_heavy_library():
    modules = "import sys; import sedp_helpers.errors;"
    code = f"{modules} before = set(sys.modules); import sedp_helpers.language; "
    code += "print(*sorted({name.split('.')[0] for name in set(sys.modules) - before}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "sedp_helpers" in run.stdout
    assert not HEAVY & set(run.stdout.split())

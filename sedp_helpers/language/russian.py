"""Russian case forms, by list only.

Russian names are never inflected: the generic noun takes the case and the name stays
(«в айылном аймаке Кара-Суу»). What the list ``russian_forms.csv`` does not hold is refused.
"""

from __future__ import annotations

from sedp_helpers.errors import NotDerivable
from sedp_helpers.language.lists import read_rows


def inflect_russian(text: str, case: str, *, plural: bool = False) -> str:
    """A generic Russian noun, with or without a name beside it, in a case of the list.

    ``loc`` is the prepositional case; Russian has no ablative.

    >>> inflect_russian("айылный аймак Кара-Суу", "loc")
    'айылном аймаке Кара-Суу'
    >>> inflect_russian("Кочкорский район", "gen")
    'Кочкорского района'
    """
    if case == "nom" and not plural:
        return text
    row = _find_row(text)
    if row is None or case == "abl":
        raise NotDerivable(f"«{text}»: no Russian form «{case}» in the list", word=text, case=case)
    if not plural:
        return text.replace(row["word"], row[case], 1)
    text = text.replace(row["word"], row["plural"], 1)
    return text if row["plural"] == row["word"] else inflect_russian(text, case)


def _find_row(text: str) -> dict[str, str] | None:
    for row in read_rows("russian_forms"):
        if row["match"] == "start" and (text + " ").startswith(row["word"] + " "):
            return row
        if row["match"] == "end" and text.endswith(row["word"]):
            return row
    return None

"""How the catalogue cites the handbook and the slides («Q24», «000»), and how a reader reads it."""

from __future__ import annotations

import re

QUESTION = re.compile(r"\bQ(\d+)\b")


def find_question(sources: str) -> str:
    """The number of the first question of the handbook; empty where none is cited.

    >>> find_question("000 Q24 Q30")
    '24'
    """
    found = QUESTION.search(sources)
    return found[1] if found else ""


def name_questions(sources: str, question: str) -> str:
    """The sources with every question of the handbook in words.

    >>> name_questions("Q24 P-21", "question {n}")
    'question 24 P-21'
    """
    return QUESTION.sub(lambda match: question.format(n=match[1]), sources)


def name_sources(sources: str, question: str, slides: str) -> str:
    """Questions of the handbook and sets of slides in words.

    >>> name_sources("Q24 000", "question {n}", "slides {n}")
    'question 24, slides 000'
    """
    return ", ".join(
        name_questions(source, question) if QUESTION.fullmatch(source) else slides.format(n=source)
        for source in sources.split())

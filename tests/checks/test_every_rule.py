"""No rule without its three fixtures: figures that break it, that keep it, that cannot tell.

What is proven elsewhere stands in a list that is printed, each with the place of its proof.
"""

from __future__ import annotations

from sedp_helpers.catalog.load import load_catalog
from tests.checks import test_rules_of_figures as figures
from tests.checks import test_rules_of_registers as registers

CATALOG = load_catalog()
KINDS = {
    "check": "06 08 14 15 17 19 20 25 26 27 28 29 30 31 32 33 34 37",
    "stated": "05 07 09 10 11 13 16 23",
    "documentary": "01 02 03 04 12 18 21 22 24 35 36",
}
ELSEWHERE = {
    "CK-MISSING": "test_findings: an empty municipality; a filled one has none",
    "CK-STATED": "test_acceptance: a claim that cannot be recomputed",
    "CK-ACCEPTED": "test_findings: an explained finding",
    "CK-EXPLANATION": "test_findings: an explanation that fits nothing",
    "CK-LINEAGE": "tests/intake/test_lineage.py",
    "CK-LINEAGE-SHARE": "tests/intake/test_lineage.py",
    "DQ-05": "test_acceptance: no mean growth gives the printed rate",
    "DQ-07": "test_acceptance: a share that is said to be stable",
    "DQ-09": "test_acceptance: claims that do not follow from their base",
    "DQ-10": "test_acceptance: claims that do not follow from their base",
    "DQ-11": "test_acceptance: claims that do not follow from their base",
    "DQ-13": "test_acceptance: claims that do not follow from their base",
    "DQ-16": "test_acceptance: a monthly tariff stated in som",
    "DQ-23": "test_acceptance: claims that do not follow from their base",
}


def test_the_37_findings_of_the_seeds_are_of_three_kinds() -> None:
    for kind, numbers in KINDS.items():
        assert {ident for ident, rule in CATALOG.rules.items() if rule.get("basis") == kind} == {
            f"DQ-{number}" for number in numbers.split()}


def test_what_only_the_handbook_says_is_listed_with_its_figures() -> None:
    listed = CATALOG.read("contradictions.yml")
    assert {f"DQ-{number}" for number in KINDS["documentary"].split()} <= set(listed)


def test_every_rule_has_its_three_fixtures_or_stands_in_the_printed_list() -> None:
    rules = {ident for ident, rule in CATALOG.rules.items()
             if rule.get("basis") in ("check", "stated")}
    rules |= {ident for ident in CATALOG.read("checks.yml")["rules"] if ident.startswith("CK-")}
    proven = {case.rule for case in (*figures.CASES, *registers.CASES)}
    for rule in sorted(rules - proven):
        print(rule, ELSEWHERE.get(rule, "nowhere"))
    assert rules - proven == set(ELSEWHERE)

"""The planning process: its calendar and the rules of the methodology, judged for one municipality.

Pure: a context and a day in, verdicts and findings out; no file is opened and nothing is repaired.
A rule that the data do not let us judge is «not checkable», never passed.
"""

from sedp_helpers.process.rules import count_verdicts, judge_all, verdict_findings
from sedp_helpers.process.verdict import Verdict

__all__ = ["Verdict", "count_verdicts", "judge_all", "verdict_findings"]

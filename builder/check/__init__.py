"""Rules over a volume and what was seen in its PDFs, each yielding findings; never stops at one.

Public names: `run`, `Memory`, `accept`, `explain`, `codes`, `PROFILES`.
"""

from builder.check.acceptance import accept
from builder.check.explanations import codes, explain
from builder.check.memory import Memory
from builder.check.rules import PROFILES, run

__all__ = ["PROFILES", "Memory", "accept", "codes", "explain", "run"]

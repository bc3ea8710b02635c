"""Whether a paper may be handed in: what every rule said, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["yes", "no", "ask"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one rule said about one paper."""

    rule: str
    """`printed`, `excluded`, `track`, `published`, `length`, `elsewhere`, `extension`, `guests`,
    `consent` or `editors`."""
    verdict: Verdict
    evidence: str
    """The fact that the verdict rests on, and where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Whether a paper may be handed in, and why."""

    key: str
    reasons: tuple[Reason, ...]

    @property
    def verdict(self) -> Verdict:
        """`no` if any rule says so, else `ask` if any rule cannot tell, else `yes`.

        The editors' own decision goes before every rule but the authors' consent.
        """
        verdicts = {reason.verdict for reason in self._heard}
        return "no" if "no" in verdicts else "ask" if "ask" in verdicts else "yes"

    @property
    def decisive(self) -> tuple[Reason, ...]:
        """The reasons that made the verdict what it is."""
        return tuple(reason for reason in self._heard if reason.verdict == self.verdict)

    @property
    def telling(self) -> tuple[Reason, ...]:
        """What decided; of a paper that may be handed in, only what is not plain anyway."""
        if self.verdict != "yes":
            return self.decisive
        told = {"consent", "editors", "extension", "guests", "elsewhere"}
        return tuple(reason for reason in self.decisive if reason.rule in told)

    @property
    def overruled(self) -> tuple[Reason, ...]:
        """What rules said that the editors decided otherwise."""
        ruling = self.reason("editors")
        return tuple(
            reason
            for reason in self.reasons
            if ruling and reason not in self._heard and reason.verdict != ruling.verdict
        )

    def reason(self, rule: str) -> Reason | None:
        """What that rule said, or `None` if it had nothing to say."""
        return next((reason for reason in self.reasons if reason.rule == rule), None)

    @property
    def _heard(self) -> tuple[Reason, ...]:
        if self.reason("editors") is None:
            return self.reasons
        return tuple(reason for reason in self.reasons if reason.rule in {"editors", "consent"})

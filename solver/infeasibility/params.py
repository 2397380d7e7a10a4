"""What explanations may take, and why so much."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ExplanationParams:
    """Limits of the search for rules that clash and for repairs.

    Attributes
    ----------
    question_seconds : float
        For one question of whether there is a plan. An explanation asks dozens of them, and most are answered
        in less than a tenth of a second or not at all.
    most_candidates : int
        Candidates listed for one question; as many are listed and covered in about that time.
    growth : tuple of float
        Where no maximum is to hold: times the maximum up to which candidates are listed. Sets of usual size
        are tried first, as their number grows exponentially with their size.
    most_exempt : int
        Exempt parts of which every choice is tried where parts may be of any size; there are two to the power
        of it.
    most_open : int
        Amounts of a change that may stay undecided before it is left: each can take `question_seconds`.
    filtering : float
        Share of the time for the deletion filter; the rest is for repairs.
    """

    question_seconds: float = 4.0
    most_candidates: int = 400_000
    growth: tuple[float, ...] = (1.0, 1.25, 1.6, 2.5)
    most_exempt: int = 10
    most_open: int = 4
    filtering: float = 0.5

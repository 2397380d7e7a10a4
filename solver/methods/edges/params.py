"""How much a search for few cut edges does."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class EdgeParams:
    """How much a search for few cut edges does.

    Attributes
    ----------
    most_known : int
        Pieces of which it is remembered how few edges divide them.
    known_bytes : float
        Bytes for each of them.
    most_paths : int
        Half cycles around a face that are held at once.
    path_bytes : float
        Bytes for each of them.
    bettering : float
        Share of the time in which a plan that is known is bettered, before the proof.
    idle_runs : int
        Runs of annealing that better nothing, after which it ends.
    steps_each : int
        Steps of a run for each municipality.
    most_steps : int
        Steps of a run, at most: the clock is looked at between runs.
    heat : tuple of float
        First and last temperature of a run, in cut edges, and the price of a mean municipality's inhabitants
        where a merger has too many or too few.
    """

    most_known: int = 1_000_000
    known_bytes: float = 600.0
    most_paths: int = 1_000_000
    path_bytes: float = 150.0
    bettering: float = 0.3
    idle_runs: int = 20
    steps_each: int = 10_000
    most_steps: int = 20_000_000
    heat: tuple[float, float, float] = (4.0, 0.2, 1.0)

    def step(self, parts: int, least: int) -> int:
        """Edges by which the limit rises when a limit is proved to be too low.

        The listed borders become longer by one when it rises by half the number of parts.
        """
        return -(-parts // 2)

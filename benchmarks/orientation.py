"""Fit the parameters of `orientation` on commuters, and validate them on the vintage that was not used.

Run with ``python benchmarks/orientation.py``. The tables of commuters are looked for in ``../shared/data``
(or where ``REFZONES_DATA`` points); they are read for this and enter no instance.

A conditional logit (McFadden 1974): a commuter of municipality i who works in a centre of the own region
chooses centre j with probability s_ij, in proportion to the attraction of Huff (1964)::

    d_ij^distance  x  inhabitants_j^inhabitants  x  exp(bonus of class a0)  x  exp(bonus of a hospital)

Municipalities that are centres themselves are left out, since they turn to themselves by definition, and so
are regions with one centre, where there is nothing to choose. The log-likelihood is concave, and Newton's
method finds its maximum. Standard errors are robust, with one cluster for each municipality (commuters of one
place are not independent); those of independent commuters would be a tenth of them.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from refzones.instances import Instance, load
from refzones.models.scenario.tables import Orientation

DATA = Path(os.environ.get("REFZONES_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
FILES = {
    "flanders-2024": "2024/census2011_flows_flanders_300_nis2019_long.csv",
    "flanders-2025": "2025/census2011_flows_flanders_285_nis2025_long.csv",
}
CENTRES = ("a0", "a1", "a2")
PARAMETERS = ("distance", "inhabitants", "classes.a0", "functions.hospital")
_NEAREST = 1.0  # km: who lives nearer lives that far


@dataclass(frozen=True)
class Origin:
    """One municipality that is no centre: what draws it, and where it goes.

    Attributes
    ----------
    people : int
        Inhabitants.
    draws : ndarray of float64, shape (centres, parameters)
        ln km, ln inhabitants, class a0, hospital of each centre of its region.
    commuters : ndarray of float64, shape (centres,)
    """

    people: int
    draws: np.ndarray
    commuters: np.ndarray


@dataclass(frozen=True)
class Fit:
    """Parameters with standard errors, and the log-likelihood for each commuter."""

    parameters: np.ndarray
    errors: np.ndarray
    likelihood: float


def read_flows(file: Path) -> dict[tuple[str, str], float]:
    """Read commuters by code of residence and of work from the first three columns of a table."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        return {(home, work): float(people) for home, work, people, *_ in rows}


def origins(instance: Instance, flows: dict[tuple[str, str], float], decay: str = "power") -> list[Origin]:
    """List the municipalities that choose between centres of their region, and do.

    Attraction falls by a power of the distance, or exponentially: then the first of `Origin.draws` is in km.
    """
    found = []
    classes, hospital = np.array(instance.classes), instance.functions["hospital"].present
    for i in range(len(instance)):
        centres = [j for j in instance.members(int(instance.region[i])).tolist() if classes[j] in CENTRES]
        commuters = np.array([flows.get((instance.codes[i], instance.codes[j]), 0.0) for j in centres])
        if classes[i] in CENTRES or len(centres) < 2 or not commuters.sum():
            continue
        km = np.hypot(instance.x[centres] - instance.x[i], instance.y[centres] - instance.y[i]) / 1000
        draws = np.column_stack(
            [
                np.log(np.maximum(km, _NEAREST)) if decay == "power" else km,
                np.log(instance.population[centres]),
                classes[centres] == "a0",
                hospital[centres],
            ]
        ).astype(np.float64)
        found.append(Origin(int(instance.population[i]), draws, commuters))
    return found


def shares(origin: Origin, parameters: np.ndarray) -> np.ndarray:
    """Give the modelled shares of the centres."""
    utility = origin.draws @ parameters
    weights = np.exp(utility - utility.max())
    return weights / weights.sum()


def log_likelihood(sample: Sequence[Origin], parameters: np.ndarray) -> float:
    """Mean log-likelihood of a commuter."""
    total = sum(float(o.commuters @ np.log(shares(o, parameters))) for o in sample)
    return total / sum(float(o.commuters.sum()) for o in sample)


def fit(sample: Sequence[Origin]) -> Fit:
    """Maximise the likelihood by Newton's method."""
    parameters = np.zeros(len(PARAMETERS))
    for _ in range(100):
        scores, information = _derivatives(sample, parameters)
        step = np.linalg.solve(information, scores.sum(axis=0))
        parameters = parameters + step
        if np.abs(step).max() < 1e-12:
            break
    scores, information = _derivatives(sample, parameters)
    bread = np.linalg.inv(information)
    errors = np.sqrt(np.diag(bread @ (scores.T @ scores) @ bread))
    return Fit(parameters, errors, log_likelihood(sample, parameters))


def _derivatives(sample: Sequence[Origin], parameters: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Gradient of each municipality, shape (n, p), and the information, shape (p, p)."""
    scores, information = [], np.zeros((len(parameters),) * 2)
    for origin in sample:
        share, number = shares(origin, parameters), origin.commuters.sum()
        scores.append((origin.commuters - number * share) @ origin.draws)
        centred = origin.draws - share @ origin.draws
        information += number * (centred * share[:, None]).T @ centred
    return np.array(scores), information


def named_right(sample: Sequence[Origin], parameters: np.ndarray) -> float:
    """Share of inhabitants whose first centre is named right."""
    right = [o.people for o in sample if shares(o, parameters).argmax() == o.commuters.argmax()]
    return sum(right) / sum(o.people for o in sample)


def kept_apart(sample: Sequence[Origin], parameters: np.ndarray) -> float:
    """Share of inhabitants who are given to another centre than observed: half the absolute errors."""
    wrong = [
        o.people * float(np.abs(shares(o, parameters) - o.commuters / o.commuters.sum()).sum()) / 2
        for o in sample
    ]
    return sum(wrong) / sum(o.people for o in sample)


def mean_error(sample: Sequence[Origin], parameters: np.ndarray) -> float:
    """Mean absolute error of a share, over pairs of inhabitants and centres."""
    errors = [
        (o.people * len(o.commuters), np.abs(shares(o, parameters) - o.commuters / o.commuters.sum()).mean())
        for o in sample
    ]
    return float(sum(weight * error for weight, error in errors) / sum(weight for weight, _ in errors))


def quality(sample: Sequence[Origin], parameters: np.ndarray) -> str:
    """Cells of a table: how well parameters fit a sample."""
    return (
        f"{log_likelihood(sample, parameters):.4f} | {named_right(sample, parameters):.1%} | "
        f"{mean_error(sample, parameters):.3f} | {kept_apart(sample, parameters):.3f}"
    )


def defaults() -> np.ndarray:
    """Give the parameters that a scenario has by default."""
    asked = Orientation()
    return np.array(
        [asked.distance, asked.inhabitants, asked.classes["a0"], asked.functions["hospital"]],
        dtype=np.float64,
    )


def main() -> None:
    """Fit on each vintage, validate on the other one, and print both in Markdown."""
    samples = {name: origins(load(name), read_flows(DATA / file)) for name, file in FILES.items()}
    fits = {name: fit(sample) for name, sample in samples.items()}
    print("| fitted on | municipalities | commuters |", " | ".join(PARAMETERS), "|")
    print("|---|" + "---:|" * (2 + len(PARAMETERS)))
    for name, found in fits.items():
        cells = [f"{p:.3f} ± {e:.3f}" for p, e in zip(found.parameters, found.errors, strict=True)]
        commuters = sum(float(o.commuters.sum()) for o in samples[name])
        print(f"| {name} | {len(samples[name])} | {commuters:,.0f} |", " | ".join(cells), "|")
    given = {f"fitted on {name}": found.parameters for name, found in fits.items()}
    given["the defaults"] = defaults()
    print("\n| parameters | on | log-likelihood | first centre right | mean error of a share | misplaced |")
    print("|---|---|---:|---:|---:|---:|")
    for title, parameters in given.items():
        for name, sample in samples.items():
            print(f"| {title} | {name} | {quality(sample, parameters)} |")
    print("\n| choice among the centres of | distance | log-likelihood | first centre right | misplaced |")
    print("|---|---|---:|---:|---:|")
    for row in decays():
        print(row)


def decays() -> Iterator[str]:
    """Fit a power and an exponential decay, within regions and with all of Flanders as one."""
    name = "flanders-2025"
    flows = read_flows(DATA / FILES[name])
    for title, instance in (("the own region", load(name)), ("all of Flanders", load(name).as_one_region())):
        for decay in ("power", "exponential"):
            sample = origins(instance, flows, decay)
            found = fit(sample)
            likelihood, right, _, misplaced = quality(sample, found.parameters).split(" | ")
            kind = f"{decay}, {found.parameters[0]:.2f}"
            yield f"| {title} | {kind} | {likelihood} | {right} | {misplaced} |"


if __name__ == "__main__":
    main()

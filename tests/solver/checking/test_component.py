"""The proof of one component, right and wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from refzones.solver.checking.component import Asked, check_component
from refzones.solver.checking.tree import Open, ProofError
from refzones.solver.results.certificate import ComponentProof

# Three municipalities in a triangle; the best plan is a pair and a single: 7. Each pair is worth 5, each
# single 2, all three 6; half of each pair would score 7.5.
SETS = [Open(1 << i, 0, 2, 1) for i in range(3)]
SETS += [Open(pair, 0, 5, 1) for pair in (0b011, 0b101, 0b110)]
SETS += [Open(0b111, 0, 6, 1)]


def _proof(**changed: Any) -> ComponentProof:
    """Duals of 3 come to 9, so that any two parts cost as much as the plan lacks to the bound."""
    right: dict[str, Any] = {
        "municipalities": ["a", "b", "c"],
        "claim": 7,
        "sets": 7,
        "steps": [{"duals": [3, 3, 3], "number": 0, "cuts": []}],
        "open": [[0], [0, 1], [0, 2], [1], [1, 2], [2]],
        "tree": [0, 1, 2, 1],
        "inner": None,
    }
    return ComponentProof.model_validate(right | changed)


ASKED = Asked(3, SETS, (0, 3))


def test_a_right_proof() -> None:
    check_component(_proof(), ASKED)


def test_a_cut_that_closes_the_gap() -> None:
    cut = {"duals": [2, 2, 2], "number": 0, "cuts": [{"municipalities": [0, 1, 2], "price": 1}]}
    with pytest.raises(ProofError, match="more than its duals"):
        check_component(_proof(steps=[{**cut, "cuts": []}], open=[], tree=[]), ASKED)
    # all three are worth 6, which is 2 + 2 + 2 and the cut less 1
    check_component(_proof(steps=[cut], open=[], tree=[]), ASKED)


def test_numbers_of_parts_are_priced() -> None:
    at_most_one = Asked(3, SETS, (0, 1))
    # one part alone: duals of 2 and 3 for each part, which binds at 1
    step = {"duals": [1, 1, 1], "number": 3, "cuts": []}
    check_component(_proof(claim=6, steps=[step], open=[], tree=[]), at_most_one)
    with pytest.raises(ProofError, match="other parts are open"):
        check_component(_proof(claim=6, steps=[step], open=[], tree=[]), ASKED)


def test_numbers_of_parts_close_covers() -> None:
    at_least_three = Asked(3, SETS, (3, 3))
    proof = _proof(claim=6, tree=[0, 1, 2, 2, 1])
    with pytest.raises(ProofError, match="scores more than claimed"):
        check_component(proof, ASKED)
    check_component(proof, at_least_three)


def test_nothing_covers_a_municipality() -> None:
    lost = Asked(3, [Open(one.mask, 0, 0, 1) for one in SETS if not one.mask & 4], (0, 3))
    farkas = {"duals": [0, 0, -1], "number": 0, "cuts": []}
    check_component(_proof(claim=None, sets=3, steps=[farkas], open=[], tree=[]), lost)
    by_tree = {"duals": [0, 0, 0], "number": 0, "cuts": []}
    check_component(_proof(claim=None, sets=3, steps=[by_tree], open=[[0], [0, 1], [1]], tree=[2]), lost)


WRONG: dict[str, Callable[[], ComponentProof]] = {
    "scores more than claimed": lambda: _proof(claim=6, tree=[0, 1, 2, 2, 1]),
    "more than its duals": lambda: _proof(steps=[{"duals": [3, 2, 2], "number": 0, "cuts": []}]),
    "other parts are open": lambda: _proof(open=_proof().open[1:]),
    "goes on": lambda: _proof(tree=[*_proof().tree, 0]),
    "ends before": lambda: _proof(tree=_proof().tree[:-1]),
    "names a municipality": lambda: _proof(tree=[3, 1, 2, 1]),
    "it knows 6 parts": lambda: _proof(sets=6),
    "other municipalities": lambda: _proof(municipalities=["a", "b"]),
    "no step": lambda: _proof(steps=[]),
    "one dual a municipality": lambda: _proof(steps=[{"duals": [3, 3], "number": 0, "cuts": []}]),
    "where nothing is open": lambda: _proof(claim=9, open=[], tree=[0]),
    "three municipalities": lambda: _proof(
        steps=[{"duals": [3, 3, 3], "number": 0, "cuts": [{"municipalities": [0, 1, 1], "price": 0}]}]
    ),
    "price of 0 or more": lambda: _proof(
        steps=[{"duals": [3, 3, 3], "number": 0, "cuts": [{"municipalities": [0, 1, 2], "price": -1}]}]
    ),
    "inside zones": lambda: _proof(inner={"duals": [0, 0, 0], "sets": 0, "zones": []}),
}


@pytest.mark.parametrize("text", WRONG)
def test_wrong_proofs(text: str) -> None:
    with pytest.raises(ProofError, match=text):
        check_component(WRONG[text](), ASKED)

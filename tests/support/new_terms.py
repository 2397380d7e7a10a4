"""Terms of each sense, made by the recipe of CONTRIBUTING, and one with a form for pricing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from refzones.instances import Instance
from refzones.instances.common.arrays import FloatArray, IntArray
from refzones.models import Scenario
from refzones.models import terms as terms_module
from refzones.models.programmes.variables import AssignmentVariables
from refzones.models.scenario import term_names
from refzones.models.terms import Term, add_term
from refzones.models.terms.forms import WhenMerged
from refzones.solver.verification.readings import READINGS, Reading, add_reading


class InnerBordersTerm(Term):
    """Number of pairs of neighbours within a merger."""

    key = "inner_borders"
    unit = "pairs of neighbours in one merger"
    sense = 1
    divided_by = "nothing"

    def values(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        a, b = self._pairs(municipalities)
        value: FloatArray = (members[:, a] * members[:, b]).sum(axis=1)
        return value

    def linear(self, parts: AssignmentVariables, rate: float) -> None:
        """Let z_ej = 1 when both ends of border e are in the part of j."""
        builder, x = parts.builder, parts.x
        a, b = self._pairs(parts.municipalities)
        border, j = np.nonzero((x[a] >= 0) & (x[b] >= 0))
        inside = builder.columns(j.astype(np.int64))
        builder.cost(inside, rate)
        for end in (a, b):
            rows = builder.rows(len(inside), lower=0.0)
            builder.put(rows, x[end[border], j])
            builder.put(rows, inside, -1.0)

    def _pairs(self, municipalities: IntArray) -> tuple[IntArray, IntArray]:
        place = np.full(len(self.instance), -1, dtype=np.int64)
        place[municipalities] = np.arange(len(municipalities))
        a, b = place[self.instance.borders.pairs.T]
        return a[(a >= 0) & (b >= 0)], b[(a >= 0) & (b >= 0)]


class BeyondTerm(Term):
    """Inhabitants of a merger beyond a number that its name gives."""

    key = "beyond"
    takes = "inhabitants"
    unit = "share of inhabitants beyond a number in each merger"
    sense = -1

    def values(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        inhabitants: FloatArray = members @ self.instance.population[municipalities].astype(np.float64)
        return np.maximum(0.0, inhabitants - float(self.argument))


class MergedTerm(Term):
    """Inhabitants of municipalities that merge; its form lets column generation price it."""

    key = "merged"
    unit = "share of inhabitants merged"
    sense = -1

    def values(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        inhabitants: FloatArray = members @ self.instance.population[municipalities].astype(np.float64)
        return np.where(members.sum(axis=1) > 1, inhabitants, 0.0)

    def pricing(self) -> WhenMerged:
        return WhenMerged(self.instance.population.astype(np.float64))


def read_inner_borders(instance: Instance, scenario: Scenario, members: Sequence[int], _: str) -> float:
    return float(sum(a in members and b in members for a, b in instance.borders.pairs.tolist()))


def read_beyond(instance: Instance, scenario: Scenario, members: Sequence[int], number: str) -> float:
    return float(max(0, sum(int(instance.population[i]) for i in members) - int(number)))


def read_merged(instance: Instance, scenario: Scenario, members: Sequence[int], _: str) -> float:
    return float(sum(int(instance.population[i]) for i in members)) if len(members) > 1 else 0.0


def register(monkeypatch: pytest.MonkeyPatch) -> None:
    """Register the terms and their readings, for one test."""
    monkeypatch.setattr(term_names, "TERM_NAMES", list(term_names.TERM_NAMES))
    monkeypatch.setattr(terms_module, "TERM_NAMES", term_names.TERM_NAMES)
    monkeypatch.setattr(terms_module, "_CLASSES", dict(terms_module._CLASSES))
    for term in (InnerBordersTerm, BeyondTerm, MergedTerm):
        monkeypatch.setitem(READINGS, term.key, Reading(lambda *_: 0.0, term.sense))  # to be taken away again
        add_term(term)
    add_reading("inner_borders", Reading(read_inner_borders, +1, "nothing"))
    add_reading("beyond", Reading(read_beyond, -1))
    add_reading("merged", Reading(read_merged, -1))

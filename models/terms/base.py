"""What a term of the objective is: a name, a unit, a sense, and the value of candidates."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar, Literal

from ...instances.common.arrays import FloatArray, IntArray
from ...instances.common.problems import reject
from ...instances.instance import Instance
from ..programmes.reach import Reach
from ..programmes.variables import AssignmentVariables
from ..scenario.scenario import Scenario
from .forms import PricingForm

DividedBy = Literal["inhabitants", "commuters", "nothing"]
"""What the value of a plan is a mean over; sums and counts are divided by nothing."""


class Term(ABC):
    """A term of the objective, bound to an instance and a scenario.

    Values are at least 0. Sums over the members of a merger are sums of whole numbers (inhabitants, metres)
    and therefore exact in double precision: a merger has the same value whatever else is computed with it.

    Parameters
    ----------
    instance : Instance
    scenario : Scenario
    argument : str
        What stands between the brackets of the name, such as the layer; empty for most terms.

    Raises
    ------
    InputError
        The instance lacks what the term needs.
    """

    key: ClassVar[str]
    """Name in scenarios, without its argument."""
    takes: ClassVar[str] = ""
    """What the argument names, such as 'layer'; empty when there is none."""
    unit: str
    """What the value of a plan reads as."""
    sense: ClassVar[int]
    """+1 when more is better, -1 when less is."""
    divided_by: ClassVar[DividedBy] = "inhabitants"
    """What a reported value is a mean over: of the municipalities that it is reported for."""
    parameters: ClassVar[tuple[str, ...]] = ()
    """Keys of a scenario that the value depends on, such as 'size.target'."""

    def __init__(self, instance: Instance, scenario: Scenario, argument: str = "") -> None:
        self.instance = instance
        self.scenario = scenario
        self.argument = argument

    @classmethod
    def written(cls) -> str:
        """Say how scenarios write the term, with what its argument names."""
        return f"{cls.key}({cls.takes})" if cls.takes else cls.key

    @property
    def name(self) -> str:
        """Name in scenarios, with its argument."""
        return f"{self.key}({self.argument})" if self.argument else self.key

    @property
    def per_inhabitant(self) -> bool:
        """Whether the sum over mergers is divided by all inhabitants before it is weighed."""
        return self.divided_by == "inhabitants"

    @property
    def is_linear(self) -> bool:
        """Whether the term has a linear form for compact formulations."""
        return type(self).linear is not Term.linear

    def base(self, municipalities: Sequence[int]) -> float:
        """Count the inhabitants or commuters of some municipalities that a value is a mean over.

        Parameters
        ----------
        municipalities : sequence of int
            Municipalities of the regions that are answered for, or of one merger.

        Returns
        -------
        float
            A whole number of inhabitants; 1 for a sum or a count.
        """
        return int(self.instance.population[list(municipalities)].sum()) if self.per_inhabitant else 1

    @cached_property
    def whole(self) -> float:
        """Inhabitants or commuters of the whole instance, as `base` counts them."""
        return self.base(range(len(self.instance)))

    @abstractmethod
    def values(self, members: FloatArray, municipalities: IntArray) -> FloatArray:
        """Value of each candidate.

        Parameters
        ----------
        members : ndarray of float64, shape (k, m)
            One where a candidate holds a municipality, zero elsewhere.
        municipalities : ndarray of int64, shape (m,)
            Index in the instance of each column.

        Returns
        -------
        ndarray of float64, shape (k,)
            In inhabitants x unit (or in the unit itself where the term is a count or a share).
        """

    def linear(self, parts: AssignmentVariables, rate: float) -> None:
        """Add `rate` times the value of all parts to what a compact formulation minimises.

        Parameters
        ----------
        parts : AssignmentVariables
            Variables that assign municipalities to the roots of their parts, and the programme to add to.
        rate : float
            Of the opposite sign than `sense`, so that the programme has a reason to get the value right.

        Raises
        ------
        InputError
            The value is no linear expression; terms that have one override this.
        """
        reject(
            f"{self.name}: this term cannot be written as a linear expression, as compact formulations need",
            "leave it out, give it the weight 0, or use the formulation 'partition'",
        )

    def best(self, reach: Reach) -> float:
        """Give a sum of values that no plan of a component betters, for components too large to be listed.

        Parameters
        ----------
        reach : Reach

        Returns
        -------
        float
            At least the sum of each plan where more is better, else at most. Without a bound of its own a
            term has 0 where less is better and infinity where more is: then nothing is known of a plan's
            distance to the best one.
        """
        return math.inf if self.sense > 0 else 0.0

    def pricing(self) -> PricingForm | None:
        """Give the form of the value for Lagrangian bounds and column generation.

        Returns
        -------
        PricingForm or None
            None where no form of `forms` fits: column generation then leaves questions that weigh the term
            to the search.
        """
        return None

    @cached_property
    def form(self) -> PricingForm | None:
        """What `pricing` gives, if it is for terms of this sense."""
        form = self.pricing()
        return form if form is not None and form.sense == self.sense else None

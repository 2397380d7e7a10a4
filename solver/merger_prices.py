"""The price of each merger of a list: what it costs as a part of a larger one, and exactly as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..instances.groups import Grouping, resolve_groups
from ..instances.instance import Instance
from ..instances.problems import InputError, Problems, reject
from ..models.scorer import NANO
from .engines import DEFAULT
from .record import PlanRecord
from .restored import restored
from .result import Merger, Result
from .wish import Level, Wish, wish
from .wish_answer import WishAnswer

InPlan = Literal["exactly", "within", "no", ""]

PRICE_COLUMNS = (
    "merger", "members", "member_nis", "region", "population", "in_plan", "within",
    "together_nano", "together", "together_proved", "together_reason",
    "exactly_nano", "exactly", "exactly_proved", "exactly_reason",
)  # fmt: skip
"""Columns of the table of prices; the costs in nano-points and in points."""


@dataclass(frozen=True)
class MergerPrice:
    """What a merger of a list costs.

    Attributes
    ----------
    name : str
        What the list calls it; empty where it has no name.
    members : tuple of int
        Ascending.
    in_plan : {'exactly', 'within', 'no', ''}
        Whether the plan has it, as a merger by itself or as part of a larger one; empty where it cannot be
        asked.
    within : tuple of int
        The merger of the plan that holds it; empty where none does.
    together : WishAnswer or None
        The best plan in which its members are in one merger, others may be too.
    exactly : WishAnswer or None
        The best plan that has it as it is, whatever its size.
    problems : tuple of str
        Why it cannot be asked for at all, in which case there are no answers.
    """

    name: str
    members: tuple[int, ...]
    in_plan: InPlan
    within: tuple[int, ...]
    together: WishAnswer | None
    exactly: WishAnswer | None
    problems: tuple[str, ...] = ()

    def reasons(self, answer: WishAnswer | None) -> tuple[str, ...]:
        """Say why one of the answers has no price; empty where it has one."""
        return self.problems if answer is None else answer.reasons


def price_mergers(
    instance: Instance,
    plan: PlanRecord | Result,
    grouping: Grouping,
    *,
    level: Level | None = None,
    engine_name: str = DEFAULT,
    workers: int | None = None,
    time_limit: float | None = None,
    explain_seconds: float = 5.0,
) -> tuple[MergerPrice, ...]:
    """Price each merger of a list as a wish of its own.

    Parameters
    ----------
    instance : Instance
        The one that the plan was made for.
    plan : PlanRecord or Result
    grouping : Grouping
        As `instances.groups.read_groups` reads it from a file; groups of one are passed over.
    level, engine_name, workers, explain_seconds
        See `Wish` and `wish`.
    time_limit : float, optional
        Seconds for each wish.

    Returns
    -------
    tuple of MergerPrice
        In the order of the list.

    Raises
    ------
    InputError
        The list names nobody, or somebody twice, or has no merger; or the plan was made for other data.
    """
    before = plan if isinstance(plan, Result) else restored(plan, instance)
    problems = Problems()
    resolved = resolve_groups(instance, grouping, problems)
    problems.raise_if_any()
    groups = [(name, group) for name, group in zip(grouping.names, resolved, strict=True) if len(group) > 1]
    if not groups:
        reject("the file has no merger of two municipalities or more", file=grouping.file)

    def answer(wished: Wish) -> WishAnswer:
        return wish(
            instance,
            before,
            wished,
            engine_name=engine_name,
            workers=workers,
            time_limit=time_limit,
            explain_seconds=explain_seconds,
        )

    found = []
    for name, group in groups:
        codes = (tuple(instance.codes[i] for i in group),)
        try:
            together = answer(Wish(together=codes, level=level))
        except InputError as error:
            said = tuple(str(problem) for problem in error.problems)
            found.append(MergerPrice(name, group, "", (), None, None, said))
            continue
        within = _holding(group, before.zones if before.zones and level == "zones" else before.mergers)
        in_plan: InPlan = "exactly" if within == group else "within" if within else "no"
        exactly = answer(Wish(mergers=codes, level=level))
        found.append(MergerPrice(name, group, in_plan, within, together, exactly))
    return tuple(found)


def _holding(group: tuple[int, ...], parts: Sequence[Merger]) -> tuple[int, ...]:
    """Find the part that holds a group; empty where none does."""
    return next((part.members for part in parts if set(group) <= set(part.members)), ())


def price_rows(instance: Instance, prices: Sequence[MergerPrice]) -> list[list[object]]:
    """One row a merger, in the columns of `PRICE_COLUMNS`."""
    return [
        [
            price.name,
            *_who(instance, price.members),
            "; ".join(sorted({instance.regions[instance.region[i]] for i in price.members})),
            int(instance.population[list(price.members)].sum()),
            price.in_plan,
            "; ".join(instance.names[i] for i in price.within),
            *_cells(price, price.together),
            *_cells(price, price.exactly),
        ]
        for price in prices
    ]


def _who(instance: Instance, members: tuple[int, ...]) -> tuple[str, str]:
    return "; ".join(instance.names[i] for i in members), "; ".join(instance.codes[i] for i in members)


def _cells(price: MergerPrice, answer: WishAnswer | None) -> list[object]:
    cost = None if answer is None else answer.cost_nano
    if answer is None or cost is None:
        return ["", "", "", "; ".join(price.reasons(answer))]
    return [cost, cost / NANO, "yes" if answer.proved else "no", ""]

"""The marginal cost of each merger of a list: as a part of a larger one, and exactly as it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from ...instances.common.deprecated import parameters_into
from ...instances.common.problems import InputError, Problems, reject
from ...instances.groups import Grouping, resolve_groups
from ...instances.instance import Instance
from ...models.scoring.scorer import NANO
from ..deadline import Limits
from ..engines import DEFAULT
from ..progress import Progress, Step, telling
from ..results.mergers import Merger
from ..results.plan import Plan
from ..results.record import PlanRecord
from ..results.result import Result
from .whatif import result_of, what_if
from .whatif_answer import WhatIfAnswer
from .whatif_locks import Level, WhatIf

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
        Ascending; empty where the instance has none of them.
    in_plan : {'exactly', 'within', 'no', ''}
        Whether the plan has it, as a merger by itself or as part of a larger one; empty where it cannot be
        asked.
    within : tuple of int
        The merger of the plan that holds it; empty where none does.
    together : WhatIfAnswer or None
        The best plan in which its members are in one merger, others may be too.
    exactly : WhatIfAnswer or None
        The best plan that has it as it is, whatever its size.
    problems : tuple of str
        Why it cannot be asked for at all, in which case there are no answers.
    """

    name: str
    members: tuple[int, ...]
    in_plan: InPlan
    within: tuple[int, ...]
    together: WhatIfAnswer | None
    exactly: WhatIfAnswer | None
    problems: tuple[str, ...] = ()

    def reasons(self, answer: WhatIfAnswer | None) -> tuple[str, ...]:
        """Say why one of the answers has no price; empty where it has one."""
        return self.problems if answer is None else answer.reasons


@parameters_into(Limits, "limits", time_limit="seconds")
def price_mergers(
    instance: Instance,
    plan: Plan | PlanRecord | Result,
    grouping: Grouping,
    *,
    level: Level | None = None,
    engine_name: str = DEFAULT,
    workers: int | None = None,
    limits: Limits = Limits(),
    explain_seconds: float = 5.0,
    progress: Progress | None = None,
) -> tuple[MergerPrice, ...]:
    """Price each merger of a list as a wish of its own.

    Parameters
    ----------
    instance : Instance
        The one that the plan was made for.
    plan : Plan, PlanRecord or Result
    grouping : Grouping
        As `instances.groups.read_groups` reads it from a file; groups of one are passed over.
    level, engine_name, workers, explain_seconds
        See `WhatIf` and `wish`.
    limits : Limits
        Of each wish.
    progress : callable, optional
        Called with each merger that is priced.

    Returns
    -------
    tuple of MergerPrice
        In the order of the list.

    Raises
    ------
    InputError
        The list names an unknown municipality beside known ones, or one twice in one merger; it has no
        merger, or none of the instance; or the plan was made for other data. All of them are listed.
    """
    before = result_of(instance, plan)
    instance = before.instance
    answer = partial(
        what_if,
        instance,
        before,
        engine_name=engine_name,
        workers=workers,
        limits=limits,
        explain_seconds=explain_seconds,
    )
    parts = before.zones if before.zones and level == "zones" else before.mergers
    prices: list[MergerPrice] = []
    tell, groups = telling(progress), _named_groups(instance, grouping)
    for name, group in groups:
        prices.append(_price(instance, name, group, level, parts, answer))
        tell(Step(name, len(prices), len(groups), answer=prices[-1]))
    return tuple(prices)


def _named_groups(instance: Instance, grouping: Grouping) -> list[tuple[str, tuple[int, ...]]]:
    """Names and members of the mergers of a list; no members where the instance knows none of them."""
    merged = [k for k, texts in enumerate(grouping.groups) if len(texts) > 1]
    if not merged:
        reject("the file has no merger of two municipalities or more", file=grouping.file)
    here = [k for k in merged if any(_is_known(instance, text) for text in grouping.groups[k])]
    problems = Problems()
    members = {}
    for k in here or merged:
        # one by one: a list of wishes may name a municipality in several of them
        members[k] = resolve_groups(instance, grouping.only([k]), problems)[0]
    problems.raise_if_any()
    return [
        (grouping.names[k] or ("" if k in members else " + ".join(grouping.groups[k])), members.get(k, ()))
        for k in merged
    ]


def _is_known(instance: Instance, text: str) -> bool:
    try:
        instance.find(text)
    except KeyError:
        return False
    return True


def _price(
    instance: Instance,
    name: str,
    group: tuple[int, ...],
    level: Level | None,
    parts: Sequence[Merger],
    answer: Callable[[WhatIf], WhatIfAnswer],
) -> MergerPrice:
    """Price one merger."""
    if not group:
        problem = f"instance '{instance.name}' has none of these municipalities"
        return MergerPrice(name, group, "", (), None, None, (problem,))
    codes = (tuple(instance.codes[i] for i in group),)
    try:
        together = answer(WhatIf(together=codes, level=level))
    except InputError as error:
        problems = tuple(str(problem) for problem in error.problems)
        return MergerPrice(name, group, "", (), None, None, problems)
    within = _holding(group, parts)
    in_plan: InPlan = "exactly" if within == group else "within" if within else "no"
    return MergerPrice(name, group, in_plan, within, together, answer(WhatIf(mergers=codes, level=level)))


def _holding(group: tuple[int, ...], parts: Sequence[Merger]) -> tuple[int, ...]:
    """Find the part that holds a group; empty where none does."""
    return next((part.members for part in parts if set(group) <= set(part.members)), ())


def price_rows(instance: Instance, prices: Sequence[MergerPrice]) -> list[list[object]]:
    """Give one row a merger, in the columns of `PRICE_COLUMNS`."""
    return [
        [
            price.name,
            *_members(instance, price.members),
            "; ".join(sorted({instance.regions[instance.region[i]] for i in price.members})),
            int(instance.population[list(price.members)].sum()),
            price.in_plan,
            "; ".join(instance.names[i] for i in price.within),
            *_cells(price, price.together),
            *_cells(price, price.exactly),
        ]
        for price in prices
    ]


def _members(instance: Instance, members: tuple[int, ...]) -> tuple[str, str]:
    return "; ".join(instance.names[i] for i in members), "; ".join(instance.codes[i] for i in members)


def _cells(price: MergerPrice, answer: WhatIfAnswer | None) -> list[object]:
    cost = None if answer is None else answer.cost_nano
    if answer is None or cost is None:
        return ["", "", "", "; ".join(price.reasons(answer))]
    return [cost, cost / NANO, "yes" if answer.proved else "no", ""]

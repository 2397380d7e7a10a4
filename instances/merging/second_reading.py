"""A second reading of an instance after mergers, by codes, in plain Python: nothing is lost or doubled."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from ..changes import Change
from ..instance import Instance

_TOLERANCE = 1e-9
"""Relative: sums of doubles that are as near as they can be to decimals differ by less."""


def check_merged(before: Instance, after: Instance, changes: Sequence[Change]) -> None:
    """Check an instance after mergers against the one before them.

    Parameters
    ----------
    before, after : Instance
    changes : sequence of Change
        What became of the municipalities that changed.

    Raises
    ------
    RuntimeError
        The program has a defect: inhabitants, amounts, borders or villages do not agree.
    """
    became = {code: code for code in before.codes}
    became |= {change.old_code: change.code for change in changes}
    if set(became.values()) != set(after.codes) or len(became) != len(before):
        raise RuntimeError("the municipalities after the mergers are not those of the list")
    columns = {"inhabitants": (before.population.tolist(), after.population.tolist())}
    columns |= {"area": (before.area.tolist(), after.area.tolist())}
    for key in after.attributes:
        columns[key] = (before.attributes[key].tolist(), after.attributes[key].tolist())
    for key, function in after.functions.items():
        if function.unit != "yes/no":
            columns[key] = (before.functions[key].amount.tolist(), function.amount.tolist())
    _compare_figures(before, after, became)
    for what, (old, new) in columns.items():
        wanted = _sums((became[code], amount) for code, amount in zip(before.codes, old, strict=True))
        _compare(what, wanted, _sums(zip(after.codes, new, strict=True)))
    _compare("borders", _borders(before, became), _borders(after, {code: code for code in after.codes}))
    _compare("flows", _flows(before, became), _flows(after, {code: code for code in after.codes}))
    if after.villages is not None and before.villages is not None:
        old_homes = [became[before.codes[i]] for i in before.villages.municipality if i >= 0]
        if old_homes != [after.codes[i] for i in after.villages.municipality if i >= 0]:
            raise RuntimeError("a village is in another municipality than its old one became")


def _compare_figures(before: Instance, after: Instance, became: Mapping[str, str]) -> None:
    """Check that figures are those of before where nothing merged, and else a sum or not known."""
    members: dict[str, list[int]] = {}
    for i, code in enumerate(before.codes):
        members.setdefault(became[code], []).append(i)
    for key, column in after.figures.items():
        additive = before.columns[f"figures.{key}"].sums_up if f"figures.{key}" in before.columns else False
        for code, found in zip(after.codes, column.tolist(), strict=True):
            old = [float(before.figures[key][i]) for i in members[code]]
            wanted = math.fsum(old) if additive or len(old) == 1 else math.nan
            if not (_alike(wanted, found) or (math.isnan(wanted) and math.isnan(found))):
                raise RuntimeError(f"figure {key} after the mergers: that of {code} does not agree")


def _sums(amounts: Iterable[tuple[object, float]]) -> dict[object, float]:
    listed: dict[object, list[float]] = {}
    for key, amount in amounts:
        listed.setdefault(key, []).append(amount)
    return {key: math.fsum(several) for key, several in listed.items()}


def _borders(instance: Instance, became: Mapping[str, str]) -> dict[object, float]:
    pairs = [
        (became[instance.codes[a]], became[instance.codes[b]]) for a, b in instance.borders.pairs.tolist()
    ]
    lengths = zip(pairs, instance.borders.length.tolist(), strict=True)
    return _sums((tuple(sorted(pair)), length) for pair, length in lengths if pair[0] != pair[1])


def _flows(instance: Instance, became: Mapping[str, str]) -> dict[object, float]:
    flows = instance.flows
    if flows is None:
        return {}
    ends = zip(flows.origin.tolist(), flows.destination.tolist(), flows.people.tolist(), strict=True)
    return _sums(((became[instance.codes[a]], became[instance.codes[b]]), people) for a, b, people in ends)


def _compare(what: str, wanted: Mapping[object, float], found: Mapping[object, float]) -> None:
    wrong = [key for key in wanted.keys() | found.keys() if not _alike(wanted.get(key), found.get(key))]
    if wrong:
        raise RuntimeError(
            f"{what} after the mergers: the sums of {sorted(map(str, wrong))[:5]} do not agree"
        )


def _alike(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and math.isclose(one, other, rel_tol=_TOLERANCE)

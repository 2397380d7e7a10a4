"""The proof of one component: prices, what they leave open, and the tree that closes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..results.certificate import ComponentProof, InnerProof, Step, ZoneProof
from .connected import bits, mask_of
from .tree import CoverTree, Open, ProofError

_NONE = -1
"""What no plan exceeds where there is none, all parts being worth 0."""


@dataclass(frozen=True)
class Asked:
    """What a component is made of: everything by place in the component.

    Attributes
    ----------
    size : int
        Municipalities.
    sets : list of Open
        Parts that the rules allow, with their scores, or 0 where no plan is claimed.
    number : tuple of int
        Bounds on how many parts count; (0, size) where there are none.
    inner : list of Open or None
        Mergers that the rules allow, where the parts are zones around them.
    """

    size: int
    sets: list[Open]
    number: tuple[int, int]
    inner: list[Open] | None = None


def check_component(proof: ComponentProof, asked: Asked) -> None:
    """Make sure that a proof holds: no plan of the component scores more than claimed, or there is none.

    A plan that scores more would cost less than the gap between bound and claim under the prices of each
    step: reduced costs are at least 0, so each of its parts does, and is among those that stay open. The tree
    shows that these make no such plan.

    Raises
    ------
    ProofError
        It does not hold; says why.
    """
    _expect(len(proof.municipalities) == asked.size, "it is about other municipalities")
    _expect(proof.sets == len(asked.sets), f"it knows {proof.sets} parts; there are {len(asked.sets)}")
    _expect(bool(proof.steps), "it has no step")
    claim = _NONE if proof.claim is None else proof.claim
    _expect((proof.inner is None) == (asked.inner is None), "mergers inside zones are proved or not")
    alive = asked.sets
    inner = None
    if proof.inner is not None and asked.inner is not None:
        inner = _Inner.of(proof.inner, asked)
        alive = [replace(one, most=one.most + inner.at_most(one.mask)) for one in alive]
    gap = 0
    for number, step in enumerate(proof.steps):
        gap, alive = _priced(step, asked, alive, claim)
        if inner is not None and not number:
            alive = inner.refined(alive, gap)
    stated = [mask_of(one) for one in proof.open]
    _expect(proof.open == sorted(bits(one.mask) for one in alive), "other parts are open than it says")
    _expect(len(stated) == len(set(stated)), "a part is open twice")
    if gap <= 0:
        _expect(not proof.tree, "there is a cover tree where nothing is open")
        return

    def may_be(chosen: list[Open]) -> None:
        least, most = asked.number
        if sum(one.most for one in chosen) > claim and least <= sum(one.counts for one in chosen) <= most:
            raise ProofError("a plan of what is open scores more than claimed")

    CoverTree(proof.tree, gap, may_be).walk((1 << asked.size) - 1, alive)


def _priced(step: Step, asked: Asked, alive: list[Open], claim: int) -> tuple[int, list[Open]]:
    """Apply the prices of a step; give the gap that they leave, and the parts that fit into it."""
    _expect(len(step.duals) == asked.size, "a step has not one dual a municipality")
    cuts = []
    for cut in step.cuts:
        right = len(set(cut.municipalities)) == len(cut.municipalities) == 3 and all(
            0 <= i < asked.size for i in cut.municipalities
        )
        _expect(right and cut.price >= 0, "a cut has not three municipalities and a price of 0 or more")
        cuts.append((mask_of(cut.municipalities), cut.price))
    least, most = asked.number
    bound = (
        sum(step.duals) + sum(price for _, price in cuts) + step.number * (most if step.number > 0 else least)
    )
    gap, left = bound - claim, []
    for one in alive:
        cost = sum(step.duals[i] for i in bits(one.mask)) + step.number * one.counts - one.most
        for mask, price in cuts:
            if (one.mask & mask).bit_count() > 1:
                cost += price
        _expect(cost >= 0, "a part scores more than its duals come to")
        if cost < gap:
            left.append(replace(one, cost=cost))
    return gap, left


@dataclass(frozen=True)
class _Inner:
    """The mergers inside zones: what those of a zone score at most."""

    proof: InnerProof
    mergers: list[Open]

    @classmethod
    def of(cls, proof: InnerProof, asked: Asked) -> _Inner:
        mergers = asked.inner or []
        _expect(len(proof.duals) == asked.size, "mergers have not one dual a municipality")
        _expect(proof.sets == len(mergers), f"it knows {proof.sets} mergers; there are {len(mergers)}")
        priced = []
        for one in mergers:
            cost = sum(proof.duals[i] for i in bits(one.mask)) - one.most
            _expect(cost >= 0, "a merger scores more than its duals come to")
            priced.append(replace(one, cost=cost))
        return cls(proof, sorted(priced, key=lambda one: one.cost))

    def at_most(self, zone: int) -> int:
        """What the mergers inside a zone score at most by the duals."""
        return sum(self.proof.duals[i] for i in bits(zone))

    def refined(self, zones: list[Open], gap: int) -> list[Open]:
        """Bring zones down to what is proved of their mergers; leave out what then costs too much."""
        known, refined = {one.mask: one for one in zones}, []
        for proof in self.proof.zones:
            mask = _mask(proof.zone)
            zone = known.get(mask)
            if zone is None:
                raise ProofError("it proves of a zone that is not open, or twice")
            del known[mask]
            lacking = self._lacking(proof, mask)
            if zone.cost + lacking < gap:
                refined.append(replace(zone, cost=zone.cost + lacking, most=zone.most - lacking))
        return [*known.values(), *refined]

    def _lacking(self, proof: ZoneProof, zone: int) -> int:
        """Give what the mergers inside a zone lack to their duals at least, as it is proved."""
        budget = self.at_most(zone) - proof.most
        _expect(budget > 0, "it proves nothing of a zone")
        inside = [one for one in self.mergers if not one.mask & ~zone and one.cost < budget]

        def may_be(chosen: Sequence[Open]) -> None:
            if sum(one.most for one in chosen) > proof.most:
                raise ProofError("mergers inside a zone score more than is said")

        CoverTree(proof.tree, budget, may_be).walk(zone, inside)
        return budget


def _mask(places: list[int]) -> int:
    _expect(all(place >= 0 for place in places), "there is no such municipality")
    return mask_of(places)


def _expect(holds: bool, text: str) -> None:
    if not holds:
        raise ProofError(text)

"""Checking a certificate: every region, its parts listed and scored anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from ...instances import Instance
from ...instances.common.activity import doing
from ..results.certificate import CERTIFIED, Certificate, ComponentProof, RegionProof
from ..verification.figures import score_nano
from ..verification.level import Level, Part, levels_of, scope_of
from ..verification.regions import with_regions
from ..verification.scores import unclear_terms
from ..verification.verifier import verify
from .admissible import Region
from .component import Asked, check_component
from .connected import TooManySetsError
from .tree import Open, ProofError

if TYPE_CHECKING:
    from ...models.scenario.scenario import Scenario
    from ..results.plan import Plan


@dataclass(frozen=True)
class RegionCheck:
    """What a certificate proves of a region.

    Attributes
    ----------
    name : str
    proved : bool
        Whether its claim is checked.
    problem : str
        Why it is not, in words.
    parts : int
        Parts of all levels that were listed and scored.
    """

    name: str
    proved: bool
    problem: str = ""
    parts: int = 0


def check_certificate(
    certificate: Certificate, instance: Instance, scenario: Scenario, plan: Plan
) -> tuple[RegionCheck, ...]:
    """Check what a certificate says, from instance, scenario and plan alone.

    Parameters
    ----------
    certificate : Certificate
        Its hashes are not looked at.
    instance : Instance
    scenario : Scenario
    plan : Plan
        Of the regions that have one.

    Returns
    -------
    tuple of RegionCheck
        One for each region of the certificate.
    """
    instance = with_regions(instance, scenario)
    names = [region.name for region in certificate.regions]
    if len(set(names)) < len(names) or not set(names) <= set(instance.regions):
        return tuple(RegionCheck(name, False, "the regions are not those of the instance") for name in names)
    solved = [region.name for region in certificate.regions if region.score_nano is not None]
    broken = verify(instance, scenario, plan, regions=solved) if solved else ()
    if broken:
        text = f"the plan itself is not right: {broken[0].text}"
        return tuple(RegionCheck(name, False, text) for name in names)
    levels = levels_of(instance, scenario, plan, scope_of(instance, names))
    return tuple(_check_region(region, levels) for region in certificate.regions)


def _check_region(proof: RegionProof, levels: Sequence[Level]) -> RegionCheck:
    if proof.proof != CERTIFIED:
        return RegionCheck(proof.name, False, proof.reason or "nothing is proved of it")
    work = _Work(proof, levels)
    try:
        with doing(f"{proof.name}: checking its proof"):
            work.check()
    except ProofError as error:
        return RegionCheck(proof.name, False, str(error), work.parts)
    except TooManySetsError:
        return RegionCheck(proof.name, False, "it has more connected sets than the check lists", work.parts)
    return RegionCheck(proof.name, True, "", work.parts)


@dataclass
class _Work:
    """The check of one region."""

    proof: RegionProof
    levels: Sequence[Level]
    parts: int = field(default=0, init=False)

    def check(self) -> None:
        """Make sure that the components cover the region, and that each proof holds."""
        unclear = [text for level in self.levels for text in unclear_terms(level)]
        if unclear:
            raise ProofError(unclear[0].text)
        outer, inner = self.levels[0], self.levels[1:]
        region = self._region(outer, self._held(inner))
        components = [self._places(one, outer) for one in self.proof.components]
        self._check_cover(components, region)
        score = self._scorer(outer)
        listed = region.parts()
        asked = [self._asked(places, listed, region, score) for places in components]
        if inner:
            mergers = self._region(inner[0])
            of_mergers = mergers.parts()
            self.parts += len(of_mergers)
            score = self._scorer(inner[0])
            asked = [
                self._with_mergers(one, places, of_mergers, score)
                for one, places in zip(asked, components, strict=True)
            ]
        self.parts += len(listed)
        for one, given in zip(self.proof.components, asked, strict=True):
            check_component(one, given)

    def _held(self, inner: Sequence[Level]) -> tuple[frozenset[int], ...]:
        """Groups that zones hold whole, as mergers do; not what a rule of zones parts at sight."""
        if not inner:
            return ()
        zones = self.levels[0].agreed
        alone = self.levels[0].standalone.keys() | zones.merged
        return tuple(
            group
            for group in (*self._region(inner[0]).groups, *inner[0].agreed.kept)
            if not group & alone and not any(len(group & apart) > 1 for apart in zones.apart)
        )

    def _region(self, level: Level, held: tuple[frozenset[int], ...] = ()) -> Region:
        return Region(level, level.instance.regions.index(self.proof.name), held)

    def _scorer(self, level: Level) -> Callable[[Part], int]:
        """What a part scores; nothing where it is claimed that there is no plan."""
        if self.proof.status == "infeasible":
            return lambda part: 0
        return partial(score_nano, level.instance, level.scenario)

    def _places(self, component: ComponentProof, level: Level) -> dict[int, int]:
        """Give the municipalities of a component, each with its place."""
        index = level.instance.index
        members = [index.get(code, -1) for code in component.municipalities]
        if not members or -1 in members or members != sorted(set(members)):
            raise ProofError("a component has municipalities that are unknown, twice or not in order")
        return {i: place for place, i in enumerate(members)}

    def _check_cover(self, components: Sequence[dict[int, int]], region: Region) -> None:
        """Make sure that the components are enough for what is claimed, and what they claim."""
        claims = [one.claim for one in self.proof.components]
        inside = [i for places in components for i in places]
        if len(set(inside)) < len(inside) or not set(inside) <= set(region.members):
            raise ProofError("its components overlap, or reach beyond the region")
        if self.proof.status == "infeasible":
            if not claims or any(claim is not None for claim in claims) or self.proof.score_nano is not None:
                raise ProofError("no component is said to have no plan")
            return
        if self.proof.status != "optimal":
            raise ProofError("nothing is said to be proved")
        if sorted(inside) != region.members:
            raise ProofError("a component of the region is missing")
        if None in claims or sum(claim or 0 for claim in claims) != self.proof.score_nano:
            raise ProofError("the claims of its components do not add up to its score")
        own = set(region.members)
        score = sum(
            score_nano(level.instance, level.scenario, part)
            for level in self.levels
            for part in level.parts
            if own.issuperset(part)
        )
        if score != self.proof.score_nano:
            raise ProofError(f"its plan scores {score} billionths of a point, and not what is claimed")

    def _asked(
        self, places: dict[int, int], listed: Sequence[Part], region: Region, score: Callable[[Part], int]
    ) -> Asked:
        """Take the parts of a component out of those of the region; none may reach beyond it."""
        sets = []
        for part in listed:
            held = [places[i] for i in part if i in places]
            if held and len(held) < len(part):
                raise ProofError("a part reaches from one component into another")
            if held:
                sets.append(Open(sum(1 << i for i in held), 0, score(part), int(region.counts(part))))
        whole = len(places) == len(region.members)
        return Asked(len(places), sets, region.number if whole else (0, len(places)))

    def _with_mergers(
        self, asked: Asked, places: dict[int, int], listed: Sequence[Part], score: Callable[[Part], int]
    ) -> Asked:
        """Add the mergers that lie in a component."""
        inside = [part for part in listed if all(i in places for i in part)]
        mergers = [Open(sum(1 << places[i] for i in part), 0, score(part)) for part in inside]
        return Asked(asked.size, asked.sets, asked.number, mergers)

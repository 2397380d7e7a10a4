"""The certificate of a plan: what `certificate.json` holds, and how it is read back to the letter."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from ...instances.common.json_text import strict_json
from ...instances.common.problems import Problems, reject
from ...instances.common.validation import note_validation_errors
from ...models.scenario.scenario import Scenario

CERTIFICATE_FILE = "certificate.json"

CERTIFIED: Literal["certified"] = "certified"
BY_SEARCH: Literal["proved by search, not certified"] = "proved by search, not certified"

Certified = Literal["", "certified", "proved by search, not certified"]
"""What a region says of its proof; empty where no certificate was asked for, or nothing is proved."""


M = TypeVar("M", bound=BaseModel)


class Strict(BaseModel):
    """A record of which every key is known and every value is of its kind."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Cut(Strict):
    """A subset row: of three municipalities, at most one part of a plan holds two or more.

    Attributes
    ----------
    municipalities : list of int
        Three different ones, by their place in the component.
    price : int
        Nano-points, at least 0.
    """

    municipalities: list[int]
    price: int


class Step(Strict):
    """Prices under which no part has a negative reduced cost.

    Attributes
    ----------
    duals : list of int
        Nano-points of each municipality of the component.
    number : int
        Nano-points of each part that counts: above 0 the most of them binds, below 0 the fewest.
    cuts : list of Cut
    """

    duals: list[int]
    number: int
    cuts: list[Cut]


class ZoneProof(Strict):
    """What the mergers inside a zone score at most.

    Attributes
    ----------
    zone : list of int
        Its municipalities, by their place in the component.
    most : int
        Nano-points: their score, or what leaves the zone out if they score less or there are none.
    tree : list of int
        The cover tree that proves it: see `ComponentProof`.
    """

    zone: list[int]
    most: int
    tree: list[int]


class InnerProof(Strict):
    """What is proved of the mergers inside the zones of a component.

    Attributes
    ----------
    duals : list of int
        Nano-points of each municipality of the component, under which no merger has a negative reduced cost.
    sets : int
        Mergers that the rules allow within the component.
    zones : list of ZoneProof
        Of the zones that the first step leaves open.
    """

    duals: list[int]
    sets: int
    zones: list[ZoneProof]


class ComponentProof(Strict):
    """The proof that no plan of a component scores more than it claims.

    Attributes
    ----------
    municipalities : list of str
        Codes, in the order of the instance; everything else names them by their place in this list.
    claim : int or None
        Nano-points that no plan of the component exceeds; None where it has no plan at all.
    sets : int
        Parts that the rules allow within the component.
    steps : list of Step
        The first is about all parts, each other about those that the one before leaves open.
    open : list of list of int
        Parts that the last step leaves open, each ascending, in lexicographic order.
    tree : list of int
        The cover tree in preorder: at each node, the municipality whose parts the node tries one by one.
        Empty where the last step leaves nothing open.
    inner : InnerProof or None
        Where zones have mergers inside.
    """

    municipalities: list[str]
    claim: int | None
    sets: int
    steps: list[Step]
    open: list[list[int]]
    tree: list[int]
    inner: InnerProof | None


class RegionProof(Strict):
    """The proof of what is said of a region.

    Attributes
    ----------
    name : str
    status : {'optimal', 'infeasible', 'feasible', 'no plan within limit'}
    score_nano : int or None
    proof : {'certified', 'proved by search, not certified', ''}
        Empty where nothing is claimed to be proved.
    reason : str
        Why it is not certified.
    components : list of ComponentProof
        Of an optimal plan all; where there is no plan, one that has none.
    """

    name: str
    status: Literal["optimal", "infeasible", "feasible", "no plan within limit"]
    score_nano: int | None
    proof: Certified
    reason: str
    components: list[ComponentProof]


class Certificate(Strict):
    """Everything that `certificate.json` holds.

    Attributes
    ----------
    certificate_version : int
    instance : str
        Name of the instance.
    instance_hash : str
        Of the data that the plan rests on, as in `plan.json`.
    scenario_hash : str
        SHA-256 of the scenario of `plan.json`.
    regions : list of RegionProof
    """

    certificate_version: Literal[1]
    instance: str
    instance_hash: str
    scenario_hash: str
    regions: list[RegionProof]

    def text(self) -> str:
        """Write the certificate: one line for each component."""
        return text_by_line(self, self.regions, "components")


def text_by_line(certificate: BaseModel, proofs: Sequence[BaseModel], of: str) -> str:
    """Write a certificate of regions, with one line for each of what the field `of` of a region lists."""
    head = json.dumps(certificate.model_dump(exclude={"regions"}), ensure_ascii=False)[:-1]
    regions = []
    for region in proofs:
        own = json.dumps(region.model_dump(exclude={of}), ensure_ascii=False)[:-1]
        lines = [json.dumps(one.model_dump(), separators=(",", ":")) for one in getattr(region, of)]
        regions.append(f'{own}, "{of}": [\n' + ",\n".join(lines) + "\n]}")
    return head + ', "regions": [\n' + ",\n".join(regions) + "\n]}\n"


def scenario_hash(scenario: Scenario) -> str:
    """Give the SHA-256 of a scenario as plans state it."""
    content = json.dumps(scenario.model_dump(mode="json"), separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def read_certificate(file: Path) -> Certificate:
    """Read a certificate that is written exactly as this program writes it.

    Raises
    ------
    InputError
        It cannot be read, or is not written so; everything is listed.
    """
    return read_as_written(file, Certificate, Certificate.text, "solve again with --certificate")


def read_as_written(file: Path, kind: type[M], text_of: Callable[[M], str], remedy: str) -> M:
    """Read a record that is written exactly as `text_of` writes it.

    Raises
    ------
    InputError
    """
    problems = Problems()
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        reject("the file is not UTF-8 text, as this program writes it", file=file.name)
    data = strict_json(text, file.name)
    try:
        certificate = kind.model_validate(data)
    except ValidationError as error:
        note_validation_errors(error, kind, file.name, problems)
        problems.raise_if_any()
        raise
    if text_of(certificate) != text:
        reject(
            "it says nothing else, but is not written as this program writes it",
            remedy,
            file=file.name,
        )
    return certificate

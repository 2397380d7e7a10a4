"""The certificate of a census: the decision diagram of all plans, as `certificate.json` holds it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from .certificate import Strict, read_as_written, text_by_line

NOT_CERTIFIED: Literal["not certified"] = "not certified"


class Layer(Strict):
    """The states of a diagram with the same first municipality left.

    Attributes
    ----------
    place : int
        Of that municipality: all before it are covered.
    beyond : list of str
        For each state, which of those behind it are covered: bits in hexadecimal, the lowest for the next
        one. In ascending order, by numbers where they are equal.
    numbers : list of int
        For each state, how many mergers that count it holds; empty where their number is free.
    plans : list of str
        For each state, in how many ways it becomes a plan: whole numbers, as text since they may exceed 2^53.
    """

    place: int
    beyond: list[str]
    numbers: list[int]
    plans: list[str]


class RegionDiagram(Strict):
    """All plans of a region.

    Attributes
    ----------
    name : str
    proof : {'certified', 'not certified'}
    reason : str
        Why it is not certified.
    distributions : bool
        Whether the bins of distributions, and standings, are few enough sums to be added up again.
    plans : str or None
        Their number; None where it is not certified.
    municipalities : list of str
        Codes, in the order in which they are covered; everything else names them by their place in this list.
    sets : int
        Parts that the rules allow.
    layers : list of Layer
        Those that have states, by place: states that cover nothing first.
    """

    name: str
    proof: Literal["certified", "not certified"]
    reason: str
    distributions: bool
    plans: str | None
    municipalities: list[str]
    sets: int
    layers: list[Layer]


class CensusCertificate(Strict):
    """Everything that `certificate.json` of a census holds.

    Attributes
    ----------
    certificate_version : int
    counted : str
        What it is about.
    instance : str
        Name of the instance.
    instance_hash : str
        Of the data that the census rests on, as in `census.json`.
    scenario_hash : str
        SHA-256 of the scenario of `census.json`.
    regions : list of RegionDiagram
    """

    certificate_version: Literal[1]
    counted: Literal["plans"]
    instance: str
    instance_hash: str
    scenario_hash: str
    regions: list[RegionDiagram]

    def text(self) -> str:
        """Write the certificate: one line for each layer."""
        return text_by_line(self, self.regions, "layers")


def read_census_certificate(file: Path) -> CensusCertificate:
    """Read a certificate that is written exactly as this program writes it.

    Raises
    ------
    InputError
        It cannot be read, or is not written so; everything is listed.
    """
    return read_as_written(file, CensusCertificate, CensusCertificate.text, "count again with --certificate")

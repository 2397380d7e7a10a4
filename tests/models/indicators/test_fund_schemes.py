"""Fund schemes: every mistake in a file is told with its place."""

from __future__ import annotations

from typing import Any

import pytest
from refzones.app.dutch import in_dutch
from refzones.instances import InputError
from refzones.models.indicators.fund_schemes import FundScheme
from refzones.models.indicators.scheme_files import checked_scheme, known_scheme, scheme_names

GOOD: dict[str, Any] = {
    "title": "Mine",
    "source": "a test",
    "total": 100,
    "year": 2030,
    "groups": {"coast": ["Oostende"]},
    "blocks": {"basic": {"share": 0.75}, "coast": {"share": 0.25, "group": "coast"}},
}

MISTAKES = [
    (
        {"blocks": {"a": {"share": 0.5}, "b": {"share": 0.4}}},
        "shares of the blocks sum to 0.9; they must",
    ),
    ({"blocks": {"a": {"share": 0.5}, "b": {"amounts": "x"}}}, "some blocks have a share and others amounts"),
    ({"blocks": {"a": {}}}, "blocks.a: give a share, or the column of the amounts today, and not both"),
    ({"blocks": {"a": {"share": 1, "amounts": "x"}}}, "blocks.a: give a share, or the column"),
    ({"blocks": {"a": {"share": 1, "by": "given"}}}, "'given' needs amounts"),
    ({"blocks": {"a": {"share": -1}}}, "blocks.a.share: must be at least 0"),
    ({"blocks": {"a": {"share": 1, "sahre": 1}}}, "unknown key 'blocks.a.sahre'; did you mean 'share'?"),
    ({"blocks": {"a": {"share": 1, "classes": {"d1": 1}}}}, "unknown class 'd1'"),
    ({"blocks": {"a": {"share": 1, "joined": "half"}}}, "blocks.a.joined: must be 'whole' or 'members'"),
    (
        {"blocks": {"a": {"share": 1, "group": "cost"}}},
        "there is no group 'cost'; did you mean 'coast'?",
    ),
    (
        {"blocks": {"a": {"share": 1, "steps": {"below": [20, 10], "values": [1, 2, 3]}}}},
        "blocks.a.steps: the steps are out of order: 10 follows 20",
    ),
    ({"blocks": {}}, "blocks: needs at least 1"),
    ({"groups": {"coast": []}}, "groups.coast is empty; name its municipalities"),
    ({"total": None}, "the blocks have shares; give the total that they are shares of, in euro"),
    ({"total": -5}, "total: must be more than 0"),
    ({"source": ""}, "source: "),
]


@pytest.mark.parametrize(("change", "message"), MISTAKES)
def test_mistakes_are_told(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError) as caught:
        checked_scheme(GOOD | change, FundScheme, "mine.toml")
    (problem,) = caught.value.problems
    assert str(problem).startswith("mine.toml")
    assert message in str(problem)
    assert in_dutch(str(problem)), str(problem)


def test_the_schemes_of_the_project_are_good() -> None:
    assert scheme_names(FundScheme) == ("present", "report")
    for name in scheme_names(FundScheme):
        scheme = known_scheme(name, FundScheme)
        assert scheme.source
        assert in_dutch(scheme.title), scheme.title
        assert in_dutch(scheme.note), scheme.note
    assert checked_scheme(GOOD, FundScheme, "mine.toml").blocks["coast"].group == "coast"

"""Schemes that users name beside a scenario: files of a merger bonus and the like."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...instances.common.path_names import as_text
from ...instances.common.problems import Problems
from ...models.scenario.scenario import Scenario


def with_schemes(scenario: Scenario, files: Sequence[Path]) -> Scenario:
    """Give a scenario that holds the schemes of files too, each by the name of its file.

    Parameters
    ----------
    scenario : Scenario
    files : sequence of Path

    Raises
    ------
    InputError
        A file cannot be read, or its scheme has the name of another one.
    """
    from ...models.scenario.reading import read_toml

    if not files:
        return scenario
    problems = Problems()
    schemes: dict[str, Any] = {}
    for path in files:
        if not path.is_file():
            problems.add("--scheme: there is no such file", "name a scheme file", value=as_text(path))
        elif path.stem in {*schemes, *scenario.schemes}:
            what = "--scheme: there are two schemes of this name"
            problems.add(what, "give the file another name", value=path.stem)
        else:
            schemes[path.stem] = read_toml(path)
    problems.raise_if_any()
    return scenario.overlaid({"schemes": schemes}, "--scheme")

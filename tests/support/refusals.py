"""What is said of scenarios that cannot be used."""

from __future__ import annotations

from typing import Any

import pytest
from refzones.instances import InputError
from refzones.models import Scenario


def refused(data: dict[str, Any]) -> list[str]:
    """What is said of a scenario that cannot be used."""
    with pytest.raises(InputError) as caught:
        Scenario.from_dict(data, file="my.toml")
    return [str(problem) for problem in caught.value.problems]

from __future__ import annotations

from collections.abc import Callable

import pytest


def test_it_is_a_share_of_all_inhabitants(value: Callable[..., float]) -> None:
    assert value("share_beyond(5)", (1, 2, 3)) == pytest.approx(100 * 2_000 / 14_000)
    assert value("share_beyond(5)", (1, 2, 3), (4,), (5, 6)) == pytest.approx(100 * 2_000 / 28_000)

"""Two divisions of the same few municipalities, drawn."""

from __future__ import annotations

from hypothesis import strategies as st

Division = list[tuple[int, ...]]


def division(labels: list[int]) -> Division:
    return [tuple(i for i, one in enumerate(labels) if one == label) for label in sorted(set(labels))]


@st.composite
def pairs_of_divisions(draw: st.DrawFn) -> tuple[Division, Division, list[int]]:
    n = draw(st.integers(1, 6))
    labels = st.lists(st.integers(0, 3), min_size=n, max_size=n)
    population = draw(st.lists(st.integers(1, 6), min_size=n, max_size=n))
    return division(draw(labels)), division(draw(labels)), population

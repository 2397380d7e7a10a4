"""The distribution of all plans: shares, marks and words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from refzones.app.pictures.distribution import Mark, draw_distribution, rank_in_words, shares


@given(st.lists(st.integers(0, 10**30), min_size=1, max_size=20).filter(any))
def test_shares_of_numbers_of_any_size(counts: list[int]) -> None:
    found = shares(counts)
    assert found.sum() == pytest.approx(1)
    assert found == pytest.approx([count / sum(counts) for count in counts])


def test_no_plan_at_all() -> None:
    assert shares([0, 0]).tolist() == [0, 0]


@pytest.mark.parametrize(
    ("better", "words"),
    [
        (0.0, "best of all plans"),
        (0.0123, "among the best 1.2 % of all plans"),
        (0.25, "among the best 25 % of all plans"),
        (0.5, "50 % of all plans are better"),
        (0.992, "99.2 % of all plans are better"),
        (0.999999, "over 99.9 % of all plans are better"),
        (4e-9, "one plan in 250,000,000 is better"),
        (1.237e-8, "one plan in 81,000,000 is better"),
    ],
)
def test_rank_in_words(better: float, words: str) -> None:
    assert rank_in_words(better) == words


@pytest.mark.parametrize(
    ("better", "words"),
    [(0.0, "better than 20,000 random plans"), (0.0123, "about 1.2 % of all plans are better")],
)
def test_a_sample_proves_nothing_best(better: float, words: str) -> None:
    assert rank_in_words(better, 20_000) == words


def test_bars_are_the_shares_and_marks_stand_at_their_values() -> None:
    edges, counts = np.linspace(0, 10, 11), [0, 1, 2, 5, 9, 9, 5, 2, 1, 0]
    marks = [Mark("optimum", 9.5, 0.0), Mark("ours", 2.5, 0.9)]
    figure = draw_distribution(edges, counts, marks, label="score, points", title="All plans")
    (axes,) = figure.axes
    assert [bar.get_height() for bar in axes.patches] == pytest.approx(shares(counts))
    assert [bar.get_x() for bar in axes.patches] == pytest.approx(edges[:-1])
    heads = [line for line in axes.lines if len(line.get_xdata()) == 2]
    assert [float(line.get_xdata()[0]) for line in heads] == [9.5, 2.5]
    written = "\n".join(text.get_text() for text in axes.texts)
    assert "best of all plans" in written
    assert "90 % of all plans are better" in written
    assert "better →" in axes.get_xlabel()


@pytest.mark.parametrize("values", [[1, 1.2, 1.4], [8, 8.1, 9.9], [4.9, 5.1], [0, 2, 4, 6]])
def test_names_of_marks_do_not_overlap(values: list[float]) -> None:
    marks = [Mark(f"plan number {k}", value, 0.3) for k, value in enumerate(values)]
    figure = draw_distribution(np.linspace(0, 10, 11), [1] * 10, marks, label="km")
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()
    boxes = [text.get_window_extent(renderer) for text in figure.axes[0].texts]
    for k, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:k])
        assert box.x0 >= 0
        assert box.x1 <= figure.bbox.x1
        assert box.y1 <= figure.axes[0].bbox.y1


def test_one_bin() -> None:
    figure = draw_distribution(
        np.array([3.0, 4.0]), [5], [Mark("only", 3.5)], label="km", more_is_better=False
    )
    assert "← better" in figure.axes[0].get_xlabel()

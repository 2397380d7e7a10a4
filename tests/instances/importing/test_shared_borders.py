from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from refzones.instances import InputError
from refzones.instances.common.problems import Problems
from refzones.instances.importing.coverage import MatchingParams
from refzones.instances.importing.shared_borders import SharedBorders, find_borders
from shapely import MultiPolygon, Polygon, box, segmentize, transform
from shapely.affinity import rotate, translate

SIDE = 5000.0


def nine(right: float = 0.0, up: float = 0.0) -> list[Any]:
    """Nine squares of five kilometres, the last column moved."""
    corners = [
        (150_000 + SIDE * i + right * (i == 2), 200_000 + SIDE * j + up * (i == 2))
        for j in range(3)
        for i in range(3)
    ]
    return [box(x, y, x + SIDE, y + SIDE) for x, y in corners]


GRID = {(i, i + 1): SIDE for i in range(9) if i % 3 < 2} | {(i, i + 3): SIDE for i in range(6)}


def lengths(shared: SharedBorders) -> dict[tuple[int, ...], float]:
    pairs = map(tuple, shared.borders.pairs.tolist())
    return dict(zip(pairs, shared.borders.length.tolist(), strict=True))


def faults(shapes: Sequence[Any], **options: Any) -> list[str]:
    problems = Problems()
    labels = [chr(ord("A") + i) for i in range(len(shapes))]
    borders = find_borders(shapes, labels, problems=problems, **options)
    assert not len(borders.borders.pairs)
    with pytest.raises(InputError) as error:
        problems.raise_if_any()
    return str(error.value).splitlines()


def test_squares_share_sides_and_not_corners() -> None:
    borders = find_borders([box(0, 0, 10, 10), box(10, 0, 20, 10), box(10, 10, 20, 20)]).borders
    assert borders.pairs.tolist() == [[0, 1], [1, 2]]
    assert borders.length.tolist() == [10, 10]


def test_an_enclave_shares_its_whole_outline() -> None:
    ring = box(0, 0, 30, 30).difference(box(10, 10, 20, 20))
    borders = find_borders([ring, box(10, 10, 20, 20)]).borders
    assert borders.pairs.tolist() == [[0, 1]]
    assert borders.length.tolist() == [40]


def test_a_border_in_two_pieces_is_added_up() -> None:
    comb = Polygon([(0, 0), (30, 0), (30, 10), (20, 10), (20, 5), (10, 5), (10, 10), (0, 10)])
    borders = find_borders([comb, box(0, 10, 30, 20)]).borders
    assert borders.length.tolist() == [20]


def test_lengths_are_to_a_tenth_of_a_metre_and_less_is_no_border() -> None:
    assert find_borders([box(0, 0, 1, 1.26), box(1, 0, 2, 5)], tolerance=0.01).borders.length.tolist() == [
        1.3
    ]
    assert find_borders([box(0, 0, 1, 1), box(1, 0.98, 2, 5)], tolerance=0.01).borders.pairs.tolist() == []


def test_one_shape_has_no_neighbours() -> None:
    assert find_borders([box(0, 0, 1, 1)]).borders.pairs.shape == (0, 2)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 5), st.integers(1, 5))
def test_a_grid_has_the_neighbours_of_a_grid(width: int, height: int) -> None:
    cells = [
        box(x, y, x + 100, y + 100) for x in range(0, 100 * width, 100) for y in range(0, 100 * height, 100)
    ]
    borders = find_borders(cells).borders
    assert len(borders.pairs) == (width - 1) * height + width * (height - 1)
    assert set(borders.length.tolist()) <= {100.0}


@pytest.mark.parametrize("right", [0.5, -0.5, 1.9, -1.9, 0.01, -0.01])
def test_gaps_and_overlaps_within_the_tolerance_are_closed(right: float) -> None:
    borders = find_borders(nine(right), list("ABCDEFGHI"))
    assert lengths(borders) == GRID  # corners that overlap make no border
    assert borders.closed == pytest.approx(abs(right))
    assert borders.notes[0].startswith("3 pairs of neighbours do not quite fit; gaps and overlaps up")
    kind = "gaps" if right > 0 else "overlaps"
    assert [note.split(" of ")[0] for note in borders.notes[1:]] == [
        f"{p}: {kind}" for p in ("B and C", "E and F", "H and I")
    ]


def test_squares_that_are_moved_along_the_border_too() -> None:
    metres = lengths(find_borders(nine(0.5, 0.3)))
    assert metres.keys() == GRID.keys()
    assert all(abs(length - SIDE) <= 1 for length in metres.values())


def test_a_seamless_map_has_nothing_to_tell() -> None:
    borders = find_borders(nine())
    assert (lengths(borders), borders.closed, borders.notes) == (GRID, 0, ())


def test_gaps_above_the_tolerance_are_named_pair_by_pair() -> None:
    told = faults(nine(5.0))
    assert told[0] == (
        "B and C almost touch: between them is a gap up to 5 m wide along 5,000 m; mend the file, or let it "
        "be closed: boundaries.tolerance = 6; if the gap is really there, as water is: "
        'boundaries.gaps = "keep"'
    )
    assert [text.partition(" almost")[0] for text in told] == ["B and C", "E and F", "H and I"]
    assert lengths(find_borders(nine(5.0), tolerance=6)) == GRID


def test_gaps_that_are_meant_are_kept_and_told() -> None:
    problems = Problems()
    borders = find_borders(nine(5.0), list("ABCDEFGHI"), keep_gaps=True, problems=problems)
    assert not problems
    assert lengths(borders) == {
        pair: length for pair, length in GRID.items() if pair not in {(1, 2), (4, 5), (7, 8)}
    }
    assert len(borders.notes) == 3
    assert all(note.endswith("; it makes no border") for note in borders.notes)


@pytest.mark.parametrize("right", [99.0, 150.0, 240.0])
def test_a_wide_gap_is_refused_unless_it_is_meant(right: float) -> None:
    told = faults(nine(right))
    assert [text.partition(" almost")[0] for text in told] == ["B and C", "E and F", "H and I"]
    kept = find_borders(nine(right), list("ABCDEFGHI"), keep_gaps=True, problems=Problems())
    assert len(kept.notes) == 3


def test_a_municipality_that_is_too_small_on_all_sides_loses_no_border_in_silence() -> None:
    cells = nine()
    cells[4] = cells[4].buffer(-170, join_style="mitre")
    pairs = ["B and E", "D and E", "E and F", "E and H"]
    assert [text.partition(" almost")[0] for text in faults(cells)] == pairs


def test_a_strait_is_no_mistake() -> None:
    assert not find_borders(nine(1000.0)).notes


@pytest.mark.parametrize("right", [-5.0, -200.0])
def test_overlaps_above_the_tolerance_are_named_pair_by_pair(right: float) -> None:
    told = faults(nine(right))
    assert [text.partition(" overlap")[0] for text in told] == ["B and C", "E and F", "H and I"]
    assert all(f"up to {-right:g} m wide" in text for text in told)
    assert all(("boundaries.tolerance = 6" in text) == (right == -5) for text in told)


def test_one_polygon_under_two_codes() -> None:
    squares = nine()
    squares[1] = squares[0]
    (found,) = faults(squares)
    assert found == "A and B have the same polygon (25 km2); give each its own, or remove one of the two"


def test_an_enclave_without_a_hole_around_it() -> None:
    squares = nine()
    squares[8] = box(151_000, 201_000, 152_000, 202_000)
    (found,) = faults(squares)
    assert found.startswith("I lies inside A, which has no hole there (1 km2 are in both); cut the one out")
    squares[0] = squares[0].difference(squares[8])
    assert lengths(find_borders(squares))[0, 8] == 4000


def test_a_level_above_under_a_code_of_its_own() -> None:
    for outline in (box(150_000, 200_000, 165_000, 215_000), box(149_999, 199_999, 165_001, 215_001)):
        told = faults([*nine(), outline])
        assert {text.partition(" lies")[0] for text in told} >= set("ABCDFGHI")


def test_a_merged_municipality_beside_its_members() -> None:
    both = box(150_000, 200_000, 160_000, 205_000)  # no edge of it is its own
    told = faults([*nine(), both])
    assert [text.partition(", which")[0] for text in told] == ["A lies inside J", "B lies inside J"]


def test_a_line_with_other_vertices_on_both_sides() -> None:
    tall = rotate(box(0, 0, SIDE, 3 * SIDE), 17, origin=(0, 0))
    parts = [rotate(box(SIDE, SIDE * i, 2 * SIDE, SIDE * (i + 1)), 17, origin=(0, 0)) for i in range(3)]
    expected = {(0, 1): SIDE, (0, 2): SIDE, (0, 3): SIDE, (1, 2): SIDE, (2, 3): SIDE}
    borders = find_borders([tall, *parts])
    assert lengths(borders) == expected
    assert not borders.notes
    assert lengths(find_borders([segmentize(tall, 7.7), *parts])) == expected


def test_both_sides_of_a_needle_are_border() -> None:
    needle = Polygon([(0, 0), (1000, 0), (1000, 400), (1300, 400.8), (1000, 401.6), (1000, 1000), (0, 1000)])
    around = box(0, 0, 2000, 1000).difference(needle)
    moved = translate(around, 0.3, 0.2)
    exact = lengths(find_borders([needle, around]))[0, 1]
    assert exact == pytest.approx(998.4 + 600, abs=1)
    assert lengths(find_borders([needle, moved]))[0, 1] == pytest.approx(exact, abs=2)


def test_what_touches_in_a_point_is_no_neighbour_under_noise() -> None:
    for move in (0.0, 0.3, -0.3, 1.2, -1.2):
        squares = [box(0, 0, 1000, 1000), translate(box(1000, 1000, 2000, 2000), move, move)]
        assert not lengths(find_borders(squares))


def test_short_borders_stay_and_are_told_where_doubtful() -> None:
    def shapes(short: float, move: float) -> list[Any]:
        low, high = box(0, 0, 1000, 1000), box(1000, 1000 - short, 2000, 2000)
        return [low, translate(high, move, move / 3)]

    assert lengths(find_borders(shapes(12, 0.05)))[0, 1] == pytest.approx(12, abs=0.2)
    assert not any("face" in note for note in find_borders(shapes(12, 0.05)).notes)
    kept = find_borders(shapes(12, 1.8), ["A", "B"])
    assert lengths(kept)[0, 1] == pytest.approx(12, abs=3)
    assert any(note.endswith("taken as neighbours; they may touch in a point") for note in kept.notes)
    gone = find_borders(shapes(4, 1.8), ["A", "B"])
    assert not lengths(gone)
    assert any(note.endswith("taken to touch in a point; they may be neighbours") for note in gone.notes)


def test_what_lies_between_counts() -> None:
    strip = box(160_000, 200_000, 160_030, 215_000)
    assert not faults_or_none(nine(30.0), others=[strip])
    (note,) = find_borders(nine(30.0), list("ABCDEFGHI"), others=[strip]).notes
    assert note == (
        "a strip up to 30 m wide that is no municipality lies between B, C, E, F, H, I; it makes no border"
    )
    assert faults_or_none(nine(30.0))
    sliver = box(160_000, 200_000, 160_000.5, 215_000)  # narrower than the tolerance
    assert lengths(find_borders(nine(0.5), others=[sliver])) == GRID
    above = box(140_000, 190_000, 175_000, 225_000)  # another level of the same file
    assert lengths(find_borders(nine(0.5), others=[above])) == GRID


def faults_or_none(shapes: Sequence[Any], **options: Any) -> bool:
    problems = Problems()
    find_borders(shapes, problems=problems, **options)
    return bool(problems)


def test_a_hole_in_the_map_is_told() -> None:
    squares = nine()
    del squares[4]
    notes = find_borders(squares, list("ABCDFGHI")).notes
    assert notes == ("no polygon covers a hole of 25 km2 beside A, B, C, D, F, G, H, I",)
    lake = MultiPolygon([squares[0].difference(box(151_000, 201_000, 151_500, 201_500))])
    assert not find_borders([lake, *squares[1:3]]).notes


@settings(max_examples=40, deadline=None)
@given(
    st.integers(2, 4),
    st.integers(2, 4),
    st.integers(0, 2**32 - 1),
    st.sampled_from([0.0, 0.01, 0.1, 0.6]),
    st.floats(0, 360),
)
@example(3, 3, 5572, 0.6, 17.0)  # a corner that moved into a contact of 1.4 m
def test_any_noise_within_the_tolerance_leaves_neighbours_and_lengths(
    width: int, height: int, seed: int, noise: float, angle: float
) -> None:
    rng = np.random.default_rng(seed)
    cells = [box(x * 900, y * 700, x * 900 + 900, y * 700 + 700) for x in range(width) for y in range(height)]
    truth = lengths(find_borders(cells))
    moved = [
        translate(
            segmentize(rotate(cell, angle, origin=(0, 0)), float(rng.uniform(50, 2000))),
            *rng.uniform(-1, 1, 2) * noise,
        )
        for cell in cells
    ]
    problems = Problems()
    shared = find_borders(moved, problems=problems)
    metres = lengths(shared)
    assert not problems
    assert all(abs(metres[pair] - truth[pair]) <= 0.1 + 4 * noise for pair in truth)
    told = sum("taken as neighbours; they may touch in a point" in note for note in shared.notes)
    assert len(metres.keys() - truth.keys()) <= told


@settings(max_examples=30, deadline=None)
@given(st.integers(3, 30), st.integers(0, 2**32 - 1), st.sampled_from([0.3, 1.0]))
def test_drawn_cells_that_are_rounded(points: int, seed: int, to: float) -> None:
    """Cells around drawn points, each rounded with vertices of its own."""
    from shapely import MultiPoint, get_parts, voronoi_polygons

    rng = np.random.default_rng(seed)
    area = box(0, 0, 20_000, 20_000)
    cells = [
        c.intersection(area)
        for c in get_parts(voronoi_polygons(MultiPoint(rng.uniform(0, 20_000, (points, 2)))))
    ]
    truth = lengths(find_borders(cells))
    dense = [segmentize(cell, float(rng.uniform(100, 3000))) for cell in cells]
    rounded = transform(np.array(dense, dtype=object), lambda xy: np.round(xy / to) * to)
    problems = Problems()
    metres = lengths(find_borders(list(rounded), problems=problems))
    assert not problems
    sure = {pair for pair, length in truth.items() if length > 30}
    assert sure <= metres.keys() <= truth.keys() | {pair for pair, length in metres.items() if length < 10}
    assert all(abs(metres[pair] - truth[pair]) <= 6 + 0.005 * truth[pair] for pair in sure)


def test_polygons_narrower_than_the_tolerance_are_refused() -> None:
    strip = box(5000, 0, 5030, 5000)
    assert not faults_or_none([box(0, 0, 5000, 5000), strip])
    (found,) = faults([box(0, 0, 5000, 5000), strip], tolerance=40)
    assert found == "B is 30 m wide, less than boundaries.tolerance (40 m); give a smaller one"


def test_a_gap_beyond_the_reach_is_no_mistake() -> None:
    problems = Problems()
    find_borders(nine(5.0), problems=problems, params=MatchingParams(reach=4.0))
    assert not problems
    assert "almost touch" in faults(nine(5.0))[0]

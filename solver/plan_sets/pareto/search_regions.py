"""Where points may still lie that are not within the precision of a point that is known."""

from __future__ import annotations

from dataclasses import dataclass, field

Point = tuple[int, ...]


@dataclass
class SearchRegions:
    """Search regions: each holds what is better than its corner in every value.

    Together they hold whatever is not at most ``point + precision`` in every value for some point that was
    told. Splitting is that of local bounds (Klamroth, Lacour and Vanderpooten 2015), with the points moved
    by the precision.

    Parameters
    ----------
    lowest : tuple of int
        No point is lower than this in any value.
    precision : tuple of int
        At least 0 each.
    """

    lowest: Point
    precision: Point
    corners: list[Point] = field(init=False)

    def __post_init__(self) -> None:
        self.corners = [tuple(value - 1 for value in self.lowest)]

    def tell(self, point: Point) -> None:
        """Take away what is within the precision of a point."""
        moved = tuple(value + more for value, more in zip(point, self.precision, strict=True))
        hit = [c for c in self.corners if all(m > x for m, x in zip(moved, c, strict=True))]
        if not hit:
            return
        kept = [c for c in self.corners if c not in set(hit)]
        split = {(*c[:k], moved[k], *c[k + 1 :]) for c in hit for k in range(len(moved))}
        for corner in sorted(split):
            inside = any(_within(corner, other) for other in kept)
            inside = inside or any(other != corner and _within(corner, other) for other in split)
            if not inside:
                kept.append(corner)
        self.corners = kept

    def drop(self, corner: Point) -> None:
        """Take away a search region that is empty."""
        self.corners.remove(corner)


def _within(corner: Point, other: Point) -> bool:
    """Whether the search region of a corner lies in that of another one."""
    return all(x >= y for x, y in zip(corner, other, strict=True))

/**
 * Where the arrow keys lead to on a map.
 *
 * @typedef {import("./types.js").Point} Point
 * @typedef {"left" | "right" | "up" | "down"} Direction
 */

/** @type {Record<Direction, Point>} */
const AHEAD = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

/** How much a step sideways counts against a step ahead. */
const SIDEWAYS = 2;

/**
 * The place that an arrow key leads to: among the places that lie ahead rather than sideways the nearest one, where
 * way sideways counts double. Neighbours come before places further on.
 * @param {Point[]} points
 * @param {number} from
 * @param {Direction} direction
 * @param {ReadonlySet<number>} [neighbours] of `from`
 * @returns {number} `from` itself where there is nothing ahead
 */
export function towards(points, from, direction, neighbours = new Set()) {
  const near = best(points, from, direction, (i) => neighbours.has(i));
  return near === from ? best(points, from, direction, () => true) : near;
}

/**
 * @param {Point[]} points
 * @param {number} from
 * @param {Direction} direction
 * @param {(i: number) => boolean} allowed
 */
function best(points, from, direction, allowed) {
  const ahead = AHEAD[direction];
  const start = /** @type {Point} */ (points[from]);
  let found = from;
  let least = Infinity;
  points.forEach((point, i) => {
    if (i === from || !allowed(i)) return;
    const [x, y] = [point.x - start.x, point.y - start.y];
    const forward = x * ahead.x + y * ahead.y;
    const sideways = Math.abs(x * ahead.y - y * ahead.x);
    if (forward <= 0 || sideways > forward) return;
    const way = Math.hypot(forward, SIDEWAYS * sideways);
    if (way < least) [least, found] = [way, i];
  });
  return found;
}

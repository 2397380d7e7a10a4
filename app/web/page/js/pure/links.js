/**
 * Lines that hold several places together.
 *
 * @typedef {import("./types.js").Point} Point
 */

/**
 * The shortest tree that joins some points (Prim 1957); neighbours are joined before others.
 * @param {number[]} members indices into `points`
 * @param {Point[]} points
 * @param {(i: number, j: number) => boolean} [adjacent]
 * @returns {[number, number][]}
 */
export function tree(members, points, adjacent = () => true) {
  const [first, ...others] = members;
  if (first === undefined) return [];
  const inside = [first];
  const outside = new Set(others);
  /** @type {[number, number][]} */
  const links = [];
  while (outside.size) {
    /** @type {[number, number]} */
    let link = [first, first];
    let least = Infinity;
    for (const i of inside) {
      for (const j of outside) {
        const way = distance(points, i, j) * (adjacent(i, j) ? 1 : 1000);
        if (way < least) [least, link] = [way, [i, j]];
      }
    }
    links.push(link);
    inside.push(link[1]);
    outside.delete(link[1]);
  }
  return links;
}

/** @param {Point[]} points @param {number} i @param {number} j */
function distance(points, i, j) {
  const a = /** @type {Point} */ (points[i]);
  const b = /** @type {Point} */ (points[j]);
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/**
 * Arithmetic of the part of the map that is in view.
 *
 * @typedef {import("./types.js").Point} Point
 * @typedef {{x: number, y: number, k: number}} View a point p of the map is drawn at p * k + (x, y)
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 * @typedef {{width: number, height: number}} Size
 */

/** How far one can zoom in, from the whole map. */
export const CLOSEST = 24;

/**
 * The view in which a box fills a window, as large as it fits.
 * @param {Box} box
 * @param {Size} size
 * @param {number} padding on all sides, in pixels
 * @returns {View}
 */
export function fit(box, size, padding = 16) {
  const width = Math.max(box.right - box.left, 1e-9);
  const height = Math.max(box.bottom - box.top, 1e-9);
  const k = Math.min(
    Math.max(size.width - 2 * padding, 1) / width,
    Math.max(size.height - 2 * padding, 1) / height,
  );
  return {
    k,
    x: size.width / 2 - (k * (box.left + box.right)) / 2,
    y: size.height / 2 - (k * (box.top + box.bottom)) / 2,
  };
}

/**
 * Zoom, so that what is under a point of the window stays there.
 * @param {View} view
 * @param {number} factor
 * @param {Point} at
 * @param {View} home the view of the whole map: one cannot zoom out further
 * @returns {View}
 */
export function zoomed(view, factor, at, home) {
  const k = Math.min(Math.max(view.k * factor, home.k), home.k * CLOSEST);
  const ratio = k / view.k;
  return { k, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
}

/**
 * Keep the map in its window: no empty side as long as there is map beyond the other one.
 * @param {View} view
 * @param {Size} content the whole map, in its own units
 * @param {Size} size of the window
 * @param {View} home
 * @returns {View}
 */
export function kept(view, content, size, home) {
  return {
    k: view.k,
    x: keptAlong(view.x, content.width * view.k, size.width, Math.min(home.x, size.width / 3)),
    y: keptAlong(view.y, content.height * view.k, size.height, Math.min(home.y, size.height / 3)),
  };
}

/**
 * @param {number} start
 * @param {number} length of the map
 * @param {number} room of the window
 * @param {number} margin that may stay empty
 */
function keptAlong(start, length, room, margin) {
  if (length + 2 * margin <= room) return (room - length) / 2;
  return Math.min(margin, Math.max(room - length - margin, start));
}

/** @param {View} view @param {Point} point of the map @returns {Point} of the window */
export function toWindow(view, point) {
  return { x: point.x * view.k + view.x, y: point.y * view.k + view.y };
}

/** @param {View} view @param {Point} point of the window @returns {Point} of the map */
export function toMap(view, point) {
  return { x: (point.x - view.x) / view.k, y: (point.y - view.y) / view.k };
}

/**
 * A view without its window: what is in the middle and how often larger than the whole map it is drawn. Two maps
 * of different size have the same one when they show the same.
 * @param {View} view
 * @param {Size} size
 * @param {View} home
 * @returns {{x: number, y: number, zoom: number}}
 */
export function shared(view, size, home) {
  const middle = toMap(view, { x: size.width / 2, y: size.height / 2 });
  return { x: middle.x, y: middle.y, zoom: view.k / home.k };
}

/**
 * The opposite of `shared`.
 * @param {{x: number, y: number, zoom: number}} at
 * @param {Size} size
 * @param {View} home
 * @returns {View}
 */
export function unshared(at, size, home) {
  const k = at.zoom * home.k;
  return { k, x: size.width / 2 - at.x * k, y: size.height / 2 - at.y * k };
}

/**
 * The least box around several.
 * @param {Iterable<Box>} boxes at least one
 * @returns {Box}
 */
export function around(boxes) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { left, top, right, bottom } of boxes) {
    box.left = Math.min(box.left, left);
    box.top = Math.min(box.top, top);
    box.right = Math.max(box.right, right);
    box.bottom = Math.max(box.bottom, bottom);
  }
  return box;
}

/**
 * The points that lie in a box.
 * @param {readonly Point[]} points
 * @param {Box} box
 * @returns {number[]} their indices
 */
export function inside(points, { left, top, right, bottom }) {
  return points.flatMap(({ x, y }, i) => (x >= left && x <= right && y >= top && y <= bottom ? [i] : []));
}

/**
 * The box around a path that is written as the server writes it: `M x y l dx dy ... z`, again and again.
 * @param {string} path
 * @returns {Box}
 */
export function boxOf(path) {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const line of path.split("M").slice(1)) {
    const numbers = line.match(/-?\d*\.?\d+/g) ?? [];
    let x = 0;
    let y = 0;
    for (let i = 0; i + 1 < numbers.length; i += 2) {
      x += Number(numbers[i]);
      y += Number(numbers[i + 1]);
      box.left = Math.min(box.left, x);
      box.top = Math.min(box.top, y);
      box.right = Math.max(box.right, x);
      box.bottom = Math.max(box.bottom, y);
    }
  }
  return box;
}

/**
 * The point half way along a line that is written as the server writes it.
 * @param {string} path
 * @returns {Point}
 */
export function middleOf(path) {
  const numbers = (path.split("M")[1] ?? "").match(/-?\d*\.?\d+/g) ?? [];
  const steps = [];
  let length = 0;
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    const [x, y] = [Number(numbers[i]), Number(numbers[i + 1])];
    const long = i ? Math.hypot(x, y) : 0;
    steps.push({ x, y, long });
    length += long;
  }
  const at = { x: steps[0]?.x ?? 0, y: steps[0]?.y ?? 0 };
  let left = length / 2;
  for (const { x, y, long } of steps.slice(1)) {
    const share = long > 0 ? Math.min(left / long, 1) : 0;
    at.x += share * x;
    at.y += share * y;
    left -= share * long;
    if (left <= 0) break;
  }
  return at;
}

/**
 * Which names are written, so that none lies on another.
 *
 * @typedef {import("./viewbox.js").Box} Box
 * @typedef {object} Wish
 * @property {number} x middle, in pixels of the window
 * @property {number} y
 * @property {number} width
 * @property {number} height
 * @property {(readonly [number, number])[]} shifts where to the name may move, the best first
 */

/** Size of the squares in which boxes are looked up. */
const CELL = 48;

/**
 * Place names greedily: each, in the order given, at the first of its places that is free.
 * @param {Wish[]} wishes the most important first
 * @param {Box[]} taken what must stay free
 * @param {Box | null} sheet what no name may leave
 * @param {number} margin between two names
 * @returns {(readonly [number, number] | null)[]} the shift of each; null where nothing was free
 */
export function place(wishes, taken = [], sheet = null, margin = 2) {
  const grid = new Grid();
  for (const box of taken) grid.add(box);
  return wishes.map(({ x, y, width, height, shifts }) => {
    for (const shift of shifts) {
      const [dx, dy] = shift;
      const box = {
        left: x + dx - width / 2 - margin,
        right: x + dx + width / 2 + margin,
        top: y + dy - height / 2 - margin / 2,
        bottom: y + dy + height / 2 + margin / 2,
      };
      if ((sheet && !holds(sheet, box)) || !grid.isFree(box)) continue;
      grid.add(box);
      return shift;
    }
    return null;
  });
}

/** Names longer than this are written on two lines where they have a hyphen or a space. */
const LONG = 15;

/**
 * Cut a long name in two, as near to its middle as a hyphen or a space allows.
 * @param {string} name
 * @returns {string[]}
 */
export function linesOf(name) {
  if (name.length <= LONG) return [name];
  const cuts = [...name.matchAll(/[- ]/g)].map((match) => match.index + 1);
  const middle = name.length / 2;
  const cut = cuts.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
  return cut === undefined ? [name] : [name.slice(0, cut).trimEnd(), name.slice(cut)];
}

/** @param {Box} outer @param {Box} inner */
function holds(outer, inner) {
  return (
    inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom
  );
}

/** Boxes by the squares that they lie in. */
class Grid {
  constructor() {
    /** @type {Map<string, Box[]>} */
    this.cells = new Map();
  }

  /** @param {Box} box */
  add(box) {
    for (const key of squares(box)) {
      const cell = this.cells.get(key);
      if (cell) cell.push(box);
      else this.cells.set(key, [box]);
    }
  }

  /** @param {Box} box */
  isFree(box) {
    for (const key of squares(box)) {
      for (const other of this.cells.get(key) ?? []) {
        const apart =
          box.left >= other.right || box.right <= other.left || box.top >= other.bottom || box.bottom <= other.top;
        if (!apart) return false;
      }
    }
    return true;
  }
}

/** @param {Box} box */
function* squares(box) {
  for (let i = Math.floor(box.left / CELL); i <= Math.floor(box.right / CELL); i++) {
    for (let j = Math.floor(box.top / CELL); j <= Math.floor(box.bottom / CELL); j++) yield `${i} ${j}`;
  }
}

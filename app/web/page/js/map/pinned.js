/**
 * Things that stand at a point of the map but keep their size in pixels: names, signs of locks, seats.
 *
 * @typedef {import("../pure/types.js").Point} Point
 */
export class Pinned {
  constructor() {
    /** @type {Map<SVGGraphicsElement, Point>} */
    this.places = new Map();
    this.k = 1;
  }

  /** @param {SVGGraphicsElement} element @param {Point} place */
  add(element, place) {
    this.places.set(element, place);
    this.#put(element, place);
  }

  /** @param {SVGGraphicsElement} element */
  remove(element) {
    this.places.delete(element);
  }

  /** Forget all that is within a group. @param {Element} group */
  clear(group) {
    for (const element of this.places.keys()) if (group.contains(element)) this.places.delete(element);
  }

  /** @param {number} k scale of the map */
  scale(k) {
    this.k = k;
    for (const [element, place] of this.places) this.#put(element, place);
  }

  /** @param {SVGGraphicsElement} element @param {Point} place */
  #put(element, { x, y }) {
    element.setAttribute("transform", `translate(${x} ${y}) scale(${1 / this.k})`);
  }
}

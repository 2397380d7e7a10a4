import { tree } from "../pure/links.js";
import { middleOf } from "../pure/viewbox.js";
import { layer, svg } from "./svg.js";

/**
 * @typedef {import("../pure/types.js").Geometry} Geometry
 * @typedef {import("../pure/types.js").Locks} Locks
 * @typedef {import("../pure/types.js").Point} Point
 * @typedef {import("./borders.js").Borders} Borders
 * @typedef {import("./pinned.js").Pinned} Pinned
 */

/** Five points, 8 pixels from the middle. */
const STAR = "M0-8L2.2-2.9 7.6-2.5 3.5 1.1 4.7 6.5 0 3.6-4.7 6.5-3.5 1.1-7.6-2.5-2.2-2.9Z";

const CROSS = "M-4.5-4.5L4.5 4.5M4.5-4.5L-4.5 4.5";

/** What was locked, drawn on the map: links, walls, rings, frames, stars, bridges. */
export class LockLayer {
  /**
   * @param {SVGGElement} group
   * @param {Borders} borders
   * @param {Pinned} pinned
   */
  constructor(group, borders, pinned) {
    this.group = group;
    this.borders = borders;
    this.pinned = pinned;
    this.lines = layer("map-lock-lines");
    this.signs = layer("map-lock-signs");
    group.append(this.lines, this.signs);
    /** Municipalities at whose point a sign stands. @type {Set<number>} */
    this.marked = new Set();
    /** Where the other signs stand. @type {Point[]} */
    this.places = [];
    /** All municipalities about which something is agreed. @type {Set<number>} */
    this.members = new Set();
  }

  /**
   * @param {Locks} locks
   * @param {Point[]} points
   */
  set(locks, points) {
    this.pinned.clear(this.group);
    this.lines.replaceChildren();
    this.signs.replaceChildren();
    this.marked = new Set();
    this.places = [];
    this.points = points;
    const { together = [], apart = [], alone = [], kept = [], seat = [], borders = {} } = locks;
    const { added = [], removed = [] } = borders;
    this.members = new Set([together, apart, alone, kept, seat, added, removed].flat(2));
    for (const group of kept) this.#frame(new Set(group));
    for (const group of apart) for (const [i, j] of pairs(group)) this.#wall(i, j);
    for (const group of together) this.#link(group);
    for (const [i, j] of two(removed)) this.#cut(i, j);
    for (const [i, j] of two(added)) this.#bridge(i, j);
    for (const i of alone) this.#mark(i, svg("circle", { r: 7.5, class: "map-ring" }));
    for (const i of seat) this.#mark(i, svg("path", { d: STAR, class: "map-star" }));
  }

  /** @param {number[]} group */
  #link(group) {
    const adjacent = (/** @type {number} */ i, /** @type {number} */ j) => this.borders.shared(i, j) !== null;
    const joined = tree(group, this.points ?? [], adjacent).map(([i, j]) => this.#straight(i, j)).join("");
    this.#draw(joined, "map-link-casing", "map-link");
    for (const i of group) this.#mark(i, svg("circle", { r: 4.5, class: "map-knot" }));
  }

  /** @param {number} i @param {number} j */
  #wall(i, j) {
    const border = this.borders.shared(i, j);
    if (border !== null) {
      this.#draw(border, "map-wall-casing", "map-wall", "map-wall-joints");
      return;
    }
    this.#draw(this.#straight(i, j), "map-apart-casing", "map-apart");
    this.#sign(this.#between(i, j), "map-cross", CROSS);
  }

  /** @param {Set<number>} members */
  #frame(members) {
    this.#draw(this.borders.around(members), "map-frame-casing", "map-frame", "map-frame-inner");
  }

  /** @param {number} i @param {number} j */
  #cut(i, j) {
    const border = this.borders.shared(i, j);
    if (border !== null) this.#draw(border, "map-cut-casing", "map-cut");
    this.#sign(border === null ? this.#between(i, j) : middleOf(border), "map-cross map-cut-cross", CROSS);
  }

  /** @param {number} i @param {number} j */
  #bridge(i, j) {
    this.#draw(this.#straight(i, j), "map-bridge-casing", "map-bridge", "map-bridge-inner");
  }

  /** @param {string} d @param {...string} classes from below to above */
  #draw(d, ...classes) {
    for (const name of classes) this.lines.append(svg("path", { d, class: `map-line ${name}` }));
  }

  /** @param {Point} place @param {string} name @param {string} d */
  #sign(place, name, d) {
    const back = svg("circle", { r: 8, class: "map-sign-back" });
    const sign = svg("g", { class: name }, back, svg("path", { d }));
    this.signs.append(sign);
    this.pinned.add(sign, place);
    this.places.push(place);
  }

  /** @param {number} i @param {SVGGraphicsElement} mark */
  #mark(i, mark) {
    const place = this.points?.[i];
    if (!place) return;
    const sign = svg("g", {}, mark);
    this.signs.append(sign);
    this.pinned.add(sign, place);
    this.marked.add(i);
  }

  /** @param {number} i @param {number} j */
  #straight(i, j) {
    const a = this.points?.[i];
    const b = this.points?.[j];
    return a && b ? `M${a.x} ${a.y}L${b.x} ${b.y}` : "";
  }

  /** @param {number} i @param {number} j @returns {Point} */
  #between(i, j) {
    const a = this.points?.[i] ?? { x: 0, y: 0 };
    const b = this.points?.[j] ?? a;
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  }
}

/** @param {number[]} group @returns {[number, number][]} */
function pairs(group) {
  return group.flatMap((i, a) => group.slice(a + 1).map((j) => /** @type {[number, number]} */ ([i, j])));
}

/** @param {number[][]} lists @returns {[number, number][]} */
function two(lists) {
  return lists.flatMap(pairs);
}

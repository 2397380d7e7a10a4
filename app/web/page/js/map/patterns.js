import { svg } from "./svg.js";

/**
 * Patterns beside colours, for who cannot see or print them. Sizes are in pixels of the window: see `scale`.
 *
 * @typedef {(SVGPathElement | SVGCircleElement)[]} Marks
 */

/** Side of a pattern. */
const SIDE = 8;

/** @type {(() => Marks)[]} one a colour, in the order of the colours */
const MARKS = [
  () => [],
  () => [path("M-2 2L2-2M0 8L8 0M6 10L10 6")],
  () => [dot(2, 2, 1.1), dot(6, 6, 1.1)],
  () => [path("M0 4H8")],
  () => [path("M10 2L6-2M8 8L0 0M2 10L-2 6")],
  () => [path("M4 0V8")],
  () => [path("M0 4H8M4 0V8")],
  () => [path("M-2 2L2-2M0 8L8 0M6 10L10 6M10 2L6-2M8 8L0 0M2 10L-2 6")],
  () => [circle(4, 4, 2)],
  () => [path("M1 3H5M5 7H9M-3 7H1")],
];

/** @param {string} d */
function path(d) {
  return svg("path", { d, class: "map-mark" });
}

/** @param {number} cx @param {number} cy @param {number} r */
function dot(cx, cy, r) {
  return svg("circle", { cx, cy, r, class: "map-mark-dot" });
}

/** @param {number} cx @param {number} cy @param {number} r */
function circle(cx, cy, r) {
  return svg("circle", { cx, cy, r, class: "map-mark" });
}

let maps = 0;

/** The patterns of one map: those of mergers, and the slanting lines over what stands alone by rule. */
export class Patterns {
  constructor() {
    maps += 1;
    this.prefix = `map-${maps}`;
    this.count = MARKS.length;
    const tile = { width: SIDE, height: SIDE, patternUnits: "userSpaceOnUse" };
    this.all = MARKS.map((marks, k) =>
      svg(
        "pattern",
        { id: `${this.prefix}-colour-${k}`, ...tile },
        svg("rect", { width: SIDE, height: SIDE, class: `map-fill colour-${k}` }),
        ...marks(),
      ),
    );
    const lines = svg("path", { d: "M-2 2L2-2M0 8L8 0M6 10L10 6", class: "map-hatch" });
    this.all.push(svg("pattern", { id: `${this.prefix}-hatch`, ...tile }, lines));
    const bars = svg("path", { d: "M10 2L6-2M8 8L0 0M2 10L-2 6", class: "map-moved-mark" });
    this.all.push(svg("pattern", { id: `${this.prefix}-moved`, ...tile }, bars));
    this.defs = svg("defs", {}, ...this.all);
  }

  /** @param {number} colour */
  fill(colour) {
    return `url(#${this.prefix}-colour-${colour % this.count})`;
  }

  /** @param {"hatch" | "moved"} name */
  url(name) {
    return `url(#${this.prefix}-${name})`;
  }

  /**
   * Keep the patterns as fine as they are, whatever the scale of the map.
   * @param {number} k
   */
  scale(k) {
    for (const pattern of this.all) pattern.setAttribute("patternTransform", `scale(${1 / k})`);
  }
}

import { layer, svg } from "./svg.js";

/**
 * @typedef {import("../pure/types.js").Geometry} Geometry
 * @typedef {import("../pure/types.js").Overlay} Overlay
 * @typedef {import("../pure/types.js").Point} Point
 */

/** Shares up to which a border counts as settled apart, rather apart, open, rather together; the rest: settled. */
export const STEPS = Object.freeze([0.05, 0.35, 0.65, 0.95]);

/** How many colours there are for classes. */
export const SCALE = 9;

/**
 * The class of the fill of a class of municipalities; a few classes use the whole scale.
 * @param {number} value the higher, the darker on a light page and the lighter on a dark one
 * @param {number} classes
 */
export function fillOf(value, classes) {
  const step = classes > 1 ? Math.round((value * (SCALE - 1)) / (classes - 1)) : SCALE - 1;
  return `scale-${Math.min(step, SCALE - 1)}`;
}

/** What lies over the plan: zones, classes, how settled borders are, who moves. */
export class OverlayLayer {
  /**
   * @param {SVGGElement} group
   * @param {import("./borders.js").Borders} borders
   * @param {import("./patterns.js").Patterns} patterns
   */
  constructor(group, borders, patterns) {
    this.group = group;
    this.borders = borders;
    this.patterns = patterns;
    this.lines = layer("map-overlay-lines");
    group.append(this.lines);
  }

  /**
   * @param {Overlay | null} overlay
   * @param {Geometry} geometry
   */
  set(overlay, geometry) {
    this.lines.replaceChildren();
    if (overlay?.kind === "layer") {
      const d = this.borders.along(overlay.zoneOf, { outer: false });
      this.#line(d, "map-zone-casing");
      this.#line(d, "map-zone");
    } else if (overlay?.kind === "agreement") {
      this.#agreement(overlay.pairs, geometry.municipalities);
    } else if (overlay?.kind === "difference") {
      const places = geometry.municipalities;
      const d = [...overlay.moved].map((i) => places[i]?.path ?? "").join("");
      this.lines.append(svg("path", { d, class: "map-moved", fill: this.patterns.url("moved") }));
      this.#line(this.borders.around(overlay.moved), "map-moved-edge");
    }
  }

  /**
   * The class of a municipality's fill under an overlay; empty where the overlay leaves it as it is.
   * @param {Overlay | null} overlay
   * @param {number} i
   */
  static fill(overlay, i) {
    if (overlay?.kind === "agreement") return "unfilled";
    if (overlay?.kind !== "class") return "";
    const value = overlay.values[i] ?? -1;
    if (value < 0) return "unfilled";
    return fillOf(value, overlay.classes);
  }

  /**
   * @param {[number, number, number][]} pairs
   * @param {Point[]} points
   */
  #agreement(pairs, points) {
    const paths = STEPS.map(() => "").concat("");
    for (const [i, j, share] of pairs) {
      const step = STEPS.findIndex((limit) => share <= limit);
      const [a, b] = [points[i], points[j]];
      const at = step < 0 ? STEPS.length : step;
      // Where a generalised map shows no border of theirs, a line says that the two may merge; most never do.
      const far = a && b && at > 1 ? `M${a.x} ${a.y}L${b.x} ${b.y}` : "";
      paths[at] += this.borders.shared(i, j) ?? far;
    }
    paths.forEach((d, step) => this.#line(d, `map-agreement map-agreement-${step}`));
  }

  /** @param {string} d @param {string} name */
  #line(d, name) {
    if (d) this.lines.append(svg("path", { d, class: `map-line ${name}` }));
  }
}

import { set, svg } from "./svg.js";

/**
 * @typedef {import("../pure/types.js").Geometry} Geometry
 * @typedef {import("../pure/types.js").Municipality} Municipality
 */

/** Lines between municipalities, mergers and regions, all made of the same arcs. */
export class Borders {
  /**
   * @param {SVGGElement} group
   * @param {SVGGElement} [under] for the thin lines, which may lie deeper
   */
  constructor(group, under = group) {
    this.thin = svg("path", { class: "map-line map-thin" });
    this.mergers = svg("path", { class: "map-line map-merger-line" });
    this.casing = svg("path", { class: "map-line map-region-casing" });
    this.regions = svg("path", { class: "map-line map-region-line" });
    this.outer = svg("path", { class: "map-line map-outer-line" });
    under.append(this.thin);
    group.append(this.mergers, this.outer, this.casing, this.regions);
    /** @type {Geometry["arcs"]} */
    this.arcs = [];
    /** @type {Map<string, string>} */
    this.between = new Map();
    /** Those that touch each municipality on the map. @type {Map<number, Set<number>>} */
    this.neighbours = new Map();
  }

  /** @param {Geometry["arcs"]} arcs */
  setArcs(arcs) {
    this.arcs = arcs;
    this.between = new Map();
    for (const { left, right, path } of arcs) {
      const key = pair(left, right);
      this.between.set(key, (this.between.get(key) ?? "") + path);
    }
    this.neighbours = new Map();
    for (const [i, j] of this.pairs()) {
      this.neighbours.set(i, (this.neighbours.get(i) ?? new Set()).add(j));
      this.neighbours.set(j, (this.neighbours.get(j) ?? new Set()).add(i));
    }
    this.thin.setAttribute("d", arcs.map((arc) => arc.path).join(""));
    this.outer.setAttribute("d", arcs.map((arc) => (arc.right < 0 ? arc.path : "")).join(""));
  }

  /** @param {Municipality[]} municipalities */
  setRegions(municipalities) {
    const region = municipalities.map((one) => one.region);
    const path = this.along(region, { outer: false });
    this.regions.setAttribute("d", path);
    this.casing.setAttribute("d", path);
  }

  /**
   * @param {number[]} merger of each municipality
   */
  setMergers(merger) {
    set(this.mergers, "d", this.along(merger, { loose: true, outer: false }));
  }

  /**
   * The path along all borders whose two sides have different values.
   * @param {number[]} values
   * @param {{loose?: boolean, outer?: boolean}} [options] `loose`: those with the value -1 belong to nobody, and
   *   differ from one another; `outer`: the borders with what is not on the map too
   */
  along(values, { loose = false, outer = true } = {}) {
    let path = "";
    for (const arc of this.arcs) {
      if (!outer && arc.right < 0) continue;
      const left = values[arc.left];
      const right = arc.right < 0 ? undefined : values[arc.right];
      if (left !== right || (loose && left === -1)) path += arc.path;
    }
    return path;
  }

  /**
   * The path around some municipalities together.
   * @param {Set<number>} members
   */
  around(members) {
    let path = "";
    for (const arc of this.arcs) if (members.has(arc.left) !== members.has(arc.right)) path += arc.path;
    return path;
  }

  /**
   * The border between two municipalities as drawn; null where they do not touch on the map.
   * @param {number} i
   * @param {number} j
   */
  shared(i, j) {
    return this.between.get(pair(i, j)) ?? null;
  }

  /** Pairs that touch on the map. @returns {[number, number][]} */
  pairs() {
    /** @type {[number, number][]} */
    const found = [];
    for (const key of this.between.keys()) {
      const [i = -1, j = -1] = key.split(" ").map(Number);
      if (i >= 0) found.push([i, j]);
    }
    return found;
  }
}

/** @param {number} i @param {number} j */
function pair(i, j) {
  return i < j ? `${i} ${j}` : `${j} ${i}`;
}
